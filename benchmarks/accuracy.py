"""Accuracy on generated reports: `python -m benchmarks.accuracy --formats txt,docx --count 200 --seed 1`.

Prints a Markdown table (one line a format) and what went wrong, most frequent first; `--json FILE` keeps all
of it, `--keep DIR` the documents that were not read perfectly.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.generate import Made, generate
from benchmarks.generate.writers import UNFIT, WRITERS, file_name
from benchmarks.generate.writers.text import layout_of
from benchmarks.measure import MEASURES, Score, score
from benchmarks.reading import Outcome, read_all
from benchmarks.tables import markdown, page, percent, save

HEAD = ("format", "documents", "perfect", "cells", "right", *MEASURES[1:], "agency", "year", "form", "docs/s")
PAGE = (
    "Made-up reports with the truth of every cell, in every format, with the oddities that real "
    "reports have: blanks for zeros, marks, wide digits, other labels, moved headings, split tables. "
    "*Right*: as printed, blanks included. *False doubt*: right, but under a warning. *Missed*: the "
    "reading says that it could not tell. *Lost*: a number taken for a blank. *Flagged*: wrong, under "
    "a warning. *Silent*: wrong, and nothing says so.",
)
Result = dict[str, object]


def measure(format_: str, reports: Sequence[Made], jobs: int, keep: Path | None = None) -> Result:
    """One format: the reports written, read and compared."""
    files = WRITERS[format_](reports)
    names = [
        file_name(format_, f"{made.truth.seed}-{made.truth.form}", data)
        for made, data in zip(reports, files, strict=True)
    ]
    outcomes = list(read_all(list(zip(files, names, strict=True)), jobs))
    totals: Counter[str] = Counter()
    bad: list[Result] = []
    for made, data, name, outcome in zip(reports, files, names, outcomes, strict=True):
        scored = score(outcome.reading, made.truth) if outcome.reading else None
        totals += _count(made, outcome, scored)
        if scored is None or scored.findings or not (scored.agency and scored.year and scored.templates):
            bad.append(_bad(format_, made, outcome, scored))
            if keep is not None:
                (keep / format_).mkdir(parents=True, exist_ok=True)
                (keep / format_ / name).write_bytes(data)
                (keep / format_ / f"{name}.truth.json").write_text(made.truth.to_json(), "utf-8")
    seconds = sum(outcome.seconds for outcome in outcomes)
    return {
        "format": format_,
        "documents": len(reports),
        **{m: totals[m] for m in (*MEASURES, *_OF_DOCUMENTS)},
        "cells": sum(totals[m] for m in MEASURES),
        "seconds": round(seconds, 3),
        "bad": bad,
    }


_OF_DOCUMENTS = ("perfect", "agency", "year", "form", "failed", "crashed")


def _count(made: Made, outcome: Outcome, scored: Score | None) -> Counter[str]:
    if scored is None:
        return Counter({"missed": len(made.truth.cells), "failed": 1, "crashed": int(outcome.trouble)})
    return scored.counts + Counter(
        {
            "perfect": int(scored.perfect),
            "agency": int(scored.agency),
            "year": int(scored.year),
            "form": int(scored.templates),
        }
    )


def _bad(format_: str, made: Made, outcome: Outcome, scored: Score | None) -> Result:
    head: Result = {
        "seed": made.truth.seed,
        "printed_form": made.truth.form,
        "oddities": list(made.truth.oddities),
    }
    if format_ == "txt":
        head |= {"oddities": [f"layout={layout_of(made)}", *made.truth.oddities]}
    if scored is None or outcome.reading is None:
        return head | {"failure": outcome.failure}
    read = outcome.reading
    return head | {
        "findings": [asdict(finding) for finding in scored.findings],
        "agency": None if scored.agency else [made.truth.agency, read.agency_name],
        "year": None if scored.year else [made.truth.year, read.year],
        "form": None if scored.templates else [dict(made.truth.templates), dict(read.templates)],
        "issues": [
            f"{issue.severity} {issue.code} {', '.join(issue.cells)}: {issue.message}"
            for issue in read.issues
        ],
    }


def row(result: Result) -> list[str | int | float]:
    """A result as a line of the table."""
    count = {name: value for name, value in result.items() if isinstance(value, int)}
    docs, cells, seconds = count["documents"], count["cells"], float(str(result["seconds"]))
    line: list[str | int | float] = [str(result["format"]), docs, percent(count["perfect"], docs), cells]
    line.append(percent(count["right"], cells))
    line += [count[name] for name in MEASURES[1:]]
    line += [percent(count[name], docs) for name in ("agency", "year", "form")]
    return [*line, round(docs / seconds, 1) if seconds else 0.0]


def causes(results: Sequence[Result], most: int = 12) -> str:
    """What went wrong, most frequent first: verdict, oddities of the report, an example."""
    seen: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for result in results:
        for bad in result["bad"]:  # type: ignore[attr-defined]
            where = (
                f"{result['format']} seed {bad['seed']} {bad['printed_form']} [{' '.join(bad['oddities'])}]"
            )
            if "failure" in bad:
                seen[str(result["format"]), "failed"] += 1
                example.setdefault((str(result["format"]), "failed"), f"{where}: {bad['failure']}")
                continue
            for name in ("agency", "year", "form"):
                if bad[name]:
                    seen[str(result["format"]), name] += 1
                    example.setdefault((str(result["format"]), name), f"{where}: {bad[name]}")
            for found in bad["findings"]:
                cause = (str(result["format"]), f"{found['verdict']} {found['key'].split('.')[0]}")
                seen[cause] += 1
                text = f"{where}: {found['key']} printed {found['printed']}, read {found['read']}"
                example.setdefault(cause, text)
    return "".join(
        f"- {n} x {form}, {what}: e.g. {example[form, what]}\n" for (form, what), n in seen.most_common(most)
    )


def main() -> None:
    """Generates, reads, compares, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", default="txt,txt-web,txt-run,docx,html,xlsx,ofd")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--clean", action="store_true", help="reports without oddities only")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path, help="the result as a page")
    parser.add_argument("--date", default="", help="the day of the run, for the page")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    results = []
    for format_ in asked.formats.split(","):
        seeds = range(asked.seed * 1_000_000, asked.seed * 1_000_000 + asked.count)
        reports = [
            generate(seed, None, () if asked.clean else None, UNFIT.get(format_, ())) for seed in seeds
        ]
        results.append(measure(format_, reports, asked.jobs, asked.keep))
    table = markdown(HEAD, [row(result) for result in results])
    print(table)
    print(causes(results))
    ran = f"{asked.count} reports a format, seed {asked.seed}, {asked.date or 'undated'}."
    page(asked.markdown, "Accuracy on generated reports", [*PAGE, ran], [table])
    save(asked.json, {"seed": asked.seed, "count": asked.count, "results": results})


if __name__ == "__main__":
    main()
