"""Broken documents against every reader: `python -m benchmarks.fuzz [--formats pdf,ofd] [--scale 0.01]`.

Each document goes through an isolated reader and the extraction. Right is a Reading or one clear refusal;
wrong is a traceback, a reader that broke without knowing why, a worker that died, a document over its limits.
Whatever is wrong is printed with what makes it again: `--only docx:123 --seed 1 --save FILE`; exit 1 if any.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.generate import generate
from benchmarks.generate.writers import UNFIT, WRITERS
from benchmarks.mutate import broken
from benchmarks.probe import probe
from benchmarks.tables import Value, markdown, save

COUNTS = {
    "txt": 100_000,
    "docx": 100_000,
    "html": 100_000,
    "xlsx": 100_000,
    "doc": 100_000,
    "pdf": 5_000,
    "ofd": 5_000,
    "scan": 100,
}
HEAD = (
    "format",
    "documents",
    "readings",
    "refused",
    "out of limits",
    "broke",
    "died",
    "tracebacks",
    "ms each",
    "slowest s",
)
FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "generated"
DIRECT = ("txt", "docx", "html", "xlsx", "ofd")
SHOWN = 10  # failures printed for each format and kind


def originals(format_: str) -> list[bytes]:
    """Whole documents to break: from the generator where it needs no other program, else the fixtures."""
    if format_ in DIRECT:
        return WRITERS[format_]([generate(seed, None, None, UNFIT.get(format_, ())) for seed in range(24)])
    pattern = "*-scan.*" if format_ == "scan" else f"*.{format_}"
    paths = sorted(p for p in FIXTURES.glob(pattern) if not p.name.endswith(".json"))
    own = [p for p in paths if format_ == "scan" or "-scan" not in p.name]
    return [path.read_bytes() for path in own]


def documents(format_: str, count: int, seed: int, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """The broken documents of a format; the name carries the number that makes one again."""
    whole = originals(format_)
    for n in range(first, first + count):
        yield f"{n}.{format_}", broken(Random(f"fuzz {seed} {format_} {n}"), whole, format_)


def run(format_: str, count: int, seed: int, jobs: int) -> tuple[list[Value], list[tuple[str, str, str]]]:
    """A line of the table, and what went wrong: name, kind, text."""
    from ogi.errors import Unreadable
    from ogi.readers.worker import run_isolated

    counts: Counter[str] = Counter()
    wrong, slowest, start = [], 0.0, time.monotonic()
    for name, result in run_isolated(probe, documents(format_, count, seed), jobs):
        if isinstance(result, Unreadable):
            stopped = "was stopped" in result.found
            kind, text = "out of limits" if stopped else "died", result.found
        else:
            kind, text, slowest = result.kind, result.text, max(slowest, result.seconds)
        counts[kind] += 1
        if kind not in ("readings", "refused"):
            wrong.append((name, kind, text))
    spent = 1000 * (time.monotonic() - start) / max(1, count)
    return [format_, count, *(counts[kind] for kind in HEAD[2:8]), round(spent, 1), round(slowest, 2)], wrong


def main() -> None:
    """All formats, or one document again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", default=",".join(COUNTS))
    parser.add_argument("--scale", type=float, default=1.0, help="a part of the usual counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="FORMAT:NUMBER, one document")
    parser.add_argument("--save", type=Path, help="where to put that document")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.only:
        format_, number = asked.only.split(":")
        ((name, data),) = documents(format_, 1, asked.seed, int(number))
        if asked.save:
            asked.save.write_bytes(data)
        print(len(data), "bytes", probe(data, name))
        return
    rows, failures = [], []
    for format_ in asked.formats.split(","):
        row, wrong = run(format_, max(1, round(COUNTS[format_] * asked.scale)), asked.seed, asked.jobs)
        rows.append(row)
        failures += wrong
        kinds: Counter[str] = Counter()
        for name, kind, text in wrong:
            kinds[kind] += 1
            if kinds[kind] <= SHOWN:
                print(
                    f"{kind}: --only {format_}:{name.split('.')[0]} --seed {asked.seed}\n    {text.strip()}"
                )
    print(markdown(HEAD, rows))
    save(asked.json, {"seed": asked.seed, "table": rows, "failures": failures})
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
