"""Printed labels -> rows and columns of a form.

Comes in: the text of a cell, a TableForm. Goes out: the item or measure it names and how surely. Must not know:
where the text stood.
A label is compared by its letters: numbers, brackets with notes, spaces and punctuation go, variants of `labels.yml` are folded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from ogi.forms import Forms, Item, Measure, TableForm, load, simplified

MONEY = ("元", "千元", "万元", "亿元")
HEAD = 12  # letters of a head
WHOLE = 4  # letters of a label that may be misprinted
ALIKE, APART = 0.75, 0.08  # how alike a misprinted label must be, and how much more than the next best

_NUMBER = re.compile(
    r"\s*(?:[（(]\s*([一二三四五六七八九十]{1,2}|\d{1,2})\s*[）)]\s*[、.．]?"
    r"|([一二三四五六七八九十]{1,2}|\d{1,2})\s*[、.．,，:：])\s*"
)
_AMONG = re.compile(r"^其中[:：]?(?=.)")
_NOTE = re.compile(r"[（(\[【][^（()）\[\]【】]*[）)\]】]")
_OPEN_NOTE = re.compile(r"(?<=.)[（(][^（()）]*$", re.S)
_BRACKET = re.compile(r"[（(\[【]")
_LETTERS = re.compile(r"[^\u3400-\u9fffA-Za-z]+")
_LATIN = re.compile(r"[A-Za-z]+")
ELSE = re.compile(  # of heads that are none of a form's
    "获取|修改|修订|结存|上一?年|受理|申请|撤回|终止|驳回|媒体|事业|国有|民营|项目"
)
_ARTICLE = re.compile(r"第?\s*二十条\s*(?:第|[（(].[）)]\s*项)")
_ARTICLE_ALONE = re.compile(r"\s*第?\s*二十条\s*第?\s*[（(]?.[）)]?\s*项\s*")
_MARKS = re.compile(r"\[(?:bookmark|image)[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Named:
    """What a label names: `sure` is 1.0 for the label or a listed variant, less for a misprint."""

    item: Item
    sure: float


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """The letters that count: number, notes, spaces and punctuation gone, and Latin ones behind or before others («总计 Total»),
    variants folded."""
    bare = "".join(text.split())
    if "[" in bare:
        bare = _MARKS.sub("", bare)
    bare = bare.lstrip("#*-·•")
    for _ in range(2):
        bare = _AMONG.sub("", bare)
        number = _NUMBER.match(bare)
        if number and number.end() < len(bare):
            bare = bare[number.end() :]
    noted = _OPEN_NOTE.sub("", _NOTE.sub("", _NOTE.sub("", bare))) if _BRACKET.search(bare) else bare
    left = _LETTERS.sub("", noted) or _LETTERS.sub("", bare)
    return _fold(_LATIN.sub("", left) or left)


@lru_cache(maxsize=4096)
def inner(text: str) -> tuple[str, ...]:
    """The letters of what stands in brackets: «行政诉讼（未经复议直接起诉）» names its block there, «金额（万元）» its unit."""
    words = (letters(note[1:-1]) for note in _NOTE.findall(text))
    return tuple(word for word in words if len(word) > 2 or word in MONEY)


@lru_cache(maxsize=4096)
def number_of(text: str) -> str | None:
    """The number that the label carries: «（三）» and «三、» give 三, «3.» gives 3; None without one."""
    match = _NUMBER.match(_AMONG.sub("", "".join(text.split())))
    return (match.group(1) or match.group(2)) if match else None


def _fold(text: str) -> str:
    text = simplified(text)
    for old, new in load().words.items():
        text = text.replace(old, new)
    return text


@dataclass(frozen=True, eq=False)
class Index:
    """What each word is, over all forms: letters -> table -> {kind}, kind row or head; `opening` finds a unit."""

    words: Mapping[str, Mapping[str, Set[str]]]
    opening: re.Pattern[str]

    @staticmethod
    @cache
    def of_loaded() -> Index:
        words: dict[str, dict[str, set[str]]] = {}
        units: set[str] = set()
        for template in load().templates.values():
            for form in template.tables.values():
                units |= set(form.units)
                for text, kind in _words(form):
                    words.setdefault(letters(text), {}).setdefault(form.table, set()).add(kind)
        longest_first = "|".join(sorted(units, key=lambda unit: (-len(unit), unit)))
        return Index(words, re.compile(rf"\s*({longest_first})([\s\d.\-—/]*)"))

    @classmethod
    def of(cls, forms: Forms) -> Index:
        assert forms is load()
        return cls.of_loaded()

    def kinds(self, text: str, table: str | None) -> Set[str]:
        """What the text is in this table: row, head, both, or nothing."""
        return self.tables(text).get(table or "", frozenset())

    @lru_cache(maxsize=4096)  # noqa: B019  there is one Index a process
    def tables(self, text: str) -> Mapping[str, Set[str]]:
        """The tables in which the text is a row or a head, and which of them."""
        if _ARTICLE.match(text.lstrip()):
            return {"disclosures": {"head"}}
        return self.words.get(letters(text), {})

    @staticmethod
    def is_article(text: str) -> bool:
        """Whether the text is nothing but the heading of a block of the disclosures: no sentence is like it."""
        return _ARTICLE_ALONE.fullmatch(text) is not None

    @lru_cache(maxsize=4096)  # noqa: B019
    def is_piece(self, text: str) -> bool:
        """Whether these few letters are a piece of a label or head, as narrow cells break them."""
        key = letters(text)
        return 0 < len(key) < WHOLE and any(key in word for word in self.words)

    @lru_cache(maxsize=4096)  # noqa: B019
    def is_other(self, text: str) -> bool:
        """Whether a head tells of something that no form has a column for, and is no piece of a label."""
        key = letters(text)
        return 1 < len(key) <= HEAD and ELSE.search(key) is not None and not any(key in word for word in self.words)

    @lru_cache(maxsize=4096)  # noqa: B019
    def beheaded(self, text: str, table: str) -> bool:
        """Whether the text is a row's label in this table but for the first letter."""
        key = letters(text)
        return len(key) >= WHOLE - 1 and any(w[1:] == key and "row" in tables.get(table, ()) for w, tables in self.words.items())

    def begun(self, text: str) -> Set[str]:
        """The tables with a row or a head that the text is, or that its letters begin behind a number («（三）不»)."""
        whole, start = self.tables(text).keys(), letters(text)
        if whole or not start or number_of(text) is None:
            return whole
        return {table for word, tables in self.words.items() if word.startswith(start) for table in tables}

    @lru_cache(maxsize=4096)  # noqa: B019
    def unit(self, text: str) -> str | None:
        """The unit that opens the text, if a unit and at most a run of digits is all it holds."""
        match = self.opening.fullmatch(text)
        return match[1] if match else None

    def counts(self, text: str) -> bool:
        """Whether the text is nothing but a unit, and none of money: the column 单位 says so in every row («件»)."""
        return text.strip() not in MONEY and self.unit(text) == text.strip()


def _words(form: TableForm) -> Iterator[tuple[str, str]]:
    for text in (*form.corner, *form.heading):
        yield text, "head"
    for block in form.blocks:
        for measure in block.measures:
            yield from ((label, "head") for label in measure.labels)
            if measure.under:
                yield measure.under, "head"
        for row in block.rows:
            yield from ((label, "head" if form.flat else "row") for label in row.labels)


class Rows:
    """The labels and the marks of one table of one form, ready to be looked up; `columns`, `codes`: the code of the measure,
    and of the row with numbers, that letters name."""

    def __init__(self, form: TableForm) -> None:
        self.form = form
        self.marks = tuple(map(letters, form.marks))
        self.columns = {letters(label): m.code for m in form.measures for label in m.labels}
        self.codes = {letters(label): i.code for i in form.items for label in i.labels}
        by_letters: dict[str, dict[str, Item]] = {}
        for block in form.blocks:
            for row in block.rows:
                for label in row.labels:
                    by_letters.setdefault(letters(label), {})[row.code] = row
        self._by_letters = {word: tuple(rows.values()) for word, rows in by_letters.items()}
        groups = (
            (word, next((i for i in rows if i.is_group), None)) for word, rows in self._by_letters.items()
        )
        self._members = {w: tuple(i for i in form.items if i.within == g.code) for w, g in groups if g}

    def exact(self, text: str) -> tuple[Item, ...]:
        """Every row whose label or variant this is; several where the form repeats a label."""
        return self._by_letters.get(letters(text), ())

    def members(self, text: str) -> tuple[Item, ...]:
        """The rows of the group that this is the label of."""
        return self._members.get(letters(text), ())

    def like(self, text: str, among: Iterable[Item]) -> Named | None:
        """The one row of `among` that a misprinted label names, if exactly one is near enough and the numbers agree; or that a
        shortened one does, which has its number."""
        key, number = letters(text), number_of(text)
        if len(key) < WHOLE:
            cut = [row for row in among if len(key) == WHOLE - 1 and any(letters(label)[1:] == key for label in row.labels)]
            return Named(cut[0], ALIKE) if len(cut) == 1 else None
        ranked: list[tuple[float, int, Item]] = []
        for at, row in enumerate(among):
            if number and row.number and number != row.number.strip("（）"):
                continue
            ranked.append((max(alike(key, letters(label)) for label in row.labels), -at, row))
        ranked.sort(reverse=True, key=lambda entry: entry[:2])
        if not ranked or ranked[0][0] < ALIKE:
            short = [row for _, _, row in ranked if number and row.number and any(_shortens(key, letters(n)) for n in row.labels)]
            return Named(short[0], ALIKE) if len(short) == 1 else None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < APART:
            return None
        return Named(ranked[0][2], ranked[0][0])


def alike(one: str, two: str) -> float:
    """Shared characters over all (Dice): lost and swapped characters are what converters do to labels."""
    return 2 * sum((Counter(one) & Counter(two)).values()) / (len(one) + len(two))


def _shortens(short: str, label: str) -> bool:
    """Whether all its letters stand in the label, in their order («信访投诉类» for 信访举报投诉类申请); the mere beginning of a
    label is no short one: the rest of it, and of its numbers, may stand below."""
    rest = iter(label)
    return not label.startswith(short) and all(letter in rest for letter in short)


@cache
def heads_of(measures: tuple[Measure, ...]) -> Mapping[str, Measure]:
    """The columns by the letters of each of their labels."""
    return {letters(label): measure for measure in measures for label in measure.labels}


@cache
def rows_in(template: str, table: str) -> Rows:
    return Rows(load().table(template, table))
