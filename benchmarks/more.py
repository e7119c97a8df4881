"""One report more: what `ogi build` takes for so many documents with nothing at hand, with nothing changed, and with one
document more, step by step.

Documents of mixed formats are made from seeds, eight years an agency, below build/more/reports. Says the computing of each
step; the bar is 10 seconds for package, validation and site of one more among 10,000. Must not know: how anything is kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.demo import Step
from benchmarks.generate import generate
from benchmarks.generate.writers import WRITERS, file_name
from ogi import regions
from ogi.cli.validating import resources_of
from ogi.paths import ROOT
from ogi.pipeline import build
from ogi.site import generator, writing

FORMATS = ("txt", "html", "docx", "xlsx", "txt", "html", "docx", "ofd")
YEARS = range(2018, 2026)
SEED = 70_000_000
TIMES = ("nothing at hand", "nothing changed", "one more", "and one more")  # the first has no site of two builds ago


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "more")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    shutil.rmtree(asked.out, ignore_errors=True)
    documents = _documents(asked.out / "reports")
    for _ in range(asked.count):
        next(documents)
    for name in TIMES:
        if "one more" in name:
            next(documents)
        print(name, flush=True)
        _built(asked.out, asked.count, asked.jobs)


def _built(out: Path, count: int, jobs: int) -> None:
    """The steps of `ogi build`, with a cache of their own."""
    package, cache = out / "datapackage", out / "cache"
    generator.CACHE = writing.CACHE = cache
    steps: dict[str, Callable[[], object]] = {
        "package": lambda: build(out / "reports", package, jobs, cache=cache),
        "validity": lambda: resources_of(package, cache, jobs),
        "site": lambda: generator.build_site(package, out / "site", out, made_up=True),
    }
    for name, work in steps.items():
        with Step(name, count):
            work()


def _documents(folder: Path) -> Iterator[Path]:
    """A document a time, its agency's file beside it; that tells the year, since each document prints one of its own."""
    counties = sorted({r.code for r in regions.load_regions() if r.level == "county" and r.valid_to is None})
    for n, code in enumerate(code for code in counties for _ in YEARS):
        home, form, year = folder / code[:2] / f"{code}-finance", FORMATS[n % len(FORMATS)], YEARS[n % len(YEARS)]
        made = generate(SEED + n)
        data = WRITERS[form]([made])[0]
        home.mkdir(parents=True, exist_ok=True)
        place = regions.region(code)
        file = home / file_name(form, str(year), data)
        said = f'name: {place.zh if place else code}财政局\nregion_code: "{code}"\nsector: finance\nreports:\n'
        known = sorted({file, *(one for one in home.iterdir() if one.suffix != ".yml")})
        said += "".join(f"  {one.stem}: {{file: {one.name}}}\n" for one in known)
        (home / "agency.yml").write_text(said, "utf-8")
        file.write_bytes(data)
        yield file


if __name__ == "__main__":
    main()
