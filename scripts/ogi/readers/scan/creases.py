"""Folds of the paper and streaks of the scanner: thin lines from edge to edge of a page, found and taken out of its grey.

Comes in: a page in grey, as it came. Goes out: the page without them, and where they run. Must not know: text, tables. The ruling
lines of a table end before the paper does; where many lines reach both edges, the picture is cut to its table and none is a fold.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
EDGE = 0.006  # of the page, how near to its edge a line begins
PIECE = 50  # parts of the longer side: the length of a piece at the edge
STEEPEST = 0.06
MOST = 3  # lines of one direction: more are rules
WHOLE = 0.85  # of its way that it is seen
NEAR = 3  # pixels from the straight line
HALF = 4  # pixels on each side that are made anew
DARKER = 40  # of 255, than the fold is: print on it
ALONG, THIN, PALEST = 15, 11, 14  # as pale rules are found


class Crease(NamedTuple):
    """A straight line from edge to edge, in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    def moved(self, by: NDArray[np.floating]) -> Crease:
        """Where it lies on the page moved by this matrix (3 x 3, or its first two rows)."""
        ends = np.array([[self.x0, self.x1], [self.y0, self.y1], [1.0, 1.0]])
        there = by @ ends
        x, y = there[:2] / (there[2] if len(there) > 2 else 1.0)
        return Crease(float(x[0]), float(y[0]), float(x[1]), float(y[1]))

    def crosses(self, box: tuple[int, int, int, int]) -> bool:
        x0, top, x1, bottom = box
        wide, high = self.x1 - self.x0, self.y1 - self.y0
        if abs(wide) > abs(high):
            at, low, end = self.y0 + high * ((x0 + x1) / 2 - self.x0) / wide, top, bottom
        else:
            at, low, end = self.x0 + wide * ((top + bottom) / 2 - self.y0) / high, x0, x1
        return low - HALF <= at <= end + HALF


def without_creases(grey: Grey) -> tuple[Grey, tuple[Crease, ...]]:
    """The page as if it had never been folded, and the folds; print that is darker than a fold stays on it. Many lines one way
    are the rules of a picture cut to its table: then those the other way are rules too."""
    both = [_edge_to_edge(np.ascontiguousarray(grey.T) if upright else grey) for upright in (False, True)]
    if max(map(len, both)) > MOST:
        return grey, ()
    found: list[Crease] = []
    for upright, lines in enumerate(both):
        page = np.ascontiguousarray(grey.T) if upright else grey
        for start, end in lines:
            page = _mended(page, start, end)
            long = float(page.shape[1])
            found.append(Crease(start, 0.0, end, long) if upright else Crease(0.0, start, long, end))
        if lines:
            grey = np.ascontiguousarray(page.T) if upright else page
    return grey, tuple(found)


def _edge_to_edge(grey: Grey) -> list[tuple[float, float]]:
    """Where thin lines begin at the left edge and end at the right one."""
    import cv2

    height, width = grey.shape
    piece = max(grey.shape) // PIECE
    even = cv2.blur(grey, (ALONG, 1))
    thin = (cv2.morphologyEx(even, cv2.MORPH_BLACKHAT, np.ones((THIN, 1), np.uint8)) > PALEST).astype(np.uint8)
    off = round(EDGE * width)
    lefts, rights = (_places(part) for part in (thin[:, off : off + piece], thin[:, width - off - piece : width - off]))
    if not lefts or not rights:
        return []
    seen = cv2.dilate(thin, np.ones((2 * NEAR + 1, 1), np.uint8))
    columns = np.arange(off, width - off)
    out = []
    for left in lefts:
        for right in rights:
            slope = (right - left) / (width - 2 * off - piece)
            start = left - slope * (off + piece / 2)
            rows = np.rint(start + slope * columns).astype(int)
            if abs(slope) <= STEEPEST and rows.min() >= 0 and rows.max() < height and seen[rows, columns].mean() >= WHOLE:
                out.append((start, start + slope * width))
    return out


def _places(part: Grey) -> list[float]:
    """The middles of the lines that run through all of a narrow part of the page."""
    rows = np.flatnonzero(part.mean(axis=1) > 0.5)
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
    return [float(group.mean()) for group in groups if len(group) <= THIN]


def _mended(grey: Grey, start: float, end: float) -> Grey:
    """The page with what lies on the line put in from what is above and below it, but for what is darker."""
    height, width = grey.shape
    columns = np.arange(width)
    middle = np.rint(start + (end - start) * columns / width).astype(int)
    reach = np.arange(-HALF, HALF + 1)[:, None]
    rows = np.clip(middle[None, :] + reach, 0, height - 1)
    above, below = (grey[np.clip(middle + by, 0, height - 1), columns].astype(float) for by in (-HALF - 1, HALF + 1))
    part = (reach + HALF + 1) / (2 * HALF + 2)
    new = above[None, :] * (1 - part) + below[None, :] * part
    old = grey[rows, columns[None, :]]
    level = float(np.median(old.min(axis=0)))
    out = grey.copy()
    out[rows, columns[None, :]] = np.where(old < level - DARKER, old, np.rint(new).astype(np.uint8))
    return out
