"""What the browser tests of a session share: the site of the committed reports, and one of made-up reports.

Comes in: reports/. Goes out: the fixtures `site` (a folder) and `base` (its address), `made_up`, `either`. Must not
know: what pages say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from built import MADE_UP, built

from benchmarks.demo import write_package
from ogi.paths import REPORTS, ROOT
from ogi.pipeline import build


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data package of the committed reports."""
    folder = tmp_path_factory.mktemp("built") / "datapackage"
    build(REPORTS, folder)
    return folder


@pytest.fixture(scope="session")
def served(package: Path) -> Iterator[tuple[Path, str]]:
    """(folder of the site, its address)."""
    with built(package, ROOT, "ogi-reports") as made:
        yield made


@pytest.fixture(scope="session")
def site(served: tuple[Path, str]) -> Path:
    return served[0]


@pytest.fixture(scope="session")
def base(served: tuple[Path, str]) -> str:
    return served[1]


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """(folder, address) of a site of made-up reports."""
    root = tmp_path_factory.mktemp("demo")
    write_package(MADE_UP, root / "datapackage")
    with built(root / "datapackage", root, "demo", made_up=True) as made:
        yield made


@pytest.fixture(params=["collected", "made up"])
def either(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """One site, then the other."""
    return request.getfixturevalue("served" if request.param == "collected" else "made_up")
