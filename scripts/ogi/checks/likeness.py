"""How alike two sections of prose are, and a sketch of each that tells which of very many are worth comparing.

Comes in: sections, and the names that an agency goes by. Goes out: shingles, percentages, `Sketch`es. Must not know: any rule.
A sketch is made once, when its report is judged, and kept with it: of all shingles, thrown by their hash into bins, the least of
each bin (MinHash with one permutation). Sections are alike by about the share of bins in which their sketches agree, and two
that share nine tenths of their shingles agree in all bins of some band with a probability of more than 0.999.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from operator import eq
from typing import NamedTuple
from zlib import crc32

from ogi.model import Agency, Reading

BINS, BAND = 128, 8  # one byte a bin; the bins of a band
NO_TEXT = re.compile(r"[\s\d]+")
DIGEST = 8  # bytes
LONGEST = 20_000  # letters of a section


class Sketch(NamedTuple):
    """Of one section: `names` were taken out of its text, `digest` is that of what is left, `bins` what it is found by."""

    section: str
    names: tuple[str, ...]
    digest: bytes
    bins: bytes

    def bands(self) -> Iterator[bytes]:
        return (self.bins[at : at + BAND] for at in range(0, BINS, BAND))


def called(reading: Reading, agency: Agency | None) -> tuple[str, ...]:
    """Every name of the agency that its prose may repeat, the longest first."""
    names = {reading.agency_name, reading.agency_name_printed}
    if agency:
        names |= {agency.name, *(known.name for known in agency.names)}
    return tuple(sorted(filter(None, names), key=lambda name: (-len(name), name)))


def prose(texts: Iterable[str], names: Iterable[str]) -> str:
    """What counts of a section: no names, no digits, no spaces, and no more than anyone would write."""
    text = "".join(texts)
    for name in names:
        text = text.replace(name, "")
    return NO_TEXT.sub("", text)[:LONGEST]


def shingles(text: str, size: int) -> set[str]:
    return {text[i : i + size] for i in range(len(text) - size + 1)}


def percent(one: Set[str], other: Set[str]) -> int:
    """The share of shingles in common, of all (Jaccard), rounded down."""
    return 100 * len(one & other) // max(1, len(one | other))


def sketch(section: str, text: str, names: tuple[str, ...], size: int) -> Sketch:
    """`text` as `prose` gives it."""
    least = [2**32] * BINS
    for shingle in shingles(text, size):
        high, place = divmod(crc32(shingle.encode()), BINS)
        least[place] = min(least[place], high)
    digest = hashlib.blake2b(text.encode(), digest_size=DIGEST).digest()
    return Sketch(section, names, digest, bytes(number & 0xFF for number in least))


def likely(one: Sketch, other: Sketch, least: int) -> bool:
    """Whether they may be alike by `least` percent: the sketches' estimate is off by three in a hundred, seldom by ten."""
    return 100 * sum(map(eq, one.bins, other.bins)) >= (least - 10) * BINS
