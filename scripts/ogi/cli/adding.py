"""`ogi add`: a dialogue about where documents belong, the tables of each, then the files put there.

Asks only at a terminal, and only what is not sure; without one, a question is an error that lists the flags that answer it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.prompt import Confirm, Prompt

from ogi.checks import check
from ogi.cli.terminal import clean, show
from ogi.contribute.add import Plan, Shelf, carry_out, examined_files, plan, reserve, shelf_of
from ogi.contribute.examining import Examined
from ogi.contribute.placing import Asked, Question, answered, remedy
from ogi.errors import BadCollection, OgiError, Unreadable
from ogi.forms import load
from ogi.model import Entry

LISTED = 20  # candidates shown at a terminal


def add_files(
    files: Sequence[Path], reports: Path, asked: Asked, origin: Entry, dry_run: bool, yes: bool, jobs: int
) -> int:
    """Exit status 1 if any document was not added; the others are."""
    talks = sys.stdin.isatty() and sys.stdout.isatty() and not yes
    console = Console(highlight=False, soft_wrap=True)
    plans, refused = _planned(files, shelf_of(reports, jobs), asked, origin, talks, jobs, console)
    for made in plans:
        _show(made, console)
    if not plans or dry_run:
        if plans:
            console.print(
                "没有写入（--dry-run）；去掉它再运行，就放好上面的文件。\n"
                "Nothing was written (--dry-run). Without it, the files above are put there."
            )
        return int(refused > 0)
    question = f"放好这 {len(plans)} 份文件吗？ Put {len(plans)} document(s) there?"
    if talks and not Confirm.ask(question, default=True, console=console):
        console.print("没有写入。 Nothing was written.")
        return 1
    done = []
    for made in plans:
        try:
            carry_out(made)
            done.append(made)
        except OgiError as error:
            refused += 1
            _refuse(error)
        except OSError as error:
            refused += 1
            found = f"写不进去 cannot be written ({error.strerror})"
            remedy = "检查文件夹的权限和剩余空间 check the folder's rights and the free space"
            _refuse(BadCollection(str(made.target), found, remedy))
    _next(done, reports, console)
    return int(refused > 0)


def _planned(
    files: Sequence[Path], shelf: Shelf, asked: Asked, origin: Entry, talks: bool, jobs: int, console: Console
) -> tuple[list[Plan], int]:
    plans: list[Plan] = []
    refused = 0
    for path, examined in examined_files(files, jobs):
        try:
            if isinstance(examined, Unreadable):
                raise examined
            made = _settled(path, examined, shelf, asked, origin, talks, console)
        except OgiError as error:
            refused += 1
            _refuse(error)
            continue
        reserve(made, shelf)
        plans.append(made)
    return plans, refused


def _settled(
    path: Path, examined: Examined, shelf: Shelf, asked: Asked, origin: Entry, talks: bool, console: Console
) -> Plan:
    """The plan, after as many questions as it takes."""
    while isinstance(made := plan(path, examined, shelf, asked, origin), Question):
        if not talks:
            raise BadCollection(str(path), made.found, remedy(made))
        asked = _ask(path, made, asked, console)
    return made


def _ask(path: Path, question: Question, asked: Asked, console: Console) -> Asked:
    console.print(clean(f"{path.name}: {question.found}."), style="bold")
    for value, meaning in question.candidates[:LISTED]:
        console.print(clean(f"  {value}  {meaning}"))
    if len(question.candidates) > LISTED:
        more = len(question.candidates) - LISTED
        console.print(f"  …… 另有 {more} 个，见 … {more} more, in scripts/ogi/forms/sectors.yml")
    default = question.candidates[0][0] if question.candidates and "NAME" not in question.candidates[0][0] else None
    while True:
        said = Prompt.ask(question.flag, default=default, console=console) or ""
        told = answered(asked, question.flag, said)
        if isinstance(told, Asked):
            return told
        console.print(clean(f"  应填 expected: {told}"), style="red")


def _show(made: Plan, console: Console) -> None:
    reading = made.examined.reading
    agency = made.place.agency
    entry = next((e for e in agency.entries if e.year == made.place.year), None)
    show(replace(reading, checks=check(reading, load(), agency, entry)), str(made.source))
    _second(made, console)
    kind = "已有机关 known agency" if made.place.known else "新机关 NEW agency"
    console.print(clean(f"→ {made.target}   {made.place.year}, {kind} {agency.agency_id} {agency.name}"), style="bold")
    if made.text != made.was:
        verb = "补充 extends" if made.was is not None else "写入 writes"
        console.print(clean(f"  {verb} {made.agency_file}"))
    for note in made.place.notes:
        console.print(clean(f"  注意 note: {note}"), style="yellow")


def _second(made: Plan, console: Console) -> None:
    """What a second reader makes of a PDF; nothing where it has nothing to say."""
    if made.examined.reading.format != "pdf":
        return
    from ogi.contribute.opinions import opinions, told

    (opinion,) = opinions([made.source])
    if opinion is not None:
        console.print(clean(told(opinion)), style="yellow" if opinion.theirs else "")


def _next(done: Sequence[Plan], reports: Path, console: Console) -> None:
    if not done:
        return
    console.print(f"已添加 Added: {len(done)} document(s).", style="bold green")
    if any(not made.place.known for made in done):
        console.print(
            "  有新机关：先把它的 agency.yml（名称、地区、领域）与原文核对。\n"
            "  A new agency: compare its agency.yml with the document (name, region, sector) before you go on."
        )
    console.print(
        "下一步：1. 把上面的表格与原文核对；2. ogi check；\n"
        "      3. git add reports、git commit，开 pull request：全过程见 CONTRIBUTING.md。\n"
        "Next: 1. compare the tables above with the document;  2. ogi check;\n"
        "      3. git add reports, git commit, and open a pull request: the whole way is in CONTRIBUTING.md."
    )


def _refuse(error: OgiError) -> None:
    print(" ".join(f"ogi: {error}".split()), file=sys.stderr, flush=True)
