"""The rows that belong to no single report: documents, agencies, their names, regions, codes.

Comes in: reports (without their readings), agencies, regions, codes. Goes out: rows, sorted by key.
Must not know: files or CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ogi.errors import BadPackage
from ogi.forms.codes import Code
from ogi.model import Agency, AgencyName, Report
from ogi.package.table import Row, Value
from ogi.regions import Region, region

BEST_FIRST = ("report", "superseded", "part", "duplicate", "failed")
APART = " | "


def document_rows(reports: Iterable[Report]) -> list[Row]:
    """One row a content: files with the same bytes share it, the best outcome first, the other paths in
    also_at."""
    same: dict[str, list[Report]] = {}
    for report in reports:
        same.setdefault(report.document_id, []).append(report)
    return [
        _document(sorted(group, key=lambda r: (BEST_FIRST.index(r.outcome), r.path)))
        for _, group in sorted(same.items())
    ]


def _document(group: list[Report]) -> Row:
    best, entry = group[0], group[0].entry
    messages = [r.message for r in group if r.message]
    return {
        "document_id": best.document_id,
        "path": best.path,
        "also_at": APART.join(r.path for r in group[1:]),
        "format": best.format,
        "sha256": best.sha256,
        "bytes": best.size,
        "outcome": best.outcome,
        "report_id": best.report_id,
        "message": APART.join(dict.fromkeys(messages)),
        "source_url": entry.source_url if entry else None,
        "archived_url": entry.archived_url if entry else None,
        "published_on": entry.published_on if entry else None,
        "retrieved_on": entry.retrieved_on if entry else None,
    }


def agency_rows(agencies: Iterable[Agency]) -> list[Row]:
    return [
        {
            "agency_id": a.agency_id,
            "name": a.name,
            "region_code": a.region_code,
            "level": a.level,
            "sector": a.sector,
            "scope": a.scope,
            "parent_id": a.parent_id,
            "closed_on": a.closed_on,
            "successor_id": a.successor_id,
        }
        for a in sorted(agencies, key=lambda a: a.agency_id)
    ]


def agency_name_rows(agencies: Iterable[Agency]) -> list[Row]:
    """Every name once; the present one is among them even where agency.yml does not repeat it."""
    rows: list[Row] = []
    for agency in sorted(agencies, key=lambda a: a.agency_id):
        names = set(agency.names)
        if agency.name not in {n.name for n in names}:
            names.add(AgencyName(agency.name, "official"))
        rows += [
            {
                "agency_id": agency.agency_id,
                "name": n.name,
                "kind": n.kind,
                "valid_from": n.valid_from,
                "valid_to": n.valid_to,
            }
            for n in sorted(names, key=lambda n: (n.name, n.kind, str(n.valid_from)))
        ]
    return rows


def region_rows(agencies: Iterable[Agency], regions: Iterable[Region]) -> list[Row]:
    """The regions of the agencies, those above them and their successors; one row a code, its latest name."""
    entries: dict[str, list[Region]] = {}
    for one in regions:
        entries.setdefault(one.code, []).append(one)
    wanted, rows = sorted({a.region_code for a in agencies}), {}
    while wanted:
        code = wanted.pop()
        if code in rows:
            continue
        known = sorted(entries.get(code, ()), key=lambda r: (r.valid_to or 9999, r.valid_from or 0))
        latest = known[-1] if known else region(code)
        if latest is None:
            raise BadPackage(
                f"datapackage: regions, row {code}",
                "代码表里没有这个行政区划代码 the code is in no list of regions",
                "改正 agency.yml 的 region_code，或补进 forms/regions/ "
                "correct region_code in agency.yml, or add it under forms/regions/",
            )
        rows[code] = _region(latest, known[:-1])
        wanted += [c for c in (latest.parent, latest.successor) if c]
    return [rows[code] for code in sorted(rows)]


def _region(latest: Region, former: Iterable[Region]) -> Row:
    names = [f"{r.zh} ({r.valid_from or ''}–{r.valid_to or ''})" for r in former if r.zh != latest.zh]
    return {
        "region_code": latest.code,
        "zh": latest.zh,
        "en": latest.en,
        "level": latest.level,
        "parent": latest.parent,
        "valid_from": latest.valid_from,
        "valid_to": latest.valid_to,
        "successor": latest.successor,
        "former_names": APART.join(names),
    }


def code_rows(codes: Iterable[Code], kinds: Iterable[str]) -> list[Row]:
    """By kind, then in order."""
    place = {kind: n for n, kind in enumerate(kinds)}
    rows: list[dict[str, Value]] = [
        {
            "kind": c.kind,
            "code": c.code,
            "zh": c.zh,
            "en": c.en,
            "definition": c.definition,
            "definition_en": c.definition_en,
            "legal_basis": c.legal_basis,
            "templates": " ".join(c.templates),
            "order": c.order,
            "comparable_with": " ".join(c.comparable_with),
        }
        for c in codes
    ]
    return sorted(rows, key=lambda r: (place.get(str(r["kind"]), len(place)), r["order"], r["code"]))


def names_of(rows: Iterable[Row]) -> Mapping[tuple[str, str], str]:
    return {(str(row["kind"]), str(row["code"])): str(row["zh"]) for row in rows}
