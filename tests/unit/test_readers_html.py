"""What a browser shows of the article is what the html reader gives."""

from __future__ import annotations

import pytest
from read_blocks import grids, paragraphs, texts

from ogi.errors import Unreadable
from ogi.model import Document, Paragraph
from ogi.readers import read


def page(body: str, name: str = "a.html") -> Document:
    return read(f"<html><body>{body}</body></html>".encode(), name)


def test_spans_give_the_expanded_grid() -> None:
    """Cells stand in the next free column; covered places have no cell; empty cells have ''."""
    (grid,) = grids(
        page(
            "<table><tr><td rowspan=3>三</td><td colspan=2>（一）</td><td>5</td></tr>"
            "<tr><td rowspan=2>1.</td><td>x</td><td>&nbsp;</td></tr><tr><td>y</td><td>7</td></tr></table>"
        )
    )
    assert texts(grid) == [["三", "（一）", "5"], ["1.", "x", ""], ["y", "7"]]
    assert [cell.locator for cell in grid.rows()[2]] == ["table=1;row=3;col=3", "table=1;row=3;col=4"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("本年新<br>制作\n 数量", "本年新\n制作 数量"),
        ("<p>a</p><p> b </p>", "a\nb"),
        ("<p>&nbsp;</p>", ""),
        ("\u200b\u3000", ""),
        ("1<b>2</b>3", "123"),
        ("<span style='display:none'>9</span>8", "8"),
        ("<input type=text value=6>", "6"),
        ("<input type=hidden value=6>", ""),
        ("<textarea> 6 </textarea>", "6"),
        ("<select><option>5<option selected>6</select>", "6"),
        ("<select><option>5</option><option>6</option></select>", "5"),
        ("<button>6</button>", "6"),
        ("<svg><text>6</text></svg>", "\ufffd"),
        ("5<canvas></canvas>", "5"),
        ("<script>document.write(6)</script>", "\ufffd"),
        ("<img src='digit.gif'>", "\ufffd"),
        ("<img src='digit.gif'>6", "6"),
        ("<img src='/images/blank.gif'>", ""),
        ("<ruby>公<rt>gong</rt></ruby>", "公"),
        ("<script>1</script>2<!--3-->", "2"),
        ("政&shy;府", "政府"),
        ("<p>1&#1;</p>2", "1\n2"),
        ("7\x01", "7"),
        ("7\x015", "7 5"),
        ("<pre>1\n2</pre>", "1\n2"),
        ("<ol><li>甲</li><li></li><li hidden>乙</li><li><p>丙</p></li></ol>", "1. 甲\n3. 丙"),
    ],
)
def test_the_text_of_a_cell(inside: str, text: str) -> None:
    """Line breaks stay, blanks fold, what is not shown is not there."""
    (grid,) = grids(page(f"<table><tr><td>a</td><td>{inside}</td></tr></table>"))
    assert texts(grid) == [["a", text]]


def test_rows_are_shown_in_the_order_of_their_parts() -> None:
    """A foot written first is shown last; hidden rows are not shown; a cell without a row is not lost."""
    (grid,) = grids(
        page(
            "<table><tfoot><tr><td>合计</td><td>3</td></tr></tfoot><tbody><td>a</td><td>1</td></tr>"
            "<tr style='display: none'><td>x</td><td>9</td></tr><tr><td>b</td><td>2</td></tr></tbody></table>"
        )
    )
    assert texts(grid) == [["a", "1"], ["b", "2"], ["合计", "3"]]


def test_unclosed_rows_and_cells_are_read() -> None:
    """Old pages close nothing."""
    (grid,) = grids(page("<table><tr><td>1<td>2<tr><td>3<td>4</table>"))
    assert texts(grid) == [["1", "2"], ["3", "4"]]


def test_rows_inside_a_cell_stay_apart() -> None:
    """What an unclosed page puts into a cell by mistake never melts into one number."""
    (grid,) = grids(page("<table><tr><td>a</td><td><div>0<tr><td>1</td><td>2</td></tr></div></td></tr></table>"))
    assert texts(grid)[0] == ["a", "0\n1\n2"]


def test_only_innermost_tables_are_data() -> None:
    """Text in a table that lays out the page is paragraphs, in reading order; so is a table of one cell."""
    document = page(
        "<table><tr><td>上<table><tr><td>a</td><td>1</td></tr></table>下</td><td>旁</td></tr></table>"
        "<table><tr><td><p>框</p></td></tr></table>"
    )
    assert [block.text if isinstance(block, Paragraph) else texts(block) for block in document.blocks] == [
        "上",
        [["a", "1"]],
        "下",
        "旁",
        "框",
    ]


def test_a_box_inside_a_data_cell_keeps_the_table() -> None:
    """A table of one cell inside a cell of a larger table is only a frame."""
    row = "<tr><td>a</td><td>b</td><td>c</td><td><table><tr><td>5</td></tr></table></td></tr>"
    assert texts(grids(page(f"<table>{row * 3}</table>"))[0]) == [["a", "b", "c", "5"]] * 3


def test_long_prose_in_a_few_cells_is_text() -> None:
    """A table of a few cells around an article lays it out."""
    document = page(
        f"<table><tr><td>一、总体情况</td></tr><tr><td><p>{'文' * 300}</p><p>止</p></td></tr></table>"
    )
    assert paragraphs(document) == ["一、总体情况", "文" * 300, "止"]


def test_what_sites_put_around_an_article_is_furniture() -> None:
    """Navigation, trails, heads and feet are kept apart; what holds the title or most of the text is not."""
    document = page(
        "<title>某市 2021年报</title><nav>首页</nav><div class='header'>某市人民政府</div>"
        "<div class='header'><h1>标题</h1></div>"
        "<div class='breadCrumb'>首页 &gt; 公开</div><div class='article-header'>副题</div>"
        f"<div id='content'><p>{'正文' * 30}</p></div><div class='footer'>备案号</div>"
        f"<div class=menu><p>{'长文' * 40}</p></div>"
    )
    assert paragraphs(document) == ["标题", "副题", "正文" * 30, "长文" * 40]
    assert [(block.locator, block.text) for block in document.furniture] == [
        ("title=1", "某市 2021年报"),
        ("chrome=1", "首页"),
        ("chrome=2", "某市人民政府"),
        ("chrome=3", "首页 > 公开"),
        ("chrome=4", "备案号"),
    ]


def test_headings_give_levels() -> None:
    """h1 to h6 are levels 1 to 6; text after them is none."""
    document = page("<h1>题</h1><h3>一、总体<br>情况</h3>文")
    assert [(block.text, block.level) for block in document.blocks if isinstance(block, Paragraph)] == [
        ("题", 1),
        ("一、总体", 3),
        ("情况", 3),
        ("文", 0),
    ]


def test_numbered_lists_keep_their_numbers() -> None:
    """The numbers that a browser prints before list items are written out."""
    assert paragraphs(page("前<ol><li>甲</li><li><p>乙</p></li></ol>")) == ["前", "1. 甲", "2. 乙"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1"])
def test_the_declared_encoding_is_not_believed(encoding: str, declared: str) -> None:
    """Whatever the page says of its characters, they are read as what they are."""
    text = (
        f"<html><head><meta charset={declared}></head><body><p>政府信息公开工作年度报告，镕</p></body></html>"
    )
    assert paragraphs(read(text.encode(encoding), "a.htm")) == ["政府信息公开工作年度报告，镕"]


def test_a_fragment_is_a_page_and_a_text_with_a_bracket_is_none() -> None:
    """Tags decide, with or without a frame; a text that mentions < stays text."""
    assert read("<p>正文</p><table><tr><td>a</td><td>1</td></tr></table>".encode(), "a.txt").format == "html"
    assert read("发布日期<p>正文</p><p>二</p><p>三</p>".encode(), "a").format == "html"
    assert read("申请数 < 10 件，见 <附件>。".encode(), "a.txt").format == "txt"


def test_a_web_archive_is_its_page() -> None:
    """A saved .mht gives the page inside, whatever its transfer encoding."""
    import base64

    inside = base64.b64encode("<html><body><p>正文</p></body></html>".encode("gb18030")).decode()
    data = (
        "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/html\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{inside}\r\n--b--\r\n"
    )
    assert paragraphs(read(data.encode(), "a.mht")) == ["正文"]


def test_a_large_picture_is_named() -> None:
    """A picture that could be a table is an issue; an icon is none."""
    assert [issue.code for issue in page("文<img src=a width=800>").issues] == ["table-is-picture"]
    assert not page("文<img src=a width=16>").issues


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<table>" * 20_000, "20,000 tables"),
        ("<div>" * 400 + "文", "deeper than 256"),
        ("<p>x" * 1_100_000, "1,100,004 tags"),
        ("x" * (8 << 20), "limit of 8 MB"),
        ("<table>" + "<tr><td colspan=100 rowspan=100>1</td></tr>" * 80, "more than 200,000 places"),
    ],
)
def test_pages_beyond_the_limits_say_so(body: str, found: str) -> None:
    """Nothing is cut off in silence: a page too large or too deep is an error."""
    with pytest.raises(Unreadable, match=found):
        page(body)


def test_a_colspan_without_measure_is_clamped() -> None:
    """A colspan of a hundred million columns costs nothing."""
    (grid,) = grids(page("<table><tr><td colspan=100000000>a</td><td>1</td></tr></table>"))
    assert [cell.col for cell in grid.cells] == [1, 101]


@pytest.mark.parametrize("byte", [b"\xff", b"\0"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_character_costs_itself_only(encoding: str, byte: bytes) -> None:
    """One broken byte leaves a mark and a warning; the number beside it stays whole."""
    row = "<tr><td>申请</td><td>128</td></tr>"
    data = f"<html><body><table>{row * 3}</table></body></html>".encode(encoding)
    document = read(data.replace("请".encode(encoding), byte, 1), "a.html")
    assert texts(grids(document)[0])[0] == ["申\ufffd", "128"]
    assert [(issue.code, issue.severity) for issue in document.issues] == [("part-not-read", "warning")]


def test_boxes_in_rows_are_a_table() -> None:
    """A table that a style sheet draws keeps its rows, its empty cells and labels that break in their cell."""
    rows = [
        ["规章", "0", "1", ""],
        ["行政<br>规范性文件", "2", "", "15"],
        ["行政许可", "312"],
        ["收费", "<p></p>", "3", "4"],
    ]
    drawn = "".join(f"<div>{''.join(f'<div>{cell}</div>' for cell in row)}</div>" for row in rows)
    for around in ("<div>{}</div>", "<table><tr><td><p>一</p><div>{}</div></td></tr></table>"):
        (grid,) = grids(page(around.format(drawn)))
        assert texts(grid) == [
            ["规章", "0", "1", ""],
            ["行政\n规范性文件", "2", "", "15"],
            ["行政许可", "312"],
            ["收费", "", "3", "4"],
        ]
        assert not grid.spans_known


def test_a_list_of_links_is_no_table() -> None:
    """Rows of links stay text: no report prints its numbers as links."""
    links = "".join(f"<li><a>年报{n}</a><span>{n}</span><span>日</span></li>" for n in range(5))
    assert not grids(page(f"<ul>{links}</ul>"))


SHEET = """<style>/* .e{} */ .no, p#away > b { color: red; DISPLAY : none } .a .no{display:inline}
.no.b{visibility:hidden!important} td.c i{display:none} .d{text-decoration:underline line-through} .e{vertical-align:super}
@media print{.f{display:none}} @media (max-width:600px){.f{display:none}} @media screen and (min-width:600px){.g{display:none}}
a:hover,.h:before{display:none} td:nth-child(3) b,u + .j[lang=en],.k{content:'}';display:none}
@keyframes k{from{display:none}} td{vertical-align:sub}</style>
<style media="print">.f{display:none}</style>"""


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<b class='x no'>9</b>8", "8"),
        ("<i class=a><b class=no>9</b></i>8", "98"),
        ("<i class=a><b class='no b'>9</b></i>8", "8"),
        ("<b class=no style='display:inline'>9</b>8", "98"),
        ("<p id=away><b>9</b>8</p>", "8"),
        ("<p id=away><u><b>9</b></u>8</p>", "98"),
        ("<i>9</i>8", "98"),
        ("<b class=d>9</b>8", "9\u03368"),
        ("8<b class=e>9</b>", "8⁹"),
        ("8<b style='vertical-align: super'>9</b>", "8⁹"),
        ("<b class=f>9</b>8", "98"),
        ("<b class=g>9</b>8", "8"),
        ("<a>9</a><b class=h>8</b>", "98"),
        ("<u>8</u><b class=j lang=en>9</b>", "8"),
        ("<u>8</u><b class=j>9</b>", "89"),
        ("8<b class=k>9</b>", "8"),
        ("8<td><b>9</b></td>", "8\t"),
    ],
)
def test_the_pages_own_style_sheets_hide_and_mark(inside: str, text: str) -> None:
    """By element, class and id; the more exact rule holds; rules for print, narrow screens and moments do not count."""
    (grid,) = grids(page(f"{SHEET}<p>{'某' * 99}</p><table><tr><td>a</td><td>{inside}</td></tr></table>"))
    assert texts(grid) == [["a", *text.split("\t")]]


def test_a_style_sheet_that_nests_too_deep_is_said() -> None:
    """What is hidden is then not known, and nothing of the page is taken."""
    nested = f"<style>{'@media x{' * 50_000}.a{{display:none}}{'}' * 50_000}</style>"
    with pytest.raises(Unreadable, match="nests too deep"):
        grids(page(f"{nested}<table><tr><td>a</td><td class=a>5</td></tr></table>"))


def test_a_style_sheet_does_not_hide_the_whole_page() -> None:
    """What hides nearly all text waits for a script; an element that says it of itself is hidden all the same."""
    table = "<table class=no><tr><td>a</td><td>5</td></tr></table>"
    style = "<style>.no{display:none}</style>"
    assert [texts(grid) for grid in grids(page(style + table))] == [[["a", "5"]]]
    assert [texts(grid) for grid in grids(page(f"{style}<p>甲乙</p>{table}"))] == []
    assert grids(page("<p>甲</p>" + table.replace("class=no", "style='display:none'") + "<script>5555555</script>")) == []


def test_a_box_of_many_cells_is_no_row() -> None:
    """Cells that only a style sheet puts into rows stand in one box: their order is all that is known."""
    assert not grids(page(f"<div>{3 * ('<div>' + 60 * '<div>1</div>' + '</div>')}</div>"))
