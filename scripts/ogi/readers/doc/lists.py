"""The lists of a binary Word file -> the lists of numbering.py.

Comes in: the raw tables of lists and of their uses. Goes out: Lists. Must not know: text.
"""

from __future__ import annotations

import struct

from ogi.readers.numbering import Level, Lists

_KINDS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "decimalEnclosedCircleChinese",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}


def read_lists(raw: bytes, table: bytes, offset: int, uses: bytes) -> Lists:
    """The levels lie behind the table of lists; unreadable ones give no numbers, which is no loss of text."""
    lists = Lists()
    try:
        _patterns(lists, raw, table, offset)
        _uses(lists, uses)
    except (struct.error, IndexError):
        pass
    return lists


def _patterns(lists: Lists, raw: bytes, table: bytes, offset: int) -> None:
    if len(raw) < 2:
        return
    (count,) = struct.unpack_from("<H", raw)
    at = offset + 2 + 28 * count
    for n in range(min(count, 2_000)):
        (identity,) = struct.unpack_from("<i", raw, 2 + 28 * n)
        simple = raw[2 + 28 * n + 26] & 1
        levels: dict[int, Level] = {}
        for level in range(1 if simple else 9):
            levels[level], at = _level(table, at)
        lists.patterns[str(identity)] = levels


def _level(table: bytes, at: int) -> tuple[Level, int]:
    start, kind = struct.unpack_from("<iB", table, at)
    characters, paragraphs = table[at + 24], table[at + 25]
    at += 28 + characters + paragraphs
    (length,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(character) + 1}" if ord(character) < 9 else character for character in text)
    return Level(_KINDS.get(kind, "decimal"), pattern, start), at + 2 + 2 * length


def _uses(lists: Lists, raw: bytes) -> None:
    """Numbers from 1; what a use overrides is its starts, the rest is left as the list has it."""
    if len(raw) < 4:
        return
    count = min(struct.unpack_from("<I", raw)[0], 2_000)
    at = 4 + 16 * count
    for n in range(count):
        (identity,) = struct.unpack_from("<i", raw, 4 + 16 * n)
        lists.numbers[str(n + 1)] = str(identity)
    for n in range(count):
        overridden = raw[4 + 16 * n + 12]
        at += 4
        for _ in range(overridden):
            start, flags = struct.unpack_from("<iI", raw, at)
            at += 8
            level = flags & 0xF
            if flags & 0x20:
                lists.overrides[str(n + 1), level], at = _level(raw, at)
            elif flags & 0x10:
                lists.restarts[str(n + 1), level] = start
