"""Named rows -> cells with value, status and proof; what stays open becomes an issue that names its row.

Comes in: the form and the printed rows of one table. Goes out: cells in the form's order, and issues. Must not know:
other tables.
Status as `docs/data.md` defines it: what is printed is reported, what only the identities can tell is derived, the rest is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from ogi.extract.cells.askew import straightened
from ogi.extract.cells.fewer import without_columns
from ogi.extract.cells.fit import begins, fit, label_width, tidy
from ogi.extract.cells.merged import over_rows
from ogi.extract.cells.repeated import printed_once
from ogi.extract.cells.slots import READ, Slots
from ogi.extract.cells.spare import spare
from ogi.extract.cells.strange import strange_heads
from ogi.extract.cells.told import TOLD, contradicted, left_open, one_reading, unproven
from ogi.extract.numbers import MAX_DIGITS, Number, read_number, run_of, several
from ogi.extract.rows.labels import MONEY, inner
from ogi.extract.rows.naming import NamedRow
from ogi.extract.sums.equations import adds_up_only_as, plain
from ogi.extract.sums.solve import Solution, solve
from ogi.forms import Key, Measure, TableForm
from ogi.messages import in_both
from ogi.model import Cell, Issue, Status
from ogi.tuples import many


def settle(form: TableForm, rows: Sequence[NamedRow], blanks_dropped: bool) -> tuple[list[Cell], list[Issue]]:
    """`blanks_dropped`: the text lost its empty cells, so that even a run of as many digits as cells reads several ways."""
    issues: list[Issue] = []
    kept = printed_once(form, rows, issues)
    wide = label_width(n.row for n in kept.values())
    begin = begins((n.row, len(form.measures_of[code])) for code, n in kept.items())
    slots = {code: fit(n.row, form.measures_of[code], wide, begin) for code, n in kept.items()}
    if not any(n.row.filled for n in kept.values()):  # no number was kept at all
        slots = {c: Slots("lost", ()) if kept[c].row.joined else fitted for c, fitted in slots.items()}
    if any(fitted.moved for fitted in slots.values()):
        slots, said = straightened(form, slots)
        issues += said
    runs: dict[str, str] = {}
    solution, empty = Solution(), blanks_dropped
    if any(fitted.kind not in READ for fitted in slots.values()):
        clear = {key: number for code, fitted in slots.items() for key, number in _clear(form, code, fitted)}
        runs = _runs(form, slots, blanks_dropped)
        lost = [code for code, fitted in slots.items() if fitted.kind not in READ and code not in runs]
        certain = _certain(clear)
        solution = solve(form, certain, runs, lost)
        solution.values.update({key: number for key, number in certain.items() if key[0] in lost})
        one_less = sum(len(slots[code].cells) == len(form.measures_of[code]) - 1 for code in lost)
        empty = empty or any(n.status in ("blank", "nil") for n in clear.values())
        empty = empty or one_less == len(lost) and 2 * one_less > len(slots)  # a column may be what is empty
    cells: list[Cell] = []
    for item in form.items:
        if item.code not in kept:
            continue
        named, fitted = kept[item.code], slots[item.code]
        if fitted.kind in READ:
            cells += _clear_cells(form, named, fitted, issues)
        else:
            cells += _open_cells(form, named, fitted, runs.get(item.code), solution, empty, issues)
    issues += spare(form, kept, slots, cells)
    issues += over_rows(form, kept, slots, cells)
    issues += without_columns(form, slots, kept)
    issues += strange_heads(form, kept, slots)
    _missing(form, kept, issues)
    _in_order(form, kept, issues)
    return cells, issues


def _clear(form: TableForm, code: str, slots: Slots) -> Iterator[tuple[Key, Number]]:
    """The numbers of a row whose places are known."""
    for cell, measure in zip(slots.known, form.measures_of[code], strict=False):
        if cell is not None:
            yield (code, measure.code), read_number(cell.text, measure.kind)


def _certain(clear: Mapping[Key, Number]) -> dict[Key, int]:
    """The counts among these numbers, blanks as 0."""
    return {
        key: int(number.value or 0)
        for key, number in clear.items()
        if number.status != "unreadable" and (number.value is None or number.value == int(number.value))
    }


def _runs(form: TableForm, slots: Mapping[str, Slots], blanks_dropped: bool) -> dict[str, str]:
    """The digits of the rows that can be cut. Where no sum proves a cut and other rows print their cells apart or lost some, only
    zeros are, and zeros before one number; where empty cells are lost, also what adds up in no cut into fewer numbers."""
    apart = any(s.kind == "cells" and len({c.locator for c in s.cells}) > 1 for s in slots.values())
    runs = {
        code: run_of("".join(c.text for c in fitted.cells)) or ""
        for code, fitted in slots.items()
        if fitted.kind == "run"
    }
    cells = {code: len(form.measures_of[code]) for code in runs}
    lost = any(0 < len(plain(run)) < cells[code] for code, run in runs.items())
    lost = lost or any(s.kind == "lost" or not s.raw for s in slots.values())
    whole = {*(form.within if apart or lost or blanks_dropped else runs)}
    if lost or blanks_dropped:
        own = [c for c, run in runs.items() if c in form.within and run]
        full = {c for c in own if adds_up_only_as(plain(runs[c]), cells[c])}
        whole = full if len(full) * 3 > len(own) * 2 else set()  # else totals may be what is empty
    one_way = {c for c, run in runs.items() if _one_way(run, cells[c]) and (c not in form.within or not int(run))}
    numbers = {c for c, run in runs.items() if c not in form.within and run and int(plain(run)) and _parted(slots[c])}
    return {
        c: run
        for c, run in runs.items()
        if c not in numbers and (c in one_way or (c in whole and len(plain(run)) >= cells[c]))
    }


def _parted(slots: Slots) -> bool:
    """Whether blanks part the digits of a run, so that it is several numbers, and not as many as there are columns."""
    return several(" ".join(cell.text for cell in slots.cells))


def _one_way(run: str, cells: int) -> bool:
    """Whether a run reads one way as so many numbers, and no way as fewer: zeros, and one that does not begin with a zero."""
    zeros, last = run[: cells - 1], run[cells - 1 :]
    return zeros == "0" * (cells - 1) and last.isdigit() and (last == "0" or last[0] != "0") and len(last) <= MAX_DIGITS


def _clear_cells(form: TableForm, named: NamedRow, slots: Slots, issues: list[Issue]) -> list[Cell]:
    fields = []
    table, item, label = form.table, named.item.code, named.row.label
    measures = form.measures_of[item]
    money = _printed_unit(named) if any(m.kind == "decimal" for m in measures) else None
    for measure, cell in zip(measures, slots.known, strict=True):
        if cell is None:
            continue
        at, own = cell.locator, measure.unit
        if money and measure.kind == "decimal":
            measure = replace(measure, unit=money)
        value, raw, unit, status, code = _read(cell.text, measure)
        if value and own and unit == measure.unit != own:
            said = in_both(
                f"表头、行名或表上方印的单位是「{unit}」，格式里是「{own}」；按「{unit}」。",
                f"{at}: the head, the label or a line above prints the unit {unit}, where the form has {own}; {unit} is taken.",
            )
            issues.append(Issue("number-with-unit", "info", said, at, (f"{table}.{item}.{measure.code}",), raw))
        fields.append((table, item, measure.code, value, raw, unit, status, label, at, cell.score))
        if code:
            severity, zh, en = TOLD[code]
            said = in_both(f"「{label}」一行的「{raw}」{zh}。", f"{at}: «{raw}» in the row «{label}» {en}.")
            issues.append(Issue(code, severity, said, at, (f"{table}.{item}.{measure.code}",), raw))
    if slots.moved:
        proven = item in form.within and slots.printed[-1] is not slots.cells[-1]  # by the sum of the row
        said = in_both(
            f"「{label}」一行的列序与格式不同，数字随所印表头认定。",
            f"{named.row.locator}: the columns stand in another order than the form's; values follow the printed heads.",
        )
        severity = "info" if slots.told or proven or _same(slots) else "warning"
        issues.append(Issue("columns-moved", severity, said, named.row.locator, (f"{table}.{item}.*",)))
    return many(Cell, fields)


def _same(slots: Slots) -> bool:
    """Whether the numbers are the same in the order of the form."""
    return all(one.text == other.text for one, other in zip(slots.printed, slots.cells, strict=True))


def _printed_unit(named: NamedRow) -> str | None:
    """The one unit of money that the heads above a row or its label print in brackets, else that of the line above the table."""
    words = {*named.row.heads, *(word for label in named.row.labels for word in inner(label.text))}
    units = {word.removeprefix("单位") for word in words}.intersection(MONEY)
    return units.pop() if len(units) == 1 else None if units else named.row.money


@lru_cache(maxsize=16_384)
def _read(text: str, measure: Measure) -> tuple[Decimal | None, str | None, str | None, Status, str | None]:
    """Value, raw text, unit and status of a cell of this column, and the code of what is to be said of it."""
    value, status, unit, code = read_number(text, measure.kind)
    of_column = measure.unit if value is not None or status == "blank" else None
    return value, tidy(text) or None, unit or of_column, status, code


def _open_cells(
    form: TableForm,
    named: NamedRow,
    slots: Slots,
    digits: str | None,
    solution: Solution,
    empty: bool,
    issues: list[Issue],
) -> list[Cell]:
    """`empty`: the table leaves cells empty, so that a cell that is lost may have been empty too, and no number is made of it;
    nor of a row of which nothing is printed but its label."""
    code, measures = named.item.code, named.item.measures
    label, place = named.row.label, named.row.locator
    sole = bool(digits and code not in form.within and _one_way(digits, len(measures)))
    one_each = digits and "," not in digits and (len(digits) == len(measures) or sole) and code not in solution.gaps
    printed = digits if one_each else None
    key = f"{form.table}.{code}.*"
    derived = [solution.values.get((code, m)) for m in measures]
    if not digits and (empty or not slots.cells or None in derived or not _agrees(slots, derived)):
        derived = [None] * len(measures)
    values: list[int | None] = derived
    if printed:
        values = [*map(int, printed[: len(measures) - 1]), int(printed[len(measures) - 1 :])]
        if code not in form.within and len(measures) > 1:
            said = unproven(named.row, slots.raw, sole)
            lone = named.row.shape is None and not named.row.joined and not sole and any(values)
            issues.append(Issue("cells-run-together", "warning" if lone else "info", said, place, (key,), slots.raw))
        elif solution.contradicted and any(values):
            said = contradicted(named.row, slots.raw)
            issues.append(Issue("cells-run-together", "warning", said, place, (key,), slots.raw))
    elif None in derived:
        issues.append(left_open(form, named, slots, digits, solution, values))
    else:
        said = one_reading(named.row, slots.raw, bool(digits), code in solution.wrong)
        issues.append(Issue("cells-run-together" if digits else "cells-lost", "info", said, place, (key,), slots.raw))
    own = slots.alone if slots.alone and None not in values else (None,) * len(measures)
    return [
        Cell(
            form.table,
            code,
            m,
            None if v is None else Decimal(v),
            tidy(cell.text) if cell else slots.raw,
            form.measure(code, m).unit if v is not None else None,
            "unreadable" if v is None else "reported" if printed or cell else "derived",
            label,
            cell.locator if cell else place,
        )
        for m, v, cell in zip(measures, values, own, strict=True)
    ]


def _agrees(slots: Slots, values: Sequence[int | None]) -> bool:
    """Whether what is still printed of a lost row fits the derived values: they must hold it, in this order. A mark such as «/»
    is no number: where one is printed, other cells may have had one too."""
    if slots.kind == "run":
        return True
    numbers = [read_number(cell.text) for cell in slots.cells]
    rest = iter(values)
    return all(
        number.status not in ("unreadable", "nil")
        and (number.value is None or any(number.value == v for v in rest))
        for number in numbers
    )


def _missing(form: TableForm, kept: dict[str, NamedRow], issues: list[Issue]) -> None:
    """A doubt for each row that is not printed; one for several in a row, as where a text ends inside the table."""
    for printed, run in groupby(form.items, lambda item: item.code in kept):
        if printed:
            continue
        gone = list(run)
        first, last = gone[0].labels[0], gone[-1].labels[0]
        ends = gone[-1] is form.items[-1] and len(gone) > 2
        if len(gone) == 1:
            zh, en = f"「{first}」一行", f"the row «{first}» of form {form.template} is not in the document."
        else:
            zh = f"从「{first}」到「{last}」的 {len(gone)} 行"
            en = f"the {len(gone)} rows from «{first}» to «{last}» of form {form.template} are not in the document"
            en += "; the table may be cut off." if ends else "."
        cut = "；表可能到这里就断了" if ends else ""
        said = in_both(f"文件里没有 {form.template[:4]} 年格式的{zh}{cut}。", en)
        issues.append(Issue("row-missing", "warning", said, None, tuple(f"{form.table}.{item.code}.*" for item in gone)))


def _in_order(form: TableForm, kept: dict[str, NamedRow], issues: list[Issue]) -> None:
    place = {item.code: n for n, item in enumerate(form.items)}
    last = -1
    for code, named in kept.items():
        if place[code] < last:
            label, at = named.row.label, named.row.locator
            said = in_both(
                f"「{label}」一行的次序与格式不同，按行名认定。",
                f"{at}: the row «{label}» stands below one that the form prints after it; it is known by its label.",
            )
            issues.append(Issue("row-out-of-order", "info", said, at, (f"{form.table}.{code}.*",), label))
        last = max(last, place[code])
