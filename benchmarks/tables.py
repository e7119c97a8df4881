"""Results as Markdown tables and JSON, the same for every benchmark.

Comes in: names and rows of plain values. Goes out: text. Must not know: what is measured.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

Value = str | int | float | bool | None


def markdown(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> str:
    """A table; numbers stand to the right."""
    lines = ["| " + " | ".join(head) + " |"]
    right = [bool(rows) and all(isinstance(row[n], int | float) for row in rows) for n in range(len(head))]
    lines.append("| " + " | ".join("---:" if r else "---" for r in right) + " |")
    lines += ["| " + " | ".join(_text(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def percent(part: float, whole: float) -> str:
    """A share that never rounds up to 100 %."""
    if not whole:
        return "-"
    share = 100 * part / whole
    return "100 %" if part == whole else f"{min(share, 99.99):.2f} %"


def save(path: Path | None, result: object) -> None:
    """JSON for machines, where a path is given."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(result, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")


def page(path: Path | None, title: str, paragraphs: Sequence[str], tables: Sequence[str]) -> None:
    """A page of the documentation, where a path is given: what was done, then the tables."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([f"# {title}\n", *(f"{p}\n" for p in paragraphs), *tables]), "utf-8")


def _text(value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
