"""The collection: what lies under reports/, and each fault on record with its remedy."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ogi.collection import collect, year_of
from ogi.collection import tree as tree_module
from ogi.collection.filenames import agency_lines
from ogi.model import Collected, Entry
from ogi.paths import REPORTS

AGENCY = 'name: 赣州市财政局\nregion_code: "360700"\nlevel: prefecture\nsector: finance\n'
PLACE = "36/360700-finance"


def put(root: Path, path: str, text: str = "x") -> None:
    file = root / "reports" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def collected(root: Path) -> dict[str, Collected]:
    """By path without `reports/`; a good agency beside always comes out."""
    put(root, "37/370881-audit/agency.yml", 'name: 曲阜市审计局\nregion_code: "370881"\nsector: audit\n')
    put(root, "37/370881-audit/2021.txt")
    found = collect(root / "reports")
    assert [f.path for f in found.files] == sorted(f.path for f in found.files)
    files = {f.path.removeprefix("reports/"): f for f in found.files}
    assert files.pop("37/370881-audit/2021.txt").problem is None
    return files


def problem(root: Path, path: str = f"{PLACE}/2021.txt") -> str:
    files = collected(root)
    assert files[path].problem, path
    return str(files[path].problem)


def test_the_collected_reports_are_whole() -> None:
    """The project's own reports carry no fault, and each names an agency and a year."""
    found = collect(REPORTS)
    assert len(found.files) >= 5
    assert all(f.problem is None and f.agency and year_of(f.entry, f.path) for f in found.files)
    names = {a.agency_id: a.name for a in found.agencies}
    assert names["361100-industry-it"] == "上饶市工业和信息化局"
    assert {a.level for a in found.agencies} == {"prefecture", "county"}


def test_everything_of_an_agency_file_arrives(tmp_path: Path) -> None:
    """Names, dates, addresses, versions and corrections come through with their types."""
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY + """
names: [{name: 赣州市财局, kind: former, valid_to: 2018-12-31}]
scope: own
closed_on: 2024-03-01
successor_id: 370881-audit
reports:
  2020:
    - {file: 2020-v1.txt, version: 1}
    - file: 2020.txt
      version: 2
      published_on: 2021-01-29
      source_url: https://example.org/a?b=1
      reviewed_by: 某人
      corrections:
        - {kind: misread, table: requests, item: granted, measure: total, printed: 12, right: 13,
           reason: 看错, evidence: 原件第3页, on: 2022-02-01}
""")
    for name in ("2020-v1.txt", "2020.txt", "2021年报.pdf"):
        put(tmp_path, f"{PLACE}/{name}")
    files = collected(tmp_path)
    assert {f.problem for f in files.values()} == {None}
    agency = files[f"{PLACE}/2020.txt"].agency
    assert (agency.names[0].kind, agency.names[0].valid_to) == ("former", date(2018, 12, 31))
    assert (agency.closed_on, agency.successor_id) == (date(2024, 3, 1), "370881-audit")
    entry = files[f"{PLACE}/2020.txt"].entry
    assert (entry.year, entry.version, entry.published_on) == (2020, 2, date(2021, 1, 29))
    assert (entry.corrections[0].printed, entry.corrections[0].right) == ("12", Decimal(13))
    assert entry.corrections[0].on == date(2022, 2, 1)
    assert files[f"{PLACE}/2020-v1.txt"].entry.version == 1
    assert files[f"{PLACE}/2021年报.pdf"].entry is None and files[f"{PLACE}/2021年报.pdf"].agency == agency


def test_a_document_without_an_entry_is_collected_too(tmp_path: Path) -> None:
    """A file dropped beside agency.yml needs no word in it."""
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY)
    put(tmp_path, f"{PLACE}/2021.txt")
    assert collected(tmp_path)[f"{PLACE}/2021.txt"].agency.name == "赣州市财政局"


def test_a_folder_without_agency_yml_says_what_to_paste(tmp_path: Path) -> None:
    """The message holds the lines for agency.yml, worked out from the folder's name."""
    put(tmp_path, f"{PLACE}/2021.txt")
    message = problem(tmp_path)
    assert "no agency.yml" in message and f"reports/{PLACE}/" in message
    assert message.endswith('region_code: "360700"\nlevel: prefecture\nsector: finance')


def test_a_misnamed_agency_file_is_to_be_renamed(tmp_path: Path) -> None:
    """agency.yaml is not read, and the message says what to rename."""
    put(tmp_path, f"{PLACE}/agency.yaml", AGENCY)
    put(tmp_path, f"{PLACE}/2021.txt")
    assert "rename agency.yaml to agency.yml" in problem(tmp_path)
    (tmp_path / "reports" / PLACE / "agency.yaml").rename(tmp_path / "reports" / PLACE / "agency\u202e.yml")
    assert "把 agency\\u202e.yml 改名为 agency.yml" in collected(tmp_path)[f"{PLACE}/2021.txt"].problem


@pytest.mark.parametrize(("text", "words"), [
    (AGENCY.replace("sector:", "secotr:"), ["line 4", "secotr", "did you mean «sector»"]),
    (AGENCY.replace("finance", "finanse"), ["line 4", "finanse", "did you mean «finance»"]),
    (AGENCY.replace("360700", "369900"), ["line 2", "369900", "regions.csv"]),
    (AGENCY.replace("360700", "360200"), ["line 2", "360200", "not the region of the folder"]),
    (AGENCY.replace("finance", "audit"), ["line 4", "not the sector of the folder"]),
    (AGENCY.replace("prefecture", "city"), ["line 3", "unknown level", "known: ", "prefecture", "county"]),
    (AGENCY.replace("finance", "science"), ["line 4", "did you mean «science-technology»"]),
    (AGENCY + "name: 又一个\n", ["line 5", "«name» stands twice", "line 1"]),
    (AGENCY + "closed_on: soon\n", ["line 5", "not a date", "2022-01-31"]),
    (AGENCY + "closed_on: 2021-02-30\n", ["line 5", "not a date"]),
    (AGENCY + "scope: all\n", ["line 5", "unknown scope"]),
    (AGENCY + "parent_id: ../x\n", ["line 5", "no agency id"]),
    (AGENCY + "names:\n" + "  - {name: 赣财局, kind: short}\n" * 2, ["line 7", "«赣财局» stands twice", "keep one"]),
    (AGENCY + "reports: {21: {file: 2021.txt}}\n", ["line 5", "not a year"]),
    (AGENCY + "reports: {2020: {file: a.txt}, 2021: {file: a.txt}}\n", ["line 5", "named twice"]),
    ("", ["empty"]),
    ("- a\n", ["line 1", "a list"]),
    ("name: [\n", ["line 2", "not valid YAML"]),
    ('name：某局\nregion_code: "360200"\n', ["line 1", "full-width", "ASCII colon"]),
    ("name: 某局\nsector:science\nlevel: city\n", ["line 2", "no blank behind it"]),
    ("name：某局\n", ["line 1", "full-width"]),
    ("name: &a 赣州市\nregion_code: *a\n", ["line 1", "anchors"]),
    ("name: !!python/object/apply:os.system [ls]\n", ["line 1", "tags"]),
    ("name: " + "[" * 50_000, ["line 1", "nested deeper"]),
    ("name: x\n" * 40_000, ["larger than 256 kB"]),
    ("name: Finance Bureau\n" + AGENCY.split("\n", 1)[1], ["line 1", "in Chinese"]),
    (AGENCY.split("\n", 1)[1], ["«name» is missing"]),
    (agency_lines("360700-finance"), ["line 1", "机关全称", "is not the name of an agency"]),
])
def test_a_wrong_agency_file_is_named_with_its_line(tmp_path: Path, text: str, words: list[str]) -> None:
    """Each fault of agency.yml lands on its documents, naming file, line, what is wrong and what to do."""
    put(tmp_path, f"{PLACE}/agency.yml", text)
    put(tmp_path, f"{PLACE}/2021.txt")
    message = problem(tmp_path)
    for word in [f"reports/{PLACE}/agency.yml", "→", *words]:
        assert word in message
    assert collected(tmp_path)[f"{PLACE}/2021.txt"].agency is None


@pytest.mark.parametrize(("entry", "words"), [
    ("published_on: 31.1.2022", ["line 7", "not a date"]),
    ("published: 2022-01-31", ["line 7", "did you mean «published_on»"]),
    ("source_url: javascript:alert(1)", ["line 7", "not a web address"]),
    ("version: first", ["line 7", "not a whole number"]),
    ("reviewed_by: [a]", ["line 7", "not text"]),
    ("corrections: [{kind: misread, table: reqests, item: granted, measure: total, printed: 1, right: 2, "
     "reason: a, evidence: b, on: 2022-01-01}]", ["line 7", "did you mean «requests»"]),
    ("corrections: [{kind: misread, table: requests, item: granted, measure: total, printed: 1, right: many, "
     "reason: a, evidence: b, on: 2022-01-01}]", ["line 7", "not a number"]),
])
def test_a_wrong_entry_costs_its_own_document_only(tmp_path: Path, entry: str, words: list[str]) -> None:
    """A fault in the entry of 2021 stops 2021; 2020 beside it comes out."""
    text = f"{AGENCY}reports:\n  2021: {{file: 2021.txt,\n         {entry}}}\n"
    put(tmp_path, f"{PLACE}/agency.yml", text)
    put(tmp_path, f"{PLACE}/2021.txt")
    put(tmp_path, f"{PLACE}/2020.txt")
    message = problem(tmp_path)
    assert all(word in message for word in words), message
    assert collected(tmp_path)[f"{PLACE}/2020.txt"].problem is None


@pytest.mark.parametrize(("file", "words"), [
    ("2012.txt", ["line 6", "no file «2012.txt»", "did you mean «2021.txt»"]),
    ("../../secret.txt", ["line 6", "a path where a plain name belongs"]),
    ("..", ["line 6", "a path where a plain name belongs"]),
])
def test_an_entry_without_its_file_is_on_record(tmp_path: Path, file: str, words: list[str]) -> None:
    """A missing file and a path that leads elsewhere are named, and nothing outside the folder is touched."""
    put(tmp_path, f"{PLACE}/agency.yml", f'{AGENCY}reports:\n  2021: {{file: "{file}"}}\n')
    put(tmp_path, f"{PLACE}/2021.txt")
    files = collected(tmp_path)
    assert files.pop(f"{PLACE}/2021.txt").problem is None
    (path, missing), = files.items()
    assert path.startswith(f"{PLACE}/") and path.count("/") == 2
    assert all(word in missing.problem for word in words), missing.problem


def test_loose_files_are_told_where_they_belong(tmp_path: Path) -> None:
    """A document outside an agency's folder gets the folder that its name suggests."""
    put(tmp_path, "赣州市财政局2021年政府信息公开工作年度报告.pdf")
    put(tmp_path, "36/2021.txt")
    put(tmp_path, "Jiangxi/360700-finance/2021.txt")
    put(tmp_path, "36/ganzhou/2021.txt")
    put(tmp_path, "36/369999-finance/2021.txt")
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY)
    put(tmp_path, f"{PLACE}/old/2019.txt")
    files = collected(tmp_path)
    loose = files.pop("赣州市财政局2021年政府信息公开工作年度报告.pdf").problem
    assert "move it to reports/36/360700-finance/" in loose
    assert "<region code>-<sector>" in files.pop("36/2021.txt").problem
    assert "two digits of a province" in files.pop("Jiangxi/360700-finance/2021.txt").problem
    assert "name it <region code>-<sector>" in files.pop("36/ganzhou/2021.txt").problem
    assert "unknown region code «369999»" in files.pop("36/369999-finance/2021.txt").problem
    assert f"up into reports/{PLACE}/" in files.pop(f"{PLACE}/old/2019.txt").problem
    assert not files


def test_one_agency_lies_in_one_place(tmp_path: Path) -> None:
    """The same folder under another province is a fault that names the right place."""
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY)
    put(tmp_path, f"{PLACE}/2021.txt")
    put(tmp_path, "37/360700-finance/agency.yml", AGENCY)
    put(tmp_path, "37/360700-finance/2020.txt")
    files = collected(tmp_path)
    assert "the same agency already is" in files["37/360700-finance/2020.txt"].problem
    assert files[f"{PLACE}/2021.txt"].problem is None


def test_a_bad_agency_file_without_documents_is_on_record(tmp_path: Path) -> None:
    """A fault is reported even where it stops no document."""
    put(tmp_path, f"{PLACE}/agency.yml", "x: 1\n")
    assert "unknown key «x»" in problem(tmp_path, f"{PLACE}/agency.yml")


def test_links_are_refused(tmp_path: Path) -> None:
    """A link is never followed, be it a document, agency.yml or a folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "agency.yml").write_text(AGENCY, encoding="utf-8")
    (outside / "2021.txt").write_text("secret", encoding="utf-8")
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY)
    (tmp_path / "reports" / PLACE / "2021.txt").symlink_to(outside / "2021.txt")
    (tmp_path / "reports/36/360700-audit").symlink_to(outside)
    put(tmp_path, "36/360700-water/2021.txt")
    (tmp_path / "reports/36/360700-water/agency.yml").symlink_to(outside / "agency.yml")
    files = collected(tmp_path)
    assert all("a link" in files[path].problem for path in (
        f"{PLACE}/2021.txt", "36/360700-audit", "36/360700-water/2021.txt"))
    assert len(files) == 3


def test_names_that_mislead_are_refused_and_shown_escaped(tmp_path: Path) -> None:
    """Control and direction characters never reach a path or message; shell words are only a name."""
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY)
    for name in ("2021\u202etxt.pdf", "2021\n.txt", "$(id).pdf", "2021 年报.pdf"):
        put(tmp_path, f"{PLACE}/{name}")
    files = collected(tmp_path)
    assert "control or invisible" in files[PLACE + "/2021\\u202etxt.pdf"].problem
    assert "control or invisible" in files[PLACE + "/2021\\n.txt"].problem
    assert files[f"{PLACE}/$(id).pdf"].problem is None and files[f"{PLACE}/2021 年报.pdf"].problem is None


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size is judged before anything is read: 3 MB under a limit of 2 is a fault, 2 MB is none."""
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY)
    put(tmp_path, f"{PLACE}/2021.txt", "x" * 3 * 1024 * 1024)
    put(tmp_path, f"{PLACE}/2020.txt", "x" * 2 * 1024 * 1024)
    monkeypatch.setattr(tree_module, "LARGEST_DOCUMENT", 2)
    files = collected(tmp_path)
    assert "3 MB, more than the 2 MB" in files[f"{PLACE}/2021.txt"].problem
    assert files[f"{PLACE}/2020.txt"].problem is None


def test_what_is_no_document_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, README.md and the folder of a saved page are nobody's report."""
    put(tmp_path, f"{PLACE}/agency.yml", AGENCY)
    for path in (".DS_Store", "README.md", "36/README.md", ".git/x"):
        put(tmp_path, path)
    for path in (".x", "2021_files/a.png"):
        put(tmp_path, f"{PLACE}/{path}")
    assert collected(tmp_path) == {}


@pytest.mark.parametrize(("name", "year"), [
    ("2021.txt", 2021),
    ("2021-v1.txt", 2021),
    ("2021年报.pdf", 2021),
    ("赣州市财政局2021年度报告(20220131).pdf", 2021),
    ("2022-01-31发布：2021年年报.pdf", 2021),
    ("a/b/2020.docx", 2020),
    ("annual report 2019.pdf", 2019),
    ("20220131.pdf", None),
    ("2022-01-31.pdf", None),
    ("2019-2021.pdf", None),
    ("年报2019和2021.pdf", None),
    ("report.pdf", None),
])
def test_a_file_name_tells_the_year(name: str, year: int | None) -> None:
    """The year at the beginning holds, then the one before 年, then the only one; else none."""
    assert year_of(None, name) == year


def test_the_entry_comes_before_the_file_name() -> None:
    """What agency.yml says of the year holds against the name."""
    assert year_of(Entry("2021.txt", year=2020), "2021.txt") == 2020
    assert year_of(Entry("2021.txt"), "2021.txt") == 2021
