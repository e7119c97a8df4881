"""The files beside a page: `index.json` and `index.csv` of a record, and the collected original.

Comes in: rows of the package and the types of its descriptor. Goes out: bytes; originals are copied
only if their hash is the published one. Must not know: HTML, layouts, MkDocs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from json.encoder import encode_basestring
from pathlib import Path
from typing import TypeVar

from ogi.package import Package
from ogi.site.book import Row

# What a browser shows or saves without running anything. Others are offered under a name that ends in .txt.
INERT = {"txt", "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ofd", "png", "jpg", "jpeg", "rtf", "zip"}
AT_ONCE = 500  # rows that are held while a long table is written
T = TypeVar("T")
RISKY = frozenset("=@\t\r+-'")
SPECIAL = re.compile('["\r]')  # with commas and ends of line, what makes a CSV quote
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
    encoded = {value: encode_basestring(value) if value else "null" for value in set(values)}
    return [encoded[value] for value in values]


def json_object(parts: Mapping[str, str]) -> bytes:
    """An object of members that are JSON already."""
    return ("{\n" + ",\n".join(f'"{key}":{value}' for key, value in parts.items()) + "\n}\n").encode()


def json_list(parts: Mapping[str, str], name: str, items: Iterable[str], edge: str = "") -> Iterator[bytes]:
    """The same with a list of such as its last member, piece by piece; `edge` stands within its brackets."""
    head = "".join(f'"{key}":{value},\n' for key, value in parts.items())
    yield f'{{\n{head}"{name}":[{edge}'.encode()
    before = ""
    for some in _batches(items):
        yield (before + ",\n".join(some)).encode()
        before = ",\n"
    yield f"{edge}]\n}}\n".encode()


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """With a byte order mark, so that Excel reads Chinese; a text that a spreadsheet would run is quoted. Piece by piece."""
    yield csv_columns(dict.fromkeys(columns, ()))
    for some in _batches(rows):
        yield _csv_rows(zip(*some, strict=True))


def csv_columns(columns: Mapping[str, Sequence[str]]) -> bytes:
    """The same, given column by column."""
    head = ",".join(columns) + "\n"
    return b"\xef\xbb\xbf" + head.encode() + _csv_rows(columns.values())


def _csv_rows(columns: Iterable[Sequence[str]]) -> bytes:
    rows = list(zip(*map(_guarded, columns), strict=True))
    plain = "\n".join([",".join(row) for row in rows])
    wide = len(rows[0]) if rows else 0
    apart = plain.count(","), plain.count("\n")
    if wide > 1 and apart == (len(rows) * (wide - 1), len(rows) - 1) and not SPECIAL.search(plain):
        return f"{plain}\n".encode()  # nearly always, and three times as fast
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _guarded(values: Sequence[str]) -> Sequence[str]:
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


def mark_of(folder: Path, path: str) -> str:
    """What tells whether `original` would give the same again: size and time of the file; '' where there is none."""
    try:
        found = os.stat(f"{folder}/{path}")
    except (OSError, ValueError):
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def original(folder: Path, document: Row) -> bytes | None:
    """The collected file, or None where it is not there or not the one that was read."""
    path = folder / document["path"]
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == document["sha256"] else None
