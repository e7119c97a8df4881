"""Which agencies are like another one: the peers that a reader would look for.

Comes in: agencies. Goes out: for each the nearest few. Must not know: reports, pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from ogi.site.book import Row

FEW = 8


class Peers:
    """Agencies of the same sector, those of the same level first, and among them those of the same province."""

    def __init__(self, agencies: Iterable[Row]) -> None:
        self._near: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for agency in agencies:
            sector, level, province = _place(agency)
            for known in ((sector,), (sector, level), (sector, level, province), (sector, "", province)):
                self._near[known].append(agency)

    def of(self, agency: Row) -> Sequence[Row]:
        sector, level, province = _place(agency)
        near = self._near
        ranked = chain(
            near[sector, level, province],
            (a for a in near[sector, level] if _place(a)[2] != province),
            (a for a in near[sector, "", province] if _place(a)[1] != level),
            (a for a in near[sector,] if _place(a)[1] != level and _place(a)[2] != province),
        )
        return list(islice((a for a in ranked if a is not agency), FEW))


def _place(agency: Row) -> tuple[str, str, str]:
    return agency["sector"], agency["level"], agency["region_code"][:2]
