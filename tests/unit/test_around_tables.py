"""What stands above a table or between its cells and is none of them: the unit of its amounts, the number of a page."""

from __future__ import annotations

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Document, Grid, GridCell, Paragraph


@pytest.mark.parametrize(
    ("lines", "head", "unit"),
    [
        (["单位：元"], "本年收费金额", "元"),
        (["（金额单位：件、元）"], "本年收费金额", "元"),
        (["表一 主动公开情况（单位：元）"], "本年收费金额", "元"),
        (["单位：元"], "本年收费金额（单位：万元）", "万元"),
        (["单位：元、万元"], "本年收费金额", "万元"),
        (["单位：件"], "本年收费金额", "万元"),
        (["单位：元", "三、其他需要报告的事项", "二、主动公开政府信息情况"], "本年收费金额", "万元"),
    ],
)
def test_the_unit_that_a_line_above_states_holds(lines: list[str], head: str, unit: str) -> None:
    """For the table below it, where neither head nor label prints one."""
    rows = [["第二十条第（八）项", ""], ["信息内容", head], ["行政事业性收费", "52000"]]
    cells = [GridCell(t, r, c, f"table=1;row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    above = [Paragraph(text, f"line={n}") for n, text in enumerate(["二、主动公开政府信息情况", *lines], 1)]
    read = extract(Document("docx", "0" * 64, 1, (*above, Grid(tuple(cells), "table=1"))), load())
    assert [c.unit for c in read.cells if c.measure == "amount"] == [unit]


@pytest.mark.parametrize("number", ["- 3 -", "第 3 页 共 5 页", "件"])
def test_the_number_of_a_page_or_a_unit_between_cells_ends_no_row(number: str) -> None:
    """Where every cell is a line, a page may end within a row, and a column may print the unit of its numbers."""
    lines = ["三、收到和处理政府信息公开申请情况", "二、上年结转政府信息公开申请数量", "1", "0", number, *"00001"]
    blocks = [Paragraph(text, f"line={n}") for n, text in enumerate(lines)]
    read = extract(Document("txt", "0" * 64, 1, tuple(blocks)), load())
    assert [str(c.value) for c in read.cells if c.item == "carried_in"] == [*"1000001"]


@pytest.mark.parametrize(("last", "sure"), [("1", False), ("15", True)])
def test_a_number_below_reviews_that_do_not_add_up_may_be_theirs(last: str, sure: bool) -> None:
    """The last number may be broken over two lines; below reviews that add up, a number is that of the page."""
    heads = [["行政复议", "未经复议直接起诉", "复议后起诉"], ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3]
    rows = [*heads, [*"1000120002", "7", "8", "0", "0", last], ["5"]]
    cells = [GridCell(t, r, c, f"table=1;row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    blocks = [Paragraph("四、政府信息公开行政复议、行政诉讼情况", "line=1"), Grid(tuple(cells), "table=1", spans_known=False)]
    read = extract(Document("txt", "0" * 64, 1, tuple(blocks)), load())
    (stray,) = [i for i in read.issues if i.code == "row-unknown"]
    assert (len(read.cells), stray.cells) == (15, () if sure else ("reviews.*.*",))


@pytest.mark.parametrize("spans_known", [True, False])
def test_a_line_of_digits_below_a_table_of_text_may_be_the_rest_of_its_last_number(spans_known: bool) -> None:
    """A line of text may break within a number, a table of a document may not."""
    rows = [["第二十条第（一）项", "", "", ""], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", *"000"]]
    cells = [GridCell(t, r, c, f"table=1;row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    table = Grid(tuple(cells), "table=1", spans_known)
    blocks = [Paragraph("二、主动公开政府信息情况", "line=1"), table, Paragraph("32", "line=9")]
    read = extract(Document("txt", "0" * 64, 1, tuple(blocks)), load())
    (stray,) = [i for i in read.issues if i.code == "row-unknown"]
    assert stray.cells == (() if spans_known else ("disclosures.regulations.*",))


@pytest.mark.parametrize("beyond", [0, 1, 2, 3])
def test_a_merge_down_over_numbers_is_not_made_up_for_by_empty_places_beyond(beyond: int) -> None:
    """A sheet's rows are as wide as the widest table of it: empty places beyond the last head are none of the row's cells."""
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["", *heads], ["一、本年新收政府信息公开申请数量", *"1000001"], ["二、上年结转政府信息公开申请数量", *"2000002"]]
    pad = [""] * beyond
    cells = [GridCell(t, r, c, f"sheet=1;row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row + pad, 1)]
    gone = [c for c in cells if (c.row, c.col) not in ((3, 3), (3, 5))]
    over = [c._replace(rowspan=2) if (c.row, c.col) in ((2, 3), (2, 5)) else c for c in gone]
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), Grid(tuple(over), "table=1")]
    read = extract(Document("xlsx", "0" * 64, 1, tuple(blocks)), load())
    assert {(c.value, c.status) for c in read.cells if c.item == "carried_in"} == {(None, "unreadable")}


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ((("3", 1), ("1", 1), ("0", 4), ("4", 1)), "3100004"),
        ((("3", 1), ("0", 5), ("3", 1)), "3000003"),
        ((("3", 1), ("1", 1), ("2", 4), ("6", 1)), None),
        ((("3", 1), ("1", 1), ("/", 4), ("4", 1)), None),
        ((("3", 1), ("1", 1), ("0", 4), ("5", 1)), None),
    ],
)
def test_a_zero_over_several_columns_is_a_zero_in_each_where_the_sums_prove_it(
    row: tuple[tuple[str, int], ...], read: str | None
) -> None:
    """Of a number merged over columns no sum tells whose it is; a mark is no number."""
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    whole = tuple((number, 1) for number in read or "3100004")
    rows = {"一、本年新收政府信息公开申请数量": row, "二、上年结转政府信息公开申请数量": (("0", 1),) * 7, "（七）总计": whole}
    rows |= {"四、结转下年度继续办理": (("0", 1),) * 7}
    lines = [(("", 1), *((head, 1) for head in heads)), *(((label, 1), *cells) for label, cells in rows.items())]
    cells = []
    for r, line in enumerate(lines, 1):
        col = 1
        for text, span in line:
            cells.append(GridCell(text, r, col, f"table=1;row={r}", 1, span))
            col += span
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), Grid(tuple(cells), "table=1")]
    found = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    values = [(c.value, c.status) for c in found.cells if c.item == "new_received"]
    alone = [span == 1 for _, span in row for _ in range(span)]
    proven = [(int(n), "reported" if sure else "derived") for n, sure in zip(read or "", alone, strict=False)]
    assert values == (proven or [(None, "unreadable")] * 7)


def test_a_merge_across_numbers_is_not_made_up_for_by_empty_places_beyond() -> None:
    """Two numbers and five empty places behind the last head are not seven cells."""
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    top = [GridCell(t, 1, c, "sheet=1;row=1") for c, t in enumerate(["", *heads, *[""] * 5], 1)]
    cells = [("一、本年新收政府信息公开申请数量", 1, 1), ("4", 2, 6), ("4", 8, 1), *(("", col, 1) for col in range(9, 14))]
    row = [GridCell(text, 2, col, "sheet=1;row=2", 1, span) for text, col, span in cells]
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), Grid((*top, *row), "table=1")]
    read = extract(Document("xlsx", "0" * 64, 1, tuple(blocks)), load())
    assert {(c.value, c.status) for c in read.cells} == {(None, "unreadable")}


def test_an_empty_row_under_the_heads_of_another_grid_is_empty() -> None:
    """On a page after the heads the same columns may bear other numbers, where the table goes on with a finer one."""
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    top = [GridCell(t, 1, c, "page=1;row=1") for c, t in enumerate(["", *heads], 1)]
    label = GridCell("四、结转下年度继续办理", 1, 1, "page=2;row=1", 1, 4)
    row = [GridCell("", 1, col, f"page=2;row=1;col={col}", 1, 2) for col in range(5, 19, 2)]
    grids = Grid(tuple(top), "page=1"), Grid((label, *row), "page=2")
    read = extract(Document("pdf", "0" * 64, 1, (Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), *grids)), load())
    assert [c.status for c in read.cells] == ["blank"] * 7


@pytest.mark.parametrize(("head", "beside"), [("占比", "12%"), ("上年数", "9"), ("", "含转办件")])
@pytest.mark.parametrize("own", ["4000004", "400000 ", " 000004", "400 004"])
def test_a_cell_beside_the_columns_fills_no_empty_one(head: str, beside: str, own: str) -> None:
    """A row of as many filled cells as the form has columns, one of them a remark: the empty one is the form's."""
    heads = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", head]
    rows = [heads, ["二、上年结转政府信息公开申请数量", *own, beside]]
    cells = [GridCell(t.strip(), r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), Grid(tuple(cells), "table=1")]
    read = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    assert ["" if c.value is None else str(c.value) for c in read.cells if c.item == "carried_in"] == [n.strip() for n in own]


@pytest.mark.parametrize("spans_known", [True, False])
@pytest.mark.parametrize(("own", "beside", "sure"), [("300 003", "8", False), ("30000 3", "3", False), ("300 003", "", True)])
def test_an_empty_place_left_out_between_numbers_needs_a_sum(spans_known: bool, own: str, beside: str, sure: bool) -> None:
    """As many numbers as the form has, one of them behind the last column: which place is none the sum would tell."""
    label = "二、上年结转政府信息公开申请数量"
    rows = [["申请人情况"], ["一、本年新收政府信息公开申请数量", *"3000003", "9"], [label, *own, beside]]
    cells = [GridCell(t.strip(), r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), Grid(tuple(cells), "table=1", spans_known=spans_known)]
    read = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    doubts = [i for i in read.issues if i.severity == "warning" and "requests.carried_in.*" in i.cells]
    carried = ["" if c.value is None else str(c.value) for c in read.cells if c.item == "carried_in"]
    assert doubts or (sure and carried == [n.strip() for n in own])


@pytest.mark.parametrize("own", ["       ", " 000000"])
def test_a_number_pushed_behind_an_empty_last_column_is_not_left_out(own: str) -> None:
    """An empty cell too many moved the row to the right: its total stands under no head."""
    heads = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    label = "二、上年结转政府信息公开申请数量"
    rows = [heads, ["一、本年新收政府信息公开申请数量", *"3000003"], [label, *own[:6], "", "289"]]
    cells = [GridCell(t.strip(), r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), Grid(tuple(cells), "table=1")]
    read = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    assert any("requests.carried_in.*" in i.cells for i in read.issues if i.severity == "warning")


@pytest.mark.parametrize("own", ["000000 ", "10203 6"])
def test_a_zero_beside_the_columns_is_not_that_of_an_empty_cell_without_a_doubt(own: str) -> None:
    """The body's own sum stands in a column more in all rows; where a cell is empty, a zero there adds up as its number does."""
    heads = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    label = "二、上年结转政府信息公开申请数量"
    rows = [heads, ["一、本年新收政府信息公开申请数量", *"3000003", "0"], [label, *own, "0"]]
    cells = [GridCell(t.strip(), r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", "line=1"), Grid(tuple(cells), "table=1")]
    read = extract(Document("xlsx", "0" * 64, 1, tuple(blocks)), load())
    blank = own.index(" ")
    carried = [c for c in read.cells if c.item == "carried_in"]
    assert carried[blank].value is None or any("requests.carried_in.*" in i.cells for i in read.issues if i.severity == "warning")


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


@pytest.mark.parametrize("blank", [(), (0,), (2,), (0, 1), (1, 2)])
def test_a_block_of_the_reviews_in_a_row_of_its_own_may_be_blank(blank: tuple[int, ...]) -> None:
    """A block a row: one whose cells are all empty is no head of the next."""
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    blocks = [[name, *([""] * 5 if n in blank else "10001")] for n, name in enumerate(names)]
    rows = [["类别", *OUTCOMES], *blocks]
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    heading = Paragraph("四、政府信息公开行政复议、行政诉讼情况", "line=1")
    read = extract(Document("docx", "0" * 64, 1, (heading, Grid(tuple(cells), "table=1"))), load())
    assert [c.raw or "" for c in read.cells] == [text for row in blocks for text in row[1:]]
    assert not any(i.severity == "warning" and any("reviews" in cell for cell in i.cells) for i in read.issues)


@pytest.mark.parametrize("review", ["（一）行政复议情况", "1. 行政复议", "行政复议情况"])
@pytest.mark.parametrize("suits", ["（二）行政诉讼情况", "行政诉讼"])
def test_captions_name_the_blocks_of_reviews_in_tables_of_their_own(review: str, suits: str) -> None:
    """The table of the reviews has no head but its outcomes."""
    first = [OUTCOMES, [*"10001"]]
    second = [["未经复议直接起诉", "复议后起诉"], OUTCOMES * 2, [*"2000230003"]]
    blocks: list[Paragraph | Grid] = [Paragraph("四、政府信息公开行政复议、行政诉讼情况", "line=1")]
    for caption, rows in ((review, first), (suits, second)):
        cells = [GridCell(t, r, c, f"{caption};row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
        blocks += [Paragraph(caption, caption), Grid(tuple(cells), caption)]
    read = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    assert "".join(c.raw or "" for c in read.cells) == "100012000230003"
    assert not any(i.severity == "warning" and any("reviews" in cell for cell in i.cells) for i in read.issues)


@pytest.mark.parametrize("numbers", [["－"] * 5, [""] * 5, [*"10001"]])
def test_empty_places_right_of_the_last_head_are_none_of_the_reviews(numbers: list[str]) -> None:
    """In a sheet the narrow table of the reviews stands in the columns of the wide one of the lawsuits."""
    first = [[*OUTCOMES, *[""] * 5], [*numbers, *[""] * 5]]
    second = [["未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4], OUTCOMES * 2, [*"2000230003"]]
    blocks: list[Paragraph | Grid] = [Paragraph("四、政府信息公开行政复议、行政诉讼情况", "line=1")]
    for caption, rows in (("（一）行政复议情况", first), ("（二）行政诉讼情况", second)):
        cells = [GridCell(t, r, c, f"{caption};row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
        blocks += [Paragraph(caption, caption), Grid(tuple(cells), caption)]
    read = extract(Document("xlsx", "0" * 64, 1, tuple(blocks)), load())
    assert [c.raw or "" for c in read.cells] == [*numbers, *"2000230003"]
    assert not any(i.severity == "warning" and any("reviews" in cell for cell in i.cells) for i in read.issues)
