"""One cell of a table lost, doubled, put in or pushed on: every number that then stands elsewhere lies under a doubt.

The tables are made up and written as HTML; each change is made on the cells, as a converter or a slip of the hand makes it.
"""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from random import Random

import pytest
from lxml import html
from lxml.html import HtmlElement

from benchmarks.generate import generate
from benchmarks.generate.writers import WRITERS
from benchmarks.measure import covered, doubts
from ogi.extract import extract
from ogi.forms import load
from ogi.model import Reading
from ogi.readers import read
from tests.unit.made_up_pages import made_up_page, rows_of

CHANGES = ("lost", "doubled", "put in", "pushed on")
SEEDS = (9000022, 9000028, 9000029, 9000033, 9000034, 9100008)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_number_moves_unseen(seed: int, change: str) -> None:
    """A value that differs from the untouched table's is null or lies under a doubt; a blank may stand for a zero."""
    page = made_up_page(seed)
    before = _values(_reading(page))
    random = Random(seed)
    rows = [at for at, row in enumerate(rows_of(page)) if _summed(row)]
    for at in random.sample(rows, min(12, len(rows))):
        cell = random.choice(range(len(rows_of(page)[at])))
        changed = deepcopy(page)
        _change(rows_of(changed)[at], cell, change)
        reading = _reading(changed)
        under = doubts(reading.issues)
        after = _values(reading)
        moved = {
            key: (before.get(key), value)
            for key, value in after.items()
            if value
            and value != before.get(key)
            and not covered(key, under)
            and not key.startswith("disclosures")
        }
        assert not moved, (seed, change, at, cell)


def test_a_row_without_a_total_moves_no_number_unseen() -> None:
    """No row of the table gives its total: the columns alone tell that one row slid by a place."""
    page = made_up_page(9600041)
    row = next(r for r in rows_of(page) if "2.其他法律行政法规禁止公开" in r.text_content())
    assert [cell.text_content().strip() for cell in row][1:] == ["26", "5", "0", "2", "0", "2", ""]
    _change(row, 3, "pushed on")
    under = doubts(_reading(page).issues)
    assert covered("requests.refused_other_law.research", under)


def test_a_number_is_cut_only_where_its_neighbours_ran_together_too() -> None:
    """A row that lost a cell keeps one number of two digits, and no sum of the form proves a cut of it."""
    page = made_up_page(9000031)
    row = next(row for row in rows_of(page) if "行政事业性收费" in row.text_content())
    assert [cell.text_content().strip() for cell in row][1:] == ["18", "-78"]
    row.remove(row[2])
    reading = _reading(page)
    assert [c.value for c in reading.cells if c.item == "fees"] == [None, None]
    assert covered("disclosures.fees.items_prev", doubts(reading.issues))


def test_a_lost_head_moves_no_column() -> None:
    """Where the head over five columns is lost, the others stand a place off and tell no order of their own."""
    page = made_up_page(9000022)
    before = _values(_reading(page))
    head = next(row for row in rows_of(page) if "法人或其他组织" in row.text_content())
    head.remove(next(cell for cell in head if "法人或其他组织" in cell.text_content()))
    reading = _reading(page)
    assert _values(reading) == before
    assert covered("requests.new_received.business", doubts(reading.issues))


def test_reviews_of_fourteen_cells_are_no_run_of_fifteen_digits() -> None:
    """«10» among cells that stand apart is one number, however many digits the row has in all."""
    page = made_up_page(9000026)
    row = rows_of(page)[-1]
    assert [cell.text_content() for cell in row][-5:] == ["３", "3", "3", "１", "10"]
    row.remove(row[11])
    assert [c.value for c in _reading(page).cells if c.table == "reviews"] == [None] * 15


def test_a_cut_of_reviews_keeps_the_borders_of_its_cells() -> None:
    """«23» and «16» on lines of their own are never read as 2, 31 and 6, although that would add up."""
    lines = WRITERS["txt"]([generate(9400018)])[0].decode().split("\n")
    at = max(n for n, line in enumerate(lines) if line == "23 |")
    assert lines[at - 1 : at + 2] == ["0 |", "23 |", "16 |"]
    reading = extract(read("\n".join((*lines[: at - 1], *lines[at:])).encode(), "report.txt"), load())
    assert {c.value for c in reading.cells if c.table == "reviews"} == {None}


def test_a_cell_doubled_in_text_with_empty_ones_is_doubted() -> None:
    """One cell a line: with a cell too many, an empty one of the row's own may not be left out instead."""
    lines = WRITERS["txt"]([generate(9400011)])[0].decode().split("\n")
    at = next(n for n, line in enumerate(lines) if "1.属于国家秘密" in line)
    last = at + 7
    assert lines[last] == "\xa042 |"
    reading = extract(read("\n".join((*lines[:last], *lines[last - 1 :])).encode(), "report.txt"), load())
    assert covered("requests.refused_state_secret.research", doubts(reading.issues))


def _summed(row: HtmlElement) -> bool:
    """Whether the row holds several numbers and ends in one: the sum."""
    numbers = [cell.text_content().strip().isdigit() for cell in row]
    return sum(numbers) > 1 and numbers[-1]


def _change(row: HtmlElement, at: int, change: str) -> None:
    cells = list(row)
    blank = html.Element("td")
    if change == "lost":
        row.remove(cells[at])
    elif change == "doubled":
        cells[at].addnext(deepcopy(cells[at]))
    elif change == "put in":
        cells[at].addnext(blank)
    else:
        cells[-1].addnext(blank)
        row.remove(cells[at])


def _reading(page: HtmlElement) -> Reading:
    return extract(read(html.tostring(page, encoding="utf-8"), "report.html"), load())


def _values(reading: Reading) -> dict[str, Decimal | None]:
    return {cell.key: cell.value for cell in reading.cells}
