"""A PDF opened with pdfium: counted, guarded, page by page.

Comes in: bytes. Goes out: pages as drawn, or as pictures. Must not know: tables, text, what a page means.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image

from ogi.errors import Unreadable
from ogi.readers.page.drawn import Drawn
from ogi.readers.pdf import calls as pdfium
from ogi.readers.pdf.page import draw
from ogi.readers.pdf.shapes import without_shapes
from ogi.readers.remedies import FETCH

DPI = 200
MOST_PIXELS = 40_000_000
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: (
        "文件有密码保护，要密码才能打开 it is encrypted: a password is needed to open it",
        "向该机关要没有密码的文件，或打印成新的 PDF "
        "ask the agency for a copy without a password, or print it to a new PDF",
    ),
    pdfium.FPDF_ERR_SECURITY: (
        "不支持文件的加密方式 it is encrypted in a way that is not supported",
        "打印成新的 PDF print it to a new PDF",
    ),
}
_BROKEN = ("不是完整的 PDF，残缺或已损坏 it is no whole PDF: cut off or damaged", FETCH)
_ASIDE = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_STAMP)
_field = ctypes.create_string_buffer(8)  # a name of three letters, in UTF-16, and its end
_STREAM = re.compile(rb"stream\r?\n")
LARGE_STREAM = 60_000  # bytes: packed smaller, a stream cannot unpack to more than about 60 MB
BOMB_RATIO = 300


@dataclass(frozen=True, slots=True)
class Opened:
    data: bytes
    handle: int
    pages: int

    def draw(self, number: int) -> Drawn:
        with _page(self.handle, number) as page:
            if not (_annotated(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)):
                return draw(page)
        with _page(self.handle, number) as page:
            return draw(page)

    def picture(self, number: int) -> Image.Image:
        """The page as shown, in RGB, at DPI or less."""
        with _document(self.data) as whole, _page(whole, number) as page:
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            return _rendered(page, max(1, round(width * scale)), max(1, round(height * scale)))


@contextmanager
def opened(data: bytes) -> Iterator[Opened]:
    """The PDF, closed again at the end; Unreadable where it cannot be opened."""
    _refuse_bombs(data)
    with _document(without_shapes(data)) as handle:
        pages = pdfium.FPDF_GetPageCount(handle)
        if pages < 1:
            raise Unreadable("pdf", "文件里没有页 it has no pages", FETCH)
        yield Opened(data, handle, pages)


@contextmanager
def _document(data: bytes) -> Iterator[int]:
    pdfium.FPDF_InitLibrary()
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise Unreadable("pdf", *_ERRORS.get(pdfium.FPDF_GetLastError(), _BROKEN))
    try:
        yield handle
    finally:
        pdfium.FPDF_CloseDocument(handle)


@contextmanager
def _page(document: int, number: int) -> Iterator[int]:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        found = f"第 {number} 页打不开，文件已损坏 page {number} cannot be loaded: the file is damaged"
        raise Unreadable("pdf", found, FETCH)
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _annotated(page: int) -> bool:
    """Whether the page shows what does not stand in its own text: fields of a form, notes typed or drawn upon it. Links,
    seals and signatures are taken off."""
    count = pdfium.FPDFPage_GetAnnotCount(page)
    for i in reversed(range(count)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        aside = pdfium.FPDFAnnot_GetSubtype(annotation) in _ASIDE or _signature(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if aside:
            pdfium.FPDFPage_RemoveAnnot(page, i)
            count -= 1
    return count > 0


def _signature(annotation: int) -> bool:
    pdfium.FPDFAnnot_GetStringValue(annotation, b"FT", _field, ctypes.sizeof(_field))
    return _field.raw.decode("utf-16-le", "replace").startswith("Sig\0")


def _refuse_bombs(data: bytes) -> None:
    """A page description that unpacks to hundreds of megabytes; pictures may, being counted by their pixels."""
    marks = [(found.start(), found.end()) for found in _STREAM.finditer(data)]  # beginnings and ends alternate
    for (start, end), (after, _) in zip(marks, [*marks[1:], (len(data), 0)], strict=False):
        if after - end < LARGE_STREAM:
            continue
        head = data[max(0, start - 400):start]
        head = head[head.rfind(b"obj"):]
        if b"/Image" in head or b"FlateDecode" not in head:
            continue
        try:
            unpacked = zlib.decompressobj().decompress(data[end:end + 16_384], 16 << 20)
        except zlib.error:
            continue
        if len(unpacked) > BOMB_RATIO * 16_384:
            found = (
                f"里面有一段数据解压后超过原来的 {BOMB_RATIO} 倍 "
                f"a stream in it unpacks to over {BOMB_RATIO} times its size"
            )
            remedy = (
                "不要用这个文件；来源可靠的话，打印成新的 PDF "
                "do not trust this file; print it to a new PDF if its source is sound"
            )
            raise Unreadable("pdf", found, remedy)


def _rendered(page: int, width: int, height: int) -> Image.Image:
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        raise MemoryError(f"no room for a picture of {width} x {height} pixels")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        return Image.frombuffer("RGB", (width, height), buffer, "raw", "BGRX", stride, 1)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
