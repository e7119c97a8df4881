"""Stamps the whole site from the data package into the shells that a generator left.

Comes in: the folder of a package, the folder of a built site with shells. Goes out: the same folder
with every page, download, index and the sitemap. Must not know: MkDocs, Markdown, the first half.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ogi.errors import BadPackage
from ogi.fingerprint import made_by
from ogi.package import load
from ogi.paths import CACHE
from ogi.site.book import Book, Bundle, read_book
from ogi.site.crops import Crops
from ogi.site.downloads import original, original_name, pack
from ogi.site.explorer_data import explorer_data
from ogi.site.feeds import feeds
from ogi.site.group_pages import GroupPages, Made
from ogi.site.hub import Hub, facts
from ogi.site.kept import Kept, linked
from ogi.site.machine import Machine
from ogi.site.places import Places, Trails
from ogi.site.report_page import Original, ReportPages
from ogi.site.search_index import agency_index
from ogi.site.search_text import TextIndex
from ogi.site.sitemap import sitemap
from ogi.site.stamping import Record, stamp

SECTIONS = ("reports", "agencies", "regions", "sectors", "years", "indicators")
SHELL = "shell"
COPIED = 300_000_000  # bytes of originals in a site; the rest are links to the repository
HOST = 900_000_000  # bytes; GitHub Pages ends at 1 GB

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Stamped:
    """What was written, for the sitemap and for whoever asked."""

    urls: list[str] = field(default_factory=list)
    size: int = 0
    cells: int = 0
    kept: int = 0


def stamp_site(
    package_dir: Path,
    site_dir: Path,
    originals_root: Path,
    site_url: str = "",
    repo_url: str = "",
    progress: Progress = lambda kind, count: None,
    kept: Path | None = None,
    largest: int = 0,
) -> Stamped:
    """Every record page, from the package alone; `originals_root` is where `documents.path` starts.

    `kept` holds pages of earlier builds; a site of more than `largest` bytes is an error (0: it is only said).
    """
    book = read_book(load(package_dir))
    places = Places(book)
    version = str(book.package.descriptor.get("version", ""))
    shells = {section: _take_shell(site_dir, section) for section in SECTIONS}
    out = Stamped()
    pages = ReportPages(book.shared(), Trails(book.regions), version, repo_url, site_url)
    shared = (made_by(), shells["reports"], version, repo_url, site_url, repr(book.codes), repr(book.regions))
    last = Kept(kept, *shared)
    machine = Machine(book, site_url)
    texts = TextIndex(site_dir / "search" / "text", last, len(book.live()))
    with Crops(CACHE / "crops", len(book.reports)) as crops:
        _reports(book, pages, crops, last, texts, machine, shells["reports"], site_dir, originals_root, repo_url, out, progress)
    indexes, size = texts.write()
    out.size += size
    groups = GroupPages(book, places, version)
    for section in SECTIONS[1:]:
        made = getattr(groups, section)()
        count = _write_group(shells[section], made, machine, site_dir, out)
        progress(section, count)
    archive = _copy_package(package_dir, site_dir / "data", out)
    _fill_hand_pages(site_dir, Hub(book, places, facts(book, out.cells, archive)), machine, out)
    _write(site_dir, "agencies/search.json", agency_index(book, places, indexes), out)
    _write(site_dir, "compare/index.json", explorer_data(book, places, version), out)
    for name, content in (*feeds(book, site_url), ("llms.txt", machine.llms())):
        _write(site_dir, name, content, out)
    (site_dir / "sitemap.xml.gz").unlink(missing_ok=True)
    for name, content in sitemap(out.urls, site_url).items():
        _write(site_dir, name, content, out)
    _weigh(site_dir, out.size, largest)
    last.forget_others()
    return out


def _reports(
    book: Book,
    pages: ReportPages,
    crops: Crops,
    last: Kept,
    texts: TextIndex,
    machine: Machine,
    shell: str,
    site_dir: Path,
    root: Path,
    repo_url: str,
    out: Stamped,
    progress: Progress,
) -> None:
    """Pages that the last build made of the same lines are taken from it; the others are made."""
    copied = 0
    key, names = "", ["index.html"]

    def records() -> Iterator[Record]:
        nonlocal copied, key, names
        for count, bundle in enumerate(book.bundles(), 1):
            if count % 200 == 0:
                progress("reports", count)
            out.cells += bundle.count("cells")
            texts.add(bundle)
            folder = f"reports/{bundle.report['report_id']}"
            data = original(root, bundle.document)
            link = _linked(bundle, repo_url)
            if data is not None and copied < COPIED:
                name = original_name(bundle.document["path"])
                link = Original(name, name)
                copied += _write(site_dir, f"{folder}/{name}", data, out)
            key = last.key(*bundle.everything(), repr(link), str(data is None), crops.state())
            sizes = last.take(key, site_dir / folder)
            if sizes is not None:
                out.urls.append(f"{folder}/")
                out.size, out.kept = out.size + sum(sizes.values()), out.kept + 1
                crops.spend(sum(size for name, size in sizes.items() if name.startswith("crops/")))
                continue
            names = ["index.html"]
            places = crops.of(bundle, root, data)
            for name, content in (*pages.files(bundle), *places.files):
                _write(site_dir, f"{folder}/{name}", content, out)
                names.append(name)
            yield machine.report(pages.record(bundle, link, places.html), bundle)

    for url, page in stamp(shell, records()):
        _write(site_dir, f"{url}index.html", page.encode(), out)
        last.keep(key, site_dir / url, names)
        out.urls.append(url)
    progress("reports", len(out.urls))


def _copy_package(package_dir: Path, folder: Path, out: Stamped) -> int:
    """The package is replaced whole and never written to, so that its files can have a second name. Beside them all of it as
    one zip, whose size is returned."""
    for source in sorted(package_dir.rglob("*")):
        if source.is_file():
            target = folder / source.relative_to(package_dir)
            target.parent.mkdir(parents=True, exist_ok=True)
            linked(source, target)
            out.size += source.stat().st_size
    archive = pack(package_dir, folder / "ogi-reports.zip")
    out.size += archive
    return archive


def _weigh(site_dir: Path, size: int, largest: int) -> None:
    if largest and size > largest:
        found = f"the site has {size:,} bytes, more than the {largest:,} allowed"
        raise BadPackage(str(site_dir), found, "publish by province, or raise SITE_LIMIT if your host takes more")
    if size > HOST:
        logging.getLogger("mkdocs.ogi").warning(
            f"The site has {size / 1e6:,.0f} MB; GitHub Pages ends at 1,000 MB. Publish by province, or elsewhere."
        )


def _linked(bundle: Bundle, repo_url: str) -> Original | None:
    return Original(f"{repo_url}/blob/main/{bundle.document['path']}", "") if repo_url else None


def _write_group(shell: str, made: Iterable[Made], machine: Machine, site_dir: Path, out: Stamped) -> int:
    def records() -> Iterator[Record]:
        for record, files in made:
            for name, content in files:
                _write(site_dir, record.url + name, content, out)
            yield machine.group(record)

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


def _fill_hand_pages(site_dir: Path, hub: Hub, machine: Machine, out: Stamped) -> None:
    stamped = {url.rstrip("/") for url in out.urls}
    for path in sorted(site_dir.rglob("*.html")):
        url = path.relative_to(site_dir).as_posix().removesuffix("index.html")
        if url.rstrip("/") in stamped or url.startswith("assets/"):
            continue
        html = path.read_text(encoding="utf-8")
        if url.startswith("en/"):
            html = html.replace('<html lang="zh"', '<html lang="en"', 1)
        html = machine.hand_page(hub.fill(html, url), url)
        path.write_text(html, encoding="utf-8", newline="\n")
        if url.endswith("/") or not url:
            out.urls.append(url)


def _write(site_dir: Path, name: str, data: bytes, out: Stamped) -> int:
    path = site_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    out.size += len(data)
    return len(data)
