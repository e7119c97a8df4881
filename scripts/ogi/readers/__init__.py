"""The door of the readers: bytes in, a Document out, whatever format they are.

Comes in: a file's bytes and its name (for messages only). Goes out: a Document, or one Unreadable that
names the file, what was found and what to do. Must not know: any form or label. Each format is a folder
with `FORMAT`, `sniff(head)` and `read(data)`; `page` is what drawn formats share, the modules beside it what others do.
"""

from __future__ import annotations

from dataclasses import replace

from ogi.errors import Unreadable
from ogi.model import Document, Issue, Paragraph
from ogi.readers import formats, limits


def read(data: bytes, name: str) -> Document:
    """The document as laid out. Any failure of a parser comes out as Unreadable; none stops the others."""
    try:
        form = formats.recognise(data)
        limits.enter(form.name)
        document = form.load().read(data)
    except Unreadable as failure:
        raise Unreadable(name, failure.found, failure.remedy) from failure
    except MemoryError as failure:
        raise Unreadable(
            name,
            "reading it took more memory than allowed",
            "check that it is one report, or add it as PDF or text",
        ) from failure
    except UnicodeDecodeError as failure:
        found = f"its characters are of no known encoding (broken at byte {failure.start})"
        raise Unreadable(name, found, "save it again as UTF-8, or add the original document") from failure
    except ModuleNotFoundError as failure:
        found = f"reading it needs the Python module {failure.name}, which is not installed"
        raise Unreadable(name, found, "install the project with all its extras: make install") from failure
    except Exception as failure:
        raise Unreadable(
            name,
            f"the reader broke on its content ({type(failure).__name__}: {str(failure)[:120]})",
            "open and save it again in its own program, or add it as PDF; and please report it",
        ) from failure
    if not any(not isinstance(block, Paragraph) or block.text.strip() for block in document.blocks):
        raise Unreadable(
            name,
            _nothing(document),
            "open it and see; if its pages are pictures, add them as PDF, png or jpg",
        )
    return _named(document, name, form)


def _nothing(document: Document) -> str:
    picture = next((issue for issue in document.issues if issue.code == "table-is-picture"), None)
    return (
        "there are only pictures in it, no text and no table"
        if picture
        else "there is no text and no table in it"
    )


def _named(document: Document, name: str, form: formats.Format) -> Document:
    if form.name == "doc" and name.lower().endswith((".wps", ".wpt")):
        document = replace(document, format="wps")  # Kingsoft's own ending of the same container
    ending = formats.disagreement(name, form)
    if ending is None:
        return document
    issue = Issue(
        "name-disagrees-with-content",
        "info",
        f"The name ends in {ending}, but the content is {form.name}; it was read as that. Better rename it.",
    )
    return replace(document, issues=(issue, *document.issues))
