"""The identities of a form as proof: what lost text and runs of digits can only be.

Comes in: the certain values of a table, its runs («81010010»), its lost rows. Goes out: `Solution`: the values that
exactly one reading admits, and for the rest the readings that survive. Must not know: text, labels, documents.
Exact and bounded: runs are cut in every way their row admits, the cuts are joined by the column sums, and the search gives up
honestly at a bound. Where the identities contradict each other in more than a wrong cell in one row or two, nothing is derived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from ogi.extract.sums.equations import Cut, adding_up, cut, holds, join, plain, spells
from ogi.extract.sums.wrong_sums import fewest_errors
from ogi.forms import Identity, Key, TableForm

MAX_CUTS = 5_000  # ways to cut a run
MAX_DIGITS = 32  # a longer run is not searched


@dataclass(frozen=True, slots=True)
class Solution:
    """`values`: derived cells; `readings`: item -> the cuts that survive (several, or none); `complete`: searched to the
    end; `wrong`: the runs whose own sum does not hold, so that only their columns cut them; `gaps`: those that may have lost
    empty cells, since with them all sums hold; `contradicted`: no reading of the runs satisfies the identities, not even with
    a few wrong cells."""

    values: dict[Key, int] = field(default_factory=dict)
    readings: dict[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    complete: bool = True
    wrong: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()
    contradicted: bool = False


def solve(
    form: TableForm,
    known: Mapping[Key, int],
    runs: Mapping[str, str],
    lost: Sequence[str],
) -> Solution:
    """`known`: certain values, blanks as 0; `runs`: item -> digits, with marks of thousands where printed; `lost`: items whose
    values are not all there."""
    zeros = _propagate(form, known, lost)
    cuts = _cut_runs(form, {**known, **zeros}, runs)
    return replace(cuts, values={**zeros, **cuts.values})


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
    across = [i for i in form.identities if i not in form.within.values()]
    options: dict[str, list[Cut]] = {}
    for item, digits in runs.items():
        ways = _adding_up(form, item, digits)
        if ways is None:
            return Solution(readings=dict.fromkeys(runs, ()), complete=False)
        options[item] = ways
    readings = {item: tuple(cuts) for item, cuts in options.items()}
    checkable = [i for i in across if all(k in known or k[0] in runs for k in (*i.left, *i.right))]
    solutions, complete = join(options, measures, known, checkable)
    if complete and not solutions:
        solutions, complete = fewest_errors(form, known, {i: plain(run) for i, run in runs.items()}, options, checkable)
        solutions = [s for s in solutions if all(spells(numbers, runs[item]) for item, numbers in s.items())]
    if not complete or not solutions:
        return Solution(readings=readings, complete=complete, contradicted=complete)
    values: dict[Key, int] = {}
    wrong = set()
    gaps = {item for item in runs if any(item not in s for s in solutions)}
    for item in (run for run in runs if run not in gaps):
        left = {s[item] for s in solutions}
        for at, measure in enumerate(measures[item]):
            if len({numbers[at] for numbers in left}) == 1 and any((item, measure) in i.left + i.right for i in checkable):
                values[item, measure] = next(iter(left))[at]
        if all((item, m) in values for m in measures[item]):
            del readings[item]
            wrong |= {item} - {item for numbers in left if numbers in options[item]}
        else:
            readings[item] = tuple(sorted(left))
    readings |= dict.fromkeys(gaps, ())
    return Solution(values, readings, wrong=frozenset(wrong), gaps=frozenset(gaps))


def _adding_up(form: TableForm, item: str, run: str) -> list[Cut] | None:
    """The cuts of a run under which its row's own sum holds, all cuts where it has none; None if they are too many."""
    measures, digits = next(i.measures for i in form.items if i.code == item), plain(run)
    if len(digits) > MAX_DIGITS:
        return None
    rule = form.within.get(item)
    last_is_sum = rule is not None and [*rule.left, *rule.right] == [(item, m) for m in measures]
    ways = adding_up(digits, len(measures)) if last_is_sum else cut(digits, len(measures))
    found = list(islice(ways, MAX_CUTS + 1))
    return [numbers for numbers in found if spells(numbers, run)] if len(found) <= MAX_CUTS else None
