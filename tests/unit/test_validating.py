"""Frictionless validates what was built, a file at a time, and reads no file twice that was valid."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from ogi.cli import validating
from ogi.cli.validating import resources_of
from ogi.paths import ROOT


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the published package."""
    return Path(shutil.copytree(ROOT / "datapackage", tmp_path / "datapackage"))


def test_files_that_were_valid_are_not_read_again(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time only the file with other bytes is read; a fault leaves no proof."""
    cache = package.parent / "cache" / "valid.txt"
    assert resources_of(package, cache) == (20, None)
    read: list[str] = []
    fault = validating._fault
    monkeypatch.setattr(
        validating, "_fault", lambda file, folder: read.append(file.resource) or fault(file, folder)
    )
    assert resources_of(package, cache) == (20, None)
    assert read == []
    _change(package, "data/reviews.csv", "361100-industry-it-2021", "361100-industry-it-2099")
    for _ in range(2):
        resources, told = resources_of(package, cache)
        assert resources == 20
        assert "ForeignKey" in (told or "").replace(" ", "")
    assert read == ["reviews", "reviews"]


def test_a_file_of_many_is_validated_with_its_schema(package: Path) -> None:
    """A cell with a status that the schema does not know."""
    path = next(iter(sorted((package / "data" / "cells").iterdir()))).relative_to(package).as_posix()
    _change(package, path, ",reported,", ",guessed,")
    _, told = resources_of(package)
    assert "status" in (told or "")


def test_other_bytes_than_the_descriptor_says_are_a_fault(package: Path) -> None:
    """Bytes and hash are part of the proof."""
    path = package / "data" / "codes.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert resources_of(package)[1]


def _change(package: Path, path: str, old: str, new: str) -> None:
    """The file with one text for another, and the descriptor with its new bytes and hash."""
    file = package / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    data = file.read_bytes()
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        for one in resource["files"]:
            if one["path"] == path:
                one |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
