"""`ogi check`: what a review will say, before the review: for people, as JSON, or as annotations of a pull request."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from ogi.cli.as_json import Json, dump
from ogi.cli.reading import readings
from ogi.cli.terminal import clean
from ogi.cli.validating import resources_of
from ogi.collection import collect
from ogi.contribute.annotations import as_commands
from ogi.contribute.findings import Finding, Looked, of_reading, of_reports, structure, titled
from ogi.errors import BadPackage
from ogi.model import Report
from ogi.package import write
from ogi.pipeline import reports_of

Format = Literal["text", "json", "github"]
Told = Callable[[Looked], None]
Said = tuple[str, str]  # in Chinese, in English
SINGLE = ("没有生成，只看了指定的文件", "not built: single documents were asked for")


def check_all(files: Sequence[Path], reports: Path, jobs: int, form: Format = "text") -> int:
    """Exit status 1 if anything is an error; broken sums of the reports themselves are only shown."""
    tell: Told = _tell if form == "text" else lambda looked: None
    if files:
        looked = []
        for path, result in readings(files, jobs):
            looked.append(of_reading(str(path), result))
            tell(looked[-1])
        return _end(form, len(looked), [f for one in looked for f in one.findings], SINGLE)
    findings = list(structure(reports))
    if findings:
        return _end(form, 0, findings, ("没有生成", "not built"))
    documents, package = _collection(reports, jobs, findings, tell)
    return _end(form, documents, findings, package)


def _collection(reports: Path, jobs: int, findings: list[Finding], tell: Told) -> tuple[int, Said]:
    """Reads everything once: findings are gathered while the package is written beside."""
    collection = collect(reports)
    root = reports.resolve().parent
    count = 0

    def noted() -> Iterator[Report]:
        nonlocal count
        for report, looked in of_reports(reports_of(collection, root, jobs), root):
            count += 1
            findings.extend(looked.findings)
            tell(looked)
            yield report

    with tempfile.TemporaryDirectory(prefix="ogi-check-") as folder:
        package = Path(folder) / "datapackage"
        try:
            write(noted(), collection.agencies, package)
            resources, fault = resources_of(package)
        except BadPackage as bad:
            resources, fault = 0, str(bad)
    if fault:
        message = (
            f"数据包会无效 the data package would not be valid: {fault} → "
            "请开 issue 告诉我们，写明改了什么 please report this, with what you changed"
        )
        findings.append(Finding(reports.name, None, "error", "package", message))
        return count, ("无效", "invalid")
    return count, (f"有效，{resources} 个表", f"valid, {resources} resources")


def _end(form: Format, documents: int, findings: Sequence[Finding], package: Said) -> int:
    errors = sum(f.level == "error" for f in findings)
    doubts = sum(f.level == "warning" for f in findings)
    if form == "json":
        whole: Json = {
            "documents": documents, "errors": errors, "warnings": doubts, "package": package[1],
            "findings": [asdict(finding) for finding in findings],
        }
        sys.stdout.buffer.write((dump(whole) + "\n").encode("utf-8"))
        return int(errors > 0)
    if form == "github":
        for line in as_commands(findings):
            sys.stdout.buffer.write((line + "\n").encode("utf-8", "replace"))
    else:
        for finding in findings:
            if finding.code in ("package", "structure"):
                print(f"error  {finding.message}", file=sys.stderr)
    sys.stdout.flush()
    zh, en = _next(errors, doubts)
    print(f"看了 {documents} 份文件，{errors} 处错误，{doubts} 处疑点。数据包：{package[0]}。\n{zh}")
    print(f"{documents} documents looked at, {errors} in error, {doubts} doubts. Data package: {package[1]}.\n{en}")
    return int(errors > 0)


def _next(errors: int, doubts: int) -> Said:
    if errors:
        return (
            "下一步：照每个箭头（→）后面的话做，再运行 ogi check。什么都不会丢：文件没有动过。",
            "Next: do what stands after each arrow (→), then run `ogi check` again. Nothing is lost: files stay as they are.",
        )
    if doubts:
        return (
            "下一步：把有疑点的格与原文核对。疑点与数值一起公布，不妨碍提交。",
            "Next: compare the doubted cells with the document; a doubt is published with its value and stops nothing.",
        )
    return "下一步：提交，开 pull request（见 CONTRIBUTING.md）。", "Next: commit, and open a pull request (CONTRIBUTING.md)."


def _tell(looked: Looked) -> None:
    """One document for people: errors on standard error, the rest below its line."""
    worst = {f.level for f in looked.findings}
    if "error" in worst and not looked.cells:
        for finding in looked.findings:
            print(_line(f"error  {finding.message}"), file=sys.stderr, flush=True)
        return
    if not looked.cells and not looked.findings:  # the fault of its folder was told on the document before
        said = f"error  {looked.path}: 未公布，原因见上 not published, for what is said above"
        print(_line(said), file=sys.stderr, flush=True)
        return
    mark = "error" if "error" in worst else "look" if "warning" in worst or looked.failed else "ok"
    cells, held, failed = looked.cells, looked.held, looked.failed
    zh = f"{cells} 格，核验 {held} 项通过，{failed} 项未通过"
    print(_line(f"{mark:5}  {looked.path}: {zh} {cells} cells, {held} checks hold, {failed} fail"))
    for finding in looked.findings:
        if finding.severity != "info":
            level = "" if finding.level == "notice" else f"{finding.level} "
            print(_line(f"       {level}{titled(finding.code)}: {finding.message}"))


def _line(text: str) -> str:
    """Without what a terminal would obey; lines to paste stay lines."""
    return "\n".join(clean(part).plain for part in text.split("\n"))
