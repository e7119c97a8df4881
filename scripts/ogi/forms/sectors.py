"""The sector of a body by its name.

Comes in: a name in Chinese. Goes out: a code of sectors.yml, or None. Must not know: regions, documents.
"""

from __future__ import annotations

import re
from functools import cache

from ogi.errors import BadForm
from ogi.paths import FORMS
from ogi.yamlfile import Map, load_yaml

ASIDE = re.compile(r"[（(][^）)]*[）)]|\s")


def sector_of(name: str) -> str | None:
    """The longest pattern that ends the name decides; if none does, the longest one within it."""
    plain = ASIDE.sub("", name)
    ending = [(len(pattern), code) for pattern, code in _patterns() if plain.endswith(pattern)]
    within = [
        (len(pattern), plain.rfind(pattern), code)
        for pattern, code in _patterns() if len(pattern) > 1 and pattern in plain
    ]
    best = max(ending, default=None) or max(within, default=None)
    return best[-1] if best else None


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for code, entry in load_yaml(FORMS / "sectors.yml", "forms/sectors.yml", BadForm).items():
        patterns = entry.get("patterns") if isinstance(entry, Map) else None
        for pattern in patterns if isinstance(patterns, list) else []:
            if not isinstance(pattern, str) or pattern in found:
                what = f"pattern «{pattern}» of {code} is used twice or no text"
                raise BadForm("forms/sectors.yml", what, "give each pattern, as text, to one sector")
            found[pattern] = code
    return tuple(found.items())
