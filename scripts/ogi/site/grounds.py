"""Why requests were not given: the rows of the form that are grounds, as figures and as columns of the explorer.

Comes in: of each report a line with its totals, as `line_of` writes them. Goes out: figures, one JSON file. Must not know:
which page they stand on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.comparison import Pair
from ogi.site.downloads import json_list, to_json
from ogi.site.proofs import SIGNS

# Rows of the form under these headings are grounds for not giving what was asked for.
HEADINGS = ("refused_", "cannot_", "declined_")
NO_TABLE = "-"
NO_LINES: Mapping[str, str] = {}
MOST = 8  # grounds in a figure
SIGN = f'<sup title="doubted">{SIGNS["doubted"]}</sup>'

Totals = Mapping[str, int | None]


def line_of(rows: Iterable[Sequence[str]]) -> str:
    """Of (item, total, doubt) of a report's requests table `item:total` for each ground that is not a sure zero, `item:` where
    no whole number is printed, with a `?` behind where the reader doubts it; `NO_TABLE` where there is no row at all."""
    found, said = False, []
    for item, total, doubt in rows:
        found = True
        if item.startswith(HEADINGS) and (total != "0" or doubt):
            known = total and Decimal(total) >= 0 and Decimal(total) == int(Decimal(total))
            said.append(f"{item}:{total if known else ''}{'?' if doubt else ''}")
    return " ".join(said) if found else NO_TABLE


class Grounds:
    def __init__(self, book: Book, lines: Mapping[str, str] = NO_LINES) -> None:
        """`lines` by report; a report without one has zeros only. `items` are the grounds in the order of the form."""
        self.lines = lines
        rows = (
            row for (kind, code), row in book.codes.items() if kind == "item" and code.startswith(HEADINGS)
        )
        self.items = sorted(rows, key=lambda row: int(row["order"]))
        self._aggregates = {a["agency_id"] for a in book.agencies.values() if a["scope"] == "aggregate"}

    def totals(self, report: Row) -> Totals | None:
        """By ground what is not zero, None where no number is printed; None for a report without the table."""
        line = self.lines.get(report["report_id"], "")
        if line == NO_TABLE:
            return None
        parts = (one.rstrip("?").partition(":") for one in line.split())
        return {item: int(Decimal(total)) if total else None for item, _, total in parts}

    def doubted(self, report: Row) -> list[str]:
        """Its grounds whose row the reader doubts."""
        line = self.lines.get(report["report_id"], "")
        return [one.partition(":")[0] for one in line.split() if one.endswith("?")] if "?" in line else []

    def of_agency(self, reports: Sequence[Row]) -> Markup:
        """The grounds of all its years together, the most frequent first, each year's number with its proof."""
        total: Counter[str] = Counter()
        parts: dict[str, list[str]] = {}
        years: list[str] = []
        without: list[str] = []
        for report in reports:
            said = self.totals(report) or {}
            without += [report["year"]] * (None in said.values())
            counts = {item: count for item, count in said.items() if count}
            unsure = self.doubted(report)
            years += [report["year"]] * bool(counts)
            for item, count in counts.items():
                total[item] += count
                href = f"../../reports/{report['report_id']}/#c-requests-{item}-total"
                parts.setdefault(item, []).append(
                    f'{report["year"]} 年 <a href="{href}">{count}</a>{SIGN if item in unsure else ""}'
                )
        rest = len(total) - MOST
        more = f"另有 {rest} 项。" if rest > 0 else ""
        more += f"{'、'.join(without)} 年的报告有的理由没有印出数字，不在其中。" if without else ""
        more = f'<p class="small">{more}</p>' if more else ""
        notes = {item: " · ".join(each) for item, each in parts.items()}
        return self._drawn("", total, notes, {}, years, more)

    def of_many(self, pairs: Iterable[Pair], explorer: str, chosen: str = "") -> Markup:
        """The sums over agencies' own reports; a summary holds its parts. Each leads to the reports that it is made of:
        `explorer` is where the explorer stands, `chosen` what it shows them by."""
        total: Counter[str] = Counter()
        reports: Counter[str] = Counter()
        unsure: Counter[str] = Counter()
        years, without = [], 0
        for report, _ in pairs:
            counts = None if report["agency_id"] in self._aggregates else self.totals(report)
            if counts is None:
                continue
            without += None in counts.values()
            unsure.update(self.doubted(report))
            for item, count in counts.items():
                if count:
                    years.append(report["year"])
                    total[item] += count
                    reports[item] += 1
        chosen = f"{chosen}&amp;" if chosen else ""
        links = {item: f"{explorer}?{chosen}show={item}&amp;sort={item}:down" for item in total}
        notes = {
            item: f"{count} 份报告 reports{f'，{unsure[item]} 份读取存疑 doubted' if unsure[item] else ''}"
            for item, count in reports.items()
        }
        every = f"{explorer}?{chosen}show={','.join(row['code'] for row in self.items)}"
        more = f'<p class="small">{f"{without} 份报告有的理由没有印出数字，不在其中。" if without else ""}'
        more += f'<a href="{every}">逐份报告比较全部 {len(self.items)} 项</a> <span lang="en">All grounds by report</span></p>'
        return self._drawn("各机关之和，不含汇总报告；", total, notes, links, years, more)

    def data(self, reports: Sequence[Row], version: str) -> Iterator[bytes]:
        """`reports`: [id, place, number, place, number, …] with what is not zero by place in `items`, null where no number is
        printed; [id, null] for a report without the table. A report that is not there has zeros only. `doubted`: the places
        that the reader doubts, by report."""
        places = {row["code"]: n for n, row in enumerate(self.items)}
        unsure = {
            report["report_id"]: [places[i] for i in self.doubted(report) if i in places]
            for report in reports
        }
        parts = {
            "version": version,
            "doubted": {report_id: found for report_id, found in unsure.items() if found},
        }
        return json_list(
            {k: to_json(v) for k, v in parts.items()}, "reports", self._objects(reports, places), "\n"
        )

    def _objects(self, reports: Iterable[Row], places: Mapping[str, int]) -> Iterator[str]:
        for report in reports:
            if report["report_id"] in self.lines:
                totals = self.totals(report)
                known = ((places[item], count) for item, count in (totals or {}).items() if item in places)
                said = "null" if totals is None else ",".join(f"{n},{to_json(count)}" for n, count in known)
                yield f"[{to_json(report['report_id'])},{said}]"

    def _drawn(
        self,
        whose: str,
        total: Mapping[str, int],
        notes: Mapping[str, str],
        links: Mapping[str, str],
        years: Sequence[str],
        more: str,
    ) -> Markup:
        ranked = [row for row in self.items if row["code"] in total]
        ranked.sort(key=lambda row: -total[row["code"]])
        if not ranked:
            return Markup("")
        when = years[0] if len(set(years)) == 1 else f"{min(years)}–{max(years)}"
        widest = total[ranked[0]["code"]]
        rows = []
        for row in ranked[:MOST]:
            code, count = row["code"], total[row["code"]]
            number = f'<a href="{links[code]}">{count:,}</a>' if code in links else f"{count:,}"
            rows.append(
                f'<tr><th scope="row">{row["zh"]}<span class="en" lang="en">{row["en"]}'
                f'</span><span class="en">{notes[code]}</span></th><td class="n">{number}</td>'
                '<td class="share"><svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">'
                f'<rect class="f2" width="{count / widest * 100:.1f}" height="10"/></svg></td></tr>'
            )
        return Markup(
            f'<figure class="drawn"><figcaption>申请未获公开的理由（{whose}{when} 年合计，件）'
            '<span class="en" lang="en">Grounds for not giving</span></figcaption><table class="plain grounds"><thead><tr>'
            '<th scope="col">理由</th><th scope="col" class="n">件</th><th scope="col"><span class="hidden">多少</span></th>'
            f"</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}</figure>"
        )
