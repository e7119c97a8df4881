"""A zip opened with caps, for every format that is a zip (docx, xlsx, ofd).

Comes in: bytes. Goes out: members, one at a time, never more than promised. Must not know: what the
members mean. The sizes a zip declares are only a reason to refuse early; what is unpacked is counted.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from ogi.errors import Unreadable

MAX_MEMBERS = 2_000
MAX_UNPACKED = 64 << 20
MAX_RATIO = 200
SMALL = 4 << 20  # below this a high ratio is no danger: blank tables pack well
MAX_TAGS = 1_000_000  # an element costs the parser about half a kilobyte

_AGAIN = "download it again; if it stays so, open it in its own program and save it anew"


class Archive:
    """The members of a zip. Every failure is an Unreadable without a place."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError) as failure:
            raise Unreadable(
                "", "the zip is cut off or damaged: its directory is missing", _AGAIN
            ) from failure
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise Unreadable(
                "",
                f"{len(members)} members in the zip, over the limit of {MAX_MEMBERS}",
                "unpack it and add only the report",
            )
        total = sum(member.file_size for member in members)
        if total > MAX_UNPACKED:
            raise Unreadable(
                "",
                f"it would unpack to {total >> 20} MB, over the limit of {MAX_UNPACKED >> 20} MB",
                "make its pictures smaller, or add it as PDF",
            )
        if total > SMALL and total > MAX_RATIO * len(data):
            found = (
                f"it would unpack to {total // len(data)} times its own size, over the limit of {MAX_RATIO}"
            )
            raise Unreadable("", found, "do not trust this file; get it again from its publisher")
        self.names = {member.filename for member in members}
        self._twice = len(self.names) < len(members)
        self._left = MAX_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of one member; Unreadable if missing, encrypted, damaged, ambiguous or too large."""
        try:
            member = self._zip.getinfo(name)
        except KeyError:
            raise Unreadable("", f"the part {name} is missing", _AGAIN) from None
        if self._twice and sum(other.filename == name for other in self._zip.infolist()) > 1:
            raise Unreadable(
                "", f"the part {name} is in the zip twice, with no telling which one counts", _AGAIN
            )
        if member.flag_bits & 1:
            raise Unreadable("", "it is encrypted", "open it with its password and save it without one")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("", f"the part {name} is packed in an unusual way", _AGAIN)
        try:
            with self._zip.open(member) as stream:
                data = stream.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as failure:
            raise Unreadable("", f"the part {name} is damaged ({failure})", _AGAIN) from failure
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("", f"it unpacks to more than {MAX_UNPACKED >> 20} MB", "add it as PDF")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of one XML member."""
        return parse_xml(self.read(name), name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """XML without any DOCTYPE, entity or network, of a sane size and depth."""
    tags = data.count(b"<")
    if tags > MAX_TAGS:
        raise Unreadable(
            "", f"the part {name} has {tags:,} tags, over the limit of {MAX_TAGS:,}", "add it as PDF"
        )
    if b"<!DOCTYPE" in data:
        raise _doctype(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as failure:
        raise Unreadable(
            "", f"the part {name} is no well-formed XML ({str(failure)[:100]})", _AGAIN
        ) from failure
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # in an encoding where the bytes above do not show it
        raise _doctype(name)
    return root


def _doctype(name: str) -> Unreadable:
    return Unreadable(
        "",
        f"the part {name} declares a DOCTYPE, which an Office file never does",
        "do not trust this file; get it again from its publisher",
    )


def holds(data: bytes, folder: str) -> bool:
    """Whether a zip has parts in this folder; its directory being lost, whether its beginning names one."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith(folder) for name in archive.NameToInfo)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError):
        return folder.encode() in data[:65_536]
