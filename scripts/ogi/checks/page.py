"""docs/rules.md, one line a rule, written from forms/rules.yml: `python -m ogi.checks.page`.

Comes in: the rules. Goes out: Markdown. Must not know: any reading, any check.
"""

from __future__ import annotations

from ogi.checks.rules import Rule, load_rules
from ogi.forms.codes import codes_of
from ogi.paths import DOCS

INTRO = """# 核验规则 · Rules

每份报告逐条核验；结果只公布，不改数，也不妨碍发布。**程度**：error 勾稽关系或格式要求不成立，warning
值得查看，info 提示。每项都有数时按 strict 判断；有空白而表格齐全时，空白按 0
计（blank_as_zero）；有未读出或缺失的数时为
unknown。不成立而所涉各数都确定读出的，归于公布机关（agency）；否则归于本站读取（reading）。

Every report is held against every rule; the result is published, nothing is corrected and nothing is held
back. A check is *strict* where every term is a printed number, *blank_as_zero* where some are blank in a
table that is whole, *unknown* where a term is lost. A failure is laid to the agency where every number was
read with certainty, else to our reading. This page is written from `scripts/ogi/forms/rules.yml` by `python
-m ogi.checks.page`.

"""
HEAD = "| 规则 | 程度 | 说明 | What is compared | 公式 |\n| --- | --- | --- | --- | --- |\n"


# Rules that give no row of `checks`, because a reading or a package that breaks them is dealt with before.
ELSEWHERE = {
    "T3-09": "issues: `digits-split`, `digits-merged`",
    "T3-10": "issues: `shifted`",
    "T3-11": "issues: `suspect-cell`",
    "ST-03": "documents: 同年两份而未注明版本的都不发布 two documents for one year without a word on which holds both fail",
    "PK-01": "有一处不符，整个数据包就不写出 a package that breaks it is not written; pages are stamped from it",
}
OTHERS = """
## 另行处理的规则 · Rules kept elsewhere

前三条是读取时的疑点，见 `issues`；后两条在生成数据时即予保证，公布的数据不会违反。
The first three are hints of the reading (see `issues`); the last two hold by construction.

| 规则 | 说明 | What it asks | 结果在何处 Where it shows |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    names = {code.code: code for code in codes_of("rule")}
    others = (f"| {code} | {names[code].zh} | {names[code].en} | {where} |\n" for code, where in ELSEWHERE.items())
    return INTRO + HEAD + "".join(line(rule) for rule in load_rules()) + OTHERS + "".join(others)


def line(rule: Rule) -> str:
    """One rule: code, severity, what it compares in both languages, formula."""
    formula = rule.formula.replace("|", "\\|")
    cells = (f'<a id="{rule.code.lower()}"></a>{rule.code}', rule.severity, rule.zh, rule.en, formula)
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    (DOCS / "rules.md").write_text(page(), encoding="utf-8", newline="\n")
