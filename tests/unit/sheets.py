"""Draws small pages for the reader tests: text, rules and boxes in points, origin top left, as a PDF.

Comes in: sheets made by a test. Goes out: bytes of a PDF (fonts not embedded: STSong-Light, UCS-2 codes).
Must not know: any reader.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Sheet:
    width: float = 595.0
    height: float = 842.0
    texts: list[tuple[float, float, float, str]] = field(default_factory=list)  # x, baseline, size, text
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    fills: list[tuple[float, float, float, float, str]] = field(default_factory=list)  # box, "r g b"

    def text(self, x: float, baseline: float, text: str, size: float = 10.5) -> None:
        self.texts.append((x, baseline, size, text))

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.lines.append((x0, y0, x1, y1))

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: str = "0.8 0.9 1") -> None:
        self.fills.append((x0, top, x1, bottom, colour))

    def table(
        self, x: float, top: float, widths: Sequence[float], rows: Sequence[Sequence[str]], height: float = 24.0,
        skip: Sequence[str] = (), size: float = 10.5,
    ) -> float:
        """A plain ruled table; «\\n» breaks lines, None-like '<' joins a cell to its left, '^' to the one above.
        `skip` leaves out the outer rules named `top`, `bottom`, `left`, `right`. Gives the y of its lower edge."""
        xs = [x + sum(widths[:i]) for i in range(len(widths) + 1)]
        ys = [top + height * i for i in range(len(rows) + 1)]
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text != "^" and not (r == 0 and "top" in skip):
                    self.line(xs[c], ys[r], xs[c + 1], ys[r])
                if text != "<" and not (c == 0 and "left" in skip):
                    self.line(xs[c], ys[r], xs[c], ys[r + 1])
                if text not in ("<", "^"):
                    for i, part in enumerate(text.split("\n")):
                        self.text(xs[c] + 5, ys[r] + size + 3 + i * size * 1.2, part, size)
            if "right" not in skip:
                self.line(xs[-1], ys[r], xs[-1], ys[r + 1])
        if "bottom" not in skip:
            self.line(xs[0], ys[-1], xs[-1], ys[-1])
        return ys[-1]


def pdf(
    sheets: Sequence[Sheet], rotate: int = 0, in_form: bool = False, turn: int = 0, extra: bytes = b"",
    encrypt: bytes = b"",
) -> bytes:
    """`rotate` is the page's /Rotate; `turn` turns the content itself by 90 degrees; `in_form` draws by a form."""
    objects: list[bytes] = [b"", b"", (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4"
        b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )]
    kids = []
    for sheet in sheets:
        content = _content(sheet)
        width, height = sheet.width, sheet.height
        if turn:
            content = b"q 0 1 -1 0 %s 0 cm\n" % _n(height) + content + b"\nQ"
            width, height = height, width
        resources = b"<</Font<</F 3 0 R>>>>"
        if in_form:
            objects.append(_stream(b"1 0 0 1 7 -11 cm\n" + content, b"/Type/XObject/Subtype/Form/BBox[0 0 %s %s]"
                                   b"/Matrix[1 0 0 1 -7 11]/Resources%s" % (_n(width), _n(height), resources)))
            resources = b"<</XObject<</X %d 0 R>>>>" % len(objects)
            content = b"q /X Do Q"
        objects.append(_stream(content + extra, b""))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Rotate %d/Resources%s/Contents %d 0 R>>" % (
            _n(width), _n(height), rotate, resources, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return assemble(objects, encrypt)


def assemble(objects: Sequence[bytes], encrypt: bytes = b"") -> bytes:
    out = b"%PDF-1.6\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, encrypt, start)


def _content(sheet: Sheet) -> bytes:
    out = []
    for x0, top, x1, bottom, colour in sheet.fills:
        out.append(f"{colour} rg {x0} {sheet.height - bottom} {x1 - x0} {bottom - top} re f 0 0 0 rg")
    out.append("0.5 w")
    for x0, y0, x1, y1 in sheet.lines:
        out.append(f"{x0} {sheet.height - y0} m {x1} {sheet.height - y1} l S")
    for x, baseline, size, text in sheet.texts:
        code = text.encode("utf-16-be").hex()
        out.append(f"BT /F {size} Tf 1 0 0 1 {x} {sheet.height - baseline} Tm <{code}> Tj ET")
    return "\n".join(out).encode()


def _stream(content: bytes, entries: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def _n(value: float) -> bytes:
    return str(value).encode()
