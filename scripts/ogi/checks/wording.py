"""Rules about the words of the prose: years (TX-13), denials (TX-14), fee (TX-15), emptiness, copies.

Comes in: a Rule and Facts. Goes out: Checks. Must not know: any form; the words stand in forms/rules.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ogi.checks.facts import Facts
from ogi.checks.judged import judged
from ogi.checks.likeness import called, percent, prose, shingles
from ogi.checks.names import Pair
from ogi.checks.rules import Denial, Rule, Settings
from ogi.checks.terms import basis, side, written
from ogi.checks.years import number
from ogi.forms import simplified
from ogi.model import Check, CheckStatus

SENTENCE = re.compile(r"[^。；;！!？?\n\r]+")
NO_PROSE = ("preface", "annex")
SPACE = re.compile(r"\s+")
YEAR = re.compile(r"20\d\d(?=年)")
LAST_YEAR: Pair = ("上一年", "last year's report")


def sentences(seen: Facts) -> Iterator[str]:
    """The sentences of the prose, without spaces."""
    for section in seen.reading.sections:
        if section.section not in NO_PROSE:
            yield from (SPACE.sub("", m[0]).replace("，", ",") for m in SENTENCE.finditer(section.text))


def other_years(rule: Rule, seen: Facts) -> Iterator[Check]:
    """The agency's own requests told of with another year than the report's."""
    settings = rule.settings
    year, told = seen.year, None
    for sentence in sentences(seen):
        match = re.search(settings["says"], sentence)
        if match and not re.search(settings["unless"], sentence) and str(year) not in sentence:
            yield judged(rule, seen, "", "fail", (), sure=True, quote=match[0])
            return
        told = told or match
    if told:
        yield judged(rule, seen, "", "unknown" if year is None else "pass", (), quote=told[0])


def denials(rule: Rule, seen: Facts) -> Iterator[Check]:
    """Each kind of denial once, the first that the prose makes for this year, and not those that it covers."""
    settings = rule.settings
    covered: set[str] = set()
    for denial in settings["denials"]:
        if denial["code"] in covered:
            continue
        found = side(seen, denial["sum"].split(" + "))
        quote = next((q for s in sentences(seen) if (q := _denied(s, denial, settings, seen))), None)
        if found is None or quote is None:
            continue
        covered |= {*denial.get("covers", ())}
        on = basis(found)
        status: CheckStatus = "unknown" if on is None else "fail" if found.total > 0 else "pass"
        keys = [t.key for t in found.terms]
        yield judged(
            rule,
            seen,
            denial["code"],
            status,
            keys,
            basis=on,
            left=0 if on else None,
            quote=quote,
            right=found.total if on else None,
            right_side=(written(found, found, 0), written(found, found, 1)),
        )


def fee(rule: Rule, seen: Facts) -> Iterator[Check]:
    """Section 6 says what became of the processing fee."""
    settings = rule.settings
    if (seen.year or 0) < (rule.from_year or 0) or "requests" not in seen.tables:
        return
    texts = [s.text for s in seen.reading.sections if s.section == settings["section"]]
    unpaid = number(seen, settings["key"])
    charged = [s.value for s in seen.reading.statements if s.kind == "fees_charged" and s.value > 0]
    says = any(settings["says"] in simplified(text) for text in texts)
    found: Pair = ("", "")
    if unpaid:
        found = (f"，而表中有 {unpaid} 件逾期未缴费", f", yet {unpaid} requests lapsed for an unpaid fee")
    status: CheckStatus = "unknown" if not texts else "pass" if says else "fail"
    yield judged(
        rule,
        seen,
        "",
        status,
        (settings["key"],) if unpaid else (),
        sure=not unpaid or seen.sure([settings["key"]]),
        found=found,
        severity="warning" if status == "fail" and (unpaid or charged) else None,
    )


def emptiness(rule: Rule, seen: Facts) -> Iterator[Check]:
    """Section 5 says something."""
    settings = rule.settings
    if (seen.year or 0) < (rule.from_year or 0) or not seen.reading.sections:
        return
    texts = [SPACE.sub("", s.text) for s in seen.reading.sections if s.section == settings["section"]]
    length = sum(map(len, texts))
    status: CheckStatus = "unknown" if not texts else "pass" if length >= settings["least"] else "fail"
    yield judged(
        rule, seen, "", status, (), left=length if texts else None, right=settings["least"], sure=True
    )


def repeated(rule: Rule, seen: Facts, years: Mapping[int, Facts]) -> Iterator[Check]:
    """Sections that say what they said the year before."""
    settings = rule.settings
    for section in settings["sections"]:
        now, last = _shingles(seen, section, settings), _shingles(seen.before, section, settings)
        if now is None or last is None:
            continue
        alike = percent(now, last)
        short = min(len(now), len(last)) < settings["least"]
        status: CheckStatus = "unknown" if short else "fail" if alike >= settings["percent"] else "pass"
        yield judged(
            rule, seen, section, status, (), left=alike, right=settings["percent"], sure=True, other=LAST_YEAR
        )


def _denied(sentence: str, denial: Denial, settings: Settings, seen: Facts) -> str | None:
    match = re.search(denial["says"], sentence)
    if (
        not match
        or re.search(denial["unless"], match[0])
        or re.search(settings["past"], sentence[: match.start()])
    ):
        return None
    years = {int(y) for y in YEAR.findall(sentence[: match.end()])}
    about = "公开" in sentence
    return match[0] if about and (not years or seen.year in years) else None


def _shingles(seen: Facts | None, section: str, settings: Settings) -> set[str] | None:
    if seen is None:
        return None
    names = called(seen.reading, seen.agency)
    text = prose((s.text for s in seen.reading.sections if s.section == section), names)
    return shingles(text, settings["shingle"]) if text else None


RULES = {"TX-13": other_years, "TX-14": denials, "TX-15": fee, "TX-16": emptiness}
OVER_YEARS = {"TX-17": repeated}
