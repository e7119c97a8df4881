"""Statements marked in the prose, and the letter that asks to correct: in words, escaped, polite."""

from __future__ import annotations

import re

import pytest

from ogi.messages import place
from ogi.site.letter import letter, to_correct
from ogi.site.prose import held, prose
from ogi.site.text import percent
from ogi.site.words import cell_name, summary

CELLS = {
    ("requests", item, "total"): {"value": "" if value is None else str(value), "status": status,
        "raw": value or "", "table": "requests", "item": item, "measure": "total", "locator": "line=9"}
    for item, value, status in (("granted", "3", "reported"), ("partly_granted", "2", "reported"), ("new", "7", "reported"),
                                ("lost", None, "blank"))
}  # fmt: skip
NAMES = {
    ("item", "granted"): "（一）予以公开",
    ("item", "partly_granted"): "（二）部分公开",
    ("measure", "total"): "总计",
}


def name(kind: str, code: str) -> str:
    return NAMES.get((kind, code), code)


def statement(
    n: int, quote: str, compared: str = "", agrees: str = "unknown", value: str = "4"
) -> dict[str, str]:
    return {"n": str(n), "kind": "granted_or_partly", "value": value, "unit": "件", "quote": quote, "section": "overview",
            "compared": compared, "agrees": agrees, "basis": "strict", "locator": "line=1"}  # fmt: skip


def check(rule: str = "TX-07", status: str = "fail", **more: str) -> dict[str, str]:
    return {"rule": rule, "scope": "granted_or_partly", "status": status, "severity": "warning", "left": "4", "right": "5",
            "difference": "-1", "attribution": "agency", "cells": "requests.granted.total", "message_zh": "", **more}  # fmt: skip


SECTION = {"section": "overview", "text": "全年收到7件，予以公开4件。\n<b>培训2次</b>"}
BOTH = "requests.granted.total + requests.partly_granted.total"


def marked(*rows: dict[str, str], checks: list[dict[str, str]] | None = None) -> str:
    texts, _ = prose([SECTION], held(rows, checks or [], CELLS, name))
    return texts[0]


def test_a_statement_that_disagrees_names_the_cells_and_their_sum() -> None:
    """Sign, words for those who do not see it, a link to each cell, and what the cells come to."""
    html = marked(statement(1, "予以公开4件", BOTH, "no"))
    assert '<mark class="st no" id="q-1">予以公开4件</mark>' in html
    assert "（与表不一致：" in html and 'aria-hidden="true">≠' in html
    assert re.findall(r'href="(#v-[\w-]+)">([^<]+)<', html) == [
        ("#v-requests-granted-total", "予以公开 3"), ("#v-requests-partly_granted-total", "部分公开 2")]  # fmt: skip
    assert "= 5" in html


def test_prose_loses_nothing_and_runs_nothing() -> None:
    """Without its marks the text is what it was; mark-up in it is text."""
    html = marked(statement(1, "收到7件", "requests.new.total", "yes", "7"), statement(2, "予以公开4件"))
    bare = re.sub(r'<span class="st-note.*?</span></span>', "", html)
    assert re.sub("<[^>]+>", "", bare) == "全年收到7件，予以公开4件。\n&lt;b&gt;培训2次&lt;/b&gt;"
    assert html.count("<p>") == 2


def test_overlapping_quotes_are_both_marked() -> None:
    """Of two quotes of which one begins with the other, the second takes what is left."""
    html = marked(statement(1, "全年收到7件"), statement(2, "全年收到7件，予以公开4件"))
    assert re.findall("<mark[^>]*>([^<]+)<", html) == ["全年收到7件", "，予以公开4件"]


def test_a_quote_that_is_not_there_is_not_marked() -> None:
    """A statement whose words are not found stays in the list only, and is said to be unplaced."""
    texts, placed = prose([SECTION], held([statement(1, "未见此句")], [], CELLS, name))
    assert "<mark" not in texts[0] and placed == frozenset()


def test_what_the_check_found_stands_with_its_statement() -> None:
    """The sentence of the rule that quotes a statement is shown with it, and its sum is taken."""
    said = "正文「予以公开4件」，表中计为 5，相差 1"
    one = held([statement(1, "予以公开4件", BOTH, "no")], [check(message_zh=said)], CELLS, name)[0]
    assert one.said == said and one.total == "5"


@pytest.mark.parametrize(
    "left_out",
    [{"severity": "info"}, {"attribution": "reading"}, {"status": "pass"}, {"rule": "ST-02"}],
    ids=["note", "our reading", "passed", "how it was filed"],
)
def test_the_letter_asks_only_what_the_agency_can_correct(left_out: dict[str, str]) -> None:
    """Notes, what may be our misreading, and how the report was filed are no matter of a letter."""
    assert to_correct({"superseded_by": ""}, [check(**left_out)], []) == []
    assert to_correct({"superseded_by": ""}, [check()], []) == [check()]
    assert to_correct({"superseded_by": "x-2021"}, [check()], []) == []


def test_what_the_agency_has_put_right_is_not_asked_again() -> None:
    """A cell with an erratum on record is left alone."""
    erratum = {"table": "requests", "item": "granted", "measure": "total", "kind": "source_error"}
    assert to_correct({"superseded_by": ""}, [check()], [erratum]) == []


def test_the_letter_gives_evidence_arithmetic_law_and_address() -> None:
    """Printed text and its place, both sides and their difference, the articles, the permalink; no blame."""
    document = {"source_url": "https://example.org/1.pdf", "path": "reports/a/2021.pdf", "sha256": "ab" * 32}
    text = letter("年报", "某局", [check()], CELLS, document, "https://example.org/reports/x-2021/", name)
    for part in ("4 ≠ 5，相差 -1", "印为「3」（第 9 行）", "第六条", "第五十条", "ab" * 32,
                 "https://example.org/reports/x-2021/#k-TX-07-granted_or_partly", "某局：", "恳请告知"):  # fmt: skip
        assert part in text
    assert not re.search("错误|造假|弄虚|违法|失职|责令", text)


def test_a_place_is_said_in_words() -> None:
    """Pages, tables, rows, sheets and lines; the box on the page is nothing to say."""
    assert place("page=3;table=2;row=7;col=4;bbox=1,2,3,4") == "第 3 页第 2 个表第 7 行第 4 列"
    assert place("page=2;row=1;bbox=1,2,3,4 + page=3;row=1") == "第 2 页第 1 行、第 3 页第 1 行"
    assert place("line=88;chars=12-14") == "第 88 行第 12–14 字" and place("chars=5-5") == "第 5 字" and place("") == ""


def test_a_cell_is_named_without_its_numbering() -> None:
    """The form's numbers go, the column of totals goes without saying, a row of totals keeps its number."""
    assert cell_name("（一）予以公开", "自然人", "总计") == "予以公开·自然人"
    assert cell_name("一、本年新收", "总计", "总计") == "本年新收"
    assert cell_name("（七）总计", "总计", "总计") == "（七）总计"


def test_what_is_no_count_is_said_as_printed() -> None:
    """A fraction, or less than nothing, in a total stands in the sentence as it is; lawsuits are added exactly."""
    said = {("requests", "new_received"): "2.5", ("reviews", "review"): "-2", ("reviews", "direct"): "1.5"}
    said[("reviews", "after_review")] = "-1234"
    zh, en = summary("某局", "2021", {(*key, "total"): {"value": value, "status": "reported"} for key, value in said.items()})
    assert "申请 2.5 件" in zh and "行政复议 -2 件，行政诉讼 -1,232.5 件" in zh and "-1,232.5 lawsuits" in en


def test_a_share_below_zero_keeps_its_sign() -> None:
    """A share of numbers that are less than nothing is less than nothing."""
    assert (percent("-0.333333"), percent("0.666667"), percent("-1.5"), percent("")) == ("-33.3%", "66.7%", "-150.0%", "")


def test_a_table_without_its_total_is_no_missing_table() -> None:
    """A column that the report leaves out is another thing than a report without the table."""
    absent = {("requests", "new_received", "total"): {"value": "", "status": "absent"}}
    assert "没有印申请总数" in summary("某局", "2021", absent)[0]
    assert "没有申请情况表" in summary("某局", "2021", {})[0]
