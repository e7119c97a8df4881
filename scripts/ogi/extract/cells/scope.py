"""Several tables of one kind in one document (a government and its office): whose is which, as the words above them say.

Comes in: the named rows of a table, the prose around it. Goes out: the rows of the publisher's own table, and a note; or all
rows, where the words do not tell. Must not know: numbers, identities.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ogi.extract.prose.identity import identify
from ogi.extract.rows.lines import Line, is_page_number
from ogi.extract.rows.locate import PROSE
from ogi.extract.rows.naming import NamedRow
from ogi.messages import in_both
from ogi.model import Issue

SECOND = 3  # rows that begin anew and so make a second table
NEAR = 60  # characters of a line that can be a caption

_BODY = re.compile(r"政府(?!信息)|办公[室厅]|委员会|[局厅委]|机关|全[省市县区州旗镇乡]|汇总")
_OWN = r"本(?:机关|单位|局|厅|委|办|部门)"
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_CHARACTERS = re.compile(r"chars=(\d+)")
_ALL = r"全[省市县区州旗镇乡]|汇总"
_OFFICE = r"办公[室厅]"


def tables_in(rows: Sequence[NamedRow]) -> list[list[NamedRow]]:
    """The rows parted where they begin anew, each grid kept whole; a row printed twice makes no second table."""
    out: list[list[NamedRow]] = [[]]
    seen: set[str] = set()
    for at, named in enumerate(rows):
        again = named.row.values and named.item.code in seen
        if again and sum(n.item.code in seen and bool(n.row.values) for n in rows[at:]) >= SECOND:
            begun = [n for n in out[-1] if n.row.block == named.row.block]
            begun = begun if len(begun) < len(out[-1]) else []  # rows that the table above lacks
            out[-1:] = [[n for n in out[-1] if n not in begun], begun]
            seen = {n.item.code for n in begun if n.row.values}
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
        return rows, _of_another_year(table, rows, prose)
    who, _ = identify(prose)
    edges = [-1, *(part[-1].row.block for part in parts)]
    above = [_above(prose, after, part[0].row.block) for after, part in zip(edges, parts, strict=False)]
    captions = [_caption(lines) for lines in above]
    most = max(map(len, parts))
    for own in (
        [_is_own(caption, who.name or "") for caption in captions],
        [_is_of_year(lines, who.year) for lines in above],
        [_in_section(lines, len(part) == most) for lines, part in zip(above, parts, strict=True)],
    ):
        if own.count(True) == 1 and own.count(False) == len(parts) - 1:
            break
    else:
        return rows, []
    at = own.index(True)
    first = parts[at][0].row.locator
    words = [caption or (lines[-1][1].text[:NEAR] if lines else "") for caption, lines in zip(captions, above, strict=True)]
    others = [word for n, word in enumerate(words) if n != at]
    own_zh = f"「{words[at]}」下的一张" if words[at] else "其中一张"
    zh = f"同类的表有 {len(parts)} 张，{own_zh}是本机关的；未采用{'、'.join(f'「{w}」' for w in others if w) or '其余'}下的。"
    en = (
        f"{first}: of {len(parts)} tables of this kind the one under «{words[at]}» is the publisher's own; "
        f"left out: {'; '.join(f'«{word}»' for word in others)}."
    )
    return parts[at], [Issue("second-table", "info", in_both(zh, en), first, (f"{table}.*.*",))]


def _of_another_year(table: str, rows: Sequence[NamedRow], prose: Sequence[tuple[str, Line]]) -> list[Issue]:
    """A doubt on rows of the only table that was found if the line right above them names another year: the report's own may be
    lost, or have no numbers that could be read."""
    places = [_place(line.block, line.locator) for _, line in prose]
    under: dict[int, list[NamedRow]] = {}
    for named in rows:
        if named.row.values:
            under.setdefault(bisect_right(places, _place(named.row.block, named.row.locator)) - 1, []).append(named)
    issues: list[Issue] = []
    for at, found in under.items():
        if at < 0 or prose[at][1].heading or not _YEAR.search(prose[at][1].text) or _is_running_head(prose, at):
            continue
        who, _ = identify(prose)
        if _is_of_year([prose[at]], who.year) is False:
            words, place = prose[at][1].text[:NEAR], found[0].row.locator
            said = in_both(
                f"「{words}」下的数写的是另一年度，而没有读到本年度的；请对照原件。",
                f"{place}: the numbers stand under «{words}», which names another year; the report's own were not read. "
                "Compare with the original.",
            )
            items = dict.fromkeys(named.item.code for named in found)
            issues.append(Issue("second-table", "warning", said, place, tuple(f"{table}.{item}.*" for item in items)))
    return issues


def _is_running_head(prose: Sequence[tuple[str, Line]], at: int) -> bool:
    """Whether a line stands beside a page number and again beside another one: it is the head of every page, above no table."""
    text = prose[at][1].text

    def beside(n: int) -> bool:
        return any(is_page_number(line.text) for _, line in prose[max(0, n - 1) : n + 2])

    return beside(at) and sum(line.text == text and beside(n) for n, (_, line) in enumerate(prose)) > 1


def _place(block: int, locator: str) -> tuple[int, int]:
    """Where something stands in the document: its block, and the character of it where a block is one long line."""
    within = _CHARACTERS.search(locator)
    return block, int(within[1]) if within else 0


def _above(prose: Sequence[tuple[str, Line]], after: int, before: int) -> list[tuple[str, Line]]:
    """The lines between a table and the one before it, each with its section."""
    return [(section, line) for section, line in prose if after < line.block <= before]


def _caption(above: Sequence[tuple[str, Line]]) -> str:
    """The last short line above a table that names a body, and is neither a section's heading nor a sentence."""
    near = (line.text for _, line in reversed(above) if len(line.text) <= NEAR and not line.heading and "。" not in line.text)
    return next((text for text in near if _BODY.search(text)), "")


def _is_of_year(above: Sequence[tuple[str, Line]], year: int | None) -> bool | None:
    """Whether the line right above a table names the report's year alone, or another; None where it names none."""
    text = above[-1][1].text if above else ""
    years = set(map(int, _YEAR.findall(text))) if len(text) <= NEAR and "。" not in text else set()
    return years == {year} if year and years else None


def _in_section(above: Sequence[tuple[str, Line]], whole: bool) -> bool | None:
    """Whether a table, and a `whole` one, stands in a section of tables; False in one of prose, None where that is not told."""
    told = bool(above) and (whole or above[-1][0] in PROSE)
    return above[-1][0] not in PROSE if told else None


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
