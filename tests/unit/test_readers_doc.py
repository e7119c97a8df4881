"""The binary Word file: what Word prints of it, and how its damage shows."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from random import Random

import olefile
import pytest
from ole_files import ole
from read_blocks import grids, paragraphs, texts

from ogi.errors import Unreadable
from ogi.model import Paragraph
from ogi.readers import read
from ogi.readers.doc.file import WordFile
from ogi.readers.doc.parts import Parts
from ogi.readers.doc.pieces import Pieces
from ogi.readers.doc.shown import shown

ODDITIES = Path(__file__).parents[1] / "fixtures" / "doc" / "oddities.doc"


@pytest.fixture(scope="module")
def data() -> bytes:
    return ODDITIES.read_bytes()


def streams(data: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        return {name: container.openstream(name).read() for name in ("WordDocument", "1Table", "Data")}


def altered(data: bytes, at: int, value: bytes) -> bytes:
    """The document with other bytes at a place of its main stream."""
    parts = streams(data)
    main = parts["WordDocument"]
    return ole(parts | {"WordDocument": main[:at] + value + main[at + len(value) :]})


def test_a_folder_within_itself_is_damage(data: bytes) -> None:
    """A container whose directory goes in a circle is named as damaged, not taken for a fault of the reader."""
    at = 512 * (int.from_bytes(data[0x30:0x34], "little") + 1)
    entry = bytearray(data[at : at + 128])
    entry[0x42] = 1  # a folder
    entry[0x4C:0x50] = bytes(4)  # in which it lies itself
    with pytest.raises(Unreadable, match="cut off or damaged"):
        read(data[:at] + bytes(entry) + data[at + 128 :], "a.doc")


def test_text_reads_as_word_prints_it(data: bytes) -> None:
    """Insertions, field results and list numbers are in; deletions, hidden text and field codes are not;
    signs beyond the sixteen-bit plane stay whole."""
    assert paragraphs(read(data, "a.doc")) == [
        "2021年年度报告",
        "收到12件",
        "门户𠮷网站",
        "一、总体",
        "二、主动",
        "之间",
        "上",
        "下",
        "旁",
        "之后",
    ]


def test_merged_and_empty_cells_are_told_apart(data: bytes) -> None:
    """A covered place has no cell, an empty cell has the text '', and a line break stays."""
    document = read(data, "a.doc")
    assert texts(grids(document)[0]) == [["三", "（一）"], ["本年\n数", "5"], ["", "7"], ["合计", "0.5", "/"]]
    first, second = grids(document)[0].cells[:2]
    assert (first.rowspan, first.colspan, second.colspan) == (3, 1, 2)
    assert grids(document)[0].rows()[1][1].locator == "table=1;row=2;col=3"


def test_a_table_inside_a_table_is_a_grid_of_its_own(data: bytes) -> None:
    """The outer table's text is paragraphs in reading order, the inner one is counted."""
    document = read(data, "a.doc")
    assert texts(grids(document)[1]) == [["甲", "1"]]
    order = [block.text if isinstance(block, Paragraph) else block.locator for block in document.blocks]
    assert order[order.index("上") :] == ["上", "table=2", "下", "旁", "之后"]


def test_headings_and_headers(data: bytes) -> None:
    """A heading style gives the level; the page's header is furniture."""
    document = read(data, "a.doc")
    assert [block.level for block in document.blocks if isinstance(block, Paragraph)][:2] == [1, 0]
    assert [(block.locator, block.text) for block in document.furniture] == [("header=1", "页眉")]


def test_kingsofts_ending_is_no_disagreement(data: bytes) -> None:
    """The same container under .wps is Kingsoft's own format, and no issue."""
    document = read(data, "a.wps")
    assert document.format == "wps" and not document.issues


def test_the_content_decides(data: bytes) -> None:
    """A doc that is called docx is read as doc, with an issue of severity info."""
    document = read(data, "a.docx")
    assert document.format == "doc"
    assert [(issue.code, issue.severity) for issue in document.issues] == [
        ("name-disagrees-with-content", "info")
    ]


def test_a_rebuilt_container_reads_the_same(data: bytes) -> None:
    """The container that the next tests alter gives the same blocks when it is not altered."""
    assert read(ole(streams(data)), "a.doc").blocks == read(data, "a.doc").blocks


def test_encrypted_documents_say_so(data: bytes) -> None:
    """Word's own encryption is a flag of the file; modern Office puts the whole document into one stream."""
    with pytest.raises(Unreadable, match=r"secret\.doc: 文件有密码保护 it is encrypted"):
        read(altered(data, 11, bytes([streams(data)["WordDocument"][11] | 1])), "secret.doc")
    with pytest.raises(Unreadable, match=r"secret\.docx: 文件有密码保护 it is encrypted"):
        read(ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 5_000}), "secret.docx")


DIRECTORY = {
    "no mark": ("WordDocument", lambda parts: 0, b"PK", "does not begin as a Word document"),
    "no table": ("WordDocument", lambda parts: 11, b"\0", "its part 0Table is missing"),
    "less than no text": ("WordDocument", lambda parts: 0x4C, b"\xff" * 4, "an impossible length"),
    "no pieces": ("1Table", lambda parts: parts.offset(33), b"\x07", "the table of its text is missing"),
    "no properties": ("1Table", lambda parts: parts.offset(13) + len(parts.part(13)) - 4, b"\xff" * 4, "the properties of"),
}


@pytest.mark.parametrize("case", DIRECTORY)
def test_a_directory_that_leads_nowhere_is_damage(data: bytes, case: str) -> None:
    """What the head of the file says of its parts is believed of none of them: each is looked for, and missed by name."""
    name, place, value, said = DIRECTORY[case]
    found = streams(data)
    at = place(Parts(found))
    found[name] = found[name][:at] + value + found[name][at + len(value) :]
    with pytest.raises(Unreadable, match=said):
        read(ole(found), "a.doc")


def test_old_and_foreign_files_name_a_way_out(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word 95, old Excel and PowerPoint: the message says what it is and what to do without LibreOffice."""
    monkeypatch.setenv("PATH", "")
    for file, found in [
        (altered(data, 0, b"\xdc\xa5\x68\x00"), "Word 6 or 95"),
        (ole({"Workbook": b"x"}), "an old Excel workbook"),
        (ole({"PowerPoint Document": b"x"}), "a PowerPoint presentation"),
        (ole({"CONTENTS": b"x"}), "without a Word document"),
    ]:
        with pytest.raises(Unreadable, match=found) as caught:
            read(file, "a.doc")
        assert "save" in caught.value.remedy or "export" in caught.value.remedy


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_document_cut_off_says_so(data: bytes, share: float) -> None:
    """However much of the file is missing, it is an error and never a shorter report."""
    with pytest.raises(Unreadable):
        read(data[: int(len(data) * share)], "a.doc")


def test_a_lost_row_mark_is_doubted(data: bytes) -> None:
    """Where cell marks and rows do not agree, the table is under a warning."""
    main = streams(data)["WordDocument"]
    mark = main.index(b"\x17\x24\x01")  # a paragraph says: here a row ends
    document = read(altered(data, mark, b"\x17\x24\x00"), "a.doc")
    assert [(issue.code, issue.severity) for issue in document.issues] == [("table-incomplete", "warning")]


def test_a_cell_mark_outside_of_tables_is_doubted(data: bytes) -> None:
    """Where the paragraph of a cell is said to stand in no table."""
    main = streams(data)["WordDocument"]
    mark = main.index(b"\x49\x66\x01")  # a paragraph says: in one table
    document = read(altered(data, mark, b"\x49\x66\x00"), "a.doc")
    assert ("table-incomplete", "warning") in [(issue.code, issue.severity) for issue in document.issues]
    assert "文件不认为是表的地方有单元格标记" in document.issues[0].message


def test_no_flipped_bit_loses_a_value_in_silence(data: bytes) -> None:
    """A thousand single flipped bits: each file is refused, or doubted, or keeps its filled cells."""
    whole = [[cell for row in texts(grid) for cell in row if cell] for grid in grids(read(data, "a.doc"))]
    random = Random(7)
    refused = doubted = 0
    for _ in range(1_000):
        broken = bytearray(data)
        broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
        try:
            document = read(bytes(broken), "a.doc")
        except Unreadable:
            refused += 1
            continue
        if document.issues:
            doubted += 1
        else:
            assert [len([cell for row in texts(grid) for cell in row if cell]) for grid in grids(document)] == list(
                map(len, whole)
            )
    assert refused and doubted


def test_a_filled_cell_is_never_covered_in_silence(data: bytes) -> None:
    """Whichever cell is marked as covered by the one above: what stood in it is still read, or there is a doubt."""
    parts = streams(data)
    filled = sum(bool(cell) for grid in grids(read(data, "a.doc")) for row in texts(grid) for cell in row)
    tried = 0
    for name in ("WordDocument", "Data"):
        for found in re.finditer(rb"\x08\xd6..(.)", parts[name], re.S):  # where a row says of its cells
            count = found[1][0]
            for cell in range(count if count < 8 else 0):
                at = found.end() + 2 * (count + 1) + 20 * cell
                broken = bytearray(parts[name])
                broken[at] |= 0x20
                document = read(ole(parts | {name: bytes(broken)}), "a.doc")
                left = sum(bool(text) for grid in grids(document) for row in texts(grid) for text in row)
                assert left >= filled or document.issues
                tried += 1
    assert tried > 10


def test_a_shifted_text_is_doubted(data: bytes) -> None:
    """A text that begins elsewhere than its paragraphs do is under a warning."""
    parts = streams(data)
    table = parts["1Table"]
    at = table.rindex((2048).to_bytes(4, "little"))  # where the text begins
    document = read(
        ole(parts | {"1Table": table[:at] + (2052).to_bytes(4, "little") + table[at + 4 :]}), "a.doc"
    )
    assert ("part-not-read", "warning") in [(issue.code, issue.severity) for issue in document.issues]


@pytest.mark.parametrize(("first", "doubted"), [(1536, False), (1024, True)])
def test_word_lets_the_first_paragraph_begin_before_the_text(data: bytes, first: int, doubted: bool) -> None:
    """Its files say that the text begins at 1536, where the properties of the first paragraph do, and put it on the next page."""
    parts = streams(data)
    begins, main = struct.pack("<3I", 2048, 2068, 2086), parts["WordDocument"]
    assert begins in main
    main = main.replace(begins, struct.pack("<3I", 1536, 2068, 2086))
    document = read(ole(parts | {"WordDocument": main[:24] + struct.pack("<I", first) + main[28:]}), "a.doc")
    assert ("part-not-read" in [issue.code for issue in document.issues]) == doubted
    assert document.blocks == read(data, "a.doc").blocks


def test_a_picture_or_a_field_without_a_result_leaves_its_cell_unread(data: bytes) -> None:
    """What Word shows and nobody can read is no empty cell; a picture outside of tables is no paragraph."""
    main = streams(data)["WordDocument"]
    five, above = (main.index(text.encode("utf-16-le")) for text in ("5\x07", "之间\r"))
    document = read(altered(altered(data, five, b"\x01\0"), above, b"\x01\0\x01\0"), "a.doc")
    assert texts(grids(document)[0])[1] == ["本年\n数", "\ufffd"]
    assert "\ufffd" not in paragraphs(document)


@pytest.mark.parametrize(("code", "text"), [(" =SUM(LEFT) ", "\ufffd"), ("EQ \\o(5)", "\ufffd"), (" TC 5 ", "")])
def test_a_field_that_prints_and_has_no_result_is_marked(code: str, text: str) -> None:
    """Fields that print nothing, such as the entries of lists, leave nothing."""
    assert shown(f"1\x13{code}\x152\x07", [], lambda: True).text.replace("\0", "") == f"1{text}2\x07"


def test_the_opposite_of_what_the_style_says_is_a_deletion_too(data: bytes) -> None:
    """Word marks what was deleted or hidden with 1, or with 129: the opposite of its style, which says nothing."""
    main = streams(data)["WordDocument"]
    altered_main = main.replace(b"\x3c\x08\x01", b"\x3c\x08\x81").replace(b"\x00\x08\x01", b"\x00\x08\x81")
    assert altered_main != main
    assert read(ole(streams(data) | {"WordDocument": altered_main}), "a.doc").blocks == read(data, "a.doc").blocks


@pytest.mark.parametrize(("code", "left"), [(0x0800, "12"), (0x083C, "1\r2"), (0x0837, "19\r92")])
def test_a_mark_that_is_hidden_still_ends_its_paragraph(code: int, left: str) -> None:
    """One that was deleted joins two paragraphs; one that only is not shown parts them, as before a table."""
    assert shown("19\r92", [(1, 4, [(code, b"\x81")])], lambda: True).text.replace("\0", "") == left


def test_what_a_style_says_is_turned_by_the_opposite(data: bytes) -> None:
    """In a style that hides and strikes out, the opposite is plain text; what is deleted and struck out leaves no stroke."""
    parts = streams(data)
    file = WordFile(parts)
    hiding = file._plain._replace(looks=frozenset((0x083C, 0x0837)))
    said = ((0x083C, b"\x81"), (0x0837, b"\x81"), (0x0800, b"\x81"))
    file._around = lambda _: hiding  # type: ignore[method-assign]
    assert file._said(0, said) == [(0x0800, b"\x81")]
    file._struck = [(0, 3)]
    assert file._with_strokes("1\0\0", 0) == "1\u0336\0\0"


def test_a_file_saved_fast_says_of_a_piece_what_is_deleted(data: bytes) -> None:
    """Properties stand with the piece of text: in two bytes, or by the number of a list before the table of pieces."""
    parts = streams(data)
    clx, table = Parts(parts).part(33), parts["1Table"]
    at, count = table.index(clx), (int.from_bytes(clx[1:5], "little") - 4) // 12
    first = at + 5 + 4 * (count + 1) + 6
    start, end, _, _ = Pieces(Parts(parts)).stretches[0]
    lost = Pieces(Parts(parts)).text[start:end].split("\r")[0]
    assert lost and lost in "".join(paragraphs(read(data, "a.doc")))
    deleted, hidden = (
        ole(parts | {"1Table": table[:first] + (code << 1 | 1 << 8).to_bytes(2, "little") + table[first + 2 :]})
        for code in (0x41, 0x5C)
    )
    with pytest.raises(Unreadable, match="no text"):
        read(deleted, "a.doc")
    assert lost not in "".join(paragraphs(read(hidden, "a.doc")))


def test_streams_are_found_however_their_letters_are_written(data: bytes) -> None:
    """A directory that writes WORDDOCUMENT is that of a document."""
    parts = {name.upper(): content for name, content in streams(data).items()}
    assert read(ole(parts), "a.doc").blocks == read(data, "a.doc").blocks
