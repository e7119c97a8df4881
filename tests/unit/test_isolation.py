"""A document that breaks its reader costs only itself: its neighbours are read, in order, and the limit is
named."""

from __future__ import annotations

import os
import resource
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from office_files import W, docx, p, packed, tbl, tc, tr, xlsx

from ogi.errors import Unreadable
from ogi.model import Document, Grid
from ogi.readers import limits, read, serve, worker
from ogi.readers.worker import Pool, run_isolated

GOOD = docx(p("正文") + tbl(tr(tc("a"), tc("1"))))


kept: list[bytearray] = []


def behave(data: bytes, name: str) -> str | int:
    """Does what its document says."""
    word = data.decode()
    limits.enter("spinning" if word == "spin" else "tight")
    if word == "pid":
        return os.getpid()
    if word == "sleep":
        time.sleep(60)
    if word == "spin":
        while True:
            pass
    if word == "hoard":
        return len([bytes(10_000_000) for _ in range(1_000)])
    if word == "leak":
        limits.enter("start")
        kept.append(bytearray(serve.RETIRE_ABOVE))
    if word == "die":
        os._exit(9)
    if word == "signal":
        os.abort()
    if word == "child":
        return os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "60")
    if word == "child then sleep":
        Path(name).write_text(str(os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "60")))
        time.sleep(60)
    if word == "raise":
        raise KeyError("unforeseen")
    if word == "chatter":
        print("noise on standard output")
        os.write(2, b"noise on standard error")
    if word == "thread":
        return lambda: 1  # type: ignore[return-value]  # what cannot be sent back
    return word


def tightened(data: bytes, name: str) -> str | int:
    """`behave` within limits small enough for a test."""
    limits.LIMITS["tight"] = limits.Limit(memory=256 * limits.MB, cpu=20, wall=2.0)
    limits.LIMITS["spinning"] = limits.Limit(memory=256 * limits.MB, cpu=1, wall=60.0)
    return behave(data, name)


def outcome(word: str) -> str | int | Unreadable:
    ((_, result),) = run_isolated(tightened, [("a.txt", word.encode())])
    return result


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("sleep", "stopped after 2 seconds, the limit for tight"),
        ("spin", "stopped after 1 seconds of computing"),
        ("hoard", "more memory than allowed"),
        ("die", "its reader died (exit status 9)"),
        ("signal", "its reader died (SIGABRT)"),
        ("raise", "KeyError: 'unforeseen'"),
        ("thread", "failed"),
    ],
)
def test_what_a_reader_may_do_wrong(word: str, found: str) -> None:
    """Each way to fail becomes the document's own result, which says what happened and what to do."""
    result = outcome(word)
    assert isinstance(result, Unreadable) and found in result.found
    assert result.place == "a.txt" and result.remedy


def test_neighbours_are_read_in_order() -> None:
    """Results come in the order of the items, whatever dies or is late between them."""
    words = ["one", "die", "two", "hoard", "three", "sleep", "four"] + [str(n) for n in range(100)]
    results = list(run_isolated(tightened, [(word, word.encode()) for word in words], jobs=2))
    assert [name for name, _ in results] == words
    failed = [name for name, result in results if isinstance(result, Unreadable)]
    assert failed == ["die", "hoard", "sleep"]
    assert all(result == name for name, result in results if name not in failed)


def test_workers_are_reused_until_one_is_hurt() -> None:
    """A warm worker reads many documents; after a failure of memory a new one takes over."""
    words = ["pid", "pid", "raise", "pid", "hoard", "pid"]
    results = [result for _, result in run_isolated(tightened, [(w, w.encode()) for w in words])]
    assert results[0] == results[1] == results[3] != results[5]


def test_a_pool_serves_again() -> None:
    """The workers of a pool stay for the next call, and are gone after its `with`."""
    with Pool(tightened) as pool:
        ((_, first),) = pool.run([("a", b"pid")])
        ((_, second),) = pool.run([("b", b"pid")])
        assert first == second and isinstance(first, int)
    assert gone(first)


def test_a_parent_that_held_much_keeps_its_workers() -> None:
    """Only a worker's own memory retires it: a large build would start a process for every document."""
    bytearray(serve.RETIRE_ABOVE + limits.MB)  # held, and let go
    test_a_pool_serves_again()


def test_a_worker_that_keeps_much_retires() -> None:
    """What a library leaks goes with its worker."""
    with Pool(tightened) as pool:
        ((_, first), _, (_, second)) = pool.run([("a", b"pid"), ("b", b"leak"), ("c", b"pid")])
    assert first != second


def gone(pid: int) -> bool:
    """Whether the process ends within a second, or is only waited for."""
    for _ in range(50):
        try:
            if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_what_a_reader_started_dies_with_it(tmp_path: Path) -> None:
    """A child process of a worker is ended with its group when the document is stopped."""
    note = tmp_path / "pid"
    ((_, result),) = run_isolated(tightened, [(str(note), b"child then sleep")])
    assert isinstance(result, Unreadable)
    assert gone(int(note.read_text()))


def test_an_early_end_leaves_no_process() -> None:
    """Who stops listening half way leaves no worker behind."""
    results = run_isolated(tightened, [("a", b"pid"), ("b", b"sleep"), ("c", b"x")], jobs=2)
    _, pid = next(results)
    results.close()  # type: ignore[attr-defined]
    assert isinstance(pid, int) and gone(pid)


def test_noise_does_not_disturb() -> None:
    """What a library prints reaches neither the answer nor the user."""
    assert outcome("chatter") == "chatter"


def test_items_are_taken_as_they_are_needed() -> None:
    """A million items would never be in memory at once: the input is drawn on only a window ahead."""
    drawn = 0

    def items() -> Iterator[tuple[str, bytes]]:
        nonlocal drawn
        for n in range(1_000):
            drawn += 1
            yield str(n), b"x"

    results = run_isolated(tightened, items(), jobs=2)
    next(results)
    assert drawn <= 2 * worker.WINDOW + 2
    results.close()  # type: ignore[attr-defined]


def test_paths_are_read_in_the_worker(tmp_path: Path) -> None:
    """A path stands for its bytes; a missing or enormous file is that item's error."""
    (tmp_path / "a.docx").write_bytes(GOOD)
    with open(tmp_path / "huge.pdf", "wb") as huge:
        huge.truncate(limits.MAX_BYTES + 1)
    names = ["a.docx", "missing.pdf", "huge.pdf"]
    results = dict(run_isolated(read, [(name, tmp_path / name) for name in names]))
    assert isinstance(results["a.docx"], Document)
    assert "cannot be opened" in str(results["missing.pdf"]) and "over the limit" in str(results["huge.pdf"])


def test_a_system_without_memory_limits_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory cannot be limited one warning says that time limits are all there is."""
    monkeypatch.setattr(worker, "_said", [])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        worker._say_once()
        worker._say_once()
    assert [str(warning.message) for warning in caught] == [
        "This system cannot limit a process's memory; documents are held to time limits only."
    ]


def hostile() -> dict[str, tuple[bytes, str]]:
    """The files that killed parsers when they were measured, and what must be said of each."""
    main = f'<w:document xmlns:w="{W}"><w:body>'.encode()
    end = b"</w:body></w:document>"
    cells = {1: '<c r="A1"><v>1</v></c>', 1_048_576: '<c r="XFD1048576"><v>1</v></c>'}
    far = "<sheetData>" + "".join(f'<row r="{n}">{cell}</row>' for n, cell in cells.items()) + "</sheetData>"

    paragraphs = b"".join(Random(1).choices([b"<w:p/>", b"<w:p />", b"<w:p></w:p>"], k=1_000_000))

    def word(content: bytes, **more: bytes) -> bytes:
        return packed({"word/document.xml": content} | {f"word/{name}": data for name, data in more.items()})

    return {
        "bomb.docx": (word(main + b"\n" * 100_000_000 + end), "unpack to 95 MB"),
        "pictures.docx": (word(main + end, picture=bytes(70_000_000)), "unpack to 66 MB"),
        "paragraphs.docx": (word(main + paragraphs + end), "tags, over the limit of 1,000,000"),
        "same.docx": (word(main + b"<w:p/>" * 3_000_000 + end), "times its own size, over the limit of 200"),
        "members.docx": (word(main + end, **{str(n): b"" for n in range(2_000)}), "2001 members"),
        "deep.docx": (docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "no well-formed XML (Excessive depth"),
        "entities.docx": (word(b'<!DOCTYPE w [<!ENTITY a "ha">]>' + main + end), "a DOCTYPE"),
        "nested.html": (b"<html>" + b"<table><tr><td>" * 20_000, "20,000 tables"),
        "far.xlsx": (xlsx({"a": far}), "XFD1048576"),
        "half.docx": (GOOD[: len(GOOD) // 2], "cut off"),
        "empty.pdf": (b"", "empty"),
        "zeros.doc": (bytes(5_000), "zeros"),
        "noise.docx": (bytes(range(256)) * 40, "no known format"),
        "picture.gif": (b"GIF89a" + bytes(50), "a GIF picture"),
        "archive.zip": (packed({"report.txt": "x"}), "a zip of 1 files"),
    }


def test_hostile_files_stop_nobody() -> None:
    """Each hostile file is a clear error within ten seconds and two gigabytes; its neighbours are read."""
    files = hostile()
    items = [item for name, (data, _) in files.items() for item in ((name, data), ("good.docx", GOOD))]
    begun = time.monotonic()
    for name, result in run_isolated(read, items):
        taken, begun = time.monotonic() - begun, time.monotonic()
        assert taken < 10, name
        if name == "good.docx":
            assert isinstance(result, Document) and isinstance(result.blocks[1], Grid)
        else:
            assert isinstance(result, Unreadable), name
            assert result.place == name and files[name][1] in result.found and result.remedy
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    assert peak < 2 << 30


def test_spans_without_measure_are_read_in_place() -> None:
    """A gridSpan of a hundred million is clamped, and the document is read."""
    data = docx(tbl(tr(tc("a", '<w:gridSpan w:val="100000000"/>'), tc("1"))))
    ((_, result),) = run_isolated(read, [("wide.docx", data)])
    assert isinstance(result, Document)
