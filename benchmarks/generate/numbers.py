"""Numbers that obey the form: every identity holds, most cells are zero, some are large.

Comes in: a random generator and the templates. Goes out: a value for every cell. Must not know: layout, text.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from benchmarks.generate.labels import blocks, outcome_items, parties, review_columns
from benchmarks.generate.model import Key

Numbers = dict[Key, Decimal]

# Share of reports by the size of what they received: most bodies get nothing or very little.
_SIZES = ((0.25, 0, 0), (0.35, 1, 9), (0.22, 10, 99), (0.12, 100, 999), (0.06, 1000, 4200))
_PARTY_WEIGHTS = (80, 12, 2, 2, 3, 4)


def numbers(rng: Random, templates: Mapping[str, str], carried: Mapping[str, int] | None = None) -> Numbers:
    """Consistent values for the tables named in `templates`; `carried` is what came over from last year."""
    out: Numbers = {}
    if "disclosures" in templates:
        out |= _disclosures(rng, templates["disclosures"])
    if "requests" in templates:
        out |= _requests(rng, templates["requests"], carried)
    if "reviews" in templates:
        out |= _reviews(rng)
    return out


def _size(rng: Random, shrink: int = 1) -> int:
    shares = [share for share, _, _ in _SIZES]
    _, low, high = rng.choices(_SIZES, shares)[0]
    return rng.randint(low, high) // shrink


def _requests(rng: Random, template: str, given: Mapping[str, int] | None) -> Numbers:
    outcomes = outcome_items(template)
    usual = rng.sample(outcomes, k=rng.randint(3, 9))
    weights = [
        rng.choice((5, 20, 60)) if item in usual else (1 if rng.random() < 0.1 else 0) for item in outcomes
    ]
    received, carried = _size(rng), _size(rng, 8)
    out: Numbers = {}
    arrived, waiting = _split(rng, received, _PARTY_WEIGHTS), _split(rng, carried, _PARTY_WEIGHTS)
    for new, drawn, party in zip(arrived, waiting, parties(), strict=True):
        old = drawn if given is None else given[party]
        left = rng.randint(0, (new + old) // 5) if new + old > 4 else min(new, int(rng.random() < 0.15))
        counts = dict(zip(outcomes, _split(rng, new + old - left, weights), strict=True))
        counts |= {
            "new_received": new,
            "carried_in": old,
            "total_disposed": new + old - left,
            "carried_out": left,
        }
        out |= {("requests", item, party): Decimal(n) for item, n in counts.items()}
    for item in dict.fromkeys(key[1] for key in out):
        out["requests", item, "total"] = sum((out["requests", item, p] for p in parties()), Decimal(0))
    return out


def _reviews(rng: Random) -> Numbers:
    out: Numbers = {}
    for item in ("review", "direct", "after_review"):
        high = rng.choices((0, 3, 25, 140), (55, 25, 15, 5))[0]
        counts = [rng.randint(0, high) if rng.random() < 0.6 else 0 for _ in range(4)]
        for (measure, _), n in zip(review_columns(), [*counts, sum(counts)], strict=True):
            out["reviews", item, measure] = Decimal(n)
    return out


def _disclosures(rng: Random, template: str) -> Numbers:
    out: Numbers = {}
    for block in blocks(template):
        for item, _ in block.rows:
            for measure, _ in block.columns:
                out["disclosures", item, measure] = _disclosed(rng, item, measure)
    for item in ("regulations", "normative_documents"):
        made, repealed, valid = (("disclosures", item, m) for m in ("made", "repealed", "in_force"))
        if made in out:
            out[valid] += out[made]
            out[repealed] = min(out[repealed], out[valid])
    return out


def _disclosed(rng: Random, item: str, measure: str) -> Decimal:
    if rng.random() < (0.85 if item == "regulations" else 0.35):
        return Decimal(0)
    if measure == "amount":
        return _money(rng)
    if measure == "change":
        return Decimal(rng.choice((-1, 1)) * rng.randint(1, 90))
    if measure == "decisions":
        return Decimal(rng.choice((rng.randint(1, 99), rng.randint(100, 9999), rng.randint(10000, 310000))))
    if measure in ("in_force", "total_disclosed", "items_prev"):
        return Decimal(rng.randint(1, 480))
    return Decimal(rng.randint(1, 60))


def _money(rng: Random) -> Decimal:
    places = rng.choice((0, 0, 1, 2, 2, 3, 4, 6))
    return Decimal(rng.randint(1, 9_999_999)).scaleb(-places) if places else Decimal(rng.randint(1, 90_000))


def _split(rng: Random, total: int, weights: tuple[int, ...] | list[int]) -> list[int]:
    """`total` thrown into as many boxes as there are weights."""
    counts = [0] * len(weights)
    usable = weights if any(weights) else [1] * len(weights)
    for box in rng.choices(range(len(weights)), usable, k=total):
        counts[box] += 1
    return counts
