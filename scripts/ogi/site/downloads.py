"""The files beside a page: `index.json` and `index.csv` of a record, and the collected original.

Comes in: rows of the package and the types of its descriptor. Goes out: bytes; originals are copied
only if their hash is the published one. Must not know: HTML, layouts, MkDocs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ogi.package import Package
from ogi.site.book import Row

# What a browser shows or saves without running anything. Others are offered under a name that ends in .txt.
INERT = {"txt", "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ofd", "png", "jpg", "jpeg", "rtf", "zip"}
FORMULA = re.compile(r"[=@\t\r+\-']")
NUMERIC = re.compile(r"[+-]?\d+(\.\d+)?$")


class Types:
    """Which columns are numbers: they travel to JSON digit by digit and never through float."""

    def __init__(self, package: Package) -> None:
        self.bare: dict[str, frozenset[str]] = {}
        for resource in package.descriptor["resources"]:
            bare = {
                f["name"]
                for f in resource["schema"]["fields"]
                if f["type"] in ("integer", "number", "boolean")
            }
            self.bare[resource["name"]] = frozenset(bare)

    def json_row(self, resource: str, row: Row, without: Iterable[str] = ()) -> str:
        bare = self.bare.get(resource, frozenset())
        parts = []
        for key, value in row.items():
            if key in without:
                continue
            text = "null" if value == "" else value if key in bare else quoted(value)
            parts.append(f'"{key}":{text}')
        return "{" + ",".join(parts) + "}"

    def json_rows(self, resource: str, rows: Iterable[Row], without: Iterable[str] = ()) -> str:
        return "[" + ",\n".join(self.json_row(resource, row, without) for row in rows) + "]"


def json_object(parts: Mapping[str, str]) -> bytes:
    """An object of members that are JSON already."""
    return ("{\n" + ",\n".join(f'"{key}":{value}' for key, value in parts.items()) + "\n}\n").encode()


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """With a byte order mark, so that Excel reads Chinese; a text that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def guarded(value: str) -> str:
    """The package's rule for its own CSVs: an apostrophe before what a spreadsheet would run."""
    if (
        not value
        or not FORMULA.match(value)
        or NUMERIC.match(value)
        or (value[0] in "+-" and len(value) == 1)
    ):
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


def quoted(text: str) -> str:
    """A JSON string."""
    return json.dumps(text, ensure_ascii=False)
