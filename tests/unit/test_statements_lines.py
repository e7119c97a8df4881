"""Lines that were cut at a width are one sentence; lines that end by themselves are not."""

from __future__ import annotations

from ogi.extract.prose.lines import joined
from ogi.extract.prose.statements import find_statements
from ogi.model import Section

CUT = """全年收到政府信息公开申请34件，上年结转政府信息公开
申请2件，所有申请均已按照规定要求办理完成。所有办
结的信息公开申请中，同意公开答复的有9件，部分公开
答复0件，不予公开答复2件，因本机关不掌握等原因无法
— 1 —
提供的10件，不予处理0件，其他处理14件，转下一年度办
理1件。
（一）召开会议"""
LIST = """我局主动公开政府信息58条
工作动态信息38条
我局共收到政府信息公开申请3件
答复3件
召开会议2次
"""


def states(text: str) -> list[str]:
    section = Section("overview", "一、总体情况", text, None)
    return [f"{s.kind} {s.value}" for s in find_statements((section,), 2021, "某市科学技术局")]


def test_cut_lines_are_read_as_one() -> None:
    """Words and sentences go on in the next line, over the page number too; what is quoted stands as printed."""
    assert states(CUT) == [
        "applications_received 34", "applications_carried_in 2", "granted 9", "partly_granted 0", "refused 2",
        "cannot_provide 10", "declined 0", "other_disposal 14", "applications_carried_out 1",
    ]  # fmt: skip
    section = Section("overview", "一、总体情况", CUT, None)
    quotes = [s.quote for s in find_statements((section,), 2021, "某市科学技术局")]
    assert quotes[1] == "上年结转政府信息公开\n申请2件"


def test_texts_keep_their_length_and_items_their_lines() -> None:
    """A place in the joined text is the same place in the printed one; a list item begins a line of its own."""
    (text,) = joined([CUT])
    assert len(text) == len(CUT)
    assert [a for a, b in zip(text, CUT, strict=True) if a != b] == [" "] * sum(a != b for a, b in zip(text, CUT, strict=True))
    assert "\n（一）" in text


def test_lines_of_a_list_stay_apart() -> None:
    """Where lines end at no common width, nothing is joined."""
    assert joined([LIST]) == [LIST]
    assert states(LIST) == ["proactive_total 58", "applications_received 3", "applications_disposed 3"]
