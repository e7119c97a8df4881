"""What made a result: a hash of the project's own code and data and of every installed package.

Comes in: the folder of the code. Goes out: one short text that differs whenever results might. Must not know:
what is kept under it. A cache that has it in its keys is never asked for what other code made.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from ogi.paths import PACKAGE

PROGRAMS = ("soffice", "libreoffice")  # what readers may call
NO_CODE = ("__pycache__",)


@cache
def made_by(folder: Path = PACKAGE) -> str:
    """Of the code as it lies on disk now; asked once a run."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part in NO_CODE for part in path.parts):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode() + data)
    installed = sorted({f"{d.name} {d.version}" for d in distributions()})
    programs = [str(Path(found).resolve()) for name in PROGRAMS if (found := shutil.which(name))]
    digest.update("\n".join([platform.python_version(), platform.platform(), *installed, *programs]).encode())
    return digest.hexdigest()
