"""What holds for the site of the committed reports: links, sitemap, weight, files beside the pages, the same bytes again.

What holds for every kind of page of every site stands in test_guard_rails."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from ogi.errors import BadPackage
from ogi.site.generator import build_site

REPORTS = [
    "reports/361100-industry-it-2021/",
    "reports/360700-science-technology-2020/",
    "reports/370881-science-technology-2021/",
]
BUDGET, REQUESTS = 60_000, 5


class Outline(HTMLParser):
    """Headings, ids and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if found.get("id"):
            self.ids[str(found["id"])] += 1
        self.links += [
            str(found[a]) for a in ("href", "src", "action", "data-index") if found.get(a) is not None
        ]


@pytest.fixture(scope="session")
def outlines(site: Path) -> dict[str, Outline]:
    """Every page of the site by its path."""
    return {
        path.relative_to(site).as_posix(): Outline(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "assets" not in path.relative_to(site).parts
    }


def lost_links(outlines: dict[str, Outline], site: Path, base: str) -> list[tuple[str, str]]:
    """(page, link) for each link within the site that leads nowhere."""
    broken = []
    for name, page in outlines.items():
        here = base + name.removesuffix("index.html")
        for link in page.links:
            address, fragment = urldefrag(urljoin(here, link))
            if not address.startswith(base):
                if urlsplit(address).hostname in ("127.0.0.1", None):
                    broken.append((name, link))
                continue
            target = unquote(address.removeprefix(base)).partition("?")[0]
            target += "index.html" if not target or target.endswith("/") else ""
            lost = fragment and target in outlines and unquote(fragment) not in outlines[target].ids
            if lost or not (site / target).is_file():
                broken.append((name, link))
    return broken


def test_no_link_is_broken(outlines: dict[str, Outline], site: Path, base: str) -> None:
    """Every link within the site leads to a file that is there, and every #fragment to an element."""
    assert lost_links(outlines, site, base) == []


def test_the_sitemap_names_every_page_once(outlines: dict[str, Outline], site: Path, base: str) -> None:
    """Stamped and hand-written pages are in the sitemap; shells are not, and are gone."""
    locations = [
        str(e.text) for e in ElementTree.parse(site / "sitemap.xml").iter() if e.tag.endswith("}loc")
    ]
    pages = {base + name.removesuffix("index.html") for name in outlines if name != "404.html"}
    assert sorted(locations) == sorted(pages)
    assert not [name for name in outlines if "shell" in name]
    assert not [name for name in outlines if "@@OGI" in (site / name).read_text("utf-8")]


@pytest.mark.parametrize("path", [*REPORTS, "years/2021/", ""])
def test_a_page_is_light(open_page, base: str, path: str) -> None:
    """A page comes in at most five requests and 60 kB compressed."""
    page: Page = open_page()
    sizes: dict[str, int] = {}
    page.on(
        "response", lambda r: sizes.update({r.url: len(gzip.compress(r.body()))}) if r.status == 200 else None
    )
    page.goto(base + path, wait_until="networkidle")
    assert len(sizes) <= REQUESTS, sizes
    assert sum(sizes.values()) <= BUDGET, sizes


@pytest.mark.parametrize("path", REPORTS)
def test_page_csv_and_json_hold_the_same_numbers(open_page, base: str, site: Path, path: str) -> None:
    """Every cell's number on the page is the one of index.json, and index.csv has as many."""
    page: Page = open_page(javascript=False)
    page.goto(base + path)
    shown = dict(
        page.locator(".official td a").evaluate_all("links => links.map(a => [a.id, a.textContent])")
    )
    cells = json.loads((site / path / "index.json").read_text("utf-8"))["cells"]
    wanted = {
        f"v-{c['table']}-{c['item']}-{c['measure']}": c["value"] for c in cells if c["table"] != "statistics"
    }
    assert set(shown) == set(wanted)
    different = {
        key: (shown[key], value)
        for key, value in wanted.items()
        if value is not None and float(shown[key].replace(",", "")) != value
    }
    assert different == {}
    assert (site / path / "index.csv").read_text("utf-8-sig").count("\n") == len(cells) + 1


def test_a_second_build_changes_no_byte(served: tuple[Path, str], package: Path, tmp_path: Path) -> None:
    """The whole site, hand-written pages and sitemap included, comes out the same again."""
    site, base = served
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", base)
        build_site(package, tmp_path / "site")
    one, two = (
        {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (site, tmp_path / "site")
    )
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_a_build_that_fails_leaves_the_last_site(package: Path, tmp_path: Path) -> None:
    """Without a package nothing is built, and what stood there still stands."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("last", "utf-8")
    with pytest.raises(BadPackage):
        build_site(tmp_path / "nothing", tmp_path / "site")
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "last"


@pytest.mark.parametrize("path", ["reports/360200-general-office-2025/", "indicators/declined/", "compare/?show=declined"])
def test_what_is_printed_explains_its_signs(open_page, made_up: tuple[Path, str], path: str) -> None:
    """On paper too a doubted number has its mark, and the legend that says what it means."""
    page: Page = open_page()
    page.goto(made_up[1] + path)
    page.emulate_media(media="print")
    expect(page.locator(".k-doubt, sup[title=doubted]").first).to_be_visible()
    expect(page.locator(".legend").filter(has_text="读取存疑")).to_be_visible()
    expect(page.locator(".legend .hint").first).to_be_hidden()
