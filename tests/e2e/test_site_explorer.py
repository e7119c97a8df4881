"""The explorer: choices live in the address, what is seen can be taken along, nonsense is said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from playwright.sync_api import Page, expect

ROWS = "#explorer-table tbody tr"


def test_choices_filter_the_rows_and_live_in_the_address(open_page, base: str) -> None:
    """Choosing a year and an indicator changes the table and the address, and the address alone brings it back."""
    page: Page = open_page(width=360)
    page.goto(base + "compare/")
    expect(page.locator(ROWS)).to_have_count(5)
    page.get_by_label("年度 Year").select_option("2021")
    page.get_by_label("行政许可").check()
    expect(page.locator(ROWS)).to_have_count(4)
    page.get_by_role("button", name="按行政许可排序").click()
    expect(page.locator(ROWS).first).to_contain_text("景德镇市科学技术局")
    assert "year=2021" in page.url and "sort=licensing%3Adown" in page.url
    seen = page.locator("#explorer-table").inner_text()
    again: Page = open_page()
    again.goto(page.url)
    expect(again.locator(ROWS)).to_have_count(4)
    assert again.locator("#explorer-table").inner_text().split() == seen.split()


def test_what_is_seen_is_what_is_saved(open_page, base: str) -> None:
    """CSV (which Excel opens right) and JSON hold exactly the rows and columns on the page, JSON with a citation."""
    page: Page = open_page()
    page.goto(base + "compare/?region=370000&show=licensing,normative_in_force")
    expect(page.locator(ROWS)).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载所见 CSV").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["agency"], r["year"]) for r in rows] == [("曲阜市科学技术局", "2021")]
    assert list(rows[0])[-2:] == ["normative_in_force", "licensing"]
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    found = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert "CC BY 4.0" in found["citation"] and found["reports"][0]["agency"] == rows[0]["agency"]


def test_an_address_that_makes_no_sense_is_said_and_breaks_nothing(open_page, base: str) -> None:
    """Unknown regions, indicators and agencies are named on the page; the rest of the address still holds."""
    page: Page = open_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(
        base + "compare/?region=999999&show=licensing,<img src=x>&like=nobody&year=2020&sort=nothing:up"
    )
    expect(page.locator(ROWS)).to_have_count(1)
    said = page.locator("#explorer-said")
    for word in ("999999", "<img src=x>", "nobody", "nothing"):
        expect(said).to_contain_text(word)
    assert errors == []


def test_an_agency_leads_to_those_like_it(open_page, base: str) -> None:
    """From an agency's page one click shows those of its sector and level, itself marked and first."""
    page: Page = open_page()
    page.goto(base + "agencies/360700-science-technology/")
    page.get_by_role("link", name="与同类机关比较").click()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator(ROWS).first).to_have_class("self")


def test_without_a_script_ready_made_tables_stand_there(open_page, base: str) -> None:
    """The page says that choosing needs a script and leads to the tables that do not."""
    page: Page = open_page(javascript=False)
    page.goto(base + "compare/")
    expect(page.locator("noscript, .notice").first).to_be_visible()
    expect(page.locator("#explorer")).to_be_hidden()
    page.locator(".ways").get_by_role("link", name="2021").click()
    expect(page.locator("table.compare tbody tr")).to_have_count(4)
