"""The site of the committed reports, built once and served below a sub-path.

Comes in: reports/. Goes out: the fixtures `site` (a folder) and `base` (its address). Must not know: what
pages say.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ogi.paths import REPORTS
from ogi.pipeline import build
from ogi.site.generator import build_site

BELOW = "ogi-reports"


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data package of the committed reports."""
    folder = tmp_path_factory.mktemp("built") / "datapackage"
    build(REPORTS, folder)
    return folder


@pytest.fixture(scope="session")
def served(package: Path) -> Iterator[tuple[Path, str]]:
    """(folder of the site, its address)."""
    root = package.parent / "www"
    root.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/{BELOW}/"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", base)
        build_site(package, root / BELOW)
    yield root / BELOW, base
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def site(served: tuple[Path, str]) -> Path:
    return served[0]


@pytest.fixture(scope="session")
def base(served: tuple[Path, str]) -> str:
    return served[1]
