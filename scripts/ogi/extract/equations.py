"""Equations over counts: does one hold, which number mends it, which cuts of runs satisfy several together.

Comes in: identities of a form, values by cell. Goes out: truths, numbers, choices. Must not know: text, documents, statuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogi.forms import Identity, Key

MAX_NODES = 60_000  # choices tried before a search gives up honestly

Cut = tuple[int, ...]


def holds(identity: Identity, values: Mapping[Key, int]) -> bool | None:
    """None where a term is not known."""
    if any(k not in values for k in (*identity.left, *identity.right)):
        return None
    return sum(values[k] for k in identity.left) == sum(values[k] for k in identity.right)


def mend(rule: Identity, key: Key, values: Mapping[Key, int]) -> int | None:
    """The number that this cell must hold for the identity to hold; None if that is no count."""
    rest = sum(values[k] for k in rule.left if k != key) - sum(values[k] for k in rule.right if k != key)
    number = rest if key in rule.right else -rest
    return number if number >= 0 else None


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
