"""The truth files of collected reports, as cells of the project's data model.

Comes in: a `*.truth.json`. Goes out: a `CorpusTruth`: the values that each cell may have. Must not know: how
documents are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

Values = tuple[Decimal | None, ...]
Raw = dict[str, object]
_FORMS = ("2021-30", "2019-60")
_AMOUNT = re.compile(r"^\s*([\d.,]+)")
_RENAMED = {"fees_collected_wan": "fees_collected", "special_funds_wan": "special_funds"}


@dataclass(frozen=True, slots=True)
class CorpusTruth:
    """`uncertain` are patterns where null or a doubt is the honest answer, `unknown` where no truth is told.

    `pairs` are rows of a provincial table (this year, cumulative) whose names are only the truth's own.
    """

    agency: str | None
    year: int | None
    templates: Mapping[str, str]
    cells: Mapping[str, Values]
    statistics: Mapping[tuple[str, str], Decimal | None]
    pairs: Mapping[str, tuple[Decimal | None, Decimal | None]]
    uncertain: tuple[str, ...]
    unknown: tuple[str, ...]
    violations: tuple[str, ...]


def load(path: Path) -> CorpusTruth:
    """One truth file."""
    data = cast("Raw", json.loads(path.read_text("utf-8"), parse_float=Decimal))
    cells = _disclosures(data) | _requests(data) | _reviews(data)
    templates = _templates(data)
    partial = bool(data.get("partial"))
    agency = cast("str | None", data.get("agency"))
    unsure = agency is None or "unknown" in agency or "某" in agency or (partial and data.get("year") is None)
    return CorpusTruth(
        None if unsure else agency,
        cast("int | None", data.get("year")),
        templates,
        cells,
        _stat_rows(data),
        {
            name: (_number(pair[0]), _number(pair[1]))
            for name, pair in cast("dict[str, list[object]]", data.get("stats_year_cumulative") or {}).items()
        },
        tuple(cast("list[str]", data.get("uncertain_cells", []))),
        tuple(
            f"{table}.*.*"
            for table in ("disclosures", "requests", "reviews")
            if partial and table not in templates
        ),
        tuple(str(v) for v in cast("list[object]", data.get("identity_violations_in_source", []))),
    )


def _templates(data: Raw) -> dict[str, str]:
    form = next((f for f in _FORMS if str(data["template"]).startswith(f)), None)
    if form is None:
        return {}
    out = {}
    if data["table2"]:
        out["disclosures"] = form
    if data["table3"] or data.get("table3_partial"):
        out["requests"] = str(data.get("requests_template", form))
    return out


def _disclosures(data: Raw) -> dict[str, Values]:
    out: dict[str, Values] = {}
    for item, measures in cast("dict[str, dict[str, object]]", data["table2"] or {}).items():
        if item.endswith("_extra_row"):  # an agency's own row: no item of the form
            continue
        for measure, value in measures.items():
            code = "amount" if measure.startswith("amount") else measure
            out[f"disclosures.{item}.{code}"] = (_number(value),)
    return out


def _requests(data: Raw) -> dict[str, Values]:
    columns = cast("list[str]", data["columns"])
    rows = cast("dict[str, list[object]]", data["table3"] or data.get("table3_partial") or {})
    lost = any("lost in the text" in note for note in cast("list[str]", data.get("notes", [])))
    out: dict[str, Values] = {}
    for item, row in rows.items():
        values = [_number(value) for value in row]
        # Where the text lost columns of a row of zeros, the identities leave nothing but zeros.
        either = (None, Decimal(0)) if lost and any(v == 0 for v in values) else (None,)
        for column, value in zip(columns, values, strict=True):
            out[f"requests.{item}.{column}"] = either if value is None else (value,)
    return out


def _reviews(data: Raw) -> dict[str, Values]:
    out: dict[str, Values] = {}
    for name, value in zip(
        cast("list[str]", data["table4_columns"]), cast("list[object]", data["table4"] or []), strict=False
    ):
        item, measure = name.rsplit("_", 1)
        out[f"reviews.{item}.{measure}"] = (_number(value),)
    return out


def _stat_rows(data: Raw) -> dict[tuple[str, str], Decimal | None]:
    out: dict[tuple[str, str], Decimal | None] = {}
    for name, value in cast("Raw", data.get("stats") or data.get("annex_stats") or {}).items():
        out[f"stat_{_RENAMED.get(name, name)}", "year"] = None if value == "-" else _number(value)
    return out


def _number(value: object) -> Decimal | None:
    if isinstance(value, str):
        found = _AMOUNT.match(value)
        return Decimal(found[1].replace(",", "")) if found else None
    return None if value is None else Decimal(str(value))
