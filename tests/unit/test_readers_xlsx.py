"""What a sheet shows is what the xlsx reader gives."""

from __future__ import annotations

import pytest
from office_files import xlsx
from read_blocks import grids, texts

from ogi.errors import Unreadable
from ogi.model import Paragraph
from ogi.readers import read
from ogi.readers.xlsx.number_format import shown


def c(ref: str, value: str = "", kind: str = "", style: int = 0) -> str:
    """A cell: a number, or a text written inline."""
    if kind == "text":
        return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{ref}" s="{style}"><v>{value}</v></c>' if value else f'<c r="{ref}" s="{style}"/>'


def t(ref: str, text: str, style: int = 0) -> str:
    return c(ref, text, "text", style)


def sheet(rows: dict[int, str], merges: str = "") -> str:
    data = "".join(f'<row r="{number}">{cells}</row>' for number, cells in rows.items())
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges.split())
    return f"<sheetData>{data}</sheetData><mergeCells>{merged}</mergeCells>"


def test_titles_are_text_and_tables_are_grids() -> None:
    """Single texts before the data are paragraphs, an empty row ends a table, places are the sheet's."""
    document = read(
        xlsx(
            {
                "表": sheet(
                    {
                        1: t("B1", "2021年度报告"),
                        2: t("B2", "名称") + t("C2", "数"),
                        3: t("B3", "规章") + c("C3", "3"),
                        5: t("B5", "四、复议"),
                        6: t("B6", "维持") + t("C6", "纠正"),
                        7: c("B7", "0"),
                    },
                    "B1:F1",
                )
            }
        ),
        "a.xlsx",
    )
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "2021年度报告",
        "四、复议",
    ]
    first, second = grids(document)
    assert texts(first) == [["名称", "数"], ["规章", "3"]] and texts(second) == [["维持", "纠正"], ["0", ""]]
    assert (first.locator, first.rows()[1][1].locator) == ("sheet=1;cell=B2:C3", "sheet=1;cell=C3")


def test_merged_ranges_leave_one_cell() -> None:
    """A merged range is one cell with spans; the places it covers have none, the empty ones have ''."""
    document = read(
        xlsx(
            {
                "表": sheet(
                    {
                        1: t("A1", "三") + t("B1", "（一）") + c("D1", "5"),
                        2: t("B2", "1.") + t("C2", "x"),
                        3: t("B3", "2.") + t("C3", "y"),
                    },
                    "A1:A3 B1:C1",
                )
            }
        ),
        "a.xlsx",
    )
    (grid,) = grids(document)
    assert texts(grid) == [["三", "（一）", "5"], ["1.", "x", ""], ["2.", "y", ""]]
    assert [(cell.rowspan, cell.colspan) for cell in grid.cells[:2]] == [(3, 1), (1, 2)]


def test_cells_with_borders_belong_to_the_table() -> None:
    """A row of empty cells with borders around them is a row of the table."""
    styles = (
        '<borders><border/><border><left style="thin"/></border></borders>'
        '<cellXfs><xf borderId="0"/><xf borderId="1"/></cellXfs>'
    )
    document = read(
        xlsx(
            {
                "表": sheet(
                    {
                        1: t("A1", "标题", 1) + c("B1", style=1),
                        2: t("A2", "a", 1) + c("B2", "1", style=1),
                        3: c("A3", style=1) + c("B3", style=1),
                    }
                )
            },
            styles=styles,
        ),
        "a.xlsx",
    )
    assert texts(grids(document)[0]) == [["标题", ""], ["a", "1"], ["", ""]]


def test_a_line_without_a_border_between_tables_with_borders_parts_them() -> None:
    """Heading, table, caption, table without an empty row between them: two tables, and the words are paragraphs."""
    styles = (
        '<borders><border/><border><left style="thin"/></border></borders>'
        '<cellXfs><xf borderId="0"/><xf borderId="1"/></cellXfs>'
    )
    rows = {
        1: t("A1", "三、申请情况"),
        2: t("A2", "a", 1) + c("B2", "1", style=1),
        3: t("A3", "（七）总计", 1) + c("B3", style=1),
        4: t("A4", "附：所属中心的情况"),
        5: t("A5", "b", 1) + c("B5", "2", style=1) + c("C5", "3", style=1),
    }
    document = read(xlsx({"表": sheet(rows)}, styles=styles), "a.xlsx")
    assert [texts(grid) for grid in grids(document)] == [[["a", "1"], ["（七）总计", ""]], [["b", "2", "3"]]]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["三、申请情况", "附：所属中心的情况"]


def test_shared_texts_keep_runs_and_drop_phonetics() -> None:
    """Runs of a text are put together, reading aids are left out, escaped characters come back."""
    strings = "<si><r><t>公</t></r><r><t>开_x000A_数</t></r><rPh><t>gong</t></rPh></si>"
    cell = '<c r="A1" t="s"><v>0</v></c>' + c("B1", "1")
    document = read(xlsx({"表": sheet({1: cell, 2: t("A2", "b") + c("B2", "2")})}, strings), "a.xlsx")
    assert texts(grids(document)[0])[0] == ["公开\n数", "1"]


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("3", "General", "3"),
        ("3.0", "General", "3"),
        ("0.10000000000000001", "General", "0.1"),
        ("1E3", "General", "1000"),
        ("251000", "#,##0", "251,000"),
        ("0.5", "0.00", "0.50"),
        ("2.675", "0.00", "2.68"),
        ("0.123", "0%", "12%"),
        ("0.1234", "0.00%", "12.34%"),
        ("5", '0"件"', "5件"),
        ("5", "0_ ", "5"),
        ("0", "0;-0;;@", ""),
        ("-4", "0;(0)", "(4)"),
        ("-4", "0;[Red]0", "-4"),
        ("-0.4", "0_ ;[Red]0", "0"),
        ("-1234", "#,##0;#,##0", "-1,234"),
        ("0", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "-"),
        ("7", "000", "007"),
        ("1.5", "0.##", "1.5"),
        ("1", "0.##", "1"),
        ("44197", "yyyy-mm-dd", "2021-01-01"),
        ("44197", 'yyyy"年"m"月"', "2021年1月"),
        ("0.333333333333333315", "General", "0.333333333333333"),
        ("12345678901234567", "0", "12345678901234567"),
        ("1e400", "0", "1e400"),
        ("x", "0", "x"),
        ("-0.001", "0.00", "0.00"),
        ("0", '[=0]"-";General', "-"),
        ("5", '[=0]"-";General', "5"),
        ("-5", '[=0]"无";0', "-5"),
        ("20000", '[>=10000]0"多";[<0]"负";0', "20000多"),
        ("5", '[<1]"少";[>9]"多"', "5"),
        ("5", '0"[=0]";"x"', "5[=0]"),
        ("0", "General", "0"),
        ("-0", "General", "0"),
        ("100", "General", "100"),
    ],
)
def test_numbers_are_shown_as_the_sheet_shows_them(stored: str, code: str, printed: str) -> None:
    """The stored digits become the shown text, exactly, whatever the format."""
    assert shown(stored, code) == printed


@pytest.mark.parametrize(
    ("kind", "stored", "printed"),
    [
        ("b", "1", "TRUE"),
        ("b", "0", "FALSE"),
        ("str", "甲_x000A_乙_x0007_", "甲\n乙"),
        ("e", "#DIV/0!", "#DIV/0!"),
        ("n", "-0", "0"),
        ("n", "1E+3", "1000"),
        ("n", "一", "一"),
    ],
)
def test_what_is_no_number_is_shown_as_it_is(kind: str, stored: str, printed: str) -> None:
    """Truths, texts that a formula gave, errors; a number without a format has no exponent; also where no style is known."""
    cells = t("A1", "名称") + f'<c r="B1" t="{kind}"><v>{stored}</v></c>'
    data = xlsx({"表": sheet({1: cells, 2: t("A2", "乙") + c("B2", "1")})})
    assert texts(grids(read(data, "a.xlsx"))[0])[0] == ["名称", printed]


def test_hidden_sheets_rows_and_columns_are_left_out() -> None:
    """What is not printed is not read; a hidden sheet is named."""
    visible = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><v>3</v></c></row><row r="2" hidden="1"><c r="A2"><v>9</v></c></row>'
        '<row r="3"><c r="A3"><v>4</v></c></row></sheetData>'
    )
    document = read(xlsx({"一": visible, "二": sheet({1: t("A1", "旧")})}, hidden="二"), "a.xlsx")
    assert [[cell.text for cell in grid.cells if cell.text] for grid in grids(document)] == [["1", "3", "4"]]
    assert [issue.code for issue in document.issues] == ["part-not-read"]


def test_a_hidden_column_or_row_of_a_table_is_no_blank_one() -> None:
    """What is hidden has no cells and no place in the grid; a merge over it is as wide and as high as is shown."""
    rows = {1: t("A1", "三") + t("C1", "合计"), 2: c("A2", "1") + c("B2", "2") + c("C2", "3"), 3: c("A3", "9")}
    rows[4] = c("A4", "4") + c("B4", "5") + c("C4", "6")
    shown = sheet(rows).replace('<row r="3"', '<row hidden="1" r="3"')
    hidden = '<cols><col min="2" max="2" hidden="1"/></cols>'
    merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C2:C4"/></mergeCells>'
    (grid,) = grids(read(xlsx({"表": hidden + shown + merges}), "a.xlsx"))
    assert [(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells] == [
        ("三", 1, 1, 1, 1), ("合计", 1, 2, 1, 1), ("1", 2, 1, 1, 1), ("3", 2, 2, 2, 1), ("4", 3, 1, 1, 1),
    ]


@pytest.mark.parametrize("formula", ["<c r='B2'><f>SUM(A1)</f></c>", "<c r='B2'><f>SUM(A1)</f><v/></c>"])
def test_a_formula_without_its_result_is_named(formula: str) -> None:
    """A formula is never computed here: without the result that a program stored, it is under a warning. Text may be empty."""
    stored = "<c r='B1'><f>SUM(B2:B3)</f><v>38</v></c>"
    text = "<c r='B3' t='str'><f>A3&amp;A9</f><v></v></c>"
    rows = {1: t("A1", "a") + stored, 2: t("A2", "b") + formula, 3: t("A3", "c") + text}
    document = read(xlsx({"表": sheet(rows)}), "a.xlsx")
    assert texts(grids(document)[0]) == [["a", "38"], ["b", "=SUM(A1)"], ["c", ""]]
    assert [(issue.code, issue.severity, issue.locator) for issue in document.issues] == [
        ("part-not-read", "warning", "sheet=1;cell=B2")
    ]


@pytest.mark.parametrize("ref", ["XFD1048576", "A2001", "BI1"])
def test_a_value_far_away_is_refused(ref: str) -> None:
    """A value beyond 2,000 rows or 60 columns is an error that names its place."""
    number = int("".join(filter(str.isdigit, ref)))
    with pytest.raises(Unreadable, match=f"{ref}, beyond the limit"):
        read(
            xlsx(
                {
                    "表": sheet(
                        {1: t("A1", "a"), number: c(ref, "1")}
                        if number > 1
                        else {1: t("A1", "a") + c(ref, "1")}
                    )
                }
            ),
            "a.xlsx",
        )


def test_empty_cells_far_away_cost_nothing() -> None:
    """A format laid on a whole column to the last row is no data."""
    document = read(
        xlsx({"表": sheet({1: t("A1", "a") + c("B1", "1"), 1_048_576: c("XFD1048576")})}), "a.xlsx"
    )
    assert texts(grids(document)[0]) == [["a", "1"]]


def test_an_empty_row_under_heads_is_a_row() -> None:
    """Where the values under the heads are blank and without borders, an empty row is their row."""
    heads = t("A1", "维持") + t("B1", "纠正") + t("C1", "总计")
    document = read(xlsx({"表": sheet({1: heads, 2: "", 3: t("A3", "后")})}), "a.xlsx")
    assert texts(grids(document)[0]) == [["维持", "纠正", "总计"], ["", "", ""]]


@pytest.mark.parametrize(("value", "width"), [("", 5), ("7", 3)])
def test_labels_below_a_table_reach_as_far_as_it_where_their_numbers_are_blank(
    value: str, width: int
) -> None:
    """A table parted by an empty row or going on in the next sheet, the second part with its labels only: its empty cells
    are there; a table of its own with numbers keeps its own width."""
    first = {1: t("B1", "一、新收") + "".join(c(f"{col}1", "0") for col in "CDEF")}
    second = {
        3: t("B3", "（七）总计") + t("C3", "说明") + (c("D3", value) if value else ""),
        4: t("B4", "四、结转") + t("C4", "说明"),
    }
    for sheets in {"表": sheet(first | second)}, {"表": sheet(first), "续": sheet(second)}:
        grid = grids(read(xlsx(sheets), "a.xlsx"))[1]
        assert {len(row) for row in grid.rows()} == {width}
