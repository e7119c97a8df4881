"""Speed beside other tools on the same files: `python -m benchmarks.speed --count 20 --seed 1`.

CPU seconds of one warm process, medians; only documents read perfectly are counted. A machine that others use is slow by the
minute: so we and the peer take turns, a few documents each, and the ratio is the median of the rounds. «to cells» is everything
between the bytes and the finished cells of the tables, doubts included; «whole» adds what no peer gives: publisher and year,
the sections, the numbers that sentences state. No checks are in either. pdfplumber with its defaults stands beside pdf,
markitdown beside docx, html, xlsx (`--peer-python` names an environment that has it; its converter is made once),
LibreOffice beside doc, in one batch. `--json FILE` keeps each document's times.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from statistics import median

from benchmarks.generate import Made, generate
from benchmarks.generate.writers import UNFIT, WRITERS, file_name
from benchmarks.generate.writers.office import convert, office
from benchmarks.measure import score
from benchmarks.tables import Value, markdown, save
from ogi import extract, forms, readers
from ogi.errors import Unreadable
from ogi.extract.rows.annex import annexed
from ogi.extract.rows.lines import lines_of
from ogi.extract.rows.locate import find
from ogi.model import Reading

Seconds = tuple[float, float, float]
ROUND = 8  # documents; LibreOffice gets all at once
ROOT = Path(__file__).resolve().parents[1]
PEERS = {
    "pdf": "pdfplumber",
    "pdf-word": "pdfplumber",
    "docx": "markitdown",
    "html": "markitdown",
    "xlsx": "markitdown",
    "doc": "libreoffice",
}
HEAD = (
    "format",
    "documents",
    "perfect",
    "ms to blocks",
    "ms to cells",
    "ms whole",
    "beside",
    "its ms",
    "to cells, times as fast",
    "whole, times as fast",
)


@dataclass(frozen=True, slots=True)
class Result:
    """One format: the seconds of each document that we read perfectly, ours and those of the tool beside it, by round."""

    format: str
    documents: int
    peer: str | None
    ours: list[list[Seconds]]
    theirs: list[list[float]]


def measure(format_: str, reports: Sequence[Made], peer_python: str) -> Result:
    """One format: our times and the peer's, for the documents that we read perfectly."""
    files = WRITERS[format_](reports)
    names = [
        file_name(format_, str(made.truth.seed), data) for made, data in zip(reports, files, strict=True)
    ]
    peer = PEERS.get(format_)
    result = Result(format_, len(reports), peer, [], [])
    size = len(files) if peer == "libreoffice" else ROUND
    for start in range(0, len(files), size):
        for before in range(max(0, start - ROUND), start) or (0,):  # the peer's turn has left the processor cold
            staged(files[before], names[before])
        kept, ours = [], []
        for made, data, name in list(zip(reports, files, names, strict=True))[start : start + size]:
            reading, seconds = staged(data, name)
            if reading is not None and score(reading, made.truth).perfect:
                kept.append((data, name))
                ours.append(seconds)
        if kept:
            result.ours.append(ours)
            result.theirs.append(_peer(peer, kept, peer_python) if peer else [])
    return result


def staged(data: bytes, name: str) -> tuple[Reading | None, Seconds]:
    """The reading, None if there is none, and the CPU seconds until the blocks, the cells and the whole were there."""
    known = forms.load()
    marks = [time.process_time()]
    try:
        document = readers.read(data, name)
        marks.append(time.process_time())
        printed = find(tuple(annexed(lines_of(document)).lines), known)
        tables = extract.tables_of(printed, known)
        marks.append(time.process_time())
        reading = extract.with_prose(document, printed, tables)
        marks.append(time.process_time())
    except Unreadable:
        return None, (0.0, 0.0, 0.0)
    blocks, cells, whole = (mark - marks[0] for mark in marks[1:])
    return reading, (blocks, cells, whole)


def _peer(tool: str, files: Sequence[tuple[bytes, str]], python: str) -> list[float]:
    if tool == "libreoffice":
        return _libreoffice([data for data, _ in files]) if office() else []
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for _, name in files]
        for path, (data, _) in zip(paths, files, strict=True):
            path.write_bytes(data)
        own = sys.executable if tool == "pdfplumber" else python
        run = subprocess.run(
            [own, "-m", "benchmarks.peers", tool, *map(str, paths)],
            cwd=ROOT,
            capture_output=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            check=False,
        )
    if run.returncode:
        print(
            f"{tool} did not run: {run.stderr.decode(errors='replace').strip().splitlines()[-1:]}",
            file=sys.stderr,
        )
        return []
    return [float(seconds) for seconds in json.loads(run.stdout)]


def _libreoffice(files: Sequence[bytes]) -> list[float]:
    """A batch at once, its CPU time shared evenly: LibreOffice cannot be asked for less."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    convert(files, "html", "html", "doc")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [spent / len(files)] * len(files)


def row(result: Result) -> list[Value]:
    """A line of the table."""
    every = [*chain(*result.ours)]
    line: list[Value] = [result.format, result.documents, len(every)]
    if not every:
        return [*line, *["-"] * 7]
    line += [f"{1000 * median(stage):.1f}" for stage in zip(*every, strict=True)]
    if not all(result.theirs):
        return [*line, result.peer or "-", "-", "-", "-"]
    rounds = [*zip(result.ours, result.theirs, strict=True)]
    times = [median(median(theirs) / median(own[n] for own in ours) for ours, theirs in rounds) for n in (1, 2)]
    return [*line, result.peer or "-", f"{1000 * median(chain(*result.theirs)):.1f}", *(f"{n:.1f}" for n in times)]


def main() -> None:
    """Every format asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", default="txt,docx,html,xlsx,doc,pdf,pdf-word")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--peer-python", default=sys.executable, help="a Python that has markitdown[docx,pdf,xlsx]"
    )
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    results = []
    for format_ in asked.formats.split(","):
        seeds = range(asked.seed * 1_000_000 + 900_000, asked.seed * 1_000_000 + 900_000 + asked.count)
        reports = [generate(seed, None, None, UNFIT.get(format_, ())) for seed in seeds]
        results.append(measure(format_, reports, asked.peer_python))
    print(markdown(HEAD, [row(result) for result in results]))
    save(asked.json, {"seed": asked.seed, "results": [asdict(result) for result in results]})


if __name__ == "__main__":
    main()
