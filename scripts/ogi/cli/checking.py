"""`ogi check`: what a review will say, before the review."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ogi.cli.reading import readings
from ogi.collection import collect
from ogi.errors import Unreadable
from ogi.model import Reading
from ogi.pipeline import reports_of


def check_all(files: Sequence[Path], reports: Path, jobs: int) -> int:
    """Exit status 1 if a document failed or an issue is an error; broken sums of the reports themselves are only shown."""
    bad = 0
    count = 0
    if files:
        for path, result in readings(files, jobs):
            count += 1
            if isinstance(result, Unreadable):
                bad += 1
                print(f"error  {result}", file=sys.stderr)
            else:
                bad += _told(str(path), result)
    else:
        for report in reports_of(collect(reports), reports.resolve().parent, jobs):
            count += 1
            if report.outcome in ("failed", "duplicate"):
                bad += 1
                print(f"error  {report.message}", file=sys.stderr)
            elif report.reading:
                bad += _told(report.path, report.reading)
    print(f"{count} documents looked at, {bad} in error.")
    return 1 if bad else 0


def _told(path: str, reading: Reading) -> int:
    """Says what was found; 1 if anything is an error of the collection."""
    failed = [c for c in reading.checks if c.status == "fail" and c.severity != "info"]
    held = sum(c.status == "pass" for c in reading.checks)
    print(
        f"{'ok' if not failed else 'look':5}  {path}: {len(reading.cells)} cells, {held} checks hold, {len(failed)} fail"
    )
    for check in failed:
        print(f"       {check.rule}: {check.message_zh}")
    for issue in reading.issues:
        if issue.severity != "info":
            print(f"       {issue.severity} {issue.code}: {issue.message}")
    return int(any(i.severity == "error" for i in reading.issues))
