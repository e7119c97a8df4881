"""Work on documents in processes of their own, so that a hostile one costs only itself.

Comes in: a function of a module, and (name, bytes or path) items. Goes out: (name, result or
Unreadable) in the order of the items, whatever finished first, and never more than a window of them in
memory. Must not know: what the function does.

A worker is a fresh Python in its own process group, reused from document to document, talking pickles
over a socket; `limits.enter` inside of it sets RLIMIT_AS and RLIMIT_CPU and tells this side the wall
clock to hold it to. Plain processes rather than multiprocessing: nothing is forked from a parent with
threads, and no `__main__` is imported again.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Generic, TypeVar

from ogi.errors import Unreadable
from ogi.readers import limits

T = TypeVar("T")
Item = tuple[str, bytes | Path]
WINDOW = 32  # results a worker may be ahead of the slowest document
GRACE = 30.0  # seconds for a worker to start and import

_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[2]); "
    "from ogi.readers.serve import serve; serve(int(sys.argv[1]))"
)
_SMALLER = (
    "检查是不是只有一份年报；是的话，导出为 PDF，或把文字复制到 .txt "
    "check that it is one report; if it is, export it as PDF or copy its text into a .txt"
)


def run_isolated(
    function: Callable[[bytes, str], T], items: Iterable[Item], jobs: int = 1
) -> Iterator[tuple[str, T | Unreadable]]:
    """`function(data, name)` for every item on `jobs` warm workers; a failure is the item's own result."""
    with Pool(function, jobs) as pool:
        yield from pool.run(items)


class Pool(Generic[T]):
    """Warm workers for one function; a `with` block ends them all."""

    def __init__(self, function: Callable[[bytes, str], T], jobs: int = 1) -> None:
        self._function = pickle.dumps(function)
        self._workers: list[_Worker[T]] = []
        self._jobs = max(1, jobs)

    def __enter__(self) -> Pool[T]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def run(self, items: Iterable[Item]) -> Iterator[tuple[str, T | Unreadable]]:
        todo = enumerate(items)
        done: dict[int, tuple[str, T | Unreadable]] = {}
        given = out = 0
        more = True
        while True:
            while more and given - out < WINDOW * self._jobs and (worker := self._idle()) is not None:
                try:
                    given, (name, source) = next(todo)
                except StopIteration:
                    more = False
                    break
                worker.start(given, name, source)
                given += 1
            while out in done:
                yield done.pop(out)
                out += 1
            busy = [worker for worker in self._workers if worker.name is not None]
            if not busy:
                if more:
                    continue
                return
            for worker in _ready(busy):
                result = worker.result()
                if result is not None:
                    index, name, value = result
                    done[index] = (name, value)

    def _idle(self) -> _Worker[T] | None:
        for worker in self._workers:
            if worker.name is None:
                return worker
        if len(self._workers) < self._jobs:
            self._workers.append(_Worker(self._function))
            return self._workers[-1]
        return None


class _Worker(Generic[T]):
    """One process: at most one document at a time; `name` is the document's, None while idle."""

    def __init__(self, function: bytes) -> None:
        self._function = function
        self._process: subprocess.Popen[bytes] | None = None
        self.name: str | None = None

    def start(self, index: int, name: str, source: bytes | Path) -> None:
        if self._process is None or self._process.poll() is not None:
            self._spawn()
        try:
            self.connection.send((name, source))
        except (BrokenPipeError, ConnectionResetError):  # it died while idle
            self._spawn()
            self.connection.send((name, source))
        self.index, self.name = index, name
        self._in_force("start", limits.LIMITS["start"])

    def result(self) -> tuple[int, str, T | Unreadable] | None:
        """The document's result, once there is one; None for a message on the way to it."""
        try:
            if not self.connection.poll():
                return self._over("clock")
            kind, *rest = self.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._over("death")
        if kind == "limit":
            self._in_force(*rest)
            return None
        value, retire = rest
        if retire:
            self.kill()
        return self._done(value)

    def kill(self) -> int:
        """End it with everything it started; gives how it ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        self.connection.close()
        ended = process.poll()
        if ended is None:
            try:
                ended = process.wait(0.05 if self.name is None else 0)
            except subprocess.TimeoutExpired:
                pass
        kills: tuple[Callable[[], None], ...] = (lambda: os.killpg(process.pid, signal.SIGKILL), process.kill)
        for kill in kills:
            try:
                kill()
            except (ProcessLookupError, PermissionError):
                pass
        return process.wait() if ended is None else ended

    def _spawn(self) -> None:
        self.kill()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, str(theirs.fileno()), json.dumps(sys.path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                process_group=0,
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
        self.connection = Connection(ours.detach())
        self.connection.send_bytes(self._function)
        if not self.connection.poll(GRACE):
            self.kill()
            raise RuntimeError(f"a reading process did not start within {GRACE:.0f} seconds")
        try:
            trouble, memory_limited = self.connection.recv()
        except (EOFError, ConnectionResetError):
            raise RuntimeError(f"a reading process died at its start (exit status {self.kill()})") from None
        if trouble:
            self.kill()
            raise RuntimeError(f"a reading process could not start: {trouble}")
        if not memory_limited:
            _say_once()

    def _in_force(self, kind: str, limit: limits.Limit) -> None:
        self.kind, self.limit, self.deadline = kind, limit, time.monotonic() + limit.wall

    def _over(self, how: str) -> tuple[int, str, T | Unreadable]:
        assert self.name is not None
        ended = self.kill()
        what = {"start": "this document", "office": "LibreOffice"}.get(self.kind, self.kind)
        if how == "clock":
            wall = f"{self.limit.wall:g}"
            found = f"读了 {wall} 秒还没读完，已停止 reading it was stopped after {wall} seconds, the limit for {what}"
        elif ended == -signal.SIGXCPU:
            cpu = self.limit.cpu
            found = (
                f"计算了 {cpu} 秒还没读完，已停止 "
                f"reading it was stopped after {cpu} seconds of computing, the limit for {what}"
            )
        else:
            memory = f"{self.limit.memory >> 20} MB"
            found = (
                f"读取中断，多半是超过了 {memory} 内存的上限 "
                f"its reader died ({_signal(ended)}), most likely over the memory limit of {memory} for {what}"
            )
        return self._done(Unreadable(self.name, found, _SMALLER))

    def _done(self, value: T | Unreadable) -> tuple[int, str, T | Unreadable]:
        assert self.name is not None
        name, self.name = self.name, None
        return self.index, name, value


def _ready(busy: list[_Worker[T]]) -> list[_Worker[T]]:
    """Those with a message, or, once a deadline is over, those past it."""
    soonest = min(worker.deadline for worker in busy)
    heard = set(wait([worker.connection for worker in busy], max(0.0, soonest - time.monotonic())))
    now = time.monotonic()
    return [worker for worker in busy if worker.connection in heard or worker.deadline <= now]


def _signal(ended: int) -> str:
    try:
        return signal.Signals(-ended).name if ended < 0 else f"exit status {ended}"
    except ValueError:
        return f"signal {-ended}"


_said: list[bool] = []


def _say_once() -> None:
    if not _said:
        _said.append(True)
        warnings.warn(
            "This system cannot limit a process's memory; documents are held to time limits only.",
            RuntimeWarning,
            stacklevel=2,
        )
