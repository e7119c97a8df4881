"""Regions through time: codes, names, shared names, chains; English names."""

import csv
import re

import pytest

from ogi.regions import FOLDER, chain, find_regions, load_regions, region

ENGLISH = re.compile(r"[A-Z][a-zêü]+([ '-]?[A-Za-zêü]+|, [A-Z][a-z]+)*")  # Lüliang, Garzê: as the prefectures have it
KINDS = {
    "District": "区", "County": "县", "Autonomous County": "自治县", "Banner": "旗", "Autonomous Banner": "自治旗",
    "New Area": "新区", "Mining District": "矿区", "Hui District": "回族区", "Special District": "特区",
    "Forestry District": "林区", "Islands": "", "Administrative Committee": "委员会", "": "市",
}


def codes(text: str, year: int | None = None) -> list[str]:
    return [r.code for r in find_regions(text, year)]


def test_a_code_means_what_it_meant_in_the_year() -> None:
    """The code 130602 is 新市区 in 2012 and 竞秀区 in 2020."""
    assert region("130602", 2012).zh == "新市区"
    assert region("130602", 2020).zh == "竞秀区"
    assert region("130602").zh == "竞秀区"


def test_a_county_that_became_a_district_names_its_successor() -> None:
    """上饶县 ended in 2018 and 广信区 followed it."""
    old = region("361121")
    assert (old.valid_to, old.successor) == (2018, "361104")
    assert region("361104", 2019).zh == "广信区"


def test_every_code_leads_up_to_the_centre() -> None:
    """Each parent exists, and every chain ends at 100000."""
    for entry in load_regions():
        assert chain(entry.code)[-1].code == "100000", entry


def test_every_successor_exists() -> None:
    """A successor is a code of the table that was in use after the region ended."""
    for entry in load_regions():
        if entry.successor:
            later = region(entry.successor, entry.valid_to + 1)
            assert later is not None and later.valid_in(entry.valid_to + 1), entry


def test_one_code_has_one_name_in_any_year() -> None:
    """No two entries of a code are valid in the same year."""
    for year in (2008, 2014, 2019, 2021, 2023):
        valid = [r.code for r in load_regions() if r.valid_in(year)]
        assert len(valid) == len(set(valid))


def test_provinces_and_prefectures_have_english_names() -> None:
    """All 34 provinces and every prefecture has an English name."""
    upper = [r for r in load_regions() if r.level in ("province", "prefecture")]
    assert len([r for r in upper if r.level == "province"]) == 34
    assert all(r.en for r in upper)


def test_counties_have_english_names_of_their_kind() -> None:
    """At most a few counties are left without a name; a name is Latin letters, and ends as its kind does."""
    counties = [r for r in load_regions() if r.level == "county"]
    assert len(counties) > 3200
    assert len([r for r in counties if not r.en]) <= 10
    for entry in counties:
        if entry.en:
            assert ENGLISH.fullmatch(entry.en), entry
            kind = max((k for k in KINDS if f" {entry.en}".endswith(f" {k}".rstrip())), key=len)
            assert entry.zh.endswith(KINDS[kind]) or entry.zh == "马尔康区", entry  # a city, in the source a district
            assert ("自治" in entry.zh) == (" Autonomous " in entry.en), entry


def test_every_english_name_by_hand_is_used() -> None:
    """A line of names_en.csv for a code or a name that regions.csv has not would be dead; one name has one line."""
    with (FOLDER / "names_en.csv").open(encoding="utf-8", newline="") as file:
        lines = [(row["region_code"], row["zh"], row["en"]) for row in csv.DictReader(file)]
    known = {(r.code, zh, r.en) for r in load_regions() for zh in (r.zh, "")}
    assert not set(lines) - known
    assert len({line[:2] for line in lines}) == len(lines)


@pytest.mark.parametrize(("code", "english"), [
    ("360923", "Shanggao County"), ("370881", "Qufu"), ("360704", "Ganxian District"),
    ("130225", "Laoting County"), ("130726", "Yu County"), ("131025", "Daicheng County"), ("140428", "Zhangzi County"),
    ("320116", "Luhe District"), ("320830", "Xuyi County"), ("330382", "Yueqing"), ("341621", "Guoyang County"),
    ("361124", "Yanshan County"), ("371524", "Dong'e County"), ("371722", "Shan County"), ("410621", "Xun County"),
    ("411726", "Biyang County"), ("440113", "Panyu District"), ("450804", "Qintang District"), ("511527", "Junlian County"),
    ("611026", "Zhashui County"), ("621223", "Tanchang County"), ("640303", "Hongsibu District"),
    ("522732", "Sandu Shui Autonomous County"), ("530925", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"),
    ("152221", "Horqin Right Front Banner"), ("150722", "Morin Dawa Daur Autonomous Banner"), ("152923", "Ejin Banner"),
    ("513232", "Zoigê County"), ("540527", "Lhozhag County"), ("652924", "Xayar County"), ("653101", "Kashgar"),
    ("511424", None),
])
def test_names_that_a_rule_gets_wrong(code: str, english: str | None) -> None:
    """Local readings, monosyllables, names from other languages than Chinese; empty where readings disagree (丹棱)."""
    assert region(code).en == english


def test_names_of_counties_shared_in_2021_are_28() -> None:
    """A shared name returns all its counties: 28 names of counties in use in 2021 have more than one."""
    counties = {r.zh for r in load_regions() if r.level == "county" and r.valid_in(2021)}
    found = {name: [c for c in find_regions(name, 2021) if c.level == "county"] for name in counties}
    assert len([name for name, regions in found.items() if len(regions) > 1]) == 28
    assert codes("鼓楼区司法局", 2021) == ["320106", "320302", "350102", "410204"]


@pytest.mark.parametrize(("text", "year", "expected"), [
    ("江西省上饶市广信区教育局", 2021, ["361104"]),
    ("徐州市鼓楼区司法局", 2021, ["320302"]),
    ("景德镇市科技局", 2021, ["360200"]),
    ("江西上高县科技局", 2021, ["360923"]),
    ("恩施州财政局", 2020, ["422800"]),
    ("恭城县民政局", 2020, ["450332"]),
    ("平潭综合实验区管理委员会", 2019, ["350128"]),
    ("上饶县教育局", 2018, ["361121"]),
    ("上饶县教育局", 2020, ["361121"]),
    ("保定市新市区审计局", 2013, ["130602"]),
    ("曲 阜 市 科学技术局", 2021, ["370881"]),
    ("国务院办公厅", 2021, []),
    ("", 2021, []),
])
def test_the_beginning_of_a_name_finds_its_regions(text: str, year: int, expected: list[str]) -> None:
    """The deepest region that the text begins with is found, with or without the regions above it."""
    assert codes(text, year) == expected


def test_a_town_lies_in_its_county() -> None:
    """A code of nine digits is a town under its county; one that the list lacks carries the county's name."""
    town = region("110101001")
    assert (town.zh, town.level, town.parent) == ("东华门街道", "town", "110101")
    assert region("360923999").zh.startswith("上高县")
    assert chain("441900003")[1].zh == "东莞市"


@pytest.mark.parametrize("code", ["999999", "999999001", "36", "", "36020０", "../etc"])
def test_an_unknown_code_is_no_region(code: str) -> None:
    """What is not in the table gives None."""
    assert region(code) is None
