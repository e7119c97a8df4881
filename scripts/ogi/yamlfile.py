"""YAML, the plain part of it: maps, lists, text, whole and decimal numbers, true, false, null, dates.

Comes in: a file that people wrote. Goes out: data that knows the line of each key. Refused, with file, line
and remedy: a doubled key, anchors, aliases, tags, deep nesting, over the size limit. Must not know: its use.
Numbers never pass through float; `yes`, `no`, `on`, `off` and `012` are text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from ogi.errors import BadCollection, OgiError

LARGEST = 256 * 1024
DEEPEST = 12
WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ODD_COLON = re.compile(r"^\s*(?:- )?[A-Za-z0-9_-]+\s*(?:：|:(?=[^\s/]))")
WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Map(dict[str, "Value"]):
    """A map whose keys know their lines; `line` is its own. Keys are always text: 2021 is "2021"."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


Value = str | int | bool | Decimal | date | None | list["Value"] | Map


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text comes from, for messages, and which error its faults are."""

    name: str
    error: type[OgiError]

    def fault(self, line: int, found: str, remedy: str) -> OgiError:
        return self.error(f"{self.name}, line {line}", found, remedy)


def load_yaml(path: Path, name: str | None = None, error: type[OgiError] = BadCollection) -> Map:
    """The map that a file holds; `name` is how messages call the file."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    return read_yaml(data, name or path.name, error)


def read_yaml(data: bytes, name: str, error: type[OgiError] = BadCollection) -> Map:
    """The same from bytes, so that a worker anywhere can read."""
    source = Source(name, error)
    if len(data) > LARGEST:
        found = f"文件超过 {LARGEST // 1024} kB larger than {LARGEST // 1024} kB"
        raise error(name, found, "这里只写名称和日期等，请删短 it holds names and dates; shorten it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = data[: bad.start].count(b"\n") + 1
        raise source.fault(line, "不是 UTF-8 编码 not UTF-8", "另存为 UTF-8 编码 save the file as UTF-8") from None
    try:
        events = _events(text)
        next(events)
        if isinstance(first := next(events), yaml.StreamEndEvent):
            raise error(name, "文件是空的 empty", "至少写一行，如 name: 机关全称 write at least one key: value")
        value = _value(next(events), events, source, 0)
        if not isinstance(value, Map):
            line = first.start_mark.line + 1
            found = "只有一个列表或一个值，没有键名 a list or a single value"
            remedy = "每行写成「键名: 值」，冒号用半角，后面空一格 write `key: value` lines"
            raise _odd_colon(text, source) or source.fault(line, found, remedy)
        next(events)
        if not isinstance(more := next(events), yaml.StreamEndEvent):
            line = more.start_mark.line + 1
            remedy = "一个文件只写一份，删去 --- 和多余的部分 keep one document in a file"
            raise source.fault(line, "文件里有第二份内容（---） a second document (---)", remedy)
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        line = mark.line + 1 if mark else 1
        found = f"不是有效的 YAML 格式 not valid YAML ({bad.problem})"
        remedy = "检查这一行和上一行的缩进、冒号、引号 check indentation, colons and quotes on this line and the one before"
        raise _odd_colon(text, source) or source.fault(line, found, remedy) from None
    except yaml.YAMLError:
        found = "不是有效的 YAML 格式，含有文本中不允许的字符 not valid YAML: a character that text may not hold"
        raise error(name, found, "删去看不见的控制字符 remove control characters") from None
    return value


def check_keys(
    data: Map, allowed: Collection[str], name: str,
    error: type[OgiError] = BadCollection, required: Collection[str] = (),
) -> None:
    """An unknown key is an error that suggests the nearest known one, and so is a missing one."""
    for key in data:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, 1, 0.5)
            remedy = meant(near[0]) if near else f"可用的键名 known keys: {', '.join(allowed)}"
            raise Source(name, error).fault(data.lines[key], f"没有「{key}」这个键名 unknown key «{key}»", remedy)
    for key in required:
        if data.get(key) is None:
            raise Source(name, error).fault(data.line, *missing(key))


def map_of(data: Map, key: str, name: str, error: type[OgiError] = BadCollection) -> Map:
    """The map under a key; refused where there is none."""
    value = data.get(key)
    if not isinstance(value, Map):
        found = f"「{key}」下没有键名 «{key}» is no map"
        raise Source(name, error).fault(data.lines.get(key, data.line), found, "写成 write `key: value`")
    return value


def maps_of(data: Map, key: str, name: str, error: type[OgiError] = BadCollection) -> list[Map]:
    """The maps of the list under a key; refused where there is no list, or one of its entries is no map."""
    values = data.get(key)
    maps = [value for value in values if isinstance(value, Map)] if isinstance(values, list) else []
    if not isinstance(values, list) or len(maps) < len(values):
        found = f"「{key}」不是每条都有键名的列表 «{key}» is no list of maps"
        raise Source(name, error).fault(data.lines.get(key, data.line), found, "每条写成 write `- {key: value, …}`")
    return maps


def missing(key: str) -> tuple[str, str]:
    """What is found and the remedy, where a key is not there."""
    return f"缺少「{key}」 «{key}» is missing", f"加一行 {key}: … add a line `{key}: …`"


def meant(known: str) -> str:
    """The remedy for a word that is not known and looks like this one."""
    return f"是不是「{known}」？请改正 did you mean «{known}»?"


def _odd_colon(text: str, source: Source) -> OgiError | None:
    """The first key whose colon is full-width, or has no blank behind it, in a text that is no YAML."""
    for number, line in enumerate(text.splitlines(), start=1):
        if ODD_COLON.match(line):
            found = (
                "键名后的冒号是全角的（：），或冒号后没有空格 "
                "the colon behind the key is full-width (：) or has no blank behind it"
            )
            remedy = "改用半角冒号，后面空一格，如 name: 机关全称 write `key: value`, with an ASCII colon and a blank"
            return source.fault(number, found, remedy)
    return None


def _events(text: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _value(event: yaml.Event, events: Iterator[yaml.Event], source: Source, depth: int) -> Value:
    line = event.start_mark.line + 1
    _plain(event, source)
    if depth > DEEPEST:
        raise source.fault(line, f"嵌套超过 {DEEPEST} 层 nested deeper than {DEEPEST} levels", "减少层次 write it flat")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event.value, event.implicit[0])
    if isinstance(event, yaml.SequenceStartEvent):
        values: list[Value] = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            values.append(_value(inner, events, source, depth + 1))
        return values
    return _map(line, events, source, depth)


def _map(line: int, events: Iterator[yaml.Event], source: Source, depth: int) -> Map:
    data = Map(line)
    while not isinstance(key_event := next(events), yaml.MappingEndEvent):
        key_line = key_event.start_mark.line + 1
        _plain(key_event, source)
        if not isinstance(key_event, yaml.ScalarEvent):
            remedy = "写成「键名: 值」，键名只用一个词 write `key: value`"
            raise source.fault(key_line, "键名不是一个词 a key that is itself a list or map", remedy)
        key = key_event.value
        if key in data:
            first = data.lines[key]
            remedy = f"只留一处（第一处在第 {first} 行） keep one of the two (the first is on line {first})"
            raise source.fault(key_line, f"键名「{key}」写了两次 key «{key}» stands twice", remedy)
        data.lines[key] = key_line
        data[key] = _value(next(events), events, source, depth + 1)
    return data


def _plain(event: yaml.Event, source: Source) -> None:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        found = "锚点和别名（& 和 *）不能用 anchors and aliases (& and *) are not read"
        raise source.fault(line, found, "直接写出内容，以 & 或 * 开头的加引号 write the value itself")
    if getattr(event, "tag", None) not in (None, "!"):
        remedy = "直接写出内容，以 ! 开头的加引号 write the plain value"
        raise source.fault(line, "标签（!）不能用 tags (!) are not read", remedy)


def _scalar(text: str, plain: bool) -> Value:
    if not plain:
        return text
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text) and len(text) < 40:
        return int(text)
    if DECIMAL.fullmatch(text) and len(text) < 40:
        return Decimal(text)
    if DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
