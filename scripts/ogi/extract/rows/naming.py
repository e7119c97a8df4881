"""Printed rows -> the form they belong to and the item each one is.

Comes in: rows of one table, the words seen, the forms. Goes out: template and `NamedRow`s, and issues for what is not understood.
Must not know: values beyond «printed or not», identities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from itertools import islice, zip_longest
from typing import NamedTuple

from ogi.extract.numbers import bare
from ogi.extract.rows.labels import Index, Rows, letters, number_of, rows_in
from ogi.extract.rows.locate import Printed, Row
from ogi.extract.rows.pieces import column_numbers, is_loose, label_of, page_of, spans, text_of, whole_rows
from ogi.extract.rows.told import misprinted, unknown_row
from ogi.forms import Forms, Item, TableForm, load
from ogi.messages import in_both
from ogi.model import Issue

PIECE = 8  # letters of a label that are of no other
WITHIN = re.compile(r"[\u4e00-\u9fff]\d+[\u4e00-\u9fff]")
BEHIND = re.compile(r"[\u4e00-\u9fff”\"）)][\s:：（(]*\d[\d.,，\s]*[\u4e00-\u9fff]{0,2}[\s）)]*$")
SURPLUS = re.compile(r"[\u4e00-\u9fff][\sA-Za-z]*\d")


class NamedRow(NamedTuple):
    """A row and its item. `sure` below 1 is a misprinted label that only this item is like."""

    item: Item
    row: Row
    sure: float = 1.0


def template_of(table: str, printed: Printed, forms: Forms, found: dict[str, str]) -> str:
    """The template that the table tells, or those beside it."""
    return template_told(table, printed, forms) or template_beside(table, forms, found)


def template_beside(table: str, forms: Forms, found: dict[str, str]) -> str:
    """The template of a table that tells none: that of its neighbours, else the newest."""
    templates = [form.template for form in forms.variants(table)]
    near = (found[other] for other in ("requests", "disclosures") if other != table and found.get(other) in templates)
    return next(near, templates[0])


def template_told(table: str, printed: Printed, forms: Forms) -> str | None:
    """The template whose marks stand in the document, or of whose rows numbers stand there that no other has."""
    variants = [rows_in(form.template, table) for form in forms.variants(table)]
    scores = {known.form.template: sum(map(printed.marks.__contains__, known.marks)) for known in variants}
    if not any(scores.values()):
        pieces = [word for word in printed.marks if len(word) >= PIECE]
        scores = {known.form.template: _in_marks(known.marks, pieces) for known in variants}
    if best := max(scores.values(), default=0):
        return next(template for template, score in scores.items() if score == best)
    for template in scores:
        own = _own_labels(template, table)
        rows = printed.rows[table]
        if own and any(letters(row.label) in own and _holds_cells(row, below) for row, below in zip_longest(rows, rows[1:])):
            return template
    return None


def _holds_cells(row: Row, below: Row | None) -> bool:
    """Whether a row has cells of its own, and not only, as groups do, the next label right behind its own in text that ran
    together, or on a page without rules empty places and below it a row of the group («2.»)."""
    member = (number_of(below.label) or "").isdigit() if below else False
    places = row.shape is not None and not row.shape.spans_known
    return row.filled or (bool(row.values) and not row.joined and not (places and member))


def _in_marks(marks: Sequence[str], pieces: Sequence[str]) -> int:
    """How many marks have a long piece of theirs standing alone, as where a page ends or a column is narrow."""
    return sum(any(piece in mark for piece in pieces) for mark in marks)


@cache
def _own_labels(template: str, table: str) -> Set[str]:
    """The labels that are rows with numbers in this form, and at most groups in the others."""
    rows = {
        form.template: {letters(label) for item in form.items for label in item.labels}
        for form in load().variants(table)
    }
    return rows.pop(template).difference(*rows.values())


def name_rows(form: TableForm, rows: Sequence[Row]) -> tuple[list[NamedRow], list[Issue]]:
    """Every row mapped, left out with a reason, or an issue: nothing falls through."""
    labels = rows_in(form.template, form.table)
    named: list[NamedRow] = []
    unknown: list[tuple[int, Row]] = []
    group: str | None = None
    spelt = [part for row in rows for part in _spelt_out(labels, row)]
    whole = whole_rows(labels, spelt)
    for at, row in enumerate(whole):
        for cell in row.labels[:-1]:
            group = _group(labels.exact(cell.text), group)
        item = _choose(labels.exact(row.label), row, group)
        if item is None or (item.is_group and row.filled):
            unknown.append((at, row))
            named.append(NamedRow(Item("", (), ()), row, 0))
            continue
        group = item.group or item.within
        named.append(NamedRow(item, row))
    taken = {n.item.code for n in named if n.item.code and n.row.values} if unknown else set()
    issues: list[Issue] = [*_two_labels(form, labels, named)]
    foreign: list[tuple[int, Row]] = []
    for at, row in unknown:
        like = labels.like(row.label, (i for i in form.items if i.code not in taken)) if row.label else None
        if like and _in_order(named, at, like.item, form):
            named[at] = NamedRow(like.item, row, like.sure)
            taken.add(like.item.code)
            cut = at > 0 and _cut_in_two(labels, named[at - 1], row)
            issues.append(misprinted(form, row, like.item, cut, _within(form, row.label, like.item)))
        elif any(c.isdigit() for v in row.values for c in v.text) and not column_numbers(row):
            foreign.append((at, row))
    issues += _digits_within(form, named)
    issues += [unknown_row(form, row, [(n.item, n.row) for n in _bereft(labels, named, at)]) for at, row in foreign]
    items = [n for n in named if n.item.code and not n.item.is_group]
    return items, [*issues, *(_in_pieces(form, items, spelt) if whole != spelt else ())]


def _two_labels(form: TableForm, labels: Rows, named: Sequence[NamedRow]) -> Iterator[Issue]:
    """A doubt on each row in whose label cells the label of another row stands too: whose the numbers are is not told."""
    for item, row, _ in named:
        if not item.code or not row.filled or len(row.labels) < 2:
            continue
        for cell in row.labels[:-1]:
            others = labels.exact(cell.text)
            if others and item not in others and not any(other.is_group for other in others):
                said = in_both(
                    f"行名「{cell.text}」和「{row.label}」旁只有一行数字；认作后一行的，请对照原件。",
                    f"{row.locator}: the labels «{cell.text}» and «{row.label}» stand beside one row of numbers; "
                    "they are read as those of the second. Compare them with the original.",
                )
                cells = tuple(f"{form.table}.{code}.*" for code in (others[0].code, item.code))
                yield Issue("label-unclear", "warning", said, row.locator, cells, row.label)


def _digits_within(form: TableForm, named: Sequence[NamedRow]) -> Iterator[Issue]:
    """A doubt on each row among whose label's words digits stand, or behind them where the row lacks a number: one of the row
    may have been printed over it, or typed beside it. In a picture, and in a label that is only like the form's, any do."""
    for item, row, sure in named:
        among, behind = _digits_in(text_of(row.labels[:-1]) + _unnumbered(row.label, item), row.label)
        if sure < 1 or any(v.score is not None for v in row.values):
            among = among or SURPLUS.search(row.label) is not None
        if item.code and row.values and ((among and row.filled) or (behind and _lacks_some(row, item))):
            said = in_both(
                f"行名「{row.label}」里有数字，可能是行名印进了数字格，或数字打在了行名旁；这一行的数可能错位或少一个，请对照原件。",
                f"{row.locator}: digits stand in the label «{row.label}», as where it runs over into the cell of a number "
                "or a number is typed beside it; those of the row may be shifted or lack it. Compare them with the original.",
            )
            yield Issue("label-unclear", "warning", said, row.locator, (f"{form.table}.{item.code}.*",), row.label)


def _unnumbered(label: str, item: Item) -> str:
    """The label without the number that the form gives its row («1属于国家秘密»)."""
    return label.removeprefix(item.number) if item.number and item.number.isdigit() else label


@lru_cache(maxsize=4096)
def _digits_in(labels: str, label: str) -> tuple[bool, bool]:
    """Whether digits stand among the words of the labels, and behind those of the last."""
    return WITHIN.search(labels) is not None, BEHIND.search(label) is not None


def _lacks_some(row: Row, item: Item) -> bool:
    filled = sum(bool(bare(v.text)) for v in row.values)
    return filled < min(len(row.values), len(item.measures))


def _within(form: TableForm, label: str, item: Item) -> list[Item]:
    """Other rows with numbers whose label stands whole in this one, and in none that the form gives the item."""
    key, own = letters(label), [letters(name) for name in item.labels]

    def stands(word: str) -> bool:
        if any(key in (word + name, name + word) for name in own):  # the labels of two rows, one after the other
            return True
        return len(word) > 2 and word in key and not any(word in name for name in own)

    return [i for i in form.items if i is not item and not i.is_group and any(map(stands, map(letters, i.labels)))]


def _cut_in_two(labels: Rows, above: NamedRow, row: Row) -> bool:
    """Whether the row above, which is none of the form, and this one are a label in two pieces, both with numbers."""
    return (
        not above.item.code
        and above.row.filled
        and row.filled
        and bool(labels.exact(label_of([above.row, row])))
    )


def _in_pieces(form: TableForm, named: Sequence[NamedRow], printed: Sequence[Row]) -> Iterator[Issue]:
    """A note for each row whose label no printed row bears."""
    labels = {text_of(row.labels) for row in printed}
    for row, item in (
        (n.row, n.item) for n in named if n.row not in printed and text_of(n.row.labels) not in labels
    ):
        said = in_both(
            f"行名「{row.label}」断成几段（如在换页处），合起来是一行。",
            f"{row.locator}: the label «{row.label}» is printed in pieces, as where a page ends; they are one row.",
        )
        yield Issue("row-in-pieces", "info", said, row.locator, (f"{form.table}.{item.code}.*",), row.label)


def _spelt_out(labels: Rows, row: Row) -> Sequence[Row]:
    """A group followed by as many numbers as its rows have cells: its rows lost their labels. Where all the numbers are the
    same it does not matter which is whose, and only there are they taken."""
    members = labels.members(row.label)
    count = sum(len(i.measures) for i in members)
    if not members or len(row.values) != count or len({v.text.strip() for v in row.values}) != 1:
        return [row]
    values = iter(row.values)
    return [
        row._replace(
            labels=(*row.labels, row.labels[-1]._replace(text=item.labels[0])),
            values=tuple(islice(values, len(item.measures))),
        )
        for item in members
    ]


def _bereft(labels: Rows, named: Sequence[NamedRow], at: int) -> list[NamedRow]:
    """The rows to which numbers of no row of the form may belong: right above and below those whose cells are all empty, from
    which a page break may have parted them; where numbers have no label at the end of a page, or no rules are drawn, every one
    beside them; the last row above of whose label, or the group's beside it, theirs is the end; an empty one beside them that is
    known by a piece of its label, or stands on a page without rules; and there, one that lacks what a group beside it has."""
    row = named[at].row
    unruled = is_loose(row) and bool(page_of(row))
    items = [n for n in named[:at] if n.item.code and not n.item.is_group and n.row.values]
    begun = [n for n in items[-1:] if is_loose(row) and _ends_a_label(labels, n.row, row)]
    near = [*islice(filter(_tells, reversed(named[:at])), 1), *islice(filter(_tells, named[at + 1 :]), 1)]
    beside = [n for n in near if n.item.code and not n.item.is_group and n.row.values]
    piece = unruled and Index.of_loaded().is_piece(row.label)
    if letters(row.label) and not labels.exact(row.label) and not piece:
        return begun + [n for n in beside if (n.sure < 1 or unruled) and not n.row.filled and n not in begun]

    def goes_on(above: NamedRow) -> bool:
        """Whether a line of text below the last row of a table of text may be the rest of that row's last number."""
        return row.shape is None and is_loose(above.row) and above is named[at - 1] and len(row.values) == 1

    def lacks(near: NamedRow) -> bool:
        """Whether a line of text stands beside a row of text that has an empty cell."""
        return row.shape is None and is_loose(near.row) and _lacks_some(near.row, near.item)

    return begun + [
        n
        for n in beside
        if n not in begun
        and (
            not n.row.filled
            or spans(n.row, row)
            or (unruled and _left_to(row, n.row))
            or ((not row.label or piece) and (is_loose(row) or lacks(n) or goes_on(n) or page_of(n.row) != page_of(row)))
        )
    ]


def _left_to(row: Row, near: Row) -> bool:
    """Whether a row has a number where the one beside it is empty: a line of it may stand higher or lower than its label."""
    return any(bare(cell.text) and cell.col == empty.col for cell in row.values for empty in near.values if not bare(empty.text))


def _tells(named: NamedRow) -> bool:
    """Whether a row is more than a piece of a label that no row of the form is like."""
    return bool(named.item.code) or named.row.filled


def _ends_a_label(labels: Rows, above: Row, row: Row) -> bool:
    """Whether the label goes on with that of the row above, or with a label cell to the left of it."""
    whole = (label_of([above, row]), *(cell.text + row.label for cell in above.labels[:-1]))
    return any(map(labels.exact, whole))


def _choose(items: Sequence[Item], row: Row, group: str | None) -> Item | None:
    """Of rows that share a label, the one of the group at hand, else the one whose number is printed, else the first
    that fits a row with (or without) numbers."""
    if len(items) < 2:
        return items[0] if items else None
    number = number_of(row.label)
    having = [i for i in items if i.is_group != bool(row.values)] or list(items)
    here = [i for i in having if i.within == group and group is not None]
    same = [i for i in here or having if number is None or i.number is None or number == i.number.strip("（）")]
    return (same or here or having)[0]


def _group(items: Sequence[Item], group: str | None) -> str | None:
    return next((i.group for i in items if i.group), group)


def _in_order(named: Sequence[NamedRow], at: int, item: Item, form: TableForm) -> bool:
    """Whether a misprinted row stands where its item may stand: after the last sure one and before the next."""
    order = {i.code: n for n, i in enumerate(form.items)}
    before = [order[n.item.code] for n in named[:at] if n.sure == 1 and n.item.code in order]
    after = [order[n.item.code] for n in named[at + 1 :] if n.sure == 1 and n.item.code in order]
    return (not before or before[-1] < order[item.code]) and (not after or order[item.code] < after[0])
