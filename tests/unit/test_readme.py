"""README and CONTRIBUTING tell the truth: their links lead somewhere, their lines run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ogi import __version__
from ogi.collection import collect
from ogi.collection.agency import read_agency

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_links_lead_somewhere(text: str) -> None:
    """Every link to a file finds it; every link to a heading finds the heading, as GitHub names it."""
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in {anchor(h) for h in re.findall(r"^#+ (.+)$", text, re.M)}, target
        else:
            assert (ROOT / target).exists(), target


def test_the_python_of_the_readme_runs() -> None:
    """The three lines load the data package as it is committed, and print the collected reports."""
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    assert code.count("\n") == 3
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "360200-science-technology-2021" in done.stdout


def test_the_r_of_the_readme_names_columns_that_exist() -> None:
    """R reads the same file and columns as Python does."""
    (code,) = re.findall(r"```r\n(.*?)```", README, re.S)
    (path,) = re.findall(r'read\.csv\("([^"]+)"', code)
    header = (ROOT / path).read_text("utf-8").splitlines()[0].split(",")
    named = {"item", *re.findall(r'"(\w+)"', code.splitlines()[1])}
    assert named - {"new_received"} <= set(header)


def test_the_readme_is_written_twice() -> None:
    """The Chinese and the English half have the same sections."""
    _, chinese, english = re.split(r"^## (?:中文|English)$", README, flags=re.M)
    assert chinese.count("\n### ") == english.count("\n### ") == 4


def test_the_agency_file_of_contributing_is_accepted() -> None:
    """What CONTRIBUTING shows can be pasted: the agency, its report and the correction are all understood."""
    agency, correction, _ = re.findall(r"```yaml\n(.*?)```", CONTRIBUTING, re.S)
    read = read_agency((agency + correction).encode(), "360200-science-technology", "agency.yml")
    assert read.problem is None and read.faults == ()
    assert [(e.year, e.file, len(e.corrections)) for e in read.agency.entries] == [(2021, "2021.txt", 1)]


def test_the_coverage_list_of_contributing_is_accepted(tmp_path: Path) -> None:
    """The list of what is known and not collected can be pasted too."""
    *_, known = re.findall(r"```yaml\n(.*?)```", CONTRIBUTING, re.S)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "coverage.yml").write_text(known, encoding="utf-8")
    assert [f.problem for f in collect(tmp_path / "reports").files if f.problem] == []


def test_the_citation_names_this_version() -> None:
    """CITATION.cff and the package have one version."""
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == __version__


def anchor(heading: str) -> str:
    """GitHub's anchor of a heading: lower case, no punctuation, a dash for each space."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
