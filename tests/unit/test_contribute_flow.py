"""The whole way of a contribution, with real repositories: added, checked, compared, merged, published."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from contribution import GANZHOU, JINGDEZHEN, commit, document, git, ogi, project

ROOT = Path(__file__).resolve().parents[2]
SCIENCE = "reports/36/360200-science-technology"
FINANCE = "reports/36/360700-finance"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`hub.git` holds main and two branches, each made in a clone of its own by `ogi add` and pushed."""
    folder = tmp_path_factory.mktemp("scene")
    project(folder / "seed")
    git(folder, "clone", "--quiet", "--bare", "seed", "hub.git")
    new = document(folder / "in", "扫描件.doc", GANZHOU, 2023)
    second = document(folder / "in", "2022.docx", JINGDEZHEN, 2022, seed=8)
    third = document(folder / "in", "2023.docx", JINGDEZHEN, 2023, seed=9)
    for branch, documents in (("first", (new, second)), ("second", (third,))):
        git(folder, "clone", "--quiet", "hub.git", branch)
        git(folder / branch, "switch", "--quiet", "--create", branch)
        done = ogi(folder / branch, "add", *documents)
        assert done.returncode == 0, done.stdout + done.stderr
        git(folder / branch, "add", "reports")
        git(folder / branch, "commit", "--quiet", "--message", f"Add a report ({branch})")
        git(folder / branch, "push", "--quiet", "origin", branch)
    return folder


def test_what_was_added_is_checked_and_compared(scene: Path) -> None:
    """A new agency and a second year: the commit holds three files, the check passes, the Markdown names both reports."""
    here = scene / "first"
    assert git(here, "diff", "--name-status", "main").split("\n") == [
        f"A\t{SCIENCE}/2022.docx", f"M\t{SCIENCE}/agency.yml", f"A\t{FINANCE}/2023.docx", f"A\t{FINANCE}/agency.yml",
    ]
    checked = ogi(here, "check")
    assert checked.returncode == 0 and "0 in error" in checked.stdout, checked.stdout + checked.stderr
    told = ogi(here, "diff", "main")
    assert told.returncode == 0, told.stderr
    text = told.stdout
    assert "**2** 份新年报" in text and "cells changed" not in text and "reports removed" not in text
    rows = [line for line in text.split("\n") if line.startswith(("| 赣州市财政局 2023", "| 景德镇市科学技术局 2022"))]
    assert f"`{FINANCE}/2023.docx`" in rows[0] + rows[1] and f"`{SCIENCE}/2022.docx`" in rows[0] + rows[1]
    assert all(re.search(r"\| 200 \| [0-9]+ \| [0-9]+ \| [0-9]+ \| [0-9]+ \|", row) for row in rows[:2])
    assert git(here, "status", "--porcelain") == ""


def test_two_branches_merge_and_publishing_commits_only_the_package(scene: Path) -> None:
    """Both touch one agency.yml and still merge; the steps of publish.yml then commit datapackage/, and a second time nothing."""
    git(scene, "clone", "--quiet", "hub.git", "keeper")
    here = scene / "keeper"
    for branch in ("first", "second"):
        git(here, "merge", "--quiet", "--no-edit", f"origin/{branch}")
    lines = (here / SCIENCE / "agency.yml").read_text("utf-8").split("\n")
    assert [line for line in lines if "2022:" in line or "2023:" in line] == [
        "  2022: {file: 2022.docx}", "  2023: {file: 2023.docx}",
    ]
    checked = ogi(here, "check", "--format", "github")
    assert checked.returncode == 0, checked.stdout
    git(here, "push", "--quiet", "origin", "HEAD:main")
    make_room, commit_it = shell("publish.yml", "commit").values()
    merged = git(here, "rev-parse", "HEAD")
    for expected in (1, 0):
        before = git(here, "rev-parse", "HEAD")
        run(make_room, here, before)
        done = ogi(here, "build", "--no-site")  # what the job `build` hands over
        assert done.returncode == 0, done.stderr
        out = run(commit_it, here, before)
        assert git(scene / "hub.git", "rev-list", "--count", f"{before}..main") == str(expected), out
    changed = git(scene / "hub.git", "diff", "--name-only", merged, "main").split("\n")
    assert changed and all(name.startswith("datapackage/") for name in changed)
    documents = git(scene / "hub.git", "show", "main:datapackage/data/documents.csv")
    assert documents.count("\n") == 5 + 3 and "360700-finance-2023" in documents


def test_the_steps_of_the_check_run_as_they_stand(scene: Path) -> None:
    """check.yml on the merge of a hostile pull request: its commands are executed, the file named $(touch pwned).pdf is not."""
    git(scene, "clone", "--quiet", "--branch", "first", "hub.git", "fork")
    fork = scene / "fork"
    shutil.copy(fork / FINANCE / "2023.docx", fork / "reports" / "36" / "$(touch pwned)`id`.pdf")
    (fork / SCIENCE / "2018.txt").symlink_to("/etc/hostname")
    (fork / "reports" / "36" / "360400-finance").mkdir()
    (fork / "reports" / "36" / "360400-finance" / "agency.yml").write_text("name: &a [*a]\n", "utf-8")
    commit(fork, "`@everyone` $(touch pwned)")
    git(scene, "clone", "--quiet", "--branch", "first", "--no-local", "--depth", "2", f"file://{fork}", "runner")
    here = scene / "runner"
    installed(here)
    steps = shell("check.yml", "reports")
    assert list(steps) == ["Install", "Check the reports", "Compare with the base", "Build the site"]
    summary = scene / "summary.md"
    summary.write_text("", "utf-8")
    extra = {"GITHUB_STEP_SUMMARY": str(summary), "PULL_REQUEST": "7", "REPO_URL": "https://github.com/o/r"}
    run(steps["Install"], here, "x", extra)
    out = run(steps["Check the reports"], here, "x", extra, status=1)
    assert len(re.findall(r"(?m)^::error file=", out)) == 3 and not re.search(r"(?m)^::(?!error|warning)", out)
    run(steps["Compare with the base"], here, "x", extra)
    left = here / ".cache" / "diff"
    assert (left / "pull-request").read_text("utf-8") == "7\n"
    text = (left / "diff.md").read_text("utf-8")
    assert text in summary.read_text("utf-8") and len(text.encode()) <= 60_000
    for named in ("$(touch pwned)", "2018.txt", "360400-finance/agency.yml, line 1"):
        assert named in text, named
    assert "@" not in text and "root:" not in text
    run(steps["Build the site"], here, "x", extra)
    assert (here / "site" / "index.html").is_file() and (here / "site" / "review" / "diff.json").is_file()
    assert not list(scene.rglob("pwned")) and not list(Path.cwd().glob("pwned"))


@pytest.mark.parametrize(("tag", "there", "status"), [("v1.2.3", False, 0), ("v1.2.3", True, 0), ("v9.9.9", False, 1)])
def test_a_tag_attaches_the_package_to_a_release(tmp_path: Path, tag: str, there: bool, status: int) -> None:
    """The steps of publish.yml pack the same bytes every time and refuse a tag that is not the package's version."""
    data = {"datapackage.json": '{\n "name": "x",\n "version": "1.2.3",\n "resources": []\n}\n', "data/a.csv": "a\n1\n"}
    for name, text in data.items():
        (tmp_path / "datapackage" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "datapackage" / name).write_text(text, "utf-8")
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin" / "gh"
    gh.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\n[ "$2" != view ] || exit {int(not there)}\n', "utf-8")
    gh.chmod(0o755)
    env = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "GITHUB_REF_NAME": tag, "GH_REPO": "o/r"}
    pack, attach = shell("publish.yml", "release").values()
    packed = []
    for _ in range(2):
        (tmp_path / "pack.py").write_text(pack, "utf-8")
        done = subprocess.run(
            [sys.executable, "-I", "pack.py"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr
        if status:
            assert "::error::" in done.stdout and "write one version into both" in done.stdout
            return
        packed.append((tmp_path / "ogi-reports-1.2.3.zip").read_bytes())
        os.utime(tmp_path / "datapackage" / "data" / "a.csv", (1, 1))
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "ogi-reports-1.2.3.zip") as archive:
        assert archive.namelist() == ["datapackage/data/a.csv", "datapackage/datapackage.json"]
    run(attach, tmp_path, "x", env)
    asked = (tmp_path / "asked").read_text("utf-8").split("\n")[:-1]
    upload = f"release upload {tag} ogi-reports-1.2.3.zip ogi-reports-1.2.3.zip.sha256 --clobber"
    assert asked[0] == f"release view {tag}" and asked[-1] == upload
    assert len(asked) == (2 if there else 3)


def installed(folder: Path) -> None:
    """An environment as `make` would leave it, of the Python that runs this test."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    command = folder / ".venv" / "bin" / "ogi"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}/scripts" exec "{sys.executable}" -m ogi "$@"\n', "utf-8")
    command.chmod(0o755)
    (folder / ".venv" / ".stamp").touch()


def shell(workflow: str, job: str) -> dict[str, str]:
    """The shell lines of a job's steps, in order, as the workflow has them now."""
    spec = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text("utf-8"))
    return {step["name"]: step["run"] for step in spec["jobs"][job]["steps"] if "run" in step}


def run(script: str, folder: Path, sha: str, extra: dict[str, str] | None = None, status: int = 0) -> str:
    """As GitHub runs a step: bash, stopping at the first error, in an environment that we name."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "GITHUB_SHA": sha, "GH_TOKEN": "ghs_secret", **(extra or {})}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr
