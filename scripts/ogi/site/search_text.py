"""The full-text index: the prose of every live report, put into Pagefind after pages are stamped.

Comes in: bundles. Goes out: `search/text/<n>/`, each an index of some provinces. Must not know: pages, the
script that asks.

Pagefind's own filters come out in another order each time. Year, province and sector are words of the
record instead, which a question asks for beside its phrases: the same reports give the same bytes. An index
whose records are those of the last build is taken from it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ogi.errors import BadPackage
from ogi.site.book import Bundle
from ogi.site.kept import Kept
from ogi.site.text import plain

SMALL, LARGE = 3_000, 20_000  # reports: below, one index; above, eight
# Between them, four: 10,000 reports take 0.9 GB of memory and 20 seconds, one more report a quarter of it. A question asks
# all: one for a sentence that all reports say takes longer in a large index, one more index a twentieth of a second.
SEVERAL, MANY = 4, 8
KINDS = (".pf_meta", ".pf_index", ".pf_fragment")
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.unknown.pagefind")


class TextIndex:
    """`add` every report, then `write`. `total` only decides how many indexes there are."""

    def __init__(self, folder: Path, kept: Kept, total: int) -> None:
        self.folder, self.kept = folder, kept
        self.spread = 1 if total <= SMALL else SEVERAL if total <= LARGE else MANY
        self.spooled = tempfile.TemporaryDirectory(prefix="ogi-text-")
        self.files: dict[int, BinaryIO] = {}
        self.digests: dict[int, hashlib.blake2b] = {}

    def add(self, bundle: Bundle) -> None:
        report, agency = bundle.report, bundle.agency
        text = "\n".join(plain(row["text"]) for row in bundle.parts["sections"] if row["text"])
        if report["superseded_by"] or not text.strip():
            return
        words = filter_words(report["year"], agency["region_code"], agency["sector"])
        content = f"{text}\n{' '.join(words)}"
        record = {"url": report["report_id"], "content": content, "language": "zh"}
        rest = {"meta": {}, "filters": {}, "sort": {}}
        self._put(
            int(agency["region_code"][:2]) % self.spread,
            {"type": "AddRecord", "index_id": 0, **record, **rest},
        )

    def write(self) -> tuple[int, int]:
        """(how many indexes, their size); they are numbered from 1."""
        size = 0
        for number, shard in enumerate(sorted(self.files), 1):
            self.files[shard].close()
            target = self.folder / str(number)
            key = self.kept.key("text", self.digests[shard].hexdigest())
            if self.kept.take(key, target) is None:
                _index(self._spool(shard), target)
                self.kept.keep(key, target, _files(target))
            size += sum((target / name).stat().st_size for name in _files(target))
        self.spooled.cleanup()
        return len(self.files), size

    def _put(self, shard: int, payload: dict[str, object]) -> None:
        if shard not in self.files:
            self.files[shard] = self._spool(shard).open("wb")
            self.digests[shard] = hashlib.blake2b(digest_size=20)
            self._put(shard, {"type": "NewIndex", "config": {"force_language": "zh"}})
        line = _request(payload)
        self.digests[shard].update(line)
        self.files[shard].write(line)

    def _spool(self, shard: int) -> Path:
        return Path(self.spooled.name) / f"{shard}.requests"


def filter_words(year: str, region_code: str, sector: str) -> list[str]:
    """Letters only, so that nothing cuts them: fy‹year›, fr‹province›, fs‹sector›; digits are a to j."""
    return [f"fy{_letters(year)}", f"fr{_letters(region_code[:2])}", f"fs{_letters(sector)}"]


def _index(spool: Path, target: Path) -> None:
    """Pagefind reads requests from its standard input, one after the other, and answers each."""
    from pagefind.service import get_executable

    program = get_executable()
    if program is None:
        raise BadPackage("pagefind", "the program is not installed", "run `make site`, which installs it")
    with spool.open("ab") as file:  # it says that files are written before they are: so they are asked for
        file.write(_request({"type": "GetFiles", "index_id": 0}))
    service = subprocess.Popen(
        [str(program), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    feeder = threading.Thread(target=_feed, args=(spool, service.stdin), daemon=True)
    feeder.start()
    files: list[dict[str, str]] = []
    try:
        for answer in _answers(service.stdout):
            if answer["type"] == "Error":
                raise _failed(str(answer["message"]))
            if answer["type"] == "GetFiles":
                files = answer["files"]
                break
    finally:  # it ends when its input does, whatever it is at
        service.kill()
        feeder.join()
        service.wait()
        service.stdout.close()
        with suppress(BrokenPipeError):
            service.stdin.close()
    if not files:
        raise _failed("it ended before its work was done")
    for file in files:
        path = PurePosixPath(file["path"])
        if path.name in NEEDED or path.suffix in KINDS:  # the rest draws a box of its own
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(base64.b64decode(file["content"]))


def _request(payload: dict[str, object]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + b","


def _feed(spool: Path, stdin: BinaryIO) -> None:
    try:
        with spool.open("rb") as requests:
            shutil.copyfileobj(requests, stdin)
            stdin.flush()
    except BrokenPipeError:  # it was ended, and whoever did that knows
        pass


def _answers(stdout: BinaryIO) -> Iterator[dict]:
    parts: list[bytes] = []
    while more := stdout.read1(1 << 20):
        *whole, rest = more.split(b",")
        for line in whole:
            yield json.loads(base64.b64decode(b"".join((*parts, line))))["payload"]
            parts = []
        parts.append(rest)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _letters(code: str) -> str:
    return "".join(
        chr(ord("a") + int(c)) if c.isdigit() else c for c in code.lower() if c.isascii() and c.isalnum()
    )


def _failed(why: str) -> BadPackage:
    return BadPackage(
        "pagefind",
        f"the full-text index was not made: {why}",
        "see that memory and disk suffice; build again",
    )
