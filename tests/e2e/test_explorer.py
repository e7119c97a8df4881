"""The explorer: choices live in the address, what is seen can be taken along, nonsense is said."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from built import violations
from playwright.sync_api import Page, Route, expect

ROWS = "#explorer-table tbody tr"


def test_choices_filter_the_rows_and_live_in_the_address(open_page, base: str) -> None:
    """Choosing a year and an indicator changes the table and the address, and the address alone brings it back."""
    page: Page = open_page(width=360)
    page.goto(base + "compare/")
    expect(page.locator(ROWS)).to_have_count(5)
    page.get_by_label("2021").check()
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
        page.get_by_role("button", name="下载此表 CSV").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["agency"], r["year"]) for r in rows] == [("曲阜市科学技术局", "2021")]
    assert list(rows[0])[6:] == [
        *("normative_in_force", "normative_in_force_basis", "licensing", "licensing_basis"),
        *("failed_checks", "doubts", "doubted"),
    ]
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
        base
        + "compare/?region=999999&show=licensing,<img src=x>&like=nobody&year=2020,1999&agency=nowhere&sort=nothing:up"
    )
    expect(page.locator(ROWS)).to_have_count(1)
    said = page.locator("#explorer-unknown")
    for word in ("999999", "<img src=x>", "nobody", "nothing", "1999", "nowhere"):
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
    expect(page.locator("noscript .notice").first).to_be_visible()
    expect(page.locator("#explorer")).to_be_hidden()
    page.locator(".ways").get_by_role("link", name="2021").click()
    expect(page.locator("table.compare tbody tr")).to_have_count(4)


def test_agencies_are_chosen_one_by_one(open_page, base: str) -> None:
    """Typing and Enter add an agency, its button takes it away, and the address holds those that are chosen."""
    page: Page = open_page()
    page.goto(base + "compare/")
    field = page.get_by_label("添加机关 Agencies")
    for query, count in (("曲阜", 1), ("jdz", 2)):
        field.fill(query)
        expect(page.locator("#explorer-offers [data-id]").first).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator(ROWS)).to_have_count(count)
    assert "agency=370881-science-technology%2C360200-science-technology" in page.url
    page.get_by_role("button", name="去掉曲阜市科学技术局").click()
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_role("button", name="看同类机关").click()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator(ROWS).first).to_contain_text("景德镇市科学技术局")
    assert "like=360200-science-technology" in page.url


def test_the_figure_draws_what_is_seen(open_page, base: str) -> None:
    """One bar a report of the table, in its order, with its number; another indicator redraws it and is kept."""
    page: Page = open_page(width=360)
    page.goto(base + "compare/?show=licensing,penalties&sort=licensing:down")
    bars = page.locator("#explorer-drawing svg[role=img] rect")
    expect(bars.first).to_be_attached()  # drawn after the rows: only then is there something to compare
    numbers = page.locator(f"{ROWS} td:nth-child(4)").all_inner_texts()
    expect(bars).to_have_count(len([n for n in numbers if n != "—"]))
    widths = [float(bars.nth(n).get_attribute("width") or 0) for n in range(bars.count())]
    assert widths == sorted(widths, reverse=True) and widths[0] > widths[-1]
    page.locator("#explorer-figure select").select_option("penalties")
    assert "figure=penalties" in page.url
    assert page.locator("#explorer-drawing svg").get_attribute("aria-label") == "行政处罚"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_indicator_is_defined_with_its_denominator(open_page, base: str) -> None:
    """Each shown indicator has its definition; a share names what it is a share of, a count says that it is one."""
    page: Page = open_page()
    page.goto(base + "compare/?show=requests_new,grant_share")
    said = page.locator("#explorer-definitions dd")
    expect(said.nth(0)).to_contain_text("没有分母")
    expect(said.nth(1)).to_contain_text("分母：办理结果总计")
    page.goto(base + "en/compare/?show=grant_share,review_correction_share")
    expect(said.nth(0)).to_contain_text("Denominator: disposed of")
    expect(said.nth(1)).to_contain_text("Denominator: reviews decided")


def test_grounds_are_compared_like_indicators(open_page, made_up: tuple[Path, str]) -> None:
    """A ground is a column with numbers that lead to their cells, a definition with its page, and part of the address."""
    page: Page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(made_up[1] + "compare/")
    expect(page.locator(ROWS).first).to_be_visible()
    assert not any("grounds.json" in url for url in asked)
    page.locator("#explorer-grounds summary").click()
    page.get_by_label("1.本机关不掌握相关政府信息").check()
    page.get_by_role("button", name="按（四）无法提供：1.本机关不掌握相关政府信息排序").click()
    expect(page.locator(f"{ROWS} td:nth-last-child(3) a").first).not_to_have_text("0")
    shown = page.locator(f"{ROWS} td:nth-last-child(3) a").first
    number, target = shown.inner_text(), shown.get_attribute("href") or ""
    assert target.endswith("#c-requests-cannot_no_info-total")
    assert "show=" in page.url and "cannot_no_info" in page.url
    expect(page.locator("#explorer-definitions a").last).to_have_attribute("href", re.compile("glossary/#item-cannot_no_info"))
    again: Page = open_page()
    again.goto(page.url)
    expect(again.locator(f"{ROWS} td:nth-last-child(3) a").first).to_have_text(number)
    again.locator(f"{ROWS} td:nth-last-child(3) a").first.click()
    expect(again.locator("#c-requests-cannot_no_info-total, :target").first).to_contain_text(number)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["compare/?agency=360200-science-technology", "en/compare/?year=2021"])
def test_the_explorer_in_use_is_accessible(open_page, base: str, path: str, dark: bool) -> None:
    """axe finds nothing on it with choices made and offers open."""
    page: Page = open_page(dark=dark)
    page.goto(base + path)
    expect(page.locator(ROWS).first).to_be_visible()
    page.locator("[name=agency]").fill("科技局")
    expect(page.locator("#explorer-offers [data-id]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page, dark) == []


def test_the_english_explorer_speaks_english(open_page, base: str) -> None:
    """Labels, counts and numbers are English; links lead to the same reports."""
    page: Page = open_page()
    page.goto(base + "en/compare/?sector=industry-it")
    expect(page.locator("#explorer-count")).to_contain_text("1 collected reports, not a sample")
    expect(page.get_by_role("button", name="Sort by Requests received")).to_be_visible()
    expect(page.locator(f"{ROWS} td:nth-child(3)").first).to_have_text("Jiangxi, Shangrao")
    page.locator(ROWS).get_by_role("link").first.click()
    assert page.url == base + "reports/361100-industry-it-2021/"


@pytest.mark.parametrize("path", ["compare/", "en/compare/"])
def test_a_number_says_what_it_rests_on_and_whether_it_is_doubted(open_page, made_up: tuple[Path, str], path: str) -> None:
    """On the page as on the ready-made tables, and in what is saved: every sign, basis and doubt that the panel has."""
    folder, base = made_up
    panel = {r["report_id"]: r for r in csv.DictReader((folder / "data" / "data" / "panel.csv").open(encoding="utf-8"))}
    codes = ["carried_in", "granted", "refused", "declined", "grant_share"]
    page: Page = open_page()
    page.goto(f"{base}{path}?show={','.join(codes)}")
    expect(page.locator(ROWS)).to_have_count(len(panel))
    expect(page.locator("#explorer-legend")).to_contain_text("doubted by the reader")
    sign = {"derived": "推", "computed": "算", "blank_as_zero": "空"}
    wanted = [
        sign.get(row[f"{code}_basis"], "") + "疑" * (code in row["doubted"].split())
        for row in panel.values()
        for code in codes
    ]
    assert {"疑", "算"} <= set(wanted)  # else there is nothing to see
    seen = page.locator(f"{ROWS} td:nth-child(n+4):nth-child(-n+8)").evaluate_all(
        "cells => cells.map((cell) => [...cell.querySelectorAll('sup')].map((sup) => sup.textContent).join(''))"
    )
    assert seen == wanted
    with page.expect_download() as download:
        page.locator("[data-save=csv]").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text)):
        own = panel[row["report_id"]]
        assert [(row[c], row[f"{c}_basis"]) for c in codes] == [(own[c], own[f"{c}_basis"]) for c in codes]
        assert row["doubted"].split() == [c for c in own["doubted"].split() if c in codes]
        assert (row["failed_checks"], row["doubts"], row["scope"]) == (own["failed_checks"], own["doubts"], "own")


def test_a_doubted_ground_is_marked(open_page, made_up: tuple[Path, str]) -> None:
    """A ground whose row the reader doubts has the sign that a doubted indicator has, and stands in what is saved."""
    page: Page = open_page()
    page.goto(made_up[1] + "compare/?agency=360200-general-office&year=2025&show=declined_petition,declined_repeat")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(f"{ROWS} td:has(sup)")).to_have_text("35疑")
    drawn = page.locator("#explorer-drawing svg[role=img]")
    expect(drawn.get_by_text("35 疑")).to_have_count(1)
    with page.expect_download() as download:
        page.locator("[data-save=csv]").click()
    (row,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig")))
    assert (row["declined_petition"], row["doubted"]) == ("35", "declined_petition")


def test_a_doubted_point_of_a_line_is_marked(open_page, made_up: tuple[Path, str]) -> None:
    """Over the years of one agency: the sign stands above the point that is doubted, and above no other."""
    page: Page = open_page()
    page.goto(made_up[1] + "compare/?agency=360200-general-office&show=declined_petition")
    points = page.locator("#explorer-drawing svg[role=img] circle")
    expect(points.first).to_be_attached()
    signs = page.locator(f"{ROWS} td:nth-child(4):has(sup)").count()
    assert 0 < signs < points.count()
    expect(page.locator("#explorer-drawing svg[role=img]").get_by_text("疑", exact=True)).to_have_count(signs)


def test_a_line_stops_at_a_year_without_a_number(open_page, made_up: tuple[Path, str]) -> None:
    """Of 2021, 2022 and 2025 the last stands alone and as far off as it is: no line says what 2023 and 2024 were like."""
    page: Page = open_page()

    def without(route: Route) -> None:
        data = route.fetch().json()
        data["rows"] = [row for row in data["rows"] if row[3] not in (2023, 2024)]
        route.fulfill(json=data)

    page.route("**/compare/index.json", without)
    page.goto(made_up[1] + "compare/?agency=360200-education")
    expect(page.locator("#explorer-drawing circle")).to_have_count(3)
    lines = page.locator("#explorer-drawing polyline").evaluate_all("lines => lines.map((line) => line.points.length)")
    assert lines == [2, 1]
    a, b, c = page.locator("#explorer-drawing circle").evaluate_all("dots => dots.map((dot) => dot.cx.baseVal.value)")
    assert c - b == pytest.approx(3 * (b - a), abs=0.3)
