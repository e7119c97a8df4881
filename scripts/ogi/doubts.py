"""Which cells the reader doubts: its warnings and errors name them, `*` standing for every row or column; a document that
contradicts its agency or year leaves none certain.

Comes in: cells by key, issues. Goes out: keys, and the codes of the doubts beside each. Must not know: any rule, file or form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from ogi.model import Cell, Issue

DOUBTS = frozenset({"warning", "error"})
WHOLE = frozenset({"agency-contradicted", "year-contradicted"})  # whose numbers, or of when: all are in doubt


def covered(cells: Mapping[str, Cell], patterns: Iterable[str]) -> frozenset[str]:
    """The keys that some issue is about; most patterns name one cell, so only those with * are searched. What a
    person has put right is in doubt no more."""
    cells = {key: cell for key, cell in cells.items() if cell.status != "corrected"}
    found: set[str] = set()
    for pattern in patterns:
        if "*" in pattern:
            found.update(key for key in cells if fnmatchcase(key, pattern))
        elif pattern in cells:
            found.add(pattern)
    return frozenset(found)


def doubts(cells: Iterable[Cell], issues: Iterable[Issue]) -> dict[str, str]:
    """By key of each doubted cell the codes of its doubts, separated by spaces."""
    by_key: dict[str, Cell] = {}
    found: dict[str, set[str]] = {}
    for issue in issues:
        if issue.severity in DOUBTS:
            by_key = by_key or {cell.key: cell for cell in cells}
            for key in covered(by_key, ("*",) if issue.code in WHOLE else issue.cells):
                found.setdefault(key, set()).add(issue.code)
    return {key: " ".join(sorted(codes)) for key, codes in found.items()}
