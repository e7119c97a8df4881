"""Tables without rules: words and numbers that stand in columns are rows of cells as far as their places prove it."""

from __future__ import annotations

from collections.abc import Sequence

from sheets import Sheet, pdf

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Document, Grid
from ogi.readers import pdf as reader

COLUMNS = (80.0, 200.0, 240.0, 280.0)
PLAIN = [f"{n}.项目的名称|{n}|0|{n}" for n in range(1, 9)]


def read(
    *pages: Sequence[str], top: float = 100.0, pitch: float = 14.0, more: Sequence[tuple[float, int, str]] = ()
) -> Document:
    """Pages of lines, each with its texts at COLUMNS, parted by «|»; a number before «@»: points that its line stands lower.
    `more`: texts in other places of the lines, from the left and from 0."""
    sheets = []
    for lines in pages:
        sheet = Sheet()
        for n, line in enumerate(lines):
            down, _, texts = line.rpartition("@")
            for x, text in zip(COLUMNS, texts.split("|"), strict=False):
                if text:
                    sheet.text(x, top + pitch * n + float(down or 0), text, 10)
        for x, n, text in more:
            sheet.text(x, top + pitch * n, text, 10)
        sheets.append(sheet)
    return reader.read(pdf(sheets))


def rows(document: Document) -> list[str]:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert not grid.spans_known
    return ["|".join("".join(cell.text.split()) for cell in row) for row in grid.rows()]


def test_an_empty_place_of_a_column_is_an_empty_cell() -> None:
    """Also of a column that is empty in every row, if it has a head."""
    document = read(["项目|本年|上年|总计", *(line.replace("|0|", "||") for line in PLAIN), "9.其他|||3"])
    assert rows(document)[2:] == [*(line.replace("|0|", "||") for line in PLAIN), "9.其他|||3"]


def test_a_label_goes_on_in_the_lines_below_its_numbers_or_around_them() -> None:
    """A full line without a list mark below it goes on there, over a page break too; numbers stand beside any of its lines."""
    long = "9.要求行政机关确认或"
    document = read(
        [
            *PLAIN,
            f"{long}|1|2|3",
            "重新出具已获取的有关",
            "政府信息",
            "10.没有现成信息需要另|||",
            "7@|4|5|6",
            "行制作",
            "11.其他的事项|0|0|0",
        ]
    )
    assert rows(document)[8:] == [
        f"{long}重新出具已获取的有关政府信息|1|2|3",
        "10.没有现成信息需要另行制作|4|5|6",
        "11.其他的事项|0|0|0",
    ]
    document = read([*PLAIN, f"{long}|1|2|3"], ["重新出具已获取", "10.其他的事项|0|0|0"])
    assert rows(document)[8:] == [f"{long}重新出具已获取|1|2|3", "10.其他的事项|0|0|0"]


def test_the_end_of_a_number_stands_a_line_below_it() -> None:
    """Where that left no room, other numbers have none below and no label is beside them; else what they are is left open."""
    document = read([*PLAIN, "9.其他的事项|123|7|890", "|4||", "10.末项的名称|0|0|0"])
    assert rows(document)[8:] == ["9.其他的事项|123|7|890", "4||", "10.末项的名称|0|0|0"]
    document = read([*PLAIN, "9.其他的事项|123456|7|890", "|4||", "10.末项的名称|0|0|0"])
    assert rows(document)[8:] == ["9.其他的事项|1234564|7|890", "10.末项的名称|0|0|0"]
    document = read([*PLAIN, "9.其他的事项|12|7|89", "7@|4||5", "14@10.末项的名称||6|"])
    assert rows(document)[8:] == ["9.其他的事项|12|7|89", "4||5", "10.末项的名称||6|"]
    document = read([*PLAIN, "7@|12||34", "9.其他的事项||7|", "-7@|5||6", "10.末项的名称|0|0|0"])
    assert rows(document)[8:] == ["9.其他的事项|125|7|346", "10.末项的名称|0|0|0"]
    document = read([*PLAIN, "3@|12||34", "9.其他的事项||7|", "-3@|5||6", "10.末项的名称|0|0|0"])
    assert rows(document)[8:] == ["12||34", "9.其他的事项||7|", "5||6", "10.末项的名称|0|0|0"]


def test_words_of_growth_units_and_whole_notes_belong_to_numbers() -> None:
    """A change in words, money with its unit and a number with its note stand in a column of numbers."""
    odd = ["9.其他的事项|减少3|4|5", "10.末项的名称|6||1.5万元", "11.又项的名称|7||8（其中一件）"]
    assert rows(read([*PLAIN, *odd]))[8:] == odd


def test_columns_in_doubt_leave_lines_as_they_are() -> None:
    """Where a number reaches over two columns; where no row has a number in each of them and no head tells how many there are."""
    over = "9.其他的事项|1234567890||7"
    assert rows(read([*PLAIN, over]))[8] == "9.其他的事项|1234567890|7"
    assert rows(read(["项目|本年|上年|总计", *PLAIN, over]))[1:] == [*PLAIN, "9.其他的事项|1234567890|7"]
    some = [f"{n}.项目的名称|{n}||5" if n % 2 else f"{n}.项目的名称||{n}|5" for n in range(1, 9)]
    assert rows(read(some)) == [f"{n}.项目的名称|{n}|5" for n in range(1, 9)]
    assert rows(read(["项目|本年|上年|总计", *some]))[2:] == some


def test_heads_of_several_lines_are_told_by_column_not_by_line() -> None:
    """A head that begins higher than the one to its left does not change their order."""
    head = ["||本年|", "项目|上年|增减|总计", "|数量|"]
    found = rows(read([*head, *PLAIN]))
    assert found[:2] == ["项目", "上年数量|本年增减|总计"]


def test_a_mark_that_leaves_room_parts_no_label() -> None:
    """A comma takes half of its place: what follows it at that distance is the same label, and a number none of it."""
    for beside, label in ((128.0, "9.其他、事项"), (140.0, "9.其他、|事项")):
        document = read([*PLAIN, "9.其他、|1|2|3"], more=[(beside, 8, "事项")])
        assert rows(document)[8] == f"{label}|1|2|3"


def test_numbers_left_and_right_under_one_head_are_one_column() -> None:
    """Where no row has both; else they are two columns, and the head tells nothing."""
    some = [(x, n, str(n + 1)) for n, x in enumerate((240.0, 260.0) * 4, start=1)]
    head = ["项目|本年||总计", *(line.replace("|0|", "||") for line in PLAIN)]
    assert rows(read(head, more=[(238.0, 0, "上年数"), *some]))[2:] == [f"{n}.项目的名称|{n}|{n + 1}|{n}" for n in range(1, 9)]
    assert rows(read(head, more=[(238.0, 0, "上年数"), *some, (260.0, 1, "7")]))[1] == "1.项目的名称|1|2|7|1"


HEAD = "|自然人|商业企业|科研机构|公益组织|法律机构|其他|总计"
WIDE = (80.0, *(260.0 + 40 * n for n in range(7)))


def requests(lines: Sequence[str], head: str = HEAD) -> list[str]:
    """What is read of a table of requests: an item, its first number, and the code of the doubt on it."""
    sheet = Sheet()
    sheet.text(80, 60, "三、收到和处理政府信息公开申请情况")
    for n, line in enumerate([head, *lines]):
        down, _, texts = line.rpartition("@")
        for x, text in zip(WIDE, texts.split("|"), strict=False):
            sheet.text(x, 80 + 14 * n + float(down or 0), text, 8)
    reading = extract(reader.read(pdf([sheet])), load())
    doubts = {
        pattern: issue.code
        for issue in reading.issues
        if issue.severity == "warning"
        for pattern in issue.cells
    }
    return [
        f"{cell.item} {cell.value} {doubts.get(f'requests.{cell.item}.*', '')}".strip()
        for cell in reading.cells
        if cell.table == "requests" and cell.measure == "natural_person"
    ]


FIRST = [
    "一、本年新收政府信息公开申请数量" + "|9" * 7,
    "（一）予以公开" + "|1" * 7,
    "（二）部分公开" + "|2" * 7,
]
REFUSED = ["2.其他法律行政法规禁止公开" + "|0" * 7, "3.危及“三安全一稳定”" + "|0" * 7]
LACKING = ["2.没有现成信息需要另行制作" + "|0" * 7, "3.补正后申请内容仍不明确" + "|0" * 7]
LAST = ["（七）总计" + "|9" * 7, "四、结转下年度继续办理" + "|0" * 7]


def test_groups_over_their_first_row_are_one_row_where_all_groups_are() -> None:
    """Without rules, a group with numbers above a row without any is the first line of that row, if no other row is empty."""
    groups = [
        "（三）不予公开" + "|3" * 7,
        "1.属于国家秘密",
        *REFUSED,
        "（四）无法提供" + "|4" * 7,
        "1.本机关不掌握相关政府信息",
        *LACKING,
    ]
    found = requests([*FIRST, *groups])
    assert "refused_state_secret 3" in found and "cannot_no_info 4" in found
    found = requests([*FIRST, *groups, "（七）总计"])
    assert "refused_state_secret None row-unknown" in found and "cannot_no_info None row-unknown" in found


def test_numbers_between_a_group_and_its_first_row_are_theirs() -> None:
    """Without rules, numbers that stand at half height beside two lines of a label have a line of their own between them."""
    refused = ["（三）不予公开", "|3" * 7, "1.属于国家秘密", *REFUSED]
    lacking = ["（四）无法提供", "|4" * 7, "1.本机关不掌握相关政府信息", *LACKING]
    found = requests([*FIRST, *refused, *lacking])
    assert "refused_state_secret 3" in found and "cannot_no_info 4" in found


def test_numbers_beside_no_label_put_a_doubt_on_the_rows_around_them() -> None:
    """They may be those of either, or ends of their numbers."""
    found = requests([*FIRST, *REFUSED, "7@" + "|1" * 7, *LACKING, *LAST])
    assert "refused_three_safety 0 row-unknown" in found and "cannot_create 0 row-unknown" in found
    assert "refused_other_law 0" in found


def test_a_group_beside_several_rows_takes_no_numbers_of_theirs() -> None:
    """Its lines stand below each other, the first right before a row's label: it reaches over rows with labels of their own."""
    sheet = Sheet()
    first = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", *(f"{n}.前面的项目" for n in range(1, 7))]
    placed: list[tuple[float, float, str, float | None]]
    placed = [(72.0 if text[1] == "、" else 159.5, 16.2 * n, text, 16.2 * n) for n, text in enumerate(first)]
    placed += [(98.3, 129.6, "（二）部分公开（区分处理的，只计这一情形", 135.0), (98.3, 140.4, "，不计其他情形）", None)]
    refused = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"]
    placed += [(156.2, 155.9 + 16.2 * n, label, 155.9 + 16.2 * n) for n, label in enumerate(refused)]
    placed += [(72.0, 129.5 + 10.8 * n, text, None) for n, text in enumerate(["三、", "本年", "度办", "理结", "果"])]
    for n, (x, top, label, numbers) in enumerate(sorted(placed, key=lambda one: one[1])):
        sheet.text(x, 100 + top, label, 9)
        for k, column in enumerate((300, 334, 368, 402, 437, 471, 502) if numbers is not None else ()):
            sheet.text(column, 100 + numbers, str(n + k), 9)
    read = rows(reader.read(pdf([sheet])))
    assert read[8].endswith("|9|10|11|12|13|14|15")
    assert read[-3:-1] == ["1.属于国家秘密|13|14|15|16|17|18|19", "2.其他法律行政法规禁止公开|15|16|17|18|19|20|21"]


def test_a_piece_of_a_groups_label_that_is_a_common_word_begins_no_other_table() -> None:
    """«本年» heads the statistics; alone in a line of the requests it is a piece of «三、本年度办理结果»: the heads hold on."""
    head = HEAD.replace("自然人|商业企业", "商业企业|自然人")
    found = requests([FIRST[0], "本年", "（一）予以公开|7|8|0|0|0|0|15", *REFUSED, *LACKING, *LAST], head)
    assert {line.rpartition(" ")[2] for line in found} == {"column-unclear"}


def test_a_group_above_rows_of_its_own_tells_no_form_in_which_it_is_a_row() -> None:
    """«其他处理» has numbers in the form of 2019; with empty places, and «1.» below it, it is the group of 2021."""
    own = ["（六）其他处理", "1.申请人逾期不补正" + "|4" * 7, "2.申请人逾期不缴费" + "|5" * 7, "3.其他" + "|6" * 7]
    found = requests([*FIRST, *REFUSED, *LACKING, *own, *LAST])
    assert {"other_overdue_correction 4", "other_unpaid_fee 5", "other_other 6"} <= set(found)
