"""What a format shows struck out, raised or lowered is told from the number beside it, in every format alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_files import docx, p, tbl, tc, tr, xlsx

from ogi.model import Grid
from ogi.readers import read

DOC = Path(__file__).parents[1] / "fixtures" / "doc" / "marked.doc"
STRUCK, RAISED, LOWERED = "1\u03362\u03367", "¹²7", "₁₂7"

RUN = "<w:r><w:rPr>{}</w:rPr><w:t>12</w:t></w:r><w:r><w:t>7</w:t></w:r>"
WORD = {
    STRUCK: ("<w:strike/>", "<w:dstrike/>"),
    "127": ('<w:strike w:val="0"/>', '<w:vertAlign w:val="baseline"/>'),
    RAISED: ('<w:vertAlign w:val="superscript"/>',),
    LOWERED: ('<w:vertAlign w:val="subscript"/>',),
}
HTML = {
    STRUCK: (
        "<s>12</s>7",
        "<del>1<b>2</b></del>7",
        "<strike>12</strike>7",
        '<span style="color:red;text-decoration: underline line-through">12</span>7',
        '<b style="text-decoration-line:line-through">12</b>7',
    ),
    "127": ('<span style="text-decoration:underline">12</span>7', "<u>12</u>7"),
    RAISED: ("<sup>12</sup>7",),
    LOWERED: ("<sub>12</sub>7",),
}
SHEET = {
    STRUCK: ("<strike/>",),
    "127": ('<strike val="0"/>', "<b/>"),
    RAISED: ('<vertAlign val="superscript"/>',),
    LOWERED: ('<vertAlign val="subscript"/>',),
}


def cells(data: bytes, name: str) -> list[list[str]]:
    (grid,) = (block for block in read(data, name).blocks if isinstance(block, Grid))
    return [[cell.text for cell in row] for row in grid.rows()]


def cases(looks: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(look, text) for text, several in looks.items() for look in several]


@pytest.mark.parametrize(("look", "text"), cases(WORD))
@pytest.mark.parametrize("beside", ["", p("旁"), tbl(tr(tc("内")))])
def test_in_word(look: str, text: str, beside: str) -> None:
    """A run's own properties tell, in a cell of plain text and in one that holds more."""
    cell = f"<w:tc><w:tcPr/><w:p>{RUN.format(look)}</w:p>{beside}</w:tc>"
    table = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), cell), tr(tc("丁"), tc("0")), tr(tc("戊"), tc("1")))
    found = [b for b in read(docx(table), "a.docx").blocks if isinstance(b, Grid)][-1]
    assert [c.text.split("\n")[0] for c in found.cells if (c.row, c.col) == (2, 2)] == [text]


@pytest.mark.parametrize(("look", "text"), cases(HTML))
def test_in_html(look: str, text: str) -> None:
    """Elements and styles tell; an underline does not."""
    page = f"<table><tr><td>甲</td><td>{look}</td></tr><tr><td>乙</td><td>0</td></tr></table>"
    assert cells(page.encode(), "a.html") == [["甲", text], ["乙", "0"]]


@pytest.mark.parametrize(("look", "text"), cases(SHEET))
def test_in_a_run_of_a_sheets_text(look: str, text: str) -> None:
    """The font of a run tells."""
    rich = f"<is><r><rPr>{look}</rPr><t>12</t></r><r><t>7</t></r></is>"
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="inlineStr">{rich}</c></row>'
    more = '<row r="2"><c r="A2" t="inlineStr"><is><t>乙</t></is></c><c r="B2"><v>0</v></c></row>'
    assert cells(xlsx({"表": f"<sheetData>{rows}{more}</sheetData>"}), "a.xlsx") == [["甲", text], ["乙", "0"]]


def test_in_a_whole_cell_of_a_sheet() -> None:
    """The font of a cell's style tells, for numbers too."""
    styles = (
        "<fonts><font/><font><strike/></font></fonts>"
        '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="9"/></cellXfs>'
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>甲</t></is></c><c r="B{n}" s="{n - 1}"><v>12</v></c></row>'
        for n in (1, 2, 3)
    )
    found = cells(xlsx({"表": f"<sheetData>{rows}</sheetData>"}, styles=styles), "a.xlsx")
    assert [row[1] for row in found] == ["12", "1\u03362\u0336", "12"]


def test_in_binary_word() -> None:
    """Struck out once, twice, not; raised; lowered: as LibreOffice writes them."""
    assert cells(DOC.read_bytes(), "a.doc") == [["甲", "乙", "丙", "丁", "戊"], [STRUCK, STRUCK, "127", RAISED, LOWERED]]
