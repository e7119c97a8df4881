"""Reports that would be a good first contribution: years of known agencies that are not in the collection.

Comes in: the data package. Goes out: rows, and a list in Markdown for an issue. Must not know: the disk. Whether an agency
published a report in such a year is not known here; that it is not collected is all that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ogi.contribute.inert import prose, quoted
from ogi.package import Package

FIRST_YEAR = 2008  # of the Regulation


@dataclass(frozen=True, slots=True)
class Wanted:
    """`path` is where the document goes, without its ending."""

    agency_id: str
    name: str
    year: int
    failed: bool

    @property
    def path(self) -> str:
        return f"reports/{self.agency_id[:2]}/{self.agency_id}/{self.year}"


def wanted(package: Package) -> Iterator[Wanted]:
    """From each agency's first collected year to the last year that any agency has, newest first; closed ones left out."""
    names = {str(row["agency_id"]): str(row["name"]) for row in package.rows("agencies") if row["closed_on"] is None}
    have: dict[str, dict[int, str]] = {}
    for row in package.rows("coverage"):
        assert isinstance(row["year"], int)
        have.setdefault(str(row["agency_id"]), {})[row["year"]] = str(row["status"])
    last = max((year for years in have.values() for year in years), default=FIRST_YEAR)
    for year in range(last, FIRST_YEAR - 1, -1):
        for agency_id in sorted(set(have) & set(names)):
            status = have[agency_id].get(year, "not_collected")
            if min(have[agency_id]) <= year and status not in ("collected", "withdrawn"):
                yield Wanted(agency_id, names[agency_id], year, status == "failed")


def as_markdown(rows: Sequence[Wanted], most: int = 200) -> str:
    """A list with a box to tick for each."""
    head = "## 适合第一次贡献的年报 · Good first reports\n\n"
    head += "没有收集到，不等于没有公布。Not collected does not mean not published.\n\n"
    if not rows:
        return head + "目前没有空缺。No gaps at present.\n"
    lines = [f"- [ ] {prose(row.name)} {row.year} → {quoted(row.path)}" + (" (读不出 unreadable)" if row.failed else "")
             for row in rows[:most]]
    more = f"\n…… 另有 {len(rows) - most} 份。And {len(rows) - most} more.\n" if len(rows) > most else ""
    return head + "\n".join(lines) + "\n" + more
