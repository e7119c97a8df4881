"""Every rule of forms/rules.yml has a report that passes it, one that fails it, and a line in the docs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from checked import below, column, one, over_years, reading, said

from ogi.checks.page import ELSEWHERE, line
from ogi.checks.rules import Rule, load_rules
from ogi.forms.codes import codes_of
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


def told(text: str, rule: str, values: dict | None = None, section: str = "overview") -> Check:
    return one(said(reading(values), text, section), rule)


def grown(direction: str, now: int, before: int) -> Check:
    text = f"全年收到政府信息公开申请{now}件，同比{direction}20%。"
    last, this = reading(column(new_received=before)), reading(column(new_received=now), year=2022)
    (check,) = over_years("TX-09", last, said(this, text))
    return check


def repeated(now: str, before: str | None = None) -> Check:
    last, this = said(reading(), before or now), said(reading(year=2022), now)
    (check,) = over_years("TX-17", last, this)
    return check


PROBLEMS = (
    "一是公开的内容还不够全面，群众关心的项目资金信息更新不及时；二是解读形式单一，图文和视频较少；三是工作人员流动快，"
    "业务不够熟练。下一步将完善目录，明确专人负责，每季度自查一遍，并请社会各界监督。"
)
OTHER_PROBLEMS = (
    "主要问题是依申请公开的答复文书不够规范，个别栏目长期没有新的文章，政策咨询渠道知晓率偏低。改进的办法：印发答复范本，"
    "请法律顾问逐件把关；清理空白栏目；在办事大厅张贴咨询电话和网址，方便企业与居民查阅。"
)
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
    "TX-01": lambda: told("2021年新收政府信息公开申请12件。", "TX-01", column(new_received=12)),
    "TX-02": lambda: told("上年结转政府信息公开申请2件。", "TX-02", column(carried_in=2)),
    "TX-03": lambda: told("收到政府信息公开申请5件，答复4件。", "TX-03", column(total_disposed=4)),
    "TX-04": lambda: told("公开申请结转下年度办理3件。", "TX-04", column(carried_out=3)),
    "TX-05": lambda: told("全年共收到政府信息公开申请14件。", "TX-05", column(new_received=12, carried_in=2)),
    "TX-06": lambda: told("政府信息公开行政复议3件。", "TX-06", {"reviews.review.total": 3}),
    "TX-07": lambda: told(
        "答复公开申请9件，不予公开3件。", "TX-07", column(refused_process=2, refused_third_party=1)
    ),
    "TX-08": lambda: told("答复公开申请10件，予以公开6件，占60%。", "TX-08", column(total_disposed=10)),
    "TX-09": lambda: grown("增长", 12, 10),
    "TX-10": lambda: told("收到政府信息公开申请5件，其中自然人申请3件，法人或其他组织申请2件。", "TX-10"),
    "TX-11": lambda: told("收到政府信息公开申请5件，其中自然人申请3件。", "TX-11", column(new_received=3)),
    "TX-12": lambda: told(
        "本年度制发行政规范性文件2件。", "TX-12", {"disclosures.normative_documents.made": 2}
    ),
    "TX-13": lambda: told("2021年共收到政府信息公开申请3件。", "TX-13"),
    "TX-14": lambda: told("2021年未收到政府信息公开申请。", "TX-14"),
    "TX-15": lambda: told("本年未收取信息处理费。", "TX-15", section="other"),
    "TX-16": lambda: told("一是公开内容不够全面，二是更新不够及时。", "TX-16", section="problems"),
    "TX-17": lambda: repeated(PROBLEMS, OTHER_PROBLEMS),
    "HI-01": lambda: below(
        "HI-01",
        "requests",
        reading(column(granted=3)),
        reading(column(granted=1)),
        reading(column(granted=2)),
    ),
    "HI-02": lambda: below("HI-02", "requests", reading(column(granted=3)), reading(column(granted=1))),
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
    "TX-01": lambda: told("2021年新收政府信息公开申请12件。", "TX-01", column(new_received=11)),
    "TX-02": lambda: told("上年结转政府信息公开申请2件。", "TX-02", column(carried_in=1)),
    "TX-03": lambda: told("收到政府信息公开申请5件，答复4件。", "TX-03", column(total_disposed=5)),
    "TX-04": lambda: told("公开申请结转下年度办理3件。", "TX-04", column(carried_out=2)),
    "TX-05": lambda: told("全年共收到政府信息公开申请14件。", "TX-05", column(new_received=12, carried_in=1)),
    "TX-06": lambda: told("政府信息公开行政复议3件。", "TX-06", {"reviews.review.total": 2}),
    "TX-07": lambda: told("答复公开申请9件，不予公开3件。", "TX-07", column(refused_process=2)),
    "TX-08": lambda: told("答复公开申请10件，予以公开6件，占66%。", "TX-08", column(total_disposed=10)),
    "TX-09": lambda: grown("下降", 12, 10),
    "TX-10": lambda: told("收到政府信息公开申请5件，其中自然人申请3件，法人或其他组织申请1件。", "TX-10"),
    "TX-11": lambda: told("收到政府信息公开申请5件，其中自然人申请3件。", "TX-11", column(new_received=4)),
    "TX-12": lambda: told(
        "本年度制发行政规范性文件2件。", "TX-12", {"disclosures.normative_documents.made": 1}
    ),
    "TX-13": lambda: told("2019年共收到政府信息公开申请3件。", "TX-13"),
    "TX-14": lambda: told("2021年未收到政府信息公开申请。", "TX-14", column(new_received=1)),
    "TX-15": lambda: told("无其他需要报告的事项。", "TX-15", section="other"),
    "TX-16": lambda: told("无。", "TX-16", section="problems"),
    "TX-17": lambda: repeated(PROBLEMS + "谢谢。", PROBLEMS),
    "HI-01": lambda: below(
        "HI-01",
        "requests",
        reading(column(granted=4)),
        reading(column(granted=1)),
        reading(column(granted=2)),
    ),
    "HI-02": lambda: below("HI-02", "requests", reading(column(granted=3)), reading(column(granted=4))),
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
    """docs/rules.md says of each rule, in both languages, how grave it is and what it compares."""
    text = (DOCS / "rules.md").read_text("utf-8")
    assert text.count(line(rule)) == 1, "run: python -m ogi.checks.page"


def test_no_rule_has_a_case_without_being_one() -> None:
    """The cases of this file are those of the rules, no more."""
    assert set(PASSES) == set(FAILS) == {r.code for r in load_rules()}


def test_every_rule_of_the_codebook_is_explained() -> None:
    """A rule that gives no check says in docs/rules.md where it shows instead."""
    text = (DOCS / "rules.md").read_text("utf-8")
    others = {code.code for code in codes_of("rule")} - {rule.code for rule in load_rules()}
    assert others == set(ELSEWHERE) and all(f"| {code} |" in text for code in others)
