"""A picture of a page -> upright grey pixels, its ruling lines, its ink.

Comes in: an RGB picture. Goes out: grey pixels without seals and skew, rules, and a mask of ink. Must not know:
text, tables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ogi.readers import scan_slant
from ogi.readers.places import Box
from ogi.readers.ruled import Rule

Grey = NDArray[np.uint8]
LONG_SIDE = 2340  # pixels of the longer side to work with: 200 dpi of A4
MOST_PIXELS = 40_000_000
MOST_SKEW = 8.0
RED = 35  # by which red must outweigh green and blue to be a seal's
PALE = 190  # of 255, paper being white


@dataclass(frozen=True, slots=True)
class Upright:
    """`grey` is turned by `angle` degrees around its middle, `slant` taken out of it before; `ink` is 1 where it is dark."""

    grey: Grey
    ink: Grey
    angle: float
    slant: scan_slant.Matrix | None = None

    @property
    def size(self) -> tuple[int, int]:
        return self.grey.shape[1], self.grey.shape[0]


def prepare(picture: Image.Image) -> Upright:
    """Red channel (a red seal is white in it), a fit size, straightened, with a mask of what is dark."""
    import cv2

    if picture.width * picture.height > MOST_PIXELS:
        picture = picture.copy()
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
    grey = _without_red(np.asarray(picture.convert("RGB"), dtype=np.uint8))
    scale = LONG_SIDE / max(grey.shape)
    if scale < 0.8 or scale > 1.25:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how)
    grey = _evened(grey)
    slant = scan_slant.straightening(_dark(grey))
    if slant is not None:
        grey = cv2.warpPerspective(grey, slant, (grey.shape[1], grey.shape[0]), flags=cv2.INTER_CUBIC,
                                   borderMode=cv2.BORDER_REPLICATE)
    angle = _skew(_dark(grey))
    if abs(angle) > 0.05:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC,
                              borderMode=cv2.BORDER_REPLICATE)
    return Upright(grey, _without_edges(_dark(grey)), angle, slant)


def shown(box: Box, page: Upright, width: float, height: float) -> Box:
    """A box of the straightened page, in points, moved to where the thing stands on the page as it was."""
    turn = math.radians(page.angle)
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
    u = x * math.cos(turn) - y * math.sin(turn) + width / 2
    v = x * math.sin(turn) + y * math.cos(turn) + height / 2
    if page.slant is not None:
        across, down = page.size[0] / width, page.size[1] / height
        u, v = scan_slant.moved(u * across, v * down, np.linalg.inv(page.slant))
        u, v = u / across, v / down
    dx, dy = u - width / 2 - x, v - height / 2 - y
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy


def rules(ink: Grey) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical ruling lines in pixels."""
    across, down = _line_masks(ink)
    thick = max(ink.shape) // 180
    return ([Rule(y + h / 2, x, x + w) for x, y, w, h in _boxes(across) if h <= thick < w],
            [Rule(x + w / 2, y, y + h) for x, y, w, h in _boxes(down) if w <= thick < h])


def faint(page: Upright) -> Grey:
    """A mask in which the palest lines count, and noise too: for rules, which are long, where the ink shows none."""
    return _darker(page.grey, 10)


def without_rules(page: Upright, borders: Sequence[tuple[int, int, int, int]]) -> Upright:
    """The page with the rules along these boxes painted white, in pixels and in the mask.

    Strokes of characters may look like rules; only what runs along a border of a cell is one.
    """
    import cv2

    along = np.zeros_like(page.ink)
    for x0, top, x1, bottom in borders:
        cv2.rectangle(along, (x0, top), (x1, bottom), 1, thickness=11)
    across, down = _line_masks(page.ink)
    lines = cv2.dilate(across | down, np.ones((7, 7), np.uint8)) & along
    return replace(page, grey=np.where(lines, np.uint8(255), page.grey), ink=page.ink & ~lines & 1)


def _line_masks(ink: Grey) -> tuple[Grey, Grey]:
    import cv2

    long = max(ink.shape)
    across = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 4), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((4, 1), np.uint8))
    return (cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((1, long // 26), np.uint8)),
            cv2.morphologyEx(down, cv2.MORPH_OPEN, np.ones((long // 50, 1), np.uint8)))


def _without_red(colours: NDArray[np.uint8]) -> Grey:
    """The red channel, in which a red seal is pale; what is left of its red becomes paper."""
    red, other = colours[:, :, 0], np.maximum(colours[:, :, 1], colours[:, :, 2])
    paper = np.uint8(np.percentile(red[::8, ::8], 70))
    pale = (red > other) & (red - np.minimum(other, red) > RED) & (red > 0.7 * paper)  # print under it is darker
    if not pale.any():
        return red.copy()
    return np.where(pale, np.maximum(red, paper), red)


def _evened(grey: Grey) -> Grey:
    """Paper made white everywhere, whatever the light fell like."""
    import cv2

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (9, 9))
    return cv2.divide(grey, cv2.resize(paper, (grey.shape[1], grey.shape[0])), scale=255)


def _dark(grey: Grey) -> Grey:
    return _darker(grey, 18) & (grey < PALE).astype(np.uint8)


def _darker(grey: Grey, by: int) -> Grey:
    """Where the page is darker than around by so much."""
    import cv2

    return cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, by)


def _boxes(mask: Grey) -> list[tuple[int, int, int, int]]:
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]


def _skew(ink: Grey) -> float:
    """Degrees by which the page leans: at the right angle its lines, ruled or written, stand out sharpest."""
    import cv2

    quarter = cv2.resize(ink * 255, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    half = cv2.resize(ink * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    best = 0.0
    for page, reach, step in ((quarter, MOST_SKEW, 0.5), (quarter, 0.5, 0.1), (half, 0.1, 0.02)):
        count = round(reach / step)
        best = max((best + k * step for k in range(-count, count + 1)), key=lambda angle: _sharpness(page, angle))
    return best


def _sharpness(page: Grey, angle: float) -> float:
    import cv2

    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    profile = cv2.reduce(cv2.warpAffine(page, turn, (width, height)), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F)[:, 0]
    return float(((profile[1:] - profile[:-1]) ** 2).sum())


def _without_edges(ink: Grey) -> Grey:
    """Without what touches the picture's edge: shadows of the scanner, not print."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = ink.shape
    edge = ((stats[:, 0] <= 2) | (stats[:, 1] <= 2) | (stats[:, 0] + stats[:, 2] >= width - 2)
            | (stats[:, 1] + stats[:, 3] >= height - 2))
    edge[0] = True
    return (~edge)[labels].astype(np.uint8)
