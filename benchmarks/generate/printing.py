"""How numbers come out on paper: blanks for zeros, marks, padding, wide digits, signs, units in the cell.

Comes in: numbers, a random generator, the names of the oddities. Goes out: a `TrueCell` for each number.
Must not know: tables as laid out, file formats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.generate.labels import outcome_items
from benchmarks.generate.model import Key, TrueCell
from benchmarks.generate.numbers import Numbers

Printed = dict[Key, TrueCell]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_YUAN = Decimal(10_000)


def plain(value: Decimal) -> str:
    """A number as an office types it: no exponent, trailing zeros as they are."""
    return f"{value:f}"


def print_numbers(rng: Random, numbers: Numbers, oddities: tuple[str, ...]) -> Printed:
    """Every number as text; the oddities act in the order in which they stand in `VALUE_ODDITIES`."""
    printed = {
        key: TrueCell(value, plain(value), unit="万元" if key[1:] == ("fees", "amount") else None)
        for key, value in numbers.items()
    }
    for name, act in VALUE_ODDITIES.items():
        if name in oddities:
            printed = act(rng, printed)
    return printed


def _empty(cell: TrueCell) -> TrueCell:
    return TrueCell(None, "", "blank")


def _zeros(printed: Printed, change: Callable[[TrueCell], TrueCell], keep: Callable[[Key], bool]) -> Printed:
    return {k: change(c) if c.value == 0 and not keep(k) else c for k, c in printed.items()}


def _blank_zeros(rng: Random, printed: Printed) -> Printed:
    return _zeros(printed, _empty, lambda key: False)


def _blank_some(rng: Random, printed: Printed) -> Printed:
    return _zeros(printed, _empty, lambda key: rng.random() > 0.15)


def _blank_group(rng: Random, printed: Printed) -> Printed:
    """The rows of 其他处理 are left empty, as agencies do that never had such a case."""
    return _zeros(printed, _empty, lambda key: not key[1].startswith("other_") or key[0] != "requests")


def _blank_totals(rng: Random, printed: Printed) -> Printed:
    rows = {*outcome_items("2021-30"), *outcome_items("2019-60")}
    return {
        k: _empty(c) if k[0] == "requests" and k[2] == "total" and k[1] in rows else c
        for k, c in printed.items()
    }


def _only_totals(rng: Random, printed: Printed) -> Printed:
    return {k: _empty(c) if k[0] == "requests" and k[2] != "total" else c for k, c in printed.items()}


def _marks(rng: Random, printed: Printed) -> Printed:
    mark = rng.choice(("/", "-", "—", "无", "/", "－"))
    share = rng.choice((0.1, 1.0))
    table = rng.choice(("disclosures", "requests", "reviews"))
    return _zeros(
        printed, lambda c: TrueCell(None, mark, "nil"), lambda key: key[0] != table or rng.random() > share
    )


def _signs(rng: Random, printed: Printed) -> Printed:
    plus, minus = rng.choice(
        (("+", "-"), ("+", "减"), ("增", "减"), ("增加", "减少"), ("＋", "－"), ("", "减"))
    )

    def signed(cell: TrueCell) -> TrueCell:
        value = cell.value or Decimal(0)
        sign = plus if value > 0 else minus if value < 0 else ""
        return replace(cell, raw=sign + plain(abs(value))) if value else cell

    return {k: signed(c) if k[2] == "change" else c for k, c in printed.items()}


def _units(rng: Random, printed: Printed) -> Printed:
    """The form gives no unit for purchases, so offices write it into the cell."""
    key = ("disclosures", "procurement", "amount")
    cell = printed.get(key)
    if cell is None or not cell.value:
        return printed
    unit, value = rng.choice((("万元", cell.value), ("元", (cell.value * _YUAN).quantize(Decimal("0.01")))))
    return printed | {key: TrueCell(value, plain(value) + rng.choice(("", " ")) + unit, unit=unit)}


def _note(rng: Random, printed: Printed) -> Printed:
    keys = [
        k
        for k, c in printed.items()
        if k[0] == "disclosures" and k[2] in ("in_force", "total_disclosed") and c.value and c.value > 3
    ]
    if not keys:
        return printed
    key = rng.choice(keys)
    cell = printed[key]
    inner = rng.randint(1, int(cell.value or 1) - 1)
    return printed | {key: replace(cell, raw=f"{cell.raw}（其中修订{rng.choice(('', ' '))}{inner}件）")}


def _thousands(rng: Random, printed: Printed) -> Printed:
    def grouped(cell: TrueCell) -> TrueCell:
        if cell.value is None or cell.value < 1000 or not cell.raw.replace(".", "").isdigit():
            return cell
        return replace(cell, raw=f"{cell.value:,f}")

    return {k: grouped(c) for k, c in printed.items()}


def _wide(rng: Random, printed: Printed) -> Printed:
    share = rng.choice((0.1, 1.0))
    return {
        k: replace(c, raw=c.raw.translate(_WIDE)) if c.raw and rng.random() < share else c
        for k, c in printed.items()
    }


def _padding(rng: Random, printed: Printed) -> Printed:
    pads = rng.choice((("\u00a0",), ("\u3000",), ("\u2002",), ("\u00a0", "\u3000", " ", "")))

    def padded(cell: TrueCell) -> TrueCell:
        return replace(cell, raw=rng.choice(pads) + cell.raw + rng.choice((*pads, "")))

    return {k: padded(c) for k, c in printed.items()}


def _bookmark(rng: Random, printed: Printed) -> Printed:
    key = rng.choice([k for k, c in printed.items() if c.raw.strip()] or list(printed))
    return printed | {key: replace(printed[key], raw="[bookmark: _GoBack]" + printed[key].raw)}


VALUE_ODDITIES: dict[str, Callable[[Random, Printed], Printed]] = {
    "signs": _signs,
    "units": _units,
    "note_in_cell": _note,
    "thousands": _thousands,
    "blank_zeros": _blank_zeros,
    "blank_some": _blank_some,
    "blank_group": _blank_group,
    "blank_totals": _blank_totals,
    "only_totals": _only_totals,
    "marks": _marks,
    "wide_digits": _wide,
    "padding": _padding,
    "bookmark": _bookmark,
}
