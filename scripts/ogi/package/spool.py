"""Lines of many reports, kept on disk as they come and put into files in the order of their keys.

Comes in: text with key, year and province, in any order. Goes out: CSV files with size and hash.
Memory holds an index only. Must not know: what the lines mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

LARGEST_PART = 50 * 1000 * 1000
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


class Spool:
    """The lines of one resource. Use as a context; `file` is deleted with the folder it stands in."""

    def __init__(self, file: Path, header: str, largest_part: int = LARGEST_PART) -> None:
        self._file: BinaryIO = file.open("w+b")
        self._header, self._largest = header.encode(), largest_part
        self._index: dict[int, list[tuple[Key, str, int, int]]] = {}
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
        self._index.setdefault(year, []).append((key, province, self._end, len(data)))
        self._end += len(data)

    def put_whole(self, folder: Path, path: str) -> Files:
        """Everything in one file."""
        return self._put(folder, [(path, [piece for year in self._index.values() for piece in year])])

    def put_by_year(self, folder: Path, stem: str, years: Iterable[int]) -> Files:
        """One file a year, by province too where a year is too large; a year without lines has a header."""
        files = [part for year in sorted(years) for part in self._parts(stem, year)]
        return self._put(folder, files or [(f"{stem}/none.csv", [])])

    def _parts(self, stem: str, year: int) -> list[tuple[str, list[tuple[Key, str, int, int]]]]:
        pieces = self._index.get(year, [])
        if sum(length for *_, length in pieces) <= self._largest:
            return [(f"{stem}/{year}.csv", pieces)]
        provinces: dict[str, list[tuple[Key, str, int, int]]] = {}
        for piece in pieces:
            provinces.setdefault(piece[1], []).append(piece)
        return [(f"{stem}/{year}-{province}.csv", provinces[province]) for province in sorted(provinces)]

    def _put(self, folder: Path, files: list[tuple[str, list[tuple[Key, str, int, int]]]]) -> Files:
        table, size, parts = hashlib.sha256(self._header), len(self._header), []
        for path, pieces in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            part, length = hashlib.sha256(self._header), len(self._header)
            with (folder / path).open("wb") as out:
                out.write(self._header)
                for _, _, start, count in sorted(pieces):
                    self._file.seek(start)
                    data = self._file.read(count)
                    out.write(data)
                    part.update(data)
                    table.update(data)
                    length, size = length + count, size + count
            parts.append(Written(path, length, part.hexdigest()))
        return Files(tuple(parts), size, table.hexdigest())
