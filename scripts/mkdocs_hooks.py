"""What MkDocs calls, so that plain `mkdocs build` and `mkdocs serve` give the whole site."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ogi.site.generator import add_shells, stamp_pages  # noqa: E402
from ogi.site.joining import joined  # noqa: E402


def on_files(files, config):
    return add_shells(files, config)


def on_page_content(html, page, config, files):
    return joined(html)


def on_post_build(config):
    stamp_pages(config)
