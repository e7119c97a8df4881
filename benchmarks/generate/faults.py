"""One seeded fault in a generated report: what a page break, a copy or a bad converter does to a table.

Comes in: a `Made` without oddities. Goes out: the `Made` with the fault and the `Fault` that names its place,
or None if the report has no place for it. The truth stays what a careful reader takes from the page.
Must not know: file formats, how the project reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from benchmarks.generate.model import Box, Key, Layout, Made, Row, TrueCell, expand


@dataclass(frozen=True, slots=True)
class Fault:
    """`items` and `measures` are the rows and columns that a good reader would name."""

    kind: str
    table: str
    items: tuple[str, ...]
    measures: tuple[str, ...] = ()


Change = tuple[Made, Fault] | None


def make_fault(kind: str, made: Made, seed: int) -> Change:
    """The report with this fault, or None."""
    return FAULTS[kind](made, Random(f"fault {seed} {kind}"))


def _values(row: Row) -> list[int]:
    return [n for n, box in enumerate(row) if box.key is not None]


def _requests(made: Made) -> Layout:
    return next(table for table in made.tables if table.table == "requests")


def _item(row: Row) -> str:
    return next(box.key[1] for box in row if box.key is not None)


def _plain_rows(layout: Layout) -> list[int]:
    """Rows that hold values and no label of a group: they can go, or be doubled, and nothing else moves."""
    return [n for n, row in enumerate(layout.rows) if _values(row) and all(box.rowspan == 1 for box in row)]


def _with(made: Made, layout: Layout, rows: list[Row]) -> Made:
    new = replace(layout, rows=tuple(rows))
    return replace(made, blocks=tuple(new if block is layout else block for block in made.blocks))


def _stretch(layout: Layout, at: int, by: int) -> list[Row]:
    """The rows with every span that reaches over row `at` made longer or shorter."""
    over = {(slot.row, id(slot.box)) for slot in expand(layout)[at] if slot is not None and slot.from_above}
    boxes = {number for _, number in over}
    return [
        tuple(replace(b, rowspan=b.rowspan + by) if id(b) in boxes else b for b in row) for row in layout.rows
    ]


def _lost_row(made: Made, rng: Random) -> Change:
    layout = _requests(made)
    n = rng.choice(_plain_rows(layout))
    rows = _stretch(layout, n, -1)
    fault = Fault("lost_row", "requests", (_item(rows[n]),))
    return _with(made, layout, rows[:n] + rows[n + 1 :]), fault


def _doubled_row(made: Made, rng: Random) -> Change:
    layout = _requests(made)
    n = rng.choice(_plain_rows(layout))
    rows = _stretch(layout, n, 1)
    copy = tuple(replace(box, key=None) for box in rows[n])
    return _with(made, layout, [*rows[: n + 1], copy, *rows[n + 1 :]]), Fault(
        "doubled_row", "requests", (_item(rows[n]),)
    )


def _moved_column(made: Made, rng: Random) -> Change:
    """The values of one row stand one column further; the last falls off the table, or the first."""
    layout = _requests(made)
    rows = list(layout.rows)
    full = [n for n in _plain_rows(layout) if any(rows[n][v].text != "0" for v in _values(rows[n]))]
    if not full:
        return None
    n = rng.choice(full)
    places = _values(rows[n])
    texts = [rows[n][v].text for v in places]
    moved = ["", *texts[:-1]] if rng.random() < 0.5 else [*texts[1:], ""]
    rows[n] = tuple(
        replace(box, text=moved[places.index(v)]) if v in places else box for v, box in enumerate(rows[n])
    )
    return _with(made, layout, rows), Fault("moved_column", "requests", (_item(rows[n]),))


def _split_digits(made: Made, rng: Random) -> Change:
    return _in_row(
        made, rng, "split_digits", lambda texts: [n for n, t in enumerate(texts) if len(t) > 1], _split
    )


def _merged_digits(made: Made, rng: Random) -> Change:
    return _in_row(
        made,
        rng,
        "merged_digits",
        lambda texts: [n for n in range(6) if texts[n] != "0" or texts[n + 1] != "0"],
        _merge,
    )


def _in_row(
    made: Made,
    rng: Random,
    kind: str,
    places: Callable[[list[str]], list[int]],
    act: Callable[[Row, int, Random], Row],
) -> Change:
    layout = _requests(made)
    rows = list(layout.rows)
    able = [(n, p) for n in _plain_rows(layout) for p in places([rows[n][v].text for v in _values(rows[n])])]
    if not able:
        return None
    n, place = rng.choice(able)
    item = _item(rows[n])
    longer = act(rows[n], _values(rows[n])[place], rng)
    wide = replace(layout, widths=(*layout.widths, *layout.widths[-1:] * (len(longer) - len(rows[n]))))
    made = replace(made, blocks=tuple(wide if block is layout else block for block in made.blocks))
    rows[n] = longer
    return _with(made, wide, rows), Fault(kind, "requests", (item,))


def _split(row: Row, at: int, rng: Random) -> Row:
    box = row[at]
    cut = rng.randint(1, len(box.text) - 1)
    return (
        *row[:at],
        replace(box, text=box.text[:cut]),
        replace(box, text=box.text[cut:], key=None),
        *row[at + 1 :],
    )


def _merge(row: Row, at: int, rng: Random) -> Row:
    return (*row[:at], replace(row[at], text=row[at].text + row[at + 1].text), *row[at + 2 :])


def _blank_for_zero(made: Made, rng: Random) -> Change:
    zeros = [key for key, cell in made.truth.cells.items() if cell.value == 0 and key[0] == "requests"]
    if not zeros:
        return None
    key = rng.choice(zeros)
    return _printed(made, {key: TrueCell(None, "", "blank")}), Fault(
        "blank_for_zero", "requests", (key[1],), (key[2],)
    )


def _changed_total(made: Made, rng: Random) -> Change:
    table, measures = rng.choice((("requests", ("total",)), ("reviews", ("total",))))
    totals = [key for key in made.truth.cells if key[0] == table and key[2] in measures]
    key = rng.choice(totals)
    value = _other(made.truth.cells[key].value or Decimal(0), rng)
    return _printed(made, {key: TrueCell(value, f"{value:f}")}), Fault(
        "changed_total", table, (key[1],), (key[2],)
    )


def _page_cut(made: Made, rng: Random) -> Change:
    """A page ends inside a row: half of its label stands with the numbers, half in a row of empty cells."""
    layout = _requests(made)
    able = [n for n in _plain_rows(layout) if sum(not box.key for box in layout.rows[n]) == 1]
    n = rng.choice(able)
    rows = _stretch(layout, n, 1)
    label, values = rows[n][0], rows[n][1:]
    cut = rng.randint(3, max(3, len(label.text) - 2))
    rest = (replace(label, text=label.text[cut:]), *(Box("") for _ in values))
    rows[n : n + 1] = [(replace(label, text=label.text[:cut]), *values), rest]
    return _with(made, layout, rows), Fault("page_cut", "requests", (_item(values),))


def _swapped_rows(made: Made, rng: Random) -> Change:
    layout = _requests(made)
    rows = list(layout.rows)
    able = [
        n for n in _plain_rows(layout) if n + 1 in _plain_rows(layout) and len(rows[n]) == len(rows[n + 1])
    ]
    n = rng.choice(able)
    rows[n], rows[n + 1] = rows[n + 1], rows[n]
    return _with(made, layout, rows), Fault("swapped_rows", "requests", (_item(rows[n]), _item(rows[n + 1])))


def _foreign_row(made: Made, rng: Random) -> Change:
    """A row that the form does not have: a subtotal, a line of another table, a line of the page."""
    layout = _requests(made)
    n = rng.choice(_plain_rows(layout)[2:])
    rows = _stretch(layout, n, 1)
    values = [str(rng.randint(0, 9)) for _ in _values(rows[n])]
    labels = [box for box in rows[n] if box.key is None]
    kind = rng.choice(("subtotal", "other_table", "page"))
    if kind == "page":
        span = sum(box.colspan for box in rows[n])
        row: Row = (Box(f"第 {rng.randint(2, 9)} 页 共 12 页", colspan=span),)
    else:
        word = "小计" if kind == "subtotal" else "行政许可"
        row = (*(replace(box, text=word) for box in labels), *(Box(text) for text in values))
    item = _item(rows[n])
    return _with(made, layout, [*rows[:n], row, *rows[n:]]), Fault("foreign_row", "requests", (item,))


def _other(value: Decimal, rng: Random) -> Decimal:
    return max(Decimal(0), value + rng.choice((-2, -1, 1, 1, 2, 10))) if value else value + rng.randint(1, 12)


def _printed(made: Made, changes: dict[Key, TrueCell]) -> Made:
    """The report with some cells printed otherwise, in the layout and in the truth."""
    cells = {**made.truth.cells, **changes}
    blocks = tuple(
        replace(
            block,
            rows=tuple(
                tuple(replace(box, text=changes[box.key].raw) if box.key in changes else box for box in row)
                for row in block.rows
            ),
        )
        if isinstance(block, Layout)
        else block
        for block in made.blocks
    )
    return replace(made, truth=replace(made.truth, cells=cells), blocks=blocks)


def own_wrong_sum(made: Made, seed: int) -> Made:
    """The agency has added wrongly: one or two printed numbers are not what the others add up to."""
    rng = Random(f"sum {seed}")
    pool = [key for key in made.truth.cells if key[0] in ("requests", "reviews")]
    wrong = [key for key in pool if key[2] == "total" or key[1] == "total_disposed"]
    changes = {}
    for key in rng.sample(wrong if rng.random() < 0.7 else pool, k=rng.choice((1, 1, 1, 2))):
        value = _other(made.truth.cells[key].value or Decimal(0), rng)
        changes[key] = TrueCell(value, f"{value:f}")
    return _printed(made, changes)


FAULTS: dict[str, Callable[[Made, Random], Change]] = {
    "lost_row": _lost_row,
    "doubled_row": _doubled_row,
    "moved_column": _moved_column,
    "split_digits": _split_digits,
    "merged_digits": _merged_digits,
    "blank_for_zero": _blank_for_zero,
    "page_cut": _page_cut,
    "changed_total": _changed_total,
    "swapped_rows": _swapped_rows,
    "foreign_row": _foreign_row,
}
