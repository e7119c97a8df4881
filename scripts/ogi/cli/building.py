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
        print(
            f"网站 Site: {site}  "
            "查看 To look at it: make serve (or ogi serve), then http://127.0.0.1:8000/"
        )
    return 0


def _say(built: Built, package: Path) -> None:
    print(
        f"读出 {built.agencies} 个机关的 {built.published} 份年报；其中 {built.failed_checks} 项核验未通过（照原文公布）。\n"
        f"Read: {built.published} reports of {built.agencies} agencies; {built.failed_checks} of their own checks fail "
        "(published as they are)."
    )
    for report in built.failed[:MOST]:
        print(f"未公布 Not published: {report.message}", file=sys.stderr)
    more = len(built.failed) - MOST
    if more > 0:
        zh = f"…… 另有 {more} 份，见 data/documents.csv 里 outcome 为 failed 的行"
        print(f"{zh} … and {more} more; see data/documents.csv, outcome «failed».", file=sys.stderr)
    print(f"数据包 Data package: {package / 'datapackage.json'}")


def _validate(console: Console, package: Path, jobs: int) -> None:
    """Real Frictionless validation of what was just written."""
    with console.status("validating the data package"):
        resources, fault = resources_of(package, CACHE, jobs)
    if fault:
        found = f"frictionless 认为数据包无效 frictionless finds it invalid: {fault}"
        remedy = "请开 issue 告诉我们：本应在生成时就拒绝 please report this: the build should have refused it"
        raise BadPackage(str(package), found, remedy)
    print(f"有效 Valid: {resources} resources, checked by frictionless.")
