"""The title of a report, and the name that it begins with.

Comes in: the lines before the first section. Goes out: the title, put together where it breaks over lines, and the line above it.
Must not know: sentences, other years, file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ogi.extract.prose.names import BODIES, is_town
from ogi.extract.prose.publisher import whole_name
from ogi.extract.prose.report_year import first_year
from ogi.extract.rows.lines import Line

LONG = 70  # characters of a line that holds more than a title
FIRST_WORDS = 8  # of such a line, among which its title stands
_NAME = rf"[\u4e00-\u9fff（）()]{{2,36}}?(?:{BODIES})"
_REPORT = re.compile(r"(?:政府信息|政务|信息)(?:与政务|工作)?公开.{0,8}?(?:年度报告|工作报告|年报|总结|报告)")
_META = re.compile(r"^(?:标题|题目|名称)[:：]|^Page\d+-|^[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+(?=[\u4e00-\u9fff])")
_DETAILS = re.compile(  # of the page, in the table above or beside its title
    r"[|｜]?(?:索引号|文号|有效性|(?:发布|发文|成文|生成)(?:日期|时间)|主题分类|发布机构|(?:发文|发布)单位|浏览次数)[:：|｜\da-zA-Z].*"
)
_PATH = re.compile(r"(?:当前位置|您现在的位置|您的位置)?[:：]?首页")  # the way to a page, on the page
_SIGNED = re.compile(  # what a covering letter ends with, right before the title of the report
    rf"^.*20[0-3]\d年\d{{1,2}}月\d{{1,2}}日(?:[（(]此件[^）)]{{0,8}}公开[）)]|印发)?(?![至到起止])(?={_NAME}(?:20[0-3]\d年?度?)?(?:政府|政务)?信息)"
)
_YEAR_ALONE = re.compile(r"[（(【\[]?(?:20[0-3]\d|二[〇○零0][〇○零一二三四五六七八九]{2})年?度?[）)】\]]?")
_OPENING_TITLE = re.compile(  # what a sentence begins with is none
    r"(?!我|本[局厅委部院办市县区镇乡街单]|为|根据|按照|依据|现|认真|切实|公布|发布|公开|编制|制定|梳理|撰写|形成)"
    rf"(?:(?:{_NAME}|[\u4e00-\u9fff]{{2,20}})?20[0-3]\d年度?政府信息公开(?:工作)?年(?:度报告|报)"
    rf"|20[0-3]\d年度?{_NAME}政府信息公开(?:工作)?年(?:度报告|报)"
    rf"|{_NAME}政府信息公开(?:工作)?年(?:度报告|报)(?:[（(]20[0-3]\d年?度?[）)])?)"
    r"(?!编制|编写|发布|工作|的通知)"
)


def title_of(lines: Sequence[Line], period: int | None) -> tuple[str | None, str | None]:
    """The title, put together where it breaks over lines, and the line above it. Of several (a page's list of other years)
    the one whose year is that of the figures, else the last before the text begins."""
    texts = [_DETAILS.sub("", re.sub(r"\s+", "", part)) for line in lines for part in _parts(line.text)]
    texts = ["" if _PATH.match(text) else _SIGNED.sub("", _META.sub("", text)) for text in texts]
    found = [(whole, texts[at - 1] if at else None) for at, whole in _titles(texts)]
    if not found:
        return None, None
    agreeing = [t for t in found if period and first_year(t[0]) == period]
    if not agreeing and period and len({first_year(t[0]) for t in found}) > 1:
        return None, None
    return _telling(agreeing or found)


def _telling(found: Sequence[tuple[str, str | None]]) -> tuple[str, str | None]:
    """The last title that has a name, its own or that above it; if it has no year, the last one of that name that has."""
    named = [t for t in found if name_in(t[0]) or name_above(t[1] or "")] or found
    title, above = named[-1]
    dated = [t for t in named if first_year(t[0]) and name_in(t[0]) == name_in(title)]
    return dated[-1] if dated and not first_year(title) else (title, above)


def _titles(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Titles, each with the number of the line that opens it and the year that stands alone on the line after it."""
    for at, end, whole in _whole_titles(texts):
        after = texts[end] if end < len(texts) else ""
        yield at, whole + after if not first_year(whole) and _YEAR_ALONE.fullmatch(after) else whole


def _whole_titles(texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for at, text in enumerate(texts):
        for span in (1, 2, 3):
            parts = texts[at : at + span]
            whole = "".join(parts)
            if (
                len(parts) == span
                and len(whole) <= 70
                and _REPORT.search(whole)
                and not re.search(r"[。；，,：:《》]|依据|根据|按照|^现[将就]|如下$|1月1日|通知$", whole)
            ):
                rest = "".join(parts[1:])
                torn = parts[0].endswith("政府") and rest.startswith("信息公开")
                if not _REPORT.search("".join(parts[:-1])) and (torn or not _REPORT.search(rest)):
                    yield at, at + span, whole
                break
        else:  # text that a converter ran together starts with its title
            match = _OPENING_TITLE.match(text)
            if match and len(text) > 70:
                yield at, at + 1, match.group()


def _parts(text: str) -> list[str]:
    """A line; one that a converter filled with the whole text, word by word."""
    whole = len(text) <= LONG or (not _PATH.match(text) and _OPENING_TITLE.match("".join(text.split())))
    return [text] if whole else text.split()[:FIRST_WORDS]


def name_in(title: str) -> str | None:
    """The name that a title begins with, or has behind its year."""
    head = re.split(r"政府信息(?:与政务|工作)?公开|政务(?:信息)?公开|信息公开", title)[0]
    head = re.sub(r"[（(]?\s*(?:20[0-3]\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年?度?\s*[）)]?", "", head)
    head = re.sub(r"^[#\s]+|^关于|关于$|的$|编制$", "", head)
    head += "政府" if head.endswith("人民") else ""  # «兴县人民政府信息公开年度报告»
    return head if len(head) >= 3 or (is_town(head) and head[:1] not in "本我") else None


def name_above(text: str) -> str | None:
    """The name that is all of a line but for a year behind it: 某某市人民政府2016年."""
    name = re.sub(r"20[0-3]\d年度?$", "", text)
    return name if whole_name(name) else None
