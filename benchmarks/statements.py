"""How many statements of real prose are found, and how many are wrong: `python -m benchmarks.statements FOLDER`.

Comes in: a folder of real documents that the project does not hold, and benchmarks/statements_labels.tsv, which says what
each sentence with a number in it states, or says that there were none (0): by the document's hash, its section and the
characters from which to which it stands there; nothing in the last column: it states nothing. Goes out: precision, recall,
and each difference. A statement in a sentence that is not listed is wrong. Must not know: how statements are found.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from ogi.errors import Unreadable
from ogi.extract import extract
from ogi.extract.prose.statements import by_sentence
from ogi.forms import load
from ogi.readers import read

LABELS = Path(__file__).with_name("statements_labels.tsv")
Place = tuple[str, int, int]  # section, from, to
States = Counter[str]


def labels() -> dict[str, dict[Place, States]]:
    """What each labelled sentence of each document states."""
    found: dict[str, dict[Place, States]] = {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            place = (row["section"], int(row["from"]), int(row["to"]))
            found.setdefault(row["document_id"], {})[place] = Counter(filter(None, row["states"].split("; ")))
    return found


def stated(data: bytes, name: str) -> tuple[str, dict[Place, States]]:
    """What the sentences of a document are found to state."""
    reading = extract(read(data, name), load())
    found: dict[Place, States] = {}
    for sentence, statements in by_sentence(reading.sections, reading.year, reading.agency_name):
        place = (sentence.section.section, sentence.places[0], sentence.places[-1] + 1)
        found[place] = Counter(f"{s.kind} {s.value.normalize():f} {s.unit or ''}".strip() for s in statements)
    return reading.sha256[:12], found


def main(folder: Path) -> None:
    """Prints what differs, and the two shares."""
    wanted, right, wrong, missed, sentences = labels(), 0, 0, 0, 0
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        try:
            document, found = stated(path.read_bytes(), path.name)
        except Unreadable:
            continue
        if document not in wanted:
            continue
        sentences += len(wanted[document])
        for place in sorted({*found, *wanted[document]}):
            ours, theirs = found.get(place, Counter()), wanted[document].get(place, Counter())
            right += (ours & theirs).total()
            wrong, missed = wrong + (ours - theirs).total(), missed + (theirs - ours).total()
            for sign, states in (("wrong", ours - theirs), ("missed", theirs - ours)):
                print(*(f"{path.name} {place[0]} {place[1]}: {sign} {state}\n" for state in states), sep="", end="")
    print(
        f"{sentences} sentences; right {right}, wrong {wrong}, missed {missed}: "
        f"precision {right / max(1, right + wrong):.1%}, recall {right / max(1, right + missed):.1%}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m benchmarks.statements FOLDER")
    main(Path(sys.argv[1]))
