"""An OLE container written sector by sector, for files whose makers are not at hand.

Comes in: streams by name. Goes out: bytes of the container. Must not know: the readers.
"""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def ole(streams: dict[str, bytes]) -> bytes:
    """Each stream is padded to 4,096 bytes, so that no small-stream area is needed."""
    padded = {name: content.ljust(4_096, b"\0") for name, content in streams.items()}
    fat = [_FAT]
    body = b""
    starts: dict[str, int] = {}

    def chain(content: bytes) -> int:
        nonlocal body
        content += b"\0" * (-len(content) % _SECTOR)
        start, count = len(fat), len(content) // _SECTOR
        fat.extend([*range(start + 1, start + count), _END])
        body += content
        return start

    for name, content in padded.items():
        starts[name] = chain(content)
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else -1)]
    names = list(padded)
    for n, name in enumerate(names):
        right = n + 2 if n + 1 < len(names) else -1
        entries.append(_entry(name, 2, starts[name], len(padded[name]), right=right))
    while len(entries) % 4:
        entries.append(b"\0" * 128)
    directory = chain(b"".join(entries))
    fat_sector = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4_096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + fat_sector + body


def _entry(name: str, kind: int, start: int, size: int, right: int = -1, child: int = -1) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBiii", len(text), kind, 1, -1, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
