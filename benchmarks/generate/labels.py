"""The labels of the forms and the names of agencies, as data of the generator.

Comes in: labels.yml, names.yml. Goes out: typed views of them. Must not know: ogi.forms, on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from benchmarks.generate.model import Key

Pairs = tuple[tuple[str, str], ...]
TEMPLATES = ("2021-30", "2019-60")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the disclosures table: a heading over columns (measure, label) and rows (item, label)."""

    heading: str
    columns: Pairs
    rows: Pairs


@dataclass(frozen=True, slots=True)
class Group:
    """A group of outcome rows: its label and its rows (item, label)."""

    label: str
    rows: Pairs


@cache
def tree() -> dict[str, object]:
    """labels.yml as it stands."""
    return cast(
        "dict[str, object]", yaml.safe_load((Path(__file__).parent / "labels.yml").read_text("utf-8"))
    )


@cache
def names() -> dict[str, object]:
    """names.yml as it stands."""
    return cast("dict[str, object]", yaml.safe_load((Path(__file__).parent / "names.yml").read_text("utf-8")))


def word(name: str) -> str:
    """A label that stands alone: note, applicants, organisations, corner, outcome, extra_row."""
    return cast("str", tree()[name])


def pairs(name: str) -> Pairs:
    """A mapping of labels.yml as pairs: columns, received, single, closing, notes_in_labels."""
    return tuple(cast("dict[str, str]", tree()[name]).items())


def blocks(template: str) -> tuple[Block, ...]:
    """The blocks of the disclosures table."""
    raw = cast("dict[str, list[dict[str, object]]]", tree()["disclosures"])[template]
    return tuple(
        Block(
            cast("str", b["heading"]),
            tuple(cast("dict[str, str]", b["columns"]).items()),
            tuple(cast("dict[str, str]", b["rows"]).items()),
        )
        for b in raw
    )


def groups(template: str) -> tuple[Group, ...]:
    """The groups of outcome rows of the requests table, 其他处理 last."""
    raw = cast("list[dict[str, object]]", tree()["groups"])
    last = cast("dict[str, dict[str, object]]", tree()["other_of"])[template]
    return tuple(
        Group(cast("str", g["label"]), tuple(cast("dict[str, str]", g["rows"]).items())) for g in [*raw, last]
    )


def outcome_items(template: str) -> tuple[str, ...]:
    """The codes of the outcome rows, those that add up to total_disposed."""
    return (*[i for i, _ in pairs("single")], *[i for g in groups(template) for i, _ in g.rows])


def request_items(template: str) -> tuple[str, ...]:
    """All rows of the requests table in order: 25 or 23."""
    return (*[i for i, _ in pairs("received")], *outcome_items(template), *[i for i, _ in pairs("closing")])


def parties() -> tuple[str, ...]:
    """The six kinds of applicants, without the total."""
    return tuple(m for m, _ in pairs("columns") if m != "total")


def review_labels() -> dict[str, str]:
    """review, suits, direct, after_review."""
    return {k: v for k, v in cast("dict[str, object]", tree()["reviews"]).items() if isinstance(v, str)}


def review_columns() -> Pairs:
    """The five columns of each block of the reviews table."""
    return tuple(cast("dict[str, dict[str, str]]", tree()["reviews"])["columns"].items())


def keys(templates: dict[str, str]) -> tuple[Key, ...]:
    """Every cell of the tables that the report has, in the order of the form."""
    out: list[Key] = []
    if "disclosures" in templates:
        out += [
            ("disclosures", i, m)
            for b in blocks(templates["disclosures"])
            for i, _ in b.rows
            for m, _ in b.columns
        ]
    if "requests" in templates:
        out += [
            ("requests", i, m) for i in request_items(templates["requests"]) for m in (*parties(), "total")
        ]
    if "reviews" in templates:
        out += [("reviews", i, m) for i in ("review", "direct", "after_review") for m, _ in review_columns()]
    return tuple(out)
