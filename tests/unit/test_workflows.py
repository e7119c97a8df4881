"""The workflows and forms under .github are valid, pinned and safe, and what they run is there and works."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SCHEMAS = [
    *[(p, "vendor.github-workflows") for p in WORKFLOWS],
    *[(p, "vendor.github-issue-forms") for p in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*-*.yml"))],
    (GITHUB / "ISSUE_TEMPLATE" / "config.yml", "vendor.github-issue-config"),
    (GITHUB / "dependabot.yml", "vendor.dependabot"),
    (ROOT / "CITATION.cff", "vendor.citation-file-format"),
]


@pytest.mark.parametrize(("path", "schema"), SCHEMAS, ids=lambda v: getattr(v, "name", ""))
def test_a_file_holds_to_its_schema(path: Path, schema: str) -> None:
    """GitHub, Dependabot and citation tools will accept the file as it stands."""
    told = tool("check-jsonschema", "--builtin-schema", schema, path)
    assert told.returncode == 0, told.stdout + told.stderr


def test_no_workflow_has_a_known_weakness() -> None:
    """zizmor, which reads workflows as an attacker would, has nothing to say."""
    told = tool("zizmor", "--offline", "--no-progress", "--persona", "pedantic", GITHUB)
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_weakness_would_be_seen(tmp_path: Path) -> None:
    """A title of a pull request in a shell line, with a token that may write, does not pass."""
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "bad.yml").write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - uses: actions/checkout@v4\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n",
        "utf-8",
    )
    told = tool("zizmor", "--offline", "--no-progress", tmp_path)
    assert told.returncode != 0
    found = set(re.findall(r"[a-z-]+", told.stdout))
    assert {"template-injection", "dangerous-triggers", "unpinned-uses"} <= found


def test_forms_and_docs_use_known_labels() -> None:
    """Every label that a form sets, and those that CONTRIBUTING names, are in labels.yml, each once, with colour and purpose."""
    labels = yaml.safe_load((GITHUB / "labels.yml").read_text("utf-8"))
    names = [label["name"] for label in labels]
    assert len(names) == len(set(names))
    for label in labels:
        assert re.fullmatch("[0-9a-f]{6}", label["color"]) and 0 < len(label["description"]) <= 100, label
    used = {"good first report", "takedown"}
    for path in (GITHUB / "ISSUE_TEMPLATE").glob("*-*.yml"):
        used |= set(yaml.safe_load(path.read_text("utf-8"))["labels"])
    assert used <= set(names)


def test_contributing_names_every_command_and_question() -> None:
    """Each command for contributors and each flag that answers a question of `ogi add` is explained."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    told = [sys.executable, "-m", "ogi", "add", "--help"]
    shown = subprocess.run(told, cwd=ROOT / "scripts", capture_output=True, text=True, check=True).stdout
    for word in ("ogi add", "ogi check", "ogi diff", "ogi wanted", "--dry-run"):
        assert word in text, word
    for flag in ("--region", "--sector", "--year", "--name", "--agency"):
        assert f"`{flag}`" in text and flag in shown, flag


def test_each_recipe_is_short() -> None:
    """How to add a form, a label, a format, a rule or a pattern takes under ten lines each."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    recipes = re.findall(r"(?m)^\*\*(A [a-z ]+)\*\* .*\n((?:[0-9]\. .*\n)+)", text)
    assert [name for name, _ in recipes] == ["A form", "A label variant", "A format", "A rule", "A statement pattern"]
    assert all(len(body.strip().split("\n")) < 10 for _, body in recipes)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_every_action_is_pinned_and_every_job_limited(path: Path) -> None:
    """Actions stand at a commit, their version beside it; a job has a time limit and rights of its own."""
    for line in re.findall(r"uses: .*", path.read_text("utf-8")):
        assert re.fullmatch(r"uses: actions/[a-z/-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+(  # zizmor: .*)?", line), line
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 30
        assert job["permissions"]
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_a_pull_request_can_only_read() -> None:
    """Code of a stranger runs without secrets, and with no right but that to read the repository."""
    workflow = yaml.safe_load((GITHUB / "workflows" / "check.yml").read_text("utf-8"))
    assert workflow[True] == {"pull_request": None}  # YAML 1.1 reads `on` as true
    assert all(job["permissions"] == {"contents": "read"} for job in workflow["jobs"].values())
    assert "secrets." not in (GITHUB / "workflows" / "check.yml").read_text("utf-8")


def test_what_builds_keep_comes_from_main_alone() -> None:
    """A pull request takes what main made and leaves nothing behind; a release takes nothing."""
    jobs = [(path.stem, job) for path in WORKFLOWS for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()]
    kept = {name: step for name, job in jobs for step in job["steps"] if "actions/cache" in step.get("uses", "")}
    uses = {name: step["uses"].split("@")[0] for name, step in kept.items()}
    assert uses == {"check": "actions/cache/restore", "publish": "actions/cache"}
    assert all(step["with"]["path"] == ".cache" for step in kept.values())
    assert kept["publish"]["if"] == "github.ref == 'refs/heads/main'"


def test_a_job_that_may_write_runs_none_of_our_code() -> None:
    """Where a token can change something, nothing of the repository is executed."""
    for path in WORKFLOWS:
        for name, job in yaml.safe_load(path.read_text("utf-8"))["jobs"].items():
            if set(job["permissions"].values()) - {"read"}:
                runs = " ".join(step.get("run", "") for step in job["steps"])
                ours = re.search(r"(?m)(?:^|[\s;&|(`])(make|python3?|pip|ogi|bash|sh)(?=\s|$)|(?:^|\s)\./|\.ci/", runs)
                assert not ours, f"{path.name}: {name} runs {ours}"
                for step in job["steps"]:  # a program of the workflow's own sees nothing of the folder it runs in
                    assert step.get("shell", "python3 -I {0}") == "python3 -I {0}"


def test_the_commenting_workflow_touches_nothing_of_the_pull_request() -> None:
    """It uses no action, checks nothing out, holds the least rights, and only runs after `check`."""
    workflow = yaml.safe_load((GITHUB / "workflows" / "comment.yml").read_text("utf-8"))
    (job,) = workflow["jobs"].values()
    assert workflow[True] == {"workflow_run": {"workflows": ["check"], "types": ["completed"]}}
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert all("uses" not in step for step in job["steps"])
    assert "${{" not in "".join(step["run"] for step in job["steps"])


def test_what_a_workflow_runs_is_there() -> None:
    """Each `make` command and each script that a workflow names exists."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        for target in re.findall(r"run: make ([a-z]+)", text):
            assert re.search(rf"^{target}:", makefile, re.M), f"{path.name}: make {target}"
        for script in re.findall(r"run: (\.ci/\S+)", text):
            assert (ROOT / script).stat().st_mode & 0o111, f"{path.name}: {script} cannot be executed"


def test_the_ci_script_is_sound_bash() -> None:
    """.ci/run parses, stops at the first error and at unset names, and ends in `make test`."""
    text = (ROOT / ".ci" / "run").read_text("utf-8")
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0
    assert "set -euo pipefail" in text
    assert text.rstrip().endswith("exec make test")


@pytest.mark.parametrize(("built", "moved_on", "commits"), [
    ({"a.csv": "1\n"}, False, 0),
    ({"a.csv": "2\n", "b.csv": "3\n"}, False, 1),
    ({"b.csv": "3\n"}, False, 1),
    ({"a.csv": "2\n"}, True, 0),
])
def test_publishing_commits_the_package_only_if_it_changed(
    tmp_path: Path, built: dict[str, str], moved_on: bool, commits: int
) -> None:
    """The steps of publish.yml, run against a bare repository, commit the built bytes, once, or nothing."""
    bare, work = tmp_path / "bare.git", tmp_path / "work"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", bare.name)
    git(tmp_path, "clone", "--quiet", bare.name, work.name)
    write(work, {"README.md": "x\n", "datapackage/a.csv": "1\n"})
    commit(work, "start")
    before = git(bare, "rev-parse", "main")
    if moved_on:
        git(tmp_path, "clone", "--quiet", bare.name, "other")
        write(tmp_path / "other", {"reports/new.txt": "new\n"})
        commit(tmp_path / "other", "another merge")
        before, base = git(bare, "rev-parse", "main"), before
    else:
        base = before

    make_room, commit_it = steps("publish.yml", "commit")
    run(make_room, work, base)
    write(work, {f"datapackage/{name}": text for name, text in built.items()})  # what the download gives
    told = run(commit_it, work, base)

    assert git(bare, "rev-list", "--count", f"{before}..main") == str(commits)
    assert "ghs_secret" not in told + (work / ".git" / "config").read_text("utf-8")
    if commits:
        assert git(bare, "ls-tree", "-r", "--name-only", "main").split() == [
            "README.md", *(f"datapackage/{name}" for name in sorted(built))
        ]
    if moved_on:
        assert "moved on" in told


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = Path(sys.executable).with_name(name)
    return subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, check=False)


def steps(workflow: str, job: str) -> list[str]:
    """The shell lines of a job, as the workflow has them."""
    spec = yaml.safe_load((GITHUB / "workflows" / workflow).read_text("utf-8"))
    return [step["run"] for step in spec["jobs"][job]["steps"] if "run" in step]


def run(script: str, folder: Path, sha: str) -> str:
    """As GitHub runs a step: bash, stopping at the first error, in an environment that we name."""
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder.parent), "GITHUB_SHA": sha, "GH_TOKEN": "ghs_secret"}
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--message", message)
    git(folder, "push", "--quiet", "origin", "HEAD:main")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()
