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
from pathlib import Path

import pytest

from benchmarks.demo import write_package
from ogi.package import load
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
    assert sorted(p.name for p in tmp_path.glob(".site.*")) == []


def test_kept_pages_change_no_byte(
    packages: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site built with the pages of another package's build at hand is the one built with none; damaged ones are made
    anew; and where nothing changed, nothing is touched."""
    ten, eleven = packages
    package = tmp_path / "package"
    monkeypatch.setattr(generator, "CACHE", tmp_path / "none")
    generator.build_site(eleven, tmp_path / "cold", tmp_path)
    monkeypatch.setattr(generator, "CACHE", tmp_path / "cache")
    shutil.copytree(ten, package)
    assert generator.build_site(package, tmp_path / "warm", tmp_path).kept == 0
    shutil.rmtree(package)
    shutil.copytree(eleven, package)
    kept = sorted((tmp_path / "cache" / "pages").rglob("index.html"))
    assert len(kept) == 10
    kept[0].unlink()
    kept[1].chmod(0o644)
    kept[1].write_bytes(kept[1].read_bytes()[:-1])
    stamped = generator.build_site(package, tmp_path / "warm", tmp_path)
    live = [row["year"] for row in load(ten).rows("reports")]
    assert 0 < stamped.kept <= len(live) - 2
    assert bytes_of(tmp_path / "warm") == bytes_of(tmp_path / "cold")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "warm").rglob("*")}
    generator.build_site(package, tmp_path / "warm", tmp_path)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "warm").rglob("*")} == before
    (tmp_path / "warm" / "index.html").write_text("touched", "utf-8")
    generator.build_site(package, tmp_path / "warm", tmp_path)
    assert bytes_of(tmp_path / "warm") == bytes_of(tmp_path / "cold")


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
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
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
    assert reports == sorted(str(row["report_id"]) for row in load(packages[0]).rows("reports"))
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
