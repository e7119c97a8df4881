"""The kinds of statements that prose may make, and the words around them, as forms/statements.yml writes them.

Comes in: forms/statements.yml. Goes out: the file as typed maps, unknown and missing keys refused.
Must not know: how a pattern is matched, nor what a statement is held against.
"""

from __future__ import annotations

from functools import cache
from typing import TypedDict, cast

from ogi.errors import BadForm
from ogi.paths import FORMS
from ogi.yamlfile import check_keys, load_yaml, maps_of

FILE = "forms/statements.yml"


class Example(TypedDict):
    text: str
    value: int | str
    unit: str | None


class _Demanded(TypedDict):
    code: str
    words: str
    units: str
    patterns: list[str]
    examples: list[Example]
    near_misses: list[str]


class KindSpec(_Demanded, total=False):
    """One entry of `kinds`; what each key means stands at the head of the file."""

    topic: str
    flow: str
    channel: str
    unless: str
    sum: list[str]
    whole: bool
    meant: str
    not_after: str
    none: list[str]
    none_unless: str
    last_year: bool
    as_of: bool
    about: str
    fall: str


class Statements(TypedDict):
    topics: dict[str, str]
    flows: dict[str, str]
    channels: dict[str, str]
    any_channel: str
    bodies: str
    subject: str
    own_bodies: str
    whole_area: str
    area_bodies: str
    time: dict[str, str]
    vague: str
    after: str
    denied: str
    kinds: list[KindSpec]


@cache
def load_statements() -> Statements:
    data = load_yaml(FORMS / "statements.yml", FILE, BadForm)
    check_keys(data, tuple(Statements.__annotations__), FILE, BadForm, required=tuple(Statements.__annotations__))
    for kind in maps_of(data, "kinds", FILE, BadForm):
        check_keys(kind, tuple(KindSpec.__annotations__), FILE, BadForm, required=tuple(_Demanded.__annotations__))
    return cast(Statements, data)
