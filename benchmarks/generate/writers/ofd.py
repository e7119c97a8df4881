"""A report as OFD (GB/T 33190-2016): a zip of XML pages with positioned text and paths, in millimetres.

Comes in: a `Made`. Goes out: bytes of a .ofd. No agency's file could be had: this follows the standard's text, and the habits of
makers whose invoices, certificates and papers are public. Must not know: how the project reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from random import Random
from xml.sax.saxutils import escape

from benchmarks.generate.model import Made
from benchmarks.generate.writers.docx import pack
from benchmarks.generate.writers.paper import HEIGHT, WIDTH, Stroke, Words, advance, pages

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_FONT, _PEN = 3, 4
HABITS = ("lines", "characters", "units")


def write_ofd(made: Made) -> bytes:
    """The report as OFD; the style decides how rulings and the advance of characters are written."""
    rng = Random(f"ofd {made.style}")
    ids = count(10)
    parts: dict[str, str | bytes] = {
        "OFD.xml": (
            f'{_HEAD}<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody>'
            f"<ofd:DocInfo><ofd:DocID>{made.style:032x}</ofd:DocID>"
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )
    }
    laid = pages(made, rng.choice((2.8, 3.2, 3.5)))
    lines_as_boxes, runs = rng.random() < 0.5, rng.choice(("g", "list"))
    habit, scale = rng.choice(HABITS), rng.choice((1.0, 25.4 / 72))
    listed = units = ""
    for n, page in enumerate(laid):
        drawn = [_stroke(stroke, next(ids), lines_as_boxes) for stroke in page.strokes]
        drawn += [_words(part, next(ids), runs, scale) for words in page.words for part in _parts(words, habit)]
        if habit == "units":
            drawn, made_units = _by_reference(drawn, ids)
            units += made_units
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = _page("".join(drawn), ids)
        listed += f'<ofd:Page ID="{next(ids)}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
    parts["Doc_0/PublicRes.xml"] = (
        f'{_HEAD}<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="{_FONT}" FontName="宋体" '
        f'FamilyName="宋体"/></ofd:Fonts><ofd:DrawParams><ofd:DrawParam ID="{_PEN}"><ofd:FillColor Value="35 31 32"/>'
        f"</ofd:DrawParam></ofd:DrawParams><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    parts["Doc_0/Document.xml"] = (
        f"{_HEAD}<ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>{next(ids)}"
        "</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>"
        f"0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>"
        "PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    return pack(parts)


def _page(body: str, ids: count) -> str:
    layer = f'<ofd:Layer ID="{next(ids)}" Type="Body" DrawParam="{_PEN}">{body}</ofd:Layer>'
    return f"{_HEAD}<ofd:Page {_NS}><ofd:Content>{layer}</ofd:Content></ofd:Page>"


def _parts(words: Words, habit: str) -> Iterator[Words]:
    """The words as they are, or each of their characters by itself; blanks are not drawn."""
    x = words.x
    if habit != "characters":
        yield from [words] if words.text.strip() else []
        return
    for char in words.text:
        if not char.isspace():
            yield replace(words, x=x, text=char)
        x += advance(char) * words.size


def _by_reference(drawn: Iterable[str], ids: count) -> tuple[list[str], str]:
    """Each object as a unit of the resources that the page draws, as converters of PDF write it."""
    objects, units = [], ""
    for body in drawn:
        number = next(ids)
        units += f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{body}</ofd:Content></ofd:CompositeGraphicUnit>'
        objects.append(f'<ofd:CompositeObject ID="{next(ids)}" Boundary="0 0 {WIDTH:g} {HEIGHT:g}" ResourceID="{number}"/>')
    return objects, units


def _stroke(line: Stroke, number: int, as_box: bool) -> str:
    """A ruling: a stroked line within its boundary, or a thin filled rectangle."""
    wide, high = line.x1 - line.x0, line.y1 - line.y0
    if as_box:
        w, h = max(wide, 0.2), max(high, 0.2)
        return (
            f'<ofd:PathObject ID="{number}" Boundary="{line.x0:.3f} {line.y0:.3f}'
            f' {w:.3f} {h:.3f}" Stroke="false" Fill="true">'
            f"<ofd:AbbreviatedData>M 0 0 L {w:.3f} 0 L {w:.3f} {h:.3f} L "
            f"0 {h:.3f} C</ofd:AbbreviatedData></ofd:PathObject>"
        )
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{line.x0:.3f} {line.y0:.3f}'
        f' {wide + 0.2:.3f} {high + 0.2:.3f}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide:.3f} {high:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _words(words: Words, number: int, runs: str, scale: float) -> str:
    """`scale` is the unit that the text is written in; its transform brings it back to millimetres."""
    text, size = words.text, words.size / scale
    steps = [round(advance(c) * size, 4) for c in text[:-1]]
    wide = sum(advance(c) for c in text[:-1]) * words.size + words.size
    delta = f' DeltaX="{_deltas(steps, runs)}"' if steps else ""
    if len(steps) > 1 and len(set(steps)) == 1 and runs == "g":
        delta = f' DeltaX="{steps[0]:g}" DeltaY="0"'  # one step for all of them
    matrix = f' CTM="{scale:.6f} 0 0 {scale:.6f} 0 0"' if scale != 1 else ""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{words.x:.3f}'
        f' {words.y:.3f} {wide:.3f} {words.size * 1.2:.3f}"{matrix} '
        f'Font="{_FONT}" Size="{size:.4f}"><ofd:TextCode X="0" '
        f'Y="{size * 0.9:.3f}"{delta}>{escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _deltas(steps: list[float], runs: str) -> str:
    """All steps in a row, or equal ones gathered as «g count step»."""
    if runs == "list":
        return " ".join(f"{step:g}" for step in steps)
    out, n = [], 0
    while n < len(steps):
        same = next((k for k in range(n, len(steps)) if steps[k] != steps[n]), len(steps)) - n
        out.append(f"g {same} {steps[n]:g}" if same > 1 else f"{steps[n]:g}")
        n += same
    return " ".join(out)
