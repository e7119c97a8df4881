"""The tables of one report as the form prints them, and the proof of each number under its own address.

Comes in: cells, checks and issues of a report, and the layouts. Goes out: HTML by string joins, since a
report has some two hundred cells and a site a hundred thousand reports. Must not know: files, other
reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from markupsafe import escape

from ogi.site.book import Book, Row
from ogi.site.layout import Layout, layouts
from ogi.site.text import escaped, number
from ogi.site.words import place

Key = tuple[str, str, str]

_SAID = itemgetter("rule", "scope", "status", "severity", "cells")
SHOWN = {"blank": "空", "unreadable": "?", "absent": "缺"}  # what stands in a cell that has no number


@dataclass(frozen=True, slots=True)
class Touched:
    """What is said of a cell elsewhere: rules that pass or cannot be judged, links to failed ones, doubts."""

    checks: Mapping[str, str]
    failed: frozenset[str]
    doubted: frozenset[str]


class Tables:
    """Made once for a book; holds the ready HTML around every value."""

    def __init__(self, book: Book) -> None:
        self.layouts = layouts(book.en)
        self.status = {c: str(escape(r["zh"])) for (kind, c), r in book.codes.items() if kind == "status"}
        self.opening: dict[Key, tuple[str, str]] = {}
        for layout in self.layouts.values():
            for item, measure in layout.places:
                name = f"{layout.table}-{item}-{measure}"
                label = f"{book.zh('item', item)} · {book.zh('measure', measure)}"
                self.opening[layout.table, item, measure] = (
                    f'><a id="v-{name}" href="#c-{name}"',
                    f'<tr id="c-{name}"><th scope="row"><a href="#v-{name}">{escape(label)}</a></th>'
                    '<td class="n">',
                )

    def table(self, layout: Layout, cells: Mapping[Key, Row], touched: Touched) -> str:
        out = []
        table = layout.table
        for piece, (item, measure) in zip(layout.pieces, layout.places, strict=False):
            out.append(piece)
            cell = cells.get((table, item, measure))
            if cell is None:
                out.append('class="s-absent">缺')
                continue
            name = f"{table}.{item}.{measure}"
            css = "" if cell["status"] == "reported" else f"s-{cell['status']}"
            if name in touched.failed:
                css += " k-fail"
            if name in touched.doubted:
                css += " k-doubt"
            if css:
                out.append(f'class="{css.strip()}"')
            out.append(self.opening[table, item, measure][0])
            out.append(f">{shown(cell)}</a>")
        out.append(layout.pieces[-1])
        return "".join(out)

    def proofs(
        self, layout: Layout, cells: Mapping[Key, Row], touched: Touched, views: Mapping[Key, str]
    ) -> str:
        """One row a cell: value, text as printed, status, place (with what is to be seen there), checks."""
        out = []
        table = layout.table
        for item, measure in layout.places:
            cell = cells.get((table, item, measure))
            if cell is None:
                continue
            raw = escaped(cell["raw"]) if cell["raw"] else ""
            unit = f" {escaped(cell['unit'])}" if cell["unit"] else ""
            out.append(
                f"{self.opening[table, item, measure][1]}{shown(cell)}{unit}</td><td>{raw}</td>"
                f"<td>{self.status.get(cell['status'], cell['status'])}</td>"
                f"<td>{place(cell['locator'])}{_seen(views.get((table, item, measure)))}</td>"
                f"<td>{touched.checks.get(f'{table}.{item}.{measure}', '')}</td></tr>\n"
            )
        return "".join(out)


def _seen(view: str | None) -> str:
    return f'<span class="view">{view}</span>' if view else ""


def shown(cell: Row) -> str:
    """The content of a cell on a page: its number, the mark as printed, or a sign for what is not there."""
    if cell["value"]:
        return number(cell["value"])
    if cell["status"] == "nil":
        return escaped(cell["raw"] or "/")
    return SHOWN.get(cell["status"], "?")


def touch(checks: Iterable[Row], issues: Iterable[Row], keys: Iterable[Key]) -> Touched:
    """Sorts what checks and issues say by cell; `*` stands for every item or measure of the table."""
    said = tuple(map(_SAID, checks))
    doubts = tuple(issue["cells"] for issue in issues if issue["severity"] != "info")
    return _touched(said, doubts, tuple(keys))


def check_id(check: Row) -> str:
    """The anchor of a check on its report's page."""
    return anchor(check["rule"], check["scope"])


@lru_cache(maxsize=512)  # most reports pass the same checks on the same cells
def _touched(said: tuple[tuple[str, ...], ...], doubts: tuple[str, ...], keys: tuple[Key, ...]) -> Touched:
    known = [".".join(key) for key in keys]
    signs: dict[str, list[str]] = {}
    failed: set[str] = set()
    for rule, scope, status, severity, cells in said:
        if status == "fail":
            sign = f'<a href="#{anchor(rule, scope)}">{escaped(rule)} {"提示" if severity == "info" else "✗"}</a>'
        else:
            sign = f"{escaped(rule)} {'✓' if status == 'pass' else '?'}"
        for name in _named(cells, known):
            signs.setdefault(name, []).append(sign)
            if status == "fail" and severity != "info":
                failed.add(name)
    doubted = frozenset(name for cells in doubts for name in _named(cells, known))
    return Touched({name: " ".join(found) for name, found in signs.items()}, frozenset(failed), doubted)


def anchor(rule: str, scope: str) -> str:
    """The id of a check's line."""
    return escaped(f"k-{rule}-{scope}".replace(" ", "_").replace("#", "~"))


def _named(cells: str, known: list[str]) -> list[str]:
    out = []
    for name in cells.split():
        if "*" not in name:
            out.append(name)
            continue
        table, item, measure = (name.split(".") + ["*", "*"])[:3]
        for candidate in known:
            t, i, m = candidate.split(".")
            if t == table and item in ("*", i) and measure in ("*", m):
                out.append(candidate)
    return out
