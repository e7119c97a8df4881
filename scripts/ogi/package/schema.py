"""The published schema, from schema.yml: each field once, and which resource has which.

Comes in: schema.yml, the indicators. Goes out: a frozen `Schema` from which columns, descriptor,
codebook and checks derive. Must not know: any row. Unknown keys and undefined fields are errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from ogi.errors import BadForm
from ogi.package.indicators import Indicator
from ogi.yamlfile import check_keys, load_yaml, map_of, maps_of

FILE = Path(__file__).with_name("schema.yml")
NAME = re.compile(r"[a-z][a-z0-9_]*")
TYPES = ("string", "integer", "number", "date")
INDICATORS, BASIS = "*indicators", "indicator_basis"  # the columns of the panel, and the field beside each


class _Field(TypedDict, total=False):
    like: str
    name: str
    type: str
    zh: str
    en: str
    description: str
    description_en: str
    unit: str
    unit_en: str
    pattern: str
    minimum: int
    maximum: int
    codes: str
    categories: dict[str, tuple[str, str]]
    references: str
    warning: str
    warning_en: str


class _Pivot(TypedDict):
    table: str
    rows: list[str]
    columns: NotRequired[str]


class _Resource(TypedDict):
    name: str
    zh: str
    en: str
    description: str
    description_en: str
    fields: list[str]
    key: list[str]
    required: NotRequired[list[str]]
    rename: NotRequired[dict[str, str]]
    split: NotRequired[str]
    pivot: NotRequired[_Pivot]


class _File(TypedDict):
    """schema.yml as it is written; its head says what each key means."""

    about: dict[str, object]
    yuan: dict[str, int]
    fields: dict[str, _Field]
    resources: list[_Resource]


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the column; `codes` a kind of codes.csv; `categories` values with their names (zh, en)."""

    name: str
    type: str
    zh: str
    en: str
    description: str
    description_en: str
    unit: str | None = None
    unit_en: str | None = None
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    codes: str | None = None
    categories: Mapping[str, tuple[str, str]] | None = None
    references: str | None = None
    warning: str | None = None
    warning_en: str | None = None


@dataclass(frozen=True, slots=True)
class Pivot:
    """How a table is made of `cells`: its rows are named by `rows`; the codes of `columns`, if any,
    become columns."""

    table: str
    rows: tuple[str, ...]
    columns: str | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    name: str
    zh: str
    en: str
    description: str
    description_en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    required: frozenset[str]
    by_year: bool = False
    pivot: Pivot | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def by_report(self) -> bool:
        return self.key[0] == "report_id" and self.name != "reports"

    @property
    def foreign_keys(self) -> tuple[tuple[str, str], ...]:
        """(column, resource it points to); a resource's own key points nowhere."""
        return tuple((f.name, f.references) for f in self.fields if f.references and (f.name,) != self.key)


@dataclass(frozen=True, slots=True)
class Schema:
    """`about` is the package as a whole, `yuan` what one of each printed unit of money is worth, `unused` the
    field definitions that no resource has."""

    about: Mapping[str, object]
    resources: Mapping[str, Resource]
    yuan: Mapping[str, int]
    unused: tuple[str, ...]

    def pivots(self) -> tuple[Resource, ...]:
        return tuple(r for r in self.resources.values() if r.pivot)


def load_schema(indicators: Iterable[Indicator], path: Path = FILE) -> Schema:
    """The schema with the columns of the indicators in it; raises BadForm naming field or resource."""
    raw = _read(path)
    fields = {key: _field(path.name, key, raw["fields"]) for key in raw["fields"]}
    columns = tuple(column for one in indicators for column in _columns(one, fields[BASIS]))
    used = {BASIS}
    resources = {}
    for spec in raw["resources"]:
        resource = _resource(path.name, spec, fields, columns)
        resources[resource.name] = resource
        used.update(spec["fields"])
    for resource in resources.values():
        for column, target in resource.foreign_keys:
            if target not in resources:
                raise BadForm(
                    f"{path.name}: {resource.name}", f"{column} references {target!r}", "name a resource"
                )
    return Schema(raw["about"], resources, raw["yuan"], tuple(sorted(set(fields) - used)))


def _read(path: Path) -> _File:
    """The file, its keys checked."""
    raw = load_yaml(path, error=BadForm)
    check_keys(raw, tuple(_File.__annotations__), path.name, BadForm)
    fields = map_of(raw, "fields", path.name, BadForm)
    for key in fields:
        check_keys(
            map_of(fields, key, path.name, BadForm), tuple(_Field.__annotations__), f"{path.name}: field {key}", BadForm
        )
    for spec in maps_of(raw, "resources", path.name, BadForm):
        place = f"{path.name}: resource {spec.get('name')}"
        check_keys(spec, tuple(_Resource.__annotations__), place, BadForm)
        if "pivot" in spec:
            check_keys(map_of(spec, "pivot", place, BadForm), tuple(_Pivot.__annotations__), place, BadForm)
    return cast(_File, raw)


def _field(place: str, key: str, fields: Mapping[str, _Field]) -> Field:
    place = f"{place}: field {key}"
    spec: _Field = {**fields.get(fields[key].get("like", ""), {}), **fields[key]}
    texts = [
        k
        for k in ("zh", "en", "description", "description_en", "warning", "warning_en", "unit", "unit_en")
        if not isinstance(spec.get(k, ""), str)
    ]
    missing = [k for k in ("type", "zh", "en", "description", "description_en") if not spec.get(k)]
    if missing or texts or spec["type"] not in TYPES or not NAME.fullmatch(spec.get("name", key)):
        raise BadForm(
            place,
            f"{(missing or texts or ['type or name'])[0]} is missing or not as it must be",
            f"texts are quoted strings, type is one of {', '.join(TYPES)}",
        )
    categories = (
        {code: (zh, en) for code, (zh, en) in spec["categories"].items()} if "categories" in spec else None
    )
    return Field(
        spec.get("name", key),
        spec["type"],
        spec["zh"],
        spec["en"],
        spec["description"],
        spec["description_en"],
        spec.get("unit"),
        spec.get("unit_en"),
        spec.get("pattern"),
        spec.get("minimum"),
        spec.get("maximum"),
        spec.get("codes"),
        categories,
        spec.get("references"),
        spec.get("warning"),
        spec.get("warning_en"),
    )


def _columns(one: Indicator, basis: Field) -> tuple[Field, Field]:
    """The number and what it rests on."""
    number = Field(
        one.code,
        "number",
        one.zh,
        one.en,
        one.definition,
        one.definition_en,
        unit=one.unit,
        unit_en="cases" if one.unit else None,
        warning=one.warning,
        warning_en=one.warning_en,
    )
    beside = replace(
        basis, name=f"{one.code}_basis", zh=f"{one.zh}：{basis.zh}", en=f"{one.en}: {basis.en.lower()}"
    )
    return number, beside


def _resource(
    place: str, spec: _Resource, fields: Mapping[str, Field], indicators: tuple[Field, ...]
) -> Resource:
    place = f"{place}: resource {spec.get('name')}"
    rename = spec.get("rename", {})
    columns: list[Field] = []
    for key in spec["fields"]:
        if key == INDICATORS:
            columns += indicators
        elif key in fields:
            columns.append(replace(fields[key], name=rename.get(key, fields[key].name)))
        else:
            raise BadForm(place, f"field {key!r} is not defined", "define it under fields")
    names = [column.name for column in columns]
    wrong = [n for n in (*spec["key"], *spec.get("required", ())) if n not in names] or [
        n for n in names if names.count(n) > 1
    ]
    if wrong or spec.get("split", "year") != "year":
        raise BadForm(
            place,
            f"{(wrong or ['split'])[0]!r} does not fit its columns",
            "name each column once; split: year",
        )
    pivot = spec.get("pivot")
    return Resource(
        spec["name"],
        spec["zh"],
        spec["en"],
        spec["description"],
        spec["description_en"],
        tuple(columns),
        tuple(spec["key"]),
        frozenset((*spec["key"], *spec.get("required", ()))),
        "split" in spec,
        Pivot(pivot["table"], tuple(pivot["rows"]), pivot.get("columns")) if pivot else None,
    )
