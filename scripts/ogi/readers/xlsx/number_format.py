"""A stored number as the sheet shows it: 0.00, #,##0, 0%, dates.

Comes in: the digits of the file and a number format. Goes out: the text shown. Must not know: sheets. A
format beyond the simple ones gives the stored number itself: more digits than shown is honest, a guess
is not.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt, ne

BUILT_IN = {
    "0": "General",
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "14": "yyyy-mm-dd",
    "31": "yyyy年m月d日",
    "37": "#,##0;-#,##0",
    "38": "#,##0;-#,##0",
    "39": "#,##0.00;-#,##0.00",
    "40": "#,##0.00;-#,##0.00",
    "57": "yyyy年m月",
    "58": "m月d日",
    "49": "@",
}

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|[_*](.)|\[([^\]]*)\]|([0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(%)|(.)', re.S
)
_BARE = re.compile(r"[0-9.,]+")
_DATE = re.compile(r"[ymdhs]", re.I)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}
_LITERAL = re.compile(r'"[^"]*"|\\.')
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def shown(raw: str, code: str, from_1904: bool = False) -> str:
    """The text for a stored number; the stored text itself where it is no number."""
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return raw
    if not number.is_finite() or abs(number) >= Decimal(10) ** 18:
        return raw
    if code in ("General", "@", ""):
        return plain(number)
    section = _section(code, number)
    bare = _QUOTED.sub("", section)
    if "General" in section:
        return plain(number)
    if _DATE.search(bare) and "0" not in bare and "#" not in bare:
        return _date(number, section, from_1904) or plain(number)
    if "E" in bare or "/" in bare:
        return plain(number)
    signed = number < 0 and ";" in code and not _CONDITION.search(code)  # its section writes the sign
    text = _written(abs(number) if signed else number, section)
    return f"-{text}" if signed and _BARE.fullmatch(text) and text.strip("0.,") else text  # «0;[Red]0»: red is the sign


def plain(number: Decimal) -> str:
    """The digits that a cell without a format shows: fifteen at most, no exponent, no trailing zeros."""
    if number and len(number.as_tuple().digits) > 15:
        number = number.quantize(Decimal(1).scaleb(number.adjusted() - 14), ROUND_HALF_UP)
    text = f"{number or abs(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _section(code: str, number: Decimal) -> str:
    """The part of the format whose condition («[=0]») holds, or for positive, negative or zero."""
    parts = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)|^(?=;)', code) or [code]
    conditions = [_CONDITION.search(_LITERAL.sub("", part)) for part in parts]
    if any(conditions):
        fits = (not c or _COMPARED[c[1]](number, Decimal(c[2])) for c in conditions)
        return next((part for part, fit in zip(parts, fits, strict=True) if fit), "General")
    if number < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if number == 0 and len(parts) > 2 else parts[0]


def _written(number: Decimal, section: str) -> str:
    tokens = list(_TOKEN.finditer(section))
    if any(token[6] for token in tokens):
        number *= 100
    out = ""
    done = False
    for token in tokens:
        if token[5] is not None and not done:
            out += _digits(number, token[5])
            done = True
        elif token[6]:
            out += "%"
        elif token[7] == "@":
            out += plain(number)
            done = True
        else:
            out += token[1] or token[2] or token[7] or ""
    return out


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    grouped = "," in whole.rstrip(",")
    number = number.scaleb(-3 * (len(whole) - len(whole.rstrip(","))))
    text = f"{number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP):{',' if grouped else ''}f}"
    least = fraction.count("0")
    if len(fraction) > least:
        head, _, tail = text.partition(".")
        text = f"{head}.{tail[:least]}{tail[least:].rstrip('0')}".rstrip(".")
    if set(whole) <= {"#", ","} and text in ("0", "-0"):
        return ""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    zeros = whole.count("0") - len(digits.partition(".")[0].replace(",", ""))
    return (sign if any(digit not in "0.," for digit in digits) else "") + "0" * max(zeros, 0) + digits


def _date(number: Decimal, section: str, from_1904: bool) -> str | None:
    days = int(number)
    if not 60 < days < 80_000 or re.search(r"[hs]", _QUOTED.sub("", section), re.I):
        return None
    day = (date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(days)
    text = _QUOTED.sub(
        lambda part: part[0].strip('"') if part[0][0] == '"' else part[0][1:] if part[0][0] == "\\" else "",
        section,
    )
    for name, value in (
        ("yyyy", f"{day.year}"),
        ("yy", f"{day.year % 100:02d}"),
        ("mm", f"{day.month:02d}"),
        ("m", f"{day.month}"),
        ("dd", f"{day.day:02d}"),
        ("d", f"{day.day}"),
    ):
        text = re.sub(name, value, text, flags=re.I)
    return text.replace("@", "").strip("; ")
