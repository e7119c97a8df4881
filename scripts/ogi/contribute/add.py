"""A document put where it belongs: first a plan, nothing touched; then the plan carried out, whole or not at all.

Comes in: documents anywhere on this machine, the collection. Goes out: reports/<province>/<agency>/<year>.<ending> and its
line in agency.yml. Must not know: the terminal. Nothing is ever overwritten.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ogi.collection import Collection, collect, year_of
from ogi.collection.filenames import shown
from ogi.collection.tree import AGENCY_FILE, too_large
from ogi.contribute.agency_text import new_agency, with_report
from ogi.contribute.examining import Examined, examine
from ogi.contribute.placing import Asked, Place, Question, place
from ogi.errors import NO_FILE, BadCollection, Unreadable
from ogi.model import Agency, Entry
from ogi.readers.worker import run_isolated

THERE = (
    "已有同名文件 a file of this name is there",
    "移走它，或保留它、不添加这一份 move it away, or keep it and leave this one",
)
AGAIN = "再运行一次同样的命令 run the same command again"


@dataclass(frozen=True, slots=True)
class Plan:
    """One document to be put at `target`; `text` are the bytes of agency.yml then, `was` those before."""

    source: Path
    examined: Examined
    place: Place
    target: Path
    agency_file: Path
    text: bytes
    was: bytes | None


@dataclass
class Shelf:
    """The collection as it will be when the plans so far are carried out; the one thing here that changes."""

    reports: Path
    agencies: dict[str, Agency]
    texts: dict[Path, bytes] = field(default_factory=dict)
    years: dict[tuple[str, int], str] = field(default_factory=dict)
    sizes: dict[int, list[Path]] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)


def examined_files(files: Sequence[Path], jobs: int = 1) -> Iterator[tuple[Path, Examined | Unreadable]]:
    """Each file as a worker of its own sees it, in the order given."""
    faults = {path: fault for path in files if (fault := _fault(path))}
    good = [path for path in files if path not in faults]
    results = run_isolated(examine, ((str(path), path) for path in good), jobs)
    for path in files:
        yield path, faults[path] if path in faults else next(results)[1]


def shelf_of(reports: Path, jobs: int = 1) -> Shelf:
    """What is there. A collected file whose name says no year is read for it."""
    collection = collect(reports)
    shelf = Shelf(reports, {a.agency_id: a for a in collection.agencies})
    root = reports.resolve().parent
    for file in collection.files:
        path = root / file.path
        if path.is_file() and not path.is_symlink():
            shelf.sizes.setdefault(path.stat().st_size, []).append(path)
    for agency_id, year, there in _years(collection, root, jobs):
        shelf.years.setdefault((agency_id, year), there)
    return shelf


def plan(source: Path, examined: Examined, shelf: Shelf, asked: Asked, entry: Entry) -> Plan | Question:
    """`entry` holds what the person said of the document's origin. Raises BadCollection for a duplicate."""
    same = _same_content(examined, shelf)
    if same:
        found = f"已经收集，就是 {same} the collection has it already, as {same}"
        raise BadCollection(str(source), found, "这份文件不用再处理 nothing is left to do for this file")
    where = place(examined.reading, source.name, shelf.agencies, asked)
    if isinstance(where, Question):
        return where
    agency, year = where.agency, where.year
    there = shelf.years.get((agency.agency_id, year))
    if there:
        found = f"{agency.name}已有 {year} 年度的年报 {there} {agency.name} has a report of {year} already, {there}"
        remedy = (
            "同一份年报就不用再处理；是重新公布的，放在原来那份旁边，在 agency.yml 里都写上 version "
            "if it is the same report, nothing is left to do; if it was issued again, put it beside the first and "
            f"give both a version in agency.yml: {year}: [{{file: {Path(there).name}, version: 1}}, "
            f"{{file: {year}-2{examined.ending}, version: 2}}]"
        )
        raise BadCollection(str(source), found, remedy)
    folder = shelf.reports / agency.agency_id[:2] / agency.agency_id
    name = next((e.file for e in agency.entries if e.year == year), f"{year}{examined.ending}")
    target, agency_file = folder / name, folder / AGENCY_FILE
    _not_a_link(folder, target)
    was = shelf.texts.get(agency_file) or (agency_file.read_bytes() if agency_file.is_file() else None)
    if was is not None and not where.known:
        remedy = "运行 ogi check，照它说的改正 run `ogi check` and put right what it says"
        raise BadCollection(str(agency_file), "这样不能用 cannot be used as it is", remedy)
    return Plan(source, examined, where, target, agency_file, _text(where, name, agency_file, was, entry), was)


def reserve(made: Plan, shelf: Shelf) -> None:
    """The shelf with the plan on it, so that the next document knows of it."""
    agency, year = made.place.agency, made.place.year
    known = shelf.agencies.get(agency.agency_id, agency)
    entry = Entry(made.target.name, year)
    shelf.agencies[agency.agency_id] = replace(known, entries=(*known.entries, entry))
    shelf.texts[made.agency_file] = made.text
    shelf.years[agency.agency_id, year] = made.target.as_posix()
    shelf.hashes[made.examined.reading.sha256] = str(made.source)


def carry_out(made: Plan) -> None:
    """Both files, or neither: what was begun is taken back when something fails."""
    folder = made.target.parent
    new_folders = [f for f in (folder.parent, folder) if not f.exists()]
    begun: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        data = made.source.read_bytes()
        if hashlib.sha256(data).hexdigest() != made.examined.reading.sha256:
            raise BadCollection(str(made.source), "读取时文件变了 it changed while it was read", AGAIN)
        _put(data, made.target)
        begun.append(made.target)
        _replace(made)
    except FileExistsError:
        raise BadCollection(str(made.target), *THERE) from None
    except BaseException:
        for path in begun:
            path.unlink(missing_ok=True)
        raise
    finally:
        for empty in reversed(new_folders):
            if empty.is_dir() and not any(empty.iterdir()):
                empty.rmdir()


def _text(found: Place, name: str, agency_file: Path, was: bytes | None, said: Entry) -> bytes:
    agency = found.agency
    place_name = agency_file.as_posix()
    text = new_agency(agency, place_name) if was is None else was
    if any(e.year == found.year for e in agency.entries):  # it waited for its document
        return text
    return with_report(text, agency.agency_id, replace(said, file=name, year=found.year), place_name)


def _put(data: bytes, target: Path) -> None:
    """A whole file or none, and never over another one: a hard link fails where a rename would replace."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.chmod(0o644)
        try:
            os.link(part, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if target.exists():
                raise FileExistsError(target) from None
            part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _replace(made: Plan) -> None:
    file = made.agency_file
    now = file.read_bytes() if file.is_file() else None
    if now != made.was:
        raise BadCollection(str(file), "读取后文件变了 it changed since it was read", AGAIN)
    if now == made.text:
        return
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(made.text)
        part.chmod(0o644)
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)


def _years(collection: Collection, root: Path, jobs: int) -> Iterator[tuple[str, int, str]]:
    unnamed = []
    for file in collection.files:
        if file.agency is None or file.problem is not None:
            continue
        year = year_of(file.entry, file.path)
        if year is not None:
            yield file.agency.agency_id, year, file.path
        else:
            unnamed.append(file)
    results = run_isolated(examine, ((f.path, root / f.path) for f in unnamed), jobs) if unnamed else iter(())
    for file, (_, result) in zip(unnamed, results, strict=False):
        if isinstance(result, Examined) and result.reading.year and file.agency:
            yield file.agency.agency_id, result.reading.year, file.path


def _same_content(examined: Examined, shelf: Shelf) -> str | None:
    if examined.reading.sha256 in shelf.hashes:
        return shelf.hashes[examined.reading.sha256]
    for path in shelf.sizes.get(examined.reading.size, ()):
        if hashlib.sha256(path.read_bytes()).hexdigest() == examined.reading.sha256:
            return shown(path.relative_to(shelf.reports.resolve().parent).as_posix())
    return None


def _not_a_link(folder: Path, target: Path) -> None:
    for path in (folder.parent, folder, target, folder / AGENCY_FILE):
        if path.is_symlink():
            found = "是链接，不会通过链接写入 a link, and nothing is written through a link"
            raise BadCollection(str(path), found, "换成真正的文件夹 put the real folder there")
    if target.exists():
        raise BadCollection(str(target), *THERE)


def _fault(path: Path) -> Unreadable | None:
    if path.is_dir():
        return Unreadable(str(path), "这是文件夹 a folder", f"请写文件夹里的文件 name the documents in it: {path}/*")
    fault = too_large(path.stat().st_size) if path.is_file() else NO_FILE
    return Unreadable(str(path), *fault) if fault else None
