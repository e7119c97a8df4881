"""Frictionless' own word on a data package that was just written.

A file that was valid with the same bytes is not read again; of one that changed, frictionless reads the rows that were not
in it when it was valid (`ogi.cli.slices`). Where anything looks wrong that way, or the schema is another, it reads all files
whole, one at a time, so that memory stays at one file's keys: so a fault is always its word on the file as it stands. That a
report stands in one file of a resource only is refused by the writer itself.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ogi.cli.slices import File, dangling, new_rows
from ogi.errors import BadPackage
from ogi.package import Package, load
from ogi.package.located import index_for, refresh

SMALL = 8_000_000  # bytes of files to read below which a second process costs more than it saves
PROOFS = "valid.json"
FILE_KEYS = ("path", "bytes", "hash", "files")  # what the descriptor says of a resource's files, not of its rows

Descriptor = dict[str, Any]


def resources_of(folder: Path, cache: Path | None = None, jobs: int = 1) -> tuple[int, str | None]:
    """How many resources are valid, and the first fault, if any; `cache` is the folder with the proofs of the last time."""
    from frictionless import Package as Frictionless

    package = load(folder)
    files = [File(name, **file) for name, resource in package.resources.items() for file in resource["files"]]
    index = index_for(cache, folder) if cache else None
    valid = _recalled(package, index) if index else {}
    told = Frictionless.validate_descriptor({**package.descriptor}, basepath=str(folder))
    faults = [str(error) for error in told.flatten(["title", "message"])]
    faults += _faults(package, _to_read(package, files, valid, index), jobs)
    if index and not faults:
        refresh(package, index)
        noted = {"rules": _rules(package), "valid": {file.path: file.hash for file in files}}
        (index / PROOFS).write_text(json.dumps(noted), "utf-8")
    return len(package.resources), faults[0] if faults else None


def _recalled(package: Package, index: Path) -> dict[str, str]:
    """The hash of each file when it was last found valid; nothing where other rules held then."""
    try:
        noted = json.loads((index / PROOFS).read_text("utf-8"))
        return noted["valid"] if noted["rules"] == _rules(package) else {}
    except (OSError, ValueError, KeyError):
        return {}


def _rules(package: Package) -> str:
    """A hash of all that the descriptor says of rows, and of who reads it."""
    said = json.dumps([version("frictionless"), [_bare(package, name) for name in package.resources]], sort_keys=True)
    return sha256(said.encode()).hexdigest()


def _bare(package: Package, resource: str) -> Descriptor:
    return {key: value for key, value in package.resources[resource].items() if key not in FILE_KEYS}


def _to_read(package: Package, files: list[File], valid: Mapping[str, str], index: Path | None) -> list[File]:
    """The files that frictionless has to read whole: those it never found valid, or all where anything looks wrong."""
    changed = [file for file in files if file.hash != valid.get(file.path)]
    if not changed or not valid or not index:
        return changed
    try:
        if not dangling(package, index) and all(
            _new_rows_hold(package, file, valid[file.path], index) for file in changed if file.path in valid
        ):
            return [file for file in changed if file.path not in valid]
    except (BadPackage, OSError, ValueError, csv.Error):  # no such header, a name that is no text, an open quote, …
        pass
    return files


def _new_rows_hold(package: Package, file: File, valid: str, index: Path) -> bool:
    """Whether the rows hold that were not there when the file's hash was `valid`; references are for `dangling`."""
    with tempfile.TemporaryDirectory(prefix="ogi-rows-") as folder:
        if not new_rows(package, file, valid, index, Path(folder) / "rows.csv"):
            return False
        bare = _bare(package, file.resource)
        rows = {**bare, "path": "rows.csv", "schema": {**bare["schema"], "foreignKeys": []}}
        return _fault({**package.descriptor, "resources": [rows]}, file.resource, folder) is None


def _faults(package: Package, files: list[File], jobs: int) -> list[str]:
    files = sorted(files, key=lambda file: -file.bytes) if jobs > 1 else files
    asked = ([_whole(package, f) for f in files], [f.resource for f in files], [str(package.folder)] * len(files))
    if jobs == 1 or sum(file.bytes for file in files) < SMALL:
        return [*filter(None, map(_fault, *asked))]
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        return [*filter(None, pool.map(_fault, *asked))]


def _whole(package: Package, file: File) -> Descriptor:
    """A package of this file as a resource of its own, beside those it refers to."""
    bare = _bare(package, file.resource)
    targets = dict.fromkeys(key["reference"]["resource"] for key in bare["schema"]["foreignKeys"])
    others = [package.resources[target] for target in targets if target not in ("", file.resource)]
    one = {**bare, "path": file.path, "bytes": file.bytes, "hash": file.hash}
    return {**package.descriptor, "resources": [one, *others]}


def _fault(package: Descriptor, resource: str, folder: str) -> str | None:
    from frictionless import Package as Frictionless

    report = Frictionless(package, basepath=folder).get_resource(resource).validate()
    return None if report.valid else str(report.flatten(["title", "rowNumber", "fieldName", "message"])[0])
