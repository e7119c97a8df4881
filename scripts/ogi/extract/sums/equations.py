"""Equations over counts: does one hold, which number mends it, which cuts of runs satisfy several together.

Comes in: identities of a form, values by cell. Goes out: truths, numbers, choices. Must not know: text, documents, statuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, product

from ogi.forms import Identity, Key, TableForm
from ogi.model import Cell

MAX_NODES = 60_000  # choices tried before a search gives up honestly
LONG_RUN = 21  # digits of which every cut is tried

Cut = tuple[int, ...]


def counts(cells: Iterable[Cell]) -> dict[Key, int]:
    """The whole numbers among cells by key, empty ones being zeros."""
    return {(c.item, c.measure): int(c.value or 0) for c in cells if c.value is None or c.value == int(c.value)}


def holds(identity: Identity, values: Mapping[Key, Decimal | int]) -> bool | None:
    """None where a term is not known."""
    try:
        return sum(map(values.__getitem__, identity.left)) == sum(map(values.__getitem__, identity.right))
    except KeyError:
        return None


def all_hold(form: TableForm, numbers: Sequence[Decimal]) -> bool:
    """Whether every identity holds in a table with these numbers, one for each of the form's cells."""
    number = numbers.__getitem__
    return all(sum(map(number, left)) == sum(map(number, right)) for left, right in form.sums)


def mend(rule: Identity, key: Key, values: Mapping[Key, int]) -> int | None:
    """The number that this cell must hold for the identity to hold; None if that is no count."""
    rest = sum(values[k] for k in rule.left if k != key) - sum(values[k] for k in rule.right if k != key)
    number = rest if key in rule.right else -rest
    return number if number >= 0 else None


def plain(run: str) -> str:
    """The digits of a run, without its marks of thousands."""
    return run.replace(",", "")


def spells(numbers: Cut, run: str) -> bool:
    """Whether the run is these numbers, each printed with all of its marks of thousands or with none."""
    at = 0
    for number in numbers if "," in run else ():
        text = next((t for t in (f"{number:,}", str(number)) if run.startswith(t, at)), None)
        if text is None:
            return False
        at += len(text)
    return "," not in run or at == len(run)


def cut(digits: str, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to cut a run into so many numbers without leading zeros."""
    if parts == 1:
        if digits and (digits == "0" or digits[0] != "0"):
            yield (int(digits),)
        return
    longest = 1 if digits[:1] == "0" else len(digits) - parts + 1
    for size in range(1, longest + 1):
        for rest in cut(digits[size:], parts - 1):
            yield (int(digits[:size]), *rest)


def adding_up(digits: str, parts: int) -> Iterator[Cut]:
    """The ways to cut a run whose last number is the sum of the others."""
    for size in range(1, len(digits) - parts + 2):
        total = digits[-size:]
        if size == 1 or total[0] != "0":
            for numbers in _summing(digits[:-size], parts - 1, int(total)):
                yield (*numbers, int(total))


def _summing(digits: str, parts: int, total: int) -> Iterator[Cut]:
    if parts == 1:
        if digits == str(total):
            yield (total,)
        return
    if parts * 10 ** (len(digits) - parts + 1) < total:
        return  # even the longest numbers are too small
    longest = 1 if digits[:1] == "0" else min(len(str(total)), len(digits) - parts + 1)
    for size in range(1, longest + 1):
        first = int(digits[:size])
        if first > total:
            return
        for rest in _summing(digits[size:], parts - 1, total - first):
            yield (first, *rest)


def adds_up_only_as(digits: str, parts: int) -> bool:
    """Whether a run, if it is no longer than `LONG_RUN`, has a cut into so many numbers whose last is the sum of the others, and
    none into fewer numbers."""
    return len(digits) <= LONG_RUN and [n for n in range(2, parts + 1) if next(adding_up(digits, n), None)] == [parts]


def spelling(digits: str, numbers: Cut, wrong: int) -> Iterator[Cut]:
    """The ways to cut a run into these numbers but for exactly `wrong` of them, which are others."""
    if not numbers:
        if not digits and not wrong:
            yield ()
        return
    if len(digits) < len(numbers) or wrong > len(numbers):
        return
    longest = 1 if digits[0] == "0" else len(digits) - len(numbers) + 1
    wanted = str(numbers[0])
    for size in range(1, longest + 1) if wrong else [len(wanted)]:
        if digits[:size] == wanted:
            rests = spelling(digits[size:], numbers[1:], wrong)
        elif wrong:
            rests = spelling(digits[size:], numbers[1:], wrong - 1)
        else:
            return
        for rest in rests:
            yield (int(digits[:size]), *rest)


def join(
    options: Mapping[str, list[tuple[int, ...]]],
    measures: Mapping[str, tuple[str, ...]],
    known: Mapping[Key, int],
    rules: Sequence[Identity],
    most: int = 64,
) -> tuple[list[dict[str, tuple[int, ...]]], bool]:
    """Every choice of one cut a run under which all `rules` hold; a rule is tried as soon as its last run is chosen."""
    order = sorted(options, key=lambda item: (len(options[item]), item))
    ready: list[list[Identity]] = [[] for _ in order]
    for rule in rules:
        touched = [order.index(k[0]) for k in (*rule.left, *rule.right) if k[0] in options]
        if touched:
            ready[max(touched)].append(rule)
        elif not holds(rule, known):
            return [], True
    values = dict(known)
    chosen: dict[str, tuple[int, ...]] = {}
    solutions: list[dict[str, tuple[int, ...]]] = []
    nodes = 0

    def walk(depth: int) -> bool:
        nonlocal nodes
        if depth == len(order):
            solutions.append(dict(chosen))
            return len(solutions) < most
        item = order[depth]
        for numbers in options[item]:
            nodes += 1
            if nodes > MAX_NODES:
                return False
            for measure, number in zip(measures[item], numbers, strict=True):
                values[(item, measure)] = number
            if all(holds(rule, values) for rule in ready[depth]):
                chosen[item] = numbers
                if not walk(depth + 1):
                    return False
        return True

    return (solutions, True) if walk(0) else (solutions, False)


def block_cuts(digits: str, blocks: int, per: int, wrong: int = 0, most: int = 8) -> list[Cut]:
    """Every cut into blocks whose last number is the sum of the others, but for at most `wrong` of them; stops at `most`."""
    found: list[Cut] = []

    def walk(at: int, left: int, taken: tuple[Cut | str, ...]) -> None:
        if len(found) >= most:
            return
        if left == 0:
            if at == len(digits):
                found.extend(islice(_spelt(taken, per), most - len(found)))
            return
        limit = len(digits) - (left - 1) * per
        for end, numbers in _blocks_at(digits, at, per, limit):
            walk(end, left - 1, (*taken, numbers))
        if sum(isinstance(block, str) for block in taken) < wrong:
            for end in range(at + per, limit + 1):
                walk(end, left - 1, (*taken, digits[at:end]))

    walk(0, blocks, ())
    return found


def adds_up_short(digits: str, blocks: int, per: int) -> bool:
    """Whether every block adds up in some cut into fewer numbers, where those not printed are zeros."""
    reached = {(0, 0)}  # where a block may end, and how many numbers are printed before
    for _ in range(blocks):
        ended = set(reached)
        for at, count in reached:
            ended |= {(at + 1, count + 1)} if digits[at : at + 1] == "0" else set()
            for size in range(2, per + 1):
                ended |= {(end, count + size) for end, _ in _blocks_at(digits, at, size, len(digits))}
        reached = ended
    return any(at == len(digits) and count < blocks * per for at, count in reached)


def _spelt(blocks: tuple[Cut | str, ...], per: int) -> Iterator[Cut]:
    """The blocks as one cut, for every way to cut those that are still digits and then do not add up."""
    ways = [
        [numbers for numbers in cut(block, per) if sum(numbers[:-1]) != numbers[-1]] if isinstance(block, str) else [block]
        for block in blocks
    ]
    for chosen in product(*ways):
        yield tuple(number for block in chosen for number in block)


def _blocks_at(digits: str, at: int, per: int, limit: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The blocks that can start at `at`: numbers whose sum is printed right after them."""

    def parts(pos: int, numbers: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
        if len(numbers) == per - 1:
            total = str(sum(numbers))
            if digits.startswith(total, pos) and pos + len(total) <= limit:
                yield pos + len(total), (*numbers, int(total))
            return
        longest = 1 if digits[pos : pos + 1] == "0" else min(6, limit - pos)
        for size in range(1, longest + 1):
            if pos + size <= limit:
                yield from parts(pos + size, (*numbers, int(digits[pos : pos + size])))

    yield from parts(at, ())
