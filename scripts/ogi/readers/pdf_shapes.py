"""The bytes of a PDF -> the same number of bytes without the shapes of characters that a browser drew one by one.

A browser prints a font that it may not embed as fonts of Type 3, a hundred in a report, in which each character is a
little page of its own; pdfium reads them all to learn their boxes. A reader of text needs widths, Unicode and one box.
Must not know: what pdfium then reads. For pictures of a page, take the file as it came.
"""

from __future__ import annotations

import re
import zlib

_FONT = re.compile(
    rb"/FontMatrix \[([-. \d]{1,80})\]\n/FirstChar 0\n([^>]{1,400}?)/Widths \[([-. \d]+)\]\n"
    rb"/Encoding <</Type /Encoding\n/Differences \[0 ((?:/g[0-9A-F]+ ?)+)\]>>\n/CharProcs <</g0 (\d+) 0 R[^>]*>>")
_NAMED = re.compile(rb"((?:/g0 )*)/g[1-9A-F]")
_STREAM = re.compile(rb"\n\d+ 0 obj\n<<(/Filter /FlateDecode)\n/Length \d+>> stream\n")
_BOX = re.compile(rb"[-.\d]+ 0( [-.\d]+ [-.\d]+)( [-.\d]+ [-.\d]+) d1")


def without_shapes(data: bytes) -> bytes:
    """Every character of such fonts gets the shape of the one that stands for no character, and that is emptied."""
    out = bytearray(data)
    shapes: dict[bytes, bytes] = {}  # by the fonts' scale
    for font in _FONT.finditer(data):
        matrix, between, widths, names, shape = font.groups()
        if matrix not in shapes:
            shapes[matrix] = shape if _emptied(out, shape) else b""
        codes, code = [], -1
        for unnamed in _NAMED.findall(names):
            code += len(unnamed) // len(b"/g0 ") + 1
            codes.append(code)
        if not codes or not shapes[matrix]:
            continue
        used = b"/g0 ".join(map(b"%d".__mod__, codes))
        light = (  # pdfium takes the heights of a font from the codes 65 and 103, «A» and «g» in others
            b"/FontMatrix [%s]/FirstChar %d\n%s/Widths [%s]/Encoding<</Differences [65/g0 103/g0 %s/g0]>>/CharProcs<</g0 %s 0 R>>"
            % (matrix, codes[0], between, widths.split(b" ", codes[0])[-1], used, shapes[matrix]))
        if len(light) <= len(font[0]):
            out[font.start():font.end()] = light.ljust(len(font[0]))
    return bytes(out)


def _emptied(out: bytearray, shape: bytes) -> bool:
    """Leaves of the object that draws a shape only its box; False where it has none to leave."""
    stream = _STREAM.match(out, max(0, out.find(b"\n%s 0 obj\n" % shape)))
    if not stream:
        return False
    start, end = stream.end(), out.find(b"\nendstream", stream.end())
    try:
        box = _BOX.match(zlib.decompressobj().decompress(bytes(out[start:start + 200]), 100))
    except zlib.error:
        return False
    if not box or end - start < len(box[0]) or any(a == b for a, b in zip(box[1].split(), box[2].split(), strict=True)):
        return False
    name, at = stream[1], stream.start(1)
    out[start:end] = box[0].ljust(end - start)
    out[at:at + len(name)] = b" " * len(name)
    return True
