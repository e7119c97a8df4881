"""A report as plain text, in the layouts that converters and crawlers leave behind.

Comes in: a `Made`. Goes out: bytes. `LAYOUTS` names the layouts; `run` glues all cells of a table together.
Must not know: how the project reads.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.generate.model import Layout, Made, Text, expand

_ENCODINGS = ("utf-8",) * 6 + ("utf-8-sig", "gb18030", "utf-16")


def write_text(made: Made, layout: str | None = None) -> bytes:
    """One of the lossless layouts by the report's style, or the one named."""
    rng = Random(f"text {made.style}")
    return LAYOUTS[layout or layout_of(made)](made, rng).encode(rng.choice(_ENCODINGS))


def layout_of(made: Made) -> str:
    """The layout that the style of the report chooses."""
    return Random(f"layout {made.style}").choice(LOSSLESS)


def write_run(made: Made) -> bytes:
    """Every table as one string without any separator: what some crawlers keep of a page."""
    return write_text(made, "run")


def _tika(made: Made, rng: Random) -> str:
    """A tab and a cell a line, a blank line between rows; a cell covered from above is an empty one."""
    empty_row = rng.random() < 0.3
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append(block.text + "\n")
            continue
        for row in expand(block):
            shown = [
                s
                for s in row
                if s is not None and (s.origin or (s.from_above and s.col == _left(row, s.box)))
            ]
            out.append("".join(f"\t{s.box.text if s.origin else ''}\n" for s in shown) + "\n")
        if empty_row and block.table == "disclosures":
            out.append("\t\n" * 5 + "\n")
        out.append("\n" + rng.choice(("", "\u2002\n", "\u00a0\n")))
    return "".join(out)


def _left(row: list, box: object) -> int:
    return next(s.col for s in row if s is not None and s.box is box)


def _tabs(made: Made, rng: Random) -> str:
    """A row a line, every place of the grid between tabs, empty where a span covers it."""
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append(block.text + "\n\n")
            continue
        rows = [
            "\t".join(_flat(s.box.text) if s is not None and s.origin else "" for s in row)
            for row in expand(block)
        ]
        out.append("\n".join(rows) + "\n\n")
    return "\n\n" + "".join(out)


def _carriage(made: Made, rng: Random) -> str:
    """Three carriage returns between cells, five between rows, one between paragraphs."""
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append(block.text.replace("\n", "") + "\r")
            continue
        rows = ["\r\r\r".join(box.text.replace("\n", "\r") for box in row) for row in block.rows]
        out.append("\r" * 5 + "\r\r\r\r\r".join(rows) + "\r" * 6)
    return "".join(out)


def _pipes(made: Made, rng: Random) -> str:
    """A row a line, a bar after each real cell."""
    bars = rng.random() < 0.4
    return _by_rows(
        made,
        lambda row, width: (
            "".join(f"{_flat(box.text)} | " for box in row).rstrip(" ")
            + ("|" * (width - len(row)) if bars else "")
        ),
    )


def _pipe_lines(made: Made, rng: Random) -> str:
    """A cell a line with a bar after it; a bar alone opens each row."""
    return _by_rows(made, lambda row, width: "|\n" + "\n".join(f"{_flat(box.text)} |" for box in row))


def _doubled(made: Made, rng: Random) -> str:
    """Two line ends after each cell and one for an empty cell; nothing marks the end of a row."""
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append(block.text + "\n\n")
        else:
            out += [
                _flat(box.text) + "\n\n" if box.text.strip() else "\n" for row in block.rows for box in row
            ]
    return "".join(out)


def _run(made: Made, rng: Random) -> str:
    """Everything on one line, cells glued together, two wide spaces between paragraphs."""
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append("\u3000\u3000" + block.text.replace("\n", ""))
        else:
            out.append("".join(_flat(box.text, "").strip() for row in block.rows for box in row))
    return "\n" + "".join(out) + "\n"


def _by_rows(made: Made, line: Callable[[tuple, int], str]) -> str:
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append(block.text)
        else:
            out += [line(row, len(block.widths)) for row in block.rows]
    return "\n".join(out) + "\n"


def _flat(text: str, between: str = " ") -> str:
    return text.replace("\n", between)


def table_lines(layout: Layout) -> list[str]:
    """The rows of a table as lines of the tab layout; for people who look at a failure."""
    return ["\t".join(_flat(box.text) for box in row) for row in layout.rows]


LAYOUTS: dict[str, Callable[[Made, Random], str]] = {
    "tika": _tika,
    "tabs": _tabs,
    "cr": _carriage,
    "pipes": _pipes,
    "pipe_lines": _pipe_lines,
    "doubled": _doubled,
    "run": _run,
}
LOSSLESS = ("tika", "tika", "tabs", "cr", "pipes", "pipe_lines", "doubled")
