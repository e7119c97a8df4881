"""Who publishes a report, and for which year, as its sentences say it where no title does."""

from __future__ import annotations

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.readers import read

TITLE = "\n2020年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("特向社会公布2020年度曲阜市教育和科学技术局政府信息公开年度报告。", "曲阜市教育和科学技术局"),
        ("现发布《曲阜市吴村镇2020年政府信息公开工作年度报告》。", "曲阜市吴村镇"),
        ("曲阜市财政局特向社会公布2020年度政府信息公开工作年度报告。", "曲阜市财政局"),
        ("曲阜市财政局依据《条例》编制了本报告。", "曲阜市财政局"),
        ("2020年，文山州生态环境局丘北分局深入学习《条例》。", "文山州生态环境局丘北分局"),
        (
            "本报告由吴村镇人民政府结合有关数据编制。（地址：曲阜市吴村镇人民政府驻地）",
            "曲阜市吴村镇人民政府",
        ),
        (
            "现公布曲阜市吴村镇2020年政府信息公开工作年度报告，请与曲阜市吴村镇人民政府党政办公室联系。",
            "曲阜市吴村镇人民政府",
        ),
    ],
)
def test_a_sentence_on_its_report_names_the_publisher(said: str, agency: str) -> None:
    """Who publishes, in the words that small bodies use, is read from the preface; a town's name gives its government."""
    reading = extract(read(f"{said}\n一、总体情况\n2020年，我单位依法公开。\n".encode(), "x.txt"), load())
    assert (reading.agency_name, reading.year) == (agency, 2020)
    assert not [i for i in reading.issues if i.code == "agency-inferred"]


@pytest.mark.parametrize(
    ("asked", "agency"),
    [("曲阜市气象局办公室", "曲阜市气象局"), ("曲阜市人民政府办公室", None), ("区政府办公室", None)],
)
def test_the_body_to_ask_is_the_publisher_but_for_an_office(asked: str, agency: str | None) -> None:
    """It is taken with a note; a government's office may publish for both."""
    text = f"本报告根据条例编制。如有疑问，请与{asked}联系（电话：0537）。\n一、总体情况\n依法公开。\n"
    reading = extract(read(text.encode(), "x.txt"), load())
    assert reading.agency_name == agency
    assert ("agency-inferred" in [i.code for i in reading.issues]) == (agency is not None)


def test_a_town_may_have_a_name_of_two_letters() -> None:
    """«螅镇» is a name; what every town calls itself is none."""
    for name, agency in (("螅镇", "螅镇"), ("我镇", None)):
        text = f"2022年度{name}政府信息公开工作年度报告\n一、总体情况\n依法公开。\n"
        assert extract(read(text.encode(), "x.txt"), load()).agency_name == agency


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["吴村镇2020年政府信息公开工作年度报告", "吴村镇政府信息公开工作年度报告"], "吴村镇", 2020),
        (["吴村镇2020年政府信息公开工作年度报告", "吴村镇2020", "政府信息公开工作年度报告"], "吴村镇", 2020),
    ],
)
def test_of_titles_the_one_that_tells_more_holds(lines: list[str], agency: str, year: int) -> None:
    """A page prints its title twice, the second time without year or name."""
    text = "\n\n".join([*lines, "一、总体情况", "认真贯彻条例。", ""])
    reading = extract(read(text.encode(), "a.txt"), load())
    assert (reading.agency_name, reading.year) == (agency, year)


@pytest.mark.parametrize(("more", "year"), [("", 2020), ("2019年，水利局没有收到申请。", None)])
def test_the_year_that_sentences_begin_with(more: str, year: int | None) -> None:
    """Without title and period the year is the one with which sentences begin, if it is only one."""
    text = f"一、总体情况\n2020年，曲阜市水利局认真贯彻条例。\n{more}\n二、主动公开政府信息情况\n"
    assert extract(read(text.encode(), "x.txt"), load()).year == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022年，曲阜市水利局坚持公开。\n二是主动公开。公开发布《曲阜市水利局2021年政府信息公开工作年度报告》。", 2022),
        ("2022年，曲阜市水利局按时公开《曲阜市水利局2021年政府信息公开工作年度报告》。", 2022),
        ("(一)主动公开情况。2022年，曲阜市水利局公开信息513条。2023年，曲阜市水利局将继续公开。", 2022),
        ("现公布《曲阜市水利局2021年政府信息公开工作年度报告》。2022年，我局将继续公开。", 2021),
        ("现公布曲阜市水利局2022年度政府信息公开工作年度报告。\n2022年，曲阜市水利局坚持公开。2021年我局受理申请0件。", 2022),
        ("2022年，曲阜市水利局坚持公开。2021年我局被评为先进单位。", 2022),
    ],
)
def test_the_report_of_last_year_is_work_of_this_year(text: str, year: int) -> None:
    """What a report tells of is no title; what it plans is no year of its own."""
    assert extract(read(f"一、总体情况\n{text}\n二、主动公开政府信息情况\n".encode(), "x.txt"), load()).year == year


@pytest.mark.parametrize(
    ("first", "agency"),
    [
        ("2020年，在区委、区政府的坚强领导下，官洲街道办事处认真贯彻落实《条例》。", "官洲街道办事处"),
        ("2020年，红升乡政府信息公开工作在县委、县政府的领导下推进。", "红升乡"),
        ("2020年，海门经济技术开发区认真贯彻落实《条例》。", "海门经济技术开发区"),
        ("2020年，全市各乡镇认真贯彻落实《条例》。", None),
        ("2020年，市财政局认真贯彻落实《条例》。", None),
        ("2020年，我们依法公开。官洲街道办事处认真落实《条例》。", None),
        ("2020年，水利部坚持以公开为常态。", "水利部"),
    ],
)
def test_the_body_of_the_first_sentence_is_the_publisher_with_a_note(first: str, agency: str | None) -> None:
    reading = extract(read(f"一、总体情况\n{first}\n二、主动公开政府信息情况\n".encode(), "x.txt"), load())
    assert reading.agency_name == agency
    assert ("agency-inferred" in [i.code for i in reading.issues]) == (agency is not None)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("本报告由国家税务总局曲阜市税务局编制。", "国家税务总局曲阜市税务局"),
        ("本報告由國家稅務總局曲阜市稅務局編制，數據統計期限為2020年1月1日至12月31日。", "国家税务总局曲阜市税务局"),
        ("曲阜市税务局2020年政府信息公开工作年度报告\n请与国家税务总局曲阜市税务局联系。", "国家税务总局曲阜市税务局"),
        ("市财政局2020年政府信息公开工作年度报告\n现公开曲阜市财政局2020年报告。", "曲阜市财政局"),
        ("市财政局2020年政府信息公开工作年度报告\n曲阜市财政局与邹城市财政局联合公布。", "市财政局"),
        ("2020年曲阜市吴村镇人民政府信息公开工作年度报告", "曲阜市吴村镇人民政府"),
        ("市残联2020年政府信息公开工作年度报告\n曲阜市残疾人联合会（以下简称“市残联”）依法公开。", "曲阜市残疾人联合会"),
        ("曲阜高新区管理委员会\n教育办公室2020年政府信息公开工作年度报告", "曲阜高新区管理委员会教育办公室"),
        ("曲阜市财政局2020年政府\n信息公开工作年度报告", "曲阜市财政局"),
        ("现公布曲阜市财政局政府信息公开工作2020年度报告。", "曲阜市财政局"),
        ("Page 8 - 曲阜市财政局2020年政府信息公开工作年度报告\nP. 8", "曲阜市财政局"),
        ("mirror-of.example.com曲阜市财政局2020年政府信息公开工作年度报告", "曲阜市财政局"),
        (f"曲阜市吴村镇{2 * TITLE}\n统计期限为2020年1月1日至12月31日。", "曲阜市吴村镇"),
    ],
)
def test_the_name_is_as_full_as_the_text_prints_it(text: str, agency: str) -> None:
    """Branches of national bodies, «市…» with its city elsewhere, a book's running head, a title that is printed twice."""
    assert extract(read(f"{text}\n一、总体情况\n依法公开。\n".encode(), "x.txt"), load()).agency_name == agency


@pytest.mark.parametrize(("period", "contradicted"), [(2020, True), (2021, False)])
def test_a_period_that_no_sentence_bears_out_is_doubted(period: int, contradicted: bool) -> None:
    text = (
        f"曲阜市财政局编制了2021年政府信息公开年度报告。统计期限自{period}年1月1日至{period}年12月31日。\n一、总体情况\n"
        "2021年，我局依法公开，并公布了2020年度政府信息公开工作年度报告。\n"
    )
    text = text.replace("，并公布了2020年度政府信息公开工作年度报告", "") if contradicted else text
    reading = extract(read(text.encode(), "x.txt"), load())
    assert reading.year == period and ("year-contradicted" in [i.code for i in reading.issues]) == contradicted


@pytest.mark.parametrize(
    ("text", "agency", "year"),
    [
        ("2020年，抚顺市公安局以服务群众为目标。", "抚顺市公安局", 2020),
        ("本报告按要求编制。请与吴村镇党政办联系。", "吴村镇", None),
        ("本报告由曲阜市信访办编制。", "曲阜市信访办", None),
        ("本报告由曲阜市统计局围绕2020年度工作编制而成。", "曲阜市统计局", None),
        ("济宁市曲阜市济宁市曲阜市财政局2020年政府信息公开工作年度报告", "济宁市曲阜市财政局", 2020),
        ("本报告由曲阜市财政局办公室编制。", "曲阜市财政局", None),
        ("本报告由曲阜市国防动员委员会办公室编制。", "曲阜市国防动员委员会办公室", None),
        ("交通运输部编制了本级行政机关2020年政府信息公开工作年度报告。", "交通运输部", 2020),
        ("财政部门编制了本级行政机关2020年政府信息公开工作年度报告。", None, 2020),
        ("我局编制完成《曲阜市财政局2020年政府信息公开工作年度报告》。", "曲阜市财政局", 2020),
        ("本报告按要求编制。请与曲阜市吴村镇政府综合办公室联系。", "曲阜市吴村镇政府", None),
        ("现从六个方面汇报我镇2020年政府信息公开工作。", None, 2020),
        ("曲阜市财政局2020年政府信息公开工作年度报告\n曲阜市财政和国资局网站设有专栏。", "曲阜市财政局", 2020),
        ("曲阜市财政局2020年政务信息公开年度报告", "曲阜市财政局", 2020),
        ("为切实做好2020年政府信息公开年度报告编制发布工作，吴村街道严格落实要求。" + "依法公开。" * 9, "吴村街道", 2020),
        ("我局编制了曲阜市财政局2020年度政府信息公开工作年度报告。" + "依法公开。" * 9, "曲阜市财政局", 2020),
        ("为做好曲阜市财政局2020年度政府信息公开工作，我局编制本报告。", "曲阜市财政局", 2020),
        ("2020年，山东省人民政府办公厅不断完善制度。", "山东省人民政府办公厅", 2020),
        ("2020年度，洋县自然资源局共完成公开任务3项。", "洋县自然资源局", 2020),
        ("2020年吴村街道积极推动公开工作。", "吴村街道", 2020),
        ("曲阜市2020年政府信息公开工作年度报告\n发布机构：曲阜市人民政府", "曲阜市人民政府", 2020),
        ("曲阜市2020年政府信息公开工作年度报告\n发布机构：曲阜市人民政府办公室", "曲阜市", 2020),
        ("曲阜市財(cái)政局2020年政府信息公開(kāi)工作年度報(bào)告", "曲阜市财政局", 2020),
        ("本报告请与曲阜市人民政府办公室联系。\n一、总体情况\n2020年，曲阜市认真贯彻落实条例。", "曲阜市人民政府", 2020),
        ("本报告请与曲阜市人民政府办公室联系。\n一、总体情况\n2020年，济宁市认真贯彻落实条例。", None, 2020),
        ("请与济宁市公安局任城区分局联系。\n一、总体情况\n2020年，任城区公安分局依法公开。", "济宁市公安局任城区分局", 2020),
        ("现将吴村镇2020年1月1日至12月31日期间的政府信息公开总体情况报告如下", "吴村镇", 2020),
        ("吴村镇政府编制2020年政府信息公开年度报告。请与吴村镇人民政府联系。", "吴村镇人民政府", 2020),
        ("现公布mirror.example.com吴村镇2020年政府信息公开工作年度报告。", "吴村镇", 2020),
        ("编制形成了《博彩官网@：吴村镇人民政府2020年政府信息公开工作年度报告》。", "吴村镇人民政府", 2020),
        ("曲阜市人民政府2020年\n政府信息公开工作年度报告\n曲阜市人民政府办公室\n2021年3月", "曲阜市人民政府", 2020),
        ("本报告按照有关文件要求制定。\n2020年，吴村镇对照公开目录做好工作。", "吴村镇", 2020),
        ("索 引 号：0144/2021-02 分 类：部门信息公开年报 报告\n2020年，市财政局依法公开。曲阜市公开网。", "曲阜市财政局", 2020),
        ("名 称：曲阜市财政局2020年度政府信息公开工作年度报告 发布日期：2021年01月14日", "曲阜市财政局", 2020),
    ],
)
def test_what_a_preface_says_of_its_report(text: str, agency: str | None, year: int | None) -> None:
    reading = extract(read(f"{text}\n一、总体情况\n依法公开。\n".encode(), "x.txt"), load())
    assert (reading.agency_name, reading.year) == (agency, year)


def test_a_report_that_calls_itself_that_of_another_year_is_doubted() -> None:
    text = "我镇编制了《吴村镇2020年政府信息公开工作年度报告》。数据统计期限为2021年1月1日至2021年12月31日。"
    reading = extract(read(f"{text}\n一、总体情况\n2021年，依法公开。\n".encode(), "x.txt"), load())
    assert reading.year == 2021 and "year-contradicted" in [issue.code for issue in reading.issues]


def identity(text: str) -> tuple[str | None, int | None, str | None]:
    reading = extract(read(text.encode(), "x.txt"), load())
    return reading.agency_name, reading.year, reading.title


LETTER = (
    "曲阜市水利局关于报送年度报告的函 市政府办公室：现将我局2019年度政府信息公开工作年度报告报送贵处。"
    " 附件：年度报告 曲阜市水利局"
)
REPORT = " 根据要求，现将我局工作情况报告如下：一、总体情况2019年，我局主动公开政府信息48条。" + "认真做好工作。" * 30


@pytest.mark.parametrize("date", ["2020年1月9日（此件主动公开）", "2020年1月9日"])
@pytest.mark.parametrize("year", ["2019", "2019年"])
def test_the_date_of_a_covering_letter_is_neither_name_nor_year(date: str, year: str) -> None:
    found = identity(f"{LETTER}{date}曲阜市水利局{year}政府信息公开工作年度报告{REPORT}")
    assert found == ("曲阜市水利局", 2019, f"曲阜市水利局{year}政府信息公开工作年度报告")


def test_the_way_to_a_page_is_no_title() -> None:
    title = "曲阜县人防办2011年度政府信息工作公开年度报告"
    way = "当前位置： 首页政务公开政府信息公开曲阜市水利局政府信息公开年报"
    text = f"{way} {title} 来源： 时间：2012-05-11 {REPORT}".replace("2019", "2011")
    assert identity(text) == ("曲阜县人防办", 2011, title)


def test_a_title_without_a_text_is_said() -> None:
    title = "曲阜市水利局2020年政府信息公开工作年度报告"
    said = [i.code for i in extract(read(f"{title}\n发布时间: 2021-01-28\n".encode(), "x.txt"), load()).issues]
    assert "part-not-read" in said
    whole = extract(read(f"{title}\n一、总体情况\n2020年，我局依法公开。\n".encode(), "x.txt"), load())
    assert "part-not-read" not in [i.code for i in whole.issues]


@pytest.mark.parametrize("before", ["。", "。六、其他需要报告的事项无", "。六、其他需要报告的事项 无。"])
@pytest.mark.parametrize("after", ["", "更多信息请关注官方微信"])
def test_a_signature_in_the_last_line_of_a_report_without_a_title(before: str, after: str) -> None:
    text = f"按照要求，现将我局情况报告如下：一、总体情况2020年，我局依法公开。五、存在的主要问题及改进情况{'逐步改进。' * 40}"
    read = identity(f"{text[:-1]}{before}曲阜市自然资源和规划局2021年1月27日{after}")
    assert read[0] == "曲阜市自然资源和规划局"
    two = identity(f"{text[:-1]}{before}曲阜市财政局曲阜市水利局2021年1月27日{after}")
    assert two[0] is None


def test_a_mirrors_glosses_hide_no_statement() -> None:
    """Headings, name and numbers are read as if they were not there; the evidence is as printed."""
    text = ("曲阜市財(cái)政局2020年政府信息公開(kāi)工作年度報(bào)告\n一、總體情況(kuàng)\n我局主動(dòng)公開政府信息635條。\n"
            "二、主動(dòng)公開政府信息情況\n")
    reading = extract(read(text.encode(), "x.txt"), load())
    assert [section.section for section in reading.sections][-2:] == ["overview", "disclosures"]
    (stated,) = reading.statements
    assert (stated.kind, stated.value) == ("proactive_total", 635) and "動(dòng)公開" in stated.quote
