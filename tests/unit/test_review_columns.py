"""Reviews that leave out columns of the form: what a number's own heads name is read, the rest is said to be missing."""

from __future__ import annotations

import pytest

from ogi.model import Reading
from ogi.understanding import understand

OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REVIEWS, DIRECT, AFTER = "行政复议", "未经复议直接起诉", "复议后起诉"


def read(blocks: dict[str, list[str]], *numbers: str) -> Reading:
    (first, own), *rest = blocks.items()
    heads = "".join(f'<td colspan="{len(names)}">{block}</td>' for block, names in rest)
    outcomes = "".join(f"<td>{name}</td>" for names in blocks.values() for name in names)
    cells = "".join(f"<td>{number}</td>" for number in numbers)
    lawsuits = sum(len(names) for _, names in rest)
    page = (
        "<h1>青岚市水利局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p>"
        f'<table><tr><td colspan="{len(own)}" rowspan="2">{first}</td><td colspan="{lawsuits}">行政诉讼</td></tr>'
        f"<tr>{heads}</tr><tr>{outcomes}</tr><tr>{cells}</tr></table>"
    )
    return understand(page.encode(), "a.html")


def values(reading: Reading) -> dict[str, int]:
    return {cell.key: int(cell.value) for cell in reading.cells if cell.table == "reviews" and cell.value is not None}


def doubts(reading: Reading) -> set[str]:
    return {key for i in reading.issues if i.severity != "info" for key in i.cells if key.startswith("reviews")}


@pytest.mark.parametrize("gone", OUTCOMES)
def test_an_outcome_that_no_block_has(gone: str) -> None:
    left = [name for name in OUTCOMES if name != gone]
    reading = read({REVIEWS: left, DIRECT: left, AFTER: left}, *"312610014519")
    assert list(values(reading).values()) == [int(n) for n in "312610014519"]
    assert len(doubts(reading)) == 3 and not doubts(reading) & values(reading).keys()


def test_a_block_less() -> None:
    reading = read({REVIEWS: OUTCOMES, AFTER: OUTCOMES}, *"3102610001")
    assert values(reading)["reviews.review.total"] == 6 and values(reading)["reviews.after_review.total"] == 1
    assert doubts(reading) == {"reviews.direct.*"}


def test_lawsuits_of_no_block_are_nobodys() -> None:
    page = read({REVIEWS: OUTCOMES, "行政诉讼": OUTCOMES}, *"3102610001")
    assert not values(page) and doubts(page)


def test_a_number_more_than_heads_is_not_placed() -> None:
    left = OUTCOMES[:4]
    reading = read({REVIEWS: left, DIRECT: left, AFTER: left}, *"3126100145190")
    assert not values(reading) and doubts(reading)


@pytest.mark.parametrize("total, doubted", [("总数", False), ("全部", True)])
def test_a_total_that_stands_first_under_a_word_that_is_not_known(total: str, doubted: bool) -> None:
    names = [total, *OUTCOMES[:-1]]
    reading = read({REVIEWS: names, DIRECT: names, AFTER: names}, *"601234000040121")
    assert doubts(reading) == ({f"reviews.{item}.*" for item in ("review", "direct", "after_review")} if doubted else set())
    assert doubted or values(reading)["reviews.review.total"] == 6


@pytest.mark.parametrize("at", range(5))
def test_blocks_downwards_that_are_named_in_any_of_their_lines(at: int) -> None:
    """As on pages without rules, where the block's name stands in the middle of its outcomes."""
    lines = [
        f"<tr><td>{block if n == at else ''}</td><td>{outcome}</td><td>{number}</td></tr>"
        for block, numbers in {REVIEWS: "31026", DIRECT: "10001", AFTER: "04509"}.items()
        for n, (outcome, number) in enumerate(zip(OUTCOMES, numbers, strict=True))
    ]
    page = (
        "<h1>青岚市水利局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p>"
        f"<table>{''.join(lines)}</table>"
    )
    reading = understand(page.encode(), "a.html")
    assert "".join(str(n) for n in values(reading).values()) == "310261000104509"
    assert not doubts(reading)
