"""Which identities of the form some printed numbers break.

Comes in: the cells of a truth. Goes out: (rule, scope) of each identity that does not hold; one with a cell
that holds no number is left out. Written apart from the project's rules. Must not know: ogi.checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from benchmarks.generate.labels import outcome_items, parties, request_items
from benchmarks.generate.model import Key, TrueCell

Side = list[Key]


def broken(cells: Mapping[Key, TrueCell], templates: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """T3-01 to T3-03 and T4-01 to T4-03 on these cells."""
    out = []
    for rule, scope, left, right in _identities(templates):
        first, second = _sum(cells, left), _sum(cells, right)
        if first is not None and second is not None and first != second:
            out.append((rule, scope))
    return tuple(out)


def _identities(templates: Mapping[str, str]) -> Iterable[tuple[str, str, Side, Side]]:
    if "requests" in templates:
        template = templates["requests"]
        for m in (*parties(), "total"):
            yield (
                "T3-01",
                m,
                [("requests", i, m) for i in ("new_received", "carried_in")],
                [("requests", i, m) for i in ("total_disposed", "carried_out")],
            )
            yield (
                "T3-02",
                m,
                [("requests", i, m) for i in outcome_items(template)],
                [("requests", "total_disposed", m)],
            )
        for item in request_items(template):
            yield "T3-03", item, [("requests", item, m) for m in parties()], [("requests", item, "total")]
    if "reviews" in templates:
        for n, block in enumerate(("review", "direct", "after_review"), 1):
            parts = [("reviews", block, m) for m in ("upheld", "corrected", "other", "pending")]
            yield f"T4-0{n}", block, parts, [("reviews", block, "total")]


def _sum(cells: Mapping[Key, TrueCell], keys: Side) -> Decimal | None:
    values = [cells[key].value for key in keys]
    return None if any(v is None for v in values) else sum((v for v in values if v is not None), Decimal(0))
