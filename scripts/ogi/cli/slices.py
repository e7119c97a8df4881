"""Of a file that was valid once, the rows that were not in it then; and what holds or breaks over all rows.

Comes in: a package, what one of its files was when it was valid. Goes out: a small file of the new rows for frictionless
to read, unless that would not tell whether the whole is valid; and whether a reference has no target.
Must not know: frictionless, types, constraints. In doubt the answer is no: all files are then read whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from hashlib import file_digest
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ogi.package import Package
from ogi.package.csvfile import line
from ogi.package.located import digests, in_file, in_resource
from ogi.package.texts import LONGEST_FIELD, Lines

Descriptor = dict[str, Any]


class File(NamedTuple):
    """One file of a resource, as the descriptor has it."""

    resource: str
    path: str
    bytes: int
    hash: str


def new_rows(package: Package, file: File, valid: str, index: Path, rows: Path) -> bool:
    """Writes to `rows` the header and the rows that were not in `file` when its hash was `valid`; False where that tells
    nothing. Rows are told apart by report, or what else the first column holds, with which every key begins: so no key can
    stand in two of them. Raises BadPackage or what its readers raise where the file is not as it should be."""
    path = package.folder / file.path
    with path.open("rb") as opened:
        if f"sha256:{file_digest(opened, 'sha256').hexdigest()}" != file.hash or path.stat().st_size != file.bytes:
            return False
        old = digests(file.resource, {"path": file.path, "hash": valid}, index)
        lines = list(in_file(package, file.resource, file._asdict(), index))
        if old is None or len({one.name for one in lines}) < len(lines):
            return False
        new = [one for one in lines if one.digest not in old]
        with rows.open("wb") as out:
            out.write(line(field["name"] for field in package.fields(file.resource)).encode())
            for one in new:
                opened.seek(one.start)
                out.write(opened.read(one.length))
    return _well_cut(rows, new)


def _well_cut(rows: Path, lines: list[Lines]) -> bool:
    """Whether a reader of CSV sees rows end where `lines` do, with no quote left open: else they would go on beyond."""
    names = [name for name, _ in groupby(_column(rows, 0))]
    return names == [one.name for one in lines]


def dangling(package: Package, index: Path) -> bool:
    """Whether any reference has no target."""

    @cache
    def values(name: str, column: str) -> set[str]:
        columns = [field["name"] for field in package.fields(name)]
        if column == columns[0]:
            return {lines.name for lines in in_resource(package, name, index)}
        return {value for path in package.files(name) for value in _column(path, columns.index(column))}

    def lost(name: str, key: Descriptor) -> bool:
        target = key["reference"]
        return not values(name, key["fields"][0]) <= values(target["resource"] or name, target["fields"][0]) | {""}

    return any(lost(name, key) for name, r in package.resources.items() for key in r["schema"]["foreignKeys"])


def _column(path: Path, place: int) -> Iterator[str]:
    """One value a row, as it stands in the file."""
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        next(rows, None)
        for row in rows:
            yield row[place] if place < len(row) else ""
