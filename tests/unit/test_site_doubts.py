"""A number that the reader doubts says so wherever it stands, and so does a report that holds those of others."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
import site_shells
from lxml import html
from package_sample import CITY, COUNTY, WHOLE, built, reading, report

from ogi.messages import in_both
from ogi.model import Issue, Severity

TWICE = in_both("「新收」一行又印了一遍。", "line=9: the row «新收» stands twice")
DOUBTED = f"{CITY.agency_id}-2021"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose new requests are doubted, one that nobody doubts, a summary."""
    root = tmp_path_factory.mktemp("doubts")
    issues = (
        Issue("row-duplicated", "warning", TWICE, "line=9", ("requests.new_received.*",), "新收"),
        Issue("label-unclear", "info", "read by its number", "line=10", ("requests.granted.*",)),
    )
    numbers = {("requests", "new_received", "total"): ("4", "reported")}
    known = {"carried": Decimal(0), "received": Decimal(4), "disposed": Decimal(4), "closing": Decimal(0)}
    line = {"year": 2021, **known, **dict.fromkeys(("opening", "gap", "residual", "broken"))}
    built(
        root,
        report(CITY, 2021, reading(CITY.name, 2021, numbers, issues=issues), ledger=line),
        report(COUNTY, 2021, reading(COUNTY.name, 2021, numbers)),
        report(WHOLE, 2021, reading(WHOLE.name, 2021, numbers)),
    )
    site_shells.stamped(root / "datapackage", root / "site", root)
    return root / "site"


def page(site: Path, url: str) -> html.HtmlElement:
    return html.fromstring((site / url / "index.html").read_text("utf-8"))


def rows(site: Path, url: str) -> dict[str, dict[str, str]]:
    text = (site / url / "index.csv").read_text("utf-8-sig")
    return {row["report_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_proof_of_a_number_says_that_it_is_doubted(site: Path) -> None:
    """Its row names the doubt and leads to it, the legend and the sentence above say so; else nothing does."""
    doubted, sure = page(site, f"reports/{DOUBTED}"), page(site, f"reports/{COUNTY.agency_id}-2021")
    (proof,) = doubted.xpath('//tr[@id="c-requests-new_received-total"]')
    assert "存疑：行重复" in proof.text_content() and proof.xpath('.//a[@href="#issues"]')
    (cell,) = doubted.xpath('//td[a[@id="v-requests-new_received-total"]]')
    assert (
        cell.get("class") == "k-doubt"
        and "读取存疑" in doubted.xpath("//p[@class='legend']")[0].text_content()
    )
    assert "其中有读取存疑的数" in doubted.xpath("//p[@class='said']")[0].text_content()
    assert "doubted" in doubted.xpath("//p[@class='said-en']")[0].text_content()
    assert "存疑" not in doubted.xpath('//tr[@id="c-requests-granted-total"]')[0].text_content()
    assert "存疑" not in sure.text_content()


def test_a_doubt_says_in_chinese_what_it_is_and_where(site: Path) -> None:
    """Its name, its message, the place and the row it is about, which leads there, all once; the English beside, and marked."""
    doubt, note = page(site, f"reports/{DOUBTED}").xpath('//h2[@id="issues"]/following-sibling::ul[1]/li')
    assert doubt.get("class") == "warning" and note.get("class") == "info"
    said = doubt.text_content()
    assert all(said.count(words) == 1 for words in ("行重复", "警告", "「新收」一行又印了一遍。", "第 9 行"))
    assert "同一行出现两次" not in said and "印的是" not in said and "line=9" not in said
    assert doubt.xpath('./span[@lang="en"]/text()') == ["the row «新收» stands twice"]
    assert "行名残缺" in note.text_content()  # what the code means, where a message has no Chinese
    (about,) = doubt.xpath('./span[@class="who"]/a')
    assert about.text == "本年新收政府信息公开申请数量"
    assert about.getroottree().xpath(f'//a[@id="{about.get("href")[1:]}"]')


@pytest.mark.parametrize(("code", "severity", "doubted"), [
    ("year-contradicted", "warning", True), ("agency-contradicted", "warning", True), ("year-contradicted", "info", False),
    ("part-not-read", "warning", False),
])  # fmt: skip
def test_whose_numbers_they_are_is_a_doubt_of_every_number(
    tmp_path: Path, code: str, severity: Severity, doubted: bool
) -> None:
    """A report that prints another year or body: each number is doubted in the package, and its page says so above all."""
    issue = Issue(code, severity, "2020 <b>or</b> 2021")
    package = built(tmp_path, report(CITY, 2021, reading(CITY.name, 2021, issues=(issue,))))
    found = {row["doubt"] for row in package.rows("cells") if row["status"] != "absent"}
    assert found == ({code} if doubted else {None})
    panel = package.table("panel")[0]
    assert ("requests_new" in str(panel["doubted"]).split()) is doubted
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    notices = page(tmp_path / "site", f"reports/{DOUBTED}").xpath('//header//p[@class="notice"]')
    said = [notice.text_content() for notice in notices]
    assert len(said) == doubted and all(
        "所有数字存疑" in text and "2020 <b>or</b> 2021" in text for text in said
    )


@pytest.mark.parametrize(
    "url", ["years/2021", "regions/360200", "agencies/360200-science-technology", "indicators/requests_new"]
)
def test_tables_and_their_files_mark_a_doubted_number(site: Path, url: str) -> None:
    """A sign behind it, its indicator in the column `doubted`; numbers that nobody doubts have neither."""
    (cell,) = page(site, url).xpath(
        f'//table[@class="compare"]//td[a[@href="../../reports/{DOUBTED}/#c-requests-new_received-total"]]'
    )
    assert cell.xpath("./sup/text()") == ["疑"] and cell.xpath("./a/text()") == ["4"]
    assert len(page(site, url).xpath("//table[@class='compare']//td/sup[text()='疑']")) == 1
    assert {report_id: row["doubted"] for report_id, row in rows(site, url).items() if row["doubted"]} == {
        DOUBTED: "requests_new"
    }
    data = json.loads((site / url / "index.json").read_text("utf-8"))
    said = data.get("values") or data.get("panel") or data["reports"]
    assert {row["report_id"] for row in said if row.get("doubted")} == {DOUBTED}


def test_a_summary_is_told_from_its_parts_in_every_row(site: Path) -> None:
    """A sign behind its name, and the column `scope`, by which a sum leaves it out."""
    for url in ("years/2021", "regions/360200", "indicators/requests_new"):
        heads = page(site, url).xpath("//tbody/tr/th[sup]")
        assert [head.xpath("./a/text()")[0] for head in heads] == [WHOLE.name]
        assert {
            row["scope"] for report_id, row in rows(site, url).items() if WHOLE.agency_id in report_id
        } == {"aggregate"}
        assert {
            row["scope"] for report_id, row in rows(site, url).items() if WHOLE.agency_id not in report_id
        } == {"own"}


def test_the_ledger_marks_a_doubted_number(site: Path) -> None:
    """What a chain of years rests on is as doubted there as in its report."""
    (ledger,) = page(site, f"agencies/{CITY.agency_id}").xpath("//figure[contains(@class, 'ledger')]")
    assert [cell.xpath("string(a)") for cell in ledger.xpath(".//td[sup='疑']")] == ["4"]


def test_figures_say_which_of_their_numbers_are_doubted(site: Path) -> None:
    """Behind the year of an agency that has such a number, and nowhere else."""
    (row,) = page(site, f"agencies/{CITY.agency_id}").xpath(
        "//figure[not(contains(@class, 'ledger'))]//tr[td/a[contains(@href, 'new_received')]]"
    )
    assert "读取存疑：新收申请" in row.text_content()
    assert "存疑：" not in page(site, f"agencies/{COUNTY.agency_id}").text_content()
