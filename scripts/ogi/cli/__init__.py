"""The command `ogi`: each command reads its options, calls one function below and says what came of it.

Exit status, for every command: 0 all went well; 1 something could not be read, or a check of the collection found an error;
2 wrong usage. Heavy parts are imported when a command needs them, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

import click

from ogi import paths

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
Command = TypeVar("Command", bound=Callable[..., object])

reports_dir = click.option(
    "--reports",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=paths.REPORTS,
    show_default=True,
    help="Folder of the collected documents.",
)
package_dir = click.option(
    "--package", type=FOLDER, default=paths.DATAPACKAGE, show_default=True, help="Where the data package goes."
)


def documents(said: str, required: bool = True) -> Callable[[Command], Command]:
    return click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=required, help=said)


def jobs_at_once(number: int) -> Callable[[Command], Command]:
    said = "Documents read at the same time."
    return click.option("--jobs", "-j", type=click.IntRange(1, 256), default=number, show_default=True, help=said)


def format_of(*names: str, said: str) -> Callable[[Command], Command]:
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True, help=said)


class _AsWritten(click.Group):
    """Lists the commands in the order in which they are written here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    "ogi",
    cls=_AsWritten,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Exit status: 0 all went well · 1 something could not be read or is in error · 2 wrong usage. "
    "Start with: ogi build, then ogi serve.",
)
def app() -> None:
    """Annual reports on open government information (政府信息公开工作年度报告) as open data: reads collected documents,
    proves the numbers by the form's own equations, writes a data package and a site."""


@app.command()
@reports_dir
@package_dir
@click.option("--site", type=FOLDER, default=paths.SITE, show_default=True, help="Where the site goes.")
@jobs_at_once(CORES)
@click.option("--no-site", is_flag=True, help="Only the data package.")
def build(reports: Path, package: Path, site: Path, jobs: int, no_site: bool) -> None:
    """Build everything: read reports/, check, write datapackage/, validate it, make site/.

    Package and site appear whole or not at all; a document that cannot be read is on record in the package and never stops
    the others.
    """
    from ogi.cli.building import build_all

    sys.exit(build_all(reports, package, None if no_site else site, jobs))


@app.command()
@documents("Documents: text, Word, WPS, HTML, PDF, scans, sheets, OFD.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document, one a line, on standard output.")
@jobs_at_once(1)
def read(files: Sequence[Path], as_json: bool, jobs: int) -> None:
    """Read documents and show what they say: the three tables, the checks, the doubts.

    A document that cannot be read gives one line on standard error, and the others are still read.
    """
    from ogi.cli.reading import read_files

    sys.exit(read_files(files, as_json, jobs))


@app.command()
@documents("Documents, as the agencies published them.")
@click.option("--agency", help="Id of the agency: 360200-finance. For one document, or several of one agency.")
@click.option("--region", help="Its region: six digits of GB/T 2260, nine for a township.")
@click.option("--sector", help="Its sector: a code of forms/sectors.yml.")
@click.option("--year", type=click.IntRange(2008, 2099), help="The year that the report counts.")
@click.option("--name", help="The agency's name in full, in Chinese.")
@click.option("--source-url", help="Where the agency published it.")
@click.option("--published-on", type=DAY, help="When it did.")
@click.option("--retrieved-on", type=DAY, help="When you got it.")
@reports_dir
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; what is not sure is an error.")
@jobs_at_once(1)
def add(
    files: Sequence[Path],
    agency: str | None,
    region: str | None,
    sector: str | None,
    year: int | None,
    name: str | None,
    source_url: str | None,
    published_on: datetime | None,
    retrieved_on: datetime | None,
    reports: Path,
    dry_run: bool,
    yes: bool,
    jobs: int,
) -> None:
    """Add documents to the collection: works out agency and year, shows tables and doubts, puts file and agency.yml.

    Nothing is ever overwritten; what is there already is named. Asks at a terminal where something is not sure.
    """
    from ogi.cli.adding import add_files
    from ogi.contribute.placing import Asked
    from ogi.model import Entry

    origin = Entry(
        "",
        source_url=source_url,
        published_on=published_on.date() if published_on else None,
        retrieved_on=retrieved_on.date() if retrieved_on else None,
    )
    sys.exit(add_files(files, reports, Asked(agency, name, region, sector, year), origin, dry_run, yes, jobs))


@app.command()
@documents("Documents to check; without any, the whole collection.", required=False)
@reports_dir
@format_of("text", "json", "github", said="text for people, json for programs, github for annotations.")
@jobs_at_once(CORES)
def check(files: Sequence[Path], reports: Path, form: Literal["text", "json", "github"], jobs: int) -> None:
    """Say what a review will say: structure, agency.yml, readings, doubts, broken sums, the data package.

    A failed check of a report's own arithmetic is a fact about the report, not an error of the collection: it is shown and
    does not fail the command.
    """
    from ogi.cli.checking import check_all

    sys.exit(check_all(files, reports, jobs, form))


@app.command()
@click.argument("base", help="What to compare with: a branch, tag or commit, like main.")
@format_of("markdown", "json", said="markdown for a pull request, json for everything.")
@click.option("--json-file", "also_json", type=FILE, help="Write the JSON there as well.")
@click.option("--crops", type=FOLDER, help="Put pictures of doubtful cells of PDF files there.")
@reports_dir
@jobs_at_once(CORES)
def diff(base: str, form: str, also_json: Path | None, crops: Path | None, reports: Path, jobs: int) -> None:
    """Show what the working tree changes in the published data: reports added, cells, checks and doubts, old and new.

    Both sides are built from their own reports, forms and code; the committed package is not asked. A change of code that moves
    no number shows nothing.
    """
    from ogi.cli.comparing import diff_with

    sys.exit(diff_with(base, paths.ROOT, reports, form, jobs, also_json, crops))


@app.command()
@package_dir
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, help="How many to list.")
def wanted(package: Path, most: int) -> None:
    """List good first reports: years of known agencies that are not in the collection, as Markdown for an issue."""
    from ogi.contribute.wanted import as_markdown
    from ogi.contribute.wanted import wanted as missing
    from ogi.package import load

    sys.stdout.write(as_markdown(list(missing(load(package))), most))


@app.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine."
)
@package_dir
def serve(port: int, package: Path) -> None:
    """Show the site on this machine and rebuild it when a page, a template or the package changes."""
    from ogi.cli.serving import serve_site

    sys.exit(serve_site(port, package))


def main() -> None:
    """The entry point: an error of ours is one line on standard error, never a traceback."""
    from ogi.errors import OgiError

    try:
        app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OgiError as error:
        print(f"ogi: {error}", file=sys.stderr)
        sys.exit(1)
    except click.Abort:
        print("ogi: 已停止，原有的文件都在 stopped; what was there before is still there", file=sys.stderr)
        sys.exit(130)
