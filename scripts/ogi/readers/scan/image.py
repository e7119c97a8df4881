"""A picture of a page -> upright grey pixels, and its ink.

Comes in: an RGB picture. Goes out: grey pixels without seals and skew, and a mask of ink. Must not know: text, tables.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ogi.readers.page.places import Box
from ogi.readers.scan import creases as scan_creases
from ogi.readers.scan import slant as scan_slant
from ogi.readers.scan.seal import without_seal

Grey = NDArray[np.uint8]
LONG_SIDE = 2340  # pixels of the longer side to work with: 200 dpi of A4
MOST_PIXELS = 40_000_000
MOST_SKEW = 8.0
PALE = 190  # of 255, paper being white


@dataclass(frozen=True, slots=True)
class Upright:
    """`grey` is turned by `angle` degrees around its middle, `slant` and `creases` taken out of it before; `ink` is 1 where
    it is dark."""

    grey: Grey
    ink: Grey
    angle: float
    slant: scan_slant.Matrix | None = None
    creases: tuple[scan_creases.Crease, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        return self.grey.shape[1], self.grey.shape[0]


def prepare(picture: Image.Image) -> Upright:
    """Without red seals, a fit size, straightened, with a mask of what is dark."""
    import cv2

    if picture.width * picture.height > MOST_PIXELS:
        picture = picture.copy()
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
    grey = without_seal(np.asarray(picture.convert("RGB"), dtype=np.uint8))
    scale = LONG_SIDE / max(grey.shape)
    if scale < 0.8 or scale > 1.25:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how)
    grey, creases = scan_creases.without_creases(_evened(grey))
    slant = scan_slant.straightening(dark(grey))
    if slant is not None:
        grey = cv2.warpPerspective(grey, slant, (grey.shape[1], grey.shape[0]), flags=cv2.INTER_CUBIC,
                                   borderMode=cv2.BORDER_REPLICATE)
        creases = tuple(crease.moved(slant) for crease in creases)
    angle = _skew(dark(grey))
    if abs(angle) > 0.05:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC,
                              borderMode=cv2.BORDER_REPLICATE)
        creases = tuple(crease.moved(turn) for crease in creases)
    return Upright(grey, _without_edges(dark(grey)), angle, slant, creases)


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


def _evened(grey: Grey) -> Grey:
    """Paper made white everywhere, whatever the light fell like."""
    import cv2

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (9, 9))
    return cv2.divide(grey, cv2.resize(paper, (grey.shape[1], grey.shape[0])), scale=255)


def dark(grey: Grey) -> Grey:
    """Where print is: dark, and darker than around."""
    return _darker(grey) & (grey < PALE).astype(np.uint8)


def _darker(grey: Grey) -> Grey:
    """Where the page is darker than around."""
    import cv2

    return cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 18)


def _skew(ink: Grey) -> float:
    """Degrees by which the page leans: at the right angle its lines, ruled both ways or written, stand out sharpest."""
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
    turned = cv2.warpAffine(page, turn, (width, height))
    profiles = (cv2.reduce(turned, way, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel() for way in (0, 1))
    return float(sum(((profile[1:] - profile[:-1]) ** 2).sum() for profile in profiles))


def _without_edges(ink: Grey) -> Grey:
    """Without what touches the picture's edge: shadows of the scanner, not print."""
    import cv2

    out = ink.copy()
    height, width = ink.shape
    for contour, (x, y, w, h) in outlines(ink):
        if x <= 2 or y <= 2 or x + w >= width - 2 or y + h >= height - 2:
            cv2.floodFill(out, None, tuple(map(int, contour[0, 0])), 0, flags=8)
    return out


def outlines(mask: Grey) -> Iterator[tuple[NDArray[np.int32], tuple[int, int, int, int]]]:
    """The outer edge of each thing in the mask, and its box (x, y, width, height): many times as fast as labelling all pixels."""
    import cv2

    found, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for contour, (_, _, _, outer) in zip(found, tree[0] if found else (), strict=True):
        if outer < 0:
            yield contour, cv2.boundingRect(contour)
