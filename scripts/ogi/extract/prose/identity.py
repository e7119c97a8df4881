"""Who publishes, for which year, under which title: what the document itself says, with its evidence.

Comes in: the prose lines. Goes out: `Identity` and issues. Must not know:
file names, folders, agency.yml (they are compared later).
The name is the fullest that the document prints for its publisher; a name that it prints nowhere is composed and marked inferred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ogi.extract.glosses import unglossed
from ogi.extract.prose.names import BODIES, fullest, is_town, misspelt, place_of
from ogi.extract.prose.publisher import asked, at_work, composed, made_by, signed, whole_name
from ogi.extract.rows.lines import Line
from ogi.forms import simplified
from ogi.messages import in_both
from ogi.model import Issue

HEAD_LINES = 60
TRADITIONAL = 3  # characters in the head lines that make a text traditional: a name may have one (於潜)
OPENINGS = {"preface": 3, "overview": 1}  # sections in whose first lines a body tells of itself
LONG = 70  # characters of a line that holds more than a title
FIRST_WORDS = 8  # of such a line, among which its title stands
_NAME = rf"[\u4e00-\u9fff（）()]{{2,36}}?(?:{BODIES})"
_YEAR = re.compile(r"(20[0-3]\d)\s*年?")
_CHINESE_YEAR = re.compile(r"二[〇○零0]([〇○零一二三四五六七八九]{2})\s*年")
_REPORT = re.compile(r"(?:政府信息|政务|信息)(?:与政务|工作)?公开.{0,8}?(?:年度报告|工作报告|年报|总结|报告)")
_PERIOD = re.compile(
    r"(20[0-3]\d)\s*年\s*1\s*月\s*1\s*日\s*(?:起)?\s*(?:至|到|—|-|－|~)+\s*(?:同年|(20[0-3]\d)\s*年)?\s*12\s*月\s*31\s*日"
)
_OWN_REPORT = re.compile(  # in the preface, as it calls itself
    r"(?:公布|发布|形成|编制)(?:了|完成|形成)?[《“]?[^。《》“”\n]{0,40}?(20[0-3]\d)年(?:度)?[^。《》“”\n]{0,30}?"
    r"(?:信息|政务)公开(?:工作)?(?:年度)?(?:报告|年报)"
)
_OF_WORK = re.compile(r"(20[0-3]\d)年(?:度)?(?:的)?(?:政府信息|政务|信息)公开工作")
_SAID_YEAR = re.compile(  # of the report as a sentence names it, or at the beginning of a sentence
    r"(20[0-3]\d)年度?[\u4e00-\u9fff]{0,30}(?:信息|政务)公开(?:工作)?(?:年度)?报告"
    r"|^\s*(?:[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])?\s*(20[0-3]\d)\s*年(?:度|以来)?[，,]",
    re.M,
)
_STATED = re.compile(r"(20[0-3]\d)\s*年(?:度)?(?=[，,]?\s*(?:我|本|全|县|市|区|省|乡|镇|街))(?![^。\n]{0,40}将)")
_OPENED = re.compile(  # a sentence of what was done
    r"(?:^|。)\s*(20[0-3]\d)\s*年(?:度|以来)?[，,](?![^。\n]{0,40}(?:将|拟|要|计划))", re.M
)
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
_PART = re.compile(r"[\u4e00-\u9fff]{1,4}(?:办公室|[科处股室])")  # of the body named before it
_DIGIT = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


@dataclass(frozen=True, slots=True)
class Identity:
    """`printed` as in the title; `name` the fullest printed; `year` None where the document does not say."""

    name: str | None
    printed: str | None
    year: int | None
    title: str | None


def identify(prose: Sequence[tuple[str, Line]]) -> tuple[Identity, list[Issue]]:
    """Who, when and under which title. A text in traditional characters is read simplified, and without the sounds that a mirror
    put in: its name is as the tables of regions and agencies write it, what is printed stays as printed."""
    head = "".join(line.text for _, line in prose[:HEAD_LINES])
    if sum(a != b for a, b in zip(head, simplified(head), strict=True)) < TRADITIONAL and unglossed(head) == head:
        return _identified(prose)
    found, issues = _identified([(code, _simplified(line)) for code, line in prose])
    flat = "".join("".join(line.text.split()) for _, line in prose)
    return replace(found, printed=_as_printed(found.printed, flat), title=_as_printed(found.title, flat)), issues


def _simplified(line: Line) -> Line:
    return line._replace(cells=tuple([c._replace(text=simplified(unglossed(c.text))) for c in line.cells]))


def _as_printed(text: str | None, flat: str) -> str | None:
    at = simplified(flat).find(text) if text else -1
    return flat[at : at + len(text)] if text and at >= 0 else text


def _identified(prose: Sequence[tuple[str, Line]]) -> tuple[Identity, list[Issue]]:
    """Title first, then the line above it, the preface, the signature, at last the parts that the prose names."""
    lines = [line for _, line in prose]
    text = "\n".join(line.text for line in lines)
    preface = "\n".join(line.text for code, line in prose if code == "preface")
    title, above = _title(
        [line for code, line in prose if code == "preface"][:HEAD_LINES], _period_year(text)
    )
    issues: list[Issue] = []
    printed = _name_in_title(title) if title else None
    if (
        title and above and printed and not place_of(printed)
    ):  # its name may have begun in the line above: 石 | 家庄市
        whole = _name_in_title(above + title)
        if whole and len(above) <= len(title) and whole.endswith(printed) and place_of(whole):
            printed, title = whole, above + title
    if title and above and (name := _name_above(above)) and (printed is None or _PART.fullmatch(printed)):
        printed, title = name + (printed or ""), above + title
    name = printed or signed(lines) or made_by(text)
    if name:
        name = fullest(name, text)
    elif name := at_work(_first_sentences(prose)):
        name = fullest(name, text)
        said = in_both(
            f"文件没有写明由谁公布；「{name}」是开头几句所写的机关。",
            f"the document does not say who publishes it; «{name}» is the body of which its first sentences tell.",
        )
        issues.append(Issue("agency-inferred", "info", said))
    elif name := asked(text, _first_sentences(prose)):
        name = fullest(name, text)
        said = in_both(
            f"文件没有写明由谁公布；「{name}」是文中请读者联系的机关。",
            f"the document does not say who publishes it; «{name}» is the body that it tells readers to ask.",
        )
        issues.append(Issue("agency-inferred", "info", said))
    else:
        name = composed(text)
        if name and name in "".join(text.split()):
            said = in_both(
                f"文件没有写明由谁公布；「{name}」是正文写到的机关。",
                f"the document does not say who publishes it; «{name}» is a body that its text names.",
            )
            issues.append(Issue("agency-inferred", "info", said))
        elif name:
            said = in_both(
                f"文件没有印出公布机关的全称；「{name}」由正文写到的地名和机关拼合而成。",
                f"the document prints no full name of its publisher; «{name}» is composed "
                "from the place and the body that the prose names.",
            )
            issues.append(Issue("agency-inferred", "info", said))
        else:
            said = in_both(
                "文件没有写明由谁公布，要由所在文件夹的 agency.yml 写明。",
                "the document does not say who publishes it; its folder's agency.yml has to.",
            )
            issues.append(Issue("agency-missing", "info", said))
    if name and (near := misspelt(name)):
        said = in_both(
            f"「{name}」开头的地名查无此地，只差一字的是「{near}」。名称保持原样。",
            f"no place is called as in «{name}»; one letter apart is {near}. The name stays as printed.",
        )
        issues.append(Issue("agency-misspelt", "info", said, None, (), name))
    return Identity(name, printed, _year(title, name, preface, text, issues), title), issues


def _first_sentences(prose: Sequence[tuple[str, Line]]) -> list[str]:
    """The first sentence of each of the first lines of the preface, and of the first section."""
    told = ([line.text for code, line in prose if code == part and not line.heading][:n] for part, n in OPENINGS.items())
    return [text.split("。")[0] for texts in told for text in texts]


def _title(lines: Sequence[Line], period: int | None) -> tuple[str | None, str | None]:
    """The title, put together where it breaks over lines, and the line above it. Of several (a page's list of other years)
    the one whose year is that of the figures, else the last before the text begins."""
    texts = [_DETAILS.sub("", re.sub(r"\s+", "", part)) for line in lines for part in _parts(line.text)]
    texts = ["" if _PATH.match(text) else _SIGNED.sub("", _META.sub("", text)) for text in texts]
    found = [(whole, texts[at - 1] if at else None) for at, whole in _titles(texts)]
    if not found:
        return None, None
    agreeing = [t for t in found if period and _first_year(t[0]) == period]
    if not agreeing and period and len({_first_year(t[0]) for t in found}) > 1:
        return None, None
    return _telling(agreeing or found)


def _telling(found: Sequence[tuple[str, str | None]]) -> tuple[str, str | None]:
    """The last title that has a name, its own or that above it; if it has no year, the last one of that name that has."""
    named = [t for t in found if _name_in_title(t[0]) or _name_above(t[1] or "")] or found
    title, above = named[-1]
    dated = [t for t in named if _first_year(t[0]) and _name_in_title(t[0]) == _name_in_title(title)]
    return dated[-1] if dated and not _first_year(title) else (title, above)


def _titles(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Titles, each with the number of the line that opens it and the year that stands alone on the line after it."""
    for at, end, whole in _whole_titles(texts):
        after = texts[end] if end < len(texts) else ""
        yield at, whole + after if not _first_year(whole) and _YEAR_ALONE.fullmatch(after) else whole


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


def _name_in_title(title: str) -> str | None:
    head = re.split(r"政府信息(?:与政务|工作)?公开|政务(?:信息)?公开|信息公开", title)[0]
    head = re.sub(r"[（(]?\s*(?:20[0-3]\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年?度?\s*[）)]?", "", head)
    head = re.sub(r"^[#\s]+|^关于|关于$|的$|编制$", "", head)
    head += "政府" if head.endswith("人民") else ""  # «兴县人民政府信息公开年度报告»
    return head if len(head) >= 3 or (is_town(head) and head[:1] not in "本我") else None


def _name_above(text: str) -> str | None:
    """The name that is all of a line but for a year behind it: 某某市人民政府2016年."""
    name = re.sub(r"20[0-3]\d年度?$", "", text)
    return name if whole_name(name) else None


def _year(title: str | None, name: str | None, preface: str, text: str, issues: list[Issue]) -> int | None:
    """The title's year; the period's where the title has none; else the year that the first sections name. Two that differ are a
    doubt, and so is a period that no sentence bears out."""
    from_title = _first_year(title or "")
    from_period = _period_year(text)
    own = {int(year) for year in _OWN_REPORT.findall(re.sub(r"[^\S\n]", "", preface))}
    said_years = {int(year) for match in _SAID_YEAR.finditer(text) for year in match.groups() if year}
    others = {from_title} if from_title else own or said_years
    if from_period and others and from_period not in others:
        years = "、".join(map(str, sorted(others)))
        where = ("标题", "the title says") if from_title else ("正文", "the sentences tell of")
        said = in_both(
            f"{where[0]}写的是 {years} 年，统计期限写的是 {from_period} 年。",
            f"{where[1]} {years}, the period of the figures {from_period}.",
        )
        issues.append(Issue("year-contradicted", "warning", said))
    if from_title or from_period:
        return from_title or from_period
    stated = Counter(map(int, _STATED.findall(text))).most_common(1)
    opened, of_work = ({int(year) for year in pattern.findall(text)} for pattern in (_OPENED, _OF_WORK))
    sure = own if len(own) == 1 else opened if len(opened) == 1 else set()
    if stated and (not sure or stated[0][0] in sure):
        return stated[0][0]
    if stated and len(own | opened) > 1:
        said = in_both(
            f"文中自称 {min(sure)} 年度报告，讲述的工作却多写 {stated[0][0]} 年。",
            f"the text calls itself the report on {min(sure)}, and tells of work in {stated[0][0]}.",
        )
        issues.append(Issue("year-contradicted", "warning", said))
    for told in (own, said_years, opened, _beside_name(name, text), of_work):  # the report of last year is work of this one
        if len(told) == 1:
            return told.pop()
    said = in_both(
        "文件没有写明是哪一年度的报告，要由文件名或 agency.yml 写明。",
        "the document does not say which year it reports on; the file's name or agency.yml has to.",
    )
    issues.append(Issue("year-missing", "info", said))
    return None


def _beside_name(name: str | None, text: str) -> set[int]:
    """The years that stand right before the publisher's name, whole or short: «2025年中仓街道积极推动»."""
    place = place_of(name or "") or ""
    short = re.sub("(?:人民政府|办事处)$", "", (name or "")[len(place) :])
    if len(short) < 3:
        return set()
    return {int(year) for year in re.findall(rf"(20[0-3]\d)年度?[，,]?(?:{place})?{re.escape(short)}", text)}


def _period_year(text: str) -> int | None:
    period = _PERIOD.search(text)
    return int(period[1]) if period and period[2] in (None, period[1]) else None


def _first_year(text: str) -> int | None:
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    chinese = _CHINESE_YEAR.search(text)
    return int("20" + "".join(_DIGIT[c] for c in chinese[1])) if chinese else None
