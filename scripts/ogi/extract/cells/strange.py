"""Heads that are none of the form's: the number below one is not that of the column in whose place it stands.

Comes in: the heads above a row, and the measures that its numbers were given to. Goes out: doubts. Must not know: numbers,
identities. A misprinted head is like that of its place; another one is not, or has a word that tells of something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogi.extract.cells.slots import READ, Slots
from ogi.extract.rows.labels import ELSE, Index, alike, heads_of, letters
from ogi.extract.rows.naming import NamedRow
from ogi.forms import Measure, TableForm, load
from ogi.messages import in_both
from ogi.model import Issue

LIKE, SHORT = 0.5, 0.3  # how like its label a head is at the least; one of two or three letters


def strange_heads(form: TableForm, kept: Mapping[str, NamedRow], slots: Mapping[str, Slots]) -> Iterator[Issue]:
    """A doubt on rows of which each number has a head, and one of the heads is another."""
    for code, fitted in slots.items():
        row = kept[code].row
        if fitted.kind in READ and not fitted.moved and not fitted.unclear and row.filled:
            yield from strange(form, [(code, measure.code) for measure in form.measures_of[code]], row.heads, row.locator)


def strange(form: TableForm, order: Sequence[tuple[str, str]], heads: Sequence[str], locator: str) -> Iterator[Issue]:
    """The same for numbers of which `order` tells row and measure, from left to right. Heads under another one may come in a
    line below."""
    measures = [form.columns[key] for key in order]
    index, known = Index.of(load()), heads_of(tuple(dict.fromkeys(measures)))
    words = [word for word in heads if word in known or not index.tables(word)]
    while len(words) > len(measures) and words[0] not in known:  # over the labels
        words = words[1:]
    unknown = [word for word in words if word not in known]
    if len(words) != len(measures) or not unknown:
        return
    below = [n for n, measure in enumerate(measures) if measure.under]
    own = [n for n, measure in enumerate(measures) if not measure.under]
    orders = [[*range(len(words))], [*own, *below]]
    told = [o for o in orders if all(word not in known or known[word] == measures[n] for word, n in zip(words, o, strict=True))]
    places = dict(zip(told[0] if told else orders[0], words, strict=True))
    other = [n for n, word in places.items() if word not in known and _is_other(word, measures[n])]
    if other:
        doubted = sorted(other) if told else [*places]  # a head that is known in the place of another: all may have moved
        said = in_both(
            f"表头「{'」「'.join(unknown)}」不是格式里的列名；数字按位置列出，可能是别的内容，请对照原件。",
            f"{locator}: the head «{'», «'.join(unknown)}» is none of the form's; the numbers are given by their place, and may "
            "be those of something else. Compare them with the original.",
        )
        keys = tuple(".".join((form.table, *order[n])) for n in doubted)
        yield Issue("column-unclear", "warning", said, locator, keys, " ".join(unknown))


def _is_other(word: str, measure: Measure) -> bool:
    labels = [letters(label) for label in measure.labels]
    told = ELSE.search(word)
    if told and not any(told[0] in label for label in labels):
        return True
    if any(word in label or label in word for label in labels):
        return False
    return max(alike(word, label) for label in labels) < (LIKE if len(word) > 3 else SHORT)
