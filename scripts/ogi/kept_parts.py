"""What is known of agencies whose reports stand in the last package just as they would be made again.

Comes in: a key that holds everything an agency's part hangs on, but for the code. Goes out: its `Part`s, without the lines
that the package's large files hold: the writer takes these from the last package. Must not know: how parts are made. Safe to
delete. Where anything in the package is not as it was written, its agencies are made again, from what was read of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any

from ogi.checks.agencies import Known
from ogi.checks.likeness import Sketch
from ogi.errors import BadPackage
from ogi.kept_texts import KeptTexts, digest_of
from ogi.model import Collected, Report
from ogi.package import Rendered, load

PLAIN = ("path", "format", "sha256", "size", "outcome", "report_id", "message", "superseded_by")


@dataclass(frozen=True, slots=True)
class Part:
    """One report's lines, how many of its own checks fail, and sketches of what it says, to hold against other agencies'."""

    rendered: Rendered
    failing: int
    sketches: tuple[Sketch, ...] = ()


class KeptParts:
    """Those of one package; `cache` None keeps nothing. `done` once the package stands in its place."""

    def __init__(self, cache: Path | None, package: Path) -> None:
        self._texts = KeptTexts(cache / "parts" if cache else None)
        self._package = package.resolve()
        stood, *keys = (self._texts.take(str(self._package)) or "").split("\n")
        self._last = frozenset(keys) if keys and self._stands(stood) else frozenset()
        self._now: list[str] = []

    def _stands(self, descriptor: str) -> bool:
        """Whether the package has this descriptor, and every byte that it promises."""
        if digest_of(self._package / "datapackage.json") != descriptor:
            return False
        try:
            load(self._package).verify()
        except BadPackage:
            return False
        return True

    def take(self, key: str | None, files: Sequence[Collected]) -> list[Part] | None:
        """None where the agency is not in the last package as it is now."""
        if key is None or key not in self._last or (text := self._texts.take(key)) is None:
            return None
        self._now.append(key)
        return from_json(text, files)

    def put(self, key: str | None, made: Sequence[Part]) -> None:
        """`key` None: it cannot be told whether the agency changes."""
        if key is not None:
            self._texts.put(key, to_json(made))
            self._now.append(key)

    def done(self) -> None:
        self._texts.put(str(self._package), "\n".join([digest_of(self._package / "datapackage.json"), *self._now]))


class KeptPairs:
    """How alike two sections are, by their digests; `known` is that of the last build, and is kept as it is when `done`."""

    def __init__(self, cache: Path | None, package: Path) -> None:
        self._texts, self._key = KeptTexts(cache / "pairs" if cache else None), str(package.resolve())
        lines = (self._texts.take(self._key) or "").split()
        self.known: Known = {
            (bytes.fromhex(one), bytes.fromhex(other)): int(percent)
            for one, other, percent in zip(lines[::3], lines[1::3], lines[2::3], strict=True)
        }

    def done(self) -> None:
        said = (f"{one.hex()} {other.hex()} {percent}" for (one, other), percent in self.known.items())
        self._texts.put(self._key, "\n".join(said))


def to_json(made: Sequence[Part]) -> str:
    """One agency's parts; agency and entry stay out, `from_json` has them from the files."""
    return json.dumps([_plain(one) for one in made], ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, files: Sequence[Collected]) -> list[Part]:
    """The inverse, for the same files, but for the lines that stand elsewhere."""
    by_path = {file.path: file for file in files}
    return [_made(one, by_path) for one in json.loads(text)]


def _plain(one: Part) -> list[object]:
    made = one.rendered
    head = [getattr(made.report, name) for name in PLAIN]
    references = sorted(list(reference) for reference in made.references)
    sketches = [[s.section, s.names, s.digest.hex(), s.bins.hex()] for s in one.sketches]
    return [head, made.year, dict(made.lines), references, made.nil, made.own, one.failing, sketches]


def _made(plain: list[Any], files: dict[str, Collected]) -> Part:
    head, year, lines, references, nil, own, failing, plain_sketches = plain
    file = files[head[0]]
    values = dict(zip(PLAIN, head, strict=True))
    report = Report(**values, agency=file.agency, entry=file.entry, reading=None)
    rendered = Rendered(report, year, lines, frozenset(map(tuple, references)), nil, bool(lines), own)
    sketches = (
        Sketch(intern(section), tuple(map(intern, names)), bytes.fromhex(digest), bytes.fromhex(bins))
        for section, names, digest, bins in plain_sketches
    )
    return Part(rendered, failing, tuple(sketches))
