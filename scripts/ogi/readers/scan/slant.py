"""A page photographed at a slant -> the page as seen from straight above, by its ruling lines.

Comes in: a mask of ink. Goes out: the projective map that makes rules parallel again, or None where they are. Must not know:
tables, text. Rules that are parallel on paper meet in one point of a slanted picture; that point is found by least squares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Matrix = NDArray[np.floating]
Rules = list[tuple[float, float, float, float]]  # slope, offset, the middle across and down the page (0 to 1)
FEWEST = 4  # rules of each direction that make a case
SPREAD = 0.25  # of the page, over which they must lie
SLANTED = 0.007  # by which rules of one direction differ in slope before the page is warped: 0.4 degrees
STEEPEST = 0.12
SHORTEST = 0.08  # of the page's side


def straightening(ink: Grey) -> Matrix | None:
    """The 3 x 3 map from pixels as they are to pixels as they ought to be; the page's middle stays."""
    across, down = _rules(ink), _rules(ink.T)
    if not (_converge(across) or _converge(down) or _askew(across, down)):
        return None
    height, width = ink.shape
    middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, max(width, height) / 2]])
    lines_across = [(slope, -1.0, offset) for slope, offset, _, _ in across]
    lines_down = [(-1.0, slope, offset) for slope, offset, _, _ in down]
    if min(len(across), len(down)) < 2:
        return None
    h, v = (_meeting(np.array(lines), middle) for lines in (lines_across, lines_down))
    horizon = np.cross(h, v)
    if abs(horizon[2]) < 1e-9:
        return None
    flat = np.array([[1, 0, 0], [0, 1, 0], horizon / horizon[2]])
    axes = np.column_stack([h[:2] / h[0], v[:2] / v[1]])
    upright = np.eye(3)
    upright[:2, :2] = np.linalg.inv(axes)
    return np.linalg.inv(middle) @ upright @ flat @ middle


def moved(x: float, y: float, by: Matrix) -> tuple[float, float]:
    u, v, w = by @ (x, y, 1.0)
    return u / w, v / w


def _rules(ink: Grey) -> Rules:
    """Long lines near the horizontal."""
    import cv2

    small = cv2.resize(np.ascontiguousarray(ink) * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    mask = cv2.morphologyEx((small > 60).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, 21), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    height, width = mask.shape
    found = []
    for i in range(1, count):
        x, y, w, h, _ = stats[i]
        if w < SHORTEST * width or h > STEEPEST * w + 6:
            continue
        rows, columns = np.nonzero(labels[y : y + h, x : x + w] == i)
        slope, offset = np.polyfit(columns + x, rows + y, 1)
        if abs(slope) < STEEPEST:
            found.append((float(slope), 2.0 * float(offset), (x + w / 2) / width, (y + h / 2) / height))
    return found


def _askew(across: Rules, down: Rules) -> bool:
    """Whether the two directions are not at right angles."""
    if min(len(across), len(down)) < FEWEST:
        return False
    return abs(float(np.median([r[0] for r in across]) + np.median([r[0] for r in down]))) > SLANTED


def _converge(rules: Rules) -> bool:
    """Whether the slopes of rules far apart differ, as those of a page seen straight never do."""
    if len(rules) < FEWEST:
        return False
    slopes, places = np.array([r[0] for r in rules]), np.array([r[3] for r in rules])
    if places.max() - places.min() < SPREAD:
        return False
    change = np.polyfit(places, slopes, 1)[0]
    return bool(abs(change) * (places.max() - places.min()) > SLANTED)


def _meeting(lines: Matrix, middle: Matrix) -> Matrix:
    """The point (homogeneous, in coordinates around the page's middle) through which the lines go best."""
    there = lines @ np.linalg.inv(middle)
    there /= np.linalg.norm(there[:, :2], axis=1)[:, None]
    return np.linalg.svd(there)[2][-1]
