"""MkDocs and the stamping together: shells go in before it runs, pages are stamped after it has run.

Comes in: mkdocs.yml and the folder of a package. Goes out: a whole site, put in place at once. Must not
know: what any page says. Another generator would replace this file and the theme's main.html.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from ogi.package.swap import replacing
from ogi.paths import DATAPACKAGE, ROOT
from ogi.site.writing import SECTIONS, SHELL, Progress, stamp_site

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
) -> None:
    """The whole site, built beside its place and swapped in: a killed build leaves the last one whole.

    `made_up` says on every page that its numbers are nobody's, and asks search engines to pass by.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with replacing(site_dir.resolve()) as fresh:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(fresh))
        config.extra.update(
            package=str(package_dir.resolve()), originals=str(originals_root.resolve()), progress=progress
        )
        config.extra.update(made_up=made_up)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()


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
    stamp_site(
        Path(extra.get("package") or DATAPACKAGE),
        Path(config.site_dir),
        Path(extra.get("originals") or ROOT),
        config.site_url or "",
        (config.repo_url or "").rstrip("/"),
        extra.get("progress") or (lambda kind, count: None),
    )
