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
from ogi.readers.remedies import ADD_AS_PDF, DISTRUST, SAVE_ANEW, UNLOCK

MAX_MEMBERS = 2_000
MAX_UNPACKED = 64 << 20
MAX_RATIO = 200
SMALL = 4 << 20  # below this a high ratio is no danger: blank tables pack well
MAX_TAGS = 1_000_000  # an element costs the parser about half a kilobyte


class Archive:
    """The members of a zip. Every failure is an Unreadable without a place. A member is found by its name, and if there is none
    by one with other letters (large, small) or backslashes: makers write them, and programs that open these files do not mind."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError) as failure:
            found = "压缩包残缺或已损坏，缺少目录 the zip is cut off or damaged: its directory is missing"
            raise Unreadable("", found, SAVE_ANEW) from failure
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            found = (
                f"压缩包里有 {len(members)} 个文件，超过上限 {MAX_MEMBERS} "
                f"{len(members)} members in the zip, over the limit of {MAX_MEMBERS}"
            )
            raise Unreadable("", found, "解压，只上传年报 unpack it and add only the report")
        total = sum(member.file_size for member in members)
        if total > MAX_UNPACKED:
            most = MAX_UNPACKED >> 20
            found = (
                f"解压后有 {total >> 20} MB，超过上限 {most} MB "
                f"it would unpack to {total >> 20} MB, over the limit of {most} MB"
            )
            remedy = "缩小里面的图片，或改传 PDF make its pictures smaller, or add it as PDF"
            raise Unreadable("", found, remedy)
        if total > SMALL and total > MAX_RATIO * len(data):
            times = total // len(data)
            found = (
                f"解压后是原来的 {times} 倍，超过上限 {MAX_RATIO} 倍 "
                f"it would unpack to {times} times its own size, over the limit of {MAX_RATIO}"
            )
            raise Unreadable("", found, DISTRUST)
        self.names = {member.filename for member in members}
        self._twice = len(self.names) < len(members)
        self._plain = {_plain(name): name for name in sorted(self.names)}
        self._left = MAX_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self.names or _plain(name) in self._plain

    def read(self, name: str) -> bytes:
        """The bytes of one member; Unreadable if missing, encrypted, damaged, ambiguous or too large."""
        try:
            member = self._zip.getinfo(name if name in self.names else self._plain[_plain(name)])
        except KeyError:
            raise Unreadable("", f"缺少部件 {name} the part {name} is missing", SAVE_ANEW) from None
        if self._twice and sum(other.filename == member.filename for other in self._zip.infolist()) > 1:
            found = (
                f"部件 {name} 出现两次，分不清用哪一个 "
                f"the part {name} is in the zip twice, with no telling which one counts"
            )
            raise Unreadable("", found, SAVE_ANEW)
        if member.flag_bits & 1:
            raise Unreadable("", "文件有密码保护 it is encrypted", UNLOCK)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            found = f"部件 {name} 的压缩方式不常见 the part {name} is packed in an unusual way"
            raise Unreadable("", found, SAVE_ANEW)
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
            found = f"部件 {name} 已损坏 the part {name} is damaged ({failure})"
            raise Unreadable("", found, SAVE_ANEW) from failure
        self._left -= len(data)
        if self._left < 0:
            most = MAX_UNPACKED >> 20
            found = f"解压后超过 {most} MB it unpacks to more than {most} MB"
            raise Unreadable("", found, ADD_AS_PDF)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of one XML member."""
        return parse_xml(self.read(name), name)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def parse_xml(data: bytes, name: str) -> etree._Element:
    """XML without any DOCTYPE, entity or network, of a sane size and depth."""
    tags = data.count(b"<")
    if tags > MAX_TAGS:
        found = (
            f"部件 {name} 有 {tags:,} 个标签，超过上限 {MAX_TAGS:,} "
            f"the part {name} has {tags:,} tags, over the limit of {MAX_TAGS:,}"
        )
        raise Unreadable("", found, ADD_AS_PDF)
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
        found = f"部件 {name} 不是格式正确的 XML the part {name} is no well-formed XML ({str(failure)[:100]})"
        raise Unreadable("", found, SAVE_ANEW) from failure
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # in an encoding where the bytes above do not show it
        raise _doctype(name)
    return root


def _doctype(name: str) -> Unreadable:
    found = (
        f"部件 {name} 含有 DOCTYPE，正常的 Office 文件不会有 "
        f"the part {name} declares a DOCTYPE, which an Office file never does"
    )
    return Unreadable("", found, DISTRUST)


def holds(data: bytes, folder: str) -> bool:
    """Whether a zip has parts in this folder; its directory being lost, whether its beginning names one."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(_plain(name).startswith(_plain(folder)) for name in archive.NameToInfo)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError):
        return folder.encode() in data[:65_536]
