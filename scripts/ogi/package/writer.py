"""Writes the data package: whole or not at all, the same bytes for the same inputs whatever their order.

Comes in: reports (or their rendered parts) as a stream, agencies. Goes out:
`datapackage/`. Raises BadPackage with resource, row, field and remedy, and leaves the last good
package as it was. Must not know: documents, pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import ExitStack
from datetime import date
from operator import itemgetter
from pathlib import Path
from shutil import rmtree

from ogi import __version__
from ogi.due import first_published
from ogi.errors import BadPackage
from ogi.model import Agency, Check, Report
from ogi.package.codebook import codebook, readme
from ogi.package.coverage import NONE, Seen, coverage_rows
from ogi.package.descriptor import descriptor
from ogi.package.lists import agency_name_rows, agency_rows, document_rows, region_rows
from ogi.package.located import in_resource
from ogi.package.reader import load
from ogi.package.render import PUBLISHED, Rendered, Renderer, only_once, renderer
from ogi.package.spool import Files, Spool, Written
from ogi.package.swap import replacing
from ogi.package.table import Reference, Row, Value
from ogi.package.texts import Lines, fields
from ogi.regions import load_regions

DESCRIPTOR = "datapackage.json"
CHECKS, SECTIONS = "checks", "sections"
Late = Callable[[Callable[[str, str], Iterable[str]]], Iterable[tuple[str, Check]]]
PUBLISHED_LINES = {"reports": ""}  # of a report whose lines are on disk by now


class _Last:
    """The package that is replaced, and the year, the province and the length of its own checks of each report whose lines are
    copied from it."""

    def __init__(self, folder: Path, index: Path | None) -> None:
        self._folder, self._index = folder, index
        self.places: dict[str, tuple[int, str, int]] = {}

    def add_to(self, spool: Spool, name: str, late: Mapping[str, str] | None = None) -> dict[Path, Written]:
        """Adds their lines in one resource to its spool; gives the files that these stand in. `late` are the lines that belong
        after a report's own: where it has them already, all is taken as it stands."""
        if not self.places:
            return {}
        package = load(self._folder)
        for lines in in_resource(package, name, self._index):
            if place := self.places.get(lines.name):
                year, province, own = place
                if late is None or _ends(lines, own, said := late.get(lines.name, "")):
                    spool.add_last(lines, year, province)
                else:
                    spool.add_last(lines._replace(length=own), year, province)
                    spool.add((lines.name,), said, year, province)
        files = package.resources[name]["files"]
        return {self._folder / f["path"]: Written(f["path"], f["bytes"], f["hash"].removeprefix("sha256:")) for f in files}


def write(
    reports: Iterable[Report | Rendered],
    agencies: Iterable[Agency],
    folder: Path,
    *,
    listed: Mapping[tuple[str, int], str | None] = NONE,
    index: Path | None = None,
    late: Late | None = None,
    withdrawn: Iterable[Row] = (),
) -> None:
    """`reports` is read once, as a stream; `listed` are (agency_id, year) that a hand-kept list names, with an
    address where one is known. Pass `Rendered` values where workers have rendered already. The lines of those that
    are `in_last` are copied from the package that stands in `folder` now; `index` is where it is kept where lines
    stand in it. `late` gives the checks, notes only, that cannot be told of a report before all have come by, from what
    gives the texts of a section of it. `withdrawn` are rows about reports that were taken down."""
    refuse_what_is_no_package(folder)
    made = renderer()
    by_id = {agency.agency_id: agency for agency in agencies}
    with replacing(folder.resolve()) as new:
        last = _Last(folder.resolve(), index)
        seen, files = _write_data(new, reports, made, by_id, listed, last, late, tuple(withdrawn))
        entries = [r.report.entry for r in seen if r.report.entry]
        as_of = max((e.retrieved_on for e in entries if e.retrieved_on), default=None)
        allowed = {name: made.allowed(resource) for name, resource in made.schema.resources.items()}
        plain = descriptor(made.schema, __version__, as_of, files, allowed, made.codes, made.meanings.panel.made_of())
        _text(new / DESCRIPTOR, json.dumps(plain, ensure_ascii=False, indent=1))
        _text(new / "README.md", readme(made.schema, __version__, as_of, files))
        _text(new / "codebook.md", codebook(made.schema, made.codes))


def refuse_what_is_no_package(folder: Path) -> None:
    """A folder that holds anything else would be lost when the package takes its place."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / DESCRIPTOR).is_file():
        found = (
            f"文件夹不是空的，里面也没有数据包（没有 {DESCRIPTOR}） "
            f"it is not empty, and no data package: it has no {DESCRIPTOR}"
        )
        raise BadPackage(str(folder), found, "换一个文件夹，或先删去它 name another folder, or remove it first")


def _write_data(
    new: Path,
    reports: Iterable[Report | Rendered],
    made: Renderer,
    agencies: dict[str, Agency],
    listed: Mapping[tuple[str, int], str | None],
    last: _Last,
    late: Late | None,
    withdrawn: tuple[Row, ...],
) -> tuple[list[Rendered], dict[str, Files]]:
    """The CSV files, with every key and reference checked."""
    spools = new / "spools"
    spools.mkdir()
    with ExitStack() as stack:
        spool = {n: stack.enter_context(Spool(spools / n, table.header)) for n, table in made.tables.items()}
        seen, references = _spool_reports(reports, made, agencies, spool, last)
        lists = _lists(seen, made, agencies, listed, withdrawn)
        for name, rows in lists.items():
            spool[name].add((), made.lines(name, rows, references))
        published = [r for r in seen if r.lines]
        _check_references(references, lists, {str(r.report.report_id) for r in published})
        years = {r.year for r in published if r.year is not None}
        files: dict[str, Files] = {}
        copied = {SECTIONS: last.add_to(spool[SECTIONS], SECTIONS)}
        said = _said(late, spool[SECTIONS], made) if late else {}
        copied[CHECKS] = last.add_to(spool[CHECKS], CHECKS, said)
        for r in published:
            report_id, agency = str(r.report.report_id), r.report.agency
            if agency and report_id in said and report_id not in last.places:
                spool[CHECKS].add((report_id,), said[report_id], r.year or 0, agency.region_code[:2])
        for name, resource in made.schema.resources.items():
            if resource.by_report and name not in copied:
                copied[name] = last.add_to(spool[name], name)
            known = copied.pop(name, {})
            if resource.by_year:
                files[name] = spool[name].put_by_year(new, f"data/{name}", years, known)
            else:
                files[name] = spool[name].put_whole(new, f"data/{name}.csv", known)
    rmtree(spools)
    return seen, files


def _ends(lines: Lines, own: int, late: str) -> bool:
    """Whether `late` is all that stands after the first `own` bytes."""
    return lines.length - own == len(late.encode()) and (not late or lines.text(own) == late)


def _said(late: Late, sections: Spool, made: Renderer) -> dict[str, str]:
    """By report, the lines of the checks that are told late."""
    columns = made.schema.resources[SECTIONS].columns
    code, text = columns.index("section"), columns.index("text")
    lines = sections.texts()

    def texts_of(report_id: str, section: str) -> list[str]:
        return [row[text] for row in fields(lines(report_id)) if row[code] == section]

    checks: dict[str, list[Check]] = {}
    for report_id, check in late(texts_of):
        checks.setdefault(report_id, []).append(check)
    return {report_id: made.checks(report_id, some) for report_id, some in checks.items()}


def _spool_reports(
    reports: Iterable[Report | Rendered],
    made: Renderer,
    agencies: dict[str, Agency],
    spool: dict[str, Spool],
    last: _Last,
) -> tuple[list[Rendered], set[Reference]]:
    """The reports' lines go to disk; what stays is each report without reading and lines."""
    seen: list[Rendered] = []
    references: set[Reference] = set()
    ids: set[str] = set()
    for one in reports:
        rendered = one if isinstance(one, Rendered) else made.render(one)
        report = rendered.report
        if report.agency is not None and report.agency.agency_id not in agencies:
            raise BadPackage(
                f"datapackage: documents, row {report.path}, field agency",
                f"没有机关 {report.agency.agency_id} {report.agency.agency_id} is no agency",
                "传入全部机关 pass every agency of the collection",
            )
        if report.outcome in PUBLISHED and report.agency is not None:
            only_once(rendered, ids)
            year, province = rendered.year or 0, report.agency.region_code[:2]
            for name, text in rendered.lines.items():
                yearly = made.schema.resources[name].key == ("agency_id", "year")
                key = (report.agency.agency_id, year) if yearly else (str(report.report_id),)
                spool[name].add(key, text, year if made.schema.resources[name].by_year else 0, province)
            if rendered.in_last:
                last.places[str(report.report_id)] = year, province, rendered.own
            references |= rendered.references
        seen.append(Rendered(report, rendered.year, PUBLISHED_LINES if rendered.lines else {}, nil=rendered.nil))
    return seen, references


def _lists(
    seen: list[Rendered],
    made: Renderer,
    agencies: dict[str, Agency],
    listed: Mapping[tuple[str, int], str | None],
    withdrawn: tuple[Row, ...],
) -> dict[str, list[Row]]:
    """Rows of the resources that are not kept by report; what is published again is withdrawn no more."""
    published = {r.report.report_id for r in seen if r.lines}
    gone = sorted((row for row in withdrawn if row["withdrawn_id"] not in published), key=itemgetter("withdrawn_id"))
    lost = {(str(row["agency_id"]), int(str(row["year"]))) for row in gone}
    issued: dict[tuple[str, int | None], list[date | None]] = {}
    for r in seen:
        if r.report.agency and r.report.outcome in ("report", "superseded"):
            day = r.report.entry.published_on if r.report.entry else None
            issued.setdefault((r.report.agency.agency_id, r.year), []).append(day)
    covered = [
        Seen(
            r.report.agency.agency_id,
            r.year,
            r.report.report_id if live else None,
            first_published(issued[r.report.agency.agency_id, r.year]) if live else None,
            r.nil if live else "unknown",
            r.report.entry.source_url if r.report.entry else None,
        )
        for r in seen
        if r.report.agency and r.year and r.report.outcome in ("report", "superseded", "failed")
        for live in [r.report.outcome == "report"]
    ]
    return {
        "documents": document_rows(r.report for r in seen),
        "agencies": agency_rows(agencies.values()),
        "agency_names": agency_name_rows(agencies.values()),
        "regions": region_rows(agencies.values(), load_regions()),
        "coverage": coverage_rows(covered, agencies, listed, lost),
        "withdrawn": gone,
        "codes": made.codes,
    }


def _check_references(references: set[Reference], lists: dict[str, list[Row]], reports: set[str]) -> None:
    """Raises BadPackage for the first foreign key, by name, that has no target."""
    targets: dict[str, Set[Value]] = {
        "reports": reports,
        "documents": {row["document_id"] for row in lists["documents"]},
        "agencies": {row["agency_id"] for row in lists["agencies"]},
        "regions": {row["region_code"] for row in lists["regions"]},
    }
    astray = [one for one in references if one[3] not in targets[one[2]]]
    if astray:
        resource, column, target, value = min(astray)
        raise BadPackage(
            f"datapackage: {resource}, field {column}",
            f"{target} 里没有 {value} {value} is not in {target}",
            f"补进 {target}，或改正指向它的地方 add it to {target} or correct what points to it",
        )


def _text(path: Path, text: str) -> None:
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
