"""The data package that a git revision would publish: its own reports, read by its own code and forms.

Comes in: a revision, or the working tree. Goes out: a built package in a temporary folder. Must not know: what is in it.
The committed package is not trusted, and the repository is not touched: no worktree, no index, no checkout.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

from ogi.collection.tree import A_LINK
from ogi.errors import BadCollection, BadPackage

CODE = ("scripts/ogi/__main__.py", "scripts/ogi/pipeline.py", "scripts/ogi/cli")
INPUTS = ("reports", "scripts")
LAST = 3  # lines of what the build said that a message repeats


def base_package(revision: str, root: Path, into: Path, jobs: int = 1) -> Path | None:
    """None where the revision has no code yet, and so published nothing."""
    commit = _commit(revision, root)
    if len(_git(root, "ls-tree", "--name-only", commit, "--", *CODE).split()) < len(CODE):
        return None
    _unpack(commit, root, into)
    (into / "reports").mkdir(exist_ok=True)
    return _built(into / "scripts", into / "reports", into, f"revision {revision}", jobs)


def tree_package(root: Path, reports: Path, into: Path, jobs: int = 1) -> Path:
    """What the working tree would publish, committed or not."""
    if reports.is_symlink():
        raise BadCollection(reports.name, *A_LINK)
    return _built(root / "scripts", reports.resolve(), into, "the working tree", jobs)


def _commit(revision: str, root: Path) -> str:
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except BadCollection:
        _git(root, "rev-parse", "--git-dir")  # says it where this is no clone at all
        remedy = (
            "写分支、标签或提交，如 main；浅克隆先运行 git fetch --unshallow "
            "name a branch, a tag or a commit, like main; in a shallow clone run `git fetch --unshallow` first"
        )
        raise BadCollection(revision, "git 里没有这个版本 git knows no such revision", remedy) from None


def _unpack(commit: str, root: Path, into: Path) -> None:
    """Files and folders only: a link in the tree is left out, as the collection never follows one."""
    there = [name for name in INPUTS if _git(root, "ls-tree", "--name-only", commit, "--", name).strip()]
    command = ["git", "archive", "--format=tar", commit, "--", *there]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as archive:
        assert archive.stdout is not None
        with tarfile.open(fileobj=archive.stdout, mode="r|") as tar:
            for member in tar:
                if member.isfile() or member.isdir():
                    tar.extract(member, into, filter="data")
    if archive.returncode:
        remedy = "运行 git fsck，再试一次 run `git fsck`, then try again"
        raise BadCollection(commit, "git 取不出它的文件 git could not give its files", remedy)


def _built(code: Path, reports: Path, into: Path, what: str, jobs: int) -> Path:
    package = into / "datapackage"
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GIT_"))}
    done = subprocess.run(
        [
            sys.executable, "-m", "ogi", "build", "--no-site", "--reports", str(reports),
            "--package", str(package), "--jobs", str(jobs),
        ],
        cwd=into, env={**env, "PYTHONPATH": str(code), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
    )
    if done.returncode or not (package / "datapackage.json").is_file():
        said = " / ".join(done.stderr.decode("utf-8", "replace").strip().splitlines()[-LAST:])
        remedy = (
            "单独检出它，运行 ogi build --no-site 看原因 check it out by itself, run `ogi build --no-site` and see"
        )
        raise BadPackage(what, f"生成不了数据包 does not build: {said}", remedy)
    return package


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
    except FileNotFoundError:
        remedy = (
            "安装 git，或在 pull request 里看变化 install git, or let the pull request show the differences"
        )
        raise BadCollection("git", "没有安装 git not installed", remedy) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or "it failed"
        remedy = "在本仓库的克隆里运行 run this in a clone of the repository"
        raise BadCollection(f"git {arguments[0]}", f"git 出错 git says: {said}", remedy)
    return done.stdout.decode("utf-8", "replace")
