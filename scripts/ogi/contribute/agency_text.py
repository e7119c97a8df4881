"""The text of agency.yml: a new one, or an old one with one report more and every other byte as it was.

Comes in: an Agency, an Entry, the bytes that are there. Goes out: bytes that read back as exactly that. Must not know:
the disk. An entry is one line, so that two branches that each add one can be merged.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

import yaml

from ogi.collection.agency import read_agency
from ogi.errors import BadCollection
from ogi.model import Agency, Entry

PLAIN = re.compile(r"[\w·（）()\u3400-\u9fff-]*[\u3400-\u9fff）]")
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:/._~%+=-]*[A-Za-z0-9/]")
MARK = "\ufeff"


def new_agency(agency: Agency, place: str) -> bytes:
    """`place` is the path of the file, for messages."""
    lines = [
        f"name: {_word(agency.name)}",
        f'region_code: "{agency.region_code}"',
        f"level: {agency.level}",
        f"sector: {agency.sector}",
    ]
    if agency.scope != "own":
        lines.append(f"scope: {agency.scope}")
    text = "\n".join(lines) + "\n"
    told = read_agency(text.encode(), agency.agency_id, place)
    if told.agency != replace(agency, names=(), entries=()):
        found = told.problem or "写入后读回的内容与原意不符 it would not read back as it was meant"
        raise BadCollection(place, found, "请手工填写 write it by hand")
    return text.encode()


def with_report(data: bytes, agency_id: str, entry: Entry, place: str) -> bytes:
    """The same file with the entry. Raises BadCollection, with the line to paste, where that cannot be done safely."""
    before = read_agency(data, agency_id, place)
    if before.agency is None or before.faults:
        raise BadCollection(place, before.problem or before.faults[0][1], "先改正它 put that right first")
    by_hand = f"在 reports: 下手工加上这一行 add this line under «reports:» by hand: {entry_line(entry)}"
    text = data.decode("utf-8")
    try:
        new = _inserted(text, entry).encode()
    except _Unfit as unfit:
        raise BadCollection(place, str(unfit), by_hand) from None
    after = read_agency(new, agency_id, place)
    wanted = {*before.agency.entries, entry}
    fault = dict(after.faults).get(entry.file)
    if fault:
        found = f"这一条不合格 the entry would not be accepted ({fault})"
        raise BadCollection(place, found, "改正有误的内容，再运行一次 say it again without what is wrong")
    if (
        after.agency is None
        or after.faults
        or len(after.agency.entries) != len(wanted)
        or replace(after.agency, entries=()) != replace(before.agency, entries=())
        or {*after.agency.entries} != wanted
    ):
        raise BadCollection(place, "这样的写法不能自动续写 its layout cannot be extended", by_hand)
    return new


def entry_line(entry: Entry) -> str:
    """`2022: {file: 2022.pdf, retrieved_on: 2026-11-20}`"""
    fields = {
        "file": entry.file, "source_url": entry.source_url, "archived_url": entry.archived_url,
        "published_on": entry.published_on and entry.published_on.isoformat(),
        "retrieved_on": entry.retrieved_on and entry.retrieved_on.isoformat(),
    }
    said = ", ".join(f"{key}: {_word(value)}" for key, value in fields.items() if value)
    return f"{entry.year}: {{{said}}}"


class _Unfit(Exception):
    """The layout is one that a person should extend."""


def _inserted(text: str, entry: Entry) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    body = text.removeprefix(MARK)
    lead = text[: len(text) - len(body)]
    root = yaml.compose(body, Loader=yaml.SafeLoader)
    reports = next((pair for pair in root.value if pair[0].value == "reports"), None)
    if root.flow_style:
        raise _Unfit("全部内容写在一对花括号里 all of it stands in one pair of braces")
    if reports is None:
        return f"{lead}{_closed(body, end)}reports:{end}  {entry_line(entry)}{end}"
    key, value = reports
    if isinstance(value, yaml.ScalarNode):
        if value.value:
            raise _Unfit("reports 下面不是年度 «reports» holds a word instead of years")
        at = _next_line(body, key.end_mark.index)
        return lead + _at(body, at, f"  {entry_line(entry)}{end}", end)
    if value.flow_style:
        at = _end(value.value[-1][1]) if value.value else value.start_mark.index + 1
        return f"{lead}{body[:at]}{', ' if value.value else ''}{entry_line(entry)}{body[at:]}"
    earlier = [v for k, v in value.value if k.value < str(entry.year)]
    indent = " " * value.value[0][0].start_mark.column
    at = _next_line(body, _end(earlier[-1]) if earlier else key.end_mark.index)
    return lead + _at(body, at, f"{indent}{entry_line(entry)}{end}", end)


def _end(node: yaml.Node) -> int:
    """Where the last thing in it ends, comments and blank lines after it not counted."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return max(_end(value) for _, value in node.value)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return node.end_mark.index


def _next_line(text: str, index: int) -> int:
    """The start of the line after the one in which `index` stands; a block scalar ends at such a start."""
    if index and text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _at(text: str, at: int, line: str, end: str) -> str:
    return f"{_closed(text[:at], end)}{line}{text[at:]}"


def _closed(text: str, end: str) -> str:
    return text if not text or text.endswith("\n") else text + end


def _word(text: str) -> str:
    if PLAIN.fullmatch(text) or SAFE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
