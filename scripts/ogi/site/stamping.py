"""Filling ready shell pages: one function, whatever generator made the shell.

Comes in: the HTML of a shell with its sentinels, and records. Goes out: pages, one at a time. Must not
know: what a record is about, the package, MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from ogi.errors import BadPackage

SENTINEL = re.compile(r"@@OGI:(TITLE|DESCRIPTION|HEAD|URL|BODY)@@")


@dataclass(frozen=True, slots=True)
class Record:
    """One page: `url` is relative and ends in '/'; `body` and `head` are safe HTML, the rest is text."""

    url: str
    title: str
    description: str
    body: str
    head: str = ""


def stamp(shell_html: str, records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """(url, page) for each record; the shell is cut once, and a page is one join."""
    pieces = SENTINEL.split(_prepared(shell_html))
    if "BODY" not in pieces[1::2]:
        raise BadPackage(
            "shell page", "it holds no @@OGI:BODY@@", "restore the sentinel in the theme's main.html"
        )
    fixed, slots = pieces[::2], pieces[1::2]
    for record in records:
        values = {
            "TITLE": escape(record.title),
            "DESCRIPTION": escape(record.description),
            "HEAD": record.head,
            "URL": escape(record.url),
            "BODY": record.body,
        }
        parts = [fixed[0]]
        for slot, text in zip(slots, fixed[1:], strict=True):
            parts.append(values[slot])
            parts.append(text)
        yield record.url, "".join(parts)


def _prepared(shell_html: str) -> str:
    """Markdown wraps a lone line in a paragraph, which cannot hold a page."""
    return shell_html.replace("<p>@@OGI:BODY@@</p>", "@@OGI:BODY@@")
