"""Reviews that ran together: cut by their sums, also where the agency added one block wrongly, and never beyond proof."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from ogi.extract.cells.review_runs import from_run
from ogi.extract.rows.locate import Row
from ogi.forms import load
from ogi.model import GridCell, Issue

FORM = load().table("2021-30", "reviews")


def run(digits: str) -> tuple[list[Decimal | None], list[Issue]]:
    """What is read of a line of digits."""
    row = Row("reviews", (), (GridCell(digits, 1, 1, "line=1"),), "line=1", 0, joined=True)
    cells, issues = from_run(FORM, row, blanks_dropped=False)
    return [cell.value for cell in cells], issues


def test_one_wrong_block_is_read_where_two_add_up_and_leave_one_reading() -> None:
    """«11» is no sum of noughts: the agency's error stays printed, and no number becomes null."""
    values, (issue,) = run("0000110200200033")
    assert values == [0, 0, 0, 0, 11, 0, 2, 0, 0, 2, 0, 0, 0, 3, 3]
    assert issue.severity == "info"


def test_what_all_readings_share_is_read_and_the_rest_is_doubted() -> None:
    """13/1/10/8 or 13/11/0/8: two cells stay open, the thirteen others are proven."""
    values, issues = run("131108320000000003")
    assert values == [13, None, None, 8, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]
    (doubt,) = [issue for issue in issues if issue.severity == "warning"]
    assert doubt.cells == ("reviews.review.corrected", "reviews.review.other")


def test_a_zero_that_may_be_lost_leaves_all_open() -> None:
    """Fourteen numbers that add up with one nought more are no agency's error."""
    whole = [12, 0, 3, 0, 15, 0, 4, 0, 0, 4, 20, 0, 1, 0, 21]
    assert run("".join(map(str, whole)))[0] == whole
    assert set(run("".join(map(str, [*whole[:6], *whole[7:]])))[0]) == {None}


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_read_that_was_not_printed(seed: int) -> None:
    """Random blocks, one of them added wrongly: each cell has its number or none."""
    random = Random(seed)
    blocks = []
    for _ in range(3):
        parts = [random.choice((0, 0, 0, random.randint(1, 9), random.randint(10, 60))) for _ in range(4)]
        blocks.append([*parts, sum(parts)])
    random.choice(blocks)[4] += random.choice((1, 2, 10))
    printed = [number for block in blocks for number in block]
    values, _ = run("".join(map(str, printed)))
    assert all(value in (None, number) for value, number in zip(values, printed, strict=True))
