"""Sites for the tests of a session: built once, served below a sub-path on a port of their own.

Comes in: a folder. Goes out: its address, and what pages it holds. Must not know: what pages say.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ogi.site.generator import build_site

MADE_UP = 30  # reports of the made-up site
COLOURS = ["color-contrast", "link-in-text-block"]


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def built(
    package: Path, originals: Path, below: str, repo: str = "", made_up: bool = False
) -> Iterator[tuple[Path, str]]:
    """(folder, address) of the site of a package, below a sub-path, as on most hosts."""
    www = package.parent / f"www-{below}"
    www.mkdir()
    with served(www) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", f"{address}{below}/")
        patch.setenv("REPO_URL", repo)
        build_site(package, www / below, originals, made_up=made_up)
        yield www / below, f"{address}{below}/"


def violations(page: Page, dark: bool = False) -> list[tuple[str, list]]:
    """What axe finds: (rule, where). Light and dark differ in colours alone, and of the dark only those are looked at."""
    options = {"resultTypes": ["violations"], **({"runOnly": COLOURS} if dark else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def pages_of(site: Path) -> list[str]:
    """Every page by its address within the site."""
    found = (p.relative_to(site).as_posix() for p in sorted(site.rglob("*.html")))
    return [name.removesuffix("index.html") for name in found if not name.startswith("assets/")]


def file_of(site: Path, url: str) -> Path:
    return site / url / "index.html" if not url or url.endswith("/") else site / url
