"""The agency index at size: ten thousand usual bodies of real counties, asked as people ask.

Comes in: the table of regions. Goes out: nothing. Must not know: any report.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from built import served
from playwright.sync_api import Page

from ogi.forms.codes import load_codes
from ogi.paths import ROOT
from ogi.regions import Region, load_regions
from ogi.site.book import Book
from ogi.site.initials import initials
from ogi.site.places import Places
from ogi.site.search_index import agency_index

BODIES = {
    "education": ("教育局", "教育局"),
    "science-technology": ("科学技术局", "科技局"),
    "finance": ("财政局", "财政局"),
    "health": ("卫生健康委员会", "卫健委"),
    "development-reform": ("发展和改革委员会", "发改委"),
}
COUNT = 10_000
FIND = """async ([queries, filters]) => {
  const { read, find } = await import("/search/agencies.js");
  const { clean } = await import("/search/words.js");
  globalThis.all ??= read(await (await fetch("/search.json")).json());
  return queries.map((query) => {
    const start = performance.now();
    const hits = find(globalThis.all, clean(query), filters);
    const took = performance.now() - start;
    return { took, names: hits.slice(0, 20).map((h) => h.name), ids: hits.slice(0, 3).map((h) => h.id) };
  });
}"""


def book() -> Book:
    """As much of a book as the index asks for."""
    regions = {r.code: r for r in load_regions() if r.valid_to is None}
    counties = [r for r in regions.values() if r.level == "county"]
    agencies = {
        f"{r.code}-{sector}": {
            "agency_id": f"{r.code}-{sector}", "name": r.zh + official, "region_code": r.code,
            "level": "county", "sector": sector, "closed_on": "", "successor_id": "",
        }
        for sector, (official, _) in BODIES.items()
        for r in counties
    }  # fmt: skip
    chosen = dict(sorted(agencies.items())[:COUNT])
    assert len(chosen) == COUNT
    reports = tuple(
        {"report_id": f"{agency}-{year}", "agency_id": agency, "year": str(year), "superseded_by": ""}
        for agency in chosen
        for year in (2021, 2022)
    )
    codes = {(c.kind, c.code): {"kind": c.kind, "code": c.code, "zh": c.zh, "en": c.en} for c in load_codes()}
    rows = {code: _row(region) for code, region in regions.items()}
    empty = dict.fromkeys(("names", "documents", "panel", "coverage", "by_agency"), {})
    return Book(package=None, codes=codes, regions=rows, agencies=chosen, reports=reports, **empty)


def _row(region: Region) -> dict[str, str]:
    return {"region_code": region.code, "zh": region.zh, "en": region.en or "", "parent": region.parent or ""}


@pytest.fixture(scope="module")
def many() -> Book:
    return book()


@pytest.fixture(scope="module")
def index(many: Book) -> bytes:
    return agency_index(many, Places(many))


@pytest.fixture
def asked(open_page, index: bytes, tmp_path: Path) -> Iterator[Page]:
    """A page that has the search scripts and the index beside it."""
    (tmp_path / "search.json").write_bytes(index)
    (tmp_path / "index.html").write_text("<!doctype html><title>search</title>", "utf-8")
    (tmp_path / "search").symlink_to(ROOT / "docs" / "assets" / "search")
    with served(tmp_path) as address:
        page = open_page()
        page.goto(address)
        yield page


def test_fifty_of_ten_thousand_are_found(asked: Page, many: Book) -> None:
    """By full name, by short name, by place and sector, among the first three; with a slip among those as near."""
    drawn = Random("fifty").sample(sorted(many.agencies.values(), key=lambda a: a["agency_id"]), 50)
    random = Random("slips")
    lost: list[tuple[str, str]] = []
    for agency in drawn:
        name, region = agency["name"], many.regions[agency["region_code"]]
        official, short = BODIES[agency["sector"]]
        above = many.regions[region["parent"]]["zh"]
        place = f"{above} {region['zh']}" if above not in ("市辖区", "县") else region["zh"]
        at = random.randrange(1, len(name) - 1)
        queries = {
            "full": name,
            "short": region["zh"] + short,
            "place and sector": f"{place} {many.zh('sector', agency['sector'])}",
            "place and short": f"{place} {short}",
            "wrong": f"{name[:at]}龘{name[at + 1 :]}",
            "missing": name[:at] + name[at + 1 :],
        }
        found = asked.evaluate(FIND, [list(queries.values()), {}])
        for (kind, query), hits in zip(queries.items(), found, strict=True):
            first = hits["names"][
                : 20 if kind in ("wrong", "missing") else 3
            ]  # 大?县 may be 大名县 or 大城县
            same = agency["agency_id"] in hits["ids"] if kind.startswith("place") else name in first
            if not same:
                lost.append((kind, f"{query} -> {hits['names']}"))
    assert lost == []


def test_the_index_is_small_and_answers_at_once(asked: Page, index: bytes) -> None:
    """Ten thousand agencies come in 350 kB compressed, scripts included; an answer takes less than 100 ms."""
    scripts = [p.read_bytes() for p in (ROOT / "docs" / "assets" / "search").glob("*.js")]
    assert sum(len(gzip.compress(data)) for data in (index, *scripts)) < 350_000
    queries = ["朝阳区 教育", "科技局", "ljqjyj", "石家庄市长安区卫健委", "无此机关名"] * 4
    took = [hit["took"] for hit in asked.evaluate(FIND, [queries, {}])]
    assert statistics.median(took) < 100, took


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("Lüshunkou finance", ["210212"]),
        ("lushunkou finance", ["210212"]),
        ("Dong'e education", ["371524"]),
        ("Dong’e education", ["371524"]),
        ("donge education", ["371524"]),
        ("Yu County education", ["130726", "140322"]),
    ],
)
def test_an_english_name_is_found_as_it_is_typed(asked: Page, query: str, codes: list[str]) -> None:
    """With its marks and apostrophes or without; a name of two letters as a word of its own."""
    (hits,) = asked.evaluate(FIND, [[query], {}])
    assert sorted(i[:6] for i in hits["ids"]) == codes


def test_filters_hold_without_text(asked: Page) -> None:
    """A province and a sector alone list the agencies that are both."""
    found = asked.evaluate(FIND, [[""], {"region": "110000", "sector": "finance", "year": "2022"}])
    assert (
        all(i.startswith("11") and i.endswith("finance") for i in found[0]["ids"])
        and len(found[0]["ids"]) == 3
    )
    assert asked.evaluate(FIND, [[""], {"year": "1999"}])[0]["ids"] == []


def test_initials_know_rare_and_oddly_read_places(index: bytes) -> None:
    """重庆 is cq and not zq, 衢州 has its q: characters outside the common ones count too."""
    letters = {row[1]: row[6] for row in json.loads(index)["agencies"]}
    assert letters["蔚县教育局"] == "yxjyj" and letters["滦州市财政局"] == "lzsczj"
    assert [initials(n) for n in ("重庆市", "衢州市", "西藏", "亳州", "jdz 1")] == [
        "cqs",
        "qzs",
        "xz",
        "bz",
        "jdz1",
    ]
