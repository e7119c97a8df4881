"""What nobody sees is not read: text of the colour of what lies behind it, or too small to be a text, in every format alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_files import docx, tbl, tc, tr, xlsx
from read_blocks import grids, texts

from ogi.readers import read

DOC = Path(__file__).parents[1] / "fixtures" / "doc"
WHITE, SMALL = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'


def shade(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def word(run: str, paragraph: str = "", cell: str = "", table: str = "", **parts: str) -> str:
    """The text of a cell of Word that holds a 9 of these properties before a 7."""
    inside = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>9</w:t></w:r><w:r><w:t>7</w:t></w:r></w:p>"
    rows = tr(tc("甲"), tc("乙")) + tr(tc("丙"), f"<w:tc><w:tcPr>{cell}</w:tcPr>{inside}</w:tc>")
    body = tbl(rows).replace("<w:tblPr/>", f"<w:tblPr>{table}</w:tblPr>")
    return texts(grids(read(docx(body, **parts), "a.docx"))[0])[1][1]


@pytest.mark.parametrize(
    ("run", "outer", "text"),
    [
        (WHITE, {}, "7"),
        (SMALL, {}, "7"),
        ('<w:sz w:val="3"/>', {}, "97"),
        ('<w:color w:val="FDFDFD"/>', {"cell": shade("auto")}, "7"),
        ('<w:color w:val="D9D9D9"/>', {"cell": shade("D9D9D9")}, "7"),
        ('<w:color w:val="D9D9D9"/>', {}, "97"),
        (WHITE, {"cell": shade("1F4E79")}, "97"),
        (WHITE, {"paragraph": shade("1F4E79")}, "97"),
        (WHITE, {"paragraph": shade("FFFFFF"), "cell": shade("1F4E79")}, "7"),
        (WHITE + shade("1F4E79"), {}, "97"),
        (WHITE + '<w:highlight w:val="red"/>', {}, "97"),
        (WHITE, {"table": shade("1F4E79")}, "97"),
        (WHITE, {"table": '<w:tblStyle w:val="a"/>'}, "7"),
    ],
)
def test_in_word(run: str, outer: dict[str, str], text: str) -> None:
    """The nearest shading that is stated lies behind a run, else paper."""
    assert word(run, **outer) == text


def test_what_a_style_of_word_shades_is_not_known() -> None:
    """White text in a table whose style may shade it stays."""
    style = f'<w:style w:type="table" w:styleId="a"><w:tcPr>{shade("1F4E79")}</w:tcPr></w:style>'
    assert word(WHITE, table='<w:tblStyle w:val="a"/>', styles=style) == "97"


@pytest.mark.parametrize(("name", "white"), [("unseen.doc", "7"), ("shaded.doc", "127")])
def test_in_binary_word(name: str, white: str) -> None:
    """White on paper and text of one point are not seen, white on a shaded ground is."""
    assert texts(grids(read((DOC / name).read_bytes(), name))[0])[1] == [white, "7", "127"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<span style='color:#FFF'>9</span>7", "7"),
        ("<font color=white>9</font>7", "7"),
        ("<span style='color:rgb(255,255,255)'><b>9</b><i style='color:red'>7</i>8</span>", "7"),
        ("<p style='color:#fff;background:#1f4e79'>97</p>", "97"),
        ("<p style='color:#fff;background:url(a.png) white'>97</p>", "97"),
        ("<p class=dark>9<b>7</b></p>", "97"),
        ("<p class=pale>9</p>7", "7"),
        ("<b class=pale><a href=x>97</a></b>", "97"),
        ("<b style='font-size:0'>9<i style='font-size:12px'>7</i></b>", "7"),
        ("<b style='font-size:1pt'>9</b>7", "7"),
        ("<b style='font-size:1em'>9</b>7", "97"),
    ],
)
def test_in_html(inside: str, text: str) -> None:
    """Styles, sheets and old attributes tell the colour of a text and of what lies behind it."""
    sheet = "<style>.dark{color:#ffffff;background-color:navy} .pale{color:#fefefe}</style>"
    page = f"{sheet}<table bgcolor=#ffffff><tr><td>甲</td><td>{inside}</td></tr><tr><td>乙</td><td>0</td></tr></table>"
    assert texts(grids(read(page.encode(), "a.html"))[0])[0][1].replace("\n", "") == text


def test_style_sheets_outside_of_a_page_may_shade_anything() -> None:
    """White heads on a ground that the saved page does not tell are kept."""
    page = "<table><tr><td>甲</td><td><b style='color:#fff'>9</b></td></tr><tr><td>乙</td><td>0</td></tr></table>"
    linked = f"<link rel='stylesheet' href='site.css'>{page}"
    shown = [texts(grids(read(text.encode(), "a.html"))[0])[0][1] for text in (page, linked)]
    assert shown == ["", "9"]


@pytest.mark.parametrize("place", ["<td bgcolor=navy>{}</td>", "<td style='background:#123'>{}</td>"])
def test_a_shaded_cell_of_html_shows_white_text(place: str) -> None:
    """The ground of a cell holds for what stands in it."""
    page = f"<table><tr><td>甲</td>{place.format('<b style=color:#fff>9</b>7')}</tr><tr><td>乙</td><td>0</td></tr></table>"
    assert texts(grids(read(page.encode(), "a.html"))[0])[0][1] == "97"


@pytest.mark.parametrize(
    ("colour", "fill", "text"),
    [
        ('rgb="FFFFFFFF"', "", ""),
        ('theme="0"', '<patternFill patternType="none"/>', ""),
        ('theme="0" tint="-0.5"', "", "12"),
        ('indexed="9"', "", ""),
        ('theme="1"', "", "12"),
        ('rgb="FFFFFFFF"', '<patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill>', "12"),
        ('rgb="FFFFFFFF"', '<patternFill patternType="solid"><fgColor theme="4"/></patternFill>', "12"),
        ('rgb="FF1F4E79"', '<patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill>', ""),
        ('rgb="FFFFFFFF"', '<patternFill patternType="gray125"/>', "12"),
        ('rgb="FFFFFFFF"', "<gradientFill/>", "12"),
    ],
)
def test_in_a_sheet(colour: str, fill: str, text: str) -> None:
    """The font of a cell's style against what fills the cell."""
    fills = f"<fills><fill/><fill>{fill}</fill></fills>" if fill else ""
    styles = f'<fonts><font/><font><color {colour}/></font></fonts>{fills}<cellXfs><xf/><xf fontId="1" fillId="1"/></cellXfs>'
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>甲</t></is></c><c r="B{n}" s="{n - 1}"><v>12</v></c></row>'
        for n in (1, 2)
    )
    found = read(xlsx({"表": f"<sheetData>{rows}</sheetData>"}, styles=styles), "a.xlsx")
    assert texts(grids(found)[0]) == [["甲", "12"], ["甲", text]]
