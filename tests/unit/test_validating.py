"""Frictionless validates what was built: of a changed file only new rows, and never calls valid what it would refuse whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ogi.cli import validating
from ogi.cli.validating import resources_of
from ogi.package import load
from ogi.paths import ROOT

Change = Callable[[str], str]
SOME, GOOD = ("documents", "agencies", "regions", "reports", "corrections", "cells"), (6, None)
CELLS, REPORTS, AGENCIES, REGIONS = "data/cells/2021.csv", "data/reports.csv", "data/agencies.csv", "data/regions.csv"


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of some resources of the published package, found valid, and the cache with the proof of that."""
    folder = tmp_path_factory.mktemp("valid")
    package = Path(shutil.copytree(ROOT / "datapackage", folder / "datapackage"))
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] in SOME]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert resources_of(package, folder / "cache") == GOOD
    return package, folder / "cache"


@pytest.fixture
def package(valid: tuple[Path, Path]) -> Iterator[tuple[Path, Path]]:
    """The same for a test that changes it; afterwards it is as it was."""
    folder, cache = valid
    aside = folder.with_name("aside")
    for one in valid:
        shutil.copytree(one, aside / one.name)
    yield valid
    for one in valid:
        shutil.rmtree(one)
        (aside / one.name).rename(one)
    aside.rmdir()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What frictionless is given to read: the resource, and whether it is the whole file."""
    given: list[tuple[str, bool]] = []
    fault = validating._fault

    def noted(package: dict, resource: str, folder: str) -> str | None:
        given.append((resource, "hash" in package["resources"][0]))
        return fault(package, resource, folder)

    monkeypatch.setattr(validating, "_fault", noted)
    return given


def _rows(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _first(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def _row(change: Change) -> Change:
    """Changes the tenth line alone."""

    def changed(text: str) -> str:
        rows = _rows(text)
        return "".join([*rows[:10], change(rows[10]), *rows[11:]])

    return changed


def _moved_to_the_end(text: str) -> str:
    """The first report's rows in two places."""
    rows = _rows(text)
    return "".join([rows[0], *rows[2:], rows[1]])


BROKEN: dict[str, tuple[str, Change]] = {
    "no such code": (CELLS, lambda text: _first(text, ",reported,", ",guessed,")),
    "nothing where a value must be": (CELLS, lambda text: _first(text, ",reported,", ",,")),
    "a number that is none": (CELLS, _row(lambda row: _first(row, ",2021-30,", ",2021-30,many"))),
    "a pattern": (CELLS, lambda text: _first(text, "\n3", "\nX")),
    "one value more": (CELLS, _row(lambda row: row.replace("\n", ",\n"))),
    "one value less": (CELLS, _row(lambda row: row.rpartition(",")[0] + "\n")),
    "a blank row": (CELLS, _row(lambda row: "\n" + row)),
    "a blank row at the end": (CELLS, lambda text: text + "\n"),
    "a row twice": (CELLS, _row(lambda row: row * 2)),
    "a row again, after other reports": (REPORTS, lambda text: text + _rows(text)[1]),
    "a row again, in quotes": (REPORTS, lambda text: text + '"' + _rows(text)[1].replace(",", '",', 1)),
    "a quote that stays open": (CELLS, _row(lambda row: row.replace("\n", '"\n').replace(",", ',"', 1))),
    "a quote that is open at the end": (CELLS, lambda text: text[:-1] + ',"\n'),
    "rows that a quote swallows": (REGIONS, lambda text: _first(text, ",\n", ',"\n').replace("中", '中"', 1)),
    "another column": (CELLS, lambda text: _first(text, "report_id,", "report,")),
    "no column": (CELLS, lambda text: _first(text, "report_id,", "")),
    "half a character": (CELLS, _row(lambda row: row.replace("\n", "\udce4\n"))),
    "a report that is none": (CELLS, lambda text: text.replace(_rows(text)[1].split("-2021")[0], "360000-finance")),
    "a document that is none": (REPORTS, lambda text: _first(text, _rows(text)[1].split(",")[6], "0" * 16)),
    "an agency that is gone": (AGENCIES, lambda text: "".join([_rows(text)[0], *_rows(text)[2:]])),
    "a report that is gone": (REPORTS, lambda text: "".join([_rows(text)[0], *_rows(text)[2:]])),
}
FIRST = '360200-science-technology-2021,requests,granted,total,1,misread,"1",2,"a ""b"", c",p. 1,2026-11-21\n'
SOUND: dict[str, tuple[str, Change]] = {
    "the first row": ("data/corrections.csv", lambda text: text + FIRST),
    "another number": (CELLS, _row(lambda row: _first(row, "reported", "derived"))),
    "a row less": (CELLS, _row(lambda row: "")),
    "a report less": (CELLS, lambda text: "".join(r for r in _rows(text) if not r.startswith(_rows(text)[1].split(",")[0]))),
    "a text of two lines": (CELLS, _row(lambda row: row.rpartition(",")[0] + ',"a\nb"\n')),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_frictionless_refuses_is_refused_when_only_new_rows_are_read(package: tuple[Path, Path], name: str) -> None:
    """A broken row of each kind, in a package that was valid before; a fault leaves no proof."""
    folder, cache = package
    proof = next(cache.rglob("valid.json")).read_text()
    _change(folder, *BROKEN[name])
    assert resources_of(folder)[1]
    assert resources_of(folder, cache)[1]
    assert next(cache.rglob("valid.json")).read_text() == proof


@pytest.mark.parametrize("name", SOUND)
def test_of_a_changed_file_only_new_rows_are_read(
    package: tuple[Path, Path], read: list[tuple[str, bool]], name: str
) -> None:
    """What is valid as a whole is found valid by its new rows alone, and then is not read again."""
    folder, cache = package
    _change(folder, *SOUND[name])
    assert resources_of(folder, cache) == GOOD
    assert resources_of(folder, cache) == GOOD
    assert read == [(SOUND[name][0].split("/")[1].removesuffix(".csv"), False)]
    assert resources_of(folder) == GOOD


def test_files_that_were_valid_are_not_read_again(package: tuple[Path, Path], read: list[tuple[str, bool]]) -> None:
    """With the same bytes, nothing is; with another schema for one resource, every file is, whole."""
    folder, cache = package
    assert resources_of(folder, cache) == GOOD and read == []
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    next(r for r in descriptor["resources"] if r["name"] == "corrections")["title"] = "x"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert resources_of(folder, cache) == GOOD and len(read) == 7 and all(w for _, w in read)


def test_other_bytes_than_the_descriptor_says_are_a_fault(package: tuple[Path, Path]) -> None:
    """A new row is looked at in the bytes that the descriptor promises, or not at all."""
    folder, cache = package
    _change(folder, *SOUND["another number"])
    path = folder / CELLS
    path.write_bytes(path.read_bytes().replace(b",reported,", b",derived,", 1))
    assert "hash" in (resources_of(folder, cache)[1] or "").lower()


def test_every_key_begins_with_the_first_column() -> None:
    """So that rows of two reports cannot have the same key; its values are texts, which say what they are."""
    for resource in load(ROOT / "datapackage").resources.values():
        first = resource["schema"]["fields"][0]
        assert (first["name"], first["type"]) == (resource["schema"]["primaryKey"][0], "string")


def _change(package: Path, path: str, change: Change) -> None:
    """The file with another text, and the descriptor with its new bytes and hash."""
    file = package / path
    text = file.read_text(encoding="utf-8", errors="surrogateescape")
    assert change(text) != text
    data = change(text).encode("utf-8", "surrogateescape")
    file.write_bytes(data)
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        for one in resource["files"]:
            if one["path"] == path:
                one |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
