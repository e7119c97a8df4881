"""The lines of one report as they stand in a package's files, for whoever needs no types and is in a hurry.

Comes in: CSV files in the order of their report_id. Goes out: where each report's lines stand, those lines as text,
and the fields of such lines as text, '' for null. Must not know: what a column means.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ogi.errors import BadPackage
from ogi.package.csvfile import restored

LONGEST_FIELD = 2**31 - 2
OTHER_COLUMNS = (
    "列与数据包的说明不符 its columns are not those of the descriptor",
    "重新生成数据包 rebuild the package",
)
AT_ONCE = 1 << 17  # bytes; the files of a resource are open at the same time
Fields = list[str]


class Lines(NamedTuple):
    """The lines of one report, or whatever `name` their first field holds, in one file: `start` and `length` in bytes, and a hash
    of them."""

    name: str
    path: Path
    start: int
    length: int
    digest: str

    def text(self, after: int = 0) -> str:
        """From so many bytes on."""
        with self.path.open("rb") as file:
            file.seek(self.start + after)
            return file.read(self.length - after).decode()


def lines_of(path: Path, header: str) -> Iterator[Lines]:
    """Report after report. A line within quotes belongs to the row before, whatever it begins with."""
    with path.open("rb") as file:
        first = header.encode()
        if file.read(len(first)) != first:
            raise BadPackage(f"{path}, line 1", *OTHER_COLUMNS)
        place, rest, wanted = len(first), b"", AT_ONCE
        while True:
            more = file.read(wanted)
            data, start = rest + more, 0
            while start < len(data):
                name = data[start : data.find(b",", start)]
                end = _end(data, start, name + b",", last=len(more) < wanted)
                if not end:
                    break
                digest = hashlib.blake2b(data[start:end], digest_size=12).hexdigest()
                yield Lines(name.decode(), path, place + start, end - start, digest)
                start = end
            if len(more) < wanted:
                return
            place, rest, wanted = place + start, data[start:], wanted if start else 2 * wanted


def fields(text: str) -> list[Fields]:
    """Each row's values as text; what a spreadsheet was kept from running is as it was."""
    csv.field_size_limit(LONGEST_FIELD)
    rows = list(csv.reader(io.StringIO(text, newline="\n")))
    if ",'" in text or ",\"'" in text:
        return [[restored(value) for value in row] for row in rows]
    return rows


def _end(data: bytes, start: int, name: bytes, last: bool) -> int:
    """Where the rows that begin with `name` end, the first of them at `start`; 0 if `data` ends before that is known."""
    row, look = start, 1 << 14
    while True:
        end = _row_end(data, row)
        if not end or end + len(name) > len(data):
            return (end or len(data)) if last else 0
        if not data.startswith(name, end):
            return end
        # More rows: on to the last one that is in sight, and look twice as far the next time.
        found = data.rfind(b"\n" + name, end - 1, max(end + len(name), row + look))
        while data.count(b'"', end, found) % 2:
            found = data.rfind(b"\n" + name, end - 1, found)
        row, look = found + 1, 2 * look


def _row_end(data: bytes, row: int) -> int:
    """Just after the first end of line that is not within quotes; 0 if there is none."""
    end = data.find(b"\n", row) + 1
    while end and data.count(b'"', row, end) % 2:
        end = data.find(b"\n", end) + 1
    return end
