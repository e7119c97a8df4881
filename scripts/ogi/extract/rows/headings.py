"""Text -> the section that it opens, and where a heading ends whose text stands on the same line.

Comes in: a line's text. Goes out: codes of sections, places in the text. Must not know: blocks, tables, the lines around it.
The words stand in forms/sections.yml. A sentence that begins with the words of a heading is text: «总体情况良好，…».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NotRequired, TypedDict

import yaml

from ogi.extract.glosses import unglossed
from ogi.forms import LOADER, simplified
from ogi.paths import FORMS

LONG = 60  # a text longer than this is no heading, nor a label; it may hold several that ran together

_NUMBER = r"(?:[一二三四五六七八九十]{1,2}|(?:^|(?<=[\s。]))[1-9])\s*[、.．]\s*"
_HEAD = re.compile(r"^[#*\s?？]*(?:第?[一二三四五六七八九十\d]{1,2}\s*(?:部分)?\s*[、.．,，:：]?\s*)?")
_NUMBERED = re.compile(
    r"[#*\s?？]*(?:[一二三四五六七八九十]{1,2}\s*[、.．,，:：]|第[一二三四五六七八九十]{1,2}\s*部分)"
)
_PLAIN = re.compile(r"[\s:：。.·#*]")
_TAIL = re.compile(  # a template's note on its type, a mark too many
    r"(?:[（(][^（）()]*(?:号字?|[宋黑楷]体|仿宋)[^（）()]*[）)]|[、，,])+$"
)
_QUOTED = re.compile(r"(?:(?<!如下)[:：]|[《“])$")  # what a list of contents or a name begins with
_ENDS = re.compile(r"[：:。\s]+")


def section_of(text: str) -> str | None:
    """The section that a heading opens, None if the text is no heading."""
    text = text.strip()
    return _section_named(text) if len(text) <= LONG else None


@lru_cache(maxsize=4096)
def is_numbered(text: str) -> bool:
    """Whether the text has the number of a section: 一、, 第二部分."""
    return _NUMBERED.match(text) is not None


def opening(text: str) -> tuple[int, int] | None:
    """Where the heading ends and its text begins, of a line with both: «六、其他需要报告的事项：无。» -> (11, 12)."""
    numbered = is_numbered(text)
    for match in _ENDS.finditer(text[: LONG + 1]):
        head, rest = text[: match.start()].lstrip(), text[match.end() :].rstrip()
        colon = match[0].strip()[:1] in (":", "：")
        if not rest or not (colon or (numbered and rest.endswith("。"))):
            continue
        section = section_of(head)
        if section and section != "annex" and (numbered or _alone().fullmatch(_HEAD.sub("", simplified(head)))):
            return match.start(), match.end()
    if numbered and text.rstrip().endswith("。"):
        ran_in = next(inside(text), None)
        if ran_in and not text[: ran_in[0]].strip("# ") and text[ran_in[1] :].strip("。 "):
            return ran_in[1], ran_in[1]
    return None


def inside(text: str) -> Iterator[tuple[int, int]]:
    """The headings that ran into a text: from, to. A number, the words of a section, and no sentence around them."""
    for match in _inner().finditer(simplified(text)):
        follows = text[match.end() : match.end() + 1]
        if follows not in tuple("、，,；;”》") and not _QUOTED.search(text[: match.start()].rstrip()):
            yield match.span()


@lru_cache(maxsize=4096)
def _section_named(text: str) -> str | None:
    if "。" in text[:-1] or re.match(r"[#\s]*[（(]", text):
        return None
    words = _TAIL.sub("", _PLAIN.sub("", _HEAD.sub("", simplified(unglossed(text)))))
    section = _sections("words").fullmatch(words)
    if section is None and is_numbered(text) and not text.endswith("。"):
        section = _sections("numbered").fullmatch(words)
    return section.lastgroup if section else None


class _Section(TypedDict):
    code: str
    words: list[str]
    inner: str
    numbered: NotRequired[str]


class _File(TypedDict):
    """forms/sections.yml as it is written; its head says what each key means."""

    sections: list[_Section]
    subject: str


@cache
def _sections(key: Literal["words", "numbered"]) -> re.Pattern[str]:
    """The words of every section, each under the section's code; the first that matches holds."""
    found = [(s["code"], s[key]) for s in _data()["sections"] if key in s]
    each = [(code, "|".join(words) if isinstance(words, list) else words) for code, words in found]
    return re.compile("|".join(f"(?P<{code}>{words})" for code, words in each))


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(rf"{_NUMBER}(?:{_full_words()})(?!{_data()['subject']})")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(_full_words())


def _full_words() -> str:
    return "|".join(s["inner"] for s in _data()["sections"])


@cache
def _data() -> _File:
    return yaml.load((FORMS / "sections.yml").read_bytes(), LOADER)  # noqa: S506  a safe loader
