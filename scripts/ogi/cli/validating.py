"""Frictionless' own word on a data package that was just written."""

from __future__ import annotations

from pathlib import Path


def resources_of(package: Path) -> tuple[int, str | None]:
    """How many resources were validated, and the first fault, if any."""
    from frictionless import Package

    report = Package(str(package / "datapackage.json")).validate()
    first = None if report.valid else str(report.flatten(["title", "rowNumber", "fieldName", "message"])[0])
    return len(report.tasks), first
