"""The form's equations as proof: what they derive is true, and where they contradict each other they derive nothing."""

from __future__ import annotations

import sys
from itertools import combinations, islice, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.extract.sums.equations import adding_up, adds_up_only_as, cut, plain, spelling, spells
from ogi.extract.sums.solve import solve
from ogi.forms import Key, TableForm, load

REQUESTS = {t: load().table(t, "requests") for t in ("2021-30", "2019-60")}
Table = dict[Key, int]
seeds = st.integers(0, 10**6)
templates = st.sampled_from(tuple(REQUESTS))


def consistent(form: TableForm, random: Random, zeros: float = 0.7) -> Table:
    """A table of requests in which every identity holds."""
    items = [i.code for i in form.items]
    parts, total = form.measures[:-1], form.measures[-1].code
    outcomes = items[items.index("granted") : items.index("total_disposed")]
    table: Table = {}
    for measure in (m.code for m in parts):
        for item in (*outcomes, "carried_in", "carried_out"):
            table[item, measure] = 0 if random.random() < zeros else random.choice((1, 2, 7, 10, 23, 101))
        disposed = sum(table[item, measure] for item in outcomes)
        table["total_disposed", measure] = disposed
        table["carried_in", measure] = min(
            table["carried_in", measure], disposed + table["carried_out", measure]
        )
        table["new_received", measure] = (
            disposed + table["carried_out", measure] - table["carried_in", measure]
        )
    for item in items:
        table[item, total] = sum(table[item, m.code] for m in parts)
    return table


def row(form: TableForm, table: Table, item: str) -> tuple[int, ...]:
    return tuple(table[item, m.code] for m in form.measures)


def damaged(form: TableForm, random: Random, table: Table) -> tuple[Table, dict[str, str], list[str]]:
    """What is left certain, the runs, and the lost rows."""
    items = [i.code for i in form.items]
    broken = random.sample(items, random.randrange(1, 9))
    lost = [item for item in broken if random.random() < 0.3]
    runs = {i: "".join(map(str, row(form, table, i))) for i in broken if i not in lost}
    return {k: v for k, v in table.items() if k[0] not in broken}, runs, lost


@given(st.text("0123456789", min_size=1, max_size=9), st.integers(1, 5))
@settings(max_examples=200, deadline=None)
def test_a_run_is_cut_in_every_valid_way_and_no_other(digits: str, parts: int) -> None:
    """The cuts of a run are exactly those into so many numbers without leading zeros."""
    wanted = set()
    for marks in combinations(range(1, len(digits)), parts - 1):
        pieces = [digits[a:b] for a, b in zip((0, *marks), (*marks, len(digits)), strict=True)]
        if all(p == "0" or p[0] != "0" for p in pieces):
            wanted.add(tuple(map(int, pieces)))
    found = list(cut(digits, parts))
    assert set(found) == wanted and len(found) == len(wanted)


@given(st.text("0123456789", min_size=1, max_size=9), st.integers(2, 5))
@settings(max_examples=200, deadline=None)
def test_the_cuts_that_add_up_are_those_whose_last_number_is_the_sum(digits: str, parts: int) -> None:
    """Cutting for the sum finds what cutting in every way and adding finds."""
    assert sorted(adding_up(digits, parts)) == sorted(c for c in cut(digits, parts) if sum(c[:-1]) == c[-1])


@given(st.text("0123456789", min_size=1, max_size=9), st.lists(st.integers(0, 30), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_a_run_spells_numbers_but_for_so_many(digits: str, numbers: list[int]) -> None:
    """The cuts with so many numbers off are exactly those that differ in so many places, each once."""
    for wrong in range(len(numbers) + 1):
        ways = [c for c in cut(digits, len(numbers)) if sum(a != b for a, b in zip(c, numbers, strict=True)) == wrong]
        assert sorted(spelling(digits, tuple(numbers), wrong)) == sorted(ways)


@given(st.lists(st.tuples(st.integers(0, 9_999_999), st.booleans()), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_marks_of_thousands_are_held_to(printed: list[tuple[int, bool]]) -> None:
    """A run is spelt by the numbers in it, and by no others of the same digits that would put a mark elsewhere."""
    numbers = tuple(number for number, _ in printed)
    run = "".join(f"{number:,}" if marked else str(number) for number, marked in printed)
    assert spells(numbers, run)
    for other in islice(cut(plain(run), len(numbers)), 100):
        parts = [{str(n), f"{n:,}"} for n in other]
        assert spells(other, run) == (run in map("".join, product(*parts)))


@given(templates, seeds)
@settings(max_examples=60, deadline=None)
def test_what_is_derived_is_true(template: str, seed: int) -> None:
    """Where the sums hold, every derived value is the one printed, whatever ran together or is lost."""
    random, form = Random(seed), REQUESTS[template]
    table = consistent(form, random)
    known, runs, lost = damaged(form, random, table)
    solution = solve(form, known, runs, lost)
    assert solution.values.items() <= table.items()
    assert not set(solution.values) & set(known)
    if solution.complete:
        for item in runs:
            readings = solution.readings.get(item, ())
            assert (item, "total") in solution.values or not readings or row(form, table, item) in readings


@given(templates, seeds)
@settings(max_examples=60, deadline=None)
def test_an_agency_that_adds_wrongly_makes_no_value_wrong(template: str, seed: int) -> None:
    """A wrong number that is still there, whole or in a run, leads to no value that is not printed."""
    random, form = Random(seed), REQUESTS[template]
    table = consistent(form, random)
    known, runs, lost = damaged(form, random, table)
    key = random.choice([k for k in table if k[0] not in lost])
    table[key] += random.choice((1, 2, 9, 10))
    known = {k: table[k] for k in known}
    runs = {item: "".join(map(str, row(form, table, item))) for item in runs}
    found = solve(form, known, runs, lost).values
    assert {k: (v, table[k]) for k, v in found.items() if table[k] != v} == {}


@given(templates, seeds)
@settings(max_examples=30, deadline=None)
def test_nothing_received_leaves_nothing_but_zero(template: str, seed: int) -> None:
    """Where rows one and two are zero, every lost row is zero."""
    form = REQUESTS[template]
    items = [i.code for i in form.items]
    lost = items[2:]
    if Random(seed).random() < 0.5:
        lost = Random(seed).sample(lost, 5)
    table = dict.fromkeys(form.cells, 0)
    known = {k: v for k, v in table.items() if k[0] not in lost}
    assert solve(form, known, {}, lost).values == {k: 0 for k in form.cells if k[0] in lost}


def test_one_request_leaves_lost_rows_open() -> None:
    """With 3 in the first row nothing is derived: the three may stand anywhere below."""
    form = REQUESTS["2019-60"]
    items = [i.code for i in form.items]
    known = {(item, m.code): 0 for item in items[:2] for m in form.measures}
    known["new_received", "natural_person"] = known["new_received", "total"] = 3
    values = solve(form, known, {}, items[2:]).values
    assert not {key for key in values if key[1] in ("natural_person", "total")}


def test_a_single_equation_is_no_proof() -> None:
    """A run that its own row cuts one way is not derived where its columns are not there to agree."""
    form = REQUESTS["2021-30"]
    known = {key: 0 for key in form.cells if key[0] in ("new_received", "carried_in")}
    solution = solve(form, known, {"granted": "123001218"}, ["total_disposed", "carried_out"])
    assert solution.values == {} or "granted" not in {item for item, _ in solution.values}


def test_two_readings_are_both_told() -> None:
    """A tie under rows and columns derives nothing and lists the readings that survive."""
    form = load().table("2021-30", "disclosures")
    solution = solve(form, {}, {"normative_documents": "1126"}, [])
    assert solution.values == {}
    assert set(solution.readings["normative_documents"]) == {(1, 1, 26), (1, 12, 6), (11, 2, 6)}


@pytest.mark.parametrize("digits", ["1" * 40, "9" * 80, "10" * 30])
def test_a_long_run_gives_up_honestly(digits: str) -> None:
    """A run too long to search ends at once, without a value and without a wrong claim to be complete."""
    form = REQUESTS["2021-30"]
    solution = solve(form, {}, {i.code: digits for i in form.items}, [])
    assert solution.values == {}


def glued(form: TableForm, table: Table) -> dict[str, str]:
    """Every row of the table as one run."""
    return {i.code: "".join(map(str, row(form, table, i.code))) for i in form.items}


@given(templates, seeds, st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_a_glued_table_with_wrong_sums_gives_no_other_value(template: str, seed: int, wrong: int) -> None:
    """One or two printed numbers are wrong, anywhere in a table that ran together: no value is cut that is not printed."""
    random, form = Random(seed), REQUESTS[template]
    table = consistent(form, random)
    for key in random.sample(list(table), wrong):
        table[key] = max(0, table[key] + random.choice((-2, -1, 1, 2, 10, 11)))
    assert solve(form, {}, glued(form, table), []).values.items() <= table.items()


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({("granted", "total"): 24}, {"granted"}),
        ({("granted", "total"): 24, ("carried_out", "total"): 13}, {"granted", "carried_out"}),
        ({("granted", "total"): 24, ("declined_repeat", "total"): 12}, {"granted", "declined_repeat"}),
        ({("total_disposed", "business"): 14}, {"total_disposed"}),
        ({("new_received", "business"): 12, ("new_received", "total"): 36}, set()),
    ],
)
def test_wrong_sums_in_glued_rows_are_read_as_printed(changes: Table, rows: set[str]) -> None:
    """One or two wrong numbers, in one row or two, in any part of the table: every row is cut, the wrong ones are named."""
    form = REQUESTS["2021-30"]
    table = dict.fromkeys(form.cells, 0)
    for item, numbers in {
        "new_received": (23, 11, 0, 0, 0, 1, 35),
        "carried_in": (2, 0, 0, 0, 0, 0, 2),
        "granted": (12, 10, 0, 0, 0, 1, 23),
        "refused_process": (11, 1, 0, 0, 0, 0, 12),
        "total_disposed": (23, 11, 0, 0, 0, 1, 35),
        "carried_out": (2, 0, 0, 0, 0, 0, 2),
    }.items():
        table |= {(item, m.code): v for m, v in zip(form.measures, numbers, strict=True)}
    if ("carried_out", "total") in changes:
        for key in (("carried_out", "natural_person"), ("new_received", "natural_person")):
            table[key] += 10
        table["new_received", "total"] += 10
    table |= changes
    runs = glued(form, table)
    solution = solve(form, {}, runs, [])
    printed = {(i, m): table[i, m] for i, m in form.cells if len(runs[i]) == len(form.measures)}
    assert {**printed, **solution.values} == table
    assert solution.wrong == rows


def test_a_row_that_lost_an_empty_cell_is_left_open() -> None:
    """«24211230» is 24, 2, 1, 1, 2 and 30 with an empty cell among them, not 24, 2, 1, 1, 2, 3 and 0 with two wrong ones."""
    form = REQUESTS["2019-60"]
    table = dict.fromkeys(form.cells, 0)
    for item in ("new_received", "other_disposal", "total_disposed"):
        table |= {(item, m.code): v for m, v in zip(form.measures, (24, 2, 1, 1, 2, 0, 30), strict=True)}
    solution = solve(form, {}, {**glued(form, table), "other_disposal": "24211230"}, [])
    assert solution.gaps == {"other_disposal"}
    assert solution.values.items() <= table.items()
    assert {("new_received", "total"), ("total_disposed", "total")} <= solution.values.keys()


@given(templates, seeds)
@settings(max_examples=60, deadline=None)
def test_a_glued_table_with_an_empty_cell_for_a_zero_gives_no_other_value(template: str, seed: int) -> None:
    random, form = Random(seed), REQUESTS[template]
    table = consistent(form, random)
    item = random.choice([i.code for i in form.items])
    zeros = [m.code for m in form.measures if not table[item, m.code]]
    blank = set(random.sample(zeros, random.randint(0, len(zeros)))[:2])
    printed = "".join(str(table[item, m.code]) for m in form.measures if m.code not in blank)
    runs = {**glued(form, table), item: printed or "0"}
    found = solve(form, {}, runs, [])
    assert {k: (v, table[k]) for k, v in found.values.items() if table[k] != v} == {}


def test_what_two_readings_share_is_derived() -> None:
    """«26184» is 26, 18, 4 or 261, 8, 4 where 26, 8, 4 is due: what both share is derived, the rest is open."""
    form = REQUESTS["2021-30"]
    table = dict.fromkeys(form.cells, 0)
    for item in ("new_received", "granted", "total_disposed"):
        table |= {(item, m.code): v for m, v in zip(form.measures, (26, 8, 4, 1, 2, 1, 42), strict=True)}
    table["granted", "business"] = 18
    known = {key: value for key, value in table.items() if key[0] != "granted"}
    solution = solve(form, known, {"granted": "2618412142"}, [])
    assert solution.readings == {"granted": ((26, 18, 4, 1, 2, 1, 42), (261, 8, 4, 1, 2, 1, 42))}
    assert solution.values == {
        ("granted", m): table["granted", m]
        for m in ("research", "public_interest_org", "legal_service", "other_org", "total")
    }


def test_two_small_slips_are_not_read_as_one_large() -> None:
    """«56» and «12» printed for 46 and 2 can be cut as 561 and 2: one wrong number, yet further off than two."""
    form = REQUESTS["2021-30"]
    table = dict.fromkeys(form.cells, 0)
    for item in ("new_received", "granted", "total_disposed"):
        table |= {(item, m.code): v for m, v in zip(form.measures, (282, 46, 2, 6, 11, 14, 361), strict=True)}
    table["total_disposed", "business"], table["total_disposed", "research"] = 56, 12
    solution = solve(form, {}, glued(form, table), [])
    assert solution.values.items() <= table.items()
    assert (282, 561, 2, 6, 11, 14, 361) in solution.readings["total_disposed"]


def test_swapped_digits_do_not_pass_for_a_row_that_adds_up() -> None:
    """«61» printed for 16 before a 2 can be cut so that the row adds up; the columns show that it is not certain."""
    form = REQUESTS["2021-30"]
    table = dict.fromkeys(form.cells, 0)
    for item in ("new_received", "granted", "total_disposed"):
        table |= {(item, m.code): v for m, v in zip(form.measures, (16, 2, 0, 0, 0, 0, 18), strict=True)}
    table["new_received", "natural_person"] = 61
    solution = solve(form, {}, glued(form, table), [])
    assert solution.values.items() <= table.items()
    assert set(solution.readings["new_received"]) == {(61, 2, 0, 0, 0, 0, 18), (6, 12, 0, 0, 0, 0, 18)}


@given(st.lists(st.sampled_from(("1", "12", "9", "01", "0")), min_size=1, max_size=2), st.integers(8, 40), seeds)
@settings(max_examples=25, deadline=None)
def test_the_search_through_any_digits_is_bounded(letters: list[str], size: int, seed: int) -> None:
    """However long the runs are, a table ends within steps that take under a second, counted and not clocked."""
    random, form = Random(seed), REQUESTS["2021-30"]
    runs = {i.code: "".join(random.choices(letters, k=size))[:size] for i in form.items}
    calls = 0

    def count(frame: object, event: str, value: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        solve(form, {}, runs, [])
    finally:
        sys.setprofile(None)
    assert calls < 2_000_000



@pytest.mark.parametrize(
    "digits, only",
    [("2000002", True), ("0000000", True), ("1102004", True), ("200002", False), ("101112", False), ("12" * 40, False)],
)
def test_a_run_that_adds_up_in_so_many_numbers_and_in_no_fewer(digits: str, only: bool) -> None:
    """«200002» adds up as six numbers; a run of eighty digits is not searched."""
    assert adds_up_only_as(digits, 7) is only
