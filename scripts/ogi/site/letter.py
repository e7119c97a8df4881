"""A draft of the polite letter that asks an agency to look again at its report (更正建议函).

Comes in: a report's failed checks that are laid to the agency, its cells and document. Goes out: plain text, or
nothing where there is nothing to ask. Must not know: HTML, other reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogi.messages import place
from ogi.site.book import Row
from ogi.site.cells import Key, check_id
from ogi.site.prose import Name
from ogi.site.text import plain

# What a correction of the report would not change: how it was filed here, and when it came out.
NOT_TO_CORRECT = frozenset({"ST-02", "ST-04"})
SERIOUS = ("error", "warning")
FEW = 8
NUMERALS = "一二三四五六七八九十"

OPENING = """关于商请核对《{title}》有关数据的建议

{agency}：

您好！在查阅贵机关公布的《{title}》时，注意到下列{count}处内容前后不一致。现将原文、算式和位置一并列出，供核对时参考。
"""
CLOSING = """
以上只依据报告印出的文字和数字，可能因统计口径不同或理解有误而与实际情况不符；如是，恳请告知，我们将如实注明。

依据现行《中华人民共和国政府信息公开条例》第六条，行政机关应当及时、准确地公开政府信息；第四十九条、第五十条就政府信息公开工作年度报告的公布、内容和统一格式作了规定。如经核对确需更正，建议更正后重新公布，并注明更正的内容和日期。

所据文件：{document}
文件 SHA-256：{sha256}
逐格原文与核对过程：{permalink}

感谢贵机关为政府信息公开所做的工作。

此致
敬礼

（署名、联系方式）
（日期）
"""


def to_correct(report: Row, checks: Sequence[Row], corrections: Sequence[Row]) -> list[Row]:
    """The failed checks that a letter can ask about: the agency's, on cells that it has not put right already."""
    if report["superseded_by"]:
        return []
    settled = {
        f"{row['table']}.{row['item']}.{row['measure']}"
        for row in corrections
        if row["kind"] == "source_error"
    }
    return [
        check
        for check in checks
        if check["status"] == "fail"
        and check["severity"] in SERIOUS
        and check["attribution"] == "agency"
        and check["rule"] not in NOT_TO_CORRECT
        and not settled.intersection(check["cells"].split())
    ]


def letter(
    title: str,
    agency: str,
    checks: Sequence[Row],
    cells: Mapping[Key, Row],
    document: Row,
    permalink: str,
    name: Name,
) -> str:
    """The text; `permalink` is the address of the report's page, `name(kind, code)` the Chinese label."""
    parts = [OPENING.format(title=plain(title), agency=plain(agency), count=len(checks))]
    for position, check in enumerate(checks):
        parts.append(_point(position, check, cells, permalink, name))
    source = document["source_url"] or document["path"].rpartition("/")[2]
    parts.append(
        CLOSING.format(document=plain(source), sha256=document["sha256"], permalink=f"{permalink}#checks")
    )
    return "\n".join(parts)


def _point(position: int, check: Row, cells: Mapping[Key, Row], permalink: str, name: Name) -> str:
    number = NUMERALS[position] if position < len(NUMERALS) else str(position + 1)
    said = check["message_zh"] or name("rule", check["rule"])
    if not check["message_zh"] and check["left"] and check["right"]:
        said += f"：{check['left']} ≠ {check['right']}，相差 {check['difference']}"
    lines = [f"{number}、{plain(said)}。", f"　　核验规则：{check['rule']} {name('rule', check['rule'])}"]
    named = [tuple(key.split(".")) for key in check["cells"].split() if "*" not in key]
    found = [cell for table, item, measure in named if (cell := cells.get((table, item, measure)))]
    printed = [cell for cell in found if cell["value"]] or found
    for cell in printed[:FEW]:
        raw = f"印为「{plain(str(cell['raw']))}」" if cell["raw"] else "空白"
        row, column = name("item", str(cell["item"])), name("measure", str(cell["measure"]))
        lines.append(
            f"　　{name('table', str(cell['table']))}，{row}，{column}：{raw}（{place(str(cell['locator'] or ''))}）"
        )
    if len(printed) > FEW:
        lines.append(f"　　另有 {len(printed) - FEW} 格，见：")
    lines.append(f"　　{permalink}#{check_id(check)}")
    return "\n".join(lines) + "\n"
