"""Who may make regulations (T2-05): a rule that needs the agency's level and sector.

Comes in: a Rule and Facts with its agency. Goes out: one Check, or none where the agency is not known.
Must not know: the law; which levels, sectors and cities have the power is in forms/rules.yml.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogi.checks.facts import Facts
from ogi.checks.judged import judged
from ogi.checks.rules import Rule
from ogi.model import Agency, Check, CheckStatus


def regulations(rule: Rule, facts: Facts) -> Iterator[Check]:
    """An agency that prints a number of regulations has the power to make them."""
    keys = facts.keys("disclosures", items=["regulations"], measures=rule.settings["measures"])
    if facts.agency is None or not keys:
        return
    cells = [facts.cells[k] for k in keys if k in facts.cells]
    counted = [c for c in cells if c.value is not None and c.value > 0]
    unread = len(cells) < len(keys) or any(c.status in ("unreadable", "absent") for c in cells)
    status: CheckStatus
    if counted:
        status = "pass" if may_make(rule, facts.agency) else "fail"
    else:
        status = "unknown" if unread else "pass"
    yield judged(
        rule,
        facts,
        "regulations",
        status,
        tuple(c.key for c in counted) or keys,
        left=max((c.value for c in counted if c.value is not None), default=0),
        agency=facts.agency.name,
        severity="info" if status == "fail" and may_draft(rule, facts.agency) else rule.severity,
    )


def may_make(rule: Rule, agency: Agency) -> bool:
    """Departments of the centre; governments of provinces, cities with districts and four other cities."""
    settings = rule.settings
    if agency.level in settings["any_sector_at"]:
        return True
    return may_draft(rule, agency) and agency.sector in settings["sectors"]


def may_draft(rule: Rule, agency: Agency) -> bool:
    """A department beside a government with the power: it may count what it drafted."""
    settings = rule.settings
    at = agency.level in settings["levels"]
    return at or agency.region_code in settings["regions"]


RULES = {"T2-05": regulations}
