"""A Reading as the one JSON object that `ogi read --json` prints; numbers exact, no exponent, integers without a point.

Comes in: a Reading and the path as given. Goes out: one line of JSON. Must not know: how it was read.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal

from ogi.model import TABLES, Cell, Check, Issue, Reading, Section, Statement, Statistic

Json = None | bool | int | str | Decimal | list["Json"] | dict[str, "Json"]


def as_json(reading: Reading, path: str) -> str:
    """One line, keys in the order of the contract, without a line end."""
    return dump(
        {
            "source": {
                "path": path,
                "format": reading.format,
                "sha256": reading.sha256,
                "bytes": reading.size,
            },
            "agency_name": reading.agency_name,
            "agency_name_printed": reading.agency_name_printed,
            "year": reading.year,
            "title": reading.title,
            "templates": {table: reading.templates.get(table) for table in TABLES},
            "cells": [_cell(cell) for cell in reading.cells],
            "statistics": [_plain(row) for row in reading.statistics],
            "sections": [_plain(section) for section in reading.sections],
            "statements": [_plain(statement) for statement in reading.statements],
            "checks": [_plain(check) for check in reading.checks],
            "issues": [_plain(issue) for issue in reading.issues],
        }
    )


def dump(value: Json) -> str:
    """JSON text of plain values; a Decimal as it is written by hand. Lone surrogates are escaped, as UTF-8 has none."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dump(k)}: {dump(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(dump, value)) + "]"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=not _encodable(value))
    return json.dumps(value)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return not any(c in text for c in "\u2028\u2029\x85")


def _cell(cell: Cell) -> dict[str, Json]:
    plain = cell._asdict()
    score = plain.pop("score")
    return plain if score is None else {**plain, "score": Decimal(f"{cell.score:.3f}")}


def _plain(value: Statistic | Section | Statement | Check | Issue) -> dict[str, Json]:
    return asdict(value)
