"""Names of public bodies: the place that opens one, the fullest form that a text prints, a letter gone wrong.

Comes in: a name, a text. Goes out: names. Must not know: where in a document they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ogi.regions import load_regions

BODIES = (
    "局|厅|委员会|委|办公室|办公厅|政府|管委会|街道办事处|街道办|办事处|中心|总站|支队|总队|大队|分局|公司|学院|大学|医院|站|所|队|院|行|社|会|部|署|"
    "镇|乡|街道|开发区|实验区|新区|高新区"
)
_SKIPPED = r"[^\W\da-zA-Z_]{0,4}?"  # letters that are not Latin: a range of ideographs takes 4 ms to compile, for each name
_NATIONAL = re.compile(
    "国家|中国|中华人民共和国|审计署|(?:外交|教育|科技|科学技术|工业和信息化|公安|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|生态环境|"
    "住房(?:和)?城乡建设|交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理)部(?!门)"
)
_BRANCHES = ("国家税务总局",)  # what opens the names of branches, and is often left out
_KINDS = "省市县区旗州盟"
_TOWN = re.compile(r".*(?:[镇乡](?:人民)?政府|街道(?:办事处)?|[镇乡])")


def is_town(name: str) -> bool:
    """Whether the name is that of a town, a township or a sub-district."""
    return _TOWN.fullmatch(name) is not None


def is_national(name: str) -> bool:
    """Whether the name opens as those of national bodies and their branches do."""
    return _NATIONAL.match(name) is not None


def fullest(name: str, text: str) -> str:
    """The longest printed name of which this one is a shortening: same place, same letters in order, same ending."""
    flat = "".join(text.split())
    name = _spelt_out(name, flat)
    name = _as_branch(_town_government(_with_own_place(name, flat), flat), flat)
    place = place_of(name) or name[:2]
    rest = name[len(place) :]
    if not rest:
        return whole if re.search(rf"发布(?:机构|单位|机关)[:：]{(whole := name + '人民政府')}(?!办)", flat) else name
    pattern = re.compile(re.escape(place) + r"(?:人民)?" + _SKIPPED.join(map(re.escape, rest)) + r"(?!门户|政务|官方|网)")
    found = Counter(m.group() for m in pattern.finditer(flat))
    full = [
        n
        for n in found
        if len(n) > len(name) and not re.search(r"[的在为了等]|政府信息|按照|根据", n[len(place) :])
    ]
    name = _with_places(max(full, key=lambda n: (found[n], len(n)), default=name), flat)
    return re.sub(r"^(.{3,12}[省市县区旗])\1", r"\1", name)  # places that a page prints twice


def _spelt_out(name: str, flat: str) -> str:
    """The name that the text says this one stands for: «德惠市残疾人联合会（以下简称“市残联”）»."""
    quoted = rf"[“\"「《]?{re.escape(name)}[”\"」》]?"
    said = re.search(rf"([\u4e00-\u9fff]{{4,36}})[（(](?:以下)?(?:统一)?简称[:：为]?{quoted}[）)]", flat)
    starts = range(len(said[1]) - 3) if said else ()
    return next((said[1][at:] for at in starts if said and place_of(said[1][at:])), name)


def _as_branch(name: str, flat: str) -> str:
    """«某市公安局滨江区分局», where the text prints it, for «滨江区公安分局»."""
    parts = re.fullmatch(r"(.{1,6}[区县市旗])(.{2,6})分局", name)
    branch = _with_places(f"{parts[2]}局{parts[1]}分局", flat) if parts else name
    return branch if place_of(branch) else name


def _town_government(name: str, flat: str) -> str:
    """The government of a town, where the name is that of the town and the text prints it."""
    whole = name + {"镇": "人民政府", "乡": "人民政府", "道": "办事处"}.get(name[-1], "")
    return whole if is_town(name) and whole in flat else name


def _with_own_place(name: str, flat: str) -> str:
    """A name that opens with the kind of its place («市人民政府办公室») with that place, where the text prints it of one only."""
    if name[0] not in _KINDS or place_of(name):
        return name
    names, places = region_names(), set()
    for match in re.finditer(re.escape(name), flat):
        at = match.start() + 1
        places |= {flat[at - n : at] for n in range(2, min(12, at) + 1) if flat[at - n : at] in names}
    return max(places, key=len) + name[1:] if places and all(p in max(places, key=len) for p in places) else name


def _with_places(name: str, flat: str) -> str:
    """The name with the higher places that the text prints right before it: 莆田市仙游县… for 仙游县…"""
    names = region_names()
    longest = name
    for match in re.finditer(re.escape(name), flat):
        start = match.start()
        while step := next((n for n in range(min(12, start), 1, -1) if flat[start - n : start] in names), 0):
            start -= step
        if flat.endswith(_BRANCHES, 0, start):
            start -= max(len(b) for b in _BRANCHES if flat.endswith(b, 0, start))
        if match.end() - start > len(longest):
            longest = flat[start : match.end()]
    return longest


def place_of(name: str) -> str | None:
    """The region names that open the name, as long as they go."""
    names = region_names()
    at = 0
    while True:
        step = next((n for n in range(min(12, len(name) - at), 1, -1) if name[at : at + n] in names), 0)
        if not step:
            return name[:at] or None
        at += step


@cache
def region_names() -> frozenset[str]:
    """All but the districts named by a common word (城区, 郊区), and the short names of autonomous ones (文山州, 长阳县)."""
    short = {r.short for r in load_regions() if r.short and r.short[-1] in "州县旗"}
    return frozenset({r.zh for r in load_regions() if len(r.zh) > 2 or r.zh[-1] in "县市"} | short)


def misspelt(name: str) -> str | None:
    """The one county or city that is a single letter apart from the place that opens the name, where no such place exists."""
    match = re.match(r"[\u4e00-\u9fff]{1,5}?[县市区旗州盟]", name)
    if match is None or place_of(name) or len(match.group()) < 3:
        return None
    place = match.group()
    near = {
        r
        for r in region_names()
        if len(r) == len(place)
        and sum(a != b for a, b in zip(r, place, strict=True)) == 1
        and r[-1] == place[-1]
    }
    return near.pop() if len(near) == 1 else None
