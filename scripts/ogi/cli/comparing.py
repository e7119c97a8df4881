"""`ogi diff`: what a change to reports, forms or code does to the published data."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from ogi.cli.as_json import dump
from ogi.contribute.as_plain import as_plain
from ogi.contribute.comparing import compare
from ogi.contribute.crops import draw
from ogi.contribute.difference import Difference
from ogi.contribute.markdown import markdown
from ogi.contribute.opinions import second_readings
from ogi.contribute.pasting import completed
from ogi.contribute.revisions import base_package, tree_package
from ogi.package import load

COMPLETED = 40  # refused documents read once more, for what to paste


def diff_with(
    base: str, root: Path, reports: Path, form: str, jobs: int, also_json: Path | None = None, crops: Path | None = None
) -> int:
    """Exit status 0 whatever the difference is; it is said, not judged."""
    with tempfile.TemporaryDirectory(prefix="ogi-diff-") as folder:
        before, after = Path(folder) / "base", Path(folder) / "tree"
        before.mkdir()
        after.mkdir()
        old = base_package(base, root, before, jobs)
        new = tree_package(root, reports, after, jobs)
        was, now, beside = load(old) if old else None, load(new), reports.resolve().parent
        difference = replace(
            _completed(compare(was, now), beside), second=second_readings(was, now, beside, jobs)
        )
        if crops is not None:
            draw(difference, now, beside, crops)
    data = (dump(as_plain(difference, base)) + "\n").encode("utf-8")
    if also_json is not None:
        also_json.write_bytes(data)
    text = markdown(difference, base).encode("utf-8", "replace")
    sys.stdout.buffer.write(data if form == "json" else text)
    sys.stdout.buffer.flush()
    return 0


def _completed(difference: Difference, root: Path) -> Difference:
    """The refused documents with all that they themselves say of their place."""
    refused = tuple(
        {**row, "message": completed(str(row["message"]), str(row["path"]), root)} if n < COMPLETED else row
        for n, row in enumerate(difference.refused)
    )
    return replace(difference, refused=refused)
