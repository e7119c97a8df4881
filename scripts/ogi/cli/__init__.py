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
    help="报告所在的文件夹 Folder of the collected documents.",
)
package_dir = click.option(
    "--package", type=FOLDER, default=paths.DATAPACKAGE, show_default=True, help="数据包放在哪里 Where the data package goes."
)


def documents(said: str, required: bool = True) -> Callable[[Command], Command]:
    return click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=required, help=said)


def jobs_at_once(number: int) -> Callable[[Command], Command]:
    said = "同时读取几份 Documents read at the same time."
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
    # an ideograph takes two columns of a terminal, and lines are cut by their characters
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 68},
    epilog="退出码 Exit status: 0 成功 all went well · 1 有读不出或出错的 something could not be read or is in error · "
    "2 用法不对 wrong usage. 先运行 Start with: ogi build, then ogi serve.",
)
def app() -> None:
    """\b
    把收集的政府信息公开工作年度报告变成开放数据：
    逐份读取，按表内勾稽关系核验，生成数据包和网站。

    Annual reports on open government information as open data: reads collected documents, proves the numbers by the form's
    own equations, writes a data package and a site."""


@app.command()
@reports_dir
@package_dir
@click.option("--site", type=FOLDER, default=paths.SITE, show_default=True, help="网站放在哪里 Where the site goes.")
@jobs_at_once(CORES)
@click.option("--no-site", is_flag=True, help="只生成数据包 Only the data package.")
def build(reports: Path, package: Path, site: Path, jobs: int, no_site: bool) -> None:
    """生成全部 Build everything: read reports/, check, write datapackage/, validate it, make site/.

    \b
    数据包和网站要么完整，要么不动；
    读不出的文件记在数据包里，不影响其他文件。

    Package and site appear whole or not at all; a document that cannot be read is on record in the package and never stops
    the others.
    """
    from ogi.cli.building import build_all

    sys.exit(build_all(reports, package, None if no_site else site, jobs))


@app.command()
@documents("要读的文件 Documents: text, Word, WPS, HTML, PDF, scans, sheets, OFD.")
@click.option("--json", "as_json", is_flag=True, help="每份一行 JSON One JSON object a document, a line each.")
@jobs_at_once(1)
def read(files: Sequence[Path], as_json: bool, jobs: int) -> None:
    """读报告 Read documents and show what they say: the three tables, the checks, the doubts.

    读不出的在标准错误里占一行，其余照读。

    A document that cannot be read gives one line on standard error, and the others are still read.
    """
    from ogi.cli.reading import read_files

    sys.exit(read_files(files, as_json, jobs))


@app.command()
@documents("机关公布的原件 Documents, as the agencies published them.")
@click.option("--agency", help="机关编号 Id of the agency: 360200-finance. For one document, or several of one agency.")
@click.option("--region", help="区划代码 Its region: six digits of GB/T 2260, nine for a township.")
@click.option("--sector", help="领域 Its sector: a code of forms/sectors.yml.")
@click.option("--year", type=click.IntRange(2008, 2099), help="报告年度 The year that the report counts.")
@click.option("--name", help="机关全称 The agency's name in full, in Chinese.")
@click.option("--source-url", help="原文网址 Where the agency published it.")
@click.option("--published-on", type=DAY, help="公布日期 When it did.")
@click.option("--retrieved-on", type=DAY, help="获取日期 When you got it.")
@reports_dir
@click.option("--dry-run", is_flag=True, help="只说不写 Say what would be done, and write nothing.")
@click.option("--yes", "-y", is_flag=True, help="不提问 Ask nothing; what is not sure is an error.")
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
    """收录报告 Add documents to the collection: works out agency and year, shows tables and doubts, puts file and agency.yml.

    从不覆盖，已有的会指出；在终端里，拿不准的会问。

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
@documents("要查的文件 Documents to check; without any, the whole collection.", required=False)
@reports_dir
@format_of("text", "json", "github", said="输出格式 text for people, json for programs, github for annotations.")
@jobs_at_once(CORES)
def check(files: Sequence[Path], reports: Path, form: Literal["text", "json", "github"], jobs: int) -> None:
    """提交前自查 Say what a review will say: structure, agency.yml, readings, doubts, broken sums, the data package.

    \b
    报告自身勾稽不符是报告的事实，不是收集的错误：
    只列出，不算失败。

    A failed check of a report's own arithmetic is a fact about the report, not an error of the collection: it is shown and
    does not fail the command.
    """
    from ogi.cli.checking import check_all

    sys.exit(check_all(files, reports, jobs, form))


@app.command()
@click.argument("base", help="同哪个版本比 What to compare with: a branch, tag or commit, like main.")
@format_of("markdown", "json", said="输出格式 markdown for a pull request, json for everything.")
@click.option("--json-file", "also_json", type=FILE, help="另存一份 JSON Write the JSON there as well.")
@click.option("--crops", type=FOLDER, help="疑点截图的文件夹 Put pictures of doubtful cells of PDF files there.")
@reports_dir
@jobs_at_once(CORES)
def diff(base: str, form: str, also_json: Path | None, crops: Path | None, reports: Path, jobs: int) -> None:
    """数据有何变化 Show what the working tree changes in the published data: reports, cells, checks, doubts, old and new.

    \b
    两边各由自己的报告、表式和代码生成，不看已提交的数据包；
    只改代码而数字不变的，什么也不显示。

    Both sides are built from their own reports, forms and code; the committed package is not asked. A change of code that moves
    no number shows nothing.
    """
    from ogi.cli.comparing import diff_with

    sys.exit(diff_with(base, paths.ROOT, reports, form, jobs, also_json, crops))


@app.command()
@package_dir
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, help="最多列几条 How many to list.")
def wanted(package: Path, most: int) -> None:
    """还缺哪些 List good first reports: years of known agencies that are not in the collection, as Markdown for an issue."""
    from ogi.contribute.wanted import as_markdown
    from ogi.contribute.wanted import wanted as missing
    from ogi.package import load

    sys.stdout.write(as_markdown(list(missing(load(package))), most))


@app.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口 Port on this machine."
)
@package_dir
def serve(port: int, package: Path) -> None:
    """本机看网站 Show the site on this machine and rebuild it when a page, a template or the package changes."""
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
