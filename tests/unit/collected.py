"""Small collections of documents made for a test: folders, agency.yml files and reports of any agency and year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

CASE = Path(__file__).parents[1] / "cases" / "bars-trailing" / "source.txt"
REGIONS = {"360200": "景德镇市", "360700": "赣州市", "361100": "上饶市", "370881": "曲阜市", "370800": "济宁市"}
SECTORS = {"finance": "财政局", "audit": "审计局", "education": "教育局", "science-technology": "科学技术局"}


def name_of(agency_id: str) -> str:
    region, sector = agency_id.split("-", 1)
    return REGIONS.get(region, "某市") + SECTORS[sector]


def text_of(agency_id: str, year: int, *changes: tuple[str, str]) -> str:
    """A whole report of the form of 2021 by this agency; each change replaces its first text once."""
    text = CASE.read_text(encoding="utf-8").replace("青岚市水利局", name_of(agency_id)).replace("2021年", f"{year}年")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def agency_yml(agency_id: str, more: str = "") -> str:
    region, sector = agency_id.split("-", 1)
    return f'name: {name_of(agency_id)}\nregion_code: "{region}"\nsector: {sector}\n{more}'


def put(root: Path, files: Mapping[str, str]) -> Path:
    """Files by `<agency_id>/<name>` under reports/<province>/, in the order given; the folder reports/."""
    for path, text in files.items():
        file = root / "reports" / path[:2] / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root / "reports"
