"""How good the data are, and the reports: checks by rule, region, year and form, doubts by kind, each with its denominator.

Comes in: the book. Goes out: rows for the quality page. Must not know: single reports' pages; it ranks no agency.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

from ogi.site.book import Book, Row

SERIOUS = ("error", "warning")
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
class Rule:
    """How one rule came out over all live reports; notes are failures of severity info."""

    code: str
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    notes: int = 0
    reading: int = 0
    reports: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)

    @property
    def share(self) -> Share:
        """Reports that fail it, of those where it could be decided: its checks within one report are not independent."""
        return Share(len(self.reports), len(self.decided))


@dataclass(slots=True)
class Group:
    """Reports that share something: a year, a province, a form, a format."""

    code: str
    name: str
    reports: int = 0
    failing: int = 0
    failed: int = 0
    unknown: int = 0
    doubts: int = 0
    doubtful: int = 0
    reviewed: int = 0

    @property
    def share(self) -> Share:
        """Reports with a failed check, of all."""
        return Share(self.failing, self.reports)

    @property
    def doubt(self) -> Share:
        """Reports with a doubt of the reader, of all."""
        return Share(self.doubtful, self.reports)


class Quality:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.live = {r["report_id"]: r for r in book.live()}
        self.rules = self._rules()
        self.doubts = self._doubts()
        self.all = next(iter(self._by(lambda r: ("", ""))), Group("", ""))
        self.years = sorted(self._by(lambda r: (r["year"], r["year"])), key=lambda g: g.code)
        self.provinces = sorted(self._by(self._province), key=lambda g: g.code)
        self.forms = sorted(self._by(self._form), key=lambda g: g.code)
        self.formats = sorted(self._by(self._format), key=lambda g: g.code)

    def failing(self) -> list[Rule]:
        """Rules that some report fails, those failed in most reports first."""
        found = [r for r in self.rules if r.failed]
        return sorted(found, key=lambda r: (-len(r.reports), r.code))

    def undecided(self) -> list[Rule]:
        return sorted((r for r in self.rules if r.unknown), key=lambda r: (-r.unknown, r.code))

    def _rules(self) -> list[Rule]:
        rules: dict[str, Rule] = {}
        for report_id, code, status, severity, attribution in self._columns(
            "checks", "report_id", "rule", "status", "severity", "attribution"
        ):
            if report_id not in self.live:
                continue
            rule = rules.setdefault(code, Rule(code))
            if status != "unknown":
                rule.decided.add(report_id)
            if status == "pass":
                rule.passed += 1
            elif status == "unknown":
                rule.unknown += 1
            elif severity not in SERIOUS:
                rule.notes += 1
            else:
                rule.failed += 1
                rule.reading += attribution == "reading"
                rule.reports.add(report_id)
        order = {code: int(row["order"]) for (kind, code), row in self.book.codes.items() if kind == "rule"}
        return sorted(rules.values(), key=lambda r: (order.get(r.code, 0), r.code))

    def _doubts(self) -> list[tuple[str, int, int]]:
        """(code of a doubt, how often, in how many reports), the most frequent first."""
        times: Counter[str] = Counter()
        reports: dict[str, set[str]] = defaultdict(set)
        for report_id, code, severity in self._columns("issues", "report_id", "code", "severity"):
            if report_id in self.live and severity in SERIOUS:
                times[code] += 1
                reports[code].add(report_id)
        return sorted(((c, n, len(reports[c])) for c, n in times.items()), key=lambda t: (-t[2], t[0]))

    def _by(self, key: Callable[[Row], tuple[str, str]]) -> list[Group]:
        groups: dict[str, Group] = {}
        for report in self.live.values():
            code, name = key(report)
            group = groups.setdefault(code, Group(code, name))
            failed, doubts = int(report["checks_failed"]), int(report["doubts"])
            group.reports += 1
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

    def _columns(self, resource: str, *names: str) -> Iterator[Sequence[str]]:
        """Some columns of a large resource, as text: the rest of a row is of no use here."""
        package = self.book.package
        for file in package.resources[resource]["files"]:
            with (package.folder / file["path"]).open(encoding="utf-8", newline="") as lines:
                rows = csv.reader(lines)
                head = next(rows)
                places = [head.index(name) for name in names]
                yield from ([row[place] for place in places] for row in rows)
