"""Reads documents as the project does, in this process or in several, and times it.

Comes in: named bytes. Goes out: for each a Reading or the message of its failure, with the CPU seconds.
Must not know: truths, how the documents were made.
"""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType

from ogi.model import Reading

SECONDS = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """`failure` is None where there is a reading; `trouble` is a failure that is not an Unreadable."""

    reading: Reading | None
    failure: str | None
    seconds: float
    trouble: bool = False


def read_one(data: bytes, name: str, checked: bool = False) -> Outcome:
    """One document through reader and extraction (and the checks, if asked)."""
    from ogi import checks, extract, forms, readers
    from ogi.errors import OgiError

    known = forms.load()
    start = time.process_time()
    try:
        reading = extract.extract(readers.read(data, name), known)
        if checked:
            reading = replace(reading, checks=checks.check(reading, known))
    except OgiError as failure:
        return Outcome(None, str(failure), time.process_time() - start)
    except Exception as failure:  # what a benchmark must never hide
        return Outcome(
            None,
            f"{type(failure).__name__}: {failure} at {_place(failure)}",
            time.process_time() - start,
            True,
        )
    return Outcome(reading, None, time.process_time() - start)


def _place(failure: Exception) -> str:
    """The innermost line of the project that a failure came through."""
    frames = traceback.extract_tb(failure.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-3:]))


def read_all(documents: Sequence[tuple[bytes, str]], jobs: int, checked: bool = False) -> Iterator[Outcome]:
    """Every document, in the order given."""
    work = partial(_guarded, checked=checked)
    if jobs == 1:
        yield from map(work, documents)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, documents, chunksize=4)


def _guarded(document: tuple[bytes, str], checked: bool) -> Outcome:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"not read within {SECONDS} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        return read_one(*document, checked=checked)
    finally:
        signal.alarm(0)
