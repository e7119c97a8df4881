"""LibreOffice, where it is installed, for formats too old or rare for a reader of their own.

Comes in: bytes of such a file. Goes out: bytes of a modern one, or Unreadable with what a person can do
instead. Must not know: what is in the document. LibreOffice may write nothing and say success, so its
output is what counts.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ogi.errors import Unreadable
from ogi.readers import limits

SECONDS = 60


def convert(data: bytes, ending: str, wanted: str, what: tuple[str, str]) -> bytes:
    """The file in the format `wanted`; `what` names it, in Chinese and in English, in the message where that fails."""
    zh, en = what
    remedy = (
        f"用 Word、WPS 或 Excel 打开，另存为 .{wanted} 再上传 "
        f"open it in Word, WPS or Excel, save it as .{wanted} and add that"
    )
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        found = f"这是 {zh}，装有 LibreOffice 才能读 {en}, which is read only where LibreOffice is installed"
        raise Unreadable("", found, remedy)
    limits.enter("office")
    with tempfile.TemporaryDirectory(prefix="ogi-") as name:
        folder = Path(name)
        (folder / f"source.{ending}").write_bytes(data)
        _run(
            [
                program,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--norestore",
                "--convert-to",
                wanted,
                "--outdir",
                f"{folder}/out",
                f"{folder}/source.{ending}",
            ]
        )
        made = folder / "out" / f"source.{wanted}"
        if not made.is_file() or not made.stat().st_size:
            found = f"这是 {zh}，LibreOffice 也打不开 {en}, which LibreOffice could not open either"
            raise Unreadable("", found, remedy)
        return made.read_bytes()


def _run(command: list[str]) -> None:
    """Runs it in its own process group, which is ended whatever happens."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        process.wait()
