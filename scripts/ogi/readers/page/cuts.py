"""What a page break cuts: rows in two, group labels in two, headers between their rows.

Comes in: the cells of a table above and below a break. Goes out: which of them belong together. Must not know: file
formats, forms; it sees list marks («1.», «（四）»), ideographs and numbers, nothing of what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.readers.page.places import Place

SAME = 5.0  # points between two rules that are the same column (pieces of one table differ by some)
WRAPPED_ROOM = 2.6  # characters of room that a wrapped line may leave (margins of the cell, no break before a mark)
SHORTER = 1.6  # characters that a line may lack because of the mark or word that begins the next one
SLIVER = 15.0  # points: an empty piece of a cut row is lower than a row of text
LIST_MARK = re.compile(r"[（(]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)、.．:：]|[①-⑳]")
_NUMBER = re.compile(r"[\d.,]+")
_FREE = re.compile(r"[\u3400-\u9fff](?![，。、；：”）》!?％%])")  # would end the line above, had it room: no sign follows it
_NARROW = frozenset("“”‘’·…—–")
_MARKS = re.compile(r"[/\\\-—–－]+")
WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]\s*[\u3400-\u9fff\uf900-\ufaff，。、；：“”（）《》]|[A-Za-z]{2}")


@dataclass(slots=True)
class PieceCell:
    text: str
    room: float
    full: bool
    spilled: bool
    doubt: str
    score: float | None
    x0: float
    x1: float
    row: int
    end: int  # row after the last
    places: list[Place]
    height: float


def pairs_at_break(above: Sequence[PieceCell], below: Sequence[PieceCell]) -> list[tuple[PieceCell | None, PieceCell]]:
    return [
        (next((a for a in above if abs(a.x0 - b.x0) <= SAME and abs(a.x1 - b.x1) <= SAME), None), b)
        for b in sorted(below, key=lambda c: c.x0)
    ]


def row_is_cut(pairs: Sequence[tuple[PieceCell | None, PieceCell]], more_below: bool) -> bool:
    """Is the first row below the rest of the last row above: its label in two pieces, its numbers in one?

    A row without any text is such a rest too, unless it may be the only row of numbers under a header.
    """
    both = [(a, b) for a, b in pairs if a is not None]
    if len(both) < len(pairs) or not both:
        return False
    if any(a.text and b.text and not _wrapped(a, b) for a, b in both) and not _ends_of_numbers(both):
        return False
    if len(pairs) > 2 and len({b.text for _, b in both}) == 1 and both[0][1].text:
        return False  # one text under every column is a row of marks («无»), the rest of no label
    if any(WORD.search(b.text) for _, b in both) and not _wrapped_numbers(both):
        return False
    if any(_NUMBER.fullmatch(a.text) and not b.text for a, b in both) and any(
            _NUMBER.fullmatch(b.text) and not a.text for a, b in both):
        return False  # the numbers of one row stand on one line
    fine = [(a, b) for a, b in both if a.end - a.row == 1 and b.end - b.row == 1]
    tallest = max((_lines(a) for a, b in fine if not b.text), default=0)
    if any(WORD.search(b.text) and _lines(a) + _lines(b) < tallest for a, b in fine):
        return False  # what is lower than its neighbours does not go on where they end
    if any(a.text and b.text for a, b in fine):
        return True
    label_above, label_below = (any(WORD.search(p[i].text) for p in fine) for i in (0, 1))
    number_above, number_below = (any(p[i].text and not WORD.search(p[i].text) for p in fine) for i in (0, 1))
    if label_above != label_below and number_above != number_below and label_above != number_above:
        return True
    if not fine or any(p[1].text for p in fine):
        return bool(fine) and not any(p[0].text for p in fine) and min(p[0].height for p in both) < SLIVER
    return number_above or (label_above and more_below)


def _lines(cell: PieceCell) -> int:
    return cell.text.count("\n") + 1


def _ends_of_numbers(both: Sequence[tuple[PieceCell, PieceCell]]) -> bool:
    """Is nothing below but numbers that stand under numbers, while others of the labelled row have none below?"""
    return (
        all(_NUMBER.fullmatch(a.text) and _NUMBER.fullmatch(b.text) for a, b in both if b.text)
        and any(_NUMBER.fullmatch(a.text) and not b.text for a, b in both)
        and any(WORD.search(a.text) for a, _ in both)
    )


def _wrapped_numbers(both: Sequence[tuple[PieceCell, PieceCell]]) -> bool:
    """Where a label goes on below: can numbers that stand under numbers be their ends? Only if they are the longest of their
    row that do, others have nothing below, and nothing stands under an empty cell."""
    cut = [len(a.text) for a, b in both if a.text and _NUMBER.fullmatch(b.text)]
    whole = [len(a.text) for a, b in both if _NUMBER.fullmatch(a.text) and not b.text]
    goes_on = not any(b.text and not a.text for a, b in both)
    return not cut or (goes_on and bool(whole) and min(cut) >= max(whole))


def spanning(pairs: Sequence[tuple[PieceCell | None, PieceCell]]) -> list[tuple[PieceCell, PieceCell]]:
    """Group labels, left of the row's own label, that go on below the break."""
    out: list[tuple[PieceCell, PieceCell]] = []
    labelled = False
    for a, b in pairs:
        goes_on = a is not None and (not b.text or plain(a.text) == plain(b.text) or _wrapped(a, b))
        if not goes_on or a is None:
            labelled = bool(WORD.search(b.text))
            break
        out.append((a, b))
    else:
        return []
    if labelled and any(a.text and b.text and plain(a.text) != plain(b.text) for a, b in out):
        return out
    return [(a, b) for a, b in out if b.end - b.row > 1 or (labelled and (a.end - a.row > 1 or not b.text))]


def header(pairs: Sequence[tuple[PieceCell | None, PieceCell]]) -> list[tuple[PieceCell, PieceCell]]:
    """In a header cut between its rows, whole cells of the row above whose rest below is empty."""
    words = [b.text for _, b in pairs if b.text]
    if sum(bool(WORD.search(text)) for text in words) < 3 or any(_NUMBER.fullmatch(text) for text in words):
        return []
    return [(a, b) for a, b in pairs if a and not b.text and WORD.search(a.text)]


def merge(above: PieceCell, below: PieceCell, end: int) -> None:
    numbers = bool(_NUMBER.fullmatch(below.text) and _NUMBER.fullmatch(above.text))
    if numbers or plain(above.text) != plain(below.text):
        between = "" if numbers and above.full else "\n"
        above.text = between.join(text for text in (above.text, below.text) if text)
    above.places += below.places
    above.doubt = above.doubt or below.doubt
    above.end = end
    if below.text:
        above.room, above.full = below.room, below.full
    scores = [s for s in (above.score, below.score) if s is not None]
    above.score = min(scores) if scores else None


def plain(text: str) -> str:
    return "".join(text.split())


def closed(text: str) -> bool:
    """Whether it ends with a note in brackets, after which no label goes on; a list mark is none."""
    bare = plain(text)
    return bare.endswith(("）", ")")) and not LIST_MARK.fullmatch(bare)


def _width(line: str) -> float:
    """In characters, those of Latin being half as wide, and signs that Latin fonts draw too."""
    return sum(0.5 if char.isascii() or char in _NARROW else 1.0 for char in line)


def _wrapped(above: PieceCell, below: PieceCell) -> bool:
    """Can the text below be the rest of the text above? That one filled its line, and no list mark begins here."""
    if above.full and _NUMBER.fullmatch(above.text) and _NUMBER.fullmatch(below.text):
        return True
    free = above.score is None and _FREE.match(below.text) is not None
    lines = above.text.split("\n")
    widths = [*map(_width, lines)]
    if max(widths) - widths[-1] >= (1.0 if free else SHORTER):  # text goes on from lines of one length
        return False
    if free and not LIST_MARK.fullmatch(lines[-1]) and max(map(_width, below.text.split("\n"))) >= len(lines[-1]) + 1:
        return False  # as the lines below show, it had room for one more
    return (
        above.room <= WRAPPED_ROOM
        and not closed(above.text)
        and not LIST_MARK.match(below.text)
        and bool(WORD.search(above.text + below.text))
        and not below.text.strip().replace(".", "").isdigit()
        and not _MARKS.fullmatch(below.text.strip())
    )
