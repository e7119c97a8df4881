"""The three tables of the form as rows of real cells with their spans.

Comes in: printed cells, the labels after the oddities, the names of layout oddities. Goes out: `Layout`s.
Must not know: file formats, how the numbers came about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from benchmarks.generate.labels import (
    Block,
    Group,
    blocks,
    groups,
    pairs,
    review_columns,
    review_labels,
    word,
)
from benchmarks.generate.model import Box, Key, Layout, Row, TrueCell

Label = Callable[[str], str]
Printed = Mapping[Key, TrueCell]
_SIX = 6  # value columns of the disclosures table: divides by one, two and three


def layouts(
    rng: Random, templates: Mapping[str, str], printed: Printed, label: Label, oddities: tuple[str, ...]
) -> dict[str, tuple[Layout, ...]]:
    """Each table of the report, in one or several pieces."""
    out: dict[str, tuple[Layout, ...]] = {}
    if "disclosures" in templates:
        out["disclosures"] = _disclosures(rng, templates["disclosures"], printed, label, oddities)
    if "requests" in templates:
        out["requests"] = _requests(rng, templates["requests"], printed, label, oddities)
    if "reviews" in templates:
        out["reviews"] = (_reviews(printed, label),)
    return out


def _value(printed: Printed, key: Key, colspan: int = 1) -> Box:
    return Box(printed[key].raw, colspan=colspan, key=key)


def _disclosures(
    rng: Random, template: str, printed: Printed, label: Label, oddities: tuple[str, ...]
) -> tuple[Layout, ...]:
    widths = (30, *[9] * _SIX)
    pieces = [_block(b, printed, label) for b in blocks(template)]
    if "extra_row" in oddities and template == "2019-60":
        zeros = tuple(Box(rng.choice(("0", "12", "")), colspan=2) for _ in range(3))
        pieces[0] = (*pieces[0], (Box(word("extra_row"), head=True), *zeros))
    if "in_pieces" in oddities:
        return tuple(Layout("disclosures", rows, widths) for rows in pieces)
    return (Layout("disclosures", tuple(row for rows in pieces for row in rows), widths),)


def _block(block: Block, printed: Printed, label: Label) -> tuple[Row, ...]:
    span = _SIX // len(block.columns)
    rows: list[Row] = [
        (Box(label(block.heading), colspan=_SIX + 1, head=True),),
        (
            Box(label(word("corner")), head=True),
            *(Box(label(text), colspan=span, head=True) for _, text in block.columns),
        ),
    ]
    for item, text in block.rows:
        values = (_value(printed, ("disclosures", item, m), span) for m, _ in block.columns)
        rows.append((Box(label(text), head=True), *values))
    return tuple(rows)


def _requests(
    rng: Random, template: str, printed: Printed, label: Label, oddities: tuple[str, ...]
) -> tuple[Layout, ...]:
    head = _applicants(label)
    received = [
        _line(printed, item, Box(label(text), colspan=3, head=True)) for item, text in pairs("received")
    ]
    body = _outcomes(template, printed, label, merged="merged_groups" in oddities)
    disposed, carried = pairs("closing")
    body.append(_line(printed, disposed[0], Box(label(disposed[1]), colspan=2, head=True)))
    cut = rng.randint(3, len(body) - 3) if "repeat_outcome" in oddities else len(body)
    body[0] = (Box(label(word("outcome")), rowspan=cut, head=True), *body[0])
    if cut < len(body):
        cut_group = _cut_groups(body, cut, label)
        body = cut_group
        body[cut] = (Box(label(word("outcome")), rowspan=len(body) - cut, head=True), *body[cut])
    last = _line(printed, carried[0], Box(label(carried[1]), colspan=3, head=True))
    widths = (7, 11, 26, *[8] * 7)
    if "split_table" in oddities:
        return (Layout("requests", (*head, *received), widths), Layout("requests", (*body, last), widths))
    return (Layout("requests", (*head, *received, *body, last), widths),)


def _applicants(label: Label) -> tuple[Row, ...]:
    columns = pairs("columns")
    return (
        (
            Box(word("note"), rowspan=3, colspan=3, head=True),
            Box(label(word("applicants")), colspan=7, head=True),
        ),
        (
            Box(label(columns[0][1]), rowspan=2, head=True),
            Box(label(word("organisations")), colspan=5, head=True),
            Box(label(columns[-1][1]), rowspan=2, head=True),
        ),
        tuple(Box(label(text), head=True) for _, text in columns[1:-1]),
    )


def _line(printed: Printed, item: str, *labels: Box) -> Row:
    return (*labels, *(_value(printed, ("requests", item, m)) for m, _ in pairs("columns")))


def _outcomes(template: str, printed: Printed, label: Label, merged: bool) -> list[Row]:
    rows = [_line(printed, item, Box(label(text), colspan=2, head=True)) for item, text in pairs("single")]
    for group in groups(template):
        rows += _merged(group, printed, label) if merged else _grouped(group, printed, label)
    return rows


def _grouped(group: Group, printed: Printed, label: Label) -> list[Row]:
    if len(group.rows) == 1:
        return [_line(printed, group.rows[0][0], Box(label(group.label), colspan=2, head=True))]
    rows = []
    for n, (item, text) in enumerate(group.rows):
        first = (Box(label(group.label), rowspan=len(group.rows), head=True),) if n == 0 else ()
        rows.append(_line(printed, item, *first, Box(label(text), head=True)))
    return rows


def _merged(group: Group, printed: Printed, label: Label) -> list[Row]:
    """The group's own cell is missing: its label stands before that of its first row."""
    rows = []
    for n, (item, text) in enumerate(group.rows):
        own = label(group.label) + ("\n" if text else "") if n == 0 else ""
        rows.append(_line(printed, item, Box(own + label(text), colspan=2, head=True)))
    return rows


def _cut_groups(body: list[Row], cut: int, label: Label) -> list[Row]:
    """A group that the cut goes through is named again after it, as Word does not but CMS editors do."""
    out = list(body)
    for r in range(cut):
        for n, box in enumerate(out[r]):
            over = r + box.rowspan - cut
            if box.rowspan < cut and box.rowspan > 1 and over > 0:
                out[r] = (
                    *out[r][:n],
                    Box(box.text, box.rowspan - over, box.colspan, head=True),
                    *out[r][n + 1 :],
                )
                out[cut] = (Box(box.text, over, box.colspan, head=True), *out[cut])
    return out


def _reviews(printed: Printed, label: Label) -> Layout:
    words, columns = review_labels(), review_columns()
    names = tuple(Box(label(text), head=True) for _, text in columns)
    items = ("review", "direct", "after_review")
    rows: tuple[Row, ...] = (
        (
            Box(label(words["review"]), colspan=5, head=True),
            Box(label(words["suits"]), colspan=10, head=True),
        ),
        (
            *(Box(b.text, rowspan=2, head=True) for b in names),
            Box(label(words["direct"]), colspan=5, head=True),
            Box(label(words["after_review"]), colspan=5, head=True),
        ),
        (*names, *names),
        tuple(_value(printed, ("reviews", i, m)) for i in items for m, _ in columns),
    )
    return Layout("reviews", rows, (6,) * 15)
