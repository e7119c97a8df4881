"""A folder of reports with documents of many formats, made of the generated fixtures.

Comes in: an empty folder. Goes out: the same with `reports/` and a data package. Must not know: pages.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from ogi.pipeline import build

FIXTURES = Path(__file__).parents[1] / "fixtures" / "generated"
NAMES = {
    "320800-education": "淮安市教育局",
    "320500-education": "苏州市教育局",
    "320300-education": "徐州市教育局",
}


def collected(root: Path, documents: Iterable[tuple[str, str, str]], more: str = "") -> Path:
    """Each document as (agency_id, year, fixture); `more` goes into every entry. Gives the package."""
    by_agency: dict[str, list[tuple[str, Path]]] = {}
    for agency_id, year, fixture in documents:
        by_agency.setdefault(agency_id, []).append((year, FIXTURES / fixture))
    for agency_id, found in by_agency.items():
        home = root / "reports" / agency_id[:2] / agency_id
        home.mkdir(parents=True)
        region, _, sector = agency_id.partition("-")
        lines = [
            f'name: {NAMES[agency_id]}\nregion_code: "{region}"\nlevel: prefecture\nsector: {sector}\nreports:'
        ]
        for year, source in found:
            shutil.copy(source, home / f"{year}{source.suffix}")
            lines.append(f"  {year}: {{file: {year}{source.suffix}, retrieved_on: 2026-11-20{more}}}")
        (home / "agency.yml").write_text("\n".join(lines) + "\n", "utf-8")
    build(root / "reports", root / "datapackage")
    return root / "datapackage"
