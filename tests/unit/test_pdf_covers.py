"""What a PDF page shows is what is read: not what is painted over, but what is typed into its fields or onto it."""

from __future__ import annotations

import re

import pytest
from sheets import Sheet, assemble, pdf

from ogi.extract.numbers import is_value, read_number
from ogi.model import Document, Grid
from ogi.readers import read

WIDTHS = (40, 200, 60, 60)
OVER = "324 726 20 14 re f"  # the place of «12», from below
TYPED = "BT /F 10.5 Tf {} {} Td <{}> Tj ET"
LOST = "\ufffd\ufffd"


def typed(text: str, x: float, y: float) -> str:
    return TYPED.format(x, y, text.encode("utf-16-be").hex())


def sheet(printed: str = "12") -> Sheet:
    page = Sheet()
    page.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "", "2"], ["二", "2.其他事项说明", "30", "45"]])
    if printed:
        page.text(325, 113.5, printed)
    return page


def annotated(printed: str, kind: str, shows: str) -> bytes:
    """The page with an annotation over «12» whose look is this content."""
    objects = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj", pdf([sheet(printed)]), re.S)
    look = f"<</Type/XObject/Subtype/Form/BBox[0 0 20 14]/Resources<</Font<</F 3 0 R>>>>/Length {len(shows)}>>"
    objects.append(f"{look}\nstream\n{shows}\nendstream".encode())
    note = f"<</Type/Annot/Subtype/{kind}/Rect[324 726 344 740]/F 4/AP<</N {len(objects)} 0 R>>>>"
    objects.append(note.encode())
    entry = f"/Type/Page/Annots[{len(objects)} 0 R]/".encode()
    return assemble([o.replace(b"/Type/Page/", entry, 1) if b"/Type/Page/" in o else o for o in objects])


def cell(data: bytes) -> str:
    document: Document = read(data, "a.pdf")
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    rows = [[c.text for c in row] for row in grid.rows()]
    assert rows[1] == ["二", "2.其他事项说明", "30", "45"]
    return rows[0][2]


@pytest.mark.parametrize(("painted", "text"), [
    (f"q 1 1 1 rg {OVER} Q {typed('15', 325, 728.5)}", "15"),
    (f"q 1 1 1 rg {OVER} Q", ""),
    ("q 1 1 1 rg 324 726 6 14 re f Q", "2"),
    (f"q 0 0 0 rg {OVER} Q", LOST),
    (f"q 0.9 0.2 0.2 rg {OVER} Q", LOST),
    ("q 1 1 1 rg 400 726 20 14 re f Q", "12"),
    (typed("15", 325, 728.5), "15\ufffd"),
    (typed("12", 325.3, 728.5), "12"),
    (f"3 Tr {typed('7', 340, 728.5)}", "12"),
    (typed("7", 336, 728.5).replace("10.5", "0.4"), "12"),
])  # fmt: skip
def test_what_is_painted_over_is_not_read(painted: str, text: str) -> None:
    """Paper over a number is a correction, colour over it a redaction, another number in its place a doubt."""
    found = cell(pdf([sheet()], extra=f"\n{painted}\n".encode()))
    assert found == text
    assert is_value(found) and (read_number(found).value is None) is (not found.isdigit())


@pytest.mark.parametrize(("painted", "text"), [
    (f"q 1 1 1 rg {typed('7', 340, 728.5)} Q", "12"),
    (f"q 1 1 1 rg {typed('7', 320, 728.5)} Q", "12"),
    (f"q 1 1 1 rg {typed('7', 338, 728.5)} Q {typed('9', 344, 728.5)}", "12 9"),
])  # fmt: skip
def test_white_text_is_no_text_wherever_it_stands_in_its_line(painted: str, text: str) -> None:
    """It hides nothing that is printed beside it on the same line, and borrows no ink from it."""
    assert cell(pdf([sheet()], extra=f"\n{painted}\n".encode())) == text


def test_a_box_drawn_before_the_text_hides_nothing() -> None:
    """The shade of a cell lies under its number."""
    page = sheet()
    page.fill(320, 100, 380, 124)
    assert cell(pdf([page])) == "12"


def test_a_highlight_that_lets_the_text_through_hides_nothing() -> None:
    """An opaque colour hides, one that multiplies does not."""
    data = pdf([sheet()], extra=f"\nq /G gs 1 1 0 rg {OVER} Q\n".encode())
    font, multiplying = b"<</Font<</F 3 0 R>>", b"/ExtGState<</G<</BM/Multiply>>>>"
    see_through = data.replace(font + b">>", font + multiplying + b">>")
    assert cell(assemble(re.findall(rb"\d+ 0 obj\n(.*?)\nendobj", see_through, re.S))) == "12"
    assert cell(data) == LOST


@pytest.mark.parametrize(("printed", "kind", "shows", "text"), [
    ("", "Widget", typed("7", 12, 3), "7"),
    ("12", "FreeText", f"1 1 1 rg 0 0 20 14 re f 0 g {typed('15', 1, 3)}", "15"),
    ("12", "StrikeOut", "1 0 0 RG 1 w 1 7 m 11.5 7 l S", "1\u03362\u0336"),
    ("12", "Link", typed("7", 12, 3), "12"),
    ("12", "Stamp", typed("7", 12, 3), "12"),
    ("12", "Widget/FT/Sig", typed("7", 12, 3), "12"),
])  # fmt: skip
def test_what_is_typed_onto_a_page_is_read(printed: str, kind: str, shows: str, text: str) -> None:
    """Fields of a form, notes and strokes are part of the page as shown; what a link, a seal or a signature looks like is not."""
    assert cell(annotated(printed, kind, shows)) == text


def test_characters_without_height_break_nothing() -> None:
    """A font whose box is flat gives no gap to measure."""
    squashed = "BT /F 10.5 Tf 1 0 0 0 {} 728.5 Tm <002d0020003100310031> Tj ET"
    data = pdf([sheet("")], extra=("\n" + squashed.format(325) + "\n" + squashed.format(385) + "\n").encode())
    assert read(data, "a.pdf").blocks


def test_a_character_with_its_text_beside_it_stands_in_its_place_within_a_scaled_form() -> None:
    """Browsers write so those that have radicals alike; each is a text of its own."""
    words = ["BT /F 20 Tf 1 0 0 1 {} 1400 Tm <{}> Tj ET".format(x, text.encode("utf-16-be").hex())
             for x, text in ((160, "行"), (180, "政许可"), (600, "12"))]
    content = "/Span<</ActualText<FEFF884C>>>BDC " + words[0] + " EMC " + " ".join(words[1:])
    objects = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj", pdf([Sheet()]), re.S)
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 1200 1700]/Resources<</Font<</F 3 0 R>>>>"
    objects.append(f"{form}/Length {len(content)}>>\nstream\n{content}\nendstream".encode())
    objects.append(b"<</Length 26>>\nstream\nq .5 0 0 .5 0 0 cm /X Do Q\nendstream")
    entry = b"/Resources<</XObject<</X %d 0 R>>>>/Contents %d 0 R>>" % (len(objects) - 1, len(objects))
    objects = [re.sub(rb"/Resources<</Font.*", entry, o) if b"/Type/Page/" in o else o for o in objects]
    assert [block.text for block in read(assemble(objects), "a.pdf").blocks if not isinstance(block, Grid)] == ["行政许可\t12"]
