"""A site's folder as a generator leaves it: shells with their sentinels and one hand page.

Comes in: an empty folder. Goes out: that folder, ready for `stamp_site`. Must not know: MkDocs.
"""

from __future__ import annotations

from pathlib import Path

from ogi.site.writing import SECTIONS, SHELL, Stamped, stamp_site

PAGE = """<!doctype html><html lang="zh"><head><title>@@OGI:TITLE@@ - site</title>
<link rel="canonical" href="https://example.org/{section}/shell/">
<meta name="description" content="@@OGI:DESCRIPTION@@">@@OGI:HEAD@@</head>
<body><article><p>@@OGI:BODY@@</p></article></body></html>
"""


def shells(folder: Path) -> Path:
    for section in SECTIONS:
        path = folder / section / SHELL / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(PAGE.format(section=section), "utf-8")
    (folder / "index.html").write_text('<html lang="zh"><h1>首页</h1><!-- ogi:home --></html>', "utf-8")
    return folder


def stamped(package: Path, folder: Path, originals: Path) -> Stamped:
    return stamp_site(package, shells(folder), originals, "https://example.org/")
