"""Documents changed inside: an XML element or a line of text lost, doubled, moved, or made strange.

Comes in: a random generator, bytes of an XML part or of a text. Goes out: bytes that are still well-formed.
Must not know: readers, containers.
"""

from __future__ import annotations

from copy import deepcopy
from random import Random

from lxml import etree

# fmt: off
_TEXTS = (
    "", "0", "-1", "99999999", "1e9", "NaN", "3.14", "１２", "１,２３４", "减4", "+", "/", "无", "\u202e12",
    "一、", "三、本年度办理结果", "（七）总计", "总计", "1.", "8.", "自然人", "第二十条第（一）项",
    "信息内容", "本年增/减", "行政复议", "结果维持", "三、收到和处理政府信息公开申请情况",
    "2021年1月1日至2020年12月31日", "[bookmark: _GoBack]", "<td>", "&lt;", "\ufeff", "\u0130", "7" * 60,
    "7" * 6000, "a" * 70_000, "\t" * 200, "|" * 200, "0" * 175,
)
# fmt: on


def element(rng: Random, data: bytes) -> bytes:
    """One element of an XML part lost, doubled, moved, emptied or with a strange text or attribute."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    element, other = (rng.choice(list(root.iter(etree.Element))) for _ in "ab")
    parent, act = element.getparent(), rng.randrange(6)
    if act == 0 and parent is not None:
        parent.remove(element)
    elif act == 1 and parent is not None:
        for _ in range(rng.choice((1, 1, 3, 60))):
            element.addnext(deepcopy(element))
    elif act == 2 and parent is not None and element not in other.iterancestors() and element is not other:
        other.append(element)
    elif act == 3 and element.attrib:
        element.set(rng.choice(list(element.attrib)), rng.choice(_TEXTS))
    elif act == 4 and element.attrib:
        del element.attrib[rng.choice(list(element.attrib))]
    else:
        element.text = rng.choice(_TEXTS)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def in_text(rng: Random, data: bytes, times: int) -> bytes:
    """Lines lost, doubled, moved, glued or with something strange in them; the encoding stays whole."""
    text = next(
        (t for t in (_decoded(data, e) for e in ("utf-8-sig", "utf-16", "gb18030")) if t is not None), ""
    )
    lines = text.splitlines(keepends=True) or [""]
    for _ in range(times):
        n, m = rng.randrange(len(lines)), rng.randrange(len(lines))
        act, at = rng.randrange(6), rng.randint(0, len(lines[n]))
        if act == 0 and len(lines) > 1:
            del lines[n : n + rng.choice((1, 1, 5, 40))]
            lines = lines or [""]
        elif act == 1:
            lines[n:n] = lines[m : m + rng.choice((1, 8, 60))] * rng.choice((1, 1, 1, 20))
        elif act == 2:
            lines[n], lines[m] = lines[m], lines[n]
        elif act == 3:
            lines[n] = lines[n].rstrip("\r\n")
        elif act == 4:
            lines[n] = lines[n][:at]
        else:
            lines[n] = lines[n][:at] + rng.choice(_TEXTS) + lines[n][at:]
    return "".join(lines).encode(rng.choice(("utf-8", "utf-8", "gb18030", "utf-16")), "ignore")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
