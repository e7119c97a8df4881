"""One document, from bytes to what it says: the part of the flow that a worker runs, on any machine.

Comes in: bytes and a name for messages. Goes out: a Reading, or Unreadable. Must not know: the collection, the package.
What reads is imported when a document comes: a parent that only hands these functions to its workers needs none of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ogi.errors import Unreadable
from ogi.model import Agency, Entry, Reading

OPENING = 800  # characters in which a report says what it is
_CALLED = re.compile(r"本(?:年度?|工作)?报告|(?:信息|政务)公开(?:工作)?年度报告|政府信息公开条例")
_ISSUED = re.compile(  # a preface that says what it opens
    r"(?:现|现将|现予|公布|发布)[^。《]{0,6}《[^》]{0,40}20\d\d年(?:度)?[^》]{0,16}(?:信息|政务)公开(?:工作)?(?:年度)?(?:报告|年报)》"
)
_TWO_YEARS = re.compile(r"(20\d\d)\s*年?(?:度)?\s*(?:vs\.?|VS\.?|[对比]{2})\s*(?!\1)20\d\d")
_GUIDE = re.compile(  # a page that explains a report
    r"\s*[【\[]?(?:(?:文字|图文|图片|视频|政策|动漫|一图)?解读|图解|一图(?:读懂|看懂))[】\]]?\s*[:：|｜]?[^。\n]{0,60}(?:信息|政务)公开"
)
_REPORTS = re.compile(r"现将[^。]{0,24}(?:信息|政务)公开工作(?:情况)?报告如下")


def understand(data: bytes, name: str) -> Reading:
    """Bytes to what they say, not yet judged. Raises Unreadable if they are no annual report."""
    from ogi.extract import extract
    from ogi.forms import load
    from ogi.readers import read

    reading = extract(read(data, name), load())
    if not reading.templates and not reading.title and not _has_parts(reading):
        raise Unreadable(
            name,
            "不是政府信息公开工作年度报告：没有年报的表格和章节 "
            "no annual report on open government information: neither its tables nor its sections are there",
            "看看是不是传错了文件；没有传错，就换一种格式上传，并开 issue 告诉我们 "
            "check that it is the right file; if it is, add it in another format and report it",
        )
    preface = next((section.text for section in reading.sections if section.section == "preface"), "")
    if not reading.templates and _GUIDE.match(preface):
        raise Unreadable(
            name,
            "不是年报，是对一份年报的解读 a guide to an annual report, not the report itself",
            "上传它所解读的年报 add the report that it explains",
        )
    if two := _TWO_YEARS.search(f"{reading.title or ''}\n{preface[:OPENING]}"):
        raise Unreadable(
            name,
            f"不是一份年报，是两年年报的对照（「{two[0]}」），分不清哪个数是哪一年的 "
            f"two years' reports side by side («{two[0]}»), no report: nothing tells whose year a number is",
            "分别上传这两年的报告原件 add the report of each year as it was published",
        )
    return reading


def _has_parts(reading: Reading) -> bool:
    """Whether it has two of the sections of a report, or one and words by which reports call themselves; or opens by the title of
    the report that it issues, or by words of reporting and tells of a year's requests."""
    from ogi.forms import simplified

    texts = {section.section: simplified(section.text) for section in reading.sections}
    others = texts.keys() - {"preface"}
    opening = texts.get("preface", "") + texts.get("overview", "")
    if len(others) > 1 or (others and _CALLED.search(opening)) or _ISSUED.search(opening[:OPENING]):
        return True
    told = any(s.kind.startswith("applications_") for s in reading.statements)
    return reading.year is not None and told and _REPORTS.search(opening[:OPENING]) is not None


def judge(
    reading: Reading, agency: Agency | None = None, entry: Entry | None = None, year: int | None = None
) -> Reading:
    """The reading with its statements held against its tables and every rule evaluated within it."""
    from ogi.checks import check, compare
    from ogi.forms import load

    reading = replace(reading, statements=compare(reading, load()))
    return replace(reading, checks=check(reading, load(), agency, entry, year))


def read_whole(data: bytes, name: str) -> Reading:
    """Both, for a document by itself, as `ogi read` shows it."""
    return judge(understand(data, name))
