"""OPEN THIS FIRST: the whole flow, stage by stage.

    reports/ ──collect──▶ files ──understand──▶ readings ──settle──▶ reports ──check──▶ checked ──write──▶ datapackage/
                                                                                             datapackage/ ──▶ site (ogi.site)

One agency at a time streams through: memory does not grow with the collection. Comes in: a folder of collected documents.
Goes out: the data package, whole or not at all. A new format is a module in `readers/`, a new form or pattern a YAML in `forms/`,
a new rule a line in `forms/rules.yml`, a new page a kind in `site/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path

from ogi.checks import check_years
from ogi.checks.ledger import ledger
from ogi.checks.summaries import hold_summaries
from ogi.collection import Collection, collect
from ogi.corrections import correct
from ogi.errors import Unreadable
from ogi.forms import load as load_forms
from ogi.forms.codes import load_codes
from ogi.model import Collected, Reading, Report
from ogi.package import write
from ogi.readers.worker import run_isolated
from ogi.readings import Readings
from ogi.revisions import revised
from ogi.settling import settle
from ogi.unchanged import Noted, contents, note, recall
from ogi.understanding import judge, understand

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to, for the last line that people see."""

    agencies: int
    published: int
    failed: tuple[Report, ...]
    failed_checks: int
    fresh: bool = True


def build(
    reports: Path, package: Path, jobs: int = 1, progress: Progress = lambda path: None, cache: Path | None = None
) -> Built:
    """Everything under `reports` into `package`. Raises BadPackage, and then leaves the last package as it was.

    With a `cache`, documents that have not changed are not read again, and where nothing changed nothing is done.
    """
    inputs = contents([reports]) if cache else ""
    noted = recall(cache / "packages", package, inputs) if cache else None
    if noted is not None:
        return _recalled(noted)
    collection = collect(reports)
    seen: list[Report] = []

    def noted() -> Iterator[Report]:
        for report in reports_of(collection, reports.parent, jobs, progress, Readings(cache / "readings" if cache else None)):
            seen.append(replace(report, reading=None))
            checks = report.reading.checks if report.reading else ()
            failing.append(sum(c.status == "fail" and c.severity != "info" for c in checks))
            yield report

    failing: list[int] = []
    write(noted(), collection.agencies, None, load_codes(), package, listed=collection.known.years)
    failed = tuple(r for r in seen if r.outcome == "failed")
    built = Built(len(collection.agencies), sum(r.outcome == "report" for r in seen), failed, sum(failing))
    if cache:
        note(cache / "packages", package, inputs, _noted(built))
    return built


def reports_of(
    collection: Collection,
    root: Path,
    jobs: int = 1,
    progress: Progress = lambda path: None,
    kept: Readings | None = None,
) -> Iterator[Report]:
    """Every collected file as a report with its outcome, an agency at a time; a summary comes after those below it."""
    readings = readings_of(collection.files, root, jobs, progress, kept or Readings(None))
    folders = groupby(readings, key=lambda pair: pair[0].path.rsplit("/", 1)[0])
    own = (report for _, folder in folders for report in checked(map(correct, settle(list(folder), root))))
    present = {file.agency.agency_id for file in collection.files if file.agency}
    yield from hold_summaries(own, collection.agencies, present, load_forms(), collection.known.complete)


def readings_of(
    files: Sequence[Collected],
    root: Path,
    jobs: int,
    progress: Progress,
    kept: Readings,
) -> Iterator[tuple[Collected, Reading | Unreadable | None]]:
    """Each file with what it says, or why it could not be read; None where it was not tried. Reads in isolation."""
    known = {file.path for file in files if file.problem is None and kept.has(file.path, root)}
    unread = [file for file in files if file.problem is None and file.path not in known]
    results = run_isolated(understand, ((file.path, root / file.path) for file in unread), jobs)
    for file in files:
        if file.problem is not None:
            yield file, None
            continue
        result: Reading | Unreadable | None = kept.take(file.path, root) if file.path in known else next(results)[1]
        if result is None:  # kept, but damaged
            (_, result), = run_isolated(understand, [(file.path, root / file.path)])
        if isinstance(result, Reading) and file.path not in known:
            kept.keep(file.path, result)
        progress(file.path)
        yield file, result


def checked(reports: Iterable[Report]) -> Iterator[Report]:
    """One agency's reports with their checks, those within a report and those over its years, and its ledger."""
    own = [replace(r, reading=judge(r.reading, r.agency, r.entry)) if r.reading else r for r in revised(list(reports))]
    live = {_year(r): r.reading for r in own if r.outcome == "report" and r.reading}
    agency = next((r.agency for r in own if r.outcome == "report"), None)
    over = check_years(live, load_forms(), agency) if live else {}
    lines = {line.year: asdict(line) for line in ledger(live, load_forms())}
    for report in own:
        if report.reading and report.outcome == "report":
            checks = (*report.reading.checks, *over.get(_year(report), ()))
            judged = replace(report.reading, checks=checks)
            report = replace(report, reading=judged, ledger=lines[_year(report)])
        yield report


def _noted(built: Built) -> Noted:
    failed = [[report.path, report.message] for report in built.failed]
    return {"agencies": built.agencies, "published": built.published, "failed": failed, "checks": built.failed_checks}


def _recalled(noted: Noted) -> Built:
    failed = (Report(p, None, "", 0, "failed", None, None, None, None, message) for p, message in noted["failed"])
    return Built(noted["agencies"], noted["published"], tuple(failed), noted["checks"], fresh=False)


def _year(report: Report) -> int:
    return int(str(report.report_id).rsplit("-", 1)[1])
