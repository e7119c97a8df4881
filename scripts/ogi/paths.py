"""Every path of the project, anchored on this file, so that a command works from any folder."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]
FORMS = PACKAGE / "forms"
REPORTS = ROOT / "reports"
DATAPACKAGE = ROOT / "datapackage"
DOCS = ROOT / "docs"
SITE = ROOT / "site"
CACHE = ROOT / ".cache"
