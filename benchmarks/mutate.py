"""Documents broken on purpose: bytes flipped, cut, doubled, spliced; inside a zip's members too.

Comes in: a random generator, documents of one format. Goes out: bytes. Must not know: readers.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from benchmarks.mutate_content import element, in_text

Change = Callable[[Random, bytes], bytes]

_HEADS = {
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "ofd": b"PK\x03\x04",
    "pdf": b"%PDF-1.7\n",
    "html": b"<html>",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "scan": b"\x89PNG\r\n\x1a\n",
}
# What stands in documents and means something to a parser.
# fmt: off
_WORDS = (
    b"<td>", b"</td>", b"<table>", b"</tr>", b'colspan="99999999"', b'rowspan="0"', b"<w:tc>", b"</w:tbl>",
    b"<w:vMerge/>", b'w:val="-1"', b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"]]>", b"<!--", b"&#0;",
    b"&#x110000;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"0" * 40, b"9" * 400, b"-1", b"1e999", b"NaN",
    b"\xe2\x80\xae", b"\xef\xbc\x91", b"|" * 300, b"\t" * 300, b"\r\r\r", b"\n\n\n\n",
    "一、本年新收政府信息公开申请数量".encode(), "（七）总计".encode(), "第二十条第（一）项".encode(),
    "三、本年度办理结果".encode(), b"endstream", b"endobj", b"/Length 99999999", b"stream\n",
    b"/Kids [1 0 R]", b"xref", b"0 0 0 0 re f", b"BT ET q Q",
)
# fmt: on


def broken(rng: Random, documents: Sequence[bytes], format_: str) -> bytes:
    """One document of the format, mutated one to eight times; now and then random bytes behind its magic.

    Most mutants stay well-formed for their container, so that more than the first parser is met.
    """
    if rng.random() < 0.05:
        return _HEADS.get(format_, b"") * rng.randint(0, 1) + rng.randbytes(rng.randint(0, 4000))
    data, times, kind = rng.choice(documents), rng.choice((1, 1, 2, 4, 8)), rng.random()
    if data.startswith(b"PK") and kind < 0.9:
        return _in_zip(rng, data, times, element if kind < 0.7 else None)
    if format_ in ("txt", "html") and kind < 0.7:
        return in_text(rng, data, times)
    changes = (_flip, _digit) if format_ in ("doc", "pdf", "scan") and kind < 0.7 else _CHANGES
    for _ in range(times):
        data = _mutated(rng, data, documents, changes)
    return data


def _mutated(rng: Random, data: bytes, others: Sequence[bytes], changes: Sequence[Change]) -> bytes:
    if changes is _CHANGES and rng.random() < 0.08:
        other = rng.choice(others)
        return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]
    return rng.choice(changes)(rng, data)


def _in_zip(rng: Random, data: bytes, times: int, change: Change | None) -> bytes:
    """The same members, one or more of them changed (anyhow where `change` is None), in a whole zip."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        hit = rng.choices(names, [source.getinfo(name).file_size + 50 for name in names], k=times)
        for name in names:
            content = source.read(name)
            if name in hit and change is None and rng.random() < 0.03:
                continue
            for _ in range(hit.count(name)):
                content = (change or rng.choice(_CHANGES))(rng, content)
            target.writestr(name, content)
    return out.getvalue()


def _flip(rng: Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 20)) if out else 0):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _cut(rng: Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _drop(rng: Random, data: bytes) -> bytes:
    start, size = _place(rng, data)
    return data[:start] + data[start + size :]


def _double(rng: Random, data: bytes) -> bytes:
    start, size = _place(rng, data)
    return data[: start + size] + data[start : start + size] * rng.choice((1, 2, 30)) + data[start + size :]


def _move(rng: Random, data: bytes) -> bytes:
    start, size = _place(rng, data)
    rest = data[:start] + data[start + size :]
    to = rng.randint(0, len(rest))
    return rest[:to] + data[start : start + size] + rest[to:]


def _word(rng: Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_WORDS) + data[at:]


def _digit(rng: Random, data: bytes) -> bytes:
    """A number of the file (a length, an offset, a span, a value) becomes another one."""
    places = [n for n in range(len(data)) if 48 <= data[n] <= 57][:: max(1, len(data) // 4000)]
    if not places:
        return data
    at = rng.choice(places)
    return data[:at] + rng.choice((b"0", b"9", b"-1", b"99999", b"2147483648", b"")) + data[at + 1 :]


def _place(rng: Random, data: bytes) -> tuple[int, int]:
    size = min(len(data), rng.choice((1, 8, 100, 2000)))
    return rng.randint(0, len(data) - size), size


_CHANGES: tuple[Change, ...] = (_flip, _flip, _cut, _drop, _double, _move, _word, _word, _digit)
