"""The second half: datapackage/ -> pages. `stamp_site` fills the shells that a generator left;
`build_site` does both.

Only `writing.py` and what it calls know the package; only `mkdocs.py` knows MkDocs.
"""

from ogi.site.stamping import Record, stamp
from ogi.site.writing import Stamped, stamp_site

__all__ = ["Record", "Stamped", "stamp", "stamp_site"]
