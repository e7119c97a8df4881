"""The files beside a page: `index.json` and `index.csv` of a record, and the collected original.

Comes in: rows of the package and the types of its descriptor. Goes out: bytes; originals are copied
only if their hash is the published one. Must not know: HTML, layouts, MkDocs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import mmap
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from pathlib import Path

from ogi.package import Package
from ogi.site.book import Row

# What a browser shows or saves without running anything. Others are offered under a name that ends in .txt.
INERT = {"txt", "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ofd", "png", "jpg", "jpeg", "rtf", "zip"}
RISKY = frozenset("=@\t\r+-'")
NUMERIC = re.compile(r"[+-]?\d+(\.\d+)?")


# Numbers are marked while the rest is encoded: text of a CSV in UTF-8 can never hold a lone surrogate.
_NUMBER = "\ud800"
_NUMBERS = re.compile(f'"{_NUMBER}([^"]*)"')


def _plain(value: object) -> str:
    return f"{_NUMBER}{value:f}" if isinstance(value, Decimal) else str(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def to_json(value: object) -> str:
    """JSON of rows, lists and strings; a Decimal is written digit by digit and never goes through float."""
    if value.__class__ is str:  # nearly always
        return encode_basestring(value)
    return _NUMBERS.sub(r"\1", _encode(value))


class Types:
    """Which columns of a resource are numbers, so that a row kept as text becomes what it was."""

    def __init__(self, package: Package) -> None:
        self.columns = {
            r["name"]: tuple(f["name"] for f in r["schema"]["fields"])
            for r in package.descriptor["resources"]
        }
        self.numbers = {
            r["name"]: frozenset(
                f["name"] for f in r["schema"]["fields"] if f["type"] in ("integer", "number")
            )
            for r in package.descriptor["resources"]
        }

    def row(self, resource: str, row: Row) -> Mapping[str, object]:
        numbers = self.numbers[resource]
        return {k: None if v == "" else Decimal(v) if k in numbers else v for k, v in row.items()}

    def rows(self, resource: str, rows: Iterable[Row], without: str = "") -> str:
        """Rows as JSON objects, `without` the column that all of them share."""
        columns = self.columns[resource]
        return self.table(resource, [[row[c] for c in columns] for row in rows], without)

    def table(self, resource: str, rows: Sequence[Sequence[str]], without: str = "") -> str:
        """The same for values in the order of the columns. A column that is empty in all rows is left out."""
        kept, texts = [], []
        for column, values in zip(self.columns[resource], zip(*rows, strict=True), strict=False):
            if column != without and any(values):
                kept.append(column)
                texts.append(_members(values, column in self.numbers[resource]))
        if not kept:
            return "[]"
        pattern = "{" + ",".join(f'"{column}":%s' for column in kept) + "}"
        return "[" + ",\n".join([pattern % row for row in zip(*texts, strict=True)]) + "]"


def _members(values: Sequence[str], numbers: bool) -> list[str]:
    """Column by column, since most values of a column are alike: each different one is encoded once."""
    if numbers:
        return [value or "null" for value in values]
    encoded = {value: _encode(value) if value else "null" for value in set(values)}
    return [encoded[value] for value in values]


def json_object(parts: Mapping[str, str]) -> bytes:
    """An object of members that are JSON already."""
    return ("{\n" + ",\n".join(f'"{key}":{value}' for key, value in parts.items()) + "\n}\n").encode()


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> bytes:
    """With a byte order mark, so that Excel reads Chinese; a text that a spreadsheet would run is quoted."""
    return csv_columns(
        dict(zip(columns, zip(*rows, strict=True), strict=False)) or dict.fromkeys(columns, ())
    )


def csv_columns(columns: Mapping[str, Sequence[str | None]]) -> bytes:
    """The same, given column by column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*map(_guarded, columns.values()), strict=True))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _guarded(values: Sequence[str | None]) -> Sequence[str | None]:
    wrong = {value: guarded(value) for value in set(values) if value and value[0] in RISKY}
    return [wrong.get(value, value) for value in values] if wrong else values


def guarded(value: str) -> str:
    """The package's rule for its own CSVs: an apostrophe before what a spreadsheet would run."""
    if value[0] not in RISKY or (value[0] in "+-" and (len(value) == 1 or NUMERIC.fullmatch(value))):
        return value
    return f"'{value}"


def original_name(path: str) -> str:
    """The name under which an original is offered: its ending decides what a browser does with it."""
    suffix = path.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    if suffix in INERT:
        return f"original.{suffix}"
    return f"original.{suffix}.txt" if suffix.isalnum() else "original.txt"


def original(folder: Path, document: Row) -> bytes | None:
    """The collected file, or None where it is not there or not the one that was read."""
    path = folder / document["path"]
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == document["sha256"] else None


def pack(folder: Path, archive: Path) -> int:
    """Every file of `folder` in one zip, the same bytes whenever it is made; its size in bytes."""
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(
                f"{archive.stem}/{path.relative_to(folder).as_posix()}", (1980, 1, 1, 0, 0, 0)
            )
            entry.external_attr = 0o644 << 16
            with path.open(
                "rb"
            ) as file:  # mapped, at the fastest level: a large package takes neither memory nor time
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
                packed.writestr(entry, data, zipfile.ZIP_DEFLATED, compresslevel=1)
    return archive.stat().st_size
