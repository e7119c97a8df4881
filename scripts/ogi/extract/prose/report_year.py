"""Which year a report is on: its title's, the period's, else what its sentences say.

Comes in: the title, the publisher's name, the prose. Goes out: the year and doubts, or None. Must not know: places in the
document, file names.
"""

from __future__ import annotations

import re
from collections import Counter

from ogi.extract.prose.names import place_of
from ogi.messages import in_both
from ogi.model import Issue

_YEAR = re.compile(r"(20[0-3]\d)\s*年?")
_CHINESE_YEAR = re.compile(r"二[〇○零0]([〇○零一二三四五六七八九]{2})\s*年")
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
_DIGIT = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


def year_of(title: str | None, name: str | None, preface: str, text: str, issues: list[Issue]) -> int | None:
    """The title's year; the period's where the title has none; else the year that the first sections name. Two that differ are a
    doubt, and so is a period that no sentence bears out."""
    from_title = first_year(title or "")
    from_period = period_year(text)
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


def period_year(text: str) -> int | None:
    """The year whose first and last day the text names as its period."""
    period = _PERIOD.search(text)
    return int(period[1]) if period and period[2] in (None, period[1]) else None


def first_year(text: str) -> int | None:
    """The first year that a text names, in digits or Chinese."""
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    chinese = _CHINESE_YEAR.search(text)
    return int("20" + "".join(_DIGIT[c] for c in chinese[1])) if chinese else None
