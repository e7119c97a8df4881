"""The search box and its page, by typing into a browser: search fails silently, so nothing less would show it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from built import violations
from playwright.sync_api import Page, Request, TimeoutError, expect

JINGDEZHEN = "景德镇市科学技术局"
SHANGRAO = "上饶市工业和信息化局"
QUFU = "曲阜市科学技术局"
FIRST = "#found [role=option] b"
TEXTS = "#found [aria-label^=报告正文] [role=option]"
HOSTILE = [
    "字" * 10_000,
    "<img src=x onerror=alert(1)>",
    "🙂🙂",
    "\"'\\()[]*+?",
    "\u202e\u2066bidi",
    "不存在的机关名",
]


AMONG = "([choice, wanted]) => [...document.querySelectorAll(choice)].slice(0, 3).some(b => b.innerText === wanted)"


def typed(page: Page, base: str, query: str) -> None:
    """As an input method types: the whole query at once."""
    page.goto(base)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(query)


def among_first(page: Page, choice: str, wanted: str) -> None:
    """Waits until one of the first three that were found is the one wanted."""
    try:
        page.wait_for_function(AMONG, arg=[choice, wanted])
    except TimeoutError:
        assert wanted in page.locator(choice).all_inner_texts()[:3]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (SHANGRAO, SHANGRAO),
        ("景德镇", JINGDEZHEN),
        ("景德镇 科技", JINGDEZHEN),
        ("景德镇科技局", JINGDEZHEN),
        ("上高县科学技术局", "上高县科技局"),
        ("jdz", JINGDEZHEN),
        ("jdzkjj", JINGDEZHEN),
        ("景徳镇", JINGDEZHEN),
        ("景镇市科学技术局", JINGDEZHEN),
        ("曲阜市科计局", QUFU),
        ("上饶 2021", f"{SHANGRAO} 2021"),
        ("上饶市 2021年", f"{SHANGRAO} 2021"),
        ("济宁 科技", QUFU),
        ("上饶 工信局", SHANGRAO),
    ],
)
def test_typing_finds_the_agency(open_page, base: str, query: str, wanted: str) -> None:
    """Full and short names, region with sector, a year, initials or most of them, one wrong or missing character."""
    page: Page = open_page()
    typed(page, base, query)
    among_first(page, FIRST, wanted)


@pytest.mark.parametrize("query", ["科技局", "科学技术局", "科计局"])
def test_a_kind_of_agency_finds_all_of_its_kind(open_page, base: str, query: str) -> None:
    """Short, written out or mistyped: the four science bureaus are found, whatever each of them is called."""
    page: Page = open_page()
    typed(page, base, query)
    expect(page.locator(FIRST).first).to_be_visible()
    first = page.locator(FIRST).all_inner_texts()[:4]
    assert set(first) == {JINGDEZHEN, QUFU, "赣州市科学技术局", "上高县科技局"}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("行政复议", None),
        ('"规范性文件"', None),
        ("“规范性文件”", None),
        ("畅通公开渠道", "景德镇市科学技术局 2021"),
        ("开渠道，方便群", "景德镇市科学技术局 2021"),
        ("宣传效果亟待提升 赣州", "赣州市科学技术局 2020"),
    ],
)
def test_typing_finds_the_sentence(open_page, base: str, query: str, wanted: str | None) -> None:
    """Words of a report's prose, even cut through the middle, bring agency, year and the sentence that says them."""
    page: Page = open_page()
    typed(page, base, query)
    expect(page.locator(TEXTS).first).to_be_visible(timeout=30_000)
    found = page.locator(TEXTS)
    words = re.sub('["“”，]', " ", query).split()
    assert all(any(w in found.nth(n).inner_text() for w in words) for n in range(found.count()))
    expect(found.first.locator("mark")).to_have_text(words[0])
    if wanted:
        among_first(page, f"{TEXTS} b", wanted)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/reports/[\w-]+-20\d\d/"))
    expect(page.locator("#prose")).to_be_visible()


def test_the_search_box_works_by_keys_alone(open_page, base: str) -> None:
    """Ctrl+K, text, arrow down, Enter opens the page; Escape closes the list and keeps the text."""
    page: Page = open_page()
    page.goto(base + "reports/361100-industry-it-2021/")
    page.keyboard.press("Control+k")
    page.keyboard.type("曲阜")
    expect(page.locator("#found")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#find")).to_have_value("曲阜")
    page.keyboard.type("市")
    expect(page.locator(FIRST).first).to_have_text(QUFU)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#find")).to_have_attribute("aria-activedescendant", "found-0")
    page.keyboard.press("Enter")
    page.wait_for_url(base + "agencies/370881-science-technology/")


def test_enter_opens_the_page_of_results(open_page, base: str) -> None:
    """Without a choice, Enter leads to all results, whose address can be passed on, and back again."""
    page: Page = open_page(width=360)
    typed(page, base, "信息公开")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}search/?q={quote('信息公开')}")
    expect(page.locator("#search-texts h2")).to_have_text("报告正文（5）")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_label("年度").select_option("2020")
    expect(page.locator("#search-texts li a")).to_have_text(["赣州市科学技术局 2020"])
    assert "year=2020" in page.url
    page.go_back()
    expect(page.locator("#search-texts h2")).to_have_text("报告正文（5）")


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ("year=2020", ["赣州市科学技术局 2020"]),
        ("region=370000", [f"{QUFU} 2021"]),
        ("sector=industry-it", [f"{SHANGRAO} 2021"]),
        ("region=360000&sector=science-technology&year=2021", ["上高县科技局 2021", f"{JINGDEZHEN} 2021"]),
        ("region=370000&year=2020", []),
    ],
)
def test_filters_narrow_the_text(open_page, base: str, filters: str, wanted: list[str]) -> None:
    """Year, region and sector hold for agencies and for the text, alone and together, from the address alone."""
    page: Page = open_page()
    page.goto(f"{base}search/?q={quote('信息公开')}&{filters}")
    expect(page.locator("#search-texts h2")).to_have_text(f"报告正文（{len(wanted)}）")
    assert sorted(page.locator("#search-texts li a").all_inner_texts()) == sorted(wanted)


def test_a_filter_without_text_never_asks_the_full_text(open_page, base: str) -> None:
    """Agencies that fit are listed; of the full text not a byte is fetched."""
    page: Page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + "search/?sector=industry-it&year=2021")
    expect(page.locator("#search-agencies li a")).to_have_text([f"{SHANGRAO} 2021"])
    expect(page.locator("#search-notes")).to_contain_text("填写词句")
    assert not [url for url in asked if "search/text/" in url]


def test_nothing_of_search_is_fetched_before_it_is_used(open_page, base: str) -> None:
    """A page loads neither index nor search scripts; the box does, and only from this site."""
    page: Page = open_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(base))

    page.on("request", note)
    page.goto(base, wait_until="networkidle")
    assert not [url for url in asked if "search" in url]
    page.keyboard.press("Control+k")
    page.keyboard.type("规范性文件")
    expect(page.locator(TEXTS).first).to_be_visible(timeout=30_000)
    assert [url for url in asked if url.startswith("search/text/1/")]


@pytest.mark.parametrize("query", HOSTILE)
def test_a_strange_query_says_that_nothing_was_found(open_page, base: str, query: str) -> None:
    """Long, marked-up or odd queries run nothing, break nothing, get an answer, in the box and on the page."""
    page: Page = open_page(width=360)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(base)
    page.locator("#find").fill(query)
    expect(page.locator("#found [role=option]").first).to_contain_text("没有收录")
    page.goto(f"{base}search/?q={quote(query[:2000])}&year=<b>&region=999999")
    expect(page.locator("#search-notes")).to_contain_text("999999")
    expect(page.locator("#search-notes")).to_contain_text("<b>")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("article img, article b").count() == 0
    assert errors == []


@pytest.mark.parametrize(
    ("query", "said"),
    [(HOSTILE[0], "200"), (HOSTILE[1], "< = >"), (HOSTILE[2], "🙂"), (HOSTILE[4], "U+202E")],
)
def test_what_could_not_be_used_is_named(open_page, base: str, query: str, said: str) -> None:
    """The page says which signs it left out, and where it cut."""
    page: Page = open_page()
    page.goto(base + "search/")
    page.get_by_label("词句").fill(query)
    page.keyboard.press("Enter")
    for word in said.split():
        expect(page.locator("#search-notes")).to_contain_text(word)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["search/?q=信息公开", "en/search/?q=jdz"])
def test_open_box_and_results_are_accessible(open_page, base: str, path: str, dark: bool) -> None:
    """axe finds nothing on a page of results, nor with the box open over it."""
    page: Page = open_page(dark=dark)
    page.goto(base + path)
    expect(page.locator("#search-agencies h2")).to_be_visible()
    assert violations(page) == []
    page.locator("#find").fill("科技局")
    expect(page.locator(FIRST).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page, dark) == []


def test_english_pages_search_the_same(open_page, base: str) -> None:
    """On English pages the box and its results speak English and find the Chinese text."""
    page: Page = open_page()
    page.goto(base + "en/")
    page.locator("#find").fill("Jingdezhen science")
    expect(page.locator(FIRST).first).to_have_text(JINGDEZHEN)
    page.goto(base + "en/search/?q=" + quote("规范性文件"))
    expect(page.locator("#search-texts h2")).to_contain_text("In the reports (")
    expect(page.locator("#search-texts mark").first).to_have_text("规范性文件")


def test_without_a_script_the_page_leads_on(open_page, base: str) -> None:
    """The form leads to a page that says what to do without a script."""
    page: Page = open_page(javascript=False)
    page.goto(base)
    page.locator("#find").fill("景德镇")
    page.keyboard.press("Enter")
    expect(page.locator("article .notice").first).to_be_visible()
    page.locator("article").get_by_role("link", name="全部机关").click()
    expect(page.locator("article").get_by_role("link", name=JINGDEZHEN)).to_be_visible()


def test_the_full_text_is_only_prose(site: Path) -> None:
    """Of Pagefind only what is asked for is published: no box of its own, no filters in an order of chance."""
    folder = site / "search" / "text" / "1"
    names = {path.name for path in folder.iterdir()}
    assert {"pagefind.js", "pagefind-entry.json", "index", "fragment"} <= names
    assert not [name for name in names if "ui" in name or name == "filter"]
