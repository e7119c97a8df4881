"""`ogi read`: documents in, what they say out, each in isolation and in the order given."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ogi.cli.as_json import as_json
from ogi.errors import NO_FILE, Unreadable
from ogi.model import Reading
from ogi.readers.worker import run_isolated
from ogi.understanding import read_whole

FOLDER = ("这是文件夹 a folder", "请写文件夹里的文件 name a document")


def read_files(files: Sequence[Path], json: bool, jobs: int) -> int:
    """Exit status 1 if any document could not be read."""
    status = 0
    for path, result in readings(files, jobs):
        if isinstance(result, Unreadable):
            status = 1
            print(" ".join(f"ogi: {result}".split()), file=sys.stderr, flush=True)
        elif json:
            sys.stdout.buffer.write((as_json(result, str(path)) + "\n").encode("utf-8"))
            sys.stdout.buffer.flush()
        else:
            from ogi.cli.terminal import show

            show(result, str(path))
    return status


def readings(files: Sequence[Path], jobs: int) -> Iterator[tuple[Path, Reading | Unreadable]]:
    """Each document with its checks, in the order given; a path that is no file is an Unreadable of its own."""
    good = [path for path in files if path.is_file()]
    results = run_isolated(read_whole, ((str(path), path) for path in good), jobs)
    for path in files:
        if path not in good:
            yield path, Unreadable(str(path), *(FOLDER if path.is_dir() else NO_FILE))
            continue
        _, result = next(results)
        yield path, result
