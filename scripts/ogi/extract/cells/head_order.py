"""What printed heads say against the form: another order, where the usual sign of it is missing, or another form's columns.

Comes in: a row with the heads above it, the columns or blocks of its table. Goes out: them in the order of the heads, and whether
that is a doubt. Must not know: numbers, identities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise

from ogi.extract.rows.labels import heads_of, letters, rows_in
from ogi.extract.rows.locate import Row
from ogi.extract.rows.naming import NamedRow
from ogi.forms import Measure, TableForm, load
from ogi.messages import in_both
from ogi.model import GridCell, Issue


@cache
def spanning(measures: tuple[Measure, ...]) -> Set[str]:
    """The heads that span others of these."""
    return frozenset(letters(m.under) for m in measures if m.under)


def flat_order(
    row: Row, measures: tuple[Measure, ...], by_column: Sequence[str] | None
) -> tuple[Sequence[str] | None, bool]:
    """The measures by heads that lack the one which spans others, None where they stand as in the form, and whether that is
    unclear: only heads in one line, each right of the one before, tell their order. `by_column`: the order that a grid tells."""
    by_label = heads_of(measures)
    places = row.places or tuple((head, 0) for head in row.heads)
    named = [(by_label[head].code, col) for head, col in places if head in by_label]
    codes, printed = [code for code, _ in named], [m.code for m in measures]
    under = {m.code for m in measures if m.under}
    in_lines = [c for c in printed if c not in under] + [c for c in printed if c in under]
    if sorted(codes) != sorted(printed) or codes in (printed, in_lines):
        return None, by_column is not None
    columns = [col for _, col in named]
    flat = columns[0] > 0 and all(one < two for one, two in zip(columns, columns[1:], strict=False))
    return (codes, False) if flat else (None, True)


def in_one_line(row: Row, cells: Sequence[GridCell], measures: tuple[Measure, ...]) -> Sequence[str] | None:
    """The measures in the order of heads that one line has for all of them, a head for each of the row's cells below, or all as
    far beside it; else None."""
    by_label = heads_of(measures)
    at = [n for n, (head, _) in enumerate(row.places) if head in by_label]
    columns, codes = [row.places[n][1] for n in at], [by_label[row.places[n][0]].code for n in at]
    if not len(set(codes)) == len(measures) == len(columns) or any(left >= right for left, right in pairwise(columns)):
        return None
    beside = {cell.col - col for cell, col in zip(cells, columns, strict=True)}
    alone = at[-1] - at[0] == len(at) - 1  # else another head shows that they stand in several lines
    return codes if beside == {0} or (alone and len(beside) == 1) else None


def turned(row: Row, measures: tuple[Measure, ...]) -> bool:
    """Whether heads are missing or misprinted, and those that are left stand in another order than the form's."""
    known = row.shape is not None and row.shape.spans_known
    columns = _turned(row.places if row.places else tuple((head, 0) for head in row.heads), measures, known)
    return columns is not None and (not known or columns <= {cell.col for cell in row.values})


def displaced(row: Row, cells: Sequence[GridCell], measures: tuple[Measure, ...]) -> bool:
    """Whether a grid shows one of the heads over another cell than its own, heads beside it being misprinted or not known."""
    if row.shape is None or not row.shape.spans_known or len(measures) == 1:
        return False
    columns = _columns(row.places, measures)
    places = [cell.col for cell in cells]
    each = len(columns) == len(measures) - 1 and columns.keys() <= set(places)
    return each and any(columns.get(col, n) != n for n, col in enumerate(places))


@lru_cache(maxsize=1024)
def _columns(places: tuple[tuple[str, int], ...], measures: tuple[Measure, ...]) -> Mapping[int, int]:
    """By column the number of the measure whose head stands there; none where a measure has two heads."""
    by_label, number = heads_of(measures), {m.code: n for n, m in enumerate(measures)}
    found = [(col, number[by_label[head].code]) for head, col in places if head in by_label]
    return dict(found) if len({n for _, n in found}) == len(found) else {}


@lru_cache(maxsize=1024)
def _turned(places: tuple[tuple[str, int], ...], measures: tuple[Measure, ...], by_column: bool) -> Set[int] | None:
    """The columns of the heads that are left, where they stand in another order. By lines, those under another head may come
    after all others."""
    by_label, number = heads_of(measures), {m.code: n for n, m in enumerate(measures)}
    named = [(col, by_label[head]) for head, col in places if head in by_label]
    columns = {col for col, _ in named}
    if len({m.code for _, m in named}) < len(named) or not 2 < len(named) < len(measures):
        return None
    if by_column or all(0 < one[1] < two[1] for one, two in zip(places, places[1:], strict=False)):
        named = sorted(named, key=lambda pair: pair[0]) if len(columns) == len(named) else []
        lines = [[number[m.code] for _, m in named]]
    else:
        lines = [[number[m.code] for _, m in named if bool(m.under) is under] for under in (True, False)]
    return columns if any(line != sorted(line) for line in lines) else None


def of_another_form(form: TableForm, rows: Iterable[NamedRow]) -> Iterator[Issue]:
    """A doubt on each row whose own columns are not all named above it, while one is that only another form has in this row, or
    all are those of other rows."""
    foreign = _foreign(form.template, form.table)
    for named in rows if foreign else ():
        code, row = named.item.code, named.row
        own = heads_of(form.measures_of[code])
        told = {own[head].code for head in row.heads if head in own}
        beside = not told and len(form.measures_of[code]) > 1 and any(head in _all(form) for head in row.heads)
        if len(told) == len(form.measures_of[code]) or (foreign.get(code, frozenset()).isdisjoint(row.heads) and not beside):
            continue
        said = in_both(
            f"「{row.label}」一行上面的表头是别的行或另一年格式的，各列按 {form.template[:4]} 年格式认定，请对照原件。",
            f"{row.locator}: a head above the row «{row.label}» is that of other rows or another form; the columns are taken as "
            f"those of form {form.template}. Compare them with the original.",
        )
        yield Issue("column-unclear", "warning", said, row.locator, (f"{form.table}.{code}.*",))


def _all(form: TableForm) -> Mapping[str, Measure]:
    return heads_of(form.measures)


@cache
def _foreign(template: str, table: str) -> Mapping[str, Set[str]]:
    """By item the heads that only another form has over it; items without any are left out."""
    forms = load()
    form, others = forms.table(template, table), forms.variants(table)
    found = {
        code: frozenset(head for other in others if code in other.measures_of for head in heads_of(other.measures_of[code]))
        - heads_of(measures).keys()
        for code, measures in form.measures_of.items()
    }
    return {code: heads for code, heads in found.items() if heads}


def blocks_in_order(form: TableForm, row: Row, items: Sequence[str]) -> tuple[list[str], bool]:
    """The blocks of the reviews from left to right, and whether that is a doubt: lawsuits whose common head comes before the
    reviews stand before them, unless that head only is higher on the page."""
    bodies = rows_in(form.template, form.table).codes
    columns: dict[str, int] = {}
    for head, col in row.places:
        if head in bodies:
            columns.setdefault(bodies[head], col)
    if set(columns) == set(items) and len(set(columns.values())) == len(items):
        return sorted(items, key=lambda item: columns[item]), False
    first = form.items[0].code
    over = {letters(word) for word in form.corner}
    heads = [first if bodies.get(head) == first else head for head in row.heads]
    if first not in items or first not in heads or over.isdisjoint(heads[: heads.index(first)]):
        return list(items), False
    later = [item for item in items if item != first] + [first]
    column = min((col for head, col in row.places if head in over), default=0)
    if not column or first not in columns:
        return list(items), True
    return (later if column < columns[first] else list(items)), column == columns[first]
