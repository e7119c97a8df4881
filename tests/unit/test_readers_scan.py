"""The reader of pictures: on two committed scans (one leans, both bear a seal), and on what is no page at all."""

from __future__ import annotations

import io
import math
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sheets import Sheet, pdf

from ogi.errors import Unreadable
from ogi.model import Document, Grid, GridCell, Paragraph
from ogi.readers import pdf as pdf_reader
from ogi.readers import scan as reader
from ogi.readers.marked import UNREAD
from ogi.readers.page.drawn import unread
from ogi.readers.pdf.file import opened
from ogi.readers.scan import doubts as scan_doubts
from ogi.readers.scan import image as scan_image
from ogi.readers.scan import page as scan_page
from ogi.readers.scan import slant as scan_slant
from ogi.readers.scan import strips as scan_strips
from ogi.readers.scan import text as scan_text
from ogi.readers.scan.text import Recognised

SCANS = Path(__file__).parents[1] / "fixtures" / "scan"
NUMBERS = [["0", "0", "12"], ["3", "", "3985"], ["0", "0", "0"], ["746", "0", "769"], ["0", "8", "0"],
           ["2932", "0", "3050"]]


def scan(name: str) -> Document:
    return reader.read((SCANS / name).read_bytes())


def table(document: Document) -> Grid:
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    return grid


def middle(cell: GridCell) -> tuple[float, float]:
    found = re.search(r"bbox=([\d.]+),([\d.]+),([\d.]+),([\d.]+)", cell.locator)
    assert found
    x0, top, x1, bottom = map(float, found.groups())
    return (x0 + x1) / 2, (top + bottom) / 2


def encoded(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("name", ["leaning.jpg", "straight.jpg"])
def test_every_number_of_a_sealed_scan_is_right_and_certain(name: str) -> None:
    """Numbers, spans and blanks come out as printed, each with a score, and none under a doubt."""
    document = scan(name)
    rows = table(document).rows()
    assert [[cell.text for cell in row[-3:]] for row in rows] == NUMBERS
    assert [len(row) for row in rows] == [5, 4, 4, 5, 4, 4]
    assert (rows[0][0].rowspan, rows[3][0].rowspan, rows[5][0].colspan) == (3, 2, 2)
    assert all((cell.score is None) == (cell.text == "") for row in rows for cell in row)
    assert not document.issues and document.format == "scan"


def test_the_prose_of_a_scan_is_read() -> None:
    """Lines outside the table are paragraphs, their numbers right."""
    texts = [block.text for block in scan("straight.jpg").blocks if isinstance(block, Paragraph)]
    assert texts == ["三、收到和处理政府信息公开申请情况",
                     "本年度新收政府信息公开申请3119件，全年收取信息处理费3940元。"]


def test_the_locator_of_a_leaning_page_points_at_the_page_as_it_is() -> None:
    """Boxes are turned back: the last cell of the leaning scan lies where the lean has put it."""
    straight, leaning = table(scan("straight.jpg")).cells[-1], table(scan("leaning.jpg")).cells[-1]
    (x, y), turn = middle(straight), math.radians(-1.2)
    width, height = 595.0 * 1653 / 1000, 595.0
    dx, dy = x - width / 2, y - height / 2
    where = (width / 2 + dx * math.cos(turn) - dy * math.sin(turn),
             height / 2 + dx * math.sin(turn) + dy * math.cos(turn))
    assert math.dist(middle(leaning), where) < 3


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_upright(turn: int) -> None:
    """However the page was laid on the glass, the numbers are right, and locators are of the page as it lies."""
    page = Image.open(SCANS / "straight.jpg")
    document = reader.read(encoded(page.rotate(turn, expand=True), "PNG"))
    assert [[cell.text for cell in row[-3:]] for row in table(document).rows()] == NUMBERS
    width, height = (595.0 * 1653 / 1000, 595.0) if turn == 180 else (595.0, 595.0 * 1653 / 1000)
    x, y = middle(table(scan("straight.jpg")).cells[-1])
    where = {90: (y, height - x), 180: (width - x, height - y), 270: (width - y, x)}[turn]
    assert math.dist(middle(table(document).cells[-1]), where) < 3


def test_a_page_that_says_little_is_looked_at_whole_but_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where words are hard to read the other ways are tried on a few lines; a whole look costs as much as half a page."""
    looks = []
    look = scan_image.prepare
    monkeypatch.setattr(scan_strips, "LEGIBLE", 2.0)
    monkeypatch.setattr(scan_image, "prepare", lambda picture: looks.append(picture.size) or look(picture))
    page = Image.open(SCANS / "straight.jpg")
    assert scan_strips.upright(page, 595.0, 360.0).shown.turns == 0 and len(looks) == 1
    assert scan_strips.upright(page.rotate(90, expand=True), 360.0, 595.0).shown.turns == 1 and len(looks) == 3


@pytest.mark.parametrize(("said", "looks"), [
    (("行政许可", 0.99), 1), (("行政许可", 0.5), 2), (("123456", 1.0), 2), (("12件许可", 0.99), 2),
])  # fmt: skip
def test_only_what_is_clearly_words_is_read_squeezed(
    monkeypatch: pytest.MonkeyPatch, said: tuple[str, float], looks: int
) -> None:
    """A strip as wide as a short label may be a number, whose digits are always looked at in full width."""
    widths = []

    def read(crops: list[np.ndarray], ready: list[np.ndarray], numbers: bool) -> list[Recognised]:
        widths.extend(r.shape[1] for r in ready)
        return [Recognised(said[0], said[1], said[1]) for _ in crops]

    monkeypatch.setattr(scan_text, "_read", read)
    scan_text.recognise([np.full((40, 120), 255, np.uint8)])
    assert widths == [80, 144][:looks]


def test_lines_that_are_no_words_turn_no_page() -> None:
    """A page on which rules are left as strips, longer than any line of words, stays as it came."""
    page = Image.open(SCANS / "straight.jpg")
    pixels = np.asarray(page.convert("RGB")).copy()
    for y in range(700, 980, 20):
        pixels[y : y + 2, 60:1600] = 0
    found = scan_strips.upright(Image.fromarray(pixels), 595.0, 360.0)
    assert found.shown.turns == 0


def test_a_page_photographed_at_a_slant_is_read_as_from_above() -> None:
    """Rules that run together and are not at right angles become straight; locators are of the picture as it is."""
    import cv2

    page = Image.open(SCANS / "straight.jpg").convert("RGB")
    width, height = page.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = corners + np.array([[0, 0], [-30, 14], [-12, -20], [26, -4]], dtype=np.float32)
    slant = cv2.getPerspectiveTransform(corners, seen)
    slanted = cv2.warpPerspective(np.asarray(page), slant, (width, height), borderValue=(160, 155, 150))
    grid = table(reader.read(encoded(Image.fromarray(slanted), "PNG")))
    assert [[cell.text for cell in row[-3:]] for row in grid.rows()] == NUMBERS
    points = 595.0 / height
    for cell, straight in zip(grid.cells, table(scan("straight.jpg")).cells, strict=True):
        x, y = (value / points for value in middle(straight))
        where = scan_slant.moved(x, y, slant)
        assert math.dist(middle(cell), (where[0] * points, where[1] * points)) < 4


def test_a_scanned_pdf_goes_through_the_recogniser() -> None:
    """A PDF whose page is a picture gives the same numbers, in the points of its page."""
    data = encoded(Image.open(SCANS / "straight.jpg"), "PDF")
    document = pdf_reader.read(data)
    assert [[cell.text for cell in row[-3:]] for row in table(document).rows()] == NUMBERS
    assert document.format == "pdf" and document.blocks[0].locator.startswith("page=1;line=1;bbox=")


def test_without_the_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture, a scanned PDF and a PDF with a garbage text layer each say what to install."""
    monkeypatch.setattr(reader, "installed", lambda: False)
    garbage = Sheet()
    garbage.text(80, 100, "\ue001\ue002\ue003\ue004\ue005" * 6)
    for read, data in (
        (reader.read, (SCANS / "straight.jpg").read_bytes()),
        (pdf_reader.read, encoded(Image.open(SCANS / "straight.jpg"), "PDF")),
        (pdf_reader.read, pdf([garbage])),
    ):
        with pytest.raises(Unreadable, match="ogi-reports\\[ocr\\]"):
            read(data)


@pytest.mark.parametrize(
    ("text", "code"),
    [("eTýÄÂÐúÆ²³µÀÈÊÜÝãéíðñòõöùû" * 2, "text-layer-garbage"), ("（三）Ⅱ①±3·5％“α”【】→㎡ 本年处理决定" * 2, ""),
     ("སྲིད་གཞུང་གི་ཆ་འཕྲིན་མངོན་གསལ" * 2, "")],
)  # fmt: skip
def test_letters_that_no_chinese_text_holds_are_garbage(text: str, code: str) -> None:
    """A font without Unicode gives letters of some script for its ideographs; signs and Tibetan are what they seem."""
    with opened(pdf([Sheet(texts=[(80, 100, 10.5, text)])])) as file:
        assert unread(file.draw(1)) == code


def test_a_page_of_pixels_beside_pages_of_text_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the pages with text are read, and an issue names the page that was not."""
    monkeypatch.setattr(reader, "installed", lambda: False)
    whole, garbage = Sheet(), Sheet()
    whole.text(80, 100, "一、总体情况")
    garbage.text(80, 100, "\ue001\ue002\ue003\ue004\ue005" * 6)
    document = pdf_reader.read(pdf([whole, garbage]))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["一、总体情况"]
    assert [(i.code, i.severity, i.locator) for i in document.issues] == [("text-layer-garbage", "error", "page=2")]


def test_a_second_look_that_differs_is_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two looks at a number disagree, that cell and no other is under an issue."""
    look = scan_page.scan_text.recognise

    def differently(crops: list[np.ndarray], stretch: float = 1.0, numbers: bool = False) -> list[Recognised]:
        seen = look(crops, stretch, numbers)
        return seen if stretch == 1.0 else [r._replace(text="3986") if r.text == "3985" else r for r in seen]

    monkeypatch.setattr(scan_page.scan_text, "recognise", differently)
    document = scan("straight.jpg")
    (issue,) = document.issues
    cell = next(cell for cell in table(document).cells if cell.text == "3985")
    assert (issue.code, issue.severity, issue.raw, issue.locator) == (
        "recogniser-unsure", "warning", "3985", cell.locator)


def test_ink_that_cannot_be_read_is_no_blank_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell with ink and no text holds the replacement character and is under an issue: never an empty cell."""
    look = scan_page.scan_text.recognise
    monkeypatch.setattr(scan_page.scan_text, "recognise", lambda crops, stretch=1.0, numbers=False: [
        Recognised("", 0.0, 0.0) if r.text == "746" else r for r in look(crops, stretch, numbers)])
    document = scan("straight.jpg")
    lost = [cell for cell in table(document).cells if cell.text == UNREAD]
    assert len(lost) == 1 and [issue.locator for issue in document.issues] == [lost[0].locator]


@pytest.mark.parametrize(("said", "text", "doubted"), [
    ("U", "746", True), ("一", "—", False), ("7 4 6", "746", False), ("无", "无", False), ("746.", "746", True),
])  # fmt: skip
def test_what_can_only_be_a_number_is_read_as_one(
    monkeypatch: pytest.MonkeyPatch, said: str, text: str, doubted: bool
) -> None:
    """A letter alone in its cell is a digit, under a doubt; a lone stroke is a mark; wide digits stand apart for no reason."""
    look = scan_page.scan_text.recognise

    def otherwise(crops: list[np.ndarray], stretch: float = 1.0, numbers: bool = False) -> list[Recognised]:
        seen = look(crops, stretch, numbers)
        return seen if numbers else [r._replace(text=said) if r.text == "746" else r for r in seen]

    monkeypatch.setattr(scan_page.scan_text, "recognise", otherwise)
    document = scan("straight.jpg")
    assert [cell.text for cell in table(document).rows()[3][-3:]] == [text, "0", "769"]
    assert [issue.code for issue in document.issues] == ["recogniser-unsure"] * doubted


@pytest.mark.parametrize(("box", "doubted"), [((70, 190, 80, 194), True), ((120, 198, 124, 204), True), (None, False)])
def test_a_minus_or_a_point_that_was_not_read_is_a_doubt(
    monkeypatch: pytest.MonkeyPatch, box: tuple[int, int, int, int] | None, doubted: bool
) -> None:
    """A low thing before or between digits that the text has no sign for: the number may be another."""
    ink = np.zeros((300, 300), np.uint8)
    ink[180:204, 90:106] = ink[180:204, 130:146] = 1
    if box:
        ink[box[1] : box[3], box[0] : box[2]] = 1
    read = Recognised("23", 1.0, 1.0)
    monkeypatch.setattr(scan_text, "recognise", lambda crops, stretch=1.0, numbers=False: [read] * len(crops))
    page = scan_image.Upright(np.where(ink, 0, 255).astype(np.uint8), ink, 0.0)
    strip = scan_strips.Strip((0, 0), (box[0] if box and box[0] < 90 else 90, 180, 146, 204))
    texts, (doubt,) = scan_doubts.judged(page, [strip], [read], 24.0)
    assert texts == [read] and bool(doubt) is doubted


@pytest.mark.parametrize(("second", "doubted"), [("—", False), ("1", True)])
def test_a_stroke_is_a_mark_however_long_it_looks(
    monkeypatch: pytest.MonkeyPatch, second: str, doubted: bool
) -> None:
    """A short dash and a long one say the same, and how sure the recogniser is of the length says nothing."""
    again = Recognised(second, 0.6, 0.6)
    monkeypatch.setattr(scan_text, "recognise", lambda crops, stretch=1.0, numbers=False: [again] * len(crops))
    ink = np.zeros((300, 300), np.uint8)
    ink[190:194, 90:106] = 1
    page = scan_image.Upright(np.where(ink, 0, 255).astype(np.uint8), ink, 0.0)
    strip = scan_strips.Strip((0, 0), (90, 190, 106, 194))
    _, (doubt,) = scan_doubts.judged(page, [strip], [Recognised("-", 0.5, 0.5)], 24.0)
    assert bool(doubt) is doubted


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_of_something_else_gives_no_table(form: str) -> None:
    """Noise, a blank sheet and a single pixel end without a table and without a crash."""
    noise = np.random.default_rng(7).integers(0, 255, (400, 300, 3), dtype=np.uint8)
    for picture in (Image.fromarray(noise), Image.new("RGB", (800, 600), "white"), Image.new("RGB", (1, 1))):
        assert not any(isinstance(block, Grid) for block in reader.read(encoded(picture, form)).blocks)


def test_a_picture_cut_off_or_far_too_large_is_an_error() -> None:
    """Truncated pixels, and a header that promises billions of them, are refused with a remedy."""
    whole = (SCANS / "straight.jpg").read_bytes()
    large = encoded(Image.new("L", (30_000, 1)), "PNG")
    promised = large[:20] + (30_000).to_bytes(4, "big") + large[24:]
    for data in (whole[: len(whole) // 2], whole[:30], promised):
        with pytest.raises(Unreadable) as caught:
            reader.read(data)
        assert caught.value.remedy


@pytest.mark.parametrize("darkness", [35, 200])
def test_pale_rules_of_a_noisy_page_draw_its_table(darkness: int) -> None:
    """A hair line in light grey is a rule as a black one is, and noise is none."""
    grey = np.full((1654, 1170), 250.0)
    for y in range(200, 601, 80):
        grey[y : y + 2, 150:951] -= darkness
    for x in range(150, 951, 200):
        grey[200:602, x : x + 2] -= darkness
    grey += np.random.default_rng(5).normal(0, 4, grey.shape)
    page = scan_image.prepare(Image.fromarray(grey.clip(0, 255).astype("uint8")).convert("RGB"))
    assert [len(lattice.cells) for lattice in scan_strips._tables(page)] == [20]


@pytest.mark.parametrize("size", [(3, 2000), (2000, 3), (1, 1)])
def test_a_sliver_of_a_picture_is_no_page(size: tuple[int, int]) -> None:
    """It holds no line of text: nothing is found, and nothing breaks."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, "PNG")
    assert reader.read(buffer.getvalue()).blocks == ()
