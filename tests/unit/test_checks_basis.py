"""On which basis a check is judged, to whom a failure is laid, and the sentence that writes it out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from checked import FORMS, column, doubt, found, one, over_years, reading, without
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.checks import check, check_years
from ogi.checks.ledger import ledger

UNBALANCED = column(new_received=3, granted=2, total_disposed=2)


def test_the_sentence_writes_the_arithmetic_out() -> None:
    """A broken balance is told with its terms, sums and difference, in Chinese and in English."""
    check = one(reading(UNBALANCED), "T3-01", "natural_person")
    assert check.message_zh == "自然人：本年新收 3 + 上年结转 0 = 3，办理总计 2 + 结转下年度 0 = 2，相差 1"
    assert "received this year 3 + carried in 0 = 3" in check.message_en and "differ by 1" in check.message_en
    assert (check.left, check.right, check.difference) == (Decimal(3), Decimal(2), Decimal(1))


def test_a_check_names_the_cells_it_is_about() -> None:
    """The cells of a check are the keys of its terms."""
    check = one(reading(), "T3-01", "business")
    assert check.cells == tuple(
        f"requests.{i}.business" for i in ("new_received", "carried_in", "total_disposed", "carried_out")
    )


def test_blanks_in_a_whole_table_count_as_zero() -> None:
    """A sum over blanks and marks is judged as blank_as_zero, and says so."""
    values = column(new_received=3, granted=3, total_disposed=3) | column(carried_in=None, carried_out="nil")
    check = one(reading(values), "T3-01", "total")
    assert (check.status, check.basis) == ("pass", "blank_as_zero")
    assert "空白按 0 计" in check.message_zh
    fail = one(reading(values | column(new_received=4)), "T3-01", "total")
    assert (fail.status, fail.basis, fail.attribution) == ("fail", "blank_as_zero", "agency")


@pytest.mark.parametrize("status", ["unreadable", "absent"])
def test_a_lost_term_leaves_a_check_unknown(status: str) -> None:
    """With an unreadable or absent term a check is unknown, has no numbers and is laid to nobody."""
    check = one(reading(UNBALANCED | column(carried_in=status)), "T3-01", "total")
    assert (check.status, check.basis, check.left, check.attribution) == ("unknown", None, None, None)


def test_blanks_in_a_table_with_a_lost_row_are_not_zero() -> None:
    """Blank counts as zero only in a table that is complete."""
    values = column(carried_in=None) | column(declined_repeat="absent")
    assert one(reading(values), "T3-01", "total").status == "unknown"
    keys = [f"requests.declined_repeat.{m}" for m in ("natural_person", "total")]
    assert one(without(reading(column(carried_in=None)), *keys), "T3-01", "total").status == "unknown"


def test_numbers_in_a_table_with_a_lost_row_are_judged() -> None:
    """A sum whose terms are all numbers is judged although another row is lost."""
    assert one(reading(UNBALANCED | column(declined_repeat="absent")), "T3-01", "total").status == "fail"


def test_a_blank_total_is_not_a_wrong_total() -> None:
    """Where only the total is blank the row is unknown, and T3-08 says what its parts add up to."""
    report = reading(
        {
            "requests.granted.natural_person": 258,
            "requests.granted.business": 14,
            "requests.granted.total": None,
        }
    )
    assert one(report, "T3-03", "granted").status == "unknown"
    total = one(report, "T3-08")
    assert (total.status, total.cells) == ("fail", ("requests.granted.total",)) and "272" in total.message_zh


def test_a_failure_of_sure_cells_is_the_agencys() -> None:
    """A broken sum of cells read with certainty is laid to the agency."""
    assert one(reading(UNBALANCED), "T3-01", "total").attribution == "agency"


@pytest.mark.parametrize(
    "pattern", ["requests.new_received.total", "requests.new_received.*", "requests.*.total", "requests.*"]
)
@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_failure_of_doubted_cells_is_our_readings(pattern: str, severity: str) -> None:
    """A broken sum with a cell under a warning or an error is laid to the reading."""
    report = reading(UNBALANCED, issues=(doubt(pattern, severity=severity),))
    assert one(report, "T3-01", "total").attribution == "reading"


def test_a_note_lays_nothing_to_our_reading() -> None:
    """An issue of severity info leaves the failure with the agency."""
    report = reading(UNBALANCED, issues=(doubt("requests.*", severity="info"),))
    assert one(report, "T3-01", "total").attribution == "agency"


def test_a_failure_with_a_derived_cell_is_the_agencys() -> None:
    """A derived cell admits one value only, so a broken sum with one is laid to the agency, unless doubted."""
    derived = UNBALANCED | column(carried_in="~0")
    assert one(reading(derived), "T3-01", "total").attribution == "agency"
    report = reading(derived, issues=(doubt("requests.carried_in.*"),))
    assert one(report, "T3-01", "total").attribution == "reading"


def test_a_table_that_was_not_found_is_said_once() -> None:
    """Without the requests table only T3-06 speaks of it, and it fails as our reading may have missed it."""
    report = reading(tables=("disclosures", "reviews"))
    rules = {c.rule for c in check(report, FORMS) if c.rule.startswith("T3")}
    assert rules == {"T3-06"} and one(report, "T3-06").attribution == "reading"
    assert not found(reading(tables=("disclosures",), year=2019, form="2019-60"), "T3-06")


def test_rows_out_of_order_fail() -> None:
    """Two rows that swapped places keep their values and fail the order."""
    report = reading()
    swap = {"granted": "line=4", "partly_granted": "line=3"}
    from dataclasses import replace

    cells = tuple(
        c._replace(locator=swap.get(c.item, c.locator)) if c.table == "requests" else c for c in report.cells
    )
    cells = tuple(
        c._replace(locator=f"line={int(c.locator[5:]) * 10}")
        if c.table == "requests" and c.item not in swap
        else c
        for c in cells
    )
    check = one(replace(report, cells=cells), "T3-06")
    assert check.status == "fail" and check.attribution == "agency"


def test_the_form_decides_the_number_of_cells() -> None:
    """The 2021 form has 175 cells of requests, that of 2019 has 161."""
    assert one(reading(), "T3-06").right == 175
    assert one(reading(form="2019-60", year=2020), "T3-06").right == 161


def test_the_order_of_checks_is_that_of_the_rules_then_the_form() -> None:
    """Checks stand in the order of rules.yml, and within a rule in the order of the form."""
    from ogi.checks.rules import load_rules

    order = [r.code for r in load_rules()]
    checks = check(reading(), FORMS)
    assert [order.index(c.rule) for c in checks] == sorted(order.index(c.rule) for c in checks)
    assert [c.scope for c in checks if c.rule == "T3-03"] == [
        i.code for i in FORMS.table("2021-30", "requests").items
    ]
    assert len({(c.rule, c.scope) for c in checks}) == len(checks), "a check's key is unique"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=6, max_size=6), st.integers(-3, 3))
def test_a_row_fails_by_exactly_what_its_total_is_off(parts: list[int], off: int) -> None:
    """A row's difference is its parts less the printed total, and it passes only where that is zero."""
    names = ("natural_person", "business", "research", "public_interest_org", "legal_service", "other_org")
    values = {f"requests.granted.{m}": n for m, n in zip(names, parts, strict=True)}
    check = one(reading(values | {"requests.granted.total": sum(parts) + off}), "T3-03", "granted")
    assert check.difference == -off and (check.status == "pass") == (off == 0)


def test_the_years_need_no_gap() -> None:
    """Without the report of the very year before there is no check over years."""
    years = {2020: reading(year=2020, form="2019-60"), 2022: reading(year=2022)}
    assert not any(check_years(years, FORMS).values())


def test_forms_that_do_not_compare_are_not_compared() -> None:
    """From 2020 to 2021 requests carried are compared, documents in force are not."""
    old, new = (
        reading(column(carried_out=2), year=2020, form="2019-60"),
        reading(column(carried_in=2), year=2021),
    )
    assert {c.status for c in over_years("T3-20", old, new)} == {"pass"}
    assert not over_years("T2-03", old, new) and not over_years("T2-06b", old, new)
    assert not over_years("T2-04", old, new) and not over_years("T2-02", old, new)


def test_the_ledger_prices_each_break() -> None:
    """The ledger names what was carried out, what came in, and the gap between."""
    years = {
        2019: reading(
            column(new_received=5, granted=3, total_disposed=3, carried_out=2), year=2019, form="2019-60"
        ),
        2020: reading(column(new_received=4, granted=4, total_disposed=4), year=2020, form="2019-60"),
        2021: reading(column(carried_in=1, granted=1, total_disposed=1), year=2021),
        2023: reading(year=2023),
    }
    lines = ledger(years, FORMS)
    assert [(ln.year, ln.broken, ln.gap) for ln in lines] == [
        (2019, None, None),
        (2020, "carry-dropped", Decimal(-2)),
        (2021, "carry-appeared", Decimal(1)),
        (2023, "year-missing", None),
    ]
    assert lines[0].residual == 0 and lines[1].opening == 2 and lines[1].carried == 0


def test_the_ledger_names_reclassified_applicants() -> None:
    """A carried total that agrees while its columns do not is named so."""
    years = {2021: reading(column(carried_out=2)), 2022: reading(column("business", carried_in=2), year=2022)}
    assert ledger(years, FORMS)[1].broken == "applicant-reclassified"
