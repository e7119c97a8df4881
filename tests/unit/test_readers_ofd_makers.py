"""What makers of OFD do beyond the plain page: units, parameters, windows, paint, parts under other names, scanned pages."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from ofd_sheets import ofd
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile
from read_blocks import grids
from sheets import Sheet

from ogi.errors import Unreadable
from ogi.model import Document, Paragraph
from ogi.readers import ofd as reader
from ogi.readers import scan
from ogi.readers.marked import UNREAD

WIDTHS = (60.0, 140.0, 60.0, 60.0)
TEXT = ('<ofd:TextObject ID="7" Boundary="{}" Size="{}"{}><ofd:TextCode X="0" Y="{}" DeltaX="{}">{}</ofd:TextCode>{}'
        "</ofd:TextObject>")
FORM = [["", "1.属于国家秘密", "", ""], ["", "2.其他事项说明", "", ""]]


def resources(body: str) -> dict[str, bytes]:
    return {"Doc_0/DocumentRes.xml": f'<Res BaseLoc="Res">{body}</Res>'.encode()}


def texts(document: Document) -> list[str]:
    return [cell.text for grid in grids(document) for cell in grid.cells]


def form() -> Sheet:
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, FORM)
    return sheet


def at(x: float, baseline: float, text: str, more: str = "", inner: str = "", step: float = 1.85) -> str:
    """Points to millimetres: a text of 10.5 points whose baseline stands there."""
    box = f"{x * 25.4 / 72} {baseline * 25.4 / 72 - 4} 40 5"
    return TEXT.format(box, 3.7, more, 4, f"g {len(text)} {step}", text, inner)


@pytest.mark.parametrize("steps", ['DeltaX="1.85"', 'DeltaX="1.85" DeltaY="0"', 'DeltaX="g 2 1.85"', ""])
def test_a_step_given_once_counts_for_all_characters(steps: str) -> None:
    """Makers of invoices write DeltaX="1.59" for 100.00: the characters do not stand on each other."""
    given = at(285, 115, "10007").replace('DeltaX="g 5 1.85"', steps)
    assert texts(reader.read(ofd([form()], extra=given)))[2] == "10007"


def test_units_drawn_by_reference_are_read_where_they_stand() -> None:
    """A CompositeObject draws a unit of the resources, itself holding one, each with its own transform."""
    inner = TEXT.format("10 0 400 50", 37, "", 0, "g 2 18.5", "17", "")
    units = (f'<CompositeGraphicUnit ID="31" xmlns:ofd="o"><Content>{inner}</Content></CompositeGraphicUnit>'
             '<CompositeGraphicUnit ID="30"><Content><CompositeObject Boundary="0 0 900 900" ResourceID="31"/></Content>'
             "</CompositeGraphicUnit>")
    places = [(285, 115), (345, 139)]
    extra = "".join(f'<ofd:CompositeObject ID="9" Boundary="{x * 25.4 / 72 - 1} {y * 25.4 / 72} 90 90" '
                    'CTM="0.1 0 0 0.1 0 0" ResourceID="30"/>' for x, y in places)
    read = reader.read(ofd([form()], extra=extra, parts=resources(units)))
    assert texts(read) == ["", "1.属于国家秘密", "17", "", "", "2.其他事项说明", "", "17"]


def test_a_unit_that_draws_itself_ends() -> None:
    """References in a circle, or units that multiply, cost what they draw and no more."""
    unit = '<CompositeGraphicUnit ID="30"><Content>{}</Content></CompositeGraphicUnit>'
    again = '<CompositeObject Boundary="0 0 9 9" ResourceID="30"/>'
    extra = '<ofd:CompositeObject ID="9" Boundary="0 0 9 9" ResourceID="30"/>'
    assert texts(reader.read(ofd([form()], extra=extra, parts=resources(unit.format(again)))))[1] == "1.属于国家秘密"
    with pytest.raises(Unreadable, match="300,000"):
        reader.read(ofd([form()], extra=extra, parts=resources(unit.format(9 * again))))


@pytest.mark.parametrize(("more", "inner"), [
    ("", '<ofd:FillColor Value="255 255 255"/>'),
    ("", '<ofd:FillColor Value="255"/>'),
    ("", '<ofd:FillColor Value="0 0 0 0"/>'),
    (' DrawParam="40"', ""),
    (' Fill="false"', ""),
    (' Alpha="0"', ""),
    ("", '<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
    ("", '<ofd:Clips TransFlag="false"><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 9 0">'
         "<ofd:AbbreviatedData>M 0 0 L 9 0 L 9 0 L 0 0 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"),
], ids=["white", "grey", "cmyk", "parameters", "unfilled", "clear", "clear-fill", "clipped"])
def test_digits_that_nobody_sees_are_no_number(more: str, inner: str) -> None:
    """White as the paper, not painted, transparent, or behind a window of no height."""
    looks = ('<DrawParams><DrawParam ID="41"><FillColor Value="255 255 255"/></DrawParam><DrawParam ID="40" Relative="41"/>'
             "</DrawParams>")
    extra = at(285, 115, "17") + at(296, 115, "9", more, inner)
    assert texts(reader.read(ofd([form()], extra=extra, parts=resources(looks))))[2] == "17"


def test_white_digits_on_a_dark_cell_are_read() -> None:
    """A head printed white on blue is a head."""
    sheet = form()
    sheet.fills.append((282, 101, 338, 122, "0 0 0.5"))
    extra = at(285, 115, "17", "", '<ofd:FillColor Value="255 255 255"/>')
    assert texts(reader.read(ofd([sheet], extra=extra)))[2] == "17"


@pytest.mark.parametrize(("colour", "left"), [("255 255 255", "5"), ("0 0 0", UNREAD + "5")])
def test_what_is_painted_over_is_not_read(colour: str, left: str) -> None:
    """White paint corrects a number; black paint hides one, whose cell is not blank."""
    cover = ('<ofd:PathObject ID="8" Boundary="100 36 6 5" Stroke="false" Fill="true"><ofd:FillColor Value="{}"/>'
             "<ofd:AbbreviatedData>M 0 0 L 6 0 L 6 5 L 0 5 C</ofd:AbbreviatedData></ofd:PathObject>")
    extra = at(285, 115, "17") + cover.format(colour) + at(310, 115, "5")
    read = texts(reader.read(ofd([form()], extra=extra)))[2]
    assert "".join(read.split()).replace(2 * UNREAD, UNREAD) == left


def test_the_outline_of_a_letter_is_no_rule() -> None:
    """Makers draw the shape of a letter over it, as a path with curves: it strikes nothing out."""
    outline = ('<ofd:PathObject ID="8" Boundary="100 37 6 4" LineWidth="0.003"><ofd:AbbreviatedData>M 0.2 2 L 4 2 '
               "B 4 2.2 4 2.4 3.8 2.4 L 0.2 2.4 C</ofd:AbbreviatedData></ofd:PathObject>")
    assert texts(reader.read(ofd([form()], extra=at(285, 115, "17") + outline)))[2] == "17"


def test_names_of_parts_are_found_however_their_letters_are_written() -> None:
    """Programs that make these files mix large and small letters; those that show them do not mind."""
    data = ofd([Sheet()], template=form(), extra=at(285, 115, "17"))
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            archive.writestr(name.replace("Tpls", "TPLS").replace("Pages", "pages"), source.read(name))
    assert texts(reader.read(out.getvalue()))[2] == "17"


@pytest.mark.parametrize(("lost", "said"), [("Pages/Page_0/", "第 1 页残缺或已损坏"), ("Tpls/", "Tpls/Tpl_0/Content.xml 缺失")])
def test_a_part_that_is_missing_costs_only_what_stands_on_it(lost: str, said: str) -> None:
    """The other pages are read, and what is lost is said."""
    source, out = zipfile.ZipFile(io.BytesIO(ofd([form(), Sheet()], template=form(), extra=at(285, 115, "17")))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            if lost not in name:
                archive.writestr(name, source.read(name))
    read = reader.read(out.getvalue())
    assert "17" in texts(read) or "17" in [b.text for b in read.blocks if isinstance(b, Paragraph)]
    found = [issue for issue in read.issues if issue.code == "part-not-read"]
    assert found and found[0].severity == "error" and said in found[0].message


def test_a_second_document_inside_is_said() -> None:
    """An OFD may hold several documents; the first is the report."""
    source, out = zipfile.ZipFile(io.BytesIO(ofd([form()]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "OFD.xml":
                second = b"<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
                data = data.replace(b"</ofd:OFD>", second + b"</ofd:OFD>")
            archive.writestr(name, data)
    assert [issue.code for issue in reader.read(out.getvalue()).issues] == ["part-not-read"]


def test_a_scanned_page_lies_as_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strips side by side, turned by their transform, in any of the formats of pictures, make up one page."""
    seen: list[Image.Image] = []

    def recognised(picture: Image.Image, number: int, width: float, height: float) -> scan.Recognised:
        seen.append(picture)
        return scan.unread(number, width, height)

    monkeypatch.setattr(scan, "installed", lambda: True)
    monkeypatch.setattr(scan, "read_page", recognised)
    upper, lower = io.BytesIO(), io.BytesIO()
    for out, kind, ink, more in ((upper, "PNG", 0, {}), (lower, "TIFF", 1, {"compression": "group4"})):  # in a fax 1 is black
        strip = Image.new("1", (200, 100), 1 - ink)
        strip.paste(ink, (0, 0, 100, 50))  # the upper left quarter
        strip.save(out, kind, **more)
    named = "".join(f'<MultiMedia ID="{n}"><MediaFile>{n}</MediaFile></MultiMedia>' for n in (8, 9))
    images = ('<ofd:ImageObject ID="8" Boundary="0 0 100 200" CTM="0 200 -100 0 100 0" ResourceID="8"/>'
              '<ofd:ImageObject ID="9" Boundary="100 0 100 200" CTM="100 0 0 200 0 0" ResourceID="9"/>')
    with Image.open(lower) as tiff:
        assert isinstance(tiff, TiffImageFile)
        fax = lower.getvalue()[tiff.tag_v2[273][0]:][:tiff.tag_v2[279][0]]
    parts = resources(named) | {"Doc_0/Res/8": upper.getvalue(), "Doc_0/Res/9": jbig2(fax, 200, 100)}
    reader.read(ofd([Sheet(566.9, 566.9)], extra=images, parts=parts))
    page = seen[0].convert("L")
    wide, high = page.size

    def dark(x: float, y: float) -> bool:
        value = page.getpixel((int(x * wide), int(y * high)))
        assert isinstance(value, int)
        return value < 128

    # the first strip is turned with the clock: its dark quarter is its upper right; the second stands as it is
    assert [dark(x, 0.25) for x in (0.125, 0.375, 0.625, 0.875)] == [False, True, True, False]
    assert not any(dark(x, 0.75) for x in (0.125, 0.375, 0.625, 0.875))


def jbig2(fax: bytes, width: int, height: int) -> bytes:
    """A file of JBIG2 whose page is one generic region coded as a fax (MMR)."""
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + fax
    segments = [(0, 48, page), (1, 38, region)]
    body = b"".join(struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data for number, kind, data in segments)
    return b"\x97JB2\r\n\x1a\n" + struct.pack(">BI", 1, 1) + body


def test_a_page_whose_picture_cannot_be_opened_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the recogniser there, a picture in a format that nothing opens is an error on its page; the other pages stay."""
    monkeypatch.setattr(scan, "installed", lambda: True)
    image = '<ofd:ImageObject ID="8" Boundary="0 0 210 297" ResourceID="8"/>'
    parts = resources('<MultiMedia ID="8"><MediaFile>8</MediaFile></MultiMedia>') | {"Doc_0/Res/8": b"\x97JB2\r\n\x1a\n"}
    text = [Sheet(), Sheet()]
    text[0].table(80, 100, WIDTHS, FORM)
    text[0].text(80, 60, "这一页上的文字多到不会当成一张图片上的几个字来看待也就是二十个字以上")
    read = reader.read(ofd(text, extra=image, parts=parts))
    assert [(issue.code, issue.severity, issue.locator) for issue in read.issues] == [("page-is-picture", "error", "page=2")]
    assert texts(read)[1] == "1.属于国家秘密"
