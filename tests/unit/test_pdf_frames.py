"""A frame around a report is none of its tables: what stands in it is read as if the frame were not there."""

from __future__ import annotations

from sheets import Sheet, pdf

from ogi.model import Document, Grid
from ogi.readers import read

WIDTHS = (40, 200, 60, 60)
FIRST = [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]]
SECOND = [["三", "3.保护第三方合法权益", "6", "7"], ["四", "4.内部事务信息", "8", "9"]]


def box(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    """The four sides; one that lies on the page's edge is not drawn, as where a page cuts the frame."""
    for y in (top, bottom):
        if 0 < y < sheet.height:
            sheet.line(x0, y, x1, y)
    for x in (x0, x1):
        sheet.line(x, top, x, bottom)


def rows(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in block.rows()] for block in document.blocks if isinstance(block, Grid)]


def words(document: Document) -> list[str]:
    return [block.text for block in document.blocks if not isinstance(block, Grid)]


def test_tables_in_a_box_stay_tables() -> None:
    """One box, or one in another, with prose around two tables: the order stays, and no table is lost."""
    for boxes in (1, 2):
        page = Sheet()
        for n in range(boxes):
            box(page, 60 - 12 * n, 60 - 12 * n, 480 + 12 * n, 700 + 12 * n)
        page.text(80, 90, "三、收到和处理政府信息公开申请情况")
        page.table(80, 100, WIDTHS, FIRST)
        page.text(80, 200, "四、政府信息公开行政复议、行政诉讼情况")
        page.table(80, 240, WIDTHS, SECOND)
        document = read(pdf([page]), "a.pdf")
        assert rows(document) == [FIRST, SECOND]
        assert [text[:2] for text in words(document)] == ["三、", "四、"]
        assert [isinstance(block, Grid) for block in document.blocks] == [False, True, False, True]


def test_a_frame_that_goes_on_over_pages_is_no_column() -> None:
    """Its sides stand beside a table that a page cuts, and no rule touches them there: they are none of its columns."""
    first, second = Sheet(), Sheet()
    for page, top, bottom in ((first, 60, 842), (second, 0, 700)):
        box(page, 60, top, 480, bottom)
    first.text(80, 690, "三、收到和处理政府信息公开申请情况")
    first.table(80, 700, WIDTHS, FIRST * 2 + FIRST[:1])
    second.table(80, 20, WIDTHS, SECOND * 12)
    assert rows(read(pdf([first, second]), "a.pdf")) == [FIRST * 2 + FIRST[:1] + SECOND * 12]


def test_the_menu_beside_a_report_is_no_part_of_it() -> None:
    """A frame of two rooms: the one beside the room with the tables is put aside, on pages without a table too."""
    first, second = Sheet(), Sheet()
    for page in (first, second):
        box(page, 30, 40, 540, 800)
        page.line(110, 40, 110, 800)
        page.text(40, 60, "网站导航")
    first.text(130, 90, "三、收到和处理政府信息公开申请情况")
    first.table(130, 100, WIDTHS, FIRST)
    second.text(130, 90, "五、存在的主要问题及改进情况")
    document = read(pdf([first, second]), "a.pdf")
    assert rows(document) == [FIRST]
    assert "五、存在的主要问题及改进情况" in words(document)
    assert any("网站导航" in paragraph.text for paragraph in document.furniture)


def test_a_frame_around_columns_without_rules_is_no_cell_on_either_page() -> None:
    """Rows enough on one page show what the frame holds, and the few on the other are rows too."""
    label = "{}.其他有关的事项说明"
    first, second = Sheet(), Sheet()
    box(first, 60, 740, 480, 842)
    box(second, 60, 0, 480, 300)
    for n in range(18):
        page, y = (first, 760 + 16 * n) if n < 5 else (second, 20 + 16 * (n - 5))
        for x, text in ((80, label.format(n + 1)), (300, str(n)), (360, "0"), (420, str(n))):
            page.text(x, y, text, 9)
    (table,) = rows(read(pdf([first, second]), "a.pdf"))
    assert table == [[label.format(n + 1), str(n), "0", str(n)] for n in range(18)]
