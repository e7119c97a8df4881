"""One report more: what `ogi build` takes for so many documents with nothing at hand, with nothing changed, and with one
document more, step by step.

Documents of mixed formats are made from seeds, seven years an agency, below build/more/reports. Says the computing of each
step; the bar is 10 seconds for package, validation and site of one more among 10,000. Must not know: how anything is kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.demo import Step
from benchmarks.generate import Made, generate
from benchmarks.generate.prose import Who
from benchmarks.generate.writers import WRITERS, file_name
from ogi import regions
from ogi.cli.validating import resources_of
from ogi.paths import ROOT
from ogi.pipeline import build
from ogi.site import generator, writing

FORMATS = ("txt", "html", "docx", "xlsx", "txt", "html", "docx", "ofd")
YEARS = range(2019, 2026)
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
    """A document a time, its agency's file beside it: a finance bureau's years, each taking over what the last carried on."""
    for code in sorted({r.code for r in regions.load_regions() if r.level == "county" and r.valid_to is None}):
        home, place = folder / code[:2] / f"{code}-finance", regions.region(code)
        name = f"{place.zh if place else code}财政局"
        said = f'name: {name}\nregion_code: "{code}"\nsector: finance\nreports:\n'
        home.mkdir(parents=True, exist_ok=True)
        before: Made | None = None
        for year in YEARS:
            seed, form = int(code) * 10 + year % 10, "2019-60" if year < 2021 else "2021-30"
            before = generate(seed, form, None, (), Who(name, name, "我局", "上级人民政府办公室"), year, before)
            kind = FORMATS[seed % len(FORMATS)]
            data = WRITERS[kind]([before])[0]
            file = home / file_name(kind, str(year), data)
            said += f"  {file.stem}: {{file: {file.name}}}\n"
            (home / "agency.yml").write_text(said, "utf-8")
            file.write_bytes(data)
            yield file


if __name__ == "__main__":
    main()
