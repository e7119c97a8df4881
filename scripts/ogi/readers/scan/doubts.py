"""What strips of ink in cells say as numbers, and what speaks against it: a second look, low scores.

Comes in: a page, its strips and what was read of them. Goes out: the texts, numbers put right, and a doubt or "" for each. Must
not know: tables, forms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ogi.messages import in_both
from ogi.readers.scan import text as scan_text
from ogi.readers.scan.image import Grey, Upright
from ogi.readers.scan.strips import Strip, crop, stretches
from ogi.readers.scan.text import Recognised

SURE = 0.90
UNSURE = 0.70
CERTAIN = 0.98
LIKENESS = 0.85  # a six or an eight among noughts stays below
SHORT = 4  # characters; what is longer and hardly a number is foreign text
LOW = 0.45  # of the height of a number: a minus, a point
MARKS = "-.,/—一"
DASHES = {"-", "—", "–", "一"}
APART = 0.85  # of a character's height: digits closer than that are of one number, wide ones too
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_NUMBERLIKE = re.compile(r"[-+\d.,/—一OoIl|]+")
_VALUE = re.compile(r"[-+]?\d[\d,]*(\.\d+)?|[-—–/\\]+|[（(]?[①-⑳\d]+[)）、]?")
_SPACED = re.compile(r"[-+\d.,]+( +[\d.,]+)+")


def judged(
    page: Upright, strips: Sequence[Strip], read: Sequence[Recognised], unit: float
) -> tuple[list[Recognised], list[str]]:
    """The texts, and against each of a cell that may be a number what a second look at another width finds otherwise. What
    can only be a number and was read as something else is read as one, under a doubt; a lone stroke is a mark for none."""
    texts = [_unspaced(text, page.ink, strip, unit) for text, strip in zip(read, strips, strict=True)]
    doubts = _second_look(page, strips, texts, unit)
    alone = Counter(strip.owner for strip in strips)
    texts = [
        text._replace(text="—") if text.text == "一" and alone[strip.owner] == 1 else text
        for text, strip in zip(texts, strips, strict=True)
    ]
    odd = [
        i
        for i, (strip, text) in enumerate(zip(strips, texts, strict=True))
        if strip.owner[0] >= 0 and alone[strip.owner] == 1 and _odd(_plain(text))
    ]
    again = scan_text.recognise([crop(page.grey, strips[i].box, unit) for i in odd], numbers=True)
    for i, number in zip(odd, again, strict=True):
        shown = texts[i].text
        doubts[i] = in_both(f"「{shown}」可能是数字。", f"{shown!r} may be a number")
        value = number.text.strip(".,")  # specks
        known = bool(_VALUE.fullmatch(value))
        texts[i] = (
            Recognised(value, min(number.score, texts[i].score), 0.0) if known else Recognised("", 0.0, 0.0)
        )
    return texts, doubts


def _odd(text: str) -> bool:
    """Whether it may be a misread number: hardly more than a few signs, or most of it digits."""
    few = 0 < len(text) < SHORT or 2 * sum(char.isdigit() for char in text) > len(text)
    return few and not _VALUE.fullmatch(text) and not _IDEOGRAPH.search(text)


def _second_look(
    page: Upright, strips: Sequence[Strip], texts: Sequence[Recognised], unit: float
) -> list[str]:
    out = [""] * len(strips)
    alike = _alike(page.grey, strips, texts)
    numbers = [
        i
        for i, (strip, text) in enumerate(zip(strips, texts, strict=True))
        if strip.owner[0] >= 0 and i not in alike and (not text.text or _NUMBERLIKE.fullmatch(_plain(text)))
    ]
    again = scan_text.recognise([crop(page.grey, strips[i].box, unit) for i in numbers], stretch=1.3)
    for i, second in zip(numbers, again, strict=True):
        first, second = texts[i], _unspaced(second, page.ink, strips[i], unit)
        if not first.text:
            out[i] = in_both("有笔迹认不出来。", "there is ink that could not be read")
        elif _dash(first, strips[i]) and _dash(second, strips[i]):
            continue
        elif first.text != second.text:
            out[i] = in_both(f"第二次识别得到「{second.text}」。", f"a second look reads {second.text!r}")
        elif _marks(page.ink, strips[i]) > sum(char in MARKS for char in first.text):
            out[i] = in_both("数字旁的一点墨迹可能是负号或小数点。", "a mark beside its digits may be a minus or a point")
        elif first.weakest < SURE:
            low = f"{first.weakest:.2f}"
            out[i] = in_both(f"有一个字的置信度只有 {low}。", f"one character has a score of {low}")
    for i, (strip, text) in enumerate(zip(strips, texts, strict=True)):
        words = len(_IDEOGRAPH.findall(text.text)) > 1
        if strip.owner[0] >= 0 and not (out[i] or words or _dash(text, strip)) and text.score < UNSURE:
            out[i] = in_both(f"置信度只有 {text.score:.2f}。", f"its score is {text.score:.2f}")
        elif strip.owner[0] >= 0 and not (out[i] or words) and any(c.crosses(strip.box) for c in page.creases):
            out[i] = in_both("折痕压在这一格的字上。", "a fold of the paper runs across its print")
    return out


def _dash(text: Recognised, strip: Strip) -> bool:
    """Whether it is a level stroke and nothing else: long or short, it is the same mark."""
    x0, top, x1, bottom = strip.box
    return text.text in DASHES and x1 - x0 > 1.5 * (bottom - top)


def _marks(ink: Grey, strip: Strip) -> int:
    """How many things in the line are lower than a digit, and stand apart."""
    x0, top, x1, bottom = strip.box
    part = ink[top:bottom, x0:x1]
    high = [np.flatnonzero(part[:, a:b].any(axis=1)) for a, b in stretches(part, 0, 0) if b - a > 1]
    return sum(bool(rows[-1] - rows[0] < LOW * (bottom - top)) for rows in high)


def _plain(text: Recognised) -> str:
    return text.text.replace(" ", "")


def _unspaced(text: Recognised, ink: Grey, strip: Strip, unit: float) -> Recognised:
    """A number of wide digits without the blanks between them."""
    if not _SPACED.fullmatch(text.text):
        return text
    x0, top, x1, bottom = strip.box
    apart = len(stretches(ink[top:bottom, x0:x1], 0, APART * unit)) > 1
    return text if apart else text._replace(text=_plain(text))


def _alike(grey: Grey, strips: Sequence[Strip], texts: Sequence[Recognised]) -> set[int]:
    """Noughts that look like the page's other noughts: most cells hold one, and they need no second look."""
    import cv2

    noughts = [i for i, text in enumerate(texts) if text.text == "0" and text.weakest > CERTAIN]
    if len(noughts) < 6:
        return set()
    looks = []
    for i in noughts:
        x0, top, x1, bottom = strips[i].box
        look = (
            cv2.resize(grey[top:bottom, x0:x1], (16, 24), interpolation=cv2.INTER_AREA)
            .astype(np.float32)
            .ravel()
        )
        look -= look.mean()
        looks.append(look / (float(np.linalg.norm(look)) or 1.0))
    typical = np.median(np.stack(looks), axis=0)
    typical /= float(np.linalg.norm(typical)) or 1.0
    return {i for i, look in zip(noughts, looks, strict=True) if float(look @ typical) > LIKENESS}
