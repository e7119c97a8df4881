"""A difference as plain data, complete: what the Markdown leaves out for room is all here.

Comes in: a `Difference`. Goes out: maps, lists, text and numbers, ready for JSON. Must not know: how it is shown.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from ogi.contribute.difference import Difference, WholeReport
from ogi.package.reader import Row

Plain = None | str | int | bool | Decimal | list["Plain"] | dict[str, "Plain"]


def as_plain(difference: Difference, base: str) -> Plain:
    """`base` is what it is compared with, as people call it."""
    return {
        "base": base,
        "empty": difference.empty,
        "refused": [_row(row) for row in difference.refused],
        "added": [_whole(one) for one in difference.added],
        "removed": [_whole(one) for one in difference.removed],
        "cells": [_plain(asdict(change)) for change in difference.cells],
        "checks": [_plain(asdict(turn)) for turn in difference.checks],
        "issues": [_plain(asdict(change)) for change in difference.issues],
        "rows": [_plain(asdict(change)) for change in difference.rows],
        "second_readings": [_plain(asdict(one)) for one in difference.second],
    }


def _whole(one: WholeReport) -> Plain:
    return {
        "report": _row(one.report), "agency": _row(one.agency), "document": _row(one.document), "panel": _row(one.panel),
        "cells": [_row(cell) for cell in one.cells], "failed_checks": [_row(check) for check in one.failed],
        "issues": [_row(issue) for issue in one.issues],
    }


def _row(row: Row) -> Plain:
    return _plain(row)


def _plain(value: object) -> Plain:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | bool | Decimal)
    return value
