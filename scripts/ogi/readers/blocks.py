"""The blocks of a document while it is read: counts tables and paragraphs, writes their locators.

Comes in: text and placed cells in reading order. Goes out: the Document. Must not know: any format.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ogi.model import Block, Document, Grid, GridCell, Issue, Paragraph, Severity
from ogi.readers.grid import Placed, is_layout, tidy
from ogi.readers.marked import UNREAD
from ogi.tuples import many


class Blocks:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.furniture: list[Paragraph] = []
        self.issues: list[Issue] = []
        self._paragraphs = self._tables = 0
        self._kinds: dict[str, int] = {}

    @property
    def here(self) -> str:
        """The place of what was read last, for issues about what stands beside it."""
        return self.blocks[-1].locator if self.blocks else "paragraph=1"

    @property
    def tables(self) -> int:
        return self._tables

    def paragraph(self, text: str, level: int = 0, locator: str | None = None) -> None:
        """One paragraph, where there is any text, not only a picture; a line break inside stays one."""
        text = tidy(text)
        if text and text != UNREAD:
            self._paragraphs += 1
            self.blocks.append(Paragraph(text, locator or f"paragraph={self._paragraphs}", level))

    def grid(self, cells: Sequence[Placed], spans_known: bool = True) -> None:
        """A table, or paragraphs where it only lays out text; nothing where it is empty."""
        if not any(cell.text.strip(UNREAD) for cell in cells):
            return
        if is_layout(cells):
            for cell in cells:
                for line in cell.text.split("\n"):
                    self.paragraph(line)
            return
        self._tables += 1
        at = f"table={self._tables}"
        placed = [
            (c.text, c.row, c.col, f"{at};row={c.row};col={c.col}", c.rowspan, c.colspan, None) for c in cells
        ]
        self.blocks.append(Grid(tuple(many(GridCell, placed)), at, spans_known))

    def located(self, cells: Sequence[GridCell], locator: str) -> None:
        """A table whose cells bring their own locators."""
        self._tables += 1
        self.blocks.append(Grid(tuple(cells), locator))

    def aside(self, kind: str, text: str) -> None:
        """Page furniture: `kind` (header, footer, footnote, …) is the name in its locator."""
        text = tidy(text)
        if text:
            self._kinds[kind] = self._kinds.get(kind, 0) + 1
            self.furniture.append(Paragraph(text, f"{kind}={self._kinds[kind]}"))

    def issue(self, code: str, severity: Severity, message: str, locator: str | None = None) -> None:
        self.issues.append(Issue(code, severity, message, locator or self.here))

    def document(self, form: str, data: bytes) -> Document:
        return Document(
            form,
            hashlib.sha256(data).hexdigest(),
            len(data),
            tuple(self.blocks),
            tuple(self.furniture),
            tuple(self.issues),
        )
