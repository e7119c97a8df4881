"""Other tools on the same files: `PYTHON -m benchmarks.peers TOOL FILE…` prints CPU seconds of each as JSON.

Runs in a process of its own, so that a tool may live in another environment. The first file is done twice and
the first time not counted: starting and importing are nobody's reading. Must not import the project.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markitdown import MarkItDown


def _pdfplumber(data: bytes, name: str) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def _markitdown(data: bytes, name: str) -> int:
    from markitdown import StreamInfo

    kind = StreamInfo(extension=Path(name).suffix)
    return len(_converter().convert_stream(io.BytesIO(data), stream_info=kind).markdown)


@cache
def _converter() -> MarkItDown:
    from markitdown import MarkItDown

    return MarkItDown()


TOOLS: dict[str, Callable[[bytes, str], int]] = {"pdfplumber": _pdfplumber, "markitdown": _markitdown}


def main() -> None:
    """Times the tool on each file."""
    tool = TOOLS[sys.argv[1]]
    files = [(Path(name).read_bytes(), name) for name in sys.argv[2:]]
    tool(*files[0])
    seconds = []
    for data, name in files:
        start = time.process_time()
        tool(data, name)
        seconds.append(time.process_time() - start)
    json.dump(seconds, sys.stdout)


if __name__ == "__main__":
    main()
