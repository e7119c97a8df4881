"""Tables that no form foresees: two bodies or two years in one, hundreds of rows, numbers that are no counts. Each ends
soon, and what is not certain is null or under a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Cell, Document, Grid, GridCell, Paragraph, Reading
from ogi.understanding import understand

FORM = load().table("2021-30", "requests")
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
NUMBERS = {"new_received": 4, "granted": 3, "refused_process": 1, "total_disposed": 4}


def texts(scale: int = 1) -> list[list[str]]:
    """The rows of a table of requests by natural persons, each number `scale` times."""
    rows = []
    for item in FORM.items:
        number = str(NUMBERS.get(item.code, 0) * scale)
        mark = "" if item.number[0] == "（" else "." if item.number.isascii() else "、"
        rows.append([f"{item.number}{mark}{item.labels[0]}", number, *"00000", number])
    return rows


def grid(rows: Sequence[Sequence[str]], name: str = "table=1", heads: Sequence[str] = HEADS) -> Grid:
    shown = [["申请人情况", *heads], *rows]
    return Grid(
        tuple(
            GridCell(text, r, c, f"{name};row={r};col={c}")
            for r, row in enumerate(shown, 1)
            for c, text in enumerate(row, 1)
        ),
        name,
    )


def reading(*blocks: str | Grid, title: str = "青岚市人民政府2021年政府信息公开工作年度报告") -> Reading:
    lines = [title, "三、收到和处理政府信息公开申请情况", *blocks]
    body = [Paragraph(b, f"line={n}") if isinstance(b, str) else b for n, b in enumerate(lines, 1)]
    return extract(Document("docx", "0" * 64, 1, tuple(body)), load())


def doubted(read: Reading, cell: Cell) -> bool:
    return any(fnmatch(cell.key, p) for i in read.issues if i.severity != "info" for p in i.cells)


def received(read: Reading) -> Cell:
    return next(c for c in read.cells if c.key == "requests.new_received.total")


CAPTIONS = {"office": "青岚市人民政府办公室", "all": "全市汇总情况"}


@pytest.mark.parametrize("order", [("office", "all"), ("all", "office")])
@pytest.mark.parametrize(("publisher", "own"), [("青岚市人民政府", "all"), ("青岚市人民政府办公室", "office")])
def test_of_two_tables_the_publishers_own_is_read(order: tuple[str, str], publisher: str, own: str) -> None:
    """A government's report prints its sum and its office's table, in any order: the caption tells which is its own."""
    tables = {"office": grid(texts(1), "table=1"), "all": grid(texts(9), "table=2")}
    blocks = [part for name in order for part in (CAPTIONS[name], tables[name])]
    read = reading(*blocks, title=f"{publisher}2021年政府信息公开工作年度报告")
    assert received(read).value == {"office": 4, "all": 36}[own] and not doubted(read, received(read))
    (note,) = [i for i in read.issues if i.code == "second-table"]
    assert note.severity == "info" and CAPTIONS[own] in note.message


@pytest.mark.parametrize(
    "captions", [("", ""), ("表一", "表二"), ("全市汇总情况", "全市合计和汇总"), ("青岚市教育局", "青岚市水利局")]
)
def test_of_two_tables_that_name_nobody_every_cell_is_doubted(captions: tuple[str, str]) -> None:
    """Where the words do not tell whose a table is, all its cells lie under an issue."""
    read = reading(captions[0], grid(texts(1), "table=1"), captions[1], grid(texts(9), "table=2"))
    cells = [c for c in read.cells if c.table == "requests"]
    assert cells and all(doubted(read, c) for c in cells)


def test_two_years_side_by_side_give_no_value() -> None:
    """Fourteen numbers a row: which seven are this year's is not told, so none is taken."""
    rows = [[label, *values, *values] for label, *values in texts()]
    read = reading(grid(rows, heads=[*HEADS, *HEADS]))
    assert all(c.value is None or doubted(read, c) for c in read.cells if c.table == "requests")
    assert {p.split(".")[1] for i in read.issues for p in i.cells if i.severity == "warning"} >= {"new_received", "granted"}


@pytest.mark.parametrize(
    ("captions", "value"),
    [
        (("2020年", "2021年"), 36), (("2021年度", "附：2020年度数据"), 4), (("上年", "本年"), None), (("2021年", "续表"), None),
        (("2019年", "2020年"), None), (("2020年。本机关收到申请。", "2021年"), None), (("2020—2021年", "2021年"), None),
    ],
)
def test_of_two_years_below_each_other_the_reports_own_is_read(captions: tuple[str, str], value: int | None) -> None:
    """Where the line above each table names its year; else every cell is doubted, and no row of one fills the other."""
    read = reading(captions[0], grid(texts(1), "table=1"), captions[1], grid(texts(9), "table=2"))
    if value is None:
        assert all(doubted(read, c) for c in read.cells if c.table == "requests")
    else:
        assert received(read).value == value and not any(doubted(read, c) for c in read.cells)


@pytest.mark.parametrize("said", ["本机关健全制度，明确责任。", "2020年收到申请如下：", ""])
def test_a_table_within_prose_is_not_the_one_of_its_section(said: str) -> None:
    """A few of the form's rows in the overview, whole rows in their section: those are read, also the first of them."""
    words = [["予以公开", "1"], ["部分公开", "2"], ["不予公开", "3"], ["总计", "6"]]
    cells = [GridCell(t, r, c, f"table=1;row={r}") for r, row in enumerate(words, 1) for c, t in enumerate(row, 1)]
    lines: list[str | Grid] = ["青岚市水利局2021年政府信息公开工作年度报告", "一、总体情况", said, Grid(tuple(cells), "table=1")]
    lines += ["三、收到和处理政府信息公开申请情况", grid(texts(), "table=2")]
    body = [Paragraph(b, f"line={n}") if isinstance(b, str) else b for n, b in enumerate(lines) if b]
    read = extract(Document("docx", "0" * 64, 1, tuple(body)), load())
    assert received(read).value == 4 and not any(doubted(read, c) for c in read.cells)


def test_a_table_of_five_hundred_rows_is_read_and_the_strange_rows_named() -> None:
    """The form's rows stand among hundreds that it does not have: they keep their values, the others are named."""
    rows = texts()
    strange = [[f"某项其他统计第{n}号", *"1234567"] for n in range(480)]
    read = reading(grid([*rows[:3], *strange, *rows[3:]]))
    assert received(read).value == 4
    assert sum(i.code == "row-unknown" for i in read.issues) == len(strange)
    assert not [c for c in read.cells if c.value is not None and c.value > 4]


@pytest.mark.parametrize("text", ["1" * 30, "-3", "2.5", "4 4", "约4", "4-5"])
def test_a_text_that_is_no_count_is_null_or_doubted(text: str) -> None:
    """Thirty digits, a negative, a fraction, two numbers: never a silent value, and the other cells of the table stand."""
    rows = texts()
    rows[2][1] = text
    read = reading(grid(rows))
    row = [c for c in read.cells if c.item == "granted" and c.table == "requests"]
    assert all(c.value is None or doubted(read, c) for c in row if c.measure == "natural_person")
    assert any(fnmatch("requests.granted.natural_person", p) for i in read.issues for p in i.cells if i.severity == "warning")
    assert received(read).value == 4 and not doubted(read, received(read))


def test_runs_of_thirty_digits_end_without_a_value() -> None:
    """Every row a run of thirty digits: nothing is derived, and each row says so."""
    rows = "".join(f"{label}{'1234567890' * 3}" for label, *_ in texts())
    read = reading("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）申请人情况" + "".join(HEADS) + rows)
    cells = [c for c in read.cells if c.table == "requests"]
    assert len(cells) > 100 and all(c.value is None and doubted(read, c) for c in cells)


@pytest.mark.parametrize(("other", "read_as"), [(["0", "1"], [None] * 3), (["77"], [None] * 3), (["001"], [2, 2, 4])])
def test_a_lone_number_is_not_cut_where_another_row_lost_cells(other: list[str], read_as: list[int | None]) -> None:
    """Of a table cut off at its side «224» is the first of three numbers, unless all rows hold theirs in one cell."""
    rows = [["规章", *other], ["行政规范性文件", "224"]]
    cells = tuple(GridCell(t, r, c, f"row={r};col={c}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1))
    body = (Paragraph("二、主动公开政府信息情况", "line=1"), Grid(cells, "table=1"))
    found = extract(Document("docx", "0" * 64, 1, body), load())
    assert [c.value for c in found.cells if c.raw == "224"] == read_as


@pytest.mark.parametrize(("ending", "doubted"), [("予公开", True), ("其中：网上", False)])
def test_numbers_beside_the_rest_of_a_groups_label_are_a_doubt_on_its_row(ending: str, doubted: bool) -> None:
    """Without rules «18» in a narrow column has its second digit in the line where «（三）不» ends with «予公开»."""
    rows = [["（三）不", "4.保护第三方合法权益", "1", *"00000", "2"], [ending, "", "8", *[""] * 5, "7"]]
    cells = tuple(GridCell(t, r, c, f"row={r};col={c}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1))
    found = reading(Grid(cells, "table=1", spans_known=False))
    (unknown,) = [i for i in found.issues if i.code == "row-unknown"]
    assert unknown.cells == (("requests.refused_third_party.*",) if doubted else ())


@pytest.mark.parametrize("typed", [" 4", "：4件", "（4件）", "4"])
@pytest.mark.parametrize("cell", [1, 7])
def test_a_number_typed_beside_the_label_is_no_empty_cell(typed: str, cell: int) -> None:
    """A label that ends in digits, and a row that lacks a number: whichever is empty is under a doubt."""
    rows = texts()
    rows[0][0] += typed
    assert not doubted(reading(grid(rows)), received(reading(grid(rows))))
    rows[0][cell] = ""
    read = reading(grid(rows))
    assert all(doubted(read, c) for c in read.cells if c.item == "new_received" and c.value is None)


def test_a_number_in_brackets_is_no_part_of_the_label() -> None:
    """What stands beside a label and adds no letter to it is no rest of it: the row is not one of empty cells."""
    cells = ["行政许可", "⑮", "", "", "行政处罚", "3", "", ""]
    shown = tuple(GridCell(t, 1 + n // 4, 1 + n % 4, f"table=1;row={1 + n // 4}") for n, t in enumerate(cells))
    blocks = [Paragraph("二、主动公开政府信息情况", "line=1"), Grid(shown, "table=1", spans_known=False)]
    read = extract(Document("txt", "0" * 64, 1, tuple(blocks)), load())
    assert {c.item: c.value for c in read.cells} == {"penalties": 3}
    assert any("disclosures.licensing.*" in i.cells and i.severity == "warning" for i in read.issues)


def test_a_bracket_left_open_swallows_no_label() -> None:
    """«行政处罚（3» goes on in the next line only where that is no label itself."""
    lines = "二、主动公开政府信息情况 行政许可 5 行政处罚（3 行政强制 6".split()
    read = extract(Document("txt", "0" * 64, 1, tuple(Paragraph(t, f"line={n}") for n, t in enumerate(lines))), load())
    assert {c.item: c.value for c in read.cells} == {"licensing": 5, "penalties": None, "coercion": 6}
    assert [c.item for c in read.cells if doubted(read, c)] == ["penalties"]


@pytest.mark.parametrize(("rest", "open_"), [(["", "", "", "", "", ""], 7), (["0", "", "", "", "", "4"], 1)])
def test_words_alone_in_a_row_may_stand_for_all_of_it(rest: list[str], open_: int) -> None:
    """«4件，均为自然人» and six empty cells: none of them is surely empty. With a number beside, the others are."""
    rows = texts()
    rows[0][1:] = ["详见附件4", *rest]
    read = reading(grid(rows))
    assert sum(doubted(read, c) for c in read.cells if c.item == "new_received") == open_


def test_rows_as_wide_as_numbers_and_labels_cannot_be_lose_cells_whatever_stands_below() -> None:
    """In text a table that lacks a column has no room for all labels and values, also with another table under it: a row that
    begins with an empty place and has as many places as cells is not shifted by it."""
    wide = [[*((text, "") if text[0] in "一二四（" else ("", text)), *cells[:4], *cells[5:]] for text, *cells in texts()]
    lines = [*wide, ["四、政府信息公开行政复议、行政诉讼情况"], ["0"] * 15]
    cells = [GridCell(t, r, c, f"line={r}") for r, row in enumerate(lines, 1) for c, t in enumerate(row, 1)]
    read = reading(Grid(tuple(cells), "table=1", spans_known=False))
    assert read.cells and all(doubted(read, c) for c in read.cells if c.table == "requests")


def test_a_table_of_chinese_numerals_is_no_sentence() -> None:
    """What the numerals of a table leave in its section does not deny the table, though one of them is 零."""
    lines = ["四、政府信息公开行政复议、行政诉讼情况", *"零 一 二 十二 三".split()]
    blocks = [*(Paragraph(text, f"line={n}") for n, text in enumerate(lines)), grid(texts())]
    read = extract(Document("txt", "0" * 64, 1, tuple(blocks)), load())
    assert [i.code for i in read.issues if i.cells == ("reviews.*.*",)] == ["table-missing"]


@pytest.mark.parametrize(
    ("head", "label", "printed", "unit"),
    [
        ("本年收费金额（单位：万元）", "行政事业性收费", "5.2", "万元"),
        ("本年收费金额", "行政事业性收费", "5.2", "万元"),
        ("本年收费金额（单位：元）", "行政事业性收费", "52000", "元"),
        ("本年收费金额(元)", "行政事业性收费", "52000", "元"),
        ("本年收费金额", "行政事业性收费（元）", "52000", "元"),
        ("本年收费金额（单位：元）", "行政事业性收费", "5.2万元", "万元"),
        ("采购总金额（千元）", "政府集中采购", "52", "千元"),
        ("采购总金额", "政府集中采购", "52", None),
    ],
)
@pytest.mark.parametrize("spans_known", [True, False])
def test_the_unit_that_head_or_label_prints_holds(
    head: str, label: str, printed: str, unit: str | None, spans_known: bool
) -> None:
    """Over the form's own; a unit in the cell holds over both, and where it is another than the form's a note says so."""
    more = ["采购项目数量"] if "采购" in head else []
    lines = [["第二十条第（八）项", *("" for _ in more), ""], ["信息内容", *more, head], [label, *("1" for _ in more), printed]]
    cells = [GridCell(t, r, c, f"table=1;row={r}") for r, row in enumerate(lines, 1) for c, t in enumerate(row, 1)]
    table = Grid(tuple(cells), "table=1", spans_known)
    read = extract(Document("docx", "0" * 64, 1, (Paragraph("二、主动公开政府信息情况", "line=1"), table)), load())
    (cell,) = [c for c in read.cells if c.measure == "amount"]
    assert cell.unit == unit
    assert any(i.code == "number-with-unit" for i in read.issues) == (unit == "元")


@pytest.mark.parametrize("names", [("行政诉讼（{}）", "行政诉讼（{}）"), ("{}", "{}"), ("诉讼：{}", "（{}）行政诉讼")])
def test_a_block_of_the_reviews_is_known_by_what_its_label_says_in_brackets(names: tuple[str, str]) -> None:
    """A row a block, the lawsuits in another order than the form's: the brackets tell which is which, not the order."""
    heads = ["", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    later, direct = names[0].format("复议后起诉"), names[1].format("未经复议直接起诉")
    rows = [heads, ["行政复议", *"10001"], [later, *"20002"], [direct, *"30003"]]
    cells = [GridCell(t, r, c, f"table=1;row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    blocks = [Paragraph("四、政府信息公开行政复议、行政诉讼情况", "line=1"), Grid(tuple(cells), "table=1")]
    read = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    values = {c.item: c.value for c in read.cells if c.measure == "upheld"}
    assert values == {"review": 1, "direct": 3, "after_review": 2} or all(doubted(read, c) for c in read.cells)


@pytest.mark.parametrize(("names", "sure"), [(("经过复议", "没有复议"), False), (("未经复议直接起诉", "复议后起诉"), True)])
def test_a_block_of_the_reviews_that_only_its_place_tells_is_doubted(names: tuple[str, str], sure: bool) -> None:
    """A row a block, the lawsuits under names that no form has: they may stand in any order."""
    heads = ["", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [heads, ["行政复议", *"10001"], [names[0], *"20002"], [names[1], *"30003"]]
    cells = [GridCell(t, r, c, f"table=1;row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    blocks = [Paragraph("四、政府信息公开行政复议、行政诉讼情况", "line=1"), Grid(tuple(cells), "table=1")]
    read = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    assert {c.item for c in read.cells if not doubted(read, c)} == {"review", *(["direct", "after_review"] if sure else [])}


@pytest.mark.parametrize(("again", "doubts"), [("0" * 15, 0), ("0" * 14 + "1", 15)])
def test_reviews_printed_twice_with_the_same_numbers_are_no_doubt(again: str, doubts: int) -> None:
    """As a page for phones and for desks prints them; with other numbers every cell is doubted."""
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    heads = [["行政复议", "未经复议直接起诉", "复议后起诉"], outcomes]
    blocks: list[Paragraph | Grid] = [Paragraph("四、政府信息公开行政复议、行政诉讼情况", "line=1")]
    for name, numbers in (("table=1", "0" * 15), ("table=2", again)):
        rows = [*heads, list(numbers)]
        cells = [GridCell(t, r, c, f"{name};row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
        blocks.append(Grid(tuple(cells), name))
    read = extract(Document("docx", "0" * 64, 1, tuple(blocks)), load())
    assert (len(read.cells), sum(doubted(read, c) for c in read.cells)) == (15, doubts)


@pytest.mark.parametrize("head", ["备注", "上年数", "同比增减", "单位"])
@pytest.mark.parametrize("text", ["", "9", "含转办", "-5%", "件"])
@pytest.mark.parametrize("at", [0, 3, 7])
def test_a_column_under_a_head_of_its_own_is_left_out(head: str, text: str, at: int) -> None:
    """Where the grid tells columns, the heads say which are the form's, and the rows add up without the other one."""
    rows = [[label, *cells[:at], text, *cells[at:]] for label, *cells in texts()]
    read = reading(grid(rows, heads=[*HEADS[:at], head, *HEADS[at:]]))
    assert received(read).value == 4
    assert not any(doubted(read, c) for c in read.cells if c.table == "requests")


def test_a_row_that_does_not_add_up_without_a_column_of_its_own_is_doubted() -> None:
    """A column that counts in the total is none of the form's: its rows are doubted where it is not empty."""
    rows = [[label, *cells[:2], "0", *cells[2:]] for label, *cells in texts()]
    rows[0][1:4] = ["1", "0", "3"]
    read = reading(grid(rows, heads=[*HEADS[:2], "个体工商户", *HEADS[2:]]))
    assert {c.item for c in read.cells if doubted(read, c)} == {"new_received"}


def test_the_labels_of_two_rows_in_one_cell_doubt_both() -> None:
    """«规章规范性文件», as where a page ends below a row of empty cells: whose the numbers are is not told."""
    cells = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章\n规范性文件", "1", "2", "3"]
    shown = tuple(GridCell(t, 1 + n // 4, 1 + n % 4, f"table=1;row={1 + n // 4}") for n, t in enumerate(cells))
    blocks = [Paragraph("二、主动公开政府信息情况", "p"), Grid(shown, "table=1")]
    read = extract(Document("pdf", "0" * 64, 1, tuple(blocks)), load())
    (told,) = [i for i in read.issues if i.code == "label-unclear"]
    assert told.severity == "warning" and {*told.cells} == {"disclosures.regulations.*", "disclosures.normative_documents.*"}


def test_rows_behind_a_cut_are_missing_in_one_doubt() -> None:
    text = (
        "青岚市水利局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
        "一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
        "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        "三、本年度办理结果 | (一)予以公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    )
    reading = understand(text.encode(), "x.txt")
    (missing,) = (issue for issue in reading.issues if issue.code == "row-missing")
    assert len(missing.cells) == 22 and missing.cells[-1] == "requests.carried_out.*" and "22 行" in missing.message


@pytest.mark.parametrize(("numbers", "read_"), [("0 0 0 0 0 0 0", 7), ("12 0 0 0 0 0 12", 7), ("3", 0), ("0 0 0 0 0 0", 0)])
def test_a_row_alone_at_the_head_of_a_page(numbers: str, read_: int) -> None:
    """A book's page begins with the last row of a table that began on another."""
    text = f"Page 9\nP. 9\n四、结转下年度继续办理 {numbers}\n四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题\n"
    reading = understand(text.encode(), "x.txt")
    assert sum(c.value is not None for c in reading.cells if c.item == "carried_out") == read_


@pytest.mark.parametrize("code", ["代码", "编号", "行次"])
def test_a_code_is_no_number_of_its_row(code: str) -> None:
    """Statistics of before 2014 count their rows in a column of their own."""
    text = (
        f"附表\n政府信息公开情况统计表\n指标名称 | 计量单位 | {code} | 本期实际 | 本年累计 |\n"
        "申请总数 | 条 | 10 | 7 | 9 |\n行政复议数 | 件 | 32 | 1 | 1 |\n行政诉讼数 | 件 | 33 | 2 | |\n"
        "当面申请数 | 件 | 34 | 3 | 4 |\n"
    )
    found = {(s.label, s.measure): s.value for s in understand(text.encode(), "2012.txt").statistics}
    assert found and {10, 32, 33, 34}.isdisjoint(found.values())


@pytest.mark.parametrize(("year", "said"), [(2018, False), (2021, True)])
def test_a_report_of_before_the_tables_lacks_none(year: int, said: bool) -> None:
    title = f"青岚市水利局{year}年政府信息公开工作年度报告"
    text = f"{title}\n一、概述\n依法公开。\n二、主动公开政府信息情况\n公开信息5条。\n三、其他需要报告的事项\n好。\n"
    codes = {issue.code for issue in understand(text.encode(), "x.txt").issues}
    assert ("table-missing" in codes) == said


def test_a_table_is_missed_where_only_another_is_announced() -> None:
    """None of the three is read, the heading of one is: all three are said to be missing."""
    page = "<h1>青岚市水利局2021年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><p>见附件</p>"
    reading = understand(page.encode(), "a.html")
    missing = {key for issue in reading.issues if issue.code == "table-missing" for key in issue.cells}
    assert missing == {"disclosures.*.*", "requests.*.*", "reviews.*.*"}


@pytest.mark.parametrize(("piece", "doubted"), [("理结", True), ("其余各项", False)])
def test_numbers_beside_a_piece_of_a_label_may_be_those_of_a_row_beside(piece: str, doubted: bool) -> None:
    """A page without rules breaks a number between its digits, and the first ones stand beside the label of the group."""
    rows = [["", *HEADS], ["（一）予以公开", *"2000002"], [piece, *"1", *[""] * 5, "1"], ["（七）总计", *"3000003"]]
    cells = [
        GridCell(text, r, c, f"page=1;line={r}") for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)
    ]
    heading = Paragraph("三、收到和处理政府信息公开申请情况", "page=1;line=1")
    grid = Grid(tuple(cells), "page=1;line=2", spans_known=False)
    reading = extract(Document("pdf", "0" * 64, 1, (heading, grid)), load())
    about = {key for issue in reading.issues if issue.code == "row-unknown" for key in issue.cells}
    assert ("requests.total_disposed.*" in about) == doubted


def test_five_numbers_under_the_heads_of_two_blocks_are_of_neither() -> None:
    """A page without rules leaves empty cells without a trace."""
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [["行政复议", "行政诉讼"], ["".join([*outcomes, "未经复议直接起诉"]), "复议后起诉"], outcomes * 2, [*"22549"]]
    cells = [GridCell(text, r, c, f"page=1;line={r}") for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]
    heading = Paragraph("四、政府信息公开行政复议、行政诉讼情况", "page=1;line=1")
    grid = Grid(tuple(cells), "page=1;line=2", spans_known=False, drops_empty=True)
    reading = extract(Document("pdf", "0" * 64, 1, (heading, grid)), load())
    assert not any(cell.value for cell in reading.cells)
    assert {"reviews.after_review.*", "reviews.*.*"} & {key for issue in reading.issues for key in issue.cells}
