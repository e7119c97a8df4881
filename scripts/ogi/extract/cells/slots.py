"""What a printed row holds for the columns of its form: texts in the order of the form's measures, or a run whose borders are
not known, or nothing.

Comes in: nothing. Goes out: `Slots`. Must not know: how it is found.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ogi.model import GridCell

READ = ("cells", "part")  # the kinds of which every number's column is known


class Slots(NamedTuple):
    """`cells`: one a measure (kind «cells»), or all that is printed (kind «part», «run», «lost»).
    `moved`: the heads stand in another order, `told` by one over each number; `printed` then has the cells as they stand.
    `spare`: places of the row that are beyond its cells and were left out. `unclear`: the heads tell another order, and one
    of them is lost. `alone`: one a measure, of a row that is lost since numbers stand for several columns, those that do not; of
    a table that leaves out columns (kind «part»), all it has."""

    kind: Literal["cells", "part", "run", "lost"]
    cells: tuple[GridCell, ...]
    moved: bool = False
    told: bool = False
    spare: int = 0
    unclear: bool = False
    printed: tuple[GridCell, ...] = ()
    alone: tuple[GridCell | None, ...] = ()

    @property
    def known(self) -> tuple[GridCell | None, ...]:
        """The cells whose columns are known, one a measure."""
        return self.cells if self.kind == "cells" else self.alone

    @property
    def raw(self) -> str | None:
        """What is printed of the row's values, as one text."""
        text = (
            "\t".join(c.text for c in self.cells).strip("\t")
            if self.kind == "lost"
            else " ".join(c.text for c in self.cells)
        )
        return text or None
