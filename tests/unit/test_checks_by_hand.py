"""Three collected reports: every check equals a list made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.checks_by_hand import by_hand, differences, results
from ogi.checks.rules import load_rules
from ogi.collection import collect
from ogi.paths import REPORTS
from ogi.pipeline import reports_of

CASES = by_hand(Path(__file__).parents[1] / "cases" / "checks" / "collected.yml")


@pytest.fixture(scope="module")
def found() -> dict[str, dict[tuple[str, str], str]]:
    reports = reports_of(collect(REPORTS), REPORTS.parent)
    return {r.path: dict(results(r.reading.checks)) for r in reports if r.reading}


@pytest.mark.parametrize("path", CASES)
def test_every_check_equals_the_list_made_by_hand(path: str, found: dict[str, dict[tuple[str, str], str]]) -> None:
    """No check differs, is missing or is too many."""
    assert differences(CASES[path], found[path]) == []


def test_the_lists_name_rules_that_exist() -> None:
    """Every rule of both lists, that of the benchmark too, is a rule of forms/rules.yml."""
    named = {rule for listed in (CASES, by_hand()) for checks in listed.values() for rule, _ in checks}
    assert named <= {rule.code for rule in load_rules()} and len(by_hand()) >= 3
