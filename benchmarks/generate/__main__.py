"""Writes reports with truth: `python -m benchmarks.generate --formats docx,pdf --seeds 1,2 --out DIR`.

`--plain` makes reports without oddities. The fixtures under tests/fixtures/generated were made so.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.generate.labels import TEMPLATES
from benchmarks.generate.writers import UNFIT, WRITERS, file_name


def main() -> None:
    """One file and one truth for each seed and format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", default="txt,docx,html,xlsx,ofd")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--form", choices=TEMPLATES)
    parser.add_argument("--plain", action="store_true", help="no oddities")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for format_ in asked.formats.split(","):
        reports = [
            generate(int(seed), asked.form, () if asked.plain else None, UNFIT.get(format_, ()))
            for seed in asked.seeds.split(",")
        ]
        for made, data in zip(reports, WRITERS[format_](reports), strict=True):
            stem = f"{made.truth.seed}-{made.truth.form}"
            name = file_name(format_, stem + ("-word" if format_ == "pdf-word" else ""), data)
            if format_ in ("scan", "txt-run"):
                name = name.replace(stem, f"{stem}-{format_.removeprefix('txt-')}")
            (asked.out / name).write_bytes(data)
            (asked.out / f"{name}.truth.json").write_text(made.truth.to_json(), "utf-8")
            print(asked.out / name, len(data))


if __name__ == "__main__":
    main()
