"""Builds of the site under bad luck: killed at any moment, run again, run twice; and `ogi serve` as people use it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from benchmarks.demo import write_package
from benchmarks.demo_records import bodies, reports
from ogi.errors import BadPackage
from ogi.package import load, write
from ogi.paths import ROOT
from ogi.site import generator

KILLS = 8
BUILD = (
    "import sys; sys.path[:0] = {paths!r}\n"
    "from pathlib import Path\n"
    "from ogi import paths\n"
    "from ogi.site import generator\n"
    "generator.CACHE = Path({cache!r})\n"
    "print('ready', flush=True)\n"
    "generator.build_site(Path({package!r}), Path({site!r}), Path({root!r}))\n"
)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A package of ten made-up reports, and one of those and an eleventh."""
    root = tmp_path_factory.mktemp("packages")
    write_package(10, root / "ten")
    write_package(11, root / "eleven")
    return root / "ten", root / "eleven"


def building(package: Path, site: Path, cache: Path) -> subprocess.Popen[str]:
    """A process that is about to build the site."""
    parts = {"paths": [str(ROOT / "scripts")], "cache": str(cache), "package": str(package)}
    code = BUILD.format(**parts, site=str(site), root=str(package.parent))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def test_a_killed_build_leaves_the_last_site_whole(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """SIGKILL at random moments: the site is the old one or the new one, byte for byte; a later build is right, though
    the pages that were kept may be half written."""
    wanted = []
    for package in packages:
        started = time.monotonic()
        assert building(package, tmp_path / package.name, tmp_path / f"cache-{package.name}").wait() == 0
        wanted.append(bytes_of(tmp_path / package.name))
        took = time.monotonic() - started
    site, cache = tmp_path / "site", tmp_path / "cache"
    shutil.copytree(tmp_path / "ten", site)
    rng = random.Random("kills")
    met = []
    for n in range(KILLS):
        process = building(packages[(n + 1) % 2], site, cache)
        time.sleep(took * rng.uniform(0.05, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        met.append(wanted.index(bytes_of(site)))
    assert building(packages[1], site, cache).wait() == 0
    assert bytes_of(site) == wanted[1], met
    assert sorted(p.name for p in tmp_path.glob(".site.*")) == [".site.new"]
    assert not list((tmp_path / ".site.new").glob("data"))


class Growing:
    """A collection of three agencies, two of them alike, in which one thing after the other changes."""

    def __init__(self) -> None:
        first, other, *_, like = bodies(40)
        self.reports = {body.agency.agency_id: reports(body) for body in (first, other, like)}
        self.listed: dict[tuple[str, int], str | None] = {}
        self.first, self.other, self.like = self.reports

    def write(self, folder: Path) -> Path:
        every = [report for some in self.reports.values() for report in some]
        agencies = [some[0].agency for some in self.reports.values()]
        write(every, agencies, folder, listed=self.listed)
        return folder

    def change(self, agency_id: str, **what: object) -> None:
        """The last report of an agency."""
        self.reports[agency_id][-1] = replace(self.reports[agency_id][-1], **what)

    def change_agency(self, agency_id: str, **what: object) -> None:
        some = self.reports[agency_id]
        self.reports[agency_id] = [replace(r, agency=replace(some[0].agency, **what)) for r in some]

    def changes(self) -> Iterator[str]:
        """The name of each change, once it is made."""
        last = self.reports[self.first][-1]
        cell = next(c for c in last.reading.cells if c.key == "requests.granted.total")
        ground = next(c for c in last.reading.cells if c.key.startswith("requests.declined_") and c.key.endswith(".total"))
        more = cell._replace(value=Decimal(7_777), raw="7777")
        cells = tuple(more if c is cell else c for c in last.reading.cells)
        self.change(self.first, reading=replace(last.reading, cells=cells))
        yield "a number"
        cells = tuple(c._replace(value=Decimal(88), raw="88") if c is ground else c for c in cells)
        self.change(self.first, reading=replace(last.reading, cells=cells))
        yield "a ground"
        self.change(self.first, reading=replace(last.reading, cells=cells, sections=last.reading.sections[:3]))
        yield "words"
        self.change(self.first, ledger={**last.ledger, "opening": Decimal(4_444)})
        yield "the ledger"
        self.change(self.first, entry=replace(last.entry, retrieved_on=date(2030, 1, 1)))
        yield "a date"
        self.listed[self.first, 2015] = "https://example.org/2015"
        yield "a gap"
        self.change_agency(self.first, names=())
        yield "other names"
        self.change_agency(self.first, closed_on=date(2025, 1, 1), successor_id=self.other)
        yield "a successor"
        self.change_agency(self.other, name="某市承接局")
        yield "the successor's name"
        self.change_agency(self.like, name="某县同类局")
        yield "a peer's name"
        some = self.reports[self.other]
        some.insert(0, replace(last, agency=some[0].agency, report_id=f"{self.other}-2020"))
        yield "another year"
        older = replace(last, report_id=f"{last.report_id}-v1", outcome="superseded", superseded_by=last.report_id)
        self.reports[self.first].insert(0, replace(older, path="reports/older.txt"))
        yield "an older version"
        del self.reports[self.like]
        yield "an agency less"


def test_kept_pages_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever changed since the last build, the site is the one that is built with nothing at hand, byte for byte."""
    package, warm, growing = tmp_path / "package", tmp_path / "warm", Growing()
    monkeypatch.setattr(generator, "CACHE", tmp_path / "cache")
    assert generator.build_site(growing.write(package), warm, tmp_path).kept == 0
    for change in growing.changes():
        growing.write(package)
        monkeypatch.setattr(generator, "CACHE", tmp_path / "cache")
        assert generator.build_site(package, warm, tmp_path).kept > 0, change
        monkeypatch.setattr(generator, "CACHE", tmp_path / change)
        assert generator.build_site(package, tmp_path / "cold", tmp_path).kept == 0
        assert differing(bytes_of(warm), bytes_of(tmp_path / "cold")) == [], change


def test_what_is_kept_and_damaged_is_made_anew(
    packages: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept pages that are gone, cut short or written to, a page that is too much, a file of the site touched by hand; where
    nothing changed, nothing is touched."""
    package, warm = packages[0], tmp_path / "warm"
    monkeypatch.setattr(generator, "CACHE", tmp_path / "cache")
    generator.build_site(package, warm, tmp_path)
    wanted = bytes_of(warm)
    before = {p: p.stat().st_mtime_ns for p in warm.rglob("*")}
    generator.build_site(package, warm, tmp_path)
    assert {p: p.stat().st_mtime_ns for p in warm.rglob("*")} == before
    (warm / "index.html").write_text("touched", "utf-8")
    for index in (tmp_path / "cache").glob("lines/*/cells/*"):
        index.write_text("", "utf-8")
    for kept in (tmp_path / "cache").glob("pages/*"):
        pages = sorted(kept.glob("reports/*/index.html"))
        assert len(pages) == 10
        pages[0].unlink()
        pages[1].chmod(0o644)
        pages[1].write_bytes(pages[1].read_bytes()[:-1])
        pages[2].chmod(0o644)
        pages[2].write_bytes(pages[2].read_bytes().replace(b"<td", b"<tb"))
        next(kept.glob("agencies/*/index.json")).unlink()
        (kept / "years" / "1900").mkdir()
        (kept / "years.list").write_bytes((kept / "years.list").read_bytes()[:-20])
    (warm / "reports" / "nobody").mkdir()
    for _ in "ab":  # in the one folder and in the other
        generator.build_site(package, warm, tmp_path)
        assert differing(bytes_of(warm), wanted) == []
        (warm / "index.html").write_text("touched", "utf-8")


def test_a_folder_that_is_no_site_is_not_replaced(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """Whoever names the wrong folder loses nothing; an empty one is taken."""
    mine = tmp_path / "mine"
    (mine / "data").mkdir(parents=True)
    (mine / "data" / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(BadPackage, match="no site"):
        generator.build_site(packages[0], mine, tmp_path)
    assert (mine / "data" / "thesis.txt").read_text("utf-8") == "years of work"
    (tmp_path / "empty").mkdir()
    assert generator.build_site(packages[0], tmp_path / "empty", tmp_path).urls


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_two_processes_or_one_give_the_same_package(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """Reports rendered by two workers come to the same bytes as by one."""
    write_package(11, tmp_path / "two", jobs=2)
    assert bytes_of(tmp_path / "two") == bytes_of(packages[1])


def test_ogi_serve_shows_home_and_a_report(packages: tuple[Path, Path]) -> None:
    """`ogi serve` on a free port answers with the home page and a report's page, numbers and all, and stops on Ctrl+C."""
    report_id = str(next(load(packages[0]).rows("reports"))["report_id"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ogi", "serve", "--port", str(port), "--package", str(packages[0])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # also where these tests run in the background
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=heard
    )
    try:
        home = fetched(f"http://127.0.0.1:{port}/", process)
        assert "政府信息公开" in home
        page = fetched(f"http://127.0.0.1:{port}/reports/{report_id}/", process)
        assert 'id="v-requests-new_received-total"' in page and "@@OGI" not in page
        process.send_signal(signal.SIGINT)
        assert process.wait(120) in (0, 130)  # it may be building when it is asked
    finally:
        process.kill()
        process.wait()


def test_plain_mkdocs_build_gives_the_whole_site(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """`mkdocs build` in a copy of the project with its committed package: home, reports and sitemap are there."""
    project = tmp_path / "project"
    for name in ("scripts", "docs"):
        shutil.copytree(
            ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    shutil.copy(ROOT / "mkdocs.yml", project)
    shutil.copytree(packages[0], project / "datapackage")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    reports = sorted(p.parent.name for p in (project / "site" / "reports").glob("*/index.html"))
    package = load(packages[0])
    gone = [str(row["withdrawn_id"]) for row in package.rows("withdrawn")]
    assert gone and reports == sorted([*gone, *(str(row["report_id"]) for row in package.rows("reports"))])
    assert "@@OGI" not in (project / "site" / "index.html").read_text("utf-8")
    assert (project / "site" / "sitemap.xml").is_file() and not (
        project / "site" / "reports" / "shell"
    ).exists()


def fetched(address: str, process: subprocess.Popen[bytes]) -> str:
    """The page, once the server is up."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert process.poll() is None, process.stdout and process.stdout.read().decode()
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer")
