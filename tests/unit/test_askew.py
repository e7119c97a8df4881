"""Heads whose spans push them aside do not move the numbers below them; heads that truly stand in another order do."""

from __future__ import annotations

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Document, Grid, GridCell, Paragraph, Reading
from ogi.understanding import understand

ROWS = (
    ("一、本年新收政府信息公开申请数量", "30", "5", "1", "2", "0", "1", "39"),
    ("二、上年结转政府信息公开申请数量", "0", "0", "", "0", "", "0", "0"),
    ("（一）予以公开", "4", "0", "0", "1", "0", "0", "5"),
    ("1.属于国家秘密", "0", "0", "0", "0", "0", "0", "0"),
    ("4.保护第三方合法权益", "2", "1", "0", "0", "0", "0", "3"),
)
SUB = "".join(f"<td>{head}</td>" for head in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
ORG = '<td colspan="{}">法人或其他组织</td>'
PERSON, TOTAL = '<td rowspan="2">自然人</td>', '<td rowspan="2">总计</td>'


def read(heads: str, rows: tuple[tuple[str, ...], ...]) -> Reading:
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    page = (
        "<h1>青岚市水利局2021年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p><table>"
        f'<tr><td rowspan="3">（本列数据的勾稽关系）</td><td colspan="7">申请人情况</td></tr><tr>{heads}</tr><tr>{SUB}</tr>'
        f"{body}</table>"
    )
    return understand(page.encode(), "a.html")


def values(reading: Reading) -> list[tuple[str, ...]]:
    rows: dict[str, list[str]] = {}
    for cell in reading.cells:
        rows.setdefault(cell.item, []).append(cell.raw or "")
    return [tuple(row) for row in rows.values()]


@pytest.mark.parametrize("across", ["1", "2", "4"])
def test_a_head_that_spans_too_few_columns_moves_no_number(across: str) -> None:
    """The rows add up in the form's order, so that they are read in it; every column that the heads would move is doubted."""
    reading = read(PERSON + ORG.format(across) + TOTAL, ROWS)
    assert values(reading) == [row[1:] for row in ROWS]
    (doubt,) = (issue for issue in reading.issues if issue.code == "heads-askew")
    assert doubt.severity == "warning" and "requests.*.total" in doubt.cells
    assert not any(issue.code in ("columns-moved", "swapped") for issue in reading.issues)


def test_heads_that_stand_in_another_order_are_followed() -> None:
    """The total before the parts: the sums bear the heads out."""
    moved = tuple((row[0], row[-1], *row[1:-1]) for row in ROWS)
    reading = read(TOTAL + PERSON + ORG.format(5), moved)
    assert values(reading) == [row[1:] for row in ROWS]
    assert "heads-askew" not in {issue.code for issue in reading.issues}


def test_a_wrong_sum_under_heads_in_another_order_stays_where_the_heads_say() -> None:
    """One row of the agency's own that adds up in neither order proves nothing against the heads."""
    wrong = (*ROWS[:2], ("（一）予以公开", "4", "0", "0", "1", "0", "0", "7"), *ROWS[3:])
    reading = read(TOTAL + PERSON + ORG.format(5), tuple((row[0], row[-1], *row[1:-1]) for row in wrong))
    assert values(reading) == [row[1:] for row in wrong]
    assert "heads-askew" not in {issue.code for issue in reading.issues}


def test_a_digit_among_the_words_of_a_label_is_a_doubt_on_its_row() -> None:
    """Where a label runs over into the cell of a number, they are read as one, and the numbers may be shifted."""
    rows = (("二、上年结转政府信息2公开申请数量", "0", "", "0", "", "0", "0", "2"), *ROWS[2:])
    reading = read(PERSON + ORG.format(5) + TOTAL, rows)
    (doubt,) = (issue for issue in reading.issues if issue.code == "label-unclear")
    assert (doubt.severity, doubt.cells) == ("warning", ("requests.carried_in.*",))


def test_numbers_left_of_their_heads_stay_numbers() -> None:
    """A label that spans a column too few pulls its row to the left of the heads: the row is whole all the same."""
    reading = read(PERSON + ORG.format(5) + TOTAL, ROWS)
    page = "<tr><td colspan='2' rowspan='3'>（本列数据的勾稽关系）</td>"
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    heads = f"<td colspan='7'>申请人情况</td></tr><tr>{PERSON}{ORG.format(5)}{TOTAL}</tr><tr>{SUB}</tr>"
    shifted = understand(f"<h1>三、收到和处理政府信息公开申请情况</h1><table>{page}{heads}{body}</table>".encode(), "a.html")
    assert values(shifted) == values(reading)


def without_spans(lines: list[list[str]]) -> Reading:
    """The lines of a table without rules, as a page or text gives them."""
    cells = [GridCell(t, r, c, f"row={r}") for r, line in enumerate(lines, 1) for c, t in enumerate(line, 1)]
    heading = Paragraph("三、收到和处理政府信息公开申请情况", "line=1")
    return extract(Document("pdf", "0" * 64, 1, (heading, Grid(tuple(cells), "table=1", spans_known=False))), load())


FIVE = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


@pytest.mark.parametrize("heads", [["自然人", "总计"], ["总计", "自然人"]])
def test_a_head_two_lines_high_is_not_behind_the_one_that_a_page_prints_above_it(heads: list[str]) -> None:
    """Without rules «法人或其他组织» is a line above «自然人», which is as high as it and the heads below it together."""
    reading = without_spans([["申请人情况"], ["（勾稽关系）", "法人或其他组织"], heads, FIVE, *map(list, ROWS)])
    assert values(reading) == [row[1:] for row in ROWS]
    assert any(issue.code == "column-unclear" for issue in reading.issues) == (heads[0] == "总计")


def test_a_head_before_others_of_its_own_line_is_followed() -> None:
    """Where heads stand in one line, they tell the order: the organisations may come before the persons."""
    moved = [[row[0], *row[2:7], row[1], row[7]] for row in ROWS]
    reading = without_spans([["申请人情况"], ["（勾稽关系）", "法人或其他组织", "自然人", "总计"], FIVE, *moved])
    assert values(reading) == [row[1:] for row in ROWS]
