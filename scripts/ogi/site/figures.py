"""Figures as inline SVG made when the site is built, each with a title and its numbers as a table behind it.

Comes in: labels and numbers. Goes out: a <figure> that follows the page's colours, light and dark. Must not know: the
package, what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ogi.site.text import number, plain, safe

# A drawing is as wide as a phone, and grows on a wider page.
WIDE, LABEL, ROW, BAR = 360, 38, 24, 16
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Series:
    """What a colour of a figure stands for."""

    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class Line:
    """One bar: a label, a number for each series (None where there is none), what is said behind it, where each number
    leads, and whether some of what belongs to it has no number, so that its length is the least that it can be."""

    label: str
    values: Sequence[Decimal | None]
    note: str = ""
    links: Sequence[str] = ()
    partial: bool = False


def stacked(title: str, series: Sequence[Series], lines: Sequence[Line], unit: str, head: str) -> Markup:
    """One bar a line, cut by series. Nothing where there is no number at all, or none but zeros."""
    if not any(value for line in lines for value in line.values):
        return Markup("")
    most = max((_sum(line) for line in lines), default=Decimal(0)) or Decimal(1)
    totals = max(len(number(f"{_sum(line):f}")) + 2 * line.partial for line in lines) * 7 + 4
    scale = Decimal(WIDE - LABEL - totals) / most
    shapes = []
    for position, line in enumerate(lines):
        shapes.append(_bar(line, position * ROW, scale))
    keys = "".join(f'<li><i class="f{s.colour}"></i>{safe(s.name)}</li>' for s in series)
    legend = f'<ul class="series">{keys}</ul>' if len(series) > 1 else ""
    return Markup(
        f'<figure class="drawn"><figcaption>{safe(title)}</figcaption>'
        f"{legend}{_svg(title, len(lines) * ROW, ''.join(shapes))}"
        f"{_table(title, series, lines, unit, head)}</figure>"
    )


def _bar(line: Line, top: int, scale: Decimal) -> str:
    middle = top + ROW // 2 + 4
    out = [f'<text class="axis" x="{LABEL - 6}" y="{middle}">{safe(line.label)}</text>']
    left = Decimal(LABEL)
    known = [value for value in line.values if value is not None]
    for colour, value in enumerate(line.values):
        if not value:
            continue
        wide = value * scale
        out.append(
            f'<rect class="f{colour % COLOURS}" x="{left:.1f}" y="{top + (ROW - BAR) // 2}" '
            f'width="{max(wide, Decimal(1)):.1f}" height="{BAR}"/>'
        )
        shown = number(f"{value:f}")
        if wide > len(shown) * 7 + 4 and len(known) > 1:
            out.append(
                f'<text class="on f{colour % COLOURS}" x="{left + wide / 2:.1f}" y="{middle}">{shown}</text>'
            )
        left += wide
    end = ("≥ " if line.partial else "") + number(f"{_sum(line):f}") if known else "—"
    out.append(f'<text class="end" x="{left + 4:.1f}" y="{middle}">{end}</text>')
    return "".join(out)


def _svg(title: str, tall: int, shapes: str) -> str:
    words = safe(plain(title))
    return (
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {WIDE} {tall}" width="{WIDE}" height="{tall}">'
        f"<title>{words}</title>{shapes}</svg>"
    )


def _table(title: str, series: Sequence[Series], lines: Sequence[Line], unit: str, head: str) -> str:
    """The numbers of a figure, behind it."""
    notes = any(line.note for line in lines)
    heads = "".join(f'<th scope="col" class="n">{safe(s.name)}</th>' for s in series)
    if notes:
        heads += '<th scope="col">说明 Note</th>'
    rows = []
    for line in lines:
        links = line.links or [""] * len(line.values)
        cells = "".join(_cell(v, link) for v, link in zip(line.values, links, strict=True))
        note = f"<td>{safe(line.note)}</td>" if notes else ""
        rows.append(f'<tr><th scope="row">{safe(line.label)}</th>{cells}{note}</tr>')
    label = f"{safe(plain(title))}（数字）"
    return (
        f'<details><summary>数字 <span class="en" lang="en">Numbers</span>（{safe(unit)}）</summary>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="plain"><thead><tr>'
        f'<th scope="col">{safe(head)}</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></details>'
    )


def _cell(value: Decimal | None, link: str) -> str:
    shown = "—" if value is None else number(f"{value:f}")
    if link and value is not None:
        shown = f'<a href="{safe(link)}">{shown}</a>'
    return f'<td class="n">{shown}</td>'


def _sum(line: Line) -> Decimal:
    return sum((value for value in line.values if value), Decimal(0))
