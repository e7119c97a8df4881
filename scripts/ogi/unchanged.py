"""Whether what a build would make is there already: the same inputs, the same code, every byte of the result in place.

Comes in: folders. Goes out: what was noted of the last build, or None. Must not know: what is built, nor how.
A note is believed only while all that it is about still stands: a file touched by hand, and the build runs in full.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ogi.fingerprint import made_by
from ogi.kept_texts import KeptTexts

Noted = dict[str, Any]  # JSON


def contents(folders: Iterable[Path]) -> str:
    """One hash of every file below (or of a file itself), name and bytes, and of the code."""
    return whole({place: digest for folder in folders for place, digest in by_folder(folder).items()})


def whole(folders: Mapping[str, str]) -> str:
    """The same of what `by_folder` gives."""
    said = "\n".join([made_by(), *(f"{place} {digest}" for place, digest in sorted(folders.items()))])
    return hashlib.blake2b(said.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


def by_folder(folder: Path) -> dict[str, str]:
    """A hash of the files right in each folder, name and bytes, by the place of the folder: its own name first, with «/»."""
    found: dict[str, hashlib.blake2b] = {}
    for name in [""] if folder.is_file() else [name for name, _ in _files(folder)]:
        with (folder / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        place, _, own = f"{folder.name}/{name}".rpartition("/")
        said = f"{own}\n{digest}\n".encode("utf-8", "surrogateescape")
        found.setdefault(place, hashlib.blake2b(digest_size=20)).update(said)
    return {place: digest.hexdigest() for place, digest in found.items()}


def standing(folder: Path) -> str:
    """One hash of names, sizes and times of change below: what differs as soon as anyone touches the folder."""
    digest = hashlib.blake2b(digest_size=20)
    for name, found in _files(folder):
        digest.update(
            f"{name}\n{found.st_size} {found.st_mtime_ns}\n".encode("utf-8", "surrogateescape")
        )
    return digest.hexdigest()


def recall(notes: Path, folder: Path, inputs: str) -> Noted | None:
    """What `note` was told when `folder` was last built, if inputs and folder are as they were."""
    text = KeptTexts(notes).take(str(folder.resolve()))
    noted = json.loads(text) if text else {}
    return noted["said"] if noted and noted["inputs"] == inputs and noted["standing"] == standing(folder) else None


def note(notes: Path, folder: Path, inputs: str, said: Noted) -> None:
    noted = {"inputs": inputs, "standing": standing(folder), "said": said}
    KeptTexts(notes).put(str(folder.resolve()), json.dumps(noted))


def _files(folder: Path, below: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Every file with its name from `folder` on, always in the same order."""
    try:
        with os.scandir(folder / below) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry.stat()
