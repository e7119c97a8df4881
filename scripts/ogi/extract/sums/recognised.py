"""Numbers that a recogniser read from a picture, and that the form's equations contradict: a doubt, never the agency's error.

Comes in: the cells of a table and what was said of them. Goes out: the same issues, and one for each equation that fails without
one; doubts of the recogniser laid on their cells. Must not know: pictures, how a score came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from fnmatch import fnmatchcase

from ogi.extract.sums.equations import all_hold, counts, holds
from ogi.forms import Identity, Key, TableForm
from ogi.messages import in_both
from ogi.model import Cell, Issue

UNSURE = "recogniser-unsure"
ZERO = Decimal(0)


def doubted(
    form: TableForm, cells: Sequence[Cell], said: Sequence[Issue], before: Sequence[str]
) -> list[Issue]:
    """`before`: keys that already lie under a warning. Cells without a score were printed as text: nothing is added for them;
    nor where a side of the equation is empty, as in tables that give totals only, or none, or not in some rows whose numbers
    other equations confirm."""
    if all(cell.score is None for cell in cells):
        return list(said)
    issues = [replace(i, severity="warning") if i.code == "suspect-cell" else i for i in said]
    keys = [*before, *(key for i in issues if i.severity == "warning" for key in i.cells)]
    values, filled = counts(cells), _filled(cells)
    places = {(c.item, c.measure): c for c in cells}
    rows = [_unfilled(rule, filled) for rule in form.within.values() if not filled.isdisjoint((*rule.left, *rule.right))]
    habit = 2 * sum(rows) > len(rows)
    sure = _confirmed(form, filled, values) if sum(rows) > 1 else set()
    for rule in form.identities:
        if _unfilled(rule, filled) and (
            habit or rule.scope not in form.within or filled.intersection((*rule.left, *rule.right)) <= sure
        ):
            continue
        of_rule = [places[key] for key in (*rule.left, *rule.right) if key in places]
        if holds(rule, values) is False and not any(fnmatchcase(c.key, k) for c in of_rule for k in keys):
            issues.append(_contradicted(form, rule, of_rule))
            keys += issues[-1].cells
    return issues


def _unfilled(rule: Identity, filled: Set[Key]) -> bool:
    """Whether all cells of one side are empty."""
    return filled.isdisjoint(rule.left) or filled.isdisjoint(rule.right)


def at_cells(
    issues: Sequence[Issue], cells: Sequence[Cell], forms: Sequence[TableForm]
) -> Iterator[Issue]:
    """The document's issues; a doubt of the reader about cells names them. It is a note where for each of them a sum that holds,
    and has no other cell in doubt, confirms the number; a doubt whose cell it is, also where all sums of the table hold."""
    places: dict[str | None, list[Cell]] = {}
    for cell in cells:  # several, where numbers of one printed cell were told apart
        places.setdefault(cell.locator, []).append(cell)
    about = [[cell for at in _meant(issue) for cell in places.get(at, ())] for issue in issues]
    unsure = {cell for meant in about for cell in meant}
    confirmed, summed = set(), set()
    for form in forms:
        own = [cell for cell in cells if cell.table == form.table]
        confirmed |= set(_proved(form, own, unsure))
        summed |= set(_summed(form, own))
    for issue, meant in zip(issues, about, strict=True):
        sure = confirmed if issue.code == UNSURE else confirmed | summed
        open_ = tuple(cell.key for cell in meant if cell.key not in sure)
        noted = bool(meant) and not open_
        keys = tuple(cell.key for cell in meant) if noted else open_
        yield replace(issue, cells=keys, severity="info" if noted else issue.severity)


def _summed(form: TableForm, cells: Sequence[Cell]) -> Iterator[str]:
    """Every number of a sum, where the table is whole and all of its sums hold: in wrong cells they would break some."""
    whole = len(cells) == len(form.cells) and all(cell.status != "unreadable" for cell in cells)
    if whole and all_hold(form, [c.value or ZERO for c in cells]):
        printed = {(cell.item, cell.measure) for cell in cells if cell.value is not None}
        for rule in form.identities:
            yield from (".".join((form.table, *key)) for key in (*rule.left, *rule.right) if key in printed)


def _meant(issue: Issue) -> Sequence[str]:
    """The locators of the cells that a doubt of the reader is about."""
    return (issue.locator or "",) if issue.code == UNSURE else issue.cells


def _proved(form: TableForm, cells: Sequence[Cell], unsure: Set[Cell]) -> Iterator[str]:
    values, filled = counts(cells), _filled(cells)
    doubtful = {(c.item, c.measure) for c in unsure if c.table == form.table}
    for rule in form.identities:
        own = doubtful.intersection((*rule.left, *rule.right))
        if len(own) == 1 and own <= filled and not _unfilled(rule, filled) and holds(rule, values):
            yield from (".".join((form.table, *key)) for key in own)


def _filled(cells: Sequence[Cell]) -> set[Key]:
    return {(c.item, c.measure) for c in cells if c.value is not None}


def _confirmed(form: TableForm, filled: Set[Key], values: Mapping[Key, int]) -> set[Key]:
    """Cells of the equations that hold, numbers standing on both sides."""
    return {
        key
        for rule in form.identities
        if not _unfilled(rule, filled) and holds(rule, values)
        for key in (*rule.left, *rule.right)
    }


def _contradicted(form: TableForm, rule: Identity, cells: Sequence[Cell]) -> Issue:
    row = rule.scope in form.within
    keys = (f"{form.table}.{rule.scope}.*",) if row else tuple(c.key for c in cells)
    name = form.label(rule.scope) if row else next(m.labels[0] for m in form.measures if m.code == rule.scope)
    left = " + ".join(str(c.value or 0) for c in cells[: len(rule.left)])
    right = " + ".join(str(c.value or 0) for c in cells[len(rule.left) :])
    return Issue(
        "suspect-cell",
        "warning",
        in_both(
            f"「{name}」从图像识别，{left} 不等于 {right}，可能有数字识别错了，请对照原件。",
            f"read from a picture, and {left} is not {right} ({rule.rule} {rule.scope}); a digit may be misread. "
            "The original would tell.",
        ),
        cells[0].locator,
        keys,
        cells[0].raw,
    )
