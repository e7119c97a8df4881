"""Pictures of pages (png, jpg, scanned PDF) -> Document, by the extra `ocr`."""

from __future__ import annotations

FORMAT = "scan"


def installed() -> bool:
    return False
