"""Filling ready shell pages: one function, whatever generator made the shell.

Comes in: the HTML of a shell with its sentinels, and records. Goes out: pages, one at a time. Must not
know: what a record is about, the package, MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ogi.errors import BadPackage

SHELL = "shell"  # the folder of a section's shell page
SENTINEL = re.compile(r"@@OGI:(TITLE|DESCRIPTION|HEAD|URL|BODY)@@")


@dataclass(frozen=True, slots=True)
class Record:
    """One page: `url` is relative and ends in '/'; `body` and `head` are safe HTML, the rest is text."""

    url: str
    title: str
    description: str
    body: str
    head: str = ""


class Shell:
    """A shell page, cut once; a page is one join."""

    def __init__(self, html: str) -> None:
        pieces = SENTINEL.split(_prepared(html))
        if "BODY" not in pieces[1::2]:
            raise BadPackage(
                "shell page", "it holds no @@OGI:BODY@@", "restore the sentinel in the theme's main.html"
            )
        self._pieces = pieces

    def filled(self, record: Record) -> str:
        values = {
            "TITLE": escape(record.title),
            "DESCRIPTION": escape(record.description),
            "HEAD": record.head,
            "URL": escape(record.url),
            "BODY": record.body,
        }
        return "".join([values[text] if n % 2 else text for n, text in enumerate(self._pieces)])


def read_shell(generated: Path, section: str) -> str:
    """A shell page, which is none of the site; its own address becomes that of the record."""
    path = generated / section / SHELL / "index.html"
    if not path.is_file():
        raise BadPackage(
            str(path),
            "the shell page is missing",
            "build with `mkdocs build` or `ogi build`, whose hook makes it",
        )
    return path.read_text(encoding="utf-8").replace(f"{section}/{SHELL}/", "@@OGI:URL@@")


def stamp(shell_html: str, records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """(url, page) for each record."""
    shell = Shell(shell_html)
    return ((record.url, shell.filled(record)) for record in records)


def _prepared(shell_html: str) -> str:
    """Markdown wraps a lone line in a paragraph, which cannot hold a page."""
    return shell_html.replace("<p>@@OGI:BODY@@</p>", "@@OGI:BODY@@")
