"""Several tables of one kind in one document (a government and its office): whose is which, as the words above them say.

Comes in: the named rows of a table, the prose around it. Goes out: the rows of the publisher's own table, and a note; or all
rows, where the words do not tell. Must not know: numbers, identities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ogi.extract.prose.identity import identify
from ogi.extract.rows.lines import Line
from ogi.extract.rows.naming import NamedRow
from ogi.model import Issue

SECOND = 3  # rows that begin anew and so make a second table
NEAR = 60  # characters of a line that can be a caption

_BODY = re.compile(r"政府|办公[室厅]|委员会|[局厅委]|机关|全[省市县区州旗镇乡]|汇总")
_OWN = r"本(?:机关|单位|局|厅|委|办|部门)"
_ALL = r"全[省市县区州旗镇乡]|汇总"
_OFFICE = r"办公[室厅]"


def tables_in(rows: Sequence[NamedRow]) -> list[list[NamedRow]]:
    """The rows parted where they begin anew; a row printed twice makes no second table."""
    out: list[list[NamedRow]] = [[]]
    seen: set[str] = set()
    for at, named in enumerate(rows):
        again = named.row.values and named.item.code in seen
        if again and sum(n.item.code in seen and bool(n.row.values) for n in rows[at:]) >= SECOND:
            out.append([])
            seen = set()
        out[-1].append(named)
        if named.row.values:
            seen.add(named.item.code)
    return out


def own_table(
    table: str, rows: list[NamedRow], prose: Sequence[tuple[str, Line]]
) -> tuple[list[NamedRow], list[Issue]]:
    """The rows of the one table whose caption names the publisher, where each other one names somebody else."""
    parts = tables_in(rows)
    if len(parts) == 1:
        return rows, []
    name = identify(prose)[0].name or ""
    edges = [-1, *(part[-1].row.block for part in parts)]
    captions = [
        _caption(prose, after, part[0].row.block) for after, part in zip(edges, parts, strict=False)
    ]
    own = [_is_own(caption, name) for caption in captions]
    if own.count(True) != 1 or own.count(False) != len(parts) - 1:
        return rows, []
    at = own.index(True)
    first = parts[at][0].row.locator
    others = "; ".join(f"«{caption}»" for n, caption in enumerate(captions) if n != at)
    return parts[at], [
        Issue(
            "second-table",
            "info",
            f"{first}: of {len(parts)} tables of this kind the one under «{captions[at]}» is the publisher's own; "
            f"left out: {others}.",
            first,
            (f"{table}.*.*",),
        )
    ]


def _caption(prose: Sequence[tuple[str, Line]], after: int, before: int) -> str:
    """The last short line above a table that names a body."""
    near = [line.text for _, line in prose if after < line.block <= before and len(line.text) <= NEAR]
    return next((text for text in reversed(near) if _BODY.search(text)), "")


def _is_own(caption: str, name: str) -> bool | None:
    """Whether the words mean the publisher, or somebody else; None where they name nobody."""
    if not caption or not name:
        return None
    if re.search(_OWN, caption) or re.search(rf"{re.escape(name)}(?!.{{0,2}}办公[室厅])", caption):
        return True
    if name.endswith("政府"):
        return bool(re.search(_ALL, caption))
    if re.search(rf"(?:{_OFFICE})$", name):
        return bool(re.search(_OFFICE, caption))
    return False
