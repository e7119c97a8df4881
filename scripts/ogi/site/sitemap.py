"""The list of a site's pages for search engines, split where the protocol asks for it.

Comes in: addresses within the site, and the site's own. Goes out: file name -> content. Must not know: pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

LONGEST = 50_000
OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(urls: Iterable[str], site_url: str) -> dict[str, bytes]:
    """Absolute addresses, as the protocol demands; no date, since none would be the same on every build."""
    base = site_url.rstrip("/") + "/" if site_url else ""
    known = sorted(urls)
    parts = [known[start : start + LONGEST] for start in range(0, len(known), LONGEST)]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    files = {}
    for name, part in zip(names, parts, strict=True):
        lines = "".join(f"<url><loc>{escape(base + url)}</loc></url>\n" for url in part)
        files[name] = f"{OPENING}<urlset {SPACE}>\n{lines}</urlset>\n".encode()
    if len(parts) > 1:
        lines = "".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n" for name in names)
        files["sitemap.xml"] = f"{OPENING}<sitemapindex {SPACE}>\n{lines}</sitemapindex>\n".encode()
    return files
