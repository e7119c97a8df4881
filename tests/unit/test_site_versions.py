"""A report that was issued again leads to its earlier versions and says what the agency changed in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import site_shells
from lxml import html
from package_sample import CITY, built, reading, report

from ogi.model import Correction

LIVE, OLD = f"{CITY.agency_id}-2021", f"{CITY.agency_id}-2021-v1"
TOTAL = ("requests", "new_received", "total")


def pages(root: Path, changed: bool) -> tuple[html.HtmlElement, html.HtmlElement]:
    """The live page and that of the version before, with one total changed between them or nothing."""
    old = reading(CITY.name, 2021, {TOTAL: ("4", "reported")})
    new = reading(CITY.name, 2021, {TOTAL: ("7" if changed else "4", "reported")}, title="again")
    cells = [{cell.key: cell for cell in one.cells}[".".join(TOTAL)] for one in (old, new)]
    built(
        root,
        report(CITY, 2021, new, revisions=((OLD, *cells),) if changed else ()),
        report(
            CITY, 2021, replace(old, sha256="0" * 64), report_id=OLD, outcome="superseded", superseded_by=LIVE
        ),
    )
    site_shells.stamped(root / "datapackage", root / "site", root)
    return tuple(
        html.fromstring((root / "site/reports" / name / "index.html").read_text("utf-8"))
        for name in (LIVE, OLD)
    )


@pytest.mark.parametrize("changed", [True, False])
def test_earlier_versions_are_reached_and_changes_are_said(tmp_path: Path, changed: bool) -> None:
    """The live page links to the old one, counts the cells that differ, and names each with both contents."""
    live, old = pages(tmp_path, changed)
    (notice,) = live.xpath("//header/p[@class='notice']")
    assert notice.xpath(f"./a[@href='../{OLD}/']/text()") == ["第 1 版"]
    assert ("1 cell differs" in notice.text_content()) is changed
    assert ("有 1 格不同" in notice.text_content()) is changed and (
        "没有变化" in notice.text_content()
    ) is not changed
    listed = [item.text_content() for item in live.xpath("//ul[preceding-sibling::h3[@id='revisions']]/li")]
    assert [("印「4」" in one, "印「7」" in one) for one in listed] == [(True, True)] * changed
    assert old.xpath(f"//p[@class='notice']/a[@href='../../reports/{LIVE}/']")


def test_a_correction_reaches_those_who_follow_the_agency(tmp_path: Path) -> None:
    """The entry of a report in both feeds bears the day of its last correction."""
    fixes = [
        Correction("source_error", *TOTAL, "0", Decimal("1"), "勘误", "https://example.org", day)
        for day in (date(2027, 3, 4), date(2027, 1, 2))
    ]
    built(tmp_path, report(CITY, 2021, corrections=tuple(fixes)), report(CITY, 2023))
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    for name in ("feed.xml", f"agencies/{CITY.agency_id}/feed.xml"):
        text = (tmp_path / "site" / name).read_text("utf-8")
        assert f":{LIVE}</id><updated>2027-03-04T" in text and ":360200-science-technology-2023</id><updated>2026-11-20T" in text
