"""The quality and coverage pages: denominators, intervals, and what they must not say."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import site_shells
from package_sample import CITY, built

from ogi.package import load
from ogi.site.book import read_book
from ogi.site.coverage import Coverage
from ogi.site.places import Places
from ogi.site.quality import FEW, Quality, Share, wilson
from ogi.site.tally import Sums, tally


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quality")
    built(folder)
    site = site_shells.shells(folder / "site")
    for name in ("quality", "coverage"):
        (site / name).mkdir(exist_ok=True)
        (site / name / "index.html").write_text(f"<html><h1>x</h1><!-- ogi:{name} --></html>", "utf-8")
    site_shells.stamp_site(folder / "datapackage", site, folder, "https://example.org/")
    return folder


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (50, 100, 0.4038, 0.5962),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    """Values of the published formula; of nothing nothing is known."""
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-3)


def test_few_reports_have_no_share() -> None:
    """Below the limit a share is not given, and a page says why."""
    assert not Share(1, FEW - 1).enough and Share(1, FEW).enough
    assert Share(1, 10).text == "10.0%" and Share(1, 10).interval == "1.8%–40.4%"


def test_a_note_is_no_failure(root: Path) -> None:
    """Failed and unknown checks of the live reports are those of the package, notes apart."""
    book = read_book(load(root / "datapackage"))
    sums = Sums()
    for bundle in book.bundles():
        sums.add(bundle.report, tally(bundle))
    quality = Quality(book, sums)
    assert sum(r.failed for r in quality.rules) == sum(int(r["checks_failed"]) for r in book.live())
    assert sum(r.unknown for r in quality.rules) == sum(int(r["checks_unknown"]) for r in book.live())
    assert quality.all.reports == len(book.live())
    for groups in (quality.years, quality.provinces, quality.forms, quality.formats):
        assert sum(g.reports for g in groups) == len(book.live())
        assert [g.code for g in groups] == sorted(g.code for g in groups), (
            "in the order of codes, not of merit"
        )


def test_the_quality_page_names_no_agency(root: Path) -> None:
    """Rules, years, regions and forms have figures with denominators; no agency is named or ranked."""
    html = (root / "site/quality/index.html").read_text("utf-8")
    assert CITY.name not in html and "份数太少" in html and "不是抽样" in html
    assert re.search(r'<a href="\.\./regions/360000/">', html) and "ogi:quality" not in html


def test_each_count_of_the_quality_page_leads_to_its_reports(root: Path) -> None:
    """A number of reports is a link to a page that lists as many, each with a link to what was found; all of them as CSV."""
    home = root / "site/quality"
    html = (home / "index.html").read_text("utf-8")
    links = re.findall(r'<a href="\.\./quality/([a-z0-9-]+)/(#[a-z]+)?">(\d+)</a>', html)
    assert {bool(anchor) for _, anchor, _ in links} == {True, False}
    for name, anchor, count in links:
        page = (home / name / "index.html").read_text("utf-8")
        parts = re.split(r'<h2 id="([a-z]+)">', page)
        rows = parts[parts.index(anchor[1:]) + 1 if anchor else 2].count('<th scope="row"><a href="../../reports/')
        assert rows == int(count), (name, anchor)
    names = {name for name, _, _ in links}
    book = read_book(load(root / "datapackage"))
    for name in names & {r["code"].lower() for (kind, _), r in book.codes.items() if kind == "rule"}:
        lines = (home / name / "index.csv").read_text("utf-8-sig").splitlines()[1:]
        said = {line.split(",")[0] for line in lines if line.endswith(",failed")}
        failed = {c["report_id"] for c in package_rows(root, "checks") if serious(c) and c["rule"].lower() == name}
        assert said == failed & {r["report_id"] for r in book.live()}, name


def test_the_coverage_page_says_what_not_collected_means(root: Path) -> None:
    """Every agency-year with its state, gaps under what help is wanted, and the word that it is not «not published»."""
    html = (root / "site/coverage/index.html").read_text("utf-8")
    assert "不说明它没有公布" in html and "never means «not published»" in re.sub(r"\s+", " ", html)
    assert "2022 年" in html[html.index('id="wanted"') : html.index('id="matrix"')]
    assert html.count('<td class="collected">') == sum(
        r["status"] == "collected" for r in coverage(root).rows
    )


def test_nobody_is_late_whose_date_is_not_known(root: Path) -> None:
    """Only reports with a date of publication are counted as in time or late."""
    found = coverage(root)
    assert all(row["published_on"] for row in found.late) and set(map(id, found.late)) <= set(
        map(id, found.dated)
    )


def test_of_many_agencies_coverage_goes_by_region(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit each province has a line; its sums are all agency-years."""
    monkeypatch.setattr("ogi.site.coverage.LISTED", 1)
    found = coverage(root)
    assert not found.every_agency
    sums = [one for _, sums in found.provinces() for one in sums]
    assert sum(s.collected + s.failed + s.missing for s in sums) == len(found.rows)


def package_rows(root: Path, name: str) -> list[dict[str, str]]:
    paths = sorted((root / "datapackage/data" / name).glob("*.csv"))
    return [row for path in paths for row in csv.DictReader(path.read_text("utf-8").splitlines())]


def serious(check: dict[str, str]) -> bool:
    return check["status"] == "fail" and check["severity"] != "info"


def coverage(root: Path) -> Coverage:
    book = read_book(load(root / "datapackage"))
    return Coverage(book, Places(book))
