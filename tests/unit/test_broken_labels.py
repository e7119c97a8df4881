"""Labels whose lines a narrow column broke, as text of a page has them: whole again where only together they are a label."""

from __future__ import annotations

import pytest

from ogi import forms
from ogi.model import Reading
from ogi.understanding import understand

TITLE = "青岚市水利局2023年政府信息公开工作年度报告"
REQUESTS = forms.load().table("2021-30", "requests")


def narrow(text: str, width: int = 4) -> list[str]:
    """A text as a column of so many characters prints it."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def read(*lines: str) -> Reading:
    return understand("\n".join([TITLE, "二、主动公开政府信息情况", *lines, "三、结束"]).encode(), "a.txt")


def values(reading: Reading) -> dict[str, str]:
    return {f"{cell.item}.{cell.measure}": str(cell.value) for cell in reading.cells if cell.value is not None}


def test_the_pieces_of_a_label_right_above_its_numbers() -> None:
    heads = ["第二十条第（一）项", *narrow("信息内容"), "本年制发件数", "本年废止件数", "现行有效件数"]
    reading = read(*heads, "规章", "0", "0", "0", *narrow("行政规范性文件", 3), "8", "5", "349")
    assert values(reading) == {
        **dict.fromkeys(("regulations.made", "regulations.repealed", "regulations.in_force"), "0"),
        "normative_documents.made": "8",
        "normative_documents.repealed": "5",
        "normative_documents.in_force": "349",
    }


@pytest.mark.parametrize("width", [3, 5, 9])
def test_every_row_of_a_table_in_narrow_columns(width: int) -> None:
    rows = []
    for n, item in enumerate(REQUESTS.items, start=1):
        row = next(row for block in REQUESTS.blocks for row in block.rows if row.code == item.code)
        rows += [*narrow(f"{row.number or ''}{item.labels[0]}", width), *(f"{n}0{col}" for col in range(1, 8))]
    heads = [label for m in REQUESTS.measures for label in m.labels[:1]]
    text = "\n".join([TITLE, "三、收到和处理政府信息公开申请情况", *heads, *rows, "四、结束"])
    reading = understand(text.encode(), "a.txt")
    wrong = {
        f"{item.code}.{m.code}"
        for n, item in enumerate(REQUESTS.items, start=1)
        for col, m in enumerate(REQUESTS.measures, start=1)
        if values(reading).get(f"{item.code}.{m.code}") not in (None, f"{n}0{col}")
    }
    assert not wrong
    assert len(values(reading)) > 0.8 * len(REQUESTS.cells)


def test_lines_that_make_no_label_stay_as_they_are() -> None:
    reading = read("第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许", "可以", "7", "行政许可", "9")
    assert values(reading).get("licensing.decisions") == "9"


@pytest.mark.parametrize("bar", ["", " | "])
def test_a_label_that_lost_its_first_letter(bar: str) -> None:
    """The one row that it can be, with a warning; in a line of its own prose where no number follows."""
    rows = [("政许可", "132"), ("行政处罚", "22"), ("行政强制", "2")]
    lines = [part for row in rows for part in ([f"{row[0]}{bar}{row[1]}{bar}"] if bar else row)]
    reading = read("第二十条第（五）项", "信息内容", "本年处理决定数量", *lines, "政强制")
    assert values(reading) == {"licensing.decisions": "132", "penalties.decisions": "22", "coercion.decisions": "2"}
    doubts = [issue.cells for issue in reading.issues if issue.code == "label-unclear" and issue.severity == "warning"]
    assert doubts == [("disclosures.licensing.*",)]
