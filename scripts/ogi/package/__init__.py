"""The data package: the door between the two halves. `write` makes it, `load` opens it.

Comes in: `model.Report` values, agencies. Goes out: `datapackage/`
(Frictionless v2), whole or not at all, and a `Package` read back from such a folder. Must not know:
how documents are read, how pages look.
"""

from ogi.package.reader import Package, load
from ogi.package.render import Rendered, renderer
from ogi.package.writer import write

__all__ = ["Package", "Rendered", "load", "renderer", "write"]
