"""An agency's pending requests from year to year: what came, what went, and where the chain breaks.

Comes in: rows of the resource `ledger`, if the package has it. Goes out: a figure with its table. Must not know: how a
break was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.proofs import SIGNS, Proofs, signed
from ogi.site.text import number, safe

HEIGHT, WIDTH, GAP, TOP = 90, 26, 74, 22
INDICATORS = {
    "carried": "carried_in",
    "received": "requests_new",
    "disposed": "disposed",
    "closing": "carried_out",
}


class Ledgers:
    def __init__(self, book: Book) -> None:
        self.rows, self.panel = book.ledger, book.panel
        self.heads: Mapping[str, str] = {}
        self.words: Mapping[str, str] = {}
        proofs = Proofs(book)
        self.anchors = {column: proofs.anchor(code) for column, code in INDICATORS.items()}
        resource = book.package.resources.get("ledger")
        if resource is None:
            return
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        self.words = {c["value"]: c["label"] for c in fields["broken"].get("categories", [])}
        self.heads = {name: field["title"] for name, field in fields.items()}

    def figure(self, agency_id: str, name: str) -> Markup:
        """Nothing where no year has both what came and what went, or nothing was ever pending or received."""
        rows = sorted(self.rows.get(agency_id, []), key=lambda r: r["year"])
        whole = [r for r in rows if all(r[n] for n in ("carried", "received", "disposed", "closing"))]
        if not any(Decimal(r[n]) for r in whole for n in ("carried", "received")):
            return Markup("")
        return Markup(
            f'<figure class="drawn ledger"><figcaption>{safe(name)}：申请收结情况（件）'
            '<span class="en" lang="en">Stock and flow of requests</span></figcaption>'
            '<ul class="series"><li><i class="f3"></i>上年结转</li><li><i class="f0"></i>本年新收</li>'
            '<li><i class="f1"></i>办结</li><li><i class="f3"></i>结转下年度</li></ul>'
            f"{_svg(name, rows)}{self._table(rows)}</figure>"
        )

    def _table(self, rows: Sequence[Row]) -> str:
        columns = ("opening", "carried", "gap", "received", "disposed", "closing", "residual")
        heads = "".join(f'<th scope="col" class="n">{safe(self.heads[c])}</th>' for c in columns)
        body = []
        for row in rows:
            cells = "".join(f'<td class="n">{self._shown(row, c)}</td>' for c in columns)
            word = self.words.get(row["broken"], "")
            css = ' class="bad"' if row["broken"].startswith("carry-") else ""
            body.append(f'<tr><th scope="row">{row["year"]}</th>{cells}<td{css}>{safe(word)}</td></tr>')
        return (
            '<div class="scroll" tabindex="0" role="region" aria-label="结转台账 Ledger"><table class="plain"><thead><tr>'
            f'<th scope="col">年度</th>{heads}<th scope="col">{safe(self.heads["broken"])}</th></tr></thead>'
            f"<tbody>{''.join(body)}</tbody></table></div>"
        )

    def _shown(self, row: Row, column: str) -> str:
        """The number, which leads to its proof where a report prints it; what we worked out leads nowhere."""
        if not row[column]:
            return "—"
        shown = number(row[column])
        if column not in self.anchors:
            return shown
        said = signed(INDICATORS[column], self.panel[row["agency_id"], row["year"]])
        signs = "".join([f'<sup title="{sign}">{SIGNS[sign]}</sup>' for sign in said])
        return f'<a href="../../reports/{row["report_id"]}/#{self.anchors[column]}">{shown}</a>{signs}'


def _svg(name: str, rows: Sequence[Row]) -> str:
    """For each year two columns, what came and what went; a line from what was left to what was carried in."""
    most = max(
        max(_value(r, "carried") + _value(r, "received"), _value(r, "disposed") + _value(r, "closing"))
        for r in rows
    )
    scale = Decimal(HEIGHT) / max(most, Decimal(1))
    step = 2 * WIDTH + GAP
    base = TOP + HEIGHT
    out = []
    for position, row in enumerate(rows):
        left = 20 + position * step
        out.append(f'<text class="mid" x="{left + WIDTH}" y="{base + 16}">{row["year"]}</text>')
        for offset, (low, high), colours in (
            (0, ("carried", "received"), (3, 0)),
            (WIDTH + 2, ("closing", "disposed"), (3, 1)),
        ):
            stocks, flow = _value(row, low) * scale, _value(row, high) * scale
            for tall, bottom, colour in ((stocks, base, colours[0]), (flow, base - stocks, colours[1])):
                if tall > 0:
                    box = f'x="{left + offset}" y="{bottom - tall:.1f}" width="{WIDTH}" height="{tall:.1f}"'
                    out.append(f'<rect class="f{colour}" {box}/>')
            total = _value(row, low) + _value(row, high)
            known = row[low] and row[high]
            label = number(f"{total:f}") if known else "—"
            out.append(
                f'<text class="mid" x="{left + offset + WIDTH // 2}" y="{base - (stocks + flow) - 4:.1f}">{label}</text>'
            )
        if position and row["opening"] and row["carried"]:
            before = rows[position - 1]
            y1, y2 = base - _value(before, "closing") * scale, base - _value(row, "carried") * scale
            broken = Decimal(row["gap"] or 0) != 0
            start, end = left - GAP + 4, left - 2
            out.append(
                f'<line class="{"broken" if broken else "held"}" x1="{start}" y1="{y1:.1f}" x2="{end}" y2="{y2:.1f}"/>'
            )
            if broken:
                shown = number(f"{abs(Decimal(row['gap'])):f}")
                sign = "少" if Decimal(row["gap"]) < 0 else "多"
                out.append(
                    f'<text class="mid broken" x="{(start + end) // 2}" y="{min(y1, y2) - 6:.1f}">{sign} {shown}</text>'
                )
    wide = 20 + len(rows) * step - GAP + 20
    words = safe(f"{name}：申请收结情况，数字见下表")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="图 Figure"><svg role="img" aria-label="{words}" '
        f'viewBox="0 0 {wide} {base + 24}" width="{wide}" height="{base + 24}"><title>{words}</title>{"".join(out)}</svg></div>'
    )


def _value(row: Row, name: str) -> Decimal:
    return Decimal(row[name]) if row[name] else Decimal(0)
