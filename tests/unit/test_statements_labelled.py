"""The labelled sentences of tests/cases/statements: kind, value, unit and cells must all be right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.checks.names import plain
from ogi.extract.prose.numerals import number
from ogi.extract.prose.statements import find_statements
from ogi.model import Section
from ogi.yamlfile import load_yaml

FOLDER = Path(__file__).parents[1] / "cases" / "statements"
FILES = sorted(p for p in FOLDER.glob("*.yml") if p.stem != "compared")
COMPARED = load_yaml(FOLDER / "compared.yml")["compared"]
SENTENCES = [(p.stem, s) for p in FILES for s in load_yaml(p)["sentences"]]


def found(sentence: dict) -> list[tuple[str, str | None]]:
    sections = (Section("overview", "一、总体情况", sentence["text"], None),)
    statements = find_statements(
        sections, sentence.get("year", 2021), sentence.get("agency", "某市科学技术局")
    )
    return [(f"{s.kind} {plain(s.value)} {s.unit or ''}".strip(), s.compared) for s in statements]


def expected(sentence: dict) -> list[tuple[str, str | None]]:
    return [(state, COMPARED.get(state.split()[0])) for state in sentence["states"]]


@pytest.mark.parametrize(
    ("group", "sentence"), SENTENCES, ids=[f"{g}-{s['text'][:16]}" for g, s in SENTENCES]
)
def test_a_sentence_states_what_it_states_and_no_more(group: str, sentence: dict) -> None:
    """Each labelled sentence gives its statements, in order, each with the cells it is about."""
    assert found(sentence) == expected(sentence)


def test_the_set_is_large_and_holds_refusals() -> None:
    """At least two hundred sentences are labelled, a quarter of them with no statement in them."""
    assert len(SENTENCES) >= 200
    assert sum(not s["states"] for _, s in SENTENCES) * 4 >= len(SENTENCES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", 23),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("十", 10),
        ("十二万", 120000),
        ("3.7万", 37000),
        ("1,234", 1234),
        ("〇", 0),
        ("一万零三", 10003),
    ],
)
def test_numerals_have_their_value(text: str, value: int) -> None:
    """Numbers in Chinese numerals, with 万 and with separators have their exact value."""
    assert number(text) == value


@pytest.mark.parametrize("text", ["二〇二一", "三五", "百", "十百", "3万5千", "", "二十三四", "1,23"])
def test_what_is_no_plain_number_has_none(text: str) -> None:
    """Years, pairs and mixtures are no counts."""
    assert number(text) is None


@given(st.integers(0, 99_999_999))
def test_a_numeral_reads_back(value: int) -> None:
    """Every number below 100 million, written in numerals, reads back as itself."""
    assert number(numeral(value)) == value


def numeral(value: int) -> str:
    """The ordinary way to write a number, as a test writes it."""
    digits = "零一二三四五六七八九"
    if value >= 10_000:
        rest = value % 10_000
        return (
            numeral(value // 10_000) + "万" + (("零" if rest < 1000 else "") + numeral(rest) if rest else "")
        )
    text, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + unit
        zero = digit == 0
    return text or "零"
