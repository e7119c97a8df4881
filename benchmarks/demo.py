"""The site at size: `make demo N=1000` makes so many reports up, then package and site, in build/demo/.

No document is read or written: records go straight into the package, and every page says that it is made up.
Says what each step took, so that the site can be measured at any size. Must not know: how pages are made.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from benchmarks.demo_records import Body, bodies, reports
from ogi.package import write
from ogi.package.render import Rendered, renderer
from ogi.paths import ROOT
from ogi.site.generator import build_site


class Step:
    """Says what a part of the work took: wall clock, computing of this process and of those it waited for, the most memory
    of this process so far."""

    def __init__(self, name: str, count: int) -> None:
        self.name, self.count = name, count

    def __enter__(self) -> Step:
        self.wall, self.cpu, self.others = time.perf_counter(), time.process_time(), _of_others()
        return self

    def __exit__(self, *_: object) -> None:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        others = _of_others() - self.others
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        each = cpu / max(self.count, 1) * 1000
        took = f"{wall:7.1f} s  CPU {cpu:7.1f} s  {each:6.2f} ms a report, others {others:5.1f} s"
        print(f"\r{self.name:<9} {took}  up to {memory} MB")


def _of_others() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def main() -> None:
    """Package and site under build/demo, with what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--package-only", action="store_true")
    parser.add_argument("--site-only", action="store_true", help="from the package of the last run")
    parser.add_argument(
        "--again", action="store_true", help="then with nothing changed, then twice with one report more"
    )
    asked = parser.parse_args()
    if not asked.site_only:
        write_package(asked.count, asked.out / "datapackage", asked.jobs)
        _say_size(asked.out / "datapackage", asked.count)
    if not asked.package_only:
        write_site(asked.count, asked.out)
        _say_size(asked.out / "site", asked.count)
        if asked.again:
            write_site(asked.count, asked.out, "again")
            for name in ("one more", "and again"):  # the first has no site of two builds ago to begin with
                asked.count += 1
                write_package(asked.count, asked.out / "datapackage", asked.jobs)
                write_site(asked.count, asked.out, name)
        print(f"Made up, not real: python3 -m http.server -d {asked.out / 'site'}")


def write_package(count: int, folder: Path, jobs: int = 1) -> None:
    """The package of `count` made-up reports; they are made and rendered on `jobs` processes."""
    wanted = bodies(count)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs) as pool, Step("package", count):
        made = (one for some in pool.map(rendered, wanted, chunksize=4) for one in some)
        write(_shown(made, count), [b.agency for b in wanted], folder, withdrawn=[_withdrawn(wanted[0])])


def write_site(count: int, out: Path, name: str = "site") -> None:
    """The site of the package in `out`, marked as made up on every page."""
    with Step(name, count):
        build_site(out / "datapackage", out / "site", out, _progress, made_up=True)


def rendered(body: Body) -> list[Rendered]:
    """One agency's parts of every file of the package: what a worker gives back."""
    return [renderer().render(report) for report in reports(body)]


def _withdrawn(body: Body) -> dict[str, object]:
    """One report of the year before the first of an agency was taken down."""
    agency_id, year = body.agency.agency_id, min(report.reading.year or 0 for report in reports(body)) - 1
    return {"withdrawn_id": f"{agency_id}-{year}", "agency_id": agency_id, "year": year,
            "withdrawn_on": date(2026, 3, 1), "reason": "made up", "now_at": None}  # fmt: skip


def _shown(made: Iterator[Rendered], count: int) -> Iterator[Rendered]:
    for n, one in enumerate(made, 1):
        if n % 50 == 0 or n == count:
            _progress(f"of {count} reports", n)
        yield one


def _progress(kind: str, count: int) -> None:
    if sys.stdout.isatty():
        print(f"\r{kind}: {count}    ", end="", flush=True)


def _say_size(folder: Path, count: int) -> None:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    total = sum(sizes)
    print(f"         {len(sizes)} files, {total / 1e6:.1f} MB, {total / max(count, 1) / 1e3:.1f} kB a report")


if __name__ == "__main__":
    main()
