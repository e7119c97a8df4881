"""A red seal over print: the seal goes, the print stays."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ogi.readers.scan.seal import without_seal

RED, PAPER = (208, 32, 40), 250


def sealed(strength: int, quality: int) -> np.ndarray:
    """A rule and a thin stroke, both black, half of each under a seal, squeezed as JPEG, which keeps colour coarsely."""
    page = Image.new("RGB", (240, 240), (PAPER,) * 3)
    draw = ImageDraw.Draw(page)
    draw.line((10, 100, 230, 100), fill=(0, 0, 0), width=2)
    draw.line((120, 10, 120, 230), fill=(0, 0, 0), width=2)
    ink = Image.new("RGBA", page.size, (0, 0, 0, 0))
    ImageDraw.Draw(ink).rectangle((60, 60, 180, 180), fill=(*RED, strength))
    page = page.convert("RGBA")
    page.alpha_composite(ink)
    out = io.BytesIO()
    page.convert("RGB").save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(io.BytesIO(out.getvalue())).convert("RGB"))


@pytest.mark.parametrize(("strength", "quality"), [(190, 55), (190, 85), (120, 70)])
def test_print_under_a_seal_stays_dark_and_the_seal_goes(strength: int, quality: int) -> None:
    """Inside the seal paper is as pale as print is dark, whatever colours JPEG mixes."""
    grey = without_seal(sealed(strength, quality))
    assert grey[99:102, 70:110].min(axis=0).max() < 160 and grey[130:170, 119:122].min(axis=1).max() < 160
    assert np.median(grey[130:170, 70:110]) > 235 and np.percentile(grey[130:170, 70:110], 2) > 210
    assert grey[99:102, 20:50].min(axis=0).max() < 60


def test_a_page_without_red_is_its_red_channel() -> None:
    """Grey pages and pages of a tinge are left alone."""
    page = np.random.default_rng(3).integers(0, 255, (40, 40, 1), dtype=np.uint8).repeat(3, axis=2)
    assert (without_seal(page) == page[:, :, 0]).all()
