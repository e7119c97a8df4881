"""A document looked at in a worker: what it says, and which ending its content deserves.

Comes in: bytes and a name. Goes out: `Examined`. Must not know: the collection.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from ogi.model import Reading
from ogi.readers import formats
from ogi.understanding import understand

PICTURES = ((b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"))


@dataclass(frozen=True, slots=True)
class Examined:
    """`ending` begins with a dot."""

    reading: Reading
    ending: str


def examine(data: bytes, name: str) -> Examined:
    """Runs in a worker, as it opens a stranger's file. Raises Unreadable."""
    return Examined(understand(data, name), _ending(data, name))


def _ending(data: bytes, name: str) -> str:
    """The ending that the name has, where the content is of it; else the first of the format's own."""
    form = formats.recognise(data)
    given = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    for mark, ending in PICTURES:
        if data.startswith(mark):
            return ending
    return given if given in form.endings else form.endings[0]
