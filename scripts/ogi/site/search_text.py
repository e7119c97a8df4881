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
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from io import BufferedReader
from pathlib import PurePosixPath
from typing import IO

from ogi.errors import BadPackage
from ogi.site.book import Bundle
from ogi.site.kept_pages import Page, Section
from ogi.site.tally import text_of

SMALL, LARGE = 3_000, 20_000  # reports: below, one index; above, eight
# Between them, four: 10,000 reports take 0.9 GB of memory and 20 seconds, one more report a quarter of it. A question asks
# all: one for a sentence that all reports say takes longer in a large index, one more index a twentieth of a second.
SEVERAL, MANY = 4, 8
KINDS = (".pf_meta", ".pf_index", ".pf_fragment")
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.unknown.pagefind")
FILE = re.compile(rb'\{"path":"([^"]*)","content":"([^"]*)"\}')


class TextIndex:
    """`add` every report that has prose, then `write`. `total` only decides how many indexes there are."""

    def __init__(self, total: int) -> None:
        self.spread = 1 if total <= SMALL else SEVERAL if total <= LARGE else MANY
        self.hangs_on: dict[int, hashlib.blake2b] = {}

    def add(self, bundle: Bundle) -> None:
        """Takes down what its index hangs on; nothing is read."""
        if not bundle.report["superseded_by"]:
            digest = self.hangs_on.setdefault(self._shard(bundle), hashlib.blake2b(digest_size=20))
            said = (bundle.report["report_id"], *_words(bundle), bundle.digests["sections"])
            digest.update(f"{' '.join(said)}\n".encode())

    def write(self, bundles: Callable[[], Iterable[Bundle]], section: Section) -> list[Page]:
        """The indexes, numbered from 1. `bundles` are gone through again for each that is not kept."""
        pages = []
        for number, shard in enumerate(sorted(self.hangs_on), 1):
            key = section.key(self.hangs_on[shard].hexdigest())
            requests = (_record(b) for b in bundles() if self._shard(b) == shard and not b.report["superseded_by"])
            pages.append(section.take(str(number), key) or section.keep(str(number), key, _index(requests)))
        return pages

    def _shard(self, bundle: Bundle) -> int:
        return int(bundle.agency["region_code"][:2]) % self.spread


def filter_words(year: str, region_code: str, sector: str) -> list[str]:
    """Letters only, so that nothing cuts them: fy‹year›, fr‹province›, fs‹sector›; digits are a to j."""
    return [f"fy{_letters(year)}", f"fr{_letters(region_code[:2])}", f"fs{_letters(sector)}"]


def _words(bundle: Bundle) -> list[str]:
    return filter_words(bundle.report["year"], bundle.agency["region_code"], bundle.agency["sector"])


def _record(bundle: Bundle) -> dict[str, object]:
    content = f"{text_of(bundle)}\n{' '.join(_words(bundle))}"
    record = {"url": bundle.report["report_id"], "content": content, "language": "zh"}
    return {"type": "AddRecord", "index_id": 0, **record, "meta": {}, "filters": {}, "sort": {}}


def _index(records: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, bytes]]:
    """Pagefind reads requests from its standard input, one after the other, and answers each."""
    from pagefind.service import get_executable

    program = get_executable()
    if program is None:
        remedy = "运行 make site，它会安装 run `make site`, which installs it"
        raise BadPackage("pagefind", "程序没有安装 the program is not installed", remedy)
    with tempfile.TemporaryFile(prefix="ogi-text-") as spool:
        spool.write(_request({"type": "NewIndex", "config": {"force_language": "zh"}}))
        spool.writelines(map(_request, records))
        # It says that files are written before they are: so they are asked for.
        spool.write(_request({"type": "GetFiles", "index_id": 0}))
        spool.seek(0)
        service = subprocess.Popen(
            [str(program), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert service.stdin and isinstance(service.stdout, BufferedReader)  # as asked for
        feeder = threading.Thread(target=_feed, args=(spool, service.stdin), daemon=True)
        feeder.start()
        try:
            for name, content in _answered(service.stdout):
                path = PurePosixPath(name)
                if path.name in NEEDED or path.suffix in KINDS:  # the rest draws a box of its own
                    yield name, content
        finally:  # it ends when its input does, whatever it is at
            service.kill()
            feeder.join()
            service.wait()
            service.stdout.close()
            with suppress(BrokenPipeError):
                service.stdin.close()


def _request(payload: Mapping[str, object]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + b","


def _feed(spool: IO[bytes], stdin: IO[bytes]) -> None:
    try:
        shutil.copyfileobj(spool, stdin)
        stdin.flush()
    except BrokenPipeError:  # it was ended, and whoever did that knows
        pass


def _answered(stdout: BufferedReader) -> Iterator[tuple[str, bytes]]:
    """The files (name, content) of the index, one at a time: the answer that holds them is as large as the index."""
    found, answer = False, b""
    for piece, ended in _pieces(stdout):
        answer += piece
        end = 0
        for match in FILE.finditer(answer):
            yield match[1].decode(), base64.b64decode(match[2])
            found, end = True, match.end()
        answer = answer[end:]
        if ended and found:
            return
        if ended and (payload := json.loads(answer)["payload"])["type"] == "Error":
            raise _failed(str(payload["message"]))
        answer = b"" if ended else answer
    raise _failed("it ended before its work was done")


def _pieces(stdout: BufferedReader) -> Iterator[tuple[bytes, bool]]:
    """Answers as they come, decoded, and whether one ends; a comma stands after each."""
    rest = b""
    while more := stdout.read1(1 << 20):
        *whole, rest = (rest + more).split(b",")
        for line in whole:
            yield base64.b64decode(line), True
        even = len(rest) // 4 * 4
        if even:
            yield base64.b64decode(rest[:even]), False
        rest = rest[even:]


def _letters(code: str) -> str:
    return "".join(
        chr(ord("a") + int(c)) if c.isdigit() else c for c in code.lower() if c.isascii() and c.isalnum()
    )


def _failed(why: str) -> BadPackage:
    return BadPackage(
        "pagefind",
        f"没有做成全文索引 the full-text index was not made: {why}",
        "检查内存和磁盘是否够用，再生成一次 see that memory and disk suffice; build again",
    )
