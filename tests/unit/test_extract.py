"""Extraction holds for any document: it says what it finds with proof, doubts aloud, and never breaks."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.extract import extract
from ogi.extract.rows.locate import Printed
from ogi.extract.rows.naming import template_of
from ogi.forms import load
from ogi.forms.codes import load_codes
from ogi.messages import halves
from ogi.model import Document, Grid, GridCell, Paragraph, Reading
from ogi.readers import read
from tests.unit.mutated import FILES

CASES = Path(__file__).parents[1] / "cases"
CODES = {(c.kind, c.code) for c in load_codes()}
LABELS = sorted({
    label
    for template in load().templates.values()
    for form in template.tables.values()
    for block in form.blocks
    for label in (
        *form.heading, *form.corner, block.heading or "",
        *(name for m in block.measures for name in (m.labels[0], m.under or "")),
        *(f"{row.number or ''}{row.labels[0]}" for row in block.rows),
    )
})  # fmt: skip
HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
]
words = st.one_of(
    st.sampled_from([*LABELS, *HEADINGS, "", "", " ", "附件", "青岚市水利局2021年政府信息公开工作年度报告"]),
    st.integers(0, 10**7).map(str),
    st.text(alphabet="0123456789/-—减增+.,（）三、总计其他\n 　", max_size=12),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table of any shape: holes, spans, rows of unlike length."""
    cells = tuple(
        GridCell(
            draw(words),
            row,
            col,
            f"table=1;row={row};col={col}",
            draw(st.integers(1, 2)),
            draw(st.integers(1, 3)),
        )
        for row in range(1, draw(st.integers(1, 12)) + 1)
        for col in range(1, draw(st.integers(0, 9)) + 1)
        if draw(st.booleans()) or draw(st.booleans())
    )
    return Grid(cells, "table=1", draw(st.booleans()))


paragraphs = st.builds(
    Paragraph, st.lists(words, min_size=1, max_size=4).map("".join), st.just("line=1"), st.integers(0, 2)
)
blocks = st.lists(st.one_of(paragraphs, paragraphs, grids()), max_size=14)


def read_blocks(parts: list[Paragraph | Grid]) -> Reading:
    return extract(Document("txt", "0" * 64, 1, tuple(parts)), load())


@given(blocks)
@settings(max_examples=120, deadline=None)
def test_any_document_has_a_reading(parts: list[Paragraph | Grid]) -> None:
    """Whatever the blocks hold, there is a reading that keeps its own promises."""
    holds_its_promises(read_blocks(parts))


@given(st.lists(st.sampled_from([*LABELS, *HEADINGS, "0", "7", "12", "", "/"]), max_size=150))
@settings(max_examples=80, deadline=None)
def test_labels_and_numbers_in_any_order_have_a_reading(lines: list[str]) -> None:
    """Labels of every form with numbers between them, a line each or run together, are survived."""
    for text in ("\n".join(lines), "".join(lines), "\n".join(f"\t{line}" for line in lines)):
        document = [Paragraph(line, f"line={n}") for n, line in enumerate(text.split("\n"), 1)]
        holds_its_promises(read_blocks(document))


def holds_its_promises(reading: Reading) -> None:
    keys = [cell.key for cell in reading.cells]
    assert len(set(keys)) == len(keys)
    for cell in reading.cells:
        form = load().table(reading.templates[cell.table], cell.table)
        assert (cell.item, cell.measure) in form.cells
        assert (cell.value is None) == (cell.status in ("blank", "nil", "unreadable")), cell
        assert ("status", cell.status) in CODES
        assert cell.value is None or cell.status != "reported" or cell.raw, cell
    doubted = [p for i in reading.issues if i.severity != "info" for p in i.cells]
    for cell in reading.cells:
        if cell.status == "unreadable":
            assert any(fnmatch(cell.key, p) for p in doubted), f"{cell.key} is null and nothing says why"
    for issue in reading.issues:
        assert ("issue", issue.code) in CODES and all(halves(issue.message))
        assert issue.severity in ("error", "warning", "info")
    assert all(("section", s.section) in CODES for s in reading.sections)
    assert all(s.item is None or ("item", s.item) in CODES for s in reading.statistics)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.parent.name)
def test_the_collected_reports_keep_every_promise(path: Path) -> None:
    """The five reports: whole tables, no doubt on any value, everything printed with its place."""
    reading = extract(read(path.read_bytes(), path.name), load())
    holds_its_promises(reading)
    template = reading.templates["requests"]
    wanted = [
        (t, *k) for t in ("disclosures", "requests", "reviews") for k in load().table(template, t).cells
    ]
    assert [(c.table, c.item, c.measure) for c in reading.cells] == wanted
    assert [i for i in reading.issues if i.severity != "info"] == []
    lines = path.read_text(encoding="utf-8").splitlines()
    for cell in reading.cells:
        if cell.status == "reported":
            place, _, chars = cell.locator.removeprefix("line=").partition(";chars=")
            text = lines[int(place) - 1]
            if chars:
                first, last = map(int, chars.split("-"))
                text = text[first - 1 : last]
            assert cell.raw in text.replace("\u3000", " ").strip() or cell.raw in text


@pytest.mark.parametrize(("folder", "status", "count"), [
    ("360200-science-technology", {"reported": 200}, 200),
    ("360700-science-technology", {"reported": 51, "derived": 147}, 198),
    ("360923-science-technology", {"reported": 200}, 200),
    ("361100-industry-it", {"reported": 186, "blank": 14}, 200),
    ("370881-science-technology", {"reported": 200}, 200),
])  # fmt: skip
def test_the_collected_reports_have_these_statuses(folder: str, status: dict[str, int], count: int) -> None:
    """Blank where blank, and the cells that Ganzhou's text lost are derived zeros."""
    (path,) = [p for p in FILES if p.parent.name == folder]
    reading = extract(read(path.read_bytes(), path.name), load())
    found = {s: sum(c.status == s for c in reading.cells) for s in {c.status for c in reading.cells}}
    assert found == status and len(reading.cells) == count
    assert all(c.value == 0 for c in reading.cells if c.status == "derived")


def test_no_number_is_made_of_marks() -> None:
    """A row that lost cells and prints marks for numbers stays open: the lost ones may have been marks too."""
    text = (CASES / "lost-cells-zero" / "source.txt").read_text("utf-8")
    row = "1.属于国家秘密\t0\t0\t0\t0\t0"
    assert row in text
    reading = extract(read(text.replace(row, row.replace("\t0", "\t－")).encode(), "x.txt"), load())
    found = [c for c in reading.cells if c.item == "refused_state_secret"]
    assert {(c.value, c.status) for c in found} == {(None, "unreadable")}
    assert any(
        "requests.refused_state_secret.*" in i.cells for i in reading.issues if i.severity == "warning"
    )


def test_one_number_is_no_run_where_empty_cells_were_dropped() -> None:
    """«215» under three columns may be one number beside two empty cells, where other rows show that empty cells were dropped."""
    text = (CASES / "cell-a-line-empty" / "source.txt").read_text("utf-8")
    text = "\n".join(line for line in text.splitlines() if line)
    for old, new in (("\n2\n1\n15\n", "\n215\n"), ("\n12\n3\n0\n0\n1\n2\n18\n", "\n12\n3\n1\n2\n18\n")):
        assert old in text
        text = text.replace(old, new)
    reading = extract(read(text.encode(), "x.txt"), load())
    assert {c.value for c in reading.cells if c.item in ("normative_documents", "new_received")} == {None}


def test_where_cells_are_empty_no_zero_is_made_of_lost_ones() -> None:
    """A table that leaves cells empty may have left the lost ones empty too: they stay open, under a doubt."""
    text = (CASES / "lost-cells-zero" / "source.txt").read_text("utf-8")
    whole = "二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0"
    assert whole in text
    reading = extract(read(text.replace(whole, whole[:-1]).encode(), "x.txt"), load())
    assert next(c for c in reading.cells if c.key == "requests.carried_in.total").status == "blank"
    assert not [c for c in reading.cells if c.status == "derived" and c.table == "requests"]
    assert {i.severity for i in reading.issues if i.code == "cells-lost"} == {"warning"}


@pytest.mark.parametrize(("folder", "name", "printed", "year"), [
    ("360200-science-technology", "景德镇市科学技术局", "景德镇市科技局", 2021),
    ("360700-science-technology", "赣州市科学技术局", "赣州市科技局", 2020),
    ("360923-science-technology", "上高县科技局", None, 2021),
    ("361100-industry-it", "上饶市工业和信息化局", "上饶市工业和信息化局", 2021),
    ("370881-science-technology", "曲阜市科学技术局", "曲阜市科学技术局", 2021),
])  # fmt: skip
def test_the_collected_reports_name_their_agency(
    folder: str, name: str, printed: str | None, year: int
) -> None:
    """The fullest name that a report prints, the one of its title, and its year."""
    (path,) = [p for p in FILES if p.parent.name == folder]
    reading = extract(read(path.read_bytes(), path.name), load())
    assert (reading.agency_name, reading.agency_name_printed, reading.year) == (name, printed, year)
    assert [i.code for i in reading.issues if i.code == "agency-inferred"] == (
        [] if printed else ["agency-inferred"]
    )


def test_a_reading_is_the_same_every_time() -> None:
    """Reading a document twice gives equal values in equal order."""
    data = FILES[1].read_bytes()
    assert extract(read(data, "a.txt"), load()) == extract(read(data, "b.txt"), load())


@pytest.mark.parametrize(("title", "codes"), [
    ("政府信息公开工作年度报告", ["agency-missing", "year-missing"]),
    ("2023年政府信息公开工作年度报告", ["agency-missing"]),
    ("某县科技局政府信息公开工作年度报告", ["year-missing"]),
])  # fmt: skip
def test_what_a_document_does_not_say_of_itself_is_noted(title: str, codes: list[str]) -> None:
    """A publisher or a year that is printed nowhere is null, with a note that says who has to tell it."""
    text = f"{title}\n一、总体情况\n认真贯彻条例。\n二、主动公开政府信息情况\n无。\n"
    reading = extract(read(text.encode(), "a.txt"), load())
    assert [i.code for i in reading.issues if i.code.endswith("-missing") and i.code[0] in "ay"] == codes
    assert ("agency-missing" in codes) == (reading.agency_name is None)
    assert ("year-missing" in codes) == (reading.year is None)


def test_a_second_table_fills_no_gap_of_the_first() -> None:
    """A row that only another body's table prints is no value of the report, or lies under a doubt."""
    whole = (CASES / "bars-trailing" / "source.txt").read_text(encoding="utf-8")
    start, end = whole.index("（本列数据"), whole.index("四、政府信息公开行政复议")
    row = "2.重复申请 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    second = whole[start:end].replace(row, "2.重复申请 | 55 | 0 | 0 | 0 | 0 | 0 | 55 |\n")
    text = f"{whole.replace(row, '', 1)}附件\n下属单位汇总\n{second}"
    reading = extract(read(text.encode(), "a.txt"), load())
    doubted = [p for i in reading.issues if i.severity != "info" for p in i.cells]
    found = [c for c in reading.cells if c.item == "declined_repeat" and c.value is not None]
    assert [c.key for c in found if not any(fnmatch(c.key, p) for p in doubted)] == []


def test_arabic_headings_part_a_text_that_ran_together() -> None:
    """Headings numbered 1、2、 open sections as 一、二、 do: the same cells are read."""
    whole = (CASES / "run-together" / "source.txt").read_text(encoding="utf-8")
    arabic = re.sub(r"(?<=\s)([一二三四五六])(?=、)", lambda m: str("一二三四五六".index(m[1]) + 1), whole)
    before, after = (extract(read(text.encode(), "a.txt"), load()) for text in (whole, arabic))
    assert arabic != whole and [s.section for s in after.sections] == [s.section for s in before.sections]
    assert [(c.key, c.value) for c in after.cells] == [(c.key, c.value) for c in before.cells]


def test_a_run_that_lost_a_number_is_no_row_of_single_digits() -> None:
    """«123001218» without its first number has seven digits: no reading of the table adds up, so the row is doubted."""
    whole = (CASES / "run-together" / "source.txt").read_text(encoding="utf-8")
    row = re.search(r"本年新收政府信息公开申请数量(\d{2})(\d{7})(?!\d)", whole)
    assert row is not None
    reading = extract(
        read(whole.replace(row[0], row[0].replace(row[1] + row[2], row[2])).encode(), "a.txt"), load()
    )
    doubted = [p for i in reading.issues if i.severity == "warning" for p in i.cells]
    found = [c for c in reading.cells if c.item == "new_received" and c.value is not None]
    assert all(any(fnmatch(c.key, p) for p in doubted) for c in found)
    assert not any(fnmatch("requests.refused_state_secret.total", p) for p in doubted)


@pytest.mark.parametrize(
    ("run", "read_as"),
    [("000", [0, 0, 0]), ("00263", [0, 0, 263]), *((run, [None] * 3) for run in ("105", "0000", "00-3", "0263"))],
)
def test_zeros_alone_and_before_a_number_are_cut_where_no_sum_proves_a_cut(run: str, read_as: list[int | None]) -> None:
    """Beside rows whose cells are apart, «105» may be one number and two lost; no number is written «00» or «0263»."""
    whole = (CASES / "bars-trailing" / "source.txt").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^规章 .*$", f"规章{run}", whole)
    cells = [c.value for c in extract(read(text.encode(), "a.txt"), load()).cells if c.item == "regulations"]
    assert text != whole and cells == read_as


@pytest.mark.parametrize(
    ("run", "read_as"),
    [
        ("///////", ["/"] * 7),
        ("5/////5", ["5", *"/////", "5"]),
        ("-------", ["-"] * 7),
        ("5——1——6", ["5", "—", "—", "1", "—", "—", "6"]),
        ("5----5", ["5----5"] * 7),
        ("51---6", ["51---6"] * 7),
        ("5//// /6", ["5", *"/////", "6"]),
    ],
)
def test_marks_part_the_cells_of_a_run(run: str, read_as: list[str]) -> None:
    """Where cells ran together a slash or a dash is one of its own; where they are not as many as the row has, nothing is."""
    whole = (CASES / "run-together" / "source.txt").read_text(encoding="utf-8")
    text = whole.replace("属于国家秘密0000000", f"属于国家秘密{run}")
    cells = [c for c in extract(read(text.encode(), "a.txt"), load()).cells if c.item == "refused_state_secret"]
    assert text != whole and [c.raw for c in cells] == read_as
    assert all(c.value is None for c in cells if not (c.raw or "").isdigit())
    assert {c.status for c in cells} <= ({"reported", "nil"} if len(read_as[0]) == 1 else {"unreadable"})


def test_a_row_out_of_order_is_named() -> None:
    """Two rows stand in each other's place: their numbers go with their labels, and a note names the row."""
    whole = (CASES / "bars-trailing" / "source.txt").read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("2.重复申请"))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    before, after = (extract(read(text.encode(), "a.txt"), load()) for text in (whole, "".join(lines)))
    assert [(c.key, c.value) for c in after.cells] == [(c.key, c.value) for c in before.cells]
    (note,) = [i for i in after.issues if i.code == "row-out-of-order"]
    assert note.severity == "info" and note.cells == ("requests.declined_repeat.*",)


def test_heads_that_stand_beside_the_values_move_no_column() -> None:
    """An empty row of a page uses up the span of the corner, so that the heads slide over the labels: nothing moves."""
    heads = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    cells = [
        *(GridCell(text, 1, col, "a") for text, col in (("自然人", 4), ("法人或其他组织", 5), ("总计", 10))),
        *(GridCell(text, 2, col, "b") for col, text in zip((1, 2, 3, 5, 6), heads, strict=True)),
        GridCell("一、本年新收政府信息公开申请数量", 3, 1, "c", colspan=3),
        *(GridCell(str(n), 3, n + 3, "c") for n in range(1, 8)),
    ]
    reading = read_blocks([Paragraph(HEADINGS[2], "p"), Grid(tuple(cells), "table=1")])
    row = [int(c.value or 0) for c in reading.cells if c.item == "new_received"]
    assert row == [1, 2, 3, 4, 5, 6, 7]


def test_a_group_cut_short_by_a_page_is_no_word_of_another_table() -> None:
    """«三、本年» alone heads a column of other tables; beside a row of the table at hand it changes nothing."""
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    texts = [
        ["", "", *heads],
        ["一、本年新收政府信息公开申请数量", "", *"1000001"],
        ["三、本年", "（一）予以公开", *"2000002"],
    ]
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(texts, 1) for c, t in enumerate(row, 1)]
    reading = read_blocks([Paragraph(HEADINGS[2], "p"), Grid(tuple(cells), "table=1")])
    assert [int(c.value or 0) for c in reading.cells if c.item == "granted"] == [2, 0, 0, 0, 0, 0, 2]


def test_a_stray_number_below_whole_reviews_doubts_none_of_them() -> None:
    """Fifteen numbers under their heads stand; a number alone is named, and puts no other in doubt."""
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    texts = [heads, list("000000102300000"), ["3"]]
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(texts, 1) for c, t in enumerate(row, 1)]
    reading = read_blocks([Paragraph(HEADINGS[3], "p"), Grid(tuple(cells), "table=1")])
    assert [int(c.value or 0) for c in reading.cells if c.table == "reviews"] == [int(d) for d in texts[1]]
    (stray,) = [i for i in reading.issues if i.code == "row-unknown"]
    assert stray.cells == () and stray.locator == "row=3"


def test_reviews_that_lost_a_cell_are_no_lawsuits_alone() -> None:
    """Fourteen of fifteen cells, the last four empty: no ten of them are taken for a table of the lawsuits."""
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    bodies = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"]]
    texts = [*bodies, heads, ["", "", "2", "7", "8", "", "", "1", "9", *[""] * 5]]
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(texts, 1) for c, t in enumerate(row, 1)]
    reading = read_blocks([Paragraph(HEADINGS[3], "p"), Grid(tuple(cells), "table=1")])
    warned = [key for i in reading.issues if i.severity == "warning" for key in i.cells]
    assert warned and all(
        c.value is None or any(fnmatch(c.key, key) for key in warned) for c in reading.cells
    )


def test_numbers_beyond_whole_reviews_have_no_place() -> None:
    """Five numbers and a second line of fifteen below reviews that are whole: left out, with a doubt."""
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    texts = [heads, list("000000102300000"), list("12003"), heads, list("000000102300000")]
    cells = [GridCell(t, r, c, f"row={r}") for r, row in enumerate(texts, 1) for c, t in enumerate(row, 1)]
    reading = read_blocks([Paragraph(HEADINGS[3], "p"), Grid(tuple(cells), "table=1")])
    assert [int(c.value or 0) for c in reading.cells if c.table == "reviews"] == [int(d) for d in texts[1]]
    assert any(i.severity == "warning" and "reviews.*.*" in i.cells for i in reading.issues)


def test_the_labels_of_a_table_are_no_sentence_in_its_place() -> None:
    """A table whose rows cannot be read is missing aloud, though «无» stands in its text; a sentence is none."""
    table = ["信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 无 无 无", "行政规范性文件 无 无 无"]
    cells = tuple(GridCell(text, row, 1, "row") for row, text in enumerate(table, start=1))
    for block, code in (
        (Grid(cells, "table=1"), "table-missing"),
        (Paragraph("无。本年度无主动公开的信息。", "p"), "table-replaced-by-sentence"),
        (
            Paragraph("2020年，我局没有发生需要统计的主动公开政府信息情况。", "p"),
            "table-replaced-by-sentence",
        ),
        (Paragraph("制发 本年 未 3 废止 0 2", "p"), "table-missing"),
    ):
        reading = read_blocks([Paragraph(HEADINGS[1], "p"), block])
        assert [i.code for i in reading.issues if i.cells == ("disclosures.*.*",)] == [code]


@pytest.mark.parametrize(
    "said",
    [
        "无",
        "无。",
        "没有。",
        "本年度无行政复议、行政诉讼案件。",
        "本年度未发生行政复议、行政诉讼情况。",
        "2020年没有因政府信息公开引起的行政复议、行政诉讼。",
    ],
)
def test_a_sentence_with_the_heads_of_its_table_replaces_it(said: str) -> None:
    """The words of the table in a sentence make no table of it."""
    reading = read_blocks([Paragraph("四、政府信息公开行政复议、行政诉讼情况", "p"), Paragraph(said, "p")])
    assert [i.code for i in reading.issues if i.cells == ("reviews.*.*",)] == ["table-replaced-by-sentence"]
    assert [s.text for s in reading.sections] == [said] and not reading.cells


@pytest.mark.parametrize(
    "place",
    ["岷县", "芒市", "昭苏县", "曲阜市", "广信区", "内蒙古自治区呼和浩特市和林格尔县高新技术产业开发区"],
)
def test_an_agency_named_only_in_a_sentence_is_found(place: str) -> None:
    """Without a title the sentence on who made the report tells, however short the name of its place."""
    text = f"本报告根据条例要求，由{place}公安局结合有关统计数据编制。\n一、总体情况\n本局依法公开。\n二、主动公开政府信息情况\n"
    reading = extract(read(text.encode(), "x.txt"), load())
    assert reading.agency_name == f"{place}公安局"


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["2020年石", "家庄市文化和旅游局政府信息公开工作年度报告"], "石家庄市文化和旅游局", 2020),
        (["锡林浩", "特市人民政府2021年政府信息公开工作年度报告"], "锡林浩特市人民政府", 2021),
        (["某部文件", "文化和旅游部2020年政府信息公开工作年度报告"], "文化和旅游部", 2020),
        (["上饶市", "统计局2020年政府信息公开工作年度报告"], "上饶市统计局", 2020),
    ],
)
def test_a_name_that_breaks_over_two_lines_is_whole(lines: list[str], agency: str, year: int) -> None:
    """The line above belongs to the name where only both together begin with a place."""
    text = "\n".join([*lines, "一、总体情况", "认真贯彻条例。", ""])
    reading = extract(read(text.encode(), "a.txt"), load())
    assert (reading.agency_name, reading.year) == (agency, year)


@pytest.mark.parametrize(
    ("seen", "form"),
    [
        ("申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请", "2021-30"),
        ("正当理由逾期不补正行政机关", "2021-30"),
        ("行政机关", "2019-60"),
    ],
)
def test_a_piece_of_a_mark_tells_the_form(seen: str, form: str) -> None:
    """A row that only one form has tells it although a narrow column cut its label; a word of it does not."""
    printed = Printed(marks={seen, "总计"})
    assert template_of("requests", printed, load(), {"disclosures": "2019-60"}) == form


def test_tables_of_two_forms_in_one_report_are_noted() -> None:
    """The heads of the old form over the numbers of the new one: read as printed, and said so."""
    text = next(p for p in FILES if "361100" in str(p)).read_text("utf-8")
    assert "template-hybrid" not in {i.code for i in extract(read(text.encode(), "a.txt"), load()).issues}
    for new, old in (
        ("本年制发件数", "本年新制作数量"),
        ("本年废止件数", "本年新公开数量"),
        ("现行有效件数", "对外公开总数量"),
    ):
        text = text.replace(new, old)
    reading = extract(read(text.encode(), "a.txt"), load())
    (noted,) = [i for i in reading.issues if i.code == "template-hybrid"]
    assert noted.severity == "info"
    assert "disclosures 2019-60, requests 2021-30" in noted.message


@pytest.mark.parametrize("heading", ["二、行政机关主动公开政府信息情况", "二、法定公开的情况统计"])
def test_a_table_is_found_under_a_heading_in_other_words(heading: str) -> None:
    """A cell a line: the article opens the table, even where its section's heading is none that is known."""
    block = [
        "第二十条(一)项",
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "规章",
        "0",
        "1",
        "2",
    ]
    lines = [
        "青岚市水利局2021年政府信息公开工作年度报告",
        "一、总体情况",
        "全年公开信息3条。",
        heading,
        "共4条。",
        *block,
    ]
    reading = extract(read("\n\n".join([*lines, "说明"]).encode(), "x.txt"), load())
    assert [int(c.value or 0) for c in reading.cells if c.item == "regulations"] == [0, 1, 2]


def test_rows_whose_numbers_stand_behind_their_labels() -> None:
    """A row a line, its cells without a space between: as where the whole table runs together, and cut by the same sums."""
    heads = ["一、总体情况", "依法公开。", "二、主动公开政府信息情况", "信息内容上一年项目数量本年增/减处理决定数量"]
    rows = ["行政许可123", "三、收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量1000012", "行政许可共12"]
    lines = ["青岚市水利局2020年政府信息公开工作年度报告", *heads, *rows]
    reading = extract(read("\n".join(lines).encode(), "x.txt"), load())
    found = {item: [c.value for c in reading.cells if c.item == item] for item in ("licensing", "new_received")}
    assert found == {"licensing": [1, 2, 3], "new_received": [1, 0, 0, 0, 0, 1, 2]}


def test_a_mark_in_a_run_is_no_cell_that_was_dropped() -> None:
    """«0/00000» has seven cells: beside such a row the others are still cut."""
    whole = (CASES / "run-together" / "source.txt").read_text(encoding="utf-8")
    text = whole.replace("属于国家秘密0000000", "属于国家秘密6/10018")
    before, after = (extract(read(one.encode(), "a.txt"), load()) for one in (whole, text))
    rest = {c.key: c.value for c in before.cells if c.item not in ("refused_state_secret", "new_received")}
    lost = [key for key, value in rest.items() if {c.key: c.value for c in after.cells}[key] != value]
    assert text != whole and not any(key.startswith(("disclosures", "reviews")) for key in lost)
