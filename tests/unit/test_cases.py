"""Golden cases: what a document says stands beside it, one folder a trait; a new case needs no code.

`source.*` is the document. `expected.yml` holds all that must be read from it and nothing that must not:
cells, issues, statistics and sections are compared whole. A row of cells is a list in the form's order, or
one entry for all of them; `others` stands for every row of the form that is not named. An entry is a number
(reported), `~` (blank), "/" (a mark), "?" (unreadable) or "=3" (derived).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ogi.errors import BadForm
from ogi.extract import extract
from ogi.forms import load
from ogi.messages import halves
from ogi.model import Cell, Reading
from ogi.readers import read
from ogi.yamlfile import Map, Value, check_keys, load_yaml

CASES = Path(__file__).parents[1] / "cases"
FOLDERS = sorted(p.parent for p in CASES.glob("*/expected.yml"))
KEYS = (
    "shows", "agency", "agency_printed", "year", "title", "templates", "cells", "raw", "units", "places",
    "statistics", "sections", "issues",
)
ISSUE_KEYS = ("code", "severity", "cells", "says")
STATISTIC_KEYS = ("label", "item", "measure", "value", "unit")
QUOTED = re.compile("「[^」]*」|agency.yml")  # not in Chinese, nor ours
MARKS = {"blank": "~", "nil": "/", "unreadable": "?"}

case = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_there_are_cases() -> None:
    """Every folder of tests/cases that holds a document says what must be read from it."""
    assert len(FOLDERS) >= 40
    assert {p.parent for p in CASES.glob("*/source.*")} == set(FOLDERS)


@case
def test_values_stand_as_printed(folder: Path) -> None:
    """Every cell has the value and the status that a careful reader gives it, and there are no more."""
    reading, expected = told(folder)
    assert dict(reading.templates) == expected.get("templates", {})
    found = {cell.key: token(cell) for cell in reading.cells}
    assert len(found) == len(reading.cells), "a cell stands twice"
    assert found == dict(wanted_cells(expected))


@case
def test_every_value_keeps_its_proof(folder: Path) -> None:
    """A value that is printed comes with its text and place; the case names some of them."""
    reading, expected = told(folder)
    cells = {cell.key: cell for cell in reading.cells}
    for cell in reading.cells:
        assert cell.locator and cell.label, cell
        assert cell.raw or cell.status in ("blank", "derived", "unreadable"), cell
    assert {k: cells[k].raw for k in expected.get("raw", {})} == expected.get("raw", {})
    assert {k: cells[k].unit for k in expected.get("units", {})} == expected.get("units", {})
    assert {k: cells[k].locator for k in expected.get("places", {})} == expected.get("places", {})


@case
def test_doubts_are_said_and_no_others(folder: Path) -> None:
    """The issues are those of the case: code, severity, the cells concerned and what people must be told."""
    reading, expected = told(folder)
    wanted = {
        (issue["code"], issue["severity"]): (set(issue.get("cells", [])), issue.get("says", []))
        for issue in expected.get("issues", [])
    }
    found: dict[tuple[str, str], set[str]] = {}
    for issue in reading.issues:
        zh, en = halves(issue.message)
        assert zh and en and not re.search("[A-Za-z]{3}", QUOTED.sub("", zh)), issue.message
        found.setdefault((issue.code, issue.severity), set()).update(issue.cells)
    assert found == {key: cells for key, (cells, _) in wanted.items()}, [i.message for i in reading.issues]
    for (code, _), (_, words) in wanted.items():
        messages = "\n".join(issue.message for issue in reading.issues if issue.code == code)
        assert [word for word in words if word not in messages] == [], messages


@case
def test_the_document_says_who_and_when(folder: Path) -> None:
    """Agency, year and title are those that the document prints, null where it does not."""
    reading, expected = told(folder)
    names = ("agency", "agency_printed", "year", "title")
    found = (reading.agency_name, reading.agency_name_printed, reading.year, reading.title)
    assert dict(zip(names, found, strict=True)) == {name: expected.get(name) for name in names}


@case
def test_sections_follow_their_headings(folder: Path) -> None:
    """Sections stand in the order of the document, each with its heading as printed."""
    reading, expected = told(folder)
    assert [{s.section: s.heading} for s in reading.sections] == expected.get("sections", [])


@case
def test_statistics_rows_are_kept(folder: Path) -> None:
    """Every number of an annexed 统计表 is kept; the item is null where its row has no code."""
    reading, expected = told(folder)
    found = [
        dict(zip(STATISTIC_KEYS, (s.label, s.item, s.measure, text(s.value, s.status), s.unit), strict=True))
        for s in reading.statistics
    ]
    wanted = [
        {**dict.fromkeys(STATISTIC_KEYS), **row, "value": entry(row.get("value"))}
        for row in expected.get("statistics", [])
    ]
    assert found == wanted


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    """A misspelt key in expected.yml stops its case and names file and line."""
    (tmp_path / "expected.yml").write_text("shows: A case.\nagenzy: 某局\n", encoding="utf-8")
    with pytest.raises(BadForm, match=r"expected\.yml, line 2.*agenzy.*did you mean «agency»"):
        expectation(tmp_path)


@cache
def told(folder: Path) -> tuple[Reading, Map]:
    """What is read from the document of the case, and what the case expects."""
    (source,) = folder.glob("source.*")
    return extract(read(source.read_bytes(), source.name), load()), expectation(folder)


def expectation(folder: Path) -> Map:
    place = f"{folder.name}/expected.yml"
    data = load_yaml(folder / "expected.yml", place, BadForm)
    check_keys(data, KEYS, place, BadForm, required=("shows",))
    for issue in data.get("issues", []):
        check_keys(issue, ISSUE_KEYS, place, BadForm, required=("code", "severity"))
    for row in data.get("statistics", []):
        check_keys(row, STATISTIC_KEYS, place, BadForm, required=("label", "measure"))
    return data


def wanted_cells(expected: Map) -> Iterator[tuple[str, str]]:
    """`table.item.measure` -> entry as text, over every row that the case names."""
    for table, rows in expected.get("cells", {}).items():
        form = load().table(expected["templates"][table], table)
        unknown = set(rows) - {item.code for item in form.items} - {"others"}
        assert not unknown, f"{table} has no row {sorted(unknown)}"
        for item in form.items:
            row = rows.get(item.code, rows.get("others", ()))
            if row == ():
                continue
            values = row if isinstance(row, list) else [row] * len(item.measures)
            for measure, value in zip(item.measures, values, strict=True):
                yield f"{table}.{item.code}.{measure}", entry(value)


def entry(value: Value) -> str:
    return "~" if value is None else str(value)


def token(cell: Cell) -> str:
    return text(cell.value, cell.status)


def text(value: Decimal | None, status: str) -> str:
    """A value with its status, as expected.yml writes it."""
    if status in MARKS:
        return MARKS[status] if value is None else f"{MARKS[status]}{value}"
    return {"reported": "", "derived": "="}[status] + format(value, "f")
