"""Faults in the page and errors of agencies: `python -m benchmarks.faults --count 1000 --seed 1 --jobs 2`.

First set: generated reports with one seeded fault each, in turn in each format. Second set: reports whose
agency added wrongly and that nothing else befell. Prints two Markdown tables; `--json FILE` keeps failures.

    handled   every cell is right, or absent where the page lost it
    named     an issue or a failed check names the fault by table and row or column, not by wildcards alone
    silent    cells with a wrong value that neither an issue (warning, error) nor a failed check covers
    unflagged cells with a wrong value that no such issue covers, though a failed check may
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.generate import Made, generate
from benchmarks.generate.faults import FAULTS, Fault, make_fault, own_wrong_sum
from benchmarks.generate.identities import broken
from benchmarks.generate.writers import WRITERS, file_name
from benchmarks.measure import compare, covered
from benchmarks.reading import read_all
from benchmarks.tables import Value, markdown, percent, save
from ogi.model import Reading

HEAD = (
    "fault",
    "documents",
    "handled",
    "named",
    "handled or named",
    "cells",
    "correct",
    "missed",
    "flagged",
    "silent",
    "unflagged",
    "false doubt",
)
SUMS = (
    "format",
    "documents",
    "sums broken",
    "laid to the agency",
    "laid to the reading",
    "not reported",
    "documents whole",
    "values right",
    "values null",
    "values wrong",
    "doubted",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A report with its fault, as a file of one format."""

    format: str
    made: Made
    fault: Fault | None
    data: bytes

    @property
    def name(self) -> str:
        return file_name(
            self.format, f"{self.made.truth.seed}-{self.fault.kind if self.fault else 'sum'}", self.data
        )


def faulty(count: int, seed: int, formats: list[str]) -> list[Case]:
    """`count` reports: kinds and formats in turn, seeds that have no place for a kind passed over."""
    made: list[tuple[str, Made, Fault]] = []
    number = seed * 1_000_000
    kinds = list(FAULTS)
    while len(made) < count:
        turn = len(made)
        change = make_fault(kinds[turn % len(kinds)], generate(number, None, ()), number)
        number += 1
        if change is not None:
            made.append((formats[turn // len(kinds) % len(formats)], *change))
    return list(_written(made))


def wrong_sums(count: int, seed: int, formats: list[str]) -> list[Case]:
    """`count` reports whose printed sums are wrong in themselves."""
    made: list[tuple[str, Made, None]] = []
    number = seed * 1_000_000 + 500_000
    while len(made) < count:
        report = own_wrong_sum(generate(number, None, ()), number)
        number += 1
        if broken(report.truth.cells, report.truth.templates):
            made.append((formats[len(made) % len(formats)], report, None))
    return list(_written(made))


def _written(made: Iterable[tuple[str, Made, Fault | None]]) -> Iterator[Case]:
    rows = list(made)
    for format_ in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == format_]
        for (_, report, fault), data in zip(own, WRITERS[format_]([row[1] for row in own]), strict=True):
            yield Case(format_, report, fault, data)


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


def judge_sums(case: Case, reading: Reading) -> tuple[Counter[str], list[dict[str, str]]]:
    """The measures of one document with its agency's own wrong sums."""
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
    count["whole"] = int(not bad)
    return count, bad


def fault_row(kind: str, count: Counter[str]) -> list[Value]:
    """A line of the first table."""
    docs, cells = count["documents"], count["cells"]
    return [
        kind,
        docs,
        *(percent(count[n], docs) for n in ("handled", "named", "good")),
        cells,
        percent(count["correct"] + count["doubted"], cells),
        count["missed"],
        count["flagged"],
        count["silent"],
        count["unflagged"],
        percent(count["doubted"], cells),
    ]


def sum_row(format_: str, count: Counter[str]) -> list[Value]:
    """A line of the second table."""
    sums, cells = count["sums"], count["cells"]
    return [
        format_,
        count["documents"],
        sums,
        percent(count["to agency"], sums),
        count["to reading"],
        count["to nobody"],
        percent(count["whole"], count["documents"]),
        percent(count["right"] + count["false_doubt"], cells),
        count["missed"] + count["lost"],
        count["silent"] + count["flagged"],
        count["false_doubt"],
    ]


def main() -> None:
    """Both sets, read and judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--formats", default="txt,docx,html,xlsx")
    parser.add_argument("--sum-formats", default="txt,docx,html,xlsx,txt-run")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    result: dict[str, object] = {"seed": asked.seed, "count": asked.count}
    sets = (
        ("faults", faulty(asked.count, asked.seed, asked.formats.split(",")), HEAD),
        ("sums", wrong_sums(asked.count, asked.seed, asked.sum_formats.split(",")), SUMS),
    )
    for title, cases, head in sets:
        totals: dict[str, Counter[str]] = {}
        bad = []
        outcomes = read_all([(case.data, case.name) for case in cases], asked.jobs, checked=True)
        for case, outcome in zip(cases, outcomes, strict=True):
            line = case.fault.kind if case.fault else case.format
            if outcome.reading is None:
                bad.append({"document": case.name, "format": case.format, "failure": outcome.failure})
                totals.setdefault(line, Counter())["documents"] += 1
                continue
            count, found = (judge if case.fault else judge_sums)(case, outcome.reading)
            totals[line] = totals.get(line, Counter()) + count
            if found:
                bad.append(
                    {
                        "document": case.name,
                        "format": case.format,
                        "cells": found,
                        "place": asdict(case.fault) if case.fault else {},
                        "named": bool(count["named"]),
                    }
                )
        make = fault_row if title == "faults" else sum_row
        rows = [make(line, count) for line, count in totals.items()]
        rows.append(make("all", sum(totals.values(), Counter())))
        print(markdown(head, rows))
        result[title] = {"table": [dict(zip(head, row, strict=True)) for row in rows], "bad": bad}
    save(asked.json, result)


if __name__ == "__main__":
    main()
