"""Every rule of forms/rules.yml has a report that passes it, a report that fails it, and a line in docs/rules.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from checked import column, one, over_years, reading

from ogi.checks.page import line
from ogi.checks.rules import Rule, load_rules
from ogi.model import Agency, Check, Entry, Section
from ogi.paths import DOCS

Case = Callable[[], Check]
TOWN = Agency("361126-town-gexi", "葛溪乡人民政府", "361126", "town", "town")
CITY = Agency("360200-government", "景德镇市人民政府", "360200", "prefecture", "government", "aggregate")
SIX = ("overview", "disclosures", "requests", "reviews", "problems", "other")
REGULATIONS = {"disclosures.regulations.made": 2, "disclosures.regulations.in_force": 2}
BUSY = {k: v for n in range(1, 5) for k, v in {f"reviews.review.{m}": n for m in ("upheld", "other")}.items()}


def years(rule: str, now: dict, before: dict, form: str = "2021-30", year: int = 2022) -> Check:
    (check,) = over_years(rule, reading(before, year=year - 1, form=form), reading(now, year=year, form=form))
    return check


def year_of(values: dict, year: int) -> object:
    return reading(values, year=year)


def jump(now: int) -> Check:
    counts = (20, 22, 21, 23, 22, now)
    reports = [reading(column(new_received=n), year=2017 + i) for i, n in enumerate(counts)]
    (check,) = over_years("T3-23", *reports)
    return check


def whole(*headings: tuple[str, str]) -> Check:
    return one(replace(reading(), sections=tuple(Section(c, h, "", None) for c, h in headings)), "ST-01")


def published(on: date) -> Check:
    return one(reading(), "ST-04", agency=TOWN, entry=Entry("2021.txt", published_on=on))


COPY = {
    f"requests.{i}.{m}": 3
    for i in ("new_received", "granted", "total_disposed")
    for m in ("natural_person", "business", "total")
}
HEADINGS = tuple((c, f"{n}、标题") for c, n in zip(SIX, "一二三四五六", strict=True))

PASSES: dict[str, Case] = {
    "T3-01": lambda: one(reading(column(new_received=3, total_disposed=2, carried_out=1)), "T3-01", "total"),
    "T3-02": lambda: one(reading(column(granted=2, declined_repeat=1, total_disposed=3)), "T3-02", "total"),
    "T3-03": lambda: one(reading(column("business", granted=2)), "T3-03", "granted"),
    "T3-05": lambda: one(reading(column(granted=2)), "T3-05"),
    "T3-06": lambda: one(reading(), "T3-06"),
    "T3-07": lambda: one(reading(), "T3-07"),
    "T3-08": lambda: one(reading(column(granted=2)), "T3-08"),
    "T3-12": lambda: one(reading(column(new_received=1, granted=1, total_disposed=1)), "T3-12", "total"),
    "T3-20": lambda: over_years(
        "T3-20", reading(column(carried_out=2), year=2021), reading(column(carried_in=2), year=2022)
    )[-1],
    "T3-21": lambda: years("T3-21", column(carried_in=2), column(carried_out=2)),
    "T3-22": lambda: years("T3-22", column(carried_in=2), column(carried_out=2)),
    "T3-23": lambda: jump(23),
    "T3-24": lambda: years("T3-24", COPY, column(granted=3)),
    "T4-01": lambda: one(reading({"reviews.review.upheld": 2, "reviews.review.total": 2}), "T4-01"),
    "T4-02": lambda: one(reading({"reviews.direct.pending": 2, "reviews.direct.total": 2}), "T4-02"),
    "T4-03": lambda: one(
        reading({"reviews.after_review.other": 1, "reviews.after_review.total": 1}), "T4-03"
    ),
    "T4-04": lambda: one(reading({"reviews.review.upheld": 2}), "T4-04"),
    "T4-05": lambda: years("T4-05", {"reviews.after_review.total": 1}, {"reviews.review.total": 1}),
    "T4-06": lambda: one(reading({"reviews.review.total": 2} | column(total_disposed=2)), "T4-06"),
    "T4-07": lambda: years("T4-07", {"reviews.review.total": 2}, {"reviews.review.pending": 2}),
    "T2-01": lambda: one(reading({"disclosures.licensing.decisions": 7}), "T2-01"),
    "T2-02": lambda: one(reading(REGULATIONS), "T2-02", "regulations"),
    "T2-03": lambda: over_years(
        "T2-03",
        reading(REGULATIONS),
        reading({"disclosures.regulations.repealed": 1, "disclosures.regulations.in_force": 1}, year=2022),
    )[0],
    "T2-04": lambda: years("T2-04", {"disclosures.fees.amount": 90}, {"disclosures.fees.amount": 80}),
    "T2-05": lambda: one(reading(REGULATIONS), "T2-05", agency=CITY),
    "T2-06a": lambda: one(reading(form="2019-60", year=2020), "T2-06a", "regulations"),
    "T2-06b": lambda: over_years(
        "T2-06b",
        reading({"disclosures.licensing.change": 2}, form="2019-60", year=2019),
        reading({"disclosures.licensing.items_prev": 2}, form="2019-60", year=2020),
    )[0],
    "ST-01": lambda: whole(*HEADINGS),
    "ST-02": lambda: one(reading(), "ST-02"),
    "ST-04": lambda: published(date(2022, 1, 31)),
}

FAILS: dict[str, Case] = {
    "T3-01": lambda: one(reading(column(new_received=3, total_disposed=2)), "T3-01", "total"),
    "T3-02": lambda: one(reading(column(granted=2, total_disposed=3)), "T3-02", "total"),
    "T3-03": lambda: one(reading({"requests.granted.total": 2}), "T3-03", "granted"),
    "T3-05": lambda: one(reading(column(granted="1.5")), "T3-05"),
    "T3-06": lambda: one(reading(column(granted="absent")), "T3-06"),
    "T3-07": lambda: one(reading(column(granted=None)), "T3-07"),
    "T3-08": lambda: one(reading({"requests.granted.total": None}), "T3-08"),
    "T3-12": lambda: one(reading(column(granted=1, total_disposed=1)), "T3-12", "total"),
    "T3-20": lambda: over_years(
        "T3-20", reading(column(carried_out=2), year=2021), reading(column(carried_in=1), year=2022)
    )[-1],
    "T3-21": lambda: years("T3-21", column(carried_in=0), column(carried_out=2)),
    "T3-22": lambda: years("T3-22", column("business", carried_in=2), column(carried_out=2)),
    "T3-23": lambda: jump(230),
    "T3-24": lambda: years("T3-24", COPY, COPY),
    "T4-01": lambda: one(reading({"reviews.review.upheld": 2}), "T4-01"),
    "T4-02": lambda: one(reading({"reviews.direct.total": 2}), "T4-02"),
    "T4-03": lambda: one(reading({"reviews.after_review.other": 1}), "T4-03"),
    "T4-04": lambda: one(reading({"reviews.review.upheld": -2}), "T4-04"),
    "T4-05": lambda: years("T4-05", {"reviews.after_review.total": 2}, {"reviews.review.total": 1}),
    "T4-06": lambda: one(reading({"reviews.review.total": 2} | column(total_disposed=1)), "T4-06"),
    "T4-07": lambda: years("T4-07", {"reviews.review.total": 1}, {"reviews.review.pending": 2}),
    "T2-01": lambda: one(reading({"disclosures.licensing.decisions": -7}), "T2-01"),
    "T2-02": lambda: one(reading({"disclosures.regulations.made": 2}), "T2-02", "regulations"),
    "T2-03": lambda: over_years("T2-03", reading(REGULATIONS), reading(year=2022))[0],
    "T2-04": lambda: years("T2-04", {"disclosures.fees.amount": 810000}, {"disclosures.fees.amount": 80}),
    "T2-05": lambda: one(reading(REGULATIONS), "T2-05", agency=TOWN),
    "T2-06a": lambda: one(
        reading({"disclosures.regulations.newly_disclosed": 1}, form="2019-60", year=2020),
        "T2-06a",
        "regulations",
    ),
    "T2-06b": lambda: over_years(
        "T2-06b",
        reading({"disclosures.licensing.change": 2}, form="2019-60", year=2019),
        reading(form="2019-60", year=2020),
    )[0],
    "ST-01": lambda: whole(*HEADINGS[:5]),
    "ST-02": lambda: one(replace(reading(), title="某局2020年政府信息公开工作年度报告"), "ST-02"),
    "ST-04": lambda: published(date(2022, 2, 1)),
}


@pytest.mark.parametrize("rule", [r.code for r in load_rules()])
def test_a_report_that_keeps_the_rule_passes_it(rule: str) -> None:
    """Each rule passes on a report that keeps it, and says so in both languages."""
    check = PASSES[rule]()
    assert (check.rule, check.status, check.attribution) == (rule, "pass", None)
    assert check.message_zh and check.message_en


@pytest.mark.parametrize("rule", [r.code for r in load_rules()])
def test_a_report_that_breaks_the_rule_fails_it(rule: str) -> None:
    """Each rule fails on a report that breaks it, and says to whom the failure is laid."""
    check = FAILS[rule]()
    assert (check.rule, check.status) == (rule, "fail")
    assert check.attribution in ("agency", "reading") and check.basis
    assert check.message_zh and check.message_en and check.message_zh != PASSES[rule]().message_zh


@pytest.mark.parametrize("rule", load_rules(), ids=lambda r: r.code)
def test_the_docs_have_a_line_for_every_rule(rule: Rule) -> None:
    """docs/rules.md says of each rule, in both languages, how grave it is, what it compares and by which formula."""
    text = (DOCS / "rules.md").read_text("utf-8")
    assert text.count(line(rule)) == 1, "run: python -m ogi.checks.page"


def test_no_rule_has_a_case_without_being_one() -> None:
    """The cases of this file are those of the rules, no more."""
    assert set(PASSES) == set(FAILS) == {r.code for r in load_rules()}
