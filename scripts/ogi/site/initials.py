"""The first letters of a name's pinyin, as people type them: jdz for 景德镇.

Comes in: a name. Goes out: letters; a character whose sound is not known is left out. Must not know:
agencies, pages. The exceptions are data, in initials.yml.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

import yaml

# GB 2312 puts its 3,755 common characters in the order of pinyin: where each letter begins, by GBK code.
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = tuple(
    int(code, 16)
    for code in (
        "B0A1 B0C5 B2C1 B4EE B6EA B7A2 B8C1 B9FE BBF7 BFA6 C0AC C2E8 "
        "C4C3 C5B6 C5BE C6DA C8BB C8F6 CBFA CDDA CEF4 D1B9 D4D1 D7FA"
    ).split()
)
_FILE = Path(__file__).with_name("initials.yml")


def initials(text: str) -> str:
    """jdzskxjsj for 景德镇市科学技术局."""
    rare, places = _exceptions()
    for place, letters in places:
        text = text.replace(place, letters)
    return "".join(rare.get(character) or _common(character) for character in text)


def _common(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    code = int.from_bytes(character.encode("gbk", "ignore"), "big")
    return _LETTERS[bisect_right(_STARTS, code) - 1] if _STARTS[0] <= code < _STARTS[-1] else ""


@cache
def _exceptions() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    rare = {character: letter for letter, characters in data["rare"].items() for character in characters}
    return rare, tuple(sorted(data["places"].items(), key=lambda pair: -len(pair[0])))
