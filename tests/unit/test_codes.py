"""Codes: every code has its meaning in both languages, and every code that is used is defined."""

import re

import pytest

from ogi.errors import BadForm
from ogi.forms import codes as codes_module
from ogi.forms import load
from ogi.forms.codes import PATTERNS, codes_of, load_codes
from ogi.forms.sectors import sector_of
from ogi.paths import PACKAGE


def test_every_code_has_both_languages_and_a_place() -> None:
    """Each code has a Chinese and an English name, and each kind is numbered from 1 without a gap."""
    for kind in PATTERNS:
        own = codes_of(kind)
        assert own, kind
        assert [code.order for code in own] == list(range(1, len(own) + 1))
        assert all(re.search("[\u4e00-\u9fff]", code.zh) and re.search("[A-Za-z]", code.en) for code in own)


def test_what_is_not_plain_from_its_name_is_defined() -> None:
    """Every code but a sector or a rule carries a definition in both languages."""
    for code in load_codes():
        if code.kind not in ("sector", "rule"):
            assert code.definition and code.definition_en, code


def test_every_item_and_measure_of_the_forms_is_a_code() -> None:
    """No form has a row or column without a meaning, and a code names the forms that hold it."""
    items = {code.code: set(code.templates) for code in codes_of("item")}
    measures = {code.code for code in codes_of("measure")}
    held: dict[str, set[str]] = {}
    for name, template in load().templates.items():
        for table in template.tables.values():
            for item, measure in table.cells:
                held.setdefault(item, set()).add(name)
                assert measure in measures
    assert held == items


def test_the_forms_agree_with_the_label_of_each_statistics_item() -> None:
    """The Chinese name of a statistics item is the label that the form prints."""
    labels = {row.code: row.labels[0] for row in load().templates["2014-32"].tables["statistics"].items}
    assert {code.code: code.zh for code in codes_of("item") if code.code.startswith("stat_")} == {
        code: label for code, label in labels.items() if code.startswith("stat_")
    }


def test_of_the_disclosures_only_decisions_compares() -> None:
    """Between the forms of 2019 and 2021 `decisions` compares, and no other column of that table."""
    table = load().templates["2021-30"].tables["disclosures"]
    columns = {measure for _, measure in table.cells}
    assert {c.code for c in codes_of("measure") if c.code in columns and c.comparable_with} == {"decisions"}


def test_every_issue_that_code_raises_is_defined() -> None:
    """An `Issue("…")` anywhere in the package names a code of issues.yml."""
    known = {code.code for code in codes_of("issue")}
    for module in PACKAGE.rglob("*.py"):
        used = set(re.findall(r'\bIssue\(\s*(?:code=)?"([^"]+)"', module.read_text(encoding="utf-8")))
        assert used <= known, f"{module.name}: define {used - known} in forms/issues.yml"


def test_every_issue_that_is_defined_can_be_raised() -> None:
    """No code of issues.yml is a promise that nothing keeps: each stands in the code, in quotes."""
    texts = [m.read_text(encoding="utf-8") for m in PACKAGE.rglob("*.py")]
    for code in codes_of("issue"):
        assert any(f'"{code.code}"' in text for text in texts), f"{code.code}: raise it, or strike it off"


def test_every_issue_has_a_severity() -> None:
    """Each issue code says how grave it usually is."""
    assert {code.severity for code in codes_of("issue")} <= {"error", "warning", "info"}


@pytest.mark.parametrize(("text", "word"), [
    ("item:\n  Bad:\n    {zh: 一, en: x}\n", "not a code of its kind"),
    ("item:\n  a:\n    {zh: 一, en: x, legal: y}\n", "legal_basis"),
    ("item:\n  a:\n    {zh: 一}\n", "«en» is missing"),
    ("thing:\n  a: {zh: 一, en: x}\n", "no kind of code"),
    ("item:\n  a: {zh: 1, en: x}\n", "is not text"),
    ("item:\n  a: {zh: 一, en: x, templates: ['2050-01']}\n", "2050-01"),
    ("sector:\n  other: {zh: 一, en: x}\n", "defined twice"),
    ("rule:\n  T3-01: {zh: 一, en: x}\n", "defined twice"),
])
def test_a_wrong_code_file_stops_at_once(tmp_path, monkeypatch, text: str, word: str) -> None:
    """A wrong shape, an unknown key, a missing name or a second definition is a BadForm that says so."""
    for name in ("codes.yml", "sectors.yml", "issues.yml", "rules.yml", "indicators.yml"):
        (tmp_path / name).write_bytes((codes_module.FORMS / name).read_bytes())
    (tmp_path / "codes.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(codes_module, "FORMS", tmp_path)
    with pytest.raises(BadForm, match=re.escape(word)):
        load_codes.__wrapped__()


@pytest.mark.parametrize(("name", "sector"), [
    ("景德镇市科学技术局", "science-technology"),
    ("景德镇市科技局", "science-technology"),
    ("上饶市工业和信息化局", "industry-it"),
    ("上海市人民政府办公厅", "general-office"),
    ("淮安市洪泽区人民政府", "government"),
    ("下石号镇人民政府", "town"),
    ("驼峰路街道办事处", "sub-district"),
    ("平潭综合实验区管理委员会", "zone"),
    ("赣州经济技术开发区管理委员会财政局", "finance"),
    ("上饶市生态环境局广信分局", "ecology-environment"),
    ("国家税务总局上高县税务局", "tax"),
    ("某县外事办公室（港澳办）", "foreign-affairs"),
    ("江西省人民政府国有资产监督管理委员会", "state-assets"),
    ("景德镇市", None),
    ("", None),
])
def test_a_name_tells_its_sector(name: str, sector: str | None) -> None:
    """The end of a name tells the sector, and a bare place tells none."""
    assert sector_of(name) == sector
