"""A report as a page of a government web site: chrome, sloppy markup, layout tables, encodings that lie.

Comes in: a `Made`. Goes out: bytes of a page, or the plain page to print. Must not know: the readers.
"""

from __future__ import annotations

from html import escape
from random import Random

from benchmarks.generate.model import Box, Layout, Made
from benchmarks.generate.writers.docx import MARK

_CONTENT = (
    'class="TRS_Editor"',
    'id="zoom"',
    'id="UCAP-CONTENT"',
    'class="article-content"',
    'class="view TRS_UEDITOR"',
)
_ENCODINGS = (
    ("utf-8", "utf-8"),
    ("utf-8", "utf-8"),
    ("utf-8", "gb2312"),
    ("gb18030", "gb2312"),
    ("gb18030", "gbk"),
    ("gb18030", ""),
    ("gb18030", "utf-8"),
    ("utf-8", ""),
    ("utf-8-sig", "gb2312"),
)
_MENU = ("首页", "机构概况", "政府信息公开", "政策文件", "政务服务", "互动交流", "统计数据")


def write_html(made: Made) -> bytes:
    """The report as a saved page; the style of the report decides on chrome, markup and encoding."""
    rng = Random(f"html {made.style}")
    encoding, declared = rng.choice(_ENCODINGS)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    body = _content(made, rng)
    if rng.random() < 0.25:
        body = (
            '<table width="1000" border="0" cellspacing="0"><tr><td '
            f'valign="top" width="200">{_menu(rng)}</td>'
            f"<td><table><tr><td>{body}</td></tr></table></td></tr></table>"
        )
    page = (
        f"<!DOCTYPE html><html><head>{meta}<title>{escape(made.furniture)}</title>"
        f"<style>td{{border:1px solid #000}}</style><script>var n=175;if(1"
        f"<2){{document.write('<td>9</td>')}}</script></head>"
        f"<body>{_chrome(made, rng)}{body}{_foot(made, rng)}</body></html>"
    )
    return page.encode(encoding)


def page_to_print(made: Made) -> str:
    """The report as a page for a browser to print: ruled tables, no chrome."""
    rng = Random(f"print {made.style}")
    size = rng.choice((9, 10.5, 12))
    margin = rng.choice((10, 18, 25))
    across = rng.choice(("", "", "", "", " landscape"))
    style = (
        f"@page{{size:A4{across};margin:{margin}mm}}body{{font:{size}pt/1.5 "
        f"'Noto Serif CJK SC','Noto Sans CJK SC',serif}}"
        "table{border-collapse:collapse;width:100%}td{border:1px "
        "solid #000;padding:2px 3px;text-align:center;white-space:normal!important}"
        "h1{text-align:center;font-size:16pt}"
        + rng.choice(("", "tr{break-inside:avoid}", "thead{display:table-header-group}"))
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><style>{style}</style>"
        f"</head><body>{_blocks(made, rng, plain=True)}</body></html>"
    )


def _content(made: Made, rng: Random) -> str:
    date = f"{made.truth.year + 1}-01-{rng.randint(10, 31)}"
    info = (
        f'<div class="info">发布日期：{date} 来源：{escape(made.furniture)} 浏览次数：<span '
        f'id="hits">{rng.randint(20, 900)}</span> 【字体：大 中 小】</div>'
    )
    return f"{info}<div {rng.choice(_CONTENT)}>{_blocks(made, rng, plain=False)}</div>"


def _blocks(made: Made, rng: Random, plain: bool) -> str:
    sloppy = not plain and rng.random() < 0.3
    word = not plain and rng.random() < 0.4
    out = []
    for block in made.blocks:
        if isinstance(block, Layout):
            out.append(_table(block, rng, sloppy, word))
            continue
        text = (
            escape(block.text.replace("\n", ""))
            if plain
            else "<br>".join(map(escape, block.text.split("\n")))
        )
        if block.level == 1:
            out.append(f"<h1>{text}</h1>")
        elif word:
            out.append(
                '<p class="MsoNormal" style="text-indent:32pt"><span '
                f'style="font-family:仿宋_GB2312">{text}<o:p></o:p></span></p>'
            )
        else:
            out.append(f"<p>{'' if plain else '　　'}{text}</p>")
    return "\n".join(out)


def _table(layout: Layout, rng: Random, sloppy: bool, word: bool) -> str:
    end = "" if sloppy else "</td>"
    rows = []
    for row in layout.rows:
        cells = "".join(f"<td{_spans(box)}{_look(rng)}>{_inner(box, rng, word)}{end}" for box in row)
        rows.append(f"<tr>{cells}{'' if sloppy else '</tr>'}")
    body = "\n".join(rows)
    return f'<table border="1" cellspacing="0">{body if sloppy else f"<tbody>{body}</tbody>"}</table>'


def _spans(box: Box) -> str:
    rows = f' rowspan="{box.rowspan}"' if box.rowspan > 1 else ""
    return rows + (f" colspan={box.colspan}" if box.colspan > 1 else "")


def _look(rng: Random) -> str:
    return rng.choice(("", "", ' nowrap="nowrap" style="width:48px;"', ' align="center" valign="middle"'))


def _inner(box: Box, rng: Random, word: bool) -> str:
    text = "<br/>".join(map(escape, box.text.removeprefix(MARK).split("\n"))).replace("\u00a0", "&nbsp;")
    if not text:
        text = rng.choice(("", "&nbsp;", "<br>")) if box.key else ""
    if word:
        return f'<p class="MsoNormal" align="center"><span lang="EN-US">{text}<o:p></o:p></span></p>'
    return rng.choice((text, text, f'<p align="center">{text}</p>', f"<span>{text}</span>"))


def _menu(rng: Random) -> str:
    return "<ul>" + "".join(f'<li><a href="#">{item}</a></li>' for item in _MENU) + "</ul>"


def _chrome(made: Made, rng: Random) -> str:
    years = (
        "".join(
            f'<li><a href="/{y}.html">{made.furniture}{y}年政府信息公开工作年度报告</a></li>'
            for y in range(made.truth.year - 3, made.truth.year)
        )
        if rng.random() < 0.5
        else ""
    )
    return (
        f'<div class="header"><a href="/">中国政府网</a>{_menu(rng)}</div>'
        '<div class="position">当前位置：<a>首页</a> &gt; <a>政府信息公开年报'
        f'</a></div><div class="side"><ul>{years}</ul></div>'
    )


def _foot(made: Made, rng: Random) -> str:
    return (
        '<div class="share">分享到：<a>微信</a><a>打印本页</a></div>'
        '<div class="footer"><p>'
        f"主办：市人民政府办公室　备案号：京ICP备0{rng.randint(5000000, 5999999)}号</p></div>"
        "<script>var _hmt=[];</script>"
    )
