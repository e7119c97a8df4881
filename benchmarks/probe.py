"""What comes of one document inside of its worker: a reading, a refusal, or something that must not be.

Comes in: bytes. Goes out: a `Seen`. A module of its own: a worker imports it by name. Must not know: how
the document was broken.
"""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one document inside of its worker."""

    kind: str
    text: str
    seconds: float


def probe(data: bytes, name: str) -> Seen:
    """Reads and extracts; tells a refusal from a reader that broke, and lets nothing through."""
    from ogi import extract, forms, readers
    from ogi.errors import Unreadable

    start = time.monotonic()
    try:
        reading = extract.extract(readers.read(data, name), forms.load())
        kind, text = "readings", reading.format
    except Unreadable as failure:
        cause = failure.__cause__
        foreseen = not failure.found.startswith(readers.BROKE)
        limit = isinstance(cause, MemoryError)
        kind = "refused" if foreseen else "out of limits" if limit else "broke"
        text = failure.found
    except MemoryError:
        kind, text = "out of limits", "memory"
    except Exception:
        kind, text = "tracebacks", traceback.format_exc(limit=-4)
    return Seen(kind, text, time.monotonic() - start)
