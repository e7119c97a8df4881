"""The lines of one report as they stand in a package's files, for whoever needs no types and is in a hurry.

Comes in: CSV files in the order of their report_id. Goes out: (report_id, its lines as text), and the fields
of such lines as text, '' for null. Must not know: what a column means.
"""

from __future__ import annotations

import csv
import heapq
import io
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

from ogi.errors import BadPackage
from ogi.package.csvfile import restored

LONGEST_FIELD = 2**31 - 2
Fields = list[str]


def by_report(files: Iterable[Path], header: str) -> Iterator[tuple[str, str]]:
    """(report_id, its lines) in the order of report_id, the files merged; memory holds one report of each file."""
    return heapq.merge(*(_reports(path, header) for path in files), key=itemgetter(0))


def fields(text: str) -> list[Fields]:
    """Each row's values as text; what a spreadsheet was kept from running is as it was."""
    csv.field_size_limit(LONGEST_FIELD)
    rows = list(csv.reader(io.StringIO(text, newline="\n")))
    if ",'" in text or ",\"'" in text:
        return [[restored(value) for value in row] for row in rows]
    return rows


def _reports(path: Path, header: str) -> Iterator[tuple[str, str]]:
    """A line within quotes belongs to the row before, whatever it begins with."""
    with path.open(encoding="utf-8", newline="\n") as file:
        if next(file, None) != header:
            raise BadPackage(f"{path}, line 1", "its columns are not those of the descriptor", "rebuild the package")
        start, lines, inside = "\n", list[str](), False
        for line in file:
            if not inside and not line.startswith(start):
                if lines:
                    yield start[:-1], "".join(lines)
                start, lines = line[: line.index(",") + 1], []
            if '"' in line and line.count('"') % 2:
                inside = not inside
            lines.append(line)
        if lines:
            yield start[:-1], "".join(lines)
