"""The panel: what each indicator is worth, and what that number rests on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ogi.forms import load
from ogi.model import Issue
from ogi.package.indicators import load_indicators
from ogi.package.panel import Panel, share
from tests.unit.package_sample import CITY, Cells, built, reading, report, sample

PANEL = Panel(load_indicators(), load())


def values(cells: Cells, base: str = "0", templates: dict[str, str] | None = None) -> dict:
    return PANEL.values(reading("a", 2021, cells, templates, base))


def worth(row: dict, code: str) -> tuple[Decimal | None, str]:
    return row[code], row[f"{code}_basis"]


def blank_form(printed: dict[tuple[str, str], int], form: str = "2019-60") -> dict:
    """A requests table in which only `printed` holds numbers and every other cell is empty."""
    cells: dict[tuple[str, str, str], tuple[str | None, str]] = {
        ("requests", item, measure): ("", "blank") for item, measure in load().table(form, "requests").cells
    }
    cells |= {("requests", *key): (str(number), "reported") for key, number in printed.items()}
    return values(cells, templates={"requests": form})


SHANGHAI = {
    ("new_received", "natural_person"): 9,
    ("new_received", "business"): 2,
    ("new_received", "total"): 11,
    ("granted", "natural_person"): 5,
    ("granted", "business"): 2,
    ("refused_process", "natural_person"): 3,
    ("total_disposed", "natural_person"): 8,
    ("total_disposed", "business"): 2,
    ("total_disposed", "total"): 10,
    ("carried_out", "natural_person"): 1,
    ("carried_out", "total"): 1,
}


def test_printed_and_derived_numbers_enter_as_they_are() -> None:
    """A printed number is printed, a derived one derived, and a sum is as weak as its weakest part."""
    row = values(
        {
            ("requests", "new_received", "total"): ("4", "reported"),
            ("requests", "granted", "total"): ("3", "derived"),
            ("requests", "refused_process", "total"): ("2", "derived"),
            ("requests", "refused_admin_query", "total"): ("1", "reported"),
        }
    )
    assert worth(row, "requests_new") == (4, "printed")
    assert worth(row, "granted") == (3, "derived")
    assert worth(row, "refused") == (3, "derived")


def test_a_printed_total_enters_even_where_it_does_not_add_up() -> None:
    """The agency's own sum is its published fact."""
    row = values(
        {
            ("requests", "granted", "natural_person"): ("5", "reported"),
            ("requests", "granted", "total"): ("9", "reported"),
        }
    )
    assert worth(row, "granted") == (9, "printed")


def test_a_blank_total_is_computed_from_its_parts() -> None:
    """Where only the totals of the outcomes are blank, they are the sums of their rows, and say computed."""
    row = values(
        {
            ("requests", "granted", "total"): ("", "blank"),
            ("requests", "granted", "natural_person"): ("3", "reported"),
        }
    )
    assert worth(row, "granted") == (3, "computed")


def test_the_form_that_leaves_zeros_and_totals_blank() -> None:
    """In a form with blank zeros and blank totals of outcomes (Shanghai 2019) every indicator has its
    number."""
    row = blank_form(SHANGHAI)
    assert worth(row, "granted") == (7, "computed")
    assert worth(row, "refused") == (3, "blank_as_zero")
    assert worth(row, "carried_in") == (0, "blank_as_zero")
    assert worth(row, "other") == (0, "blank_as_zero")
    assert worth(row, "requests_new") == (11, "printed")
    assert worth(row, "grant_share") == (Decimal("0.7"), "blank_as_zero")


def test_blank_is_zero_only_where_every_identity_then_holds() -> None:
    """A total that the blanks do not reach leaves every blank in its column missing."""
    row = blank_form({**SHANGHAI, ("total_disposed", "total"): 12, ("new_received", "total"): 13})
    assert worth(row, "declined") == (None, "missing")
    assert worth(row, "cannot_provide") == (None, "missing")
    assert worth(row, "disposed") == (12, "printed")


def test_an_empty_form_declares_nothing() -> None:
    """A form that was never filled in gives no zero: everything is missing."""
    row = blank_form({})
    assert {row[key] for key in row if key.endswith("_basis")} == {"missing"}


def test_a_blank_that_its_equations_fix_is_computed() -> None:
    """The one blank of a block is what its total leaves, where zero would not fit."""
    row = values(
        {
            ("reviews", "review", "upheld"): ("3", "reported"),
            ("reviews", "review", "corrected"): ("", "blank"),
            ("reviews", "review", "total"): ("5", "reported"),
        }
    )
    assert worth(row, "review_correction_share") == (Decimal("0.4"), "computed")


def test_a_blank_without_any_equation_is_missing() -> None:
    """No identity speaks of licensing, so a blank there is no number."""
    assert worth(values({("disclosures", "licensing", "decisions"): ("", "blank")}), "licensing") == (
        None,
        "missing",
    )


@pytest.mark.parametrize("status", ["unreadable", "absent"])
def test_what_was_not_read_is_missing(status: str) -> None:
    """An unreadable or absent cell gives no number, and neither does a sum or share that needs it."""
    row = values(
        {
            ("requests", "total_disposed", "total"): (None, status),
            ("requests", "refused_process", "total"): (None, status),
        }
    )
    for code in ("disposed", "refused", "grant_share"):
        assert worth(row, code) == (None, "missing")


def test_a_share_of_nothing_is_null() -> None:
    """With a denominator of zero there is no share."""
    row = values({})
    assert worth(row, "disposed") == (0, "printed") and worth(row, "grant_share") == (None, "missing")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1, 3, "0.333333"),
        (2, 3, "0.666667"),
        (1, 2_000_000, "0"),
        (3, 2_000_000, "0.000002"),
        (275, 805, "0.341615"),
    ],
)
def test_shares_are_exact_and_rounded_once(part: int, whole: int, text: str) -> None:
    """Six places, half to even."""
    assert share(Decimal(part), Decimal(whole)) == Decimal(text)


def test_forms_that_cannot_be_compared_give_no_number() -> None:
    """The form of 2019 has no column for documents made or in force; decisions it has."""
    row = values({}, templates={"disclosures": "2019-60"})
    assert worth(row, "normative_made") == (None, "missing") and worth(row, "licensing") == (0, "printed")
    assert worth(row, "requests_new") == (None, "missing")


def test_every_number_has_a_basis_and_is_null_where_missing(tmp_path: Path) -> None:
    """In the written panel a number is null if and only if its basis is missing."""
    for row in built(tmp_path).rows("panel"):
        for indicator in load_indicators():
            assert (row[indicator.code] is None) == (row[f"{indicator.code}_basis"] == "missing")


def test_the_panel_holds_live_reports_only(tmp_path: Path) -> None:
    """Earlier versions and broken files are not in the panel."""
    live = sorted(r.report_id for r in sample() if r.outcome == "report" and r.report_id)
    assert sorted(str(r["report_id"]) for r in built(tmp_path).rows("panel")) == live
    assert built(tmp_path, report(CITY, 2021)).table("panel")[0]["failed_checks"] == 0


def test_an_indicator_that_rests_on_a_doubted_cell_says_so() -> None:
    """Its own cell, a part of a sum, a part of a blank total's sum; a note, another row and a correction are no doubt."""
    cells: Cells = {
        ("requests", "carried_out", "total"): ("3", "corrected"),
        ("requests", "new_received", "total"): ("", "blank"),
    }
    issues = (
        Issue("row-duplicated", "warning", "why", cells=("requests.granted.*", "requests.carried_out.*")),
        Issue(
            "suspect-cell",
            "warning",
            "why",
            cells=("requests.refused_process.total", "requests.new_received.business"),
        ),
        Issue("label-unclear", "info", "why", cells=("requests.declined_repeat.*",)),
    )
    row = PANEL.values(reading("a", 2021, cells, issues=issues))
    assert worth(row, "requests_new") == (0, "computed")
    assert row["doubted"] == "requests_new granted refused"
    lost = {**cells, ("requests", "new_received", "other_org"): ("1?", "unreadable")}
    issues = (Issue("number-unreadable", "warning", "why", cells=("requests.new_received.other_org",)),)
    assert PANEL.values(reading("a", 2021, lost, issues=issues))["requests_new"] == 3  # by another identity
    assert PANEL.values(reading("a", 2021, lost, issues=issues))["doubted"] is None
    everything = (Issue("second-table", "warning", "why", cells=("requests.*.*",)),)
    share = PANEL.values(
        reading("a", 2021, {("requests", "total_disposed", "total"): ("3", "reported")}, issues=everything)
    )
    assert "grant_share" in share["doubted"].split() and "reviews" not in share["doubted"].split()
    assert values({})["doubted"] is None


def test_doubts_stand_beside_the_values_they_are_about(tmp_path: Path) -> None:
    """In the long table by cell, in a wide one by row, each once; elsewhere nothing."""
    issues = (
        Issue("row-duplicated", "warning", "why", cells=("requests.granted.*",)),
        Issue(
            "suspect-cell",
            "warning",
            "why",
            cells=("requests.granted.total", "disclosures.licensing.decisions"),
        ),
    )
    package = built(tmp_path, report(CITY, 2021, reading("a", 2021, issues=issues)))
    doubts = {(r["table"], r["item"], r["measure"]): r["doubt"] for r in package.rows("cells") if r["doubt"]}
    assert doubts["requests", "granted", "total"] == "row-duplicated suspect-cell"
    assert doubts["requests", "granted", "business"] == "row-duplicated" and len(doubts) == 8
    assert {r["item"]: r["doubt"] for r in package.rows("requests") if r["doubt"]} == {
        "granted": "row-duplicated suspect-cell"
    }
    assert {r["item"]: r["doubt"] for r in package.rows("disclosures") if r["doubt"]} == {
        "licensing": "suspect-cell"
    }
