"""Numbers as prose writes them: 23, 1,234, 3.7万, 二十三, 两千三百.

Comes in: text. Goes out: an exact Decimal, or None where the text is no plain number. Must not know: any
sentence.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([万亿]?)")

# Either digits, perhaps with 万, or a numeral; never a mixture such as 3万5千.
NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[万亿](?!元))?|[零〇一二两三四五六七八九十百千万亿]+)"


def number(text: str) -> Decimal | None:
    """The value of a number as written, exactly."""
    match = _ARABIC.fullmatch(text)
    if match:
        value = Decimal(match[1].replace(",", "") + (match[2] or ""))
        value *= LARGE.get(match[3], 1)
        return value.quantize(Decimal(1)) if match[3] and value == value.to_integral_value() else value
    return _numeral(text)


def _numeral(text: str) -> Decimal | None:
    if not text or any(c not in DIGITS and c not in TENS and c not in LARGE for c in text):
        return None
    if all(c in DIGITS for c in text):
        # 二一 is no way to write 21, but 二〇二一 is a year: neither is a count.
        return Decimal(DIGITS[text]) if len(text) == 1 else None
    total = section = 0
    digit: int | None = None
    last = 10**9
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        elif char in TENS:
            if TENS[char] >= last or digit == 0 or (digit is None and char != "十"):
                return None
            section, digit, last = section + (1 if digit is None else digit) * TENS[char], None, TENS[char]
        else:
            total, section, digit, last = (total + section + (digit or 0)) * LARGE[char], 0, None, 10**9
    return Decimal(total + section + (digit or 0))
