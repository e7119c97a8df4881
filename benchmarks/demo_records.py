"""Made-up reports as records: what a reader would have found in them, with no document read and none written.

Comes in: a number of reports. Goes out: agencies, and the reports of each, checked by the project's own rules.
Must not know: the package, pages. Agencies are usual bodies of real places; every number and sentence is made up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from benchmarks.generate import Made, Text, TrueCell, generate
from benchmarks.generate.model import Key
from benchmarks.generate.prose import Who
from ogi.extract.prose.statements import find_statements
from ogi.forms import load as load_forms
from ogi.forms.codes import load_codes
from ogi.judging import checked
from ogi.model import Agency, AgencyName, Cell, Entry, Issue, Reading, Report, Section
from ogi.regions import Region, load_regions

YEARS = (2021, 2022, 2023, 2024, 2025)
BODIES = {
    "general-office": ("人民政府办公室", "政府办"),
    "education": ("教育局", "教育局"),
    "science-technology": ("科学技术局", "科技局"),
    "finance": ("财政局", "财政局"),
    "civil-affairs": ("民政局", "民政局"),
    "transport": ("交通运输局", "交通局"),
    "health": ("卫生健康委员会", "卫健委"),
}
HABITS = (
    (),
    (),
    (),
    ("blank_zeros",),
    ("blank_some",),
    ("marks",),
    ("blank_group",),
)  # of one agency, for good
SPOILT = 15  # one report of so many has a total that is no sum of its parts, or that cannot be read
FIRST = ("360200", "361100")  # Jingdezhen and Shangrao, which people who try the site type
SECTIONS = ("overview", "disclosures", "requests", "reviews", "problems", "other")


@dataclass(frozen=True, slots=True)
class Body:
    """One agency of the demo and how many years of it are wanted; `seed` tells it from every other."""

    agency: Agency
    years: int
    seed: int


def bodies(count: int) -> tuple[Body, ...]:
    """As many agencies as `count` reports need, whole prefectures at a time, so that there is much to compare."""
    known = {code.code for code in load_codes() if code.kind == "sector"}
    out: list[Body] = []
    for region in _regions():
        for sector, (long, short) in BODIES.items():
            if sector not in known:
                continue
            if count <= 0:
                return tuple(out)
            names = tuple(AgencyName(f"{region.zh}{n}", k) for n, k in _names(long, short))
            agency = Agency(
                f"{region.code}-{sector}",
                f"{region.zh}{long}",
                region.code,
                region.level,
                sector,
                names=names,
            )
            out.append(Body(agency, min(count, len(YEARS)), len(out)))
            count -= len(YEARS)
    return tuple(out)


def generated(body: Body) -> Iterator[tuple[int, Made]]:
    """The reports of one agency year by year, each carrying over what the one before left open."""
    name = body.agency.name
    who = Who(name, name, "我办" if name.endswith("办公室") else "我局", "市人民政府办公室")
    habit = Random(f"habit {body.seed}").choice(HABITS)
    before: Made | None = None
    for n, year in enumerate(YEARS[: body.years]):
        before = generate(body.seed * 10 + n, "2021-30", habit, (), who, year, before)
        yield year, before


def reports(body: Body) -> list[Report]:
    """The reports of one agency, judged like any others."""
    return list(checked(_report(body, year, made) for year, made in generated(body)))


def _names(long: str, short: str) -> Iterator[tuple[str, str]]:
    yield long, "official"
    if short != long:
        yield short, "short"


def _regions() -> Iterator[Region]:
    """A prefecture, the counties of it, the next one; in a fixed shuffle after the first two."""
    living = [r for r in load_regions() if r.valid_to is None]
    cities = [r for r in living if r.level == "prefecture"]
    Random("prefectures").shuffle(cities)
    cities.sort(key=lambda city: city.code not in FIRST)
    for city in cities:
        yield city
        yield from (r for r in living if r.parent == city.code and r.level == "county")


def _report(body: Body, year: int, made: Made) -> Report:
    agency = body.agency
    report_id = f"{agency.agency_id}-{year}"
    sha256 = hashlib.sha256(f"made up: {report_id}".encode()).hexdigest()
    entry = Entry(
        f"{year}.txt",
        year,
        published_on=date(year + 1, 1, 20 + body.seed % 10),
        retrieved_on=date(year + 1, 3, 1),
    )
    path = f"reports/{agency.region_code[:2]}/{agency.agency_id}/{year}.txt"
    reading = _reading(agency.name, year, made, sha256)
    return Report(path, "txt", sha256, reading.size, "report", agency, entry, report_id, reading)


def _reading(name: str, year: int, made: Made, sha256: str) -> Reading:
    title, sections = _sections(made)
    cells = tuple(_cells(made))
    size = sum(len(s.text.encode()) for s in sections)
    statements = find_statements(sections, year, name)
    issues = tuple(_doubt(cell) for cell in cells if cell.status == "unreadable") + tuple(
        _unsure(made, cells)
    )
    return Reading(
        "txt",
        sha256,
        size,
        name,
        name,
        year,
        title,
        made.truth.templates,
        cells,
        (),
        sections,
        statements,
        (),
        issues,
    )


def _cells(made: Made) -> Iterator[Cell]:
    """The printed cells, one of them wrong where `_spoilt` says so."""
    spoilt, how = _spoilt(made)
    labels = {
        (table, item.code): item.labels[0]
        for table, template in made.truth.templates.items()
        for item in load_forms().table(template, table).items
    }
    for line, (key, cell) in enumerate(made.truth.cells.items(), 40):
        table, item, measure = key
        if key == spoilt and cell.value is not None:
            cell = how(cell)
        yield Cell(
            table,
            item,
            measure,
            cell.value,
            cell.raw,
            cell.unit,
            cell.status,
            labels[table, item],
            f"line={line}",
            None,
        )


def _spoilt(made: Made) -> tuple[Key | None, Callable[[TrueCell], TrueCell]]:
    rng = Random(f"spoilt {made.truth.seed}")
    totals = [key for key in made.truth.cells if key[0] == "requests" and key[2] == "total"]
    return (rng.choice(totals) if rng.randrange(SPOILT) == 0 else None), rng.choice((_one_more, _illegible))


def _one_more(cell: TrueCell) -> TrueCell:
    assert cell.value is not None
    return TrueCell(cell.value + 1, f"{cell.value + 1:f}", "reported", cell.unit)


def _illegible(cell: TrueCell) -> TrueCell:
    return TrueCell(None, f"{cell.raw}?", "unreadable", cell.unit)


def _doubt(cell: Cell) -> Issue:
    message = f"{cell.key}: «{cell.raw}» is no number that the form allows."
    return Issue("number-of-wrong-kind", "warning", message, cell.locator, (cell.key,), cell.raw)


def _unsure(made: Made, cells: tuple[Cell, ...]) -> Iterator[Issue]:
    """In one report of so many a number of the requests table is read and yet doubted."""
    rng = Random(f"unsure {made.truth.seed}")
    if rng.randrange(SPOILT) == 0:
        cell = rng.choice(
            [c for c in cells if c.table == "requests" and c.measure == "total" and c.status == "reported"]
        )
        message = f"{cell.key}: a change of this one cell would make every identity hold."
        yield Issue("suspect-cell", "warning", message, cell.locator, (f"requests.{cell.item}.*",), cell.raw)


def _sections(made: Made) -> tuple[str | None, tuple[Section, ...]]:
    """The title, and each section with its prose; tables stand in the cells."""
    title, line, codes = None, 0, iter(SECTIONS)
    out = [Section("preface", None, "", "line=1")]
    for block in made.blocks:
        line += 1 if isinstance(block, Text) else len(block.rows)
        if not isinstance(block, Text):
            continue
        if block.level == 1:
            title = block.text
        elif block.level == 2:
            out.append(Section(next(codes), block.text, "", f"line={line}"))
        else:
            out[-1] = replace(out[-1], text=f"{out[-1].text}\n{block.text}".lstrip("\n"))
    return title, tuple(out)
