"""The schema and the indicators: everything defined once, in both languages, and used."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.errors import BadForm
from ogi.forms import load
from ogi.model import Issue
from ogi.package.indicators import FILE as INDICATORS
from ogi.package.indicators import Indicator, cells_of, load_indicators
from ogi.package.schema import FILE as SCHEMA
from ogi.package.schema import load_schema
from ogi.paths import ROOT
from tests.unit.package_sample import CITY, COUNTY, built, reading, report, sample

RESOURCES = (
    "documents agencies agency_names regions reports disclosures requests reviews statistics cells sections "
    "statements checks issues corrections revisions panel ledger coverage withdrawn codes"
).split()


def changed(file: Path, old: str, new: str, folder: Path) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    (folder / file.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / file.name


def test_the_resources_are_those_of_the_data_model_in_its_order() -> None:
    """Every resource of the data model is there, and no other."""
    assert list(load_schema(load_indicators()).resources) == RESOURCES


def test_every_field_definition_is_used() -> None:
    """No field is defined that no resource has."""
    assert load_schema(load_indicators()).unused == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  raw: {type:", "  raw: {typ:", "did you mean «type»"),
        ("  raw: {type: string", "  raw: {type: float", "type is one of"),
        ("heading, text, locator]", "heading, texts, locator]", "'texts' is not defined"),
        ("references: agencies", "references: agents", "'agents'"),
        ("    key: [report_id, n]", "    key: [report_id, m]", "'m'"),
        ("  - name: panel\n", "  - name: panel\n    colour: red\n", "unknown key «colour»"),
    ],
)
def test_a_slip_in_the_schema_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A misspelt key, an unknown type, field or resource stops with the place and what to do."""
    with pytest.raises(BadForm, match=said):
        load_schema(load_indicators(), changed(SCHEMA, old, new, tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    unit: 件", "    units: 件", "unknown key «units»"),
        ("[requests.new_received.total]", "[requests.new_received]", "table.row.measure"),
        ("code: disposed", "code: Disposed", "snake_case"),
        ("    sum: [requests.granted.total]\n", "", "sum or share"),
    ],
)
def test_a_slip_in_the_indicators_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A misspelt key, a term that is no cell, a wrong code and a missing formula stop with the entry."""
    with pytest.raises(BadForm, match=said):
        load_indicators(changed(INDICATORS, old, new, tmp_path))


def test_every_indicator_can_be_had_from_some_form(tmp_path: Path) -> None:
    """Each term of each indicator is a row and measure of a form, and one that is not is found."""

    def unresolved(indicators: tuple[Indicator, ...]) -> list[str]:
        wanted = [(one, terms) for one in indicators for terms in (one.terms, one.over) if terms]
        forms = {table: load().variants(table) for table in {one.table for one in indicators}}
        return [i.code for i, terms in wanted if not any(cells_of(terms, form) for form in forms[i.table])]

    assert unresolved(load_indicators()) == []
    odd = load_indicators(changed(INDICATORS, "requests.granted.total", "requests.grantd.total", tmp_path))
    assert unresolved(odd) == ["granted"]


def test_the_descriptor_says_everything_in_both_languages(tmp_path: Path) -> None:
    """Each resource, field and category of the descriptor has a Chinese and an English name, never empty."""
    package = built(tmp_path)
    assert package.descriptor["title"] and package.descriptor["title_en"]
    for resource in package.resources.values():
        for thing in (resource, *resource["schema"]["fields"]):
            assert all(thing[key] for key in ("title", "title_en", "description", "description_en")), thing[
                "name"
            ]
            for category in thing.get("categories", ()):
                assert category["label"] and category["label_en"], (thing["name"], category)
        assert resource["schema"]["primaryKey"] and resource["schema"]["missingValues"] == [""]


def test_headers_follow_the_schema_and_the_codebook_names_every_column_and_code(tmp_path: Path) -> None:
    """Each file starts with the columns of the schema; README and codebook name each resource, column
    and code."""
    package = built(tmp_path)
    codebook = (package.folder / "codebook.md").read_text(encoding="utf-8")
    readme = (package.folder / "README.md").read_text(encoding="utf-8")
    for resource in load_schema(load_indicators()).resources.values():
        assert f"`{resource.name}`" in readme and f"### {resource.name} ·" in codebook
        assert all(f"| `{column}` |" in codebook for column in resource.columns)
        for path in package.files(resource.name):
            assert path.read_text(encoding="utf-8").split("\n", 1)[0] == ",".join(resource.columns)
    assert all(f"`{code}`" in codebook for _, code in package.codes())


def test_every_year_has_the_same_tables(tmp_path: Path) -> None:
    """A resource in several files has one for each year of the reports, empty or not."""
    package = built(tmp_path)
    split = [name for name, r in package.resources.items() if isinstance(r["path"], list)]
    assert split == ["cells", "sections", "statements", "checks", "issues"]
    assert {tuple(p.name for p in package.files(name)) for name in split} == {
        ("2019.csv", "2021.csv", "2023.csv")
    }


def test_the_python_of_the_readme_counts_nothing_twice_and_nothing_doubted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lines run as they stand: no earlier version, no aggregate beside its parts, no number that the reader doubts."""
    doubt = Issue("row-duplicated", "warning", "twice", cells=("requests.new_received.*",))
    doubted = report(COUNTY, 2023, reading(COUNTY.name, 2023, base="7", issues=(doubt,)))
    package = built(tmp_path, *sample(), doubted)
    text = (package.folder / "README.md").read_text(encoding="utf-8")
    monkeypatch.chdir(package.folder)
    space: dict[str, object] = {}
    exec(text.split("```python\n")[1].split("```")[0], space)
    assert sorted(space["new"]["report_id"]) == [
        *(f"{CITY.agency_id}-2021", f"{CITY.agency_id}-2023", f"{COUNTY.agency_id}-2021")
    ]


@pytest.mark.parametrize("page", ["data.md", "en/data.md"])
def test_the_python_of_the_data_page_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files lie together, as they are downloaded, its lines run as they stand."""
    monkeypatch.chdir(built(tmp_path).folder / "data")
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    space: dict[str, object] = {}
    exec(text.split("```python\n")[1].split("```")[0], space)
    assert {"doubted", "scope"} <= set(space["panel"].columns) and set(space["panel"]["scope"]) == {"own"}
