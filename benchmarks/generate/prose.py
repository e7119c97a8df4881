"""The words around the tables: title, preface, six sections; every number they state agrees with the tables.

Comes in: an agency, a year, numbers, oddities. Goes out: paragraphs. Must not know: layouts, file formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import cast

from benchmarks.generate.labels import names, tree
from benchmarks.generate.model import Text
from benchmarks.generate.numbers import Numbers

_CHINESE = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Who:
    """An agency as it calls itself: full and short name, «我局», and a body above it that the prose names."""

    name: str
    short: str
    self_name: str
    above: str


def who(rng: Random) -> Who:
    """A body of any province, level and sector."""
    regions = cast("dict[str, dict[str, list[str]]]", names()["regions"])
    province = rng.choice(list(regions))
    city = rng.choice(list(regions[province]))
    county = rng.choice(regions[province][city])
    level = rng.choice(("province", "city", "city", "county", "county", "county", "town"))
    if level == "province" or (level == "city" and not city):
        return _body(rng, province, province, "省" if province.endswith("省") else "市", "厅")
    if level == "city":
        return _body(rng, rng.choice((province + city, city, city)), city, "市", "局")
    long = rng.choice((province + city + county, (city or province) + county, county))
    if level == "town":
        town = rng.choice(cast("list[str]", names()["towns"]))
        own = "我街道" if "街道" in town else "我镇" if "镇" in town else "我单位"
        return Who(rng.choice((long, county)) + town, town, own, f"{county}人民政府办公室")
    return _body(rng, long, county, "区" if county.endswith("区") else "县", "局")


def _body(rng: Random, long: str, region: str, above: str, ending: str) -> Who:
    if rng.random() < 0.25:
        whole = rng.choice(cast("list[str]", names()["whole"]))
        own = "我市" if whole == "人民政府" else "我办" if whole.endswith("办公室") else "我委"
        return Who(long + whole, region + whole, own, f"{above}人民政府")
    organ, short = rng.choice(cast("list[list[str]]", names()["organs"]))
    return Who(f"{long}{organ}{ending}", f"{region}{short}{ending}", f"我{ending}", f"{above}人民政府办公室")


def title(rng: Random, name: str, year: int) -> str:
    """The title in one of the ways met; a line break may stand in it."""
    kind = rng.choice(
        ("政府信息公开工作年度报告",) * 5
        + ("政府信息公开年度报告", "政府信息公开工作报告", "政府信息公开年报", "政府信息公开工作总结")
    )
    shape = rng.choice(
        ("{n}{y}年{k}", "{n}{y}年{k}", "{y}年{n}{k}", "{n}\n{y}年{k}", "{n} {y} 年度{k}", "{n}{y}年度{k}")
    )
    text = shape.format(n=name, y=year, k=kind)
    return text.replace("政府信息公", "政府信息\n公", 1) if rng.random() < 0.15 and "\n" not in text else text


def headings(rng: Random, oddities: tuple[str, ...]) -> list[str]:
    """The six section headings, numbered; with `shifted` one ahead, with `arabic_headings` 1、 2、 …"""
    texts = list(cast("list[str]", tree()["headings"]))
    for index, variants in cast("dict[int, list[str]]", tree()["heading_variants"]).items():
        texts[index] = rng.choice(variants)
    start = 1 if "shifted" in oddities else 0
    if "arabic_headings" in oddities:
        return [f"{n + 1 + start}、{rng.choice(('', ' '))}{text}" for n, text in enumerate(texts)]
    return [f"{_CHINESE[n + start]}、{text}" for n, text in enumerate(texts)]


def preface(rng: Random, body: Who, year: int, named: str) -> tuple[Text, ...]:
    """What stands before section 一, with the period that the figures cover."""
    period = rng.choice(
        (
            f"{year}年1月1日起至{year}年12月31日止",
            f"{year}年1月1日至12月31日",
            f"{year} 年 1 月 1 日起至 {year} 年 12 月 31 日止",
        )
    )
    notice = (
        rng.choice(("国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号"))
        if year > 2020
        else "国办公开办函〔2019〕60号"
    )
    first = (
        f"本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号）和《关于政府信息公开工作年度报告有关事项的通知》"
        f"（{notice}）要求，由{named}结合有关统计数据编制。"
    )
    second = (
        f"本年度报告中所列数据的统计期限自{period}。如对本报告有疑问，请与{named}"
        f"联系（电话：0{rng.randint(310, 999)}-{rng.randint(2_000_000, 8_999_999)}）。"
    )
    return (Text(first), Text(second)) if rng.random() < 0.5 else (Text(first + second),)


def overview(rng: Random, body: Who, year: int, values: Numbers) -> tuple[Text, ...]:
    """Section 一: numbers here agree with the tables, or are of things that no table holds."""
    received = values.get(("requests", "new_received", "total"))
    told = (
        "未收到政府信息公开申请"
        if received == 0
        else f"新收政府信息公开申请{received}件"
        if received
        else "依法办理申请"
    )
    articles = rng.randint(12, 5200)
    return (
        Text(
            f"{year}年，{body.self_name}在{body.above}的指导下，坚持以公开为常态、不公开为例外，认真贯彻落实《条例》各项规定。"
        ),
        Text(
            f"（一）主动公开。全年通过门户网站发布各类信息{articles}"
            f"条，政务新媒体发布信息{rng.randint(3, 900)}条，"
            f"办理人大代表建议{rng.randint(1, 60)}件、政协提案{rng.randint(1, 60)}件，满意率100%。"
        ),
        Text(f"（二）依申请公开。{year}年{body.self_name}{told}，均按《条例》规定的期限答复。"),
        Text(
            f"（三）监督保障。召开专题会议{rng.randint(1, 6)}次，"
            f"开展业务培训{rng.randint(1, 4)}期，参训{rng.randint(10, 200)}人次。"
        ),
    )


def problems(rng: Random, body: Who, year: int) -> tuple[Text, ...]:
    """Section 五."""
    faults = rng.sample(
        ("公开内容不够全面", "政策解读形式较为单一", "工作人员业务能力有待提高", "栏目更新不够及时"), 2
    )
    return (
        Text(
            f"{year}年，{body.self_name}政府信息公开工作取得一定成效，但仍存在{faults[0]}、{faults[1]}等问题。"
        ),
        Text(
            f"{year + 1}年，{body.self_name}将从以下{rng.choice('二三')}"
            "个方面改进：一是加强组织领导；二是强化培训；三是拓宽渠道。"
        ),
    )


def other(rng: Random, year: int) -> tuple[Text, ...]:
    """Section 六: the fee for handling requests."""
    return (
        Text(
            rng.choice(
                (
                    f"{year}年度未收取信息处理费。",
                    "无其他需要报告的事项。",
                    "本机关按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）执行，未产生信息处理费。",
                )
            )
        ),
    )
