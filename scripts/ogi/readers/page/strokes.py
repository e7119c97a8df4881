"""Rules that strike characters out, told from the walls of tables and from underlines.

Comes in: the characters of a page and its horizontal rules. Goes out: the characters, those struck out marked so («3\u0336» is no
number), and the rules left. Must not know: tables, file formats.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ogi.readers.marked import struck
from ogi.readers.page.glyphs import Glyph
from ogi.readers.page.ruled import Rule, merge

THROUGH = (0.3, 0.72)  # where a stroke crosses a character, as a part of its height
TOUCHING = 1.0  # points between pieces of one stroke, or of one wall, at the most
LEVEL = 0.5  # points that such pieces may be off


def without_strokes(glyphs: list[Glyph], rules: list[Rule]) -> tuple[list[Glyph], list[Rule]]:
    """A stroke is as long as the characters that it crosses; a wall that runs through characters goes on beyond them."""
    high = [g[1] for g in glyphs]
    order = sorted(range(len(glyphs)), key=high.__getitem__)
    tops = [high[n] for n in order]
    tallest = max([g[3] - g[1] for g in glyphs], default=0.0)
    through: set[int] = set()
    strokes: list[Rule] = []
    for rule in merge(rules, TOUCHING, LEVEL):
        near = order[bisect_left(tops, rule.at - THROUGH[1] * tallest):bisect_right(tops, rule.at)]
        own = [n for n in near if THROUGH[0] < (rule.at - high[n]) / (glyphs[n][3] - high[n] or 1) < THROUGH[1]
               and rule.start < (glyphs[n][0] + glyphs[n][2]) / 2 < rule.end]
        if own and _covers(rule, [glyphs[n] for n in own]):
            through.update(own)
            strokes.append(rule)
    if not strokes:
        return glyphs, rules
    marked = [g._replace(text=struck(g.text)) if n in through else g for n, g in enumerate(glyphs)]
    return marked, [rule for rule in rules if not any(_part_of(rule, stroke) for stroke in strokes)]


def _covers(rule: Rule, glyphs: Sequence[Glyph]) -> bool:
    """Whether the rule is about as long as the characters: others run through by chance, or underline."""
    loose = 0.6 * (glyphs[0].bottom - glyphs[0].top)
    return (abs(rule.start - min(g.x0 for g in glyphs)) < loose
            and abs(rule.end - max(g.x1 for g in glyphs)) < loose)


def _part_of(rule: Rule, whole: Rule) -> bool:
    return (abs(rule.at - whole.at) <= 2 * LEVEL
            and rule.start >= whole.start - LEVEL and rule.end <= whole.end + LEVEL)
