"""Printed text of a cell -> the number it states, never more than it states.

Comes in: text, and what the column may hold. Goes out: `Number` (value, status, unit, and an issue code where a word is due).
Must not know: tables. Only full-width digits and signs are folded: a superscript or a circled digit is not a digit of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ogi.model import Status

UNREAD = "\ufffd"  # what readers put in the place of a character that is there and cannot be read
MAX_DIGITS = 15  # more is no count of anything a report could mean

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: 0x2D, 0x3000: 0x20, 0x6E1B: 0x51CF}
_DEBRIS = re.compile(r"\[bookmark:[^\]]*\]|[\s\u200b-\u200f\u2060\ufeff\xad]")
_NIL = {"/", "\\", "无", "無", "／", "∕", "无。", "N/A", "不涉及", "不适用", "暂无"}
_DASHES = re.compile("-{1,3}|[‐‑‒–—―−﹣➖]{1,2}")
MARKS = "-‐‑‒–—―−﹣➖/"
_MARKED = re.compile(f"[{MARKS}]|[0-9]+")
_MARKED_RUN = re.compile(f"(?:(?:0|[1-9][0-9]*)?[{MARKS}])+(?:0|[1-9][0-9]*)?")
_UNITS = "万元|亿元|千元|百元|元|条|件次|件|次|篇|个|项|人次|人|份|部|批|宗|起|例|笔|户|单"
_PLAIN = re.compile(
    rf"(?P<sign>[+-]|增加|减少|增|减)?(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?P<part>\.[0-9]+)?"
    rf"(?:(?P<unit>{_UNITS})|[(](?P<noted>{_UNITS})[)])?"
)
_NOTED = re.compile(rf"(?P<digits>[0-9]+)(?P<unit>{_UNITS})?(?:[(][^()]*[)]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_STRUCK = re.compile(".\u0336+")
_LISTED = re.compile(r"[.．]\s+\S")  # «1. 0»: the number of a list before a count
_RUN = re.compile(r"[0-9]+(?:,[0-9]{3,})*")
_WORD = re.compile(rf"\S+(?:[ \u3000]+(?:{_UNITS})(?!\S))?")
_NEGATIVE = {"-", "减", "减少"}


class Number(NamedTuple):
    """`code` names the issue to raise (None: nothing to say): number-unreadable, number-struck-out, number-with-note and
    others of `forms/issues.yml`."""

    value: Decimal | None
    status: Status
    unit: str | None = None
    code: str | None = None


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """The text without spaces and converter's debris, full-width signs folded."""
    if text.isascii() and text.isalnum():
        return text
    return _DEBRIS.sub("", text.translate(_FULL_WIDTH))


@lru_cache(maxsize=16_384)
def read_number(text: str, kind: str = "count") -> Number:
    """`kind` as in the forms: count, signed or decimal. A word for change (增, 减, +, -) counts only in a signed column."""
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS and (text[0] != "0" or text == "0"):
        return Number(Decimal(text), "reported")
    if _STRUCK.search(text):
        rest = read_number(_STRUCK.sub("", text), kind)
        said = "number-unreadable" if rest.status == "unreadable" else "number-struck-out"
        return rest._replace(status="unreadable" if rest.value is None else rest.status, code=said)
    word = bare(text)
    if not word:
        return Number(None, "blank")
    if word in _NIL or text.strip() in _NIL or _DASHES.fullmatch(word):
        return Number(None, "nil")
    match = _PLAIN.fullmatch(word)
    if match and not (kind != "signed" and match["sign"] in ("增", "减", "增加", "减少", "+")):
        digits = match["digits"].replace(",", "")
        whole = kind != "decimal"
        if len(digits) > MAX_DIGITS or several(text) or (whole and _LISTED.search(text)):
            return Number(None, "unreadable", code="number-unreadable")
        value = Decimal(digits + (match["part"] or ""))
        negative = match["sign"] in _NEGATIVE
        value = -value if negative else value
        unit = match["unit"] or match["noted"]
        thousands = len(match["part"] or "") == 4  # «3.000»: three, or three thousand
        if (whole and (thousands or value != int(value))) or (kind == "count" and negative):
            return Number(value, "reported", unit, "number-of-wrong-kind")
        if digits[0] == "0" and len(digits) > 1:
            return Number(value, "reported", unit, "number-begins-with-zero")
        return Number(value, "reported", unit, "number-with-unit" if unit and kind != "decimal" else None)
    noted = _NOTED.fullmatch(word)
    if (
        noted
        and len(noted["digits"]) <= MAX_DIGITS
        and not several(text.translate(_FULL_WIDTH).split("(")[0])
    ):
        return Number(Decimal(noted["digits"]), "reported", noted["unit"], "number-with-note")
    return Number(None, "unreadable", code="number-unreadable")


@lru_cache(maxsize=16_384)
def is_value(text: str) -> bool:
    """Whether the text is what a cell of numbers holds: a number, one that cannot be read, a mark for none, or nothing."""
    if text.isascii() and text.isdigit():
        return True
    if _STRUCK.search(text):
        return is_value(_STRUCK.sub("", text))
    return read_number(text, "signed").status != "unreadable" or bool(
        re.fullmatch(rf"[0-9.,+\-()增减{UNREAD}]*[0-9{UNREAD}](?:{_UNITS})?", bare(text))
    )


@lru_cache(maxsize=16_384)
def is_number(text: str) -> bool:
    """Whether the text is a number, not a mark for none and not nothing."""
    return is_value(text) and any(c.isdigit() for c in text)


def words(text: str) -> Iterator[re.Match[str]]:
    """What blanks hold apart in a text, a unit with the number before it."""
    return _WORD.finditer(text)


def digits_only(text: str) -> str | None:
    """The digits of a run («81010010»), None if it holds anything else."""
    word = bare(text)
    return word if word.isascii() and word.isdigit() else None


def marked(text: str) -> list[str]:
    """Marks and what numbers stand between them, one by one («4/////4»); none where anything else is there, or no mark."""
    word = bare(text)
    return _MARKED.findall(word) if _MARKED_RUN.fullmatch(word) else []


def run_of(text: str) -> str | None:
    """A run of numbers without borders: digits, and marks where thousands may be printed («2,30233257»); None for all else."""
    word = bare(text)
    return word if _RUN.fullmatch(word) else None


def several(text: str) -> bool:
    """Digits on both sides of a space or a line end: two numbers in one cell (or one broken in two)."""
    return re.search(r"[0-9][\s\u3000]+[0-9]", text.translate(_FULL_WIDTH).strip()) is not None
