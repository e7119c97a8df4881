"""Where the proof of an indicator stands: the one cell that it is, or a row that names every cell it is made of.

Comes in: the package's description of its panel, cells of a report. Goes out: fragments of addresses, rows of HTML.
Must not know: how an indicator is worked out, which page asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ogi.site.book import Book, Row
from ogi.site.cells import Key, shown
from ogi.site.text import escaped, number, percent
from ogi.site.words import cell_name

Sides = Mapping[str, list[str]]  # {"of": [table.item.measure, …], "to": […]}
Term = tuple[str, Key]  # HTML up to the content of a cell, and the cell
SIGNS = {"derived": "推", "computed": "算", "blank_as_zero": "空", "doubted": "疑"}
ALL = "proofs"  # where the proofs of a report begin


def signed(code: str, panel: Row) -> list[str]:
    """What is to be said of the number of an indicator: its basis where that is not print, and whether it is doubted."""
    if not panel[code]:
        return []
    basis, doubted = panel[f"{code}_basis"], panel["doubted"]
    signs = [basis] if basis in SIGNS else []
    return [*signs, "doubted"] if doubted and code in doubted.split() else signs


class Proofs:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.made_of: dict[str, Mapping[str, Sides]] = {
            field["name"]: field["made_of"] for field in book.package.fields("panel") if "made_of" in field
        }
        self._anchors = {code: _anchor(code, forms) for code, forms in self.made_of.items()}

    def anchor(self, code: str) -> str:
        """The fragment on every report's page where the indicator is proved."""
        return self._anchors.get(code, ALL)

    def rows(self, report: Row, panel: Row, cells: Mapping[Key, Row]) -> str:
        """The indicators of a report that are more than one cell: number, basis, and each cell with its content."""
        out = []
        for (code, template), (head, terms) in self._terms.items():
            value = panel[code]
            if not value or report[f"{terms[0][1][0]}_template"] != template:
                continue
            sign = "".join([SIGNS[sign] for sign in signed(code, panel)])
            out.append(f"{head}{percent(value) if code.endswith('_share') else number(value)}")
            out.append(f"<sup>{sign}</sup></td><td>" if sign else "</td><td>")
            out += [f"{text}{shown(cells[key]) if key in cells else '缺'}</a>" for text, key in terms]
            out.append("</td></tr>\n")
        return "".join(out)

    @cached_property
    def _terms(self) -> dict[tuple[str, str], tuple[str, list[Term]]]:
        """By indicator and form what is the same on every page."""
        out = {}
        for code, forms in self.made_of.items():
            name = escaped(self.book.zh("indicator", code)), escaped(self.book.en("indicator", code))
            head = (
                f'<tr id="i-{code}"><th scope="row">{name[0]}<span class="en" lang="en">{name[1]}</span></th>'
            )
            for template, sides in forms.items():
                if self._anchors[code].startswith("i-"):
                    out[code, template] = f'{head}<td class="n">', list(self._written(sides))
        return out

    def _written(self, sides: Sides) -> Iterator[Term]:
        zh = self.book.zh
        for side, sign in (("of", ""), ("to", " <b>÷</b> ")):
            for place in sides.get(side, ()):
                table, item, measure = place.split(".")
                label = cell_name(zh("item", item), zh("measure", measure), zh("measure", "total"))
                link = f'<a href="#c-{table}-{item}-{measure}">'
                yield f"{sign}{escaped(label)} {link}", (table, item, measure)
                sign = " ＋ "


def _anchor(code: str, forms: Mapping[str, Sides]) -> str:
    """`c-…` of its cell where the indicator is the same single cell in every form, else `i-…` of its own row."""
    made = {tuple(name for side in ("of", "to") for name in sides.get(side, ())) for sides in forms.values()}
    only = next(iter(made))
    return f"c-{only[0].replace('.', '-')}" if len(made) == 1 and len(only) == 1 else f"i-{code}"
