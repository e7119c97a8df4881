"""`ogi check`: what a review will say, before the review: for people, as JSON, or as annotations of a pull request."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from ogi.cli.as_json import dump
from ogi.cli.reading import readings
from ogi.cli.terminal import clean
from ogi.cli.validating import resources_of
from ogi.collection import collect
from ogi.contribute.annotations import as_commands
from ogi.contribute.findings import Finding, Looked, of_reading, of_reports, structure
from ogi.errors import BadPackage
from ogi.model import Report
from ogi.package import write
from ogi.pipeline import reports_of

Format = Literal["text", "json", "github"]
Told = Callable[[Looked], None]


def check_all(files: Sequence[Path], reports: Path, jobs: int, form: Format = "text") -> int:
    """Exit status 1 if anything is an error; broken sums of the reports themselves are only shown."""
    tell: Told = _tell if form == "text" else lambda looked: None
    if files:
        looked = []
        for path, result in readings(files, jobs):
            looked.append(of_reading(str(path), result))
            tell(looked[-1])
        findings, package = [f for one in looked for f in one.findings], "not built: single documents were asked for"
        return _end(form, len(looked), findings, package)
    findings = list(structure(reports))
    if findings:
        return _end(form, 0, findings, "not built")
    documents, package = _collection(reports, jobs, findings, tell)
    return _end(form, documents, findings, package)


def _collection(reports: Path, jobs: int, findings: list[Finding], tell: Told) -> tuple[int, str]:
    """Reads everything once: findings are gathered while the package is written beside."""
    collection = collect(reports)
    root = reports.resolve().parent
    count = 0

    def noted() -> Iterator[Report]:
        nonlocal count
        for report, looked in of_reports(reports_of(collection, root, jobs), root):
            count += 1
            findings.extend(looked.findings)
            tell(looked)
            yield report

    with tempfile.TemporaryDirectory(prefix="ogi-check-") as folder:
        package = Path(folder) / "datapackage"
        try:
            write(noted(), collection.agencies, package)
            resources, fault = resources_of(package)
        except BadPackage as bad:
            resources, fault = 0, str(bad)
    if fault:
        message = f"the data package would not be valid: {fault} → please report this, with what you changed"
        findings.append(Finding(reports.name, None, "error", "package", message))
        return count, "invalid"
    return count, f"valid, {resources} resources"


def _end(form: Format, documents: int, findings: Sequence[Finding], package: str) -> int:
    errors = sum(f.level == "error" for f in findings)
    doubts = sum(f.level == "warning" for f in findings)
    if form == "json":
        whole = {
            "documents": documents, "errors": errors, "warnings": doubts, "package": package,
            "findings": [asdict(finding) for finding in findings],
        }
        sys.stdout.buffer.write((dump(whole) + "\n").encode("utf-8"))
        return int(errors > 0)
    if form == "github":
        for line in as_commands(findings):
            sys.stdout.buffer.write((line + "\n").encode("utf-8", "replace"))
    else:
        for finding in findings:
            if finding.code in ("package", "structure"):
                print(f"error  {finding.message}", file=sys.stderr)
    sys.stdout.flush()
    print(f"{documents} documents looked at, {errors} in error, {doubts} doubts. Data package: {package}.")
    print(_next(errors, doubts))
    return int(errors > 0)


def _next(errors: int, doubts: int) -> str:
    if errors:
        return "Next: do what stands after each arrow (→), then run `ogi check` again. Nothing is lost: files stay as they are."
    if doubts:
        return "Next: compare the doubted cells with the document; a doubt is published with its value and stops nothing."
    return "Next: commit, and open a pull request (CONTRIBUTING.md)."


def _tell(looked: Looked) -> None:
    """One document for people: errors on standard error, the rest below its line."""
    worst = {f.level for f in looked.findings}
    if "error" in worst and not looked.cells:
        for finding in looked.findings:
            print(_line(f"error  {finding.message}"), file=sys.stderr, flush=True)
        return
    if not looked.cells and not looked.findings:  # the fault of its folder was told on the document before
        print(_line(f"error  {looked.path}: not published, for what is said above"), file=sys.stderr, flush=True)
        return
    mark = "error" if "error" in worst else "look" if "warning" in worst or looked.failed else "ok"
    print(_line(f"{mark:5}  {looked.path}: {looked.cells} cells, {looked.held} checks hold, {looked.failed} fail"))
    for finding in looked.findings:
        if finding.severity != "info":
            level = "" if finding.level == "notice" else f"{finding.level} "
            print(_line(f"       {level}{finding.code}: {finding.message}"))


def _line(text: str) -> str:
    """Without what a terminal would obey; lines to paste stay lines."""
    return "\n".join(clean(part).plain for part in text.split("\n"))
