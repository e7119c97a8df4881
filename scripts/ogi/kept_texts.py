"""Texts kept between builds under .cache/, so that what has not changed is not made again. Safe to delete.

Comes in: a key that holds everything the text depends on, but for the code. Goes out: the text as it was kept, or None. Must
not know: what the texts say. What other code made is never asked for: the folder's name is the fingerprint of the code.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from ogi.fingerprint import made_by


class KeptTexts:
    """`folder` None keeps nothing. A text comes back whole or not at all: its hash stands at its end."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / made_by() if folder else None
        if folder and folder.is_dir():
            for other in folder.iterdir():
                if other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)

    def has(self, key: str) -> bool:
        return self._folder is not None and self._file(key).is_file()

    def take(self, key: str) -> str | None:
        """None where nothing is kept, or what is kept is damaged: make it again."""
        if self._folder is None:
            return None
        try:
            text, _, digest = self._file(key).read_text("utf-8").rpartition("\n")
        except (OSError, ValueError):
            return None
        return text if _digest(text) == digest else None

    def put(self, key: str, text: str) -> None:
        if self._folder is None:
            return
        file = self._file(key)
        half = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(f"{text}\n{_digest(text)}", "utf-8")
            half.replace(file)
        except (OSError, ValueError):  # a full disk, or half a character: nothing is kept, nothing is lost
            half.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        assert self._folder is not None
        name = _digest(key)
        return self._folder / name[:2] / name


def digest_of(path: Path) -> str:
    """The document's hash as it lies there now; empty where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
