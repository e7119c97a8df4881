"""Labels that the lines of a narrow column broke, in text without cells -> each on one line again.

Comes in: lines in reading order. Goes out: them, the pieces of a label as one line. Must not know: tables at hand, values.
A text taken from a page writes the lines of each cell one below the other («行政规», «范性文», «件», «8»): lines right above a
number are a label where only together they are one that the forms know.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.numbers import bare, is_value
from ogi.extract.rows.labels import Index, letters
from ogi.extract.rows.lines import Line

PIECES = 16  # lines of a label with its note
PIECE = 24  # characters of one of them
SHORT = 4  # letters of a label that may be a common word


def rejoined(lines: Sequence[Line], index: Index) -> Sequence[Line]:
    """All lines, broken labels whole; the same lines where none is broken."""
    out: list[Line] = []
    for line in lines:
        if out and _alone(line) and bare(line.text) and is_value(line.text) and _is_piece(out[-1]):
            _join(out, index)
        out.append(line)
    return out


def _join(out: list[Line], index: Index) -> None:
    """Put the last lines together if only together they are the label of a row."""
    text = out[-1].text
    if index.tables(text):
        return
    for count in range(2, min(PIECES, len(out)) + 1):
        first = out[-count]
        if not _is_piece(first):
            return
        text = first.text + text
        if len(letters(text)) >= SHORT and any("row" in kinds for kinds in index.tables(text).values()):
            whole = first.cells[0]._replace(text=text, locator=first._replace(cells=(first.cells[0], out[-1].cells[0])).locator)
            out[-count:] = [first._replace(cells=(whole,))]
            return


def _is_piece(line: Line) -> bool:
    return _alone(line) and line.heading is None and 0 < len(line.text) <= PIECE and not is_value(line.text)


def _alone(line: Line) -> bool:
    return line.shape is None and len(line.cells) == 1 and not line.joined
