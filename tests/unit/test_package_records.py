"""What people and agencies say after the fact: corrections, reviews, re-issued reports, and requests carried over the years."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ogi.cli import app
from ogi.package import Package, load
from ogi.package.reader import Row
from ogi.pipeline import build
from tests.unit.collected import agency_yml, put, text_of

ID = "360200-finance"
SLIP = ("| 5 | 1 | 0 | 0 | 0 | 1 | 7 |", "| 5 | 1 | 0 | 0 | 0 | 1 | 8 |")  # granted: the total does not add up
RECORD = (
    "reports:\n  2021:\n    file: 2021.txt\n    reviewed_on: 2022-03-01\n    reviewed_by: 张三\n    corrections:\n"
    "      - {{kind: {kind}, table: requests, item: granted, measure: total, printed: {printed}, right: 7,\n"
    "         reason: 合计有误, evidence: 机关2022年3月答复, on: 2022-03-02}}\n"
)


def built(root: Path, files: dict[str, str], more: str = "") -> Package:
    build(put(root, {f"{ID}/agency.yml": agency_yml(ID, more), **files}), root / "datapackage")
    return load(root / "datapackage")


def corrected(root: Path, kind: str, printed: int = 8) -> Package:
    return built(root, {f"{ID}/2021.txt": text_of(ID, 2021, SLIP)}, RECORD.format(kind=kind, printed=printed))


def only(package: Package, resource: str, **where: object) -> Row:
    (row,) = [r for r in package.rows(resource) if all(r[k] == v for k, v in where.items())]
    return row


@pytest.mark.parametrize(("kind", "value", "status", "result", "attribution"), [
    ("misread", 7, "corrected", "pass", None),
    ("source_error", 8, "reported", "fail", "agency"),
])  # fmt: skip
def test_checks_run_on_what_the_document_prints(
    tmp_path: Path, kind: str, value: int, status: str, result: str, attribution: str | None
) -> None:
    """A misreading put right is checked as put right; an error of the document is checked as printed, and its."""
    package = corrected(tmp_path, kind)
    cell = only(package, "cells", item="granted", measure="total")
    assert (cell["value"], cell["raw"], cell["status"]) == (value, "8", status)
    check = only(package, "checks", rule="T3-03", scope="granted")
    assert (check["status"], check["attribution"]) == (result, attribution)
    record = only(package, "corrections")
    assert (record["kind"], record["printed"], record["right"], record["n"]) == (kind, "8", 7, 1)


def test_a_review_by_a_person_is_published(tmp_path: Path) -> None:
    """Who compared a report with its original, and when, stands beside its counts."""
    row = only(corrected(tmp_path, "misread"), "reports")
    assert (str(row["reviewed_on"]), row["reviewed_by"]) == ("2022-03-01", "张三")


@pytest.mark.parametrize(("printed", "status", "words"), [(8, 0, "2 fail"), (9, 1, "correction-not-applied")])
def test_a_record_that_no_longer_matches_fails_ogi_check(tmp_path: Path, printed: int, status: int, words: str) -> None:
    """An error of the document is shown and passes; a record that expects other text than is printed fails."""
    corrected(tmp_path, "source_error", printed)
    result = CliRunner().invoke(app, ["check", "--reports", str(tmp_path / "reports"), "--jobs", "1"])
    assert result.exit_code == status and words in result.output
    assert len(list(load(tmp_path / "datapackage").rows("corrections"))) == 1 - status
    assert only(load(tmp_path / "datapackage"), "cells", item="granted", measure="total")["value"] == 8


def test_a_re_issued_report_says_what_it_changed(tmp_path: Path) -> None:
    """Each version that follows another lists the cells it prints otherwise, and no others."""
    entries = "".join(f"    - {{file: {n}.txt, version: {n}}}\n" for n in (1, 2, 3))
    files = {
        f"{ID}/1.txt": text_of(ID, 2021, SLIP), f"{ID}/2.txt": text_of(ID, 2021),
        f"{ID}/3.txt": text_of(ID, 2021, ("| 312 |", "|  |"), ("属于国家秘密 | 0 |", "属于国家秘密 | 0  |")),
    }  # fmt: skip
    package = built(tmp_path, files, f"reports:\n  2021:\n{entries}")
    columns = ("report_id", "previous_id", "item", "measure", "old_value", "old_status", "new_value", "new_status")
    assert [tuple(r[c] for c in columns) for r in package.rows("revisions")] == [
        (f"{ID}-2021", f"{ID}-2021-v2", "licensing", "decisions", 312, "reported", None, "blank"),
        (f"{ID}-2021-v2", f"{ID}-2021-v1", "granted", "total", 8, "reported", 7, "reported"),
    ]
    assert {r["report_id"] for r in package.rows("requests")} == {f"{ID}-2021", f"{ID}-2021-v1", f"{ID}-2021-v2"}


def test_the_ledger_follows_requests_from_year_to_year(tmp_path: Path) -> None:
    """Each year opens with what the year before carried out; a break is named and priced, a gap in the years too."""
    kept = ("| 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n三", "| 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n三")
    moved = ("| 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n三", "| 0 | 1 | 0 | 0 | 0 | 0 | 1 |\n三")
    lost = ("| 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n三", "| 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n三")
    changes = {2016: (), 2018: (), 2019: (kept,), 2020: (moved,), 2021: (lost,), 2022: ()}
    package = built(tmp_path, {f"{ID}/{year}.txt": text_of(ID, year, *some) for year, some in changes.items()})
    columns = ("year", "opening", "carried", "received", "disposed", "closing", "gap", "residual", "broken")
    assert [tuple(r[c] for c in columns) for r in package.rows("ledger")] == [
        (2016, None, 2, 18, 19, 1, None, 0, None),
        (2018, None, 2, 18, 19, 1, None, 0, "year-missing"),
        (2019, 1, 1, 18, 19, 1, 0, -1, None),
        (2020, 1, 1, 18, 19, 1, 0, -1, "applicant-reclassified"),
        (2021, 1, 0, 18, 19, 1, -1, -2, "carry-dropped"),
        (2022, 1, 2, 18, 19, 1, 1, 0, "carry-changed"),
    ]
