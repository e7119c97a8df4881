"""What is kept between builds: never believed when anything changed, and never seen in the result."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ogi import fingerprint
from ogi.kept_texts import KeptTexts
from ogi.paths import REPORTS
from ogi.pipeline import build
from ogi.readings import from_json, to_json
from ogi.unchanged import contents, note, recall
from ogi.understanding import understand

DOCUMENTS = sorted(p for p in REPORTS.rglob("*") if p.suffix not in (".yml", ".md") and p.is_file())


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.parent.name)
def test_a_kept_reading_is_the_reading(path: Path) -> None:
    """Every value, place, doubt and sentence of a collected report comes back as it was, exact numbers included."""
    reading = understand(path.read_bytes(), path.name)
    assert from_json(to_json(reading)) == reading


def test_readings_that_are_damaged_are_made_again(tmp_path: Path) -> None:
    """One changed digit in the cache, half a file or nothing at all: it is made again, and the package is the same."""
    cache = tmp_path / "cache"
    build(REPORTS, tmp_path / "one", cache=cache)
    shutil.rmtree(cache / "parts")
    kept = sorted(p for p in (cache / "readings").rglob("*") if p.is_file())
    assert len(kept) == len(DOCUMENTS)
    _damage(kept[0], '"0"', '"7"')
    kept[1].write_bytes(kept[1].read_bytes()[:1000])
    kept[2].write_bytes(b"")
    build(REPORTS, tmp_path / "two", cache=cache)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    shutil.rmtree(cache / "parts")
    build(REPORTS, tmp_path / "three", jobs=2, cache=cache)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "three")


def test_parts_that_are_damaged_are_made_again(tmp_path: Path) -> None:
    """The same for what is kept of agencies, and for the list of those that the last package has."""
    cache, package = tmp_path / "cache", tmp_path / "package"
    build(REPORTS, package, cache=cache)
    before = bytes_of(package)
    kept = sorted((p for p in (cache / "parts").rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    assert len(kept) == len(DOCUMENTS) + 1  # the list is the smallest
    for damaged in kept[1:3], kept[:1]:
        shutil.rmtree(cache / "packages")
        for file in damaged:
            _damage(file, "0", "7")
        build(REPORTS, package, cache=cache)
        assert bytes_of(package) == before


def _damage(file: Path, old: str, new: str) -> None:
    whole = file.read_text("utf-8")
    assert old in whole
    file.write_text(whole.replace(old, new, 1), "utf-8")


def test_nothing_is_done_where_nothing_changed(tmp_path: Path) -> None:
    """The second build says the same and touches no file; a changed document, or a changed result, is built in full."""
    shutil.copytree(REPORTS, tmp_path / "reports")
    package = tmp_path / "package"

    def built() -> bool:
        return build(tmp_path / "reports", package, cache=tmp_path / "cache").fresh

    assert built() and not built()
    before = bytes_of(package)
    (package / "data" / "agencies.csv").write_text("spoilt", "utf-8")
    assert built() and bytes_of(package) == before
    document = next(p for p in sorted((tmp_path / "reports").rglob("*.txt")))
    document.write_bytes(document.read_bytes() + "\n补充。\n".encode())
    assert built() and bytes_of(package) != before


def test_what_other_code_made_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one byte of code changed, no reading and no note of the last build is used."""
    folder = tmp_path / "built"
    folder.mkdir()
    note(tmp_path / "notes", folder, contents([REPORTS]), {"pages": 1})
    assert recall(tmp_path / "notes", folder, contents([REPORTS])) == {"pages": 1}
    code = tmp_path / "code"
    code.mkdir()
    (code / "rule.py").write_text("1", "utf-8")
    other = fingerprint.made_by(code)
    (code / "rule.py").write_text("2", "utf-8")
    fingerprint.made_by.cache_clear()
    assert fingerprint.made_by(code) != other
    KeptTexts(tmp_path / "cache").put("key", "text")
    assert KeptTexts(tmp_path / "cache").take("key") == "text"
    for module in ("ogi.kept_texts.made_by", "ogi.unchanged.made_by"):
        monkeypatch.setattr(module, lambda: other)
    assert KeptTexts(tmp_path / "cache").take("key") is None and not KeptTexts(tmp_path / "cache").has("key")
    assert recall(tmp_path / "notes", folder, contents([REPORTS])) is None
