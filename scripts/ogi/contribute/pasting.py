"""Messages completed with what the document itself says, so that who has only a browser can paste instead of guess.

Comes in: a message of the collection, the document it is about. Goes out: the message with name and place filled in where the
document says them without doubt, else as it was. Must not know: how it is shown.
"""

from __future__ import annotations

from pathlib import Path

from ogi.collection import tree
from ogi.collection.filenames import agency_parts
from ogi.contribute.agency_text import new_agency
from ogi.contribute.examining import Examined, examine
from ogi.contribute.placing import Asked, Place, place
from ogi.errors import OgiError
from ogi.readers.worker import run_isolated
from ogi.regions import region

MISSING, LOOSE = f": {tree.NO_AGENCY_FILE} → ", f": {tree.LOOSE} → "
PREFECTURE = 4  # digits of its code


def completed(message: str, path: str, root: Path) -> str:
    """Reads the document, in a worker, only where the message is about a missing agency.yml or a wrong folder."""
    file = root / path
    kind = next((kind for kind in (MISSING, LOOSE) if kind in message), None)
    if kind is None or file.is_symlink() or not file.is_file():
        return message
    ((_, examined),) = run_isolated(examine, [(path, file)])
    if not isinstance(examined, Examined):
        return message
    folder = path.split("/")[-2]
    parts = agency_parts(folder) if kind == MISSING else None
    found = _placed(examined, file.name, Asked(agency=folder) if parts else Asked())
    free = _placed(examined, file.name, Asked()) if parts else None
    astray = parts is not None and free is not None and _elsewhere(parts[0], free.agency.region_code)
    found = free if astray else found
    if found is None:
        return message
    agency = found.agency
    where = f"{path.split('/')[0]}/{agency.agency_id[:2]}/{agency.agency_id}"
    try:
        lines = new_agency(agency, f"{where}/agency.yml").decode().rstrip("\n")
    except OgiError:
        return message
    head = message[: message.index(kind) + len(kind)]
    zh = f"新建文件 {where}/agency.yml，写入下面几行，并与原文核对"
    en = f"create a file {where}/agency.yml with these lines, and compare them with the document"
    if kind == LOOSE or astray:
        right = f"{where}/{found.year}{examined.ending}"
        zh = f"移到 {right}；那个文件夹里没有 agency.yml 的话，{zh}"
        en = f"move it to {right}; if that folder has no agency.yml, {en}"
    if astray:
        zh = f"这是「{agency.name}」的文件，不属于这里；{zh}"
        en = f"the document is of «{agency.name}», not of this place: {en}"
    return f"{head}{zh} {en}:\n{lines}"


def _placed(examined: Examined, name: str, asked: Asked) -> Place | None:
    """Where the document goes; None where it does not say that without doubt."""
    try:
        found = place(examined.reading, name, {}, asked)
    except OgiError:
        return None
    return found if isinstance(found, Place) else None


def _elsewhere(named: str, code: str) -> bool:
    """Whether a region lies in no prefecture that the named one, or what became of it, lies in."""
    here, prefectures = region(named), set()
    while here is not None and here.code[:PREFECTURE] not in prefectures:
        prefectures.add(here.code[:PREFECTURE])
        here = region(here.successor) if here.successor else None
    return bool(prefectures) and code[:PREFECTURE] not in prefectures
