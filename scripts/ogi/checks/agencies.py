"""TX-17 over agencies: sections that say what another agency's report of the same year says.

Comes in: the sketches of all reports, and what gives the text of a section. Goes out: failed checks by report. Must not know:
readings, files. Near-linear: sections that agree in a band of their sketches stand beside each other once the band is sorted, and
each is compared, exactly, with a few neighbours until one is alike; so a check names one such report, not all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from ogi.checks.judged import sentences
from ogi.checks.likeness import Sketch, called, likely, percent, prose, shingles, sketch
from ogi.checks.names import both
from ogi.checks.rules import Rule, load_rules
from ogi.model import Agency, Check, Reading

NEAR = 3  # neighbours on either side
KEPT = 64  # sections whose shingles are at hand
SCOPE = "{}#agencies"  # the section alone is held against the year before

TextsOf = Callable[[str, str], Iterable[str]]  # of a report, by section
Known = MutableMapping[tuple[bytes, bytes], int]  # percent, by digests


class Told(NamedTuple):
    """One live report's sketch of a section; an agency has one such report a year."""

    report_id: str
    name: str
    year: int
    sketch: Sketch


def sketches(reading: Reading, agency: Agency | None) -> tuple[Sketch, ...]:
    """Of the sections that are long enough to be compared with those of others."""
    settings = _rule().settings
    names, found = called(reading, agency), []
    for section in settings["sections"]:
        text = prose((s.text for s in reading.sections if s.section == section), names)
        if len(text) >= settings["others"]:
            found.append(sketch(section, text, names, settings["shingle"]))
    return tuple(found)


def repeated_elsewhere(told: Iterable[Told], texts_of: TextsOf, known: Known) -> Iterator[tuple[str, Check]]:
    """Each report with its failed check. `known`: what pairs came to before; it holds those of this time afterwards."""
    before = dict(known)
    known.clear()
    order = sorted(told, key=lambda one: (one.sketch.section, one.year, one.report_id))
    for _, group in groupby(order, key=lambda one: (one.sketch.section, one.year)):
        yield from _Group(list(group), texts_of, before, known).checks()


class _Group:
    """The same section of all reports of a year; `found`: how alike each is to which other, by place in the order."""

    def __init__(self, told: Sequence[Told], texts_of: TextsOf, before: Known, known: Known) -> None:
        self.told, self.texts_of, self.before, self.known = told, texts_of, before, known
        self.rule = _rule()
        self.settings = self.rule.settings
        self.found: dict[int, tuple[int, int]] = {}
        self.shingles: dict[int, set[str]] = {}

    def checks(self) -> Iterator[tuple[str, Check]]:
        for band in zip(*(one.sketch.bands() for one in self.told), strict=True):
            order = sorted(range(len(band)), key=band.__getitem__)
            for _, some in groupby(order, key=band.__getitem__):
                self._compare(list(some))
        for place, (alike, other) in sorted(self.found.items()):
            yield self.told[place].report_id, self._check(self.told[place], alike, self.told[other])

    def _compare(self, places: Sequence[int]) -> None:
        """Those that agree in a band, each with its neighbours of other agencies."""
        least, told = self.settings["percent"], self.told
        for at, place in enumerate(places):
            for other in places[at + 1 : at + 1 + NEAR]:
                if place in self.found and other in self.found:
                    continue
                if (
                    likely(told[place].sketch, told[other].sketch, least)
                    and (alike := self._percent(place, other)) >= least
                ):
                    self.found.setdefault(place, (alike, other))
                    self.found.setdefault(other, (alike, place))

    def _percent(self, place: int, other: int) -> int:
        pair = (self.told[place].sketch.digest, self.told[other].sketch.digest)
        pair = min(pair), max(pair)
        if pair[0] == pair[1]:
            return 100
        if pair not in self.known:
            found = self.before.get(pair)
            self.known[pair] = (
                percent(self._shingles(place), self._shingles(other)) if found is None else found
            )
        return self.known[pair]

    def _shingles(self, place: int) -> set[str]:
        if place not in self.shingles:
            one = self.told[place]
            text = prose(self.texts_of(one.report_id, one.sketch.section), one.sketch.names)
            self.shingles[place] = shingles(text, self.settings["shingle"])
            if len(self.shingles) > KEPT:
                del self.shingles[next(iter(self.shingles))]
        return self.shingles[place]

    def _check(self, one: Told, alike: int, other: Told) -> Check:
        section = one.sketch.section
        which = (
            f"「{other.name}」{other.year} 年报告（{other.report_id}）",
            f"the {other.year} report of {other.name} ({other.report_id})",
        )
        left, right = Decimal(alike), Decimal(self.settings["percent"])
        zh, en = sentences(self.rule, "fail", both("section", section), left, right, one.year, other=which)
        scope, severity = SCOPE.format(section), self.rule.severity
        return Check(
            self.rule.code, scope, "fail", severity, (), "strict", left, right, left - right, "agency", zh, en
        )


def _rule() -> Rule:
    return next(rule for rule in load_rules() if rule.code == "TX-17")
