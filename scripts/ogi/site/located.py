"""Where the lines of every report stand in the package's large files, kept under the hash of each file.

Comes in: a package whose descriptor has the hash of each file. Goes out: report by report, where its lines stand. So a
file that is as it was is not looked at again. Must not know: what lines say. Safe to delete.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path

from ogi.fingerprint import made_by
from ogi.package import Package
from ogi.package.texts import Lines


def by_report(
    package: Package, names: Iterable[str], reports: Iterable[Mapping[str, str]], folder: Path | None
) -> Iterator[tuple[Mapping[str, str], dict[str, Lines]]]:
    """Each report with its lines in the named resources; one in which it has none is left out. `folder` None keeps nothing."""
    streams = {name: _resource(package, name, folder) for name in names}
    heads = {name: next(stream, None) for name, stream in streams.items()}
    for report in reports:
        report_id = report["report_id"]
        found = {name: head for name, head in heads.items() if head is not None and head.report_id == report_id}
        for name in found:
            heads[name] = next(streams[name], None)
        yield report, found


def _resource(package: Package, name: str, folder: Path | None) -> Iterator[Lines]:
    """In the order of report_id, all files of the resource merged."""
    known = folder / name if folder else None
    files = [_file(package, name, file, known) for file in package.resources[name]["files"]]
    yield from heapq.merge(*files, key=attrgetter("report_id")) if len(files) > 1 else files[0]
    if known:  # what no file of this package stands behind
        hashes = {_name(file) for file in package.resources[name]["files"]}
        for path in known.iterdir():
            if path.name not in hashes:
                path.unlink(missing_ok=True)


def _file(package: Package, name: str, file: Mapping[str, str], folder: Path | None) -> Iterator[Lines]:
    if folder is None:
        return package.lines_of(name, file["path"])
    kept, path = folder / _name(file), package.folder / file["path"]
    found = _read(kept, path)
    if found is None:  # all of it at once: the files of a resource are merged, and looked into one at a time
        _write(kept, package.lines_of(name, file["path"]))
        found = _read(kept, path)
    return found if found is not None else package.lines_of(name, file["path"])


def _name(file: Mapping[str, str]) -> str:
    return f"{file['path'].rpartition('/')[2]}-{file['hash'].rpartition(':')[2][:24]}"


def _write(kept: Path, lines: Iterable[Lines]) -> None:
    half = kept.with_name(f"{kept.name}.half")
    half.parent.mkdir(parents=True, exist_ok=True)
    digest = _digest("")
    with half.open("w", encoding="utf-8") as out:
        for one in lines:
            line = f"{one.report_id} {one.start} {one.length} {one.digest}\n"
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
                report_id, start, length, digest = line.split()
                yield Lines(report_id, path, int(start), int(length), digest)
