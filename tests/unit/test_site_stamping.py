"""Stamping alone, without a generator or a browser: hostile texts, originals, downloads, the sitemap."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import frictionless
import pytest
import site_shells
from package_sample import CITY, COUNTY, HOSTILE, built, reading, report

from ogi.errors import BadPackage
from ogi.forms import load
from ogi.package import load as load_package
from ogi.package import write
from ogi.site import Record, comparison, group_pages, stamp, stamp_site
from ogi.site.archive import pack

CITY_2021 = f"reports/{CITY.agency_id}-2021/"


class Tags(HTMLParser):
    """Elements of a page, how often each was opened and closed, and its text."""

    VOID = {"meta", "link", "input", "br", "hr", "img"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.handlers: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add("data" if ("type", "application/ld+json") in attrs else tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile sample."""
    root = tmp_path_factory.mktemp("sample")
    built(root)
    site_shells.stamped(root / "datapackage", root / "site", root)
    return root / "site"


def page(site: Path, url: str) -> str:
    return (site / url / "index.html").read_text("utf-8")


def test_a_shell_is_filled_and_its_texts_are_escaped() -> None:
    """Title and description are text, head and body are mark-up, and each page has its own address."""
    shell = (
        "<title>@@OGI:TITLE@@</title><link href='@@OGI:URL@@'>@@OGI:HEAD@@<main><p>@@OGI:BODY@@</p></main>"
    )
    records = [Record("a/b/", "<1>", 'd"', "<h1>@@OGI:TITLE@@</h1>", "<meta>"), Record("c/", "2", "", "")]
    assert list(stamp(shell, records)) == [
        ("a/b/", "<title>&lt;1&gt;</title><link href='a/b/'><meta><main><h1>@@OGI:TITLE@@</h1></main>"),
        ("c/", "<title>2</title><link href='c/'><main></main>"),
    ]


def test_a_shell_without_a_body_is_an_error() -> None:
    """A theme that lost its sentinel stops the build and says so."""
    with pytest.raises(BadPackage, match="OGI:BODY"):
        list(stamp("<p>nothing</p>", []))


def test_a_missing_shell_is_an_error_that_names_it(tmp_path: Path) -> None:
    """Stamping into a folder without shells says which is missing."""
    built(tmp_path, report(CITY, 2021))
    with pytest.raises(BadPackage, match="reports/shell/index.html"):
        stamp_site(tmp_path / "datapackage", tmp_path / "site", tmp_path)


def test_hostile_texts_are_text(sample_site: Path) -> None:
    """Mark-up, scripts and direction marks of a document stand on its page as text; tags stay balanced."""
    html = page(sample_site, CITY_2021)
    tags = Tags(html)
    assert tags.open == []
    assert not tags.seen & {"script", "iframe", "b&amp;"} and tags.handlers == []
    text = "".join(tags.text)
    assert "</script><b>&amp;" in text and "$(id)`x`" in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert "⟨U+202E⟩abc" in text


def test_all_pages_are_balanced(sample_site: Path) -> None:
    """Every stamped page closes what it opens, in order."""
    pages = sorted(sample_site.rglob("index.html"))
    assert len(pages) > 30
    assert {p: tags.open for p in pages if (tags := Tags(p.read_text("utf-8"))).open} == {}


def test_downloads_are_guarded_in_csv_and_raw_in_json(sample_site: Path) -> None:
    """index.csv quotes what a spreadsheet would run; index.json has the text and exact numbers."""
    data = json.loads((sample_site / CITY_2021 / "index.json").read_text("utf-8"))
    assert [i["message"] for i in data["issues"]] == list(HOSTILE)
    assert '"value":13.7,' in (sample_site / CITY_2021 / "index.json").read_text("utf-8")
    assert [s["value"] for s in data["statistics"]] == [163, 1000]
    rows = list(csv.reader(io.StringIO((sample_site / CITY_2021 / "index.csv").read_text("utf-8-sig"))))
    assert not [v for row in rows for v in row if re.match(r"[=@\t\r]", v)]


def test_an_earlier_version_points_to_the_one_that_replaces_it(sample_site: Path) -> None:
    """A superseded report keeps its page, says so, and is in no comparison."""
    html = page(sample_site, f"reports/{CITY.agency_id}-2021-v1/")
    assert f'href="../../reports/{CITY.agency_id}-2021/"' in html and "旧版" in html
    assert "-v1" not in page(sample_site, "years/2021/")


def test_years_that_were_not_collected_are_said_so(sample_site: Path) -> None:
    """A gap in an agency's years is shown, with the word that it does not mean «not published»."""
    html = page(sample_site, f"agencies/{CITY.agency_id}/")
    assert "2022 年未收录" in html and "不等于「未公布」" in html


def test_an_aggregate_warns_against_adding(sample_site: Path) -> None:
    """The page of a government's summary, and of its region, say that it holds its parts."""
    assert "不可与它们相加" in page(sample_site, "agencies/360200-government/")
    assert "不可与之相加" in page(sample_site, "regions/360200/")


def test_failed_checks_come_first_with_their_arithmetic(sample_site: Path) -> None:
    """A failed check is written out before the ones that passed, and says whose it is."""
    html = page(sample_site, CITY_2021)
    assert html.index("不等") < html.index("通过 Passed")
    assert "报告原件如此" in html


def test_the_index_finds_by_former_and_short_names(sample_site: Path) -> None:
    """The agency index holds other names, and gives each agency the abbreviation that another one uses."""
    index = json.loads((sample_site / "agencies/search.json").read_text("utf-8"))
    rows = {row[0]: row for row in index["agencies"]}
    assert {"景德镇市科技局", "景德镇市科委"} <= set(rows[CITY.agency_id][2])
    assert "曲阜市科技局" in rows[COUNTY.agency_id][2]
    assert index["regions"][rows[CITY.agency_id][3]] == ["360200", "江西省 景德镇市", "Jiangxi Jingdezhen"]
    assert index["sectors"][rows[CITY.agency_id][4]][:2] == ["science-technology", "科学技术"]
    assert rows[CITY.agency_id][5] == [2023, 2021]
    assert rows[CITY.agency_id][6].startswith("jdzskxjsj")


@pytest.mark.parametrize(
    ("name", "offered"),
    [("2021.txt", "original.txt"), ("2021.html", "original.html.txt"), ("2021.SVG", "original.svg.txt"),
     ("2021.pdf", "original.pdf"), ("2021.xhtml", "original.xhtml.txt"), ("2021.h<b", "original.txt"), ("x", "original.x.txt")],
)  # fmt: skip
def test_an_original_that_a_browser_would_run_is_offered_as_text(
    tmp_path: Path, name: str, offered: str
) -> None:
    """Only endings that nothing runs are kept; the file is copied only if it is the one that was read."""
    content = b"<script>alert(1)</script>"
    read = replace(reading(CITY.name, 2021), sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    one = replace(report(CITY, 2021, read), path=f"reports/x/{name}")
    built(tmp_path, one)
    (tmp_path / "reports/x").mkdir(parents=True)
    (tmp_path / "reports/x" / name).write_bytes(content)
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    assert (tmp_path / "site" / CITY_2021 / offered).read_bytes() == content
    assert f'href="{offered}"' in page(tmp_path / "site", CITY_2021)


def test_an_original_that_was_changed_is_not_offered(tmp_path: Path) -> None:
    """A file whose hash is not the published one is not copied."""
    built(tmp_path, report(CITY, 2021))
    path = tmp_path / f"reports/{CITY.agency_id}/2021.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"another")
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    assert not list((tmp_path / "site").rglob("original*"))


def test_the_same_package_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two stampings differ in no byte and in no name."""
    built(tmp_path)
    for name in ("one", "two"):
        site_shells.stamped(tmp_path / "datapackage", tmp_path / name, tmp_path)
    one, two = (
        {p.relative_to(r): p.read_bytes() for p in r.rglob("*") if p.is_file()}
        for r in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two and len(one) > 60


def test_values_follow_their_cells(tmp_path: Path) -> None:
    """Two hundred different numbers each stand under their own anchor, on the page and in the CSV."""
    places = [
        (t, i, m) for t in ("disclosures", "requests", "reviews") for i, m in load().table("2021-30", t).cells
    ]
    cells = {place: (str(1000 + n), "reported") for n, place in enumerate(places)}
    built(tmp_path, report(CITY, 2021, reading(CITY.name, 2021, cells)))
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    html = page(tmp_path / "site", CITY_2021)
    found = dict(re.findall(r'<a id="v-([\w-]+)" href="#c-[\w-]+">([\d,]+)</a>', html))
    assert found == {"-".join(place): f"{int(raw):,}" for place, (raw, _) in cells.items()}


@pytest.mark.parametrize("status", ["blank", "nil", "unreadable", "absent", "derived"])
def test_every_status_looks_its_own_way(tmp_path: Path, status: str) -> None:
    """A cell without a printed number carries its status as a class, and stands in the legend."""
    raw = {"blank": "", "nil": "—", "unreadable": "1 2", "absent": None, "derived": "0"}[status]
    one = reading(CITY.name, 2021, {("requests", "granted", "total"): (raw, status)})
    built(tmp_path, report(CITY, 2021, one))
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    html = page(tmp_path / "site", CITY_2021)
    assert len(re.findall(rf'<td[^>]* class="s-{status}"', html)) == 1


def test_all_data_in_one_file(sample_site: Path, tmp_path: Path) -> None:
    """The zip holds every file of the package as it is, frictionless reads it from there, and it has the same bytes each time:
    packed anew, or taken from another zip where the hash is the same."""
    package = sample_site.parent / "datapackage"
    made = sample_site / "data" / "ogi-reports.zip"
    with zipfile.ZipFile(made) as archive:
        found = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
        archive.extractall(tmp_path)
    assert found == {
        p.relative_to(package).as_posix(): p.read_bytes() for p in package.rglob("*") if p.is_file()
    }
    assert frictionless.Package(str(tmp_path / "ogi-reports" / "datapackage.json")).get_resource("reports").read_rows()
    hashes = {f["path"]: f["hash"] for r in load_package(package).resources.values() for f in r["files"]}
    other = tmp_path / "other"
    shutil.copytree(package, other)
    (other / "data" / "reports.csv").write_text("another", "utf-8")
    again, last = tmp_path / "again" / made.name, tmp_path / "last" / made.name
    again.parent.mkdir()
    last.parent.mkdir()
    pack(other, last, {**hashes, "data/reports.csv": "sha256:other"})
    for before in (None, made, last):
        pack(package, again, hashes, before)
        assert again.read_bytes() == made.read_bytes()
        assert zipfile.ZipFile(again).testzip() is None


def test_a_table_longer_than_its_page_is_sorted_by_the_explorer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows the first rows and says how many there are; heads and a link lead to all of them, chosen alike."""
    for module in (comparison, group_pages):
        monkeypatch.setattr(module, "ROWS", 1)
    built(tmp_path)
    site_shells.stamped(tmp_path / "datapackage", tmp_path / "site", tmp_path)
    sector = page(tmp_path / "site", f"sectors/{CITY.sector}/")
    table = sector[sector.index('<table class="compare"') :]
    total = int(re.search(r'data-total="(\d+)"', table)[1])
    assert total > 1 and table.count("<tr>") == 2 and f"共 {total} 行" in sector
    chosen = f"../../compare/?sector={CITY.sector}"
    assert f'href="{chosen}"' in sector and f'data-all="{chosen}&amp;sort=requests_new:down"' in table
    indicator = page(tmp_path / "site", "indicators/requests_new/")
    assert 'data-all="../../compare/?show=requests_new&amp;year=2021&amp;sort=requests_new:down"' in indicator


@pytest.mark.parametrize(
    ("site_url", "address"),
    [("https://example.org/ogi/", "https://example.org/ogi/"), ("http://127.0.0.1:8000/", ""), ("", "")],
)
def test_a_report_can_be_cited_wherever_the_site_stands(tmp_path: Path, site_url: str, address: str) -> None:
    """Id, version and hash, and the address that lasts; its path where the site has no address, or one of this machine only."""
    built(tmp_path, report(CITY, 2021))
    site_shells.stamp_site(tmp_path / "datapackage", site_shells.shells(tmp_path / "site"), tmp_path, site_url)
    html = page(tmp_path / "site", CITY_2021)
    (cited,) = re.findall(r'<p class="cite">(.*?)</p>', html)
    assert f'<a href="./" rel="bookmark">{address}{CITY_2021}</a>' in cited
    assert f"<code>{CITY.agency_id}-2021</code>" in cited and "127.0.0.1" not in cited
    assert ("前面是本站的地址" in html) is (not address)


def test_a_report_that_is_taken_down_leaves_its_address(tmp_path: Path) -> None:
    """Day and reason in place of the page, its data and its original, in a site that stood before as in a new one."""
    report_id, original, kept = f"{CITY.agency_id}-2021", b"a name and a telephone", tmp_path / "kept"
    read = replace(reading(CITY.name, 2021), sha256=hashlib.sha256(original).hexdigest(), size=len(original))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/2021.txt").write_bytes(original)
    one, other = replace(report(CITY, 2021, read), path="reports/2021.txt"), report(COUNTY, 2021)
    built(tmp_path, one, other)
    generated, site = site_shells.shells(tmp_path / "generated"), tmp_path / "site"
    stamp_site(tmp_path / "datapackage", site, tmp_path, "https://example.org/", kept=kept, generated=generated)
    assert (site / "reports" / report_id / "original.txt").read_bytes() == original
    row = {"withdrawn_id": report_id, "agency_id": CITY.agency_id, "year": 2021, "withdrawn_on": date(2026, 3, 1)}
    row |= {"reason": "含有<申请人>的个人信息", "now_at": f"{COUNTY.agency_id}-2021"}
    write([other], (CITY, COUNTY), tmp_path / "datapackage", withdrawn=[row])
    for place in site, site, tmp_path / "new":
        stamp_site(tmp_path / "datapackage", place, tmp_path, "https://example.org/", kept=kept, generated=generated)
        assert {p.name for p in (place / "reports" / report_id).iterdir()} == {"index.html", "index.json", "index.csv"}
        html = page(place, f"reports/{report_id}")
        assert "2026-03-01" in html and "含有&lt;申请人&gt;的个人信息" in html and "noindex" in html
        assert f'href="../{COUNTY.agency_id}-2021/"' in html and Tags(html).open == []
        assert json.loads((place / "reports" / report_id / "index.json").read_text("utf-8"))["withdrawn"]["year"] == 2021
        assert report_id not in (place / "sitemap.xml").read_text("utf-8")
        assert f'href="../../reports/{report_id}/">已撤下' in page(place, f"agencies/{CITY.agency_id}")
        for feed in "feed.xml", f"agencies/{CITY.agency_id}/feed.xml":
            said = (place / feed).read_text("utf-8")
            assert f"（已撤下）</title><id>urn:ogi-reports:report:{report_id}</id><updated>2026-03-01T" in said
            assert "含有&lt;申请人&gt;的个人信息。现编号" in said
    assert not [p for p in kept.rglob("*") if p.is_file() and original in p.read_bytes()]
