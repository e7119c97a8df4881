"""The OFD reader on files written after the standard."""

from __future__ import annotations

import io
import zipfile

import pytest
from ofd_sheets import ofd
from PIL import Image
from read_blocks import grids
from sheets import Sheet, pdf

from ogi.errors import Unreadable
from ogi.model import Document, Paragraph
from ogi.readers import ofd as reader
from ogi.readers import pdf as pdf_reader
from ogi.readers import scan

WIDTHS = (60.0, 140.0, 60.0, 60.0)
ROWS = [["（三）", "1.属于国家秘密", "1", "2"], ["^", "2.其他事项说明", "", "45"], ["总计", "<", "1", "47"]]


def shapes(document: Document) -> list[list[tuple[str, int, int, int, int]]]:
    return [[(c.text, c.row, c.col, c.rowspan, c.colspan) for c in grid.cells] for grid in grids(document)]


def report() -> list[Sheet]:
    first, second = Sheet(), Sheet()
    first.text(80, 60, "一、总体情况")
    first.table(80, 690, WIDTHS, ROWS)
    second.table(80, 60, WIDTHS, [["四", "3.要求提供公开出版物", "5", "6"]])
    second.text(80, 200, "五、存在的主要问题")
    return [first, second]


def test_an_ofd_gives_the_tables_of_the_same_pages_as_pdf() -> None:
    """Text, spans, joined pages: all as the PDF of the same sheets."""
    from_ofd, from_pdf = reader.read(ofd(report())), pdf_reader.read(pdf(report()))
    assert shapes(from_ofd) == shapes(from_pdf) and len(shapes(from_ofd)[0]) == 14
    assert [b.text for b in from_ofd.blocks if isinstance(b, Paragraph)] == ["一、总体情况", "五、存在的主要问题"]
    assert from_ofd.format == "ofd"


def test_millimetres_become_points() -> None:
    """A locator is in points, whatever the file's unit."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, ROWS)
    assert grids(reader.read(ofd([sheet])))[0].cells[0].locator == (
        "page=1;table=1;row=1;col=1;bbox=80,100,140,148")


def test_a_template_lies_under_every_page() -> None:
    """The rules of a form may stand in a template page, and its numbers on the page."""
    form, page = Sheet(), Sheet()
    form.table(80, 100, WIDTHS, [["", "1.属于国家秘密", "", ""], ["", "2.其他事项说明", "", ""]])
    page.text(285, 115, "17")
    page.text(345, 139, "3")
    assert [c.text for c in grids(reader.read(ofd([page], template=form)))[0].cells] == [
        "", "1.属于国家秘密", "17", "", "", "2.其他事项说明", "", "3"]


def test_the_transform_of_an_object_moves_it() -> None:
    """A CTM applies before the Boundary: what is drawn at half size and scaled up stands where it is seen."""
    sheet, half = Sheet(), Sheet()
    sheet.table(80, 100, WIDTHS, ROWS)
    half.table(40, 50, [w / 2 for w in WIDTHS], ROWS, height=12, size=5.25)
    assert shapes(reader.read(ofd([half], ctm="2 0 0 2 0 0"))) == shapes(reader.read(ofd([sheet])))


def test_text_on_its_side_is_read_upright() -> None:
    """A table turned by the CTM of its objects gives the same rows, its locators as the page is shown."""
    sheet = Sheet(595.0, 595.0)
    sheet.table(80, 100, WIDTHS, ROWS)
    turned = reader.read(ofd([sheet], ctm=f"0 -1 1 0 0 {595 * 25.4 / 72}"))
    assert shapes(turned) == shapes(reader.read(ofd([sheet])))
    assert grids(turned)[0].cells[0].locator == "page=1;table=1;row=1;col=1;bbox=100,455,148,515"


def test_what_is_invisible_is_not_read_and_blocks_are_opened() -> None:
    """Visible="false" hides an object; text in nested page blocks is read."""
    text = '<ofd:TextObject ID="7" Boundary="0 0 210 297" Size="4"{}><ofd:TextCode X="20" Y="{}">{}</ofd:TextCode>'
    text += "</ofd:TextObject>"
    extra = text.format(' Visible="false"', 30, "看不见") + (
        "<ofd:PageBlock><ofd:PageBlock>" + text.format("", 50, "看得见") + "</ofd:PageBlock></ofd:PageBlock>")
    assert [b.text for b in reader.read(ofd([Sheet()], extra=extra)).blocks if isinstance(b, Paragraph)] == ["看得见"]


@pytest.mark.parametrize("look", ['CTM="0.87 -0.5 0.5 0.87 0 0"', 'Alpha="80"'])
def test_a_watermark_is_no_number_of_a_table(look: str) -> None:
    """Text askew, or through which the page shines, is furniture."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, ROWS)
    mark = f'<ofd:TextObject ID="7" Boundary="100 20 100 100" {look} Size="5"><ofd:TextCode X="2" Y="22">77</ofd:TextCode>'
    document = reader.read(ofd([sheet], extra=mark + "</ofd:TextObject>"))
    assert shapes(document) == shapes(reader.read(ofd([sheet])))
    assert [block.text for block in document.furniture] == ["77"]


def test_a_page_that_is_a_picture_says_what_would_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the recogniser a page of pixels is an error that names the extra."""
    monkeypatch.setattr(scan, "installed", lambda: False)
    image = '<ofd:ImageObject ID="8" Boundary="0 0 210 297" ResourceID="9"/>'
    with pytest.raises(Unreadable, match="ogi-reports\\[ocr\\]"):
        reader.read(ofd([Sheet()], extra=image))


def test_of_the_pictures_of_a_scanned_page_the_largest_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bytes are found by way of the resources that the document names; nonsense in one picture leaves the others."""
    seen: list[tuple[int, int]] = []

    def recognised(picture: Image.Image, number: int, width: float, height: float) -> scan.Recognised:
        seen.append(picture.size)
        return scan.unread(number, width, height)

    def png(*size: int) -> bytes:
        out = io.BytesIO()
        Image.new("L", size, 255).save(out, "PNG")
        return out.getvalue()

    monkeypatch.setattr(scan, "installed", lambda: True)
    monkeypatch.setattr(scan, "read_page", recognised)
    named = "".join(f'<MultiMedia ID="{n}"><MediaFile>{n}.png</MediaFile></MultiMedia>' for n in (7, 8, 9))
    places = {7: "0 0 x nan", 8: "0 0 40 40", 9: "0 0 210 297"}
    images = "".join(f'<ofd:ImageObject ID="{n}" Boundary="{at}" ResourceID="{n}"/>' for n, at in places.items())
    parts = {"Doc_0/DocumentRes.xml": f'<Res BaseLoc="Res">{named}</Res>'.encode()}
    parts |= {"Doc_0/Res/8.png": png(20, 20), "Doc_0/Res/9.png": png(210, 297)}
    assert reader.read(ofd([Sheet()], extra=images, parts=parts)).blocks == ()
    assert seen == [(210, 297)]


def test_a_broken_number_or_path_costs_only_itself() -> None:
    """Nonsense in one object leaves the others as they are."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, ROWS)
    extra = ('<ofd:PathObject ID="9" Boundary="a b c d"><ofd:AbbreviatedData>M 1 L Q 7 x 1e999</ofd:AbbreviatedData>'
             '</ofd:PathObject><ofd:TextObject ID="1" Boundary="0 0 210 297" Size="nan">'
             '<ofd:TextCode X="inf" Y="1" DeltaX="g 999999999 1">甲乙</ofd:TextCode></ofd:TextObject>')
    assert shapes(reader.read(ofd([sheet], extra=extra))) == shapes(reader.read(ofd([sheet])))


def test_names_inside_are_looked_up_in_the_zip_only() -> None:
    """A page that is said to lie outside of the package is missing, whatever there is on the disk."""
    data = ofd([Sheet()])
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(b"Pages/Page_0", b"../../../../etc"))
    with pytest.raises(Unreadable, match="missing"):
        reader.read(out.getvalue())


@pytest.mark.parametrize("cut", [60, 400])
def test_a_package_cut_off_is_an_error(cut: int) -> None:
    """A truncated zip is refused with a remedy."""
    with pytest.raises(Unreadable) as caught:
        reader.read(ofd([Sheet()])[:cut])
    assert caught.value.remedy


def test_only_an_ofd_is_taken_for_one() -> None:
    """A zip without OFD.xml, or a PDF, is none."""
    assert reader.sniff(ofd([Sheet()]))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert not reader.sniff(other.getvalue()) and not reader.sniff(pdf([Sheet()]))
