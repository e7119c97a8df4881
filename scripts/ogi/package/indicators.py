"""The indicators of the panel, from forms/indicators.yml.

Comes in: the YAML and the forms. Goes out: frozen `Indicator` values with their terms as cells of each form.
Must not know: any report. A new indicator is a new entry in the YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from ogi.errors import BadForm
from ogi.forms import TableForm
from ogi.paths import FORMS
from ogi.yamlfile import Map, check_keys, load_yaml, maps_of

FILE = FORMS / "indicators.yml"
CODE = re.compile(r"[a-z][a-z0-9_]*")
TEXTS = ("code", "zh", "en", "unit", "definition", "definition_en", "warning", "warning_en")
ANY_FORM = "*"
Terms = Mapping[str, tuple[str, ...]]  # template (or ANY_FORM) -> table.row.measure, …
Written = list[str] | dict[str, list[str]]  # the same as the YAML has it


class _Share(TypedDict):
    of: Written
    to: Written


class _Demanded(TypedDict):
    code: str
    zh: str
    en: str
    definition: str
    definition_en: str


class _Entry(_Demanded, total=False):
    unit: str
    warning: str
    warning_en: str
    sum: Written
    share: _Share


@dataclass(frozen=True, slots=True)
class Indicator:
    """`over` is None for a sum; for a share `terms` are what is counted and `over` what they are part of."""

    code: str
    zh: str
    en: str
    unit: str | None
    definition: str
    definition_en: str
    warning: str | None
    warning_en: str | None
    terms: Terms
    over: Terms | None = None

    @property
    def table(self) -> str:
        return next(iter(self.terms.values()))[0].split(".")[0]


def load_indicators(path: Path = FILE) -> tuple[Indicator, ...]:
    """Every indicator in the order of the file; raises BadForm naming the entry that is wrong."""
    raw = load_yaml(path, error=BadForm)
    check_keys(raw, ("indicators",), path.name, BadForm)
    entries = maps_of(raw, "indicators", path.name, BadForm)
    return tuple(_indicator(f"{path.name}: {entry.get('code')}", entry) for entry in entries)


def cells_of(terms: Terms, form: TableForm) -> tuple[tuple[str, str], ...] | None:
    """The (item, measure) of the form that the terms stand for; None where the form lacks one of them."""
    cells: list[tuple[str, str]] = []
    for term in terms.get(form.template, terms.get(ANY_FORM, ())):
        _, row, measure = term.split(".")
        rows = [i.code for i in form.items if i.code == row] or [
            i.code for i in form.items if i.within == row
        ]
        if not rows or any((item, measure) not in form.cells for item in rows):
            return None
        cells += [(item, measure) for item in rows]
    return tuple(cells) or None


def _indicator(place: str, written: Map) -> Indicator:
    check_keys(written, (*TEXTS, "sum", "share"), place, BadForm)
    wrong = [key for key in TEXTS if not isinstance(written.get(key, ""), str)]
    entry = cast(_Entry, written)
    if wrong or not CODE.fullmatch(entry["code"]):
        raise BadForm(
            place,
            f"{(wrong or ['code'])[0]} is not a text of the right form",
            "quote it; codes are snake_case",
        )
    missing = [key for key in ("zh", "en", "definition", "definition_en") if not entry.get(key)]
    if missing or ("sum" in entry) == ("share" in entry):
        raise BadForm(
            place, f"lacks {missing[0] if missing else 'either sum or share'}", "write it in both languages"
        )
    share = entry.get("share")
    if share is not None and set(share) != {"of", "to"}:
        raise BadForm(place, "share must have exactly the keys of, to", "share: {of: […], to: […]}")
    return Indicator(
        entry["code"],
        entry["zh"],
        entry["en"],
        entry.get("unit"),
        entry["definition"],
        entry["definition_en"],
        entry.get("warning"),
        entry.get("warning_en"),
        terms=_terms(place, share["of"] if share else entry["sum"]),
        over=_terms(place, share["to"]) if share else None,
    )


def _terms(place: str, terms: Written) -> Terms:
    by_form = terms if isinstance(terms, dict) else {ANY_FORM: terms}
    flat = [term for some in by_form.values() for term in some]
    if (
        not flat
        or any(not isinstance(t, str) or t.count(".") != 2 for t in flat)
        or len({t.split(".")[0] for t in flat}) > 1
    ):
        raise BadForm(
            place, "its terms are not table.row.measure of one table", "as in requests.granted.total"
        )
    return {form: tuple(some) for form, some in by_form.items()}
