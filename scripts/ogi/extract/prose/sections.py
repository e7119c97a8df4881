"""Lines that are prose -> the sections of the report, each with its heading as printed.

Comes in: prose lines with the section they stand in. Goes out: Sections in reading order. Must not know: tables, statements.
"""

from __future__ import annotations

from collections.abc import Iterable

from ogi.extract.rows.lines import Line
from ogi.model import Section


def sections_of(prose: Iterable[tuple[str, Line]]) -> tuple[Section, ...]:
    """A heading opens a section, everything before the first one is the preface; a heading met twice opens two."""
    out: list[tuple[str, str | None, list[str], str]] = []
    for code, line in prose:
        if line.heading:
            out.append((code, line.text, [], line.locator))
        elif out and out[-1][0] == code:
            out[-1][2].append(line.text)
        else:
            out.append((code, None, [line.text], line.locator))
    return tuple(
        Section(code, heading, "\n".join(texts), locator)
        for code, heading, texts, locator in out
        if heading or any(texts)
    )
