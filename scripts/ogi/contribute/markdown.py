"""A difference as Markdown for a pull request: short, in order of what a review needs first, harmless and bounded.

Comes in: a `Difference`. Goes out: text of at most 60 kB. Must not know: git, GitHub's commands. All text of documents goes
through `inert`; of Markdown only headings, tables, lists, bold and code are used, no link and no HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ogi.contribute.difference import (
    CellChange,
    Difference,
    IssueChange,
    RowChange,
    SecondReading,
    Turn,
    WholeReport,
)
from ogi.contribute.inert import inside, prose, quoted
from ogi.messages import beside
from ogi.package.csvfile import number_text
from ogi.package.reader import Row, Value

T = TypeVar("T")
LARGEST = 60_000
ROWS = (300, 150, 80, 40, 20, 10, 5, 2)  # rows shown a section, fewer until the text is small enough
WHY = 900  # characters of what is wrong and what to do, in two languages
PASTED = 12  # lines of agency.yml
SPELT = 5  # rows that only the second reader has
MARKS = {"pass": "✅ pass", "fail": "❌ fail", "unknown": "❔ unknown", None: "—"}
DOUBTS = ("error", "warning")
SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}
ABOUT = 3  # cells of a doubt that are named
TOTALS = ("requests_new", "carried_in", "disposed", "carried_out", "reviews", "lawsuits")
NOTHING = (
    "**公开的数据没有变化。** No number, check or doubt of the published data changes.\n\n"
    "只改了文字、代码或网页时，正该如此。That is as it should be where only words, code or pages change.\n"
)
NOTE = "原文里对 Markdown 有意义的字符已换成全角。Characters of documents that mean something in Markdown are shown full-width.\n"


def markdown(difference: Difference, base: str) -> str:
    """`base` is what it is compared with, as people call it."""
    head = f"## 数据变化 · What this changes in the published data\n\n与 {quoted(base)} 相比。Compared with {quoted(base)}.\n\n"
    if difference.empty:
        return head + NOTHING
    text = ""
    for most in ROWS:
        text = head + _summary(difference) + "".join(_sections(difference, most)) + NOTE
        if len(text.encode("utf-8")) <= LARGEST:
            return text
    return head + _summary(difference) + "太多，不能逐条列出；见 JSON。Too much to list; see the JSON.\n"


def _summary(d: Difference) -> str:
    turns = Counter(turn.after for turn in d.checks)
    parts = (
        (len(d.refused), "份文件不能公布 documents not published"),
        (len(d.added), "份新年报 reports added"),
        (len(d.removed), "份年报撤下 reports removed"),
        (len(d.cells), "格有变 cells changed"),
        (turns["fail"], "项核验变为未通过 checks now fail"),
        (len(d.checks) - turns["fail"], "项核验另有变化 checks turned otherwise"),
        (sum(i.appeared for i in d.issues), "个新疑点或说明 doubts and notes appeared"),
        (sum(not i.appeared for i in d.issues), "个疑点或说明消失 gone"),
        (len(d.rows), "行其他数据 other rows"),
    )
    return "".join(f"- **{count}** {what}\n" for count, what in parts if count) + "\n"


def _sections(d: Difference, most: int) -> Iterator[str]:
    yield _refused(d.refused, most)
    yield _table(
        "新增年报 · Reports added",
        ("年报 report", "文件 file", "格 cells", "✅", "❌", "❔", "疑点 doubts"), d.added, most, _whole,
    )
    yield _table(
        "新增年报的主要数字 · Their main numbers",
        ("年报 report", "新收 new", "结转 carried in", "办理 disposed", "结转下年 carried out", "复议 reviews", "诉讼 lawsuits"),
        d.added, most, _totals,
    )
    yield _table(
        "新增年报要看的 · What to look at in them",
        ("年报 report", "什么 what", "说明 message", "位置 place"), list(_doubts(d)), most, lambda row: row,
    )
    yield _table(
        "PDF 的第二种读法 · A second reading of the PDFs",
        ("年报 report", "相同的数字行 rows alike", "只有我们有 only ours", "只有 pdfplumber 有 only its"),
        d.second, most, _second,
    )
    yield _table(
        "撤下的年报 · Reports removed",
        ("年报 report", "文件 file", "格 cells", "✅", "❌", "❔", "疑点 doubts"), d.removed, most, _whole,
    )
    yield _unrecorded(d)
    yield _table(
        "变化的格子 · Cells changed",
        ("年报 report", "格 cell", "原值 old", "新值 new", "位置 place"), d.cells, most, lambda c: _cell(c, d),
    )
    yield _table(
        "变化的核验 · Checks turned",
        ("年报 report", "规则 rule", "原先 before", "现在 now", "说明 message"), d.checks, most, _turn,
    )
    yield _table(
        "疑点与说明 · Doubts and notes",
        ("年报 report", "", "级别 severity", "说明 message", "位置 place"), d.issues, most, lambda c: _issue(c, d),
    )
    yield _others(d.rows, most)


def _table(title: str, head: Sequence[str], rows: Sequence[T], most: int, cells: Callable[[T], Sequence[str]]) -> str:
    """A heading with its table, or nothing where there is nothing."""
    if not rows:
        return ""
    lines = [f"### {title}", "", f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    lines += [f"| {' | '.join(cells(row))} |" for row in rows[:most]]
    if len(rows) > most:
        lines += ["", f"…… 另有 {len(rows) - most} 行，见 JSON。And {len(rows) - most} more, in the JSON."]
    return "\n".join(lines) + "\n\n"


def _unrecorded(d: Difference) -> str:
    """The reports whose address this change would lose."""
    told = {row.key for row in d.rows if row.resource == "withdrawn" and row.after}
    lost = [str(one.report["report_id"]) for one in d.removed if one.report["report_id"] not in told]
    if not lost:
        return ""
    said = "**网址会失效**：请记在 `reports/coverage.yml` 的 `withdrawn` 下。Addresses would be lost: note them there."
    return f"{said} {' '.join(map(quoted, lost[:20]))}\n\n"


def _refused(rows: Sequence[Row], most: int) -> str:
    """Each document with why and what to do; the lines that somebody shall paste stay lines."""
    if not rows:
        return ""
    text = "### ⛔ 不能公布的文件 · Documents that cannot be published\n\n"
    for row in rows[:most]:
        why, *paste = (_str(row["message"]) or "").split("\n")
        text += f"- {quoted(_str(row['path']))}: {quoted(why, WHY)}\n"
        if paste:
            text += "".join(f"  {line}\n" for line in ("```yaml", *(inside(line) for line in paste[:PASTED]), "```"))
    more = len(rows) - most
    return text + (f"- …… 另有 {more} 份，见 JSON。And {more} more, in the JSON.\n\n" if more > 0 else "\n")


def _whole(one: WholeReport) -> tuple[str, ...]:
    r = one.report
    doubts = number_text(r["doubts"]) if isinstance(r["doubts"], int) else "—"
    counts = tuple(str(r[c]) for c in ("checks_passed", "checks_failed", "checks_unknown"))
    name = f"{_named(one)} {quoted(_str(r['report_id']))}"
    return name, quoted(_str(one.document["path"])), str(len(one.cells)), *counts, doubts


def _second(one: SecondReading) -> tuple[str, ...]:
    """What only the second reader has is spelt out: we may have lost it."""
    theirs = "；".join(quoted(row, 80) for row in one.theirs[:SPELT])
    more = f" …… {len(one.theirs)}" if len(one.theirs) > SPELT else ""
    return quoted(one.report_id), str(one.both), str(len(one.ours) or "—"), f"⚠ {theirs}{more}" if theirs else "—"


def _totals(one: WholeReport) -> tuple[str, ...]:
    return _named(one), *(_number(one.panel.get(total)) for total in TOTALS)


def _named(one: WholeReport) -> str:
    return f"{prose(_str(one.agency['name']))} {one.report['year']}"


def _doubts(d: Difference) -> Iterator[tuple[str, ...]]:
    """Doubts first, then the sums that do not hold; notes are left to the page of the report."""
    for one in d.added:
        for issue in one.issues:
            if issue["severity"] in DOUBTS:
                yield _named(one), _doubt(issue, d), _said(issue), quoted(_str(issue["locator"]), 60)
        for check in one.failed:
            if check["severity"] in DOUBTS:
                what = f"❌ {quoted(_str(check['rule']))} {_whose(_str(check['attribution']))}"
                yield _named(one), what, _message(check.get("message_zh"), check.get("message_en")), "—"


def _cell(change: CellChange, d: Difference) -> tuple[str, ...]:
    names = (d.codes.get(("table", change.table)), d.codes.get(("item", change.item)), d.codes.get(("measure", change.measure)))
    said = " / ".join(prose(name) for name in names if name)
    key = quoted(f"{change.table}.{change.item}.{change.measure}")
    locator = (change.after or change.before or {}).get("locator")
    return quoted(change.report_id), f"{said} {key}", _value(change.before), _value(change.after), quoted(_str(locator), 60)


def _value(cell: Row | None) -> str:
    """The value, its status, and the text that is printed."""
    if cell is None:
        return "—"
    unit = f" {prose(_str(cell['unit']))}" if cell.get("unit") else ""
    return f"**{_number(cell['value'])}**{unit} {cell['status']} {quoted(_str(cell['raw']), 60) if cell['raw'] else ''}".rstrip()


def _turn(turn: Turn) -> tuple[str, ...]:
    rule = f"{quoted(turn.rule)} {quoted(turn.scope, 60)}"
    now = f"{MARKS.get(turn.after, '—')} {_whose(turn.attribution) if turn.after == 'fail' else ''}".rstrip()
    return quoted(turn.report_id), rule, MARKS.get(turn.before, "—"), now, _message(turn.message_zh, turn.message_en)


def _doubt(issue: Row, d: Difference) -> str:
    """Its severity, its name, and the rows and columns that it is about."""
    level = SEVERITIES.get(_str(issue["severity"]) or "", "")
    name = d.codes.get(("issue", _str(issue["code"]) or ""))
    text = f"{level} {prose(name) if name else ''} {quoted(_str(issue['code']))}"
    keys = (_str(issue["cells"]) or "").split()
    about = "、".join(_of_cells(key, d) for key in keys[:ABOUT]) + ("……" if len(keys) > ABOUT else "")
    return f"{text}：{about}" if about else text


def _said(issue: Row) -> str:
    """Its message, without the place, which has a column of its own."""
    return _message(*beside(_str(issue["message"]) or "", _str(issue["locator"])))


def _of_cells(pattern: str, d: Difference) -> str:
    """A cell, or the row, column or table that `*` stands in, by the names of its parts."""
    parts = zip(("table", "item", "measure"), pattern.split("."), strict=False)
    names = [d.codes.get(part, part[1]) for part in parts if part[1] != "*"]
    return " / ".join(prose(name) for name in (names[1:] or names))


def _issue(change: IssueChange, d: Difference) -> tuple[str, ...]:
    issue = change.issue
    what = "＋ 新 new" if change.appeared else "－ 消失 gone"
    return (
        quoted(change.report_id), what, _doubt(issue, d),
        _said(issue), quoted(_str(issue["locator"]), 60),
    )


def _others(rows: Sequence[RowChange], most: int) -> str:
    """Counted by resource; changed columns of kept rows listed."""
    if not rows:
        return ""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        kind = "added" if row.before is None else "removed" if row.after is None else "changed"
        counts.setdefault(row.resource, Counter())[kind] += 1
    text = _table(
        "其他数据 · Other data", ("表 resource", "新增 added", "撤下 removed", "变化 changed"), sorted(counts.items()), most,
        lambda pair: (quoted(pair[0]), *(str(pair[1][kind] or "—") for kind in ("added", "removed", "changed"))),
    )
    fields = [
        (quoted(r.resource), quoted(r.key), quoted(c), quoted(_str(r.before[c]), 80), quoted(_str(r.after[c]), 80))
        for r in rows if r.before is not None and r.after is not None
        for c in r.after
    ]
    head = ("表 resource", "行 row", "列 column", "原值 old", "新值 new")
    return text + _table("其他变化的值 · Other values changed", head, fields, most, lambda row: row)


def _message(zh: Value, en: Value) -> str:
    return quoted(" ".join(filter(None, (_str(zh), _str(en)))), 400)


def _whose(attribution: str | None) -> str:
    return {"agency": "原文如此 the document's own", "reading": "可能读错 perhaps misread"}.get(attribution or "", "")


def _number(value: Value) -> str:
    return prose(_str(value), 40) if value is not None else "—"


def _str(value: Value) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else number_text(value)
