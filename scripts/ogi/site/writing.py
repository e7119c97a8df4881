"""Stamps the whole site from the data package into the shells that a generator left.

Comes in: the folder of a package, the folder of a built site with shells. Goes out: the same folder
with every page, download, index and the sitemap. Must not know: MkDocs, Markdown, the first half.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from ogi.errors import BadPackage
from ogi.package import load
from ogi.site.book import Book, Bundle, read_book
from ogi.site.downloads import original, original_name
from ogi.site.explorer_data import explorer_data
from ogi.site.group_pages import GroupPages, Made
from ogi.site.hub import Hub, facts
from ogi.site.places import Places
from ogi.site.report_page import Original, ReportPages
from ogi.site.search_index import agency_index
from ogi.site.stamping import Record, stamp

SECTIONS = ("reports", "agencies", "regions", "sectors", "years", "indicators")
SHELL = "shell"
COPIED = 300_000_000  # bytes of originals in a site; the rest are links to the repository
LIMIT = 900_000_000  # hosts end at 1 GB
SITEMAP = 50_000

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Stamped:
    """What was written, for the sitemap and for whoever asked."""

    urls: list[str] = field(default_factory=list)
    size: int = 0
    cells: int = 0


def stamp_site(
    package_dir: Path,
    site_dir: Path,
    originals_root: Path,
    site_url: str = "",
    repo_url: str = "",
    progress: Progress = lambda kind, count: None,
) -> Stamped:
    """Every record page, from the package alone; `originals_root` is where `documents.path` starts."""
    book = read_book(load(package_dir))
    places = Places(book)
    version = str(book.package.descriptor.get("version", ""))
    shells = {section: _take_shell(site_dir, section) for section in SECTIONS}
    out = Stamped()
    pages = ReportPages(book, places, version, repo_url, site_url)
    _reports(book, pages, shells["reports"], site_dir, originals_root, repo_url, out, progress)
    groups = GroupPages(book, places, version)
    for section in SECTIONS[1:]:
        made = getattr(groups, section)()
        count = _write_group(shells[section], made, site_dir, out)
        progress(section, count)
    _fill_hand_pages(site_dir, Hub(book, places, facts(book, out.cells)), out)
    shutil.copytree(package_dir, site_dir / "data", dirs_exist_ok=True)
    out.size += sum(f.stat().st_size for f in package_dir.rglob("*") if f.is_file())
    _write(site_dir, "agencies/search.json", agency_index(book, places), out)
    _write(site_dir, "compare/index.json", explorer_data(book, places, version), out)
    _sitemap(site_dir, site_url, out)
    if out.size > LIMIT:
        raise BadPackage(
            str(site_dir), f"the site has {out.size:,} bytes, more than a host takes", "publish by province"
        )
    return out


def _reports(
    book: Book,
    pages: ReportPages,
    shell: str,
    site_dir: Path,
    root: Path,
    repo_url: str,
    out: Stamped,
    progress: Progress,
) -> None:
    copied = 0

    def records() -> Iterator[Record]:
        nonlocal copied
        for bundle in book.bundles():
            out.cells += len(bundle.typed["cells"])
            folder = f"reports/{bundle.report['report_id']}"
            data = original(root, bundle.document) if copied < COPIED else None
            link = _linked(bundle, repo_url)
            if data is not None:
                name = original_name(bundle.document["path"])
                link = Original(name, name)
                copied += _write(site_dir, f"{folder}/{name}", data, out)
            for name, content in pages.files(bundle):
                _write(site_dir, f"{folder}/{name}", content, out)
            yield pages.record(bundle, link)

    count = 0
    for url, page in stamp(shell, records()):
        _write(site_dir, f"{url}index.html", page.encode(), out)
        out.urls.append(url)
        count += 1
        if count % 200 == 0:
            progress("reports", count)
    progress("reports", count)


def _linked(bundle: Bundle, repo_url: str) -> Original | None:
    return Original(f"{repo_url}/blob/main/{bundle.document['path']}", "") if repo_url else None


def _write_group(shell: str, made: Iterable[Made], site_dir: Path, out: Stamped) -> int:
    def records() -> Iterator[Record]:
        for record, files in made:
            for name, content in files:
                _write(site_dir, record.url + name, content, out)
            yield record

    count = 0
    for url, page in stamp(shell, records()):
        _write(site_dir, f"{url}index.html", page.encode(), out)
        out.urls.append(url)
        count += 1
    return count


def _take_shell(site_dir: Path, section: str) -> str:
    """Reads a shell page and removes it from the site."""
    folder = site_dir / section / SHELL
    path = folder / "index.html"
    if not path.is_file():
        raise BadPackage(
            str(path),
            "the shell page is missing",
            "build with `mkdocs build` or `ogi build`, whose hook makes it",
        )
    html = path.read_text(encoding="utf-8")
    shutil.rmtree(folder)
    return html.replace(f"{section}/{SHELL}/", "@@OGI:URL@@")


def _fill_hand_pages(site_dir: Path, hub: Hub, out: Stamped) -> None:
    stamped = {url.rstrip("/") for url in out.urls}
    for path in sorted(site_dir.rglob("*.html")):
        url = path.relative_to(site_dir).as_posix().removesuffix("index.html")
        if url.rstrip("/") in stamped or url.startswith("assets/"):
            continue
        html = path.read_text(encoding="utf-8")
        if url.startswith("en/"):
            html = html.replace('<html lang="zh"', '<html lang="en"', 1)
        html = hub.fill(html, url)
        path.write_text(html, encoding="utf-8", newline="\n")
        if url.endswith("/") or not url:
            out.urls.append(url)


def _sitemap(site_dir: Path, site_url: str, out: Stamped) -> None:
    """Absolute addresses, as the protocol demands; no date, since none would be the same on every build."""
    base = site_url.rstrip("/") + "/" if site_url else ""
    (site_dir / "sitemap.xml.gz").unlink(missing_ok=True)
    opening = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    urls = sorted(out.urls)
    parts = [urls[start : start + SITEMAP] for start in range(0, len(urls), SITEMAP)]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        lines = "".join(f"<url><loc>{escape(base + url)}</loc></url>\n" for url in part)
        _write(site_dir, name, f"{opening}<urlset {space}>\n{lines}</urlset>\n".encode(), out)
    if len(parts) > 1:
        lines = "".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n" for name in names)
        _write(
            site_dir,
            "sitemap.xml",
            f"{opening}<sitemapindex {space}>\n{lines}</sitemapindex>\n".encode(),
            out,
        )


def _write(site_dir: Path, name: str, data: bytes, out: Stamped) -> int:
    path = site_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    out.size += len(data)
    return len(data)
