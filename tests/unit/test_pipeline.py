"""From a folder of documents to the package: every file has an outcome on record, and one bad file costs only itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ogi.errors import Unreadable
from ogi.package import Package, load
from ogi.package.reader import Row
from ogi.paths import REPORTS
from ogi.pipeline import build
from ogi.understanding import understand
from tests.unit.collected import agency_yml, name_of, put, text_of
from tests.unit.mutated import FILES

A, B, C, D, E, F, G, H, J = (
    "360200-finance", "360700-finance", "360700-audit", "370881-finance", "361100-finance", "361100-audit",
    "370881-audit", "369999-finance", "370800-finance",
)  # fmt: skip
CORRECTION = (
    "{{kind: {kind}, table: requests, item: granted, measure: total, printed: {printed}, right: {right}, "
    "reason: 看错了, evidence: 原件第3页, on: 2022-02-01}}"
)
BAD = {
    f"{A}/agency.yml": agency_yml(A),
    f"{A}/2018.txt": "",
    f"{A}/2019.txt": "今天天气很好。\n\n我们去公园散步。\n",
    f"{A}/2020.txt": text_of(A, 2020),
    f"{A}/2021.txt": text_of(A, 2021, ("| 312 |", "| 313 |")),
    f"{B}/agency.yml": agency_yml(B),
    f"{B}/2020.txt": text_of(B, 2020),
    f"{B}/2021.txt": text_of(B, 2021),
    f"{B}/2021-new.txt": text_of(B, 2021, ("| 312 |", "| 314 |")),
    f"{C}/2021.txt": text_of(C, 2021),
    f"{D}/agency.yml": agency_yml(D),
    f"{D}/2019.txt": text_of(D, 2021),
    f"{E}/agency.yml": agency_yml(E),
    f"{E}/2021.txt": text_of(E, 2021),
    f"{E}/2021 copy.txt": text_of(E, 2021),
    f"{F}/agency.yml": agency_yml(
        F, "reports:\n  2021:\n    - {file: 2021.txt, version: 2}\n    - {file: 2021-first.txt, version: 1}\n"
    ),
    f"{F}/2021.txt": text_of(F, 2021),
    f"{F}/2021-first.txt": text_of(F, 2021, ("| 312 |", "| 311 |")),
    f"{G}/agency.yml": agency_yml(G).replace("sector:", "secotr:"),
    f"{G}/2021.txt": text_of(G, 2021),
    f"{H}/agency.yml": agency_yml(H),
    f"{H}/2021.txt": text_of(H, 2021),
    f"{J}/agency.yml": agency_yml(
        J,
        "reports:\n"
        f"  2019: {{file: 2019.txt, corrections: [{CORRECTION.format(kind='source_error', printed=7, right=8)}]}}\n"
        f"  2020: {{file: 2020.txt, corrections: [{CORRECTION.format(kind='misread', printed=7, right=8)}]}}\n"
        f"  2021: {{file: 2021.txt, corrections: [{CORRECTION.format(kind='misread', printed=9, right=8)}]}}\n",
    ),
    f"{J}/2019.txt": text_of(J, 2019),
    f"{J}/2020.txt": text_of(J, 2020),
    f"{J}/2021.txt": text_of(J, 2021),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Every bad input of one build, with good reports between them."""
    root = tmp_path_factory.mktemp("bad")
    build(put(root, BAD), root / "datapackage")
    return load(root / "datapackage")


def document(package: Package, path: str) -> Row:
    (row,) = [r for r in package.rows("documents") if str(r["path"]).endswith(f"/{path}")]
    return row


def issues(package: Package, report_id: str) -> list[Row]:
    return [r for r in package.rows("issues") if r["report_id"] == report_id]


def granted(package: Package, report_id: str) -> Row:
    (row,) = [r for r in package.rows("requests") if (r["report_id"], r["item"]) == (report_id, "granted")]
    return row


def test_every_document_is_on_record(built: Package) -> None:
    """Each file under reports/ is named in `documents`, whatever became of it; copies share a row."""
    files = sorted(f"reports/{path[:2]}/{path}" for path in BAD if not path.endswith("agency.yml"))
    named = [p for r in built.rows("documents") for p in (r["path"], *str(r["also_at"] or "").split(" | ")) if p]
    assert sorted(named) == files


def test_the_good_ones_are_published(built: Package) -> None:
    """All that can be published is, each under its agency and year."""
    assert {r["report_id"] for r in built.rows("reports")} == {
        f"{A}-2020", f"{A}-2021", f"{B}-2020", f"{D}-2021", f"{E}-2021", f"{F}-2021", f"{F}-2021-v1",
        f"{J}-2019", f"{J}-2020", f"{J}-2021",
    }  # fmt: skip
    assert all(r["total"] is not None for r in built.rows("requests") if r["item"] == "new_received")


@pytest.mark.parametrize(("path", "words"), [
    (f"{A}/2018.txt", ["empty (0 bytes)", "download it again"]),
    (f"{A}/2019.txt", ["no annual report", "check that it is the right file"]),
    (f"{B}/2021.txt", [f"36/{B}/2021.txt", f"36/{B}/2021-new.txt", "2 documents for", "write version: 1"]),
    (f"{B}/2021-new.txt", [f"36/{B}/2021.txt", f"36/{B}/2021-new.txt", "2 documents for", "write version: 1"]),
    (f"{C}/2021.txt", ["no agency.yml", "put a file agency.yml"]),
    (f"{G}/2021.txt", ["agency.yml, line 3", "secotr", "did you mean «sector»"]),
    (f"{H}/2021.txt", ["unknown region code «369999»", "regions.csv"]),
])  # fmt: skip
def test_a_bad_input_fails_by_name_and_with_a_remedy(built: Package, path: str, words: list[str]) -> None:
    """The record says which file, what is wrong and what to do; no number of it is published."""
    row = document(built, path)
    assert (row["outcome"], row["report_id"]) == ("failed", None)
    message = str(row["message"])
    assert f"{path[:2]}/{path.split('/')[0]}" in message and " → " in message
    assert [word for word in words if word not in message] == [], message


def test_a_contradicted_year_is_an_issue(built: Package) -> None:
    """A file named 2019 that says 2021 is published as 2021, under an issue that names file and remedy."""
    row = document(built, f"{D}/2019.txt")
    assert (row["outcome"], row["report_id"]) == ("report", f"{D}-2021")
    (issue,) = [i for i in issues(built, f"{D}-2021") if i["code"] == "year-contradicted"]
    assert issue["severity"] == "warning"
    for word in (f"{D}/2019.txt", "2019", "2021", "Rename the file"):
        assert word in str(issue["message"])


def test_the_same_bytes_twice_are_published_once(built: Package) -> None:
    """Two files with the same bytes are one document with two places and one report."""
    (row,) = [r for r in built.rows("documents") if E in str(r["path"])]
    assert (row["outcome"], row["report_id"]) == ("report", f"{E}-2021")
    assert {row["path"], row["also_at"]} == {f"reports/36/{E}/2021.txt", f"reports/36/{E}/2021 copy.txt"}


def test_an_earlier_version_stays_readable(built: Package) -> None:
    """The re-issued report holds; the first one is kept as -v1 with its own numbers and points to it."""
    first, last = document(built, f"{F}/2021-first.txt"), document(built, f"{F}/2021.txt")
    assert (first["outcome"], first["report_id"]) == ("superseded", f"{F}-2021-v1")
    assert (last["outcome"], last["report_id"]) == ("report", f"{F}-2021")
    assert built.index("reports")[f"{F}-2021-v1"]["superseded_by"] == f"{F}-2021"
    licensing = {r["report_id"]: r["value"] for r in built.rows("disclosures") if r["item"] == "licensing"}
    assert (licensing[f"{F}-2021-v1"], licensing[f"{F}-2021"]) == (311, 312)
    assert {r["year"] for r in built.rows("panel") if r["agency_id"] == F} == {2021}


def test_a_misreading_is_put_right(built: Package) -> None:
    """A record of kind misread that matches changes the value, keeps the printed text and is published."""
    assert (granted(built, f"{J}-2020")["total"], granted(built, f"{J}-2020")["status"]) == (8, "corrected")
    (cell,) = [
        c for c in built.rows("cells")
        if (c["report_id"], c["item"], c["measure"]) == (f"{J}-2020", "granted", "total")
    ]  # fmt: skip
    assert (cell["value"], cell["raw"], cell["status"]) == (8, "7", "corrected")
    (record,) = [c for c in built.rows("corrections") if c["report_id"] == f"{J}-2020"]
    assert record["kind"] == "misread"


def test_an_error_of_the_document_stays_as_printed(built: Package) -> None:
    """A record of kind source_error changes no cell; the right value stands in `corrections`."""
    assert (granted(built, f"{J}-2019")["total"], granted(built, f"{J}-2019")["status"]) == (7, "reported")
    (record,) = [c for c in built.rows("corrections") if c["report_id"] == f"{J}-2019"]
    assert record["kind"] == "source_error" and 8 in record.values()


def test_a_correction_that_no_longer_matches_is_not_applied(built: Package) -> None:
    """The document prints 7 where the record expects 9: nothing is changed, and an error says so."""
    assert (granted(built, f"{J}-2021")["total"], granted(built, f"{J}-2021")["status"]) == (7, "reported")
    (issue,) = [i for i in issues(built, f"{J}-2021") if i["code"] == "correction-not-applied"]
    assert issue["severity"] == "error"
    assert "expects «9»" in str(issue["message"]) and "gives «7»" in str(issue["message"])
    assert [c for c in built.rows("corrections") if c["report_id"] == f"{J}-2021"] == []


def test_any_order_and_any_number_of_workers_give_the_same_bytes(tmp_path: Path, built: Package) -> None:
    """Files written in the opposite order and read by two workers make the same package."""
    build(put(tmp_path, dict(reversed(BAD.items()))), tmp_path / "datapackage", jobs=2)
    assert content(tmp_path / "datapackage") == content(built.folder)


def test_a_sixth_report_needs_no_other_change(tmp_path: Path) -> None:
    """A document dropped into an agency's folder is published beside the others, and changes none of them."""
    shutil.copytree(REPORTS, tmp_path / "reports")
    folder = tmp_path / "reports" / FILES[3].relative_to(REPORTS).parent
    before = {str(p.relative_to(tmp_path)) for p in (tmp_path / "reports").glob("*/*/*.*")}
    text = FILES[3].read_text(encoding="utf-8").replace("2021", "2022").replace("\t2\n\t1\n\t2\n", "\t41\n\t1\n\t42\n")
    (folder / "2022.txt").write_text(text, encoding="utf-8")
    built = build(tmp_path / "reports", tmp_path / "datapackage")
    assert (built.agencies, built.published, built.failed) == (5, 6, ())
    package = load(tmp_path / "datapackage")
    assert {str(r["path"]) for r in package.rows("documents")} == {
        *(p for p in before if not p.endswith("agency.yml")), f"reports/{folder.parent.name}/{folder.name}/2022.txt"
    }  # fmt: skip
    made = {
        str(c["report_id"])[-4:]: c["value"]
        for c in package.rows("cells")
        if str(c["report_id"]).startswith(folder.name) and (c["item"], c["measure"]) == ("normative_documents", "made")
    }
    assert made == {"2021": 2, "2022": 41}


def test_the_collection_of_the_project_is_published_whole(tmp_path: Path) -> None:
    """All collected reports come out, without a failed document; a second build changes no byte."""
    first = build(REPORTS, tmp_path / "one")
    assert first.failed == () and first.published >= 5
    build(REPORTS, tmp_path / "two", jobs=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_an_agency_of_another_name_is_an_issue(tmp_path: Path) -> None:
    """A report of one body in the folder of another is published under an issue that names both."""
    build(put(tmp_path, {f"{A}/agency.yml": agency_yml(A), f"{A}/2021.txt": text_of(C, 2021)}), tmp_path / "package")
    (issue,) = [i for i in load(tmp_path / "package").rows("issues") if i["code"] == "agency-contradicted"]
    assert name_of(A) in str(issue["message"]) and name_of(C) in str(issue["message"])


@pytest.mark.parametrize("text", ["年度工作总结\n今年工作顺利。\n", "第二十条\n规章制度 0\n", "预算\t2021\n收入\t5\n"])
def test_a_text_that_is_no_report_is_refused(text: str) -> None:
    """A document without a table, a title or the sections of a report is Unreadable, by name."""
    with pytest.raises(Unreadable, match=r"x\.txt: .* no annual report .* → .* check that it is the right file"):
        understand(text.encode(), "x.txt")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("现公布我局2021年政府信息公开工作年度报告。\n一、总体情况\n2021年，主动公开信息5条。\n", True),
        ("一、总体情况\n2021年，我局认真贯彻落实《政府信息公开条例》。\n", True),
        ("现编制我局2021年政府信息公开工作年度报告。\n二、主动公开政府信息情况\n公开5条。\n", True),
        ("现发布《曲阜市水利局2021年度政府信息公开工作报告》。\n基本的工作\n2021年，公开信息5条。\n", True),
        ("2021年，我厅推进公开。现将我厅政务公开工作报告如下：\n2021年，我厅收到政府信息公开申请98件。\n", True),
        ("2021年，我厅推进公开。现将我厅政务公开工作报告如下：\n2021年，我厅召开会议5次。\n", False),
        ("2021年，我厅推进改革。现将我厅安全生产工作报告如下：\n2021年，我厅收到申请98件。\n", False),
        ("现公布《曲阜市水利局2021年政府信息公开工作要点》。\n公开工作\n2021年，公开信息5条。\n", False),
        ("现公布我局2021年政府信息公开工作年度报告。\n", False),
        ("一、总体情况\n2021年，我局完成税收5亿元。\n", False),
    ],
)
def test_a_text_that_was_cut_after_its_first_section_is_a_report(text: str, is_one: bool) -> None:
    if is_one:
        assert understand(text.encode(), "x.txt").year == 2021
    else:
        with pytest.raises(Unreadable):
            understand(text.encode(), "x.txt")


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
