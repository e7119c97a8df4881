"""On which basis a check is judged, to whom a failure is laid, and the sentence that writes it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from checked import FORMS, below, column, doubt, found, one, over_years, reading, said, without
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.checks import check, check_years
from ogi.checks.ledger import ledger
from ogi.model import Agency, Entry, Issue
from ogi.understanding import read_whole

AGENCY = Agency("360200-finance", "某市某局", "360200", "prefecture", "finance")

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


def test_a_blank_total_is_carried_over_as_the_sum_of_its_parts() -> None:
    """Totals left blank over parts are worth their sum in the ledger and to the rules over years, never zero."""
    totals = {f"requests.{item}.total": None for item in ("new_received", "total_disposed", "carried_in", "carried_out")}
    moved = {f"requests.{item}.natural_person": 9 for item in ("new_received", "carried_out")}
    years = {
        2021: reading({**moved, **totals}),
        2022: reading(column(carried_in=9, total_disposed=9, granted=9), year=2022),
    }
    lines = ledger(years, FORMS)
    assert (lines[0].received, lines[0].closing, lines[0].residual) == (9, 9, 0)
    assert (lines[1].opening, lines[1].gap, lines[1].broken) == (9, 0, None)
    (carried,) = [c for c in check_years(years, FORMS)[2022] if c.rule == "T3-21"]
    assert (carried.status, carried.right, carried.basis) == ("pass", 9, "blank_as_zero")


def test_a_row_that_gives_its_total_alone_reclassifies_nobody() -> None:
    """Where the kinds of applicants are blank beside totals, the blanks are no zeros to compare with."""
    blank = {c.key: None for c in reading().cells if c.table == "requests" and c.measure != "total"}
    totals = {f"requests.{item}.total": 3 for item in ("carried_in", "granted", "total_disposed")}
    years = {
        2021: reading(column(carried_out=3, new_received=3)),
        2022: reading({**blank, **totals}, year=2022),
    }
    (kinds,) = [c for c in check_years(years, FORMS)[2022] if c.rule == "T3-22"]
    assert kinds.status == "unknown"
    assert ledger(years, FORMS)[1].broken is None


def test_outcomes_below_zero_do_not_make_up_for_others() -> None:
    """Without a request every outcome is zero, not only their sum."""
    report = reading(column(granted=-3, refused_process=3))
    assert one(report, "T3-12", "natural_person").status == "fail"


def test_a_row_that_stands_twice_fails_the_form() -> None:
    """T3-06 asks for each row once; a row printed again is named."""
    again = Issue("row-duplicated", "info", "printed again", cells=("requests.granted.*",))
    check = one(reading(issues=(again,)), "T3-06")
    assert (check.status, check.attribution) == ("fail", "agency")
    assert "Granted in full" in check.message_en and "twice" in check.message_en


def test_a_fall_below_a_summary_says_nothing_of_it() -> None:
    """Changes may be less than nothing, so a summary's may be smaller than that of one body below it."""
    parent, one_, other = (reading({"disclosures.licensing.change": n}, form="2019-60") for n in (1, 3, -2))
    assert below("HI-02", "disclosures", parent, one_, other).status == "pass"
    assert below("HI-01", "disclosures", parent, one_, other).status == "pass"


def test_rules_go_by_the_year_that_a_report_is_published_under() -> None:
    """Of a report of 2021 whose title says 2020, and of one that prints no year, the day it is due is that of 2021."""
    entry, late = Entry("2021.txt", published_on=date(2022, 1, 20)), Entry("2021.txt", published_on=date(2022, 4, 20))
    wrong, silent = reading(year=2020), replace(reading(), year=None, title=None)
    for report in (wrong, silent):
        in_time, too_late = (
            [c for c in check(report, FORMS, AGENCY, e, 2021) if c.rule == "ST-04"] for e in (entry, late)
        )
        assert [c.status for c in in_time] == ["pass"] and [c.left for c in too_late] == [79]
    (title,) = [c for c in check(wrong, FORMS, AGENCY, entry, 2021) if c.rule == "ST-02"]
    assert "the title says 2020, the report is of 2021" in title.message_en
    (unsaid,) = [c for c in check(silent, FORMS, AGENCY, entry, 2021) if c.rule == "ST-02"]
    assert unsaid.status == "unknown"


def test_the_former_law_gave_more_time() -> None:
    """A report of 2018 was due on 31 March, as coverage says."""
    (found_,) = found(reading(year=2018), "ST-04", agency=AGENCY, entry=Entry("a", published_on=date(2019, 3, 20)))
    assert found_.status == "pass"


@pytest.mark.parametrize("text", ["自2008年以来累计收到政府信息公开申请99件。", "2019年以来，历年收到的政府信息公开申请共99件。"])
def test_requests_of_many_years_are_of_no_wrong_year(text: str) -> None:
    """TX-13 asks nothing of what is counted from an earlier year on."""
    assert [c for c in found(said(reading(), text), "TX-13") if c.status == "fail"] == []


@pytest.mark.parametrize("counts", [(-1, 3), (3, -1), (-2, -2), (20, 22, 21, 23, 22, -1), (20, -1, 21, 23, 22, 24, 90)])
def test_a_count_below_zero_is_no_jump(counts: tuple[int, ...]) -> None:
    """Less than no requests may be printed; how they grew from year to year cannot be told then, and nothing breaks."""
    reports = [reading({"requests.new_received.total": n}, year=2017 + i) for i, n in enumerate(counts)]
    (jump,) = over_years("T3-23", *reports)
    assert jump.status == "unknown"


def test_a_statement_beside_a_total_that_was_not_read_has_nothing_to_differ_from() -> None:
    """An unknown check of the prose gives the stated number alone: what was not read is no zero."""
    report = said(reading({"requests.new_received.total": "unreadable"}), "全年共收到政府信息公开申请14件。")
    check = one(report, "TX-05")
    assert (check.status, check.left, check.right, check.difference) == ("unknown", 14, None, None)


@pytest.mark.parametrize(
    ("counts", "status"),
    [
        ((20, 22, 21, 23, 22, 23), "pass"),
        ((20, 22, 21, 23, 22, 90), "fail"),
        ((20, 41, 20, 42, 20, 20), "fail"),  # it always doubles or halves, but not now
        ((19, 39, 79, 39, 79, 39), "pass"),  # half is as far as double
        ((2, 3, 2, 4, 3, 19), "pass"),
        ((2, 3, 2, 4, 30, 3), "fail"),  # thirty in the year before are more than twenty
        ((22, 21, 23, 22, 90), "unknown"),
    ],
)
def test_a_jump_is_as_the_formula_says(counts: tuple[int, ...], status: str) -> None:
    """Farther than 4 MAD from the median of at least four earlier changes, to either side, at 20 requests or more."""
    (jump,) = over_years("T3-23", *(reading(column(new_received=n), year=2015 + i) for i, n in enumerate(counts)))
    assert jump.status == status


def test_a_jump_from_a_number_in_doubt_is_not_laid_to_the_agency() -> None:
    """The number of the year before takes part as much as this year's."""
    doubt = Issue("suspect-cell", "warning", "", None, ("requests.new_received.total",))
    counts = (20, 22, 21, 23, 22, 90)
    reports = [reading(column(new_received=n), year=2015 + i, issues=(doubt,) * (n == 22)) for i, n in enumerate(counts)]
    (jump,) = over_years("T3-23", *reports)
    assert (jump.status, jump.attribution) == ("fail", "reading")


CASES = {"reviews.review.upheld": 1, "reviews.review.total": 1, "reviews.direct.upheld": 1, "reviews.direct.total": 1}


def test_one_denial_is_one_contradiction() -> None:
    """«No reviews and lawsuits» is held once against reviews and lawsuits together, and not again in the next section."""
    text = "2021年，未发生因政府信息公开引起的行政复议、行政诉讼。我局没有因政府信息公开被申请行政复议。"
    (check_,) = found(said(reading(CASES), text), "TX-14")
    assert (check_.scope, check_.status, check_.right) == ("reviews_and_lawsuits", "fail", 2)
    (check_,) = found(said(reading(), text), "TX-14")
    assert check_.status == "pass"


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("我局未发生政府信息公开行政复议。未发生政府信息公开行政诉讼。", {"reviews", "lawsuits"}),
        ("我局没有政府信息公开方面复议后提起的诉讼。", {"lawsuits"}),
    ],
)
def test_denials_apart_are_held_apart(text: str, scopes: set[str]) -> None:
    """Each against its own cells; who denies lawsuits after a review denies no review."""
    assert {c.scope for c in found(said(reading(CASES), text), "TX-14")} == scopes


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("art/2022/1/20/art_1.html", "pass"),
        ("202201/t20220120_12.html", "pass"),
        ("2021/12/31/1.html", "pass"),
        ("2019/xxgk/2024/03/11/1.html", "pass"),  # published again, or the site moved
        ("xxgk2019/212936/2020123/index.html", "pass"),  # a part of the site, and a number of its own
        ("content_2019.html", "pass"),
        ("col/1414201541890/index.html", "pass"),
        ("art/2020/1/20/art_1.html", "fail"),
        ("zwgk/202001/t20200120_12.html", "fail"),
        ("P020200120123456789.pdf", "fail"),
        ("ndbg/2020/index.html", "fail"),
    ],
)
def test_an_address_of_an_earlier_year_is_a_doubt(path: str, status: str) -> None:
    """A report of 2021 came out in 2022 or later: an address whose newest year is before 2021 is another report's."""
    entry = Entry("2021.txt", source_url=f"https://www.example.gov.cn/{path}?year=2001")
    (check_,) = found(reading(year=2021), "ST-02", agency=AGENCY, entry=entry)
    assert (check_.status, check_.attribution) == (status, "reading" if status == "fail" else None)


@pytest.mark.parametrize(
    ("end", "laid_to"),
    [
        ("三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n", "reading"),
        ("五、存在的主要问题及改进情况\n", "reading"),
        ("五、存在的主要问题及改进情况\n一是公开内容还不够丰富。\n", "agency"),
        (f"五、存在的主要问题及改进情况\n一是{'公开的内容还不够丰富，' * 4}二是工作人员的业务水平还有待进一步提\n", "reading"),
    ],
)
def test_sections_that_a_cut_copy_lacks_are_not_laid_to_the_agency(end: str, laid_to: str) -> None:
    text = f"青岚市水利局2022年政府信息公开工作年度报告\n一、总体情况\n我局依法公开。\n{end}"
    checked = read_whole(text.encode(), "a.txt").checks
    (failed,) = (c for c in checked if c.rule == "ST-01")
    assert (failed.status, failed.attribution) == ("fail", laid_to)
