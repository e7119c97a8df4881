"""`make bench`: accuracy, faults and speed on generated reports, one after the other, with usual counts.

Formats that need a program that is not installed (LibreOffice, Chromium) are left out and named.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks.generate.writers.office import office
from benchmarks.generate.writers.pdf import chromium


def main() -> int:
    """Runs each benchmark as its own command would."""
    formats = ["txt", "txt-web", "txt-run", "docx", "html", "xlsx", "ofd"]
    formats += ["doc", "wps", "pdf-word"] if office() else []
    formats += ["pdf"] if chromium() else []
    if not office():
        print(print("Without LibreOffice no doc, wps and pdf-word: apt-get install libreoffice-writer-nogui"))
    fast = ",".join(f for f in formats if f in ("txt", "docx", "html", "xlsx", "doc", "pdf", "pdf-word"))
    runs = (
        ["accuracy", "--formats", ",".join(formats), "--count", "200", "--jobs", "2"],
        ["faults", "--count", "1000", "--jobs", "2"],
        ["speed", "--formats", fast, "--count", "20"],
    )
    return max(
        subprocess.run([sys.executable, "-m", f"benchmarks.{run[0]}", *run[1:]], check=False).returncode
        for run in runs
    )


if __name__ == "__main__":
    sys.exit(main())
