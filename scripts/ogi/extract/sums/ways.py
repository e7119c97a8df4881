"""What converters do to one row, undone: the ways to move its numbers after which the row and its columns add up.

Comes in: an identity, the columns, the row as printed. Goes out: numbers by way. Must not know: issues, other tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ogi.extract.sums.equations import holds, mend
from ogi.forms import Identity, Key
from ogi.model import Cell


class Way(NamedTuple):
    """`code` of the issue, and what would be done to the row, in Chinese and in English."""

    code: str
    zh: str
    en: str


def ways_of(
    rule: Identity, columns: Sequence[Identity], values: Mapping[Key, int], cells: Sequence[Cell]
) -> dict[tuple[int, ...], Way]:
    """The row after each way of moving its numbers that mends everything, with that way."""
    keys = (*rule.left, *rule.right)
    printed = printed_row(rule, cells)
    wanted = _wanted(rule.scope, columns, values)
    ways: dict[tuple[int, ...], Way] = {}
    if wanted is None:
        return {}  # nothing proves a way
    demanded = [wanted.get(key) for key in keys]
    for what, numbers in _moved(printed):
        if any(None not in pair and pair[0] != pair[1] for pair in zip(numbers, demanded, strict=True)):
            continue
        for after in _filled(keys, numbers, rule, wanted):
            if any(after[key] != number for key, number in wanted.items()):
                continue
            parts, total = any(after[key] for key in rule.left), any(after[key] for key in rule.right)
            # only the total is filled in, or it never was
            if not parts or (not total and not printed[-1]) or holds(rule, after):
                ways.setdefault(tuple(after.values()), what)
    return ways


def _wanted(item: str, columns: Sequence[Identity], values: Mapping[Key, int]) -> dict[Key, int] | None:
    """The number that its columns demand of each cell of the row; None where one is not known, or there is none for all."""
    wanted: dict[Key, int] = {}
    for column in columns:
        keys = (*column.left, *column.right)
        for key in keys if column.scope != item else ():
            if key[0] != item:
                continue
            number = mend(column, key, values) if all(k in values for k in keys) else None
            if number is None or wanted.setdefault(key, number) != number:
                return None
    return wanted


def _filled(
    keys: Sequence[Key], numbers: Sequence[int | None], rule: Identity, wanted: Mapping[Key, int]
) -> Iterator[dict[Key, int]]:
    """The row with these numbers, and in a place that lost its own what its sum or a column demands there, or 0."""
    moved = {key: number or 0 for key, number in zip(keys, numbers, strict=True)}
    if None not in numbers:
        yield moved
        return
    lost = keys[numbers.index(None)]
    for number in dict.fromkeys((mend(rule, lost, moved), wanted.get(lost), 0)):
        if number is not None:
            yield {**moved, lost: number}


def printed_row(rule: Identity, cells: Sequence[Cell]) -> list[str]:
    """The row as printed; a mark that stands for no number is an empty place."""
    found = {c.measure: "" if c.status == "nil" else _digits(c) for c in cells}
    return [found.get(m, "") for _, m in (*rule.left, *rule.right)]


def _digits(cell: Cell) -> str:
    raw = cell.raw or ""
    return raw if raw.isdigit() or cell.value is None else str(cell.value)


def _moved(printed: Sequence[str]) -> Iterator[tuple[Way, list[int | None]]]:
    """What converters do to a row: one place to the left or right, two numbers joined, one cut in two."""
    texts = list(printed)
    left = Way("shifted", "整体左移一格", "one place further left")
    right = Way("shifted", "整体右移一格", "one place further right")
    moved = [(left, [*texts[1:], None]), (right, [None, *texts[:-1]])]
    for at in range(1, len(texts)):  # only the numbers on one side of a lost one, towards an empty place
        moved += [(right, [*texts[:at], None, *texts[at:-1]])] if not texts[-1] else []
        moved += [(left, [*texts[1 : at + 1], None, *texts[at + 1 :]])] if not texts[0] else []
    for what, numbers in moved:
        if all(t is None or t.isdigit() or not t for t in numbers):
            yield what, [None if t is None else int(t or 0) for t in numbers]
    if not all(t.isdigit() or not t for t in texts):
        return
    plain = [t or "0" for t in texts]
    for at in range(len(plain) - 1):
        joined = [*plain[:at], plain[at] + plain[at + 1], *plain[at + 2 :]]
        one, two = plain[at : at + 2]
        way = Way("digits-split", f"把「{one}」和「{two}」并成一个数", f"with «{one}» and «{two}» as one number")
        yield way, [*map(int, joined), None]
    for at, text in enumerate(plain):
        for cut in range(1, len(text)):
            if text[cut] == "0" and cut < len(text) - 1:
                continue
            merged = Way("digits-merged", f"把「{text}」拆成两个数", f"with «{text}» as two numbers")
            halves = text[:cut], text[cut:]
            if at < len(plain) - 1:
                parted = [*map(int, (*plain[:at], *halves, *plain[at + 1 :]))]
                yield merged, [*parted[:-1]]
                if not texts[0]:  # the blank before them then only filled the row up
                    yield merged, [*parted[1:]]
            for first in (at - 1, at):  # the neighbour whose number it is was left empty
                if first >= 0 and not all(texts[first : first + 2]) and first + 2 <= len(texts):
                    yield merged, [*map(int, (*plain[:first], *halves, *plain[first + 2 :]))]


def beside_blank(printed: Sequence[str]) -> bool:
    """Whether an empty place stands next to a number of several digits, which may hold its number too."""
    pairs = zip(printed, printed[1:], strict=False)
    return any(not one and len(other) > 1 for pair in pairs for one, other in (pair, pair[::-1]))
