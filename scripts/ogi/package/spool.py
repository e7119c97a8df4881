"""Lines of many reports, kept on disk as they come and put into files in the order of their keys.

Comes in: text with key, year and province, in any order; or where such lines stand in the last package. Goes out: CSV files
with size and hash. Memory holds an index only. Must not know: what the lines mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

from ogi.package.swap import linked
from ogi.package.texts import Lines

LARGEST_PART = 50 * 1000 * 1000
AT_ONCE = 1 << 20  # bytes
Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One file: `path` relative to the package; `sha256`, `size` of the file."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a resource; `size` and `sha256` are those of all of them as one table, with its
    header once."""

    parts: tuple[Written, ...]
    size: int
    sha256: str


NOTHING: Mapping[Path, Written] = {}


class Piece(NamedTuple):
    """Some lines: `start` and `length` in the spool, or where they stand in the last package."""

    key: Key
    province: str
    start: int
    length: int
    last: Lines | None = None


class Spool:
    """The lines of one resource. Use as a context; `file` is deleted with the folder it stands in."""

    def __init__(self, file: Path, header: str, largest_part: int = LARGEST_PART) -> None:
        self._file: BinaryIO = file.open("w+b")
        self._header, self._largest = header.encode(), largest_part
        self._index: dict[int, list[Piece]] = {}
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, key: Key, text: str, year: int = 0, province: str = "") -> None:
        data = text.encode()
        self._file.write(data)
        self._index.setdefault(year, []).append(Piece(key, province, self._end, len(data)))
        self._end += len(data)

    def add_last(self, lines: Lines, year: int, province: str) -> None:
        self._index.setdefault(year, []).append(Piece((lines.name,), province, lines.start, lines.length, lines))

    def texts(self) -> Callable[[str], str]:
        """What gives the lines of a report, wherever they stand, once all are added."""
        pieces = {piece.key[0]: piece for some in self._index.values() for piece in some}

        def text(report_id: str) -> str:
            piece = pieces[report_id]
            if piece.last:
                return piece.last.text()
            self._file.seek(piece.start)
            return self._file.read(piece.length).decode()

        return text

    def put_whole(self, folder: Path, path: str, last: Mapping[Path, Written] = NOTHING) -> Files:
        """Everything in one file. `last` are the files that pieces of the last package stand in."""
        return self._put(folder, [(path, [piece for year in self._index.values() for piece in year])], last)

    def put_by_year(
        self, folder: Path, stem: str, years: Iterable[int], last: Mapping[Path, Written] = NOTHING
    ) -> Files:
        """One file a year, by province too where a year is too large; a year without lines has a header."""
        files = [part for year in sorted(years) for part in self._parts(stem, year)]
        return self._put(folder, files or [(f"{stem}/none.csv", [])], last)

    def _parts(self, stem: str, year: int) -> list[tuple[str, list[Piece]]]:
        pieces = self._index.get(year, [])
        if sum(piece.length for piece in pieces) <= self._largest:
            return [(f"{stem}/{year}.csv", pieces)]
        provinces: dict[str, list[Piece]] = {}
        for piece in pieces:
            provinces.setdefault(piece.province, []).append(piece)
        return [(f"{stem}/{year}-{province}.csv", provinces[province]) for province in sorted(provinces)]

    def _put(self, folder: Path, files: list[tuple[str, list[Piece]]], last: Mapping[Path, Written]) -> Files:
        table, size, parts = hashlib.sha256(self._header), len(self._header), []
        for path, pieces in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if source := self._same(path, pieces, last):
                linked(str(source), str(target))
                parts.append(last[source])
                for data in _after(source, len(self._header)):
                    table.update(data)
            else:
                part = hashlib.sha256(self._header)
                with target.open("wb") as out:
                    out.write(self._header)
                    for data in self._bytes(pieces):
                        out.write(data)
                        part.update(data)
                        table.update(data)
                parts.append(Written(path, target.stat().st_size, part.hexdigest()))
            size += parts[-1].size - len(self._header)
        self._index.clear()
        return Files(tuple(parts), size, table.hexdigest())

    def _same(self, path: str, pieces: list[Piece], last: Mapping[Path, Written]) -> Path | None:
        """The file of the last package that these pieces are all of."""
        sources = {piece.last.path if piece.last else None for piece in pieces}
        source = sources.pop() if len(sources) == 1 else None
        if source is None or last[source].path != path:
            return None
        length = len(self._header) + sum(piece.length for piece in pieces)
        return source if length == last[source].size else None

    def _bytes(self, pieces: list[Piece]) -> Iterator[bytes]:
        with ExitStack() as stack:
            sources = {piece.last.path for piece in pieces if piece.last}
            opened = {path: stack.enter_context(path.open("rb")) for path in sources}
            for piece in sorted(pieces, key=itemgetter(0)):
                file = opened[piece.last.path] if piece.last else self._file
                file.seek(piece.start)
                yield file.read(piece.length)


def _after(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while data := file.read(AT_ONCE):
            yield data
