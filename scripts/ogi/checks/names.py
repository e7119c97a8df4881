"""Codes in words, and numbers as they are printed in a sentence.

Comes in: a kind and a code, or a Decimal. Goes out: text in Chinese (0) or English (1). Must not know: any
rule.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from ogi.checks.rules import load_short
from ogi.forms.codes import load_codes

_NUMBERING = re.compile(r"^（?[一二三四五六七八九十]+[）、]|(?<=：)\d\.")  # as rows are numbered in the forms
Pair = tuple[str, str]  # the same in Chinese and in English


def both(kind: str, code: str) -> Pair:
    """The label of a code in both languages."""
    return name(kind, code, 0), name(kind, code, 1)


def name(kind: str, code: str, language: int) -> str:
    """The label of a code; the code itself where the codebook does not have it."""
    return _names().get((kind, code), (code, code))[language]


def plain(value: Decimal) -> str:
    """No exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def _names() -> dict[tuple[str, str], tuple[str, str]]:
    long = {(c.kind, c.code): (_NUMBERING.sub("", c.zh), c.en) for c in load_codes()}
    return long | {("item", code): words for code, words in load_short().items()}
