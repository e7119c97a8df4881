"""What holds on every kind of page, new kinds included: found by looking at what was built, not by a list.

The site of the committed reports and a made-up one are both walked through. Must not know: what pages say.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from built import MADE_UP, file_of, pages_of, violations
from playwright.sync_api import Page
from test_site_pages import BUDGET, REQUESTS, Outline, lost_links

from ogi.paths import DOCS
from ogi.site.writing import SECTIONS

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
PARSE = "html => new DOMParser().parseFromString(html, 'text/html').documentElement.outerHTML"


class Tags(HTMLParser):
    """Every tag of a page in order, and what it says of ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: set[str] = set()
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        twice = [name for name, n in Counter(name for name, _ in attrs).items() if n > 1]
        self.wrong += [f"<{tag}> has {name} twice" for name in twice]
        found = dict(attrs)
        if "id" in found:
            self.ids[found["id"] or ""] += 1
            if not found["id"] or re.search(r"\s", found["id"]):
                self.wrong.append(f"<{tag}> has the id «{found['id']}»")
        if tag == "img" and "alt" not in found:
            self.wrong.append("an <img> without alt")
        for name in REFERENCES:
            self.references |= set((found.get(name) or "").split())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.tags.append(f"/{tag}")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")


def kind_of(url: str) -> str:
    """Pages of records are of a kind by their folder; every other page is a kind of its own."""
    parts = url.split("/")
    return f"{parts[0]}/*" if parts[0] in SECTIONS and len(parts) > 2 else url


def samples(site: Path) -> list[str]:
    """Of each kind the largest and the smallest page."""
    kinds: dict[str, list[str]] = {}
    for url in sorted(pages_of(site), key=lambda url: (file_of(site, url).stat().st_size, url)):
        kinds.setdefault(kind_of(url), []).append(url)
    assert {f"{section}/*" for section in SECTIONS} <= set(kinds)
    return sorted({url for urls in kinds.values() for url in (urls[0], urls[-1])})


def faults(page: Page, html: str) -> list[str]:
    """What is wrong with a page's HTML, by what the browser's own parser makes of it."""
    written, parsed = Tags(html), Tags(page.evaluate(PARSE, html))
    found = [*written.wrong, *(f"id {i} twice" for i, n in written.ids.items() if n > 1)]
    found += [f"nothing has the id {i}" for i in sorted(written.references - set(written.ids))]
    pairs = zip([*written.tags, "end"], [*parsed.tags, "end"], strict=False)
    first = next(((n, one, other) for n, (one, other) in enumerate(pairs) if one != other), None)
    if first:
        place = written.tags[max(0, first[0] - 4) : first[0]]
        found.append(f"{first[1]} is written after {' '.join(place)}, {first[2]} is read")
    return found


def test_html_is_what_a_browser_makes_of_it(open_page, either: tuple[Path, str]) -> None:
    """On every page the browser's parser opens and closes just the tags that are written: none is unclosed, moved or
    dropped; no id or attribute is there twice, and what a label or description points to is there."""
    page: Page = open_page()
    found = {url: faults(page, file_of(either[0], url).read_text("utf-8")) for url in pages_of(either[0])}
    assert {url: some[:5] for url, some in found.items() if some} == {}


@pytest.mark.parametrize(
    "body",
    [
        "<p>a<div>b</div></p>",
        "<ul><li>a</ul>",
        "<table><tr><td>a</td></tr></table>",
        "<table><tbody><tr><p>a</p><td>b</td></tr></tbody></table>",
        "<a href='a'><a href='b'>c</a></a>",
        "<b><i>a</b></i>",
        "<div>a",
        "a</div>",
        "<i id='a'></i><b id='a'></b>",
        "<i class='a' class='b'></i>",
        "<img src='a.png'>",
        "<label for='none'>a</label>",
        "<i id=''></i>",
    ],
)
def test_the_check_of_html_sees_what_is_wrong(open_page, body: str) -> None:
    """Each usual fault is found, and the same page without it has none."""
    page: Page = open_page()
    whole = "<!doctype html><html lang='zh'><head><title>a</title></head><body>{}</body></html>"
    assert faults(page, whole.format(body))
    assert faults(page, whole.format("<p>a</p><ul><li>a</li></ul><svg><path d='M0 0'/></svg><br><hr/>")) == []


def test_every_page_has_one_h1_a_title_and_a_language(either: tuple[Path, str]) -> None:
    """One h1; a title that no other page has; a language; headings that skip no level on the way down."""
    titles: Counter[str] = Counter()
    wrong = {}
    for url in pages_of(either[0]):
        html = file_of(either[0], url).read_text("utf-8")
        levels = [int(h[1]) for h in Outline(html).headings]
        skipped = [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1]
        found = re.search("<title>(.*?)</title>", html, re.S)
        titles[found[1] if found else ""] += 1
        if levels.count(1) != 1 or skipped or not found or not re.search('<html lang="(zh|en)"', html):
            wrong[url] = (levels.count(1), skipped, found and found[1])
    assert wrong == {}
    assert [title for title, n in titles.items() if n > 1] == []


def test_no_link_of_the_made_up_site_is_broken(made_up: tuple[Path, str]) -> None:
    """Every link within the site leads to a file that is there, every #fragment to an element."""
    site, base = made_up
    outlines = {
        file_of(site, url).relative_to(site).as_posix(): Outline(file_of(site, url).read_text("utf-8"))
        for url in pages_of(site)
    }
    assert lost_links(outlines, site, base) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_of_page_is_accessible(open_page, either: tuple[Path, str], dark: bool) -> None:
    """axe finds nothing on the largest and smallest page of every kind; pages written by hand are the same on both sites."""
    site, base = either
    page: Page = open_page(dark=dark)
    wrong = {}
    for url in samples(site):
        if "demo" in base and not kind_of(url).endswith("/*"):
            continue
        page.goto(base + url)
        if found := violations(page, dark):
            wrong[url] = found
    assert wrong == {}


def test_every_kind_of_page_fits_a_phone_and_is_quiet(open_page, either: tuple[Path, str]) -> None:
    """At 360 pixels nothing but a table's own wrapper scrolls sideways; the console stays empty."""
    site, base = either
    page: Page = open_page(width=360, height=740)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    wide = {}
    for url in samples(site):
        page.goto(base + url)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[url] = width
    assert wide == {} and said == []


def test_words_for_screen_readers_in_a_wide_table_widen_no_page(open_page) -> None:
    """What is hidden from sight in a table that scrolls by itself stays within its wrapper."""
    page: Page = open_page(width=360, height=740)
    wide = "<td><div style='width: 900px'></div></td><td><span class=hidden>未收录</span></td>"
    table = f"<div class=scroll><table><tr>{wide}</table></div>"
    page.set_content(f"<!doctype html><article class=md-typeset style='padding: 1rem'>{table}</article>")
    page.add_style_tag(path=DOCS / "assets" / "ogi.css")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_heaviest_report_is_light(open_page, either: tuple[Path, str]) -> None:
    """The largest and the smallest page of a report come in at most five requests and 60 kB compressed."""
    site, base = either
    for url in [url for url in samples(site) if url.startswith("reports/") and url != "reports/"]:
        page: Page = open_page()
        sizes: dict[str, int] = {}
        page.on(
            "response", lambda r, s=sizes: s.update({r.url: len(gzip.compress(r.body()))}) if r.ok else None
        )
        page.goto(base + url, wait_until="networkidle")
        assert len(sizes) <= REQUESTS and sum(sizes.values()) <= BUDGET, sizes


def test_every_made_up_page_says_so(made_up: tuple[Path, str], site: Path) -> None:
    """Each page of a demo carries the banner and asks search engines to pass by; no page of the real site does."""
    folder = made_up[0]
    for url in pages_of(folder):
        html = file_of(folder, url).read_text("utf-8")
        assert 'class="made-up"' in html and '<meta name="robots" content="noindex">' in html, url
    assert [url for url in pages_of(site) if 'class="made-up"' in file_of(site, url).read_text("utf-8")] == []
    assert len([u for u in pages_of(folder) if kind_of(u) == "reports/*"]) == MADE_UP + 1  # one was taken down
