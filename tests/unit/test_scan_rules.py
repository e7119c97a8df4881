"""Ruling lines of a scanned page: what is one, what is a stroke of a digit, and how far the page leans."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ogi.readers.page.ruled import Rule
from ogi.readers.scan import image as scan_image
from ogi.readers.scan import rules as scan_rules
from ogi.readers.scan import strips as scan_strips

LONG = 2340


def test_pieces_of_a_rule_are_one_over_what_a_seal_took() -> None:
    """A gap lower than a line of text is bridged, a wider one and one to another row are not."""
    pieces = [Rule(200, 100, 640), Rule(201, 659, 1400), Rule(200, 1500, 1600), Rule(240, 641, 700)]
    joined = scan_rules.bridged(pieces, LONG // scan_rules.GAP)
    assert sorted(joined) == [Rule(200, 1500, 1600), Rule(201, 100, 1400), Rule(240, 641, 700)]


@pytest.mark.parametrize(("rule", "kept"), [
    (Rule(500, 105, 150), False),  # a nought that touches the upper rule of its row
    (Rule(500, 101, 159), True),  # the wall of a cell in that row alone
    (Rule(300, 105, 150), True),  # what is left of a wall that goes on below
    (Rule(300, 310, 350), False),  # below that wall, by more than a row
    (Rule(400, 370, 420), False),  # one of the strokes that labels alike have under each other
    (Rule(500, 105, 350), True),  # longer than any character
])  # fmt: skip
def test_strokes_of_digits_are_no_rules(rule: Rule, kept: bool) -> None:
    """In a low row the sides of a nought are nearly as long as a wall, but do not reach both rules."""
    level = [Rule(100, 50, 900), Rule(160, 50, 900)]
    walls = [Rule(300, 160, 260), Rule(400, 320, 370), Rule(400, 420, 470), rule]
    assert (rule in scan_rules.without_strokes(walls, level, LONG)) is kept


def test_labels_alike_in_low_rows_draw_no_walls() -> None:
    """Their strokes stand under each other, and are as high as the rows once they are evened."""
    page = Image.new("L", (1170, 1654), 250)
    draw = ImageDraw.Draw(page)
    for y in range(200, 523, 36):
        draw.line((150, y, 950, y), fill=0, width=2)
    for x in (150, 550, 950):
        draw.line((x, 200, x, 200 + 36 * 8), fill=0, width=2)
    for row in (0, 2, 4, 6):
        for x in range(170, 500, 26):
            draw.line((x, 206 + 36 * row, x, 234 + 36 * row), fill=0, width=3)
            draw.line((x - 8, 216 + 36 * row, x + 8, 216 + 36 * row), fill=0, width=3)
    (table,) = scan_strips._tables(scan_image.prepare(page.convert("RGB")))
    assert len(table.cells) == 16


def test_the_lean_of_a_page_is_told_by_its_upright_rules_too() -> None:
    """Long sides of narrow cells lean by a third of a degree, of which short level rules alone would tell half."""
    page = Image.new("L", (1170, 1654), 250)
    draw = ImageDraw.Draw(page)
    for x in range(500, 1000, 80):
        draw.line((x, 130, x, 1500), fill=0, width=2)
    for n in range(16):
        draw.line((500, 130 + 80 * n, 980, 130 + 80 * n), fill=0, width=2)
        draw.text((510, 150 + 80 * n), "4.abcd\nefgh", fill=0, font_size=18)
    leaning = page.rotate(0.35, Image.Resampling.BICUBIC, fillcolor=250).convert("RGB")
    assert scan_image.prepare(leaning).angle == pytest.approx(-0.35, abs=0.06)


def test_a_rule_that_fades_between_pixels_is_whole() -> None:
    """A hair line out of focus is ink here and there only; beside words it is still a little darker than the paper."""
    grey = np.full((1654, 1170), 252, np.uint8)
    grey[398:403, 100:1000] = 228
    for x in range(240, 900, 120):
        grey[399:402, x : x + 100] = 150
    for x in range(110, 180, 12):  # words above it, where it fades
        grey[375:394, x : x + 8] = 20
    for x in (100, 1000):
        grey[300:500, x : x + 2] = 60
    page = scan_image.prepare(Image.fromarray(grey).convert("RGB"))
    level, upright = scan_rules.rules(page, scan_rules.pale_rules(page))
    scale = 2340 / 1654
    (rule,) = [r for r in level if abs(r.at - 400 * scale) < 6 and r.end - r.start > 400]
    assert rule.start == pytest.approx(100 * scale, abs=9) and rule.end == pytest.approx(1000 * scale, abs=9)
    assert len(upright) == 2


def test_a_pale_line_in_no_rules_line_heals_nothing() -> None:
    """Strokes of words, and rules of other rows, are left out; a piece that goes on is joined."""
    rules = [Rule(100, 200, 900)]
    pale = [Rule(101, 60, 210), Rule(140, 60, 900), Rule(100, 1000, 1100)]
    walls = [Rule(60, 50, 300), Rule(905, 50, 300)]
    assert scan_rules.healed(rules, pale, walls, 24, 5) == [Rule(100, 60, 900)]
    assert scan_rules.healed(rules, [Rule(100, 66, 890)], walls, 24, 5) == [Rule(100, 200, 900)]


def test_things_are_outlined_as_labelling_every_pixel_finds_them() -> None:
    """One box a thing, those inside the hole of another too."""
    import cv2

    mask = (np.random.default_rng(1).random((80, 90)) > 0.7).astype(np.uint8)
    mask[10:50, 10:50] = 1
    mask[14:46, 14:46] = 0
    mask[25:30, 25:30] = 1
    labelled = cv2.connectedComponentsWithStats(mask, connectivity=8)[2][1:, :4]
    assert sorted(box for _, box in scan_image.outlines(mask)) == sorted(tuple(map(int, box)) for box in labelled)
    assert list(scan_image.outlines(np.zeros((5, 5), np.uint8))) == []


def test_what_touches_the_edge_is_a_shadow_but_not_what_stands_inside_it() -> None:
    """A frame of shadow goes, print within it stays."""
    ink = np.zeros((60, 60), np.uint8)
    ink[0:60, 0:4] = ink[0:60, 56:60] = ink[0:4, :] = ink[56:60, :] = 1
    ink[20:30, 20:24] = 1
    assert scan_image._without_edges(ink).sum() == 40


def test_a_rule_is_taken_out_and_print_beside_it_is_not() -> None:
    """Only what runs along a border of a cell is a rule."""
    ink = np.zeros((1654, 1170), np.uint8)
    ink[300:303, 100:1000] = 1
    ink[700:703, 100:1000] = 1
    page = scan_image.Upright(np.where(ink, 0, 255).astype(np.uint8), ink, 0.0)
    clean = scan_rules.without_rules(page, [(100, 301, 1000, 500)])
    assert not clean.ink[300:303].any() and clean.ink[700:703, 100:1000].all()


@pytest.mark.parametrize(("pale", "cells"), [
    (range(100, 500, 20), 6),  # strokes of characters beside each other
    (range(100, 900, 100), 24),  # walls
])  # fmt: skip
def test_walls_that_leave_no_room_for_print_make_no_better_table(
    pale: range, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Palest lines make the table where they alone draw its cells, not where strokes of characters look like walls."""
    level = [Rule(y, 100, 900) for y in (200, 260, 320, 380)]
    upright = [Rule(x, 200, 380) for x in (100, 500, 900)]
    found = (level, [*upright, *(Rule(x, 200, 380) for x in pale if x not in (100, 500))])
    monkeypatch.setattr(scan_rules, "pale_rules", lambda page: found)
    monkeypatch.setattr(scan_rules, "rules", lambda page, palest: (level, upright))
    (table,) = scan_strips._tables(SimpleNamespace(size=(1654, 2339)))
    assert len(table.cells) == cells
