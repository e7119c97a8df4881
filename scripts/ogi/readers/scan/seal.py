"""A red seal taken out of a picture, the print and the rules under it kept.

Comes in: an RGB picture. Goes out: its grey. Must not know: text, tables.
A seal is told by its colour alone. JPEG keeps colour coarser than light, so that print under a seal is reddish too and pale
in the red channel: what is left of it is the light it takes away beside bare seal of the same redness.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
RED = 35  # by which red must outweigh green and blue to be a seal's
TINGE = 15  # redness below which a thing is print or paper
COARSE = 5  # pixels of the picture that may share one colour
STRONGER = 1.0  # by which print under a full seal is strengthened, since half of it shows through


def without_seal(colours: NDArray[np.uint8]) -> Grey:
    """The red channel, in which seals are pale; where a seal is, print alone."""
    import cv2

    red = colours[:, :, 0]
    redness = cv2.subtract(red, cv2.max(colours[:, :, 1], colours[:, :, 2]))
    seal = redness > RED
    if not seal.any():
        return red.copy()
    left, top, wide, high = cv2.boundingRect(seal.astype(np.uint8))
    part = np.s_[max(0, top - COARSE) : top + high + COARSE, max(0, left - COARSE) : left + wide + COARSE]
    paper = max(1.0, float(np.percentile(red[::8, ::8], 70)))
    out = red.copy()
    out[part] = _lifted(colours[part], redness[part], seal[part], paper)
    return out


def _lifted(colours: NDArray[np.uint8], redness: Grey, seal: NDArray[np.bool_], paper: float) -> Grey:
    """The part of a picture that holds the seals, `paper` being the red of bare paper."""
    import cv2

    light = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY).astype(np.float32)
    around = cv2.dilate(redness, np.ones((COARSE, COARSE), np.uint8)).astype(np.float32)
    full = float(np.percentile(around[seal], 80))
    taken = float(np.median((paper - light[seal]) / around[seal]))  # light for redness, of bare seal
    lack = (paper - light - taken * around) * (1 + STRONGER * np.minimum(around / full, 1))
    share = np.clip((around - TINGE) / (RED - TINGE), 0, 1)  # of the seal in what is seen
    out = (1 - share) * colours[:, :, 0] + share * (paper - lack)
    return np.clip(out, 0, paper).astype(np.uint8)
