"""The arithmetic of a rule: terms with a sign, their sum, on which basis it may be judged, and how it is
written out.

Comes in: `Facts` and keys as the rules write them. Goes out: `Side`. Must not know: any rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from ogi.checks.facts import EMPTY, NUMBERS, Facts, Term
from ogi.checks.names import Pair, name, plain

Basis = Literal["strict", "blank_as_zero"]
NOTHING: dict[str, Pair] = {
    "number": ("为 0", "are 0"),
    "empty": ("空白", "are blank"),
    "both": ("为 0 或空白", "are 0 or blank"),
}
WRITTEN_OUT = 4  # a longer sum names only the terms that are not zero


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an equation."""

    terms: tuple[Term, ...]
    total: Decimal
    states: frozenset[str]

    @property
    def empty(self) -> bool:
        return self.states == {"empty"}


def side(facts: Facts, keys: Iterable[str], each: str = "") -> Side | None:
    """The terms of one side, or None where the form has no such cell or there is no year before."""
    terms = []
    for written in keys:
        key, negative, before = _read(written, each)
        source = facts.before if before else facts
        if source is None or key not in source.known:
            return None
        terms.append(_term(key, negative, before, source))
    return Side(tuple(terms), sum((t.amount for t in terms), Decimal(0)), frozenset(t.state for t in terms))


@cache
def parts(key: str) -> tuple[str, str, str]:
    """table, item and measure of a cell; there are no more keys than the forms have cells."""
    table, item, measure = key.split(".")
    return table, item, measure


@cache
def _read(written: str, each: str) -> tuple[str, bool, bool]:
    """A term as rules.yml writes it: key, whether it is taken off, whether it is of the year before."""
    key, _, when = written.lstrip("-").format(each=each).partition("@")
    return key, written.startswith("-"), bool(when)


def basis(*sides: Side) -> Basis | None:
    """strict if every term is a number; blank as zero if the others are seen empty in whole tables; else
    None."""
    states = frozenset().union(*(s.states for s in sides))
    if states == {"number"}:
        return "strict"
    if "doubtful" in states or not all(t.whole for s in sides for t in s.terms):
        return None
    return "blank_as_zero"


def one_side_empty(left: Side, right: Side) -> bool:
    """Nothing is printed on one side where the other counts something: there is nothing to compare with."""
    return (left.empty and right.total != 0) or (right.empty and left.total != 0)


def written(side: Side, other: Side, language: int) -> str:
    """The side as a sum with its labels: «本年新收 3 + 上年结转 0 = 3»; one term stands alone."""
    keys = [parts(t.key) for t in (*side.terms, *other.terms)]
    by_item = len({k[1] for k in keys}) > 1
    by_measure = len({k[2] for k in keys}) > 1 or not by_item
    few = len(side.terms) <= WRITTEN_OUT
    shown = [t for t in side.terms if few or t.amount != 0 or t.state == "doubtful"]
    rest = [t for t in side.terms if not (few or t.amount != 0 or t.state == "doubtful")]
    text = ""
    for term in shown:
        label = _label(term, by_item, by_measure, language)
        text += _sign(term, first=not text) + f"{label} {_amount(term, language)}"
    if rest:
        states = {t.state for t in rest}
        which = NOTHING["both" if len(states) > 1 else states.pop()][language]
        if text:
            text += (f"（其余 {len(rest)} 项{which}）", f" (the other {len(rest)} {which})")[language]
        else:
            text = (f"{len(rest)} 项均{which}", f"all {len(rest)} {which}")[language]
    if len(shown) > 1:
        text += f" = {plain(side.total)}"
    return text


def _term(key: str, negative: bool, before: bool, facts: Facts) -> Term:
    known = facts.terms.get((key, negative, before))
    if known is not None:
        return known
    cell = facts.cells.get(key)
    value = cell.value if cell and cell.value is not None else Decimal(0)
    state: Literal["number", "empty", "doubtful"] = "doubtful"
    if cell and cell.status in NUMBERS and cell.value is not None:
        state = "number"
    elif cell and cell.status in EMPTY:
        state = "empty"
    term = Term(key, negative, before, facts, cell, -value if negative else value, state)
    facts.terms[key, negative, before] = term
    return term


def _sign(term: Term, *, first: bool) -> str:
    if first:
        return "−" if term.negative else ""
    return " − " if term.negative else " + "


def _label(term: Term, by_item: bool, by_measure: bool, language: int) -> str:
    _, item, measure = parts(term.key)
    names = [name("item", item, language)] if by_item else []
    names += [name("measure", measure, language)] if by_measure else []
    label = ("", ", ")[language].join(names)
    year = term.facts.year
    if not term.before or year is None:
        return label
    return (f"{year}年{label}", f"{label} in {year}")[language]


def _amount(term: Term, language: int) -> str:
    if term.state == "number":
        return plain(abs(term.amount))
    return ("空白", "blank")[language] if term.state == "empty" else ("未读出", "not read")[language]
