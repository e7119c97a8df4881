"""Readings of documents that have not changed since they were last read, kept as plain data in .cache/readings.

Comes in: a document's path and hash. Goes out: its Reading as the worker gave it, or None. Must not know: formats,
forms, rules. What other code made is never asked for: the folder's name is the fingerprint of the code. Safe to delete.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

from ogi.fingerprint import made_by
from ogi.model import Cell, Issue, Reading, Section, Statement, Statistic

PARTS = {
    "cells": Cell,
    "statistics": Statistic,
    "sections": Section,
    "statements": Statement,
    "issues": Issue,
}
NAMES = {kind: [f.name for f in fields(kind)] for kind in (*PARTS.values(), Reading)}
HEAD = [name for name in NAMES[Reading] if name not in (*PARTS, "checks")]


class Readings:
    """`folder` None keeps nothing. Only what was read whole is kept: a document that failed is tried again."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / made_by() if folder else None
        if folder and folder.is_dir():
            for other in folder.iterdir():
                if other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)

    def has(self, path: str, root: Path) -> bool:
        """Whether the document as it lies there now was read before."""
        return (
            self._folder is not None
            and (sha256 := digest_of(root / path)) is not None
            and self._file(path, sha256).is_file()
        )

    def take(self, path: str, root: Path) -> Reading | None:
        """None where it is not kept after all: read it again."""
        sha256 = digest_of(root / path)
        try:
            reading = from_json(self._file(path, sha256 or "").read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError, ArithmeticError):
            return None
        return reading if reading.sha256 == sha256 else None

    def keep(self, path: str, reading: Reading) -> None:
        if self._folder is None:
            return
        file = self._file(path, reading.sha256)
        half = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(to_json(reading), "utf-8")
            half.replace(file)
        except OSError:  # a full disk: nothing is kept, nothing is lost
            half.unlink(missing_ok=True)

    def _file(self, path: str, sha256: str) -> Path:
        assert self._folder is not None
        name = hashlib.blake2b(f"{path}\n{sha256}".encode(), digest_size=20).hexdigest()
        return self._folder / name[:2] / name


def digest_of(path: Path) -> str | None:
    """The document's hash as it lies there now; None where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def to_json(reading: Reading) -> str:
    """A reading that is not yet judged; numbers travel as text, with a hash of all of it at the end."""
    assert not reading.checks
    head = {name: getattr(reading, name) for name in HEAD} | {"templates": dict(reading.templates)}
    parts = {
        name: [[_plain(getattr(one, field)) for field in NAMES[kind]] for one in getattr(reading, name)]
        for name, kind in PARTS.items()
    }
    text = json.dumps([head, parts], ensure_ascii=True, separators=(",", ":"))
    return f"{text}\n{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"


def from_json(text: str) -> Reading:
    """The inverse; ValueError where the text is not whole."""
    text, _, digest = text.rpartition("\n")
    if hashlib.blake2b(text.encode(), digest_size=16).hexdigest() != digest:
        raise ValueError("damaged")
    head, parts = json.loads(text)
    made = {name: tuple([_made(kind, values) for values in parts[name]]) for name, kind in PARTS.items()}
    return replace(Reading(**head, cells=()), **made)


def _plain(value: object) -> object:
    return [f"{value}"] if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value


def _made(kind: type, values: list) -> object:
    if kind is Issue:
        return Issue(*[tuple(v) if isinstance(v, list) else v for v in values])
    return kind(*[Decimal(v[0]) if isinstance(v, list) else v for v in values])
