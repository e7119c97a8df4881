"""Every check of some real reports against a list made by hand: `python -m benchmarks.checks_by_hand FOLDER`.

Comes in: a folder of documents that the project does not hold, and benchmarks/checks_by_hand.yml, which says by each
document's id what every check of it comes to. Goes out: each difference; exit status 1 if there is one or no document of
the list is there. Must not know: how a check is made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from ogi.errors import Unreadable
from ogi.model import Check
from ogi.understanding import read_whole
from ogi.yamlfile import load_yaml

LIST = Path(__file__).with_suffix(".yml")
Results = Mapping[tuple[str, str], str]


def by_hand(path: Path = LIST) -> dict[str, Results]:
    """(rule, scope) -> result, by document: pass, unknown, fail/agency, fail/reading."""
    listed = load_yaml(path)
    return {key: dict(_expanded(lines, listed["sets"])) for key, lines in listed["documents"].items()}


def results(checks: Iterable[Check]) -> Results:
    """What the checks come to, in the words of the list."""
    return {(c.rule, c.scope): c.status + (f"/{c.attribution}" if c.attribution else "") for c in checks}


def differences(wanted: Results, found: Results) -> list[str]:
    """One line a check that differs, is missing or is too many."""
    keys = sorted(key for key in {*wanted, *found} if wanted.get(key) != found.get(key))
    return [f"{rule} {scope}: by hand {wanted.get((rule, scope))}, found {found.get((rule, scope))}" for rule, scope in keys]


def _expanded(lines: Iterable[str], sets: Mapping[str, str]) -> Iterable[tuple[tuple[str, str], str]]:
    for line in lines:
        result, rule, *scopes = line.split()
        for scope in scopes:
            for one in sets[scope[1:]].split() if scope.startswith("*") else [scope]:
                yield (rule, one), result


def main(folder: Path) -> int:
    """Prints what differs."""
    wanted, seen, wrong = by_hand(), 0, 0
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        try:
            reading = read_whole(path.read_bytes(), path.name)
        except Unreadable:
            continue
        if reading.sha256[:12] in wanted:
            apart = differences(wanted[reading.sha256[:12]], results(reading.checks))
            seen, wrong = seen + 1, wrong + len(apart)
            print(f"{path.name}: {len(wanted[reading.sha256[:12]])} checks by hand, {len(apart)} differ", *apart, sep="\n  ")
    print(f"{seen} of {len(wanted)} documents are here; {wrong} checks differ")
    return int(wrong > 0 or not seen)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m benchmarks.checks_by_hand FOLDER")
    sys.exit(main(Path(sys.argv[1])))
