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
            page.set_content(page_to_print(made))
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
