"""What became of requests, as figures: of one agency over its years, and added up over many agencies' own reports.

Comes in: the book. Goes out: figures. Must not know: how a figure is drawn, which page it stands on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.comparison import Pair
from ogi.site.figures import Line, Series, stacked
from ogi.site.proofs import Proofs

# Indicators, in the order of the form; each request disposed of is in exactly one.
OUTCOMES = ("granted", "partly_granted", "refused", "cannot_provide", "declined", "other")


class Outcomes:
    def __init__(self, book: Book) -> None:
        self.book, self.proofs = book, Proofs(book)
        self.series = [Series(book.zh("indicator", code), n) for n, code in enumerate(OUTCOMES)]

    def agency(self, name: str, pairs: Sequence[Pair]) -> list[Markup]:
        """Requests over the years, and what became of them."""
        new = [
            self._line(
                r,
                p,
                ["requests_new"],
                _joined(_word(p["requests_new_basis"]), self._unsure(p, ["requests_new"])),
            )
            for r, p in pairs
        ]
        received = stacked(
            f"{name}：历年新收申请", [Series(self.book.zh("indicator", "requests_new"), 0)], new, "件", "年度"
        )
        lines = [self._line(r, p, OUTCOMES, _joined(self._lacking(p), self._unsure(p))) for r, p in pairs]
        became = stacked(f"{name}：办理结果", self.series, lines, "件", "年度")
        return [f for f in (received, became) if f]

    def _line(self, report: Row, panel: Row, codes: Sequence[str], note: str = "") -> Line:
        """A year of one agency, each number leading to its proof."""
        links = [f"../../reports/{report['report_id']}/#{self.proofs.anchor(code)}" for code in codes]
        values = [_decimal(panel[code]) for code in codes]
        return Line(panel["year"], values, note, links, partial=None in values)

    def _lacking(self, panel: Row) -> str:
        names = [self.book.zh("indicator", code) for code in OUTCOMES if not panel[code]]
        return f"没有数：{'、'.join(names)}" if names else ""

    def _unsure(self, panel: Row, codes: Sequence[str] = OUTCOMES) -> str:
        names = [self.book.zh("indicator", code) for code in codes if code in panel["doubted"].split()]
        return f"读取存疑：{'、'.join(names)}" if names else ""

    def many(self, name: str, pairs: Iterable[Pair], explorer: str, chosen: str = "") -> Markup:
        """Sums by year of agencies' own reports; a summary holds its parts and is never added to them. A number that a report
        lacks is no zero: the sum is of the others, and says so. Each leads to the reports that it is made of: `explorer` is
        where the explorer stands, `chosen` what it shows them by."""
        sums: dict[str, list[Decimal | None]] = {}
        counts: Counter[str] = Counter()
        unsure: Counter[str] = Counter()
        lacking: dict[str, Counter[str]] = {}
        for report, panel in pairs:
            if self.book.agencies[report["agency_id"]]["scope"] == "aggregate" or not panel["disposed"]:
                continue
            counts[panel["year"]] += 1
            so_far = sums.setdefault(panel["year"], [None] * len(OUTCOMES))
            values = [_decimal(panel[code]) for code in OUTCOMES]
            sums[panel["year"]] = [_plus(a, b) for a, b in zip(so_far, values, strict=True)]
            unsure[panel["year"]] += bool(self._unsure(panel))
            lacking.setdefault(panel["year"], Counter()).update(code for code in OUTCOMES if not panel[code])
        shown = f"{explorer}?{f'{chosen}&' if chosen else ''}"
        lines = [
            Line(
                year,
                values,
                _joined(
                    f"{counts[year]} 份报告",
                    *self._without(lacking[year]),
                    f"{unsure[year]} 份有读取存疑的数" * bool(unsure[year]),
                ),
                [f"{shown}year={year}&show={code}&sort={code}:down" for code in OUTCOMES],
                partial=bool(lacking[year]),
            )
            for year, values in sorted(sums.items())
        ]
        title = f"{name}：各机关办理结果之和（不含汇总报告）"
        return stacked(title, self.series, lines, "件", "年度")

    def _without(self, lacking: Counter[str]) -> list[str]:
        return [
            f"{self.book.zh('indicator', c)}有 {lacking[c]} 份没有数，不在其中"
            for c in OUTCOMES
            if lacking[c]
        ]


def _joined(*notes: str) -> str:
    return "；".join(filter(None, notes))


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of the numbers that there are."""
    return other if one is None else one if other is None else one + other


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _word(basis: str) -> str:
    return {
        "derived": "推定",
        "computed": "由分项算得",
        "blank_as_zero": "空格作零",
        "missing": "没有数",
    }.get(basis, "")
