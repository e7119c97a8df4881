"""What tests of readers ask of a document: its paragraphs, its grids, the texts of a grid row by row."""

from __future__ import annotations

from ogi.model import Document, Grid, Paragraph


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]
