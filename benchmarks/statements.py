"""How many statements of real prose are found, and how many are wrong: `benchmarks/statements.py FOLDER`.

Comes in: a folder of real documents that the project does not hold, and benchmarks/statements_labels.tsv,
which says what each states (by the document's hash; a line without a kind: it states nothing).
Goes out: precision, recall, and each difference. Must not know: how statements are found.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from ogi.errors import Unreadable
from ogi.extract import extract
from ogi.extract.statements import find_statements
from ogi.forms import load
from ogi.readers import read

LABELS = Path(__file__).with_name("statements_labels.tsv")
State = tuple[str, str, str]


def labels() -> dict[str, Counter[State]]:
    """What each labelled document states."""
    found: dict[str, Counter[State]] = {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            states = found.setdefault(row["document_id"], Counter())
            if row["kind"]:
                states[row["kind"], row["value"], row["unit"]] += 1
    return found


def stated(data: bytes, name: str) -> tuple[str, Counter[State]]:
    """What a document is found to state."""
    reading = extract(read(data, name), load())
    statements = find_statements(reading.sections, reading.year, reading.agency_name)
    states = ((s.kind, f"{s.value.normalize():f}", s.unit or "") for s in statements)
    return reading.document_id, Counter(states)


def main(folder: Path) -> None:
    wanted, right, wrong, missed = labels(), 0, 0, 0
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        try:
            document, found = stated(path.read_bytes(), path.name)
        except Unreadable:
            continue
        if document not in wanted:
            continue
        extra, lacking = found - wanted[document], wanted[document] - found
        right += (found - extra).total()
        wrong, missed = wrong + extra.total(), missed + lacking.total()
        for sign, states in (("wrong", extra), ("missed", lacking)):
            for state in states:
                print(f"{path.name}: {sign} {' '.join(state)}")
    print(
        f"right {right}, wrong {wrong}, missed {missed}: precision {right / max(1, right + wrong):.1%}, "
        f"recall {right / max(1, right + missed):.1%}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python benchmarks/statements.py FOLDER")
    main(Path(sys.argv[1]))
