"""The finished files of every page, kept between builds; a site has them under a second name.

Comes in: a folder to keep in (None: nothing is kept) and the folder of a site. Goes out: the files of a page in the site,
made now or the last time. Must not know: what pages say. Safe to delete at any time.

A page is a folder of files, like `reports/<id>`. It is kept under a key that holds all that it was made of; keys stand in a
list, with size and time of every file, that is written when a section of the site is done. What is damaged, half written or
touched by hand is not what the list says, and is made anew. The site may be one that an earlier build left: folders that
hold what the list says stay as they are, others are replaced, and folders that are no page of this build are removed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from ogi.package.swap import linked

Content = bytes | Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """`sizes` of its files by name; `said` is a line that its maker wants to have again without making it."""

    sizes: Mapping[str, int]
    said: str = ""

    @property
    def size(self) -> int:
        return sum(self.sizes.values())


class Listed(NamedTuple):
    """A line of the list; `files` by name with size and time of change in nanoseconds."""

    name: str
    key: str
    said: str
    files: Mapping[str, tuple[int, int]]

    def page(self) -> Page:
        return Page({name: size for name, (size, _) in self.files.items()}, self.said)


class Section:
    """The pages below one folder of the site, asked for in the order of their names; use in a `with` block. `shared` is what
    all of them hang on, `stays` are folders that are no pages. What is not kept has to be made: `take(…) or keep(…)`."""

    def __init__(
        self, kept: Path | None, site: Path, name: str, shared: Iterable[str] = (), stays: Iterable[str] = ()
    ) -> None:
        self._site = str(site / name)
        self._kept = str(kept / name) if kept else None
        self._list = kept / f"{name.replace('/', '-')}.list" if kept else None
        self._shared = hashlib.blake2b(digest_size=20)
        for part in shared:
            _add(self._shared, part)
        self._used = set(stays)

    def __enter__(self) -> Section:
        os.makedirs(self._site, exist_ok=True)
        if self._list and self._kept:
            os.makedirs(self._kept, exist_ok=True)
            self._old = _lines(self._list)
            self._last = next(self._old, None)
            self._half = self._list.with_suffix(".half")
            self._new = self._half.open("w", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._list:
            self._new.close()
        if error is not None:
            return
        for folder in (self._site, self._kept) if self._kept else (self._site,):
            for name in set(os.listdir(folder)) - self._used:
                if os.path.isdir(f"{folder}/{name}"):
                    shutil.rmtree(f"{folder}/{name}")
        if self._list:
            self._half.replace(self._list)

    def key(self, *parts: str) -> str:
        digest = self._shared.copy()
        for part in parts:
            _add(digest, part)
        return digest.hexdigest()

    def take(self, name: str, key: str) -> Page | None:
        """The page as it was kept, in its place in the site; None where there is none of this key, or it is not whole."""
        listed = self._listed(name)
        if self._kept is None or listed is None or listed.key != key:
            return None
        kept, here = f"{self._kept}/{name}", f"{self._site}/{name}"
        if not _holds(here, listed.files):
            if not _holds(kept, listed.files):
                return None
            _link(kept, here, listed.files)
        self._note(listed)
        return listed.page()

    def keep(self, name: str, key: str, files: Iterable[tuple[str, Content]], said: str = "") -> Page:
        """Writes the files of a page, in the site and to be kept."""
        home = f"{self._kept or self._site}/{name}"
        stood = os.path.isdir(home)
        mode = 0o444 if self._kept else 0o666  # two folders share what is kept: it is not to be written to
        listed = Listed(name, key, said, {file: _written(f"{home}/{file}", content, mode) for file, content in files})
        if stood:
            _only(home, listed.files)
        if self._kept:
            _link(home, f"{self._site}/{name}", listed.files)
        self._note(listed)
        return listed.page()

    def _listed(self, name: str) -> Listed | None:
        if self._list is None:
            return None
        while self._last is not None and self._last.name < name:
            self._last = next(self._old, None)
        return self._last if self._last is not None and self._last.name == name else None

    def _note(self, page: Listed) -> None:
        self._used.add(page.name)
        if self._list:
            files = (f"{size} {time} {name}" for name, (size, time) in page.files.items())
            self._new.write("\t".join((page.name, page.key, page.said, *files)) + "\n")


@contextmanager
def claimed(folder: Path | None) -> Iterator[Path | None]:
    """The folder for this build alone; None where another build has it, or there is nowhere to keep anything."""
    if folder is None:
        yield None
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError:
        yield None
        return
    with lock:
        yield folder if _locked(lock.fileno()) else None


def _locked(file: int) -> bool:
    try:
        import fcntl
    except ImportError:  # not on Windows; two builds of the same site at a time are then the caller's to avoid
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lines(path: Path) -> Iterator[Listed]:
    """The list of the last build, line by line; it ends where it is not as it was written."""
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                name, key, said, *files = line.rstrip("\n").split("\t")
                found = {}
                for one in files:
                    size, time, file = one.split(" ", 2)
                    found[file] = int(size), int(time)
                yield Listed(name, key, said, found)
    except (OSError, ValueError):
        return


def _holds(folder: str, files: Mapping[str, tuple[int, int]]) -> bool:
    """The folder has these files as they were listed, and nothing else."""
    try:
        if os.stat(folder).st_mtime_ns != _newest(files) and {n.partition("/")[0] for n in files} != {*os.listdir(folder)}:
            return False
        for name, listed in files.items():
            found = os.stat(f"{folder}/{name}")
            if (found.st_size, found.st_mtime_ns) != listed:
                return False
    except OSError:
        return False
    return bool(files)


def _newest(files: Mapping[str, tuple[int, int]]) -> int:
    """The time that the folder of these files is given: it has another as soon as anything is put in it or taken from it."""
    return max((time for _, time in files.values()), default=0)


def _link(source: str, target: str, files: Mapping[str, tuple[int, int]]) -> None:
    stood = os.path.isdir(target)
    for folder in {f"{target}/{name}".rpartition("/")[0] for name in files}:
        os.makedirs(folder, exist_ok=True)
    for name in files:
        own, other = f"{source}/{name}", f"{target}/{name}"
        if stood and os.path.lexists(other):
            if os.path.samestat(os.lstat(own), os.lstat(other)):
                continue
            _away(other)
        linked(own, other)
    if stood:
        _only(target, files)
    for folder in (source, target):
        os.utime(folder, ns=(_newest(files),) * 2)


def _only(folder: str, files: Iterable[str]) -> None:
    """Takes away what is none of these files."""
    stay = {f"{folder}/{name}" for name in files}
    for here, _, names in os.walk(folder, topdown=False):
        for path in {f"{here}/{name}" for name in names} - stay:
            os.unlink(path)
        if here != folder and not os.listdir(here):
            os.rmdir(here)


def _away(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)


def _written(path: str, content: Content, mode: int) -> tuple[int, int]:
    """Size and time; a file that says just that already stays: of an index of thousands of files few change."""
    os.makedirs(path.rpartition("/")[0], exist_ok=True)
    if os.path.lexists(path):
        if isinstance(content, bytes) and _says(path, content):
            found = os.stat(path)
            return found.st_size, found.st_mtime_ns
        _away(path)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.writelines((content,) if isinstance(content, bytes) else content)
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def _says(path: str, content: bytes) -> bool:
    if not os.path.isfile(path) or os.path.islink(path) or os.path.getsize(path) != len(content):
        return False
    with open(path, "rb") as file:
        return file.read() == content


def _add(digest: hashlib.blake2b, part: str) -> None:
    data = part.encode("utf-8", "surrogatepass")
    digest.update(len(data).to_bytes(8, "big") + data)
