"""Pages of the last build, kept outside the site under the hash of all that they were made of.

Comes in: a folder (or None: nothing is kept), and what every page hangs on. Goes out: the files of a page, linked
into the site. Must not know: what pages say. Safe to delete at any time; a damaged or half-written page is made anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

LIST = "files"  # name and size of each, written last


class Kept:
    """`shared` is what all pages hang on: code, shell, addresses, codes. A page hangs on it and its own parts."""

    def __init__(self, folder: Path | None, *shared: str) -> None:
        self.folder = folder
        self._shared = hashlib.blake2b(digest_size=20)
        for part in shared:
            _add(self._shared, part)
        self._used: set[str] = set()

    def key(self, *parts: str) -> str:
        digest = self._shared.copy()
        for part in parts:
            _add(digest, part)
        return digest.hexdigest()

    def take(self, key: str, into: Path) -> dict[str, int] | None:
        """Links the page's files into a folder and gives their sizes by name, or None where it is not kept whole."""
        self._used.add(key)
        if self.folder is None:
            return None
        home = self.folder / key[:2] / key
        try:
            lines = [line.rsplit(" ", 1) for line in (home / LIST).read_text("utf-8").splitlines()]
            sizes = {name: int(size) for name, size in lines}
            if any((home / name).stat().st_size != size for name, size in sizes.items()):
                return None
        except (OSError, ValueError):
            return None
        for folder in {(into / name).parent for name in sizes}:
            folder.mkdir(parents=True, exist_ok=True)
        for name in sizes:
            linked(home / name, into / name)
        return sizes

    def keep(self, key: str, made: Path, names: Iterable[str]) -> None:
        """Keeps files that were just written. They are read-only from then on, as two folders share them."""
        if self.folder is None:
            return
        home = self.folder / key[:2] / key
        half = self.folder / f"{key}.{os.getpid()}"
        try:
            half.mkdir(parents=True, exist_ok=True)
            lines = []
            for name in names:
                (made / name).chmod(0o444)
                (half / name).parent.mkdir(parents=True, exist_ok=True)
                linked(made / name, half / name)
                lines.append(f"{name} {(half / name).stat().st_size}\n")
            (half / LIST).write_text("".join(lines), "utf-8")
            home.parent.mkdir(exist_ok=True)
            shutil.rmtree(home, ignore_errors=True)
            half.rename(home)
        except OSError:  # a full disk, or another build of the same package: nothing is kept, nothing is lost
            shutil.rmtree(half, ignore_errors=True)

    def forget_others(self) -> None:
        """Removes what this build did not use."""
        if self.folder is None or not self.folder.is_dir():
            return
        for home in self.folder.glob("*/*"):
            half_written = len(home.parent.name) > 2
            if half_written or home.name not in self._used:
                shutil.rmtree(home.parent if half_written else home, ignore_errors=True)


def linked(source: Path, target: Path) -> None:
    """`target` is `source` under a second name, or a copy where the file system cannot do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _add(digest: hashlib.blake2b, part: str) -> None:
    data = part.encode("utf-8", "surrogatepass")
    digest.update(len(data).to_bytes(8, "big") + data)
