"""What machines read: feeds, schema.org, alternate links, llms.txt; each leads to something that is there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from ogi.package import load
from ogi.site.book import read_book
from ogi.site.machine import Machine
from ogi.site.stamping import Record

ATOM = "{http://www.w3.org/2005/Atom}"
REPORT = "reports/360200-science-technology-2021/"
TWINS = [
    ("", "en/"),
    ("data/", "en/data/"),
    ("method/", "en/method/"),
    ("compare/", "en/compare/"),
    ("search/", "en/search/"),
    ("about/", "en/about/"),
]


class Head(HTMLParser):
    """Links, meta data and JSON-LD of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.meta: dict[str, str] = {}
        self.data: list[dict] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "link":
            self.links.append(found)
        if tag == "meta":
            self.meta[found.get("property") or found.get("name", "")] = found.get("content", "")
        self.inside = tag == "script" and found.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.data.append(json.loads(data))

    def alternates(self, key: str, value: str) -> list[str]:
        return [e["href"] for e in self.links if e.get("rel") == "alternate" and e.get(key) == value]


def head(site: Path, url: str) -> Head:
    return Head((site / url / "index.html").read_text("utf-8"))


def is_there(site: Path, base: str, url: str) -> bool:
    path = site / url.removeprefix(base)
    return url.startswith(base) and (path / "index.html" if url.endswith("/") else path).is_file()


@pytest.mark.parametrize(
    ("name", "count"), [("feed.xml", 5), ("agencies/370881-science-technology/feed.xml", 1)]
)
def test_a_feed_is_atom_and_leads_to_reports(site: Path, base: str, name: str, count: int) -> None:
    """Each feed has id, title and dates of the data, newest first, and its links lead to pages that are there."""
    feed = ElementTree.parse(site / name).getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed" and len(entries) == count
    dates = [e.findtext(f"{ATOM}updated") for e in entries]
    assert dates == sorted(dates, reverse=True) and feed.findtext(f"{ATOM}updated") == dates[0]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", str(d)) for d in dates)
    assert len({e.findtext(f"{ATOM}id") for e in entries}) == count
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    assert links[0] == base + name
    assert [link for link in links if not is_there(site, base, link)] == []


@pytest.mark.parametrize("url", ["", "en/", "agencies/370881-science-technology/"])
def test_a_feed_is_there_to_be_clicked(open_page, base: str, site: Path, url: str) -> None:
    """Browsers no longer show what a page's head offers to follow: a link on the page does, to the same feed."""
    page = open_page()
    page.goto(base + url)
    link = page.locator("main a[href$='feed.xml']")
    expect(link).to_be_visible()
    wanted = next(e["href"] for e in head(site, url).links if e.get("type") == "application/atom+xml")
    assert link.evaluate("link => link.href") == urljoin(base + url, wanted)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "data/",
        "en/",
        "en/data/",
        REPORT,
        "agencies/360200-science-technology/",
        "regions/360000/",
        "years/2021/",
    ],
)
def test_a_data_set_describes_itself(site: Path, base: str, url: str) -> None:
    """The page holds one schema.org Dataset with licence and files, each of which is there."""
    page = head(site, url)
    (data,) = page.data
    assert data["@type"] == "Dataset" and data["license"].startswith("https://creativecommons.org/")
    assert 50 <= len(data["description"]) <= 5000 and data["name"]
    assert [d for d in data["distribution"] if not is_there(site, base, d["contentUrl"])] == []
    assert is_there(site, base, data["url"])


def test_a_report_says_whose_and_of_when_it_is(site: Path) -> None:
    """Agency, year, place and identifier of a report are in its Dataset."""
    (data,) = head(site, REPORT).data
    assert data["about"]["name"] == "景德镇市科学技术局" and data["temporalCoverage"] == "2021"
    assert (
        data["spatialCoverage"] == "江西省 景德镇市"
        and data["identifier"] == "360200-science-technology-2021"
    )


def test_every_page_has_a_canonical_address_and_a_card(site: Path, base: str) -> None:
    """Canonical link and Open Graph name the page's own address, title and description."""
    wrong = []
    for path in sorted(site.rglob("index.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        page = Head(path.read_text("utf-8"))
        canonical = [e["href"] for e in page.links if e.get("rel") == "canonical"]
        card = page.meta.get("og:url"), bool(page.meta.get("og:title")), bool(page.meta.get("og:description"))
        if canonical != [base + url] or card != (base + url, True, True):
            wrong.append((url, canonical, card))
    assert wrong == []


@pytest.mark.parametrize(("zh", "en"), TWINS)
def test_a_hub_page_and_its_translation_name_each_other(site: Path, base: str, zh: str, en: str) -> None:
    """Both name both, each in its language, and are in that language."""
    for url, lang in ((zh, "zh"), (en, "en")):
        page = head(site, url)
        assert page.alternates("hreflang", "zh") == [base + zh] and page.alternates("hreflang", "en") == [
            base + en
        ]
        assert f'<html lang="{lang}"' in (site / url / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "url", [REPORT, "agencies/360200-science-technology/", "sectors/science-technology/"]
)
def test_a_record_leads_to_its_json_and_csv(site: Path, base: str, url: str) -> None:
    """The head of a record's page names its JSON and CSV; an agency's its feed."""
    page = head(site, url)
    for kind, name in (("application/json", "index.json"), ("text/csv", "index.csv")):
        assert [urljoin(base + url, href) for href in page.alternates("type", kind)] == [base + url + name]
    feeds = [urljoin(base + url, href) for href in page.alternates("type", "application/atom+xml")]
    assert feeds == ([f"{base}{url}feed.xml"] if url.startswith("agencies/") else [])


def test_llms_txt_leads_to_what_it_names(site: Path, base: str) -> None:
    """It opens with the name, warns of blanks and aggregates, and every link in it is there."""
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# OGI Reports\n\n> ")
    assert "blank cell is not zero" in text and "never add them" in text
    links = re.findall(r"\]\((\S+?)\)", text)
    assert len(links) > 15 and [link for link in links if not is_there(site, base, link)] == []


def test_no_text_leaves_its_script(package: Path) -> None:
    """A title that closes a script, or holds a line separator, stays within the JSON."""
    book = read_book(load(package))
    title = "</script><script>alert(1)</script>\u2028&amp;"
    page = Head(str(Machine(book, "").group(Record("years/1/", title, "d", "")).head))
    assert [data["name"] for data in page.data] == [title]
