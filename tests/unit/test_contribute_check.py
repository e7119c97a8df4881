"""`ogi check` says beforehand what a review will say: to people, to programs, and on the lines of a pull request."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from contribution import GANZHOU, JINGDEZHEN, document

from ogi.cli.checking import check_all
from ogi.collection.agency import read_agency
from ogi.contribute.annotations import as_commands
from ogi.contribute.findings import Finding, of_reading
from ogi.messages import in_both
from ogi.model import Issue, Reading
from ogi.paths import REPORTS

SCIENCE = "36/360200-science-technology"
COMMAND = re.compile(r"::(error|warning) file=([^,:]*)(?:,line=([0-9]+))?,title=([^,:]*)::(.*)")
CORRECTION = """    corrections:
      - {kind: misread, table: requests, item: new_received, measure: total, printed: "0", right: 0, reason: r, evidence: e,
         on: 2026-11-20}
      - kind: misread
        table: requests
        item: carried_in
        measure: total
        printed: "17"
        right: 11
        reason: r
        evidence: e
        on: 2026-11-20
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    shutil.copytree(REPORTS, tmp_path / "reports")
    return tmp_path / "reports"


def told(reports: Path, form: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capfd.readouterr()
    status = check_all([], reports, 1, form)
    return status, *capfd.readouterr()


def commands(out: str) -> list[tuple[str, str, int | None, str]]:
    """What GitHub would make of the output: level, file, line, message; any other line may not be a command."""
    found = []
    for line in out.split("\n"):
        match = COMMAND.fullmatch(line)
        if match:
            found.append((match[1], unquote(match[2]), int(match[3]) if match[3] else None, unquote(match[5])))
        else:
            assert not line.lstrip().startswith("::"), line
    return found


def test_the_collection_as_it_is_passes(capfd: pytest.CaptureFixture[str]) -> None:
    """What is committed has no error; broken sums of the reports are shown and fail nothing."""
    status, out, err = told(REPORTS, "text", capfd)
    assert (status, err) == (0, "")
    assert "360200-science-technology/2021.txt" in out and "ST-01" in out
    assert re.search(r"看了 5 份文件，0 处错误，.*数据包：有效，[0-9]+ 个表。\n下一步：", out)
    assert re.search(r"5 documents looked at, 0 in error, .* Data package: valid, [0-9]+ resources\.\nNext: ", out)


def test_each_fault_stands_on_its_file_and_line(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Key, entry, correction, missing agency.yml, document in a wrong place: GitHub shows each where it is to be mended."""
    science = reports / SCIENCE / "agency.yml"
    science.write_text(science.read_text("utf-8").replace("  2021: {file: 2021.txt, retrieved_on: 2026-11-20}\n", (
        "  2021:\n    file: 2021.txt\n" + CORRECTION)), "utf-8")
    finance = reports / "36" / "360700-science-technology" / "agency.yml"
    finance.write_text(finance.read_text("utf-8") + "regoin: x\n", "utf-8")
    document(reports / "36" / "360700-finance", "2022.docx")
    document(reports / "36", "财政局,100%:2023.docx", GANZHOU, 2023, seed=8)
    status, out, _ = told(reports, "github", capfd)
    found = {(level, file): (line, message) for level, file, line, message in commands(out)}
    assert status == 1
    line, message = found["error", f"reports/{SCIENCE}/agency.yml"]
    assert science.read_text("utf-8").split("\n")[line - 1].strip() == 'printed: "17"'
    assert "expects «17»" in message and "change or remove the record" in message
    line, message = found["error", "reports/36/360700-science-technology/agency.yml"]
    assert finance.read_text("utf-8").split("\n")[line - 1] == "regoin: x" and "did you mean" in message
    _, message = found["error", "reports/36/360700-finance/2022.docx"]
    assert "create a file reports/36/360700-finance/agency.yml with these lines" in message
    pasted = message.split(":\n", 1)[1]
    made = read_agency(pasted.encode(), "360700-finance", "agency.yml")
    assert made.problem is None and made.agency.name == "赣州市财政局"
    _, message = found["error", "reports/36/财政局,100%:2023.docx"]
    assert "move it to reports/36/360700-finance/2023.docx" in message
    assert len(found) == 4


def test_a_missing_agency_file_is_told_once(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Forty documents of one new agency are one fault, not forty."""
    for year in (2021, 2022, 2023):
        document(reports / "36" / "360700-finance", f"{year}.docx", GANZHOU, year, seed=year)
    status, out, err = told(reports, "text", capfd)
    assert status == 1 and err.count("no agency.yml") == 1
    assert 'region_code: "360700"\n' in err and "1 in error" in out


def test_a_document_of_another_place_is_sent_there(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In the folder of one city without agency.yml, a document of another city is not given that city's code."""
    document(reports / "36" / "361100-finance", "2022.docx", GANZHOU, 2022)
    _, _, err = told(reports, "text", capfd)
    assert "the document is of «赣州市财政局», not of this place: move it to reports/36/360700-finance/2022.docx" in err
    assert 'region_code: "360700"' in err and 'region_code: "361100"' not in err


def test_json_says_all_of_it(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Findings with path, line, level and code, the counts, and the word on the package."""
    document(reports / SCIENCE, "2023.docx", GANZHOU, 2023)
    shutil.copy(reports / SCIENCE / "2023.docx", reports / SCIENCE / "copy.docx")
    status, out, _ = told(reports, "json", capfd)
    whole = json.loads(out)
    assert (status, whole["documents"], whole["errors"]) == (1, 7, 1)
    assert whole["package"].startswith("valid")
    by_code = {f["code"]: f for f in whole["findings"]}
    assert by_code["duplicate"]["path"].endswith(("copy.docx", "2023.docx"))
    assert by_code["agency-contradicted"]["level"] == "warning"
    assert by_code["ST-01"]["level"] == "notice"


def test_the_same_bytes_in_two_folders_are_a_doubt(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Copied to another agency, a document is named with the place of the other."""
    shutil.copy(reports / SCIENCE / "2021.txt", reports / "36" / "360700-science-technology" / "2021.txt")
    _, out, _ = told(reports, "text", capfd)
    assert f"内容相同 same-bytes: reports/36/360700-science-technology/2021.txt: 与 reports/{SCIENCE}/2021.txt" in out
    assert f"the same bytes as reports/{SCIENCE}/2021.txt" in out


def test_hostile_files_are_refused_by_name_and_never_obeyed(
    reports: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Links, a 300 MB file, names that are commands, YAML that explodes: each is an error that says what to do."""
    (tmp_path / "secret").write_text("ghp_secret\n", "utf-8")
    folder = reports / SCIENCE
    (folder / "2019.txt").symlink_to(tmp_path / "secret")
    (reports / "36" / "360400-finance").symlink_to(tmp_path)
    with (folder / "2018.pdf").open("wb") as file:
        file.truncate(300 << 20)
    (folder / "\n::set-output name=x::y.txt").write_text("x", "utf-8")
    (reports / "36" / "$(touch pwned).pdf").write_bytes(b"%PDF-1.4")
    bombs = {
        "360100-finance": "a: &a [x, x]\nb: &b [*a, *a]\n",
        "360300-finance": "name: !!python/object/apply:os.system [touch pwned]\n",
        "360500-finance": (
            "reports:\n  2021: {file: ../../../../secret}\nname: 新余市财政局\nregion_code: '360500'\nsector: finance\n"
        ),
        "360600-finance": "name: " + "[" * 5000 + "\n",
    }
    for name, text in bombs.items():
        (reports / "36" / name).mkdir()
        (reports / "36" / name / "agency.yml").write_text(text, "utf-8")
        (reports / "36" / name / "2021.txt").write_text("x", "utf-8")
    status, out, err = told(reports, "github", capfd)
    found = commands(out)
    said = "\n".join(message for *_, message in found)
    assert status == 1 and all(" → " in message for level, _, _, message in found if level == "error")
    for expected in ("a link or no plain file", "300 MB", "control or invisible characters", "$(touch pwned).pdf",
                     "anchors and aliases", "tags (!) are not read", "a path where a plain name belongs", "360600-finance"):
        assert expected in said, expected
    assert "ghp_secret" not in out + err and not list(tmp_path.rglob("pwned"))


def test_a_reports_folder_that_is_a_link_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing behind it is looked at."""
    (tmp_path / "reports").symlink_to(REPORTS)
    status, out, _ = told(tmp_path / "reports", "github", capfd)
    assert status == 1 and "a link" in out and "0 documents" in out


def test_an_annotation_cannot_be_broken_out_of() -> None:
    """Percent signs, line ends, colons and commas of a name or message stay inside of their own command."""
    hostile = "x,line=1::y%0A\r\n::stop-commands::z"
    (line,) = as_commands([Finding(hostile, 7, "error", hostile, f"{hostile}\n::add-mask::a\u2028b")])
    assert "\n" not in line and "\r" not in line
    assert line.startswith("::error file=x%2Cline=1%3A%3Ay%250A%0D%0A%3A%3Astop-commands%3A%3Az,line=7,title=")
    assert line.count("::stop-commands::") == 1 and "%250A" in line.split("title=")[1]


def test_doubts_of_one_document_are_one_annotation() -> None:
    """GitHub shows ten of a kind: errors come one by one, doubts gathered, notes not at all."""
    found = [Finding("a.pdf", None, "warning", f"code-{n}", f"message {n}", "warning") for n in range(30)]
    lines = list(as_commands([*found, Finding("a.pdf", None, "notice", "T3-01", "sum", "error")]))
    assert len(lines) == 1 and "title=30 处疑点，请与原文核对 30 doubts" in lines[0] and "message 29" in lines[0]


def test_a_doubt_says_in_chinese_where_it_is_and_what() -> None:
    """Its place as people say it, then its message in both languages; it keeps its own level and line."""
    places = ("line=1", "page=2;table=1;row=3;bbox=1,2,3,4", None)
    doubts = tuple(Issue("suspect-cell", "warning", in_both("两格\n不符。", f"line {n}"), at) for n, at in enumerate(places))
    reading = Reading("txt", "0" * 64, 1, "局", "局", 2021, "年报", {}, (), issues=doubts)
    found = of_reading("a.txt", reading).findings
    wheres = ("第 1 行：", "第 2 页第 1 个表第 3 行：", "")
    assert [f.message for f in found] == [f"{where}两格 不符。 line {n}" for n, where in enumerate(wheres)]
    assert [(f.level, f.line) for f in found] == [("warning", 1), ("warning", None), ("warning", None)]


def test_the_title_of_an_annotation_says_in_chinese_what_it_is() -> None:
    """Before the code of an error or a doubt; a rule has its code alone, as its message says what was compared."""
    levels = {"failed": "error", "year-contradicted": "warning", "T3-01": "warning"}
    lines = as_commands(Finding(f"{code}.pdf", None, level, code, "x") for code, level in levels.items())
    titles = [line.split("title=")[1].split("::")[0] for line in lines]
    assert titles == ["不能公布 failed", "年度不符 year-contradicted", "T3-01"]


def test_single_documents_can_be_checked_anywhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Named on the command line, they need no collection around them; what cannot be read fails."""
    good, bad = document(tmp_path, "a.docx", JINGDEZHEN), tmp_path / "b.pdf"
    bad.write_bytes(b"%PDF-1.4\n")
    assert check_all([good], REPORTS, 1, "text") == 0
    assert check_all([good, bad], REPORTS, 1, "json") == 1
    assert '"code": "unreadable"' in capfd.readouterr().out


def test_what_is_not_published_is_never_called_ok(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of two documents for one year the second, whose fault was told on the first, is in error like it."""
    first = reports / SCIENCE / "2021.txt"
    (first.parent / "2021-new.txt").write_bytes(first.read_bytes() + b"\n")
    status, out, err = told(reports, "text", capfd)
    assert status == 1 and f"{SCIENCE}/2021" not in out
    assert err.count("2 documents for") == 1 and f"error  reports/{SCIENCE}/2021.txt: 未公布" in err
