"""Numbers that the prose states: «全年收到政府信息公开申请23件» is applications_received 23 件.

Comes in: the sections of a report, its year, its agency's name where known. Goes out: `Statement`, in reading order.
Must not know: any table or cell value. Precision before reach: vague, partial, past and others' numbers are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import Match

from ogi.extract.numerals import number
from ogi.extract.statement_patterns import Kind, context, denials, kinds
from ogi.model import Section, Statement

SENTENCE = re.compile(r"[^。;；!！?？\n\r]+[。;；!！?？]?")
PROSE_ONLY = ("annex",)
LOOK_BACK = 6  # a list of outcomes goes on for some sentences without naming the requests again
SAME = str.maketrans("０１２３４５６７８９，；：（）％／．！？", "0123456789,;:()%/.!?")
QUOTED = re.compile(r"《[^》]{0,60}》|[“\"][^”\"。]{0,40}[”\"]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as matched: `text` without spaces, digits half-width; `places` leads back to the printed text."""

    text: str
    places: tuple[int, ...]
    section: Section
    before: tuple[str, ...]  # the sentences before it in the same section, the nearest first

    def printed(self, start: int, end: int) -> str:
        return self.section.text[self.places[start]: self.places[end - 1] + 1]


@dataclass(frozen=True, slots=True)
class Denied:
    """Words that deny a number or call it finished, held against a table by the checks."""

    kind: str
    quote: str
    section: str
    sums: tuple[str, ...]


def find_statements(
    sections: Sequence[Section], year: int | None, agency: str | None = None
) -> tuple[Statement, ...]:
    """Every number that the prose plainly states of this agency and this year."""
    return tuple(s for sentence in _sentences(sections) for s in _in_sentence(sentence, year, agency))


def find_denials(sections: Sequence[Section], year: int | None, agency: str | None = None) -> tuple[Denied, ...]:
    """Every plain denial (未收到申请) or «all finished» (均已办结) of this agency and this year."""
    found = []
    for sentence in _sentences(sections):
        for kind in denials(year):
            for match in (m for p in kind.patterns for m in p.finditer(sentence.text)):
                if not kind.unless.search(match[0]) and _about(kind, sentence) and _timely(sentence.text, match.start(), year, kind) and _own(
                    sentence.text, match.start(), agency
                ):
                    quote = sentence.printed(match.start(), match.end())
                    found.append(Denied(kind.code, quote, sentence.section.section, kind.sums))
                    break
    return tuple(dict.fromkeys(found))


def _sentences(sections: Sequence[Section]) -> Iterator[Sentence]:
    ctx = context()
    for section in sections:
        if section.section in PROSE_ONLY:
            continue
        before: tuple[str, ...] = ()
        for piece in SENTENCE.finditer(section.text):
            kept = [(c, i) for i, c in enumerate(piece[0], piece.start()) if not c.isspace() and c != "\u200b"]
            text = "".join(c for c, _ in kept).translate(SAME).translate(ctx.traditional)
            text = QUOTED.sub(lambda m: "□" * len(m[0]), text)
            if text:
                yield Sentence(text, tuple(i for _, i in kept), section, before)
                before = (text, *before)[:LOOK_BACK]


def _in_sentence(sentence: Sentence, year: int | None, agency: str | None) -> Iterator[Statement]:
    taken: dict[tuple[int, int], Statement] = {}
    for kind in kinds(year):
        for pattern in kind.patterns:
            for match in pattern.finditer(sentence.text):
                span = match.span("n")
                if span not in taken and _holds(kind, match, sentence, year, agency):
                    value = number(match["n"])
                    if value is None:
                        continue
                    start = _clause_start(sentence.text, match.start())
                    fell = kind.fall.search(match[0]) is not None
                    taken[span] = Statement(
                        kind.code, -value if fell else value, match["u"], sentence.printed(start, match.end()),
                        sentence.section.section, kind.sums[0] if kind.sums else None,
                        locator=sentence.section.locator,
                    )
    yield from (taken[span] for span in sorted(taken))


def _holds(kind: Kind, match: Match[str], sentence: Sentence, year: int | None, agency: str | None) -> bool:
    """Whether nothing around the number forbids the statement."""
    ctx, text = context(), sentence.text
    start, end = match.span("n")
    clause = text[_clause_start(text, match.start(), ",()"): match.end()]
    if ctx.vague.search(text[:start]) or ctx.after.search(text[end:]) or ctx.after.search(text[match.end():]):
        return False
    if kind.unless.search(ctx.any_channel.sub("", clause)) or ctx.denied.search(text[: match.start()]):
        return False
    if kind.whole and ("其中" in clause or _summed_up(text[match.end():])):
        return False
    return (
        _topical(kind, match, sentence)
        and _by_way(kind, clause, text[: start])
        and _about(kind, sentence)
        and _timely(text, start, year, kind)
        and _own(text, match.start(), agency)
    )


def _topical(kind: Kind, match: Match[str], sentence: Sentence) -> bool:
    """Whether the sentence, or one shortly before it, spoke last of what the kind is about."""
    if kind.topic is None:
        return True
    for said in (sentence.text[: match.end()], *sentence.before):
        last = {t: max((m.end() for m in p.finditer(said)), default=-1) for t, p in context().topics.items()}
        if max(last.values()) >= 0:
            return last[kind.topic] == max(last.values())
    return False


def _by_way(kind: Kind, clause: str, said: str) -> bool:
    """Whether the information went the way that the kind is about; two ways at once are none."""
    if kind.channel is None:
        return True
    ctx = context()
    clause, said = ctx.any_channel.sub("", clause), ctx.any_channel.sub("", said)
    here = {c for c, p in ctx.channels.items() if p.search(clause)}
    if kind.channel == "none":
        return not here
    last = {c: max((m.end() for m in p.finditer(said)), default=-1) for c, p in ctx.channels.items()}
    if here - {kind.channel, "other"} or ("other" in here and kind.channel == "website"):
        return False
    return last[kind.channel] >= 0 and last[kind.channel] == max(last.values())


def _about(kind: Kind, sentence: Sentence) -> bool:
    """Reviews and lawsuits count only where they are about the disclosure of information."""
    if kind.about is None or sentence.section.section == "reviews":
        return True
    return re.search("信息公开|公开申请|依申请公开|申请公开", "".join(sentence.before[:1]) + sentence.text) is not None


def _timely(text: str, start: int, year: int | None, kind: Kind) -> bool:
    """Whether the number is of the report's year: the time said last before it must be this year, if any is."""
    ctx = context()
    text = ctx.masked.sub(lambda m: "□" * len(m[0]), text)
    if kind.as_of:
        text = ctx.as_of.sub(lambda m: "□" * len(m[0]), text)
    for span in ctx.compared.finditer(text):
        if span.start() <= start < span.end() and kind.code != "change_on_year":
            return False
    said = ctx.compared.sub(lambda m: "□" * len(m[0]), text)[:start]
    if ctx.up_to_now.search(said):
        return False
    times = [(m.end(), int(m[1]) == year if year else True) for m in re.finditer(r"(20\d\d)年", said)]
    times += [(m.end(), True) for m in ctx.now.finditer(said)] + [(m.end(), False) for m in ctx.past.finditer(said)]
    return not times or max(times)[1]


def _own(text: str, start: int, agency: str | None) -> bool:
    """Whether the subject nearest before is this agency, or no body is named at all."""
    ctx, said = context(), text[:start]
    if agency and ctx.area.search(said) and not ctx.area_bodies.search(agency):
        return False
    named = ctx.body.search(said[-40:]) or ctx.first_body.search(said)
    if named is None or ctx.own.search(said[named.start(1):] if named.string is said else named[1]):
        return True
    return agency is not None and any(
        _letters_of(named[1][i:], agency) for i in range(len(named[1]) - 2)
    ) or ctx.own.search(said) is not None


def _letters_of(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


def _summed_up(rest: str) -> bool:
    """Whether the sentence goes on to add this number to others (…3件、…5件,共8件)."""
    return re.match(r"[、和及与][^,。;]{0,20}\d+[^,。;]{0,3}[,、]?(?:共计|合计|总计|共)\d", rest) is not None or (
        re.match(r",[^。;(]{0,20}\d+[^,。;]{0,3},?(?:合计|总计)\d", rest) is not None
    )


def _clause_start(text: str, position: int, marks: str = ",:(") -> int:
    return max((text.rfind(mark, 0, position) for mark in marks), default=-1) + 1


