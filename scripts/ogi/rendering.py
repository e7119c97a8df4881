"""What one agency's reports come to in the package: made by workers, kept while nothing of the agency changes.

Comes in: an agency's reports as settled. Goes out: `Part`s, plain lines for the package's files. Must not know: how
documents are read, other agencies. Safe to delete: .cache/parts; the folder's name is the fingerprint of the code.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ogi.errors import Unreadable
from ogi.fingerprint import made_by
from ogi.forms.codes import load_codes
from ogi.judging import checked
from ogi.model import Collected, Report
from ogi.package import Rendered, Renderer
from ogi.readings import digest_of

PLAIN = ("path", "format", "sha256", "size", "outcome", "report_id", "message", "superseded_by")


@dataclass(frozen=True, slots=True)
class Part:
    """One report's lines, and how many of its own checks fail."""

    rendered: Rendered
    failing: int


@cache
def renderer() -> Renderer:
    return Renderer(load_codes())


def part(report: Report) -> Part:
    checks = report.reading.checks if report.reading else ()
    failing = sum(c.status == "fail" and c.severity != "info" for c in checks)
    return Part(renderer().render(report), failing)


def parts(data: bytes, name: str) -> list[Part]:
    """What a worker does: `data` are the settled reports of one agency, packed by `packed` in this very program."""
    return [part(report) for report in checked(pickle.loads(data))]  # noqa: S301 - from our own parent


def packed(reports: Sequence[Report]) -> bytes:
    return pickle.dumps(reports, pickle.HIGHEST_PROTOCOL)


class Parts:
    """`folder` None keeps nothing. A key holds every file of the agency, its hash, and all that agency.yml says."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / made_by() if folder else None
        if folder and folder.is_dir():
            for other in folder.iterdir():
                if other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)

    def key(self, files: Iterable[Collected], root: Path) -> str:
        digest = hashlib.blake2b(digest_size=20)
        for file in files:
            found = digest_of(root / file.path) if self._folder else None
            digest.update(f"{file!r}\n{found}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def take(self, key: str, files: Sequence[Collected]) -> list[Part] | None:
        if self._folder is None:
            return None
        try:
            text, _, digest = (self._folder / key[:2] / key).read_text("utf-8").rpartition("\n")
            if _digest(text) != digest:
                return None
            by_path = {file.path: file for file in files}
            return [_made(one, by_path) for one in json.loads(text)]
        except (OSError, ValueError, TypeError, KeyError):  # not there, or damaged: made again
            return None

    def keep(self, key: str, made: Sequence[Part]) -> None:
        """A document that failed is tried again: its agency is not kept."""
        if self._folder is None or any(one.rendered.report.outcome == "failed" for one in made):
            return
        text = json.dumps([_plain(one) for one in made], ensure_ascii=False, separators=(",", ":"))
        file = self._folder / key[:2] / key
        half = file.with_name(f"{key}.{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(f"{text}\n{_digest(text)}", "utf-8")
            half.replace(file)
        except (OSError, ValueError):  # a full disk, or half a character: nothing is kept, nothing is lost
            half.unlink(missing_ok=True)


def sound(result: list[Part] | Unreadable, reports: Sequence[Report], name: str) -> list[Part]:
    """A worker's result; where it broke, the work is done here, so that what is wrong says itself."""
    return parts(packed(reports), name) if isinstance(result, Unreadable) else result


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _plain(one: Part) -> list[object]:
    made = one.rendered
    head = [getattr(made.report, name) for name in PLAIN]
    references = sorted(list(reference) for reference in made.references)
    return [head, made.year, dict(made.lines), references, made.nil, one.failing]


def _made(plain: list, files: dict[str, Collected]) -> Part:
    head, year, lines, references, nil, failing = plain
    file = files[head[0]]
    values = dict(zip(PLAIN, head, strict=True))
    report = Report(**values, agency=file.agency, entry=file.entry, reading=None)
    return Part(Rendered(report, year, lines, frozenset(map(tuple, references)), nil), failing)
