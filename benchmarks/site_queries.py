"""What people type, and what they want to find: made of the agencies and sentences that a site holds.

Comes in: the folder of a built site. Goes out: queries by kind. Must not know: how a search works.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

FIFTY = 50
KNOWN = (  # (query, agency that stands among the first three, if the site has it)
    ("景德镇", "景德镇市"),
    ("景德镇 科技", "景德镇市科学技术局"),
    ("科技局", "科学技术局"),
    ("jdz", "景德镇市"),
    ("景徳镇", "景德镇"),
    ("景德镇科计局", "景德镇市科学技术局"),
    ("上饶 2021", "上饶市"),
)
PROSE = ("行政复议", '"规范性文件"')


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted` is part of what stands in one of the first three lines; `prose` among the reports' own words."""

    text: str
    wanted: str
    prose: bool = False


def queries(site: Path, rng: Random) -> dict[str, list[Query]]:
    """Fifty agencies by full name, short name and place with sector; what the issue lists; fifty phrases of prose."""
    index = json.loads((site / "agencies" / "search.json").read_text("utf-8"))
    agencies = index["agencies"]
    names = " ".join(agency[1] for agency in agencies)
    some = rng.sample(agencies, min(FIFTY, len(agencies)))
    shorts = [(a[1], min(a[2], key=len)) for a in some if a[2] and len(min(a[2], key=len)) < len(a[1])]
    return {
        "as the issue lists them": [Query(q, wanted) for q, wanted in KNOWN if wanted in names]
        + [Query(q, q.strip('"'), prose=True) for q in PROSE if said(site, q.strip('"'))],
        "full names": [Query(a[1], a[1]) for a in some],
        "short names": [Query(short, name) for name, short in shorts],
        "region with sector": [
            Query(f"{index['regions'][a[3]][1]} {index['sectors'][a[4]][1]}", a[1]) for a in some
        ],
        "phrases of prose": [Query(phrase, phrase, prose=True) for phrase in phrases(site, rng)],
    }


def phrases(site: Path, rng: Random) -> list[str]:
    """Some words of the middle of some sentences."""
    found = []
    for path in sorted((site / "data" / "data" / "sections").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row["text"] for row in csv.DictReader(file) if len(row["text"]) > 60]
        for text in rng.sample(rows, min(10, len(rows))):
            sentences = [s for s in text.replace("\n", "。").split("。") if len(s) > 12 and s.isprintable()]
            if sentences:
                parts = [
                    p
                    for s in sentences
                    for p in s.replace("；", "，").split("，")
                    if 6 <= len(p) <= 16 and p.isalpha()
                ]
                found += rng.sample(parts, min(1, len(parts)))
    return found[:FIFTY]


def said(site: Path, phrase: str) -> bool:
    """Whether the text of some report, without its headings, says so."""
    for path in sorted((site / "data" / "data" / "sections").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            if any(phrase in row["text"] for row in csv.DictReader(file)):
                return True
    return False
