"""What a document may cost before it is refused: one table, a line per format.

Comes in: a format. Goes out: its limits; inside a worker `enter` also puts them in force. Must not
know: any parser. `memory` is what reading may take beyond what the worker already holds; `cpu` and
`wall` are seconds for one document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MB = 1 << 20
MAX_BYTES = 256 * MB  # of a file, whatever its format: more is never one report


@dataclass(frozen=True, slots=True)
class Limit:
    memory: int
    cpu: int
    wall: float


LIMITS = {
    "start": Limit(memory=1024 * MB, cpu=6, wall=8.0),  # until the format is known
    "txt": Limit(memory=1024 * MB, cpu=6, wall=8.0),
    "docx": Limit(memory=1024 * MB, cpu=6, wall=8.0),
    "doc": Limit(memory=1024 * MB, cpu=6, wall=8.0),
    "html": Limit(memory=1024 * MB, cpu=6, wall=8.0),
    "xlsx": Limit(memory=1024 * MB, cpu=6, wall=8.0),
    "ofd": Limit(memory=1024 * MB, cpu=7, wall=8.0),
    "pdf": Limit(memory=1536 * MB, cpu=8, wall=9.5),
    "scan": Limit(
        memory=6144 * MB, cpu=240, wall=300.0
    ),  # address space, of which the recogniser reserves much
    "office": Limit(memory=6144 * MB, cpu=60, wall=90.0),  # LibreOffice, where an old format needs it
}

_enforce: list[Callable[[str, Limit], None]] = []


def enter(kind: str) -> None:
    """From here on the limits of this kind hold for the document being read (nothing outside of a worker).

    A reader that finds harder work than its name says (a PDF that is a scan) enters that kind itself.
    """
    for put_in_force in _enforce:
        put_in_force(kind, LIMITS[kind])


def enforce_with(put_in_force: Callable[[str, Limit], None]) -> None:
    """For the worker only: whom `enter` tells."""
    _enforce[:] = [put_in_force]
