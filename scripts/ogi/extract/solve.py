"""The identities of a form as proof: what lost text and runs of digits can only be.

Comes in: the certain values of a table, its runs («81010010»), its lost rows. Goes out: `Solution`: the values that
exactly one reading admits, and for the rest the readings that survive. Must not know: text, labels, documents.
Exact and bounded: runs are cut in every way their row admits, the cuts are joined by the column sums, and the search gives up
honestly at `MAX_NODES`. Where the identities of a table contradict each other nothing is derived.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ogi.forms import Identity, Key, TableForm

MAX_NODES = 60_000
MAX_CUTS = 40_000  # ways to cut all runs of a table together
MAX_OTHERS = 4_096  # readings of the other rows that are tried beside a wrong one


@dataclass(frozen=True, slots=True)
class Solution:
    """`values`: derived cells; `readings`: item -> the cuts that survive (several, or none); `complete`: searched to the
    end; `wrong`: the run whose own sum does not hold, so that only its columns cut it."""

    values: dict[Key, int] = field(default_factory=dict)
    readings: dict[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    complete: bool = True
    wrong: str | None = None


def solve(
    form: TableForm,
    known: Mapping[Key, int],
    runs: Mapping[str, str],
    lost: Sequence[str],
) -> Solution:
    """`known`: certain values, blanks as 0; `runs`: item -> digits; `lost`: items whose values are not all there."""
    zeros = _propagate(form, known, lost)
    cuts = _cut_runs(form, {**known, **zeros}, runs)
    return Solution({**zeros, **cuts.values}, cuts.readings, cuts.complete, cuts.wrong)


def cut(digits: str, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to cut a run into so many numbers without leading zeros."""
    if parts == 1:
        if digits and (digits == "0" or digits[0] != "0"):
            yield (int(digits),)
        return
    longest = 1 if digits[:1] == "0" else len(digits) - parts + 1
    for size in range(1, longest + 1):
        for rest in cut(digits[size:], parts - 1):
            yield (int(digits[:size]), *rest)


def _propagate(form: TableForm, known: Mapping[Key, int], lost: Sequence[str]) -> dict[Key, int]:
    """Lost cells that the identities leave one value, each in two identities at least, all of which hold."""
    unknown = {key for key in form.cells if key[0] in set(lost)}
    if not unknown:
        return {}
    found: dict[Key, int] = {}
    moved = True
    while moved:
        moved = False
        for identity in form.identities:
            for key, value in _forced(identity, {**known, **found}, unknown):
                if key not in found and value >= 0:
                    found[key] = value
                    moved = True
    values = {**known, **found}
    kept = dict(found)
    while True:
        broken = {
            key
            for key in kept
            if sum(_holds(i, values) is True for i in form.identities if key in i.left + i.right) < 2
            or any(_holds(i, values) is False for i in form.identities if key in i.left + i.right)
        }
        if not broken:
            return kept
        for key in broken:
            kept.pop(key)
            values.pop(key, None)


def _forced(identity: Identity, values: Mapping[Key, int], unknown: set[Key]) -> list[tuple[Key, int]]:
    """Cells that this identity alone leaves one value: all zero where nothing is left to share, or the last one."""
    open_left = [k for k in identity.left if k not in values]
    open_right = [k for k in identity.right if k not in values]
    if any(k not in unknown for k in (*open_left, *open_right)) or (open_left and open_right):
        return []
    opened = open_left or open_right
    if not opened:
        return []
    sign = 1 if open_right else -1
    rest = sign * (
        sum(values.get(k, 0) for k in identity.left) - sum(values.get(k, 0) for k in identity.right)
    )
    if rest == 0:
        return [(k, 0) for k in opened]
    return [(opened[0], rest)] if len(opened) == 1 else []


def _holds(identity: Identity, values: Mapping[Key, int]) -> bool | None:
    """None where a term is not known."""
    if any(k not in values for k in (*identity.left, *identity.right)):
        return None
    return sum(values[k] for k in identity.left) == sum(values[k] for k in identity.right)


def _cut_runs(form: TableForm, known: Mapping[Key, int], runs: Mapping[str, str]) -> Solution:
    if not runs:
        return Solution()
    measures = {item.code: item.measures for item in form.items}
    within = [i for i in form.identities if len({k[0] for k in (*i.left, *i.right)}) == 1]
    across = [i for i in form.identities if len({k[0] for k in (*i.left, *i.right)}) > 1]
    options: dict[str, list[tuple[int, ...]]] = {}
    tried = 0
    for item, digits in runs.items():
        rules = [i for i in within if i.left[0][0] == item]
        options[item] = []
        for numbers in cut(digits, len(measures[item])):
            tried += 1
            if tried > MAX_CUTS:
                return Solution(readings=dict.fromkeys(runs, ()), complete=False)
            row = {(item, m): v for m, v in zip(measures[item], numbers, strict=True)}
            if all(_holds(rule, row) for rule in rules):
                options[item].append(numbers)
    readings = {item: tuple(cuts) for item, cuts in options.items()}
    checkable = [i for i in across if all(k in known or k[0] in runs for k in (*i.left, *i.right))]
    solutions, complete = _join(options, measures, known, checkable)
    wrong = None
    if complete and not solutions:
        solutions, complete = _but_one(form, known, runs, options, checkable)
        wrong = next((item for item, cuts in options.items() if not cuts), None)
    if not complete or not solutions:
        return Solution(readings=readings, complete=complete)
    values: dict[Key, int] = {}
    for item in runs:
        left = {s[item] for s in solutions}
        proven = all(any((item, m) in i.left + i.right for i in checkable) for m in measures[item])
        readings[item] = tuple(sorted(left))
        if len(left) == 1 and proven:
            values.update({(item, m): v for m, v in zip(measures[item], next(iter(left)), strict=True)})
    return Solution(
        values, {i: r for i, r in readings.items() if (i, measures[i][0]) not in values}, wrong=wrong
    )


def _but_one(
    form: TableForm,
    known: Mapping[Key, int],
    runs: Mapping[str, str],
    options: Mapping[str, list[tuple[int, ...]]],
    checkable: Sequence[Identity],
) -> tuple[list[dict[str, tuple[int, ...]]], bool]:
    """The readings under which everything adds up but for one cell that its agency printed wrongly.

    Only where one row alone contradicts its own sum; one other number in one of its cells must then mend the
    row and every column. Each border is still held by six columns.
    """
    measures = {item.code: item.measures for item in form.items}
    within = {i.scope: i for i in form.identities if len({k[0] for k in (*i.left, *i.right)}) == 1}
    wrong = [item for item, cuts in options.items() if not cuts]
    wrong += [item for item, rule in within.items() if item not in runs and _holds(rule, known) is False]
    if len(wrong) != 1 or wrong[0] not in within:
        return [], True
    row, rule = wrong[0], within[wrong[0]]
    others = {item: cuts for item, cuts in options.items() if item != row}
    apart = [i for i in checkable if all(k[0] != row for k in (*i.left, *i.right))]
    own = [i for i in checkable if i not in apart]
    solutions, complete = _join(others, measures, known, apart, MAX_OTHERS)
    found: dict[tuple[tuple[str, tuple[int, ...]], ...], dict[str, tuple[int, ...]]] = {}
    for solution in solutions:
        values = dict(known)
        for item, numbers in solution.items():
            values.update({(item, m): v for m, v in zip(measures[item], numbers, strict=True)})
        for wrong_one in measures[row]:
            printed = _row_but_one(row, measures[row], wrong_one, own, values, runs.get(row))
            if printed is None:
                continue
            after = {**values, **printed}
            mended = mend(rule, (row, wrong_one), after)
            if mended is not None and all(_holds(i, {**after, (row, wrong_one): mended}) for i in own):
                whole = {**solution, **({row: tuple(printed.values())} if row in runs else {})}
                found[tuple(sorted(whole.items()))] = whole
    return list(found.values()), complete


def _row_but_one(
    row: str,
    measures: Sequence[str],
    wrong: str,
    rules: Sequence[Identity],
    values: Mapping[Key, int],
    digits: str | None,
) -> dict[Key, int] | None:
    """The row as its columns demand it, with what the run leaves for the one wrong cell; None if they do not meet."""
    if digits is None:
        return {(row, m): values[(row, m)] for m in measures}
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


def mend(rule: Identity, key: Key, values: Mapping[Key, int]) -> int | None:
    """The number that this cell must hold for the identity to hold; None if that is no count."""
    rest = sum(values[k] for k in rule.left if k != key) - sum(values[k] for k in rule.right if k != key)
    number = rest if key in rule.right else -rest
    return number if number >= 0 else None


def _join(
    options: Mapping[str, list[tuple[int, ...]]],
    measures: Mapping[str, tuple[str, ...]],
    known: Mapping[Key, int],
    rules: Sequence[Identity],
    most: int = 64,
) -> tuple[list[dict[str, tuple[int, ...]]], bool]:
    """Every choice of one cut a run under which all `rules` hold; a rule is tried as soon as its last run is chosen."""
    order = sorted(options, key=lambda item: (len(options[item]), item))
    ready: list[list[Identity]] = [[] for _ in order]
    for rule in rules:
        touched = [order.index(k[0]) for k in (*rule.left, *rule.right) if k[0] in options]
        if touched:
            ready[max(touched)].append(rule)
        elif not _holds(rule, known):
            return [], True
    values = dict(known)
    chosen: dict[str, tuple[int, ...]] = {}
    solutions: list[dict[str, tuple[int, ...]]] = []
    nodes = 0

    def walk(depth: int) -> bool:
        nonlocal nodes
        if depth == len(order):
            solutions.append(dict(chosen))
            return len(solutions) < most
        item = order[depth]
        for numbers in options[item]:
            nodes += 1
            if nodes > MAX_NODES:
                return False
            for measure, number in zip(measures[item], numbers, strict=True):
                values[(item, measure)] = number
            if all(_holds(rule, values) for rule in ready[depth]):
                chosen[item] = numbers
                if not walk(depth + 1):
                    return False
        return True

    return (solutions, True) if walk(0) else (solutions, False)
