"""A folder replaced whole: at any moment there is the old one or the new one.

Comes in: the finished new folder beside the old one. Goes out: the new one in its place. Must not
know: what is inside. Linux exchanges the two names in one step (renameat2) and macOS too
(renamex_np); elsewhere the old one steps aside for a moment, and `recovered` puts it back if the
program died in between.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AT_FDCWD, EXCHANGE, SWAP = -100, 2, 2


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new, empty sibling to build in; it takes the place of `folder` if all goes well, else it is gone.

    What a killed build left is removed first. Two builds of one folder at a time are the caller's to avoid.
    """
    shutil.rmtree(beside(folder), ignore_errors=True)
    with taking_turns(folder) as new:
        yield new
    shutil.rmtree(new, ignore_errors=True)  # what stood there


@contextmanager
def taking_turns(folder: Path) -> Iterator[Path]:
    """A sibling to build in, which then changes names with `folder`: so it holds what stood there two builds ago, or what a
    killed build left, and is the caller's to put right. Gone where something goes wrong."""
    recovered(folder)
    shutil.rmtree(_aside(folder), ignore_errors=True)
    new = beside(folder)
    new.mkdir(parents=True, exist_ok=True)
    try:
        yield new
        if not folder.exists():
            new.rename(folder)
        elif not _exchanged(new, folder):
            folder.rename(_aside(folder))
            new.rename(folder)
            _aside(folder).rename(new)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def linked(source: str, target: str) -> None:
    """`target` is `source` under a second name, or a copy of it where the file system cannot do that."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(source, target)


def recovered(folder: Path) -> None:
    """Puts back a folder that had stepped aside when the program was killed."""
    aside = _aside(folder)
    if aside.exists() and not folder.exists():
        aside.rename(folder)


def beside(folder: Path) -> Path:
    """Where the next `folder` is made."""
    return folder.with_name(f".{folder.name}.new")


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _exchanged(one: Path, other: Path) -> bool:
    """True if the system exchanged the two names in one step."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], EXCHANGE) == 0
        if sys.platform == "darwin":
            return library.renamex_np(*names, SWAP) == 0
    except (OSError, AttributeError, TypeError):
        pass
    return False
