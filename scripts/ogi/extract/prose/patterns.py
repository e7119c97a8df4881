"""The patterns of forms/statements.yml, made ready to match.

Comes in: forms/statements.yml and the report's year. Goes out: `Kind` and `Context` with compiled
expressions. Must not know: any sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from re import Pattern

from ogi.extract.prose.numerals import NUMBER
from ogi.forms.statements import load_statements

NEVER = re.compile(r"(?!)")
NO_UNIT = r"(?=,占(?:比为?|总数|总量)?的?\d[\d.]*%)"  # a count where the unit was forgotten: 部分公开67,占4.61%


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of statement; `sums` are the cells it may be held against, as sums, the first to be tried
    first."""

    code: str
    patterns: tuple[Pattern[str], ...]
    unless: Pattern[str]
    sums: tuple[str, ...]
    topic: str | None
    flow: str | None
    channel: str | None
    whole: bool
    meant: Pattern[str]
    not_after: Pattern[str]
    none: tuple[Pattern[str], ...]
    none_unless: Pattern[str]
    last_year: bool
    as_of: bool
    about: str | None
    fall: Pattern[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a number and may forbid it: topics, ways, bodies, times, words before and after."""

    topics: Mapping[str, Pattern[str]]
    flows: Mapping[str, Pattern[str]]
    channels: Mapping[str, Pattern[str]]
    any_channel: Pattern[str]
    body: Pattern[str]
    first_body: Pattern[str]
    site: Pattern[str]
    own: Pattern[str]
    area: Pattern[str]
    area_bodies: Pattern[str]
    now: Pattern[str]
    past: Pattern[str]
    compared: Pattern[str]
    masked: Pattern[str]
    as_of: Pattern[str]
    up_to_now: Pattern[str]
    vague: Pattern[str]
    after: Pattern[str]
    denied: Pattern[str]
    counted: Pattern[str]  # the end of a number with a unit: without one in it, no sentence states anything


def kinds(text: str, year: int | None) -> Iterator[Kind]:
    """The kinds that a sentence may state, in the order in which they may claim a number; each made ready when first needed."""
    for code, words in _words():
        if any(word in text for word in words):
            yield _kind(code, year)


@cache
def _words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((spec["code"], tuple(spec["words"].split("|"))) for spec in load_statements()["kinds"])


@cache
def context() -> Context:
    data = load_statements()
    units = {unit for spec in data["kinds"] for unit in spec["units"].split("|")}
    time, bodies = data["time"], data["bodies"]
    subject = data["subject"]
    when, how = r"(?:20\d\d年度?|全年|本年度?|今年)?", "(?:共计?|累计|总计|依法|主动|及时|全年|年内|在年内)*"
    adverbs = f"(?:[,]?{when}[,]?{how})$"
    return Context(
        {k: _compile(v, "", None) for k, v in data["topics"].items()},
        {k: re.compile(v) for k, v in data["flows"].items()},
        {k: re.compile(v) for k, v in data["channels"].items()},
        re.compile(data["any_channel"]),
        re.compile(rf"([一-鿿]{{1,14}}?(?:{bodies})){adverbs}"),
        re.compile(rf"^(?:20\d\d年度?[,]?|今年[,]?)?([一-鿿]{{1,12}}?(?:{bodies}))(?={subject})"),
        re.compile(rf"([一-鿿]{{1,14}}?(?:{bodies}))(?:官方|门户)?(?:网|微信|微博|公众号)"),
        re.compile(data["own_bodies"]),
        re.compile(data["whole_area"]),
        re.compile(rf"(?:{data['area_bodies']})$"),
        re.compile(time["now"]),
        re.compile(time["past"]),
        re.compile(time["compared"]),
        re.compile(time["masked"]),
        re.compile(time["as_of"]),
        re.compile(time["up_to_now"]),
        re.compile(data["vague"]),
        re.compile(data["after"]),
        re.compile(data["denied"]),
        re.compile(rf"[\d零〇一二两三四五六七八九十百千万亿](?:{'|'.join(sorted(units))})"),
    )


@cache
def _kind(code: str, year: int | None) -> Kind:
    spec = next(spec for spec in load_statements()["kinds"] if spec["code"] == code)
    units = spec["units"]
    return Kind(
        spec["code"],
        tuple(_compile(p, units, year) for p in spec["patterns"]),
        _compile(spec["unless"], "", year) if "unless" in spec else NEVER,
        tuple(spec.get("sum", ())),
        spec.get("topic"),
        spec.get("flow"),
        spec.get("channel"),
        bool(spec.get("whole")),
        re.compile(spec["meant"]) if "meant" in spec else NEVER,
        re.compile(spec["not_after"]) if "not_after" in spec else NEVER,
        tuple(re.compile(p) for p in spec.get("none", ())),
        re.compile(spec["none_unless"]) if "none_unless" in spec else NEVER,
        bool(spec.get("last_year")),
        bool(spec.get("as_of")),
        spec.get("about"),
        re.compile(spec["fall"]) if "fall" in spec else NEVER,
    )


def _compile(pattern: str, units: str, year: int | None) -> Pattern[str]:
    """A pattern with its short forms written out."""
    text = re.sub(r"\{\.(\d+)\}", r"[^,。;:0-9、]{0,\1}", pattern)
    text = text.replace("{P}", r"(?:\([^()\d]{0,30}\))?").replace("{N1}", rf"(?:{NUMBER})")
    for shift in (-1, 1):
        text = text.replace(f"{{Y{shift:+d}}}", str(year + shift) if year else r"20\d\d")
    text = text.replace("{N}", rf"(?<![\d.零〇一二两三四五六七八九十百千万亿])(?<!\d,)(?P<n>{NUMBER})")
    longest_first = "|".join(sorted(units.split("|"), key=len, reverse=True))
    text = text.replace("{U}", rf"(?P<u>{longest_first}|{NO_UNIT})(?![数套率量]|均(?![予已为按获在依由]))")
    return re.compile(text)
