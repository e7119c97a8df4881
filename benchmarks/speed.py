"""Speed beside other tools on the same files: `python -m benchmarks.speed --count 20 --seed 1`.

CPU seconds to cells, medians; only documents read perfectly are counted, and starting a worker is not.
pdfplumber with its defaults stands beside pdf, markitdown beside docx, html, xlsx (`--peer-python` names an
environment that has it), LibreOffice beside doc. `--json FILE` keeps each document's times.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.generate import Made, generate
from benchmarks.generate.writers import UNFIT, WRITERS, file_name
from benchmarks.generate.writers.office import convert, office
from benchmarks.measure import score
from benchmarks.reading import read_one
from benchmarks.tables import Value, markdown, save

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
    "ms a document",
    "documents/s",
    "beside",
    "its ms",
    "ratio of medians",
    "ratio of sums",
)


def measure(format_: str, reports: Sequence[Made], peer_python: str) -> dict[str, object]:
    """One format: our times and the peer's, for the documents that we read perfectly."""
    files = WRITERS[format_](reports)
    names = [
        file_name(format_, str(made.truth.seed), data) for made, data in zip(reports, files, strict=True)
    ]
    read_one(files[0], names[0])
    kept, ours = [], []
    for made, data, name in zip(reports, files, names, strict=True):
        outcome = read_one(data, name)
        if outcome.reading is not None and score(outcome.reading, made.truth).perfect:
            kept.append((data, name))
            ours.append(outcome.seconds)
    peer = PEERS.get(format_)
    theirs = _peer(peer, kept, peer_python) if peer and kept else []
    return {
        "format": format_,
        "documents": len(reports),
        "perfect": len(kept),
        "ours": ours,
        "peer": peer,
        "theirs": theirs,
    }


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


def row(result: dict[str, object]) -> list[Value]:
    """A line of the table."""
    ours, theirs = _floats(result["ours"]), _floats(result["theirs"])
    if not ours:
        return [str(result["format"]), str(result["documents"]), "0", *["-"] * 6]
    line: list[Value] = [
        str(result["format"]),
        str(result["documents"]),
        str(result["perfect"]),
        f"{1000 * median(ours):.1f}",
        f"{len(ours) / sum(ours):.0f}",
    ]
    if not theirs:
        return [*line, f"{result['peer'] or '-'}", "-", "-", "-"]
    return [
        *line,
        str(result["peer"]),
        f"{1000 * median(theirs):.1f}",
        f"{median(theirs) / median(ours):.1f}",
        f"{sum(theirs) / sum(ours):.1f}",
    ]


def _floats(values: object) -> list[float]:
    return [float(value) for value in values] if isinstance(values, list) else []


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
    save(asked.json, {"seed": asked.seed, "results": results})


if __name__ == "__main__":
    main()
