"""The official forms as data: one YAML a template, loaded once into frozen values.

Comes in: `<template>.yml` beside this file. Goes out: `Forms` (templates -> tables -> blocks of rows and measures, identities).
Must not know: any document or format. A new form is a new YAML file here and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, reduce
from typing import Any

import yaml

from ogi.errors import BadForm
from ogi.forms.written import BlockSpec, IdentitySpec, MeasureSpec, RowSpec, SameAs, TableSpec, TemplateSpec
from ogi.model import Table
from ogi.paths import FORMS

TEMPLATES = ("2021-30", "2019-60", "2014-32")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS = ("count", "signed", "decimal")
Key = tuple[str, str]  # (item, measure)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A column: `kind` is what its numbers may be (count: integer >= 0; signed: integer; decimal: >= 0);
    `under` is the head that spans it and its neighbours."""

    code: str
    labels: tuple[str, ...]
    kind: str = "count"
    unit: str | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A row. `number` as the form prints it (一, （二）, 3), `within` the group it stands in,
    `group` the group it opens; a group line without numbers of its own has `is_group`."""

    code: str
    labels: tuple[str, ...]
    measures: tuple[str, ...]
    number: str | None = None
    note: str | None = None
    within: str | None = None
    group: str | None = None
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share their columns; a table is one block or several under headings (第二十条第（一）项)."""

    heading: str | None
    measures: tuple[Measure, ...]
    rows: tuple[Item, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """An equation the form demands: the cells of `left` sum to the sum of the cells of `right`."""

    rule: str
    scope: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]


@dataclass(frozen=True)
class TableForm:
    """One table of one template. `marks` are labels that no other template prints in this table."""

    template: str
    table: Table
    heading: tuple[str, ...]
    corner: tuple[str, ...]
    marks: tuple[str, ...]
    blocks: tuple[Block, ...]
    identities: tuple[Identity, ...]
    flat: bool = False
    units: tuple[str, ...] = ()
    columns: Mapping[Key, Measure] = field(default_factory=dict, repr=False)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The rows that hold numbers, in the form's order."""
        return tuple(row for block in self.blocks for row in block.rows if not row.is_group)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every column once, in the form's order."""
        return tuple({m.code: m for block in self.blocks for m in block.measures}.values())

    @cached_property
    def cells(self) -> tuple[Key, ...]:
        return tuple((item.code, measure) for item in self.items for measure in item.measures)

    @cached_property
    def sums(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """Both sides of each identity as places in `cells`."""
        at = {key: n for n, key in enumerate(self.cells)}
        return tuple((tuple(at[k] for k in i.left), tuple(at[k] for k in i.right)) for i in self.identities)

    @cached_property
    def measures_of(self) -> Mapping[str, tuple[Measure, ...]]:
        """The columns of each row, as its block defines them."""
        return {item.code: tuple(self.columns[item.code, m] for m in item.measures) for item in self.items}

    @cached_property
    def within(self) -> Mapping[str, Identity]:
        """The identities about one row alone, by its item."""
        return {i.scope: i for i in self.identities if len({item for item, _ in (*i.left, *i.right)}) == 1}

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return {item.code: item.labels[0] for item in self.items}

    @cached_property
    def crossing(self) -> Mapping[str, tuple[Identity, ...]]:
        """The identities of other rows and of columns that have a cell in the row, by its item."""
        found: dict[str, list[Identity]] = {item.code: [] for item in self.items}
        for rule in self.identities:
            for item in dict.fromkeys(item for item, _ in (*rule.left, *rule.right) if item != rule.scope):
                found[item].append(rule)
        return {item: tuple(rules) for item, rules in found.items()}

    def label(self, item: str) -> str:
        """The row's label as the form prints it."""
        return self._labels[item]

    def measure(self, item: str, code: str) -> Measure:
        """The column `code` as the block of `item` defines it."""
        return self.columns[(item, code)]


@dataclass(frozen=True, slots=True)
class Template:
    code: str
    notice: str
    first_year: int
    tables: Mapping[str, TableForm]


@dataclass(frozen=True, slots=True)
class Forms:
    """Every template; the newest first, as a table that shows no mark is taken for the newest."""

    templates: Mapping[str, Template]
    words: Mapping[str, str]
    phrases: Mapping[str, str]
    characters: Mapping[str, str]

    def table(self, template: str, table: str) -> TableForm:
        return self.templates[template].tables[table]

    def variants(self, table: str) -> tuple[TableForm, ...]:
        """The forms in which `table` occurs, the newest first."""
        return tuple(t.tables[table] for t in self.templates.values() if table in t.tables)


@cache
def load() -> Forms:
    """All forms, read once a process. Raises BadForm naming file and key where one contradicts itself."""
    raw: dict[str, TemplateSpec] = {code: _yaml(f"{code}.yml") for code in TEMPLATES}
    labels = _yaml("labels.yml")
    characters = dict(tuple(pair) for pair in labels["characters"].split())
    words = {**labels["words"], **labels["phrases"]}
    return Forms({code: _template(code, raw) for code in TEMPLATES}, words, labels["phrases"], characters)


def simplified(text: str) -> str:
    """The text with its traditional characters and phrases, and variants, as the forms write them; it is as long as before."""
    table, variant = _variants()
    if variant.search(text) is None:
        return text
    return reduce(lambda said, pair: said.replace(*pair), load().phrases.items(), text.translate(table))


@cache
def _variants() -> tuple[dict[int, str], re.Pattern[str]]:
    characters = load().characters
    return str.maketrans(dict(characters)), re.compile(f"[{''.join(characters)}]")


def _yaml(name: str) -> Any:
    return yaml.load((FORMS / name).read_bytes(), LOADER)  # noqa: S506  a safe loader, in C where there is one


def _only(place: str, mapping: Mapping[str, object], kind: type) -> None:
    """No key but those of this kind of map."""
    unknown = set(mapping) - set(kind.__annotations__)
    if unknown:
        raise BadForm(place, f"unknown key {sorted(unknown)[0]!r}", f"use one of: {' '.join(kind.__annotations__)}")


def _template(code: str, raw: Mapping[str, TemplateSpec]) -> Template:
    data = raw[code]
    place = f"forms/{code}.yml"
    _only(place, data, TemplateSpec)
    if data["template"] != code:
        raise BadForm(place, f"template is {data['template']!r}", "name the file after its template")
    tables: dict[str, TableForm] = {
        name: _table(code, name, _resolve(name, body, raw)) for name, body in data["tables"].items()
    }
    return Template(code, data["notice"], data["first_year"], tables)


def _resolve(name: Table, body: TableSpec | SameAs, raw: Mapping[str, TemplateSpec]) -> TableSpec:
    return _resolve(name, raw[body["same_as"]]["tables"][name], raw) if "same_as" in body else body


def _table(template: str, table: Table, body: TableSpec) -> TableForm:
    place = f"forms/{template}.yml: {table}"
    _only(place, body, TableSpec)
    blocks = tuple(_block(place, block) for block in body["blocks"])
    form = TableForm(
        template,
        table,
        tuple(body["heading"]),
        tuple(body["corner"]),
        tuple(body["marks"]),
        blocks,
        (),
        bool(body.get("flat")),
        tuple(body.get("units", ())),
        {(row.code, m.code): m for block in blocks for row in block.rows for m in block.measures},
    )
    return replace(
        form, identities=tuple(i for spec in body.get("identities", ()) for i in _identities(place, spec, form))
    )


def _block(place: str, block: BlockSpec) -> Block:
    _only(place, block, BlockSpec)
    measures = tuple(_measure(place, m) for m in block["measures"])
    codes = tuple(m.code for m in measures)
    rows: list[Item] = []
    within: str | None = None
    for row in block["rows"]:
        _only(place, row, RowSpec)
        is_group = "item" not in row
        labels = (row["label"], *row.get("also", ()))
        top = row.get("number") in tuple("一二三四五六七八九")
        if top or (row.get("number") or "").startswith("（"):
            within = None
        rows.append(
            Item(
                row["group"] if is_group else row["item"],
                labels,
                () if is_group else codes,
                row.get("number"),
                row.get("note"),
                row.get("within", within),
                row.get("group"),
                is_group,
            )
        )
        if "group" in row and is_group:
            within = row["group"]
    return Block(block.get("heading"), measures, tuple(rows))


def _measure(place: str, spec: MeasureSpec) -> Measure:
    _only(place, spec, MeasureSpec)
    kind = spec.get("kind", "count")
    if kind not in KINDS:
        raise BadForm(place, f"kind {kind!r} of {spec['code']}", f"use one of: {', '.join(KINDS)}")
    return Measure(
        spec["code"], (spec["label"], *spec.get("also", ())), kind, spec.get("unit"), spec.get("under")
    )


def _identities(place: str, spec: IdentitySpec, form: TableForm) -> list[Identity]:
    """One identity a row or a column; `left: outcomes` stands for every row between the third line and its total."""
    _only(place, spec, IdentitySpec)
    items, measures = [i.code for i in form.items], [m.code for m in form.measures]
    if spec["each"] == "item":
        return [
            Identity(
                spec["rule"],
                item,
                tuple((item, m) for m in spec["left"]),
                tuple((item, m) for m in spec["right"]),
            )
            for item in spec.get("only", items)
        ]
    left = spec["left"]
    if left == "outcomes":
        left = items[items.index("granted") : items.index("total_disposed")]
    return [
        Identity(spec["rule"], m, tuple((i, m) for i in left), tuple((i, m) for i in spec["right"]))
        for m in spec.get("only", measures)
    ]
