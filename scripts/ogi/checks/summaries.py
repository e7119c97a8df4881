"""A summary waits until the reports below it have gone by, and is then held against them: HI-01, HI-02.

Comes in: reports as a stream, agency by agency, and the agencies. Goes out: the same reports, a summary after those
below it. Must not know: any rule. In memory stay the summaries that wait and the bare numbers of those below them:
agencies of one region come together, so few wait at a time; an agency without a parent costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from sys import intern

from ogi.checks import check_levels
from ogi.doubts import DOUBTS
from ogi.forms import Forms
from ogi.model import Agency, Cell, Reading, Report


@dataclass(slots=True)
class _Family:
    """A summary's agency with those below it; `awaited` are the ones whose reports have still to come by."""

    children: Sequence[Agency]
    complete: bool
    awaited: set[str]
    summaries: list[Report] = field(default_factory=list)
    below: dict[int, dict[str, Reading]] = field(default_factory=dict)


def hold_summaries(
    reports: Iterable[Report],
    agencies: Iterable[Agency],
    present: Iterable[str],
    forms: Forms,
    complete: Iterable[str] = (),
) -> Iterator[Report]:
    """`present` are the agencies with any file, `complete` those below which every body is registered."""
    families = _families(tuple(agencies), set(present), set(complete))
    for agency_id, own in groupby(reports, key=lambda r: r.agency.agency_id if r.agency else ""):
        for report in own:
            _note(report, families)
            if report.outcome == "report" and agency_id in families:
                families[agency_id].summaries.append(report)
            else:
                yield report
        for parent_id in [p for p, family in families.items() if agency_id in family.awaited]:
            families[parent_id].awaited.discard(agency_id)
            if not families[parent_id].awaited:
                yield from _held(families.pop(parent_id), forms)
    for family in families.values():
        yield from _held(family, forms)


def related_to_summaries(agencies: Iterable[Agency]) -> set[str]:
    """Agencies whose reports are held against one another: summaries with someone below them, and those below."""
    families = _families(tuple(agencies), set(), set())
    return {*families, *(child.agency_id for family in families.values() for child in family.children)}


def _families(agencies: Sequence[Agency], present: set[str], complete: set[str]) -> dict[str, _Family]:
    aggregates = {a.agency_id for a in agencies if a.scope == "aggregate"}
    below: dict[str, list[Agency]] = {}
    for agency in agencies:
        if agency.parent_id in aggregates and agency.parent_id != agency.agency_id:
            below.setdefault(agency.parent_id, []).append(agency)
    return {
        parent: _Family(
            sorted(children, key=lambda a: a.agency_id),
            parent in complete,
            {parent, *(c.agency_id for c in children)} & present,
        )
        for parent, children in below.items()
    }


def _note(report: Report, families: dict[str, _Family]) -> None:
    """Keeps what the summary above a live report will ask of it."""
    parent = families.get(report.agency.parent_id or "") if report.agency else None
    if parent and report.agency and report.reading and report.outcome == "report":
        parent.below.setdefault(_year(report), {})[report.agency.agency_id] = _bare(report.reading)


def _held(family: _Family, forms: Forms) -> Iterator[Report]:
    for report in family.summaries:
        year, reading = _year(report), report.reading
        if reading is None:
            yield report
            continue
        below = family.below.get(year, {})
        missing = [
            c.name
            for c in family.children
            if c.agency_id not in below and (c.closed_on is None or c.closed_on.year >= year)
        ]
        children = [below[c.agency_id] for c in family.children if c.agency_id in below]
        checks = check_levels(reading, children, forms, missing, family.complete)
        yield replace(report, reading=replace(reading, checks=(*reading.checks, *checks)))


def _bare(reading: Reading) -> Reading:
    """Numbers and doubts alone: no prose, no proof."""
    cells = tuple(
        Cell(c.table, intern(c.item), intern(c.measure), c.value, None, None, c.status, None, None)
        for c in reading.cells
    )
    issues = tuple(replace(i, message="", raw=None) for i in reading.issues if i.severity in DOUBTS and i.cells)
    return replace(reading, cells=cells, issues=issues, statistics=(), sections=(), statements=(), checks=())


def _year(report: Report) -> int:
    return int(str(report.report_id).rsplit("-", 1)[1])
