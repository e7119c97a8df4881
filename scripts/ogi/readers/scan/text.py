"""Pictures of single lines -> text with scores, by the model in rapidocr's wheel.

Comes in: grey crops of one line each. Goes out: text, the mean and the weakest character's score. Must not know:
where a line stands. The model is run directly: rapidocr itself pads every crop to the width of a whole line, is
stateful and prints; its wheel is used for the model alone. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogi.errors import Unreadable

Grey = NDArray[np.uint8]
HEIGHT = 48
NARROWEST = 32
WIDEST = 2400
LINE = 4  # times as wide as high: a line of words, no number; it is read as well squeezed, and faster
WORDS = 2.2  # a number may be as wide: it is read again as it is
CLEAR = 0.85
SQUEEZE = 0.55  # of 2,918 characters in 172 lines 0.3 % came out otherwise than at 0.7, marks and blanks, no digit
STEP = 8  # widths are rounded up to this, so that crops of like width go together
SIGNS = "0123456789.,-/"
_NUMBER = re.compile(r"[0-9OoQD〇.,/-]*[0-9Oo〇][0-9OoQD〇.,/-]*")
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"\d{2}")
UPRIGHT, LEANS = 0.16, 0.24  # how far a stroke's top stands to the right of its foot, by its height
MOST_PIXELS = 48 * 3200  # of one batch


class Recognised(NamedTuple):
    """`weakest` is the lowest score of a character; of a number, how sure each digit is among its like."""

    text: str
    score: float
    weakest: float


def installed() -> bool:
    return all(find_spec(name) is not None for name in ("onnxruntime", "cv2", "rapidocr"))


def recognise(crops: Sequence[Grey], stretch: float = 1.0, numbers: bool = False) -> list[Recognised]:
    """Texts in the order of the crops; `stretch` widens them, for a second look at the same; `numbers` takes every character
    for the digit or sign that it is most like."""
    ready = [_fitted(crop, stretch * (SQUEEZE if _ratio(crop) > WORDS else 1.0)) for crop in crops]
    out = _read(crops, ready, numbers)
    again = [i for i, crop in enumerate(crops) if WORDS < _ratio(crop) <= LINE and not _words(out[i])]
    better = _read([crops[i] for i in again], [_fitted(crops[i], stretch) for i in again], numbers)
    for i, text in zip(again, better, strict=True):
        out[i] = text
    return out


def _ratio(crop: Grey) -> float:
    return crop.shape[1] / crop.shape[0]


def _words(read: Recognised) -> bool:
    """Whether it is a label beyond doubt, no number."""
    return read.weakest > CLEAR and len(_IDEOGRAPH.findall(read.text)) > 1 and not _DIGITS.search(read.text)


def _read(crops: Sequence[Grey], ready: Sequence[Grey], numbers: bool) -> list[Recognised]:
    session, characters, signs = _model()
    out: list[Recognised] = [Recognised("", 0.0, 0.0)] * len(crops)
    order = sorted(range(len(ready)), key=lambda i: ready[i].shape[1])
    while order:
        width = ready[order[0]].shape[1]
        same = [i for i in order if ready[i].shape[1] == width][:max(1, MOST_PIXELS // (width * HEIGHT))]
        batch = np.stack([ready[i] for i in same]).astype(np.float32) / 127.5 - 1.0
        odds = session.run(None, {session.get_inputs()[0].name: np.repeat(batch[:, None], 3, axis=1)})[0]
        for k, i in enumerate(same):
            out[i] = _stroke(_text(odds[k], characters, signs, numbers), crops[i])
        done = set(same)
        order = [i for i in order if i not in done]
    return out


def _text(
    odds: NDArray[np.float32], characters: Sequence[str], signs: NDArray[np.int64], number: bool
) -> Recognised:
    best = odds.argmax(axis=1)
    keep = best != 0
    keep[1:] &= best[1:] != best[:-1]
    steps = np.flatnonzero(keep)
    text = "".join(characters[i] for i in best[steps])
    if not text:
        return Recognised("", 0.0, 0.0)
    scores = [float(odds[step, best[step]]) for step in steps]
    if number or _NUMBER.fullmatch(text):
        # whether a round thing is a nought or a letter does not matter here, whether it is a nought or a six does
        among = odds[np.ix_(steps, signs)]
        sure = among.max(axis=1) / among.sum(axis=1)
        text = "".join(characters[signs[i]] for i in among.argmax(axis=1))
        scores = [float(value) for value in sure]
    return Recognised(text, sum(scores) / len(scores), min(scores))


def _stroke(read: Recognised, crop: Grey) -> Recognised:
    """A lone stroke told by how it leans: upright it is a one, leaning a mark for none, in between a doubt."""
    if read.text not in ("1", "/"):
        return read
    ink = crop < (int(crop.min()) + int(crop.max())) // 2
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 6:
        return read
    height = rows[-1] - rows[0] + 1
    columns = np.arange(ink.shape[1])
    middles = [float(columns[ink[row]].mean()) for row in rows]
    third = max(1, len(rows) // 3)
    lean = (sum(middles[:third]) - sum(middles[-third:])) / third / (height * 2 / 3)
    if lean >= LEANS:
        return Recognised("/", read.score, read.weakest)
    return Recognised("1", read.score, read.weakest if lean <= UPRIGHT else 0.0)


def _fitted(crop: Grey, stretch: float) -> Grey:
    """Scaled to the model's height, padded on the right with its background."""
    import cv2

    height, width = crop.shape
    scaled = min(WIDEST, max(8, round(width * HEIGHT * stretch / height)))
    how = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC
    small = cv2.resize(crop, (scaled, HEIGHT), interpolation=how)
    whole = max(NARROWEST, -(-scaled // STEP) * STEP)
    out = np.full((HEIGHT, whole), 255, dtype=np.uint8)
    out[:, :scaled] = small
    return out


@cache
def _model() -> tuple[Any, list[str], NDArray[np.int64]]:  # onnxruntime names no types
    import onnxruntime

    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else None
    models = sorted(folder.glob("*_rec_*.onnx")) if folder else []
    if not models:
        found = "rapidocr 缺少模型 rapidocr is installed without its model"
        raise Unreadable("scan", found, "重新安装 pip install 'ogi-reports[ocr]' anew")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # documents run side by side, and the result must not depend on the machine
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(models[-1]), options, providers=["CPUExecutionProvider"])
    names = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    characters = ["", *names, " "]
    signs = np.array([characters.index(sign) for sign in SIGNS if sign in characters])
    return session, characters, signs
