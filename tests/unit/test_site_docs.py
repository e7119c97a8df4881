"""What a public site owes: a warning for every published number, changed boundaries, how to be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from package_sample import built

from ogi.package import load
from ogi.paths import DOCS
from ogi.site.book import read_book
from ogi.site.boundaries import boundary_changes


def warned() -> set[str]:
    """Columns that docs/method.md warns about."""
    text = (DOCS / "method.md").read_text("utf-8")
    table = text[text.index("{ #columns }") :]
    return {
        name for line in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall("`([a-z_]+)`", line)
    }


def columns(root: Path) -> dict[str, bool]:
    """Every numeric column of the package, and whether the dictionary already warns."""
    resources = load(root / "datapackage").descriptor["resources"]
    fields = [f for r in resources for f in r["schema"]["fields"]]
    return {f["name"]: bool(f.get("warning")) for f in fields if f["type"] in ("number", "integer")}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    built(folder)
    return folder


def test_every_number_has_its_warning(root: Path) -> None:
    """Each numeric column has a warning in the dictionary or in docs/method.md, and none is made up there."""
    numeric = columns(root)
    assert {name for name, there in numeric.items() if not there} <= warned()
    assert warned() <= set(numeric)


def test_a_region_says_what_changed(root: Path) -> None:
    """New codes, successors and former names since there are reports; nothing for a region that stayed."""
    book = read_book(load(root / "datapackage"))
    code = next(iter(book.regions))
    row = {
        **book.regions[code],
        "valid_from": "2016",
        "valid_to": "2020",
        "successor": "999999",
        "former_names": "旧区（2008–2015）",
    }
    old = {**row, "region_code": "888888", "successor": code, "valid_from": "", "former_names": ""}
    book.regions[code], book.regions["888888"] = row, old
    said = " ".join(c.zh + c.region for c in boundary_changes(book, code))
    for part in ("自 2016 年起", "使用至 2020 年", "999999", "旧区", "888888"):
        assert part in said
    book.regions[code] = {**row, "valid_from": "1983", "valid_to": "", "successor": "", "former_names": ""}
    del book.regions["888888"]
    assert boundary_changes(book, code) == []


@pytest.mark.parametrize("anchor", ["who", "privacy", "accessibility", "takedown", "originals"])
def test_the_site_says_who_it_is_and_how_to_be_heard(anchor: str) -> None:
    """docs/about.md has a section on each, in both languages where a stranger needs it, and invents no address."""
    text = (DOCS / "about.md").read_text("utf-8")
    assert f"{{ #{anchor} }}" in text
    assert "@" not in text
