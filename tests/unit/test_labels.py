"""Printed labels name rows: by their letters, in every variant that is listed, and never by guessing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.extract import extract
from ogi.extract.rows.labels import Index, Rows, letters, number_of, rows_in
from ogi.forms import Item, TableForm, load
from ogi.model import Document, Grid, GridCell, Paragraph, Reading

FORMS = [form for t in load().templates.values() for form in t.tables.values()]
LABELS = [(f, item, label) for f in FORMS for b in f.blocks for item in b.rows for label in item.labels]
words = st.text(alphabet="一二（）()1.、，本年新收属于国家秘密总计其他開总 　\n[]:：#-*aZ9", max_size=20)


@pytest.mark.parametrize(("printed", "label"), [
    ("1.属于国家秘密", "属于国家秘密"),
    ("1、属于国家秘密", "属于国家秘密"),
    ("1．属于国家秘密", "属于国家秘密"),
    ("（1）属于国家秘密", "属于国家秘密"),
    ("(一) 予以公开", "予以公开"),
    ("三、本年度办理结果", "本年度办理结果"),
    ("（二）部分公开(区分处理的，只记这一情形，不记其他情形)", "部分公开"),
    ("3.危及“三全一安”", "危及“三安全一稳定”"),
    ("（七）合计", "总计"),
    ("3.其它", "其他"),
    ("结果\n维护", "结果维持"),
    ("規 章", "规章"),
    ("行政規范性文件", "行政规范性文件"),
    ("第二十条第（一）项", "第二十条第(一)项"),
    ("本年收费金额（单位：万元）", "本年收费金额"),
    ("其中：主动公开规范性文件数", "主动公开规范性文件数"),
    ("本年增/减", "本年增减"),
    ("总计Tot\nal", "总计"),
    ("Natural persons 自然人", "自然人"),
])  # fmt: skip
def test_variants_are_the_same_letters(printed: str, label: str) -> None:
    """Numbers, notes, spaces, brackets, variants, traditional characters and a translation change no label."""
    assert letters(printed) == letters(label) != ""


@pytest.mark.parametrize(("text", "number"), [
    ("（三）不予公开", "三"), ("三、本年度办理结果", "三"), ("3.其他", "3"), ("3．其他", "3"), ("(3)其他", "3"),
    ("其他", None), ("三安全一稳定", None), ("2021年", None),
])  # fmt: skip
def test_a_label_carries_its_number(text: str, number: str | None) -> None:
    """The number that stands before a label is told from a numeral inside it."""
    assert number_of(text) == number


@pytest.mark.parametrize(("form", "item", "label"), LABELS, ids=lambda v: getattr(v, "code", None))
def test_every_label_of_a_form_names_its_row(form: TableForm, item: Item, label: str) -> None:
    """Each label and each listed variant finds its row, with the number that the form prints or without."""
    rows = rows_in(form.template, form.table)
    for text in (label, f"{item.number or ''}{'、' if item.number and len(item.number) == 1 else ''}{label}"):
        assert item.code in {found.code for found in rows.exact(text)}, text


def test_rows_that_share_a_label_are_all_offered() -> None:
    """«其他» is a group and a row of table 3; which one is meant is not for the label to say."""
    found = rows_in("2021-30", "requests").exact("其他")
    assert {item.code for item in found} >= {"other", "other_other"}


@pytest.mark.parametrize(("printed", "item"), [
    ("8. 属 于查 行 政 事 项", "refused_admin_query"),
    ("2.其他法律行政止公开", "refused_other_law"),
    ("3. 补 正 申 请 内 容 仍 不 明 确", "cannot_unclear"),
    ("3. 要 求 提 开 出 公 版 物", "declined_publication"),
])  # fmt: skip
def test_a_damaged_label_is_known_by_its_number_and_characters(printed: str, item: str) -> None:
    """Lost and scrambled characters leave one row that is like it, and the likeness is below certainty."""
    rows = rows_in("2021-30", "requests")
    named = rows.like(printed, rows.form.items)
    assert named and named.item.code == item and named.sure < 1


@pytest.mark.parametrize("printed", ["9.属于本机关自编的情形", "其他主动公开文件", "政府", "合", "属于", "2.予以公告的其他事项"])
def test_a_label_that_is_like_none_is_none(printed: str) -> None:
    """A foreign label is not bent to the nearest row."""
    rows = rows_in("2021-30", "requests")
    assert rows.exact(printed) == () and rows.like(printed, rows.form.items) is None


def test_a_wrong_number_forbids_likeness() -> None:
    """A label like row 1 that carries the number 4 is not row 1."""
    rows = Rows(load().table("2021-30", "requests"))
    assert rows.like("1.属于国家秘", rows.form.items)
    assert rows.like("4.属于国家秘", rows.form.items) is None


@pytest.mark.parametrize(("printed", "item"), [
    ("4.第三方权益", "refused_third_party"),
    ("6.过程性信息", "refused_process"),
    ("1、信访投诉类", "declined_petition"),
    ("四、结转年度办理", "carried_out"),
    ("四、结转下年", None),
    ("第三方权益", None),
    ("5.过程性信息", None),
    ("4.政府机关信息", None),
])
def test_a_shortened_label_is_known_only_by_its_number_and_letters_in_their_order(printed: str, item: str | None) -> None:
    rows = rows_in("2021-30", "requests")
    named = rows.like(printed, rows.form.items)
    assert (named.item.code if named else None) == item and (named is None or named.sure < 1)


def test_the_index_knows_rows_and_heads() -> None:
    """A word is looked up in its table: a row, a head, both, or nothing."""
    index = Index.of_loaded()
    assert index.kinds("行政许可", "disclosures") == {"row"}
    assert index.kinds("自然人", "requests") == {"head"}
    assert index.kinds("总计", "requests") == {"row", "head"}
    assert index.kinds("第二十条 第（一）项", "disclosures") == {"head"}
    assert index.kinds("本年度预算", "requests") == set()
    assert index.unit("万元 13") == "万元" and index.unit("万元的") is None


@given(words)
@settings(max_examples=300, deadline=None)
def test_letters_of_letters_are_the_same(text: str) -> None:
    """What is left of a label is left again: folding it twice changes nothing."""
    assert letters(letters(text)) == letters(text)


@given(st.sampled_from(LABELS), st.data())
@settings(max_examples=150, deadline=None)
def test_space_in_a_label_is_nothing(entry: tuple[TableForm, Item, str], data: st.DataObject) -> None:
    """Spaces and line ends anywhere in a label change no row."""
    form, item, label = entry
    at = data.draw(st.integers(0, len(label)))
    space = data.draw(st.sampled_from([" ", "\n", "　", "\u00a0", "\t"]))
    assert letters(label[:at] + space + label[at:]) == letters(label)


def test_what_a_pages_end_left_of_a_group_is_known_by_its_number() -> None:
    """«（三）不» begins 不予公开; without its number, or with other letters, it begins nothing."""
    index = Index.of(load())
    assert "requests" in index.begun("（三）不")
    assert not index.begun("不")
    assert not index.begun("（三）雨")


OVERDUE = ["1.申请人无正", "当理由逾期不", "补正、行政机", "关不再处理其", "政府信息公开", "申请"]


@pytest.mark.parametrize("at", [1, 3, 5])
@pytest.mark.parametrize("sure", [True, False])
def test_numbers_between_the_lines_of_a_long_label_are_its_own(at: int, sure: bool) -> None:
    """Without rules each line is a row; where the lines make no label, the row that they are like is doubted."""
    lines = OVERDUE if sure else [*OVERDUE[:4], "政府信自公开", *OVERDUE[5:]]
    rows = [[line, *[""] * 7] for line in lines]
    rows.insert(at, ["", *"1000001"])
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    heading = Paragraph("三、收到和处理政府信息公开申请情况", "line=1")
    read = extract(Document("pdf", "0" * 64, 1, (heading, Grid(tuple(cells), "table=1", spans_known=False))), load())
    doubts = [i for i in read.issues if "requests.other_overdue_correction.*" in i.cells and i.severity == "warning"]
    assert [str(c.value) for c in read.cells if c.item == "other_overdue_correction"] == [*"1000001"] or doubts
    assert not (sure and doubts)


@pytest.mark.parametrize(("labels", "doubts"), [
    (["（三）不予公开", "1属于国家秘密"], 0),
    (["（三）不予公开", "1 属于国家秘密"], 0),
    (["（三）不予公开", "属于1国家秘密"], 1),
    (["（三）不予公开", "12属于国家秘密"], 1),
])  # fmt: skip
def test_the_number_of_a_row_without_a_point_is_no_digit_of_a_cell(labels: list[str], doubts: int) -> None:
    """«1属于国家秘密» behind its group: the form gives the row this number."""
    cells = [GridCell(t, 1, c, "row=1") for c, t in enumerate([*labels, *"1000001"], 1)]
    heading = Paragraph("三、收到和处理政府信息公开申请情况", "line=1")
    read = extract(Document("docx", "0" * 64, 1, (heading, Grid(tuple(cells), "table=1"))), load())
    told = [i for i in read.issues if "requests.refused_state_secret.*" in i.cells and i.severity == "warning"]
    assert len(told) == doubts


@pytest.mark.parametrize(("label", "code"), [
    ("一、本年新收申请数量", "new_received"),
    ("二、上年结转申请数量", "carried_in"),
    ("二、上年结转", "carried_in"),
])  # fmt: skip
@pytest.mark.parametrize("template", ["2019-60", "2021-30"])
def test_short_names_of_what_came_in_are_rows(template: str, label: str, code: str) -> None:
    """As towns and departments write them."""
    assert [item.code for item in rows_in(template, "requests").exact(label)] == [code]


def test_the_empty_end_of_a_label_is_doubted_where_its_beginning_has_the_numbers() -> None:
    """A row cut in two whose halves make no label: the one that is like a row is not blank for certain."""
    rows = [["（四）无法提供2.没有现", *"1000001"], ["成信息，要另行制作", *[""] * 7], ["3.补正后申请内容仍不明确", *"0000000"]]
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    heading = Paragraph("三、收到和处理政府信息公开申请情况", "line=1")
    read = extract(Document("docx", "0" * 64, 1, (heading, Grid(tuple(cells), "table=1"))), load())
    assert any("requests.cannot_create.*" in i.cells and i.severity == "warning" for i in read.issues)
    assert not any("requests.cannot_unclear.*" in i.cells for i in read.issues)


@pytest.mark.parametrize(("place", "doubted"), [("page=2;line={}", True), ("line={}", False)])
def test_an_empty_row_beside_numbers_of_no_row_is_doubted_on_a_page_without_rules(place: str, doubted: bool) -> None:
    """There the line of a number may be that of another label; text has its rows in lines of their own."""
    rows = [["一、本年新收政府信息公开申请数量", *[""] * 7], ["件件", *"2000002"], ["四、结转下年度继续办理", *"0000000"]]
    cells = [GridCell(t, r, c, place.format(r)) for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    heading = Paragraph("三、收到和处理政府信息公开申请情况", "line=1")
    read = extract(Document("pdf", "0" * 64, 1, (heading, Grid(tuple(cells), "table=1", spans_known=False))), load())
    told = [i for i in read.issues if i.severity == "warning" and "requests.new_received.*" in i.cells]
    assert bool(told) == doubted
    assert not any("requests.carried_out.*" in i.cells for i in read.issues)


@pytest.mark.parametrize("label", ["", "栏次", "甲"])
@pytest.mark.parametrize(("numbers", "told"), [("1234567", 0), ("1234568", 1)])
def test_a_row_that_counts_the_columns_is_no_row_of_numbers(label: str, numbers: str, told: int) -> None:
    """Nothing of it is lost, and it casts no doubt on the row below."""
    rows = [[label, *numbers], ["一、本年新收政府信息公开申请数量", *"1000001"]]
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)]
    heading = Paragraph("三、收到和处理政府信息公开申请情况", "line=1")
    read = extract(Document("docx", "0" * 64, 1, (heading, Grid(tuple(cells), "table=1"))), load())
    assert [i.code for i in read.issues].count("row-unknown") == told


DISCLOSED = ["第二十条第（六）项", "", "信息内容", "本年处理决定数量"]


def disclosed(*texts: str, score: float | None = None, span: int = 1) -> Reading:
    """A table of two columns below its heads; `score` makes it a picture's, `span` is how far the last label goes down."""
    shown = [
        GridCell(t, 1 + n // 2, 1 + n % 2, f"row={1 + n // 2}", span if n == len(DISCLOSED) + 2 else 1, score=score)
        for n, t in enumerate([*DISCLOSED, *texts])
        if t or n < len(DISCLOSED)
    ]
    blocks = (Paragraph("二、主动公开政府信息情况", "p"), Grid(tuple(shown), "table=1"))
    return extract(Document("pdf", "0" * 64, 1, blocks), load())


@pytest.mark.parametrize(("label", "score", "doubted"), [
    ("行政强制10164", 0.9, True), ("行政处罚 S 40", 0.9, True), ("行政强制", 0.9, False), ("行政强制10164", None, False),
    ("行致强制10164", None, True), ("2.行政强制", 0.9, False),
])  # fmt: skip
def test_digits_left_in_the_label_of_a_picture_doubt_its_row(label: str, score: float | None, doubted: bool) -> None:
    """A wall taken for another parts a number: its first digits stand in the label, the rest is no number of the row."""
    read = disclosed("行政许可", "53", label, "401", score=score)
    told = [i for i in read.issues if i.code == "label-unclear" and i.severity == "warning"]
    assert bool(told) is doubted and all(i.cells[0].startswith("disclosures.") for i in told)


def test_digits_beside_a_label_that_goes_on_doubt_its_row() -> None:
    """What a false wall cut off stands in a row without a label, beside that of the row above."""
    read = disclosed("行政许可", "53", "行政强制", "698", "", "8638", score=0.9, span=2)
    (issue,) = [i for i in read.issues if i.code == "row-unknown"]
    assert issue.cells == ("disclosures.coercion.*",)
    apart = disclosed("行政许可", "53", "行政强制", "698", "", "8638", score=0.9)
    assert [i.cells for i in apart.issues if i.code == "row-unknown"] == [()]
