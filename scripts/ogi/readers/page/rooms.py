"""Walls on a raster -> the rooms that they close.

Comes in: for each line of a raster which of its stretches are walls. Goes out: rooms as places of the raster. Must not know:
points, text.
"""

from __future__ import annotations

Room = tuple[int, int, int, int]  # top, left, bottom, right


def closed_rooms(across: list[list[bool]], down: list[list[bool]]) -> list[Room]:
    """Closed rectangles (top, left, bottom, right) on the raster; what is open to the outside is no cell."""
    rows, cols = len(across) - 1, len(down) - 1
    seen = [[False] * cols for _ in range(rows)]
    rooms: list[Room] = []
    for r in range(rows):
        for c in range(cols):
            if across[r][c] and across[r + 1][c] and down[c][r] and down[c + 1][r]:  # nearly all
                rooms.append((r, c, r + 1, c + 1))
            elif not seen[r][c]:
                places, closed = _flood(r, c, across, down, seen)
                if closed:
                    rooms += _rectangles(places)
    return rooms


def _flood(
    r: int, c: int, across: list[list[bool]], down: list[list[bool]], seen: list[list[bool]]
) -> tuple[set[tuple[int, int]], bool]:
    rows, cols = len(seen), len(seen[0])
    places, closed, todo = {(r, c)}, True, [(r, c)]
    seen[r][c] = True
    while todo:
        r, c = todo.pop()
        for wall, nr, nc in (
            (across[r][c], r - 1, c), (across[r + 1][c], r + 1, c),
            (down[c][r], r, c - 1), (down[c + 1][r], r, c + 1),
        ):
            if wall:
                continue
            if not (0 <= nr < rows and 0 <= nc < cols):
                closed = False
            elif not seen[nr][nc]:
                seen[nr][nc] = True
                places.add((nr, nc))
                todo.append((nr, nc))
    return places, closed


def _rectangles(places: set[tuple[int, int]]) -> list[Room]:
    """One rectangle as a rule; a crooked room (a wall drawn half) is cut into several."""
    out: list[Room] = []
    left = set(places)
    while left:
        top, first = min(left)
        last = first
        while (top, last) in left:
            last += 1
        bottom = top
        while all((bottom, c) in left for c in range(first, last)):
            bottom += 1
        left -= {(r, c) for r in range(top, bottom) for c in range(first, last)}
        out.append((top, first, bottom, last))
    return out
