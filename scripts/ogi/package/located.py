"""Where the lines of every report stand in a package's files, kept under the hash of each file.

Comes in: a package whose descriptor has the hash of each file, a folder to keep in (None keeps nothing). Goes out: file by
file, or report by report, where lines stand and a hash of them. So a file that is as it was is not looked at again, and of
one that is not, it is known which reports are: the next package takes their bytes from it, validation passes them by, and
their pages stay. Must not know: what lines say. Safe to delete.
"""

from __future__ import annotations

import hashlib
import heapq
import os
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path

from ogi.fingerprint import made_by
from ogi.package.reader import Package
from ogi.package.texts import Lines

File = Mapping[str, str]  # what the descriptor says of one file: path, bytes, hash


def index_for(cache: Path, package: Path) -> Path:
    """The folder below `cache` for the package in this place."""
    return cache / "lines" / hashlib.blake2b(str(package.resolve()).encode(), digest_size=6).hexdigest()


def by_report(
    package: Package, names: Iterable[str], reports: Iterable[Mapping[str, str]], index: Path | None
) -> Iterator[tuple[Mapping[str, str], dict[str, Lines]]]:
    """Each report with its lines in the named resources; one in which it has none is left out."""
    streams = {name: in_resource(package, name, index) for name in names}
    heads = {name: next(stream, None) for name, stream in streams.items()}
    for report in reports:
        report_id = report["report_id"]
        found = {name: head for name, head in heads.items() if head is not None and head.name == report_id}
        for name in found:
            heads[name] = next(streams[name], None)
        yield report, found


def in_resource(package: Package, name: str, index: Path | None) -> Iterator[Lines]:
    """In the order of their names, all files of the resource merged."""
    files = [in_file(package, name, file, index) for file in package.resources[name]["files"]]
    return heapq.merge(*files, key=attrgetter("name")) if len(files) > 1 else files[0]


def in_file(package: Package, name: str, file: File, index: Path | None) -> Iterator[Lines]:
    if index is None:
        return package.lines_of(name, file["path"])
    kept, path = _kept(index, name, file), package.folder / file["path"]
    found = _read(kept, path)
    if found is None:  # all of it at once: the files of a resource are merged, and looked into one at a time
        _write(kept, package.lines_of(name, file["path"]))
        found = _read(kept, path)
    return found if found is not None else package.lines_of(name, file["path"])


def digests(name: str, file: File, index: Path) -> set[str] | None:
    """Those of the lines of a file that may be gone since; None where nothing is kept of it."""
    found = _read(_kept(index, name, file), Path())
    return None if found is None else {lines.digest for lines in found}


def refresh(package: Package, index: Path) -> None:
    """An index of every file of this package, and of no other."""
    for name, resource in package.resources.items():
        stays = {_kept(index, name, file): file["path"] for file in resource["files"]}
        for kept, path in stays.items():
            if not kept.is_file():
                _write(kept, package.lines_of(name, path))
        for kept in {*(index / name).iterdir()} - {*stays}:
            kept.unlink(missing_ok=True)


def _kept(index: Path, name: str, file: File) -> Path:
    return index / name / f"{file['path'].rpartition('/')[2]}-{file['hash'].rpartition(':')[2][:24]}"


def _write(kept: Path, lines: Iterable[Lines]) -> None:
    half = kept.with_name(f"{kept.name}.{os.getpid()}")
    half.parent.mkdir(parents=True, exist_ok=True)
    digest = _digest("")
    with half.open("w", encoding="utf-8") as out:
        for one in lines:
            line = f"{one.name} {one.start} {one.length} {one.digest}\n"
            digest.update(line.encode())
            out.write(line)
        out.write(digest.hexdigest())
    half.replace(kept)


def _read(kept: Path, path: Path) -> Iterator[Lines] | None:
    """None where nothing is kept, or what is kept is damaged."""
    try:
        text, _, digest = kept.read_text("utf-8").rpartition("\n")
    except (OSError, ValueError):
        return None
    text += "\n" if text else ""
    return _lines(kept, path) if _digest(text).hexdigest() == digest else None


def _digest(text: str) -> hashlib.blake2b:
    """Of what is kept and of the code that made it."""
    return hashlib.blake2b(f"{made_by()}{text}".encode(), digest_size=16)


def _lines(kept: Path, path: Path) -> Iterator[Lines]:
    """Read as they are asked for: many files are at hand at the same time."""
    with kept.open(encoding="utf-8") as lines:
        for line in lines:
            if line.endswith("\n"):
                name, start, length, digest = line.rsplit(" ", 3)
                yield Lines(name, path, int(start), int(length), digest[:-1])
