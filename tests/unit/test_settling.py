"""Which document is which report: year, id and outcome, and nothing chosen in silence."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from ogi.errors import Unreadable
from ogi.model import Agency, AgencyName, Collected, Correction, Entry, Issue, Reading, Report
from ogi.settling import settle

AGENCY = Agency(
    "360200-finance", "景德镇市财政局", "360200", "prefecture", "finance", names=(AgencyName("景德镇财局", "short"),)
)
FOLDER = "reports/36/360200-finance"


def reading(year: int | None = 2021, name: str | None = "景德镇市财政局") -> Reading:
    return Reading("txt", "0" * 64, 1, name, name, year, None, {}, ())


def settled(root: Path, *files: tuple[str, Entry | None, Reading | Unreadable]) -> dict[str, Report]:
    """Reports by file name; each file's bytes are its name."""
    found = []
    for name, entry, result in files:
        path = root / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name.split("=")[-1], encoding="utf-8")
        found.append((Collected(f"{FOLDER}/{name}", AGENCY, entry), result))
    reports = settle(found, root)
    assert [r.path for r in reports] == [file.path for file, _ in found]
    return {r.path.rsplit("/", 1)[1]: r for r in reports}


def codes(report: Report) -> list[str]:
    assert report.reading
    return [issue.code for issue in report.reading.issues]


def test_a_report_has_the_hash_and_size_of_its_file(tmp_path: Path) -> None:
    """The record of a document is that of its bytes as they lie there."""
    report = settled(tmp_path, ("2021.txt", None, reading()))["2021.txt"]
    assert (report.outcome, report.report_id, report.size) == ("report", "360200-finance-2021", 8)
    assert report.sha256 == hashlib.sha256(b"2021.txt").hexdigest()
    assert codes(report) == []


@pytest.mark.parametrize(("name", "entry", "year", "report_year", "issues"), [
    ("2021.txt", None, 2021, 2021, []),
    ("2020.txt", None, 2021, 2021, ["year-contradicted"]),
    ("2020.txt", Entry("2020.txt", 2020), 2021, 2020, ["year-contradicted"]),
    ("a.txt", Entry("a.txt", 2021), 2021, 2021, []),
    ("a.txt", None, 2021, 2021, []),
    ("2020.txt", None, None, 2020, []),
    ("a.txt", Entry("a.txt", 2019), None, 2019, []),
])  # fmt: skip
def test_the_year_comes_from_the_word_then_the_document_then_the_name(
    tmp_path: Path, name: str, entry: Entry | None, year: int | None, report_year: int, issues: list[str]
) -> None:
    """agency.yml holds over the document and the document over the file name; a contradiction is said."""
    report = settled(tmp_path, (name, entry, reading(year)))[name]
    assert report.report_id == f"360200-finance-{report_year}"
    assert codes(report) == issues


def test_a_year_that_a_person_decided_is_in_doubt_no_more(tmp_path: Path) -> None:
    """A document that contradicts its name, or itself, is doubted until agency.yml says its year; what it prints stays told."""
    own = Issue("year-contradicted", "warning", "the title says 2021, the period of the figures 2020.")
    files = [("2020.txt", None), ("a.txt", Entry("a.txt", 2020))]
    for (name, entry), severity in zip(files, ("warning", "info"), strict=True):
        found = settled(tmp_path, (name, entry, replace(reading(2021), issues=(own,))))[name].reading
        assert found and [(i.code, i.severity) for i in found.issues] == [("year-contradicted", severity)] * 2


def test_a_document_without_any_year_fails_with_a_remedy(tmp_path: Path) -> None:
    """Neither document nor name says the year: the record tells how to say it."""
    report = settled(tmp_path, ("a.txt", None, reading(None)))["a.txt"]
    assert (report.outcome, report.report_id, report.reading) == ("failed", None, None)
    assert "a.txt" in str(report.message) and "name the file after its year" in str(report.message)


@pytest.mark.parametrize(("name", "contradicted"), [
    ("景德镇市财政局", False), ("景德镇财政局", False), ("景德镇财局", False), ("江西省景德镇市财政局", False), (None, False),
    ("景德镇市审计局", True), ("赣州市财政局", True),
])  # fmt: skip
def test_a_shortened_name_is_the_same_and_another_is_told(tmp_path: Path, name: str | None, contradicted: bool) -> None:
    """A name that shortens or lengthens the agency's is its own; another body's is an issue."""
    report = settled(tmp_path, ("2021.txt", None, reading(name=name)))["2021.txt"]
    assert codes(report) == (["agency-contradicted"] if contradicted else [])


def test_an_unreadable_file_keeps_its_reason(tmp_path: Path) -> None:
    """Why a document could not be read stands in its record."""
    error = Unreadable(f"{FOLDER}/2021.txt", "encrypted", "remove the password")
    report = settled(tmp_path, ("2021.txt", None, error))["2021.txt"]
    assert (report.outcome, report.message) == ("failed", str(error))


def test_a_problem_of_the_collection_is_the_record(tmp_path: Path) -> None:
    """A file that the collection refused is failed with the collection's own words, even where it is gone."""
    (report,) = settle([(Collected(f"{FOLDER}/gone.txt", AGENCY, None, "no such file → add it"), None)], tmp_path)
    assert (report.outcome, report.message, report.size) == ("failed", "no such file → add it", 0)


def test_two_documents_without_a_word_fail_both(tmp_path: Path) -> None:
    """Both rivals are failed by the same message, which names both; another year is not touched."""
    reports = settled(
        tmp_path, ("2021.pdf", None, reading()), ("2021.txt", None, reading()), ("2020.txt", None, reading(2020))
    )
    assert [reports[n].outcome for n in ("2021.pdf", "2021.txt", "2020.txt")] == ["failed", "failed", "report"]
    assert reports["2021.pdf"].message == reports["2021.txt"].message
    for word in (f"{FOLDER}/2021.pdf", f"{FOLDER}/2021.txt", "360200-finance-2021", "version: 2"):
        assert word in str(reports["2021.txt"].message)


@pytest.mark.parametrize("versions", [(1, None), (1, 1), (None, None)])
def test_half_a_word_is_no_word(tmp_path: Path, versions: tuple[int | None, int | None]) -> None:
    """A version on one of two, or the same on both, does not tell which holds."""
    reports = settled(tmp_path, *(
        (f"{n}.txt", Entry(f"{n}.txt", 2021, version=v), reading()) for n, v in zip("ab", versions, strict=True)
    ))  # fmt: skip
    assert {r.outcome for r in reports.values()} == {"failed"}


def test_the_highest_version_holds_and_the_others_stay(tmp_path: Path) -> None:
    """Of three versions the last is the report; the first two are -v1 and -v2 and point to it."""
    reports = settled(tmp_path, *(
        (f"{name}.txt", Entry(f"{name}.txt", 2021, version=version), reading())
        for name, version in (("b", 7), ("a", 3), ("c", 4))
    ))  # fmt: skip
    assert {n: (r.outcome, r.report_id, r.superseded_by) for n, r in reports.items()} == {
        "b.txt": ("report", "360200-finance-2021", None),
        "a.txt": ("superseded", "360200-finance-2021-v1", "360200-finance-2021"),
        "c.txt": ("superseded", "360200-finance-2021-v2", "360200-finance-2021"),
    }
    assert all(r.reading for r in reports.values())


def test_the_same_bytes_are_a_duplicate_and_no_rival(tmp_path: Path) -> None:
    """The second file with the same bytes is a duplicate that names the first, which is published."""
    reports = settled(tmp_path, ("a=2021.txt", None, reading()), ("b=2021.txt", None, reading()))
    assert [r.outcome for r in reports.values()] == ["report", "duplicate"]
    assert "the same bytes as" in str(reports["b=2021.txt"].message)
    assert f"{FOLDER}/a=2021.txt" in str(reports["b=2021.txt"].message)
    assert reports["b=2021.txt"].reading is None


def test_corrections_come_with_their_entry(tmp_path: Path) -> None:
    """The records of agency.yml travel with the report they are about."""
    record = Correction("misread", "requests", "granted", "total", "1", None, "r", "e", None)  # type: ignore[arg-type]
    entry = Entry("2021.txt", 2021, corrections=(record,))
    assert settled(tmp_path, ("2021.txt", entry, reading()))["2021.txt"].corrections == (record,)


def test_a_short_name_is_no_licence_for_other_places(tmp_path: Path) -> None:
    """A listed short name makes only itself the agency's own, never a longer name of another body."""
    agency = replace(AGENCY, names=(AgencyName("市财局", "short"),))
    path = tmp_path / FOLDER / "2021.txt"
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    file = Collected(f"{FOLDER}/2021.txt", agency, None)
    assert codes(settle([(file, reading(name="市财局"))], tmp_path)[0]) == []
    assert codes(settle([(file, reading(name="赣州市财政局"))], tmp_path)[0]) == ["agency-contradicted"]
