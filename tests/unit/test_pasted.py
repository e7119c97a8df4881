"""A table that is pasted as a picture into a page of text is read as scans are, and stands in its place of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from ogi.readers import pasted
from ogi.readers.marked import UNREAD
from ogi.readers.page.drawn import Drawn, unread, without_digits
from ogi.readers.page.glyphs import Glyph
from ogi.readers.page.leaves import Leaf
from ogi.readers.page.ruled import Box

SCAN = Path(__file__).parents[1] / "fixtures" / "scan" / "straight.jpg"
BOX = (50.0, 120.0, 545.0, 820.0)
SCALE = 3.0


def page(of_table: bool = True) -> Image.Image:
    """A white page with a picture in the box."""
    shown = Image.new("RGB", (round(595 * SCALE), round(842 * SCALE)), "white")
    x0, top, x1, bottom = (round(place * SCALE) for place in BOX)
    size = x1 - x0, bottom - top
    photo = Image.linear_gradient("L").convert("RGB").resize(size)
    shown.paste(Image.open(SCAN).convert("RGB").resize(size) if of_table else photo, (x0, top))
    return shown


def test_the_table_of_a_picture_is_one_of_the_page() -> None:
    leaf, issues = pasted.with_pictures(Leaf(3, 595.0, 842.0, (), ()), [BOX], page())
    (issue,) = issues
    assert (issue.code, issue.severity) == ("table-is-picture", "info") and issue.locator
    texts = [text.text for table in leaf.tables for text in table.texts]
    assert {"3985", "3050", "769"} <= set(texts)
    x0, top, x1, bottom = leaf.tables[0].box
    assert BOX[0] < x0 < x1 < BOX[2] and BOX[1] < top < bottom < BOX[3]


def test_a_photograph_is_left_alone() -> None:
    leaf = Leaf(1, 595.0, 842.0, (), ())
    assert pasted.with_pictures(leaf, [BOX], page(of_table=False)) == (leaf, [])


@pytest.mark.parametrize(("box", "over", "counts"), [(BOX, 0, True), (BOX, 9, False), ((50.0, 120.0, 150.0, 820.0), 0, False)])
def test_only_a_large_picture_without_text_over_it_may_be_a_table(box: Box, over: int, counts: bool) -> None:
    glyphs = [Glyph(60.0 + 10 * n, 300.0, 70.0 + 10 * n, 310.0, "字") for n in range(over)]
    assert bool(pasted.pictures(Drawn(595.0, 842.0, glyphs, pictures=[box]))) is counts


@pytest.mark.parametrize(("text", "read"), [(UNREAD, False), ("7", True)])
def test_a_page_whose_digits_alone_tell_no_unicode_is_for_the_recogniser(text: str, read: bool) -> None:
    """Its labels are sound, and too many for the page to count as garbage."""
    texts = ["字"] * 300 + [text] * 60 + ["1"] * 5
    glyphs = [Glyph(10.0 * n, 12.0, 10.0 * n + 9, 22.0, one) for n, one in enumerate(texts)]
    page = Drawn(595.0, 842.0, glyphs, garbage=sum(one == UNREAD for one in texts))
    assert unread(page) == "" and without_digits(page) is not read
