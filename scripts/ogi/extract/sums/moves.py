"""Printed numbers that stand in each other's place: the one exchange or move after which every equation holds.

Comes in: the numbers of a table, the identities to satisfy. Goes out: `Move`s. Must not know: text, statuses, issues.
What people and converters do when they copy a table: two numbers of a row or a column exchanged, two rows or two columns
exchanged, a column that slid by one row, a row of blocks that slid by one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from ogi.extract.sums.equations import mend
from ogi.forms import Identity, Key, TableForm

MOST_EMPTY = 3  # empty cells of a line beyond which a lost number is none that can be told from a blank
MOST = 4  # moves that mend everything and are still worth naming


@dataclass(frozen=True, slots=True)
class Move:
    """`code` of the issue; `cells`: the numbers that would stand elsewhere; `whole`: their rows or columns as patterns."""

    code: str
    cells: tuple[Key, ...]
    whole: tuple[str, ...]


def moves(
    form: TableForm, values: Mapping[Key, int], rules: Sequence[Identity], empty: Set[Key]
) -> list[Move]:
    """Every single move that makes all `rules` hold; none where they hold already or where more than `MOST` do.

    One equation that fails tells nothing, as a number that is wrong in itself breaks as much; in a table of one line with
    `empty` cells it does.
    """
    state = _State(values, rules)
    if len(state.failing) < (1 if form.flat and empty else 2):
        return []
    found: dict[frozenset[tuple[Key, int]], Move] = {}
    for move, changes in _tried(form, values, state, empty):
        if changes and state.mended(changes):
            found.setdefault(frozenset(changes.items()), move)
            if form.flat and move.code == "shifted":
                break
    return list(found.values()) if len(found) <= MOST else []


def reach(form: TableForm, move: Move) -> Sequence[str]:
    """The patterns of the rows or columns that may stand elsewhere. A total in the place of another column may have pushed all
    between on by one: no sum tells that from an exchange of the two."""
    codes = [f"*.{measure.code}" for measure in form.measures]
    if len(move.whole) != 2 or codes[-1] not in move.whole or not set(move.whole) <= set(codes):
        return move.whole
    return codes[min(map(codes.index, move.whole)) :]


class _State:
    """What each rule is off by, and which rules a number enters with which sign."""

    def __init__(self, values: Mapping[Key, int], rules: Sequence[Identity]) -> None:
        self.rules = rules
        self.enters: dict[Key, list[tuple[int, int]]] = {}
        self.failing: dict[int, int] = {}
        for at, rule in enumerate(rules):
            for sign, side in ((1, rule.left), (-1, rule.right)):
                for key in side:
                    self.enters.setdefault(key, []).append((at, sign))
            off = sum(values[k] for k in rule.left) - sum(values[k] for k in rule.right)
            if off:
                self.failing[at] = off
        self.values = values

    def mended(self, changes: Mapping[Key, int]) -> bool:
        """Whether every rule holds once these cells hold these numbers."""
        off = dict(self.failing)
        for key, number in changes.items():
            if number < 0:
                return False
            for at, sign in self.enters.get(key, ()):
                off[at] = off.get(at, 0) + sign * (number - self.values[key])
        return not any(off.values())


def _tried(
    form: TableForm, values: Mapping[Key, int], state: _State, empty: Set[Key]
) -> Iterator[tuple[Move, dict[Key, int]]]:
    rows = [[(item.code, m) for m in item.measures] for item in form.items]
    rows = [row for row in rows if all(key in values for key in row)]
    if not rows:
        return
    if form.flat:
        rows = [[key for row in rows for key in row]]
        totals = sum(values.get((item.code, item.measures[-1]), 0) > 0 for item in form.items)
        few = len(empty) <= MOST_EMPTY or totals > 0
        for start in range(len(rows[0]) - 2 if rows[0][-1] in empty else 1):
            line = rows[0][start:]
            for move, changes in _slid(
                line, values, state, tuple(dict.fromkeys(f"{item}.*" for item, _ in line))
            ):
                if few or not start or not changes.get(line[0], 0):
                    yield move, changes
    for row in rows:
        yield from (
            _exchanged([(a, b)], values, (f"{a[0]}.{a[1]}", f"{b[0]}.{b[1]}"))
            for a, b in combinations(row, 2)
        )
    if form.flat or len({len(row) for row in rows}) != 1:
        return
    columns = list(zip(*rows, strict=True))
    failing = {rule.scope for rule in (state.rules[at] for at in state.failing)}
    if len(failing & {row[0][0] for row in rows}) == 2:
        pairs = [[column[at] for at, row in enumerate(rows) if row[0][0] in failing] for column in columns]
        yield from (_exchanged([(a, b)], values, (f"{a[0]}.{a[1]}", f"{b[0]}.{b[1]}")) for a, b in pairs)
    for one, two in combinations(rows, 2):
        yield _exchanged(zip(one, two, strict=True), values, (f"{one[0][0]}.*", f"{two[0][0]}.*"))
    for left, right in combinations(columns, 2):
        yield _exchanged(zip(left, right, strict=True), values, (f"*.{left[0][1]}", f"*.{right[0][1]}"))
    for column in columns:
        for start in range(len(column) - 2):
            yield from _slid(column[start:], values, state, (f"*.{column[0][1]}",))


def _exchanged(
    pairs: Iterable[tuple[Key, Key]], values: Mapping[Key, int], whole: tuple[str, ...]
) -> tuple[Move, dict[Key, int]]:
    changes: dict[Key, int] = {}
    for a, b in pairs:
        if values[a] != values[b]:
            changes |= {a: values[b], b: values[a]}
    return Move("swapped", tuple(changes), whole), changes


def _slid(
    line: Sequence[Key], values: Mapping[Key, int], state: _State, whole: tuple[str, ...]
) -> Iterator[tuple[Move, dict[Key, int]]]:
    """The numbers of a line one place back, or one place on; the number that fell off is what its equation demands."""
    for end, numbers in (
        (line[-1], dict(zip(line[:-1], (values[k] for k in line[1:]), strict=True))),
        (line[0], dict(zip(line[1:], (values[k] for k in line[:-1]), strict=True))),
    ):
        rule = state.rules[state.enters[end][0][0]] if end in state.enters else None
        lost = mend(rule, end, {**values, **numbers}) if rule else None
        if lost is not None:
            changes = {k: v for k, v in {**numbers, end: lost}.items() if v != values[k]}
            yield Move("shifted", tuple(changes), whole), changes
