"""`ogi serve`: the site on this machine, rebuilt when something changes."""

from __future__ import annotations

import os
from pathlib import Path

from ogi.errors import BadPackage
from ogi.paths import ROOT


def serve_site(port: int, package: Path) -> int:
    """Serves until interrupted. Raises BadPackage if there is no package yet."""
    if not (package / "datapackage.json").is_file():
        raise BadPackage(
            str(package), "这里没有数据包 no data package here", "先用 ogi build 生成 run `ogi build` first"
        )
    from mkdocs.commands.serve import serve

    print(f"http://127.0.0.1:{port}/  (按 Ctrl+C 停止 stop with Ctrl+C)")
    os.environ["SITE_URL"] = f"http://127.0.0.1:{port}/"
    serve(
        str(ROOT / "mkdocs.yml"),
        dev_addr=f"127.0.0.1:{port}",
        watch=[str(package.resolve())],
        extra={"package": str(package.resolve())},
    )
    return 0
