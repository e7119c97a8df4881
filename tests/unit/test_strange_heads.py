"""Heads of something that no form has a column for: the numbers below are given by their place, under a doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ogi.model import Reading
from ogi.understanding import understand

TITLE = "青岚市水利局2021年政府信息公开工作年度报告"
PARTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
Table = Sequence[Sequence[str]]


def tabs(heading: str, table: Table) -> Reading:
    return understand("\n".join([TITLE, heading, *("\t".join(row) for row in table)]).encode(), "a.txt")


def lines(heading: str, table: Table) -> Reading:
    return understand("\n".join([TITLE, heading, *(cell for row in table for cell in row)]).encode(), "a.txt")


def page(heading: str, table: Table) -> Reading:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table)
    return understand(f"<h1>{TITLE}</h1><p>{heading}</p><table>{rows}</table>".encode(), "a.html")


def doubts(reading: Reading) -> set[str]:
    return {key for issue in reading.issues if issue.code == "column-unclear" for key in issue.cells}


@pytest.mark.parametrize("written", [tabs, lines, page])
@pytest.mark.parametrize(("head", "doubted"), [("本年修订件数", True), ("本年废业件数", False), ("本年废止件数", False)])
def test_a_head_of_something_else_doubts_its_column(written: Callable[[str, Table], Reading], head: str, doubted: bool) -> None:
    """A misprinted one is like its label, and none."""
    table = [["第二十条第（一）项"], ["信息内容", "本年制发件数", head, "现行有效件数"], ["行政规范性文件", "3", "1", "4"]]
    found = doubts(written("二、主动公开政府信息情况", table))
    assert ("disclosures.normative_documents.repealed" in found) == doubted
    assert "disclosures.normative_documents.made" not in found


@pytest.mark.parametrize("written", [tabs, lines])
def test_a_head_that_is_known_in_the_place_of_another_doubts_the_row(written: Callable[[str, Table], Reading]) -> None:
    """«制发» stands in the second column: what the first one is, nothing tells."""
    heads = ["信息内容", "上年结存件数", "本年制发件数", "现行有效件数"]
    table = [["第二十条第（一）项"], heads, ["行政规范性文件", "3", "1", "4"]]
    found = doubts(written("二、主动公开政府信息情况", table))
    assert {f"disclosures.normative_documents.{m}" for m in ("made", "repealed", "in_force")} <= found


@pytest.mark.parametrize("written", [tabs, lines, page])
def test_an_applicant_of_another_kind_is_a_doubt(written: Callable[[str, Table], Reading]) -> None:
    heads = ["（勾稽关系）", *PARTS[:2], "事业单位", *PARTS[3:]]
    table = [["申请人情况"], heads, ["一、本年新收政府信息公开申请数量", *"1200003"]]
    found = doubts(written("三、收到和处理政府信息公开申请情况", table))
    assert found == {"requests.new_received.research"}


@pytest.mark.parametrize("written", [tabs, page])
def test_an_outcome_of_another_kind_is_a_doubt(written: Callable[[str, Table], Reading]) -> None:
    outcomes = [*OUTCOMES[:2], "撤回申请", *OUTCOMES[3:]]
    table = [["行政复议", "未经复议直接起诉", "复议后起诉"], outcomes * 3, [*"10203", *"00000", *"00000"]]
    found = doubts(written("四、政府信息公开行政复议、行政诉讼情况", table))
    assert "reviews.review.other" in found and "reviews.review.upheld" not in found
