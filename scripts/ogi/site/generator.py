"""MkDocs and the stamping together: shells go in before it runs, pages are stamped after it has run.

Comes in: mkdocs.yml and the folder of a package. Goes out: a whole site, put in place at once. Must not
know: what any page says. Another generator would replace this file and the theme's main.html.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ogi.package import load
from ogi.package.swap import replacing, swept
from ogi.paths import CACHE, DATAPACKAGE, DOCS, ROOT
from ogi.site.writing import SECTIONS, SHELL, Progress, Stamped, stamp_site
from ogi.unchanged import Noted, contents, note, recall

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

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
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    target = site_dir.resolve()
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(target), watch=[])
    inputs = _inputs(package_dir.resolve(), originals_root.resolve(), config, made_up)
    swept(target)
    noted = recall(CACHE / "sites", target, inputs)
    if noted is not None:
        return Stamped(size=noted["size"], cells=noted["cells"], kept=noted["pages"])
    with replacing(target) as fresh:
        config.site_dir = str(fresh)
        config.extra.update(
            package=str(package_dir.resolve()), originals=str(originals_root.resolve()), progress=progress
        )
        config.extra.update(made_up=made_up)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    stamped = config.extra["stamped"]
    assert isinstance(stamped, Stamped)
    said: Noted = {"size": stamped.size, "cells": stamped.cells, "pages": len(stamped.urls)}
    note(CACHE / "sites", target, inputs, said)
    return stamped


def _inputs(package: Path, originals: Path, config: MkDocsConfig, made_up: bool) -> str:
    """All that a site hangs on; of the originals their size and time, since the package has their hashes."""
    lines = [
        contents(
            [package / "datapackage.json", DOCS, ROOT / "mkdocs.yml", ROOT / "scripts" / "mkdocs_hooks.py"]
        )
        if package.is_dir()
        else ""
    ]
    lines += [str(config.site_url), str(config.repo_url), str(config.extra), str(made_up)]
    for row in load(package).rows("documents"):
        try:
            found = (originals / str(row["path"])).stat()
            lines.append(f"{row['path']} {found.st_size} {found.st_mtime_ns}")
        except (OSError, ValueError):
            lines.append(f"{row['path']} not there")
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
    extra = config.extra
    package = Path(extra.get("package") or DATAPACKAGE)
    extra["stamped"] = stamp_site(
        package,
        Path(config.site_dir),
        Path(extra.get("originals") or ROOT),
        config.site_url or "",
        (config.repo_url or "").rstrip("/"),
        extra.get("progress") or (lambda kind, count: None),
        _kept_for(package),
        int(extra.get("largest") or 0),
    )


def _kept_for(package: Path) -> Path:
    """Where the pages of a package are kept; those of packages that are gone are removed."""
    home = CACHE / "pages"
    for folder in home.glob("*/package"):
        if not Path(folder.read_text("utf-8")).exists():
            shutil.rmtree(folder.parent, ignore_errors=True)
    place = str(package.resolve())
    kept = home / hashlib.blake2b(place.encode(), digest_size=6).hexdigest()
    try:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "package").write_text(place, "utf-8")
    except OSError:  # nowhere to keep anything; every page is made
        pass
    return kept
