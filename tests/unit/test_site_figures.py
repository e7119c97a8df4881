"""Figures: drawn to scale, titled, with the same numbers in a table; a missing number is no zero."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import site_shells
from collected_documents import collected
from package_sample import CITY, built

from ogi.package import load
from ogi.site.book import read_book
from ogi.site.figures import Line, Series, stacked
from ogi.site.outcomes import Outcomes

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
    pairs = book.panel_rows(book.live())
    own = [(r, p) for r, p in pairs if book.agencies[r["agency_id"]]["scope"] == "own" and p["disposed"]]
    assert len(own) < len(pairs)
    assert Outcomes(book).many("某地", pairs) == Outcomes(book).many("某地", own)


def test_an_agency_of_one_year_has_its_figures(tmp_path: Path) -> None:
    """One report is enough: what came, what became of it, and why it was not given."""
    package = collected(tmp_path, [("320800-education", "2023", "9-2021-30-word.pdf")])
    site_shells.stamped(package, tmp_path / "site", tmp_path)
    html = (tmp_path / "site/agencies/320800-education/index.html").read_text("utf-8")
    assert html.count('role="img"') == 3 and "没有给的理由（2023 年合计，件）" in html


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
