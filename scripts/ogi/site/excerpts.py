"""Places that need no picture: the row of a table as read, the lines of a text around a number.

Comes in: cells with their locators, the bytes of a text. Goes out: HTML by cell. Must not know: pictures, pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from ogi.site.book import Row
from ogi.site.cells import Key
from ogi.site.text import escaped

AROUND = 3  # lines before and after
LONGEST = 60  # characters on each side of the number
_TABLE = re.compile(r"table=(\d+);row=(\d+);col=(\d+)")
_SHEET = re.compile(r"sheet=(\d+);cell=([A-Z]+)(\d+)")
_LINE = re.compile(r"line=(\d+)(?:;chars=(\d+)-(\d+))?")


def rows_as_read(cells: Sequence[Row], wanted: Collection[Key]) -> dict[Key, str]:
    """Each cell that is wanted within its row: the label, then the texts of the row, this one marked."""
    rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for cell in cells:
        place = _row(str(cell["locator"]))
        if place:
            rows[place].append(cell)
    out: dict[Key, str] = {}
    for row in rows.values():
        texts = [escaped(str(cell["raw"])) if cell["raw"] else "空" for cell in row]
        parts = [f"<span>{text}</span>" for text in texts]
        before = f'<span class="as-read"><span>{escaped(str(row[0]["label"] or ""))}</span>'
        for at, cell in enumerate(row):
            key = str(cell["table"]), str(cell["item"]), str(cell["measure"])
            if key in wanted:
                out[key] = f"{before}<b>{texts[at]}</b>{''.join(parts[at + 1 :])}</span>"
            before += parts[at]
    return out


def lines_around(data: bytes, cells: Sequence[Row], wanted: Collection[Key]) -> dict[Key, str]:
    """Each cell that is wanted with the lines around it; nothing where the text does not stand where the package says."""
    text = _text(data)
    if text is None:
        return {}
    lines = re.split(r"\r\n|\n|\r", text)
    out: dict[Key, str] = {}
    for cell in cells:
        key = str(cell["table"]), str(cell["item"]), str(cell["measure"])
        found = _LINE.match(str(cell["locator"])) if key in wanted else None
        shown = _excerpt(lines, found, str(cell["raw"] or "")) if found else ""
        if shown:
            out[key] = shown
    return out


def _row(locator: str) -> tuple[str, ...] | None:
    table = _TABLE.match(locator)
    if table:
        return "table", table[1], table[2]
    sheet = _SHEET.match(locator)
    return ("sheet", sheet[1], sheet[3]) if sheet else None


def _excerpt(lines: Sequence[str], found: re.Match[str], raw: str) -> str:
    number = int(found[1])
    if not 1 <= number <= len(lines):
        return ""
    line = lines[number - 1]
    start, end = (int(found[2]) - 1, int(found[3])) if found[2] else _within(line, raw)
    if start < 0 or (raw and not found[2] and raw not in line):
        return ""
    before, after = line[max(0, start - LONGEST) : start], line[end : end + LONGEST]
    here = f"{escaped(before)}<b>{escaped(line[start:end]) or '　'}</b>{escaped(after)}"
    above = [(n, escaped(lines[n - 1][:LONGEST])) for n in range(max(1, number - AROUND), number)]
    below = [
        (n, escaped(lines[n - 1][:LONGEST])) for n in range(number + 1, min(len(lines), number + AROUND) + 1)
    ]
    shown = "".join(f"<span><i>{n}</i>{text}</span>" for n, text in [*above, (number, here), *below])
    return f'<span class="lines">{shown}</span>'


def _within(line: str, raw: str) -> tuple[int, int]:
    """Where the text stands alone on its line, without the blanks around it."""
    start = line.find(raw) if raw else len(line) - len(line.lstrip())
    return start, start + len(raw)


def _text(data: bytes) -> str | None:
    """As the document was read: a mark of order, then UTF-8, then GB18030; else nothing is shown."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    for name in ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
