"""The patterns of forms/statements.yml hold on their own examples and on what they must not match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import pytest

from ogi.extract.prose.patterns import _kind
from ogi.extract.prose.statements import find_statements
from ogi.forms.codes import codes_of
from ogi.forms.statements import load_statements
from ogi.model import Section

KINDS = load_statements()["kinds"]
EXAMPLES = [(k["code"], e) for k in KINDS for e in k["examples"]]
NEAR = [(k["code"], text) for k in KINDS for text in k["near_misses"]]


def prose(text: str) -> tuple[Section, ...]:
    return (Section("overview", "一、总体情况", text, None),)


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{c}-{e['text'][:20]}" for c, e in EXAMPLES])
def test_an_example_is_found(code: str, example: dict) -> None:
    """Each example gives exactly one statement of its kind, with value and unit, quoted as printed."""
    found = [s for s in find_statements(prose(example["text"]), 2021, "某市科学技术局") if s.kind == code]
    assert [(s.value, s.unit) for s in found] == [(Decimal(example["value"]), example["unit"])]
    assert found[0].quote in example["text"]


@pytest.mark.parametrize(("code", "text"), NEAR, ids=[f"{c}-{t[:20]}" for c, t in NEAR])
def test_a_near_miss_is_refused(code: str, text: str) -> None:
    """What only looks like a statement of the kind gives none of that kind."""
    assert [s for s in find_statements(prose(text), 2021, "某市科学技术局") if s.kind == code] == []


@pytest.mark.parametrize("kind", KINDS, ids=[k["code"] for k in KINDS])
def test_no_pattern_matches_without_a_word_of_its_kind(kind: dict) -> None:
    """Whatever way a pattern takes, it passes one of the words without which it is not tried."""
    for pattern in _kind(kind["code"], 2021).patterns:
        for way in ways(re._parser.parse(pattern.pattern)):
            assert any(word in way for word in kind["words"].split("|")), (pattern.pattern, way)


def ways(tree: Iterable[tuple]) -> list[str]:
    """The literal text on each way through an expression, a dot for whatever may be missing or be several characters."""
    out = [""]
    for code, what in tree:
        name = str(code)
        if name == "LITERAL":
            some = [chr(what)]
        elif name == "IN" and len(what) < 10 and all(str(kind) == "LITERAL" for kind, _ in what):
            some = [chr(sign) for _, sign in what]
        elif name == "SUBPATTERN":
            some = ways(what[-1])
        elif name == "BRANCH":
            some = [way for branch in what[1] for way in ways(branch)]
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and what[0]:
            some = [f"{way}." for way in ways(what[2])]
        else:
            some = ["."]
        out = [start + way for start in out for way in dict.fromkeys(some)]
    return out


def test_every_kind_is_a_code() -> None:
    """Each kind stands in the codebook and has an example and a near miss."""
    assert {k["code"] for k in KINDS} <= {c.code for c in codes_of("statement")}
    assert all(k["examples"] and k["near_misses"] for k in KINDS)


@pytest.mark.parametrize(
    ("body", "agency", "own"),
    [
        ("上高县财政局", "宜春市财政局", False),
        ("某县财政局", "宜春市财政局", False),
        ("上高财政局", "宜春市财政局", False),
        ("袁州区人民政府", "宜春市人民政府", False),
        ("金山镇人民政府", "固阳县下湿壕镇人民政府", False),
        ("城东街道办事处", "榆阳区城西街道办事处", False),
        ("宜春市财政局", "宜春市财政局", True),
        ("江西省宜春市财政局", "宜春市财政局", True),
        ("固阳县下湿壕镇人民政府", "下湿壕镇人民政府", True),
        ("市财政局", "宜春市财政局", True),
        ("宜春财政局", "宜春市财政局", True),
        ("一年来市财政局", "宜春市财政局", True),
        ("报告期内财政局", "宜春市财政局", True),
        ("市政府办代表市政府", "宜春市人民政府", True),
    ],
)
def test_a_body_of_another_place_is_another(body: str, agency: str, own: bool) -> None:
    """Of two bodies with one name the place before it tells which is meant."""
    found = find_statements(prose(f"{body}收到政府信息公开申请99件。"), 2021, agency)
    assert [s.kind for s in found] == (["applications_received"] if own else [])


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("共计 23 件", 23),
        ("共计２３件", 23),
        ("共计 2 3 件", None),
        ("共计 1, 234 件", None),
        ("共计1，234件", 1234),
        ("1.2万件", None),
        ("2万件", 20000),
    ],
)
def test_numbers_apart_and_rounded_ones_are_no_count(said: str, value: int | None) -> None:
    """Two numbers with a space between them are not one; 1.2万 is held against no cell."""
    found = find_statements(prose(f"收到政府信息公开申请{said}。"), 2021, "某市科学技术局")
    assert [s.value for s in found] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("agency", "text", "kind", "value"),
    [
        ("凤安镇", "2021年我镇主动公开政府信息数21条", "proactive_total", 21),
        ("安庆市财政局", "2021年，安庆市财政局共主动公开各类政府信息480条", "proactive_total", 480),
    ],
)
def test_a_name_is_no_word_that_forbids(agency: str, text: str, kind: str, value: int) -> None:
    """A town is a government though its name does not say so; what a name says is not what the sentence is about."""
    assert [(s.kind, s.value) for s in find_statements(prose(text), 2021, agency)] == [(kind, value)]


def test_reviews_and_lawsuits_counted_together_are_neither_where_the_line_ends_between() -> None:
    """«行政复议和» at the end of a line goes on with «行政诉讼案件共2件»."""
    text = "2021年涉及政府信息公开的行政复议和\n行政诉讼 案件共2件，予以驳回。"
    assert find_statements(prose(text), 2021, "某市科学技术局") == ()
