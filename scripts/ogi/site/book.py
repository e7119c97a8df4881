"""The data package as the pages need it: small tables whole, large ones report by report.

Comes in: a package loaded by `ogi.package.load`. Goes out: `Book`, and its `bundles()`, a stream that
holds one report at a time. Must not know: documents, forms, rules, MkDocs or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from functools import cache, cached_property, partial
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import Any, NoReturn, TypeVar

from ogi.package import Package
from ogi.package.located import by_report
from ogi.package.texts import Lines, fields

Row = Mapping[str, str]
T = TypeVar("T")

PARTS = ("cells", "statistics", "sections", "statements", "checks", "issues", "corrections", "revisions")
GROUNDS = "requests"  # the table of the form from which comes why something was not given
BY_REPORT = (*PARTS, GROUNDS)
SHORT = 48  # characters; shorter values (ids, numbers, names) are met again and again, and kept once


class TextRow(Mapping[str, str]):
    """A row of the package as text, '' for null, in a fifth of a dict's memory."""

    __slots__ = ("_places", "texts")

    def __init__(self, texts: Iterable[str], places: Mapping[str, int]) -> None:
        self.texts = tuple([intern(text) if len(text) < SHORT else text for text in texts])
        self._places = places

    def __getitem__(self, name: str) -> str:
        return self.texts[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self.texts)

    def __repr__(self) -> str:
        return repr(self.texts)


class Once(Mapping[str, T]):
    """Values made when they are first asked for, since most pages are kept and ask for none."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        self._names, self._make = tuple(names), make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class Bundle:
    """One report with everything the package says of it: `lines` as they stand in its files, `values` taken
    apart, `parts` as rows of text, '' for null: pages show digits and compute with next to none.

    Lines are read when they are asked for: of a page that is kept from the last build only their `digests` are looked at.
    """

    report: Row
    agency: Row
    document: Row
    siblings: tuple[Row, ...]
    panel: Row | None
    lineage: tuple[Row, ...]
    lines: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    digests: Mapping[str, str]

    def everything(self) -> tuple[str, ...]:
        """All that the page hangs on, beside what all pages share."""
        rows = (self.report, self.agency, self.document, self.siblings, self.panel, self.lineage)
        return repr(rows), repr(self.digests)

    @cached_property
    def values(self) -> Mapping[str, list[list[str]]]:
        lines = self.lines  # and not self, which would keep each report until it is looked for as garbage
        return Once(lines, lambda name: fields(lines[name]) if lines[name] else [])

    @cached_property
    def parts(self) -> Mapping[str, tuple[Row, ...]]:
        columns, values = self.columns, self.values

        def rows(name: str) -> tuple[Row, ...]:
            return tuple([dict(zip(columns[name], row, strict=True)) for row in values[name]])

        return Once(values, rows)


class _Withheld(Mapping[str, Row]):
    """Stands for the tables that the page of a single report must not look at."""

    def _refuse(self, *_: object) -> NoReturn:
        raise AssertionError("a report's page may look at its Bundle only: give Bundle what the page needs")

    __getitem__ = __iter__ = __len__ = __contains__ = __bool__ = _refuse


WITHHELD: Any = _Withheld()  # whatever type it stands for


@dataclass(frozen=True, slots=True)
class Book:
    package: Package
    codes: Mapping[tuple[str, str], Row]
    regions: Mapping[str, Row]
    agencies: Mapping[str, Row]
    names: Mapping[str, tuple[Row, ...]]
    reports: tuple[Row, ...]
    documents: Mapping[str, Row]
    panel: Mapping[tuple[str, str], TextRow]
    coverage: Mapping[str, tuple[Row, ...]]
    by_agency: Mapping[str, tuple[Row, ...]]
    ledger: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    indicators: tuple[Row, ...] = field(default=())
    index: Path | None = None
    withdrawn: Mapping[str, Row] = field(default_factory=dict)
    corrected_on: Mapping[str, str] = field(default_factory=dict)  # the last day, by report

    def shared(self) -> Book:
        """What every page may know: codes, regions, indicators. The rest is withheld, so that the page of one
        report hangs on its bundle alone and can be kept when other reports change."""
        kept = {"package", "codes", "regions", "indicators", "index"}
        return replace(self, **{f.name: WITHHELD for f in dataclass_fields(self) if f.name not in kept})

    def live(self) -> list[Row]:
        """Reports that no newer version replaces."""
        return [r for r in self.reports if not r["superseded_by"]]

    def zh(self, kind: str, code: str) -> str:
        row = self.codes.get((kind, code))
        return row["zh"] if row else code

    def en(self, kind: str, code: str) -> str:
        row = self.codes.get((kind, code))
        return row["en"] if row else code

    def definition(self, kind: str, code: str) -> str:
        row = self.codes.get((kind, code))
        return row["definition"] if row else ""

    def lineage(self, region_code: str) -> list[Row]:
        """The region and those above it, the highest first."""
        return lineage(self.regions, region_code)

    def picker(self, resource: str, columns: Sequence[str]) -> Callable[[TextRow], tuple[str, ...]]:
        """Takes some columns of a row of the resource at once."""
        known = [f["name"] for f in self.package.fields(resource)]
        pick = itemgetter(*(known.index(column) for column in columns))
        return lambda row: pick(row.texts)

    def panel_rows(self, reports: Sequence[Row]) -> list[tuple[Row, TextRow]]:
        """(report, its row of indicators), for the reports that have one."""
        pairs = ((r, self.panel.get((r["agency_id"], r["year"]))) for r in reports)
        return [(r, p) for r, p in pairs if p is not None]

    def bundles(self, names: Sequence[str] = BY_REPORT) -> Iterator[Bundle]:
        """Reports in the package's order with their rows in the named resources, those of one at a time, and read only
        when asked for."""
        columns = {name: tuple(f["name"] for f in self.package.fields(name)) for name in names}
        lineage = cache(lambda region_code: tuple(self.lineage(region_code)))
        for report, found in by_report(self.package, names, self.reports, self.index):
            agency = self.agencies[report["agency_id"]]
            yield Bundle(
                report=report,
                agency=agency,
                document=self.documents[report["document_id"]],
                siblings=self.by_agency[report["agency_id"]],
                panel=None
                if report["superseded_by"]
                else self.panel.get((report["agency_id"], report["year"])),
                lineage=lineage(agency["region_code"]),
                lines=Once(columns, partial(_text, found)),
                columns=columns,
                digests={name: lines.digest for name, lines in found.items()},
            )


def _text(found: Mapping[str, Lines], name: str) -> str:
    return found[name].text() if name in found else ""


def lineage(regions: Mapping[str, Row], region_code: str) -> list[Row]:
    """A region and those above it, the highest first; one that lies in itself is met once."""
    out: dict[str, Row] = {}
    row = regions.get(region_code)
    while row is not None and row["region_code"] not in out:
        out[row["region_code"]] = row
        row = regions.get(row["parent"])
    return list(out.values())[::-1]


def read_book(package: Package, index: Path | None = None) -> Book:
    """`index` is where it is kept where lines stand in the package's files (`ogi.package.located`)."""

    def rows(name: str) -> Iterator[TextRow]:
        places = {f["name"]: n for n, f in enumerate(package.fields(name))}
        return (TextRow(values, places) for values in package.fields_of(name))

    reports = tuple(rows("reports"))
    by_agency: dict[str, list[Row]] = {}
    for report in sorted(reports, key=lambda r: (r["year"], r["report_id"])):
        by_agency.setdefault(report["agency_id"], []).append(report)
    codes = {(row["kind"], row["code"]): row for row in rows("codes")}
    indicators = sorted(
        (r for (kind, _), r in codes.items() if kind == "indicator"), key=lambda r: int(r["order"])
    )
    return Book(
        package=package,
        codes=codes,
        regions={row["region_code"]: row for row in rows("regions")},
        agencies={row["agency_id"]: row for row in rows("agencies")},
        names=_grouped(rows("agency_names"), "agency_id"),
        reports=reports,
        documents={row["document_id"]: row for row in rows("documents")},
        panel={(row["agency_id"], row["year"]): row for row in rows("panel")},
        coverage=_grouped(rows("coverage"), "agency_id"),
        ledger=_grouped(rows("ledger"), "agency_id") if "ledger" in package.resources else {},
        by_agency={key: tuple(value) for key, value in by_agency.items()},
        indicators=tuple(indicators),
        index=index,
        corrected_on=dict(sorted((row["report_id"], row["date"]) for row in rows("corrections"))),
        withdrawn={row["withdrawn_id"]: row for row in rows("withdrawn")} if "withdrawn" in package.resources else {},
    )


def _grouped(rows: Iterable[Row], key: str) -> dict[str, tuple[Row, ...]]:
    out: dict[str, list[Row]] = {}
    for row in rows:
        out.setdefault(row[key], []).append(row)
    return {name: tuple(group) for name, group in out.items()}

