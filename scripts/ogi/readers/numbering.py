"""The numbers that Word writes before the paragraphs of a list, and that stand in no text.

Comes in: lists with the pattern of each level, then paragraphs in order. Goes out: the number as
printed, «一、» or «1.». Must not know: any file format; docx and doc fill in the same lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_CLOSED = "、，。．）】〕》：　 "  # after these no blank is needed before the text
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """`kind` is Word's name of the numerals; `text` the pattern, %1 to %9 for the levels' numbers."""

    kind: str
    text: str
    start: int = 1


@dataclass(slots=True)
class Lists:
    patterns: dict[str, dict[int, Level]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # a list in use -> its pattern
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    overrides: dict[tuple[str, int], Level] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, level: int) -> str:
        """The number of the next paragraph on this level of this list; '' for a bullet or an unknown list."""
        abstract = self.numbers.get(number)
        pattern = self._level(number, level)
        if abstract is None or pattern is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if (number, level) not in self._begun and (number, level) in self.restarts:
            counts[level] = self.restarts[number, level]
        else:
            counts[level] = counts[level] + 1 if level in counts else pattern.start
        self._begun.add((number, level))
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if pattern.kind in ("bullet", "none"):
            return ""

        def numeral(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            own = self._level(number, at)
            return write(counts.get(at, own.start), own.kind) if own is not None else ""

        printed = _PLACE.sub(numeral, pattern.text)
        return printed if not printed or printed[-1] in _CLOSED else printed + " "

    def _level(self, number: str, level: int) -> Level | None:
        return self.overrides.get((number, level)) or self.patterns.get(self.numbers.get(number, ""), {}).get(
            level
        )


def write(number: int, kind: str) -> str:
    """A number in one of Word's kinds of numerals; plain digits for a kind not known here."""
    if kind in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseLegal",
        "chineseLegalSimplified",
    ):
        return _chinese(number, kind.endswith("Simplified"))
    if kind in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if kind in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if kind == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2474 + number - 1)
    if kind == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if kind == "ideographZodiac" and 1 <= number <= 12:
        return _BRANCHES[number - 1]
    if kind in ("upperLetter", "lowerLetter") and 1 <= number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("upperRoman", "lowerRoman") and 1 <= number < 4000:
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    return str(number)


def _chinese(number: int, legal: bool) -> str:
    digits, units = (_LEGAL, "拾佰仟") if legal else (_DIGITS, "十百千")
    if not 0 <= number < 10_000:
        return str(number)
    if number == 0:
        return digits[0]
    out = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            out += digits[digit] + (units[place - 1] if place else "")
        elif out and number % 10**place and not out.endswith("零"):
            out += "零"
    return out[1:] if out.startswith("一十") and number < 20 else out


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out += letters
            number -= value
    return out
