"""A bi-level picture as scanners' programs put it into an OFD (JBIG2, ITU-T T.88), opened by pdfium in a PDF around it.

Comes in: bytes of a .jb2. Goes out: the picture. Must not know: pages.
"""

from __future__ import annotations

import struct

from PIL import Image

from ogi.errors import Unreadable
from ogi.readers.pdf.file import DPI
from ogi.readers.pdf.file import opened as pdf_opened
from ogi.readers.remedies import ADD_AS_PDF

MAGIC = b"\x97JB2\r\n\x1a\n"
MOST_PIXELS = 200_000_000
_SEQUENTIAL, _PAGES_UNKNOWN = 1, 2
_PAGE = 48  # the type of the segment that says how large the page is
POINTS_A_PIXEL = 72 / DPI


def opened(data: bytes) -> Image.Image:
    """Unreadable where it is broken, far too large, or laid out in an order that no PDF takes."""
    flags = data[8] if len(data) > 8 else 0
    body = data[9 if flags & _PAGES_UNKNOWN else 13:]
    if not flags & _SEQUENTIAL or len(body) < 19 or body[4] & 0x3F != _PAGE:
        raise Unreadable("scan", "JBIG2 图片的写法不常见 a JBIG2 picture written in an unusual way", ADD_AS_PDF)
    width, height = struct.unpack(">II", body[11:19])
    if not 0 < width * height <= MOST_PIXELS:
        found = f"图片大小不对：{width} x {height} 像素 a picture of {width} x {height} pixels"
        raise Unreadable("scan", found, ADD_AS_PDF)
    with pdf_opened(_around(body, width, height)) as file:
        return file.picture(1)


def _around(body: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that the picture fills, a pixel for each pixel."""
    across, down = width * POINTS_A_PIXEL, height * POINTS_A_PIXEL
    shown = f"{across:.3f} 0 0 {down:.3f} 0 0 cm /I Do".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across:.3f} {down:.3f}]/Resources<</XObject<</I 5 0 R>>>>".encode()
        + b"/Contents 4 0 R>>",
        _stream(f"/Length {len(shown)}", shown),
        _stream(f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray"
                f"/Filter/JBIG2Decode/Length {len(body)}", body),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (size, table, size, len(out))


def _stream(head: str, data: bytes) -> bytes:
    return b"<<%b>>stream\n%b\nendstream" % (head.encode(), data)
