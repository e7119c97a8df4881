"""Ruling lines of a straightened page: found in its ink, and taken out of it.

Comes in: a page and its ink. Goes out: rules, and the page without them. Must not know: text, tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ogi.readers.page.ruled import Rule
from ogi.readers.scan.creases import Crease
from ogi.readers.scan.image import Grey, Upright, outlines

# parts of the page's longer side
GAP = 95  # at most between the pieces of one level rule
NARROW_GAP = 160  # and of an upright one: tables may follow each other closely
LOW, PALE_LOW = 30, 15  # strokes of characters are no longer; evened, those of two rows may run together
CLOSE = 50  # at most between pieces of a rule that a row has lost
ENDS = 390  # how near a rule's end stands to the rule that it ends at
IN_LINE = 3  # pixels by which the pieces of one rule may differ
SHORT_OF = 8  # pixels by which a pale level line may seem to end before a dark wall that it goes on to
NARROW_SHORT_OF = 2  # and an upright one, which a stroke of a character may look like
ALONG, THIN = 15, 11  # pixels over which a pale line is evened, and which it is thinner than
BESIDE = 8  # pixels from a fold, in which a rule may be taken out with it
PALEST = 14  # of 255, by which a pale line is darker than the paper beside it


def rules(page: Upright, pale: tuple[Sequence[Rule], Sequence[Rule]]) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical ruling lines in pixels, as the ink draws them; where they fade, as the palest lines do."""
    (level, upright), (pale_level, pale_upright) = _rules(_line_masks(page.ink)), pale
    long = max(page.size)
    return (
        healed(level, [*pale_level, *hidden(level, page.creases)], [*upright, *pale_upright], long // GAP, SHORT_OF),
        healed(upright, pale_upright, [*level, *pale_level], long // NARROW_GAP, NARROW_SHORT_OF),
    )


def pale_rules(page: Upright) -> tuple[list[Rule], list[Rule]]:
    """Rules however pale: what is thin, and a little darker than on both sides all along."""
    across = _opened(_thin(page.grey), max(page.size) // 26)
    down = _opened(_thin(np.ascontiguousarray(page.grey.T)), max(page.size) // 50)
    level, upright = _rules((across, np.ascontiguousarray(down.T)), PALE_LOW)
    if page.creases:
        level = healed(level, hidden(level, page.creases), upright, max(page.size) // GAP, SHORT_OF)
    return level, upright


def hidden(rules: Sequence[Rule], creases: Sequence[Crease]) -> list[Rule]:
    """Where level creases run so close to a level rule that they hide it, and it was taken out with them. Upright ones do so as
    well, but strokes of characters are too like a piece of an upright rule."""
    out = []
    for rule in rules:
        for x0, y0, x1, y1 in (c for c in creases if abs(c.x1 - c.x0) > abs(c.y1 - c.y0)):
            slope = (y1 - y0) / (x1 - x0) or 1e-9
            start, end = sorted(x0 + (rule.at + by - y0) / slope for by in (-BESIDE, BESIDE))
            if start < rule.end and rule.start < end:
                out.append(Rule(rule.at, max(start, x0), min(end, x1)))
    return out


def healed(
    rules: Sequence[Rule], pale: Sequence[Rule], crossing: Sequence[Rule], gap: float, short: int
) -> list[Rule]:
    """The rules with the pale ones that go on in their line up to another rule: a stroke of a character does not reach it."""
    more = []
    for p in pale:
        own = [
            r
            for r in rules
            if abs(p.at - r.at) <= IN_LINE and p.start <= r.end + gap and r.start <= p.end + gap
        ]
        if own:
            start, end = min(r.start for r in own), max(r.end for r in own)
            places = [c.at for c in crossing if c.start - gap <= p.at <= c.end + gap]
            first = min((at for at in places if p.start - short <= at < start), default=start)
            last = max((at for at in places if end < at <= p.end + short), default=end)
            at = max(own, key=lambda r: r.end - r.start).at
            more.append(Rule(at, max(first, min(p.start, start)), min(last, max(p.end, end))))
    return bridged([*rules, *more], gap)


def _rules(masks: tuple[Grey, Grey], low: int = LOW) -> tuple[list[Rule], list[Rule]]:
    across, down = masks
    long = max(across.shape)
    thick = long // 180
    level = [Rule(y + h / 2, x, x + w) for _, (x, y, w, h) in outlines(across) if h <= thick < w]
    upright = [Rule(x + w / 2, y, y + h) for _, (x, y, w, h) in outlines(down) if w <= thick < h]
    level, upright = bridged(level, long // GAP), bridged(upright, long // NARROW_GAP)
    return level, without_strokes(upright, level, long, low)


def bridged(rules: Sequence[Rule], gap: float) -> list[Rule]:
    """The rules, pieces in one line joined over a gap that a fold or a seal made: less than a line of text."""
    out: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.start):
        before = next(
            (n for n, r in enumerate(out) if abs(r.at - rule.at) <= IN_LINE and rule.start - r.end <= gap),
            None,
        )
        if before is None:
            out.append(rule)
        else:
            first = out[before]
            longer = max(first, rule, key=lambda r: r.end - r.start)
            out[before] = Rule(longer.at, first.start, max(first.end, rule.end))
    return out


def without_strokes(upright: Sequence[Rule], level: Sequence[Rule], long: int, low: int = LOW) -> list[Rule]:
    """The upright rules, strokes of characters in a low row left out: a rule as short as that ends at level ones, or goes on
    close by; under each other in labels alike stand strokes too."""

    def ends(rule: Rule, at: float) -> bool:
        return any(
            abs(r.at - at) <= long // ENDS and r.start <= rule.at + IN_LINE and r.end >= rule.at - IN_LINE
            for r in level
        )

    sure = [r for r in upright if r.end - r.start > long // low or (ends(r, r.start) and ends(r, r.end))]
    return [
        r
        for r in upright
        if r in sure
        or any(
            abs(o.at - r.at) <= IN_LINE and max(o.start - r.end, r.start - o.end) <= long // CLOSE for o in sure
        )
    ]


def without_rules(page: Upright, borders: Sequence[tuple[int, int, int, int]]) -> Upright:
    """The page with the rules along these boxes painted white, in pixels and in the mask.

    Strokes of characters may look like rules; only what runs along a border of a cell is one.
    """
    import cv2

    along = np.zeros_like(page.ink)
    for x0, top, x1, bottom in borders:
        cv2.rectangle(along, (x0, top), (x1, bottom), 1, thickness=11)
    across, down = _line_masks(page.ink)
    lines = cv2.dilate(across | down, np.ones((7, 7), np.uint8)) & along
    return replace(page, grey=np.where(lines, np.uint8(255), page.grey), ink=page.ink & ~lines & 1)


def _line_masks(ink: Grey) -> tuple[Grey, Grey]:
    import cv2

    across = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 4), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((4, 1), np.uint8))
    return _opened(across, max(ink.shape) // 26), cv2.morphologyEx(
        down, cv2.MORPH_OPEN, np.ones((max(ink.shape) // 50, 1), np.uint8)
    )


def _opened(mask: Grey, length: int) -> Grey:
    """Runs of that length along rows."""
    import cv2

    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))


def _thin(grey: Grey) -> Grey:
    """Where a level line a few pixels thick stands out, noise being evened along it."""
    import cv2

    even = cv2.blur(grey, (ALONG, 1))
    return (cv2.morphologyEx(even, cv2.MORPH_BLACKHAT, np.ones((THIN, 1), np.uint8)) > PALEST).astype(
        np.uint8
    )
