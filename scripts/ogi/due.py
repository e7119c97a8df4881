"""When a report must be out, and when it was: Regulation on Open Government Information, article 49.

Comes in: years and days. Goes out: days. Must not know: documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

FIRST_YEAR_OF_ARTICLE_49 = (
    2019  # State Council Order 711, in force 2019-05-15; before it art. 32 of Order 492: 31 March
)


def due_on(year: int, scope: str) -> date:
    """The last day on which the report of `year` may be published."""
    early = scope == "own" and year >= FIRST_YEAR_OF_ARTICLE_49
    return date(year + 1, 1, 31) if early else date(year + 1, 3, 31)


def first_published(days: Iterable[date | None]) -> date | None:
    """When a report with these versions first came out: a report that is issued again was not late for that; None where
    the day of a version is not known."""
    known = tuple(days)
    return None if None in known else min((day for day in known if day), default=None)
