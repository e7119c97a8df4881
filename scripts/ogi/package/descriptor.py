"""datapackage.json: what the package holds, for machines (Frictionless Data Package v2).

Comes in: schema, closed lists, the files of each resource. Goes out: a descriptor as plain data, the
same for the same inputs. Must not know: any row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ogi.package.schema import Field, Resource, Schema
from ogi.package.spool import Files
from ogi.package.table import Row, Value

PROFILES = "https://datapackage.org/profiles/2.0"
FILES_NOTE = "bytes and hash are those of all files as one table, its header once; files has each file's own"
Plain = dict[str, object]
Labels = Mapping[tuple[Value, Value], tuple[Value, Value]]


def descriptor(
    schema: Schema,
    version: str,
    as_of: date | None,
    files: Mapping[str, Files],
    allowed: Mapping[str, Mapping[str, tuple[str, ...]]],
    codes: Iterable[Row],
    made_of: Mapping[str, object],
) -> Plain:
    """The whole descriptor; nothing in it comes from the clock. `made_of` says of which cells an indicator is."""
    labels = {(row["kind"], row["code"]): (row["zh"], row["en"]) for row in codes}
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        **schema.about,
        "version": version,
        "as_of": as_of.isoformat() if as_of else None,
        "resources": [
            _resource(r, files[r.name], allowed[r.name], labels, made_of) for r in schema.resources.values()
        ],
    }


def _resource(
    resource: Resource,
    files: Files,
    allowed: Mapping[str, tuple[str, ...]],
    labels: Labels,
    made_of: Mapping[str, object],
) -> Plain:
    """A resource in several files has `path` as a list; `bytes` and `hash` are those of the parts read
    as one table, the header once, which is what Frictionless checks; `files` has those of every file."""
    paths = [part.path for part in files.parts]
    plain: Plain = {
        "name": resource.name,
        "type": "table",
        "path": paths if resource.by_year else paths[0],
        "title": resource.zh,
        "title_en": resource.en,
        "description": resource.description,
        "description_en": resource.description_en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": files.size,
        "hash": f"sha256:{files.sha256}",
        "files": [{"path": p.path, "bytes": p.size, "hash": f"sha256:{p.sha256}"} for p in files.parts],
    }
    if resource.by_year:
        plain["files_note"] = FILES_NOTE
    if resource.pivot is not None:
        how = resource.pivot
        plain["pivot"] = {"of": "cells", "table": how.table, "rows": list(how.rows), "columns": how.columns}
    fields = [_field(f, f.name in resource.required, allowed.get(f.name), labels) for f in resource.fields]
    for field in fields:
        if f"{field['name']}_basis" in resource.columns:  # an indicator
            field["made_of"] = made_of[str(field["name"])]
    plain["schema"] = {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": list(resource.key),
        "foreignKeys": [
            {
                "fields": [column],
                "reference": {
                    "resource": "" if target == resource.name else target,
                    "fields": [_key_of(target)],
                },
            }
            for column, target in resource.foreign_keys
        ],
    }
    return plain


def _key_of(target: str) -> str:
    return {
        "documents": "document_id",
        "agencies": "agency_id",
        "regions": "region_code",
        "reports": "report_id",
    }[target]


def _field(
    field: Field,
    required: bool,
    allowed: tuple[str, ...] | None,
    labels: Labels,
) -> Plain:
    limits = {
        "required": True if required else None,
        "pattern": field.pattern,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "enum": list(allowed) if allowed else None,
    }
    plain: Plain = {
        "name": field.name,
        "type": field.type,
        "title": field.zh,
        "title_en": field.en,
        "description": field.description,
        "description_en": field.description_en,
    }
    for key in ("unit", "unit_en", "warning", "warning_en"):
        if getattr(field, key):
            plain[key] = getattr(field, key)
    constraints = {key: value for key, value in limits.items() if value is not None}
    if constraints:
        plain["constraints"] = constraints
    if allowed:
        names = field.categories or {}
        pairs = [(code, *names.get(code, labels.get((field.codes, code), ("", "")))) for code in allowed]
        plain["categories"] = [{"value": code, "label": zh, "label_en": en} for code, zh, en in pairs]
    return plain
