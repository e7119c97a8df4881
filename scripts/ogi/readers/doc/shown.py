"""What of a binary Word file's text is printed: not field codes, not deleted or hidden text.

Comes in: the raw text, and the runs of it that carry properties. Goes out: the text with what is not printed
blanked out, so that every position stays what it is. Must not know: where the text lies in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ogi.readers.doc.properties import sprms
from ogi.readers.doc.unseen import COLOUR, INDEXED, SIZE, TELLING, is_tiny, is_white
from ogi.readers.marked import PRINTS, UNREAD, lowered, raised

DELETED, HIDDEN, PICTURE, SYMBOL = 0x0800, 0x083C, 0x6A03, 0x6A09
STRUCK, STRUCK_TWICE, SHIFTED = 0x0837, 0x2A53, 0x2A48
OPPOSITE = b"\x81"  # of what the style says, which is mostly none of these
ON = (b"\x01", OPPOSITE)
TOGGLES = frozenset((HIDDEN, STRUCK, STRUCK_TWICE))  # what a style may say as well
_LOOKS = frozenset((DELETED, HIDDEN, PICTURE, SYMBOL, STRUCK, STRUCK_TWICE, SHIFTED))
_CODES = _LOOKS | {INDEXED, COLOUR, SIZE}
LOOKED_FOR = re.compile(b"|".join((TELLING, *(re.escape(code.to_bytes(2, "little")) for code in sorted(_LOOKS)))))

_SHIFTS = {b"\x01": raised, b"\x02": lowered}
_FIELDS = re.compile("[\x13-\x15]")
_ENDS = re.compile("\r")
_CONTENTS = re.compile(r"\s*TOC\b")


@dataclass(slots=True)
class Shown:
    """`gone`: cell and row marks that were deleted; `contents`: ranges of tables of contents; `pictures`: their
    places in the Data stream; `struck`: ranges that are struck out."""

    text: str
    gone: set[int] = field(default_factory=set)
    contents: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)


@lru_cache(maxsize=256)
def looked_for(raw: bytes) -> Sequence[tuple[int, bytes]]:
    """The properties of a list that decide what is printed; most lists hold none."""
    return tuple(sprms(raw, _CODES)) if LOOKED_FOR.search(raw) else ()


def shown(
    text: str, runs: Iterable[tuple[int, int, Sequence[tuple[int, bytes]]]], on_paper: Callable[[], bool]
) -> Shown:
    """`runs`: first and end position in the text, and those properties of what lies between; `on_paper`: whether nothing lies
    behind any text."""
    result = Shown(text)
    signs: dict[int, str] = {}
    out = list(_field_codes(text, result.contents, signs))
    for first, last, said in runs:
        for code, operand in said:
            if code == DELETED and operand[:1] in ON:
                out.append((first, last))
            elif (code == HIDDEN and operand[:1] in ON) or is_tiny(code, operand) or (is_white(code, operand) and on_paper()):
                out += [(a, b) for a, b in _between_marks(text, first, last) if a < b]
            elif code in (STRUCK, STRUCK_TWICE) and operand[:1] in ON:
                result.struck.append((first, last))
            elif code == SHIFTED and operand[:1] in _SHIFTS:
                small = zip(range(first, last), _SHIFTS[operand[:1]](text[first:last]), strict=True)
                signs = {**dict(small), **signs}  # a symbol's own sign holds
            elif code == PICTURE and len(operand) == 4:
                result.pictures.append(int.from_bytes(operand, "little"))
            elif code == SYMBOL and len(operand) == 4:
                sign = chr(int.from_bytes(operand[2:], "little"))
                signs.update((at, sign) for at in range(first, last) if text[at] == "(")
    if out or signs:
        result.text = _blanked(text, out, signs, result.gone)
    return result


def _between_marks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A mark that nobody sees still ends its paragraph; one that was deleted does not."""
    for end in (found.start() for found in _ENDS.finditer(text, first, last)):
        yield first, end
        first = end + 1
    yield first, last


def _blanked(text: str, out: list[tuple[int, int]], signs: dict[int, str], gone: set[int]) -> str:
    """Marks stay, since the table hangs on them; a symbol stands as a bracket until its sign is put in."""
    characters = list(text)
    for at, sign in signs.items():
        characters[at] = sign
    for first, last in out:
        for at in range(first, last):
            if characters[at] == "\x07":
                gone.add(at)
            else:
                characters[at] = "\0"
    return "".join(characters)


def _field_codes(
    text: str, contents: list[tuple[int, int]], signs: dict[int, str]
) -> Iterator[tuple[int, int]]:
    """From the beginning of each field to what it shows; to its end where it shows nothing, which is marked where it should."""
    begun: list[tuple[int, int | None]] = []
    for found in _FIELDS.finditer(text):
        at = found.start()
        if found[0] == "\x13":
            begun.append((at, None))
        elif begun and found[0] == "\x14" and begun[-1][1] is None:
            begun[-1] = (begun[-1][0], at)
            yield begun[-1][0], at + 1
        elif begun and found[0] == "\x15":
            begin, shows = begun.pop()
            if shows is None and PRINTS.match(text, begin + 1):
                signs[at] = UNREAD
                yield begin, at
            elif shows is None:
                yield begin, at + 1
            elif _CONTENTS.match(text, begin + 1):
                contents.append((begin, at))
