"""Opens a data package: typed rows, as streams, for whoever builds on it.

Comes in: a folder with datapackage.json. Goes out: `Package` with the descriptor and rows (column ->
Decimal, int, date, str or None), neutralised texts restored. Must not know: how the package was made;
types come from its descriptor alone.
"""

from __future__ import annotations

import csv
import hashlib
import heapq
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TextIO

from ogi.errors import BadPackage
from ogi.package.csvfile import line, restored
from ogi.package.swap import recovered
from ogi.package.texts import OTHER_COLUMNS, Lines, lines_of

Value = str | Decimal | int | date | None
Row = dict[str, Value]
Plain = Mapping[str, Any]  # JSON
LONGEST_FIELD = 2**31 - 2


def load(folder: Path) -> Package:
    """The package in `folder`; nothing but the descriptor is read yet."""
    recovered(folder)
    path = folder / "datapackage.json"
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        found = f"读不了数据包 cannot be read ({error})"
        raise BadPackage(str(path), found, "用 ogi build 生成 make it with `ogi build`") from None
    return Package(folder, descriptor, {r["name"]: r for r in descriptor["resources"]})


@dataclass(frozen=True)
class Package:
    """`resources` are the descriptor's, by name. Rows come in the order of the files; keep what you need
    of a stream."""

    folder: Path
    descriptor: Plain
    resources: Mapping[str, Plain]

    @property
    def version(self) -> str:
        return self.descriptor["version"]

    @property
    def as_of(self) -> date | None:
        return date.fromisoformat(self.descriptor["as_of"]) if self.descriptor["as_of"] else None

    def fields(self, name: str) -> list[Plain]:
        """The columns of a resource: name, type, title, title_en, description, description_en, unit,
        categories, …"""
        return self.resources[name]["schema"]["fields"]

    def files(self, name: str) -> list[Path]:
        return [self.folder / part["path"] for part in self.resources[name]["files"]]

    def rows(self, name: str) -> Iterator[Row]:
        """Every row of a resource, one at a time; a resource in several files file after file."""
        for path in self.files(name):
            yield from self._rows(name, path)

    def table(self, name: str) -> list[Row]:
        """Every row of a resource at once: for the small ones."""
        return list(self.rows(name))

    def index(self, name: str) -> dict[Value | tuple[Value, ...], Row]:
        """Rows by key: for the small ones. A key of several columns is a tuple."""
        key = itemgetter(*self.resources[name]["schema"]["primaryKey"])
        return {key(row): row for row in self.rows(name)}

    def codes(self) -> dict[tuple[str, str], Row]:
        """(kind, code) -> zh, en, definition, …"""
        return {(str(row["kind"]), str(row["code"])): row for row in self.rows("codes")}

    def by_report(self, name: str) -> Iterator[tuple[str, list[Row]]]:
        """(report_id, its rows) in the order of report_id, the files of a resource merged; memory holds
        one report."""
        key = itemgetter("report_id")
        streams = [self._rows(name, path) for path in self.files(name)]
        for report_id, rows in groupby(heapq.merge(*streams, key=key), key):
            yield report_id, list(rows)

    def reports(self, *names: str) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
        """Every report with its rows in the named resources (all that are kept by report, if none is
        named), in one pass."""
        streams = {name: self.by_report(name) for name in names or self.kept_by_report()}
        heads = {name: next(stream, None) for name, stream in streams.items()}
        for report in self.rows("reports"):
            parts: dict[str, list[Row]] = {}
            for name, stream in streams.items():
                head = heads[name]
                parts[name] = []
                if head is not None and head[0] == report["report_id"]:
                    parts[name] = head[1]
                    heads[name] = next(stream, None)
            yield report, parts

    def fields_of(self, name: str) -> Iterator[list[str]]:
        """Every row's values as text, in the order of `fields(name)`, '' for null."""
        csv.field_size_limit(LONGEST_FIELD)
        for path in self.files(name):
            with path.open(encoding="utf-8", newline="") as file:
                lines = self._lines(file, name, path)
                yield from ([restored(v) if v[:1] == "'" else v for v in values] for values in lines)

    def lines_of(self, name: str, part: str) -> Iterator[Lines]:
        """Where the lines of each report stand in one file of a resource, `part` its path in the descriptor."""
        return lines_of(self.folder / part, line(f["name"] for f in self.fields(name)))

    def kept_by_report(self) -> list[str]:
        """Resources whose key begins with report_id, `reports` itself left out."""
        return [
            name
            for name, r in self.resources.items()
            if r["schema"]["primaryKey"][0] == "report_id" and name != "reports"
        ]

    def verify(self) -> None:
        """Raises BadPackage where a file is missing or its bytes are not those that the descriptor
        promises."""
        for resource in self.resources.values():
            for part in resource["files"]:
                path, found = self.folder / part["path"], "no file"
                if path.is_file():
                    with path.open("rb") as file:
                        found = hashlib.file_digest(file, "sha256").hexdigest()
                if f"sha256:{found}" != part["hash"]:
                    said = f"内容与数据包的记录不符 is {found}, not {part['hash']}"
                    remedy = "重新下载或生成数据包 download the package again, or rebuild it"
                    raise BadPackage(str(path), said, remedy)

    def _rows(self, name: str, path: Path) -> Iterator[Row]:
        csv.field_size_limit(LONGEST_FIELD)
        fields = self.fields(name)
        columns = [f["name"] for f in fields]
        others = [(n, READ[f["type"]]) for n, f in enumerate(fields) if f["type"] != "string"]
        with path.open(encoding="utf-8", newline="") as file:
            for values in self._lines(file, name, path):
                typed: list[Value] = [_text(value) for value in values]
                for n, read in others:
                    if values[n]:
                        typed[n] = read(values[n])
                yield dict(zip(columns, typed, strict=True))

    def _lines(self, file: TextIO, name: str, path: Path) -> Iterator[list[str]]:
        """What follows the header."""
        lines = csv.reader(file)
        if next(lines, None) != [f["name"] for f in self.fields(name)]:
            raise BadPackage(f"{path}, line 1", *OTHER_COLUMNS)
        return lines


def _text(value: str) -> str | None:
    return (restored(value) if value[0] == "'" else value) if value else None


READ: Mapping[str, Callable[[str], Value]] = {"number": Decimal, "integer": int, "date": date.fromisoformat}
