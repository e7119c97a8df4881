"""Every code with its meaning, from the YAML files that define it.

Comes in: codes.yml, sectors.yml, issues.yml, rules.yml, indicators.yml. Goes out: `Code` values, in the order
of publication. Must not know: who uses a code, or how one is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import yaml

from ogi.errors import BadForm
from ogi.forms import LOADER
from ogi.paths import FORMS
from ogi.yamlfile import Map, Value, check_keys, load_yaml

SNAKE, KEBAB = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FORM, RULE = re.compile(r"20[0-9]{2}-[0-9]{2}"), re.compile(r"(T[234]|TX|ST|HI|PK)-[0-9]{2}[a-z]?")
WORD = re.compile(r"[a-z]+")
PATTERNS = {
    "table": WORD, "item": SNAKE, "measure": SNAKE, "status": WORD, "template": FORM, "section": WORD,
    "statement": SNAKE, "indicator": SNAKE, "rule": RULE, "issue": KEBAB, "sector": KEBAB, "level": WORD,
    "severity": WORD,
}
OWN_KEYS = (
    "zh", "en", "definition", "definition_en", "legal_basis",
    "templates", "comparable_with", "unit", "severity",
)


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means; unique within its kind. `order` counts from 1 within the kind.

    `comparable_with`: the codes whose numbers mean the same in another form, itself included if it is in two.
    `severity` only for rules and issues, `unit` only where numbers have one.
    """

    kind: str
    code: str
    zh: str
    en: str
    definition: str | None = None
    definition_en: str | None = None
    legal_basis: str | None = None
    templates: tuple[str, ...] = ()
    order: int = 0
    comparable_with: tuple[str, ...] = ()
    unit: str | None = None
    severity: str | None = None


@cache
def load_codes() -> tuple[Code, ...]:
    """All kinds, each in its own order; a code that contradicts its file, kind or neighbours is a BadForm."""
    kinds: dict[str, dict[str, Code]] = {kind: {} for kind in PATTERNS}
    for code in _defined():
        own = kinds[code.kind]
        if not PATTERNS[code.kind].fullmatch(code.code):
            remedy = "see PATTERNS in forms/codes.py"
            raise BadForm(f"forms: {code.kind} {code.code}", "not a code of its kind", remedy)
        if code.code in own:
            raise BadForm(f"forms: {code.kind} {code.code}", "defined twice", "keep one definition")
        own[code.code] = code
    found = tuple(
        replace(code, order=place) for own in kinds.values() for place, code in enumerate(own.values(), 1)
    )
    _check_references(found)
    return found


def codes_of(kind: str) -> tuple[Code, ...]:
    """The codes of one kind in their order."""
    return tuple(code for code in load_codes() if code.kind == kind)


def _defined() -> Iterator[Code]:
    """In the order in which they are published: the rules that are evaluated (rules.yml) before those that are not."""
    yield from _listed("rules.yml", "rules", "rule")
    for kind, entries in _file("codes.yml").items():
        if kind not in PATTERNS or not isinstance(entries, Map):
            raise BadForm("forms/codes.yml", f"«{kind}» is no kind of code", f"known: {', '.join(PATTERNS)}")
        for code, entry in entries.items():
            yield _code("codes.yml", kind, code, entry, OWN_KEYS)
    for code, entry in _file("sectors.yml").items():
        yield _code("sectors.yml", "sector", code, entry, (*OWN_KEYS, "patterns"))
    for code, entry in _file("issues.yml").items():
        yield _code("issues.yml", "issue", code, entry, OWN_KEYS)
    yield from _listed("indicators.yml", "indicators", "indicator")


def _listed(file: str, key: str, kind: str) -> Iterator[Code]:
    """Files that say far more than what a code means: their owners check the rest of them."""
    entries = yaml.load((FORMS / file).read_bytes(), LOADER)[key]  # noqa: S506  a safe loader
    for entry in entries:
        texts = Map(0)
        texts.update({name: entry[name] for name in (*OWN_KEYS, "formula") if name in entry})
        yield _code(file, kind, str(entry["code"]), texts, tuple(texts))


def _file(name: str) -> Map:
    return load_yaml(FORMS / name, f"forms/{name}", BadForm)


def _code(file: str, kind: str, code: str, entry: Value, keys: tuple[str, ...]) -> Code:
    place = f"forms/{file}"
    if not isinstance(entry, Map):
        raise BadForm(place, f"«{code}» has no map", "give it zh and en")
    check_keys(entry, keys, place, BadForm, required=("zh", "en"))
    formula = _text(entry, "formula")
    return Code(
        kind=kind, code=code, zh=_text(entry, "zh") or "", en=_text(entry, "en") or "",
        definition=_text(entry, "definition") or formula,
        definition_en=_text(entry, "definition_en") or formula,
        legal_basis=_text(entry, "legal_basis"), templates=_texts(entry, "templates"),
        comparable_with=_texts(entry, "comparable_with"), unit=_text(entry, "unit"),
        severity=_text(entry, "severity"),
    )


def _text(entry: Map, key: str) -> str | None:
    value = entry.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadForm(_line(entry, key), f"«{key}» is not text", "put it in quotes")
    return value


def _texts(entry: Map, key: str) -> tuple[str, ...]:
    value = entry.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadForm(_line(entry, key), f"«{key}» is not a list of texts", "write [a, b]")
    return tuple(str(item) for item in value)


def _line(entry: Map, key: str) -> str:
    return f"forms, line {entry.lines.get(key, entry.line)}"


def _check_references(codes: tuple[Code, ...]) -> None:
    known = {(code.kind, code.code) for code in codes}
    for code in codes:
        missing = [t for t in code.templates if ("template", t) not in known]
        missing += [c for c in code.comparable_with if (code.kind, c) not in known]
        if missing:
            place, found = f"forms: {code.kind} {code.code}", f"names unknown codes {missing}"
            raise BadForm(place, found, "define them or drop them")
