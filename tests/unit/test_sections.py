"""Which lines are headings of a section, and which are text that begins with the same words."""

from __future__ import annotations

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Section
from ogi.readers import read

HEADS = {
    "overview": "一、总体情况",
    "disclosures": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "reviews": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}


def sections(*lines: str) -> list[Section]:
    text = "某市教育局2022年政府信息公开工作年度报告\n" + "\n".join(lines) + "\n"
    return [s for s in extract(read(text.encode(), "x.txt"), load()).sections if s.section != "preface"]


def report(**texts: str) -> list[Section]:
    """The sections of a report that has this text under these headings."""
    return sections(*(line for code, head in HEADS.items() for line in (head, texts.get(code, "本年度无。"))))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("problems", "存在的问题是公开内容还不够细致，下一步将加强培训，完善制度。"),
        ("problems", "存在的主要问题：一是公开内容不够细致；二是培训不够。"),
        ("problems", "认真查找存在的问题"),
        ("problems", "（一）存在的主要问题"),
        ("problems", "(一)存在的主要问题"),
        ("problems", "1.存在的主要问题"),
        ("problems", "存在的主要问题"),
        ("problems", "对照检查存在的主要问题进行整改。"),
        ("problems", "1.总体情况良好，" + "公开内容还不够细致，" * 6),
        ("overview", "总体情况良好，完成年度任务。"),
        ("overview", "主动公开政府信息情况方面，我局全年发布信息20条。"),
        ("overview", "主动公开情况"),
        ("overview", "主动公开政府信息情况：全年发布信息20条。"),
        ("reviews", "本年度未发生行政复议、行政诉讼情况。"),
        ("reviews", "因政府信息公开被申请行政复议0件、提起行政诉讼0件。"),
        ("other", "其他需要报告的事项：本年度未收取费用。"),
        ("other", "无其他需要报告的事项。"),
        ("other", "数据见政府信息公开情况统计表"),
    ],
)  # fmt: skip
def test_a_sentence_with_the_words_of_a_heading_is_text(code: str, text: str) -> None:
    """It stays in its section, which no other section of its words parts."""
    found = report(**{code: text})
    assert [(s.section, s.heading) for s in found] == list(HEADS.items())
    assert {s.section: s.text for s in found if s.text != "本年度无。"} == {code: text}


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("六、其他需要报告的事项：本年度未收取费用。", "六、其他需要报告的事项", "本年度未收取费用。"),
        ("六、其他需要报告的事项。本年度未收取费用。", "六、其他需要报告的事项", "本年度未收取费用。"),
        ("六、其他需要报告的事项 本年度未收取费用。", "六、其他需要报告的事项", "本年度未收取费用。"),
        ("六、其他需要报告的事项本年度未收取费用。", "六、其他需要报告的事项", "本年度未收取费用。"),
        ("其他需要报告的事项：本年度未收取费用。", "其他需要报告的事项", "本年度未收取费用。"),
        ("其他需要报告的事项：" + "本年度未收取费用，" * 9, "其他需要报告的事项", "本年度未收取费用，" * 9),
        ("六、其他需要报告的事项：无", "六、其他需要报告的事项", "无"),
    ],
)  # fmt: skip
def test_a_heading_with_its_text_on_one_line_is_cut(line: str, heading: str, text: str) -> None:
    """The section has the heading, and what stands behind it is the section's text."""
    found = sections(*[head for code, head in HEADS.items() if code != "other"], line)
    assert (found[-1].section, found[-1].heading, found[-1].text) == ("other", heading, text)
    assert [s.section for s in found] == list(HEADS)


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("problems", "五、政府信息公开工作存在的主要问题及改进情况"),
        ("problems", "存在的主要问题和下一步工作打算"),
        ("problems", "五、存在的问题和不足，改进措施"),
        ("problems", "五、上级检查发现的存在的问题以及2023年工作安排"),
        ("problems", "5.存在的主要问题及改进情况。"),
        ("problems", "政府信息公开工作主要问题和改进措施"),
        ("reviews", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        ("reviews", "政府信息公开行政法复议、行政诉讼情况"),
        ("reviews", "因政府信息公开工作引起的行政诉讼、行政复议案件"),
        ("reviews", "四、2022年度本局因信息公开被提起行政复议和行政应诉工作情况"),
        ("annex", "附件：2022年政府信息公开情况统计表"),
    ],
)  # fmt: skip
def test_headings_are_worded_in_many_ways(code: str, heading: str) -> None:
    assert [(s.section, s.heading) for s in sections(heading, "本年度无。")] == [(code, heading)]


def test_a_list_of_contents_takes_no_section_its_text() -> None:
    """The numbered lines of a list of contents are not what tells headings without a number from text."""
    contents = list(HEADS.values())
    heads = [head.partition("、")[2] for head in contents]
    found = sections(*contents, *(line for head in heads[:-1] for line in (head, "本年度无。")))
    assert [s.text for s in found[6:]] == ["本年度无。"] * 5
