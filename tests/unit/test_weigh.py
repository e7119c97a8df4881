"""An identity fails: an agency's slip stays printed and is a note, numbers out of their place are a doubt that names them."""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatch

import pytest

from ogi.extract.sums.recognised import at_cells, doubted
from ogi.extract.sums.weigh import weigh
from ogi.forms import Key, load
from ogi.model import Cell, Issue

REQUESTS = load().table("2021-30", "requests")
REVIEWS = load().table("2021-30", "reviews")
MEASURES = [m.code for m in REQUESTS.measures]
ROTATED = MEASURES[-1:] + MEASURES[:-1]

TABLE = dict.fromkeys(REQUESTS.cells, 0)
for item, numbers in {
    "new_received": (41, 12, 0, 3, 0, 5, 61),
    "carried_in": (4, 0, 1, 0, 0, 0, 5),
    "granted": (20, 7, 1, 0, 0, 2, 30),
    "refused_process": (9, 2, 0, 3, 0, 0, 14),
    "cannot_no_info": (14, 3, 0, 0, 0, 2, 19),
    "total_disposed": (43, 12, 1, 3, 0, 4, 63),
    "carried_out": (2, 0, 0, 0, 0, 1, 3),
}.items():
    TABLE |= {(item, m): v for m, v in zip(MEASURES, numbers, strict=True)}


def issues(changes: dict[Key, int | None]) -> list[Issue]:
    """What is said of the table with these cells printed otherwise; None is an empty cell."""
    return weigh(REQUESTS, cells("requests", {**TABLE, **changes}), [])


def cells(table: str, values: dict[Key, int | None]) -> list[Cell]:
    return [
        Cell(
            table,  # type: ignore[arg-type]
            item,
            measure,
            None if v is None else Decimal(v),
            None if v is None else str(v),
            None,
            "blank" if v is None else "reported",
            "",
            f"line={n}",
        )
        for n, ((item, measure), v) in enumerate(values.items(), 1)
    ]


def row(item: str, numbers: tuple[int, ...]) -> dict[Key, int | None]:
    return {(item, m): v for m, v in zip(MEASURES, numbers, strict=True)}


def test_a_table_that_adds_up_is_not_spoken_of() -> None:
    """No identity fails: no issue."""
    assert issues({}) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({("granted", "total"): 31}, {"requests.granted.total"}),
        ({("granted", "total"): 31, ("carried_out", "total"): 5}, {"requests.granted.total", "requests.carried_out.total"}),
        (
            {("total_disposed", "business"): 14, ("total_disposed", "other_org"): 5},
            {"requests.total_disposed.business", "requests.total_disposed.other_org"},
        ),
    ],
)
def test_one_or_two_wrong_numbers_are_the_agencys(changes: dict, named: set[str]) -> None:
    """Other numbers in one cell, in two rows, or in two cells of one row mend everything: a note on just those cells."""
    (issue,) = issues(changes)
    assert (issue.code, issue.severity, set(issue.cells)) == ("suspect-cell", "info", named)


def swapped(one: str, two: str) -> dict[Key, int | None]:
    return {(a, m): TABLE[b, m] for a, b in ((one, two), (two, one)) for m in MEASURES}


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        (
            {("granted", "natural_person"): 7, ("granted", "business"): 20},
            "swapped",
            {"requests.granted.natural_person", "requests.granted.business"},
        ),
        (
            {("granted", "natural_person"): 9, ("refused_process", "natural_person"): 20},
            "swapped",
            {"requests.granted.natural_person", "requests.refused_process.natural_person"},
        ),
        (swapped("granted", "total_disposed"), "swapped", {"requests.granted.*", "requests.total_disposed.*"}),
        (
            {(i, a): TABLE[i, b] for i in {k[0] for k in TABLE} for a, b in (("total", "other_org"), ("other_org", "total"))},
            "swapped",
            {"requests.*.total", "requests.*.other_org"},
        ),
        (
            {(i, new): TABLE[i, old] for i in {k[0] for k in TABLE} for old, new in zip(ROTATED, MEASURES, strict=True)},
            "swapped",
            {f"requests.*.{measure}" for measure in MEASURES},
        ),
        (
            {
                (new.code, "business"): TABLE[old.code, "business"]
                for old, new in zip(REQUESTS.items[2:], REQUESTS.items[3:], strict=False)
            }
            | {("granted", "business"): 0},
            "shifted",
            {"requests.*.business"},
        ),
        (row("granted", (0, 20, 7, 1, 0, 0, 2)), "shifted", {"requests.granted.*"}),
        (row("refused_process", (92, 0, 3, 0, 0, 14, 0)), "digits-merged", {"requests.refused_process.*"}),
    ],
)
def test_numbers_out_of_their_place_are_doubted_and_named(changes: dict, code: str, named: set[str]) -> None:
    """Exchanged cells, rows, columns, a column that slid, a row that moved: a warning that names row, column or cells."""
    (issue,) = issues(changes)
    assert (issue.code, issue.severity) == (code, "warning")
    assert named <= set(issue.cells)
    assert all(part.count("*") <= 1 for part in issue.cells)


@pytest.mark.parametrize(
    ("item", "changes"),
    [
        ("granted", {"natural_person": 207, "business": None}),
        ("granted", {"natural_person": None, "business": 207}),
        ("granted", {"other_org": 230, "total": None}),
        ("granted", {"other_org": None, "total": 230}),
        ("refused_process", {"natural_person": 92, "business": None, "research": None, "legal_service": None}),
    ],
)
def test_two_numbers_in_one_cell_beside_an_empty_one_are_doubted(item: str, changes: dict[str, int | None]) -> None:
    """81 beside a blank where 8 and 1 make everything add up: a warning that says so, on those two cells."""
    (issue,) = issues({(item, m): v for m, v in changes.items()})
    assert (issue.code, issue.severity) == ("digits-merged", "warning")
    (merged,) = (m for m, v in changes.items() if v)
    assert f"«{changes[merged]}» as two numbers" in issue.message
    (other,) = (key for key in issue.cells if key != f"requests.{item}.{merged}")
    assert changes[other.split(".")[2]] is None and len(issue.cells) == 2


def test_a_wrong_number_beside_an_empty_cell_is_not_two_numbers() -> None:
    """Its digits in the empty cell mend the row, not its columns: nothing is claimed."""
    assert issues({("granted", "natural_person"): 38, ("granted", "business"): None, ("granted", "total"): 14}) == []


def test_numbers_that_close_up_over_a_lost_zero_are_doubted() -> None:
    """A zero in the middle is lost and the numbers after it moved up: the row is named, though its total now looks empty."""
    changed = dict(zip([("granted", m) for m in MEASURES], (20, 7, 1, 0, 2, 30, None), strict=True))
    (issue,) = issues(changed)
    assert (issue.code, issue.cells) == ("shifted", ("requests.granted.*",))


def test_a_moved_row_is_doubted_though_it_adds_up() -> None:
    """What fell off is as much as the total by chance: the columns still tell that the row moved."""
    table = {("refused_process", m): v for m, v in zip(MEASURES, (1, 0, 0, 0, 0, 1, 2), strict=True)}
    rest = {("new_received", m): v for m, v in zip(MEASURES, (33, 10, 0, 0, 0, 6, 49), strict=True)}
    total = {("total_disposed", m): v for m, v in zip(MEASURES, (35, 10, 1, 0, 0, 5, 51), strict=True)}
    assert issues({**table, **rest, **total}) == []
    moved = {("refused_process", m): v for m, v in zip(MEASURES, (None, 1, 0, 0, 0, 0, 1), strict=True)}
    (issue,) = issues({**rest, **total, **moved})
    assert (issue.code, issue.severity, issue.cells) == ("shifted", "warning", ("requests.refused_process.*",))


def test_columns_exchanged_with_no_sum_broken_are_not_known() -> None:
    """Two columns of parts exchanged leave every identity true: nothing is claimed."""
    pairs = (("business", "research"), ("research", "business"))
    assert issues({(i, a): TABLE[i, b] for i in {k[0] for k in TABLE} for a, b in pairs}) == []


def reviewed(numbers: str) -> list[Issue]:
    values = [None if n == "_" else int(n) for n in numbers.split()]
    return weigh(REVIEWS, cells("reviews", dict(zip(REVIEWS.cells, values, strict=True))), [])


def test_a_row_without_its_total_tells_nothing_where_another_row_is_missing() -> None:
    """The columns need the missing row too: no way of moving numbers can be proved."""
    values: dict[Key, int | None] = {k: v for k, v in TABLE.items() if k[0] != "declined_repeat"}
    made = cells("requests", {**values, ("total_disposed", "natural_person"): 44, ("total_disposed", "total"): None})
    assert [issue.severity for issue in weigh(REQUESTS, made, [])] == []


def test_a_row_of_reviews_that_slid_is_doubted() -> None:
    """The first place is empty and every number stands one place on: the whole row is doubted."""
    (issue,) = reviewed("_ 2 1 0 0 3 0 0 0 4 4 0 0 0 0")
    assert (issue.code, issue.severity) == ("shifted", "warning")
    assert set(issue.cells) == {"reviews.review.*", "reviews.direct.*", "reviews.after_review.*"}


def test_a_block_with_an_unreadable_number_moves_nowhere() -> None:
    """What would mend a block is looked for among those that are whole; one with an unreadable number is left alone."""
    made = cells("reviews", dict(zip(REVIEWS.cells, [2, 1, 0, 0, 4, None, 0, 0, 0, None, None, 1, 0, 0, None], strict=True)))
    unread = [c._replace(status="unreadable") if c.key == "reviews.direct.total" else c for c in made]
    (issue,) = weigh(REVIEWS, unread, [])
    assert not any(fnmatch("reviews.direct.upheld", key) for key in issue.cells)


def test_one_wrong_total_of_reviews_is_the_agencys() -> None:
    """One block does not add up: a note and no doubt, though an exchange of two numbers might mend it."""
    (issue,) = reviewed("2 1 0 0 1 0 0 0 4 4 0 0 0 0 0")
    assert (issue.code, issue.severity, issue.cells) == ("suspect-cell", "info", ("reviews.review.*",))


def test_numbers_exchanged_between_two_blocks_are_doubted() -> None:
    """The total of one block and the first number of the next stand in each other's place: both fail, and are doubted."""
    (issue,) = reviewed("2 1 0 0 5 3 0 0 4 9 0 0 0 0 0")
    assert (issue.code, set(issue.cells)) == ("swapped", {"reviews.review.total", "reviews.direct.upheld"})


@pytest.mark.parametrize(("change", "named"), [
    ({("new_received", "business"): 17}, "requests.new_received.business"),
    ({("new_received", "business"): 17, ("new_received", "total"): 66}, "requests.new_received.business"),
    ({("granted", "business"): 1, ("granted", "other_org"): 9, ("refused_process", "total"): 15}, "requests.granted.business"),
])  # fmt: skip
def test_a_picture_whose_sums_fail_is_in_doubt(change: dict[Key, int], named: str) -> None:
    """What would be an agency's slip in print is a doubt where a recogniser read it, and a failed sum never goes without one."""
    made = [c._replace(score=0.99) for c in cells("requests", {**TABLE, **change})]
    said = doubted(REQUESTS, made, weigh(REQUESTS, made, []), [])
    warned = [key for issue in said if issue.severity == "warning" for key in issue.cells]
    assert any(fnmatch(named, key) for key in warned)
    assert doubted(REQUESTS, cells("requests", TABLE), [], []) == []


@pytest.mark.parametrize("empty", [False, True], ids=["totals only", "no totals"])
def test_a_picture_with_one_side_of_every_sum_empty_is_no_doubt(empty: bool) -> None:
    """Where no row of a table says who asked, or none says how many in all, nothing is contradicted."""
    blank = {key: None for key in REQUESTS.cells if (key[1] == "total") is empty}
    made = [c._replace(score=0.99) for c in cells("requests", {**TABLE, **blank})]
    assert doubted(REQUESTS, made, [], []) == []


def test_a_picture_with_a_total_empty_here_and_there_is_no_doubt() -> None:
    """Only rows of sums print a total, and the columns confirm the rest; of one such row alone the total may have been missed."""
    parts = set(REQUESTS.within) - {"new_received", "carried_in", "total_disposed", "carried_out"}
    blank = {key: None for key in REQUESTS.cells if key[0] in parts and (key[1] == "total" or not TABLE[key])}
    made = [c._replace(score=0.99) for c in cells("requests", {**TABLE, **blank})]
    assert doubted(REQUESTS, made, [], []) == []
    alone = [c._replace(score=0.99) for c in cells("requests", {**TABLE, ("granted", "total"): None})]
    assert "requests.granted.total" in [key for issue in doubted(REQUESTS, alone, [], []) for key in issue.cells]
    wrong = [c._replace(score=0.99) for c in cells("requests", {**TABLE, **blank, ("granted", "business"): 1})]
    assert "requests.granted.business" in [key for issue in doubted(REQUESTS, wrong, [], []) for key in issue.cells]


@pytest.mark.parametrize(("unsure", "change", "severity"), [
    ([("granted", "business")], {}, "info"),
    ([("granted", "business")], {("granted", "business"): 1}, "warning"),
    ([("granted", "business"), ("granted", "total"), ("total_disposed", "business")], {}, "warning"),
    ([("granted", "research")], dict.fromkeys(REQUESTS.cells), "warning"),
], ids=["confirmed", "contradicted", "both sides unsure", "nothing printed"])  # fmt: skip
def test_a_doubt_of_the_recogniser_names_its_cell(unsure: list[Key], change: dict, severity: str) -> None:
    """It is a note where a sum with no other cell in doubt confirms the number; other issues stay as they are."""
    made = cells("requests", {**TABLE, **change})
    where = {(c.item, c.measure): c.locator for c in made}
    said = [Issue("recogniser-unsure", "warning", "", where[key]) for key in unsure]
    other = Issue("recogniser-unsure", "warning", "", "page=9")
    found = list(at_cells([*said, other], made, [REQUESTS]))
    assert found[-1] == other
    assert [(i.severity, i.cells) for i in found[:1]] == [(severity, (f"requests.{unsure[0][0]}.{unsure[0][1]}",))]
