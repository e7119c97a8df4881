"""A zip's members are read once each, whole, and never more than the limits allow."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from ogi.errors import Unreadable
from ogi.readers import zips

PART = "word/document.xml"


def packed(*names: str, how: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name in names:
            archive.writestr(name, "<a>12</a>")
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    """The bit that says so set in both headers of the only member."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    return bytes(b | 1 if n in (local + 6, central + 8) else b for n, b in enumerate(data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed("other.xml"), "document.xml is missing"),
        (packed(PART, PART), "document.xml is in the zip twice"),
        (encrypted(packed(PART)), "it is encrypted"),
        (packed(PART, how=zipfile.ZIP_LZMA), "document.xml is packed in an unusual way"),
        (packed(PART).replace(b">12<", b">21<"), "document.xml is damaged"),
    ],
)
def test_a_part_that_cannot_be_trusted_is_refused(data: bytes, said: str) -> None:
    """Missing, there twice, encrypted, packed so that no cap holds, or with another sum: no byte of it is believed."""
    with pytest.raises(Unreadable, match=said):
        zips.Archive(data).xml(PART)


def test_what_is_unpacked_is_counted_over_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sizes that a zip declares may lie: what comes out counts, and stops at the limit."""
    archive = zips.Archive(packed("a.xml", "b.xml"))
    monkeypatch.setattr(archive, "_left", 10)
    assert archive.read("a.xml") == b"<a>12</a>"
    with pytest.raises(Unreadable, match="it unpacks to more than 64 MB"):
        archive.read("b.xml")


def test_a_zip_cut_off_is_known_by_its_beginning() -> None:
    """Its directory, which stands at the end, being lost, the names before each member still tell what it was."""
    whole = packed(PART)
    assert zips.holds(whole, "word/") and zips.holds(whole[:60], "word/")
    assert not zips.holds(whole, "xl/") and not zips.holds(whole[:60], "xl/")


@pytest.mark.parametrize("name", ["word\\document.xml", "Word/Document.xml"])
def test_a_part_is_found_however_its_name_is_written(name: str) -> None:
    """Backslashes and other letters, as some makers write them; the exact name comes first."""
    assert zips.Archive(packed(name)).xml(PART).text == "12" and PART in zips.Archive(packed(name))
    assert zips.holds(packed(name), "word/")
    out = io.BytesIO(packed(name))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(PART, "<a>7</a>")
    assert zips.Archive(out.getvalue()).xml(PART).text == "7"
