"""Pictures of what a review has to look at: each doubtful or changed cell of a PDF as it is printed, in a frame.

Comes in: a difference, the documents. Goes out: PNG files named after the report. Must not know: Markdown. The documents are a
stranger's, so they are drawn in a worker; one that cannot be drawn has no picture, and the difference stands without.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from ogi.contribute.difference import Difference
from ogi.package import Package
from ogi.readers import limits
from ogi.readers.worker import run_isolated

Box = tuple[int, float, float, float, float]
SPOT = re.compile(r"page=([0-9]{1,4});[^+ ]*?bbox=(-?[0-9.]+),(-?[0-9.]+),(-?[0-9.]+),(-?[0-9.]+)")
DOUBTS = ("error", "warning")
REPORTS, SPOTS = 40, 12  # pictures are for a review of some minutes
SCALE, LARGEST = 2.0, 4000  # pixels a point; pixels a side of the drawn page
AROUND = (90.0, 30.0)  # points shown beside and above the cell
RED = (200, 0, 0)


def draw(difference: Difference, package: Package, root: Path, folder: Path) -> int:
    """How many pictures were written."""
    documents = {row["report_id"]: row for row in package.rows("documents") if row["report_id"]}
    count = 0
    for report_id, boxes in list(_spots(difference).items())[:REPORTS]:
        document = documents.get(report_id)
        file = root / str(document["path"]) if document else None
        if file is None or document is None or document["format"] not in ("pdf", "scan") or file.is_symlink():
            continue
        wanted = tuple(dict.fromkeys(boxes))[:SPOTS]
        ((_, drawn),) = run_isolated(partial(cropped, boxes=wanted), [(str(file), file)])
        for n, data in enumerate(drawn if isinstance(drawn, list) else [], 1):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{report_id}-page-{wanted[n - 1][0]}-{n}.png").write_bytes(data)
            count += 1
    return count


def cropped(data: bytes, name: str, boxes: tuple[Box, ...]) -> list[bytes]:
    """Runs in a worker: a PNG for each box, `name` for messages only. Nothing for what is no PDF."""
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        return []
    import pypdfium2
    from PIL import ImageDraw

    limits.enter("pdf")
    document = pypdfium2.PdfDocument(data)
    out = []
    for number, left, top, right, bottom in boxes:
        if not 1 <= number <= len(document):
            continue
        page = document[number - 1]
        scale = min(SCALE, LARGEST / max(page.get_size()))
        image = page.render(scale=scale).to_pil().convert("RGB")
        frame = tuple(value * scale for value in (left, top, right, bottom))
        ImageDraw.Draw(image).rectangle(frame, outline=RED, width=2)
        across, above = (around * scale for around in AROUND)
        window = (
            max(0, int(frame[0] - across)), max(0, int(frame[1] - above)),
            min(image.width, int(frame[2] + across)), min(image.height, int(frame[3] + above)),
        )
        buffer = io.BytesIO()
        if window[0] < window[2] and window[1] < window[3]:
            image.crop(window).save(buffer, "PNG")
            out.append(buffer.getvalue())
    return out


def _spots(difference: Difference) -> dict[str, list[Box]]:
    """By report: where its doubts and changed cells stand."""
    found: dict[str, list[Box]] = {}

    def note(report_id: str, locators: Iterable[object]) -> None:
        boxes = [box for locator in locators for box in _boxes(str(locator or ""))]
        if boxes:
            found.setdefault(report_id, []).extend(boxes)

    for one in difference.added:
        doubted = [i for i in one.issues if i["severity"] in DOUBTS]
        keys = {key for issue in doubted for key in str(issue["cells"] or "").split()}
        cells = [c for c in one.cells if f"{c['table']}.{c['item']}.{c['measure']}" in keys or c["status"] == "unreadable"]
        note(str(one.report["report_id"]), (row["locator"] for row in (*cells, *doubted)))
    for change in difference.cells:
        note(change.report_id, ((change.after or change.before or {}).get("locator"),))
    for issue in difference.issues:
        if issue.appeared and issue.issue["severity"] in DOUBTS:
            note(issue.report_id, (issue.issue.get("locator"),))
    return found


def _boxes(locator: str) -> Iterator[Box]:
    for page, *box in SPOT.findall(locator):
        try:
            left, top, right, bottom = map(float, box)
        except ValueError:
            continue
        yield int(page), left, top, right, bottom
