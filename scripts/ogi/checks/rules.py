"""The rules as data: one entry of forms/rules.yml a rule, loaded once into frozen values.

Comes in: forms/rules.yml. Goes out: `Rule` in the order in which checks are published.
Must not know: any reading. How a rule is evaluated is `relations`, `identities` or the registry in
`ogi.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NotRequired, TypedDict, cast

from ogi.errors import BadForm
from ogi.model import Severity
from ogi.paths import FORMS
from ogi.yamlfile import check_keys, load_yaml, map_of, maps_of

Words = tuple[str, str]  # Chinese, English
FILE = "forms/rules.yml"
OVER = ("report", "years", "levels")


class Denial(TypedDict):
    """Words that deny something, and the sum of cells that they call zero; `covers`: the denials that they make as well."""

    code: str
    sum: str
    says: str
    unless: str
    covers: NotRequired[list[str]]


class Group(TypedDict):
    """A kind of statement and the kinds that are parts of it; fewer than `least` of them tell nothing."""

    total: str
    parts: list[str]
    least: int


class Settings(TypedDict, total=False):
    """What a rule's function is told; each has the few that it asks for."""

    any_sector_at: list[str]
    cells: int
    denials: list[Denial]
    deviations: int
    factor: int
    groups: list[Group]
    key: str
    kinds: list[str]
    least: int
    levels: list[str]
    measures: list[str]
    of: list[str]
    others: int
    past: str
    percent: int
    regions: list[str]
    requests: int
    says: str
    section: str
    sections: list[str]
    sectors: list[str]
    shingle: int
    tolerance: str
    tolerance_percent: int
    unless: str
    years: int


# An entry of a rule's `relations`, and a rule, as they are written.
_Relation = TypedDict(
    "_Relation",
    {"each": NotRequired[list[str]], "left": list[str], "is": str, "right": list[str], "scope": NotRequired[str]},
)


class _Rule(TypedDict):
    code: str
    severity: Severity
    over: NotRequired[str]
    scope: str
    table: NotRequired[str]
    templates: NotRequired[list[str]]
    zh: str
    en: str
    formula: str
    identity: NotRequired[bool]
    relations: NotRequired[list[_Relation]]
    wording: NotRequired[str]
    messages: NotRequired[dict[str, dict[str, str]]]
    settings: NotRequired[Settings]
    from_year: NotRequired[int]


class _File(TypedDict):
    short: dict[str, dict[str, str]]
    wordings: dict[str, dict[str, dict[str, str]]]
    rules: list[_Rule]


@dataclass(frozen=True, slots=True)
class Relation:
    """left (= <= >=) right; terms are `table.item.measure`, `-` before one to take off, `@before` behind one
    for the report of the year before, `{each}` for the row or column that the scope names."""

    each: tuple[str, ...]
    left: tuple[str, ...]
    sign: str
    right: tuple[str, ...]
    scope: str = "{each}"


@dataclass(frozen=True, slots=True)
class Rule:
    """`scope` says what a check of this rule is about: measure, item, table, section, statement or report.
    `identity`: the forms name the equations; `relations`: they stand here; neither: a function of its own."""

    code: str
    severity: Severity
    over: str
    scope: str
    zh: str
    en: str
    formula: str
    messages: Mapping[str, Words]
    table: str | None = None
    templates: tuple[str, ...] = ()
    identity: bool = False
    relations: tuple[Relation, ...] = ()
    settings: Settings = field(default_factory=Settings)
    from_year: int | None = None


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules in publishing order. Raises BadForm where one has an unknown key or lacks its words."""
    data = _data()
    wordings = data["wordings"]
    rules = tuple(_rule(spec, wordings) for spec in data["rules"])
    twice = {r.code for r in rules if sum(o.code == r.code for o in rules) > 1}
    if twice:
        raise BadForm(FILE, f"rule {sorted(twice)[0]} stands twice", "give each rule one entry")
    return rules


@cache
def load_short() -> Mapping[str, Words]:
    """Rows whose label in the form is too long for a sentence."""
    return {code: (words["zh"], words["en"]) for code, words in _data()["short"].items()}


@cache
def _data() -> _File:
    data = load_yaml(FORMS / "rules.yml", FILE, BadForm)
    check_keys(data, tuple(_File.__annotations__), FILE, BadForm)
    for spec in maps_of(data, "rules", FILE, BadForm):
        check_keys(spec, tuple(_Rule.__annotations__), FILE, BadForm)
        if "settings" in spec:
            check_keys(map_of(spec, "settings", FILE, BadForm), tuple(Settings.__annotations__), FILE, BadForm)
    return cast(_File, data)


def _rule(spec: _Rule, wordings: Mapping[str, dict[str, dict[str, str]]]) -> Rule:
    place = f"forms/rules.yml: {spec.get('code')}"
    if spec.get("over", "report") not in OVER or spec["severity"] not in ("error", "warning", "info"):
        raise BadForm(place, "unknown severity or `over`", f"use error, warning or info; {', '.join(OVER)}")
    words = wordings[spec["wording"]] | spec.get("messages", {}) if "wording" in spec else spec["messages"]
    messages = {status: (pair["zh"], pair["en"]) for status, pair in words.items()}
    lacking = {"pass", "fail", "unknown"} - set(messages)
    if lacking:
        raise BadForm(place, f"no message for {sorted(lacking)[0]!r}", "write it in Chinese and in English")
    return Rule(
        spec["code"],
        spec["severity"],
        spec.get("over", "report"),
        spec["scope"],
        spec["zh"],
        spec["en"],
        spec["formula"],
        messages,
        spec.get("table"),
        tuple(spec.get("templates", ())),
        bool(spec.get("identity")),
        tuple(_relation(place, r) for r in spec.get("relations", ())),
        spec.get("settings", Settings()),
        spec.get("from_year"),
    )


def _relation(place: str, spec: _Relation) -> Relation:
    unknown = set(spec) - set(_Relation.__annotations__)
    if unknown or spec.get("is") not in ("=", "<=", ">="):
        raise BadForm(place, f"relation {spec}", "use each, left, is (=, <=, >=), right, scope")
    return Relation(
        tuple(spec.get("each", ("",))),
        tuple(spec["left"]),
        spec["is"],
        tuple(spec["right"]),
        spec.get("scope", "{each}"),
    )
