"""Ruling lines -> grids of cells; serves PDF, OFD and scans alike.

Comes in: straight rules in points (or pixels), origin top left. Goes out: lattices, i.e. where every real cell
stands and which rows and columns it spans. Must not know: text, file formats, what a table means.

A rule that is missing where others end together is added (a browser draws none where a page cuts a table), so
every cell is closed. Cells are the rooms left when walls are drawn on the raster of all rules: linear in the
raster, where joining corners pairwise is quadratic.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ogi.readers.page.rooms import closed_rooms

Box = tuple[float, float, float, float]  # x0, top, x1, bottom

SNAP = 3.0  # rules nearer than this are one; also how far an end may fall short of a crossing
SHORTEST = 4.0  # a rule shorter than this is ink of another kind
RAGGED = 24.0  # how far apart the edges of one table may be at a page break
LONE_COLUMN = 80.0  # points that a column whose sides no rule touches may be wide, or this
OF_TABLE = 0.16  # part of its table
PADDED = 4.0  # by how much the space within a frame may differ left and right of a table
MOST_RULES = 20_000
MOST_PLACES = 40_000


class Rule(NamedTuple):
    """A straight line: `at` is its y (horizontal) or x (vertical), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class LatticeCell:
    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """`owners[row][col]` (from 0) is the index of the cell that covers the place, -1 outside the table."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    owners: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def at(self, x: float, y: float) -> int:
        """Index of the cell that holds the point, -1 if none does."""
        col, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.owners) and 0 <= col < len(self.owners[0]):
            return self.owners[row][col]
        return -1


def lattices(horizontals: Iterable[Rule], verticals: Iterable[Rule], snap: float = SNAP) -> list[Lattice]:
    """Tables, top to bottom; one of a single cell may be a piece of a cut one, or a frame around text."""
    # first hardly any snapping: the edges of two tables on one page must not pull each other
    across, down = merge(horizontals, snap, snap / 6), merge(verticals, snap, snap / 6)
    if len(across) + len(down) > MOST_RULES:
        return []
    found = []
    for h, v in _components(across, down, snap):
        h, v = merge(h, snap, snap), merge(v, snap, snap)
        cuts = _closing(v, h, snap)
        h = merge(h + cuts, snap, snap)
        sides = [r for r in _closing(h, v, snap) if not any(abs(r.at - x.at) <= 2 * snap for x in v)]
        if cuts and sides:
            corners = _corners(h, v, cuts, sides, snap)
            h, sides = merge(h + corners[0], snap, snap), sides + corners[1]
        v = merge(v + sides, snap, snap)
        found.append(_lattice(h, v, snap))
    return sorted((f for f in found if f is not None), key=lambda f: (f.ys[0], f.xs[0]))


def merge(rules: Iterable[Rule], snap: float, apart: float) -> list[Rule]:
    """Rules no farther apart than `apart` get one position; pieces of a line that touch become one."""
    merged: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and (rule.at - group[-1].at > apart or rule.at - group[0].at > apart * 1.4):
            merged += _joined(group, snap)
            group = []
        group.append(rule)
    return merged + _joined(group, snap)


def _joined(group: Sequence[Rule], snap: float) -> list[Rule]:
    if len(group) == 1 and group[0].end - group[0].start >= SHORTEST:
        return list(group)
    if not group:
        return []
    at = sum(rule.at for rule in group) / len(group)
    out: list[Rule] = []
    start, end = None, 0.0
    for rule in sorted(group, key=lambda r: r.start):
        if start is None:
            start, end = rule.start, rule.end
        elif rule.start <= end + snap:
            end = max(end, rule.end)
        else:
            out.append(Rule(at, start, end))
            start, end = rule.start, rule.end
    if start is not None:
        out.append(Rule(at, start, end))
    return [rule for rule in out if rule.end - rule.start >= SHORTEST]


def _closing(rules: Sequence[Rule], crossing: Sequence[Rule], snap: float) -> list[Rule]:
    """A crossing rule wherever `rules` of a table end together and none is drawn: three or more, or two at the
    table's very edge."""
    added: list[Rule] = []
    bottoms, tops = sorted((r.end, r.at) for r in rules), sorted((r.start, r.at) for r in rules)
    for ends, edge in ((bottoms, bottoms[-1][0]), (tops, tops[0][0])):
        group: list[tuple[float, float]] = []
        for end in [*ends, (float("inf"), 0.0)]:
            if group and end[0] - group[0][0] > snap:
                if len(group) >= 3 or (len(group) == 2 and any(abs(e - edge) <= snap for e, _ in group)):
                    added += _undrawn(group, rules, crossing, snap)
                group = []
            group.append(end)
    return added


def _undrawn(
    ends: Sequence[tuple[float, float]], rules: Sequence[Rule], crossing: Sequence[Rule], snap: float
) -> list[Rule]:
    """Of the line through the ends, the stretches from one to the next that no rule draws.

    Where other rules between the two end a little off the line, their columns have an edge of their own.
    """
    at = sum(place for place, _ in ends) / len(ends)
    near = [r for r in crossing if abs(r.at - at) <= 1.2 * snap]
    sides = sorted(side for _, side in ends)
    off = [Rule(r.at, at, end) for r in rules for end in (r.start, r.end) if snap < abs(end - at) < RAGGED]
    return [Rule(at, a, b) for a, b in zip(sides, sides[1:], strict=False)
            if not any(r.start <= a + snap and r.end >= b - snap for r in near)
            and not any(a + snap < r.at < b - snap and not _on_a_row(r.end, a, b, crossing, snap) for r in off)]


def _corners(
    h: Sequence[Rule], v: Sequence[Rule], cuts: Sequence[Rule], sides: Sequence[Rule], snap: float
) -> tuple[list[Rule], list[Rule]]:
    """What closes the corners between undrawn sides and the lines where a page cuts the table: both run on to each other."""
    left, right = min(r.at for r in v), max(r.at for r in v)
    top, bottom = min(r.at for r in h), max(r.at for r in h)
    across, down = [], []
    for y in {r.at for r in cuts if min(abs(r.at - top), abs(r.at - bottom)) <= snap}:
        rows = [r.at for r in h if abs(r.at - y) > snap]
        ends = [end for r in cuts if abs(r.at - y) <= snap for end in (r.start, r.end)]
        for x in {r.at for r in sides if not left < r.at < right} if rows else ():
            across.append(Rule(y, *sorted((x, min(ends) if x < left else max(ends)))))
            down.append(Rule(x, *sorted((y, min(rows) if y < min(rows) else max(rows)))))
    return across, down


def _on_a_row(at: float, a: float, b: float, crossing: Sequence[Rule], snap: float) -> bool:
    """Whether a drawn rule runs through between two rows there, beyond the stretch: the edge of no column alone."""
    return any(
        abs(r.at - at) <= snap and r.start <= a + snap and r.end >= b - snap and r.end - r.start > b - a + 3 * snap
        for r in crossing
    )


def _components(across: list[Rule], down: list[Rule], snap: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others, belong to one table."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(down)), key=lambda j: down[j].at)
    places = [down[j].at for j in order]
    for i, h in enumerate(across):
        for k in range(bisect_left(places, h.start - snap), bisect_right(places, h.end + snap)):
            v = down[order[k]]
            if v.start - snap <= h.at <= v.end + snap:
                parent[root(i)] = root(len(across) + order[k])
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*across, *down]):
        groups.setdefault(root(i), ([], []))[0 if i < len(across) else 1].append(rule)
    tables = [group for group in groups.values() if group[0] and group[1] and len(group[0]) + len(group[1]) > 2]
    lone = [rule for group in groups.values() if not group[0] for rule in group[1]]
    for across, down in tables:
        ends = [end for rule in across for end in (rule.start, rule.end)]
        sides: list[Rule] = []
        for rule in lone:
            sides += [rule] if _beside(rule, [*down, *sides], ends) else []
        down += (sides := _without_frame(sides, down))
        lone = [rule for rule in lone if rule not in sides]
    return tables


def _beside(lone: Rule, down: Sequence[Rule], ends: Sequence[float]) -> bool:
    """Whether a side that no rule touches on this page, its cells going on over both breaks, may be the table's."""
    top, bottom = min(r.start for r in down), max(r.end for r in down)
    places = [*(r.at for r in down), *ends]
    near = min(abs(at - lone.at) for at in places) <= max(LONE_COLUMN, OF_TABLE * (max(places) - min(places)))
    return near and min(lone.end, bottom) - max(lone.start, top) > 0.6 * (max(lone.end, bottom) - min(lone.start, top))


def _without_frame(sides: Sequence[Rule], down: Sequence[Rule]) -> list[Rule]:
    """Those that are not of a frame. A table has a number in each row of its last column, so that what stands right of it is a
    frame's; and left of it stands, as far away, the frame's other side."""
    left, right = min(r.at for r in down), max(r.at for r in down)
    away = min((r.at - right for r in sides if r.at > right), default=None)
    if away is None:
        return list(sides)
    for edge in (left, *sorted((r.at for r in sides if r.at < left), reverse=True)):
        if any(abs(edge - away - r.at) <= PADDED for r in sides):
            return [r for r in sides if edge <= r.at < right]
    return []


def _lattice(across: list[Rule], down: list[Rule], snap: float) -> Lattice | None:
    xs, ys = _positions(down), _positions(across)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_PLACES:
        return None
    rooms = closed_rooms(_walls(across, ys, xs, snap), _walls(down, xs, ys, snap))
    if not rooms:
        return None
    # rules that bound no room (a line running on beside the table) would only widen the raster
    xs_used = sorted({xs[c] for room in rooms for c in (room[1], room[3])})
    ys_used = sorted({ys[r] for room in rooms for r in (room[0], room[2])})
    col = {x: i for i, x in enumerate(xs_used)}
    row = {y: i for i, y in enumerate(ys_used)}
    owners = [[-1] * (len(xs_used) - 1) for _ in range(len(ys_used) - 1)]
    cells: list[LatticeCell] = []
    for top, left, bottom, right in sorted(rooms):
        r0, c0, r1, c1 = row[ys[top]], col[xs[left]], row[ys[bottom]], col[xs[right]]
        for r in range(r0, r1):
            owners[r][c0:c1] = [len(cells)] * (c1 - c0)
        cells.append(LatticeCell(r0 + 1, c0 + 1, r1 - r0, c1 - c0, (xs[left], ys[top], xs[right], ys[bottom])))
    return Lattice(tuple(xs_used), tuple(ys_used), tuple(cells), tuple(map(tuple, owners)))


def _positions(rules: Sequence[Rule]) -> list[float]:
    return sorted({rule.at for rule in rules})


def _walls(rules: Sequence[Rule], lines: Sequence[float], cuts: Sequence[float], snap: float) -> list[list[bool]]:
    """walls[line][i]: is the stretch of `line` between cuts i and i+1 drawn?"""
    index = {at: i for i, at in enumerate(lines)}
    walls = [[False] * (len(cuts) - 1) for _ in lines]
    for rule in rules:
        row = walls[index[rule.at]]
        for i in range(bisect_left(cuts, rule.start - snap), bisect_right(cuts, rule.end + snap) - 1):
            row[i] = True
    return walls
