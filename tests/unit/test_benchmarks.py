"""The benchmarks' own judgement: a wrong number must not pass for a right one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.generate import Truth, generate
from benchmarks.generate.faults import FAULTS, make_fault, own_wrong_sum
from benchmarks.generate.identities import broken
from benchmarks.measure import compare, covered, score
from benchmarks.probe import probe
from benchmarks.publish import page
from benchmarks.tables import markdown, percent
from ogi.model import Cell, Issue, Reading

DOUBT = Issue("unreadable", "warning", "one row cannot be read", cells=("requests.granted.*",))


def perfect(truth: Truth) -> Reading:
    """A reading that says exactly what the truth says."""
    cells = tuple(
        Cell(t, i, m, c.value, c.raw, c.unit, c.status, None, None)
        for (t, i, m), c in truth.cells.items()  # type: ignore[arg-type]
    )
    return Reading("txt", "0" * 64, 1, truth.agency, truth.agency, truth.year, None, truth.templates, cells)


def changed(reading: Reading, key: str, value: Decimal | None, status: str) -> Reading:
    """The reading with one cell read otherwise."""
    cells = tuple(
        c._replace(value=value, status=status) if c.key == key else c
        for c in reading.cells  # type: ignore[arg-type]
    )
    return replace(reading, cells=cells)


def verdict(reading: Reading, truth: Truth, key: str) -> str:
    """The verdict on one cell."""
    return next(f.verdict for f in compare(reading, truth.cells) if f.key == key)


def test_a_perfect_reading_is_perfect() -> None:
    """A reading equal to the truth has nothing but right cells, agency, year and form."""
    for seed in range(20):
        truth = generate(seed).truth
        result = score(perfect(truth), truth)
        assert result.perfect and not result.findings and result.agency and result.year and result.templates


def test_a_wrong_value_is_silent_unless_an_issue_covers_it() -> None:
    """One wrong number is a silent error; the same number under a warning about its row is flagged."""
    truth = generate(9, "2021-30", ()).truth
    key = "requests.granted.natural_person"
    wrong = changed(perfect(truth), key, Decimal(987654), "reported")
    assert verdict(wrong, truth, key) == "silent"
    assert verdict(replace(wrong, issues=(DOUBT,)), truth, key) == "flagged"
    hint = replace(DOUBT, severity="info")
    assert verdict(replace(wrong, issues=(hint,)), truth, key) == "silent"


def test_a_right_value_under_a_warning_is_a_false_doubt() -> None:
    """Blanket doubts are counted, cell by cell."""
    truth = generate(9, "2021-30", ()).truth
    blanket = replace(perfect(truth), issues=(Issue("unreadable", "error", "all", cells=("requests.*.*",)),))
    assert score(blanket, truth).counts["false_doubt"] == 175


def test_a_number_lost_in_silence_is_not_right() -> None:
    """A printed number read as blank without a word is lost; said to be unreadable, it is missed."""
    truth = generate(9, "2021-30", ()).truth
    key = "requests.granted.total"
    assert verdict(changed(perfect(truth), key, None, "blank"), truth, key) == "lost"
    assert verdict(changed(perfect(truth), key, None, "unreadable"), truth, key) == "missed"


def test_an_invented_cell_is_a_silent_error() -> None:
    """A value for a cell that the document does not have counts as wrong."""
    truth = generate(9, "2021-30", ("no_reviews",)).truth
    extra = Cell("reviews", "review", "total", Decimal(0), "0", None, "reported", None, None)
    reading = perfect(truth)
    assert score(replace(reading, cells=(*reading.cells, extra)), truth).counts["silent"] == 1


def test_a_blank_read_as_zero_is_a_silent_error() -> None:
    """A zero where nothing is printed is an invented number."""
    truth = generate(9, "2021-30", ("blank_zeros",)).truth
    key = next(".".join(k) for k, c in truth.cells.items() if c.status == "blank")
    assert verdict(changed(perfect(truth), key, Decimal(0), "reported"), truth, key) == "silent"


@pytest.mark.parametrize("kind", FAULTS)
def test_every_fault_changes_the_page_and_names_its_row(kind: str) -> None:
    """Each kind of fault can be made, alters the tables, and says which rows it is about."""
    for seed in range(200):
        made = generate(seed, "2021-30", ())
        change = make_fault(kind, made, seed)
        if change is not None:
            faulty, fault = change
            assert faulty.tables != made.tables and fault.items and fault.kind == kind
            return
    raise AssertionError(f"no seed has a place for {kind}")


def test_faults_other_than_print_keep_the_truth() -> None:
    """What a page break or converter breaks is not what the agency printed: the truth stays."""
    for kind in set(FAULTS) - {"blank_for_zero", "changed_total"}:
        made = generate(3, "2021-30", ())
        change = make_fault(kind, made, 3)
        assert change is None or change[0].truth == made.truth


def test_wrong_sums_break_identities_and_clean_reports_none() -> None:
    """Generated numbers hold every identity; an agency's wrong sum breaks at least one in most reports."""
    clean = [generate(seed, None, ()) for seed in range(40)]
    assert not any(broken(made.truth.cells, made.truth.templates) for made in clean)
    wrong = [own_wrong_sum(made, seed) for seed, made in enumerate(clean)]
    assert sum(bool(broken(made.truth.cells, made.truth.templates)) for made in wrong) == len(wrong)


def test_a_share_never_rounds_up_to_all() -> None:
    """99 999 of 100 000 is not written as 100 %."""
    assert percent(99_999, 100_000) == "99.99 %"
    assert percent(5, 5) == "100 %"
    assert percent(0, 0) == "-"


def test_wildcards_cover_parts_of_a_key() -> None:
    """A pattern covers its row, its column or its table, and nothing else."""
    assert covered("requests.granted.total", ["requests.granted.*"])
    assert covered("requests.granted.total", ["requests.*.total"])
    assert not covered("requests.granted.total", ["requests.carried_in.*", "reviews.*.*"])


def test_tables_align_numbers_to_the_right() -> None:
    """A column of numbers is marked so in Markdown."""
    assert markdown(("what", "n"), [("a", 1), ("b", 2000)]).splitlines()[1:] == ["| --- | ---: |", "| a | 1 |", "| b | 2,000 |"]


def test_the_accuracy_page_says_what_was_measured_and_when() -> None:
    """Seeds, counts, day and the commands stand on the page beside the shares of the runs."""
    counts = {"documents": 20, "cells": 4000, "right": 3998, "false_doubt": 1, "missed": 1, "lost": 0, "silent": 0}
    accuracy = {"seed": 2, "count": 20, "results": [{"format": "docx", **counts}]}
    handled = {"handled": "100 %", "handled or named": "100 %", "flagged": 0, "unflagged": 1, "silent": 0}
    fault = {"fault": "lost_row", "documents": 9, **handled}
    broken_sums = {"sums broken": 25, "laid to the agency": "96.00 %", "values wrong": 0, "made null": 3}
    total = {"format": "txt-run", "documents": 9, **broken_sums}
    text = page(accuracy, {"seed": 3, "count": 30, "faults": {"table": [fault]}, "sums": {"table": [total]}}, "2026-11-21")
    for part in ("2026-11-21", "--count 20 --seed 2", "--count 30 --seed 3", "99.97 %", "96.00 %", "lost"):
        assert part in text


def test_a_reader_that_breaks_is_told_from_one_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzzer counts an error of the parser as broken, what the reader itself refuses as refused."""
    assert probe(b"", "a.txt").kind == "refused"

    def broken(data: bytes) -> None:
        raise ValueError("unforeseen")

    monkeypatch.setattr("ogi.readers.text.read", broken)
    assert probe("一、概述\n".encode(), "a.txt").kind == "broke"
