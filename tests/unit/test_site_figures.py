"""Figures: drawn to scale, titled, with the same numbers in a table; a missing number is no zero."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import site_shells
from collected_documents import collected
from package_sample import CITY, built

from ogi.package import load
from ogi.site.book import read_book
from ogi.site.figures import Line, Series, stacked
from ogi.site.grounds import Grounds, line_of
from ogi.site.outcomes import OUTCOMES, Outcomes

SERIES = [Series("甲<b>", 0), Series("乙", 1)]


def figure(*lines: Line) -> str:
    return str(stacked("图<i>", SERIES, list(lines), "件", "年度"))


def test_bars_are_as_long_as_their_numbers() -> None:
    """Twice the number is twice the length, and the parts of a bar stand end to end."""
    html = figure(Line("2020", [Decimal(30), Decimal(60)]), Line("2021", [Decimal(15), None]))
    bars = [
        (float(x), float(w))
        for x, w in re.findall(r'<rect class="f\d" x="([\d.]+)"[^>]*width="([\d.]+)"', html)
    ]
    assert bars[1][1] == pytest.approx(2 * bars[0][1], abs=0.2) and bars[0][1] == pytest.approx(
        2 * bars[2][1], abs=0.2
    )
    assert bars[1][0] == pytest.approx(bars[0][0] + bars[0][1], abs=0.2)


def test_a_figure_says_what_it_is_and_gives_its_numbers() -> None:
    """Role, title, and a table behind it in which a missing number is a dash; names are text."""
    html = figure(Line("2020", [Decimal(1234), None], "说明"))
    assert 'role="img"' in html and "<title>图&lt;i&gt;</title>" in html and "<b>" not in html
    assert '<th scope="row">2020</th><td class="n">1,234</td><td class="n">—</td><td>说明</td>' in html


def test_no_numbers_no_figure() -> None:
    """Years without any number draw nothing, nor do noughts alone; a year of nought beside others is drawn as nought."""
    assert figure(Line("2020", [None, None])) == "" == figure(Line("2020", [Decimal(0), None]))
    assert ">0</text>" in figure(Line("2020", [Decimal(0), None]), Line("2021", [Decimal(1), None]))


def test_sums_over_agencies_leave_summaries_out(tmp_path: Path) -> None:
    """The outcomes of own reports are added by year; a government's summary is not in them."""
    built(tmp_path)
    book = read_book(load(tmp_path / "datapackage"))
    pairs = [(r, {**p, "granted": "3"}) for r, p in book.panel_rows(book.live())]
    own = [(r, p) for r, p in pairs if book.agencies[r["agency_id"]]["scope"] == "own" and p["disposed"]]
    assert len(own) < len(pairs)
    drawn = Outcomes(book).many("某地", pairs, "../../compare/", "region=360000")
    assert drawn == Outcomes(book).many("某地", own, "../../compare/", "region=360000")
    year, many = Counter(p["year"] for _, p in own).most_common(1)[0]
    link = f"../../compare/?region=360000&amp;year={year}&amp;show=granted&amp;sort=granted:down"
    assert f'<td class="n"><a href="{link}">{3 * many}</a></td>' in drawn


def test_a_number_that_a_report_lacks_is_no_zero_in_a_sum(tmp_path: Path) -> None:
    """The sum is of the others and says how many lack it; where none has it there is no sum; the bar is the least it can be."""
    built(tmp_path)
    book = read_book(load(tmp_path / "datapackage"))
    outcomes = Outcomes(book)
    known = dict.fromkeys(OUTCOMES, "2")
    pairs = [(r, p) for r, p in book.panel_rows(book.live()) if p["disposed"]]
    report, panel = next((r, p) for r, p in pairs if book.agencies[r["agency_id"]]["scope"] == "own")
    full, less = {**panel, **known}, {**panel, **known, "cannot_provide": ""}
    whole = outcomes.many("某地", [(report, full)] * 2, "x")
    assert ">24</text>" in whole and "没有数" not in whole and "≥" not in whole
    some = outcomes.many("某地", [(report, full), (report, less)], "x")
    assert "2 份报告；无法提供有 1 份没有数，不在其中" in some and ">≥ 22</text>" in some
    assert ">2</a>" in some and ">4</a>" in some
    none = outcomes.many("某地", [(report, less)], "x")
    assert '<td class="n">—</td>' in none and "无法提供有 1 份没有数" in none and ">0<" not in none
    own = str(outcomes.agency("某局", [(report, less)])[-1])
    assert "没有数：无法提供" in own and ">≥ 10</text>" in own


def test_grounds_of_an_agency_say_which_year_lacks_a_number(tmp_path: Path) -> None:
    """A ground without a number in one year is not in the sum, and the figure says so."""
    built(tmp_path)
    book = read_book(load(tmp_path / "datapackage"))
    one, *_ = book.live()
    drawn = Grounds(book, {one["report_id"]: "refused_process:3 cannot_create:"}).of_agency([one])
    assert f"{one['year']} 年的报告有的理由没有印出数字，不在其中。" in drawn
    assert "不在其中" not in Grounds(book, {one["report_id"]: "refused_process:3"}).of_agency([one])


def test_an_agency_of_one_year_has_its_figures(tmp_path: Path) -> None:
    """One report is enough: what came, what became of it, and why it was not given."""
    package = collected(tmp_path, [("320800-education", "2023", "9-2021-30-word.pdf")])
    site_shells.stamped(package, tmp_path / "site", tmp_path)
    html = (tmp_path / "site/agencies/320800-education/index.html").read_text("utf-8")
    assert html.count('role="img"') == 3 and "申请未获公开的理由（2023 年合计，件）" in html


def test_a_break_in_the_ledger_is_priced(tmp_path: Path) -> None:
    """Where a year carries in otherwise than the year before carried out, the difference stands in the figure."""
    documents = [
        ("320800-education", "2020", "10-2019-60.pdf"),
        ("320800-education", "2021", "14-2021-30.txt"),
    ]
    site_shells.stamped(collected(tmp_path, documents), tmp_path / "site", tmp_path)
    html = (tmp_path / "site/agencies/320800-education/index.html").read_text("utf-8")
    assert re.search(r'class="mid broken"[^>]*>多 9<', html)
    assert 'class="bad">结转数改变' in html


def test_an_agency_without_requests_has_no_ledger(tmp_path: Path) -> None:
    """Nothing pending and nothing received is nothing to draw."""
    built(tmp_path)
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    assert 'id="ledger"' not in (tmp_path / f"site/agencies/{CITY.agency_id}/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([("new_received", "3"), ("refused_process", "2"), ("cannot_create", "0")], "refused_process:2"),
        ([("declined_repeat", ""), ("refused_process", "0")], "declined_repeat:"),
        ([("declined_repeat", "1.5"), ("refused_process", "-1")], "declined_repeat: refused_process:"),
        ([("declined_repeat", "0"), ("refused_process", "2")], "declined_repeat:0? refused_process:2"),
        ([], "-"),
    ],
)
def test_a_ground_that_is_not_printed_is_no_zero(rows: list[tuple[str, str]], line: str) -> None:
    """What is kept of a report's grounds tells nought, no number and no table apart."""
    doubted = {"declined_repeat"} if "?" in line else set()
    assert line_of([(item, total, "suspect-cell" * (item in doubted)) for item, total in rows]) == line


def test_grounds_of_many_agencies_lead_to_their_reports(tmp_path: Path) -> None:
    """Sums over own reports, the largest first, each with a link that shows the reports it is made of; and as data."""
    built(tmp_path)
    book = read_book(load(tmp_path / "datapackage"))
    pairs = book.panel_rows(book.live())
    own = [r for r, _ in pairs if book.agencies[r["agency_id"]]["scope"] == "own"]
    summary = next(r for r, _ in pairs if book.agencies[r["agency_id"]]["scope"] == "aggregate")
    lines = {own[0]["report_id"]: "refused_process:2 cannot_create:", summary["report_id"]: "refused_process:90"}
    lines[own[2]["report_id"]] = "refused_process:5? declined_repeat:0?"
    grounds = Grounds(book, lines | {own[1]["report_id"]: "-"})
    html = str(grounds.of_many(pairs, "../../compare/", "region=360000"))
    assert '<a href="../../compare/?region=360000&amp;show=refused_process&amp;sort=refused_process:down">7</a>' in html
    assert "2 份报告 reports，1 份读取存疑" in html and str(grounds.of_agency([own[2]])).count("疑</sup>") == 1
    assert "1 份报告有的理由没有印出数字" in html and "90" not in html
    data = json.loads(b"".join(grounds.data(book.live(), "1")))
    places = {row["code"]: n for n, row in enumerate(grounds.items)}
    said = {report: rest for report, *rest in data["reports"]}
    assert said[own[0]["report_id"]] == [places["refused_process"], 2, places["cannot_create"], None]
    assert said[own[1]["report_id"]] == [None] and len(said) == 4
    assert data["doubted"] == {own[2]["report_id"]: [places["refused_process"], places["declined_repeat"]]}
