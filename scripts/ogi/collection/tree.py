"""The folder reports/ as a whole: every agency and every document, with the word on what is wrong with it.

Comes in: the folder. Goes out: a `Collection` in the order of paths. Nothing here stops at a fault: a bad
file or folder becomes a `Collected` with its problem, and the rest goes on. Must not know: formats, forms.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ogi.collection.agency import AgencyFile, read_agency
from ogi.collection.filenames import (
    IGNORED,
    SAVED_PAGE,
    agency_lines,
    agency_parts,
    fault_of_name,
    likely_folder,
    shown,
    unknown_code,
    year_of,
)
from ogi.collection.known import Known, read_known
from ogi.errors import BadCollection
from ogi.model import Agency, Collected
from ogi.regions import region
from ogi.yamlfile import LARGEST, meant

LARGEST_DOCUMENT = 64  # megabytes
AGENCY_FILE = "agency.yml"
KNOWN_FILE = "coverage.yml"
LINK = "是链接，不是普通文件 a link or no plain file"
PUT_FILE = "换成文件本身 put the file itself there"
A_LINK = ("是链接 a link", "换成文件夹本身 put the folder itself there")  # where reports/ itself is one
NO_AGENCY_FILE = "缺少 agency.yml no agency.yml"
LOOSE = "文件不在任何机关的文件夹里 a document outside an agency's folder"
PLACE_ZH, PLACE_EN = ("省级代码", "行政区划代码", "领域"), ("province", "region code", "sector")
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Collection:
    """Agencies that can be published, and every file, by code point of its path."""

    agencies: tuple[Agency, ...]
    files: tuple[Collected, ...]
    known: Known = Known()


def collect(folder: Path) -> Collection:
    """Paths are relative to the parent of `folder`, with «/»: reports/36/360200-finance/2021.txt."""
    agencies: list[Agency] = []
    files: list[Collected] = []
    beside = None
    for province in _entries(folder):
        place = f"{folder.name}/{province.name}"
        if province.name == KNOWN_FILE:
            beside = province
        elif not _is_folder(province):
            files.append(_loose(province, place, folder.name))
        elif fault := _fault_of_province(province.name, place):
            files.extend(_everything(province, place, fault))
        else:
            for entry in _entries(province):
                path = f"{place}/{entry.name}"
                if _is_folder(entry):
                    found = _agency_folder(entry, path, folder)
                    agencies.extend(found.agencies)
                    files.extend(found.files)
                else:
                    files.append(_loose(entry, path, folder.name))
    known = _known(beside, f"{folder.name}/{KNOWN_FILE}", agencies, files) if beside else Known()
    agencies += known.agencies
    agencies, files = _referring(agencies, files, folder.name)
    return Collection(
        tuple(sorted(agencies, key=lambda a: a.agency_id)), tuple(sorted(files, key=lambda f: f.path)), known
    )


def _referring(
    agencies: list[Agency], files: list[Collected], root: str
) -> tuple[list[Agency], list[Collected]]:
    """A parent or successor that is no agency here is on record and costs that reference only."""
    ids = {a.agency_id for a in agencies}
    faults: list[Collected] = []
    whole: dict[str, Agency] = {}
    for agency in agencies:
        others = {key: getattr(agency, key) for key in ("parent_id", "successor_id")}
        lost = {key: other for key, other in others.items() if other is not None and other not in ids}
        whole[agency.agency_id] = replace(
            agency,
            parent_id=None if "parent_id" in lost else agency.parent_id,
            successor_id=None if "successor_id" in lost else agency.successor_id,
        )
        if lost:
            place = f"{root}/{agency.agency_id[:2]}/{agency.agency_id}/{AGENCY_FILE}"
            found = "; ".join(f"{key}：这里没有机关「{other}」 {key}: no agency «{other}» here" for key, other in lost.items())
            remedy = (
                f"添加它的文件夹，或登记在 {KNOWN_FILE} 里，或删去这一行 "
                f"add its folder, name it in {KNOWN_FILE}, or take the line out"
            )
            told = BadCollection(place, found, remedy)
            faults.append(Collected(place, None, None, str(told)))
    if not faults:
        return agencies, files
    held = [replace(f, agency=whole[f.agency.agency_id]) if f.agency else f for f in files]
    return list(whole.values()), held + faults


def _known(file: os.DirEntry[str], place: str, agencies: list[Agency], files: list[Collected]) -> Known:
    """The list of what is known and not collected; a fault in it is on record and costs the list only."""
    try:
        if file.is_symlink() or not file.is_file():
            raise BadCollection(place, LINK, PUT_FILE)
        with open(file.path, "rb") as opened:
            return read_known(opened.read(LARGEST + 1), place, agencies)
    except BadCollection as bad:
        files.append(Collected(place, None, None, str(bad)))
        return Known()


def _agency_folder(entry: os.DirEntry[str], place: str, root: Path) -> Collection:
    contents = {e.name: e for e in _entries(entry)}
    told = _read_agency(contents.pop(AGENCY_FILE, None), entry.name, place, root, tuple(contents))
    agency, faults, lines = told.agency, dict(told.faults), dict(told.lines)
    by_file = {e.file: e for e in agency.entries} if agency else {}
    files: list[Collected] = []
    for name, item in contents.items():
        path = f"{place}/{name}"
        if _is_folder(item):
            if not SAVED_PAGE.fullmatch(name):
                remedy = f"把里面的文件移到 {place}/ move its files up into {place}/"
                fault = BadCollection(shown(path), "文件夹里又有文件夹 a folder in a folder", remedy)
                files.extend(_everything(item, path, fault))
            continue
        problem = told.problem or faults.get(name) or _fault_of_file(item, path)
        files.append(Collected(shown(path), agency, by_file.get(name), problem))
    for name, line in lines.items():
        if name not in contents:
            files.append(_missing(name, line, place, tuple(contents), agency, faults.get(name)))
    if told.problem and not files:
        files.append(Collected(f"{place}/{AGENCY_FILE}", None, None, told.problem))
    return Collection((agency,) if agency else (), tuple(files))


def _read_agency(
    file: os.DirEntry[str] | None, agency_id: str, place: str, root: Path, beside: tuple[str, ...]
) -> AgencyFile:
    if fault := _fault_of_id(agency_id, place, root):
        return AgencyFile(None, str(fault))
    if file is None:
        remedy = (
            f"在 {place}/ 里新建文件 agency.yml，写入下面几行并补全 "
            f"put a file agency.yml into {place}/ with these lines, completed:\n{agency_lines(agency_id)}"
        )
        for near in map(shown, difflib.get_close_matches(AGENCY_FILE, beside, 1, 0.8)):
            remedy = f"把 {near} 改名为 agency.yml rename {near} to agency.yml"
        return AgencyFile(None, str(BadCollection(place, NO_AGENCY_FILE, remedy)))
    path = f"{place}/{AGENCY_FILE}"
    if file.is_symlink() or not file.is_file():
        return AgencyFile(None, str(BadCollection(path, LINK, PUT_FILE)))
    with open(file.path, "rb") as opened:
        return read_agency(opened.read(LARGEST + 1), agency_id, path)


def _fault_of_id(agency_id: str, place: str, root: Path) -> BadCollection | None:
    parts = agency_parts(agency_id)
    if parts is None:
        remedy = (
            "改名为「行政区划代码-领域」，如 360200-finance；领域见 scripts/ogi/forms/sectors.yml "
            "name it <region code>-<sector>, like 360200-finance; sectors are in forms/sectors.yml"
        )
        return BadCollection(shown(place), "不是机关文件夹的名称 not the name of an agency's folder", remedy)
    if region(parts[0]) is None:
        remedy = (
            "给文件夹改名，开头用 scripts/ogi/forms/regions/regions.csv 里的代码 "
            "begin the folder's name with a code of forms/regions/regions.csv"
        )
        return BadCollection(place, unknown_code(parts[0]), remedy)
    right = f"{root.name}/{parts[0][:2]}/{agency_id}"
    if place != right:
        there = (root / parts[0][:2] / agency_id).is_dir()
        already = ("（该机关已经在那里）", ", where the same agency already is") if there else ("", "")
        remedy = f"把其中的文件移到 {right}/{already[0]} move its documents to {right}/{already[1]}"
        return BadCollection(place, "机关放在了别的省的代码下 an agency under another province's digits", remedy)
    return None


def _fault_of_province(name: str, place: str) -> BadCollection | None:
    if len(name) == 2 and name.isascii() and name.isdigit() and region(f"{name}0000"):
        return None
    remedy = (
        "把文件放进「省级代码/行政区划代码-领域/」，如 36/360200-finance/ "
        "put documents into <province>/<region code>-<sector>/, like 36/360200-finance/"
    )
    return BadCollection(shown(place), "文件夹名不是两位省级代码 not the two digits of a province", remedy)


def _fault_of_file(item: os.DirEntry[str], path: str) -> str | None:
    if fault := fault_of_name(item.name):
        remedy = "改成普通的文件名，如 2021.pdf give the file a plain name, like 2021.pdf"
        return str(BadCollection(shown(path), fault, remedy))
    if item.is_symlink() or not item.is_file(follow_symlinks=False):
        return str(BadCollection(path, LINK, "换成原文件本身 put the document itself there"))
    large = too_large(item.stat(follow_symlinks=False).st_size)
    return str(BadCollection(path, *large)) if large else None


def too_large(size: int) -> tuple[str, str] | None:
    """What is found and the remedy, where a document has more bytes than are read."""
    if size <= LARGEST_DOCUMENT * MEGABYTE:
        return None
    found = (
        f"文件有 {size // MEGABYTE} MB，超过可读的 {LARGEST_DOCUMENT} MB "
        f"{size // MEGABYTE} MB, more than the {LARGEST_DOCUMENT} MB that are read"
    )
    remedy = "上传不带附件的年报，或较小的版本 collect the report without attachments, or a smaller copy"
    return found, remedy


def _missing(
    name: str, line: int, place: str, beside: tuple[str, ...], agency: Agency | None, fault: str | None
) -> Collected:
    near = difflib.get_close_matches(name, beside, 1, 0.5)
    remedy = meant(shown(near[0])) if near else "上传这个文件，或删去这一条 add the file, or take the entry out"
    found = f"这里没有文件「{shown(name)}」 no file «{shown(name)}» here"
    told = BadCollection(f"{place}/{AGENCY_FILE}, line {line}", found, remedy)
    safe = shown(name).replace("/", "_").replace("\\", "_")
    return Collected(f"{place}/{safe}", agency, None, fault or str(told))


def _loose(item: os.DirEntry[str], path: str, root: str) -> Collected:
    year = year_of(None, item.name)
    zh, en = (f"{root}/{likely_folder(item.name, year, words)}/" for words in (PLACE_ZH, PLACE_EN))
    fault = BadCollection(shown(path), LOOSE, f"移到 {shown(zh)} move it to {shown(en)}")
    return Collected(shown(path), None, None, _fault_of_file(item, path) or str(fault))


def _everything(folder: os.DirEntry[str], place: str, fault: BadCollection) -> Iterator[Collected]:
    """Every file below a folder that cannot be used; links are named, never followed."""
    for item in _entries(folder):
        path = f"{place}/{item.name}"
        if _is_folder(item):
            yield from _everything(item, path, fault)
        else:
            yield Collected(shown(path), None, None, str(fault))


def _is_folder(item: os.DirEntry[str]) -> bool:
    return item.is_dir(follow_symlinks=False)


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted((e for e in found if not IGNORED.fullmatch(e.name)), key=lambda e: e.name)
