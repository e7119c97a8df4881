"""One row of the panel: what each indicator is worth in a report, and what that number rests on.

Comes in: the cells of each table, the form's identities, the indicators. Goes out: number and basis of each.
Must not know: any table, item or indicator by name. Printed numbers enter as printed, even where they do not
add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import Literal

from ogi.doubts import doubts
from ogi.forms import Forms, Identity, Key, TableForm
from ogi.model import Cell, Reading
from ogi.package.indicators import Indicator, cells_of
from ogi.package.table import Value

Basis = Literal["missing", "blank_as_zero", "computed", "derived", "printed"]
Worth = tuple[Decimal | None, Basis]

WEAKEST: tuple[Basis, ...] = ("missing", "blank_as_zero", "computed", "derived", "printed")
PLACES = 6
EXACT = Context(prec=2000, traps=[Inexact])
MISSING: Worth = (None, "missing")
NUMBERS: Mapping[str, Basis] = {"reported": "printed", "corrected": "printed", "derived": "derived"}


class Panel:
    """The indicators, with their terms found once in every form that has them."""

    def __init__(self, indicators: tuple[Indicator, ...], forms: Forms) -> None:
        self.indicators = indicators
        self.forms = {(f.table, f.template): f for t in forms.templates.values() for f in t.tables.values()}
        self.cells = {place: form.cells for place, form in self.forms.items()}
        self.terms = {
            (one.code, form.template): (
                cells_of(one.terms, form),
                cells_of(one.over, form) if one.over else (),
            )
            for one in indicators
            for form in forms.variants(one.table)
        }

    def made_of(self) -> dict[str, dict[str, dict[str, list[str]]]]:
        """By indicator and form the cells (table.item.measure) it is the sum `of`, and those it is a share `to`."""
        out: dict[str, dict[str, dict[str, list[str]]]] = {}
        tables = {one.code: one.table for one in self.indicators}
        for (code, template), (of, to) in self.terms.items():
            if of is not None and to is not None:
                sides = {"of": of, "to": to} if to else {"of": of}
                names = {side: [f"{tables[code]}.{i}.{m}" for i, m in keys] for side, keys in sides.items()}
                out.setdefault(code, {})[template] = names
        return out

    def values(self, reading: Reading) -> dict[str, Value]:
        """`<code>` and `<code>_basis` of every indicator; `doubted`, the codes of those that rest on a doubted cell."""
        worths: dict[str, dict[Key, Worth]] = {}
        for place, form in self.forms.items():
            if reading.templates.get(form.table) == form.template:
                cells = {(c.item, c.measure): c for c in reading.cells if c.table == form.table}
                worths[form.table] = table_worths(form, cells, self.cells[place])
        row: dict[str, Value] = {}
        unsure, doubted = doubts(reading.cells, reading.issues), []
        for one in self.indicators:
            template = reading.templates.get(one.table, "")
            of, to = self.terms.get((one.code, template), (None, None))
            row[one.code], row[f"{one.code}_basis"] = _indicator(one, worths.get(one.table, {}), of, to)
            if unsure and row[one.code] is not None:
                rests = _rests_on(
                    self.forms[one.table, template], (*(of or ()), *(to or ())), worths[one.table]
                )
                doubted += [one.code] * any(
                    f"{one.table}.{item}.{measure}" in unsure for item, measure in rests
                )
        row["doubted"] = " ".join(doubted) or None
        return row


def table_worths(form: TableForm, cells: Mapping[Key, Cell], order: tuple[Key, ...]) -> dict[Key, Worth]:
    """Every cell of the form with what it is worth: as printed or derived, or, where blank, by the form.

    1. A total whose parts are all numbers is their sum (computed).
    2. With all blanks of the table as zero and its blank totals as sums, a cell counts if every identity that
       it enters holds: a total with a number among its parts is computed, anything else blank_as_zero.
    3. The one unknown of identities whose other terms are all numbers is what they agree on (computed).
    A table that prints no number proves nothing: its blanks are missing.
    """
    known: dict[Key, Decimal] = {
        k: c.value for k, c in cells.items() if c.status in NUMBERS and c.value is not None
    }
    blank = {k for k, c in cells.items() if c.status in ("blank", "nil")}
    worths: dict[Key, Worth] = {
        k: (known[k], NUMBERS[cells[k].status]) if k in known else MISSING for k in order
    }
    if known and blank:
        guess = _Guess(form, known, blank)
        worths.update({k: guess.worth(k) for k in order if k in blank})
    return worths


def _rests_on(form: TableForm, keys: tuple[Key, ...], worths: Mapping[Key, Worth]) -> set[Key]:
    """The cells, and for one whose number is not its own those of every identity that it enters, as far as they have one."""
    loose = {key for key in keys if worths[key][1] not in ("printed", "derived")}
    entered = [i for i in form.identities if loose & {*i.left, *i.right}] if loose else []
    around = {
        key for identity in entered for key in (*identity.left, *identity.right) if worths[key] != MISSING
    }
    return {*keys} | around


class _Guess:
    """The table with every blank as zero and every blank total as the sum of its parts."""

    def __init__(self, form: TableForm, known: Mapping[Key, Decimal], blank: set[Key]) -> None:
        self.known, self.blank = known, blank
        self.sums: dict[Key, list[tuple[Key, ...]]] = {}
        self.entered: dict[Key, list[Identity]] = {}
        for identity in form.identities:
            if len(identity.right) == 1:
                self.sums.setdefault(identity.right[0], []).append(identity.left)
            for key in (*identity.left, *identity.right):
                self.entered.setdefault(key, []).append(identity)
        self.memo: dict[Key, Decimal | None] = {}

    def worth(self, key: Key) -> Worth:
        pure = {
            total(self.known[k] for k in parts)
            for parts in self.sums.get(key, ())
            if all(k in self.known for k in parts)
        }
        if pure:
            return (pure.pop(), "computed") if len(pure) == 1 else MISSING
        identities = self.entered.get(key, ())
        if identities and all(self._holds(identity) for identity in identities):
            printed = any(k in self.known for parts in self.sums.get(key, ()) for k in parts)
            return self._value(key), "computed" if printed else "blank_as_zero"
        implied = {value for identity in identities if (value := self._implied(identity, key)) is not None}
        if len(implied) == 1 and (value := implied.pop()) >= 0:
            return value, "computed"
        return MISSING

    def _value(self, key: Key) -> Decimal | None:
        if key in self.known:
            return self.known[key]
        if key not in self.blank:
            return None
        if key not in self.memo:
            self.memo[key] = None
            sums = {
                total(v for v in parts if v is not None)
                for parts in ([self._value(k) for k in some] for some in self.sums.get(key, ()))
                if None not in parts
            }
            if key not in self.sums:
                self.memo[key] = Decimal(0)
            elif len(sums) == 1:
                self.memo[key] = sums.pop()
        return self.memo[key]

    def _holds(self, identity: Identity) -> bool:
        left, right = ([self._value(k) for k in side] for side in (identity.left, identity.right))
        if None in left or None in right:
            return False
        return total(v for v in left if v is not None) == total(v for v in right if v is not None)

    def _implied(self, identity: Identity, key: Key) -> Decimal | None:
        near, far = (
            (identity.left, identity.right) if key in identity.left else (identity.right, identity.left)
        )
        others = [k for k in near if k != key]
        if any(k not in self.known for k in (*others, *far)):
            return None
        return EXACT.subtract(total(self.known[k] for k in far), total(self.known[k] for k in others))


def _indicator(
    one: Indicator, worths: Mapping[Key, Worth], of: tuple[Key, ...] | None, to: tuple[Key, ...] | None
) -> Worth:
    top = _sum(of, worths)
    if one.over is None:
        return top
    below = _sum(to, worths)
    if top[0] is None or below[0] is None or below[0] == 0:
        return MISSING
    return share(top[0], below[0]), weakest(top[1], below[1])


def _sum(cells: tuple[Key, ...] | None, worths: Mapping[Key, Worth]) -> Worth:
    if cells is None:
        return MISSING
    parts = [worths[key] for key in cells]
    basis = weakest(*(basis for _, basis in parts))
    return (total(v for v, _ in parts if v is not None), basis) if basis != "missing" else MISSING


def weakest(*bases: Basis) -> Basis:
    return min(bases, key=WEAKEST.index)


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum: never rounded, whatever the number of digits."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result


def share(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole, rounded once, half to even, at six places."""
    return Decimal(round(Fraction(part) / Fraction(whole) * 10**PLACES)).scaleb(-PLACES, EXACT)
