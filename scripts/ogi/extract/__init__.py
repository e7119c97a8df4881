"""Document -> Reading: what the report says, each value with its proof.

The flow, on one screen: lines -> `rows` by label, each with its item -> `cells`, proven by `sums`; beside it `prose`: sections,
identity, what sentences state. Comes in: Document and Forms. Goes out: Reading without checks. Must not know: file formats,
folders, the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ogi.extract.cells.compared import without_comparisons
from ogi.extract.cells.head_order import of_another_form
from ogi.extract.cells.reviews import settle_reviews
from ogi.extract.cells.scope import own_table
from ogi.extract.cells.settle import settle
from ogi.extract.cells.statistics import settle_statistics
from ogi.extract.cells.unbordered import unbordered
from ogi.extract.cells.wrapped import unwrapped
from ogi.extract.numbers import MARKS, bare
from ogi.extract.prose.identity import identify
from ogi.extract.prose.sections import sections_of
from ogi.extract.prose.statements import find_statements
from ogi.extract.rows.annex import annexed
from ogi.extract.rows.lines import lines_of
from ogi.extract.rows.locate import Printed, find
from ogi.extract.rows.naming import NamedRow, name_rows, template_beside, template_of, template_told
from ogi.extract.rows.scan import run_together
from ogi.extract.sums.recognised import at_cells, doubted
from ogi.extract.sums.weigh import weigh
from ogi.forms import Forms, load, simplified
from ogi.messages import STOP, halves, in_both, place
from ogi.model import Cell, Document, Issue, Reading, Section, Statistic

MAIN = ("disclosures", "requests")
SENTENCE = 300  # characters of prose that may stand for a table
UNFILLED = 20  # cells that must all be empty before a form counts as never filled in
# in a sentence; not in the heads 尚未审结, 未经复议直接起诉, nor as a mark in cells
NONE_SAID = re.compile(r"(?<!尚)未(?!经复议)|没有|零|(?<!无)无(?!无)(?=[\u4e00-\u9fff，。])")
NONE_ALONE = re.compile(r"(?:无|無|没有|沒有)。?")
LONE = re.compile(r"(?<!\S)(?:\d+|[零〇一二三四五六七八九十百]+)(?!\S)")
TABLES_SINCE = 2019  # the first year whose form demands the three tables
FEW = 3  # notes of one kind that stay one by one


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables say: the form of each one found, cells in the forms' order, and doubts."""

    templates: dict[str, str]
    cells: tuple[Cell, ...]
    statistics: tuple[Statistic, ...]
    issues: tuple[Issue, ...]


def extract(document: Document, forms: Forms) -> Reading:
    """Everything the document says; nothing that it does not. Never raises for a strange document: it says so in issues."""
    annexes = annexed(lines_of(document))
    printed = find(tuple(annexes.lines), forms)
    printed.rows["statistics"] += annexes.rows
    tables = tables_of(printed, forms)
    tables = replace(tables, issues=(*tables.issues, *annexes.doubts(bool(tables.statistics))))
    used = [forms.table(template, table) for table, template in tables.templates.items()]
    document = replace(document, issues=tuple(at_cells(document.issues, tables.cells, used)))
    reading = with_prose(document, printed, tables)
    return replace(reading, issues=(*reading.issues, *annexes.of_other_years(reading.year, bool(reading.statistics))))


def tables_of(printed: Printed, forms: Forms) -> Tables:
    """The cells of every table that is printed, each with its form."""
    issues: list[Issue] = []
    named: dict[str, list[NamedRow]] = {}
    marked = {table: template_told(table, printed, forms) for table in MAIN if printed.rows[table]}
    sure = {table: template for table, template in marked.items() if template}
    templates = {table: template or template_beside(table, forms, sure) for table, template in marked.items()}
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
            rows, aside = without_comparisons(table, named[table])
            own, told = own_table(table, rows, printed.prose)
            made, said = unwrapped(form, *settle(form, own, dropped or table in printed.apart))
            said = [*aside, *told, *said]
            cells += made
            said += doubted(form, made, weigh(form, made, _doubted(said)), _doubted(said))
            issues += [*said, *unbordered(form, printed, own, made, said)]
            issues += of_another_form(form, own)
    for table in templates:
        if marked[table] is None and (table == "disclosures" or not sure):
            issues += _untold(forms, templates[table], table, cells)
    made, said = _reviews(printed, forms, templates, dropped or "reviews" in printed.apart)
    cells += made
    statistics, told = _statistics(printed, forms, templates)
    return Tables(templates, tuple(cells), statistics, (*issues, *said, *told))


def with_prose(document: Document, printed: Printed, tables: Tables) -> Reading:
    """The tables with what the prose says beside them: who, which year, the sections and the numbers they state."""
    identity, doubts = identify(printed.prose)
    missing = _missing(printed, tables.templates) if (identity.year or TABLES_SINCE) >= TABLES_SINCE else ()
    forms = [*_hybrid(tables.templates), *_unfilled(tables.templates, tables.cells)]
    sections = sections_of(printed.prose)
    forms += _title_alone(tables, identity.title, sections)
    return Reading(
        document.format,
        document.sha256,
        document.size,
        identity.name,
        identity.printed,
        identity.year,
        identity.title,
        tables.templates,
        tables.cells,
        tables.statistics,
        sections,
        find_statements(sections, identity.year, identity.name),
        issues=gathered([*document.issues, *tables.issues, *doubts, *missing, *forms]),
    )


def gathered(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Notes of one kind on many rows as one note that names every row; doubts stay one by one."""
    out: dict[int, Issue] = dict(enumerate(issues))
    for code in dict.fromkeys(i.code for i in issues if i.severity == "info" and i.cells):
        same = [n for n, i in enumerate(issues) if i.code == code and i.severity == "info" and i.cells]
        if len(same) <= FEW:
            continue
        first = issues[same[0]]
        more, start, end = len(same) - 1, first.locator, issues[same[-1]].locator
        from_to = f"，从{place(start)}到{place(end)}" if start and end else ""
        zh, en = halves(first.message)
        out[same[0]] = replace(
            first,
            message=in_both(
                f"{zh.rstrip(STOP)}（另有 {more} 处也是这样{from_to}）。",
                f"{en.rstrip('.')} (and {more} more rows alike, from {start} to {end}).",
            ),
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
    form = forms.table(template, "reviews")
    cells, issues = unwrapped(form, *settle_reviews(form, printed.rows["reviews"], dropped))
    if cells:
        templates["reviews"] = template
    issues = [*issues, *doubted(form, cells, weigh(form, cells, _doubted(issues)), _doubted(issues))]
    return cells, [*issues, *unbordered(form, printed, (), cells, issues)]


def _untold(forms: Forms, template: str, table: str, cells: Sequence[Cell]) -> Iterator[Issue]:
    """A doubt on the rows that have other columns in another form, where neither heads nor rows tell which form it is."""
    forms_of = [{i.code: i.measures for i in form.items} for form in forms.variants(table)]
    rows = {c.item: c for c in cells if c.table == table and c.value is not None}
    either = [row for row in rows if len({form[row] for form in forms_of if row in form}) > 1]
    if any(len({len(form[row]) for form in forms_of if row in form}) == 1 for row in either):  # else their width tells
        said = in_both(
            f"表头和行名都看不出是哪一年的格式，各列按最新的 {template[:4]} 年格式认定。",
            f"no head and no row tells the form of the table; the columns of form {template}, the newest, are taken.",
        )
        yield Issue("column-unclear", "warning", said, rows[either[0]].locator, tuple(f"{table}.{row}.*" for row in either))


def _doubted(issues: Sequence[Issue]) -> list[str]:
    return [key for issue in issues if issue.severity != "info" for key in issue.cells]


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
    """Whether text without a grid lost its empty cells: a row prints fewer digits and marks than it has cells, or fewer cells."""
    return any(
        sum(c.isdigit() or c in MARKS for v in n.row.values for c in bare(v.text)) < len(n.item.measures)
        or not n.row.joined
        and 1 < sum(bool(bare(v.text)) for v in n.row.values) < len(n.item.measures)
        for rows in named.values()
        for n in rows
        if n.row.joined or (n.row.shape is None and n.row.filled)
    )


def _missing(printed: Printed, templates: dict[str, str]) -> Iterator[Issue]:
    """A table whose rows are not there, where the document announces it or another of its form, or has another."""
    tables = ("disclosures", "requests", "reviews")
    due = not {*printed.seen, *templates}.isdisjoint(tables)
    for table in tables if due else ():
        announced = printed.seen.get(table)
        if table in templates:
            continue
        lines = [line for section, line in printed.prose if section == table]
        said = " ".join(line.text for line in lines if not line.heading)
        denied = NONE_ALONE.fullmatch(said) or (
            4 <= len(said) <= SENTENCE and NONE_SAID.search(simplified("".join(said.split()))) and not run_together(said)
        )
        if announced and denied and len(LONE.findall(said)) < FEW:  # lone numbers are what is left of a table
            yield Issue(
                "table-replaced-by-sentence",
                "info",
                in_both(
                    f"文件没有印「{_title(table)}」表，只写「{said[:120]}」；各格不填数。",
                    f"{announced}: instead of the table «{table}» the document says «{said[:120]}»; its cells are not filled in.",
                ),
                announced,
                (f"{table}.*.*",),
                said[:500],
            )
            continue
        where = f" after its heading ({announced})" if announced else ""
        yield Issue(
            "table-missing",
            "warning",
            in_both(
                f"{'只有标题，' if announced else ''}没有找到「{_title(table)}」表；可能是图片、附件，没有印出，或者文件不完整。",
                f"the table «{table}» was not found{where}; it may be a picture, an attachment, left out, or cut off.",
            ),
            announced,
            (f"{table}.*.*",),
        )


def _title_alone(tables: Tables, title: str | None, sections: Sequence[Section]) -> Iterator[Issue]:
    """A title without a section or a single sentence under it."""
    bare_title = not any(s.section != "preface" or "。" in s.text for s in sections)
    if title and bare_title and not tables.templates:
        said = in_both(
            "标题下没有正文；正文可能是图片或附件。", "there is no text below the title; it may be a picture or an attachment."
        )
        yield Issue("part-not-read", "warning", said)


def _title(table: str) -> str:
    """The heading of a table, as the newest form that has it prints it."""
    return load().variants(table)[0].heading[0]


def _hybrid(templates: dict[str, str]) -> Iterator[Issue]:
    """A report of which one table follows an old form and another a new one, or bears its heads."""
    own = {table: template for table, template in templates.items() if table in MAIN}
    if len(set(own.values())) > 1:
        listed = ", ".join(f"{table} {template}" for table, template in own.items())
        years = "，".join(f"「{_title(table)}」是 {template[:4]} 年格式" for table, template in own.items())
        said = in_both(
            f"各表的格式不是同一年的（{years}），各按自己的表头和行名读取。",
            f"the tables follow forms of different years ({listed}); each is read as its own heads and rows say.",
        )
        yield Issue("template-hybrid", "info", said, None, tuple(f"{table}.*.*" for table in own))


def _unfilled(templates: dict[str, str], cells: Sequence[Cell]) -> Iterator[Issue]:
    """A form that was published without a single number in it."""
    if len(cells) >= UNFILLED and all(c.status in ("blank", "nil") for c in cells):
        yield Issue(
            "template-unfilled",
            "info",
            in_both(
                "各表都在，但每一格都是空的：公布时没有填写。",
                "the tables are there and every cell is empty: the form was published without being filled in.",
            ),
            cells[0].locator,
            tuple(f"{table}.*.*" for table in templates),
        )
