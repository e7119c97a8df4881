"""The command `ogi`: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.cli import app, main
from ogi.cli.as_json import dump
from tests.unit.collected import CASE, agency_yml, put, text_of
from tests.unit.mutated import FILES

COMMANDS = sorted(app.commands)
KEYS = {
    "": "source agency_name agency_name_printed year title templates cells statistics sections statements checks issues",
    "source": "path format sha256 bytes",
    "templates": "disclosures requests reviews statistics",
    "cells": "table item measure value raw unit status label locator",
    "statistics": "label item measure value unit raw status locator",
    "sections": "section heading text",
    "statements": "kind value unit quote section compared agrees",
    "checks": "rule scope status basis left right difference severity attribution cells",
    "issues": "code severity message locator cells",
}
AGENCY = "360200-finance"


def ogi(*arguments: object, columns: int = 200) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": f"{columns}", "NO_COLOR": "1"})


def module(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """`python -m ogi` as people start it."""
    return subprocess.run([sys.executable, "-m", "ogi", *map(str, arguments)], capture_output=True, timeout=60)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_every_command(command: str) -> None:
    """`ogi COMMAND --help` says what the command does and explains each option."""
    result = ogi(command, "--help")
    assert result.exit_code == 0
    assert re.search(r"Usage: .*" + command, result.output) and len(result.output) > 300
    said = " ".join(re.sub(r"[│╭╮╰╯─]", " ", result.output).split())
    for option in app.commands[command].params:
        assert option.help, f"{command}: {option.name} has no words"
        assert re.sub(r"\[/?b\]", "", option.help).split(",")[0] in said


def test_a_command_that_is_stopped_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl+C ends with status 130 and one line: nothing that was there is lost."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ogi.cli.reading.read_files", stop)
    monkeypatch.setattr(sys, "argv", ["ogi", "read", str(FILES[0])])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130 and "stopped; what was there before" in capsys.readouterr().err


def test_help_names_the_commands_and_the_exit_status() -> None:
    """`ogi --help` lists every command and what 0, 1 and 2 mean; `ogi` alone shows the same."""
    text = ogi("--help").output
    assert set(COMMANDS) >= {"build", "read", "check", "serve"}
    assert all(re.search(rf"\b{command}\b", text) for command in COMMANDS)
    assert all(word in text for word in ("0 成功 all went well", "1 有读不出或出错的", "2 用法不对 wrong usage"))
    assert "build" in ogi().output


@pytest.mark.parametrize("arguments", [
    ["reed"], ["read"], ["read", "--jason", "a.txt"], ["read", "-j", "0", "a.txt"], ["read", "-j", "many", "a.txt"],
    ["check", "--reports", "/nowhere/at/all"], ["serve", "--port", "0"],
])  # fmt: skip
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    """A word that the command does not know ends with status 2, and nothing goes to standard output."""
    result = ogi(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage" in result.stderr or "Error" in result.stderr


def test_python_m_ogi_is_the_command(tmp_path: Path) -> None:
    """`python -m ogi read` keeps standard output for JSON, in UTF-8, and tells faults on standard error."""
    (tmp_path / "empty.txt").write_bytes(b"")
    result = module("read", "--json", FILES[0], tmp_path / "empty.txt", FILES[1])
    assert result.returncode == 1
    lines = result.stdout.decode("utf-8").splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == [str(FILES[0]), str(FILES[1])]
    (fault,) = result.stderr.decode("utf-8").splitlines()
    assert "empty.txt" in fault and " → " in fault
    assert module("nothing").returncode == 2


def test_each_unreadable_document_is_one_line_on_standard_error(tmp_path: Path) -> None:
    """It names the file, what was expected and what to do; the others are still read, and the status is 1."""
    weather = "今天天气很好。\n".encode()
    files = {"empty.txt": b"", "weather.txt": weather, "zip.docx": b"PK\x03\x04rubbish", "a.rar": b"Rar!\x1a\x07\x00"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    result = ogi("read", "--json", *(tmp_path / name for name in files), tmp_path / "gone.txt", tmp_path, FILES[0])
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == len(files) + 2
    for line, name in zip(lines, [*files, "gone.txt", str(tmp_path)], strict=True):
        assert line.startswith("ogi: ") and name in line and re.search(r": .+ → \w", line), line
        assert "Traceback" not in line
    assert len(result.stdout.splitlines()) == 1


def test_all_read_is_status_zero_in_the_order_given() -> None:
    """Objects come one a line in the order of the arguments, with the path as given, for any number of workers."""
    files = [FILES[3], FILES[0], CASE, FILES[0]]
    one, two = ogi("read", "--json", *files), ogi("read", "--json", "-j", 2, *files)
    assert (one.exit_code, one.stderr) == (0, "")
    assert [json.loads(line)["source"]["path"] for line in one.stdout.splitlines()] == [str(f) for f in files]
    assert two.stdout == one.stdout


def test_the_json_has_the_keys_of_the_contract() -> None:
    """Every object has exactly the keys that are promised; what is more is told apart by name."""
    result = ogi("read", "--json", *FILES)
    more = {"cells": {"score"}, "sections": {"locator"}, "statements": {"basis", "locator"},
            "checks": {"message_zh", "message_en"}, "issues": {"raw"}}  # fmt: skip
    seen = set()
    for line in result.stdout.splitlines():
        report = json.loads(line)
        assert list(report) == KEYS[""].split()
        for name, keys in KEYS.items():
            parts = report[name] if name else []
            for part in parts if isinstance(parts, list) else [parts]:
                seen.add(name)
                assert set(keys.split()) <= set(part) <= set(keys.split()) | more.get(name, set()), name
        assert {c["status"] for c in report["cells"]} <= {"reported", "blank", "nil", "derived", "unreadable"}
    assert seen >= {"source", "templates", "cells", "statistics", "sections", "checks", "issues"}


def test_numbers_in_json_are_exact(tmp_path: Path) -> None:
    """Decimals keep every digit, integers have no point, nothing is written with an exponent."""
    file = tmp_path / "2021.txt"
    file.write_text(
        text_of(AGENCY, 2021, ("670.376375", "123456789.000001"), ("| 312 |", "| 1,000,000 |")), encoding="utf-8"
    )
    line = ogi("read", "--json", file).stdout
    assert '"measure": "amount", "value": 123456789.000001, "raw": "123456789.000001", "unit": "万元"' in line
    assert '"item": "licensing", "measure": "decisions", "value": 1000000, "raw": "1,000,000"' in line
    cells = json.loads(line, parse_float=Decimal)["cells"]
    assert {type(c["value"]) for c in cells if c["item"] != "fees"} == {int}


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
@settings(max_examples=200, deadline=None)
def test_any_decimal_survives_json(number: Decimal) -> None:
    """What is dumped parses back to the same number, without exponent or trailing zeros."""
    text = dump(number)
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == number
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", text) and text != "-0"


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    max_leaves=8,
))  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_any_text_stays_one_line_of_json(value: object) -> None:
    """Line ends, quotes and lone surrogates in a document's text break neither the line nor the encoding."""
    text = dump(value)  # type: ignore[arg-type]
    assert json.loads(text) == value
    assert len(text.splitlines()) == 1 and text.encode("utf-8")


def test_people_see_the_tables_and_the_doubts() -> None:
    """Without --json the reading is drawn: agency, tables, checks; a derived value carries its mark."""
    text = ogi("read", FILES[1]).output
    for word in ("赣州市科学技术局", "2020", "2019-60", "政府集中采购", "13.7", "0*", "核验", "疑点"):
        assert word in text, word


def test_a_table_fits_the_terminal(tmp_path: Path) -> None:
    """On 80 columns a row stands on one line with its whole label and all its numbers; on fewer no number is cut."""
    file = tmp_path / "2021.txt"
    file.write_text(text_of(AGENCY, 2021), "utf-8")
    lines = ogi("read", file, columns=80).output.splitlines()
    assert any(line.split() == "本年新收政府信息公开申请数量 │ 12 │ 3 │ 0 │ 0 │ 1 │ 2 │ 18".split() for line in lines)
    narrow = ogi("read", file, columns=60).output
    assert re.search(r"│ +12 │ +3 │ +0 │ +0 │ +1 │ +2 │ +18$", narrow, re.M)


def test_a_document_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    """Markup in a document's text is printed as text; what turns the direction of writing is not."""
    file = tmp_path / "2021.txt"
    evil = "\u202e[bold]粗[/bold] [/nonsense]"
    row = f"2.重复申请 |\n9.自编{evil} | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n2.重复申请 |"
    file.write_text(text_of(AGENCY, 2021, ("2.重复申请 |", row)), encoding="utf-8")
    result = ogi("read", file)
    assert (result.exit_code, result.exception) == (0, None)
    assert "[bold]粗[/bold]" in result.stdout and "\u202e" not in result.stdout


def test_check_says_what_a_review_will_say(tmp_path: Path) -> None:
    """A sound collection ends with 0; a file in error with 1, named on standard error with its remedy."""
    files = {f"{AGENCY}/agency.yml": agency_yml(AGENCY), f"{AGENCY}/2021.txt": text_of(AGENCY, 2021)}
    sound = ogi("check", "--reports", put(tmp_path / "a", files))
    assert (sound.exit_code, sound.stderr) == (0, "")
    assert f"reports/36/{AGENCY}/2021.txt" in sound.stdout and "1 documents looked at, 0 in error" in sound.stdout
    bad = ogi("check", "--reports", put(tmp_path / "b", files | {f"{AGENCY}/2020.txt": "", "360700-audit/2021.txt": "x"}))
    assert bad.exit_code == 1
    assert "2020.txt: 文件是空的（0 字节） the file is empty (0 bytes) → " in bad.stderr and "no agency.yml → " in bad.stderr
    assert "3 documents looked at, 2 in error" in bad.stdout


def test_a_wrong_sum_of_the_agency_does_not_fail_check(tmp_path: Path) -> None:
    """A broken sum is shown with its rule and is no error of the collection."""
    file = tmp_path / "2021.txt"
    file.write_text(text_of(AGENCY, 2021, ("| 12 | 3 | 0 | 0 | 1 | 2 | 18 |", "| 12 | 3 | 0 | 0 | 1 | 2 | 19 |")), "utf-8")
    result = ogi("check", file)
    assert result.exit_code == 0
    assert "look" in result.stdout and "T3-03" in result.stdout and "T3-01" in result.stdout


def test_a_correction_that_no_longer_matches_fails_check(tmp_path: Path) -> None:
    """`ogi check` ends with 1 where a record of agency.yml expects another number than is printed."""
    record = ("reports:\n  2021: {file: 2021.txt, corrections: [{kind: misread, table: requests, item: granted, measure: total, "
              "printed: 9, right: 8, reason: a, evidence: b, on: 2022-02-01}]}\n")  # fmt: skip
    files = {f"{AGENCY}/agency.yml": agency_yml(AGENCY, record), f"{AGENCY}/2021.txt": text_of(AGENCY, 2021)}
    result = ogi("check", "--reports", put(tmp_path, files))
    assert result.exit_code == 1
    assert "correction-not-applied" in result.stdout and "expects «9»" in result.stdout


def test_build_publishes_the_good_and_names_the_bad(tmp_path: Path) -> None:
    """`ogi build --no-site` ends with 0, says where the package is, and names what was not published."""
    files = {
        f"{AGENCY}/agency.yml": agency_yml(AGENCY),
        f"{AGENCY}/2021.txt": text_of(AGENCY, 2021),
        f"{AGENCY}/2020.txt": "",
    }
    package = tmp_path / "package"
    result = ogi("build", "--no-site", "--reports", put(tmp_path, files), "--package", package, "-j", 1)
    assert result.exit_code == 0, result.output
    assert "1 reports of 1 agencies" in result.stdout and str(package / "datapackage.json") in result.stdout
    assert "Valid" in result.stdout
    assert "Not published: " in result.stderr and "2020.txt: 文件是空的" in result.stderr


def test_serve_without_a_package_says_what_to_run(tmp_path: Path) -> None:
    """`ogi serve` before the first build is one line that names `ogi build`, and status 1."""
    result = module("serve", "--package", tmp_path)
    assert result.returncode == 1
    (line,) = result.stderr.decode().splitlines()
    assert "no data package here" in line and "ogi build" in line
