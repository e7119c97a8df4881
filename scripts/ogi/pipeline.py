"""OPEN THIS FIRST: the whole flow, stage by stage.

    reports/ ──collect──▶ files ──understand──▶ readings ──settle──▶ reports ──check──▶ checked ──write──▶ datapackage/
                                                                                             datapackage/ ──▶ site (ogi.site)

One agency at a time streams through: memory does not grow with the collection. What one agency says as another does is told
once all have come by, from a sketch of each. Comes in: a folder of collected documents. Goes out: the data package, whole or not
at all. A new format is a folder in `readers/`, a new form or pattern a YAML in `forms/`,
a new rule a line in `forms/rules.yml`, a new page a kind in `site/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from ogi.checks.agencies import TextsOf, repeated_elsewhere
from ogi.checks.summaries import hold_summaries, related_to_summaries
from ogi.collection import Collection, collect
from ogi.forms import load as load_forms
from ogi.judging import checked, settled
from ogi.kept_parts import KeptPairs, KeptParts, Part
from ogi.model import Check, Collected, Report
from ogi.package import Rendered, write
from ogi.package.located import index_for
from ogi.readings import Progress, readings_of
from ogi.rendering import part, parts_of, told
from ogi.unchanged import Noted, by_folder, note, recall, whole


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to, for the last line that people see."""

    agencies: int
    published: int
    failed: tuple[Report, ...]
    failed_checks: int
    fresh: bool = True


def build(
    reports: Path,
    package: Path,
    jobs: int = 1,
    progress: Progress = lambda path: None,
    cache: Path | None = None,
    begins: Callable[[int], None] = lambda files: None,
) -> Built:
    """Everything under `reports` into `package`. Raises BadPackage, and then leaves the last package as it was.

    With a `cache`, what has not changed is not read, judged or rendered again but copied from the last package, and where
    nothing changed nothing is done. `begins` is told how many files there are, `progress` each that is done with.
    """
    folders = by_folder(reports) if cache else {}
    inputs = whole(folders)
    noted = recall(cache / "packages", package, inputs) if cache else None
    if noted is not None:
        return _recalled(noted)
    collection, kept = collect(reports), KeptParts(cache, package)
    index = index_for(cache, package) if cache else None
    begins(len(collection.files))
    seen: list[Part] = []

    def rendered() -> Iterator[Rendered]:
        root, (alone, family) = reports.parent, _apart(collection)
        held = map(part, reports_of(family, root, jobs, progress, cache))
        for one in chain(parts_of(alone, root, jobs, progress, cache, kept, folders), held):
            seen.append(replace(one, rendered=replace(one.rendered, lines={}, references=frozenset())))
            yield one.rendered

    pairs = KeptPairs(cache, package)

    def late(texts_of: TextsOf) -> Iterator[tuple[str, Check]]:
        yield from repeated_elsewhere(chain.from_iterable(map(told, seen)), texts_of, pairs.known)

    known = collection.known
    write(rendered(), collection.agencies, package, listed=known.years, withdrawn=known.withdrawn, index=index, late=late)
    kept.done()
    pairs.done()
    outcomes = [one.rendered.report for one in seen]
    failed = tuple(sorted((r for r in outcomes if r.outcome == "failed"), key=lambda r: r.path))
    published = sum(report.outcome == "report" for report in outcomes)
    built = Built(len(collection.agencies), published, failed, sum(one.failing for one in seen))
    if cache:
        note(cache / "packages", package, inputs, _noted(built))
    return built


def reports_of(
    collection: Collection,
    root: Path,
    jobs: int = 1,
    progress: Progress = lambda path: None,
    cache: Path | None = None,
) -> Iterator[Report]:
    """Every collected file as a report with its outcome, an agency at a time; a summary comes after those below it."""
    readings = readings_of(collection.files, root, jobs, progress, cache)
    own = (report for _, agency in settled(readings, root) for report in checked(agency))
    present = {file.agency.agency_id for file in collection.files if file.agency}
    yield from hold_summaries(own, collection.agencies, present, load_forms(), collection.known.complete)


def _apart(collection: Collection) -> tuple[list[Collected], Collection]:
    """The files of agencies that stand for themselves, for workers; and summaries with what they are held against, which go
    through `reports_of` together."""
    related = related_to_summaries(collection.agencies)
    alone = [file for file in collection.files if not (file.agency and file.agency.agency_id in related)]
    family = [file for file in collection.files if file.agency and file.agency.agency_id in related]
    return alone, replace(collection, files=tuple(family))


def _noted(built: Built) -> Noted:
    failed = [[report.path, report.message] for report in built.failed]
    return {"agencies": built.agencies, "published": built.published, "failed": failed, "checks": built.failed_checks}


def _recalled(noted: Noted) -> Built:
    failed = (Report(p, None, "", 0, "failed", None, None, None, None, message) for p, message in noted["failed"])
    return Built(noted["agencies"], noted["published"], tuple(failed), noted["checks"], fresh=False)
