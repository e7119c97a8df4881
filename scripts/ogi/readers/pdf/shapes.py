"""The bytes of a PDF -> as many bytes without the shapes of characters that a browser drew one by one.

A browser prints a font that it may not embed as fonts of Type 3, a hundred in a report, in which each character is a
little page of its own; pdfium reads them all to learn their boxes. A reader of text needs widths and Unicode. Must not
know: what pdfium then reads. For pictures of a page, take the file as it came.
"""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

MOST_SCALES = 16  # a report has one or two; each costs a search of the file
_FONT = re.compile(
    rb"/FontMatrix \[([-. \d]{1,80})\]\n/FirstChar 0\n([^>]{1,400}?)/Widths \[([ \d]+)\]\n/Encoding <</Type /Encoding\n"
    rb"/Differences \[0 ((?:/g[0-9A-F]+ ?)+)\]>>\n/CharProcs <</g0 (\d+) 0 R\n/g[0-9A-F]+ (\d+) 0 R[^>]*>>")
_NAMED = re.compile(rb"((?:/g0 )*)/g[1-9A-F]")
_STREAM = re.compile(rb"\n\d+ 0 obj\n<<(/Filter /FlateDecode)\n/Length \d+>> stream\n")
_BOX = re.compile(rb"(\d+) 0 [-.\d]+ ([-.\d]+) [-.\d]+ ([-.\d]+) d1")


class _Shapes(NamedTuple):
    """Two objects without ink that stand for all of a scale: one as wide as a character without a meaning, one a tenth
    of it, since pdfium makes a character as wide as its shape at least."""

    wide: bytes
    narrow: bytes
    width: int


def without_shapes(data: bytes) -> bytes:
    """Every character of such fonts gets one of two shapes, of their boxes alone."""
    out = bytearray(data)
    scales: dict[bytes, _Shapes | None] = {}
    for font in _FONT.finditer(data):
        scale, between, widths, names, wide, narrow = font.groups()
        if scale not in scales and len(scales) < MOST_SCALES:
            scales[scale] = _emptied(out, wide, narrow)
        shapes = scales.get(scale)
        light = shapes and _light(scale, between, widths.split(), names, shapes)
        if light and len(light) <= len(font[0]):
            out[font.start():font.end()] = light.ljust(len(font[0]))
    return bytes(out)


def _light(scale: bytes, between: bytes, widths: list[bytes], names: bytes, shapes: _Shapes) -> bytes:
    codes, code = [], -1
    for unnamed in _NAMED.findall(names):
        code += len(unnamed) // len(b"/g0 ") + 1
        codes.append(code)
    if not codes or codes[-1] >= len(widths):
        return b""
    used = b" ".join([b"%d/g%d" % (code, int(widths[code]) < shapes.width) for code in codes])
    return (  # pdfium takes the heights of a font from the codes 65 and 103, «A» and «g» in others
        b"/FontMatrix [%s]/FirstChar %d\n%s/Widths [%s]" % (scale, codes[0], between, b" ".join(widths[codes[0]:]))
        + b"/Encoding<</Differences [65/g0 103/g0 %s]>>" % used
        + b"/CharProcs<</g0 %s 0 R/g1 %s 0 R>>" % (shapes.wide, shapes.narrow))


def _emptied(out: bytearray, wide: bytes, narrow: bytes) -> _Shapes | None:
    """Leaves of two drawn shapes nothing but boxes; None where they are not what is expected."""
    found = [_STREAM.match(out, max(0, out.find(b"\n%s 0 obj\n" % shape))) for shape in (wide, narrow)]
    streams = [stream for stream in found if stream]
    if len(streams) < 2:
        return None
    ends = [out.find(b"\nendstream", stream.end()) for stream in streams]
    try:
        box = _BOX.match(zlib.decompressobj().decompress(bytes(out[streams[0].end():streams[0].end() + 200]), 100))
    except zlib.error:
        return None
    if not box or box[2] == box[3]:
        return None
    width, low, high = int(box[1]), box[2], box[3]
    boxes = [b"%d 0 0 %s %d %s d1" % (width, low, right, high) for right in (width, width // 10)]
    if any(end - stream.end() < len(light) for stream, end, light in zip(streams, ends, boxes, strict=True)):
        return None
    for stream, end, light in zip(streams, ends, boxes, strict=True):
        (name, at), start = (stream[1], stream.start(1)), stream.end()
        out[start:end] = light.ljust(end - start)
        out[at:at + len(name)] = b" " * len(name)
    return _Shapes(wide, narrow, width)
