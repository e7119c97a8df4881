"""A reading drawn for people: the tables with doubts marked, the checks, and what to do next.

Comes in: a Reading. Goes out: text on the terminal. Must not know: how it was read.
Document text is printed as text, never as markup.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from fnmatch import fnmatch

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ogi.forms import TableForm, load
from ogi.forms.codes import codes_of
from ogi.messages import placed
from ogi.model import Cell, Reading

TITLES = {"disclosures": "主动公开 Disclosures", "requests": "申请 Requests", "reviews": "复议诉讼 Reviews"}
WHOSE = {"agency": "原文如此 the report's own", "reading": "可能读错 perhaps our reading"}
MARKS = {"blank": "·", "nil": "／", "unreadable": "?", "absent": ""}
LABEL = 24


def show(reading: Reading, path: str) -> None:
    """The whole reading; a doubted cell is red with «?», a derived one carries «*»."""
    console = Console(highlight=False)
    console.print()
    console.print(
        clean(reading.agency_name or "（没有印出机关名称） (no agency printed)"),
        clean(str(reading.year or "（没有年度） (no year)")),
        style="bold",
    )
    console.print(
        Text(f"{path} · {reading.format} · {reading.size} bytes · sha256 {reading.sha256[:12]}", style="dim")
    )
    for table, template in reading.templates.items():
        if table in TITLES:
            console.print(_drawn(reading, load().table(template, table)))
    if reading.statistics:
        console.print(Text(f"统计表 Statistics: {len(reading.statistics)} numbers", style="bold"))
    _checks(console, reading)
    _issues(console, reading)
    console.print()


def clean(text: str) -> Text:
    """Document text without anything that a terminal would obey."""
    return Text(re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", text))


def _drawn(reading: Reading, form: TableForm) -> Table:
    doubted = [p for i in reading.issues if i.severity != "info" for p in i.cells]
    cells = {(c.item, c.measure): c for c in reading.cells if c.table == form.table}
    drawn = Table(
        title=f"{TITLES[form.table]} · {form.template}",
        title_justify="left",
        show_edge=False,
        pad_edge=False,
        header_style="dim",
    )
    drawn.add_column("", min_width=8, overflow="fold")  # takes what the numbers leave: those are never cut
    for measure in form.measures:
        drawn.add_column(_heading(measure.labels[0], len(form.measures)), justify="right", no_wrap=True)
    for item in form.items:
        row = [
            _value(cells.get((item.code, m.code)), doubted, m.code in item.measures) for m in form.measures
        ]
        drawn.add_row(Text(item.labels[0][:LABEL]), *row)
    return drawn


def _heading(label: str, columns: int) -> str:
    """Some characters a line, so that every column fits a terminal of 80 and none is dropped."""
    wide = 3 if columns < 6 else 2
    return "\n".join(label[start : start + wide] for start in range(0, min(len(label), 3 * wide), wide))


def _value(cell: Cell | None, doubted: list[str], exists: bool) -> Text:
    if cell is None:
        return Text("—" if exists else "", style="red" if exists else "")
    if any(fnmatch(cell.key, pattern) for pattern in doubted):
        return Text(f"{number(cell.value)}?", style="bold red")
    if cell.value is None:
        return Text(MARKS[cell.status], style="dim")
    return Text(
        number(cell.value) + ("*" if cell.status == "derived" else ""),
        style="yellow" if cell.status == "derived" else "",
    )


def number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _checks(console: Console, reading: Reading) -> None:
    count = Counter(c.status for c in reading.checks)
    zh = f"{count['pass']} 项通过，{count['fail']} 项未通过，{count['unknown']} 项无法判断"
    en = f"{count['pass']} hold, {count['fail']} fail, {count['unknown']} cannot be told"
    console.print(Text(f"核验：{zh}\nChecks: {en}", style="bold"))
    for check in reading.checks:
        if check.status == "fail":
            whose = WHOSE.get(check.attribution or "", "")
            console.print(
                Text(
                    f"  {check.rule} {check.severity} ({whose}): ",
                    style="yellow" if check.severity != "info" else "dim",
                ),
                end="",
            )
            console.print(clean(f"{check.message_zh} {check.message_en}"))


def _issues(console: Console, reading: Reading) -> None:
    if not reading.issues:
        said = "疑点：没有。下一步：运行 ogi check，再提交。\nDoubts: none. Next: ogi check, then commit."
        console.print(Text(said, style="bold green"))
        return
    console.print(Text(f"疑点 Doubts and notes: {len(reading.issues)}", style="bold"))
    names = {code.code: code.zh for code in codes_of("issue")}
    for issue in sorted(reading.issues, key=lambda i: ("error", "warning", "info").index(i.severity)):
        style = {"error": "bold red", "warning": "yellow", "info": "dim"}[issue.severity]
        console.print(Text(f"  {issue.severity} {names[issue.code]} {issue.code}: ", style=style), end="")
        console.print(clean(placed(issue.message, issue.locator)))
    if any(i.severity != "info" for i in reading.issues):
        console.print(
            "下一步：把标出的格与原文核对；换一份更好的原件（.docx 或文字版 PDF）往往就没有疑点了。\n"
            "Next: compare the marked cells with the original; a better copy (the original .docx or PDF) often settles it."
        )
