"""Document -> Reading: what the report says, each value with its proof.

The flow, on one screen: lines -> rows by label -> items -> cells; beside it sections and identity. Comes in: Document and Forms.
Goes out: Reading without checks. Must not know: file formats, folders, the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ogi.extract.identity import identify
from ogi.extract.lines import lines_of
from ogi.extract.locate import Printed, find
from ogi.extract.naming import NamedRow, name_rows, template_of
from ogi.extract.reviews import settle_reviews
from ogi.extract.sections import sections_of
from ogi.extract.settle import settle
from ogi.extract.statistics import settle_statistics
from ogi.extract.weigh import weigh
from ogi.forms import Forms
from ogi.model import Cell, Document, Issue, Reading, Statistic

MAIN = ("disclosures", "requests")
FEW = 3  # notes of one kind that stay one by one


def extract(document: Document, forms: Forms) -> Reading:
    """Everything the document says; nothing that it does not. Never raises for a strange document: it says so in issues."""
    printed = find(lines_of(document), forms)
    issues: list[Issue] = list(document.issues)
    templates: dict[str, str] = {}
    named: dict[str, list[NamedRow]] = {}
    for table in MAIN:
        if printed.rows[table]:
            templates[table] = template_of(table, printed, forms, templates)
    for table in MAIN:
        if table in templates:
            named[table], said = name_rows(forms.table(templates[table], table), printed.rows[table])
            issues += said
            if not any(n.row.values for n in named[table]):
                del templates[table], named[table]
    dropped = _blanks_dropped(named)
    cells: list[Cell] = []
    for table in MAIN:
        if table in templates:
            form = forms.table(templates[table], table)
            made, said = settle(form, named[table], dropped)
            doubted = [key for issue in said if issue.severity != "info" for key in issue.cells]
            cells += made
            issues += [*said, *weigh(form, made, doubted)]
    made, said = _reviews(printed, forms, templates, dropped)
    cells += made
    statistics, told = _statistics(printed, forms, templates)
    identity, doubts = identify(printed.prose)
    issues += [*said, *told, *doubts, *_missing(printed, templates)]
    return Reading(
        document.format,
        document.sha256,
        document.size,
        identity.name,
        identity.printed,
        identity.year,
        identity.title,
        templates,
        tuple(cells),
        statistics,
        sections_of(printed.prose),
        issues=gathered(issues),
    )


def gathered(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Notes of one kind on many rows as one note that names every row; doubts stay one by one."""
    out: dict[int, Issue] = dict(enumerate(issues))
    for code in dict.fromkeys(i.code for i in issues if i.severity == "info" and i.cells):
        same = [n for n, i in enumerate(issues) if i.code == code and i.severity == "info" and i.cells]
        if len(same) <= FEW:
            continue
        first = issues[same[0]]
        rest = f" (and {len(same) - 1} more rows alike, from {first.locator} to {issues[same[-1]].locator})"
        out[same[0]] = replace(
            first,
            message=first.message.rstrip(".") + rest + ".",
            cells=tuple(c for n in same for c in issues[n].cells),
        )
        for n in same[1:]:
            del out[n]
    return tuple(out.values())


def _reviews(
    printed: Printed, forms: Forms, templates: dict[str, str], dropped: bool
) -> tuple[list[Cell], list[Issue]]:
    if not printed.rows["reviews"]:
        return [], []
    template = template_of("reviews", printed, forms, templates)
    cells, issues = settle_reviews(forms.table(template, "reviews"), printed.rows["reviews"], dropped)
    if cells:
        templates["reviews"] = template
    return cells, issues


def _statistics(
    printed: Printed, forms: Forms, templates: dict[str, str]
) -> tuple[tuple[Statistic, ...], list[Issue]]:
    if len(printed.rows["statistics"]) < 3:
        return (), []
    (form,) = forms.variants("statistics")
    statistics, issues = settle_statistics(form, printed.rows["statistics"])
    if statistics:
        templates["statistics"] = form.template
    return statistics, issues


def _blanks_dropped(named: dict[str, list[NamedRow]]) -> bool:
    """Whether text that ran together lost its empty cells: some row prints fewer digits than it has cells."""
    return any(
        sum(c.isdigit() for v in n.row.values for c in v.text) < len(n.item.measures)
        for rows in named.values()
        for n in rows
        if n.row.joined
    )


def _missing(printed: Printed, templates: dict[str, str]) -> Sequence[Issue]:
    """A table whose heading is there and whose rows are not, and a document without any table."""
    gone = [t for t in ("disclosures", "requests", "reviews") if t not in templates]
    return [
        Issue(
            "table-missing",
            "warning",
            f"the table «{table}» was not found"
            + (f" after its heading ({printed.seen[table]})" if table in printed.seen else "")
            + "; it may be a picture, an attachment or a sentence.",
            printed.seen.get(table),
            (f"{table}.*.*",),
        )
        for table in gone
    ]
