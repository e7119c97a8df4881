"""Summaries against the reports below them, from folders to the package; and the list of what is not collected."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from ogi.collection import collect
from ogi.contribute.wanted import wanted
from ogi.package import Package, load
from ogi.package.reader import Row
from ogi.pipeline import build
from tests.unit.collected import agency_yml, put, text_of

WHOLE, ONE, TWO = "360200-government", "360200-finance", "360200-audit"
ABOVE = 'name: 景德镇市人民政府\nregion_code: "360200"\nsector: government\nscope: aggregate\n'
BELOW = f"parent_id: {WHOLE}\n"
FILES = {
    f"{ONE}/agency.yml": agency_yml(ONE, BELOW), f"{ONE}/2021.txt": text_of(ONE, 2021),
    f"{TWO}/agency.yml": agency_yml(TWO, BELOW), f"{TWO}/2021.txt": text_of(TWO, 2021),
    f"{WHOLE}/agency.yml": ABOVE, f"{WHOLE}/2021.txt": text_of(ONE, 2021).replace("景德镇市财政局", "景德镇市人民政府"),
}  # fmt: skip


def doubled(text: str) -> str:
    """Every number of the tables twice as large."""
    lines = text.split("\n")
    number = re.compile(r" ?[0-9.]+ ")
    cells = ["|".join(f" {2 * Decimal(c.strip())} " if number.fullmatch(c) else c for c in line.split("|")) for line in lines]
    return "\n".join(cells)


def built(root: Path, files: dict[str, str], listed: str = "") -> Package:
    reports = put(root, files)
    if listed:
        (reports / "coverage.yml").write_text(listed, encoding="utf-8")
    build(reports, root / "datapackage")
    return load(root / "datapackage")


def check(package: Package, rule: str, table: str = "disclosures") -> Row:
    (row,) = [c for c in package.rows("checks") if (c["rule"], c["scope"]) == (rule, table)]
    assert row["report_id"] == f"{WHOLE}-2021"
    return row


def test_a_summary_that_is_the_sum_of_those_below_passes(tmp_path: Path) -> None:
    """Each cell of the summary equals the sum of its two bodies, whichever of the folders comes first."""
    package = built(tmp_path, {**FILES, f"{WHOLE}/2021.txt": doubled(FILES[f"{WHOLE}/2021.txt"])})
    for table in ("disclosures", "requests", "reviews"):
        assert (check(package, "HI-01", table)["status"], check(package, "HI-02", table)["status"]) == ("pass", "pass")


@pytest.mark.parametrize(("number", "listed", "severity", "attribution", "smaller"), [
    ("311", "", "warning", "agency", "fail"),  # less than a body below: no other body can explain it
    ("700", "", "info", "reading", "pass"),  # more than both: another body may be below it
    ("700", f"complete: [{WHOLE}]\n", "warning", "agency", "pass"),
])  # fmt: skip
def test_a_summary_that_is_not_the_sum(
    tmp_path: Path, number: str, listed: str, severity: str, attribution: str, smaller: str
) -> None:
    """It fails, with the sum written out; what bodies that nobody registered could explain is a note."""
    whole = doubled(FILES[f"{WHOLE}/2021.txt"]).replace("| 624 |", f"| {number} |")
    package = built(tmp_path, {**FILES, f"{WHOLE}/2021.txt": whole}, listed)
    row = check(package, "HI-01")
    assert (row["status"], row["severity"], row["attribution"]) == ("fail", severity, attribution)
    assert f"{number}（其下 624）" in str(row["message_zh"]) and row["cells"] == "disclosures.licensing.decisions"
    assert check(package, "HI-02")["status"] == smaller


def test_a_body_below_that_is_missing_is_named(tmp_path: Path) -> None:
    """Where the report of one body is not collected, or only listed, the sum is unknown and the body named."""
    files = {k: v for k, v in FILES.items() if k != f"{TWO}/2021.txt"}
    listed = f"known:\n  - {{agency_id: 360200-education, name: 景德镇市教育局, parent_id: {WHOLE}, years: [2021]}}\n"
    package = built(tmp_path, files, listed)
    row = check(package, "HI-01")
    assert row["status"] == "unknown" and "景德镇市审计局、景德镇市教育局" in str(row["message_zh"])
    assert check(package, "HI-02")["status"] == "pass"


def test_no_summary_no_check(tmp_path: Path) -> None:
    """An agency whose parent is no summary, or has no parent, takes part in no such check."""
    own = {**FILES, f"{WHOLE}/agency.yml": ABOVE.replace("scope: aggregate\n", "")}
    assert [c for c in built(tmp_path, own).rows("checks") if str(c["rule"]).startswith("HI-")] == []


def test_what_is_known_and_not_collected_is_covered(tmp_path: Path) -> None:
    """A listed year stretches the years of its agency, a listed body is an agency, a failed document has its row."""
    listed = (
        f"known:\n  - {{agency_id: {ONE}, years: 2019, source_url: https://example.gov.cn/2019}}\n"
        "  - {agency_id: 360200-education, name: 景德镇市教育局, years: [2020-2021]}\n"
    )
    package = built(tmp_path, {**FILES, f"{TWO}/2018.txt": ""}, listed)
    rows = {(str(r["agency_id"]), r["year"]): r for r in package.rows("coverage")}
    assert {key: r["status"] for key, r in rows.items()} == {
        (ONE, 2019): "not_collected", (ONE, 2020): "not_collected", (ONE, 2021): "collected",
        (TWO, 2018): "failed", (TWO, 2021): "collected", (WHOLE, 2021): "collected",
        ("360200-education", 2020): "not_collected", ("360200-education", 2021): "not_collected",
    }  # fmt: skip
    assert rows[ONE, 2019]["source_url"] == "https://example.gov.cn/2019" and rows[ONE, 2020]["source_url"] is None
    assert package.index("agencies")["360200-education"]["sector"] == "education"


def test_what_was_taken_down_is_told_and_not_asked_for(tmp_path: Path) -> None:
    """It has its row, and a status of its own in coverage; what is published (again) is withdrawn no more."""
    listed = (
        f"withdrawn:\n  - {{report_id: {ONE}-2019, on: 2026-03-01, reason: 含有个人信息}}\n"
        f"  - {{report_id: {ONE}-2021, on: 2026-03-01}}\n"
        f"  - {{report_id: 360200-education-2020-v1, name: 景德镇市教育局, on: 2026-03-02, now_at: {ONE}-2021}}\n"
    )
    package = built(tmp_path, FILES, listed)
    first, second = package.rows("withdrawn")
    assert [str(value) for value in first.values()] == [
        "360200-education-2020-v1", "360200-education", "2020", "2026-03-02", "None", f"{ONE}-2021",
    ]  # fmt: skip
    assert (second["withdrawn_id"], second["reason"], second["now_at"]) == (f"{ONE}-2019", "含有个人信息", None)
    rows = {(str(r["agency_id"]), r["year"]): r["status"] for r in package.rows("coverage")}
    assert [rows[ONE, year] for year in (2019, 2020, 2021)] == ["withdrawn", "not_collected", "collected"]
    assert rows["360200-education", 2020] == "withdrawn"
    assert (ONE, 2019) not in {(one.agency_id, one.year) for one in wanted(package)}


@pytest.mark.parametrize(("text", "words"), [
    ("knwon: []\n", "did you mean «known»"),
    (f"known:\n  - {{agency_id: {ONE}, years: [21]}}\n", "line 2: .*«21» is no year"),
    ("known:\n  - {agency_id: 360200-education, years: [2021]}\n", "«name» is missing"),
    (f"known:\n  - {{agency_id: {ONE}, years: 2019-2020, source_url: https://example.cn}}\n", "each year"),
    ("complete: [360200-education]\n", "is no agency here"),
    (f"withdrawn:\n  - {{report_id: {ONE}, on: 2026-03-01}}\n", "is no report id"),
    (f"withdrawn:\n  - {{report_id: {ONE}-2019}}\n", "«on»"),
    (f"withdrawn:\n  - {{report_id: {ONE}-2019, on: }}\n", "line 2: .*«on» is missing"),
    (f"withdrawn:\n  - {{report_id: {ONE}-2019, on: 2026}}\n", "line 2: .*«on: 2026» is not a date"),
    ("withdrawn:\n  - {report_id: 360200-education-2021, on: 2026-03-01}\n", "«name» is missing"),
    (f"withdrawn:\n  - {{report_id: {ONE}-2019, on: 2026-03-01, now_at: there}}\n", "«there» is no report id"),
    ("withdrawn:\n" + 2 * f"  - {{report_id: {ONE}-2019, on: 2026-03-01}}\n", "stands twice"),
])  # fmt: skip
def test_a_slip_in_the_list_costs_the_list_only(tmp_path: Path, text: str, words: str) -> None:
    """A fault is on record with its line and remedy, and every document is still collected."""
    reports = put(tmp_path, FILES)
    (reports / "coverage.yml").write_text(text, encoding="utf-8")
    found = collect(reports)
    (bad,) = [f for f in found.files if f.problem]
    assert bad.path == "reports/coverage.yml" and re.search(words, str(bad.problem)) and " → " in str(bad.problem)
    assert len(found.files) == 4 and len(found.agencies) == 3 and not found.known.years


def test_a_report_that_is_issued_again_was_not_late_for_that(tmp_path: Path) -> None:
    """The day on which the first version came out counts; where that day is not known, nobody is called late."""
    second = "    - {{file: 2021.txt, version: 2, published_on: 2022-04-20}}\n"
    entries = f"reports:\n  2021:\n{second}    - {{{{file: first.txt, version: 1{{}}}}}}\n"
    for first, days, status in ((", published_on: 2022-01-20", 0, "pass"), ("", None, "unknown")):
        files = {
            f"{ONE}/agency.yml": agency_yml(ONE, entries.format(first)),
            f"{ONE}/2021.txt": text_of(ONE, 2021), f"{ONE}/first.txt": text_of(ONE, 2021, ("| 312 |", "| 311 |")),
        }  # fmt: skip
        package = built(tmp_path / str(days), files)
        (row,) = package.rows("coverage")
        assert row["days_late"] == days
        checks = [c for c in package.rows("checks") if c["rule"] == "ST-04" and c["report_id"] == f"{ONE}-2021"]
        assert [c["status"] for c in checks] == [status]
        assert str(package.index("reports")[f"{ONE}-2021"]["published_on"]) == "2022-04-20"


def test_a_parent_that_is_not_here_costs_the_reference_only(tmp_path: Path) -> None:
    """A parent and a successor without a folder are named with their file; the agency's reports and all others come out."""
    away = "parent_id: 360200-government\nclosed_on: 2023-01-01\nsuccessor_id: 360200-data\n"
    files = {**FILES, f"{ONE}/agency.yml": agency_yml(ONE, away)}
    files = {path: text for path, text in files.items() if not path.startswith(WHOLE)}
    package = built(tmp_path, {**files, f"{TWO}/agency.yml": agency_yml(TWO)})
    agency = package.index("agencies")[ONE]
    assert (agency["parent_id"], agency["successor_id"]) == (None, None)
    assert {r["agency_id"] for r in package.rows("reports")} == {ONE, TWO}
    (fault,) = [d for d in package.rows("documents") if d["outcome"] == "failed"]
    assert fault["path"] == f"reports/36/{ONE}/agency.yml"
    for word in ("no agency «360200-government»", "no agency «360200-data»", "take the line out"):
        assert word in str(fault["message"])
