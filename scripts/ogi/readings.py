"""What every collected document says: read in isolation by workers, or kept from the last build where it has not changed.

Comes in: collected files. Goes out: each with its Reading, in the order given. Must not know: formats, forms, rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ogi.errors import Unreadable
from ogi.kept_texts import KeptTexts, digest_of
from ogi.model import Cell, Collected, Issue, Reading, Section, Statement, Statistic
from ogi.readers.worker import run_isolated
from ogi.understanding import understand

Progress = Callable[[str], None]

PARTS = {
    "cells": Cell,
    "statistics": Statistic,
    "sections": Section,
    "statements": Statement,
    "issues": Issue,
}
NAMES = {kind: [*kind.__annotations__] for kind in (*PARTS.values(), Reading)}
HEAD = [name for name in NAMES[Reading] if name not in (*PARTS, "checks")]


def readings_of(
    files: Sequence[Collected], root: Path, jobs: int, progress: Progress, cache: Path | None = None
) -> Iterator[tuple[Collected, Reading | Unreadable | None]]:
    """Each file with what it says, or why it could not be read; None where it was not tried.

    Only what was read whole is kept: a document that failed is tried again.
    """
    kept = KeptTexts(cache / "readings" if cache else None)
    known = {file.path for file in files if file.problem is None and kept.has(_key(file, root))}
    unread = [file for file in files if file.problem is None and file.path not in known]
    results = run_isolated(understand, ((file.path, root / file.path) for file in unread), jobs)
    for file in files:
        result: Reading | Unreadable | None = None
        if file.problem is None:
            result = _taken(kept, file, root) if file.path in known else next(results)[1]
            if isinstance(result, Reading) and file.path not in known:
                kept.put(_key(file, root, result.sha256), to_json(result))
            progress(file.path)
        yield file, result


def _key(file: Collected, root: Path, sha256: str | None = None) -> str:
    return f"{file.path}\n{sha256 or digest_of(root / file.path)}"


def _taken(kept: KeptTexts, file: Collected, root: Path) -> Reading | Unreadable:
    text = kept.take(_key(file, root))
    if text is not None:
        return from_json(text)
    ((_, result),) = run_isolated(understand, [(file.path, root / file.path)])  # kept, but damaged
    return result


def to_json(reading: Reading) -> str:
    """A reading that is not yet judged; numbers travel as text."""
    assert not reading.checks
    head = {name: getattr(reading, name) for name in HEAD} | {"templates": dict(reading.templates)}
    parts = {
        name: [[_plain(getattr(one, field)) for field in NAMES[kind]] for one in getattr(reading, name)]
        for name, kind in PARTS.items()
    }
    return json.dumps([head, parts], ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> Reading:
    """The inverse."""
    head, parts = json.loads(text)
    made = {name: tuple([_made(kind, values) for values in parts[name]]) for name, kind in PARTS.items()}
    return Reading(**(head | made))


def _plain(value: object) -> object:
    return [f"{value}"] if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value


def _made(kind: type, values: list[Any]) -> object:
    if kind is Issue:
        texts: list[Any] = [tuple(v) if isinstance(v, list) else v for v in values]
        return kind(*texts)
    return kind(*[Decimal(v[0]) if isinstance(v, list) else v for v in values])
