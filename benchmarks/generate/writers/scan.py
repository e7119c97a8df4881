"""A report as somebody scanned it: grey, turned, noisy, stained, sealed in red, squeezed as JPEG.

Comes in: `Made`s. Goes out: bytes for each: a PDF of pictures, or a picture where there is one page.
Must not know: how the project reads.
"""

from __future__ import annotations

import io
import math
import time
from collections.abc import Sequence
from random import Random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.generate.model import Made
from benchmarks.generate.writers.office import office, write_pdf_word
from benchmarks.generate.writers.pdf import write_pdf

_RED = (208, 32, 40)
_PAPER = 250
_WHEN = time.gmtime(0)


def write_scan(reports: Sequence[Made]) -> list[bytes]:
    """The reports printed, then scanned; half of them from a word processor where one is installed."""
    word = [n for n, made in enumerate(reports) if office() and made.style % 2]
    printed = dict(zip(word, write_pdf_word([reports[n] for n in word]), strict=True)) if word else {}
    rest = [n for n in range(len(reports)) if n not in printed]
    printed |= zip(rest, write_pdf([reports[n] for n in rest]), strict=True) if rest else ()
    return [scan(printed[n], made.style) for n, made in enumerate(reports)]


def scan(data: bytes, seed: int) -> bytes:
    """A PDF of the pages as pictures, or PNG or JPEG for a single page now and then."""
    rng = Random(f"scan {seed}")
    dpi = rng.choice((150, 200, 200, 300))
    document = pdfium.PdfDocument(data)
    pages = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    document.close()
    turn, noise, quality = rng.uniform(-3, 3), rng.choice((2, 6, 12)), rng.choice((55, 70, 85))
    sealed = rng.randrange(len(pages)) if rng.random() < 0.7 else -1
    shots = [
        _shot(page, rng, turn + rng.uniform(-0.3, 0.3), noise, n == sealed) for n, page in enumerate(pages)
    ]
    colours = rng.choice(("RGB", "L", "L", "1")) if sealed < 0 else "RGB"
    shots = [
        shot.convert("L").point(_ink).convert("1") if colours == "1" else shot.convert(colours)
        for shot in shots
    ]
    out = io.BytesIO()
    if len(shots) == 1:
        shots[0].save(
            out, rng.choice(("PNG", "JPEG")) if colours != "1" else "PNG", quality=quality, dpi=(dpi, dpi)
        )
    else:
        squeeze = {} if colours == "1" else {"quality": quality}
        shots[0].save(
            out,
            "PDF",
            save_all=True,
            append_images=shots[1:],
            resolution=dpi,
            creationDate=_WHEN,
            modDate=_WHEN,
            **squeeze,
        )
    return out.getvalue()


def _ink(level: int) -> int:
    """Black or white, as a copier set to text sees it."""
    return 255 if level > 160 else 0


def _shot(page: Image.Image, rng: Random, turn: float, noise: float, seal: bool) -> Image.Image:
    shot = page
    if seal:
        shot = _sealed(shot, rng)
    for _ in range(rng.randint(0, 3)):
        shot = _stained(shot, rng)
    shot = shot.rotate(turn, Image.Resampling.BICUBIC, expand=False, fillcolor=(_PAPER,) * 3)
    shot = shot.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.6)))
    grain = np.random.default_rng(rng.randrange(1 << 30)).normal(0, noise, (shot.height, shot.width, 1))
    pixels = np.asarray(shot, dtype=np.float32) * (_PAPER / 255) + grain
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _sealed(page: Image.Image, rng: Random) -> Image.Image:
    """A round red seal with a star, half transparent, anywhere on the page: over numbers too."""
    size = page.width // 5
    ink = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(ink)
    width, middle, radius = max(3, size // 40), size / 2, size / 6
    draw.ellipse((width, width, size - width, size - width), outline=(*_RED, 190), width=width)
    star = [
        (
            middle + radius * (1 if n % 2 == 0 else 0.4) * math.sin(n * math.pi / 5),
            middle - radius * (1 if n % 2 == 0 else 0.4) * math.cos(n * math.pi / 5),
        )
        for n in range(10)
    ]
    draw.polygon(star, fill=(*_RED, 170))
    place = (rng.randint(0, page.width - size), rng.randint(page.height // 4, page.height - size))
    out = page.convert("RGBA")
    out.alpha_composite(ink, place)
    return out.convert("RGB")


def _stained(page: Image.Image, rng: Random) -> Image.Image:
    """A pale grey blot, as of coffee or a fold; it darkens, never hides."""
    blot = Image.new("L", page.size, 0)
    w, h = rng.randint(20, page.width // 6), rng.randint(10, page.height // 10)
    x, y = rng.randint(0, page.width - w), rng.randint(0, page.height - h)
    ImageDraw.Draw(blot).ellipse((x, y, x + w, y + h), fill=rng.randint(15, 45))
    return Image.composite(
        Image.new("RGB", page.size, (70, 60, 50)), page, blot.filter(ImageFilter.GaussianBlur(6))
    )
