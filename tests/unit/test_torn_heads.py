"""Heads of narrow columns without rules between them: torn over lines and into each other, they are put together by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from sheets import Sheet, pdf

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Reading
from ogi.readers import pdf as reader

SIZE, LEADING = 8.0, 10.0
PARTS = ["自然\n人", "商业企\n业", "科研机\n构", "社会\n公益\n组织", "法律服\n务机构", "其他", "总计"]
OUTCOMES = ["结果维\n持", "结果纠\n正", "其他结\n果", "尚未审\n结", "总计"]
NATURAL, *_, TOTAL = PARTS
UPHELD, CORRECTED, _, _, ALL = OUTCOMES
BLOCKS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
CORNER = "（本列数据的勾稽关系为：第一项\n加第二项之和，等于第三项\n加第四项之和）"
ROWS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "四、结转下年度继续办理",
]


@dataclass
class Page(Sheet):
    """`centred`: a text about a point, its lines one below the other."""

    leading: float = LEADING

    def centred(self, x: float, y: float, text: str) -> None:
        lines = text.split("\n")
        for n, line in enumerate(lines):
            at = y + self.leading * (n - (len(lines) - 1) / 2)
            self.text(x - SIZE * sum(0.5 if c.isascii() else 1 for c in line) / 2, at, line, SIZE)


def requests(heads: Sequence[str], pitch: float = 30.0, leading: float = LEADING) -> Reading:
    """Each row counts up by the form's columns, however they stand; the total is right."""
    page = Page(leading=leading)
    page.text(50, 60, "三、收到和处理政府信息公开申请情况", 12)
    page.centred(290 + 3 * pitch, 80, "申请人情况")
    page.centred(120, 104, CORNER)
    page.centred(290 + 3 * pitch, 92, "法人或其他组织")
    for n, head in enumerate(heads):
        page.centred(290 + n * pitch, 96 + 1.2 * leading, head)
    for row, label in enumerate(ROWS):
        own = [row + 1 + n for n in range(6)]
        shown = dict(zip(PARTS, [*own, sum(own)], strict=True))
        y = 118 + 2.2 * leading + 18 * row
        page.text(60, y, label, SIZE)
        for n, head in enumerate(heads):
            page.centred(290 + n * pitch, y, str(shown.get(head, 0)))
    return extract(reader.read(pdf([page])), load())


def reviews(outcomes: Sequence[str], blocks: Sequence[str], heads: Mapping[str, str] | None = None) -> Reading:
    """`heads`: what is printed over an outcome, if not its name."""
    page = Page()
    page.text(50, 60, "四、政府信息公开行政复议、行政诉讼情况", 12)
    for at, block in enumerate(["行政复议", "行政诉讼"] if blocks[0] == BLOCKS[0] else ["行政诉讼", "行政复议"]):
        alone = block == BLOCKS[0]
        page.centred(60 + 30 * (2 if alone and not at else 12 if alone else 9.5 if at else 4.5), 80, block)
    for at, block in enumerate(blocks):
        if block != BLOCKS[0]:
            page.centred(60 + 30 * (5 * at + 2), 92, block)
        for n, head in enumerate(outcomes):
            first = 10 * BLOCKS.index(block)
            shown = dict(zip(OUTCOMES, [first + 1, first + 2, 0, 0, 2 * first + 3], strict=True))
            page.centred(60 + 30 * (5 * at + n), 110, (heads or {}).get(head, head))
            page.centred(60 + 30 * (5 * at + n), 130, str(shown[head]))
    return extract(reader.read(pdf([page])), load())


def numbers(reading: Reading, item: str) -> list[str]:
    return [str(cell.value) for cell in reading.cells if cell.item == item]


def doubts(reading: Reading) -> set[str]:
    found = {issue.code for issue in reading.issues if issue.severity == "warning"}
    return found - {"row-missing", "table-missing"}


@pytest.mark.parametrize(
    "heads", [PARTS, [TOTAL, *PARTS[:-1]], [NATURAL, *PARTS[4:6], *PARTS[1:4], TOTAL]], ids=["form", "total first", "permuted"]
)
def test_numbers_of_requests_follow_heads_torn_over_lines(heads: Sequence[str]) -> None:
    reading = requests(heads)
    assert numbers(reading, "new_received") == ["1", "2", "3", "4", "5", "6", "21"]
    assert numbers(reading, "carried_out") == ["9", "10", "11", "12", "13", "14", "69"]
    assert not doubts(reading)


def test_lines_of_heads_may_be_far_apart() -> None:
    """Where all are, as on a page with wide leading."""
    reading = requests([TOTAL, *PARTS[:-1]], leading=21)
    assert numbers(reading, "new_received") == ["1", "2", "3", "4", "5", "6", "21"]
    assert not doubts(reading)


@pytest.mark.parametrize(
    ("outcomes", "blocks"),
    [
        (OUTCOMES, BLOCKS),
        ([ALL, *OUTCOMES[:-1]], BLOCKS),
        ([CORRECTED, UPHELD, *OUTCOMES[2:]], BLOCKS),
        (OUTCOMES, [BLOCKS[0], BLOCKS[2], BLOCKS[1]]),
        (OUTCOMES, [BLOCKS[1], BLOCKS[2], BLOCKS[0]]),
    ],
    ids=["form", "total first", "permuted", "suits swapped", "suits first"],
)
def test_numbers_of_reviews_follow_heads_torn_over_lines(outcomes: Sequence[str], blocks: Sequence[str]) -> None:
    reading = reviews(outcomes, blocks)
    assert numbers(reading, "review") == ["1", "2", "0", "0", "3"]
    assert numbers(reading, "direct") == ["11", "12", "0", "0", "23"]
    assert numbers(reading, "after_review") == ["21", "22", "0", "0", "43"]
    assert not doubts(reading)


@pytest.mark.parametrize(("outcomes", "doubted"), [(OUTCOMES, False), ([ALL, *OUTCOMES[:-1]], True)])
def test_blocks_without_a_known_head_that_do_not_add_up_are_doubted(outcomes: Sequence[str], doubted: bool) -> None:
    """In the form's order they do not, and another one may be printed."""
    reading = reviews(outcomes, BLOCKS, dict.fromkeys(OUTCOMES, "▇▇\n▇"))
    assert ("column-unclear" in doubts(reading)) is doubted
