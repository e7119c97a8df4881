"""Numbers that a recogniser read from a picture, and that the form's equations contradict: a doubt, never the agency's error.

Comes in: the cells of a table and what was said of them. Goes out: the same issues, and one for each equation that fails without
one. Must not know: pictures, how a score came about.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from fnmatch import fnmatchcase

from ogi.extract.equations import holds
from ogi.forms import Identity, Key, TableForm
from ogi.model import Cell, Issue


def doubted(
    form: TableForm, cells: Sequence[Cell], said: Sequence[Issue], before: Sequence[str]
) -> list[Issue]:
    """`before`: keys that already lie under a warning. Cells without a score were printed as text: nothing is added for them;
    nor where a side of the equation is empty, as in tables that give totals only, or none."""
    if all(cell.score is None for cell in cells):
        return list(said)
    issues = [replace(i, severity="warning") if i.code == "suspect-cell" else i for i in said]
    keys = [*before, *(key for i in issues if i.severity == "warning" for key in i.cells)]
    values = {
        (c.item, c.measure): int(c.value or 0) for c in cells if c.value is None or c.value == int(c.value)
    }
    places = {(c.item, c.measure): c for c in cells}
    filled = {key for key, cell in places.items() if cell.value is not None}
    rows = [_unfilled(rule, filled) for rule in form.within.values() if not filled.isdisjoint((*rule.left, *rule.right))]
    habit = 2 * sum(rows) > len(rows)
    for rule in form.identities:
        if _unfilled(rule, filled) and (habit or rule.scope not in form.within):
            continue
        of_rule = [places[key] for key in (*rule.left, *rule.right) if key in places]
        if holds(rule, values) is False and not any(fnmatchcase(c.key, k) for c in of_rule for k in keys):
            issues.append(_contradicted(form, rule, of_rule))
            keys += issues[-1].cells
    return issues


def _unfilled(rule: Identity, filled: Set[Key]) -> bool:
    """Whether all cells of one side are empty."""
    return filled.isdisjoint(rule.left) or filled.isdisjoint(rule.right)


def _contradicted(form: TableForm, rule: Identity, cells: Sequence[Cell]) -> Issue:
    row = rule.scope in form.within
    keys = (f"{form.table}.{rule.scope}.*",) if row else tuple(c.key for c in cells)
    left = " + ".join(str(c.value or 0) for c in cells[: len(rule.left)])
    right = " + ".join(str(c.value or 0) for c in cells[len(rule.left) :])
    return Issue(
        "suspect-cell",
        "warning",
        f"read from a picture, and {left} is not {right} ({rule.rule} {rule.scope}); a digit may be misread. "
        "The original would tell.",
        cells[0].locator,
        keys,
        cells[0].raw,
    )
