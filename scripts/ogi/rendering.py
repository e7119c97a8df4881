"""What each agency's reports come to in the package: settled and judged by workers, unless nothing of the agency changed.

Comes in: collected files of agencies that stand for themselves. Goes out: `Part`s, plain lines for the package's files. Must
not know: how documents are read, what other agencies say.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ogi.checks.agencies import Told, sketches
from ogi.errors import Unreadable
from ogi.judging import checked, settled
from ogi.kept_parts import KeptParts, Part
from ogi.model import Collected, Report
from ogi.package import renderer
from ogi.readers.worker import run_isolated
from ogi.readings import Progress, readings_of


def part(report: Report) -> Part:
    checks = report.reading.checks if report.reading else ()
    failing = sum(c.status == "fail" and c.severity != "info" for c in checks)
    live = report.reading if report.outcome == "report" else None
    return Part(renderer().render(report), failing, sketches(live, report.agency) if live else ())


def told(one: Part) -> Iterator[Told]:
    """What a live report says, to be held against other agencies' reports."""
    report, year = one.rendered.report, one.rendered.year or 0
    if report.agency:
        for made in one.sketches:
            yield Told(str(report.report_id), report.agency.name, year, made)


def parts_of(
    files: Sequence[Collected],
    root: Path,
    jobs: int,
    progress: Progress,
    cache: Path | None,
    kept: KeptParts,
    folders: Mapping[str, str],
) -> Iterator[Part]:
    """Agencies that did not change as the last package has them, then the others; in no particular order. `folders` are
    hashes of what stands in the folder of each."""
    changed: list[Collected] = []
    keys: dict[str, str | None] = {}
    for folder, group in groupby(files, key=lambda file: file.folder):
        own = list(group)
        key = _key(own, folders[folder]) if folder in folders else None
        parts = kept.take(key, own)
        if parts is None:
            keys[folder] = key
            changed += own
            continue
        for file in own:
            progress(file.path)
        yield from parts
    waiting: dict[str, list[Report]] = {}

    def of_agencies() -> Iterator[tuple[str, bytes]]:
        for folder, reports in settled(readings_of(changed, root, jobs, progress, cache), root):
            waiting[folder] = reports
            yield folder, pickle.dumps(reports, pickle.HIGHEST_PROTOCOL)

    for folder, result in run_isolated(_parts, of_agencies(), jobs):
        reports = waiting.pop(folder)
        # where a worker broke, the work is done here, so that what is wrong says itself
        made = [*map(part, checked(reports))] if isinstance(result, Unreadable) else result
        if all(report.outcome != "failed" for report in reports):  # a document that failed is tried again
            kept.put(keys[folder], [replace(one, rendered=renderer().brief(one.rendered)) for one in made])
        yield from made


def _parts(data: bytes, name: str) -> list[Part]:
    """What a worker does: `data` are the settled reports of one agency, packed in this very program."""
    return [part(report) for report in checked(pickle.loads(data))]  # noqa: S301 - from our own parent


def _key(files: Sequence[Collected], digest: str) -> str:
    """All that agency.yml says, and every file of the agency; `digest` is that of their bytes."""
    said = [digest, *(repr(agency) for agency in dict.fromkeys(file.agency for file in files))]
    said += [f"{file.path}\n{file.entry!r} {file.problem!r}" for file in files]
    return hashlib.blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
