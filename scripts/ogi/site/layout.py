"""The official forms as grids of places: labels with their spans, and a slot for each cell.

Comes in: `layouts.yml` and the labels of the package's codes. Goes out: `Layout`, pieces of ready HTML
between which the cells of a report are laid. Must not know: values, reports, pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict

import yaml
from markupsafe import escape

from ogi.errors import BadForm

Place = tuple[str, str]  # item, measure
English = Callable[[str, str], str]


class Node(TypedDict, total=False):
    """A row or column, a group of them, or a block."""

    item: str
    measure: str
    label: str
    en: str
    rows: list[Node]
    columns: list[Node]
    heading: str
    corner: str


class Form(TypedDict, total=False):
    """`flat`: groups of columns side by side, where the table is not made of blocks."""

    blocks: list[Node]
    flat: list[Node]


class _File(TypedDict):
    tables: dict[str, dict[str, str]]
    forms: dict[str, dict[str, Form]]


Inner = Literal["rows", "columns"]
Headed = tuple[Node, int, int]  # node, colspan, rowspan

FILE = Path(__file__).with_name("layouts.yml")
KEYS = {*Node.__annotations__, *Form.__annotations__}


@dataclass(frozen=True, slots=True)
class Layout:
    """`pieces[i]` stands before the cell of `places[i]`; the last piece closes the table."""

    table: str
    template: str
    pieces: tuple[str, ...]
    places: tuple[Place, ...]


@cache
def table_titles() -> dict[str, dict[str, str]]:
    return _file()["tables"]


def layouts(english: English) -> dict[tuple[str, str], Layout]:
    """Every table of every form, by (table, template). `english(kind, code)` gives the label beside."""
    out = {}
    for template, tables in _file()["forms"].items():
        for table, form in tables.items():
            writer = _Writer(english)
            if "flat" in form:
                writer.flat(form["flat"])
            else:
                writer.blocks(form["blocks"])
            out[table, template] = Layout(
                table, template, (*writer.pieces, writer.text), tuple(writer.places)
            )
    return out


@cache
def _file() -> _File:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for template, tables in data["forms"].items():
        for table, form in tables.items():
            for node in _nodes(form):
                unknown = set(node) - KEYS
                if unknown:
                    raise BadForm(
                        str(FILE),
                        f"{template}, {table}: unknown key {sorted(unknown)}",
                        f"use {sorted(KEYS)}",
                    )
    return data


def _nodes(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _leaves(nodes: list[Node], inner: Inner) -> int:
    return sum(_leaves(node[inner], inner) if inner in node else 1 for node in nodes)


def _depth(nodes: list[Node], inner: Inner) -> int:
    return 1 + max((_depth(node[inner], inner) for node in nodes if inner in node), default=0)


class _Writer:
    """Writes one table; `text` is what was written since the last slot."""

    def __init__(self, english: English) -> None:
        self.english = english
        self.pieces: list[str] = []
        self.places: list[Place] = []
        self.text = ""

    def blocks(self, blocks: list[Node]) -> None:
        """Blocks one under the other, as wide as the widest; a single one is headed over its columns."""
        wide = max(_leaves(block["columns"], "columns") for block in blocks)
        for block in blocks:
            labels = _depth(block["rows"], "rows")
            extra = wide - _leaves(block["columns"], "columns")
            header = _header_rows(block["columns"])
            if len(blocks) > 1:
                self.text += f"<tbody><tr>{self.label(block, 'heading', labels + wide, 1, 'band')}</tr>"
                corner = self.label(block, "corner", labels, len(header), "corner")
                self.header(header, corner, extra)
            else:
                corner = f'<td class="corner" colspan="{labels}" rowspan="{len(header) + 1}">'
                corner += f"{escape(block['corner'])}</td>"
                self.text += f"<thead><tr>{corner}{self.label(block, 'heading', wide, 1, 'band')}</tr>"
                self.header(header, "", extra)
                self.text += "</thead><tbody>"
            self.rows(block["rows"], labels, [c["measure"] for c in _leaf_nodes(block["columns"])], extra, "")
            self.text += "</tbody>"

    def flat(self, groups: list[Node]) -> None:
        """The items stand side by side above one row of numbers."""
        self.text += "<thead>"
        self.header(_header_rows(groups), "", 0)
        self.text += "</thead><tbody><tr>"
        for group in groups:
            for item in [group] if "item" in group else group["columns"]:
                for leaf in item["columns"]:
                    self.slot(item["item"], leaf["measure"], "")
        self.text += "</tr></tbody>"

    def header(self, header: list[list[Headed]], corner: str, extra: int) -> None:
        """The last column takes the `extra` width that a wider block of the table leaves."""
        for row in header:
            cells = [self.label(n, "label", w + (extra if n is row[-1][0] else 0), h, "") for n, w, h in row]
            self.text += f"<tr>{corner}{''.join(cells)}</tr>"
            corner = ""

    def rows(self, rows: list[Node], labels: int, measures: list[str], extra: int, opened: str) -> None:
        for node in rows:
            if "rows" in node:
                group = self.label(node, "label", 1, _leaves(node["rows"], "rows"), "group")
                self.rows(node["rows"], labels - 1, measures, extra, opened + group)
            else:
                self.text += f"<tr>{opened}{self.label(node, 'label', labels, 1, 'row')}"
                for measure in measures[:-1]:
                    self.slot(node["item"], measure, "")
                self.slot(node["item"], measures[-1], f' colspan="{1 + extra}"' if extra else "")
                self.text += "</tr>\n"
            opened = ""

    def slot(self, item: str, measure: str, attributes: str) -> None:
        self.pieces.append(f"{self.text}<td{attributes} ")
        self.places.append((item, measure))
        self.text = "</td>"

    def label(
        self, node: Node, key: Literal["label", "heading", "corner"], colspan: int, rowspan: int, kind: str
    ) -> str:
        kinds: tuple[Literal["item", "measure"], ...] = ("item", "measure") if key == "label" else ()
        beside = next((self.english(k, node[k]) for k in kinds if k in node), "")
        if key != "corner":
            beside = node.get("en", beside)
        scope = {"row": "row", "group": "rowgroup", "corner": "col"}.get(
            kind, "colgroup" if colspan > 1 else "col"
        )
        spans = (f' colspan="{colspan}"' if colspan > 1 else "") + (
            f' rowspan="{rowspan}"' if rowspan > 1 else ""
        )
        english = f'<span class="en" lang="en">{escape(beside)}</span>' if beside else ""
        css = f' class="{kind}"' if kind else ""
        return f'<th scope="{scope}"{css}{spans}>{escape(node[key])}{english}</th>'


def _header_rows(columns: list[Node]) -> list[list[Headed]]:
    """The header rows of a tree of columns; shallow ones reach down."""
    depth = _depth(columns, "columns")
    out: list[list[Headed]] = [[] for _ in range(depth)]

    def place(nodes: list[Node], row: int) -> None:
        for node in nodes:
            inner = node.get("columns", [])
            height = depth - row - (_depth(inner, "columns") if inner else 0)
            out[row].append((node, _leaves(inner, "columns") if inner else 1, height))
            place(inner, row + height)

    place(columns, 0)
    return out


def _leaf_nodes(nodes: list[Node]) -> list[Node]:
    return [
        leaf for node in nodes for leaf in (_leaf_nodes(node["columns"]) if "columns" in node else [node])
    ]
