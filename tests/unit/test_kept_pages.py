"""Pages kept between builds: what is as it was stays the very same file, what is not is put right."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ogi.site.kept_pages import Section

FIRST = {"index.html": b"<p>1", "parts/a.bin": b"a", "parts/b.bin": b"b"}
SECOND = {"index.html": b"<p>2", "parts/a.bin": b"a", "parts/c.bin": b"c"}


def built(root: Path, files: Mapping[str, bytes], site: str = "site") -> bool:
    """A section of one page, `p`; whether it was there already."""
    with Section(root / "kept", root / site, "pages") as section:
        key = section.key(repr(files))
        found = section.take("p", key)
        if found is None:
            section.keep("p", key, files.items())
        return found is not None


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_of_a_page_made_anew_only_what_differs_is_written(tmp_path: Path) -> None:
    built(tmp_path, FIRST)
    page = tmp_path / "site/pages/p"
    same, other = page / "parts/a.bin", page / "index.html"
    before = [os.stat(path).st_ino for path in (same, other)]
    built(tmp_path, SECOND)
    assert files_of(page) == files_of(tmp_path / "kept/pages/p") == SECOND
    assert os.stat(same).st_ino == before[0]
    assert os.stat(other).st_ino != before[1]


def test_a_site_of_two_builds_ago_is_put_right(tmp_path: Path) -> None:
    built(tmp_path, FIRST)
    built(tmp_path, SECOND, "other")
    assert built(tmp_path, SECOND)
    assert files_of(tmp_path / "site/pages/p") == SECOND


@pytest.mark.parametrize(
    "touch",
    [
        lambda page: (page / "more.txt").write_text("more"),
        lambda page: (page / "index.html").unlink(),
        lambda page: ((page / "index.html").unlink(), (page / "index.html").write_bytes(b"<p>x")),
        lambda page: ((page / "index.html").unlink(), (page / "index.html").mkdir()),
        lambda page: ((page / "index.html").unlink(), (page / "index.html").symlink_to("parts/a.bin")),
    ],
)
@pytest.mark.parametrize("files", [FIRST, SECOND])
def test_what_a_hand_touched_is_put_right(
    tmp_path: Path, touch: Callable[[Path], object], files: Mapping[str, bytes]
) -> None:
    built(tmp_path, FIRST)
    for where in ("site", "kept"):
        touch(tmp_path / where / "pages/p")
    built(tmp_path, files)
    assert files_of(tmp_path / "site/pages/p") == files
    assert not (tmp_path / "site/pages/p/index.html").is_symlink()
