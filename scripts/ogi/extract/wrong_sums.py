"""Runs of a table in which its agency added wrongly: the readings that leave one wrong cell a row, and nothing else.

Comes in: runs, their cuts, the certain values. Goes out: readings. Must not know: text, documents, statuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from ogi.extract.equations import Cut, holds, join, mend
from ogi.forms import Identity, Key, TableForm

MOST_WRONG = 2  # rows that contradict their own sums before the table tells nothing any more
MAX_OTHERS = 4_096  # readings of the other rows that are tried beside a wrong one


def but_few(
    form: TableForm,
    known: Mapping[Key, int],
    runs: Mapping[str, str],
    options: Mapping[str, list[Cut]],
    checkable: Sequence[Identity],
) -> tuple[list[dict[str, Cut]], bool]:
    """The readings under which everything adds up but for one cell a row that its agency printed wrongly.

    Only where one row or two contradict their own sums, and at most one of them is still to be cut; another number in
    one cell of each must then mend the rows and every column. Each border is still held by six columns.
    """
    measures = {item.code: item.measures for item in form.items}
    within = form.within
    fixed = {
        i: tuple(map(int, runs[i]))
        for i, cuts in options.items()
        if not cuts and len(runs[i]) == len(measures[i])
    }
    uncut = [item for item, cuts in options.items() if not cuts and item not in fixed]
    seen = [i for i, rule in within.items() if i not in runs and holds(rule, known) is False]
    if len(uncut) > 1 or not 1 <= len(uncut) + len(fixed) + len(seen) <= MOST_WRONG or not within:
        return [], True
    others = {item: cuts for item, cuts in options.items() if item not in fixed and item not in uncut}
    printed = {
        **known,
        **{(i, m): v for i, cut_ in fixed.items() for m, v in zip(measures[i], cut_, strict=True)},
    }
    found: dict[tuple[tuple[str, Cut], ...], dict[str, Cut]] = {}
    finished = True
    for cells in product(*([(i, m) for m in measures[i]] for i in (*fixed, *seen))):
        mended = {key: mend(within[key[0]], key, printed) for key in cells}
        if None in mended.values():
            continue
        values = {**printed, **{key: v for key, v in mended.items() if v is not None}}
        if uncut:
            solutions, complete = _one_uncut(
                uncut[0], within[uncut[0]], others, measures, values, runs, checkable
            )
        else:
            solutions, complete = join(others, measures, values, checkable)
        finished = finished and complete
        for solution in solutions:
            whole = {**solution, **fixed}
            found[tuple(sorted(whole.items()))] = whole
    return list(found.values()), finished


def _one_uncut(
    row: str,
    rule: Identity,
    others: Mapping[str, list[Cut]],
    measures: Mapping[str, tuple[str, ...]],
    known: Mapping[Key, int],
    runs: Mapping[str, str],
    checkable: Sequence[Identity],
) -> tuple[list[dict[str, Cut]], bool]:
    """The readings in which this run has one wrong cell: its other cells are what their columns demand."""
    apart = [i for i in checkable if all(k[0] != row for k in (*i.left, *i.right))]
    own = [i for i in checkable if i not in apart]
    solutions, complete = join(others, measures, known, apart, MAX_OTHERS)
    found = []
    for solution in solutions:
        values = dict(known)
        for item, numbers in solution.items():
            values.update({(item, m): v for m, v in zip(measures[item], numbers, strict=True)})
        for wrong in measures[row]:
            printed = _row_but_one(row, measures[row], wrong, own, values, runs[row])
            if printed is None:
                continue
            after = {**values, **printed}
            mended = mend(rule, (row, wrong), after)
            if mended is not None and all(holds(i, {**after, (row, wrong): mended}) for i in own):
                found.append({**solution, row: tuple(printed.values())})
    return found, complete


def _row_but_one(
    row: str,
    measures: Sequence[str],
    wrong: str,
    rules: Sequence[Identity],
    values: Mapping[Key, int],
    digits: str,
) -> dict[Key, int] | None:
    """The row as its columns demand it, with what the run leaves for the one wrong cell; None if they do not meet."""
    demanded: dict[str, int] = {}
    for rule in rules:
        for key in (*rule.left, *rule.right):
            if key[0] == row and key[1] != wrong and key[1] not in demanded:
                number = mend(rule, key, {**values, key: 0})
                if number is None:
                    return None
                demanded[key[1]] = number
    if len(demanded) != len(measures) - 1:
        return None
    at = list(measures).index(wrong)
    before = "".join(str(demanded[m]) for m in measures[:at])
    behind = "".join(str(demanded[m]) for m in measures[at + 1 :])
    rest = digits[len(before) : len(digits) - len(behind)]
    if before + rest + behind != digits or not rest or (rest[0] == "0" and rest != "0"):
        return None
    return {(row, m): int(rest) if m == wrong else demanded[m] for m in measures}
