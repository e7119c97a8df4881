"""The door of the readers: bytes in, a Document out, whatever format they are.

Comes in: a file's bytes and its name (for messages only). Goes out: a Document, or one Unreadable that
names the file, what was found and what to do. Must not know: any form or label. Each format is a folder
with `FORMAT`, `sniff(head)` and `read(data)`; `page` is what drawn formats share, the modules beside it what others do.
"""

from __future__ import annotations

from dataclasses import replace

from ogi.errors import Unreadable
from ogi.messages import in_both
from ogi.model import Document, Issue, Paragraph
from ogi.readers import formats, limits, remedies

BROKE = "读取内容时出错 the reader broke on its content"


def read(data: bytes, name: str) -> Document:
    """The document as laid out. Any failure of a parser comes out as Unreadable; none stops the others."""
    try:
        form = formats.recognise(data)
        limits.enter(form.name)
        document = form.load().read(data)
    except Unreadable as failure:
        raise Unreadable(name, failure.found, failure.remedy) from failure
    except MemoryError as failure:
        raise Unreadable(name, *remedies.TOO_MUCH_MEMORY) from failure
    except UnicodeDecodeError as failure:
        found = (
            f"文字的编码认不出（第 {failure.start} 字节起） "
            f"its characters are of no known encoding (broken at byte {failure.start})"
        )
        remedy = "另存为 UTF-8 编码，或上传原文件 save it again as UTF-8, or add the original document"
        raise Unreadable(name, found, remedy) from failure
    except ModuleNotFoundError as failure:
        found = (
            f"读它要用的 Python 模块 {failure.name} 没有安装 "
            f"reading it needs the Python module {failure.name}, which is not installed"
        )
        remedy = "用 make install 安装全部组件 install the project with all its extras: make install"
        raise Unreadable(name, found, remedy) from failure
    except Exception as failure:
        what = f"({type(failure).__name__}: {str(failure)[:120]})"
        remedy = (
            "用制作它的软件打开，另存一份，或改传 PDF；并开 issue 告诉我们 "
            "open and save it again in its own program, or add it as PDF; and please report it"
        )
        raise Unreadable(name, f"{BROKE} {what}", remedy) from failure
    if not any(not isinstance(block, Paragraph) or block.text.strip() for block in document.blocks):
        remedy = (
            "打开看看是不是年报；各页是图片的话，上传 PDF、png 或 jpg "
            "open it and see; if its pages are pictures, add them as PDF, png or jpg"
        )
        raise Unreadable(name, _nothing(document), remedy)
    return _named(document, name, form)


def _nothing(document: Document) -> str:
    if any(issue.code == "table-is-picture" for issue in document.issues):
        return "里面只有图片，没有文字和表格 there are only pictures in it, no text and no table"
    return "里面没有文字，也没有表格 there is no text and no table in it"


def _named(document: Document, name: str, form: formats.Format) -> Document:
    if form.name == "doc" and name.lower().endswith((".wps", ".wpt")):
        document = replace(document, format="wps")  # Kingsoft's own ending of the same container
    ending = formats.disagreement(name, form)
    if ending is None:
        return document
    issue = Issue(
        "name-disagrees-with-content",
        "info",
        in_both(
            f"文件名以 {ending} 结尾，内容却是 {form.name}；已按内容读取，最好改名。",
            f"The name ends in {ending}, but the content is {form.name}; it was read as that. Better rename it.",
        ),
    )
    return replace(document, issues=(issue, *document.issues))
