"""What tests of every kind share: marks by folder, and a browser that lets no request leave this machine.

Comes in: Debian's Chromium, or the one that CHROMIUM names. Goes out: the fixtures `browser` and `open_page`.
Must not know: any page of the site.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

HERE = Path(__file__).parent
CHROMIUMS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "chrome")
LOCAL = ("127.0.0.1", "localhost")
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE / "e2e" in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.fail("no Chromium here: `apt install chromium`, or set CHROMIUM to the path of one")
    try:
        playwright = sync_playwright().start()
    except Exception as error:  # of the driver, which has no kinds of its own
        pytest.fail(f"Playwright did not start ({error}): `apt install libatomic1`, or run .ci/run once")
    alone = f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(f'EXCLUDE {host}' for host in LOCAL)}"
    chromium = playwright.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage", alone])
    yield chromium
    chromium.close()
    playwright.stop()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """`open_page(width=360, javascript=False, dark=True)` gives an empty page of its own.

    The browser knows no other host; what a page asks of one fails the test when it ends.
    """
    contexts: list[BrowserContext] = []
    abroad: list[str] = []

    def guard(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https") and url.hostname not in LOCAL:
            abroad.append(request.url)

    def opener(width: int = 1280, height: int = 900, javascript: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            accept_downloads=True,
        )
        context.on("request", guard)
        contexts.append(context)
        return context.new_page()

    yield opener
    for context in contexts:
        context.close()
    assert not abroad, f"pages asked other hosts for {sorted(set(abroad))}"
