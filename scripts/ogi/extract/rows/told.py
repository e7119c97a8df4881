"""What is said of rows whose labels are not quite those of the form, or of none of its rows.

Comes in: the row, and the items that it may be. Goes out: issues. Must not know: how labels are compared.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.rows.labels import WHOLE, letters
from ogi.extract.rows.locate import Row
from ogi.forms import Item, TableForm
from ogi.messages import in_both
from ogi.model import Issue, Severity


def misprinted(form: TableForm, row: Row, item: Item, cut: bool, within: Sequence[Item]) -> Issue:
    """`cut`: the label may as well be the rest of the row above. `within`: other rows whose labels stand in this one whole."""
    zh = f"行名「{row.label}」认作「{item.labels[0]}」：格式里只有这一行与它相近"
    en = f"{row.locator}: the label «{row.label}» is read as «{item.labels[0]}», the only row of the form it is like"
    if cut:
        zh += "；上面一行可能是它的前半，这些数可能分属两行"
        en += "; the row above it may be its beginning, and its numbers those of both"
    if within:
        zh += f"；它还含有「{within[0].labels[0]}」，这些数可能分属两行"
        en += f"; it names «{within[0].labels[0]}» too, and the numbers may be those of both"
    cells = tuple(f"{form.table}.{i.code}.*" for i in (*within, item))
    severity: Severity = "warning" if cut or within or len(letters(row.label)) < WHOLE else "info"
    return Issue("label-unclear", severity, in_both(f"{zh}。", f"{en}."), row.locator, cells, row.label)


def unknown_row(form: TableForm, row: Row, bereft: Sequence[tuple[Item, Row]]) -> Issue:
    """`bereft` are rows to which the numbers may belong."""
    cells = tuple(f"{form.table}.{item.code}.*" for item, _ in bereft)
    raw = " ".join([row.label, *(v.text for v in row.values)] if row.label else [v.text for v in row.values])
    if row.label:
        zh = f"「{row.label[:60]}」一行不属于 {form.template[:4]} 年格式，其数字未采用。"
        en = f"the row «{row.label[:60]}» is none of form {form.template}; its numbers are left out."
    else:
        zh = "表中有一行数字没有行名，未采用。"
        en = "numbers of the table without a label; left out."
    if bereft:
        zh += f"可能是「{'」或「'.join(near.label for _, near in bereft)}」的数。"
        en += f" They may be those of «{'» or «'.join(near.label for _, near in bereft)}»."
    return Issue(
        "row-unknown",
        "warning",
        in_both(zh, f"{row.locator}: {en}"),
        row.locator,
        cells,
        raw[:500] if row.label else raw,
    )
