"""A report as a PDF that a browser printed.

Comes in: `Made`s. Goes out: bytes for each, from one run of Chromium. Must not know: how the project reads.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from random import Random

from benchmarks.generate.model import Made
from benchmarks.generate.writers.html import page_to_print

_FURNITURE = (
    '<div style="font-size:8px;width:100%;padding:0 20px">{}</div>'  # the browser's own would show the clock
)
_LINE = "border:1px solid #000"
_TEXT = f"{_LINE};text-align:left"
_FRAMES = (  # what a site draws around the text of a page
    f'<div style="{_LINE};padding:10px">{{}}</div>',
    f'<div style="{_LINE};padding:10px"><div style="{_LINE};padding:6px">{{}}</div></div>',
    f'<table><tr><td style="{_LINE}">索引号：000014349/2021-01</td></tr><tr><td style="{_TEXT}">{{}}</td></tr></table>',
    f'<table><tr><td style="{_LINE};width:60px">首页<br>公开年报</td><td style="{_TEXT}">{{}}</td></tr></table>',
)
_FRAMED = 0.15  # of the pages
_PAGE_NUMBER = '<span class="pageNumber"></span>/<span class="totalPages"></span>'


def chromium() -> str | None:
    """Where the browser is: CHROMIUM, or what the system has, or None for the one that Playwright brought."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def write_pdf(reports: Sequence[Made]) -> list[bytes]:
    """Every report printed to A4; some with the browser's own header and footer, some across."""
    from playwright.sync_api import sync_playwright

    out = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        for made in reports:
            rng = Random(f"pdf {made.style}")
            page.set_content(_framed(page_to_print(made), Random(f"frame {made.style}")))
            out.append(
                page.pdf(
                    prefer_css_page_size=True,
                    format="A4",
                    display_header_footer=rng.random() < 0.3,
                    header_template=_FURNITURE.format(f"{made.truth.year + 1}/1/{made.style % 28 + 1}"),
                    footer_template=_FURNITURE.format(_PAGE_NUMBER),
                    scale=rng.choice((0.7, 0.9, 1, 1)),
                )
            )
        browser.close()
    return out


def _framed(page: str, rng: Random) -> str:
    if rng.random() >= _FRAMED:
        return page
    head, body = page.split("<body>")
    return f"{head}<body>{rng.choice(_FRAMES).format(body.removesuffix('</body></html>'))}</body></html>"
