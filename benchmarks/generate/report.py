"""One generated report: a seed and a form in, the report as laid out and its truth out.

Must not know: file formats (the writers), how the project reads. Same arguments, same report, on any machine.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import cast

from benchmarks.generate.labels import TEMPLATES, keys, pairs, parties, tree
from benchmarks.generate.model import Layout, Made, Text, Truth
from benchmarks.generate.numbers import Numbers, numbers
from benchmarks.generate.printing import VALUE_ODDITIES, print_numbers
from benchmarks.generate.prose import Who, headings, other, overview, preface, problems, title, who
from benchmarks.generate.tables import Label, layouts

LAYOUT_ODDITIES = (
    "header_breaks",
    "shifted",
    "arabic_headings",
    "repeat_outcome",
    "merged_groups",
    "in_pieces",
    "split_table",
    "extra_row",
    "long_notes",
    "hybrid",
    "no_reviews",
    "no_title",
    "short_title",
    "label_variants",
)
ODDITIES = (*VALUE_ODDITIES, *LAYOUT_ODDITIES)
BLANKING = ("blank_zeros", "blank_some", "blank_group", "blank_totals", "only_totals", "marks")
_AT_ODDS = (
    ("blank_totals", "only_totals"),
    ("repeat_outcome", "split_table"),
    ("repeat_outcome", "merged_groups"),
)
_NO_REVIEWS = "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"


def generate(
    seed: int,
    form: str | None = None,
    oddities: tuple[str, ...] | None = None,
    without: tuple[str, ...] = (),
    body: Who | None = None,
    year: int | None = None,
    before: Made | None = None,
) -> Made:
    """The report of this seed; what is not given (form, oddities, agency, year) is drawn from the seed.

    With the report of the year before: what that one carried over is what this one took over, and the
    documents in force are those of last year with what was made and repealed since.
    """
    rng = Random(f"report {seed}")
    drawn_form = rng.choice(TEMPLATES)
    form = form or drawn_form
    chosen = _draw(rng, without) if oddities is None else tuple(o for o in oddities if o not in without)
    drawn_year = rng.randint(2021, 2025) if form == "2021-30" else rng.choice((2019, 2020, 2020, 2022))
    templates = _templates(form, chosen)
    drawn = numbers(rng, templates, _carried(before))
    values = {key: drawn[key] for key in keys(templates)} | _rolled(drawn, before)
    printed = print_numbers(rng, values, chosen)
    bare = Truth(seed, form, chosen, "", None, year or drawn_year, templates, printed)
    return _compose(bare, rng, values, body or who(rng))


def _compose(bare: Truth, rng: Random, values: Numbers, body: Who) -> Made:
    """Title, preface, sections and tables around numbers already printed; the truth gets its names here."""
    oddities, year = bare.oddities, bare.year
    titled = body.short if "short_title" in oddities else body.name
    tables = layouts(rng, bare.templates, bare.cells, _labeller(rng, oddities), oddities)
    heads = headings(rng, oddities)
    blocks: list[Text | Layout] = [] if "no_title" in oddities else [Text(title(rng, titled, year), 1)]
    blocks += preface(rng, body, year, body.name)
    if "shifted" in oddities:
        first = "1、" if "arabic_headings" in oddities else "一、"
        blocks += [Text(first + "概述", 2), Text(f"{body.self_name}高度重视政府信息公开工作。")]
    prose = (overview(rng, body, year, values), (), (), (), problems(rng, body, year), other(rng, year))
    for n, (head, words) in enumerate(zip(heads, prose, strict=True)):
        blocks += [Text(head, 2), *words]
        name = {1: "disclosures", 2: "requests", 3: "reviews"}.get(n, "")
        blocks += tables.get(name, ())
        if name == "reviews" and name not in tables:
            blocks.append(Text(f"{year}年，{body.self_name}{_NO_REVIEWS}"))
    truth = replace(bare, agency=body.name, agency_printed=None if "no_title" in oddities else titled)
    return Made(truth, tuple(blocks), furniture=body.short, style=rng.randrange(1 << 30))


def _carried(before: Made | None) -> dict[str, int] | None:
    if before is None:
        return None
    cells = before.truth.cells
    return {party: int(cells["requests", "carried_out", party].value or 0) for party in parties()}


def _rolled(drawn: Numbers, before: Made | None) -> Numbers:
    """Documents in force, where both years' forms have a column for them."""
    out: Numbers = {}
    for item in ("regulations", "normative_documents"):
        made, repealed, valid = (("disclosures", item, m) for m in ("made", "repealed", "in_force"))
        if before is None or valid not in before.truth.cells or valid not in drawn:
            continue
        stock = (before.truth.cells[valid].value or Decimal(0)) + drawn[made]
        gone = min(drawn[repealed], stock)
        out |= {repealed: gone, valid: stock - gone}
    return out


def _draw(rng: Random, without: tuple[str, ...]) -> tuple[str, ...]:
    """None in a fifth of the reports, else a handful; two that contradict each other never meet."""
    pool = [o for o in ODDITIES if o not in without]
    chosen = rng.sample(pool, k=rng.randint(1, min(6, len(pool)))) if pool and rng.random() > 0.2 else []
    for first, second in _AT_ODDS:
        if first in chosen and second in chosen:
            chosen.remove(second)
    return tuple(o for o in ODDITIES if o in chosen)


def _templates(form: str, oddities: tuple[str, ...]) -> dict[str, str]:
    requests = "2019-60" if "hybrid" in oddities else form
    out = {"disclosures": form, "requests": requests, "reviews": form}
    if "no_reviews" in oddities:
        del out["reviews"]
    return out


def _labeller(rng: Random, oddities: tuple[str, ...]) -> Label:
    """How this report spells the labels: a few variants, words broken in the header, notes inside labels."""
    swaps: list[tuple[str, str]] = []
    if "label_variants" in oddities:
        variants = cast("dict[str, list[list[str]]]", tree()["variants"])
        for name in rng.sample(sorted(variants), k=rng.randint(1, 4)):
            swaps += [(a, b) for a, b in variants[name]]
    breaks = {}
    if "header_breaks" in oddities:
        broken = cast("dict[str, list[str]]", tree()["broken_headers"])
        breaks = {word: rng.choice(ways) for word, ways in broken.items() if rng.random() < 0.8}
    notes = dict(pairs("notes_in_labels")) if "long_notes" in oddities else {}

    def label(text: str) -> str:
        own = breaks.get(text, text) + notes.get(text, "")
        for old, new in swaps:
            own = _swap(own, old, new)
        return own

    return label


def _swap(text: str, old: str, new: str) -> str:
    """Replaces a word, but a row number only at the beginning, and never what is already replaced."""
    if old[0].isdigit():
        return new + text[len(old) :] if text.startswith(old) else text
    return text if new in text else text.replace(old, new)
