"""The fields of a map that people wrote, each taken as one kind of value or refused with its line.

Comes in: a `Map` and its file. Goes out: text, dates, codes, addresses. Must not know: what they are for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast

from ogi.collection.filenames import shown
from ogi.errors import BadCollection
from ogi.forms.codes import codes_of
from ogi.yamlfile import Map, meant, missing

Word = TypeVar("Word", bound=str)

LONGEST = 300
LISTED = 70  # words that may stand in a place, in a message
ADDRESS = re.compile(r"https?://[^\s<>\"'`]+")


def twice(name: str, key: str) -> tuple[str, str]:
    """What is found and the remedy, where a list has it two times."""
    return f"「{key}」下有两个「{name}」 «{name}» stands twice under «{key}»", "只留一个 keep one of the two"


@dataclass(frozen=True, slots=True)
class Fields:
    """`place` is the file, for messages."""

    data: Map
    place: str

    def fault(self, key: str | None, found: str, remedy: str) -> BadCollection:
        line = self.data.lines.get(key, self.data.line) if key else self.data.line
        return BadCollection(f"{self.place}, line {line}", found, remedy)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.optional(key)
        if value is None:
            value = default
        if value is None:
            raise self.fault(key, *missing(key))
        return value

    def optional(self, key: str) -> str | None:
        """Text, or None where the key is absent or empty."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.fault(key, f"「{key}」不是文字 «{key}» is not text", f'加上引号 put it in quotes: {key}: "…"')
        unfit = shown(value) != value
        if not value.strip() or len(value) > LONGEST or unfit:
            found = (
                f"「{key}」是空白，或超过 {LONGEST} 字，或含有控制字符 "
                f"«{key}» is blank, longer than {LONGEST} characters or holds control characters"
            )
            raise self.fault(key, found, "改成普通文字 write it as plain text")
        return value

    def one_of(self, key: str, allowed: Collection[Word], default: str | None = None) -> Word:
        value = self.text(key, default)
        words: Collection[str] = allowed
        if value not in words:
            near = difflib.get_close_matches(value, words, 1, 0.7) or [one for one in words if value in one.split("-")]
            remedy = meant(near[0]) if near else f"可以写的有 known: {', '.join([*words][:LISTED])}"
            raise self.fault(key, f"「{key}」不能写「{value}」 unknown {key} «{value}»", remedy)
        return cast(Word, value)

    def code_of(self, kind: str, default: str | None = None) -> str:
        """A code of forms/codes.yml, under the key that is its kind."""
        return self.one_of(kind, tuple(code.code for code in codes_of(kind)), default)

    def maps(self, key: str, like: str = "key: value, …") -> Iterator[Fields]:
        """The maps of a list, in its order; none where the key is absent or empty."""
        values = self.data.get(key)
        if values is not None and not isinstance(values, list):
            remedy = "下面每一条以「- 」开头 begin each entry below it with `- `"
            raise self.fault(key, f"「{key}」不是列表 «{key}» is no list", remedy)
        for value in values or ():
            if not isinstance(value, Map):
                found = f"「{key}」里有一条没有键名 an entry of «{key}» is no map"
                raise self.fault(key, found, f"写成 write `- {{{like}}}`")
            yield Fields(value, self.place)

    def name(self, key: str) -> str:
        """In Chinese, and no longer the words in angles that stand for one in what is given to paste."""
        value = self.text(key)
        if not re.fullmatch("[^<>]*[\u3400-\u9fff][^<>]*", value):
            found = f"「{value}」不是机关名称 «{value}» is not the name of an agency"
            raise self.fault(key, found, "写机关的中文全称 write it in Chinese, as the agency does")
        return value

    def code(self, key: str) -> str:
        """Digits, quoted or not."""
        value = self.data.get(key)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(key)

    def day(self, key: str) -> date | None:
        value = self.data.get(key)
        if value is None or isinstance(value, date):
            return value
        found = f"「{key}: {value}」不是日期 «{key}: {value}» is not a date"
        raise self.fault(key, found, "写成年-月-日，如 2022-01-31 write year-month-day: 2022-01-31")

    def address(self, key: str) -> str | None:
        value = self.optional(key)
        if value is not None and not ADDRESS.fullmatch(value):
            remedy = "写完整的网址，以 http:// 或 https:// 开头 write it whole, from http:// or https://"
            raise self.fault(key, f"「{key}」不是网址 «{key}» is not a web address", remedy)
        return value

    def count(self, key: str) -> int | None:
        value = self.data.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            return value
        found = f"「{key}: {value}」不是从 1 起的整数 «{key}: {value}» is not a whole number from 1"
        raise self.fault(key, found, f"写成 {key}: 1 这样的整数 write {key}: 1")

    def number(self, key: str) -> Decimal | None:
        value = self.data.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
                number = Decimal(value)
                if number.is_finite():
                    return number
        except InvalidOperation:
            pass
        found = f"「{key}: {value}」不是数字 «{key}: {value}» is not a number"
        raise self.fault(key, found, "只写数字；没有就写 null write digits only, or null")

    def printed(self, key: str) -> str:
        """What a document prints: text, or a number as it stands in the YAML."""
        value = self.data.get(key)
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            return str(value)
        remedy = f'照原文填写，加引号 write it in quotes as the document prints it: {key}: "12"'
        raise self.fault(key, missing(key)[0], remedy)
