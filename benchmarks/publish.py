"""The site's page on accuracy: `python -m benchmarks.publish ACCURACY.json FAULTS.json --date DAY [--page docs/accuracy.md]`.

Comes in: what `benchmarks.accuracy --json` and `benchmarks.faults --json` wrote. Goes out: one page in both languages, with
seeds, counts and day. Must not know: how anything was measured.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.tables import Value, markdown, percent

Row = Mapping[str, Value]
TEXT = Path(__file__).parent / "accuracy_page.md"
PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"

REPORTS, SILENT = "份<br>reports", "错而无提示<br>silent"
ACCURACY = (
    "格式<br>format",
    REPORTS,
    "格<br>cells",
    "读对<br>right",
    "未读准<br>no value",
    SILENT,
    "误报疑点<br>false doubt",
)
FAULTS = (
    "故障<br>fault",
    REPORTS,
    "不受影响<br>unharmed",
    "不受影响或指出<br>unharmed or named",
    "错而有提示<br>flagged",
    SILENT,
)
SUMS = (
    "格式<br>format",
    REPORTS,
    "不符的等式<br>broken sums",
    "归于机关<br>laid to the agency",
    "读错<br>wrong values",
    "因此成空<br>made null",
)
KINDS = {
    "lost_row": "丢一行 a row lost",
    "doubled_row": "一行重复 a row doubled",
    "moved_column": "一行错开一格 a row moved by one cell",
    "split_digits": "一数拆成两格 a number split",
    "merged_digits": "两数并成一格 two numbers merged",
    "blank_for_zero": "零成空白 blank for zero",
    "page_cut": "换页断行 a row cut by a page break",
    "changed_total": "总计改动 a total changed",
    "swapped_rows": "两行对调 two rows exchanged",
    "foreign_row": "多出一行 a foreign row",
    "all": "合计 all",
}
FORMATS = {
    "txt": "文本 text",
    "txt-web": "网页存成的文本 text of web pages",
    "txt-run": "连成一串的文本 text run together",
    "all": "合计 all",
}


def page(accuracy: Mapping, faults: Mapping, date: str) -> str:
    """The page as Markdown."""
    return TEXT.read_text("utf-8").format(
        date=date,
        accuracy=markdown(ACCURACY, [_accuracy(row) for row in accuracy["results"]]),
        acount=accuracy["count"],
        aseed=accuracy["seed"],
        faults=markdown(FAULTS, [_fault(row) for row in faults["faults"]["table"]]),
        sums=markdown(SUMS, [_sum(row) for row in faults["sums"]["table"]]),
        fcount=faults["count"],
        fseed=faults["seed"],
    )


def _accuracy(row: Row) -> Sequence[Value]:
    cells = int(str(row["cells"]))
    right = int(str(row["right"])) + int(str(row["false_doubt"]))
    empty = int(str(row["missed"])) + int(str(row["lost"]))
    name = str(row["format"])
    return [
        FORMATS.get(name, name),
        row["documents"],
        cells,
        percent(right, cells),
        empty,
        row["silent"],
        row["false_doubt"],
    ]


def _fault(row: Row) -> Sequence[Value]:
    flagged = int(str(row["flagged"])) + int(str(row["unflagged"]))
    return [
        KINDS[str(row["fault"])],
        row["documents"],
        row["handled"],
        row["handled or named"],
        flagged,
        row["silent"],
    ]


def _sum(row: Row) -> Sequence[Value]:
    name = str(row["format"])
    measured = ("documents", "sums broken", "laid to the agency", "values wrong", "made null")
    return [FORMATS.get(name, name), *(row[column] for column in measured)]


def main() -> None:
    """Writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("accuracy", type=Path)
    parser.add_argument("faults", type=Path)
    parser.add_argument("--date", required=True, help="the day of the runs")
    parser.add_argument("--page", type=Path, default=PAGE)
    asked = parser.parse_args()
    measured = [json.loads(path.read_text("utf-8")) for path in (asked.accuracy, asked.faults)]
    asked.page.write_text(page(*measured, asked.date), "utf-8")


if __name__ == "__main__":
    main()
