"""The report's own words with its numbers marked: each said to agree or disagree with which cells, in words.

Comes in: sections, statements, checks and cells of a report. Goes out: paragraphs as safe HTML, and the
statements as a page lists them. Must not know: how a statement was found or judged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.cells import Key, check_id, shown
from ogi.site.text import escaped, number
from ogi.site.words import cell_name

Name = Callable[[str, str], str]
FEW = 3  # as many cells as a note in the prose can name; more stand in the list

WORD = {"yes": "与表一致", "no": "与表不一致", "unknown": "无法判断", "": "表中没有对应的数"}
SIGN = {"yes": "✓", "no": "≠", "unknown": "?"}


@dataclass(frozen=True, slots=True)
class Term:
    """One cell that a statement was held against."""

    name: str
    shown: str
    href: str


@dataclass(frozen=True, slots=True)
class Held:
    """A statement as a page shows it; `verdict` is '' where it was held against nothing."""

    n: str
    kind: str
    section: str
    value: str
    unit: str
    quote: str
    verdict: str
    terms: tuple[Term, ...]
    total: str
    said: str
    check: str

    @property
    def word(self) -> str:
        return WORD[self.verdict]


def held(
    statements: Sequence[Row], checks: Sequence[Row], cells: Mapping[Key, Row], name: Name
) -> list[Held]:
    """Every statement with the cells it was held against; `name(kind, code)` gives the Chinese label."""
    quoting = [c for c in checks if c["rule"].startswith("TX-")]
    return [_held(row, quoting, cells, name) for row in statements]


def prose(sections: Sequence[Row], statements: Sequence[Held]) -> tuple[list[str], frozenset[str]]:
    """The text of each section as HTML, with marks, and the numbers `n` of the statements that could be marked."""
    spans: list[list[tuple[int, int, Held]]] = [[] for _ in sections]
    placed: set[str] = set()
    for statement in statements:
        for section, found in zip(sections, spans, strict=True):
            if section["section"] == statement.section and (span := _span(section["text"], statement, found)):
                found.append((*span, statement))
                placed.add(statement.n)
                break
    texts = [_marked(s["text"], sorted(f, key=_start)) for s, f in zip(sections, spans, strict=True)]
    return texts, frozenset(placed)


def under_headings(sections: Sequence[Row], texts: Sequence[str], book: Book, tables: Collection[str]) -> Markup:
    """Each section's text under its heading; one that is nothing but its table, if that is among `tables`, leads there."""
    out = []
    for section, text in zip(sections, texts, strict=True):
        code = section["section"]
        heading = escaped(section["heading"] or book.zh("section", code))
        english = f'<span class="en" lang="en">{escaped(book.en("section", code))}</span>'
        if not section["text"] and code in tables:
            text = f'<p class="small"><a href="#{code}">见上面的表</a></p>'
        out.append(f'<div class="part">\n<h3>{heading} {english}</h3>\n{text}\n</div>\n')
    return Markup("".join(out))


def listed(statements: Sequence[Held], placed: Collection[str]) -> Markup:
    """A row each: what it says, its sentence, which leads to it in the prose, the cells, how they compare."""
    return Markup("".join([_row(one, one.n in placed) for one in statements]))


def _row(one: Held, placed: bool) -> str:
    quote = escaped(one.quote)
    if placed:
        quote = f'<a href="#q-{one.n}">{quote}</a>'
    terms = (f'<a href="{t.href}">{escaped(t.name)}</a>' if t.href else escaped(t.name) for t in one.terms)
    cells = " + ".join(f"{name} {term.shown}" for name, term in zip(terms, one.terms, strict=True))
    if len(one.terms) > 1 and one.total:
        cells += f" = {one.total}"
    said = f"：{escaped(one.said)}" if one.said else ""
    return (
        f'<tr id="t-{one.n}"><th scope="row">{escaped(one.kind)}</th>'
        f'<td class="n">{escaped(one.value)} {escaped(one.unit)}</td><td>{quote}</td><td>{cells}</td>'
        f'<td class="st-{one.verdict or "none"}">{one.word}{said}</td></tr>\n'
    )


def _held(row: Row, checks: Sequence[Row], cells: Mapping[Key, Row], name: Name) -> Held:
    named = (key.split(".") for key in row["compared"].split(" + ") if key.count(".") == 2)
    keys = [(table, item, measure) for table, item, measure in named]
    terms = tuple(_term(key, cells, name) for key in keys)
    check = _check(row, checks)
    values = [cell["value"] if (cell := cells.get(key)) else "" for key in keys]
    total = ""
    if check and check["right"]:
        total = number(check["right"])
    elif values and all(values):
        total = number(f"{sum(map(Decimal, values)):f}")
    said = check["message_zh"] if check and check["status"] != "pass" else ""
    verdict = row["agrees"] if keys or said else ""
    if check and check["status"] == "fail" and not keys:  # a share has no cells, but a rule that judged it
        verdict = "no"
    return Held(
        row["n"], name("statement", row["kind"]), row["section"], number(row["value"]), row["unit"],
        row["quote"], verdict, terms, total, said, check_id(check) if check else "",
    )  # fmt: skip


def _term(key: tuple[str, ...], cells: Mapping[Key, Row], name: Name) -> Term:
    table, item, measure = key
    cell = cells.get((table, item, measure))
    label = cell_name(name("item", item), name("measure", measure), name("measure", "total"))
    return Term(label, shown(cell) if cell else "缺", f"#v-{table}-{item}-{measure}" if cell else "")


def _check(row: Row, checks: Sequence[Row]) -> Row | None:
    """The check on this very statement: it quotes it, or is numbered by it."""
    quoted, numbered = f"「{row['quote']}」", f"{row['kind']}#{int(row['n']) - 1}"
    for check in checks:
        if check["scope"] == numbered or quoted in check["message_zh"]:
            return check
    return None


def _start(span: tuple[int, int, Held]) -> int:
    return span[0]


def _span(text: str, statement: Held, taken: Sequence[tuple[int, int, Held]]) -> tuple[int, int] | None:
    """Where it stands, after those already found; of an overlap the later takes what is left at its end."""
    quote = statement.quote.strip("…")
    last = max((end for _, end, _ in taken), default=0)
    start = text.find(quote, max((begin for begin, _, _ in taken), default=0)) if quote else -1
    start = text.find(quote) if start < 0 and quote else start
    if start < 0 or "\n" in quote:
        return None
    end = start + len(quote)
    if start < last < end and text[last:end].strip("，、；。 "):
        start = last
    if any(start < e and b < end for b, e, _ in taken):
        return None
    return start, end


def _marked(text: str, spans: Sequence[tuple[int, int, Held]]) -> str:
    out: list[str] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            out.append(f"<p>{_line(text, at, end, [s for s in spans if at <= s[0] < end])}</p>")
        at = end + 1
    return "\n".join(out)


def _line(text: str, at: int, end: int, spans: Sequence[tuple[int, int, Held]]) -> str:
    out = []
    for start, stop, statement in spans:
        out.append(escaped(text[at:start]))
        css = statement.verdict or "none"
        out.append(f'<mark class="st {css}" id="q-{statement.n}">{escaped(text[start:stop])}</mark>')
        out.append(_note(statement))
        at = stop
    out.append(escaped(text[at:end]))
    return "".join(out)


def _note(statement: Held) -> str:
    """What follows a marked number: a sign, the same in words, and links to the cells."""
    verdict = statement.verdict
    if not verdict:
        return ""
    target = f"#t-{statement.n}"
    if not statement.terms or len(statement.terms) > FEW:
        words = f"表中 {len(statement.terms)} 格之和" if statement.terms else "见核验"
        cells = f'<a href="{target}">{words}{f" {statement.total}" if statement.total else ""}</a>'
    else:
        cells = " + ".join(
            f'<a href="{t.href or target}">{escaped(t.name)} {t.shown}</a>' for t in statement.terms
        )
        if statement.total and (len(statement.terms) > 1 or statement.terms[0].shown != statement.total):
            cells += f" = {statement.total}"
    return (
        f'<span class="st-note {verdict}"><span aria-hidden="true">{SIGN[verdict]}</span>'
        f'<span class="hidden">（{WORD[verdict]}：</span>{cells}<span class="hidden">）</span></span>'
    )
