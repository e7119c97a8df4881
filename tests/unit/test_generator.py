"""The generator of reports: its truth must be true, or every benchmark that rests on it is worthless."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest

from benchmarks.generate import ODDITIES, Layout, Text, generate, truth_from_json
from benchmarks.generate.faults import make_fault
from benchmarks.generate.labels import keys, outcome_items, parties, request_items
from benchmarks.generate.model import expand
from benchmarks.generate.numbers import numbers
from benchmarks.generate.writers import UNFIT, WRITERS
from benchmarks.generate.writers.text import LAYOUTS, write_text
from ogi import forms

FIXTURES = Path(__file__).parents[1] / "fixtures" / "generated"
SEEDS = range(120)


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
def test_numbers_obey_the_form(template: str) -> None:
    """Every identity that the form demands holds in the numbers of every seed."""
    for seed in SEEDS:
        values = numbers(Random(seed), {"disclosures": template, "requests": template, "reviews": template})
        cell = {key[1:]: value for key, value in values.items() if key[0] == "requests"}
        for item in request_items(template):
            assert sum(cell[item, p] for p in parties()) == cell[item, "total"]
        for column in (*parties(), "total"):
            assert sum(cell[i, column] for i in outcome_items(template)) == cell["total_disposed", column]
            inward = cell["new_received", column] + cell["carried_in", column]
            assert inward == cell["total_disposed", column] + cell["carried_out", column]
        for block in ("review", "direct", "after_review"):
            row = [values["reviews", block, m] for m in ("upheld", "corrected", "other", "pending", "total")]
            assert sum(row[:4]) == row[4]


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
def test_the_generator_and_the_project_know_the_same_cells(template: str) -> None:
    """The rows and columns that the generator prints are those of the project's forms, in the same order."""
    tables = forms.load().templates[template].tables
    for table in ("disclosures", "requests", "reviews"):
        ours = [(item, measure) for _, item, measure in keys({table: template})]
        assert ours == list(tables[table].cells)


def test_every_cell_of_the_truth_is_printed_once() -> None:
    """What the truth says stands in exactly one box of the layout, with the same text."""
    for seed in SEEDS:
        made = generate(seed)
        boxes = [box for table in made.tables for row in table.rows for box in row if box.key]
        assert Counter(box.key for box in boxes) == Counter(dict.fromkeys(made.truth.cells, 1))
        assert all(box.text == made.truth.cells[box.key].raw for box in boxes if box.key)


def test_layouts_have_no_hole() -> None:
    """Every place of every table's grid is filled by a cell or covered by a span."""
    for seed in SEEDS:
        for table in generate(seed).tables:
            assert all(slot is not None for row in expand(table) for slot in row), (seed, table.table)


@pytest.mark.parametrize("oddity", ODDITIES)
def test_each_oddity_changes_the_page(oddity: str) -> None:
    """An oddity that changes nothing in any of forty reports would be a trap that no reader ever meets."""
    forms_ = ("2021-30", "2019-60")
    assert any(
        generate(seed, form, (oddity,)).blocks != generate(seed, form, ()).blocks
        for seed in range(20)
        for form in forms_
    )


def test_the_seed_decides_everything() -> None:
    """The same seed gives the same bytes in every format that is written directly."""
    for name in ("txt", "txt-run", "docx", "html", "xlsx", "ofd"):
        first, again = ([generate(seed, None, None, UNFIT.get(name, ())) for seed in (5, 6)] for _ in "ab")
        assert WRITERS[name](first) == WRITERS[name](again), name


def test_truth_survives_its_file() -> None:
    """A truth read back from its JSON is the truth that was written."""
    for seed in range(20):
        truth = generate(seed).truth
        assert truth_from_json(truth.to_json()) == truth


def test_blank_and_nil_cells_hold_no_number() -> None:
    """A cell has a value if and only if its status is reported."""
    for seed in SEEDS:
        for cell in generate(seed).truth.cells.values():
            assert (cell.status == "reported") == isinstance(cell.value, Decimal)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_text_layout_keeps_every_number(layout: str) -> None:
    """Whatever separates the cells, all printed values stand in the text in their order."""
    made = generate(9, "2021-30", ())
    data = write_text(made, layout)
    text = next(t for t in _decodings(data) if "政府信息公开" in t)
    place = 0
    for table in made.tables:
        for row in table.rows:
            for box in row:
                place = text.index(box.text.replace("\n", "\r" if layout == "cr" else "\n"), place)


def _decodings(data: bytes) -> list[str]:
    out = []
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            out.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return out


def test_word_files_are_well_formed_and_whole() -> None:
    """The XML parses; the innermost tables hold a cell for each box and each place that it covers below."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for seed in range(20):
        made = generate(seed)
        archive = zipfile.ZipFile(io.BytesIO(WRITERS["docx"]([made])[0]))
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
        tables = [t for t in tree.iter(f"{w}tbl") if len(list(t.iter(f"{w}tbl"))) == 1]
        assert len(tables) == len(made.tables)
        for xml, table in zip(tables, made.tables, strict=True):
            assert len(list(xml.iter(f"{w}tc"))) == _drawn(table)


def _drawn(table: Layout) -> int:
    return sum(box.rowspan for row in table.rows for box in row)


TEXTS = sorted([*FIXTURES.glob("*.txt"), *FIXTURES.glob("*.html")])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_fixtures_are_what_the_generator_makes_today(path: Path) -> None:
    """The committed text and HTML fixtures come out of their seed byte for byte."""
    seed, form = int(path.name.split("-")[0]), path.stem[path.name.index("-") + 1 :].removesuffix("-run")
    name = "txt-run" if path.stem.endswith("-run") else path.suffix[1:]
    made = generate(seed, form, None, UNFIT.get(name, ()))
    assert WRITERS[name]([made])[0] == path.read_bytes()
    assert truth_from_json((path.parent / f"{path.name}.truth.json").read_text("utf-8")) == made.truth


@pytest.mark.e2e
def test_a_browser_prints_every_digit() -> None:
    """Nothing of a page is cut off at the edge of the paper: all digits of the report stand in the PDF."""
    reports = [generate(seed) for seed in (5000001, 5000035, 5000171)]
    for made, data in zip(reports, WRITERS["pdf"](reports), strict=True):
        document = pdfium.PdfDocument(data)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        words = [b.text for b in made.blocks if isinstance(b, Text)]
        words += [box.text for table in made.tables for row in table.rows for box in row]
        assert sum(c.isdigit() for c in text) >= sum(c.isdigit() for word in words for c in word)


def test_a_split_number_leaves_its_row_one_cell_longer() -> None:
    """The fault that cuts a number in two loses no cell, in no place of the expanded table."""
    made, fault = next(filter(None, (make_fault("split_digits", generate(seed, None, ()), seed) for seed in range(20))))
    layout = next(t for t in made.tables if t.table == "requests")
    n, row = next((n, r) for n, r in enumerate(layout.rows) if any(b.key and b.key[1] in fault.items for b in r))
    shown = [slot.box.text for slot in expand(layout)[n] if slot is not None and slot.origin]
    assert shown == [box.text for box in row] and len([b for b in row if b.key]) == 7
