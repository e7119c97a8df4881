"""The house holds: layers, tree, lock, and the commands that the docs promise."""

from __future__ import annotations

import ast
import fnmatch
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
MODULES = sorted(SCRIPTS.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"^([a-z]+):.*  ## ", MAKEFILE, re.M)

# From the ground up; a unit is a module or a package right under ogi/.
FLOORS = (
    {"model", "errors", "messages", "paths", "tuples", "due"},
    {"regions", "yamlfile", "fingerprint"},
    {"kept_texts", "doubts", "forms"},
    {"worths"},
    {"readers", "package", "collection", "unchanged"},
    {"extract", "checks", "site"},
    {"corrections", "revisions", "settling", "understanding"},
    {"judging", "readings", "kept_parts"},
    {"rendering"},
    {"pipeline"},
    {"contribute"},
    {"cli"},
    {"__main__"},
)
FLOOR = {unit: n for n, units in enumerate(FLOORS) for unit in units}
# A floor uses only those below. Below, and still closed: readers know no form, checks no format; the site reads the package and
# nothing of the first half.
CLOSED = {
    ("readers", "forms"), ("readers", "worths"), ("checks", "readers"),
    ("site", "readers"), ("site", "forms"), ("site", "worths"), ("site", "collection"),
}

# What the project is timed against lives in an environment of its own.
PEERS = {"markitdown"}

TREE = {
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA", "Makefile",
    "mkdocs.yml", "pyproject.toml", "requirements.lock", "reports", "scripts", "datapackage", "docs", "tests",
    "benchmarks", ".github", ".ci", ".gitignore", ".gitattributes",
}


def test_no_import_runs_upwards() -> None:
    """Every unit of ogi uses only the floors below its own, and what is closed to it stays closed."""
    wrong = {
        f"{source} imports {target} ({place})"
        for source, target, place in arrows(SCRIPTS / "ogi")
        if not allowed(source, target)
    }
    assert not wrong, "\n".join(sorted(wrong))


def test_the_layer_test_sees_every_kind_of_import(tmp_path: Path) -> None:
    """A forbidden import is found whether it is written absolute, relative, or inside a function."""
    (tmp_path / "readers").mkdir()
    (tmp_path / "readers" / "pdf.py").write_text(
        "from ogi.forms import load\nimport ogi.cli\nfrom ogi import checks\nfrom ..extract import extract\n"
        "def late():\n    from .. import site\n",
        "utf-8",
    )
    found = {target for source, target, _ in arrows(tmp_path) if not allowed(source, target)}
    assert found == {"forms", "cli", "checks", "extract", "site"}


def test_every_unit_has_its_floor() -> None:
    """A new module right under ogi/ is placed on a floor before it is used."""
    units = {p.stem for p in (SCRIPTS / "ogi").glob("*.py")} - {"__init__"}
    units |= {p.parent.name for p in (SCRIPTS / "ogi").glob("*/*.py")}
    assert units <= set(FLOOR), f"give a floor to {sorted(units - set(FLOOR))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SCRIPTS).as_posix())
def test_a_module_is_short_named_and_says_its_job(path: Path) -> None:
    """A module has at most 300 lines, is not called utils, and opens with a docstring."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 300
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SCRIPTS).as_posix())
def test_what_the_type_checker_must_pass_over_says_why(path: Path) -> None:
    """`# type: ignore` names what is ignored, and the reason stands behind it."""
    for line in path.read_text("utf-8").splitlines():
        assert "type: ignore" not in line or re.search(r"# type: ignore\[[a-z, -]+\]  # \w", line), line


def test_the_top_level_is_the_one_that_was_agreed() -> None:
    """Nothing new lies at the top of the tree but what .gitignore names, and nothing of it is missing."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split("\n") if line]
    there = {p.name for p in ROOT.iterdir()} - {".git"}
    there = {name for name in there if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}
    assert there == TREE


def test_the_lock_is_exact_hashed_and_names_no_address() -> None:
    """Each line of requirements.lock is a pin or a sha256: no host, no path, no option."""
    pin = r"[a-z0-9-]+==[0-9a-z.+!]+( ; [a-z_]+ [<>=!]=? '[\w.]+'( (and|or) [a-z_]+ [<>=!]=? '[\w.]+')*)? \\"
    sha = r"    --hash=sha256:[0-9a-f]{64}( \\)?"
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    assert len(lines) > 100
    assert [line for line in lines if not re.fullmatch(f"{pin}|{sha}", line)] == []


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """Every dependency that `make` installs is locked, at a version that pyproject.toml admits."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins = [tuple(m) for m in re.findall(r"^([a-z0-9-]+)==([^ ]+)", lock, re.M)]
    for wanted in declared("ocr", "test", "build"):
        versions = [v for name, v in pins if name == canonicalize_name(wanted.name)]
        assert versions and all(wanted.specifier.contains(v) for v in versions), f"run `make lock`: {wanted}"


def test_every_package_that_is_imported_is_declared() -> None:
    """What the code imports stands in pyproject.toml; nothing comes in by way of another package."""
    core = {canonicalize_name(r.name) for r in declared("ocr", "cluster")}
    every = {canonicalize_name(r.name) for r in declared("ocr", "cluster", "test", "build")}
    owners = packages_distributions()
    wrong = []
    for folder, known in (("scripts", core), ("benchmarks", every), ("tests", every)):
        own = {"ogi", "benchmarks", "tests", *PEERS} | {p.stem for p in (ROOT / folder).rglob("*.py")}
        for path in sorted((ROOT / folder).rglob("*.py")):
            for name in {n.split(".")[0] for n, _ in imported(path, ())} - own - sys.stdlib_module_names:
                if not known & {canonicalize_name(d) for d in owners.get(name, [name])}:
                    wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_help_names_every_command_of_the_makefile() -> None:
    """`make` alone lists each command with a sentence; each is phony, and each module it runs exists."""
    shown = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(TARGETS) >= {"help", "site", "serve", "check", "test", "lint", "lock", "clean"}
    assert set(re.findall(r"^  ([a-z]+) +\S", shown, re.M)) >= set(TARGETS)
    assert set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split()) == set(TARGETS)
    for module in re.findall(r"python -m (benchmarks[\w.]*)", MAKEFILE):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), f"no module {module}"


@pytest.mark.parametrize("target", TARGETS)
def test_every_command_of_the_makefile_is_explained(target: str) -> None:
    """README or CONTRIBUTING names the command where a reader needs it."""
    docs = (ROOT / "README.md").read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert re.search(rf"\bmake {target}\b", docs)


def allowed(source: str, target: str) -> bool:
    if source == target:
        return True
    if source not in FLOOR:
        return True  # another test asks for its floor
    return FLOOR[source] > FLOOR[target] and (source, target) not in CLOSED


def arrows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every import from one unit of ogi to another: (source, target, file:line)."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        if parts == ("__init__",):
            continue
        for name, line in imported(path, ("ogi", *parts[:-1])):
            steps = name.split(".")
            if steps[0] == "ogi" and len(steps) > 1 and steps[1] in FLOOR:
                yield parts[0], steps[1], f"{path.relative_to(folder)}:{line}"


def imported(path: Path, package: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Full names of what a file imports, anywhere in it; `package` is where relative imports start."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            if node.level and not package:
                continue
            for alias in node.names:
                yield ".".join((*base, *filter(None, [node.module]), alias.name)), node.lineno


def declared(*extras: str) -> list[Requirement]:
    """Dependencies of pyproject.toml: the core's and those of the extras and groups named."""
    optional = PROJECT["project"]["optional-dependencies"] | PROJECT["dependency-groups"]
    return [Requirement(r) for r in sum((optional[e] for e in extras), PROJECT["project"]["dependencies"])]
