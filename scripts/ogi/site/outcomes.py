"""What became of requests, as figures: of one agency over its years, and added up over many agencies' own reports.

Comes in: the book. Goes out: figures. Must not know: how a figure is drawn, which page it stands on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.comparison import Pair
from ogi.site.figures import Line, Series, stacked
from ogi.site.proofs import Proofs
from ogi.site.tally import grounds_of

# Indicators, in the order of the form; each request disposed of is in exactly one.
OUTCOMES = ("granted", "partly_granted", "refused", "cannot_provide", "declined", "other")
MOST_GROUNDS = 8
NO_GROUNDS: Mapping[str, str] = {}


class Outcomes:
    def __init__(self, book: Book, grounds: Mapping[str, str] = NO_GROUNDS) -> None:
        """`grounds` of each report as `Sums` holds them."""
        self.book, self.proofs, self.grounds = book, Proofs(book), grounds
        self.series = [Series(book.zh("indicator", code), n) for n, code in enumerate(OUTCOMES)]

    def agency(self, name: str, pairs: Sequence[Pair]) -> list[Markup]:
        """Requests over the years, what became of them, and on which grounds the last ones were not given."""
        new = [self._line(r, p, ["requests_new"], _word(p["requests_new_basis"])) for r, p in pairs]
        received = stacked(
            f"{name}：历年新收申请", [Series(self.book.zh("indicator", "requests_new"), 0)], new, "件", "年度"
        )
        lines = [self._line(r, p, OUTCOMES) for r, p in pairs]
        became = stacked(f"{name}：办理结果", self.series, lines, "件", "年度")
        return [f for f in (received, became, self._why(name, [r for r, _ in pairs])) if f]

    def _line(self, report: Row, panel: Row, codes: Sequence[str], note: str = "") -> Line:
        """A year of one agency, each number leading to its proof."""
        links = [f"../../reports/{report['report_id']}/#{self.proofs.anchor(code)}" for code in codes]
        return Line(panel["year"], [_decimal(panel[code]) for code in codes], note, links)

    def many(self, name: str, pairs: Iterable[Pair]) -> Markup:
        """Sums by year of agencies' own reports; a summary holds its parts and is never added to them."""
        sums: dict[str, list[Decimal]] = {}
        counts: Counter[str] = Counter()
        for report, panel in pairs:
            if self.book.agencies[report["agency_id"]]["scope"] == "aggregate" or not panel["disposed"]:
                continue
            counts[panel["year"]] += 1
            so_far = sums.setdefault(panel["year"], [Decimal(0)] * len(OUTCOMES))
            sums[panel["year"]] = [
                a + (_decimal(panel[c]) or 0) for a, c in zip(so_far, OUTCOMES, strict=True)
            ]
        lines = [Line(year, values, f"{counts[year]} 份报告") for year, values in sorted(sums.items())]
        title = f"{name}：各机关办理结果之和（不含汇总报告）"
        return stacked(title, self.series, lines, "件", "年度")

    def _why(self, name: str, reports: Sequence[Row]) -> Markup:
        """The grounds of all its years together, the most frequent first."""
        total: Counter[str] = Counter()
        parts: dict[str, list[str]] = {}
        for report in reports:
            for item, count in grounds_of(self.grounds.get(report["report_id"], "")).items():
                total[item] += count
                href = f"../../reports/{report['report_id']}/#c-requests-{item}-total"
                parts.setdefault(item, []).append(f'{report["year"]} 年 <a href="{href}">{count}</a>')
        if not total:
            return Markup("")
        years = sorted(r["year"] for r in reports if r["report_id"] in self.grounds)
        order = {code: int(row["order"]) for (kind, code), row in self.book.codes.items() if kind == "item"}
        ranked = sorted(total.items(), key=lambda pair: (-pair[1], order.get(pair[0], 0)))
        when = years[0] if len(set(years)) == 1 else f"{years[0]}–{years[-1]}"
        rows = [
            f'<tr><th scope="row">{self.book.zh("item", code)}<span class="en" lang="en">{self.book.en("item", code)}'
            f'</span><span class="en">{" · ".join(parts[code])}</span></th><td class="n">{count}</td>'
            '<td class="share"><svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">'
            f'<rect class="f2" width="{count / ranked[0][1] * 100:.1f}" height="10"/></svg></td></tr>'
            for code, count in ranked[:MOST_GROUNDS]
        ]
        more = (
            f'<p class="small">另有 {len(ranked) - MOST_GROUNDS} 项。</p>'
            if len(ranked) > MOST_GROUNDS
            else ""
        )
        return Markup(
            f'<figure class="drawn"><figcaption>没有给的理由（{when} 年合计，件）'
            '<span class="en" lang="en">Grounds for not giving</span></figcaption><table class="plain grounds"><thead><tr>'
            '<th scope="col">理由</th><th scope="col" class="n">件</th><th scope="col"><span class="hidden">多少</span></th>'
            f"</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}</figure>"
        )


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _word(basis: str) -> str:
    return {
        "derived": "推得",
        "computed": "由分项算得",
        "blank_as_zero": "空格作零",
        "missing": "没有数",
    }.get(basis, "")
