"""The tables of one report as the form prints them, and the proof of each number under its own address.

Comes in: cells and checks of a report, and the layouts. Goes out: HTML by string joins, since a
report has some two hundred cells and a site a hundred thousand reports. Must not know: files, other
reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

from markupsafe import escape

from ogi.messages import place
from ogi.site.book import Book, Row
from ogi.site.layout import Layout, layouts
from ogi.site.text import escaped, number

Key = tuple[str, str, str]

_KEY = ("table", "item", "measure")
_SHOWN = ("value", "raw", "unit", "status", "locator", "doubt")
_SAID = itemgetter("rule", "scope", "status", "severity", "cells")
SIGNS = {"blank": "空", "unreadable": "?", "absent": "缺"}  # what stands in a cell that has no number


class Cells(Mapping[Key, Row]):
    """The cells of a report by key. A page looks at few by their columns: only those become rows."""

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        self._columns = columns
        key = itemgetter(*(columns.index(name) for name in _KEY))
        self.pick = itemgetter(*(columns.index(name) for name in _SHOWN))
        self.lines = {key(row): row for row in rows}
        self._rows: dict[Key, Row] = {}

    def met(self, column: str) -> set[str]:
        """What stands in a column."""
        at = self._columns.index(column)
        return {line[at] for line in self.lines.values()}

    def __getitem__(self, key: Key) -> Row:
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = dict(zip(self._columns, self.lines[key], strict=True))
        return row

    def __iter__(self) -> Iterator[Key]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Touched:
    """What checks say of a cell: rules that pass or cannot be judged, links to failed ones."""

    checks: Mapping[str, str]
    failed: frozenset[str]


class Tables:
    """Made once for a book; holds the ready HTML around every value."""

    def __init__(self, book: Book) -> None:
        self.layouts = layouts(book.en)
        self.issue = {c: str(escape(r["zh"])) for (kind, c), r in book.codes.items() if kind == "issue"}
        self.status = {c: str(escape(r["zh"])) for (kind, c), r in book.codes.items() if kind == "status"}
        self._slots = {key: [*_slots(book, layout)] for key, layout in self.layouts.items()}

    def written(
        self, layout: Layout, cells: Cells, touched: Touched, views: Mapping[Key, str]
    ) -> tuple[str, str]:
        """The table; and one row a cell: value, text as printed, status, place (with what is to be seen there), checks."""
        table, proofs = [], []
        lines, pick, checks, statuses = cells.lines, cells.pick, touched.checks, self.status
        for piece, key, name, cell, proof in self._slots[layout.table, layout.template]:
            line = lines.get(key)
            if line is None:
                table.append(f'{piece}class="s-absent">缺')
                continue
            value, raw, unit, status, locator, doubt = pick(line)
            text = (value if len(value) < 4 else number(value)) if value else _sign(raw, status)
            if status != "reported" or doubt or name in touched.failed:
                piece += f'class="{_css(status, name in touched.failed, bool(doubt))}"'
            table.append(f"{piece}{cell}{text}</a>")
            if raw != text:
                raw = escaped(raw)
            if unit:
                text += f" {escaped(unit)}"
            view = f'<span class="view">{views[key]}</span>' if views.get(key) else ""
            proofs.append(
                f"{proof}{text}</td><td>{raw}</td><td>{statuses.get(status, status)}{self._doubts(doubt) if doubt else ''}</td>"
                f"<td>{place(locator)}{view}</td><td>{checks.get(name, '')}</td></tr>\n"
            )
        return "".join([*table, layout.pieces[-1]]), "".join(proofs)

    def _doubts(self, codes: str) -> str:
        said = "、".join([self.issue.get(code, escaped(code)) for code in codes.split()])
        return f' <a class="doubted" href="#issues">存疑：{said}</a>'


def _css(status: str, failed: bool, doubted: bool) -> str:
    return " ".join(
        ["" if status == "reported" else f"s-{status}", *["k-fail"] * failed, *["k-doubt"] * doubted]
    ).strip()


def _slots(book: Book, layout: Layout) -> Iterator[tuple[str, Key, str, str, str]]:
    """For each place of a form: what stands before its cell, its key, its name, and how the cell and its proof begin."""
    for piece, (item, measure) in zip(layout.pieces, layout.places, strict=False):
        name = f"{layout.table}-{item}-{measure}"
        label = escape(f"{book.zh('item', item)} · {book.zh('measure', measure)}")
        proof = f'<tr id="c-{name}"><th scope="row"><a href="#v-{name}">{label}</a></th><td class="n">'
        key = layout.table, item, measure
        yield piece, key, ".".join(key), f'><a id="v-{name}" href="#c-{name}">', proof


def shown(cell: Row) -> str:
    """The content of a cell on a page: its number, the mark as printed, or a sign for what is not there."""
    return number(cell["value"]) if cell["value"] else _sign(cell["raw"], cell["status"])


def _sign(raw: str, status: str) -> str:
    return escaped(raw or "/") if status == "nil" else SIGNS.get(status, "?")


def touch(checks: Iterable[Row], keys: Iterable[Key]) -> Touched:
    """Sorts what checks say by cell; `*` stands for every item or measure of the table."""
    known = _known(tuple(keys))
    signs: list[list[str]] = [[] for _ in known.names]
    failed: set[int] = set()
    for rule, scope, status, severity, cells in map(_SAID, checks):
        if cells:
            sign = _failed(rule, scope, severity) if status == "fail" else _said(rule, status)
            places = known.named(cells)
            for at in places:
                signs[at].append(sign)
            if status == "fail" and severity != "info":
                failed.update(places)
    names = known.names
    return Touched(
        dict(zip(names, map(" ".join, signs), strict=True)),
        frozenset([names[at] for at in failed]),
    )


@cache
def _said(rule: str, status: str) -> str:
    return f"{escaped(rule)} {'✓' if status == 'pass' else '?'}"


def _failed(rule: str, scope: str, severity: str) -> str:
    return f'<a href="#{anchor(rule, scope)}">{escaped(rule)} {"提示" if severity == "info" else "✗"}</a>'


class _Known:
    """The cells that a report has, and which of them a check names, by their number: most reports have the same."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self._keys = keys
        self.names = [".".join(key) for key in keys]
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self._named: dict[str, tuple[int, ...]] = {}

    def named(self, cells: str) -> tuple[int, ...]:
        found = self._named.get(cells)
        if found is None:
            if len(self._named) == MOST:
                self._named.clear()
            found = self._named[cells] = tuple(self._every(cells))
        return found

    def _every(self, cells: str) -> Iterator[int]:
        for name in cells.split():
            if name in self._numbers:
                yield self._numbers[name]
            elif "*" in name:
                table, item, measure = (name.split(".") + ["*", "*"])[:3]
                for at, key in enumerate(self._keys):
                    if key[0] == table and item in ("*", key[1]) and measure in ("*", key[2]):
                        yield at


MOST = 1024  # different lists of cells that checks of reports of one form name
_known = lru_cache(maxsize=16)(_Known)


def check_id(check: Row) -> str:
    """The anchor of a check on its report's page."""
    return anchor(check["rule"], check["scope"])


@lru_cache(maxsize=4096)
def anchor(rule: str, scope: str) -> str:
    """The id of a check's line."""
    return escaped(f"k-{rule}-{scope}".replace(" ", "_").replace("#", "~"))
