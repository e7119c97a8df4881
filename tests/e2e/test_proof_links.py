"""From a number on any page to its proof and back: comparisons, figures, the explorer, the sentence at the head of a report.

Comes in: the site of the committed reports and a made-up one. Must not know: how a number is worked out.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from built import file_of, pages_of
from playwright.sync_api import Page, expect

PROOF = re.compile(r'<a href="(?:\.\./\.\./(reports/[\w-]+/))?#([ci]-[\w-]+)"[^>]*>([^<]+)</a>')
COMPARING = ("agencies/", "regions/", "sectors/", "years/", "indicators/")


@cache
def proved(path: Path) -> dict[str, str]:
    """What a report's page gives as the number of each row of proof."""
    html = path.read_text("utf-8")
    rows = re.findall(r'<tr id="([ci]-[\w-]+)"><th.*?</th><td class="n">(.*?)</td>', html)
    return {name: re.sub("<sup>.*?</sup>", "", value).partition(" ")[0] for name, value in rows}


def test_every_number_of_a_comparison_leads_to_a_proof_that_says_it(either: tuple[Path, str]) -> None:
    """On each page of an agency, region, sector, year or indicator: a number is a link to a row with the same number."""
    site, _ = either
    wrong, seen = [], 0
    for url in pages_of(site):
        if not url.startswith(COMPARING):
            continue
        html = file_of(site, url).read_text("utf-8")
        for report, name, shown in PROOF.findall(html):
            seen += 1
            there = proved(file_of(site, report)).get(name, "?")
            if there != shown and re.search(
                r"[\d?]", there
            ):  # a blank or a mark may count as nought, and says so
                wrong.append((url, report, name, shown))
        for table in re.findall('<table class="compare".*?</table>', html, re.S):
            bare = re.findall(r'<td class="n" data-v="[^"]+">(?!<a)(?!20\d\d<)', table)
            wrong += [(url, "", "no link", cell) for cell in bare]
    assert wrong == [] and seen > 100


def test_the_sentence_of_a_report_leads_to_the_cells_it_quotes(made_up: tuple[Path, str]) -> None:
    """Each number of the sentence that one cell prints is a link to that cell, in both languages."""
    site, _ = made_up
    seen = 0
    for url in pages_of(site):
        if not re.fullmatch(r"reports/[\w-]+/", url):
            continue
        html = file_of(site, url).read_text("utf-8")
        for sentence in re.findall(r'<p class="said(?:-en)?".*?</p>', html):
            for _, name, shown in PROOF.findall(sentence):
                seen += 1
                assert proved(file_of(site, url))[name] == shown, (url, name)
    assert seen > 50


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("path", ["years/2021/", "indicators/refused/", "indicators/grant_share/"])
def test_by_keys_from_a_comparison_to_the_proof_and_back(
    open_page, made_up: tuple[Path, str], path: str, javascript: bool
) -> None:
    """Enter on a number opens the page at its row, which is in view and holds it; one step back is where one was."""
    base = made_up[1]
    page: Page = open_page(javascript=javascript)
    page.goto(base + path)
    link = page.locator("table.compare td.n a[href*='#c-'], table.compare td.n a[href*='#i-']").first
    shown, name = link.inner_text(), (link.get_attribute("href") or "").partition("#")[2]
    link.focus()
    page.keyboard.press("Enter")
    row = page.locator(f"#{name}")
    expect(row).to_be_in_viewport()
    expect(row.locator("td").first).to_contain_text(shown)
    page.go_back()
    expect(page).to_have_url(base + path)
    expect(link).to_be_in_viewport()


def test_a_number_of_the_explorer_opens_its_proof(open_page, made_up: tuple[Path, str]) -> None:
    """A click on a number of the chosen table shows its row of proof; going back brings the choice again."""
    page: Page = open_page()
    page.goto(made_up[1] + "compare/?show=refused,requests_new&year=2021")
    for code in ("requests_new", "refused"):
        link = page.locator(
            f"#explorer-table a[href*='#']:is([href$='#i-{code}'], [href$='new_received-total'])"
        ).first
        expect(link).to_be_visible()
        shown, name = link.inner_text(), (link.get_attribute("href") or "").partition("#")[2]
        link.click()
        expect(page.locator(f"#{name} td").first).to_contain_text(shown)
        page.go_back()
        expect(page.locator("#explorer-table tbody tr").first).to_be_visible()
