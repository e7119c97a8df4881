"""The site at size: `python -m benchmarks.demo 1000` makes so many reports, then package and site.

The reports are made up, and lie where that is plain: build/demo/, never reports/. Agencies are usual bodies
of real counties, each with five years that follow on one another; most files are text, some Word and HTML.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.generate import Made, generate
from benchmarks.generate.prose import Who
from benchmarks.generate.writers import WRITERS
from ogi.forms.codes import load_codes
from ogi.paths import ROOT
from ogi.regions import Region, load_regions

YEARS = (2021, 2022, 2023, 2024, 2025)
FORMATS = ("txt",) * 6 + ("docx", "docx", "html", "html")
BODIES = {
    "education": "教育局",
    "science-technology": "科学技术局",
    "finance": "财政局",
    "civil-affairs": "民政局",
    "transport": "交通运输局",
    "health": "卫生健康委员会",
    "general-office": "人民政府办公室",
}


def agencies() -> Iterator[tuple[Region, str, str]]:
    """Region, sector and body; counties in a fixed shuffle, so that few reports spread over the country."""
    known = {code.code for code in load_codes() if code.kind == "sector"}
    counties = [r for r in load_regions() if r.level == "county" and r.valid_to is None]
    Random("counties").shuffle(counties)
    for sector, body in BODIES.items():
        if sector in known:
            yield from ((county, sector, body) for county in counties)


def reports_of(region: Region, sector: str, body: str, count: int, seed: int) -> Iterator[tuple[int, Made]]:
    """The reports of one agency, each carrying over what the one before left open."""
    names = Who(
        region.zh + body, region.zh + body, "我办" if body.endswith("办公室") else "我局", "市人民政府办公室"
    )
    before: Made | None = None
    for year in YEARS[:count]:
        before = generate(seed * 10 + year - YEARS[0], "2021-30", (), (), names, year, before)
        yield year, before


def write_collection(folder: Path, count: int) -> int:
    """`count` reports under `folder`, as people put them under reports/; gives the number of agencies."""
    left, made = count, 0
    for number, (region, sector, body) in enumerate(agencies()):
        if left <= 0:
            break
        home = folder / region.code[:2] / f"{region.code}-{sector}"
        home.mkdir(parents=True, exist_ok=True)
        lines = [
            f"name: {region.zh}{body}",
            f'region_code: "{region.code}"',
            "level: county",
            f"sector: {sector}",
            "reports:",
        ]
        for year, report in reports_of(region, sector, body, left, number):
            format_ = Random(f"demo {number} {year}").choice(FORMATS)
            (home / f"{year}.{format_}").write_bytes(WRITERS[format_]([report])[0])
            lines.append(f"  {year}: {{file: {year}.{format_}, retrieved_on: {year + 1}-03-01}}")
        (home / "agency.yml").write_text("\n".join(lines) + "\n", "utf-8")
        left, made = left - len(YEARS), made + 1
    return made


def main() -> None:
    """Collection, package and site under build/demo."""
    from ogi.cli.building import build_all

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument("--no-site", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    shutil.rmtree(asked.out, ignore_errors=True)
    made = write_collection(asked.out / "reports", asked.count)
    print(f"{asked.count} reports of {made} agencies in {asked.out}")
    build_all(
        asked.out / "reports",
        asked.out / "datapackage",
        None if asked.no_site else asked.out / "site",
        asked.jobs,
    )


if __name__ == "__main__":
    main()
