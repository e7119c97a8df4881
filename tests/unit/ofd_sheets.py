"""Writes small OFD files for the reader tests, after the text of GB/T 33190-2016.

Comes in: sheets in points. Goes out: bytes of an OFD (millimetres, one text object a text, runs of DeltaX).
Must not know: any reader.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from sheets import Sheet

MM = 25.4 / 72
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(sheets: Sequence[Sheet], template: Sheet | None = None, extra: str = "", ctm: str = "",
        parts: Mapping[str, bytes] | None = None) -> bytes:
    """`template` lies under every page; `extra` is XML put into each layer; `parts` are further members."""
    pages = "".join(f'<ofd:Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(sheets)))
    under = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    members = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
                   "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>"
                              "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                              "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
                              f"{under}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
    }
    if template:
        members["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template, "", "", "")
    for i, sheet in enumerate(sheets):
        used = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if template else ""
        members[f"Doc_0/Pages/Page_{i}/Content.xml"] = _page(sheet, used, extra, ctm)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _page(sheet: Sheet, used: str, extra: str, ctm: str) -> str:
    matrix = f' CTM="{ctm}"' if ctm else ""
    whole = f'Boundary="0 0 {_mm(sheet.width)} {_mm(sheet.height)}"{matrix}'
    body = []
    for x0, top, x1, bottom, colour in sheet.fills:
        value = " ".join(str(round(float(part) * 255)) for part in colour.split())
        body.append(f'<ofd:PathObject ID="1" {whole} Stroke="false" Fill="true"><ofd:FillColor Value="{value}"/>'
                    f"<ofd:AbbreviatedData>M {_mm(x0)} {_mm(top)} L {_mm(x1)} {_mm(top)} L {_mm(x1)} {_mm(bottom)} "
                    f"L {_mm(x0)} {_mm(bottom)} C</ofd:AbbreviatedData></ofd:PathObject>")
    for x0, y0, x1, y1 in sheet.lines:
        body.append(f'<ofd:PathObject ID="1" {whole} LineWidth="0.18"><ofd:AbbreviatedData>M {_mm(x0)} {_mm(y0)} '
                    f"L {_mm(x1)} {_mm(y1)}</ofd:AbbreviatedData></ofd:PathObject>")
    for x, baseline, size, text in sheet.texts:
        if text:
            body.append(_text(x, baseline, size, text, whole))
    layer = f'<ofd:Layer ID="5" Type="Body">{"".join(body)}{extra}</ofd:Layer>'
    box = f"<ofd:Area><ofd:PhysicalBox>0 0 {_mm(sheet.width)} {_mm(sheet.height)}</ofd:PhysicalBox></ofd:Area>"
    return f"<ofd:Page {NAMESPACE}>{box}{used}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def _text(x: float, baseline: float, size: float, text: str, whole: str) -> str:
    steps = [_mm(size * (0.5 if char.isascii() else 1.0)) for char in text[:-1]]
    runs: list[str] = []
    for step in steps:  # as the standard packs them: «g count value»
        if runs and runs[-1].endswith(f" {step}"):
            runs[-1] = f"g {int(runs[-1].split()[1]) + 1} {step}"
        else:
            runs.append(f"g 1 {step}")
    deltas = f' DeltaX="{" ".join(runs)}"' if runs else ""
    return (f'<ofd:TextObject ID="1" {whole} Font="3" Size="{_mm(size)}"><ofd:TextCode X="{_mm(x)}" '
            f'Y="{_mm(baseline)}"{deltas}>{escape(text)}</ofd:TextCode></ofd:TextObject>')


def _mm(points: float) -> float:
    return round(points * MM, 4)
