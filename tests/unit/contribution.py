"""What the tests of contributing share: documents made for them, a project of their own, git and `ogi` as people call them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.generate.prose import Who
from benchmarks.generate.writers import WRITERS

ROOT = Path(__file__).resolve().parents[2]
JINGDEZHEN = Who("景德镇市科学技术局", "景德镇市科技局", "我局", "市政府办公室")
GANZHOU = Who("赣州市财政局", "赣州市财政局", "我局", "市政府办公室")
PARTS = ("scripts", "reports", "docs", "Makefile", "pyproject.toml", "requirements.lock", "mkdocs.yml", ".gitattributes",
         ".gitignore", "CONTRIBUTING.md")


def document(folder: Path, name: str, body: Who = GANZHOU, year: int = 2022, seed: int = 5, form: str = "docx") -> Path:
    """A generated report of the agency and year, without oddities, as a file of that name."""
    folder.mkdir(parents=True, exist_ok=True)
    made = generate(seed, "2021-30", (), (), body, year)
    (data,) = WRITERS[form]([made])
    (folder / name).write_bytes(data)
    return folder / name


def project(folder: Path) -> Path:
    """This project as it stands, as a repository of its own with one commit on main."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, symlinks=True)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / part)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "start")
    return folder


def ogi(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command of the project in that folder, not of this one; without a terminal."""
    env = {**os.environ, "PYTHONPATH": str(folder / "scripts"), "COLUMNS": "160"}
    return subprocess.run(
        [sys.executable, "-m", "ogi", *map(str, arguments)],
        cwd=folder, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@t", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout.strip()


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below, by path, hidden ones too."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
