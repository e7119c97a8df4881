"""Who publishes, for which year, under which title: what the document itself says, with its evidence.

Comes in: the prose lines. Goes out: `Identity` and issues. Must not know:
file names, folders, agency.yml (they are compared later).
The name is the fullest that the document prints for its publisher; a name that it prints nowhere is composed and marked inferred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ogi.extract.lines import Line
from ogi.model import Issue
from ogi.regions import load_regions

HEAD_LINES = 60
LONG = 200  # characters of a line that holds more than a title
FIRST_WORDS = 8  # of such a line, among which its title stands
BODIES = (
    "局|厅|委员会|委|办公室|办公厅|政府|管委会|街道办事处|街道办|办事处|中心|总站|支队|总队|大队|分局|公司|学院|大学|医院|站|所|队|院|行|社|会|部|署|"
    "镇|乡|街道|开发区|实验区|新区|高新区"
)
_NAME = rf"[\u4e00-\u9fff（）()]{{2,36}}?(?:{BODIES})"
_YEAR = re.compile(r"(20[0-3]\d)\s*年?")
_CHINESE_YEAR = re.compile(r"二[〇○零0]([〇○零一二三四五六七八九]{2})\s*年")
_REPORT = re.compile(r"(?:政府信息|政务|信息)(?:与政务)?公开.{0,8}?(?:年度报告|工作报告|年报|总结|报告)")
_PERIOD = re.compile(
    r"(20[0-3]\d)\s*年\s*1\s*月\s*1\s*日\s*(?:起)?\s*(?:至|到|—|-|－|~)+\s*(?:同年|(20[0-3]\d)\s*年)?\s*12\s*月\s*31\s*日"
)
_STAMP = re.compile(r"20[0-3]\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_META = re.compile(r"^(?:标题|题目|名称)\s*[:：]\s*")
_MADE_BY = re.compile(
    rf"(?:由|编制|公布|发布|现将|公开)\s*((?:(?!编制|公布|由)[\u4e00-\u9fff]){{2,36}}?(?:{BODIES}))\s*"
    r"(?:20[0-3]\d\s*年|按照|根据|编制|结合|依据)"
)
_OPENING = re.compile(
    r"20[0-3]\d年(?:度|以来)?[，,]?([\u4e00-\u9fff]{2,9}?(?:省|市|区|县|州|旗|盟)[\u4e00-\u9fff]{1,16}?(?:局|厅|委员会|办公室|办公厅|政府|委|街道办事处|管委会))"
    r"(?=[\u4e00-\u9fff，,])"
)
_SHORT_BODY = re.compile(
    r"(?:^|[，。,；：]|年(?:度)?[，,]?)(省|市|县|区|旗)([\u4e00-\u9fff]{2,12}?(?:局|厅|委|办公室|办))(?=[\u4e00-\u9fff，,])"
)
_YEAR_ALONE = re.compile(r"[（(【\[]?(?:20[0-3]\d|二[〇○零0][〇○零一二三四五六七八九]{2})年?度?[）)】\]]?")
_OPENING_TITLE = re.compile(
    rf"(?:{_NAME}|[\u4e00-\u9fff]{{2,20}})?20[0-3]\d年度?政府信息公开(?:工作)?年度报告"
    rf"|20[0-3]\d年度?{_NAME}政府信息公开(?:工作)?年度报告"
    rf"|{_NAME}政府信息公开(?:工作)?年度报告(?:[（(]20[0-3]\d年?度?[）)])?"
)
_SKIPPED = r"[^\W\da-zA-Z_]{0,4}?"  # letters that are not Latin: a range of ideographs takes 4 ms to compile, for each name
_DIGIT = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


@dataclass(frozen=True, slots=True)
class Identity:
    """`printed` as in the title; `name` the fullest printed; `year` None where the document does not say."""

    name: str | None
    printed: str | None
    year: int | None
    title: str | None


def identify(prose: Sequence[tuple[str, Line]]) -> tuple[Identity, list[Issue]]:
    """Title first, then the line above it, the preface, the signature, at last the parts that the prose names."""
    lines = [line for _, line in prose]
    text = "\n".join(line.text for line in lines)
    title, above = _title(
        [line for code, line in prose if code == "preface"][:HEAD_LINES], _period_year(text)
    )
    issues: list[Issue] = []
    printed = _name_in_title(title) if title else None
    if title and above and printed and not _place_of(printed):  # its name may have begun in the line above: 石 | 家庄市
        whole = _name_in_title(above + title)
        if whole and len(above) <= len(title) and whole.endswith(printed) and _place_of(whole):
            printed, title = whole, above + title
    if title and printed is None and above and _whole_name(above):
        printed, title = above, above + title
    name = printed or _signed(lines) or _made_by(text)
    if name:
        name = _fullest(name, text)
    else:
        name = _composed(text)
        if name:
            issues.append(
                Issue(
                    "agency-inferred",
                    "info",
                    f"the document prints no full name of its publisher; «{name}» is composed "
                    "from the place and the body that the prose names.",
                )
            )
        else:
            said = "the document does not say who publishes it; its folder's agency.yml has to."
            issues.append(Issue("agency-missing", "info", said))
    if name and (near := _misspelt(name)):
        issues.append(
            Issue(
                "agency-misspelt",
                "info",
                f"no place is called as in «{name}»; one letter apart is {near}. The name stays as printed.",
                None,
                (),
                name,
            )
        )
    return Identity(name, printed, _year(title, text, issues), title), issues


def _misspelt(name: str) -> str | None:
    """The one county or city that is a single letter apart from the place that opens the name, where no such place exists."""
    match = re.match(r"[\u4e00-\u9fff]{1,5}?[县市区旗州盟]", name)
    if match is None or _place_of(name) or len(match.group()) < 3:
        return None
    place = match.group()
    near = {
        r
        for r in _region_names()
        if len(r) == len(place)
        and sum(a != b for a, b in zip(r, place, strict=True)) == 1
        and r[-1] == place[-1]
    }
    return near.pop() if len(near) == 1 else None


def _title(lines: Sequence[Line], period: int | None) -> tuple[str | None, str | None]:
    """The title, put together where it breaks over lines, and the line above it. Of several (a page's list of other years)
    the one whose year is that of the figures, else the last before the text begins."""
    texts = [_META.sub("", re.sub(r"\s+", "", part)) for line in lines for part in _parts(line.text)]
    found = [(whole, texts[at - 1] if at else None) for at, whole in _titles(texts)]
    if not found:
        return None, None
    agreeing = next((t for t in reversed(found) if period and _first_year(t[0]) == period), None)
    if agreeing is None and period and len({_first_year(t[0]) for t in found}) > 1:
        return None, None
    return agreeing or found[-1]


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
                and not re.search(r"[。；，,：:《》]|依据|根据|按照", whole)
            ):
                if not _REPORT.search("".join(parts[:-1])) and not _REPORT.search(
                    parts[-1][:0] if span == 1 else "".join(parts[1:])
                ):
                    yield at, at + span, whole
                break
        else:  # text that a converter ran together starts with its title
            match = _OPENING_TITLE.match(text)
            if match and len(text) > 70:
                yield at, at + 1, match.group()


def _parts(text: str) -> list[str]:
    """A line; one that a converter filled with the whole text, word by word."""
    return text.split()[:FIRST_WORDS] if len(text) > LONG else [text]


def _name_in_title(title: str) -> str | None:
    head = re.split(r"政府信息(?:与政务)?公开|政务公开|信息公开", title)[0]
    head = re.sub(r"[（(]?\s*(?:20[0-3]\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年?度?\s*[）)]?", "", head)
    head = re.sub(r"^[#\s]+|^关于|关于$|的$", "", head)
    return head if len(head) >= 3 else None


def _whole_name(text: str) -> bool:
    return re.fullmatch(rf"[\u4e00-\u9fff]{{2,30}}?(?:{BODIES})", text) is not None


def _signed(lines: Sequence[Line]) -> str | None:
    """The name that stands alone over the date at the end."""
    tail = [re.sub(r"\s+", "", line.text) for line in lines[-6:]]
    for at, text in enumerate(tail):
        if _whole_name(text) and at + 1 < len(tail) and _STAMP.search(tail[at + 1]):
            return text
    return None


def _made_by(text: str) -> str | None:
    flat = re.sub(r"[ \t\u3000]+", "", text[:3000])
    for pattern in (_MADE_BY, _OPENING):
        match = pattern.search(flat)
        if match and _place_of(match[1]):
            return match[1]
    return None


def _fullest(name: str, text: str) -> str:
    """The longest printed name of which this one is a shortening: same place, same letters in order, same ending."""
    place = _place_of(name) or name[:2]
    rest = name[len(place) :]
    if not rest:
        return name
    pattern = re.compile(re.escape(place) + r"(?:人民)?" + _SKIPPED.join(map(re.escape, rest)))
    flat = "".join(text.split())
    found = Counter(m.group() for m in pattern.finditer(flat))
    full = [
        n
        for n in found
        if len(n) > len(name) and not re.search(r"[的在为了等]|政府信息|按照|根据", n[len(place) :])
    ]
    return _with_places(max(full, key=lambda n: (found[n], len(n)), default=name), flat)


def _with_places(name: str, flat: str) -> str:
    """The name with the higher places that the text prints right before it: 莆田市仙游县… for 仙游县…"""
    names = _region_names()
    longest = name
    for match in re.finditer(re.escape(name), flat):
        start = match.start()
        while step := next((n for n in range(min(12, start), 1, -1) if flat[start - n : start] in names), 0):
            start -= step
        if match.end() - start > len(longest):
            longest = flat[start : match.end()]
    return longest


def _composed(text: str) -> str | None:
    """Place and body apart: «县科技局» in the first sentences, «上高县» elsewhere. None if either is not clear."""
    flat = re.sub(r"\s+", "", text)
    match = _SHORT_BODY.search(flat[:6000])
    if match is None:
        return None
    kind, body = match[1], match[2]
    names = Counter(r.zh for r in load_regions() if r.zh.endswith(kind) and len(r.zh) > 2 and r.zh in flat)
    counts = {zh: flat.count(zh) for zh in names}
    if not counts:
        return None
    best = max(counts, key=lambda zh: (counts[zh], zh))
    rivals = [zh for zh, n in counts.items() if n == counts[best] and zh != best]
    return None if rivals else best + body


def _place_of(name: str) -> str | None:
    """The region names that open the name, as long as they go."""
    names = _region_names()
    at = 0
    while True:
        step = next((n for n in range(min(12, len(name) - at), 1, -1) if name[at : at + n] in names), 0)
        if not step:
            return name[:at] or None
        at += step


@cache
def _region_names() -> frozenset[str]:
    """All but the districts named by a common word (城区, 郊区, 矿区)."""
    return frozenset(r.zh for r in load_regions() if len(r.zh) > 2 or r.zh[-1] in "县市")


def _year(title: str | None, text: str, issues: list[Issue]) -> int | None:
    """The title's year; the period's where the title has none; else the year that the first sections name."""
    from_title = _first_year(title or "")
    from_period = _period_year(text)
    if from_title and from_period and from_title != from_period:
        issues.append(
            Issue(
                "year-contradicted",
                "warning",
                f"the title says {from_title}, the period of the figures {from_period}.",
            )
        )
    if from_title or from_period:
        return from_title or from_period
    stated = re.findall(r"(20[0-3]\d)\s*年(?:度)?(?=[，,]?\s*(?:我|本|全|县|市|区|省|乡|镇|街))", text)
    if stated:
        return int(Counter(stated).most_common(1)[0][0])
    said = "the document does not say which year it reports on; the file's name or agency.yml has to."
    issues.append(Issue("year-missing", "info", said))
    return None


def _period_year(text: str) -> int | None:
    period = _PERIOD.search(text)
    return int(period[1]) if period and period[2] in (None, period[1]) else None


def _first_year(text: str) -> int | None:
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    chinese = _CHINESE_YEAR.search(text)
    return int("20" + "".join(_DIGIT[c] for c in chinese[1])) if chinese else None
