"""The data package as the pages need it: small tables whole, large ones report by report.

Comes in: a package loaded by `ogi.package.load`. Goes out: `Book`, and its `bundles()`, a stream that
holds one report at a time. Must not know: documents, forms, rules, MkDocs or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from functools import cached_property
from sys import intern
from typing import NoReturn, TypeVar

from ogi.package import Package
from ogi.package.texts import fields

Row = Mapping[str, str]
T = TypeVar("T")

PARTS = ("cells", "statistics", "sections", "statements", "checks", "issues", "corrections")


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

    A page that is kept from the last build is never taken apart: only its lines are looked at.
    """

    report: Row
    agency: Row
    document: Row
    siblings: tuple[Row, ...]
    panel: Row | None
    lines: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]

    def count(self, name: str) -> int:
        """How many rows, without taking them apart where that can be told."""
        lines = self.lines[name]
        return len(self.values[name]) if '"' in lines else lines.count("\n")

    def everything(self) -> Iterator[str]:
        """All that the page hangs on, beside what all pages share."""
        yield repr((self.report, self.agency, self.document, self.siblings, self.panel, tuple(self.lines)))
        yield from self.lines.values()

    @cached_property
    def values(self) -> Mapping[str, list[list[str]]]:
        return Once(self.lines, lambda name: fields(self.lines[name]) if self.lines[name] else [])

    @cached_property
    def parts(self) -> Mapping[str, tuple[Row, ...]]:
        def rows(name: str) -> tuple[Row, ...]:
            columns = self.columns[name]
            return tuple([dict(zip(columns, row, strict=True)) for row in self.values[name]])

        return Once(self.lines, rows)


class _Withheld(Mapping[str, Row]):
    """Stands for the tables that the page of a single report must not look at."""

    def _refuse(self, *_: object) -> NoReturn:
        raise AssertionError("a report's page may look at its Bundle only: give Bundle what the page needs")

    __getitem__ = __iter__ = __len__ = __contains__ = __bool__ = _refuse


WITHHELD = _Withheld()


@dataclass(frozen=True, slots=True)
class Book:
    package: Package
    codes: Mapping[tuple[str, str], Row]
    regions: Mapping[str, Row]
    agencies: Mapping[str, Row]
    names: Mapping[str, tuple[Row, ...]]
    reports: tuple[Row, ...]
    documents: Mapping[str, Row]
    panel: Mapping[tuple[str, str], Row]
    coverage: Mapping[str, tuple[Row, ...]]
    by_agency: Mapping[str, tuple[Row, ...]]
    indicators: tuple[Row, ...] = field(default=())

    def shared(self) -> Book:
        """What every page may know: codes, regions, indicators. The rest is withheld, so that the page of one
        report hangs on its bundle alone and can be kept when other reports change."""
        kept = {"package", "codes", "regions", "indicators"}
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

    def lineage(self, region_code: str) -> list[Row]:
        """The region and those above it, the highest first."""
        out: list[Row] = []
        row = self.regions.get(region_code)
        while row is not None and row not in out:
            out.append(row)
            row = self.regions.get(row["parent"])
        return out[::-1]

    def panel_rows(self, reports: list[Row]) -> list[tuple[Row, Row]]:
        """(report, its row of indicators), for the reports that have one."""
        pairs = ((r, self.panel.get((r["agency_id"], r["year"]))) for r in reports)
        return [(r, p) for r, p in pairs if p is not None]

    def bundles(self) -> Iterator[Bundle]:
        """Reports in the package's order, each with its rows; only one report's rows are held at a time."""
        columns = {name: tuple(f["name"] for f in self.package.fields(name)) for name in PARTS}
        for typed, lines in self.package.texts(*PARTS):
            report = texts(typed)
            yield Bundle(
                report=report,
                agency=self.agencies[report["agency_id"]],
                document=self.documents[report["document_id"]],
                siblings=self.by_agency[report["agency_id"]],
                panel=None
                if report["superseded_by"]
                else self.panel.get((report["agency_id"], report["year"])),
                lines=lines,
                columns=columns,
            )


def read_book(package: Package) -> Book:

    def rows(name: str) -> Iterator[Row]:
        return (texts(row) for row in package.rows(name))

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
        by_agency={key: tuple(value) for key, value in by_agency.items()},
        indicators=tuple(indicators),
    )


def _grouped(rows: Iterator[Row], key: str) -> dict[str, tuple[Row, ...]]:
    out: dict[str, list[Row]] = {}
    for row in rows:
        out.setdefault(row[key], []).append(row)
    return {name: tuple(group) for name, group in out.items()}


def texts(row: Mapping[str, object]) -> Row:
    """Values as the package prints them; null is ''. What many rows say is kept once."""
    return {name: intern(value if value.__class__ is str else _text(value)) for name, value in row.items()}


def _text(value: object) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
