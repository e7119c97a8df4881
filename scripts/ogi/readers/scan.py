"""Pictures of pages (png, jpg, scanned PDF) -> Document, by the extra `ocr`."""

from __future__ import annotations

from PIL import Image

from ogi.model import Issue
from ogi.readers.leaves import Leaf

FORMAT = "scan"
REMEDY = "install the extra: pip install 'ogi-reports[ocr]'"
_WHAT = {
    "page-is-picture": "is a picture without text",
    "text-layer-garbage": "has a text layer whose fonts tell no Unicode",
}


def installed() -> bool:
    """Is the recogniser there?"""
    return False


def said(code: str, number: int) -> list[Issue]:
    """What became of a page that is no text, as issues."""
    found, place = f"Page {number} {_WHAT[code]}", f"page={number}"
    if not installed():
        return [Issue(code, "error", f"{found}; without the recogniser it was not read: {REMEDY}.", place)]
    if code == "text-layer-garbage":
        return [Issue(code, "info", f"{found}; it was read from its picture.", place)]
    return []


def read_page(picture: Image.Image, number: int, width: float, height: float) -> tuple[Leaf, list[Issue]]:
    raise NotImplementedError
