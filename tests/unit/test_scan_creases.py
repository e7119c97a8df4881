"""Folds and streaks across a scanned page are taken out before its rules are looked for, and said where they cross print."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ogi.model import Grid
from ogi.readers import scan as reader
from ogi.readers.page.ruled import Rule, lattices
from ogi.readers.scan import creases, image, rules, strips

WIDE, HIGH = 1654, 2339
STRAIGHT = Path(__file__).parents[1] / "fixtures" / "scan" / "straight.jpg"


def page(levels: list[int], ends: tuple[int, int]) -> np.ndarray:
    """White paper with a table's frame, its level rules as long as told."""
    grey = np.full((HIGH, WIDE), 252, np.uint8)
    for y in levels:
        grey[y : y + 3, ends[0] : ends[1]] = 20
    for x in (ends[0], 800, ends[1] - 3):
        grey[levels[0] : levels[-1], x : x + 3] = 20
    return grey


def crossed(grey: np.ndarray, first: int, last: int, dark: int = 130, upright: bool = False) -> np.ndarray:
    """The page with a thin line from edge to edge, darker than the paper it falls on."""
    out = (grey.T if upright else grey).copy()
    for x in range(out.shape[1]):
        y = round(first + (last - first) * x / out.shape[1])
        out[y : y + 3, x] = np.minimum(out[y : y + 3, x], dark)
    return out.T.copy() if upright else out


def encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("last", [600, 610, 590])
def test_a_line_from_edge_to_edge_is_a_fold(upright: bool, last: int) -> None:
    """Level, leaning, or upright: it is found and gone, and the rules that it crosses are whole."""
    plain = page([400, 700, 1000], (150, 1500))
    mended, found = creases.without_creases(crossed(plain, 600, last, upright=upright))
    (fold,) = found
    start, end = (fold.x0, fold.x1) if upright else (fold.y0, fold.y1)
    assert start == pytest.approx(601, abs=3) and end == pytest.approx(last + 1, abs=3)
    assert np.abs(mended.astype(int) - plain).max() < 12


def test_rules_are_no_folds() -> None:
    """They end before the paper does; in a picture cut to its table they do not, but are many one way at least."""
    walled = page([100, 400, 700, 1000], (0, WIDE))
    walled[:, 500:503] = 0
    for grey in (page([400, 700, 1000], (150, 1500)), page([100, 400, 700, 1000], (0, WIDE)), walled):
        mended, found = creases.without_creases(grey)
        assert not found and mended is grey


def test_print_on_a_fold_stays() -> None:
    """A stroke along the fold is darker than it."""
    plain = page([400, 1000], (150, 1500))
    plain[600:603, 900:940] = 0
    mended, found = creases.without_creases(crossed(plain, 600, 600, 160))
    assert len(found) == 1 and (mended[600:603, 905:935] < 60).all() and (mended[600:603, 1000:1100] > 240).all()


def test_numbers_under_a_fold_are_read_and_said() -> None:
    """A fold through a row makes neither two rows nor blanks of it, and the page does not lean after it: its numbers are those
    of the page without the fold, under a doubt."""
    whole = Image.open(STRAIGHT).convert("RGB")
    (plain,) = (b for b in reader.read(STRAIGHT.read_bytes()).blocks if isinstance(b, Grid))
    cell = next(c for c in plain.cells if c.text == "746")
    top, bottom = (float(cell.locator.split("bbox=")[1].split(",")[n]) for n in (1, 3))
    at = (0.7 * top + 0.3 * bottom) * whole.height / reader.POINTS_WIDE
    channels = [crossed(np.asarray(channel), round(at), round(at) + 3, 150) for channel in whole.split()]
    document = reader.read(encoded(Image.fromarray(np.dstack(channels))))
    (grid,) = (b for b in document.blocks if isinstance(b, Grid))
    assert [c.text for c in grid.rows()[3][-3:]] == ["746", "0", "769"]
    folds = [i for i in document.issues if "折痕" in i.message]
    assert folds and {i.code for i in folds} == {"recogniser-unsure"}


def test_what_a_shadow_of_the_edge_touches_is_no_blank_cell() -> None:
    """Print that something joins to the page's edge is taken for a shadow with it; in a cell it is print all the same."""
    levels, uprights = (100, 160), (100, 300, 500)
    (table,) = lattices([Rule(y, 100, 500) for y in levels], [Rule(x, *levels) for x in uprights])
    grey = np.full((300, 600), 255, np.uint8)
    grey[118:142, 380:396] = 0
    ink = np.zeros_like(grey)
    lost = image.Upright(grey, ink, 0.0)
    found = strips._with_lost(lost, [table], 24.0)
    assert found[118:142, 380:396].all() and not ink.any()
    empty = image.Upright(np.full_like(grey, 255), ink, 0.0)
    assert strips._with_lost(empty, [table], 24.0) is ink


def test_a_rule_that_a_fold_hides_goes_on_under_it() -> None:
    """Nearly level with the fold, it is taken out with it where it is palest: up to the wall before they part it is whole."""
    fold = creases.Crease(0, 690, WIDE, 706.54)  # within reach of the rule from 200 to 1800
    walls = [Rule(x, 400, 1000) for x in (150, 300, 800, 1500)]
    begun, gone, far = Rule(700, 150, 420), Rule(700, 1400, 1500), Rule(900, 150, 420)
    found = rules.healed([begun, far], rules.hidden([begun, far], [fold]), walls, 24, 8)
    assert sorted(found) == [Rule(700, 150, 1500), far]
    assert rules.healed([begun, gone], rules.hidden([begun, gone], [fold]), walls, 24, 8) == [Rule(700, 150, 1500)]
    assert rules.hidden([begun], [creases.Crease(0, 600, WIDE, 620), creases.Crease(700, 0, 706, HIGH)]) == []
