"""The command `ogi`: each command reads its options, calls one function below and says what came of it.

Exit status, for every command: 0 all went well; 1 something could not be read, or a check of the collection found an error;
2 wrong usage. Heavy parts are imported when a command needs them, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ogi import paths

app = typer.Typer(
    name="ogi",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Annual reports on open government information (政府信息公开工作年度报告) as open data: reads collected documents, "
    "proves the numbers by the form's own equations, writes a data package and a site.",
    epilog="Exit status: 0 all went well · 1 something could not be read or is in error · 2 wrong usage. "
    "Start with: ogi build, then ogi serve.",
)

Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Documents read at the same time.")]
Reports = Annotated[
    Path, typer.Option("--reports", help="Folder of the collected documents.", exists=True, file_okay=False)
]
Package = Annotated[Path, typer.Option("--package", help="Where the data package goes.", file_okay=False)]
SiteDir = Annotated[Path, typer.Option("--site", help="Where the site goes.", file_okay=False)]
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class CheckFormat(StrEnum):
    text = "text"
    json = "json"
    github = "github"


class DiffFormat(StrEnum):
    markdown = "markdown"
    json = "json"


@app.command()
def build(
    reports: Reports = paths.REPORTS,
    package: Package = paths.DATAPACKAGE,
    site: SiteDir = paths.SITE,
    jobs: Jobs = CORES,
    no_site: Annotated[bool, typer.Option("--no-site", help="Only the data package.")] = False,
) -> None:
    """Build everything: read reports/, check, write datapackage/, validate it, make site/.

    Package and site appear whole or not at all; a document that cannot be read is on record in the package and never stops
    the others.
    """
    from ogi.cli.building import build_all

    raise typer.Exit(build_all(reports, package, None if no_site else site, jobs))


@app.command()
def read(
    files: Annotated[
        list[Path], typer.Argument(help="Documents: text, Word, WPS, HTML, PDF, scans, sheets, OFD.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a document, one a line, on standard output.")
    ] = False,
    jobs: Jobs = 1,
) -> None:
    """Read documents and show what they say: the three tables, the checks, the doubts.

    A document that cannot be read gives one line on standard error, and the others are still read.
    """
    from ogi.cli.reading import read_files

    raise typer.Exit(read_files(files, as_json, jobs))


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Documents, as the agencies published them.")],
    agency: Annotated[
        str | None, typer.Option(help="Id of the agency: 360200-finance. For one document, or several of one agency.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="Its region: six digits of GB/T 2260, nine for a township.")] = None,
    sector: Annotated[str | None, typer.Option(help="Its sector: a code of forms/sectors.yml.")] = None,
    year: Annotated[int | None, typer.Option(help="The year that the report counts.", min=2008, max=2099)] = None,
    name: Annotated[str | None, typer.Option(help="The agency's name in full, in Chinese.")] = None,
    source_url: Annotated[str | None, typer.Option(help="Where the agency published it.")] = None,
    published_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When it did.")] = None,
    retrieved_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When you got it.")] = None,
    reports: Reports = paths.REPORTS,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; what is not sure is an error.")] = False,
    jobs: Jobs = 1,
) -> None:
    """Add documents to the collection: works out agency and year, shows tables and doubts, puts file and [b]agency.yml[/b].

    Nothing is ever overwritten; what is there already is named. Asks at a terminal where something is not sure.
    """
    from ogi.cli.adding import add_files
    from ogi.contribute.placing import Asked
    from ogi.model import Entry

    origin = Entry(
        "", source_url=source_url,
        published_on=published_on.date() if published_on else None,
        retrieved_on=retrieved_on.date() if retrieved_on else None,
    )
    raise typer.Exit(add_files(files, reports, Asked(agency, name, region, sector, year), origin, dry_run, yes, jobs))


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Documents to check; without any, the whole collection.")
    ] = None,
    reports: Reports = paths.REPORTS,
    form: Annotated[
        CheckFormat, typer.Option("--format", help="text for people, json for programs, github for annotations.")
    ] = CheckFormat.text,
    jobs: Jobs = CORES,
) -> None:
    """Say what a review will say: structure, agency.yml, readings, doubts, broken sums, the data package.

    A failed check of a report's own arithmetic is a fact about the report, not an error of the collection: it is shown and
    does not fail the command.
    """
    from ogi.cli.checking import check_all

    raise typer.Exit(check_all(files or [], reports, jobs, form.value))


@app.command()
def diff(
    base: Annotated[str, typer.Argument(help="What to compare with: a branch, tag or commit, like main.")],
    form: Annotated[
        DiffFormat, typer.Option("--format", help="markdown for a pull request, json for everything.")
    ] = DiffFormat.markdown,
    also_json: Annotated[
        Path | None, typer.Option("--json-file", help="Write the JSON there as well.", dir_okay=False)
    ] = None,
    crops: Annotated[
        Path | None, typer.Option("--crops", help="Put pictures of doubtful cells of PDF files there.", file_okay=False)
    ] = None,
    reports: Reports = paths.REPORTS,
    jobs: Jobs = CORES,
) -> None:
    """Show what the working tree changes in the published data: reports added, cells, checks and doubts, old and new.

    Both sides are built from their own reports, forms and code; the committed package is not asked. A change of code that moves
    no number shows nothing.
    """
    from ogi.cli.comparing import diff_with

    raise typer.Exit(diff_with(base, paths.ROOT, reports, form.value, jobs, also_json, crops))


@app.command()
def wanted(
    package: Package = paths.DATAPACKAGE,
    most: Annotated[int, typer.Option(help="How many to list.", min=1)] = 200,
) -> None:
    """List good first reports: years of known agencies that are not in the collection, as Markdown for an issue."""
    from ogi.contribute.wanted import as_markdown
    from ogi.contribute.wanted import wanted as missing
    from ogi.package import load

    sys.stdout.write(as_markdown(list(missing(load(package))), most))


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535)] = 8000,
    package: Package = paths.DATAPACKAGE,
) -> None:
    """Show the site on this machine and rebuild it when a page, a template or the package changes."""
    from ogi.cli.serving import serve_site

    raise typer.Exit(serve_site(port, package))


def main() -> None:
    """The entry point: an error of ours is one line on standard error, never a traceback."""
    from ogi.errors import OgiError

    try:
        app()
    except OgiError as error:
        print(f"ogi: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("ogi: stopped; what was there before is still there", file=sys.stderr)
        sys.exit(130)
