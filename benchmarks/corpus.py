"""Collected reports against their truth files: `python -m benchmarks.corpus --corpus DIR [--json FILE]`.

DIR holds documents and, beside each, `<name>.truth.json` or `<first part of the name>.truth.json`. Every
decidable cell must be right, every uncertain one null or under an issue, the source's own errors kept.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.corpus_truth import CorpusTruth, load
from benchmarks.measure import Finding, covered, doubts, shown
from benchmarks.reading import read_one
from benchmarks.tables import markdown, percent, save
from ogi.model import Reading

HEAD = (
    "document",
    "cells",
    "right",
    "false_doubt",
    "missed",
    "silent",
    "uncertain",
    "said",
    "statistics",
    "agency",
    "year",
    "form",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One document: the counts of the table, and every finding that is not right."""

    name: str
    counts: Counter[str]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    failure: str | None = None


def documents(folder: Path) -> list[tuple[Path, Path]]:
    """Documents that have a truth, with it."""
    out = []
    for path in sorted(folder.iterdir()):
        beside = [folder / f"{path.stem}.truth.json", folder / f"{path.name.split('_')[0]}.truth.json"]
        truth = next((t for t in beside if t.exists()), None)
        if truth is not None and not path.name.endswith(".json"):
            out.append((path, truth))
    return out


def compare(path: Path, truth: CorpusTruth) -> Compared:
    """Reads the document and holds it against its truth."""
    outcome = read_one(path.read_bytes(), path.name, checked=True)
    if outcome.reading is None:
        return Compared(path.name, Counter(failed=1), (), (), outcome.failure)
    counts: Counter[str] = Counter()
    findings = []
    for finding in [*_cells(outcome.reading, truth), *_statistics(outcome.reading, truth)]:
        counts[finding.verdict] += 1
        if finding.verdict not in ("right", "said", "statistic"):
            findings.append(finding)
    notes = tuple(_notes(outcome.reading, truth))
    for name in ("agency", "year", "form"):
        counts[name] = int(not any(note.startswith(name) for note in notes))
    return Compared(path.name, counts, tuple(findings), notes)


def _cells(reading: Reading, truth: CorpusTruth) -> list[Finding]:
    patterns = doubts(reading.issues)
    read = {c.key: c for c in reading.cells}
    out = []
    for key, values in truth.cells.items():
        cell = read.get(key)
        value = cell.value if cell is not None else None
        doubted = covered(key, patterns)
        if covered(key, truth.uncertain):
            verdict = "said" if value is None or doubted else "right" if value in values else "silent"
            verdict = "unsaid" if verdict == "right" else verdict
        elif value in values and (
            value is not None or cell is None or cell.status in ("blank", "nil", "absent")
        ):
            verdict = "false_doubt" if doubted and value is not None else "right"
        elif value is None:
            verdict = "missed"
        else:
            verdict = "flagged" if doubted else "silent"
        out.append(Finding(key, verdict, " or ".join(map(str, values)), shown(cell)))
    for key, cell in read.items():
        if key not in truth.cells and cell.value is not None and not covered(key, truth.unknown):
            verdict = "said" if covered(key, patterns) else "silent"
            out.append(Finding(key, verdict, "no such cell", shown(cell)))
    return out


def _statistics(reading: Reading, truth: CorpusTruth) -> list[Finding]:
    read = {(s.item, s.measure): s for s in reading.statistics if s.item}
    patterns = doubts(reading.issues)
    out = []
    for (item, measure), value in truth.statistics.items():
        name = f"statistics.{item}.{measure}"
        row = read.get((item, measure))
        got = row.value if row is not None else None
        verdict = "statistic" if row is not None and got == value else "missed" if got is None else "silent"
        if verdict == "silent" and covered(name, patterns):
            verdict = "flagged"
        seen = "no row" if row is None else f"{got} ({row.status}, {row.raw!r})"
        out.append(Finding(name, verdict, str(value), seen))
    return out + _unnamed(reading, truth)


def _unnamed(reading: Reading, truth: CorpusTruth) -> list[Finding]:
    """Rows of a provincial table have no code that both sides know: their pairs of numbers must be there."""
    rows: dict[str, dict[str, Decimal | None]] = {}
    for statistic in reading.statistics:
        rows.setdefault(f"{statistic.locator} {statistic.label}", {})[statistic.measure] = statistic.value
    left = Counter((row.get("year"), row.get("cumulative")) for row in rows.values())
    out = []
    for name, pair in truth.pairs.items():
        found = left[pair] > 0
        left[pair] -= int(found)
        said = f"{sum(n for n in left.values() if n > 0)} other rows"
        out.append(Finding(f"statistics.{name}", "statistic" if found else "missed", str(pair), said))
    return out


def _notes(reading: Reading, truth: CorpusTruth) -> list[str]:
    out = []
    if truth.agency is not None and reading.agency_name != truth.agency:
        out.append(f"agency: printed {truth.agency}, read {reading.agency_name}")
    if truth.year is not None and reading.year != truth.year:
        out.append(f"year: printed {truth.year}, read {reading.year}")
    got = {table: form for table, form in reading.templates.items() if table in truth.templates and form}
    if got != dict(truth.templates):
        out.append(f"form: printed {dict(truth.templates)}, read {dict(reading.templates)}")
    wrong = [
        c for c in reading.checks if c.status == "fail" and c.attribution == "reading" and c.rule != "T3-06"
    ]
    out += [f"check {c.rule} {c.scope} laid to the reading: {c.message_en or c.cells}" for c in wrong]
    failed = sum(c.status == "fail" and c.attribution == "agency" for c in reading.checks)
    if truth.violations and not failed:
        out.append(f"violations not reported: {truth.violations}")
    return out


def row(result: Compared) -> list[str | int]:
    """A document as a line of the table."""
    count = result.counts
    cells = sum(count[v] for v in ("right", "false_doubt", "missed", "lost", "flagged", "silent"))
    right = count["right"] + count["false_doubt"]
    return [
        result.name,
        cells,
        percent(right, cells),
        count["false_doubt"],
        count["missed"],
        count["silent"],
        count["said"] + count["unsaid"],
        count["said"],
        count["statistic"],
        *("yes" if count[n] else "NO" for n in ("agency", "year", "form")),
    ]


def main() -> None:
    """Prints the table, then every cell that is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    results = [compare(path, load(truth)) for path, truth in documents(asked.corpus)]
    print(markdown(HEAD, [row(result) for result in results]))
    for result in results:
        if result.failure:
            print(f"- {result.name}: {result.failure}")
        for note in result.notes:
            print(f"- {result.name}: {note}")
        for finding in result.findings:
            what = f"printed {finding.printed}, read {finding.read}"
            print(f"- {result.name} {finding.verdict} {finding.key}: {what}")
    save(
        asked.json,
        [
            {
                "document": r.name,
                "counts": r.counts,
                "notes": r.notes,
                "failure": r.failure,
                "findings": [[f.key, f.verdict, f.printed, f.read] for f in r.findings],
            }
            for r in results
        ],
    )


if __name__ == "__main__":
    main()
