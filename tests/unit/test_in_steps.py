"""A package that grew build by build is, byte for byte, the one that is built with nothing at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ogi import rendering
from ogi.package.spool import LARGEST_PART, Spool
from ogi.pipeline import build
from tests.unit.collected import agency_yml, put, text_of
from tests.unit.test_unchanged import bytes_of

FIRST, LAST, MORE, WHOLE = "360200-finance", "370881-finance", "360700-audit", "360200-government"
START = {
    f"{FIRST}/agency.yml": agency_yml(FIRST),
    f"{FIRST}/2020.txt": text_of(FIRST, 2020),
    f"{FIRST}/2021.txt": text_of(FIRST, 2021),
    f"{LAST}/agency.yml": agency_yml(LAST),
    f"{LAST}/2021.txt": text_of(LAST, 2021),
}
ABOVE = 'name: 景德镇市人民政府\nregion_code: "360200"\nsector: government\nscope: aggregate\n'
VERSIONS = "reports:\n  2021:\n    - {file: 2021.txt, version: 1}\n    - {file: 2021-new.txt, version: 2}\n"


@dataclass
class Growing:
    """A collection and its package, and the cache of the builds so far."""

    root: Path
    monkeypatch: pytest.MonkeyPatch

    @property
    def package(self) -> Path:
        return self.root / "warm"

    def put(self, files: dict[str, str]) -> None:
        put(self.root, files)

    def largest(self, size: int) -> None:
        self.monkeypatch.setattr(Spool.__init__, "__defaults__", (size,))

    def touch(self, path: str) -> None:
        """One digit of a file of the package, changed by hand."""
        data = bytearray((self.package / path).read_bytes())
        data[-30] ^= 1
        (self.package / path).write_bytes(data)

    def changes(self) -> Iterator[tuple[str, int]]:
        """What was just changed, and how many reports were made for it."""
        yield "nothing yet", 3
        self.put({f"{MORE}/agency.yml": agency_yml(MORE), f"{MORE}/2021.txt": text_of(MORE, 2021)})
        yield "an agency more, between the others", 1
        self.put({f"{LAST}/2020.txt": text_of(LAST, 2020)})
        yield "a year more", 2
        self.put({f"{LAST}/2019.txt": text_of(LAST, 2019)})
        yield "a year that no other has", 3
        self.put({f"{MORE}/agency.yml": agency_yml(MORE, "names: [{name: 赣州审计, kind: short}]\n")})
        yield "an agency's names", 1
        self.put({f"{FIRST}/2021-new.txt": text_of(FIRST, 2021, ("| 312 |", "| 313 |"))})
        self.put({f"{FIRST}/agency.yml": agency_yml(FIRST, VERSIONS)})
        yield "a report issued again", 3
        self.put({f"{MORE}/2020.txt": ""})
        yield "a document that fails", 2
        self.put({f"{LAST}/2021.txt": text_of(LAST, 2021, ("| 312 |", "| 314 |"))})
        yield "a number, and the one that fails is tried again", 5
        self.touch("data/cells/2020.csv")
        yield "a file of the package", 8
        (self.root / "reports" / "36" / MORE / "2020.txt").unlink()
        self.largest(20_000)
        yield "years cut by province", 1
        self.largest(LARGEST_PART)
        self.put({f"{MORE}/2020.txt": text_of(MORE, 2020)})
        yield "and whole again", 2
        for kept in self.root.glob("cache/lines/*/*/*"):
            kept.write_text("", "utf-8")
        (self.root / "reports" / "37" / LAST / "2021.txt").unlink()
        yield "a report less, and no index", 2
        self.put({f"{WHOLE}/agency.yml": ABOVE, f"{WHOLE}/2021.txt": text_of(FIRST, 2021)})
        self.put({f"{FIRST}/agency.yml": agency_yml(FIRST, f"parent_id: {WHOLE}\n{VERSIONS}")})
        yield "a summary of what another has", 4


def test_a_package_built_in_steps_is_the_one_built_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever changed since the last build; and only agencies that changed are made again."""
    growing = Growing(tmp_path, monkeypatch)
    growing.put(START)
    made: list[str] = []
    part = rendering.part
    monkeypatch.setattr(rendering, "part", lambda report: made.append(report.path) or part(report))
    monkeypatch.setattr("ogi.pipeline.part", rendering.part)
    here = lambda work, items, jobs: ((name, work(data, name)) for name, data in items)  # noqa: E731
    monkeypatch.setattr(rendering, "run_isolated", here)
    for change, count in growing.changes():
        made.clear()
        build(tmp_path / "reports", growing.package, cache=tmp_path / "cache")
        assert len(made) == count, change
        build(tmp_path / "reports", tmp_path / "cold")
        assert bytes_of(growing.package) == bytes_of(tmp_path / "cold"), change


def test_a_file_in_which_nothing_changed_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets a second name, and keeps its time."""
    put(tmp_path, START)
    package, file = tmp_path / "package", tmp_path / "package" / "data" / "cells" / "2020.csv"
    build(tmp_path / "reports", package, cache=tmp_path / "cache")
    before = file.stat()
    put(tmp_path, {f"{LAST}/2021.txt": text_of(LAST, 2021, ("| 312 |", "| 314 |"))})
    build(tmp_path / "reports", package, cache=tmp_path / "cache")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
