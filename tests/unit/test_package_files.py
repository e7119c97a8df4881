"""The folder as a whole: valid for others, faithful to hostile texts, the same bytes again, never half
written.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from ogi.errors import BadPackage
from ogi.model import Check, Issue
from ogi.package import load, write
from ogi.package.spool import Spool
from ogi.package.swap import recovered, replacing
from tests.unit.package_sample import AGENCIES, CITY, COUNTY, HOSTILE, built, failed, reading, report, sample

PROGRAMS = Path(sys.executable).parent
CHECK = Check("T3-01", "total", "pass", "error", ())
ROOT = Path(__file__).parents[2]


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [PROGRAMS / "frictionless", "validate", "datapackage.json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_frictionless_accepts_the_package_and_rejects_it_when_a_number_is_changed(tmp_path: Path) -> None:
    """Frictionless finds a package with hostile texts valid, and finds a changed number in a part by its
    hash."""
    folder = built(tmp_path).folder
    assert validated(folder).returncode == 0, validated(folder).stdout
    part = folder / "data" / "cells" / "2021.csv"
    part.write_text(
        part.read_text(encoding="utf-8").replace(",13.7,", ",13.8,"), encoding="utf-8", newline="\n"
    )
    assert "hash" in validated(folder).stdout
    with pytest.raises(BadPackage, match="2021.csv"):
        load(folder).verify()


def test_a_folder_that_is_no_package_is_never_replaced(tmp_path: Path) -> None:
    """A folder with anything else in it stays as it is, and the message says what to do; an empty one is taken."""
    mine = tmp_path / "mine"
    mine.mkdir()
    write((), (), mine)
    (mine / "datapackage.json").rename(mine / "thesis.json")
    before = contents(mine)
    with pytest.raises(BadPackage, match="mine: .*it is not empty, and no data package.*name another folder"):
        write((), (), mine)
    assert contents(mine) == before


def test_a_package_without_reports_is_valid(tmp_path: Path) -> None:
    """An empty collection gives a package that Frictionless accepts, with every resource in it."""
    write((), (), tmp_path / "datapackage")
    assert validated(tmp_path / "datapackage").returncode == 0
    assert not load(tmp_path / "datapackage").table("cells")


def test_hostile_texts_come_back_as_they_were(tmp_path: Path) -> None:
    """Every hostile text is read back as it was given, and none starts a formula in the file."""
    package = built(tmp_path)
    live = f"{CITY.agency_id}-2021"
    headings = [row["heading"] for row in package.rows("sections") if row["report_id"] == live]
    assert headings == list(HOSTILE)
    texts = [row["text"] for row in package.rows("sections") if row["report_id"] == live]
    assert texts == [text * 3 for text in HOSTILE]
    frame = pd.read_csv(package.folder / "data/sections/2021.csv", dtype=str, keep_default_na=False)
    first = {
        text[0]
        for text in frame["heading"]
        if not text.lstrip("+-").replace(".", "").isdigit() and len(text) > 1
    }
    assert not first & set("=@\t\r+-")


def test_what_csv_cannot_hold_is_replaced(tmp_path: Path) -> None:
    """A null character and half a surrogate pair become U+FFFD, so that every reader gets through the
    file."""
    bad = reading(CITY.name, 2021, issues=(Issue("cells-lost", "info", "a\x00b\ud800c"),))
    package = built(tmp_path, report(CITY, 2021, bad))
    assert package.table("issues")[0]["message"] == "a\ufffdb\ufffdc"


def test_pandas_reads_and_sums_without_help(tmp_path: Path) -> None:
    """Pandas reads the CSVs as they are, and the sum of new requests is the sum of what the reports print."""
    counts = {
        ("requests", "new_received", "total"): ("7", "reported"),
        ("requests", "new_received", "business"): ("7", "reported"),
    }
    package = built(
        tmp_path,
        report(CITY, 2021, reading("a", 2021, counts)),
        report(COUNTY, 2021, reading("b", 2021, counts)),
    )
    frame = pd.read_csv(package.folder / "data" / "requests.csv")
    assert frame[frame["item"] == "new_received"]["total"].sum() == 14
    cells = pd.read_csv(package.folder / "data" / "cells" / "2021.csv", dtype=str)
    mine = cells[
        (cells["table"] == "requests") & (cells["item"] == "new_received") & (cells["measure"] == "total")
    ]
    assert sum(Decimal(value) for value in mine["value"]) == 14


def test_the_order_of_inputs_leaves_no_trace(tmp_path: Path) -> None:
    """Reports, agencies and cells in any order give the same bytes in every file."""
    first = contents(built(tmp_path).folder)
    dice = random.Random(7)
    reports = list(sample())
    for n, one in enumerate(reports):
        if one.reading:
            cells = list(one.reading.cells)
            dice.shuffle(cells)
            reports[n] = replace(one, reading=replace(one.reading, cells=tuple(cells)))
    dice.shuffle(reports)
    write(reports, reversed(AGENCIES), tmp_path / "again")
    assert contents(tmp_path / "again") == first


def test_nothing_stale_is_left(tmp_path: Path) -> None:
    """A second build removes the files of years that are gone and leaves no other folder behind."""
    built(tmp_path)
    package = built(tmp_path, report(COUNTY, 2020))
    assert [p.name for p in (package.folder / "data" / "cells").iterdir()] == ["2020.csv"]
    assert [p.name for p in tmp_path.iterdir()] == ["datapackage"]


def test_a_wrong_row_stops_the_build_and_keeps_the_last_package(tmp_path: Path) -> None:
    """A code that nobody defined is named with resource, row, field and remedy, and the last package
    stays."""
    before = contents(built(tmp_path).folder)
    odd = reading(CITY.name, 2021, issues=(Issue("no-such-code", "info", "x"),))
    with pytest.raises(
        BadPackage, match=r"issues, row 360200-science-technology-2021 1, field code.*no-such-code.*codes.yml"
    ):
        built(tmp_path, report(CITY, 2021, odd))
    assert contents(tmp_path / "datapackage") == before
    assert [p.name for p in tmp_path.iterdir()] == ["datapackage"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (report(CITY, 2021, superseded_by="360200-nobody-2020"), "360200-nobody-2020 is not in reports"),
        (report(replace(CITY, agency_id="360200-x"), 2021), "360200-x is no agency"),
        (report(CITY, 2021, report_id="elsewhere-2021"), "elsewhere-2021"),
        (report(CITY, 2021, replace(reading("a", 2021), cells=reading("a", 2021).cells * 2)), "there twice"),
        (report(CITY, 2021, replace(reading("a", 2021), title=5)), "field title: 5 is not a text"),
        (
            report(CITY, 2021, replace(reading("a", 2021), checks=(CHECK, CHECK))),
            "checks, row.*the key is there twice",
        ),
        (
            report(CITY, 2021, replace(reading("a", 2021), checks=(replace(CHECK, left=0.5),))),
            "left: 0.5 is not exact",
        ),
        (
            report(CITY, 2021, replace(reading("a", 2021), checks=(replace(CHECK, status=None),))),
            "status: is empty",
        ),
    ],
)
def test_what_breaks_keys_types_or_references_is_named(tmp_path: Path, broken, said: str) -> None:
    """A foreign key without target, a key given twice and a value of the wrong type are each said in
    words."""
    with pytest.raises(BadPackage, match=said):
        built(tmp_path, broken)


def test_two_documents_for_one_report_are_refused(tmp_path: Path) -> None:
    """The same report id from two documents is an error that names the document and the remedy."""
    with pytest.raises(BadPackage, match="two documents give this report"):
        built(tmp_path, report(CITY, 2021), report(CITY, 2021, reading("other", 2021)))


def test_files_of_the_same_bytes_share_a_row(tmp_path: Path) -> None:
    """Two empty files are one document of one key, with both paths and both messages on record."""
    row = built(tmp_path, failed(CITY, 2020, name="a.txt"), failed(None, None, name="b.txt")).table(
        "documents"
    )
    assert [(r["path"], r["also_at"]) for r in row] == [
        ("reports/360200-science-technology/a.txt", "reports/nobody/b.txt")
    ]
    assert "a.txt" in str(row[0]["message"]) and "b.txt" in str(row[0]["message"])


def test_a_year_too_large_for_one_file_is_cut_by_province(tmp_path: Path) -> None:
    """A part over the limit becomes one file a province, and the hash over all stays that of the table."""
    sizes = {}
    for limit in (1_000, 10):
        with Spool(tmp_path / f"spool{limit}", "a\n", limit) as spool:
            spool.add(("37-x",), "2222222222\n", 2021, "37")
            spool.add(("36-x",), "1111111111\n", 2021, "36")
            sizes[limit] = spool.put_by_year(tmp_path / str(limit), "data/cells", {2021})
    assert [part.path for part in sizes[10].parts] == ["data/cells/2021-36.csv", "data/cells/2021-37.csv"]
    assert (sizes[10].sha256, sizes[10].size) == (sizes[1_000].sha256, sizes[1_000].size)


def test_a_killed_build_leaves_the_last_package_whole(tmp_path: Path) -> None:
    """However early or late the program is killed, the package that stands there is whole and verifies."""
    built(tmp_path)
    code = (
        "from pathlib import Path\nfrom tests.unit.package_sample import built\nwhile True: built(Path('.'))"
    )
    for n in range(6):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "scripts")))}
        process = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=environment)
        time.sleep(0.9 + n * 0.07)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        load(tmp_path / "datapackage").verify()


def test_a_folder_that_had_stepped_aside_comes_back(tmp_path: Path) -> None:
    """Where the system cannot exchange names, a kill between the two renames is mended by the next look."""
    folder = built(tmp_path).folder
    folder.rename(tmp_path / ".datapackage.old")
    load(folder).verify()


def test_the_swap_works_where_names_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two plain renames put the new folder in place as well, and nothing of the old one is left."""
    monkeypatch.setattr("ogi.package.swap._exchanged", lambda one, other: False)
    for text in ("old", "new"):
        with replacing(tmp_path / "folder") as new:
            (new / text).write_text(text)
    recovered(tmp_path / "folder")
    assert [str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")] == ["folder", "folder/new"]


def test_the_descriptor_knows_no_clock(tmp_path: Path) -> None:
    """Version and as_of come from the inputs, and nothing tells when the package was made."""
    package = built(tmp_path)
    plain = json.loads((package.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert plain["as_of"] == "2026-11-20" and "created" not in plain
    assert plain["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"


def test_reports_stream_with_their_rows(tmp_path: Path) -> None:
    """One pass over the reports gives each with its own rows of every resource, the files of years merged."""
    package = built(tmp_path)
    ids = [row["report_id"] for row in package.table("reports")]
    assert ids == sorted(ids)
    for row, parts in package.reports():
        assert len(parts["requests"]) in (23, 25)
        assert {r["report_id"] for rows in parts.values() for r in rows} == {row["report_id"]}
    total = sum(len(parts["cells"]) for _, parts in package.reports("cells"))
    assert total == len(package.table("cells"))


def test_every_indicator_names_the_cells_it_is_made_of(tmp_path: Path) -> None:
    """The description of the panel says for each form of which cells an indicator is the sum, or the share."""
    fields = {field["name"]: field for field in built(tmp_path).fields("panel")}
    assert fields["requests_new"]["made_of"]["2021-30"] == {"of": ["requests.new_received.total"]}
    share = fields["grant_share"]["made_of"]["2019-60"]
    assert share["of"] == ["requests.granted.total", "requests.partly_granted.total"]
    assert share["to"] == ["requests.total_disposed.total"]
    assert all("made_of" in field for name, field in fields.items() if f"{name}_basis" in fields)
