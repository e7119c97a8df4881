"""One agency at a time: its files settled to reports, held against themselves and against one another over the years.

Comes in: an agency's files with their readings. Goes out: reports with corrections, revisions, checks and ledger. Must not
know: other agencies, the package. `checked` is the part of the flow after reading that a worker runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path

from ogi.checks import check_years
from ogi.checks.ledger import ledger
from ogi.corrections import correct
from ogi.due import first_published
from ogi.errors import Unreadable
from ogi.forms import load as load_forms
from ogi.model import Collected, Entry, Reading, Report
from ogi.package.rows import report_parts
from ogi.revisions import revised
from ogi.settling import settle
from ogi.understanding import judge


def settled(
    found: Iterable[tuple[Collected, Reading | Unreadable | None]], root: Path
) -> Iterator[tuple[str, list[Report]]]:
    """The reports of each agency, with the corrections that people made, under the agency's folder; not yet checked."""
    for folder, files in groupby(found, key=lambda pair: pair[0].folder):
        yield folder, [*map(correct, settle(list(files), root))]


def checked(reports: Iterable[Report]) -> Iterator[Report]:
    """One agency's reports with their checks, those within a report and those over its years, and its ledger."""
    own = revised(list(reports))
    issued = _issued(own)
    own = [
        replace(r, reading=judge(r.reading, r.agency, issued.get(r.path, r.entry), _year(r))) if r.reading else r
        for r in own
    ]
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


def _issued(reports: Iterable[Report]) -> dict[str, Entry]:
    """The entry of each live report that was issued again, with the day on which it first came out."""
    versions: dict[str, list[Report]] = {}
    for report in reports:
        if report.outcome in ("report", "superseded"):
            versions.setdefault(report.superseded_by or str(report.report_id), []).append(report)
    return {
        r.path: replace(r.entry, published_on=first_published(v.entry.published_on if v.entry else None for v in some))
        for some in versions.values()
        for r in some
        if len(some) > 1 and r.outcome == "report" and r.entry
    }


def _year(report: Report) -> int:
    return report_parts(report)[1]
