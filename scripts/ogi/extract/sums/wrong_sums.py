"""Runs of a table in which its agency added wrongly: the readings that leave the fewest wrong cells.

Comes in: runs, the cuts under which their rows add up, the certain values. Goes out: readings. Must not know: text, statuses.
All rows but one or two are read so that they add up; what the columns then demand of those, their digits must spell but for
the wrong cells. So every border is held by six columns, where it is not held by the row's own sum and two columns. Digits that
spell it without some of its zeros may have lost empty cells: such a row is left out of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from ogi.extract.sums.equations import Cut, holds, join, mend, spelling
from ogi.forms import Identity, Key, TableForm

MOST_WRONG = 2  # wrong cells beyond which a table tells nothing any more
MAX_TRIES = 6_000  # rows demanded or spelt before the search gives up honestly

Solutions = list[dict[str, Cut]]


def fewest_errors(
    form: TableForm,
    known: Mapping[Key, int],
    runs: Mapping[str, str],
    options: Mapping[str, Sequence[Cut]],
    checkable: Sequence[Identity],
) -> tuple[Solutions, bool]:
    """Every reading that some number of wrong cells, the smallest that does, brings in line with all identities.

    `options`: item -> the cuts under which its row adds up. The second value tells whether the search came to its end.
    """
    search = _Search(form, known, runs, options, checkable)
    return search.solutions(), search.tries < MAX_TRIES


@dataclass(frozen=True, slots=True)
class _Found:
    """A cut of every run but those that may have lost empty cells, and the numbers that the rows with wrong cells should hold."""

    reading: dict[str, Cut]
    wanted: dict[str, Cut]


@dataclass
class _Search:
    """The table: every row as what it may be while its own sum holds, and which rows cannot be that."""

    form: TableForm
    known: Mapping[Key, int]
    runs: Mapping[str, str]
    options: Mapping[str, Sequence[Cut]]
    checkable: Sequence[Identity]
    tries: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.measures = {item.code: item.measures for item in self.form.items}
        self.sums = self.form.within
        self.touching = {
            item: [i for i in self.checkable if any(k[0] == item for k in (*i.left, *i.right))]
            for item in self.measures
        }

    def solutions(self) -> Solutions:
        bad = [
            item
            for item, rule in self.sums.items()
            if (not self.options[item] if item in self.runs else holds(rule, self.known) is False)
        ]
        for wrong in range(max(1, len(bad)), MOST_WRONG + 1):
            found: list[_Found] = []
            for rows in self._choices(bad, wrong):
                found += self._read(rows, wrong)
                if self.tries >= MAX_TRIES:
                    return []
            if found:
                fewest = min(self._sums_broken(one.reading) for one in found)
                best = [one for one in found if self._sums_broken(one.reading) == fewest or not one.wanted]
                readings = [*(one.reading for one in best), *self._rivals(min(best, key=self._off), wrong)]
                return list({tuple(sorted(r.items())): r for r in readings}.values())
        return []

    def _sums_broken(self, reading: Mapping[str, Cut]) -> int:
        return sum(holds(self.sums[item], self._row(item, cut)) is False for item, cut in reading.items())

    def _off(self, found: _Found) -> int:
        return sum(_off(found.reading[row], wanted) for row, wanted in found.wanted.items() if row in self.runs)

    def _rivals(self, found: _Found, wrong: int) -> Iterator[dict[str, Cut]]:
        """The readings with one more wrong cell in a row that are off by less: they may be the true ones as well."""
        for row, wanted in found.wanted.items():
            if row in self.runs:
                least = _off(found.reading[row], wanted)
                for cut in spelling(self.runs[row], wanted, wrong - len(found.wanted) + 2):
                    if _off(cut, wanted) < least:
                        yield {**found.reading, row: cut}

    def _choices(self, bad: Sequence[str], wrong: int) -> Iterator[tuple[str, ...]]:
        """The rows that may hold the wrong cells: those that must, and one more run that adds up as cut otherwise."""
        if len(bad) < 2:
            yield from ((item,) for item in (bad or self.sums))
        if len(bad) == wrong == 2:
            yield tuple(bad)
        if len(bad) == 1 and wrong == 2:
            yield from ((bad[0], other) for other in self.runs if other not in bad and not self._one_way(other))

    def _one_way(self, item: str) -> bool:
        return len(self.runs[item]) == len(self.measures[item])

    def _read(self, rows: tuple[str, ...], wrong: int) -> Iterator[_Found]:
        """The readings in which these rows hold the wrong cells and no others do."""
        others = {item: list(cuts) for item, cuts in self.options.items() if item not in rows}
        apart = [i for i in self.checkable if not any(i in self.touching[row] for row in rows)]
        combinations, complete = join(others, self.measures, self.known, apart, MAX_TRIES)
        if not complete:
            self.tries = MAX_TRIES
        for chosen in combinations:
            values = dict(self.known)
            for item, numbers in chosen.items():
                values.update(self._row(item, numbers))
            for row in rows:
                values.update(dict.fromkeys(((row, m) for m in self.measures[row]), 0))
            for wanted in self._demanded(rows, values):
                if any(_spells_but_zeros(self.runs[row], wanted[row]) for row in rows if row in self.runs):
                    yield _Found(chosen, {})
                    continue
                spelt = [list(self._spelling(row, wanted[row], wrong - len(rows) + 1)) for row in rows]
                for ways in product(*spelt):
                    read = dict(zip(rows, ways, strict=True))
                    runs = {row: cut for row, cut in read.items() if row in self.runs}
                    yield _Found({**chosen, **runs}, wanted)
            if self.tries >= MAX_TRIES:
                return

    def _demanded(self, rows: tuple[str, ...], values: dict[Key, int]) -> Iterator[dict[str, Cut]]:
        """What these rows must hold for every identity to be true."""
        if len(rows) == 1:
            sole = self._demand(rows[0], self.touching[rows[0]], values)
            if sole:
                yield {rows[0]: sole}
            return
        first, second = sorted(rows, key=lambda row: len(self.runs.get(row, "")))
        for one, two in ((first, second), (second, first)):
            alone = [i for i in self.touching[one] if i not in self.touching[two]]
            if {k[1] for i in alone for k in (*i.left, *i.right)} >= {*self.measures[one]}:
                tries: Iterator[Cut] = filter(None, [self._demand(one, alone, values)])
                break
        else:
            one, two = first, second
            tries = self._with_one_wrong(one, two, values)
        for numbers in tries:
            after = {**values, **self._row(one, numbers)}
            other = self._demand(two, self.touching[two], after)
            if other and self._demand(one, self.touching[one], {**after, **self._row(two, other)}) == numbers:
                yield {one: numbers, two: other}

    def _demand(self, row: str, rules: Sequence[Identity], values: Mapping[Key, int]) -> Cut | None:
        """The row as these identities and its own sum demand it; None where they contradict each other or leave a gap."""
        self.tries += 1
        wanted: dict[str, int] = {}
        for rule in rules:
            key = next(k for k in (*rule.left, *rule.right) if k[0] == row)
            number = mend(rule, key, values)
            if number is None or wanted.setdefault(key[1], number) != number:
                return None
        if set(wanted) != set(self.measures[row]):
            return None
        numbers = tuple(wanted[m] for m in self.measures[row])
        return numbers if holds(self.sums[row], self._row(row, numbers)) else None

    def _with_one_wrong(self, row: str, other: str, values: Mapping[Key, int]) -> Iterator[Cut]:
        """Every cut of the row with one number put right, as far as the columns leave anything for the other row."""
        shared = [i for i in self.touching[row] if i in self.touching[other]]
        most = {}
        for rule in shared:
            key = next(k for k in (*rule.left, *rule.right) if k[0] == row)
            most[key[1]] = mend(rule, key, values)
        seen = set()
        for cut_ in self._cuts(row, [most.get(m) for m in self.measures[row]]):
            printed = self._row(row, cut_)
            for measure in self.measures[row]:
                number = mend(self.sums[row], (row, measure), printed)
                if number is not None and number != printed[row, measure]:
                    seen.add(tuple(number if m == measure else printed[row, m] for m in self.measures[row]))
        yield from seen

    def _cuts(self, row: str, most: Sequence[int | None]) -> Iterator[Cut]:
        """The ways to cut the row in which at most one number is more than its column leaves."""
        if row not in self.runs:
            yield tuple(self.known[row, m] for m in self.measures[row])
            return

        def walk(digits: str, at: int, over: bool) -> Iterator[Cut]:
            self.tries += 1
            if self.tries >= MAX_TRIES:
                return
            if at == len(most):
                if not digits:
                    yield ()
                return
            left = len(most) - at - 1
            longest = 1 if digits[:1] == "0" else len(digits) - left
            for size in range(1 if left else max(1, len(digits)), longest + 1):
                number, limit = int(digits[:size]), most[at]
                more = limit is not None and number > limit
                if not (more and over):
                    for rest in walk(digits[size:], at + 1, over or more):
                        yield (number, *rest)

        yield from walk(self.runs[row], 0, over=False)

    def _spelling(self, row: str, wanted: Cut, wrong: int) -> Iterator[Cut]:
        """The ways in which the printed row is the demanded one but for `wrong` cells."""
        self.tries += 1
        if row in self.runs:
            yield from spelling(self.runs[row], wanted, wrong)
            return
        printed = tuple(self.known[row, m] for m in self.measures[row])
        if sum(p != w for p, w in zip(printed, wanted, strict=True)) == wrong:
            yield printed

    def _row(self, item: str, numbers: Cut) -> dict[Key, int]:
        return {(item, m): v for m, v in zip(self.measures[item], numbers, strict=True)}


def _off(numbers: Cut, wanted: Cut) -> int:
    """By how much some numbers are wrong, all together."""
    return sum(abs(n - w) for n, w in zip(numbers, wanted, strict=True))


def _spells_but_zeros(run: str, numbers: Cut) -> bool:
    """Whether a run is these numbers, some of the zeros among them not printed."""
    return re.fullmatch("".join(str(n) if n else "0?" for n in numbers), run) is not None
