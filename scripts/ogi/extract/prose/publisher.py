"""Who publishes a report that has no title: what its sentences and its signature say, the surest first.

Comes in: prose. Goes out: names as printed, and how much each rests on. Must not know: titles, years, places in the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from ogi.extract.prose.names import BODIES, is_national, is_town, place_of
from ogi.extract.rows.lines import Line
from ogi.regions import load_regions

START = 3000  # characters in which a report says who made it
END = 120  # characters in which it is signed

_LETTERS = r"(?:(?!编制|公布|发布|由|的|关于|我|本)[\u4e00-\u9fff]){2,36}?"
_STAMP = re.compile(r"20[0-3]\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_YEAR = r"20[0-3]\d年(?:度)?"
_MADE_BY = re.compile(
    rf"(?:由|编制|公布|发布|现将|公开)\s*((?:(?!编制|公布|由)[\u4e00-\u9fff]){{2,36}}?(?:{BODIES}|办))\s*"
    r"(?:20[0-3]\d\s*年|按照|根据|编制|结合|依据|围绕)"
)
_OPENING = re.compile(
    r"20[0-3]\d年(?:度|以来)?[，,]?([\u4e00-\u9fff]{1,9}?(?:省|市|区|县|州|旗|盟)[\u4e00-\u9fff]{1,16}?(?:局|厅|委员会|办公室|办公厅|政府|委|街道办事处|管委会))"
    r"(?!办公|办法)(?=[\u4e00-\u9fff，,])"
)
_JUNK = r"(?:[^《》“”，。\n]{0,40}(?:@[:：]?|\.(?:com|cn|net)(?![A-Za-z0-9./-])))?"  # what a mirror put before the place
_ITS_TITLE = re.compile(
    rf"(?:公布|发布|现将|形成|编制|制定|公开)(?:了|完成|形成)?[《“]?{_JUNK}(?:(?:{_YEAR}({_LETTERS})|({_LETTERS}){_YEAR})"
    rf"(?:政府)?(?:[（(]机关[）)])?(?:信息|政务)公开(?:工作)?(?:年度)?|({_LETTERS})(?:政府信息|政务)公开(?:工作)?{_YEAR}(?:年度)?)报告"
)
_SUBJECT = re.compile(
    rf"(?:^|[，,。])({_LETTERS}(?:{BODIES}))(?:(?:特此|特|现)(?:向社会)?(?:公布|编制|公开|发布)|编制了本|(?:依据|根据|按照)《)",
    re.M,
)
_AT_WORK = re.compile(
    rf"(?:^|[，,。]|{_YEAR})((?!全|各|该|县|市|区|省|镇|乡|街){_LETTERS}(?:{BODIES}))"
    r"(?=(?:认真|严格|深入|始终|坚持|以(?![上下前后来及])|高度|全面|切实|持续|紧紧|紧扣|聚焦|积极|扎实|不断|着力|对照|共完成|"
    r"政府信息公开工作|政务公开工作|信息公开工作))"
)
_PLACE_AT_WORK = re.compile(
    rf"{_YEAR}[，,]?([\u4e00-\u9fff]{{2,12}}[省市县区旗州盟])(?:人民政府)?(?=认真|严格|深入|始终|坚持|高度|全面|切实|持续|积极|扎实|不断)"
)
_CARED_FOR = re.compile(rf"做好({_LETTERS}(?:{BODIES}))(?:{_YEAR})?(?:政府)?(?:信息|政务)公开工作")
_ZONE = re.compile(r"(?:经济技术|技术产业|经济|工业)(?:开发区|园区)(?:管委会|管理委员会)?$")
_ASKED = re.compile(
    r"[请可](?:与|联系[:：]?|向)([\u4e00-\u9fff]{2,30}?(?:人民政府|[镇乡]政府|[镇乡](?=党政|党委|综合|信息公开|政务公开|办公室)|街道(?=党政|党工委|综合|信息公开|政务公开|办公室)|局|厅|委员会|管委会|办事处))([\u4e00-\u9fff]{0,16})(?:联系|[（(，,。])"
)
_SIGNATURE = re.compile(
    rf"(?:^|[。；;]|事项)(?:暂?无|没有)?((?![暂没无])[\u4e00-\u9fff]{{2,30}}?(?:{BODIES}))"
    rf"[，,（(]?{_STAMP.pattern}"
)
_PART = re.compile(r"(?<=[局厅])(?:政务公开)?(?:办公室|信息中心|办)$")  # of a bureau: it makes the report, the bureau publishes
_SHORT_BODY = re.compile(
    r"(?:^|[，。,；：]|年(?:度)?[，,]?)(省|市|县|区|旗)([\u4e00-\u9fff]{2,12}?(?:局|厅|委|办公室|办))(?=[\u4e00-\u9fff，,])"
)


def whole_name(text: str) -> bool:
    """Whether a text is the name of a body and nothing else."""
    return re.fullmatch(rf"[\u4e00-\u9fff]{{2,30}}?(?:{BODIES})", text) is not None


def signed(lines: Sequence[Line]) -> str | None:
    """The name over the date at the end, alone in its line; or right before the date, where all stands in one line."""
    tail = [re.sub(r"\s+", "", line.text) for line in lines[-6:]]
    for at, text in enumerate(tail):
        if whole_name(text) and at + 1 < len(tail) and _STAMP.search(tail[at + 1]):
            return text
        match = _SIGNATURE.search(text[-END:])
        if match and (place := place_of(match[1])) and match[1].count(place) == 1:  # twice: two bodies
            return match[1]
    return None


def made_by(text: str) -> str | None:
    """The body that a sentence calls the maker, or the one that its report's title names inside a sentence."""
    flat = _flat(text)
    for pattern in (_MADE_BY, _ITS_TITLE, _SUBJECT, _OPENING, _CARED_FOR):
        for match in pattern.finditer(flat):
            number = match.lastindex or 1  # of the only group that was met
            name = _with_branch(_PART.sub("", match[number]), flat[match.end(number) :])
            if place_of(name) or (pattern is not _OPENING and (is_national(name) or (is_town(name) and len(name) > 2))):
                return name
    return None


def _with_branch(name: str, after: str) -> str:
    """The bureau's branch whose name goes on right behind that of the bureau: «文山州生态环境局丘北分局»."""
    branch = re.match(r"[\u4e00-\u9fff]{2,6}?分局", after) if name.endswith("局") else None
    return name + branch.group() if branch else name


def at_work(sentences: Iterable[str]) -> str | None:
    """The body of which a report's first sentences say what it did."""
    for match in chain.from_iterable(map(_AT_WORK.finditer, map(_flat, sentences))):
        name = match[1]
        if place_of(name) or _ZONE.search(name) or is_national(name) or (is_town(name) and len(name) > 2):
            return name
    return None


def asked(text: str, sentences: Iterable[str]) -> str | None:
    """The body that readers are told to ask. The office of a government may publish for it or for itself: that tells nothing,
    unless the first sentences are of the place («2025年,长安区认真…»)."""
    match = _ASKED.search(_flat(text))
    if match is None:
        return None
    name, part = match.groups()
    name, place = _with_branch(name, part), place_of(name)
    if place and name.endswith("政府") and is_town(part):
        return name + part
    if name.endswith("政府") and part.startswith("办公") and not is_town(name):
        subjects = {subject for sentence in sentences for subject in _PLACE_AT_WORK.findall(_flat(sentence))}
        return name if place and len(subjects) == 1 and place.endswith(subjects.pop()) else None
    return name if place or is_town(name) else None


def _flat(text: str) -> str:
    return re.sub(r"[ \t\u3000]+", "", text[:START])


def composed(text: str) -> str | None:
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
