"""`ogi build`: the two halves one after the other, with progress and a last line that says where to look."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ogi.cli.validating import resources_of
from ogi.errors import BadPackage
from ogi.paths import CACHE
from ogi.pipeline import Built
from ogi.pipeline import build as build_package

MOST = 20  # failed documents named on the terminal; all are in the package


def build_all(reports: Path, package: Path, site: Path | None, jobs: int) -> int:
    """Exit status 0 also where documents failed: they are on record, and the others are published."""
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)
        built = build_package(
            reports,
            package,
            jobs,
            lambda path: progress.advance(task),
            CACHE,
            lambda files: progress.update(task, total=files),
        )
    _say(built, package)
    if built.fresh:
        _validate(console, package, jobs)
    if site is not None:
        from ogi.site.generator import build_site

        with Progress(*columns, console=console, transient=True) as progress:
            pages = progress.add_task("pages", total=None)
            build_site(
                package,
                site,
                reports.resolve().parent,
                lambda kind, count: progress.update(pages, description=f"pages: {kind}", completed=count),
            )
        print(f"Site: {site}  To look at it: make serve (or ogi serve), then http://127.0.0.1:8000/")
    return 0


def _say(built: Built, package: Path) -> None:
    print(
        f"Read: {built.published} reports of {built.agencies} agencies; {built.failed_checks} of their own checks fail "
        "(published as they are)."
    )
    for report in built.failed[:MOST]:
        print(f"Not published: {report.message}", file=sys.stderr)
    if len(built.failed) > MOST:
        print(
            f"… and {len(built.failed) - MOST} more; see data/documents.csv, outcome «failed».",
            file=sys.stderr,
        )
    print(f"Data package: {package / 'datapackage.json'}")


def _validate(console: Console, package: Path, jobs: int) -> None:
    """Real Frictionless validation of what was just written."""
    with console.status("validating the data package"):
        resources, fault = resources_of(package, CACHE, jobs)
    if fault:
        raise BadPackage(
            str(package), f"frictionless finds it invalid: {fault}", "please report this: the build should have refused it"
        )
    print(f"Valid: {resources} resources, checked by frictionless.")
