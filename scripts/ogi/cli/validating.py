"""Frictionless' own word on a data package that was just written, a file at a time.

A resource of many files is validated by file: memory stays at one file's keys, and a file that was valid with the same
bytes and the same schema is not read again. What goes over files (a report stands in one of them; every reference has its
target) is refused by the writer itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

SMALL = 8_000_000  # bytes of files to read below which a second process costs more than it saves
FILE_KEYS = ("path", "bytes", "hash", "files")  # what the descriptor says of a resource's files, not of its rows

Descriptor = dict[str, Any]


class File(NamedTuple):
    """One file of a resource as a resource of its own, beside those it refers to; `proof` stands for bytes and schema."""

    resource: str
    package: Descriptor
    size: int
    proof: str


def resources_of(package: Path, cache: Path | None = None, jobs: int = 1) -> tuple[int, str | None]:
    """How many resources are valid, and the first fault, if any; `cache` is a file with the proofs of the last time."""
    from frictionless import Package

    descriptor: Descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    files = list(_files(descriptor))
    known = set(cache.read_text().split()) if cache and cache.is_file() else set()
    faults = [str(e) for e in Package.validate_descriptor(descriptor, basepath=str(package)).flatten(["title", "message"])]
    faults += filter(None, _faults([f for f in files if f.proof not in known], str(package), jobs))
    if cache and not faults:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_text("\n".join(sorted(f.proof for f in files)))
    return len(descriptor["resources"]), faults[0] if faults else None


def _files(descriptor: Descriptor) -> Iterator[File]:
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    for name, resource in resources.items():
        schema = {key: value for key, value in resource.items() if key not in FILE_KEYS}
        keys = resource["schema"].get("foreignKeys", [])
        targets = dict.fromkeys(key["reference"]["resource"] or name for key in keys)
        others = [resources[target] for target in targets if target != name]
        for file in resource["files"]:
            one = {**schema, "path": file["path"], "bytes": file["bytes"], "hash": file["hash"]}
            proof = json.dumps([version("frictionless"), one], sort_keys=True).encode()
            package = {**descriptor, "resources": [one, *others]}
            yield File(name, package, file["bytes"], sha256(proof).hexdigest())


def _faults(files: list[File], folder: str, jobs: int) -> Iterator[str | None]:
    if jobs == 1 or sum(file.size for file in files) < SMALL:
        yield from (_fault(file, folder) for file in files)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        largest_first = sorted(files, key=lambda file: -file.size)
        yield from pool.map(_fault, largest_first, [folder] * len(files))


def _fault(file: File, folder: str) -> str | None:
    from frictionless import Package

    report = Package(file.package, basepath=folder).get_resource(file.resource).validate()
    return None if report.valid else str(report.flatten(["title", "rowNumber", "fieldName", "message"])[0])
