"""Values follow their labels: copies of the collected reports with other numbers and rows, read, packed, printed."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from ogi.cli import app
from ogi.extract import extract
from ogi.forms import load
from ogi.model import Reading
from ogi.package import Package
from ogi.package import load as load_package
from ogi.pipeline import build
from ogi.readers import read
from tests.unit.mutated import FILES, FOREIGN, FOREIGN_NUMBERS, Report, Row, taken_apart

each_report = pytest.mark.parametrize("path", FILES, ids=lambda p: p.parent.name)
seeds = pytest.mark.parametrize("seed", [1, 2])


def test_the_copies_hold_every_cell_of_the_form() -> None:
    """The five reports come apart into all their cells: four of the form of 2021, one of 2019."""
    assert [len(taken_apart(path).expected()) for path in FILES] == [200, 198, 200, 200, 200]
    assert sum(r.table == "statistics" for path in FILES for r in taken_apart(path).rows) > 20


@each_report
@seeds
def test_other_numbers_are_read_as_printed(path: Path, seed: int) -> None:
    """With every number replaced by a different one, each cell has the number that stands in it."""
    report = taken_apart(path).renumbered(Random(seed))
    reading = understood(report)
    assert values(reading) == report.expected()
    printed = [r.values[0] for r in report.rows if r.table == "statistics"]
    assert [s.value for s in reading.statistics if s.value is not None] == printed


@each_report
@seeds
def test_swapped_rows_take_their_numbers_along(path: Path, seed: int) -> None:
    """Where two rows change places, no value changes its item."""
    random = Random(seed)
    report = taken_apart(path).renumbered(random)
    for one, two in random.sample(swappable(report), 2):
        mutated = report.swapped(one, two)
        assert mutated.text != report.text
        assert values(understood(mutated)) == report.expected(), (one.item, two.item)


@each_report
@seeds
def test_a_deleted_row_has_no_cells_and_is_named(path: Path, seed: int) -> None:
    """The row is missing, an issue says which, and every other row keeps its numbers."""
    random = Random(seed)
    report = taken_apart(path).renumbered(random)
    for row in random.sample(whole_rows(report), 2):
        reading = understood(report.without(row))
        gone = f"{row.table}.{row.item}."
        assert values(reading) == {k: v for k, v in report.expected().items() if not k.startswith(gone)}
        assert [i.cells for i in reading.issues if i.code == "row-missing"] == [(f"{gone}*",)]


@each_report
@seeds
def test_a_foreign_row_is_named_and_goes_nowhere(path: Path, seed: int) -> None:
    """A row of no form becomes one issue with line and label, and none of its numbers becomes a value."""
    random = Random(seed)
    report = taken_apart(path).renumbered(random)
    row = random.choice([r for r in report.rows if r.table == "requests" and not split(r)])
    mutated = report.with_foreign_after(row)
    reading = understood(mutated)
    assert values(reading) == report.expected()
    (issue,) = [i for i in reading.issues if i.code == "row-unknown"]
    assert FOREIGN in issue.message and issue.severity == "warning"
    first, last = re.search(r" line=(\d+)(?:-(\d+))?", issue.message).groups()
    assert int(first) <= mutated.line_of(FOREIGN) <= int(last or first)


@each_report
@seeds
def test_right_values_of_a_sound_table_are_not_doubted(path: Path, seed: int) -> None:
    """Where the sums hold, no value that is right lies under a warning or an error."""
    report = taken_apart(path).consistent(Random(seed))
    reading = understood(report)
    assert values(reading) == report.expected()
    assert doubted(reading) == []


def test_lost_cells_are_zero_only_where_nothing_came_in() -> None:
    """In Ganzhou's report all lost cells are derived zeros; with three requests received they are null in doubt."""
    report = taken_apart(FILES[1])
    row = report.row("requests", "new_received")
    lost = [r.item for r in report.rows if r.lost]
    reading = understood(report)
    assert len(lost) == 21
    assert {(c.value, c.status) for c in reading.cells if c.item in lost} == {(0, "derived")}
    assert {i.severity for i in reading.issues if i.code == "cells-lost"} == {"info"}
    parts = list(row.parts)
    parts[row.places[0]], parts[row.places[-1]] = "3", "3\n"
    changed = report.swapped(row, replace(row, parts=tuple(parts)))
    reading = understood(changed)
    read = {cell.key: cell.value for cell in reading.cells}
    assert [read[f"requests.new_received.{m}"] for m in ("natural_person", "business", "total")] == [3, 0, 3]
    assert {(c.value, c.status) for c in reading.cells if c.item in lost} == {(None, "unreadable")}
    assert {p for i in reading.issues if i.code == "cells-lost" and i.severity == "warning" for p in i.cells} == {
        f"requests.{item}.*" for item in lost
    }


@dataclass(frozen=True)
class Everything:
    """All five reports, each with other numbers, two rows swapped, one deleted and a foreign one inserted."""

    expected: dict[str, dict[str, int | None]]
    folder: Path
    package: Package


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    root = tmp_path_factory.mktemp("mutated")
    expected = {}
    for seed, path in enumerate(FILES):
        random = Random(seed)
        report = taken_apart(path).renumbered(random)
        one, two = random.choice(swappable(report))
        gone = random.choice([r for r in whole_rows(report) if r.item not in (one.item, two.item)])
        near = random.choice([r for r in report.rows if r.table == "requests" and not split(r) and r is not gone])
        mutated = report.with_foreign_after(near).swapped(one, two).without(gone)
        keys = [k for k in report.expected() if not k.startswith(f"{gone.table}.{gone.item}.")]
        folder = root / "reports" / path.parent.parent.name / path.parent.name
        folder.mkdir(parents=True)
        shutil.copy(path.parent / "agency.yml", folder)
        (folder / path.name).write_text(mutated.text, encoding="utf-8")
        expected[f"{folder.name}-{path.stem}"] = {k: report.expected()[k] for k in keys}
    build(root / "reports", root / "datapackage")
    return Everything(expected, root, load_package(root / "datapackage"))


def test_values_follow_their_labels_into_json(everything: Everything) -> None:
    """`ogi read --json` prints the number of each cell, and none of the foreign row's."""
    files = sorted((everything.folder / "reports").glob("*/*/*.txt"))
    result = CliRunner().invoke(app, ["read", "--json", *map(str, files)])
    assert result.exit_code == 0
    for file, line in zip(files, result.stdout.splitlines(), strict=True):
        printed = json.loads(line)
        found = {f"{c['table']}.{c['item']}.{c['measure']}": c["value"] for c in printed["cells"]}
        assert found == everything.expected[f"{file.parent.name}-{file.stem}"]
        codes = [issue["code"] for issue in printed["issues"]]
        assert (codes.count("row-missing"), codes.count("row-unknown")) == (1, 1)


def test_values_follow_their_labels_into_the_package(everything: Everything) -> None:
    """`cells` holds the number of each cell; the deleted row is absent, the foreign one stands nowhere."""
    found: dict[str, dict[str, int | None]] = {}
    absent: set[str] = set()
    for cell in everything.package.rows("cells"):
        key = f"{cell['table']}.{cell['item']}.{cell['measure']}"
        if cell["table"] == "statistics":
            continue
        if cell["status"] == "absent":
            absent.add(f"{cell['report_id']} {cell['item']}")
        else:
            found.setdefault(str(cell["report_id"]), {})[key] = cell["value"]
    assert found == everything.expected
    assert len(absent) == len(FILES)
    for name in ("cells", "disclosures", "requests", "reviews", "statistics", "panel", "corrections"):
        numbers = {str(v) for row in everything.package.rows(name) for v in row.values()}
        assert not numbers & set(map(str, FOREIGN_NUMBERS)), name


def test_values_follow_their_labels_into_the_tables(everything: Everything) -> None:
    """`requests`, `reviews` and `disclosures` are the same numbers, a row an item."""
    for name in ("requests", "reviews"):
        for row in everything.package.rows(name):
            wanted = everything.expected[str(row["report_id"])]
            for measure in {m for t, _, m in (k.split(".") for k in wanted) if t == name}:
                assert row[measure] == wanted.get(f"{name}.{row['item']}.{measure}"), row
    for row in everything.package.rows("disclosures"):
        wanted = everything.expected[str(row["report_id"])]
        assert row["value"] == wanted.get(f"disclosures.{row['item']}.{row['measure']}")


def understood(report: Report) -> Reading:
    return extract(read(report.text.encode(), "copy.txt"), load())


def values(reading: Reading) -> dict[str, object]:
    return {cell.key: cell.value for cell in reading.cells}


def doubted(reading: Reading) -> list[str]:
    patterns = [p for i in reading.issues if i.severity != "info" for p in i.cells]
    return [c.key for c in reading.cells if c.value is not None and any(fnmatch(c.key, p) for p in patterns)]


def split(row: Row) -> bool:
    """Whether a page break cuts the row of the report itself: its label goes on below."""
    return row.lost and row.item in ("refused_enforcement_file", "refused_admin_query")


def whole_rows(report: Report) -> list[Row]:
    return [r for r in report.rows if r.table in ("disclosures", "requests") and not split(r)]


def swappable(report: Report) -> list[tuple[Row, Row]]:
    """Two rows under the same heads of one table that have numbers to tell them by."""
    blocks: dict[tuple[str, str | None], object] = {
        (table, item.code): (table, block.heading)
        for table in ("disclosures", "requests")
        for block in load().table(report.template, table).blocks
        for item in block.rows
    }
    rows = [r for r in whole_rows(report) if not r.lost and None not in r.values]
    return [(a, b) for a, b in combinations(rows, 2) if blocks[a.table, a.item] == blocks[b.table, b.item]]


@each_report
def test_numbers_that_add_up_nowhere_are_not_doubted(path: Path) -> None:
    """Broken sums in every row are the document's, not the reader's: values read with certainty stay undoubted."""
    report = taken_apart(path).renumbered(Random(3))
    assert doubted(understood(report)) == []
