"""Messages completed with what the document itself says, so that who has only a browser can paste instead of guess.

Comes in: a message of the collection, the document it is about. Goes out: the message with name and place filled in where the
document says them without doubt, else as it was. Must not know: how it is shown.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ogi.collection.filenames import agency_parts
from ogi.contribute.agency_text import file_name, new_agency
from ogi.contribute.examining import Examined, examine
from ogi.contribute.placing import Asked, Place, place
from ogi.errors import OgiError
from ogi.readers.worker import run_isolated

MISSING = ": no agency.yml → "
LOOSE = ": a document outside an agency's folder → "


def completed(message: str, path: str, root: Path) -> str:
    """Reads the document, in a worker, only where the message is about a missing agency.yml or a wrong folder."""
    file = root / path
    kind = next((kind for kind in (MISSING, LOOSE) if kind in message), None)
    if kind is None or file.is_symlink() or not file.is_file():
        return message
    ((_, examined),) = run_isolated(examine, [(path, file)])
    if not isinstance(examined, Examined):
        return message
    asked = Asked()
    folder = path.split("/")[-2]
    if kind == MISSING and agency_parts(folder):
        asked = replace(asked, agency=folder)
    try:
        found = place(examined.reading, file.name, {}, asked)
        if not isinstance(found, Place):
            return message
        agency = found.agency
        where = f"{path.split('/')[0]}/{agency.agency_id[:2]}/{agency.agency_id}"
        lines = new_agency(agency, f"{where}/agency.yml").decode().rstrip("\n")
    except OgiError:
        return message
    head = message[: message.index(kind) + len(kind)]
    paste = f"create a file {where}/agency.yml with these lines, and compare them with the document:\n{lines}"
    if kind == MISSING:
        return head + paste
    name = file_name(found.year, examined.ending)
    return f"{head}move it to {where}/{name}; if that folder has no agency.yml, {paste}"
