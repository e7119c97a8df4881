"""One writer a format: `WRITERS[format](reports)` gives a file's bytes for each report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.generate.model import Made
from benchmarks.generate.writers.docx import write_docx
from benchmarks.generate.writers.html import write_html
from benchmarks.generate.writers.ofd import write_ofd
from benchmarks.generate.writers.office import write_doc, write_pdf_word
from benchmarks.generate.writers.pdf import write_pdf
from benchmarks.generate.writers.text import write_run, write_text
from benchmarks.generate.writers.text_web import write_web
from benchmarks.generate.writers.xlsx import write_xlsx

Writer = Callable[[Sequence[Made]], list[bytes]]


def _each(write: Callable[[Made], bytes]) -> Writer:
    return lambda reports: [write(made) for made in reports]


def _scans(reports: Sequence[Made]) -> list[bytes]:
    from benchmarks.generate.writers.scan import (
        write_scan,
    )  # numpy and Pillow, only where scans are asked for

    return write_scan(reports)


WRITERS: dict[str, Writer] = {
    "txt": _each(write_text),
    "txt-run": _each(write_run),
    "txt-web": _each(write_web),
    "docx": _each(write_docx),
    "html": _each(write_html),
    "xlsx": _each(write_xlsx),
    "doc": write_doc,
    "wps": write_doc,
    "pdf": write_pdf,
    "pdf-word": write_pdf_word,
    "ofd": _each(write_ofd),
    "scan": _scans,
}
EXTENSION = {
    "txt-run": "txt",
    "txt-web": "txt",
    "pdf-word": "pdf",
}  # where a file's ending is not the format's name

# What a format cannot carry: text without separators keeps no blank; a browser's page has no Word bookmark.
_BLANKS = ("blank_zeros", "blank_some", "blank_group", "blank_totals", "only_totals", "marks")
UNFIT: dict[str, tuple[str, ...]] = {"txt-run": (*_BLANKS, "bookmark", "note_in_cell", "extra_row")}


def file_name(format_: str, stem: str, data: bytes) -> str:
    """A name whose ending is true to the bytes: a scan is a PDF, or a picture where it has one page."""
    if format_ == "scan":
        return stem + (
            ".png" if data.startswith(b"\x89PNG") else ".jpg" if data.startswith(b"\xff\xd8") else ".pdf"
        )
    return f"{stem}.{EXTENSION.get(format_, format_)}"
