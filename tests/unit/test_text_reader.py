"""Plain text: decoded by content, laid out by the converters' own marks, and nothing of it lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.errors import Unreadable
from ogi.model import Document, Grid, Paragraph
from ogi.readers import read
from ogi.readers.text import decode, sniff
from ogi.readers.text import read as read_text

CHINESE = "青岚市水利局2021年政府信息公开工作年度报告"
letters = st.text(alphabet="青岚市水利局规章0123456789abc、。（）:：/-—+. 　\t|\n\r#", max_size=200)


def texts(document: Document) -> list[str]:
    """Everything that the document says, in reading order."""
    out = []
    for block in document.blocks:
        out += [block.text] if isinstance(block, Paragraph) else [c.text for r in block.rows() for c in r]
    return out


def said(text: str) -> str:
    """The characters that a layout is not made of."""
    return "".join(c for c in text if not c.isspace() and c not in "|#-:+\ufffd")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"])
def test_the_encoding_is_found_by_content(encoding: str) -> None:
    """The bytes decode to the text that went in, and a byte order mark is no part of it."""
    data = (CHINESE + "\n" * 3 + "abc 123" * 20).encode(encoding)
    assert decode(data) == CHINESE + "\n" * 3 + "abc 123" * 20
    assert sniff(data)
    assert texts(read_text(data))[0] == CHINESE


@pytest.mark.parametrize("data", [b"\x00" * 40, bytes(range(256)), b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "规章\x01".encode()])
def test_bytes_that_are_no_text_are_not_taken_for_text(data: bytes) -> None:
    """Control characters and bytes of no encoding are refused by the sniffer."""
    assert not sniff(data)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_count_alike(end: str) -> None:
    """Lines are numbered from 1 by any line end."""
    document = read_text(end.join([CHINESE, "", "规章\t1\t22"]).encode())
    assert [(type(b), b.locator) for b in document.blocks] == [(Paragraph, "line=1"), (Grid, "line=3")]
    grid = document.blocks[1]
    assert isinstance(grid, Grid)
    assert [(c.text, c.locator) for c in grid.cells] == [
        ("规章", "line=3;chars=1-2"), ("1", "line=3;chars=4-4"), ("22", "line=3;chars=6-7"),
    ]  # fmt: skip


def test_a_markdown_heading_has_its_level() -> None:
    """Number signs before a line make a heading, and are no part of its text."""
    (block,) = read_text("## 一、总体情况".encode()).blocks
    assert block == Paragraph("一、总体情况", "line=1", 2)


def test_an_empty_file_and_blanks_are_unreadable() -> None:
    """Nothing to read is an error that names file, fault and remedy."""
    for data in (b"", b"\n\n  \r\n\t\n", b"\xef\xbb\xbf", " 　".encode()):
        with pytest.raises(Unreadable, match=r"a\.txt: .+ → .+"):
            read(data, "a.txt")


def test_too_many_lines_are_refused() -> None:
    """A text of more lines than any report has is not laid out at all."""
    with pytest.raises(Unreadable, match="200000 lines"):
        read(b"1\n" * 200_001, "a.txt")


@given(letters)
@settings(max_examples=300, deadline=None)
def test_no_character_is_lost_or_moved(text: str) -> None:
    """All that is printed comes out, once and in reading order, whatever the layout is taken for."""
    document = read_text(text.encode())
    assert said("".join(texts(document))) == said(text)


@given(st.lists(st.sampled_from(["一、总体情况", "规章", "0", "12", "\t0", "\t", "", "", "", "规章 | 1 |", "|"]), max_size=120))
@settings(max_examples=200, deadline=None)
def test_layouts_lose_nothing(lines: list[str]) -> None:
    """Lines of every layout in any mixture keep their characters."""
    text = "\n".join(lines)
    assert said("".join(texts(read_text(text.encode())))) == said(text)


@given(letters)
@settings(max_examples=150, deadline=None)
def test_a_locator_points_at_its_text(text: str) -> None:
    """`line=…;chars=…` names the place where the text stands in the file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for block in read_text(text.encode()).blocks:
        for cell in block.cells if isinstance(block, Grid) else ():
            line, _, chars = cell.locator.removeprefix("line=").partition(";chars=")
            if chars:
                first, last = map(int, chars.split("-"))
                assert lines[int(line) - 1][first - 1 : last] == cell.text


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_document_or_a_clear_error(data: bytes) -> None:
    """Bytes of no meaning end in a document or in one Unreadable, never in another error."""
    try:
        read(data, "a.txt")
    except Unreadable as error:
        assert str(error).startswith("a.txt: ")


def test_empty_lines_part_the_cells_of_a_short_text() -> None:
    """A beginning of a report, a cell a line: one empty line between cells, one more for each cell that is empty."""
    heads = ["第二十条第(一)项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章"]
    more = ["行政规范性文件", "0", "1", "2", "第二十条第(五)项", "信息内容", "本年处理决定数量", "行政许可", "5"]
    head = "\n\n".join([CHINESE, "一、总体情况", "无。", "二、主动公开政府信息情况", *heads])
    text = head + "\n" * 5 + "\n\n".join([*more, "行政处罚", "6", "行政强制"])
    cells = texts(read_text(text.encode()))
    at = cells.index("规章")
    assert cells[at : at + 5] == ["规章", "", "", "", "行政规范性文件"]


def test_a_row_on_which_the_text_breaks_off_is_not_whole() -> None:
    """Tabs between cells: what is lost of the last row is there, and cannot be read."""
    rows = ["信息内容\t制发\t废止\t有效", "规章\t0\t1\t2", "行政许可\t5\t\t", "行政处罚\t6\t\t", "行政规范性文件\t7"]
    grid = read_text("\n".join([CHINESE, *rows]).encode()).blocks[-1]
    assert isinstance(grid, Grid)
    assert [[c.text for c in row] for row in grid.rows()][-1] == ["行政规范性文件", "7", "\ufffd", "\ufffd"]
    whole = read_text("\n".join([CHINESE, *rows, "六、其他"]).encode()).blocks[-2]
    assert isinstance(whole, Grid)
    assert [[c.text for c in row] for row in whole.rows()][-1] == ["行政规范性文件", "7"]


@pytest.mark.parametrize(("last", "seen"), [("46", "46\ufffd"), ("0", "0"), ("46\n\n六、其他", "46")])
def test_the_number_on_which_a_text_breaks_off_may_go_on(last: str, seen: str) -> None:
    """No report ends with a number of a table; a 0 is whole."""
    cells = texts(read_text("\n\n".join([CHINESE, "规章", "0", "1", "2", "行政规范性文件", last]).encode()))
    assert cells[cells.index("行政规范性文件") + 1] == seen
