"""The rules of forms/rules.yml evaluated on what was read: each check published, none ever blocking or
repairing.

Comes in: a Reading (or an agency's readings by year, or a summary and those below it) and the Forms. Goes
out: Checks in the order of rules.yml and then of the form. Must not know: any document format; who
publishes a check and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ogi.checks import blanks, bounds, levels, powers, prose, shares, structure, wording, years
from ogi.checks.facts import Facts, facts
from ogi.checks.prose import compare
from ogi.checks.relations import identities, relations
from ogi.checks.rules import Rule, load_rules
from ogi.forms import Forms
from ogi.model import Agency, Check, Entry, Reading

__all__ = ["check", "check_levels", "check_years", "compare"]

Function = Callable[[Rule, Facts], Iterable[Check]]

# The rules that are no equation, each a function of its own; all others stand in rules.yml or in the forms.
WITHIN: Mapping[str, Function] = {
    **bounds.RULES,
    **blanks.RULES,
    **powers.RULES,
    **structure.RULES,
    **prose.RULES,
    **shares.RULES,
    **wording.RULES,
}
OVER_YEARS = {**years.RULES, **shares.OVER_YEARS, **wording.OVER_YEARS}


def check(
    reading: Reading,
    forms: Forms,
    agency: Agency | None = None,
    entry: Entry | None = None,
    year: int | None = None,
) -> tuple[Check, ...]:
    """Every rule on one report; those on powers, names and dates need its agency and entry, else they are
    left out. `year` is the one that it is published under, where that is known."""
    seen = facts(reading, forms, agency, entry, year)
    return tuple(c for rule in load_rules() for c in _within(rule, seen))


def check_years(
    readings: Mapping[int, Reading], forms: Forms, agency: Agency | None = None
) -> Mapping[int, tuple[Check, ...]]:
    """The rules over an agency's years: for each year the checks against the report of the year before."""
    chain = years.chain({year: facts(reading, forms, agency, year=year) for year, reading in readings.items()})
    return {
        year: tuple(c for rule in load_rules() for c in _over_years(rule, seen, chain))
        for year, seen in chain.items()
    }


def check_levels(
    parent: Reading,
    children: Sequence[Reading],
    forms: Forms,
    missing: Sequence[str] = (),
    complete: bool = False,
) -> tuple[Check, ...]:
    """A summary against the reports below it; `missing` names bodies below that are not collected, `complete`
    says that there are no others."""
    above, below = facts(parent, forms), [facts(child, forms) for child in children]
    if not below and not missing:
        return ()
    rules = (rule for rule in load_rules() if rule.code in levels.RULES)
    return tuple(c for rule in rules for c in levels.RULES[rule.code](rule, above, below, missing, complete))


def _within(rule: Rule, seen: Facts) -> Iterable[Check]:
    if rule.identity:
        return identities(rule, seen)
    if rule.relations:
        return relations(rule, seen, over_years=False)
    return WITHIN[rule.code](rule, seen) if rule.code in WITHIN else ()


def _over_years(rule: Rule, seen: Facts, chain: Mapping[int, Facts]) -> Iterable[Check]:
    if seen.before is None:
        return ()
    if rule.relations:
        return relations(rule, seen, over_years=True)
    return OVER_YEARS[rule.code](rule, seen, chain) if rule.code in OVER_YEARS else ()
