"""What a reading makes of a fault in the page, or of an agency's own wrong sum.

Comes in: a document with its truth, and what was read. Goes out: counts, and what was not right. Must not know: how
faults are made, how results are shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from benchmarks.generate import Made
from benchmarks.generate.faults import Fault
from benchmarks.generate.identities import broken
from benchmarks.generate.writers import file_name
from benchmarks.measure import compare, covered
from ogi.model import Reading


@dataclass(frozen=True, slots=True)
class Case:
    """A report with its fault, as a file of one format; `whole` is the report before its sum was made wrong."""

    format: str
    made: Made
    fault: Fault | None
    data: bytes
    whole: bytes = b""

    @property
    def name(self) -> str:
        return file_name(
            self.format, f"{self.made.truth.seed}-{self.fault.kind if self.fault else 'sum'}", self.data
        )


def names(reading: Reading, fault: Fault) -> bool:
    """Whether an issue or a failed check points at the row or the column of the fault."""
    patterns = [p for issue in reading.issues for p in issue.cells]
    patterns += [p for check in reading.checks if check.status == "fail" for p in check.cells]
    for pattern in patterns:
        table, item, measure = pattern.split(".")
        if table == fault.table and (item in fault.items or (item == "*" and measure in fault.measures)):
            return True
    return False


def judge(case: Case, reading: Reading) -> tuple[Counter[str], list[dict[str, str]]]:
    """The measures of one faulty document."""
    fault = case.fault
    assert fault is not None
    failed = [p for check in reading.checks if check.status == "fail" for p in check.cells]
    gone = fault.kind == "lost_row"
    count: Counter[str] = Counter(documents=1)
    bad = []
    for finding in compare(reading, case.made.truth.cells):
        lost = gone and finding.key.split(".")[1] in fault.items and finding.verdict in ("lost", "missed")
        if lost:
            count["cells"] += 1
            count["missed"] += 1
            continue
        kind = {"right": "correct", "false_doubt": "doubted", "lost": "missed", "mark": "missed"}.get(
            finding.verdict, finding.verdict
        )
        if kind == "silent":
            count["unflagged"] += 1
            kind = "checked" if covered(finding.key, failed) else "silent"
        count["cells"] += 1
        count[kind] += 1
        if kind not in ("correct", "doubted"):
            bad.append({**asdict(finding), "verdict": kind})
    handled = not bad
    named = names(reading, fault)
    count["handled"], count["named"], count["good"] = int(handled), int(named), int(handled or named)
    return count, bad


def judge_sums(
    case: Case, reading: Reading, whole: Reading | None
) -> tuple[Counter[str], list[dict[str, str]]]:
    """The measures of one document with its agency's own wrong sums.

    A value that the whole report gives and this one does not has become null by the error of another cell.
    """
    count: Counter[str] = Counter(documents=1)
    bad = []
    laid = {(c.rule, c.scope): c.attribution for c in reading.checks if c.status == "fail"}
    for identity in broken(case.made.truth.cells, case.made.truth.templates):
        to = laid.get(identity) or "nobody"
        count["sums"] += 1
        count[f"to {to}"] += 1
        if to != "agency":
            bad.append({"key": " ".join(identity), "verdict": f"laid to {to}", "printed": "", "read": ""})
    for finding in compare(reading, case.made.truth.cells):
        count["cells"] += 1
        count[finding.verdict] += 1
        if finding.verdict != "right":
            bad.append(asdict(finding))
    certain = {c.key for c in whole.cells if c.value is not None} if whole else set()
    count["made null"] = sum(c.key in certain and c.value is None for c in reading.cells)
    count["made null"] += len(certain - {c.key for c in reading.cells})
    count["whole"] = int(not bad)
    return count, bad
