"""What each agency's reports come to in the package: settled and judged by workers, kept while nothing of the agency changes.

Comes in: collected files of agencies that stand for themselves. Goes out: `Part`s, plain lines for the package's files. Must
not know: how documents are read, what other agencies say.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache as once
from itertools import groupby
from pathlib import Path

from ogi.errors import Unreadable
from ogi.forms.codes import load_codes
from ogi.judging import checked, settled
from ogi.kept_texts import KeptTexts, digest_of
from ogi.model import Collected, Report
from ogi.package import Rendered, Renderer
from ogi.readers.worker import run_isolated
from ogi.readings import Progress, readings_of

PLAIN = ("path", "format", "sha256", "size", "outcome", "report_id", "message", "superseded_by")


@dataclass(frozen=True, slots=True)
class Part:
    """One report's lines, and how many of its own checks fail."""

    rendered: Rendered
    failing: int


@once
def renderer() -> Renderer:
    return Renderer(load_codes())


def part(report: Report) -> Part:
    checks = report.reading.checks if report.reading else ()
    failing = sum(c.status == "fail" and c.severity != "info" for c in checks)
    return Part(renderer().render(report), failing)


def parts_of(
    files: Sequence[Collected], root: Path, jobs: int, progress: Progress, cache: Path | None
) -> Iterator[Part]:
    """Agencies that did not change as the last build left them, then the others; in no particular order."""
    kept = KeptTexts(cache / "parts" if cache else None)
    changed: list[Collected] = []
    keys: dict[str, str] = {}
    for folder, group in groupby(files, key=lambda file: file.folder):
        own = list(group)
        key = _key(own, root) if cache else ""
        text = kept.take(key)
        if text is None:
            keys[folder] = key
            changed += own
            continue
        for file in own:
            progress(file.path)
        yield from from_json(text, own)
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
            kept.put(keys[folder], to_json(made))
        yield from made


def _parts(data: bytes, name: str) -> list[Part]:
    """What a worker does: `data` are the settled reports of one agency, packed in this very program."""
    return [part(report) for report in checked(pickle.loads(data))]  # noqa: S301 - from our own parent


def _key(files: Sequence[Collected], root: Path) -> str:
    """Every file of the agency, its hash, and all that agency.yml says."""
    said = "".join(f"{file!r}\n{digest_of(root / file.path)}\n" for file in files)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def to_json(made: Sequence[Part]) -> str:
    """One agency's parts; agency and entry stay out, `from_json` has them from the files."""
    return json.dumps([_plain(one) for one in made], ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, files: Sequence[Collected]) -> list[Part]:
    """The inverse, for the same files."""
    by_path = {file.path: file for file in files}
    return [_made(one, by_path) for one in json.loads(text)]


def _plain(one: Part) -> list[object]:
    made = one.rendered
    head = [getattr(made.report, name) for name in PLAIN]
    references = sorted(list(reference) for reference in made.references)
    return [head, made.year, dict(made.lines), references, made.nil, one.failing]


def _made(plain: list, files: dict[str, Collected]) -> Part:
    head, year, lines, references, nil, failing = plain
    file = files[head[0]]
    values = dict(zip(PLAIN, head, strict=True))
    report = Report(**values, agency=file.agency, entry=file.entry, reading=None)
    return Part(Rendered(report, year, lines, frozenset(map(tuple, references)), nil), failing)
