"""One report in, its part of every file out: plain text, so that any worker on any machine can do it.

Comes in: a `model.Report`. Goes out: `Rendered`, lines of CSV by resource with what they point to.
Raises BadPackage naming the row. Must not know: other reports, files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from ogi.errors import BadPackage
from ogi.forms import load as load_forms
from ogi.forms.codes import load_codes
from ogi.model import Check, Report
from ogi.package.indicators import Indicator, load_indicators
from ogi.package.lists import code_rows, names_of
from ogi.package.panel import Panel
from ogi.package.rows import Meanings, numbered, report_parts, report_rows
from ogi.package.schema import Resource, Schema, load_schema
from ogi.package.table import Reference, Row, Table

PUBLISHED = ("report", "superseded")
NUMBERS_STATED = ("printed", "derived", "computed")


@dataclass(frozen=True, slots=True)
class Rendered:
    """`report` without its reading; `lines` of each resource; `nil` tells whether it declares that no
    request came in; `in_last`: the lines of resources kept by report are those that the last package has, of `checks` the first
    `own` bytes (what other agencies' reports say of it stands after them)."""

    report: Report
    year: int | None = None
    lines: Mapping[str, str] = field(default_factory=dict)
    references: frozenset[Reference] = frozenset()
    nil: str = "unknown"
    in_last: bool = False
    own: int = 0


@cache
def renderer() -> Renderer:
    """The one of this process."""
    return Renderer()


class Renderer:
    """What is the same for every report: forms, schema, codes and a table writer each resource."""

    def __init__(self) -> None:
        self.forms = load_forms()
        self.indicators: tuple[Indicator, ...] = load_indicators()
        self.schema: Schema = load_schema(self.indicators)
        kinds = next(f for f in self.schema.resources["codes"].fields if f.name == "kind").categories or {}
        self.codes: list[Row] = code_rows(load_codes(), kinds)
        self.meanings = Meanings(self.schema, Panel(self.indicators, self.forms), names_of(self.codes))
        self.tables = {r.name: Table(r, self.allowed(r)) for r in self.schema.resources.values()}

    def allowed(self, resource: Resource) -> dict[str, tuple[str, ...]]:
        """The values of each column that has a closed list, in the order of the list."""
        lists: dict[str, tuple[str, ...]] = {}
        for column in resource.fields:
            if column.categories is not None:
                lists[column.name] = tuple(column.categories)
            elif column.codes is not None:
                lists[column.name] = tuple(
                    str(row["code"]) for row in self.codes if row["kind"] == column.codes
                )
        if resource.pivot is not None:
            forms = self.forms.variants(resource.pivot.table)
            here = {
                "item": {i for f in forms for i, _ in f.cells},
                "measure": {m for f in forms for _, m in f.cells},
            }
            lists |= {
                name: tuple(c for c in lists[name] if c in here[name]) for name in here if name in lists
            }
        return lists

    def render(self, report: Report) -> Rendered:
        """Its lines in every resource; a document that is no report of its own has none."""
        bare = replace(report, reading=None)
        if report.outcome not in PUBLISHED:
            return Rendered(bare, report.entry.year if report.entry else None)
        _, year, _ = report_parts(report)
        rows, references = report_rows(report, self.meanings), set[Reference]()
        lines = {name: "".join(self.tables[name].lines(some, references)) for name, some in rows.items()}
        panel = rows["panel"]
        return Rendered(
            bare, year, lines, frozenset(references), _declared_nil(panel[0]) if panel else "unknown"
        )

    def brief(self, rendered: Rendered) -> Rendered:
        """The same, for when the package that is made of it is the last one."""
        own = rendered.report.report_id
        lines = {n: text for n, text in rendered.lines.items() if not self.schema.resources[n].by_report}
        references = frozenset(one for one in rendered.references if one[2:] != ("reports", own))
        length = len(rendered.lines.get("checks", "").encode())
        return replace(rendered, lines=lines, references=references, in_last=bool(lines), own=length)

    def checks(self, report_id: str, checks: Iterable[Check]) -> str:
        """Lines of checks that could not be told before all reports had come by."""
        rows = numbered(self.schema.resources["checks"], report_id, checks, self.schema)
        return "".join(self.tables["checks"].lines(rows, set()))

    def lines(self, name: str, rows: Iterable[Row], references: set[Reference]) -> str:
        return "".join(self.tables[name].lines(rows, references))


def _declared_nil(row: Row) -> str:
    """Only numbers that the report states count: blanks declare nothing."""
    if any(row[f"{name}_basis"] not in NUMBERS_STATED for name in ("requests_new", "carried_in")):
        return "unknown"
    return "yes" if row["requests_new"] == 0 and row["carried_in"] == 0 else "no"


def only_once(rendered: Rendered, seen: set[str]) -> None:
    """Raises BadPackage where a second document gives the same report."""
    report_id = str(rendered.report.report_id)
    if report_id in seen:
        raise BadPackage(
            f"datapackage: reports, row {report_id} ({rendered.report.path})",
            "两份文件给出同一份年报 two documents give this report",
            "在 agency.yml 里用 version 写明哪一份有效，或删去一份 say in agency.yml which one holds (version), or remove one",
        )
    seen.add(report_id)
