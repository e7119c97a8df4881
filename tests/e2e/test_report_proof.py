"""Documents of every kind on the site: each number opens its place, prose is marked, a letter can be taken along."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from built import built, violations
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from collected_documents import FIXTURES, collected  # noqa: E402

PDF, SCAN = "reports/320800-education-2023/", "reports/320800-education-2021/"
OFD, WORD, TEXT = (
    "reports/320500-education-2023/",
    "reports/320500-education-2020/",
    "reports/320300-education-2022/",
)
TOTAL = "#v-requests-new_received-total"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site made of one document of each kind; the text's prose says 3 where its table says 2."""
    root = tmp_path_factory.mktemp("documents")
    (root / "14.txt").write_text(
        (FIXTURES / "14-2021-30.txt")
        .read_text("utf-8")
        .replace("政府信息公开申请2件", "政府信息公开申请3件"),
        "utf-8",
    )
    package = collected(
        root,
        [
            ("320800-education", "2023", "9-2021-30-word.pdf"),
            ("320800-education", "2021", "255-2021-30-scan.pdf"),
            ("320500-education", "2023", "9-2021-30.ofd"),
            ("320500-education", "2020", "10-2019-60.docx"),
            ("320300-education", "2022", str(root / "14.txt")),
        ],
        more=", reviewed_on: 2026-11-01, reviewed_by: 张三",
    )
    with built(package, root, "site", repo="https://example.org/ogi") as (_, base):
        yield base


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", [PDF, SCAN, OFD])
def test_a_number_opens_the_cropped_page_with_its_box(
    open_page, documents: str, path: str, width: int
) -> None:
    """Enter shows the picture, loaded and as high as it is; its box stands within what is to be seen, and holds ink."""
    page: Page = open_page(width=width)
    page.goto(documents + path)
    page.locator(TOTAL).focus()
    page.keyboard.press("Enter")
    crop = page.get_by_role("dialog").locator(".crop").first
    expect(crop).to_be_visible()
    picture = crop.locator("img")
    page.wait_for_function("i => i.complete && i.naturalWidth > 0", arg=picture.element_handle())
    assert picture.evaluate("i => i.clientHeight === i.height && i.height === i.naturalHeight")
    outer, inner = crop.bounding_box(), crop.locator("i").bounding_box()
    assert outer and inner
    assert outer["x"] - 1 <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
    assert outer["y"] - 1 <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


@pytest.mark.parametrize(
    ("path", "seen"), [(PDF, ".crop img"), (OFD, ".crop img"), (WORD, ".as-read b"), (TEXT, ".lines b")]
)
def test_without_a_script_the_place_is_seen_in_its_row(
    open_page, documents: str, path: str, seen: str
) -> None:
    """The link leads to the cell's row, which then shows its place; the other rows show none."""
    page: Page = open_page(javascript=False)
    page.goto(documents + path)
    page.locator(TOTAL).click()
    expect(page.locator(f"#c-requests-new_received-total {seen}").first).to_be_visible()
    assert page.locator(".view:visible").count() == 1


def test_what_the_prose_says_is_marked_and_leads_to_the_cell(open_page, documents: str) -> None:
    """The sentence that disagrees is marked, says so in words, and links to the cell; the check has its arithmetic."""
    page: Page = open_page(javascript=False)
    page.goto(documents + TEXT)
    mark = page.locator("mark.st.no")
    expect(mark).to_have_count(1)
    note = page.locator("mark.st.no + .st-note")
    assert "与表不一致" in note.text_content() and "2" in note.text_content()
    note.get_by_role("link").click()
    expect(page.locator(TOTAL)).to_be_in_viewport()
    failed = page.locator(".check-list li.warning", has_text="TX-0").first
    expect(failed).to_contain_text("3")
    expect(failed).to_contain_text("相差 1")


def test_the_letter_unfolds_and_can_be_taken_along(open_page, documents: str) -> None:
    """A closed block with the draft and the word that it is one; the text file is the same."""
    page: Page = open_page(javascript=False)
    page.goto(documents + TEXT)
    block = page.locator("details.letter")
    expect(block.locator("pre")).to_be_hidden()
    block.locator("summary").click()
    expect(block).to_contain_text("先打开原件逐项核对")
    with page.expect_download() as download:
        block.get_by_role("link", name="下载文本").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.split() == block.locator("pre").inner_text().split()
    assert f"{documents}{TEXT}#k-TX-0" in text and "第五十条" in text


def test_a_wrong_number_is_reported_with_the_form_filled_in(open_page, documents: str) -> None:
    """From the proof of a number the form gets the address of the cell, its name, its value and its text."""
    page: Page = open_page()
    page.goto(documents + PDF)
    page.locator(TOTAL).click()
    href = page.get_by_role("dialog").get_by_role("link", name="报告错误").get_attribute("href")
    assert href and href.startswith("https://example.org/ogi/issues/new?")
    filled = parse_qs(urlsplit(href).query)
    assert filled["permalink"] == [f"{documents}{PDF}#c-requests-new_received-total"]
    assert "本年新收" in filled["cell"][0] and filled["here"] == [page.locator(TOTAL).inner_text()]
    assert "第 1 页" in filled["evidence"][0] and filled["template"] == ["wrong-number.yml"]


def test_notes_are_not_counted_as_failures(open_page, documents: str) -> None:
    """The number of failures in the head is that of the list of failures; notes have a list of their own."""
    page: Page = open_page(javascript=False)
    page.goto(documents + WORD)
    said = page.locator(".facts a[href='#checks']").inner_text()
    failures = (
        page.locator(".check-list li.error, .check-list li.warning").and_(page.locator(".checks li")).count()
    )
    assert f"{failures} 未通过" in said
    expect(page.locator("#notes")).to_be_visible()
    assert re.search(r"(\d+) 提示", said)


def test_a_review_by_a_person_is_shown(open_page, documents: str) -> None:
    """The date stands in the head, the name beside the document."""
    page: Page = open_page(javascript=False)
    page.goto(documents + PDF)
    expect(page.locator(".facts")).to_contain_text("2026-11-01")
    expect(page.locator("dl.document")).to_contain_text("张三")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path", ["quality/", "coverage/", "agencies/320800-education/", "sectors/education/", "years/", TEXT]
)
def test_pages_with_figures_are_accessible_and_fit_a_phone(
    open_page, documents: str, path: str, dark: bool
) -> None:
    """axe finds nothing with every block unfolded, and nothing scrolls sideways at 360 pixels."""
    page: Page = open_page(width=360, height=740, dark=dark)
    page.goto(documents + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert violations(page, dark) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
