"""A form as its YAML is written; what the keys mean stands in `ogi.forms`, where each becomes a frozen value.

Goes out: types of maps. Must not know: any form.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict, final

from ogi.model import Table


class MeasureSpec(TypedDict):
    code: str
    label: str
    also: NotRequired[list[str]]
    note: NotRequired[str]
    kind: NotRequired[str]
    unit: NotRequired[str]
    under: NotRequired[str]


class RowSpec(TypedDict):
    """A row has an `item`, or is the line of a `group`."""

    item: NotRequired[str]
    group: NotRequired[str]
    number: NotRequired[str]
    label: str
    also: NotRequired[list[str]]
    note: NotRequired[str]
    within: NotRequired[str]


class BlockSpec(TypedDict):
    heading: NotRequired[str]
    measures: list[MeasureSpec]
    rows: list[RowSpec]


class IdentitySpec(TypedDict):
    rule: str
    each: Literal["item", "measure"]
    only: NotRequired[list[str]]
    left: list[str] | Literal["outcomes"]
    right: list[str]


@final
class TableSpec(TypedDict):
    heading: list[str]
    corner: list[str]
    marks: list[str]
    flat: NotRequired[bool]
    units: NotRequired[list[str]]
    blocks: list[BlockSpec]
    identities: NotRequired[list[IdentitySpec]]


class SameAs(TypedDict):
    """The table is that of the form named here."""

    same_as: str


class TemplateSpec(TypedDict):
    template: str
    notice: str
    first_year: int
    tables: dict[Table, TableSpec | SameAs]
