"""A number that a narrow cell broke over two lines is one number where its row and its column prove it, else none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree, html
from sheets import Sheet, pdf

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Cell, Reading
from ogi.readers import read
from ogi.understanding import understand
from tests.unit.made_up_pages import made_up_page, rows_of

SEED = 9000021


def test_a_broken_number_is_joined_where_the_sums_prove_it() -> None:
    """The number is derived, a note says so, and no doubt lies on it."""
    whole = _cell(_reading(""), "new_received", "natural_person")
    assert whole.value is not None
    assert whole.value > 9
    broken = _reading(str(whole.value))
    cell = _cell(broken, "new_received", "natural_person")
    assert (cell.value, cell.status, cell.raw) == (whole.value, "derived", whole.raw)
    assert [i.severity for i in broken.issues if cell.key in i.cells] == ["info"]


def test_two_numbers_in_one_cell_stay_unreadable() -> None:
    """Where the sums do not hold with the joined number, nothing is joined."""
    number = str(_cell(_reading(""), "new_received", "natural_person").value)
    reading = _reading(number, number + "1")
    cell = _cell(reading, "new_received", "natural_person")
    assert (cell.value, cell.status) == (None, "unreadable")
    assert [i.code for i in reading.issues if cell.key in i.cells] == ["number-unreadable"]


def _reading(broken: str, printed: str = "") -> Reading:
    """The report with the natural persons' number of the first row broken after its first digit."""
    page = made_up_page(SEED)
    row = next(r for r in rows_of(page) if "本年新收" in r.text_content())
    if broken:
        cell = next(c for c in row if c.text_content().strip() == broken)
        text = printed or broken
        for child in list(cell):
            cell.remove(child)
        cell.text = text[0]
        etree.SubElement(cell, "br").tail = text[1:]
    return extract(read(html.tostring(page, encoding="utf-8"), "report.html"), load())


def _cell(reading: Reading, item: str, measure: str) -> Cell:
    cell = next(c for c in reading.cells if (c.item, c.measure) == (item, measure))
    assert cell.value is None or cell.value == Decimal(int(cell.value))
    return cell


def test_numbers_that_a_page_break_parted_from_their_row_put_a_doubt_on_it() -> None:
    """A group with numbers right above a row of empty cells: they may be that row's, and the doubt names it."""
    page = made_up_page(SEED)
    row = next(row for row in rows_of(page) if "重复申请" in row.text_content())
    cells = [cell for cell in row if cell.text_content().strip().isdigit()][-7:]
    assert len(cells) == 7
    parted = html.fromstring("<table><tr></tr></table>").find(".//tr")
    for text in ("（五）不予处理", *(cell.text_content() for cell in cells)):
        etree.SubElement(parted, "td").text = text
    for cell in cells:
        for inner in list(cell):
            cell.remove(inner)
        cell.text = ""
    row.addprevious(parted)
    reading = extract(read(html.tostring(page, encoding="utf-8"), "a.html"), load())
    (issue,) = [i for i in reading.issues if i.code == "row-unknown"]
    assert issue.cells == ("requests.declined_repeat.*",) and "They may be those of" in issue.message


@pytest.mark.parametrize("odd", ["约3", "6无", "3 4-", "12#", "3 4"])
@pytest.mark.parametrize("rest", ["", "-", "/"])
def test_a_cell_that_cannot_be_read_costs_its_row_no_other(rest: str, odd: str) -> None:
    """In a row of marks or empty cells it is no label: the cells beside it stay, and the doubt names it alone; but where it may
    be two numbers, the empty cells beside it too."""
    page = made_up_page(SEED)
    row = next(row for row in rows_of(page) if "重复申请" in row.text_content())
    cells = [cell for cell in row if cell.text_content().strip().isdigit()][-7:]
    for at, cell in enumerate(cells):
        for inner in list(cell):
            cell.remove(inner)
        cell.text = odd if at == 2 else rest
    reading = extract(read(html.tostring(page, encoding="utf-8"), "a.html"), load())
    found = {c.measure: c.status for c in reading.cells if c.item == "declined_repeat"}
    assert found.pop("research") == "unreadable"
    assert set(found.values()) == {"nil" if rest else "blank"} and len(found) == 6
    (doubt,) = (i.cells for i in reading.issues if i.severity == "warning")
    beside = ("business", "public_interest_org") if odd == "3 4" and not rest else ()
    assert doubt == tuple(f"requests.declined_repeat.{measure}" for measure in ("research", *beside))


@pytest.mark.parametrize("places", [(0,), (0, 1), (2,), (0, 3)])
def test_words_in_the_cells_of_numbers_cost_their_row_no_other(places: tuple[int, ...]) -> None:
    """«见附件» right behind the label is no label: it cannot be read, and the other cells stay."""
    page = made_up_page(SEED)
    row = next(row for row in rows_of(page) if "重复申请" in row.text_content())
    cells = [cell for cell in row if cell.text_content().strip().isdigit()][-7:]
    for at in places:
        for inner in list(cells[at]):
            cells[at].remove(inner)
        cells[at].text = "见附件"
    reading = extract(read(html.tostring(page, encoding="utf-8"), "a.html"), load())
    found = [c.status for c in reading.cells if c.item == "declined_repeat"]
    assert found == ["unreadable" if at in places else "reported" for at in range(7)]


def test_words_in_the_first_cell_of_the_reviews_cost_no_other() -> None:
    """That table has no labels: what is no number there is a cell that cannot be read."""
    page = made_up_page(SEED)
    row = next(row for row in rows_of(page) if len(row) == 15 and row[0].text_content().strip().isdigit())
    for inner in list(row[0]):
        row[0].remove(inner)
    row[0].text = "见附件"
    reading = extract(read(html.tostring(page, encoding="utf-8"), "a.html"), load())
    found = [c.status for c in reading.cells if c.table == "reviews"]
    assert found == ["unreadable", *["reported"] * 14]


def test_two_labels_beside_one_row_of_numbers_are_a_doubt_on_both() -> None:
    """Where the rule between two rows is lost, the numbers may be those of either."""
    page = made_up_page(SEED)
    row = next(row for row in rows_of(page) if "重复申请" in row.text_content())
    lost = next(row for row in rows_of(page) if "要求提供公开出版物" in row.text_content())
    extra = html.fromstring("<table><tr><td>2.重复申请</td></tr></table>").find(".//td")
    lost.insert(len(lost) - 8, extra)
    row.getparent().remove(row)
    reading = extract(read(html.tostring(page, encoding="utf-8"), "a.html"), load())
    (issue,) = [i for i in reading.issues if i.code == "label-unclear"]
    assert issue.severity == "warning"
    assert set(issue.cells) == {"requests.declined_repeat.*", "requests.declined_publication.*"}


def test_two_labels_in_one_cell_are_a_doubt_on_both_rows() -> None:
    """Where two rows stand in the cells of one, whose a single number is cannot be told, though the label is most like one's."""
    rows = (("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"), ("行政许可<br>其他对外管理服务事项", "158", "6", "18"))
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    page = f"<h1>青岚市水利局2019年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>{body}</table>"
    reading = understand(page.encode(), "a.html")
    assert {cell.item for cell in reading.cells} == {"other_services"}
    (doubt,) = (issue for issue in reading.issues if issue.code == "label-unclear")
    assert (doubt.severity, doubt.cells) == ("warning", ("disclosures.licensing.*", "disclosures.other_services.*"))


def _over_break(shared: bool) -> Reading:
    """A requests table on two pages, its group (三) with the numbers at the foot of the first, the empty cells of its first
    row at the head of the second; `shared`: the other groups stand in one cell with their first row."""
    rows = [
        ("一、本年新收政府信息公开申请数量", "3"),
        ("二、上年结转政府信息公开申请数量", "0"),
        ("（一）予以公开", "2"),
        ("（二）部分公开", "0"),
        ("（三）不予公开", "1"),
        ("1.属于国家秘密", ""),
        ("2.其他法律行政法规禁止公开", "0"),
        ("（四）无法提供" + ("\n1.本机关不掌握相关政府信息" if shared else ""), "0" if shared else "5"),
        ("1.本机关不掌握相关政府信息", "5"),
        ("2.没有现成信息需要另行制作", "0"),
    ]
    if shared:
        del rows[8]
    first, second = Sheet(), Sheet()
    first.text(80, 540, "三、收到和处理政府信息公开申请情况")
    widths = (180.0, *[30.0] * 7)
    heads = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    lines = [[label, number, *["0" if number else ""] * 5, number] for label, number in rows]
    first.table(80, 550, widths, [heads, *lines[:5]], height=30, size=6)
    second.table(80, 60, widths, lines[5:], height=30, size=6)
    second.text(80, 500, "四、政府信息公开行政复议、行政诉讼情况")
    return extract(read(pdf([first, second]), "a.pdf"), load())


def test_a_group_and_its_first_row_parted_by_a_page_break_are_one_row_where_the_table_proves_it() -> None:
    """The other groups share a cell with their first row: the numbers beside (三) are those of «1.», on the next page."""
    reading = _over_break(shared=True)
    found = {c.measure: c.value for c in reading.cells if c.item == "refused_state_secret"}
    assert [found[m] for m in ("natural_person", "business", "total")] == [1, 0, 1]
    assert [i.severity for i in reading.issues if i.code in ("row-in-pieces", "row-unknown")] == ["info"]


def test_a_group_with_numbers_of_its_own_keeps_them_from_the_row_below() -> None:
    """Where another group has numbers in a row of its own, those of (三) may be a sum: the row below stays in doubt."""
    reading = _over_break(shared=False)
    assert all(c.value is None for c in reading.cells if c.item == "refused_state_secret")
    assert "row-unknown" in [i.code for i in reading.issues]


@pytest.mark.parametrize("number", ["2、", "9、"])
def test_the_number_of_a_label_at_the_foot_of_a_page_keeps_its_row_together(number: str) -> None:
    """«2、» with the numbers, and the rest of the label with empty cells on the next page, are one row; another row's number
    leaves both in doubt."""
    first, second = Sheet(), Sheet()
    first.text(80, 540, "三、收到和处理政府信息公开申请情况")
    widths = (180.0, *[30.0] * 7)
    heads = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["（五）不予处理1、信访举报投诉类申请", *["0"] * 7], [number, "3", *["0"] * 5, "3"]]
    first.table(80, 550, widths, [heads, ["（一）予以公开", *["1"] * 7], *rows], height=30, size=6)
    second.table(80, 60, widths, [["重复申请", *[""] * 7], ["3、要求提供公开出版物", *["2"] * 7]], height=30, size=6)
    reading = extract(read(pdf([first, second]), "a.pdf"), load())
    found = {c.measure: c.value for c in reading.cells if c.item == "declined_repeat"}
    doubted = {cell for i in reading.issues if i.severity == "warning" for cell in i.cells}
    if number == "2、":
        assert found["natural_person"] == found["total"] == 3
    else:
        assert found["total"] is None and "requests.declined_repeat.*" in doubted


def test_a_row_in_two_pieces_that_both_have_numbers_is_in_doubt() -> None:
    """The second piece alone is like the label; its numbers may be the ends of those above, so a warning covers them."""
    page = made_up_page(SEED)
    row = next(row for row in rows_of(page) if "要求行政机关确认" in row.text_content())
    cells = [cell for cell in row if cell.text_content().strip().isdigit()][-7:]
    begun = html.fromstring("<table><tr></tr></table>").find(".//tr")
    for text in ("5.要求行政机", *["60"] * 7):
        etree.SubElement(begun, "td").text = text
    label = cells[0].getprevious()
    for inner in list(label):
        label.remove(inner)
    label.text = "关确认或重新出具已获取信息"
    row.addprevious(begun)
    reading = extract(read(html.tostring(page, encoding="utf-8"), "a.html"), load())
    assert [i.severity for i in reading.issues if i.code == "label-unclear"] == ["warning"]


def test_numbers_without_a_label_at_the_head_of_a_page_put_a_doubt_on_the_row_above_them() -> None:
    """They may be the ends of its numbers, though these left room for them."""
    lines = [["（一）予以公开", *["10"] * 7], ["（二）部分公开", *["61"] * 7]]
    first, second = Sheet(), Sheet()
    first.text(80, 640, "三、收到和处理政府信息公开申请情况")
    first.table(80, 650, (180.0, *[40.0] * 7), lines, height=30)
    second.table(80, 60, (180.0, *[40.0] * 7), [["", *["2"] * 7], ["（七）总计", *["622"] * 7]], height=30)
    reading = extract(read(pdf([first, second]), "a.pdf"), load())
    (issue,) = [i for i in reading.issues if i.code == "row-unknown"]
    assert issue.cells == ("requests.partly_granted.*",)


def test_a_row_with_numbers_in_both_halves_is_one_where_its_label_is() -> None:
    """Padding puts some numbers on the second line, below the break: each cell has what either half holds, and two pieces of
    one number are no number unless the sums prove it."""
    first, second = Sheet(), Sheet()
    first.text(80, 640, "三、收到和处理政府信息公开申请情况")
    above = ["3.补正后申请内容仍", "1", "", "2", "", "1", "", "4"]
    below = ["不明确", "", "3", "", "", "1", "", ""]
    widths = (180.0, *[40.0] * 7)
    first.table(80, 650, widths, [["（二）部分公开", *["7"] * 7], above], height=30)
    second.table(80, 60, widths, [below, ["（七）总计", *["9"] * 7]], height=30)
    reading = extract(read(pdf([first, second]), "a.pdf"), load())
    cells = [c for c in reading.cells if c.item == "cannot_unclear"]
    assert [c.value for c in cells] == [1, 3, 2, None, None, None, 4]
    assert [c.status for c in cells][3:6] == ["blank", "unreadable", "blank"]
    assert " + page=2;" in (cells[1].locator or "")
