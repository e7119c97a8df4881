"""A report as the plain text that extractors make of a web page: a bar ends every cell, and more bars fill a row up.

Comes in: a `Made`. Goes out: text. `STYLES` names where lines break, `EMPTIES` what becomes of empty cells.
Must not know: how the project reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from benchmarks.generate.model import Layout, Made, Text

EMPTIES = {"kept": 1.0, "mixed": 0.6, "dropped": 0.0}  # the part of them that leaves a bar
_COLUMNS = 10  # of the requests table on a page


def write_web(made: Made) -> bytes:
    """One of the styles, every empty cell kept."""
    style = Random(f"web {made.style}").choice(sorted(STYLES))
    return web_text(made, style).encode()


def web_text(made: Made, style: str, empties: str = "kept") -> str:
    """The report in this style; half of the tables lose what fills up their last row, one report of four fills up none."""
    rng = Random(f"bars {made.style}")
    filled = rng.random() < 0.75
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append(block.text + "\n")
            continue
        rows = [_kept(row, rng, EMPTIES[empties]) for row in block.rows]
        width = _width(block, rng) if filled else 0
        body = "".join(STYLES[style](row, "|" * (width - len(row))) for row in rows)
        if rng.random() < 0.5:
            body = body.rstrip("|\n ") + ("\n|\n" if "below" in style else " |\n")
        out.append(body)
    return "".join(out)


def _kept(row: Sequence, rng: Random, part: float) -> list[str]:
    return [box.text.strip() for box in row if box.text.strip() or rng.random() < part]


def _width(block: Layout, rng: Random) -> int:
    if block.table == "requests":
        return _COLUMNS
    return max(map(len, block.rows)) + (block.table == "disclosures") * rng.choice((0, 1))


def _row_a_line(cells: list[str], fill: str) -> str:
    return "".join(f"{_flat(cell)} | ".lstrip() for cell in cells) + fill + "\n"


def _cell_a_line(cells: list[str], fill: str) -> str:
    return "".join(f"{_flat(cell)} |".lstrip() + "\n" for cell in cells) + (fill and fill + "\n")


def _opened(cells: list[str], fill: str) -> str:
    return "|\n" + _cell_a_line(cells, fill)


def _beside(cells: list[str], fill: str) -> str:
    return _cell_a_line(cells, "").rstrip("\n") + (fill and " " + fill) + "\n"


def _opened_beside(cells: list[str], fill: str) -> str:
    return "|\n" + _beside(cells, fill)


def _below(cells: list[str], fill: str) -> str:
    return "".join(f"{cell}\n|\n".lstrip() for cell in cells) + (fill and fill + "\n")


def _opened_below(cells: list[str], fill: str) -> str:
    return "| " + _below(cells, fill)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


STYLES: dict[str, Callable[[list[str], str], str]] = {
    "row": _row_a_line,
    "cell": _cell_a_line,
    "beside": _beside,
    "opened": _opened,
    "opened-beside": _opened_beside,
    "below": _below,
    "opened-below": _opened_below,
}
