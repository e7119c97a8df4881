"""What a review says of the collection: every fault, doubt and broken sum, each with its file, its line and a next step.

Comes in: the collection, and the reports of the pipeline as they stream by. Goes out: `Finding` values. Must not know:
how they are shown. An error is something that keeps a document from being published as it should be; a broken sum of the
report itself is a fact about the report and never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ogi.collection.tree import A_LINK, AGENCY_FILE
from ogi.contribute.pasting import completed
from ogi.errors import BadCollection, Unreadable
from ogi.forms.codes import codes_of
from ogi.messages import placed
from ogi.model import Issue, Reading, Report, Severity
from ogi.settling import same_bytes
from ogi.yamlfile import Map, load_yaml

Level = Literal["error", "warning", "notice"]
LEVELS: dict[str, Level] = {"error": "error", "warning": "warning", "info": "notice"}
PLACE = re.compile(r"(?P<path>.+?\.yml), line (?P<line>[0-9]+): ")
LINE = re.compile(r"line=([0-9]{1,9})(?![0-9])")
NAMES = {
    "failed": "不能公布", "unreadable": "没有读入", "duplicate": "内容重复", "same-bytes": "内容相同",
    "structure": "文件夹有误", "package": "数据包无效",
}  # fmt: skip
AT_MOST = 20000  # characters of one message; the YAML to paste is far shorter


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` is relative to the parent of reports/, or as given; `code` an issue, a rule, an outcome, package, structure.

    `level` is how loud a review says it, `severity` what the data say of it.
    """

    path: str
    line: int | None
    level: Level
    code: str
    message: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Looked:
    """One document with its findings and what it came to, for those who read along."""

    path: str
    findings: tuple[Finding, ...]
    cells: int = 0
    held: int = 0
    failed: int = 0


def titled(code: str) -> str:
    """The code of a finding with its name in Chinese; that of a rule by itself, as its message says what it is about."""
    name = NAMES.get(code) or next((known.zh for known in codes_of("issue") if known.code == code), None)
    return f"{name} {code}" if name else code


def structure(reports: Path) -> tuple[Finding, ...]:
    """What is wrong with the folder itself, before anything in it is looked at."""
    if reports.is_symlink():
        return (Finding(reports.name, None, "error", "structure", str(BadCollection(reports.name, *A_LINK))),)
    return ()


def of_reports(reports: Iterable[Report], root: Path) -> Iterator[tuple[Report, Looked]]:
    """Each report beside its findings; the same fault of an agency's folder is told once, on its first document."""
    told: set[str] = set()
    first: dict[str, str] = {}
    for report in reports:
        found = list(_of_report(report, root))
        if report.outcome in ("report", "superseded") and first.setdefault(report.sha256, report.path) != report.path:
            twin = BadCollection(report.path, same_bytes(first[report.sha256]), "只留在该放的地方 keep it where it belongs")
            found.append(Finding(report.path, None, "warning", "same-bytes", str(twin), "warning"))
        fresh = tuple(f for f in found if f.level != "error" or f.message not in told)
        told.update(f.message for f in found)
        yield report, _looked(report.path, fresh, report.reading)


def of_reading(path: str, result: Reading | Unreadable) -> Looked:
    """The same for a document that lies anywhere."""
    if isinstance(result, Unreadable):
        return Looked(path, (Finding(path, None, "error", "unreadable", str(result)),))
    return _looked(path, tuple(_of_reading(path, result, None)), result)


def _looked(path: str, findings: tuple[Finding, ...], reading: Reading | None) -> Looked:
    checks = reading.checks if reading else ()
    return Looked(
        path, findings, len(reading.cells) if reading else 0,
        sum(c.status == "pass" for c in checks),
        sum(c.status == "fail" and c.severity != "info" for c in checks),
    )


def _of_report(report: Report, root: Path) -> Iterator[Finding]:
    if report.outcome in ("failed", "duplicate"):
        message = completed(report.message or "不能公布 cannot be published", report.path, root)[:AT_MOST]
        named = PLACE.match(message)
        path, line = (named["path"], int(named["line"])) if named else (report.path, None)
        yield Finding(path, line, "error", "unreadable" if not report.agency else report.outcome, message)
    elif report.reading:
        agency_file = root / report.path.rsplit("/", 1)[0] / AGENCY_FILE
        yield from _of_reading(report.path, report.reading, agency_file)


def _of_reading(path: str, reading: Reading, agency_file: Path | None) -> Iterator[Finding]:
    """A doubt says its place as people say it, then what it is, in Chinese and in English."""
    for issue in reading.issues:
        at, line = path, _line(path, issue)
        if issue.code == "correction-not-applied" and agency_file is not None:
            at, line = f"{path.rsplit('/', 1)[0]}/{AGENCY_FILE}", _record(agency_file, issue)
        said = _flat(placed(issue.message, issue.locator))
        yield Finding(at, line, LEVELS[issue.severity], issue.code, said, issue.severity)
    for check in reading.checks:
        if check.status == "fail":
            level: Level = "warning" if check.attribution == "reading" and check.severity != "info" else "notice"
            said = _flat(f"{check.message_zh} {check.message_en}")
            yield Finding(path, None, level, check.rule, said, check.severity)


def _flat(text: str) -> str:
    """One line: only what the collection says to paste has several, and none of it is a document's."""
    return " ".join(text.split())


def _line(path: str, issue: Issue) -> int | None:
    """Lines count only where the document is text, of which a locator gives lines."""
    found = LINE.search(issue.locator or "")
    return int(found[1]) if found and path.endswith((".txt", ".md", ".text")) else None


def _record(agency_file: Path, issue: Issue) -> int | None:
    """The line of agency.yml where the record of the correction stands that the issue is about."""
    try:
        data = load_yaml(agency_file)
    except (OSError, BadCollection):
        return None
    for record in _maps(data.get("reports")):
        key = ".".join(str(record.get(part)) for part in ("table", "item", "measure"))
        if key in issue.cells and str(record.get("printed")) == (issue.raw or ""):
            return record.lines.get("printed", record.line)
    return None


def _maps(value: object) -> Iterator[Map]:
    """Every map in it, however deep."""
    if isinstance(value, Map):
        yield value
    for inner in value.values() if isinstance(value, Map) else value if isinstance(value, list) else ():
        yield from _maps(inner)
