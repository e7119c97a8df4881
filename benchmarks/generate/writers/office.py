"""A report as .doc, and as PDF of a Word processor: the Word file of `docx` put through LibreOffice.

Comes in: `Made`s. Goes out: bytes for each. LibreOffice may write nothing and say success, so the
output is what is tested. Must not know: how the project reads.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate.model import Made
from benchmarks.generate.writers.docx import write_docx

_BATCH = 40
_SECONDS = 240


def office() -> str | None:
    """Where LibreOffice is, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def write_doc(reports: Sequence[Made]) -> list[bytes]:
    """Word 97 binary files."""
    return convert([write_docx(made) for made in reports], "doc", "doc:MS Word 97")


def write_pdf_word(reports: Sequence[Made]) -> list[bytes]:
    """PDFs as a word processor exports them."""
    return convert([write_docx(made, plain=True) for made in reports], "pdf", "pdf:writer_pdf_Export")


def convert(documents: Sequence[bytes], ending: str, filter_: str, of: str = "docx") -> list[bytes]:
    """Each document in another format, a few dozen in one run of the program."""
    program = office()
    if program is None:
        raise RuntimeError("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    out: list[bytes] = []
    for start in range(0, len(documents), _BATCH):
        out += _batch(program, documents[start : start + _BATCH], ending, filter_, of)
    return out


def _batch(program: str, documents: Sequence[bytes], ending: str, filter_: str, of: str) -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{n:04}.{of}" for n in range(len(documents))]
        for path, data in zip(sources, documents, strict=True):
            path.write_bytes(data)
        subprocess.run(
            [
                program,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                filter_,
                "--outdir",
                str(folder),
                *map(str, sources),
            ],
            check=True,
            timeout=_SECONDS,
            capture_output=True,
        )
        made = [path.with_suffix(f".{ending}") for path in sources]
        missing = [path.name for path in made if not path.exists()]
        if missing:
            raise RuntimeError(f"LibreOffice wrote nothing for {', '.join(missing)}")
        return [path.read_bytes() for path in made]
