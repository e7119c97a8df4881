"""The other side of worker.py: the loop inside a reading process.

Comes in: the number of a socket; over it the function, then documents. Goes out: results, and the
limits as they come into force. Must not know: what the function does. It ends when the socket closes,
so no worker outlives its parent for long.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from ogi.errors import Unreadable
from ogi.readers import limits, remedies

RETIRE_AFTER = 1_000  # documents: whatever a library leaks goes with its worker
RETIRE_ABOVE = 512 * limits.MB  # of memory still held: the next document starts from a small process again

Result = object  # what the function gives back; only the caller knows


def serve(handle: int) -> None:
    """Answer documents until the other side closes."""
    connection = Connection(handle)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        function = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own parent
    except Exception as failure:  # the parent says it, whatever it is
        connection.send((f"{type(failure).__name__}: {failure}", True))
        return
    limiter = _Limiter(connection)
    limits.enforce_with(limiter.put_in_force)
    connection.send(("", limiter.memory))
    count = 0
    while True:
        try:
            name, source = connection.recv()
        except (EOFError, ConnectionResetError):
            return
        count += 1
        limiter.put_in_force("start", limits.LIMITS["start"], tell=False)
        message = _message(function, name, source, count)
        limiter.lift()
        try:
            connection.send_bytes(message)
        except (BrokenPipeError, ConnectionResetError):
            return


class _Limiter:
    """Sets the limits of this process; soft ones, so that the next document gets its own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._hard = {kind: resource.getrlimit(kind)[1] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU)}
        self.memory = sys.platform != "darwin" and self._set(
            resource.RLIMIT_AS, self._hard[resource.RLIMIT_AS]
        )

    def put_in_force(self, kind: str, limit: limits.Limit, tell: bool = True) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        self._set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limit.cpu)
        if self.memory:
            self._set(resource.RLIMIT_AS, _address_space() + limit.memory)
        if tell:
            self._connection.send(("limit", kind, limit))

    def lift(self) -> None:
        """Between documents: nothing may be cut off while a result is sent."""
        for kind, hard in self._hard.items():
            self._set(kind, hard)

    def _set(self, kind: int, soft: int) -> bool:
        hard = self._hard[kind]
        try:
            resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
        except (ValueError, OSError):
            return False
        return True


def _message(function: Callable[[bytes, str], Result], name: str, source: bytes | Path, count: int) -> bytes:
    """The pickled answer; made inside the limits, since a result may be as hostile as its document."""
    hurt = False
    try:
        value = function(_bytes(name, source), name)
        answer = pickle.dumps(("done", value, False))
    except Unreadable as failure:
        hurt = isinstance(failure.__cause__, MemoryError)
        value = failure
    except MemoryError:
        hurt = True
        value = Unreadable(name, *remedies.TOO_MUCH_MEMORY)
    except Exception as failure:
        found = f"读取出错 reading it failed ({type(failure).__name__}: {str(failure)[:200]})"
        remedy = "换一种格式上传，并开 issue 告诉我们 add it in another format, and please report it"
        value = Unreadable(name, found, remedy)
    retire = hurt or count >= RETIRE_AFTER or _held() > RETIRE_ABOVE
    if isinstance(value, Unreadable) or retire:
        answer = pickle.dumps(("done", value, retire))
    return answer


def _bytes(name: str, source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        size = source.stat().st_size
        if size > limits.MAX_BYTES:
            most = limits.MAX_BYTES >> 20
            found = f"文件有 {size >> 20} MB，超过上限 {most} MB the file has {size >> 20} MB, over the limit of {most} MB"
            raise Unreadable(name, found, "只上传年报 add only the report")
        return source.read_bytes()
    except OSError as failure:
        found = f"文件打不开 the file cannot be opened ({failure.strerror})"
        raise Unreadable(name, found, "检查文件名和权限 check its name and rights") from failure


def _address_space() -> int:
    return _pages(0, otherwise=512 * limits.MB)


def _held() -> int:
    """Resident memory. Not the peak of getrusage: a process starts with that of the one that started it."""
    return _pages(1, otherwise=0)


def _pages(column: int, otherwise: int) -> int:
    """A figure of Linux's statm in bytes: 0 the address space, 1 what is resident."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[column]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return otherwise
