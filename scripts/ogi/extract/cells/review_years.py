"""Reviews printed for several years, a year a row: which rows are the report's own.

Comes in: the rows of the table. Goes out: those of the last year that labels name, and a note. Must not know: values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ogi.extract.rows.locate import Row
from ogi.messages import in_both
from ogi.model import Issue

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_BEFORE = re.compile(r"上一?年|去年|上年")


def of_last_year(rows: Sequence[Row]) -> tuple[list[Row], list[Issue]]:
    """Without the rows whose label names a year before that of another row, or «上年», and which no report counts as its own."""
    named = [(row, " ".join(cell.text for cell in row.labels)) for row in rows]
    years = [[int(year) for year in _YEAR.findall(text)] for _, text in named]
    last = max((max(found) for found in years if found), default=0)
    told = zip(named, years, strict=True)
    earlier = [row for (row, text), found in told if (max(found) < last if found else _BEFORE.match(text.strip()))]
    if not earlier:
        return list(rows), []
    at, words = earlier[0].locator, earlier[0].label
    said = in_both(f"「{words}」一行是以前年度的数，未采用。", f"{at}: the row «{words}» is of an earlier year; it is left out.")
    return [row for row in rows if row not in earlier], [Issue("row-unknown", "info", said, at, (), words)]
