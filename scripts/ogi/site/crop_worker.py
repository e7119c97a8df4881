"""Strips of pages, drawn in a process of its own that is killed when it takes too long, and kept for the next build.

Comes in: a document's path and hash, and strips. Goes out: pictures, from the cache where it has them. Must not
know: cells, HTML.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ogi.paths import PACKAGE
from ogi.site.crop_process import Strip

SECONDS = 20.0
_BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from ogi.site import crop_process as c; "
_BOOT += "c.serve(sys.stdin.buffer, sys.stdout.buffer)"


@dataclass(frozen=True, slots=True)
class Picture:
    """A strip: `x`, `y` of its corner on the page in points, `scale` pixels a point."""

    x: float
    y: float
    scale: float
    width: int
    height: int
    data: bytes


class Cropper:
    """`end` it, or its process waits for more."""

    def __init__(self, cache: Path | None, seconds: float = SECONDS) -> None:
        self._cache, self._seconds = cache, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._drawn_by = _code()

    def strips(self, path: Path, sha256: str, kind: str, strips: Sequence[Strip]) -> list[Picture]:
        """All of them in order, or none where the document cannot be drawn."""
        request: dict[str, object] = {"sha256": sha256, "kind": kind, "strips": [list(strip) for strip in strips]}
        place = self._place(request)
        if place is not None and place.is_file():
            with suppress(ValueError, KeyError, OSError):
                return _unpacked(place.read_bytes())
        answer = self._ask({**request, "path": str(path)})
        if answer is None:
            return []
        if place is not None:
            _keep(place, answer)
        return _unpacked(answer)

    def _place(self, request: dict[str, object]) -> Path | None:
        if self._cache is None:
            return None
        key = hashlib.sha256(json.dumps([self._drawn_by, request]).encode()).hexdigest()
        return self._cache / key[:2] / key

    def _ask(self, request: dict[str, object]) -> bytes | None:
        """The answer whole, or None where the process died or was killed."""
        process = self._running()
        clock = threading.Timer(self._seconds, process.kill)
        clock.start()
        try:
            assert process.stdin and process.stdout
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            head = process.stdout.readline()
            size = sum(int(s["bytes"]) for s in json.loads(head).get("strips", []))
            data = process.stdout.read(size) if size else b""
            if len(data) == size:
                return head + data
        except (OSError, ValueError):
            pass
        finally:
            clock.cancel()
        self.end()
        return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
        return self._process

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError):
                process.communicate()


def _unpacked(answer: bytes) -> list[Picture]:
    head, _, data = answer.partition(b"\n")
    out, at = [], 0
    for strip in json.loads(head).get("strips", []):
        size = int(strip.pop("bytes"))
        out.append(Picture(**strip, data=data[at : at + size]))
        at += size
    if at != len(data):
        raise ValueError("cut off")
    return out


def _keep(place: Path, answer: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.write_bytes(answer)
    fresh.replace(place)


def _code() -> str:
    """What the pictures depend on beside the document: other code draws other pictures."""
    sources = [(PACKAGE / "site" / name).read_bytes() for name in ("crop_process.py", "ofd_strips.py")]
    libraries = [version(name) for name in ("pypdfium2", "pillow")]
    return hashlib.sha256(b"".join(sources) + "".join(libraries).encode()).hexdigest()
