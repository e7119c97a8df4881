"""Two data packages side by side: what one publishes that the other does not.

Comes in: two packages, the first of which may be missing. Goes out: a `Difference`. Must not know: git, reports, Markdown.
Streams report by report; columns that only one side knows count as empty on the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from ogi.contribute.difference import CellChange, Difference, IssueChange, RowChange, Turn, WholeReport
from ogi.package import Package
from ogi.package.reader import Row, Value

T = TypeVar("T")
Plain = tuple[tuple[str, Value], ...]  # column and value
PROOF = ("value", "raw", "status", "unit")
UNPUBLISHED = ("failed", "duplicate")
OWN = ("cells", "checks", "issues")  # told in words of their own
WHOLE = ("documents", "reports")  # told as reports added or removed, where they are


def compare(old: Package | None, new: Package) -> Difference:
    """`old` None means that nothing was published before."""
    before = _reports(old)
    after = _reports(new)
    both = set(before) & set(after)
    rows = [change for name in sorted({*_names(old), *new.resources}) for change in _rows(name, old, new, both)]
    return Difference(
        refused=tuple(_refused(old, new)),
        added=tuple(_whole(new, set(after) - both)),
        removed=tuple(_whole(old, set(before) - both)) if old else (),
        cells=tuple(_joined("cells", old, new, both, _cells)),
        checks=tuple(_joined("checks", old, new, both, _turns)),
        issues=tuple(_joined("issues", old, new, both, _issues)),
        rows=tuple(rows),
        codes={key: str(row["zh"]) for key, row in new.codes().items()},
    )


def _reports(package: Package | None) -> dict[str, Row]:
    return {str(row["report_id"]): row for row in package.rows("reports")} if package else {}


def _names(package: Package | None) -> Iterable[str]:
    return package.resources if package else ()


def _refused(old: Package | None, new: Package) -> Iterator[Row]:
    """Documents with a message that was not there before: failed ones, and those whose copies were left out."""
    said = {(row["path"], row["message"]) for row in old.rows("documents")} if old else set()
    for row in new.rows("documents"):
        if (row["outcome"] in UNPUBLISHED or row["message"]) and (row["path"], row["message"]) not in said:
            yield row


def _whole(package: Package, ids: set[str]) -> Iterator[WholeReport]:
    if not ids:
        return
    agencies = package.index("agencies")
    documents = {row["document_id"]: row for row in package.rows("documents")}
    panel = {row["report_id"]: row for row in package.rows("panel")}
    for report, parts in package.reports("cells", "checks", "issues"):
        if report["report_id"] in ids:
            yield WholeReport(
                report, agencies[report["agency_id"]], documents[report["document_id"]],
                panel.get(report["report_id"], {}), tuple(parts["cells"]),
                tuple(c for c in parts["checks"] if c["status"] == "fail"), tuple(parts["issues"]),
            )


def _joined(
    name: str, old: Package | None, new: Package, both: set[str],
    differ: Callable[[str, list[Row], list[Row]], Iterator[T]],
) -> Iterator[T]:
    """`differ` on the rows of each report that both sides have, in the order of reports."""
    left = old.by_report(name) if old and name in old.resources else iter(())
    right = new.by_report(name) if name in new.resources else iter(())
    a, b = next(left, None), next(right, None)
    while a or b:
        here = min(pair[0] for pair in (a, b) if pair)
        rows_a = a[1] if a and a[0] == here else []
        rows_b = b[1] if b and b[0] == here else []
        if here in both:
            yield from differ(here, rows_a, rows_b)
        a = next(left, None) if a and a[0] == here else a
        b = next(right, None) if b and b[0] == here else b


def _cells(report_id: str, old: list[Row], new: list[Row]) -> Iterator[CellChange]:
    for (table, item, measure), a, b in _paired(old, new, ("table", "item", "measure")):
        if any(_of(a, column) != _of(b, column) for column in PROOF):
            yield CellChange(report_id, str(table), str(item), str(measure), a, b)


def _turns(report_id: str, old: list[Row], new: list[Row]) -> Iterator[Turn]:
    for (rule, scope), a, b in _paired(old, new, ("rule", "scope")):
        if _of(a, "status") != _of(b, "status"):
            told = b or a or {}
            yield Turn(
                report_id, str(rule), str(scope), _text(a, "status"), _text(b, "status"),
                _text(told, "message_zh"), _text(told, "message_en"), _text(told, "attribution"),
            )


def _issues(report_id: str, old: list[Row], new: list[Row]) -> Iterator[IssueChange]:
    gone, come = _apart(old, new)
    yield from (IssueChange(report_id, False, row) for row in gone)
    yield from (IssueChange(report_id, True, row) for row in come)


def _rows(name: str, old: Package | None, new: Package, both: set[str]) -> Iterator[RowChange]:
    """Everything that no other part tells. A pivot says nothing that its cells do not."""
    described = new.resources.get(name) or (old.resources[name] if old else {})
    if "pivot" in described:
        return
    key = tuple(described["schema"]["primaryKey"])
    if key[0] == "report_id" and name not in WHOLE:
        by_number = "n" in key
        told = {"cells": PROOF, "checks": ("status",)}.get(name, ())
        if name != "issues":
            yield from _joined(name, old, new, both, partial(_changes, name, key, by_number, told))
        return
    a = old.table(name) if old and name in old.resources else []
    b = new.table(name) if name in new.resources else []
    if name == "reports":
        a, b = ([row for row in side if row["report_id"] in both] for side in (a, b))
    if name == "documents":
        kept = {row["document_id"] for row in a} & {row["document_id"] for row in b}
        a, b = ([row for row in side if row["document_id"] in kept] for side in (a, b))
    yield from _changes(name, key, False, (), "", a, b)


def _changes(
    name: str, key: tuple[str, ...], by_number: bool, told: tuple[str, ...], report_id: str, old: list[Row], new: list[Row]
) -> Iterator[RowChange]:
    if by_number:
        gone, come = _apart(old, new)
        yield from (RowChange(name, report_id, row, None) for row in gone)
        yield from (RowChange(name, report_id, None, row) for row in come)
        return
    for values, a, b in _paired(old, new, key):
        label = " ".join(str(v) for v in values)
        if a is None or b is None:
            if name not in OWN:
                yield RowChange(name, label, a, b)
            continue
        if told and any(_of(a, c) != _of(b, c) for c in told):
            continue  # told as a change of a cell or a check
        columns = [c for c in {**a, **b} if a.get(c) != b.get(c)]
        if columns:
            yield RowChange(name, label, {c: a.get(c) for c in columns}, {c: b.get(c) for c in columns})


def _paired(
    old: list[Row], new: list[Row], key: tuple[str, ...]
) -> Iterator[tuple[tuple[Value, ...], Row | None, Row | None]]:
    """Rows of one key, in the order of the new side, those that are gone after it."""
    a = {tuple(row.get(k) for k in key): row for row in old}
    b = {tuple(row.get(k) for k in key): row for row in new}
    for one in dict.fromkeys((*b, *a)):
        yield one, a.get(one), b.get(one)


def _apart(old: list[Row], new: list[Row]) -> tuple[list[Row], list[Row]]:
    """Rows of one side only, whatever their number; a row that stands twice counts twice."""
    plain_a = [_unnumbered(row) for row in old]
    plain_b = [_unnumbered(row) for row in new]
    return _without(old, plain_a, Counter(plain_b)), _without(new, plain_b, Counter(plain_a))


def _without(rows: list[Row], plain: list[Plain], others: Counter[Plain]) -> list[Row]:
    left = []
    for row, one in zip(rows, plain, strict=True):
        if others[one]:
            others[one] -= 1
        else:
            left.append(row)
    return left


def _unnumbered(row: Row) -> Plain:
    return tuple((column, value) for column, value in sorted(row.items()) if column != "n" and value is not None)


def _of(row: Row | None, column: str) -> Value:
    return row.get(column) if row else None


def _text(row: Row | None, column: str) -> str | None:
    value = _of(row, column)
    return None if value is None else str(value)
