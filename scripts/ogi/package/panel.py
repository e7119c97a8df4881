"""One row of the panel: what each indicator is worth in a report, and what that number rests on.

Comes in: the cells of each table, the forms, the indicators. Goes out: number and basis of each. Must not know: any table, item
or indicator by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from ogi.doubts import doubts
from ogi.forms import Forms, Key, TableForm
from ogi.model import Reading
from ogi.package.indicators import Indicator, cells_of
from ogi.package.table import Value
from ogi.worths import EXACT, MISSING, Worth, table_worths, total, weakest

PLACES = 6


class Panel:
    """The indicators, with their terms found once in every form that has them."""

    def __init__(self, indicators: tuple[Indicator, ...], forms: Forms) -> None:
        self.indicators = indicators
        self.forms: dict[tuple[str, str], TableForm] = {
            (f.table, f.template): f for t in forms.templates.values() for f in t.tables.values()
        }
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


def _rests_on(form: TableForm, keys: tuple[Key, ...], worths: Mapping[Key, Worth]) -> set[Key]:
    """The cells, and for one whose number is not its own those of every identity that it enters, as far as they have one."""
    loose = {key for key in keys if worths[key][1] not in ("printed", "derived")}
    entered = [i for i in form.identities if loose & {*i.left, *i.right}] if loose else []
    around = {
        key for identity in entered for key in (*identity.left, *identity.right) if worths[key] != MISSING
    }
    return {*keys} | around


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


def share(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole, rounded once, half to even, at six places."""
    return Decimal(round(Fraction(part) / Fraction(whole) * 10**PLACES)).scaleb(-PLACES, EXACT)
