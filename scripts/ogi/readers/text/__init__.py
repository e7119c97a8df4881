"""Plain text -> Document: encodings by content, tables by the layouts that converters leave behind (`layouts.py`).

Comes in: bytes. Goes out: paragraphs (one a line) and grids. Must not know: any form or label.
"""

from __future__ import annotations

import hashlib
import re

from ogi.errors import Unreadable
from ogi.model import Document
from ogi.readers.radicals import folded
from ogi.readers.remedies import ONE_REPORT
from ogi.readers.text.layouts import blocks
from ogi.readers.text.lines import numbered

FORMAT = "txt"
MAX_BYTES = 8_000_000
MAX_LINES = 200_000

_HIDES = "deletion|display|visibility|hidden|line-through|vertical-align: *su[bp]"
_SPAN = re.compile(rf"\[([^\[\]]*)(\]\{{\s*(?:[#.]|[\w-]+=)(?![^{{}}]*(?:{_HIDES}))[^{{}}|]*\}})")
_IN_LINE = re.compile(r"[^\r\n]")
NESTED = 3  # spans one in another


def sniff(head: bytes) -> bool:
    """Whether the bytes decode as text and hold no control characters that text never has."""
    for cut in range(4):
        try:
            text = decode(head[: len(head) - cut])
        except (UnicodeDecodeError, Unreadable):
            continue
        return not any(ord(c) < 32 and c not in "\t\n\r\f\x0b" for c in text)
    return False


def read(data: bytes) -> Document:
    """Lines to blocks. Raises Unreadable for bytes that are no text or too many lines."""
    text = decode(data)
    if len(data) > MAX_BYTES or text.count("\n") + text.count("\r") > MAX_LINES:
        found = f"超过 {MAX_LINES} 行或 {MAX_BYTES} 字节 more than {MAX_LINES} lines or {MAX_BYTES} bytes"
        raise Unreadable("text", found, ONE_REPORT)
    lines = numbered(re.split(r"\r\n|\n|\r", _without_spans(folded(text))))
    return Document(FORMAT, hashlib.sha256(data).hexdigest(), len(data), tuple(blocks(lines)))


def decode(data: bytes) -> str:
    """BOM, then strict UTF-8, then UTF-16 by its NUL pattern, then strict GB18030; declarations are not believed."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name)
    try:
        return _no_nul(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if data[:2000].count(0) > len(data[:2000]) // 20:
        odd = data[1:2000:2].count(0) >= data[0:2000:2].count(0)
        return data.decode("utf-16-le" if odd else "utf-16-be")
    try:
        return _no_nul(data.decode("gb18030"))
    except UnicodeDecodeError:
        found = "不是 UTF-8、UTF-16 或 GB18030 编码的文字 the bytes are no text in UTF-8, UTF-16 or GB18030"
        remedy = "上传原文件，不用另抄的文字 add the original document instead of a copy of its text"
        raise Unreadable("text", found, remedy) from None


def _without_spans(text: str) -> str:
    """Blanks for what pandoc writes around a text that has a style, a language or an id («[规章]{lang="EN-US"}»), so that all
    else keeps its place; not where that may hide the text, strike it out or raise it."""
    for _ in range(NESTED if "]{" in text else 0):
        text = _SPAN.sub(lambda found: f" {found[1]}" + _IN_LINE.sub(" ", found[2]), text)
    return text


def _no_nul(text: str) -> str:
    if "\0" in text:
        found = "含有空字符（NUL），不是文字 NUL characters: these bytes are no text"
        raise Unreadable("text", found, "上传原文件 add the original document")
    return text
