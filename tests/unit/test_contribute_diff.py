"""`ogi diff` shows what a change does to the published data, and nothing where it does nothing."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from contribution import JINGDEZHEN, commit, document, git, ogi, project

from benchmarks.generate.prose import Who
from ogi.cli.as_json import dump
from ogi.collection import collect
from ogi.contribute.as_plain import as_plain
from ogi.contribute.comparing import compare
from ogi.contribute.crops import draw
from ogi.contribute.difference import Difference, IssueChange, RowChange, SecondReading, WholeReport
from ogi.contribute.inert import inside, prose, quoted
from ogi.contribute.markdown import LARGEST, markdown
from ogi.contribute.opinions import second_readings, told
from ogi.contribute.pasting import completed
from ogi.contribute.wanted import as_markdown, wanted
from ogi.package import load
from ogi.paths import REPORTS
from ogi.pipeline import build
from ogi.readers.pdf.opinion import Opinion

SCIENCE = "36/360200-science-technology"
HOSTILE = (
    "`a` | @everyone <img src=x onerror=alert(1)> [x](http://evil.example) &#64;team\n## big\r\n"
    "| b | \\| \u202e #1 www.evil.example"
)
OFF_BY_ONE = """

def _off_by_one(reading):
    key = "disclosures.licensing.decisions"
    cells = [c._replace(value=c.value + 1) if c.key == key and c.value is not None else c for c in reading.cells]
    return replace(reading, cells=tuple(cells))
"""


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Difference]:
    """The collection as it is, against one with a report more, one fewer, one number and one agency.yml changed."""
    folder = tmp_path_factory.mktemp("pair")
    shutil.copytree(REPORTS, folder / "reports")
    document(folder / "reports" / SCIENCE, "2022.docx", JINGDEZHEN)
    build(folder / "reports", folder / "old")
    (folder / "reports" / SCIENCE / "2022.docx").unlink()
    text = (folder / "reports" / SCIENCE / "2021.txt").read_text("utf-8")
    number = re.search(r"行政许可\s+([0-9]+)\s", text)
    assert number
    text = text[: number.start(1)] + str(int(number[1]) + 1000) + text[number.end(1):]
    text = re.sub(r"(一、本年新收政府信息公开申请数量\s+)0", r"\g<1>1", text, count=1)
    (folder / "reports" / SCIENCE / "2021.txt").write_text(text, "utf-8")
    yml = folder / "reports" / "37/370881-science-technology" / "agency.yml"
    yml.write_text(yml.read_text("utf-8").replace("retrieved_on: 2026-11-20", "retrieved_on: 2026-11-21"), "utf-8")
    document(folder / "reports" / "36/360700-finance", "2022.docx")
    (folder / "reports" / "36/360700-finance" / "agency.yml").write_text(
        'name: 赣州市财政局\nregion_code: "360700"\nsector: finance\n', "utf-8")
    (folder / "reports" / SCIENCE / "2019.txt").write_text("no report\n", "utf-8")
    build(folder / "reports", folder / "new")
    return folder, compare(load(folder / "old"), load(folder / "new"))


def test_every_change_is_told_and_nothing_else(pair: tuple[Path, Difference]) -> None:
    """Reports, cells with old and new raw text, checks, refused files and other rows: each where it belongs."""
    _, d = pair
    assert [w.report["report_id"] for w in d.added] == ["360700-finance-2022"]
    assert [w.report["report_id"] for w in d.removed] == ["360200-science-technology-2022"]
    assert [row["path"] for row in d.refused] == [f"reports/{SCIENCE}/2019.txt"]
    cells = {f"{c.table}.{c.item}.{c.measure}": c for c in d.cells}
    change = cells["disclosures.licensing.decisions"]
    assert change.after["value"] - change.before["value"] == 1000
    assert (change.before["raw"], change.after["raw"]) == (str(change.before["value"]), str(change.after["value"]))
    assert {c.report_id for c in d.cells} == {"360200-science-technology-2021"}
    assert "requests.new_received.natural_person" in cells
    assert any(t.before == "pass" and t.after == "fail" for t in d.checks)
    changed = [r for r in d.rows if r.resource == "documents" and r.before and r.after]
    assert [r.after for r in changed] == [{"retrieved_on": date(2026, 11, 21)}]


def test_the_markdown_is_readable_and_whole(pair: tuple[Path, Difference]) -> None:
    """Every table has the columns of its head; names, old and new values, files and remedies are in it."""
    text = markdown(pair[1], "main")
    well_formed(text)
    for said in (
        "赣州市财政局 2022", "景德镇市科学技术局 2022", "**1**", "❌ fail", "2019.txt", "行政许可",
        "reports/36/360700-finance/2022.docx",
    ):
        assert said in text, said
    row = next(line for line in text.split("\n") if "disclosures.licensing.decisions" in line)
    assert re.search(r"\| \*\*([0-9]+)\*\* reported `\1` \| \*\*1([0-9]+)\*\* reported `1\2` \|", row), row


def test_a_doubt_is_named_in_chinese_with_what_it_is_about(pair: tuple[Path, Difference]) -> None:
    """Severity and name in both languages; a cell, a row, a table by their names, of many the first three."""
    d = pair[1]
    doubt = {"code": "row-duplicated", "severity": "warning", "message": "it stands twice", "locator": "line=9"}
    about = {
        None: "警告 warning 行重复 `row-duplicated` |",
        "requests.granted.*": "行重复 `row-duplicated`：（一）予以公开 |",
        "requests.granted.total": "`row-duplicated`：（一）予以公开 / 总计 |",
        "requests.*.*": "`row-duplicated`：收到和处理政府信息公开申请情况 |",
        "requests.*.a requests.*.b requests.*.c requests.*.d": "`row-duplicated`：a、b、c…… |",
    }
    for cells, said in about.items():
        one = replace(d.added[0], issues=({**doubt, "cells": cells},))
        assert said in markdown(replace(d, added=(one,)), "main"), said
        turned = IssueChange("360700-finance-2022", True, {**doubt, "cells": cells})
        assert said in markdown(replace(d, added=(), issues=(turned,)), "main"), said


def test_an_address_that_would_be_lost_is_named(pair: tuple[Path, Difference]) -> None:
    """A report that is gone without a word under `withdrawn` is a warning; with it there is none."""
    _, d = pair
    said = next(line for line in markdown(d, "main").split("\n") if "withdrawn" in line)
    assert "`360200-science-technology-2022`" in said
    row = RowChange("withdrawn", "360200-science-technology-2022", None, {"withdrawn_on": date(2026, 3, 1)})
    assert "网址会失效" not in markdown(replace(d, rows=(*d.rows, row)), "main")


def test_the_json_is_complete(pair: tuple[Path, Difference]) -> None:
    """All cells of an added report, and every change, as plain JSON."""
    folder, d = pair
    whole = json.loads(dump(as_plain(d, "main")))
    assert len(whole["added"][0]["cells"]) == len([r for r in load(folder / "new").rows("cells")
                                                  if r["report_id"] == "360700-finance-2022"])
    assert (len(whole["cells"]), len(whole["checks"]), len(whole["rows"])) == (len(d.cells), len(d.checks), len(d.rows))
    assert whole["cells"][0]["before"]["raw"] is not None and whole["empty"] is False


def test_nothing_changed_is_said_in_words(pair: tuple[Path, Difference]) -> None:
    """A package against itself: empty, and told as that."""
    same = compare(load(pair[0] / "old"), load(pair[0] / "old"))
    assert same.empty and "没有变化" in markdown(same, "main") and "| " not in markdown(same, "main")


def test_a_base_without_code_is_empty(pair: tuple[Path, Difference]) -> None:
    """Against nothing, every report is added."""
    d = compare(None, load(pair[0] / "new"))
    assert len(d.added) == 6 and not d.removed and not d.cells


def test_the_markdown_stays_below_its_size(pair: tuple[Path, Difference]) -> None:
    """Ten thousand changes with long text: at most 60 kB, well formed, and what is left out is counted."""
    d = pair[1]
    change = replace(d.cells[0], after={**d.cells[0].after, "raw": "长" * 5000})
    d = replace(d, cells=(change,) * 10000, added=d.added * 500, refused=({**d.refused[0], "message": "长" * 9000},) * 100)
    text = markdown(d, "main")
    assert 10_000 < len(text.encode()) <= LARGEST
    well_formed(text)
    assert re.search(r"And [0-9]{4} more, in the JSON", text)


def test_what_to_do_is_not_cut_off_in_two_languages(pair: tuple[Path, Difference], tmp_path: Path) -> None:
    """The longest message, of a document in the folder of another place, is whole in the comment, with lines to paste."""
    folder, right = "reports/36/361100-administrative-approval", "reports/36/360700-administrative-approval"
    document(tmp_path / folder, "2022.docx", Who("赣州市行政审批局", "赣州市行政审批局", "我局", "市政府办公室"))
    (file,) = collect(tmp_path / "reports").files
    said = completed(str(file.problem), file.path, tmp_path)
    text = markdown(replace(pair[1], refused=({**pair[1].refused[0], "path": file.path, "message": said},)), "main")
    assert f"不属于这里；移到 {right}/2022.docx；" in text
    assert f"create a file {right}/agency.yml with these lines, and compare them with the document:`" in text
    assert "\n  name: 赣州市行政审批局\n" in text


def test_hostile_text_is_neutral_in_every_column(pair: tuple[Path, Difference]) -> None:
    """Backticks, pipes, mentions, HTML, links, entities, line ends and direction marks of documents stay text."""
    d = pair[1]
    bad = WholeReport(
        {**d.added[0].report, "report_id": "360700-finance-2022"}, {**d.added[0].agency, "name": HOSTILE},
        {**d.added[0].document, "path": HOSTILE}, d.added[0].panel, d.added[0].cells,
        ({"rule": HOSTILE, "severity": "warning", "attribution": "agency", "message_zh": HOSTILE, "message_en": HOSTILE},),
        ({"code": HOSTILE, "severity": "error", "message": HOSTILE, "locator": HOSTILE, "cells": HOSTILE},),
    )
    cell = replace(d.cells[0], after={**d.cells[0].after, "raw": HOSTILE, "locator": HOSTILE, "unit": HOSTILE})
    refused = {**d.refused[0], "path": HOSTILE, "message": f"{HOSTILE}\n```\n{HOSTILE}"}
    second = SecondReading("360700-finance-2022", HOSTILE, 3, (HOSTILE,), (HOSTILE,))
    text = markdown(replace(d, added=(bad,), cells=(cell,), refused=(refused,), second=(second,)), HOSTILE)
    well_formed(text)
    for active in ("@", "<", "&#", "](", "\u202e", "\\", "\r"):
        assert active not in text, active
    assert not re.search(r"^## big", text, re.M)


def test_inert_text_closes_nothing() -> None:
    """A code span is one span whatever is in it; prose has no ASCII punctuation left; a block's line cannot end the block."""
    for text in (HOSTILE, "`", "``", "\\`", "a`", "|", "\\|", "```"):
        assert re.fullmatch(r"`[^`|\\]+`", quoted(text))
        assert not re.search(r"[!-/:-@\[-`{-~]", prose(text))
        assert "`" not in inside(text)
    assert quoted(None) == quoted(" \n") == "—" and quoted("6 + 0 = 6") == "`6 + 0 = 6`"
    assert len(quoted("长" * 999, 50)) == 52


def test_doubtful_cells_of_a_pdf_are_pictured(pair: tuple[Path, Difference], tmp_path: Path) -> None:
    """A doubt with a place on a page gives a framed picture named after its report; one without, or off the page, gives none."""
    from PIL import Image

    folder, d = pair
    shutil.copy(REPORTS.parent / "tests/fixtures/generated/9-2021-30-word.pdf", folder / "a.pdf")
    bad = replace(d.added[0], cells=(), issues=tuple(
        {"code": "x", "severity": "warning", "message": "x", "cells": None, "locator": locator}
        for locator in (
            "page=1;table=1;row=1;col=1;bbox=100,100,160,120", "page=99;bbox=1,1,2,2", "page=1;bbox=9999,9999,99999,99999", None,
        )
    ))

    class Fake:
        def rows(self, name: str) -> list[dict[str, object]]:
            return [{"report_id": "360700-finance-2022", "path": "a.pdf", "format": "pdf"}]

    assert draw(replace(d, added=(bad,), cells=(), issues=()), Fake(), folder, tmp_path / "crops") == 1  # type: ignore[arg-type]
    (path,) = (tmp_path / "crops").iterdir()
    assert path.name == "360700-finance-2022-page-1-1.png"
    image = Image.open(path).convert("RGB")
    assert image.width < 600 and (200, 0, 0) in {image.getpixel((x, image.height // 2)) for x in range(image.width)}


def test_a_new_pdf_is_read_a_second_time_and_told(pair: tuple[Path, Difference]) -> None:
    """Only PDFs of reports whose bytes were not there before; what cannot be read a second time is left out; both ways told."""
    folder, d = pair
    shutil.copy(REPORTS.parent / "tests/fixtures/generated/9-2021-30-word.pdf", folder / "b.pdf")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 cut off")

    class Fake:
        def __init__(self, *rows: tuple[str, str, str]) -> None:
            self._rows = [dict(zip(("report_id", "path", "sha256"), row, strict=True), format="pdf") for row in rows]

        def rows(self, name: str) -> list[dict[str, object]]:
            return self._rows

    old, new = Fake(("a", "b.pdf", "1")), Fake(("a", "b.pdf", "1"), ("c", "b.pdf", "2"), ("d", "broken.pdf", "3"))
    (one,) = second_readings(old, new, folder, 1)  # type: ignore[arg-type]
    assert (one.report_id, one.theirs) == ("c", ()) and one.both > 25
    assert "⚠" not in markdown(replace(d, second=(one,)), "main")
    lost = replace(one, theirs=("5 | 0 | 12",))
    text = markdown(replace(d, second=(lost,)), "main")
    assert "⚠ `5 ｜ 0 ｜ 12`" in text and "A second reading of the PDFs" in text
    well_formed(text)
    assert json.loads(dump(as_plain(replace(d, second=(lost,)), "main")))["second_readings"][0]["theirs"] == ["5 | 0 | 12"]
    assert told(Opinion(31, (), ("5 | 0",))).endswith("only pdfplumber has 5 | 0: compare these with the document")


def test_good_first_reports_are_the_gaps_of_the_collection(pair: tuple[Path, Difference]) -> None:
    """Years between an agency's first and the last that anyone has, newest first; no year that is there."""
    found = list(wanted(load(pair[0] / "old")))
    assert [(w.name, w.year) for w in found if w.year == 2022] == [
        (a["name"], 2022) for a in load(pair[0] / "old").rows("agencies") if a["agency_id"] != "360200-science-technology"
    ]
    assert [w.year for w in found] == sorted((w.year for w in found), reverse=True) and min(w.year for w in found) == 2021
    text = as_markdown(found, 2)
    assert text.count("- [ ] ") == 2 and f"And {len(found) - 2} more" in text and "`reports/36/" in text
    assert "No gaps" in as_markdown([])


def test_a_change_of_code_that_moves_no_number_shows_nothing(tmp_path: Path) -> None:
    """The base is read by its own code: a comment more is nothing, a reader that misreads is shown."""
    here = project(tmp_path / "clone")
    told = ogi(here, "diff", "nowhere")
    assert told.returncode == 1 and "git knows no such revision" in told.stderr and "git fetch" in told.stderr
    form = here / "scripts" / "ogi" / "forms" / "2021-30.yml"
    form.write_text(form.read_text("utf-8") + "\n# nothing but a comment\n", "utf-8")
    settling = here / "scripts" / "ogi" / "settling.py"
    settling.write_text(settling.read_text("utf-8") + "\n# nor this\n", "utf-8")
    told = ogi(here, "diff", "main", "--jobs", "1")
    assert told.returncode == 0 and "没有变化" in told.stdout, told.stdout + told.stderr
    settling.write_text(settling.read_text("utf-8").replace(
        "        reading=reading,\n", "        reading=_off_by_one(reading),\n", 1) + OFF_BY_ONE, "utf-8")
    whole = json.loads(ogi(here, "diff", "main", "--format", "json", "--jobs", "1").stdout)
    assert {c["item"] for c in whole["cells"]} == {"licensing"} and len(whole["cells"]) == 5
    assert git(here, "worktree", "list").count("\n") == 0 and not git(here, "stash", "list")


def test_an_old_revision_without_code_counts_as_empty(tmp_path: Path) -> None:
    """The very first commit held no code: everything is new, and nothing fails."""
    here = tmp_path / "clone"
    here.mkdir()
    (here / "README.md").write_text("x\n", "utf-8")
    git(here, "init", "--quiet", "--initial-branch=main")
    commit(here, "first")
    project(here)
    told = ogi(here, "diff", "HEAD~1", "--jobs", "1")
    assert told.returncode == 0 and "**5** 份新年报" in told.stdout, told.stderr


def well_formed(text: str) -> None:
    """Every row of a table has as many cells as its head, and no line is of another kind than we write."""
    columns = 0
    fenced = False
    for line in text.split("\n"):
        if line.strip().startswith("```"):
            fenced = not fenced
        elif line.startswith("|"):
            columns = columns or line.count("|")
            assert line.count("|") == columns and line.endswith("|"), line
        else:
            columns = 0
            assert fenced or not line or re.match(r"#{2,3} |- |与 |……|\*\*|原文|只改了|太多", line), line
    assert not fenced
