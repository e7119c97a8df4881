"""OPEN THIS FIRST: the whole flow, stage by stage.

    reports/ ──collect──▶ files ──understand──▶ readings ──settle──▶ reports ──check──▶ checked ──write──▶ datapackage/
                                                                                             datapackage/ ──▶ site (ogi.site)

One agency at a time streams through: memory does not grow with the collection. Comes in: a folder of collected documents.
Goes out: the data package, whole or not at all. A new format is a module in `readers/`, a new form or pattern a YAML in `forms/`,
a new rule a line in `forms/rules.yml`, a new page a kind in `site/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from ogi.checks.summaries import hold_summaries, related_to_summaries
from ogi.collection import Collection, collect
from ogi.corrections import correct
from ogi.errors import Unreadable
from ogi.forms import load as load_forms
from ogi.forms.codes import load_codes
from ogi.judging import checked
from ogi.model import Collected, Reading, Report
from ogi.package import Rendered, write
from ogi.readers.worker import run_isolated
from ogi.readings import Readings
from ogi.rendering import Part, Parts, packed, part, parts, renderer, sound
from ogi.settling import settle
from ogi.unchanged import Noted, contents, note, recall
from ogi.understanding import understand

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to, for the last line that people see."""

    agencies: int
    published: int
    failed: tuple[Report, ...]
    failed_checks: int
    fresh: bool = True


def build(
    reports: Path, package: Path, jobs: int = 1, progress: Progress = lambda path: None, cache: Path | None = None
) -> Built:
    """Everything under `reports` into `package`. Raises BadPackage, and then leaves the last package as it was.

    With a `cache`, what has not changed is not read, judged or rendered again, and where nothing changed nothing is done.
    """
    inputs = contents([reports]) if cache else ""
    noted = recall(cache / "packages", package, inputs) if cache else None
    if noted is not None:
        return _recalled(noted)
    collection = collect(reports)
    seen: list[Part] = []

    def rendered() -> Iterator[Rendered]:
        for one in parts_of(collection, reports.parent, jobs, progress, cache):
            seen.append(replace(one, rendered=replace(one.rendered, lines={}, references=frozenset())))
            yield one.rendered

    write(rendered(), collection.agencies, None, load_codes(), package, listed=collection.known.years, renderer=renderer())
    outcomes = [one.rendered.report for one in seen]
    failed = tuple(sorted((r for r in outcomes if r.outcome == "failed"), key=lambda r: r.path))
    published = sum(report.outcome == "report" for report in outcomes)
    built = Built(len(collection.agencies), published, failed, sum(one.failing for one in seen))
    if cache:
        note(cache / "packages", package, inputs, _noted(built))
    return built


def parts_of(
    collection: Collection, root: Path, jobs: int, progress: Progress, cache: Path | None = None
) -> Iterator[Part]:
    """Every collected file as lines of the package, in no particular order: agencies that did not change from the last
    build, the others by workers; summaries and what they are held against here, one after the other."""
    kept, readings = Parts(cache / "parts" if cache else None), Readings(cache / "readings" if cache else None)
    related = related_to_summaries(collection.agencies)
    alone, together, keys = [], [], {}
    for folder, files in groupby(collection.files, key=_folder):
        own = list(files)
        if any(file.agency is None or file.agency.agency_id in related for file in own):
            together += own
            continue
        keys[folder] = kept.key(own, root)
        taken = kept.take(keys[folder], own)
        if taken is None:
            alone += own
            continue
        for file in own:
            progress(file.path)
        yield from taken
    settled: dict[str, list[Report]] = {}

    def waiting() -> Iterator[tuple[str, bytes]]:
        for folder, pairs in groupby(readings_of(alone, root, jobs, progress, readings), key=lambda p: _folder(p[0])):
            settled[folder] = [*map(correct, settle(list(pairs), root))]
            yield folder, packed(settled[folder])

    for folder, result in run_isolated(parts, waiting(), jobs):
        made = sound(result, settled.pop(folder), folder)
        kept.keep(keys[folder], made)
        yield from made
    rest = replace(collection, files=tuple(together))
    yield from map(part, reports_of(rest, root, jobs, progress, readings))


def reports_of(
    collection: Collection,
    root: Path,
    jobs: int = 1,
    progress: Progress = lambda path: None,
    kept: Readings | None = None,
) -> Iterator[Report]:
    """Every collected file as a report with its outcome, an agency at a time; a summary comes after those below it."""
    readings = readings_of(collection.files, root, jobs, progress, kept or Readings(None))
    folders = groupby(readings, key=lambda pair: _folder(pair[0]))
    own = (report for _, folder in folders for report in checked(map(correct, settle(list(folder), root))))
    present = {file.agency.agency_id for file in collection.files if file.agency}
    yield from hold_summaries(own, collection.agencies, present, load_forms(), collection.known.complete)


def readings_of(
    files: Sequence[Collected],
    root: Path,
    jobs: int,
    progress: Progress,
    kept: Readings,
) -> Iterator[tuple[Collected, Reading | Unreadable | None]]:
    """Each file with what it says, or why it could not be read; None where it was not tried. Reads in isolation."""
    known = {file.path for file in files if file.problem is None and kept.has(file.path, root)}
    unread = [file for file in files if file.problem is None and file.path not in known]
    results = run_isolated(understand, ((file.path, root / file.path) for file in unread), jobs)
    for file in files:
        if file.problem is not None:
            yield file, None
            continue
        result: Reading | Unreadable | None = kept.take(file.path, root) if file.path in known else next(results)[1]
        if result is None:  # kept, but damaged
            (_, result), = run_isolated(understand, [(file.path, root / file.path)])
        if isinstance(result, Reading) and file.path not in known:
            kept.keep(file.path, result)
        progress(file.path)
        yield file, result


def _noted(built: Built) -> Noted:
    failed = [[report.path, report.message] for report in built.failed]
    return {"agencies": built.agencies, "published": built.published, "failed": failed, "checks": built.failed_checks}


def _recalled(noted: Noted) -> Built:
    failed = (Report(p, None, "", 0, "failed", None, None, None, None, message) for p, message in noted["failed"])
    return Built(noted["agencies"], noted["published"], tuple(failed), noted["checks"], fresh=False)


def _folder(file: Collected) -> str:
    return file.path.rsplit("/", 1)[0]
