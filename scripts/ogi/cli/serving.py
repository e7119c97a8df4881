"""`ogi serve`: the site on this machine, rebuilt when something changes."""

from __future__ import annotations

from pathlib import Path

from ogi.errors import BadPackage
from ogi.paths import ROOT


def serve_site(port: int, package: Path) -> int:
    """Serves until interrupted. Raises BadPackage if there is no package yet."""
    if not (package / "datapackage.json").is_file():
        raise BadPackage(str(package), "no data package here", "run `ogi build` first")
    from mkdocs.commands.serve import serve

    print(f"http://127.0.0.1:{port}/  (stop with Ctrl+C)")
    serve(str(ROOT / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")
    return 0
