"""Stamps the whole site from the data package into the shells that a generator left.

Comes in: the folder of a package, what a generator left (shells and hand-written pages), the folder of the site. Goes out:
that folder with every page, download, index and the sitemap. Must not know: MkDocs, Markdown, the first half.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ogi.errors import BadPackage
from ogi.fingerprint import made_by
from ogi.package import load, swap
from ogi.paths import CACHE
from ogi.site.archive import pack
from ogi.site.book import Book, Bundle, read_book
from ogi.site.crops import Crops
from ogi.site.downloads import mark_of, original, original_name
from ogi.site.explorer_data import explorer_data
from ogi.site.feeds import Feeds
from ogi.site.grounds import Grounds
from ogi.site.group_pages import GroupPage, GroupPages
from ogi.site.hub import Hub, facts
from ogi.site.kept_pages import Content, Page, Section
from ogi.site.machine import Machine
from ogi.site.places import Places, Trails
from ogi.site.quality import Quality
from ogi.site.quality_lists import quality_lists
from ogi.site.report_page import Original, ReportPages
from ogi.site.search_index import agency_index
from ogi.site.search_text import TextIndex
from ogi.site.sitemap import sitemap
from ogi.site.stamping import SHELL, Shell, read_shell
from ogi.site.tally import Sums, has_prose, tally
from ogi.site.withdrawn import withdrawn_pages

SECTIONS = ("reports", "agencies", "regions", "sectors", "years", "indicators", "quality")
TEXTS = "search/text"
ARCHIVE = "ogi-reports.zip"
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

    def add(self, url: str, page: Page) -> None:
        self.urls.append(url)
        self.size += page.size


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site is made, of what, and where pages are kept (None: nowhere); `shared` is what every page hangs on."""

    folder: Path
    generated: Path
    kept: Path | None
    shared: tuple[str, ...]
    out: Stamped

    def section(self, name: str, *shared: str) -> Section:
        own = {entry.name for entry in _folders(self.generated / name)} - {SHELL}
        return Section(self.kept, self.folder, name, (*self.shared, *shared), stays=own)

    def write(self, name: str, data: Content) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
        self.out.size += path.stat().st_size


def stamp_site(
    package_dir: Path,
    site_dir: Path,
    originals_root: Path,
    site_url: str = "",
    repo_url: str = "",
    progress: Progress = lambda kind, count: None,
    kept: Path | None = None,
    largest: int = 0,
    generated: Path | None = None,
    index: Path | None = None,
) -> Stamped:
    """Every record page, from the package alone; `originals_root` is where `documents.path` starts.

    `generated` is what the generator left, `site_dir` itself if it is not named; else `site_dir` may hold an older site.
    `kept` holds pages of earlier builds, `index` where lines stand in the package (`ogi.package.located`); a site of more
    than `largest` bytes is an error (0: it is only said).
    """
    book = read_book(load(package_dir), index)
    places = Places(book)
    version = str(book.package.descriptor.get("version", ""))
    schemas = repr([resource["schema"] for resource in book.package.resources.values()])
    shared = (made_by(), version, repo_url, site_url, repr(book.codes), schemas, book.package.descriptor["title"])
    site = Site(site_dir, generated or site_dir, kept, shared, Stamped())
    shells = {section: read_shell(site.generated, section) for section in SECTIONS}
    hand_pages = _take_over(site)
    machine = Machine(book, site_url)
    pages = ReportPages(book.shared(), Trails(book.regions), version, repo_url, site_url)
    sums, texts = _reports(site, book, pages, machine, shells["reports"], originals_root, repo_url, progress)
    grounds = Grounds(book, sums.grounds)
    groups = GroupPages(book, places, grounds, version, site_url)
    with ThreadPoolExecutor(1) as aside:  # another program indexes texts, while everything else is made
        indexes = aside.submit(_texts, site, book, texts)
        for section in SECTIONS[1:-1]:
            progress(section, _groups(site, section, shells[section], getattr(groups, section)(), machine))
        quality = Quality(book, sums)
        progress("quality", _groups(site, "quality", shells["quality"], quality_lists(quality, places), machine))
        hub = Hub(book, places, facts(book, sums.cells, _copy_package(site, package_dir, book)), quality, grounds)
        _hand_pages(site, hand_pages, hub, machine)
        site.write("compare/index.json", explorer_data(book, places, grounds, version))
        site.write("compare/grounds.json", grounds.data(book.live(), version))
        site.write("feed.xml", Feeds(book, site_url).whole())
        site.write("llms.txt", machine.llms())
        for name, content in (*withdrawn_pages(book, shells["reports"]), *sitemap(site.out.urls, site_url).items()):
            site.write(name, content)
    indexed = indexes.result()
    site.out.size += sum(page.size for page in indexed)
    site.write("agencies/search.json", agency_index(book, places, len(indexed)))
    _weigh(site_dir, site.out.size, largest)
    return site.out


def only_pages(site_dir: Path) -> None:
    """Removes from an older site everything but the folders of its pages, which the next build may take as they are."""
    for entry in os.scandir(site_dir) if site_dir.is_dir() else ():
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry)
        elif entry.name not in (*SECTIONS, TEXTS.partition("/")[0]):
            shutil.rmtree(entry)
        else:
            for inner in os.scandir(entry):
                if not inner.is_dir(follow_symlinks=False):
                    os.unlink(inner)


def _reports(
    site: Site,
    book: Book,
    pages: ReportPages,
    machine: Machine,
    shell: str,
    root: Path,
    repo_url: str,
    progress: Progress,
) -> tuple[Sums, TextIndex]:
    """The page of every report; what they come to, and whose prose is to be indexed."""
    sums, texts, copied = Sums(), TextIndex(len(book.live())), 0
    stamped = Shell(shell)

    def files(bundle: Bundle, copy: bool) -> Iterator[tuple[str, Content]]:
        data = original(root, bundle.document)
        link = _linked(bundle, repo_url)
        if data is not None and copy:
            name = original_name(bundle.document["path"])
            link = Original(name, name)
            yield name, data
        places = crops.of(bundle, root, data)
        yield from places.files
        yield from pages.files(bundle)
        record = machine.report(pages.record(bundle, link, places.html), bundle)
        yield "index.html", stamped.filled(record).encode()

    with site.section("reports", shell) as section, Crops(CACHE / "crops", len(book.reports)) as crops:
        for count, bundle in enumerate(book.bundles(), 1):
            if count % 200 == 0:
                progress("reports", count)
            report_id, copy = bundle.report["report_id"], copied < COPIED
            key = section.key(*bundle.everything(), mark_of(root, bundle.document["path"]), str(copy), crops.state())
            page = section.take(report_id, key)
            site.out.kept += page is not None
            page = page or section.keep(report_id, key, files(bundle, copy), tally(bundle))
            copied += sum(size for name, size in page.sizes.items() if name.startswith("original."))
            crops.spend(page.sizes)
            site.out.add(f"reports/{report_id}/", page)
            sums.add(bundle.report, page.said)
            if has_prose(page.said):
                texts.add(bundle)
    progress("reports", len(site.out.urls))
    site.out.cells = sums.cells
    return sums, texts


def _texts(site: Site, book: Book, texts: TextIndex) -> list[Page]:
    with site.section(TEXTS) as section:
        return texts.write(partial(book.bundles, ("sections",)), section)


def _groups(site: Site, name: str, shell: str, pages: Iterable[GroupPage], machine: Machine) -> int:
    stamped, before = Shell(shell), len(site.out.urls)

    def files(page: GroupPage) -> Iterator[tuple[str, Content]]:
        record, beside = page.make()
        yield from beside
        yield "index.html", stamped.filled(machine.group(record)).encode()

    with site.section(name, shell) as section:
        for page in pages:
            key = section.key(*map(repr, page.hangs_on))
            made = section.take(page.name, key) or section.keep(page.name, key, files(page))
            site.out.add(f"{name}/{page.name}/", made)
    return len(site.out.urls) - before


def _copy_package(site: Site, package_dir: Path, book: Book) -> int:
    """The package is replaced whole and never written to, so that its files can have a second name. Beside them all of it as
    one zip, whose size is returned."""
    folder = site.folder / "data"
    for source in sorted(package_dir.rglob("*")):
        if source.is_file():
            target = folder / source.relative_to(package_dir)
            target.parent.mkdir(parents=True, exist_ok=True)
            swap.linked(str(source), str(target))
            site.out.size += source.stat().st_size
    hashes = {file["path"]: file["hash"] for r in book.package.resources.values() for file in r["files"]}
    if site.kept is None:
        size = pack(package_dir, folder / ARCHIVE, hashes)
    else:
        half = site.kept / f"half-{ARCHIVE}"
        size = pack(package_dir, half, hashes, site.kept / ARCHIVE)
        half.replace(site.kept / ARCHIVE)
        swap.linked(str(site.kept / ARCHIVE), str(folder / ARCHIVE))
    site.out.size += size
    return size


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


def _take_over(site: Site) -> list[str]:
    """Everything but shells from what the generator left; its pages, whose markers are still to be filled, by name."""
    if site.generated == site.folder:
        (site.folder / "sitemap.xml.gz").unlink(missing_ok=True)
        for section in SECTIONS:
            shutil.rmtree(site.folder / section / SHELL)
    else:
        only_pages(site.folder)
    pages = []
    for path in sorted(site.generated.rglob("*")):
        place = path.relative_to(site.generated)
        if not path.is_file() or place.parts[1:2] == (SHELL,) or place.name.startswith("sitemap.xml"):
            continue
        if path.suffix == ".html" and place.parts[0] != "assets":
            pages.append(place.as_posix())
        elif site.generated != site.folder:
            (site.folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, site.folder / place)
    return pages


def _hand_pages(site: Site, pages: Iterable[str], hub: Hub, machine: Machine) -> None:
    for name in pages:
        url = name.removesuffix("index.html")
        html = (site.generated / name).read_text(encoding="utf-8")
        if url.startswith("en/"):
            html = html.replace('<html lang="zh"', '<html lang="en"', 1)
        site.write(name, machine.hand_page(hub.fill(html, url), url).encode())
        if url.endswith("/") or not url:
            site.out.urls.append(url)


def _folders(folder: Path) -> list[os.DirEntry[str]]:
    with suppress(FileNotFoundError), os.scandir(folder) as found:
        return [entry for entry in found if entry.is_dir(follow_symlinks=False)]
    return []
