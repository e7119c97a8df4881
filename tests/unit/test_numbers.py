"""The text of a cell becomes the number it states, and never another one."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.extract.numbers import MAX_DIGITS, bare, digits_only, is_value, read_number, words

FULL_WIDTH = str.maketrans("0123456789+-.,/", "０１２３４５６７８９＋－．，／")
MARKS = " 　\t\n\u00a0\u200b\ufeff"
kinds = st.sampled_from(("count", "signed", "decimal"))
printed = st.text(alphabet="0123456789０３９+-−.,，/()（）其中件元万 　\n减增①²½x", max_size=12)


@pytest.mark.parametrize(("text", "kind", "value", "unit"), [
    ("0", "count", "0", None),
    (" 　12\u00a0", "count", "12", None),
    ("[bookmark: _GoBack]2", "count", "2", None),
    ("1,234,567", "count", "1234567", None),
    ("１２，３４５", "count", "12345", None),
    ("007", "count", "7", None),
    ("+82", "signed", "82", None),
    ("减4", "signed", "-4", None),
    ("减少 4", "signed", "-4", None),
    ("增加4项", "signed", "4", "项"),
    ("-8", "signed", "-8", None),
    ("－８", "signed", "-8", None),
    ("−8", "signed", "-8", None),
    ("670.376375", "decimal", "670.376375", None),
    ("0.000001", "decimal", "0.000001", None),
    ("13.7 万元", "decimal", "13.7", "万元"),
    ("251000元", "decimal", "251000", "元"),
    ("5394432.52元", "decimal", "5394432.52", "元"),
    ("310.59（万元）", "decimal", "310.59", "万元"),
    ("1.\n5", "decimal", "1.5", None),
    ("12宗", "count", "12", "宗"),
])  # fmt: skip
def test_a_number_is_read_exactly(text: str, kind: str, value: str, unit: str | None) -> None:
    """Spaces, converters' debris, thousands, signs, words for change and units are understood."""
    number = read_number(text, kind)
    assert (number.status, number.value, number.unit) == ("reported", Decimal(value), unit)


@pytest.mark.parametrize("text", ["", " ", "　", "\u00a0", "\u200b", "\n\t", "[bookmark: _GoBack]"])
def test_nothing_is_blank(text: str) -> None:
    """A cell that shows nothing is blank, not zero."""
    assert (read_number(text).status, read_number(text).value) == ("blank", None)


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "－", "／", "无", " 无 ", "\\", "N/A", "‑", "―", "－－－", "無", "不涉及"])
def test_a_mark_is_nil(text: str) -> None:
    """A stroke, a dash or 无 is a mark, not zero."""
    assert (read_number(text).status, read_number(text).value) == ("nil", None)


@pytest.mark.parametrize("text", [
    "5 1", "5\n1", "５　１", "3/4", "1-2", "约3", "3余", "二", "②", "²", "3①", "½", "Ⅳ", "1.2.3", "1,23", "12,3456",
    ".5", "5.", "--5", "+-5", "1e3", "0x1F", "NaN", "inf", "无3", "减", "+", "13575394432.52元件", "3（4）5", "（3）",
    "1" * (MAX_DIGITS + 1), "五件", "3件4件", "1. 0", "一", "ー", "———————",
])  # fmt: skip
def test_what_is_no_one_number_is_unreadable(text: str) -> None:
    """Two numbers, approximations, other numerals and broken groups give null and a code to say so."""
    number = read_number(text, "signed")
    assert (number.status, number.value, number.code) == ("unreadable", None, "number-unreadable")


@pytest.mark.parametrize(
    ("text", "value"), [("22（其中修订 16 件）", 22), ("22(其中修订16件)", 22), ("3件（含上年）", 3), ("3²", 3), ("12件¹", 12)]
)
def test_a_note_is_no_part_of_the_number(text: str, value: int) -> None:
    """The number before the brackets is taken, and there is a word on it."""
    number = read_number(text)
    assert (number.value, number.code) == (Decimal(value), "number-with-note")


@pytest.mark.parametrize(
    ("text", "value"), [("1\u03362\u033615", 15), ("3\u0336\u03364", 4), ("7\u0336", None), ("7\u0336/", None)]
)
def test_what_is_struck_out_is_no_part_of_the_number(text: str, value: int | None) -> None:
    """The rest is taken and doubted; where nothing is left there is no number; it is a value, not a label, all the same."""
    number = read_number(text)
    assert (number.value, number.code) == (value, "number-struck-out")
    assert (number.status == "unreadable") is (value is None)
    assert is_value(text)


@pytest.mark.parametrize(("kind", "text"), [("count", "+82"), ("count", "减4"), ("decimal", "增3")])
def test_a_change_stands_only_in_a_column_of_changes(kind: str, text: str) -> None:
    """Where the form wants a count, a word for change makes the cell unreadable."""
    assert read_number(text, kind).status == "unreadable"


@pytest.mark.parametrize(("text", "value"), [
    ("81010010", True), ("97+82179", True), ("12", True), ("", True), ("/", True), ("5 1", True), ("减4", True),
    ("13.7 万元", True), ("\ufffd", True),
    ("1\ufffd", True), ("规章", False), ("其他", False), ("1.属于国家秘密", False), ("（三）", False),
    ("总计", False), ("[1]", False),
])  # fmt: skip
def test_a_value_is_told_from_a_label(text: str, value: bool) -> None:
    """Numbers, marks, runs and empty cells may stand where values stand; words may not."""
    assert is_value(text) is value


@given(printed, kinds)
@settings(max_examples=300, deadline=None)
def test_no_digit_is_invented_or_moved(text: str, kind: str) -> None:
    """The digits of a value stand in the printed text, in this order."""
    number = read_number(text, kind)
    if number.value is None:
        assert number.status in ("blank", "nil", "unreadable")
        return
    source = iter(bare(text))
    assert all(digit in source for digit in format(abs(number.value), "f"))
    assert number.status == "reported"


@given(st.text(alphabet="0123456789+-.,/", max_size=10), kinds)
@settings(max_examples=200, deadline=None)
def test_full_width_means_the_same(text: str, kind: str) -> None:
    """Full-width digits and signs read as half-width ones."""
    assert read_number(text.translate(FULL_WIDTH), kind) == read_number(text, kind)


@given(st.integers(0, 10**9), st.text(alphabet=MARKS, max_size=3), st.text(alphabet=MARKS, max_size=3))
@settings(max_examples=100, deadline=None)
def test_space_around_a_number_is_nothing(number: int, before: str, after: str) -> None:
    """What does not print changes no number."""
    assert read_number(f"{before}{number}{after}").value == number


@given(st.integers(-(10**6), 10**6))
@settings(max_examples=60, deadline=None)
def test_a_sign_is_the_sign(number: int) -> None:
    """减 and - are minus, 增 and + are plus."""
    size = abs(number)
    for minus, plus in (("减", "增"), ("-", "+"), ("减少", "增加")):
        assert read_number(f"{minus}{size}", "signed").value == -size
        assert read_number(f"{plus}{size}", "signed").value == size


@given(st.integers(0, 10**6), st.sampled_from("①②⑨²³⁰½⅓ⅷ"))
@settings(max_examples=60, deadline=None)
def test_a_numeral_of_another_kind_is_no_digit(number: int, odd: str) -> None:
    """Superscripts, circled digits and fractions never count as digits; superscripts behind a number are those of a note."""
    for text in (f"{number}{odd}", f"{odd}{number}", odd):
        noted = odd in "²³⁰" and text.endswith(odd) and text != odd
        assert read_number(text).value == (number if noted else None)
        assert digits_only(text) is None


@given(st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever stands in a cell, reading it ends with a status that fits its value."""
    number = read_number(text, "signed")
    assert (number.value is None) == (number.status != "reported")
    assert is_value(text) or number.value is None


@pytest.mark.parametrize("text", ["٣", "1٣", "๓5", "𝟗", "߂"])
def test_digits_of_other_scripts_are_no_digits(text: str) -> None:
    """Only 0 to 9, half or full width, are digits of a number."""
    assert read_number(text).value is None and digits_only(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("0 291.94 万元", ["0", "291.94 万元"]),
        ("6 251000元 3", ["6", "251000元", "3"]),
        ("元 5", ["元", "5"]),
    ],
)
def test_a_unit_stays_with_its_number(text: str, parts: list[str]) -> None:
    """Blanks part the numbers of a row, and not a number from its unit."""
    assert [word.group() for word in words(text)] == parts


@pytest.mark.parametrize(("text", "value"), [("00", 0), ("05", 5), ("０７", 7), ("0012", 12)])
def test_a_number_that_begins_with_a_zero_is_doubted(text: str, value: int) -> None:
    """No count does: two zeros printed over each other look so. A zero alone, or before a point, is none."""
    assert read_number(text) == (value, "reported", None, "number-begins-with-zero")
    assert read_number("0").code is None and read_number("0.05", "decimal").code is None


@pytest.mark.parametrize(("text", "code"), [("3.000", "number-of-wrong-kind"), ("3.00", None), ("3.5", "number-of-wrong-kind")])
def test_a_count_with_three_decimals_may_be_thousands(text: str, code: str | None) -> None:
    """«3.000» is three or three thousand; «3.00» is three. Money may have any decimals."""
    assert (read_number(text).code, read_number(text, "decimal").code) == (code, None)


@pytest.mark.parametrize(("text", "code"), [("-0", "number-of-wrong-kind"), ("－0", "number-of-wrong-kind"), ("0", None)])
def test_a_zero_with_a_minus_is_no_plain_count(text: str, code: str | None) -> None:
    """A mark for none and a zero may have run together; where change is counted, it is a zero."""
    assert (read_number(text).value, read_number(text).code) == (0, code)
    assert read_number(text, "signed").code is None
