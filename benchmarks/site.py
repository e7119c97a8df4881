"""The site in a browser, at the size it has: weight of pages, search, the explorer, against the bars of the design.

Comes in: the folder of a built site (`make demo N=10000` makes one). Goes out: a line for each figure, and exit code 1
where one misses its bar. Times are taken within the page, from the event to what is seen; bytes are those of the compressed
answers. Must not know: how pages are made.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.generate.writers.pdf import chromium
from benchmarks.site_queries import Query, queries
from ogi.paths import ROOT

TEXT = (".html", ".css", ".js", ".json", ".csv", ".xml", ".svg", ".txt")
# Milliseconds from the next event of a kind on an element until something is there, kept as window.took.
STOPWATCH = """([kind, on, wanted, text]) => {
  window.took = null;
  document.querySelector("#found").replaceChildren();
  document.querySelector(on).addEventListener(kind, () => {
    const start = performance.now();
    const look = () => {
      const found = [...document.querySelectorAll(wanted)].some((one) => !text || one.textContent.includes(text));
      if (found) window.took = performance.now() - start + 0.1; else requestAnimationFrame(look);
    };
    look();
  }, { capture: true, once: true });
}"""
# From the start of the page until the first row of the explorer is drawn.
FIRST_ROW = """new MutationObserver((_, watch) => {
  if (!document.querySelector("#explorer-table tbody tr")) return;
  watch.disconnect();
  requestAnimationFrame(() => { window.took = performance.now(); });
}).observe(document, { childList: true, subtree: true });"""
# What a click or a choice in the explorer takes until the page is drawn anew.
REDRAWN = """([on, act]) => new Promise((done) => {
  const element = document.querySelector(on);
  const start = performance.now();
  if (act === "click") element.click();
  else { element.value = act; element.dispatchEvent(new Event("change", { bubbles: true })); }
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
AGENCIES = "#found [aria-label=机关] [role=option][data-href]"
TEXTS = "#found [aria-label^=报告正文] [role=option]"


class Handler(SimpleHTTPRequestHandler):
    """Answers compressed, as every host does; each file is compressed once. Counts what it sends."""

    protocol_version = "HTTP/1.1"
    answers = sent = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        packed = path.suffix in TEXT
        data = compressed(path) if packed else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        Handler.answers, Handler.sent = Handler.answers + 1, Handler.sent + len(data)
        self.wfile.write(data)
        return None

    def log_message(self, *args: object) -> None:
        pass


@cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes())


class Report:
    """Says each figure beside its bar."""

    def __init__(self) -> None:
        self.missed = 0

    def figure(self, name: str, values: list[float], bar: float, unit: str) -> None:
        best, middle, worst = min(values), statistics.median(values), max(values)
        self.missed += middle > bar
        verdict = "MISSED" if middle > bar else "ok"
        print(
            f"{name:<44}{middle:8.1f} {unit:<3} from {best:7.1f} to {worst:7.1f}   bar {bar:>4.0f}  {verdict}"
        )

    def found(self, name: str, lost: list[str], of: int) -> None:
        self.missed += bool(lost)
        print(f"{name:<46} {of - len(lost):4d} of {of}   {'; '.join(lost[:5])}")


class Visit:
    """A fresh visitor, with an empty cache."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.base, Handler.answers, Handler.sent = base, 0, 0
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        self.page = self.context.new_page()

    def search(self, query: str, wanted: str, text: str = "", since: str = "input") -> float:
        """Types a query at once, as an input method does, and waits; milliseconds until the answer is there."""
        if since == "input":
            self.page.keyboard.press("Control+k")
            self.page.locator("#find").fill("")
        self.page.evaluate(STOPWATCH, [since, "#find", wanted, text])
        self.page.keyboard.press("Control+k")
        self.page.keyboard.insert_text(query)
        return took(self.page)


def took(page: Page) -> float:
    return page.wait_for_function("window.took ?? false", timeout=20_000).json_value()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "build" / "demo" / "site")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng, report = random.Random(asked.seed), Report()
    if hasattr(os, "getloadavg"):
        print(
            f"{os.getloadavg()[0]:.1f} programs at work on {os.cpu_count()} processors: times are worth little above 1 each"
        )
    with served(asked.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--disable-dev-shm-usage"])
        visit = partial(Visit, browser, base)
        weights(
            report,
            visit,
            rng.sample(sorted(p.name for p in (asked.site / "reports").iterdir() if p.is_dir()), 3),
        )
        search_times(report, visit, asked.site)
        explorer(report, visit)
        typed(report, visit, queries(asked.site, rng))
        browser.close()
    return 1 if report.missed else 0


class Server(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """A visitor who left before the answer is none."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def weights(report: Report, visit: Callable[[], Visit], reports: list[str]) -> None:
    """Some reports' pages."""
    sizes, requests = [], []
    for name in reports:
        one = visit()
        one.page.goto(f"{one.base}reports/{name}/", wait_until="networkidle")
        sizes.append(Handler.sent / 1000)
        requests.append(float(Handler.answers))
        one.context.close()
    report.figure("an agency-year page, compressed", sizes, 60, "kB")
    report.figure("its requests", requests, 5, "")


def search_times(report: Report, visit: Callable[[], Visit], site: Path) -> None:
    """The first answer of a fresh visitor, and a phrase of the full text, which all visitors type after the page is there."""
    index = json.loads((site / "agencies" / "search.json").read_text("utf-8"))
    name = index["agencies"][len(index["agencies"]) // 2][1]
    first, first_bytes, phrase, phrase_bytes = [], [], [], []
    for turn in range(4):
        one = visit()
        one.page.goto(one.base, wait_until="networkidle")
        before = Handler.sent
        first.append(one.search(name, AGENCIES, name, since="focus"))
        first_bytes.append((Handler.sent - before) / 1000)
        one.page.wait_for_load_state("networkidle")
        before = Handler.sent
        phrase.append(one.search("主动公开", TEXTS))
        one.page.wait_for_load_state("networkidle")
        phrase_bytes.append((Handler.sent - before) / 1000)
        one.context.close()
        if not turn:  # the server has compressed its files now
            first, first_bytes, phrase, phrase_bytes = [], [], [], []
    report.figure("first useful answer (an agency by name)", first, 100, "ms")
    report.figure("what it fetches", first_bytes, 350, "kB")
    report.figure("a full-text phrase, pause of 150 ms included", phrase, 700, "ms")
    report.figure("what it fetches", phrase_bytes, 900, "kB")


def explorer(report: Report, visit: Callable[[], Visit]) -> None:
    """All rows at once: until the table is there, then sorting by a number, by name, and choosing a sector."""
    usable, sort, by_name, choose = [], [], [], []
    for _ in range(4):
        one = visit()
        one.page.add_init_script(FIRST_ROW)
        one.page.goto(f"{one.base}compare/")
        usable.append(took(one.page))
        redrawn = partial(one.page.evaluate, REDRAWN)
        sort += [redrawn(["#explorer-table th:nth-child(4) .sort", "click"]) for _ in range(3)]
        by_name += [redrawn(["#explorer-table th:nth-child(1) .sort", "click"]) for _ in range(3)]
        sector = one.page.locator("#explorer [name=sector] option").nth(1).get_attribute("value")
        choose += [redrawn(["#explorer [name=sector]", value]) for value in (sector, "", sector)]
        one.context.close()
    report.figure("comparison of all reports, usable", usable[1:], 500, "ms")
    report.figure("sort by a number", sort, 150, "ms")
    report.figure("sort by name", by_name, 150, "ms")
    report.figure("choose a sector", choose, 150, "ms")


def typed(report: Report, visit: Callable[[], Visit], asked: dict[str, list[Query]]) -> None:
    """Each query typed into the box: what is wanted stands among the first three."""
    one = visit()
    one.page.goto(one.base)
    for kind, some in asked.items():
        lost = []
        for query in some:
            wanted = TEXTS if query.prose else AGENCIES
            try:
                one.search(query.text, f"{wanted}:nth-child(-n+3)", query.wanted)
            except Exception:
                lost.append(f"{query.text[:30]} -> {one.page.locator(f'{wanted} b').all_inner_texts()[:3]}")
        report.found(f"typed: {kind}", lost, len(some))
    one.context.close()


if __name__ == "__main__":
    sys.exit(main())
