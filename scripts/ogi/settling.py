"""Which document is which report: outcome, year and id of every file of one agency.

Comes in: the files of a folder with their readings. Goes out: `Report`s, each with an outcome that is on record in the package.
Must not know: what the numbers mean. Nothing is chosen silently: two documents for one year without a word fail both, by name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ogi.collection import year_of
from ogi.errors import BadCollection, Unreadable
from ogi.messages import in_both
from ogi.model import Agency, Collected, Entry, Issue, Reading, Report
from ogi.regions import region

Found = tuple[Collected, Reading | Unreadable | None]
NO_YEAR = (
    "从内容和文件名都看不出是哪一年度的年报 neither the document nor its name says which year it is about",
    "用年度作文件名，如 2021.pdf，或在 agency.yml 的 reports 下写明 "
    "name the file after its year, like 2021.pdf, or give it an entry under «reports» in agency.yml",
)
ONE_OF_TWO = "两份里删去一份 take one of the two away"
WHICH_HOLDS = (
    "在 agency.yml 里给首次公布的写 version: 1，重新公布的写 version: 2，或删去多余的一份 "
    "write version: 1 for the first and version: 2 for the re-issued one in agency.yml, or take one away"
)


def settle(files: Sequence[Found], root: Path) -> list[Report]:
    """Reports in the order of the files."""
    reports = [_report(file, result, root) for file, result in files]
    return _versions(_duplicates(reports))


def same_bytes(other: str) -> str:
    """What is found, where a file has the content of one elsewhere."""
    return f"与 {other} 内容完全相同 the same bytes as {other}"


def _report(file: Collected, result: Reading | Unreadable | None, root: Path) -> Report:
    sha256, size = _digest(root / file.path)
    dated = _dated(file.path, file.entry, year_of(file.entry, file.path)) if file.agency else file.entry
    bare = Report(file.path, None, sha256, size, "failed", file.agency, dated, None, None)
    if file.problem is not None or file.agency is None:
        return replace(bare, message=file.problem)
    if not isinstance(result, Reading):
        return replace(bare, message=str(result))
    reading = _compared(result, file.agency, file)
    year = (file.entry.year if file.entry else None) or result.year or year_of(None, file.path)
    if year is None:
        return replace(
            bare,
            format=result.format,
            message=str(BadCollection(file.path, *NO_YEAR)),
        )
    return replace(
        bare,
        format=result.format,
        outcome="report",
        entry=file.entry,
        report_id=f"{file.agency.agency_id}-{year}",
        reading=reading,
        corrections=file.entry.corrections if file.entry else (),
    )


def _dated(path: str, entry: Entry | None, year: int | None) -> Entry:
    """The entry with the year that is known of a document that fails, so that coverage has a row for it."""
    return replace(entry or Entry(path.rsplit("/", 1)[-1]), year=year)


def _digest(path: Path) -> tuple[str, int]:
    """Hash and size of the file as it lies there; those of nothing if it cannot be opened."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return digest.hexdigest(), file.tell()
    except OSError:
        return hashlib.sha256(str(path.name).encode()).hexdigest(), 0


def _compared(reading: Reading, agency: Agency, file: Collected) -> Reading:
    """The reading with an issue where the document contradicts its folder or its file name."""
    decided = file.entry.year if file.entry else None  # by a person: told, but in doubt no more
    issues = [
        replace(issue, severity="info") if decided and issue.code == "year-contradicted" else issue
        for issue in reading.issues
    ]
    named = year_of(file.entry, file.path)
    if reading.year and named and reading.year != named:
        source, kept = ("agency.yml ", decided) if decided else ("文件名", reading.year)
        zh = f"{source}写的是 {named} 年，文件里印的是 {reading.year} 年，按 {kept} 年公布。"
        source = "agency.yml" if decided else "the file name"
        en = f"{file.path}: {source} says {named}, the document says {reading.year}; published as {kept}."
        if not decided:
            zh += "请改正文件名，或在 agency.yml 写明年度。"
            en += " Rename the file, or write the right year in agency.yml."
        issues.append(Issue("year-contradicted", "info" if decided else "warning", in_both(zh, en)))
    if reading.agency_name and not _same(reading.agency_name, agency):
        issues.append(
            Issue(
                "agency-contradicted",
                "warning",
                in_both(
                    f"文件里印的机关是「{reading.agency_name}」，所在文件夹属于「{agency.name}」。"
                    "放错了就移走；是别的名称就写进 agency.yml 的 names。",
                    f"{file.path}: the document names «{reading.agency_name}», its folder belongs to "
                    f"«{agency.name}». Move the file, or add the name under «names» in agency.yml.",
                ),
                None,
                (),
                reading.agency_name,
            )
        )
    return replace(reading, issues=tuple(issues))


def _same(printed: str, agency: Agency) -> bool:
    """Whether a printed name is one of the agency's, or one shortens the other without changing its letters' order."""
    if printed in {n.name for n in agency.names}:
        return True
    place = region(agency.region_code)
    here = place is None or place.zh[:2] in printed or place.zh[:2] not in agency.name
    return (_shortens(printed, agency.name) and here) or _shortens(agency.name, printed)


def _shortens(short: str, full: str) -> bool:
    letters = iter(full)
    return all(c in letters for c in short)


def _duplicates(reports: list[Report]) -> list[Report]:
    """Of files with the same bytes the one that agency.yml names holds, else the one with the plainest name."""
    first: dict[str, str] = {}
    for report in sorted(reports, key=lambda r: (r.entry is None, len(r.path), r.path)):
        if report.outcome == "report":
            first.setdefault(report.sha256, report.path)
    out = []
    for report in reports:
        if report.outcome == "report" and first[report.sha256] != report.path:
            report = replace(
                report,
                outcome="duplicate",
                report_id=None,
                reading=None,
                message=str(BadCollection(report.path, same_bytes(first[report.sha256]), ONE_OF_TWO)),
            )
        out.append(report)
    return out


def _versions(reports: list[Report]) -> list[Report]:
    """Of several documents for one year the highest `version` holds and the others stay readable as -v1, -v2, …"""
    by_id: dict[str, list[Report]] = {}
    for report in reports:
        if report.report_id:
            by_id.setdefault(report.report_id, []).append(report)
    changed: dict[str, Report] = {}
    for report_id, rivals in by_id.items():
        if len(rivals) == 1:
            continue
        versions = [r.entry.version if r.entry else None for r in rivals]
        if None in versions or len(set(versions)) < len(versions):
            paths = " and ".join(r.path for r in rivals)
            found = (
                f"{report_id} 有 {len(rivals)} 份文件，没有写明哪一份有效 "
                f"{len(rivals)} documents for {report_id} and no word on which holds"
            )
            for rival in rivals:
                changed[rival.path] = replace(
                    rival,
                    outcome="failed",
                    entry=_dated(rival.path, rival.entry, int(report_id[-4:])),
                    report_id=None,
                    reading=None,
                    message=str(BadCollection(paths, found, WHICH_HOLDS)),
                )
            continue
        ordered = sorted(rivals, key=lambda r: r.entry.version if r.entry and r.entry.version else 0)
        for n, rival in enumerate(ordered[:-1], start=1):
            changed[rival.path] = replace(
                rival, outcome="superseded", report_id=f"{report_id}-v{n}", superseded_by=report_id
            )
    return [changed.get(r.path, r) for r in reports]
