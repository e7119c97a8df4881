"""What Word prints is what the docx reader gives."""

from __future__ import annotations

import pytest
from office_files import W, docx, p, packed, tbl, tc, tr
from read_blocks import grids, paragraphs, texts

from ogi.errors import Unreadable
from ogi.model import Paragraph
from ogi.readers import read

RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_covered_places_have_no_cell_and_empty_cells_do() -> None:
    """A merge down and a merge across leave one cell each with its span; an empty cell has the text ''."""
    document = read(
        docx(
            tbl(
                tr(tc("三", RESTART), tc("（一）", wide(2)), tc("5")),
                tr(tc("", GOES_ON), tc("1."), tc("（二）"), tc("")),
                tr(tc("", GOES_ON), tc("2."), tc("x"), tc("7")),
            )
        ),
        "a.docx",
    )
    (grid,) = grids(document)
    assert texts(grid) == [["三", "（一）", "5"], ["1.", "（二）", ""], ["2.", "x", "7"]]
    first = grid.cells[0]
    assert (first.rowspan, first.colspan, first.locator) == (3, 1, "table=1;row=1;col=1")
    assert [cell.locator for cell in grid.rows()[0]][2] == "table=1;row=1;col=4"


def test_horizontal_merges_of_old_files_are_one_cell() -> None:
    """hMerge, which old files use instead of gridSpan, gives one cell with a span as well."""
    document = read(
        docx(
            tbl(
                tr(tc("题", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("1")),
                tr(tc("a"), tc("b"), tc("2")),
            )
        ),
        "a.docx",
    )
    assert [(c.text, c.col, c.colspan) for c in grids(document)[0].rows()[0]] == [("题", 1, 2), ("1", 3, 1)]


def test_columns_left_out_before_a_row_shift_its_cells() -> None:
    """gridBefore moves the cells of a row to the right on the grid."""
    shifted = tr(tc("a"), tc("b"), properties='<w:gridBefore w:val="2"/>')
    document = read(docx(tbl(tr(tc("1"), tc("2"), tc("3"), tc("4")), shifted)), "a.docx")
    assert [cell.col for cell in grids(document)[0].rows()[1]] == [3, 4]


def test_insertions_count_and_deletions_do_not() -> None:
    """Tracked insertions and moves to a place are read; deletions, moves away, deleted rows and cells are not."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    tracked = (
        f"<w:p>{run.format('收到')}<w:ins>{run.format('12')}</w:ins><w:del><w:r><w:delText>99</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('旧')}</w:moveFrom><w:moveTo>{run.format('件')}</w:moveTo></w:p>"
    )
    rows = tr(tc("1"), tc("2")) + tr(tc("8"), tc("9"), properties="<w:del/>") + tr(tc("3"), tc("7", "<w:cellDel/>"), tc("4"))
    document = read(docx(tracked + tbl(rows)), "a.docx")
    assert paragraphs(document) == ["收到12件"]
    assert texts(grids(document)[0]) == [["1", "2"], ["3", "4"]]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    """Where the deletion of a paragraph mark is tracked, its text goes on in the next paragraph."""
    joined = p("一、总体", "<w:rPr><w:del/></w:rPr>") + p("情况")
    assert paragraphs(read(docx(joined), "a.docx")) == ["一、总体情况"]


def test_hidden_text_is_not_printed() -> None:
    """A run marked as hidden is left out, one whose mark is switched off is not."""
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>1</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>2</w:t></w:r></w:p>'
    )
    assert paragraphs(read(docx(body), "a.docx")) == ["2"]


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:rFonts w:eastAsia="宋体"/><w:b/><w:sz w:val="24"/>', "5 1"),
        ('<w:rFonts w:eastAsia="宋体"/><w:sz w:val="2"/>', "1"),
        ('<w:rFonts w:eastAsia="宋体"/><w:vanish/>', "1"),
        ('<w:b/><w:rPrChange w:id="1"><w:rPr><w:vanish/><w:b/></w:rPr></w:rPrChange>', "5 1"),
        ('<w:vanish/><w:rPrChange w:id="1"><w:rPr><w:b/></w:rPr></w:rPrChange>', "1"),
    ],
)
def test_of_how_a_run_looks_only_what_hides_it_counts(properties: str, text: str) -> None:
    runs = f"<w:r><w:rPr>{properties}</w:rPr><w:t>5 </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r>"
    document = read(docx(f"<w:p>{runs}</w:p>"), "a.docx")
    assert paragraphs(document) == [text]


def test_text_that_looks_like_properties_stays() -> None:
    body = "<w:p><w:r><w:t><![CDATA[a<w:rPr><w:b/></w:rPr>b]]></w:t></w:r></w:p>"
    assert paragraphs(read(docx(body), "a.docx")) == ["a<w:rPr><w:b/></w:rPr>b"]


def test_signs_inside_runs() -> None:
    """Tabs, breaks, hard hyphens, soft hyphens and symbols come out as what they print."""
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>"
        '<w:sym w:font="Symbol" w:char="2460"/></w:r></w:p>'
    )
    assert paragraphs(read(docx(body), "a.docx")) == ["a\tb\nc-d①"]


BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>' for part in ("begin", "end"))
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
PICTURE = "<w:r><w:drawing><wp:inline/></w:drawing></w:r>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (BEGIN + CODE.format(" =SUM(") + CODE.format("LEFT) ") + END, "\ufffd"),
        ('<w:fldSimple w:instr=" =SUM(LEFT) "/>', "\ufffd"),
        ('<w:fldSimple w:instr=" =SUM(LEFT) "><w:r><w:t>5</w:t></w:r></w:fldSimple>', "5"),
        (BEGIN + CODE.format("eq \\o\\ac(○,5)") + END, "\ufffd"),
        (BEGIN + CODE.format(" TC 5 ") + END, ""),
        (BEGIN + CODE.format(" PAGE ") + END, "\ufffd"),
        ("<w:r><w:pgNum/></w:r>", "\ufffd"),
        ("<w:r><w:dayShort/></w:r>", "\ufffd"),
        (PICTURE, "\ufffd"),
        (PICTURE + "<w:r><w:t>5</w:t></w:r>", "5"),
    ],
)
def test_what_word_shows_and_nobody_can_read_is_no_empty_cell(runs: str, text: str) -> None:
    """A field that prints and has no result, or a picture alone: something stands there."""
    cell = f"<w:tc><w:tcPr/><w:p>{runs}</w:p></w:tc>"
    (grid,) = grids(read(docx(tbl(tr(tc("甲"), cell), tr(tc("乙"), tc("1")))), "a.docx"))
    assert texts(grid) == [["甲", text], ["乙", "1"]]


def test_a_picture_beside_text_is_no_text() -> None:
    """A table that lays out a page, or holds nothing else, says nothing of its pictures."""
    picture = f"<w:tc><w:tcPr/><w:p>{PICTURE}</w:p></w:tc>"
    document = read(docx(tbl(tr(picture, tc("某" * 200))) + tbl(tr(picture, picture))), "a.docx")
    assert [block.text for block in document.blocks] == ["某" * 200]


def test_the_result_of_a_field_counts_and_its_code_does_not() -> None:
    """Of a field only what it shows is read."""
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>38</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert paragraphs(read(docx(body), "a.docx")) == ["38"]


def test_content_controls_are_looked_into() -> None:
    """Text, rows and cells inside content controls are read like others."""

    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    body = control(p("甲")) + tbl(control(tr(tc("1"), control(tc("2")))), tr(tc("3"), tc("4")))
    document = read(docx(body), "a.docx")
    assert paragraphs(document) == ["甲"] and texts(grids(document)[0]) == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(("prompt", "said"), [("单击此处输入文字。", ""), ("12", "12")])
def test_a_field_of_a_form_that_shows_its_prompt_is_empty(prompt: str, said: str) -> None:
    """Unless it holds digits: some programs leave the mark where somebody typed."""
    field = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(prompt)}</w:sdtContent></w:sdt>"
    document = read(docx(tbl(tr(tc("1"), f"<w:tc>{field}</w:tc>"))), "a.docx")
    assert texts(grids(document)[0]) == [["1", said]]


RUN = "<w:r><w:t>{}</w:t></w:r>"
INSIDE = {
    "breaks": f"<w:p><w:r><w:t>1</w:t><w:br/></w:r>{RUN.format(2)}<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{RUN.format(3)}</w:p>",
    "lines and wrappers": f"<w:p><w:hyperlink><w:smartTag>{RUN.format(3)}</w:smartTag></w:hyperlink></w:p>{p('')}{p('4')}",
    "changes": f"<w:p><w:ins>{RUN.format(5)}</w:ins><w:del><w:r><w:delText>6</w:delText></w:r></w:del></w:p>",
    "deleted text": f"<w:p><w:del>{RUN.format(7)}<w:r><w:br/></w:r></w:del>{RUN.format(8)}</w:p>",
    "a deleted mark": p("9", "<w:rPr><w:del/></w:rPr>") + p("0"),
    "a former span": '<w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val="2"/></w:tcPr></w:tcPrChange></w:tcPr>'
    + p("1"),
    "properties after text": p("2") + '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>',
    "text outside of its place": f"<w:p><w:t>3</w:t>{RUN.format(4)}</w:p>{RUN.format(5)}<w:ins>{RUN.format(6)}</w:ins>",
    "hidden text": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_a_table_of_plain_text_reads_as_one_that_holds_more(inside: str) -> None:
    """Read in one pass or element by element, a table is the same; an empty move in a cell calls for the long way."""
    table = tbl(tr(tc("a"), f"<w:tc>{inside}</w:tc>", tc("b")), tr(tc("1"), tc("2"), tc("3{}")))
    plain, more = (
        grids(read(docx(table.format(mark)), "a.docx"))
        for mark in ("", "</w:t></w:r><w:moveFrom/><w:r><w:t>")
    )
    assert plain == more


def test_a_text_box_is_read_once() -> None:
    """Of the two forms in which Word writes a text box one is read, after the paragraph that holds it."""
    box = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>" + p("后")
    )
    assert paragraphs(read(docx(body), "a.docx")) == ["前", "框内", "后"]


def test_a_text_box_in_a_cell_is_that_cells_text() -> None:
    """A number typed into a box over a cell does not leave the cell blank."""
    cell = (
        "<w:tc><w:p><w:r><w:pict><v:textbox><w:txbxContent>"
        + p("7")
        + "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
        "</w:tc>"
    )
    document = read(docx(tbl(tr(tc("合计"), cell))), "a.docx")
    assert texts(grids(document)[0]) == [["合计", "7"]]


def test_tables_inside_tables_are_grids_of_their_own() -> None:
    """The outer one lays out the page: its text is paragraphs; the inner ones are counted in order."""
    inner = tbl(tr(tc("a"), tc("1")))
    outer = tbl(tr(f"<w:tc>{p('上')}{inner}{p('中')}{inner}</w:tc>", tc("旁")))
    document = read(docx(outer), "a.docx")
    assert paragraphs(document) == ["上", "中", "旁"]
    assert [grid.locator for grid in grids(document)] == ["table=1", "table=2"]


def test_a_box_of_one_cell_inside_a_data_cell_keeps_the_table() -> None:
    """A table of one cell inside a cell of a larger table is only a frame: its text is the cell's."""
    boxed = f"<w:tc>{tbl(tr(tc('5')))}<w:p/></w:tc>"
    document = read(docx(tbl(*[tr(tc("a"), tc("b"), tc("c"), boxed)] * 3)), "a.docx")
    assert texts(grids(document)[0]) == [["a", "b", "c", "5"]] * 3


def test_a_table_of_one_cell_is_text() -> None:
    """A frame around prose is no table."""
    document = read(docx(tbl(tr(f"<w:tc>{p('一、总体情况')}{p('无')}</w:tc>"))), "a.docx")
    assert paragraphs(document) == ["一、总体情况", "无"] and not grids(document)


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)


def numbered(text: str, level: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')


def test_list_numbers_are_written_out() -> None:
    """Numbers that Word makes itself stand before the text; deeper levels start again each time."""
    body = "".join(numbered(*entry) for entry in [("总体", 0), ("甲", 1), ("乙", 1), ("主动", 0), ("丙", 1)])
    assert paragraphs(read(docx(body, numbering=NUMBERING), "a.docx")) == [
        "一、总体",
        "1. 甲",
        "2. 乙",
        "二、主动",
        "1. 丙",
    ]


def test_a_number_of_a_list_never_melts_into_a_value() -> None:
    """In a numbered cell the value stays apart from the list's number."""
    cell = f"<w:tc>{numbered('0', 1)}</w:tc>"
    document = read(docx(tbl(tr(tc("a"), cell)), numbering=NUMBERING), "a.docx")
    assert texts(grids(document)[0]) == [["a", "1. 0"]]


def test_numbers_and_levels_come_from_styles_too() -> None:
    """A heading style gives the level, and its list the number."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="own"/><w:basedOn w:val="1"/></w:style>'
    )
    document = read(
        docx(p("总体情况", '<w:pStyle w:val="2"/>'), numbering=NUMBERING, styles=styles), "a.docx"
    )
    (block,) = document.blocks
    assert isinstance(block, Paragraph) and (block.text, block.level) == ("一、总体情况", 1)


def test_what_stands_around_the_pages_is_furniture() -> None:
    """Headers, footers, notes and a table of contents are kept, apart from the text."""
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    document = read(
        docx(
            p("一、总体情况…1", '<w:pStyle w:val="T"/>') + p("正文"),
            styles=styles,
            header1=p("某市"),
            footer1=p("第1页"),
            footnotes="<w:footnote>" + p("注") + "</w:footnote>",
        ),
        "a.docx",
    )
    assert paragraphs(document) == ["正文"]
    assert {(block.locator, block.text) for block in document.furniture} == {
        ("contents=1", "一、总体情况…1"),
        ("header=1", "某市"),
        ("footer=1", "第1页"),
        ("footnote=1", "注"),
    }


def test_a_large_picture_is_named() -> None:
    """A picture that could be a table is an issue; one as small as a seal is none."""
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{}" cy="{}"/></wp:inline></w:drawing></w:r></w:p>'
    )
    document = read(
        docx(p("三") + drawing.format(5400000, 3600000) + drawing.format(900000, 900000)), "a.docx"
    )
    (issue,) = document.issues
    assert (issue.code, issue.severity, issue.locator) == ("table-is-picture", "info", "paragraph=1")


def test_the_strict_variant_of_the_standard_reads_the_same() -> None:
    """The namespace of strict Office Open XML makes no difference."""
    data = packed(
        {
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
            "<w:p><w:r><w:t>文</w:t></w:r></w:p></w:body></w:document>"
        }
    )
    assert paragraphs(read(data, "a.docx")) == ["文"]


def test_spans_without_measure_are_clamped() -> None:
    """A gridSpan of a hundred million columns costs nothing."""
    document = read(docx(tbl(tr(tc("a", wide(100_000_000)), tc("1")))), "a.docx")
    assert [cell.col for cell in grids(document)[0].cells] == [1, 101]


@pytest.mark.parametrize(
    ("declaration", "text"),
    [
        ('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
        ('<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>', "&b;&b;"),
    ],
)
def test_a_doctype_is_refused(declaration: str, text: str) -> None:
    """No entity is ever looked at: an Office file with a DOCTYPE is refused."""
    xml = (
        f'{declaration}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    for data in (xml.encode(), ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")):
        with pytest.raises(Unreadable, match="DOCTYPE"):
            read(packed({"word/document.xml": data}), "a.docx")


def test_a_document_cut_off_says_so() -> None:
    """Half a docx is no text and no guess, but an error that names the file."""
    whole = docx(p("正文" * 400))
    with pytest.raises(Unreadable, match="half.docx: .*the zip is cut off"):
        read(whole[: len(whole) // 2], "half.docx")


def test_what_is_embedded_or_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document within the document is not read, with a warning; one without a body, or with more cells than any report, not
    at all."""
    document = read(docx(p("正文") + "<w:altChunk/>"), "a.docx")
    assert paragraphs(document) == ["正文"]
    assert [(issue.code, issue.severity) for issue in document.issues] == [("part-not-read", "warning")]
    with pytest.raises(Unreadable, match="has no body"):
        read(packed({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), "a.docx")
    monkeypatch.setattr("ogi.readers.docx.MAX_CELLS", 3)
    with pytest.raises(Unreadable, match="more than 3 table cells"):
        read(docx(tbl(tr(tc("a"), tc("1"))) * 2), "a.docx")


def test_a_document_without_text_says_so() -> None:
    """A document of empty paragraphs is an error, not an empty success."""
    with pytest.raises(Unreadable, match="no text and no table"):
        read(docx("<w:p/><w:p/>"), "empty.docx")
