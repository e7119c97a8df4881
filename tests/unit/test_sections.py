"""Which lines are headings of a section, and which are text that begins with the same words."""

from __future__ import annotations

import pytest

from ogi.extract import extract
from ogi.extract.rows.headings import inside
from ogi.forms import load, simplified
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
        ("problems", "五、存在的主要问题及改进情况。"),
        ("other", "**六、其他需要报告的事项**"),
        ("reviews", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        ("reviews", "政府信息公开行政法复议、行政诉讼情况"),
        ("reviews", "因政府信息公开工作引起的行政诉讼、行政复议案件"),
        ("reviews", "四、2022年度本局因信息公开被提起行政复议和行政应诉工作情况"),
        ("annex", "附件：2022年政府信息公开情况统计表"),
        ("overview", "????一、总体情况"),
        ("overview", "一、政府信息公开工作的基本概况"),
        ("overview", "一、主要工作概述"),
        ("disclosures", "二、公开政府信息情况"),
        ("requests", "三、依申请公开、不予公开及咨询政府信息情况"),
        ("requests", "三、政府信息依申请公开和不予公开情况"),
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


TRADITIONAL = """固陽縣下濕壕鎮人民政府2022年政府信息公開工作年度報告
本報告所列數據的統計期限自2022年1月1日起至2022年12月31日止。
一、總體情況
2022年，我鎮共收到政府信息公開申請23件。
二、主動公開政府信息情況
本年度未製發文件。
三、收到和處理政府信息公開申請情況
本年度無申請。
四、政府信息公開行政復議、行政訴訟情況
本年度無行政復議、行政訴訟案件。
五、存在的主要問題及改進情況
存在的問題是公開內容還不夠細緻。
六、其他需要報告的事項：本年度未收取信息處理費。
"""


def test_a_mirror_in_traditional_characters_is_read() -> None:
    """Publisher, year, sections and statements are found; all but the agency's name stays as printed."""
    reading = extract(read(TRADITIONAL.encode(), "x.txt"), load())
    lines = TRADITIONAL.splitlines()
    assert (reading.agency_name, reading.year) == ("固阳县下湿壕镇人民政府", 2022)
    assert (reading.title, reading.agency_name_printed) == (lines[0], "固陽縣下濕壕鎮人民政府")
    assert [s.section for s in reading.sections] == ["preface", *HEADS]
    assert [s.text for s in reading.sections][1:] == [*lines[3:12:2], "本年度未收取信息處理費。"]
    assert [(s.kind, s.value, s.quote) for s in reading.statements] == [
        ("applications_received", 23, "我鎮共收到政府信息公開申請23件"),
        ("reviews", 0, "本年度無行政復議"),
        ("lawsuits", 0, "本年度無行政復議、行政訴訟案件"),
    ]
    assert {i.code for i in reading.issues} == {"table-replaced-by-sentence"}


def test_a_name_with_one_old_character_keeps_it() -> None:
    """於潜镇 is written so today: one such character makes no text traditional."""
    text = "临安区於潜镇人民政府2022年政府信息公开工作年度报告\n一、总体情况\n本镇依法公开。\n"
    assert extract(read(text.encode(), "x.txt"), load()).agency_name == "临安区於潜镇人民政府"


def test_phrases_of_a_mirror_are_the_words_of_the_form() -> None:
    """What turns characters turns words as well: 文件 into 檔案, 信息 into 資訊; an archive (檔案館) stays one."""
    text = TRADITIONAL.replace("信息", "資訊")
    table = (
        "第二十條第(一)項 | |||\n資訊內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |\n規章 | 0 | 0 | 0 |\n"
        "規範性檔案 | 2 | 2 | 19 |\n第二十條第(五)項 | |||\n資訊內容 | 上一年專案數量 | 本年增/減 | 處理決定數量 |\n"
        "行政許可 | 8 | 5 | 93 |\n"
    )
    reading = extract(read(text.replace("三、", f"{table}三、", 1).encode(), "x.txt"), load())
    assert [s.section for s in reading.sections] == ["preface", *HEADS] and reading.year == 2022
    assert {c.key: c.value for c in reading.cells if c.item in ("normative_documents", "licensing")} == {
        "disclosures.normative_documents.newly_made": 2,
        "disclosures.normative_documents.newly_disclosed": 2,
        "disclosures.normative_documents.total_disclosed": 19,
        "disclosures.licensing.items_prev": 8,
        "disclosures.licensing.change": 5,
        "disclosures.licensing.decisions": 93,
    }
    assert simplified("檔案館") == "档案馆"


def test_short_headings_in_running_text_need_the_number_of_a_section() -> None:
    text = "一、总体情况 工作平稳。1、主动公开情况。全年公开信息12条。2、依申请公开情况。全年无申请。" + "继续努力。" * 20
    assert list(inside(text)) == [(0, 6)]
    text = f"好。二、主动公开情况全年公开12条。{text}"
    assert [text[slice(*span)] for span in inside(text)] == ["二、主动公开情况", "一、总体情况"]


@pytest.mark.parametrize(
    "text",
    [
        "一、概述2020年工作平稳。二、主动公开政府信息情况发布12条。三、政府信息依申请公开工作情况收到3件。四、行政复议和诉讼情况无。"
        "五、政府信息公开存在的问题公开不够。",
        "一、政府信息公开工作的基本概况 工作平稳。二、公开政府信息情况 发布12条。"
        "三、依申请公开政府信息和不予公开政府信息的情况 收到3件。四、申请行政复议和提起行政诉讼情况 无。"
        "五、主要问题和改进措施 公开不够。",
    ],
)
def test_headings_of_old_reports_in_running_text(text: str) -> None:
    found = sections(f"现将有关情况报告如下：{text}{'继续努力。' * 20}")
    assert [s.section for s in found] == ["overview", "disclosures", "requests", "reviews", "problems"]


@pytest.mark.parametrize(
    "text",
    ["一、概述，二、主动公开", "一、基本情况是好的。", "二、存在的问题是公开不够。", "三、依申请公开情况良好。", "。概述全年"],
)
def test_sentences_in_running_text_are_no_headings(text: str) -> None:
    assert list(inside(text)) == []


@pytest.mark.parametrize(
    "heading",
    ["三、依申请公开收费及减免情况", "三、未收到依申请公开情况", "二、主动公开和依申请公开情况", "（二）政府信息依申请公开情况"],
)
def test_a_numbered_heading_on_requests_is_of_requests_alone(heading: str) -> None:
    assert "requests" not in [s.section for s in sections(heading, "本年度无。")]
