"""What one report adds to the sums of the site, counted when its page is made and kept with the page.

Comes in: a bundle. Goes out: a line of text, and the sums of many such lines. Must not know: pages, what the sums are for.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ogi.site.book import GROUNDS, Bundle, Row
from ogi.site.grounds import line_of
from ogi.site.text import plain

SERIOUS = ("error", "warning")


def places() -> array[int]:
    """Places in a list of reports, in four bytes each."""
    return array("I")


@dataclass(slots=True)
class Rule:
    """How one rule came out over all live reports; notes are failures of severity info. `failing` and `undecided` are the
    places of reports among the live ones; in `decided` reports it could be decided."""

    code: str
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    notes: int = 0
    reading: int = 0
    decided: int = 0
    failing: array[int] = field(default_factory=places)
    undecided: array[int] = field(default_factory=places)


@dataclass(slots=True)
class Doubt:
    """How often one kind of doubt is met, and in which of the live reports."""

    code: str
    times: int = 0
    where: array[int] = field(default_factory=places)


@dataclass(slots=True)
class Sums:
    """Over all reports so far; rules and doubts over the `live` ones only."""

    cells: int = 0
    live: int = 0
    rules: dict[str, Rule] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    grounds: dict[str, str] = field(default_factory=dict)

    def add(self, report: Row, line: str) -> None:
        """`line` is what `tally` said of the report."""
        cells, _, grounds, rules, doubts = line.split("|")
        self.cells += int(cells)
        if grounds:
            self.grounds[report["report_id"]] = grounds
        if report["superseded_by"]:
            return
        for text in rules.split():
            code, *counts = text.split(":")
            passed, failed, unknown, notes, reading = map(int, counts)
            rule = self.rules.get(code) or self.rules.setdefault(code, Rule(code))
            rule.passed += passed
            rule.failed += failed
            rule.unknown += unknown
            rule.notes += notes
            rule.reading += reading
            if failed:
                rule.failing.append(self.live)
            if unknown:
                rule.undecided.append(self.live)
            rule.decided += passed + failed + notes > 0
        for text in doubts.split():
            code, times = text.split(":")
            doubt = self.doubts.get(code) or self.doubts.setdefault(code, Doubt(code))
            doubt.times += int(times)
            doubt.where.append(self.live)
        self.live += 1


def tally(bundle: Bundle) -> str:
    """Five parts with a bar between: cells, letters of prose; grounds, checks by rule, serious doubts by code, each as
    `name:count`."""
    doubts = Counter(code for code, severity in _columns(bundle, "issues", "code", "severity") if severity in SERIOUS)
    return "|".join(
        (
            str(len(bundle.values["cells"])),
            str(len(text_of(bundle).strip())),
            line_of(_columns(bundle, GROUNDS, "item", "total", "doubt")),
            " ".join(f"{code}:{':'.join(map(str, counts))}" for code, counts in _rules(bundle).items()),
            " ".join(f"{code}:{times}" for code, times in doubts.items()),
        )
    )


def has_prose(line: str) -> bool:
    return line.split("|", 2)[1] != "0"


def text_of(bundle: Bundle) -> str:
    """The report's own words, without tables and headings."""
    return "\n".join(plain(text) for (text,) in _columns(bundle, "sections", "text") if text)


def _rules(bundle: Bundle) -> dict[str, list[int]]:
    """Passed, failed, unknown, notes, and failed because of the reading."""
    rules: dict[str, list[int]] = {}
    for code, status, severity, attribution in _columns(
        bundle, "checks", "rule", "status", "severity", "attribution"
    ):
        counts = rules.setdefault(code, [0, 0, 0, 0, 0])
        if status == "fail" and severity in SERIOUS:
            counts[1] += 1
            counts[4] += attribution == "reading"
        else:
            counts[{"pass": 0, "unknown": 2}.get(status, 3)] += 1
    return rules


def _columns(bundle: Bundle, name: str, *columns: str) -> Iterator[Sequence[str]]:
    places = [bundle.columns[name].index(column) for column in columns]
    return ([row[place] for place in places] for row in bundle.values[name])
