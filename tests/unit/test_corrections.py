"""Corrections: applied where they match what is printed, refused by name where they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import site_shells

from ogi.corrections import correct
from ogi.model import Cell, Correction, Reading, Report
from ogi.package import load
from ogi.pipeline import build
from tests.unit.collected import agency_yml, put, text_of

CELL = Cell("requests", "granted", "total", Decimal(7), "7", None, "reported", "（一）予以公开", "line=3")
OTHER = CELL._replace(item="partly_granted", value=None, raw=None, status="blank")
RUN = CELL._replace(item="carried_out", value=None, raw="81010010", status="unreadable")
RECORD = Correction(
    "misread", "requests", "granted", "total", "7", Decimal(8), "看错了", "原件第3页", date(2022, 2, 1)
)


def corrected(*records: Correction) -> Report:
    reading = Reading("txt", "0" * 64, 1, None, None, 2021, None, {}, (CELL, OTHER, RUN))
    return correct(
        Report("reports/a/2021.txt", "txt", "0" * 64, 1, "report", None, None, "a-2021", reading, corrections=records)
    )


def cells(report: Report) -> tuple[Cell, ...]:
    assert report.reading
    return report.reading.cells


def test_a_misreading_becomes_what_is_printed() -> None:
    """The value is the right one, the status says corrected, and the printed text stays."""
    report = corrected(RECORD)
    assert cells(report)[0] == CELL._replace(value=Decimal(8), status="corrected")
    assert cells(report)[1:] == (OTHER, RUN)
    assert report.reading and report.reading.issues == () and report.corrections == (RECORD,)


def test_an_error_of_the_source_changes_no_cell() -> None:
    """What the document prints stays; the record is kept to stand beside it."""
    record = replace(RECORD, kind="source_error")
    report = corrected(record)
    assert cells(report) == (CELL, OTHER, RUN) and report.corrections == (record,)


def test_an_unreadable_cell_can_be_put_right() -> None:
    """A run that could not be cut is corrected against its printed text."""
    record = replace(RECORD, item="carried_out", printed="81010010")
    assert cells(corrected(record))[2].value == 8


@pytest.mark.parametrize(("change", "seen"), [
    ({"printed": "9"}, "«7»"),
    ({"item": "partly_granted", "printed": "0"}, "«»"),
    ({"item": "declined_repeat"}, "no such cell"),
    ({"measure": "business"}, "no such cell"),
    ({"table": "reviews"}, "no such cell"),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["misread", "source_error"])
def test_a_record_that_does_not_match_is_refused(change: dict[str, str], seen: str, kind: str) -> None:
    """Nothing is changed, and an error names report, cell, expectation, what is there and what to do."""
    record = replace(RECORD, kind=kind, **change)
    report = corrected(record)
    assert cells(report) == (CELL, OTHER, RUN) and report.corrections == ()
    assert report.reading
    (issue,) = report.reading.issues
    assert (issue.code, issue.severity) == ("correction-not-applied", "error")
    assert issue.cells == (f"{record.table}.{record.item}.{record.measure}",)
    for word in ("reports/a/2021.txt", f"«{record.printed}»", seen, "not applied", "agency.yml"):
        assert word in issue.message


def test_space_and_width_do_not_matter_in_what_is_printed() -> None:
    """A record may write the printed text without the spaces that stand around it."""
    assert cells(corrected(replace(RECORD, printed=" ７ ")))[0].value == 8


def test_every_record_is_judged_by_itself() -> None:
    """One that matches is applied beside one that does not."""
    report = corrected(replace(RECORD, printed="9"), RECORD)
    assert cells(report)[0].value == 8
    assert report.reading and len(report.reading.issues) == 1 and report.corrections == (RECORD,)


def test_a_report_without_records_is_left_alone() -> None:
    """No record, no change: the very same value comes back."""
    report = Report("a", None, "0" * 64, 0, "failed", None, None, None, None, corrections=(RECORD,))
    assert correct(report) is report


def test_a_cell_of_a_row_that_was_not_seen_is_put_right() -> None:
    """The form demands the cell, our reading has no such row: a record that expects nothing fills it in; others do not."""
    unseen = replace(RECORD, item="cannot_create", printed="", right=Decimal(4))
    reading = Reading("txt", "0" * 64, 1, None, None, 2021, None, {"requests": "2021-30"}, (CELL,))
    bare = Report("reports/a/2021.txt", "txt", "0" * 64, 1, "report", None, None, "a-2021", reading)
    report = correct(replace(bare, corrections=(unseen,)))
    assert cells(report) == (CELL, Cell("requests", "cannot_create", "total", Decimal(4), None, None, "corrected", None, None))
    assert report.corrections == (unseen,)
    for wrong in (replace(unseen, printed="3"), replace(unseen, item="other_disposal"), replace(unseen, kind="source_error")):
        refused = correct(replace(bare, corrections=(wrong,)))
        assert cells(refused) == (CELL,) and refused.corrections == () and refused.reading
        assert [i.code for i in refused.reading.issues] == ["correction-not-applied"]


def test_a_number_that_was_not_seen_is_put_right(tmp_path: Path) -> None:
    """A cell read as empty has nothing to expect: the record says so with "", is published, and the page tells what was read."""
    record = "kind: misread, table: disclosures, item: licensing, measure: decisions, printed: '', right: 312"
    folder = "360200-finance"
    files = {
        f"{folder}/agency.yml": agency_yml(
            folder,
            "reports:\n  2021:\n    file: 2021.txt\n    corrections:\n"
            f"      - {{{record}, reason: 没有认出, evidence: 原件第1页, on: 2022-02-01}}\n",
        ),
        f"{folder}/2021.txt": text_of(folder, 2021, ("| 312 |", "|  |")),
    }
    build(put(tmp_path, files), tmp_path / "datapackage")
    package = load(tmp_path / "datapackage")
    (cell,) = [c for c in package.rows("disclosures") if c["item"] == "licensing"]
    assert (cell["value"], cell["raw"], cell["status"]) == (312, None, "corrected")
    (row,) = package.rows("corrections")
    assert (row["printed"], row["right"]) == (None, 312)
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    assert "读作空白，印出的是 312。" in (tmp_path / f"site/reports/{folder}-2021/index.html").read_text("utf-8")
