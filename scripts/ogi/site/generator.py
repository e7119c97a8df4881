"""MkDocs and the stamping together: shells go in before it runs, pages are stamped after it has run.

Comes in: mkdocs.yml and the folder of a package. Goes out: a whole site, put in place at once. Must not
know: what any page says. Another generator would replace this file and the theme's main.html.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ogi.errors import BadPackage
from ogi.package import load
from ogi.package.located import index_for, refresh
from ogi.package.swap import beside, recovered, taking_turns
from ogi.paths import CACHE, DATAPACKAGE, DOCS, ROOT
from ogi.site.downloads import mark_of
from ogi.site.kept_pages import claimed
from ogi.site.stamping import SHELL
from ogi.site.writing import SECTIONS, Progress, Stamped, only_pages, stamp_site
from ogi.unchanged import Noted, contents, note, recall

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

SIGN = "llms.txt"  # stands in every site
SHELL_PAGE = "---\nshell: true\n---\n@@OGI:BODY@@\n"


def build_site(
    package_dir: Path,
    site_dir: Path,
    originals_root: Path = ROOT,
    progress: Progress = lambda kind, count: None,
    made_up: bool = False,
) -> Stamped:
    """The whole site, built beside its place and swapped in: a killed build leaves the last one whole.

    `made_up` says on every page that its numbers are nobody's, and asks search engines to pass by.
    """
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    target, package, originals = site_dir.resolve(), package_dir.resolve(), originals_root.resolve()
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(target), watch=[])
    config.extra.update(made_up=made_up)
    hand_made = _hand_made(config)
    inputs = _inputs(hand_made, package, originals)
    recovered(target)
    only_pages(beside(target))  # a killed build may have left more
    _refuse_what_is_no_site(target)
    config.extra.update(package=str(package), originals=str(originals), progress=progress)
    noted = recall(CACHE / "sites", target, inputs)
    if noted is not None:
        return Stamped(size=noted["size"], cells=noted["cells"], kept=noted["pages"])
    with claimed(_kept_for(config)) as kept, _generated(config, hand_made, kept) as generated, taking_turns(target) as fresh:
        stamped = _stamped(config, fresh, kept, generated)
    if kept:
        refresh(load(package), index_for(CACHE, package))
    only_pages(fresh)  # what stood in the site's place; the next build puts it right
    said: Noted = {"size": stamped.size, "cells": stamped.cells, "pages": len(stamped.urls)}
    note(CACHE / "sites", target, inputs, said)
    return stamped


def _refuse_what_is_no_site(target: Path) -> None:
    """A folder that holds anything else would be lost when the site takes its place."""
    if target.is_dir() and any(target.iterdir()) and not (target / SIGN).is_file():
        found = f"文件夹不是空的，里面也不是网站（没有 {SIGN}） it is not empty, and no site: it has no {SIGN}"
        raise BadPackage(str(target), found, "换一个文件夹，或先删去它 name another folder, or remove it first")


@contextmanager
def _generated(config: MkDocsConfig, hand_made: str, kept: Path | None) -> Iterator[Path]:
    """The folder in which MkDocs left shells and hand-written pages, now or the last time."""
    from mkdocs.commands.build import build

    with tempfile.TemporaryDirectory(prefix="ogi-generated-") if kept is None else nullcontext(kept) as home:
        whole = Path(home) / "generated" / hand_made
        if not whole.is_dir():
            shutil.rmtree(whole.parent, ignore_errors=True)
            half = whole.with_suffix(".half")
            config.site_dir, config.extra["stamp"] = str(half), False
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
            half.rename(whole)
        yield whole


def _hand_made(config: MkDocsConfig) -> str:
    """A hash of all that MkDocs' own pages hang on."""
    files = contents([DOCS, ROOT / "mkdocs.yml", ROOT / "scripts" / "mkdocs_hooks.py"])
    said = f"{config.site_url} {config.repo_url} {config.extra} {files}"
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def _inputs(hand_made: str, package: Path, originals: Path) -> str:
    """All that a site hangs on; of the originals their size and time, since the package has their hashes."""
    known = load(package)
    place = [f["name"] for f in known.fields("documents")].index("path")
    lines = [hand_made, contents([package / "datapackage.json"])]
    lines += [f"{row[place]} {mark_of(originals, row[place])}" for row in known.fields_of("documents")]
    return hashlib.blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def add_shells(files: Files, config: MkDocsConfig) -> Files:
    """One shell for each kind of record, at the depth of its pages, so that relative links hold."""
    from mkdocs.structure.files import File, InclusionLevel

    for section in SECTIONS:
        shell = File.generated(
            config, f"{section}/{SHELL}.md", content=SHELL_PAGE, inclusion=InclusionLevel.NOT_IN_NAV
        )
        files.append(shell)
    return files


def stamp_pages(config: MkDocsConfig) -> None:
    """The rest of the site, after MkDocs has run; `build_site` does without and takes what MkDocs left."""
    if config.extra.get("stamp", True):
        with claimed(_kept_for(config)) as kept:
            _stamped(config, Path(config.site_dir), kept, None)


def _stamped(config: MkDocsConfig, site_dir: Path, kept: Path | None, generated: Path | None) -> Stamped:
    extra = config.extra
    package = Path(extra.get("package") or DATAPACKAGE)
    return stamp_site(
        package,
        site_dir,
        Path(extra.get("originals") or ROOT),
        config.site_url or "",
        (config.repo_url or "").rstrip("/"),
        extra.get("progress") or (lambda kind, count: None),
        kept,
        int(extra.get("largest") or 0),
        generated,
        index_for(CACHE, package) if kept else None,
    )


def _kept_for(config: MkDocsConfig) -> Path:
    """Where the pages of a package are kept, for each address of its site; those of packages that are gone are removed."""
    home = CACHE / "pages"
    for folder in home.glob("*/package"):
        if not Path(folder.read_text("utf-8")).exists():
            shutil.rmtree(folder.parent, ignore_errors=True)
    package = Path(config.extra.get("package") or DATAPACKAGE).resolve()
    said = f"{package} {config.site_url} {config.extra.get('made_up')}"
    kept = home / hashlib.blake2b(said.encode(), digest_size=6).hexdigest()
    with suppress(OSError):  # nowhere to keep anything; every page is made
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "package").write_text(str(package), "utf-8")
    return kept
