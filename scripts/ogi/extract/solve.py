"""The identities of a form as proof: what lost text and runs of digits can only be.

Comes in: the certain values of a table, its runs («81010010»), its lost rows. Goes out: `Solution`: the values that
exactly one reading admits, and for the rest the readings that survive. Must not know: text, labels, documents.
Exact and bounded: runs are cut in every way their row admits, the cuts are joined by the column sums, and the search gives up
honestly at a bound. Where the identities contradict each other in more than a wrong cell in one row or two, nothing is derived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ogi.extract.equations import cut, holds, join
from ogi.extract.wrong_sums import but_few
from ogi.forms import Identity, Key, TableForm

MAX_CUTS = 40_000  # ways to cut all runs of a table together


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
    if not runs and not lost:
        return Solution()
    zeros = _propagate(form, known, lost)
    cuts = _cut_runs(form, {**known, **zeros}, runs)
    return Solution({**zeros, **cuts.values}, cuts.readings, cuts.complete, cuts.wrong)


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
            if sum(holds(i, values) is True for i in form.identities if key in i.left + i.right) < 2
            or any(holds(i, values) is False for i in form.identities if key in i.left + i.right)
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


def _cut_runs(form: TableForm, known: Mapping[Key, int], runs: Mapping[str, str]) -> Solution:
    if not runs:
        return Solution()
    measures = {item.code: item.measures for item in form.items}
    within = form.within.values()
    across = [i for i in form.identities if i not in within]
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
            if all(holds(rule, row) for rule in rules):
                options[item].append(numbers)
    readings = {item: tuple(cuts) for item, cuts in options.items()}
    checkable = [i for i in across if all(k in known or k[0] in runs for k in (*i.left, *i.right))]
    solutions, complete = join(options, measures, known, checkable)
    wrong = None
    if complete and not solutions:
        solutions, complete = but_few(form, known, runs, options, checkable)
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
