"""What people put under reports/: agencies, documents, corrections. `collect` stops at no fault."""

from ogi.collection.filenames import year_of
from ogi.collection.tree import Collection, collect

__all__ = ["Collection", "collect", "year_of"]
