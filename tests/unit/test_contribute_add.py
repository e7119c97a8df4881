"""`ogi add` puts a document where it belongs, asks what it cannot know, and never harms what is there."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from contribution import GANZHOU, JINGDEZHEN, document, files

from benchmarks.generate.prose import Who
from ogi.cli.adding import add_files
from ogi.collection import collect
from ogi.collection.agency import read_agency
from ogi.contribute import add
from ogi.contribute.agency_text import with_report
from ogi.contribute.placing import Asked, Question, answered, place
from ogi.errors import BadCollection
from ogi.model import Agency, Entry, Reading
from ogi.paths import REPORTS

SCIENCE = "36/360200-science-technology"
PDF = REPORTS.parent / "tests" / "fixtures" / "generated" / "9-2021-30.html"
OLD = """# kept by hand: 景德镇
name: 景德镇市科学技术局   # official
region_code: "360200"
sector: science-technology
{reports}"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    shutil.copytree(REPORTS, tmp_path / "reports")
    return tmp_path / "reports"


def added(reports: Path, *paths: Path, asked: Asked | None = None, origin: Entry | None = None, dry_run: bool = False) -> int:
    return add_files(paths, reports, asked or Asked(), origin or Entry(""), dry_run, yes=True, jobs=1)


def test_a_new_agency_and_a_second_year_go_where_they_belong(
    reports: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Two documents with misleading names: place, year, ending and agency.yml come from what they say."""
    before = files(reports)
    new = document(tmp_path / "in", "下载 (1).doc", GANZHOU, 2023)
    second = document(tmp_path / "in", "附件.docx", JINGDEZHEN, 2022)
    origin = Entry("", source_url="https://www.example.gov.cn/a?b=1,2", retrieved_on=date(2026, 11, 20))
    assert added(reports, new, second, origin=origin) == 0
    after = files(reports)
    assert set(after) - set(before) == {
        "36/360700-finance/2023.docx", "36/360700-finance/agency.yml", f"{SCIENCE}/2022.docx",
    }
    assert after["36/360700-finance/2023.docx"] == new.read_bytes()
    entry = 'source_url: "https://www.example.gov.cn/a?b=1,2", retrieved_on: 2026-11-20}\n'
    assert after["36/360700-finance/agency.yml"].decode() == (
        'name: 赣州市财政局\nregion_code: "360700"\nlevel: prefecture\nsector: finance\nreports:\n'
        f"  2023: {{file: 2023.docx, {entry}"
    )
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"{SCIENCE}/agency.yml"}
    assert after[f"{SCIENCE}/agency.yml"] == before[f"{SCIENCE}/agency.yml"] + f"  2022: {{file: 2022.docx, {entry}".encode()
    found = collect(reports)
    assert not [f.problem for f in found.files if f.problem]
    out, err = capfd.readouterr()
    assert err == ""
    for said in (
        "申请 Requests", "核验：", "Checks: ", "疑点", "NEW agency 360700-finance", "known agency", "Next:", "ogi check",
    ):
        assert said in out


def test_a_dry_run_touches_nothing(reports: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It says what would be done, and not a byte is written."""
    before = files(tmp_path)
    assert added(reports, PDF, dry_run=True) == 0
    assert files(tmp_path) == before
    assert "620123-emergency/2023.html" in capfd.readouterr().out.replace("\n", "")


def test_a_duplicate_is_named_and_nothing_is_overwritten(
    reports: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The same bytes, and another document of the same agency and year, are refused with the path of what is there."""
    one = document(tmp_path / "in", "a.docx")
    other = document(tmp_path / "in", "b.docx", seed=6)
    assert added(reports, one) == 0
    before = files(reports)
    capfd.readouterr()
    assert added(reports, one, other) == 1
    assert files(reports) == before
    err = capfd.readouterr().err
    assert "the collection has it already, as reports/36/360700-finance/2022.docx" in err
    assert "赣州市财政局 has a report of 2022 already" in err and "version: 2" in err


def test_two_documents_of_one_year_in_one_command_do_not_both_go_in(
    reports: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The second is refused as if the first were there already, and the first goes in."""
    assert added(reports, document(tmp_path / "in", "a.docx"), document(tmp_path / "in", "b.docx", seed=6)) == 1
    assert "has a report of 2022 already" in capfd.readouterr().err
    assert [p for p in files(reports) if "360700-finance" in p] == ["36/360700-finance/2022.docx", "36/360700-finance/agency.yml"]


def test_what_is_no_report_costs_only_itself(reports: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A text that is no report, a folder, a missing file and a huge one are named, each with what to do; the good one goes in."""
    (tmp_path / "$(touch x)`.txt").write_text("买菜清单\n", "utf-8")
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(300 << 20)
    good = document(tmp_path / "in", "a.docx")
    bad = (tmp_path / "$(touch x)`.txt", tmp_path, tmp_path / "none.pdf", tmp_path / "huge.pdf")
    assert added(reports, *bad, good) == 1
    lines = capfd.readouterr().err.strip().split("\n")
    assert len(lines) == 4 and all(" → " in line for line in lines)
    assert "300 MB" in lines[3]
    assert (reports / "36/360700-finance/2022.docx").is_file() and not (tmp_path / "x").exists()


@pytest.mark.parametrize("fails", ["_put", "_replace"])
def test_a_failure_leaves_nothing_half_written(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A full disk at either file: the folder is as it was before, and the message says what to do."""
    before, path = files(reports), document(tmp_path / "in", "a.docx")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(add, fails, full)
    assert added(reports, path) == 1
    assert files(reports) == before and not (reports / "36" / "360700-finance").exists()
    assert "No space left on device" in capfd.readouterr().err


def test_nothing_is_written_through_a_link(reports: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An agency's folder that is a link to elsewhere is refused."""
    (tmp_path / "elsewhere").mkdir()
    (reports / "36" / "360700-finance").symlink_to(tmp_path / "elsewhere")
    assert added(reports, document(tmp_path / "in", "a.docx")) == 1
    assert not list((tmp_path / "elsewhere").iterdir()) and "a link" in capfd.readouterr().err


def test_a_file_that_is_there_under_the_name_stays(reports: Path, tmp_path: Path) -> None:
    """A file that appears between plan and deed is not overwritten."""
    path = document(tmp_path / "in", "a.docx")
    shelf = add.shelf_of(reports)
    ((_, seen),) = add.examined_files([path])
    made = add.plan(path, seen, shelf, Asked(), Entry(""))
    made.target.parent.mkdir()
    made.target.write_text("mine", "utf-8")
    with pytest.raises(BadCollection, match="a file of this name is there"):
        add.carry_out(made)
    assert made.target.read_text("utf-8") == "mine" and not made.agency_file.exists()


@pytest.mark.parametrize(("text", "expected"), [
    ("", "reports:\n  2022: {file: 2022.pdf}\n"),
    ("reports:\n", "reports:\n  2022: {file: 2022.pdf}\n"),
    ("reports: {}\n", "reports: {2022: {file: 2022.pdf}}\n"),
    ("reports: {2021: {file: a.pdf}}  # one\n", "reports: {2021: {file: a.pdf}, 2022: {file: 2022.pdf}}  # one\n"),
    (
        "reports:\n    2021: {file: a.pdf}  # first\n    # of the next\n    2023:\n        file: c.pdf\nscope: own\n",
        "reports:\n    2021: {file: a.pdf}  # first\n    2022: {file: 2022.pdf}\n    # of the next\n    2023:\n"
        "        file: c.pdf\nscope: own\n",
    ),
    ("reports:\n  2023: {file: c.pdf}", "reports:\n  2022: {file: 2022.pdf}\n  2023: {file: c.pdf}"),
    (
        "reports:\n  2021:\n    file: a.pdf\n\n\n# end\n",
        "reports:\n  2021:\n    file: a.pdf\n  2022: {file: 2022.pdf}\n\n\n# end\n",
    ),
    ("reports:\n  2021: {file: a.pdf}", "reports:\n  2021: {file: a.pdf}\n  2022: {file: 2022.pdf}\n"),
    (
        "reports:\n  2021:\n  - file: a.pdf\n    version: 1\n  - file: b.pdf\n    version: 2\n",
        "reports:\n  2021:\n  - file: a.pdf\n    version: 1\n  - file: b.pdf\n    version: 2\n  2022: {file: 2022.pdf}\n",
    ),
    ("reports:\r\n  2021: {file: a.pdf}\r\n", "reports:\r\n  2021: {file: a.pdf}\r\n  2022: {file: 2022.pdf}\r\n"),
])
def test_an_entry_is_added_and_every_other_byte_stays(text: str, expected: str) -> None:
    """Comments, blank lines, line ends, order and layout survive; the entry stands in the order of years."""
    for mark in (b"", b"\xef\xbb\xbf"):
        old = mark + OLD.format(reports=text).encode()
        new = with_report(old, SCIENCE[3:], Entry("2022.pdf", 2022), "agency.yml")
        assert new == mark + OLD.format(reports=expected).encode()
        read = read_agency(new, SCIENCE[3:], "agency.yml")
        assert read.problem is None and not read.faults
        assert "2022.pdf" in {e.file for e in read.agency.entries}


@pytest.mark.parametrize("text", ["reports: null\n", "reports: ~\n"])
def test_a_layout_for_people_is_left_to_people(text: str) -> None:
    """Where the entry cannot be added by inserting alone, the message has the line to paste."""
    with pytest.raises(BadCollection, match="by hand: 2022: {file: 2022.pdf}"):
        with_report(OLD.format(reports=text).encode(), SCIENCE[3:], Entry("2022.pdf", 2022), "agency.yml")


def reading(name: str | None, year: int | None = 2022) -> Reading:
    return Reading("txt", "0" * 64, 1, name, name, year, None, {}, ())


def agency(agency_id: str, name: str) -> Agency:
    code, sector = agency_id.split("-", 1)
    return Agency(agency_id, name, code, "prefecture", sector)


@pytest.mark.parametrize(("name", "known", "flag", "candidates"), [
    ("鼓楼区司法局", (), "region", {"320106", "320302", "350102", "410204"}),
    ("科技局", (), "region", {"100000"}),
    ("国务院办公厅", (), "region", {"100000"}),
    (None, (), "name", set()),
    ("赣州市赣南采茶歌舞剧院", (), "sector", None),
    ("西安高新技术产业开发区教育局", (agency("610100-education", "西安市教育局"),), "agency", {"610100-education-NAME"}),
    ("赣州市财政局", (agency("360700-finance", "赣州市国库局"),), "agency", {"360700-finance", "360700-finance-2"}),
    ("科技局", (agency("360200-science-technology", "科技局"),), "agency", {"360200-science-technology"}),
])
def test_what_is_not_sure_is_a_question(
    name: str | None, known: tuple[Agency, ...], flag: str, candidates: set[str] | None
) -> None:
    """Namesakes, bare names, bodies in zones and unknown sectors are never guessed; the candidates are listed."""
    found = place(reading(name), "x.pdf", {a.agency_id: a for a in known}, Asked())
    assert isinstance(found, Question) and found.flag == flag
    assert candidates is None or {value for value, _ in found.candidates} == candidates


@pytest.mark.parametrize(("name", "agency_id", "level", "scope"), [
    ("江西省景德镇市科学技术局", "360200-science-technology", "prefecture", "own"),
    ("江西省人民政府", "360000-government", "province", "aggregate"),
    ("浮梁县浮梁镇人民政府", "360222100-town", "town", "own"),
    ("北京市东城区景山街道办事处", "110101002-sub-district", "town", "own"),
    ("平潭综合实验区管理委员会", "350128-zone-pingtan", "zone", "own"),
    ("景德镇市住房和城乡建设局", "360200-housing-construction", "prefecture", "own"),
    ("新乡市教育局", "410700-education", "prefecture", "own"),
])
def test_a_name_that_says_it_all_needs_no_question(name: str, agency_id: str, level: str, scope: str) -> None:
    """Region, sector, level and scope of a new agency follow from its printed name."""
    found = place(reading(name), "x.pdf", {}, Asked())
    assert not isinstance(found, Question), found
    made = found.agency
    assert (made.agency_id, made.level, made.scope, found.known) == (agency_id, level, scope, False)


def test_a_year_in_the_name_that_the_document_contradicts_is_a_question() -> None:
    """Neither is taken silently; a flag settles it."""
    found = place(reading("赣州市财政局", 2022), "2021年报告.pdf", {}, Asked())
    assert isinstance(found, Question) and {v for v, _ in found.candidates} == {"2021", "2022"}
    settled = place(reading("赣州市财政局", 2022), "2021年报告.pdf", {}, Asked(year=2022))
    assert not isinstance(settled, Question) and settled.year == 2022


def test_an_answer_that_cannot_be_is_asked_again() -> None:
    """Answers at the terminal are held to what the flag takes."""
    assert answered(Asked(), "region", "320106") == Asked(region="320106")
    for flag, value in (("region", "99"), ("sector", "nothing"), ("year", "22"), ("name", " ")):
        assert isinstance(answered(Asked(), flag, value), str)


def test_a_person_is_asked_and_a_wrong_answer_asked_again(reports: Path, tmp_path: Path) -> None:
    """At a terminal: four districts are listed, a code that is none is asked again, and nothing is written before the yes."""
    path = document(tmp_path / "in", "a.docx", Who("鼓楼区司法局", "鼓楼区司法局", "我局", "区政府"))
    answers = ("region", "99\n"), ("expected", "350102\n"), ("[y/n]", "y\n")
    out = at_a_terminal(["add", "--reports", str(reports), str(path)], *answers)
    for said in ("福建省福州市鼓楼区", "河南省开封市鼓楼区", "expected: 6 位", "NEW agency 350102-justice", "Added: 1"):
        assert said in out, out
    assert (reports / "35/350102-justice/2022.docx").is_file()
    other = document(tmp_path / "in", "b.docx", JINGDEZHEN)
    out = at_a_terminal(["add", "--reports", str(reports), str(other)], ("[y/n]", "n\n"))
    assert "没有写入。 Nothing was written." in out and not (reports / SCIENCE / "2022.docx").exists()


def at_a_terminal(arguments: list[str], *answers: tuple[str, str]) -> str:
    """`ogi` with a terminal of its own; each answer is given once the words before it have appeared."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(REPORTS.parent / "scripts"), "COLUMNS": "160", "TERM": "xterm"}
    command = [sys.executable, "-m", "ogi", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, close_fds=True) as process:
        os.close(theirs)
        said, at, waiting = "", 0, list(answers)
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:  # the other side is gone
                break
            if not data:
                break
            said += data.decode("utf-8", "replace")
            if waiting and waiting[0][0] in said[at:] and said.rstrip().endswith((":", ")")):
                at = len(said)
                os.write(ours, waiting.pop(0)[1].encode())
        process.wait(30)
    os.close(ours)
    return said
