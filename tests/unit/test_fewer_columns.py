"""Requests in a table that leaves out columns of the form: each number is that of the head over it, and no other is made up."""

from __future__ import annotations

import pytest

from ogi import forms
from ogi.model import Reading
from ogi.understanding import understand

FORM = forms.load().table("2021-30", "requests")
HEADS = {measure.code: measure.labels[0] for measure in FORM.measures}
EVERY = tuple(HEADS)


def read(columns: tuple[str, ...], row: str = "<td>{label}</td>{cells}") -> Reading:
    """A page whose numbers tell row and column: 101 in the first row and column."""
    heads = "".join(f"<td>{HEADS.get(column, column)}</td>" for column in columns)
    rows = []
    for n, item in enumerate(FORM.items, start=1):
        numbers = (f"{n}0{EVERY.index(column) + 1 if column in EVERY else 9}" for column in columns)
        cells = "".join(f"<td>{number}</td>" for number in numbers)
        rows.append(f"<tr>{row.format(label=item.labels[0], cells=cells)}</tr>")
    page = (
        "<h1>青岚市水利局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>三、收到和处理政府信息公开申请情况</p>"
        f"<table><tr><td>申请人情况</td>{heads}</tr>{''.join(rows)}</table>"
    )
    return understand(page.encode(), "a.html")


def right(reading: Reading, columns: tuple[str, ...]) -> bool:
    """Whether these columns are read in all rows, and no other."""
    values = {(c.item, c.measure): c.value for c in reading.cells if c.table == "requests" and c.value is not None}
    due = {
        (item.code, column): int(f"{n}0{EVERY.index(column) + 1}")
        for n, item in enumerate(FORM.items, start=1)
        for column in columns
    }
    return values == due


def missing(reading: Reading) -> list[str]:
    return [key for issue in reading.issues if issue.code == "column-missing" for key in issue.cells]


@pytest.mark.parametrize("columns", [EVERY[:-1], EVERY[-1:], EVERY[:2] + EVERY[3:], EVERY[::-1][1:], ("natural_person", "total")])
def test_what_heads_name_is_read_and_the_rest_is_missing(columns: tuple[str, ...]) -> None:
    reading = read(columns)
    assert right(reading, columns)
    assert missing(reading) == [f"requests.*.{code}" for code in EVERY if code not in columns]
    assert {cell.status for cell in reading.cells if cell.table == "requests"} == {"reported"}


def test_one_column_for_all_bodies_is_none_of_the_form() -> None:
    reading = read(("natural_person", "法人或其他组织", "total"))
    assert right(reading, ("natural_person", "total"))
    (note,) = (issue for issue in reading.issues if issue.code == "column-missing" and not issue.cells)
    assert (note.raw or "").startswith("109 209")


@pytest.mark.parametrize("around", [("<td></td>", ""), ("<td>7</td>", ""), ("", "<td>7</td>")])
def test_numbers_beside_the_heads_leave_the_row_open(around: tuple[str, str]) -> None:
    before, after = around
    reading = read(EVERY[:-2], f"<td>{{label}}</td>{before}{{cells}}{after}")
    values = [cell.value for cell in reading.cells if cell.table == "requests" and cell.value is not None]
    doubted = {key for issue in reading.issues if issue.severity != "info" for key in issue.cells if key.startswith("requests")}
    assert not values or all(f"requests.{item.code}.*" in doubted for item in FORM.items)
