"""The workflow that comments on pull requests, run as it stands against a GitHub of our own and artifacts of an enemy."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SHA = "a" * 40
MARK = "<!-- what this pull request changes -->"
TITLE = "`@everyone` $(touch pwned) ${{ github.token }}"
Files = dict[str, bytes]


class GitHub(ThreadingHTTPServer):
    """The few answers of GitHub's API that the workflow asks for, and a record of what it wrote and which token it sent where."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.artifact = b""
        self.claimed: int | None = None
        self.comments: list[dict[str, Any]] = []
        self.pulls = {"7": {"state": "open", "title": TITLE, "head": {"sha": SHA}}}
        self.wrote: list[tuple[str, str, str]] = []
        self.tokens: list[tuple[str, str | None]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        here, path = self.server, self.path.split("?")[0]
        here.tokens.append((path, self.headers["Authorization"]))
        if path.startswith("/storage/"):
            return self.answer(200, here.artifact)
        if path.endswith("/zip"):
            return self.answer(302, b"", here.url + "/storage/1")
        if path == "/repos/o/r/actions/runs/9/artifacts":
            size = len(here.artifact) if here.claimed is None else here.claimed
            there = [{"id": 1, "name": "diff", "expired": False, "size_in_bytes": size}] if here.artifact else []
            return self.answer(200, json.dumps({"artifacts": there}).encode())
        if path.startswith("/repos/o/r/pulls/"):
            pull = here.pulls.get(path.rsplit("/", 1)[1])
            return self.answer(200 if pull else 404, json.dumps(pull).encode())
        if path.endswith("/comments"):
            return self.answer(200, json.dumps(here.comments if "&page=1" in self.path else []).encode())
        self.answer(404, b"{}")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        self.server.wrote.append((self.command, self.path, body))
        self.answer(201, b"{}")

    do_PATCH = do_POST

    def answer(self, code: int, data: bytes, location: str | None = None) -> None:
        self.send_response(code)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def github() -> Iterator[GitHub]:
    server = GitHub()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def packed(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def said(github: GitHub, folder: Path, passed: str = "true") -> subprocess.CompletedProcess[str]:
    """The step of comment.yml, run as the runner does: its lines in a file, its shell in isolation."""
    (job,) = yaml.safe_load((ROOT / ".github/workflows/comment.yml").read_text("utf-8"))["jobs"].values()
    (step,) = job["steps"]
    assert step["shell"] == "python3 -I {0}" and set(step["env"]) == {"GH_TOKEN", "RUN_ID", "HEAD_SHA", "PASSED"}
    (folder / "step.py").write_text(step["run"], "utf-8")
    env = {
        "PATH": os.environ["PATH"], "GH_TOKEN": "ghs_secret", "RUN_ID": "9", "HEAD_SHA": SHA, "PASSED": passed,
        "GITHUB_API_URL": github.url, "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r",
    }
    return subprocess.run(
        [sys.executable, "-I", str(folder / "step.py")], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def test_one_comment_is_made_and_then_renewed(github: GitHub, tmp_path: Path) -> None:
    """The first run posts, a later one changes that comment, whoever else has written its mark; the token stays with GitHub."""
    text = "## 数据变化\n\n| a | b |\n| --- | --- |\n| `1` | **2** |\n"
    github.artifact = packed({"diff.md": text.encode(), "pull-request": b"7\n"})
    done = said(github, tmp_path)
    assert done.returncode == 0, done.stderr
    ((method, path, body),) = github.wrote
    assert (method, path) == ("POST", "/repos/o/r/issues/7/comments")
    assert body.startswith(MARK) and "| `1` | **2** |" in body and "✅" in body
    assert "https://github.com/o/r/actions/runs/9#artifacts" in body
    github.comments = [
        {"id": 3, "user": {"login": "mallory"}, "body": body},
        {"id": 4, "user": {"login": "github-actions[bot]"}, "body": "hello"},
        {"id": 5, "user": {"login": "github-actions[bot]"}, "body": body},
    ]
    assert said(github, tmp_path, "false").returncode == 0
    assert github.wrote[1][:2] == ("PATCH", "/repos/o/r/issues/comments/5") and "❌" in github.wrote[1][2]
    assert {token for path, token in github.tokens if path.startswith("/repos/")} == {"Bearer ghs_secret"}
    assert {token for path, token in github.tokens if path.startswith("/storage/")} == {None}
    assert TITLE not in body and "ghs_secret" not in done.stdout + done.stderr + body


def test_poisoned_markdown_is_neutral(github: GitHub, tmp_path: Path) -> None:
    """Mentions, HTML, links, pictures, entities, references, addresses, an imitated mark: all of it arrives as text."""
    poison = (
        "@everyone @org/team `@x` <img src=x onerror=alert(1)> <!-- what this pull request changes --> ![x](https://evil.example/p.png)\n"
        "[click](javascript:alert(1)) &#64;admin http://evil.example www.evil.example o/r#1 #2 GH-3 \u202e\x00\x1b[31m\n"
        "```\n::error::x\n[ref]: https://evil.example\n"
    )
    github.artifact = packed({"diff.md": poison.encode(), "pull-request": b"7"})
    done = said(github, tmp_path)
    assert done.returncode == 0, done.stderr
    body = github.wrote[0][2]
    theirs = body.split("itself.\n\n", 1)[1]
    for active in ("@", "<", ">", "](", "[", "&", "://", "www.", "#1", "#2", "GH-3", "\u202e", "\x00", "\x1b"):
        assert active not in theirs, active
    assert "＠everyone" in theirs and body.count(MARK) == 1
    assert "::error" not in done.stdout


@pytest.mark.parametrize(("files", "why"), [
    ({"diff.md": b"x", "pull-request": b"7; touch pwned"}, "is larger than"),
    ({"diff.md": b"x", "pull-request": b"$(id)"}, "no number"),
    ({"diff.md": b"x", "pull-request": b"../7"}, "no number"),
    ({"diff.md": b"x", "pull-request": b"07"}, "no number"),
    ({"diff.md": b"x", "pull-request": "７".encode()}, "no number"),
    ({"diff.md": b"x", "pull-request": b"8"}, "no pull request of that number"),
    ({"diff.md": b"x"}, "does not hold one file pull-request"),
    ({"../../diff.md": b"x", "pull-request": b"7"}, "does not hold one file diff.md"),
    ({"diff.md": b"0" * 100_000_000, "pull-request": b"7"}, "diff.md is larger than 60000 bytes"),
])
def test_a_poisoned_artifact_says_nothing(github: GitHub, tmp_path: Path, files: Files, why: str) -> None:
    """Numbers that are none, missing and stray files, a zip bomb: refused by name, with nothing written anywhere."""
    github.artifact = packed(files)
    done = said(github, tmp_path)
    assert done.returncode == 1 and done.stdout.startswith("::error::") and why in done.stdout, done.stdout + done.stderr
    assert github.wrote == [] and [p.name for p in tmp_path.iterdir()] == ["step.py"]


@pytest.mark.parametrize(("artifact", "claimed"), [
    (b"PK\x03\x04 no zip", None), (b"x" * 600_000, None), (b"x" * 600_000, 100), (packed({"a": b"b"}), 10_000_000),
])
def test_a_broken_or_huge_artifact_says_nothing(github: GitHub, tmp_path: Path, artifact: bytes, claimed: int | None) -> None:
    """What is no zip, or is larger than it may be or claims to be, is refused before it is unpacked."""
    github.artifact, github.claimed = artifact, claimed
    done = said(github, tmp_path)
    assert done.returncode == 1 and "::error::" in done.stdout and github.wrote == []


@pytest.mark.parametrize("pull", [
    {"state": "open", "title": "", "head": {"sha": "b" * 40}}, {"state": "closed", "title": "", "head": {"sha": SHA}},
])
def test_another_pull_request_cannot_be_written_to(github: GitHub, tmp_path: Path, pull: dict[str, Any]) -> None:
    """A number that is not of the commit that was checked, or of a closed pull request, is left alone."""
    github.pulls["7"] = pull
    github.artifact = packed({"diff.md": b"x", "pull-request": b"7"})
    done = said(github, tmp_path)
    assert done.returncode == 0 and "nothing said" in done.stdout and github.wrote == []


def test_a_check_that_left_nothing_is_no_failure(github: GitHub, tmp_path: Path) -> None:
    """Where the check stopped early there is nothing to say, and that is said."""
    done = said(github, tmp_path)
    assert done.returncode == 0 and "::notice::" in done.stdout and github.wrote == []
