"""What a second reader makes of the PDFs that a change brings, where a review can see it.

Comes in: two packages, the documents. Goes out: `SecondReading` values, and a sentence. Must not know: Markdown, tables of forms.
The documents are a stranger's, so they are read in a worker; one that the second reader cannot read has no second reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ogi.contribute.difference import SecondReading
from ogi.package import Package
from ogi.readers.pdf.opinion import Opinion, second_opinion
from ogi.readers.worker import run_isolated

DOCUMENTS = 40  # a review takes some minutes, and a second reading a third of a second


def second_readings(old: Package | None, new: Package, root: Path, jobs: int) -> tuple[SecondReading, ...]:
    """Of the PDFs behind published reports whose bytes are new."""
    known = {row["sha256"] for row in old.rows("documents")} if old else set()
    fresh = [
        (str(row["report_id"]), str(row["path"]))
        for row in new.rows("documents")
        if row["report_id"] and row["format"] == "pdf" and row["sha256"] not in known
    ][:DOCUMENTS]
    found = opinions([root / path for _, path in fresh], jobs)
    return tuple(
        SecondReading(report_id, path, *opinion)
        for (report_id, path), opinion in zip(fresh, found, strict=True)
        if opinion is not None
    )


def opinions(files: list[Path], jobs: int = 1) -> Iterator[Opinion | None]:
    """One for each file, in their order."""
    good = [file for file in files if not file.is_symlink()]
    found = run_isolated(second_opinion, ((str(file), file) for file in good), jobs)
    for file in files:
        opinion = next(found)[1] if file in good else None
        yield opinion if isinstance(opinion, Opinion) else None


def told(opinion: Opinion) -> str:
    """One line for a terminal."""
    text = (
        f"第二种读法（pdfplumber）：{opinion.both} 行数字相同 "
        f"second reading (pdfplumber): {opinion.both} rows of numbers are the same"
    )
    if not opinion.theirs:
        return text
    rows = "; ".join(opinion.theirs)
    return f"{text}; 只有 pdfplumber 有的行，请与原文核对 only pdfplumber has {rows}: compare these with the document"
