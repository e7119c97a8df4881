"""The forms as data: each official form whole, in order, with the equations that it demands."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ogi import forms as forms_module
from ogi.errors import BadForm
from ogi.extract.rows.labels import letters
from ogi.forms import TEMPLATES, load, simplified
from ogi.forms.codes import load_codes
from ogi.paths import FORMS
from ogi.regions import load_regions

TABLES = [f for t in load().templates.values() for f in t.tables.values()]
each_table = pytest.mark.parametrize("form", TABLES, ids=lambda f: f"{f.template}-{f.table}")


@pytest.mark.parametrize(("template", "table", "items", "cells"), [
    ("2021-30", "disclosures", 6, 10), ("2021-30", "requests", 25, 175), ("2021-30", "reviews", 3, 15),
    ("2019-60", "disclosures", 8, 22), ("2019-60", "requests", 23, 161), ("2019-60", "reviews", 3, 15),
])  # fmt: skip
def test_a_form_has_as_many_cells_as_the_official_one(template: str, table: str, items: int, cells: int) -> None:
    """10, 175 and 15 cells in the form of 2021; 22, 161 and 15 in that of 2019."""
    form = load().table(template, table)
    assert (len(form.items), len(form.cells)) == (items, cells)
    assert len(set(form.cells)) == cells


def test_requests_follow_the_official_order() -> None:
    """The rows stand as the notice prints them; 2019 has one row where 2021 has three."""
    new = [i.code for i in load().table("2021-30", "requests").items]
    old = [i.code for i in load().table("2019-60", "requests").items]
    assert new[:4] == ["new_received", "carried_in", "granted", "partly_granted"]
    assert new[-5:] == ["other_overdue_correction", "other_unpaid_fee", "other_other", "total_disposed", "carried_out"]
    assert old == [*new[:20], "other_disposal", *new[-2:]]


@each_table
def test_every_code_of_a_form_is_published(form: forms_module.TableForm) -> None:
    """Items, measures, tables and templates of the forms have their meaning in codes.yml, and units are known."""
    known = {(c.kind, c.code) for c in load_codes()}
    used = {("item", i.code) for i in form.items} | {("measure", m.code) for m in form.measures}
    assert used | {("table", form.table), ("template", form.template)} <= known


def test_codes_know_the_forms_that_use_them() -> None:
    """A code names its templates exactly; one that no form uses is not there."""
    used: dict[tuple[str, str], set[str]] = {}
    for form in TABLES:
        for item in form.items:
            used.setdefault(("item", item.code), set()).add(form.template)
        for measure in form.measures:
            used.setdefault(("measure", measure.code), set()).add(form.template)
    said = {(c.kind, c.code): set(c.templates) for c in load_codes() if c.kind in ("item", "measure")}
    assert {k: v for k, v in said.items() if v} == {k: v for k, v in used.items() if said.get(k)}
    assert set(used) == set(said)


@each_table
def test_equations_speak_of_cells_that_exist(form: forms_module.TableForm) -> None:
    """Every term of an identity is a cell, and no cell stands twice in one."""
    for identity in form.identities:
        terms = (*identity.left, *identity.right)
        assert set(terms) <= set(form.cells) and len(set(terms)) == len(terms), identity


@pytest.mark.parametrize(("template", "rows"), [("2021-30", 25), ("2019-60", 23)])
def test_requests_have_the_printed_equations(template: str, rows: int) -> None:
    """Each column balances and sums, each row sums: 7 + 7 + one a row."""
    form = load().table(template, "requests")
    count = {rule: sum(i.rule == rule for i in form.identities) for rule in ("T3-01", "T3-02", "T3-03")}
    assert count == {"T3-01": 7, "T3-02": 7, "T3-03": rows}
    outcomes = next(i for i in form.identities if i.rule == "T3-02").left
    assert [item for item, _ in outcomes] == [i.code for i in form.items][2:-2]


@each_table
def test_a_label_names_one_row_of_its_group(form: forms_module.TableForm) -> None:
    """Within a group no two rows share their letters: a label and its group are one row."""
    for block in form.blocks:
        seen: dict[tuple[str | None, str, bool], str] = {}
        for row in block.rows:
            for label in {letters(text) for text in row.labels}:
                assert label, row
                other = seen.setdefault((row.within, label, row.is_group), row.code)
                assert other == row.code, f"{row.code} and {other} are both «{label}»"


def test_marks_tell_the_forms_apart() -> None:
    """A mark of one form is a label of it, and stands in no other form of the same table."""
    for form in TABLES:
        own = printed(form)
        others = set().union(*(printed(f) for f in TABLES if f.table == form.table and f is not form), set())
        for mark in form.marks:
            assert letters(mark) in own, mark
            assert letters(mark) not in others, mark


def printed(form: forms_module.TableForm) -> set[str]:
    texts = [*form.corner, *(label for b in form.blocks for r in b.rows for label in r.labels)]
    texts += [label for b in form.blocks for m in b.measures for label in m.labels[:1]]
    return {letters(text) for text in texts}


@pytest.mark.parametrize(("template", "old", "new", "words"), [
    ("2021-30", "first_year:", "frist_year:", ["forms/2021-30.yml", "frist_year"]),
    ("2021-30", "corner:", "korner:", ["forms/2021-30.yml: disclosures", "korner"]),
    ("2021-30", "{code: made, label:", "{code: made, lable:", ["forms/2021-30.yml: disclosures", "lable"]),
    ("2021-30", "kind: decimal", "kind: float", ["'float'", "count, signed, decimal"]),
    ("2021-30", 'template: "2021-30"', 'template: "2021-31"', ["2021-31", "name the file"]),
    ("2019-60", "- {rule: T4-01, each:", "- {rule: T4-01, eech:", ["reviews", "eech"]),
])  # fmt: skip
def test_a_slip_in_a_form_stops_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, old: str, new: str, words: list[str]
) -> None:
    """A misspelt key or kind is a BadForm that names file, table and what is allowed."""
    for code in (*TEMPLATES, "labels"):
        text = (FORMS / f"{code}.yml").read_text(encoding="utf-8")
        (tmp_path / f"{code}.yml").write_text(text.replace(old, new, 1) if code == template else text, encoding="utf-8")
    monkeypatch.setattr(forms_module, "FORMS", tmp_path)
    with pytest.raises(BadForm) as raised:
        forms_module.load.__wrapped__()
    assert all(word in str(raised.value) for word in words), str(raised.value)


def test_labels_are_text_and_keys_stand_once() -> None:
    """No label was read as a number or date, and no key hides another."""
    for code in (*TEMPLATES, "labels", "sections"):
        node = yaml.compose((FORMS / f"{code}.yml").read_text(encoding="utf-8"))
        assert doubled(node) == []
    texts = [t for f in TABLES for b in f.blocks for r in (*b.rows, *b.measures) for t in r.labels]
    assert all(isinstance(text, str) and text.strip() == text for text in texts)


def doubled(node: yaml.Node | None) -> list[str]:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        return [k for k in keys if keys.count(k) > 1] + [k for _, value in node.value for k in doubled(value)]
    return [k for n in node.value for k in doubled(n)] if isinstance(node, yaml.SequenceNode) else []


def test_no_name_of_a_region_has_a_variant_character() -> None:
    """The pairs that prose is read through change no name of the tables."""
    assert [r.zh for r in load_regions() if simplified(r.zh) != r.zh] == []
