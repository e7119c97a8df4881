"""What each cell of a table is worth: its number as printed or derived, or, where it is blank, what the form makes of it.

Comes in: the cells of a table, its form. Goes out: number and basis of each. Must not know: any table, item or indicator by
name. Printed numbers enter as printed, even where they do not add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, Inexact
from typing import Literal

from ogi.forms import Identity, Key, TableForm
from ogi.model import Cell

Basis = Literal["missing", "blank_as_zero", "computed", "derived", "printed"]
Worth = tuple[Decimal | None, Basis]

WEAKEST: tuple[Basis, ...] = ("missing", "blank_as_zero", "computed", "derived", "printed")
EXACT = Context(prec=2000, traps=[Inexact])
MISSING: Worth = (None, "missing")
NUMBERS: Mapping[str, Basis] = {"reported": "printed", "corrected": "printed", "derived": "derived"}


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


def weakest(*bases: Basis) -> Basis:
    return min(bases, key=WEAKEST.index)


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum: never rounded, whatever the number of digits."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result
