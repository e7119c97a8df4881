"""Hand-made reports for the tests of the data package: agencies, readings and texts that mean harm.

Comes in: nothing. Goes out: `model` values. Must not know: any document on disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from ogi.forms import load
from ogi.model import (
    Agency,
    AgencyName,
    Cell,
    Check,
    Correction,
    Entry,
    Issue,
    Reading,
    Report,
    Section,
    Statement,
    Statistic,
)
from ogi.package import Package, write
from ogi.package import load as load_package

HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "\tcmd",
    "\rcmd",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "'quoted",
    "''",
    "-8",
    "+82.50",
    "-",
    "+",
    'say "so", twice',
    "one\ntwo\r\nthree",
    "一，二\u3000三",
    "\u202eabc\u202c\u2066x\u2069",
    "\ufeffmark",
    " spaced ",
    "</script><b>&amp;",
    "$(id)`x`",
    "𠮷野家",
)
CITY = Agency(
    "360200-science-technology",
    "景德镇市科学技术局",
    "360200",
    "prefecture",
    "science-technology",
    names=(
        AgencyName("景德镇市科技局", "short"),
        AgencyName("景德镇市科委", "former", valid_to=date(2001, 1, 1)),
    ),
)
COUNTY = Agency("370881-science-technology", "曲阜市科学技术局", "370881", "county", "science-technology")
WHOLE = Agency(
    "360200-government", "景德镇市人民政府", "360200", "prefecture", "government", scope="aggregate"
)
AGENCIES = (CITY, COUNTY, WHOLE)
Cells = Mapping[tuple[str, str, str], tuple[str | None, str]]  # (table, item, measure) -> (printed, status)


def reading(
    name: str,
    year: int,
    cells: Cells | None = None,
    templates: Mapping[str, str] | None = None,
    base: str = "0",
    **more: object,
) -> Reading:
    """A reading whose cells all print `base`, but for those that `cells` says; status absent leaves a
    cell out."""
    templates = templates or {"disclosures": "2021-30", "requests": "2021-30", "reviews": "2021-30"}
    made: list[Cell] = []
    for table, template in templates.items():
        for item, measure in load().table(template, table).cells if table != "statistics" else ():
            raw, status = (cells or {}).get((table, item, measure), (base, "reported"))
            number = raw is not None and status in ("reported", "derived", "corrected")
            unit = "万元" if measure == "amount" and number else None
            if status != "absent":
                made.append(
                    Cell(
                        table,
                        item,
                        measure,
                        Decimal(raw) if number else None,
                        raw,
                        unit,
                        status,
                        item,
                        "line=1",
                    )
                )
    sha256 = hashlib.sha256(f"{name} {year} {more}".encode()).hexdigest()
    return replace(
        Reading("txt", sha256, 100, name, name, year, f"{name}{year}年报告", templates, tuple(made)), **more
    )


def report(agency: Agency, year: int, read: Reading | None = None, **more: object) -> Report:
    """A live report, unless `more` says otherwise."""
    read = read or reading(agency.name, year)
    entry = Entry(f"{year}.txt", year, retrieved_on=date(2026, 11, 20), published_on=date(year + 1, 2, 10))
    base = Report(
        f"reports/{agency.agency_id}/{year}.txt",
        "txt",
        read.sha256,
        read.size,
        "report",
        agency,
        entry,
        f"{agency.agency_id}-{year}",
        read,
    )
    return replace(base, **more)


def failed(agency: Agency | None, year: int | None, content: bytes = b"", name: str = "x.txt") -> Report:
    folder = agency.agency_id if agency else "nobody"
    return Report(
        f"reports/{folder}/{name}",
        None,
        hashlib.sha256(content).hexdigest(),
        len(content),
        "failed",
        agency,
        Entry(name, year),
        None,
        None,
        message=f"{name}: the file is empty → collect it again",
    )


def sample() -> tuple[Report, ...]:
    """Two years, an older version, hostile texts in every text, two empty files, an aggregate with a
    2019 form."""
    texts = tuple(Section("overview", text, text * 3, "line=1") for text in HOSTILE)
    hostile = reading(
        CITY.name,
        2021,
        {("disclosures", "fees", "amount"): ("13.70", "reported")},
        sections=texts,
        statistics=(
            Statistic(
                "主动公开数",
                "stat_proactive_total",
                "year",
                Decimal("163"),
                "条",
                "163",
                "reported",
                "line=9",
            ),
            Statistic("=怪行", None, "year", Decimal("1E+3"), None, "1000", "reported", "line=10"),
        ),
        statements=(Statement("proactive_total", Decimal("875"), "条", "公开信息875条", "overview"),),
        checks=(
            Check(
                "T3-03",
                "granted",
                "pass",
                "error",
                ("requests.granted.*",),
                "strict",
                Decimal(0),
                Decimal(0),
                Decimal(0),
            ),
            Check(
                "T3-01",
                "total",
                "fail",
                "error",
                ("requests.new_received.total",),
                "strict",
                Decimal(2),
                Decimal(1),
                Decimal(1),
                "agency",
                "不等",
                "differs",
            ),
            Check("T3-01", "natural_person", "unknown", "error", ()),
        ),
        issues=tuple(
            Issue("cells-lost", "info", text, "line=2", ("requests.granted.*",), text) for text in HOSTILE
        ),
    )
    fix = Correction(
        "source_error",
        "requests",
        "granted",
        "total",
        "0",
        Decimal("1"),
        "=勘误",
        "https://example.org",
        date(2026, 1, 2),
    )
    old = reading(CITY.name, 2021, base="1")
    whole = reading(
        WHOLE.name, 2019, templates={"disclosures": "2019-60", "requests": "2019-60", "reviews": "2019-60"}
    )
    return (
        report(CITY, 2021, hostile, corrections=(fix,)),
        report(
            CITY,
            2021,
            old,
            report_id=f"{CITY.agency_id}-2021-v1",
            outcome="superseded",
            superseded_by=f"{CITY.agency_id}-2021",
        ),
        report(CITY, 2023),
        report(COUNTY, 2021),
        report(WHOLE, 2019, whole),
        failed(CITY, 2024, name="2024.txt"),
        failed(None, None),
    )


def built(folder: Path, *reports: Report) -> Package:
    """The package of these reports (of the sample, if none is given), written and opened."""
    write(reports or sample(), AGENCIES, folder / "datapackage")
    return load_package(folder / "datapackage")
