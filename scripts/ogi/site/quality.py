"""How good the data are, and the reports: checks by rule, region, year and form, doubts by kind, each with its denominator.

Comes in: the book, and the sums over its reports. Goes out: rows for the quality page, each with the places of its reports
among the live ones. Must not know: pages; it ranks no agency.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import sqrt

from ogi.site.book import Book, Row
from ogi.site.tally import Doubt, Rule, Sums, places

FEW = 10  # reports below which a share would say more than they can


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, with the interval (Wilson, 95 %) in which the share of a large number of such would lie."""

    part: int
    whole: int

    @property
    def enough(self) -> bool:
        return self.whole >= FEW

    @property
    def text(self) -> str:
        return f"{self.part / self.whole:.1%}" if self.whole else "—"

    @property
    def interval(self) -> str:
        low, high = wilson(self.part, self.whole)
        return f"{low:.1%}–{high:.1%}"


def wilson(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """The score interval: it stays within 0 and 1 and does not shrink to nothing at either end."""
    if not whole:
        return 0.0, 1.0
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    wide = z / (1 + z * z / whole) * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(0.0, middle - wide), min(1.0, middle + wide)


@dataclass(slots=True)
class Group:
    """Reports that share something: a year, a province, a form, a format."""

    code: str
    name: str
    where: array[int] = field(default_factory=places)
    failing: int = 0
    failed: int = 0
    unknown: int = 0
    doubts: int = 0
    doubtful: int = 0
    reviewed: int = 0

    @property
    def reports(self) -> int:
        return len(self.where)

    @property
    def share(self) -> Share:
        """Reports with a failed check, of all."""
        return Share(self.failing, self.reports)

    @property
    def doubt(self) -> Share:
        """Reports with a doubt of the reader, of all."""
        return Share(self.doubtful, self.reports)


class Quality:
    def __init__(self, book: Book, sums: Sums) -> None:
        """`doubts`: those met in most reports first."""
        self.book = book
        self.rules = self._rules(sums.rules.values())
        self.doubts: list[Doubt] = sorted(sums.doubts.values(), key=lambda d: (-len(d.where), d.code))
        self.all = next(iter(self._by(lambda r: ("", ""))), Group("", ""))
        self.years = sorted(self._by(lambda r: (r["year"], r["year"])), key=lambda g: g.code)
        self.provinces = sorted(self._by(self._province), key=lambda g: g.code)
        self.forms = sorted(self._by(self._form), key=lambda g: g.code)
        self.formats = sorted(self._by(self._format), key=lambda g: g.code)

    def failing(self) -> list[Rule]:
        """Rules that some report fails, those failed in most reports first."""
        found = [r for r in self.rules if r.failed]
        return sorted(found, key=lambda r: (-len(r.failing), r.code))

    def undecided(self) -> list[Rule]:
        return sorted((r for r in self.rules if r.unknown), key=lambda r: (-r.unknown, r.code))

    def share_of(self, rule: Rule) -> Share:
        """Reports that fail it, of those where it could be decided: its checks within one report are not independent."""
        return Share(len(rule.failing), rule.decided)

    def _rules(self, rules: Iterable[Rule]) -> list[Rule]:
        order = {code: int(row["order"]) for (kind, code), row in self.book.codes.items() if kind == "rule"}
        return sorted(rules, key=lambda r: (order.get(r.code, 0), r.code))

    def _by(self, key: Callable[[Row], tuple[str, str]]) -> list[Group]:
        groups: dict[str, Group] = {}
        for place, report in enumerate(self.book.live()):
            code, name = key(report)
            group = groups.setdefault(code, Group(code, name))
            failed, doubts = int(report["checks_failed"]), int(report["doubts"])
            group.where.append(place)
            group.failed += failed
            group.failing += failed > 0
            group.unknown += int(report["checks_unknown"])
            group.doubts += doubts
            group.doubtful += doubts > 0
            group.reviewed += bool(report["reviewed_on"])
        return list(groups.values())

    def _province(self, report: Row) -> tuple[str, str]:
        lineage = self.book.lineage(self.book.agencies[report["agency_id"]]["region_code"])
        top = next((r for r in lineage if r["region_code"] != "100000"), lineage[0])
        return top["region_code"], top["zh"]

    def _form(self, report: Row) -> tuple[str, str]:
        code = report["requests_template"]
        return code, self.book.zh("template", code) if code else "没有申请情况表"

    def _format(self, report: Row) -> tuple[str, str]:
        code = self.book.documents[report["document_id"]]["format"]
        return code, code or "?"
