"""Text whose cells ran together -> lines again, cut at the labels that the forms know.

Comes in: one line of running text. Goes out: lines of a label and what stands after it; the borders between the numbers of such a
line stay unknown (`joined`). The number of a label («2.没有现成…») belongs to the label, not to the digits before it.
Must not know: which form holds; labels of all forms are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ogi.extract.numbers import words
from ogi.extract.rows.labels import letters
from ogi.extract.rows.lines import Line, Shape, place
from ogi.forms import Item, TableForm, load
from ogi.model import GridCell

COLUMN = " " * 8  # what stands behind it has a column of its own, and others may be empty
ENOUGH = 3  # labels in one text that make it a table
_COMMON = ("总计", "合计", "其他", "其它")  # labels that are everyday words

# The text is matched with its signs in ASCII, one for one: a class with signs beyond it takes long to compile, and there are
# thousands in the pattern. «;» stands for 、 alone.
_SIGNS = str.maketrans('“”"‘’、，·（）．：;', 5 * "'" + ";,/().:\0")
_GAP = r"[\s';,/]{0,3}"
_NUMERAL = "[一二三四五六七八九十]{1,2}"
_NOTE = rf"'?(?:\s*[(](?!(?:{_NUMERAL}|\d)\s*[)])[^()]*[)])?"
_PREFIX = rf"(?:[(]\s*(?:{_NUMERAL}|\d)\s*[)]\s*[;.]?|{_NUMERAL}\s*[;.]|\d[;.])\s*"
_AMONG = r"(?:其中:?\s*)?"
_RUN = re.compile(r"[\d.,，+\-−增加减少/／—–]+")
_NEXT = re.compile(rf"(?<=[\d\s])[(（]{_NUMERAL}[)）](?=[\u3400-\u9fff]{{6}})")  # what goes on behind the last number of a table
_LOOSE = re.compile(r"[\s“”\"'‘’、，,/·]")
_ARTICLE = r"第?二十条\s*第?\s*(?:[(].[)]|[一五六八九])\s*项"


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    kind: str


def run_together(text: str) -> bool:
    """Whether several labels of a table stand in this one text, and it is no sentence («本年度行政复议0件、行政诉讼0件。»)."""
    if len(text) < 12:
        return False
    bare, words = _LOOSE.sub("", text), _telling()
    likely = [word for first in words.keys() & set(bare) for word in words[first]]
    if sum(map(bare.__contains__, likely)) < ENOUGH:
        return False  # most paragraphs end here, and the long pattern is never built for them
    telling = (hit for hit in _hits(text) if hit.kind != "word")
    return sum(1 for _ in islice(telling, ENOUGH)) >= ENOUGH and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does and no numbers stand alone behind any label in it."""
    if not text.rstrip().endswith("。"):
        return False
    hits = list(_hits(text))
    stops = [*[h.start for h in hits[1:]], len(text)]
    return not any(
        _RUN.fullmatch("".join(text[h.end : stop].split())) for h, stop in zip(hits, stops, strict=True)
    )


def glued(text: str) -> bool:
    """Whether a text is one row whose numbers stand right behind its labels («（三）不予公开1.属于国家秘密0000000»)."""
    at = _behind(text)
    return at > 0 and _RUN.fullmatch(text[at:]) is not None


def apart(line: Line) -> Line:
    """A line of text that is one row whose numbers stand after blanks («行政许可 97») with its labels and numbers in cells."""
    cell = line.cells[0]
    at = _behind(cell.text)
    numbers = [m.span() for m in words(cell.text[at:])]
    if not at or COLUMN in cell.text or not all(_RUN.fullmatch(cell.text[at:][slice(*span)]) for span in numbers):
        return line
    places = [*((hit.start, hit.end) for hit in _hits(cell.text)), *((at + start, at + end) for start, end in numbers)]
    cells = tuple(_part(cell, *span)._replace(col=n) for n, span in enumerate(places, 1))
    return line._replace(cells=cells, shape=Shape(False, None), drops_empty=True)


def _behind(text: str) -> int:
    """Where the labels end with which a text begins, that ends in a number."""
    if not text[-1:].isdigit() or _RUN.fullmatch(text):
        return 0
    at = 0
    for hit in _hits(text):
        if text[at : hit.start].strip():
            return 0
        at = hit.end
    return at


@cache
def _telling() -> Mapping[str, Sequence[str]]:
    """The letters of every label that is no common word, by the first of them."""
    forms = [form for template in load().templates.values() for form in template.tables.values()]
    words = {letters(label) for form in forms for _, label in _rows(form)} | {
        h for form in forms for h in _heads(form)
    }
    by_first: dict[str, list[str]] = {}
    for word in {*words, "二十条第"}:
        by_first.setdefault(word[:1], []).append(word)
    return by_first


def scan(line: Line) -> Iterator[Line]:
    """The line cut at its labels, each label with the text up to the next; text before the first label stays a line."""
    cell = line.cells[0]
    text = cell.text
    hits = list(_hits(text))
    if hits[0].start > 0:
        yield Line((_part(cell, 0, hits[0].start),), line.block)
    stops = [*[h.start for h in hits[1:]], len(text)]
    printed = [letters(text[hit.start : hit.end]) for hit in hits]
    for hit, stop, own, after in zip(hits, stops, printed, [*printed[1:], ""], strict=True):
        label = _part(cell, hit.start, hit.end)
        prose = _NEXT.search(text, hit.end, stop)
        end = prose.start() if prose else stop
        values = tuple(_part(cell, m.start() + hit.end, m.end() + hit.end) for m in words(text[hit.end : end]))
        if hit.kind == "row" and not values and after not in ("", own):
            values = (label._replace(text=""),)  # nothing before the next label: an empty row
        yield Line((label, *values), line.block, joined=True)
        if prose:
            yield Line((_part(cell, end, stop),), line.block)


def _part(cell: GridCell, start: int, end: int) -> GridCell:
    return GridCell(cell.text[start:end].strip(), cell.row, cell.col, place(cell.locator, start, end))


def _hits(text: str) -> Iterator[_Hit]:
    for match in _pattern().finditer(text.translate(_same())):
        yield _Hit(match.start(), match.end(), match.lastgroup or "row")


@cache
def _pattern() -> re.Pattern[str]:
    """Longest label first. A label that is a common word (其他, 总计) is one only with its number."""
    words: set[str] = set()
    numbered: set[str] = set()
    heads: set[str] = set()
    for template in load().templates.values():
        for form in template.tables.values():
            for row, label in _rows(form):
                if len(letters(label)) > 2 or not row.number:
                    words.add(letters(label))
                else:
                    numbered.add(_numbered(row.number.strip("（）"), letters(label)))
            heads |= set(_heads(form))
    return re.compile(
        f"(?P<row>{_AMONG}(?:{_PREFIX})?(?:{_any(words)}){_NOTE}|{'|'.join(sorted(numbered))})"
        f"|(?P<head>{_ARTICLE}|(?:{_any(heads)}){_NOTE})"
        f"|(?P<word>{_any(_COMMON)})"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(_spread(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _rows(form: TableForm) -> Iterator[tuple[Item, str]]:
    for block in form.blocks:
        for row in block.rows:
            for label in row.labels:
                yield row, label


def _heads(form: TableForm) -> Iterator[str]:
    for text in form.corner:
        if len(letters(text)) > 3:
            yield letters(text)
    for block in form.blocks:
        for measure in block.measures:
            yield from (letters(label) for label in measure.labels if len(letters(label)) > 2)


def _numbered(number: str, word: str) -> str:
    """A label that is a common word needs the number that the form prints."""
    return rf"(?:[(]\s*{number}\s*[)]\s*[;.]?|{number}\s*[;.])\s*{_spread(word)}{_NOTE}"


def _spread(word: str) -> str:
    """The letters with what converters put between them, words also as their listed variants."""
    forms, parts, at = load(), [], 0
    while at < len(word):
        listed = next(((old, new) for old, new in forms.words.items() if word.startswith(new, at)), None)
        if listed:
            parts.append(f"(?:{_GAP.join(listed[1])}|{_GAP.join(listed[0])})")
            at += len(listed[1])
        else:
            parts.append(re.escape(word[at]))
            at += 1
    return _GAP.join(parts)


@cache
def _same() -> dict[int, str | int]:
    """Signs as the pattern writes them, and the variants of characters as the characters themselves."""
    return _SIGNS | str.maketrans(dict(load().characters))
