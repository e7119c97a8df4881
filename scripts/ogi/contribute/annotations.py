"""Findings as GitHub takes them: one `::error file=…,line=…::…` a line, on the right file and line.

Comes in: findings. Goes out: lines. Must not know: what they are about. Everything is escaped, so that no document, name or
message can give a command of its own; a line begins with nothing but our own command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogi.contribute.findings import Finding, titled
from ogi.contribute.inert import straight

DATA = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
PROPERTY = (*DATA, (":", "%3A"), (",", "%2C"))
LONGEST = 4000


def as_commands(findings: Iterable[Finding]) -> Iterator[str]:
    """Errors one by one; warnings gathered, one a document, as GitHub shows few of a kind. Notices are left to `text`."""
    doubts: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.level == "error":
            yield _line("error", finding.path, finding.line, titled(finding.code), finding.message)
        elif finding.level == "warning":
            doubts.setdefault(finding.path, []).append(finding)
    for path, found in doubts.items():
        line = next((f.line for f in found if f.line), None)
        said = "\n".join(f"{titled(f.code)}: {f.message}" for f in found)
        many = f"{len(found)} 处疑点，请与原文核对 {len(found)} doubts to compare with the document"
        yield _line("warning", path, line, many if len(found) > 1 else titled(found[0].code), said)


def _line(level: str, path: str, line: int | None, title: str, message: str) -> str:
    place = f"file={_escaped(path, PROPERTY)}" + (f",line={line}" if line else "")
    text = "\n".join(straight(part) for part in message[:LONGEST].split("\n"))
    return f"::{level} {place},title={_escaped(title, PROPERTY)}::{_escaped(text, DATA)}"


def _escaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for char, code in table:
        text = text.replace(char, code)
    return text
