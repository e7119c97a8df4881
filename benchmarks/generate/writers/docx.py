"""A report as a Word file, its XML written by hand: spans, tracked changes, nested tables, text boxes.

Comes in: a `Made`. Goes out: bytes of a .docx. Must not know: python-docx, how the project reads.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from benchmarks.generate.model import Box, Layout, Made, Slot, Text, expand

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NS = (
    _W + ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WHEN = (2021, 1, 1, 0, 0, 0)
_PAGE = 9200  # text width in twentieths of a point
_AUTHOR = 'w:id="{n}" w:author="x" w:date="2021-01-01T00:00:00Z"'
MARK = "[bookmark: _GoBack]"


@dataclass(frozen=True, slots=True)
class Traits:
    """What this file has besides plain tables; `plain` files suit a conversion to other formats."""

    changes: bool = False
    split_runs: bool = False
    nested: bool = False
    text_box: bool = False
    furniture: bool = True
    small: bool = False


def write_docx(made: Made, plain: bool = False) -> bytes:
    """The report as a Word file; with `plain` nothing in it that other programs would draw differently."""
    rng = Random(f"docx {made.style}")
    some = [rng.random() < p for p in (0.3, 0.3, 0.15, 0.2, 0.6, 0.5)]
    traits = Traits(furniture=some[4], small=some[5]) if plain else Traits(*some)
    body = "".join(_block(block, rng, traits) for block in made.blocks)
    section = "<w:sectPr>" + (
        '<w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>'
        if traits.furniture
        else ""
    )
    section += (
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1300" '
        'w:right="1300" w:bottom="1300" w:left="1300"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _content_types(traits),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations(
            [("header", "header1.xml"), ("footer", "footer1.xml")] if traits.furniture else []
        ),
        "word/document.xml": f"{_HEAD}<w:document {_NS}><w:body>{body}{section}</w:body></w:document>",
    }
    if traits.furniture:
        parts["word/header1.xml"] = (
            f"{_HEAD}<w:hdr {_W}>{_paragraph(made.furniture + '2018年第3期', rng)}</w:hdr>"
        )
        parts["word/footer1.xml"] = f"{_HEAD}<w:ftr {_W}>{_paragraph('— 1 —', rng)}</w:ftr>"
    return pack(parts)


def pack(parts: dict[str, str | bytes]) -> bytes:
    """A zip with fixed dates, so that the same report gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _block(block: Text | Layout, rng: Random, traits: Traits) -> str:
    if isinstance(block, Layout):
        table = _table(block, rng, traits)
        if traits.nested:
            table = _one_cell(table + _paragraph("", rng))
        return table + _paragraph("", rng)
    if block.level == 1 and traits.text_box:
        return _boxed(block.text, rng)
    return _paragraph(block.text, rng, block.level, changes=traits.changes and block.level == 0)


def _paragraph(
    text: str, rng: Random, level: int = 0, changes: bool = False, split: bool = False, small: bool = False
) -> str:
    style = '<w:pPr><w:jc w:val="center"/></w:pPr>' if level == 1 else ""
    size = 36 if level == 1 else 18 if small else 24
    look = f'<w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="{size}"/></w:rPr>'
    mark = ""
    if text.startswith(MARK):
        text, mark = (
            text[len(MARK) :],
            '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>',
        )
    runs = [_run(piece, look) for piece in (list(text) if split else [text]) if piece]
    if changes and text and rng.random() < 0.3:
        author = _AUTHOR.format(n=rng.randint(10, 9999))
        gone = f"<w:del {author}><w:r>{look}<w:delText>{rng.randint(1, 99)}</w:delText></w:r></w:del>"
        runs = [gone, f"<w:ins {author}>{''.join(runs)}</w:ins>"]
    return f"<w:p>{style}{mark}{''.join(runs)}</w:p>"


def _run(text: str, look: str) -> str:
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"


def _table(layout: Layout, rng: Random, traits: Traits) -> str:
    unit = _PAGE / sum(layout.widths)
    widths = [round(w * unit) for w in layout.widths]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    rows = "".join(_row(row, widths, rng, traits) for row in expand(layout))
    edges = "".join(
        f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for e in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = (
        f'<w:tblPr><w:tblW w:w="{_PAGE}" w:type="dxa"/><w:tblBorders>{edges}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(row: list[Slot | None], widths: list[int], rng: Random, traits: Traits) -> str:
    cells, col = [], 0
    while col < len(row):
        slot = row[col]
        box = slot.box if slot else Box("")
        cells.append(_cell(box, slot, sum(widths[col : col + box.colspan]), rng, traits))
        col += box.colspan
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _cell(box: Box, slot: Slot | None, width: int, rng: Random, traits: Traits) -> str:
    span = f'<w:gridSpan w:val="{box.colspan}"/>' if box.colspan > 1 else ""
    merge = ""
    if box.rowspan > 1 and slot:
        merge = "<w:vMerge/>" if slot.from_above else '<w:vMerge w:val="restart"/>'
    text = "" if slot is None or slot.from_above else box.text
    changes = traits.changes and box.key is not None and bool(text)
    lines = text.split("\n") if box.head and rng.random() < 0.5 else [text]
    inner = "".join(
        _paragraph(line, rng, changes=changes, split=traits.split_runs and bool(box.key), small=traits.small)
        for line in lines
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{inner}</w:tc>'


def _one_cell(inner: str) -> str:
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_PAGE}" w:type="dxa"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_PAGE}"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{_PAGE}" w:type="dxa"/></w:tcPr>{inner}</w:tc></w:tr></w:tbl>'
    )


def _boxed(text: str, rng: Random) -> str:
    """A text box as Word writes it: the drawing, and the same words again for older programs."""
    words = f"<w:txbxContent>{_paragraph(text, rng)}</w:txbxContent>"
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="5000000" cy="600000"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = (
        f'<w:pict><v:shape style="width:400pt;height:50pt"><v:textbox>{words}</v:textbox></v:shape></w:pict>'
    )
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{base}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{items}</Relationships>"
    )


def _content_types(traits: Traits) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    names = [("document", "document.main")] + (
        [("header1", "header"), ("footer1", "footer")] if traits.furniture else []
    )
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{what}+xml"/>' for name, what in names
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )
