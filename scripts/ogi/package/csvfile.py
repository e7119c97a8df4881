"""One line of CSV, there and back: numbers as plain text, text that a spreadsheet would run made harmless.

Comes in: str, Decimal, int, date, None. Goes out: UTF-8 text with '\\n', the same on every Python.
Must not know: any resource. `neutral` is undone by `restored`. Two characters that CSV readers choke
on, U+0000 and lone surrogates, become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

LONGEST_NUMBER = 200
_NUMBER = re.compile(r"[+-][0-9]+(\.[0-9]+)?")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_QUOTED = re.compile('[",\r\n]')


def neutral(text: str) -> str:
    """`text` with a leading ' where a spreadsheet would take it for a formula, or where it starts with '
    itself."""
    first = text[:1]
    formula = first in ("+", "-") and len(text) > 1 and not _NUMBER.fullmatch(text)
    return "'" + text if formula or first in ("=", "@", "\t", "\r", "'") else text


def restored(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if text[:1] == "'" else text


def number_text(value: Decimal | int) -> str:
    """Plain digits: no exponent, no thousands separator, no trailing zeros, integers without '.0', no
    '-0'."""
    if isinstance(value, int):
        return str(value)
    if not value.is_finite() or abs(value.adjusted()) > LONGEST_NUMBER:
        raise ValueError(f"{value} is no plain number")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def quoted(text: str) -> str:
    """`text` as one field; quoted only where it must be, so that the bytes do not hang on the csv
    module's version."""
    text = _UNSAFE.sub("\ufffd", text)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def line(fields: Iterable[str]) -> str:
    return ",".join(fields) + "\n"
