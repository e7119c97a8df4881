"""Rules about the report as a whole: its sections (ST-01), its year and agency (ST-02), its date (ST-04).

Comes in: a Rule and Facts with agency and entry where known. Goes out: Checks. Must not know: any form or
table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ogi.checks.facts import Facts
from ogi.checks.judged import judged
from ogi.checks.names import Pair, both
from ogi.checks.rules import Rule
from ogi.due import due_on
from ogi.model import Check

SENTENCE = 30  # characters of prose that is more than a word or a line of a list
ENDS = tuple("。！？；…：.!?;:)）”》】")
DIGITS = "一二三四五六七八九十"
_NUMBER = re.compile(rf"^[\s　]*[（(]?([{DIGITS}]|\d{{1,2}})[)）]?[、.．,，\s]")
_PERIOD = re.compile(r"(20\d\d)\s*年\s*0?1\s*月\s*0?1\s*日.{0,6}?(20\d\d)?\s*年?\s*12\s*月\s*31\s*日")
_TITLE_YEAR = re.compile(r"(20\d\d)\s*年")
# Years in the path of an address: folders, and days as sites write them (/2022/, /202201/, t20220128_, P0202201281234.pdf);
# not those of a part of the site (/xxgk2020/), nor the first digits of a number of its own.
_PATH_YEAR = re.compile(
    r"/(20\d\d)(?=/)|(?<![0-9A-Za-z])t?(20\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?(?!\d)|(?<![0-9A-Za-z])[PW]0(20\d\d)\d{4}"
)


def sections(rule: Rule, facts: Facts) -> Iterator[Check]:
    """The six sections once each, in order, with their own numbers."""
    year = facts.year
    if year is None or year < (rule.from_year or 0):
        return
    due = tuple(rule.settings["sections"])
    found = [(s.section, s.heading) for s in facts.reading.sections if s.section in due and s.heading]
    if not found:
        yield judged(rule, facts, "", "unknown", ())
        return
    faults = _faults(due, found)
    there = len({s for s, _ in found})
    surely = not any(i.severity != "info" and i.code.startswith("section") for i in facts.reading.issues)
    yield judged(
        rule,
        facts,
        "",
        "fail" if faults else "pass",
        (),
        left=there,
        right=len(due),
        sure=surely and not _cut_off(facts, found[-1][0]),
        found=("；".join(f[0] for f in faults), "; ".join(f[1] for f in faults)),
    )


def _cut_off(facts: Facts, last: str) -> bool:
    """Whether the copy seems to end inside its last section: the table there lacks its end, nothing follows the heading, or the
    text stops within a sentence."""
    if last in facts.tables:
        return facts.expected(last)[-1] in facts.missing(last)
    texts = [s.text for s in facts.reading.sections if s.section == last]
    text = texts[-1].strip()
    return last != "other" and (not text or (len(text) > SENTENCE and not text.endswith(ENDS)))


def year_and_agency(rule: Rule, facts: Facts) -> Iterator[Check]:
    """The years of title and period are the report's, the agency in the title is that of the collection; the address is not of
    an earlier year: that is a doubt of the collection, and no fault of the agency."""
    reading, year = facts.reading, facts.year
    if reading.year is None:
        yield judged(rule, facts, "", "unknown", ())
        return
    faults: list[Pair] = []
    for said in sorted(set(map(int, _TITLE_YEAR.findall(reading.title or "")))):
        if said != year:
            faults.append(
                (
                    f"标题写 {said} 年，报告年度为 {year}",
                    f"the title says {said}, the report is of {year}",
                )
            )
    for text in (s.text for s in reading.sections if s.section == "preface"):
        for first, last in _PERIOD.findall(text):
            if int(first) != year or (last and int(last) != year):
                period = f"{first}—{last or first}"
                faults.append(
                    (
                        f"统计期限为 {period}，报告年度为 {year}",
                        f"the period is {period}, the report is of {year}",
                    )
                )
    named = reading.agency_name
    if facts.agency and named and not _same_agency(named, facts):
        faults.append(
            (
                f"文件署名「{named}」，收录为「{facts.agency.name}」",
                f"the document names {named}, it is collected as {facts.agency.name}",
            )
        )
    own = bool(faults)
    newest = _newest(facts.entry.source_url if facts.entry else None)
    if newest and year and newest < year:
        faults.append(
            (
                f"来源网址写 {newest} 年，早于报告年度 {year}",
                f"the address it comes from says {newest}, before the year {year} that the report is of",
            )
        )
    faults = list(dict.fromkeys(faults))
    yield judged(
        rule,
        facts,
        "",
        "fail" if faults else "pass",
        (),
        sure=own,
        found=("；".join(f[0] for f in faults), "; ".join(f[1] for f in faults)),
    )


def in_time(rule: Rule, facts: Facts) -> Iterator[Check]:
    """First published by the day that the law sets; only where agency, year and date are known."""
    year, agency, entry = facts.year, facts.agency, facts.entry
    if year is None or agency is None:
        return
    if entry is None or entry.published_on is None:
        yield judged(rule, facts, "", "unknown", ())
        return
    due = due_on(year, agency.scope)
    late = (entry.published_on - due).days
    yield judged(
        rule,
        facts,
        "",
        "fail" if late > 0 else "pass",
        (),
        left=max(late, 0),
        right=0,
        sure=True,
        published=entry.published_on.isoformat(),
        due=due.isoformat(),
        late=late,
    )


def _newest(url: str | None) -> int | None:
    """The last year that the path of an address names: a report comes out in the year after its own, or later."""
    years = [int(y) for found in _PATH_YEAR.findall(urlsplit(url).path) for y in found if y] if url else []
    return max(years, default=None)


def _faults(due: tuple[str, ...], found: list[tuple[str, str]]) -> list[Pair]:
    codes = [code for code, _ in found]
    faults: list[Pair] = []
    for code in due:
        label = both("section", code)
        if code not in codes:
            faults.append((f"缺「{label[0]}」部分", f"the section “{label[1]}” is missing"))
        elif codes.count(code) > 1:
            faults.append(
                (
                    f"「{label[0]}」出现 {codes.count(code)} 次",
                    f"“{label[1]}” stands {codes.count(code)} times",
                )
            )
    if [c for c in due if c in codes] != list(dict.fromkeys(codes)):
        faults.append(("各部分的次序与格式不同", "the sections stand in another order"))
    numbers = [(code, heading, _number(heading)) for code, heading in dict(reversed(found)).items()]
    wrong = [(h, n) for code, h, n in reversed(numbers) if n is not None and n != due.index(code) + 1]
    if wrong:
        listed = "、".join(h.strip()[:12] for h, _ in wrong[:3])
        faults.append((f"编号与格式不同：{listed}", f"numbered otherwise than in the form: {listed}"))
    return faults


def _number(heading: str) -> int | None:
    match = _NUMBER.match(heading)
    if not match:
        return None
    return int(match[1]) if match[1].isdigit() else DIGITS.index(match[1]) + 1


def _same_agency(named: str, facts: Facts) -> bool:
    """Short names leave characters out (科技局), so each name's characters in order are enough."""
    agency = facts.agency
    names = (agency.name, *(n.name for n in agency.names)) if agency else ()
    return any(_within(named, known) or _within(known, named) for known in names)


def _within(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


RULES = {"ST-01": sections, "ST-02": year_and_agency, "ST-04": in_time}
