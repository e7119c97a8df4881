"""One agency's reports held against themselves and against one another over the years.

Comes in: its reports as settled. Goes out: the same, with checks, revisions and ledger. Must not know: other agencies,
documents, the package. The part of the flow after reading that a worker runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

from ogi.checks import check_years
from ogi.checks.ledger import ledger
from ogi.forms import load as load_forms
from ogi.model import Report
from ogi.revisions import revised
from ogi.understanding import judge


def checked(reports: Iterable[Report]) -> Iterator[Report]:
    """One agency's reports with their checks, those within a report and those over its years, and its ledger."""
    own = [
        replace(r, reading=judge(r.reading, r.agency, r.entry)) if r.reading else r
        for r in revised(list(reports))
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


class _Tally:
    """Counts what streams by; keeps of it only the failures."""

    def __init__(self) -> None:
        self.published = self.failed_checks = 0
        self.failed: list[Report] = []

    def counted(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            self.published += report.outcome == "report"
            if report.outcome == "failed":
                self.failed.append(replace(report, reading=None))
            checks = report.reading.checks if report.reading else ()
            self.failed_checks += sum(c.status == "fail" and c.severity != "info" for c in checks)
            yield report


def _year(report: Report) -> int:
    return int(str(report.report_id).rsplit("-", 1)[1])
