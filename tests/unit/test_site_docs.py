"""What a public site owes: a warning for every published number, changed boundaries, how to be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from package_sample import built

from ogi.package import load
from ogi.paths import DOCS, ROOT
from ogi.site.book import read_book
from ogi.site.boundaries import boundary_changes
from ogi.site.joining import joined


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


@pytest.mark.parametrize(("html", "shown"), [
    ("<p>同一个项目，\n真实的文件</p>", "<p>同一个项目，真实的文件</p>"),
    ("<p>照样<strong>列出</strong>\n  <em>没有</em>的</p>", "<p>照样<strong>列出</strong><em>没有</em>的</p>"),
    ("<li>空白\n与零</li>\n<li>表</li>", "<li>空白与零</li>\n<li>表</li>"),
    ("<p>程度\nerror</p>\n<p>按 0\n计</p>", "<p>程度\nerror</p>\n<p>按 0\n计</p>"),
    ("<pre><code>甲\n乙\n</code></pre>丙\n丁<code>甲\n乙</code>", "<pre><code>甲\n乙\n</code></pre>丙丁<code>甲\n乙</code>"),
    ("<p>甲</p>\n<!-- 甲\n乙 -->\n<p>乙<br />\n丙</p>", "<p>甲</p>\n<!-- 甲\n乙 -->\n<p>乙<br />\n丙</p>"),
])  # fmt: skip
def test_a_line_that_goes_on_in_chinese_has_no_blank(html: str, shown: str) -> None:
    """Two lines of a paragraph that meet in Chinese are one; beside other letters, in code and between blocks nothing changes."""
    assert joined(html) == shown


def test_pages_written_by_hand_have_no_blank_where_a_line_broke(tmp_path: Path) -> None:
    """MkDocs itself calls the step: on no page of the docs two Chinese letters have a line break between them."""
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path), watch=[])
    config.extra["stamp"] = False
    build(config)
    pages = [path.read_text("utf-8") for path in sorted(tmp_path.rglob("*.html"))]
    assert len(pages) > 10 and "真实的文件总有" in "".join(pages)
    prose = [re.sub(r"(?s)<pre.*?</pre>|<script.*?</script>|<!--.*?-->", "", page) for page in pages]
    assert [found for page in prose for found in re.findall(r"[一-鿿，。、；：]\s*\n\s*[一-鿿]", page)] == []
