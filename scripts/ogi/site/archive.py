"""The whole package as one zip, the same bytes whenever it is made.

Comes in: the folder of a package, and the zip of the last build if there is one. Goes out: the zip. Must not know: what is
in the files. A file that is in the last zip with the same hash is taken from it as it is packed there.
"""

from __future__ import annotations

import copy
import hashlib
import shutil
import struct
import zipfile
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

AT_ONCE = 1 << 20  # bytes
LOCAL_HEADER = 30  # bytes before name and extra, whose lengths are its last two numbers


def pack(folder: Path, archive: Path, hashes: Mapping[str, str], last: Path | None = None) -> int:
    """Its size in bytes. `hashes` are those of the package's files by path; each stands in the zip as the file's comment."""
    before = zipfile.ZipFile(last) if last and zipfile.is_zipfile(last) else nullcontext()
    # The fastest level: a large package takes no time.
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed, before as old:
        known = {(entry.filename, entry.comment): entry for entry in old.infolist()} if old else {}
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            place = path.relative_to(folder).as_posix()
            name, comment = f"{archive.stem}/{place}", (hashes.get(place) or _hash(path)).encode()
            if old and (name, comment) in known:
                _taken(old, known[name, comment], packed)
                continue
            with path.open("rb") as source, packed.open(name, "w") as target:
                shutil.copyfileobj(source, target, AT_ONCE)
            entry = packed.getinfo(name)
            entry.comment, entry.external_attr = comment, 0o644 << 16
    return archive.stat().st_size


def _taken(old: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: zipfile.ZipFile) -> None:
    """The file's bytes in the zip, header and all."""
    source, target = old.fp, packed.fp
    assert source and target  # both are open
    source.seek(entry.header_offset)
    header = source.read(LOCAL_HEADER)
    left = sum(struct.unpack("<HH", header[-4:])) + entry.compress_size
    target.seek(packed.start_dir)
    moved = copy.copy(entry)
    moved.header_offset = target.tell()
    target.write(header)
    while left:
        some = source.read(min(AT_ONCE, left))
        if not some:
            raise zipfile.BadZipFile(f"{entry.filename} ends too early")
        target.write(some)
        left -= len(some)
    packed.start_dir = target.tell()
    packed.filelist.append(moved)
    packed.NameToInfo[moved.filename] = moved


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
