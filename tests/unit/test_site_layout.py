"""The page's tables are the official forms: every number under the labels that the forms give its cell."""

from __future__ import annotations

import pytest
from lxml import html

from ogi.forms import load
from ogi.forms.codes import load_codes
from ogi.site.cells import Cells, Tables, touch
from ogi.site.layout import layouts, table_titles

FORMS = [(table, template) for table, template in layouts(lambda kind, code: "")]


class Codes:
    """As much of a book as the tables ask for: no English, names are codes."""

    codes: dict[tuple[str, str], dict[str, str]] = {}

    def zh(self, kind: str, code: str) -> str:
        return code

    en = zh


def grid(table: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """The cells of a table by row and column, each wherever its spans reach."""
    rows = table.findall(".//tr")
    out: list[dict[int, html.HtmlElement]] = [{} for _ in rows]
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in out[r]:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                for right in range(int(cell.get("colspan", 1))):
                    assert column + right not in out[r + down], "two cells lie on one place"
                    out[r + down][column + right] = cell
            column += int(cell.get("colspan", 1))
    width = {len(row) for row in out}
    assert len(width) == 1, "rows are not equally wide"
    return [[row[c] for c in sorted(row)] for row in out]


def printed(cell: html.HtmlElement) -> str:
    return "".join(cell.xpath("text()")).strip()


@pytest.mark.parametrize(("table", "template"), FORMS)
def test_every_number_stands_under_its_own_labels(table: str, template: str) -> None:
    """Row and column labels around each cell are those of the form's own file, and the grid has no hole."""
    form = load().table(template, table)
    tables = Tables(Codes())
    layout = tables.layouts[table, template]
    columns = ("table", "item", "measure", "value", "raw", "unit", "status", "locator", "doubt")
    cells = Cells(columns, [(table, i, m, "", f"{i}.{m}", "", "nil", "line=1", "") for i, m in layout.places])
    printed_table, _ = tables.written(layout, cells, touch((), cells), {})
    page = html.fromstring(f"<table>{printed_table}</table>")
    places = grid(page)
    labels = {item.code: item for block in form.blocks for item in block.rows if not item.is_group}
    measures = {m.code: m for block in form.blocks for m in block.measures}
    seen = set()
    for r, row in enumerate(places):
        for c, cell in enumerate(row):
            if not cell.findall("a"):
                continue
            item, measure = cell.text_content().split(".")
            above = [printed(places[up][c]) for up in range(r) if places[up][c].tag == "th"]
            left = [printed(row[k]) for k in range(c) if row[k].tag == "th"]
            beside = above if form.flat else left[-1:]
            wanted = labels[item].labels[0]
            assert any(wanted in label for label in beside), (item, beside)
            assert measures[measure].labels[0] in above[-1], (measure, above)
            seen.add((item, measure))
    assert seen == set(form.cells)
    assert layout.places == tuple(form.cells)


def test_three_tables_have_a_layout_in_every_form_that_has_them() -> None:
    """What the forms print as tables, the site can lay out."""
    known = {
        (table, code)
        for code, template in load().templates.items()
        for table in template.tables
        if table in table_titles()
    }
    assert known == set(FORMS)


def test_groups_have_their_span() -> None:
    """三、本年度办理结果 spans 22 rows in the form of 2021 and 20 in the one before."""
    for template, span in (("2021-30", 22), ("2019-60", 20)):
        text = "".join(layouts(lambda kind, code: "")["requests", template].pieces)
        assert f'rowspan="{span}">三、本年度办理结果' in text


def test_every_label_has_english_beside_it() -> None:
    """Each item and measure of a layout is a code that the package publishes with an English name."""
    english = {(code.kind, code.code): code.en for code in load_codes()}
    for (table, template), layout in layouts(lambda kind, code: "").items():
        for item, measure in layout.places:
            assert english[("item", item)] and english[("measure", measure)], (table, template, item, measure)
