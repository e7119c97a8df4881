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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.generate import Made, generate
from benchmarks.generate.faults import FAULTS, Fault, make_fault, own_wrong_sum
from benchmarks.generate.identities import broken
from benchmarks.generate.writers import WRITERS
from benchmarks.judging import Case, judge, judge_sums
from benchmarks.reading import read_all
from benchmarks.tables import Value, markdown, page, percent, save

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
    "made null",
    "values wrong",
    "doubted",
)

PAGE = (
    "How the reader behaves when a document is broken, measured on made-up reports whose every cell "
    "is known. In the first table each report has one fault, as page breaks, copying and conversion "
    "make them. *Handled*: every cell is right all the same. *Named*: an issue or a failed check "
    "names the row or the column. *Silent*: wrong values that nothing warns of; *unflagged*: wrong "
    "values that only a failed check shows. *False doubt*: right values under a warning.",
    "In the second table the documents are whole and the agency itself has added wrongly: the numbers "
    "must stay as printed, and the failed check must be laid to the agency, not to the reading.",
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
        write = WRITERS[format_]
        sums = [generate(report.truth.seed, None, ()) for _, report, fault in own if fault is None]
        whole = write(sums) if sums else [b""] * len(own)
        for (_, report, fault), data, before in zip(own, write([row[1] for row in own]), whole, strict=True):
            yield Case(format_, report, fault, data, before)


def run(cases: Sequence[Case], jobs: int) -> tuple[dict[str, Counter[str]], list[dict[str, object]]]:
    """Every case read and judged: counts by fault or format, and what was not right."""
    totals: dict[str, Counter[str]] = {}
    bad: list[dict[str, object]] = []
    outcomes = read_all([(case.data, case.name) for case in cases], jobs, checked=True)
    wholes = read_all([(case.whole, case.name) for case in cases if case.fault is None], jobs)
    for case, outcome in zip(cases, outcomes, strict=True):
        line = case.fault.kind if case.fault else case.format
        whole = None if case.fault else next(wholes).reading
        if outcome.reading is None:
            bad.append({"document": case.name, "format": case.format, "failure": outcome.failure})
            totals[line] = totals.get(line, Counter()) + Counter(documents=1)
            continue
        judged = judge(case, outcome.reading) if case.fault else judge_sums(case, outcome.reading, whole)
        count, found = judged
        totals[line] = totals.get(line, Counter()) + count
        if found:
            place = asdict(case.fault) if case.fault else {}
            bad.append(
                {
                    "document": case.name,
                    "format": case.format,
                    "place": place,
                    "cells": found,
                    "named": bool(count["named"]),
                }
            )
    return totals, bad


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
        count["made null"],
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
    parser.add_argument("--markdown", type=Path, help="the result as a page")
    parser.add_argument("--date", default="", help="the day of the run, for the page")
    asked = parser.parse_args()
    result: dict[str, object] = {"seed": asked.seed, "count": asked.count}
    shown: list[str] = []
    sets = (
        ("faults", faulty(asked.count, asked.seed, asked.formats.split(",")), HEAD),
        ("sums", wrong_sums(asked.count, asked.seed, asked.sum_formats.split(",")), SUMS),
    )
    for title, cases, head in sets:
        totals, bad = run(cases, asked.jobs)
        make = fault_row if title == "faults" else sum_row
        rows = [make(line, count) for line, count in totals.items()]
        rows.append(make("all", sum(totals.values(), Counter())))
        print(markdown(head, rows))
        shown.append(markdown(head, rows))
        result[title] = {"table": [dict(zip(head, row, strict=True)) for row in rows], "bad": bad}
    save(asked.json, result)
    ran = (
        f"`python -m benchmarks.faults --count {asked.count} --seed {asked.seed}`, {asked.date or 'undated'}."
    )
    page(asked.markdown, "Faults in the page, errors of agencies", [*PAGE, ran], shown)


if __name__ == "__main__":
    main()
