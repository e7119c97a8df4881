"""The pictures that prove a number hold that number, and no document can hold up the build."""

from __future__ import annotations

import hashlib
import io
import random
import re
import time
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from collected_documents import collected
from PIL import Image, ImageChops, ImageStat

from ogi.package import load
from ogi.readers.scan.text import recognise
from ogi.site.book import Bundle, read_book
from ogi.site.crop_process import SCALE
from ogi.site.crop_worker import Cropper
from ogi.site.crops import ALL_CELLS, Crops, Places
from ogi.site.excerpts import lines_around, rows_as_read

DOCUMENTS = [
    ("320800-education", "2020", "10-2019-60.pdf"),
    ("320800-education", "2023", "9-2021-30-word.pdf"),
    ("320800-education", "2021", "255-2021-30-scan.pdf"),
    ("320500-education", "2023", "9-2021-30.ofd"),
    ("320500-education", "2020", "10-2019-60.docx"),
    ("320300-education", "2022", "14-2021-30.txt"),
]
WINDOW = re.compile(
    r'href="(crop-[\d-]+\.\w+)" style="--c:([\d.]+);--w:(\d+)px;--h:(\d+)px">'
    r'.*?<i style="--b:([\d.]+)px;top:([-\d.]+)px;height:([\d.]+)px">'
)
Shown = tuple[Bundle, Places]
X = ("requests", "x", "total")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    collected(folder, DOCUMENTS)
    return folder


@pytest.fixture(scope="module")
def shown(root: Path) -> dict[str, Shown]:
    """Every report with the places of its cells."""
    with Crops(root / "cache", len(DOCUMENTS)) as crops:
        return {
            b.report["report_id"]: (b, places_of(crops, b, root))
            for b in read_book(load(root / "datapackage")).bundles()
        }


def places_of(crops: Crops, bundle: Bundle, root: Path) -> Places:
    return crops.of(bundle, root, (root / bundle.document["path"]).read_bytes())


def numbers(shown: Shown, count: int) -> list[tuple[tuple[str, str, str], str]]:
    """Some cells other than zero, the same ones each time: (cell, what is printed)."""
    cells = [
        ((c["table"], c["item"], c["measure"]), c["raw"])
        for c in shown[0].parts["cells"]
        if c["value"].strip("0.")
    ]
    return random.Random(7).sample(cells, min(count, len(cells)))


@pytest.mark.parametrize("report_id", ["320800-education-2020", "320800-education-2023"])
def test_the_boxed_part_of_a_crop_of_a_pdf_holds_the_digits(
    root: Path, shown: dict[str, Shown], report_id: str
) -> None:
    """What pdfium reads in the box that the page shows is the number that the page gives, for fifty cells."""
    bundle, places = shown[report_id]
    document = pypdfium2.PdfDocument(root / bundle.document["path"])
    files = dict(places.files)
    wrong = []
    for key, raw in numbers(shown[report_id], 50):
        read = ""
        for name, *style in WINDOW.findall(places.html[key]):
            share, wide, tall, width, top, height = map(float, style)
            picture = Image.open(io.BytesIO(files[name])).convert("L")
            assert picture.size == (wide, tall)
            number = int(name.split("-")[1])
            page, box = document[number - 1], place_of(bundle, key, number)
            there = page.render(scale=SCALE, grayscale=True).to_pil().convert("L")
            left = share * (wide - width)
            seen = picture.crop(tuple(round(v) for v in (left, top, left + width, top + height)))
            assert min(apart(seen, there, box, x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)) < 12
            assert seen.getextrema()[0] < 120
            high = page.get_height()
            read += page.get_textpage().get_text_bounded(box[0], high - box[3], box[2], high - box[1])
        if re.sub(r"\s", "", read) != re.sub(r"\s", "", raw):
            wrong.append((key, raw, read))
    assert wrong == []


def apart(seen: Image.Image, page: Image.Image, box: tuple[float, ...], x: int, y: int) -> float:
    """How much a picture differs from its box on the page, which rounding may move by a pixel."""
    left, top = round(box[0] * SCALE) + x, round(box[1] * SCALE) + y
    there = page.crop((left, top, left + seen.width, top + seen.height))
    return ImageStat.Stat(ImageChops.difference(seen, there)).mean[0]


def place_of(bundle: Bundle, key: tuple[str, str, str], page: int) -> tuple[float, ...]:
    """The box of a cell on one page, as the package has it."""
    cell = next(c for c in bundle.parts["cells"] if (c["table"], c["item"], c["measure"]) == key)
    found = re.search(rf"page={page};.*?bbox=([\d.,]+)", cell["locator"])
    return tuple(map(float, found[1].split(",")))


def test_the_boxed_part_of_a_crop_of_a_scan_shows_the_digits(shown: dict[str, Shown]) -> None:
    """What the recogniser reads in the picture that the page shows, without its rules, is the number, for fifty cells."""
    bundle, places = shown["320800-education-2021"]
    files = dict(places.files)
    cells = [((c["table"], c["item"], c["measure"]), c["raw"]) for c in bundle.parts["cells"] if c["raw"]]
    others = [cell for cell in cells if cell[1] != "0"]
    some = random.Random(7).sample(others, 25) + random.Random(7).sample(cells, 25)
    seen = []
    for key, _ in some:
        name, *style = WINDOW.findall(places.html[key])[0]
        share, wide, _, width, top, height = map(float, style)
        left = share * (wide - width)
        inner = tuple(round(v) for v in (left + 5, top + 5, left + width - 5, top + height - 5))
        picture = Image.open(io.BytesIO(files[name])).convert("L").crop(inner)
        ink = ImageChops.invert(picture).point(lambda v: 255 if v > 115 else 0).getbbox()
        assert ink is not None
        around = (
            max(0, ink[0] - 4),
            max(0, ink[1] - 3),
            min(picture.width, ink[2] + 4),
            min(picture.height, ink[3] + 3),
        )
        picture = picture.crop(around)
        seen.append(
            np.asarray(picture.resize((picture.width * 3, picture.height * 3), Image.Resampling.LANCZOS))
        )
    read = [one.text for one in recognise(seen)]
    assert [(key, raw, text) for (key, raw), text in zip(some, read, strict=True) if text != raw] == []


def test_the_boxed_part_of_a_strip_of_an_ofd_holds_the_digits(shown: dict[str, Shown]) -> None:
    """The characters that the picture puts inside of the box are those of the number."""
    _, places = shown["320500-education-2023"]
    files = dict(places.files)
    for key, raw in numbers(shown["320500-education-2023"], 50):
        name, *style = WINDOW.findall(places.html[key])[0]
        share, wide, tall, width, top, height = map(float, style)
        svg = files[name].decode()
        x0, y0, w, h = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())
        left = x0 + share * (wide - width) / wide * w
        inside = ""
        for x, y, places_, text in re.findall(
            r'matrix\(\S+ \S+ \S+ \S+ ([\d.]+) ([\d.]+)\)[^>]*><text x="([\d. ]+)"[^>]*>([^<]*)<', svg
        ):
            at = [float(x) + float(p) * 72 / 25.4 for p in places_.split()]
            if y0 + top / tall * h - 1 <= float(y) < y0 + (top + height) / tall * h:
                inside += "".join(c for c, p in zip(text, at if len(at) > 1 else at * len(text), strict=False)
                                  if left <= p < left + width / wide * w)  # fmt: skip
        assert inside == raw


def test_a_number_of_a_word_table_stands_in_its_row_as_read(shown: dict[str, Shown]) -> None:
    """Label and texts of the row, this cell's marked; nothing else is."""
    bundle, places = shown["320500-education-2020"]
    for key, raw in numbers((bundle, places), 20):
        assert re.findall("<b>([^<]*)</b>", places.html[key]) == [raw]
    assert places.html["requests", "new_received", "total"].count("<span>") >= 7


def test_a_number_of_a_text_stands_in_its_lines(shown: dict[str, Shown]) -> None:
    """The line with its number and its neighbours, this number marked."""
    bundle, places = shown["320300-education-2022"]
    for key, raw in numbers((bundle, places), 20):
        assert re.findall("<b>([^<]*)</b>", places.html[key]) == [raw]


def test_a_text_that_is_not_there_is_not_shown() -> None:
    """Where the line does not hold what the package says, or there is no such line, nothing is pretended."""
    cell = {
        "table": "requests",
        "item": "x",
        "measure": "total",
        "raw": "7",
        "label": "",
        "locator": "line=2",
    }
    assert lines_around("一\n8\n".encode(), [cell], {X}) == {}
    assert lines_around("一\n".encode(), [{**cell, "locator": "line=9"}], {X}) == {}
    assert "<b>7</b>" in lines_around("一\n7\n".encode(), [cell], {X})["requests", "x", "total"]


def test_hostile_text_in_a_row_is_text() -> None:
    """Mark-up of a cell or label is escaped in its row and its lines."""
    cell = {
        "table": "t",
        "item": "x",
        "measure": "m",
        "raw": "<i>",
        "label": "<script>",
        "locator": "table=1;row=1;col=1",
    }
    assert (
        "<script" not in rows_as_read([cell], {("t", "x", "m")})["t", "x", "m"]
        and "<i>" not in rows_as_read([cell], {("t", "x", "m")})["t", "x", "m"]
    )
    line = lines_around(b"<script><i>", [{**cell, "locator": "line=1"}], {("t", "x", "m")})["t", "x", "m"]
    assert "<script" not in line and "<b>&lt;i&gt;</b>" in line


def test_of_many_reports_only_what_is_worth_it_is_drawn(root: Path, shown: dict[str, Shown]) -> None:
    """Above the limit, cells that print a zero and are in no doubt have no picture; every number still has."""
    bundle, every = shown["320800-education-2023"]
    with Crops(None, ALL_CELLS + 1) as crops:
        some = places_of(crops, bundle, root)
    assert len(some.files) < len(every.files)
    assert {key for key, _ in numbers((bundle, every), 500)} <= set(some.html)


def test_a_document_that_was_drawn_is_not_drawn_again(
    root: Path, shown: dict[str, Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second build takes the same bytes from the cache and starts no process."""
    monkeypatch.setattr("subprocess.Popen", None)
    bundle, first = shown["320800-education-2023"]
    with Crops(root / "cache", len(DOCUMENTS)) as crops:
        assert places_of(crops, bundle, root) == first


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_drawn(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is killed at its time, nothing is drawn of that document, and a new process draws the next."""
    path = root / "reports/32/320800-education/2023.pdf"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    cropper = Cropper(None, seconds=1.0)
    monkeypatch.setattr("ogi.site.crop_worker._BOOT", "import time; time.sleep(60)")
    started = time.monotonic()
    assert cropper.strips(path, digest, "pdf", [(1, 100.0, 150.0)]) == []
    assert time.monotonic() - started < 10
    monkeypatch.undo()
    cropper = Cropper(None)
    assert len(cropper.strips(path, digest, "pdf", [(1, 100.0, 150.0)])) == 1
    cropper.end()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7\nnothing", "pdf"), (b"PK\x03\x04", "ofd"), (b"\x89PNG\r\n\x1a\n", "picture"), (b"", "pdf")],
    ids=["pdf", "ofd", "png", "empty"],
)
def test_a_broken_document_has_no_pictures_and_hurts_nobody(
    root: Path, tmp_path: Path, content: bytes, kind: str
) -> None:
    """It gives nothing, and the same process draws the next document."""
    broken = tmp_path / "x"
    broken.write_bytes(content)
    good = root / "reports/32/320800-education/2023.pdf"
    cropper = Cropper(None)
    assert cropper.strips(broken, hashlib.sha256(content).hexdigest(), kind, [(1, 1.0, 9.0)]) == []
    assert cropper.strips(good, hashlib.sha256(good.read_bytes()).hexdigest(), "pdf", [(1, 1.0, 9.0)])
    assert cropper.strips(good, "0" * 64, "pdf", [(1, 1.0, 9.0)]) == [], (
        "another document than the one that was read"
    )
    assert cropper.strips(good, hashlib.sha256(good.read_bytes()).hexdigest(), "pdf", [(99, 1.0, 9.0)]) == []
    cropper.end()
