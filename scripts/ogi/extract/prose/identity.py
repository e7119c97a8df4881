"""Who publishes, for which year, under which title: what the document itself says, with its evidence.

Comes in: the prose lines. Goes out: `Identity` and issues. Must not know:
file names, folders, agency.yml (they are compared later).
The name is the fullest that the document prints for its publisher; a name that it prints nowhere is composed and marked inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ogi.extract.glosses import unglossed
from ogi.extract.prose.names import fullest, misspelt, place_of
from ogi.extract.prose.publisher import asked, at_work, composed, made_by, signed
from ogi.extract.prose.report_year import period_year, year_of
from ogi.extract.prose.titles import name_above, name_in, title_of
from ogi.extract.rows.lines import Line
from ogi.forms import simplified
from ogi.messages import in_both
from ogi.model import Issue

HEAD_LINES = 60
TRADITIONAL = 3  # characters in the head lines that make a text traditional: a name may have one (於潜)
OPENINGS = {"preface": 3, "overview": 1}  # sections in whose first lines a body tells of itself
_PART = re.compile(r"[\u4e00-\u9fff]{1,4}(?:办公室|[科处股室])")  # of the body named before it


@dataclass(frozen=True, slots=True)
class Identity:
    """`printed` as in the title; `name` the fullest printed; `year` None where the document does not say."""

    name: str | None
    printed: str | None
    year: int | None
    title: str | None


def identify(prose: Sequence[tuple[str, Line]]) -> tuple[Identity, list[Issue]]:
    """Who, when and under which title. A text in traditional characters is read simplified, and without the sounds that a mirror
    put in: its name is as the tables of regions and agencies write it, what is printed stays as printed."""
    head = "".join(line.text for _, line in prose[:HEAD_LINES])
    if sum(a != b for a, b in zip(head, simplified(head), strict=True)) < TRADITIONAL and unglossed(head) == head:
        return _identified(prose)
    found, issues = _identified([(code, _simplified(line)) for code, line in prose])
    flat = "".join("".join(line.text.split()) for _, line in prose)
    return replace(found, printed=_as_printed(found.printed, flat), title=_as_printed(found.title, flat)), issues


def _simplified(line: Line) -> Line:
    return line._replace(cells=tuple([c._replace(text=simplified(unglossed(c.text))) for c in line.cells]))


def _as_printed(text: str | None, flat: str) -> str | None:
    at = simplified(flat).find(text) if text else -1
    return flat[at : at + len(text)] if text and at >= 0 else text


def _identified(prose: Sequence[tuple[str, Line]]) -> tuple[Identity, list[Issue]]:
    """Title first, then the line above it, the preface, the signature, at last the parts that the prose names."""
    lines = [line for _, line in prose]
    text = "\n".join(line.text for line in lines)
    preface = "\n".join(line.text for code, line in prose if code == "preface")
    title, above = title_of(
        [line for code, line in prose if code == "preface"][:HEAD_LINES], period_year(text)
    )
    issues: list[Issue] = []
    printed = name_in(title) if title else None
    if (
        title and above and printed and not place_of(printed)
    ):  # its name may have begun in the line above: 石 | 家庄市
        whole = name_in(above + title)
        if whole and len(above) <= len(title) and whole.endswith(printed) and place_of(whole):
            printed, title = whole, above + title
    if title and above and (name := name_above(above)) and (printed is None or _PART.fullmatch(printed)):
        printed, title = name + (printed or ""), above + title
    name = printed or signed(lines) or made_by(text)
    if name:
        name = fullest(name, text)
    elif name := at_work(_first_sentences(prose)):
        name = fullest(name, text)
        said = in_both(
            f"文件没有写明由谁公布；「{name}」是开头几句所写的机关。",
            f"the document does not say who publishes it; «{name}» is the body of which its first sentences tell.",
        )
        issues.append(Issue("agency-inferred", "info", said))
    elif name := asked(text, _first_sentences(prose)):
        name = fullest(name, text)
        said = in_both(
            f"文件没有写明由谁公布；「{name}」是文中请读者联系的机关。",
            f"the document does not say who publishes it; «{name}» is the body that it tells readers to ask.",
        )
        issues.append(Issue("agency-inferred", "info", said))
    else:
        name = composed(text)
        if name and name in "".join(text.split()):
            said = in_both(
                f"文件没有写明由谁公布；「{name}」是正文写到的机关。",
                f"the document does not say who publishes it; «{name}» is a body that its text names.",
            )
            issues.append(Issue("agency-inferred", "info", said))
        elif name:
            said = in_both(
                f"文件没有印出公布机关的全称；「{name}」由正文写到的地名和机关拼合而成。",
                f"the document prints no full name of its publisher; «{name}» is composed "
                "from the place and the body that the prose names.",
            )
            issues.append(Issue("agency-inferred", "info", said))
        else:
            said = in_both(
                "文件没有写明由谁公布，要由所在文件夹的 agency.yml 写明。",
                "the document does not say who publishes it; its folder's agency.yml has to.",
            )
            issues.append(Issue("agency-missing", "info", said))
    if name and (near := misspelt(name)):
        said = in_both(
            f"「{name}」开头的地名查无此地，只差一字的是「{near}」。名称保持原样。",
            f"no place is called as in «{name}»; one letter apart is {near}. The name stays as printed.",
        )
        issues.append(Issue("agency-misspelt", "info", said, None, (), name))
    return Identity(name, printed, year_of(title, name, preface, text, issues), title), issues


def _first_sentences(prose: Sequence[tuple[str, Line]]) -> list[str]:
    """The first sentence of each of the first lines of the preface, and of the first section."""
    told = ([line.text for code, line in prose if code == part and not line.heading][:n] for part, n in OPENINGS.items())
    return [text.split("。")[0] for texts in told for text in texts]
