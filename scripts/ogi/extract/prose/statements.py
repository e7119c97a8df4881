"""Numbers that the prose states: «全年收到政府信息公开申请23件» is applications_received 23 件.

Comes in: the sections of a report, its year, its agency's name where known. Goes out: `Statement`, in
reading order. Must not know: any table or cell value. Precision before reach: vague, partial, past and
others' numbers are refused. That there were none (未收到政府信息公开申请) is 0 without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from re import Match

from ogi.extract.glosses import glosses
from ogi.extract.prose.context import Sentence, clause_start, denies, holds
from ogi.extract.prose.lines import joined
from ogi.extract.prose.names import place_of
from ogi.extract.prose.numerals import number
from ogi.extract.prose.patterns import Kind, context, kinds
from ogi.forms import simplified
from ogi.model import Section, Statement

SENTENCE = re.compile(r"[^。;；!！?？\n\r]+[。;；!！?？]?")
PROSE_ONLY = ("annex",)
REPEATED = ("share", "change_on_year", "proposals")  # each of the number before it, or parted by who made them
DENIED = re.compile("未|没|无|不存在|0[件宗起例次条项个]|零")
OTHERS = re.compile("复议|诉讼|举报")  # what is applied for in these words is no information
LOOK_BACK = 6  # a list of outcomes goes on for some sentences without naming the requests again
SAME = str.maketrans("０１２３４５６７８９，；：（）％／．！？", "0123456789,;:()%/.!?")
MARKS = "“”‘’\"「」"  # round a word they mean nothing; what is long in them is a name
NO_MARKS = dict.fromkeys(map(ord, MARKS))
QUOTED = re.compile(r"《[^》]{0,60}》|[“\"][^”\"。]{5,40}[”\"]")


def find_statements(
    sections: Sequence[Section], year: int | None, agency: str | None = None
) -> tuple[Statement, ...]:
    """Every number that the prose plainly states of this agency and this year."""
    return tuple(s for _, some in by_sentence(sections, year, agency) for s in some)


def by_sentence(
    sections: Sequence[Section], year: int | None, agency: str | None = None
) -> Iterator[tuple[Sentence, tuple[Statement, ...]]]:
    """Every sentence of the prose with what it states. That there were none stands only where nowhere some are heard of."""
    heard: set[str] = set()
    if agency and place_of(agency) == agency:
        agency += "人民政府"
    told = [(sentence, (*_in_sentence(sentence, year, agency, heard),)) for sentence in _sentences(sections)]
    heard |= {s.kind for _, some in told for s in some if s.value > 0}
    if any(kind.endswith("_applications") for kind in heard):
        heard.add("applications_received")
    for sentence, some in told:
        yield sentence, tuple(s for s in some if s.unit is not None or s.kind not in heard)


def _sentences(sections: Sequence[Section]) -> Iterator[Sentence]:
    prose = [section for section in sections if section.section not in PROSE_ONLY]
    for section, whole in zip(prose, joined([section.text for section in prose]), strict=True):
        before: tuple[str, ...] = ()
        for piece in SENTENCE.finditer(whole):
            sounds = {piece.start() + i for i in glosses(piece[0])}
            kept = [
                (c, i) for i, c in enumerate(piece[0], piece.start()) if not c.isspace() and c != "\u200b" and i not in sounds
            ]
            text = simplified("".join(c for c, _ in kept)).translate(SAME)
            text = QUOTED.sub(lambda m: "□" * len(m[0]), text)
            places = tuple(i for (_, i), c in zip(kept, text, strict=True) if c not in MARKS)
            text = text.translate(NO_MARKS)
            if text:
                yield Sentence(text, places, section, before)
                before = (text, *before)[:LOOK_BACK]


def _in_sentence(sentence: Sentence, year: int | None, agency: str | None, heard: set[str]) -> Iterator[Statement]:
    taken: dict[tuple[int, int], Statement] = {}
    denied, counted = DENIED.search(sentence.text), context().counted.search(sentence.text)
    if not denied and not counted:
        return
    for kind in kinds(sentence.text, year):
        none = (m for p in kind.none for m in p.finditer(sentence.text) if denies(kind, m, sentence, year, agency))
        denial = next(none, None) if denied else None
        if denial:
            taken[denial.span()] = _statement(kind, sentence, denial, Decimal(0), None)
        if not counted:
            continue
        for pattern in kind.patterns:
            for match in pattern.finditer(sentence.text):
                span = match.span("n")
                if kind.whole and kind.none and number(match["n"]) and not OTHERS.search(match[0]):
                    heard.add(kind.code)  # perhaps of a part, or of another year: not none, for all we know
                if span not in taken and holds(kind, match, sentence, year, agency):
                    value = number(match["n"])
                    if value is None:
                        continue
                    fell = kind.fall.search(match[0]) is not None
                    taken[span] = _statement(kind, sentence, match, -value if fell else value, match["u"])
    whole: dict[str, int] = {}  # where the number of each kind was told first: what follows 其中 is a part of it
    for span in sorted(taken):
        kind_told = taken[span].kind
        if "其中" not in sentence.text[whole.setdefault(kind_told, span[0]) : span[0]] or kind_told in REPEATED:
            yield taken[span]


def _statement(kind: Kind, sentence: Sentence, match: Match[str], value: Decimal, unit: str | None) -> Statement:
    return Statement(
        kind.code,
        value,
        unit,
        sentence.printed(clause_start(sentence.text, match.start()), match.end()),
        sentence.section.section,
        kind.sums[0] if kind.sums else None,
        locator=sentence.section.locator,
    )
