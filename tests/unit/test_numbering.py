"""The numbers of Word's lists as they are printed."""

from __future__ import annotations

import pytest

from ogi.readers.numbering import Level, Lists, write


@pytest.mark.parametrize(
    ("kind", "number", "printed"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("chineseCounting", 1, "一"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 20, "二十"),
        ("taiwaneseCounting", 105, "一百零五"),
        ("japaneseCounting", 1010, "一千零一十"),
        ("chineseLegalSimplified", 25, "贰拾伍"),
        ("chineseCounting", 10_000, "10000"),
        ("chineseCounting", 0, "〇"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 3, "寅"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 4000, "4000"),
    ],
)
def test_a_number_is_written_as_its_kind_says(kind: str, number: int, printed: str) -> None:
    """In each of Word's kinds of numerals that a report may use; plain digits where a kind goes no further."""
    assert write(number, kind) == printed


def test_a_list_counts_starts_anew_and_takes_the_numbers_above() -> None:
    """A deeper level begins again under each number above it; a second use of a list goes on, or restarts where it says so."""
    lists = Lists(
        patterns={"0": {0: Level("chineseCounting", "%1、"), 1: Level("decimal", "%1.%2"), 2: Level("bullet", "·")}},
        numbers={"1": "0", "2": "0", "3": "0"},
        restarts={("3", 0): 1},
        overrides={("2", 1): Level("decimal", "(%2)", 5)},
    )
    seen = [lists.next(number, level) for number, level in (("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1))]
    assert seen == ["一、", "一.1 ", "一.2 ", "二、", "二.1 "]
    assert [lists.next("2", 0), lists.next("2", 1), lists.next("3", 0), lists.next("1", 0)] == ["三、", "(5) ", "一、", "二、"]
    assert lists.next("1", 2) == "" and lists.next("9", 0) == "" and lists.next("1", 7) == ""
