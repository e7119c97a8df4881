"""What people come for, by clicks and keys alone, in a real browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from built import violations
from playwright.sync_api import Page, expect

SHANGRAO = "上饶市工业和信息化局"
REPORT = "reports/361100-industry-it-2021/"


@pytest.mark.parametrize("width", [1280, 360])
def test_a_report_is_found_by_clicks_and_says_that_it_got_no_requests(
    open_page, base: str, width: int
) -> None:
    """Without JavaScript, from the home page: sector, agency, year; then summary, checks, CSV, comparison."""
    page: Page = open_page(width=width, javascript=False)
    page.goto(base)
    page.get_by_role("link", name=re.compile("^工业和信息化")).click()
    page.locator("article").get_by_role("link", name=SHANGRAO, exact=True).first.click()
    page.locator("article").get_by_role("link", name=re.compile("^2021 年")).click()
    assert page.url == base + REPORT
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{SHANGRAO} 2021 年")
    expect(page.locator(".said")).to_contain_text("没有收到政府信息公开申请")
    expect(page.locator(".said-en")).to_contain_text("got no requests")
    page.get_by_role("link", name=re.compile("项?通过")).first.click()
    expect(page.locator("#checks")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    new = [r for r in rows if (r["table"], r["item"], r["measure"]) == ("requests", "new_received", "total")]
    assert [(r["value"], r["status"], r["agency"]) for r in new] == [("0", "reported", SHANGRAO)]
    page.locator(".facts").get_by_role("link", name="2021").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2021 年")
    expect(page.locator(".basis").first).to_contain_text("不是抽样")
    expect(page.locator("table.compare tbody tr")).to_have_count(4)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_comparison_of_a_year_sorts(open_page, base: str, width: int) -> None:
    """A click on a column's head sorts by it, largest first, then smallest; missing numbers stay last."""
    page: Page = open_page(width=width)
    page.goto(base + "years/2021/")
    head = page.locator("table.compare thead th", has_text="行政许可")
    column = head.evaluate("th => th.cellIndex")

    def values() -> list[float | None]:
        texts = page.locator("table.compare tbody tr").evaluate_all(
            "(rows, n) => rows.map(row => row.cells[n].dataset.v)", column
        )
        return [float(text) if text else None for text in texts]

    before = values()
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    numbers = [v for v in before if v is not None]
    missing = [None] * (len(before) - len(numbers))
    assert len(set(numbers)) > 1
    assert values() == sorted(numbers, reverse=True) + missing
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert values() == sorted(numbers) + missing


def test_every_number_leads_to_its_proof_and_back(open_page, base: str) -> None:
    """A number of a table is a link to its row with raw text and place; that row leads back to it."""
    page: Page = open_page(javascript=False)
    page.goto(base + "reports/360200-science-technology-2021/")
    cell = page.locator("#v-disclosures-licensing-decisions")
    assert cell.inner_text() == "23"
    cell.click()
    row = page.locator("#c-disclosures-licensing-decisions")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("第 39 行")
    row.get_by_role("link").first.click()
    assert page.url.endswith("#v-disclosures-licensing-decisions")
    expect(cell).to_be_in_viewport()
    ends = page.locator(".official td a").evaluate_all(
        "links => links.filter(a => !document.querySelector(a.hash)).length"
    )
    assert ends == 0


def test_the_proof_of_a_number_opens_beside_it_and_closes(open_page, base: str) -> None:
    """Enter on a number shows its text, place and checks at once; Escape closes it and gives the focus back."""
    page: Page = open_page(width=360)
    page.goto(base + "reports/361100-industry-it-2021/")
    page.locator("#v-requests-other_other-total").focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("空白")
    expect(card).to_contain_text(re.compile(r"第 \d+ 行"))
    assert page.url.endswith("#c-requests-other_other-total")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "v-requests-other_other-total"


def test_lost_cells_are_shown_as_derived(open_page, base: str) -> None:
    """Ganzhou's numbers that the text lost and the equations fix look otherwise than printed ones."""
    page: Page = open_page()
    page.goto(base + "reports/360700-science-technology-2020/")
    assert page.locator("td.s-derived").count() == 147
    expect(page.locator(".legend")).to_contain_text("推定")
    expect(page.locator("#c-requests-granted-total")).to_contain_text("推定")


def test_light_and_dark_can_be_chosen_and_are_kept(open_page, base: str) -> None:
    """The button turns the page dark, and the next page stays so."""
    page: Page = open_page()
    page.goto(base)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="切换浅色、深色").click()
    dark = page.evaluate(paper)
    assert light != dark
    page.goto(base + "data/")
    assert page.evaluate(paper) == dark
