"""The tables of the form, numbers and texts in CSV, coverage and lists: row by row."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.due import due_on
from ogi.model import Agency, AgencyName, Check, Entry
from ogi.package.coverage import Seen, coverage_rows
from ogi.package.csvfile import line, neutral, number_text, quoted, restored
from ogi.package.lists import agency_name_rows, region_rows
from ogi.regions import Region
from tests.unit.package_sample import AGENCIES, CITY, WHOLE, built, reading, report

REQUESTS = (
    "natural_person",
    "business",
    "research",
    "public_interest_org",
    "legal_service",
    "other_org",
    "total",
)


@given(st.text())
def test_neutral_text_is_restored(text: str) -> None:
    """Whatever the text, what was done against formulas is undone exactly."""
    assert restored(neutral(text)) == text


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",))), min_size=2))
def test_any_text_survives_a_csv_reader(texts: list[str]) -> None:
    """The csv module reads from a line exactly the fields that were written."""
    assert next(csv.reader(io.StringIO(line(map(quoted, texts)), newline=""))) == texts


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1", "'=1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("'a", "''a"),
        ("'", "''"),
        ("-a", "'-a"),
        ("+1-1", "'+1-1"),
        ("-1.", "'-1."),
        ("--", "'--"),
        ("-", "-"),
        ("+", "+"),
        ("-8", "-8"),
        ("+82", "+82"),
        ("-0.5", "-0.5"),
        ("", ""),
        ("/", "/"),
        ("a=1", "a=1"),
    ],
)
def test_only_what_a_spreadsheet_would_run_is_changed(text: str, written: str) -> None:
    """Numbers and lone marks stay; what starts a formula, and a leading ', gets one '."""
    assert neutral(text) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_numbers_are_plain_text(value: Decimal) -> None:
    """A number is written without exponent, separators or trailing zeros, and reads back as the same
    value."""
    text = number_text(value)
    assert Decimal(text) == value
    assert not set(text) - set("-.0123456789") and text != "-0"
    assert "." not in text or text[-1] not in "0."


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("1E+3", "1000"),
        ("13.700", "13.7"),
        ("0.000000", "0"),
        ("-0", "0"),
        ("1E-6", "0.000001"),
        ("-8.0", "-8"),
        ("100", "100"),
    ],
)
def test_number_examples(printed: str, text: str) -> None:
    """Exponents are written out and zeros that say nothing dropped."""
    assert number_text(Decimal(printed)) == text


def test_a_number_of_thirty_digits_stays_exact(tmp_path: Path) -> None:
    """A printed number of any length comes out digit for digit, in yuan too."""
    digits = "123456789012345678901234567890.123456"
    package = built(
        tmp_path,
        report(CITY, 2021, reading("a", 2021, {("disclosures", "fees", "amount"): (digits, "reported")})),
    )
    row = next(r for r in package.rows("disclosures") if r["item"] == "fees")
    assert row["value"] == Decimal(digits)
    assert row["amount_yuan"] == Decimal("1234567890123456789012345678901234.56")


def test_a_wide_row_has_its_numbers_and_the_weakest_status(tmp_path: Path) -> None:
    """A row of requests has the printed numbers in its columns, and is as weak as its weakest cell."""
    cells = {("requests", "granted", m): (str(n), "reported") for n, m in enumerate(REQUESTS)}
    cells[("requests", "granted", "research")] = (None, "unreadable")
    cells[("requests", "granted", "business")] = ("", "blank")
    cells[("requests", "carried_in", "business")] = ("/", "nil")
    cells[("requests", "carried_in", "research")] = ("0", "derived")
    rows = {
        r["item"]: r for r in built(tmp_path, report(CITY, 2021, reading("a", 2021, cells))).rows("requests")
    }
    assert [rows["granted"][m] for m in REQUESTS] == [0, None, None, 3, 4, 5, 6]
    assert [rows[i]["status"] for i in ("granted", "carried_in", "new_received")] == [
        "unreadable",
        "nil",
        "reported",
    ]
    assert rows["granted"]["item_zh"]


def test_a_row_that_the_document_lacks_is_there_as_absent(tmp_path: Path) -> None:
    """A table in the document has every row of its form in the form's order; the missing one is nulls,
    absent."""
    cells = {("requests", "granted", m): (None, "absent") for m in REQUESTS}
    package = built(tmp_path, report(CITY, 2021, reading("a", 2021, cells)))
    rows = package.table("requests")
    assert len(rows) == 25 and [r["item"] for r in rows[:4]] == [
        "new_received",
        "carried_in",
        "granted",
        "partly_granted",
    ]
    assert rows[2]["status"] == "absent" and all(rows[2][m] is None for m in REQUESTS)
    assert sum(r["status"] == "absent" for r in package.rows("cells")) == 7


def test_a_table_that_the_document_lacks_has_no_rows(tmp_path: Path) -> None:
    """No table, no rows, and no form in reports."""
    package = built(tmp_path, report(CITY, 2021, reading("a", 2021, templates={"requests": "2019-60"})))
    assert (
        len(package.table("requests")) == 23
        and not package.table("reviews")
        and not package.table("disclosures")
    )
    assert package.table("reports")[0]["reviews_template"] is None


def test_money_is_in_yuan_only_where_a_unit_is_printed(tmp_path: Path) -> None:
    """13.70 万元 is 137000 yuan; a number without a printed unit has none."""
    rows = {
        (r["item"], r["measure"]): r
        for r in built(tmp_path).rows("disclosures")
        if r["value"] == Decimal("13.7")
    }
    assert rows["fees", "amount"]["amount_yuan"] == 137000
    assert not [
        r for r in built(tmp_path).rows("disclosures") if r["amount_yuan"] is not None and r["unit"] is None
    ]


def test_statistics_keep_rows_that_are_not_known(tmp_path: Path) -> None:
    """A row of an annex that nobody knows keeps label and number; the known one is in cells too."""
    package = built(tmp_path)
    assert [(r["n"], r["label"], r["item"], r["value"]) for r in package.rows("statistics")] == [
        (1, "主动公开数", "stat_proactive_total", 163),
        (2, "=怪行", None, 1000),
    ]
    assert [r["item"] for r in package.rows("cells") if r["table"] == "statistics"] == [
        "stat_proactive_total"
    ]


def test_counts_of_a_report(tmp_path: Path) -> None:
    """A report counts its checks by result and as doubts only issues above info."""
    row = built(tmp_path).index("reports")[f"{CITY.agency_id}-2021"]
    assert [row[f"checks_{result}"] for result in ("passed", "failed", "unknown")] == [1, 1, 1]
    assert row["doubts"] == 0 and row["version"] is None
    assert built(tmp_path).index("reports")[f"{CITY.agency_id}-2021-v1"]["version"] == 1


def test_a_note_that_fails_is_no_failed_check(tmp_path: Path) -> None:
    """A failed check of severity info is published, and counted neither in reports nor in the panel."""
    notes = tuple(Check("T3-07", t, "fail", s, ()) for t, s in (("requests", "info"), ("reviews", "warning")))
    package = built(tmp_path, report(CITY, 2021, reading(CITY.name, 2021, checks=notes)))
    assert len(list(package.rows("checks"))) == 2
    assert package.table("reports")[0]["checks_failed"] == package.table("panel")[0]["failed_checks"] == 1


def test_checks_come_by_rule_and_in_the_order_of_the_form(tmp_path: Path) -> None:
    """Checks are sorted by rule, then by the column or row they are about."""
    order = [(r["rule"], r["scope"]) for r in built(tmp_path).rows("checks")]
    assert order == [("T3-01", "natural_person"), ("T3-01", "total"), ("T3-03", "granted")]


def test_coverage_runs_from_the_first_to_the_last_year(tmp_path: Path) -> None:
    """Years between are not collected, a broken file is failed, and lateness is known only with a date."""
    rows = [r for r in built(tmp_path).rows("coverage") if r["agency_id"] == CITY.agency_id]
    assert [(r["year"], r["status"], r["days_late"]) for r in rows] == [
        (2021, "collected", 10),
        (2022, "not_collected", None),
        (2023, "collected", 10),
        (2024, "failed", None),
    ]
    assert [r["declared_nil"] for r in rows] == ["yes", "unknown", "yes", "unknown"]


def test_a_list_kept_by_hand_stretches_the_years() -> None:
    """A year that only the list names is there as not collected."""
    rows = coverage_rows([Seen(CITY.agency_id, 2021, "x")], {CITY.agency_id: CITY}, {(CITY.agency_id, 2023): None})
    assert [(r["year"], r["status"]) for r in rows] == [
        (2021, "collected"),
        (2022, "not_collected"),
        (2023, "not_collected"),
    ]


def test_due_dates_follow_the_law_in_force() -> None:
    """Art. 49 asks for 31 January, of an aggregate for 31 March; before it art. 32 asked everyone for 31
    March."""
    assert due_on(2021, "own") == date(2022, 1, 31) and due_on(2021, "aggregate") == date(2022, 3, 31)
    assert due_on(2018, "own") == date(2019, 3, 31) and due_on(2019, "own") == date(2020, 1, 31)


def test_as_of_is_the_latest_day_of_collection(tmp_path: Path) -> None:
    """The package is as of the latest retrieved_on of its inputs, and of no day where none is known."""
    days = [
        report(CITY, 2021, entry=Entry("a", 2021, retrieved_on=date(2025, 5, 5))),
        report(CITY, 2022, entry=Entry("b", 2022)),
    ]
    assert built(tmp_path, *days).as_of == date(2025, 5, 5)
    assert built(tmp_path, days[1]).as_of is None


def test_names_hold_the_present_one_once() -> None:
    """The present name is among the names whether agency.yml repeats it or not."""
    twice = Agency(
        "a",
        "甲",
        "360200",
        "county",
        "other",
        names=(AgencyName("甲", "official"), AgencyName("乙", "former")),
    )
    assert [(r["name"], r["kind"]) for r in agency_name_rows([twice])] == [
        ("乙", "former"),
        ("甲", "official"),
    ]
    assert len(agency_name_rows(AGENCIES)) == 5


def test_regions_hold_what_the_agencies_stand_in() -> None:
    """The regions of the agencies, those above and the successors are there, each with its latest name."""
    here = [
        Region("360200", "新名", None, "prefecture", "360000", 2000, None),
        Region("360200", "旧名", None, "prefecture", "360000", 1980, 1999),
        Region("360000", "省", None, "province", None),
        Region("999999", "别处", None, "county", None),
    ]
    rows = {r["region_code"]: r for r in region_rows([CITY, WHOLE], here)}
    assert list(rows) == ["360000", "360200"]
    assert (rows["360200"]["zh"], rows["360200"]["former_names"]) == ("新名", "旧名 (1980–1999)")
