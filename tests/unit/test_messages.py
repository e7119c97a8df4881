"""Whoever adds a report is told what is wrong and what to do in Chinese, with the English beside it; so is who reads a doubt."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from ogi.messages import STOP, beside, halves, in_both, placed

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
MODULES = sorted((SCRIPTS / "ogi").rglob("*.py"))
# Where `found` stands among the arguments; `remedy` is behind it. `fault` and `error` make the error of a file's line.
CALLS = {"Unreadable": 1, "BadCollection": 1, "fault": 1, "error": 1, "Question": 1, "_Unfit": 0}
BOTH = re.compile(
    r"[\u3400-\u9fff](.*[^A-Za-z])?[A-Za-z]{2,}[^\u3400-\u9fff]*\Z", re.S
)  # no Chinese behind the English
# Where the message stands among the arguments of what makes a doubt.
DOUBTS = {"Issue": 2, "issue": 2}
CHINESE, ENGLISH = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{2,}")
CALLED_SO = re.compile(r"agency\.yml|names|Word|WPS|Excel|PDF|\.docx|pip install [^）]+")  # in Chinese too
DEEPEST = 6  # names that lead to names

Scope = dict[str, list[ast.expr]]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SCRIPTS).as_posix())
def test_what_is_found_and_the_remedy_are_said_in_both_languages(path: Path) -> None:
    """Each text given to an error that people meet begins in Chinese and ends in English."""
    wrong = [f"line {line}: {text}" for line, text in told(path.read_text("utf-8")) if not BOTH.search(text)]
    assert not wrong, "\n".join(wrong)


def test_the_texts_are_found() -> None:
    """The test above looks at two hundred and fifty texts and more, in all parts of the code."""
    texts = [(path, text) for path in MODULES for _, text in told(path.read_text("utf-8"))]
    assert len(texts) > 250
    assert {path.parent.name for path, _ in texts} >= {
        "readers",
        "collection",
        "contribute",
        "pdf",
        "docx",
        "doc",
        "cli",
    }


@pytest.mark.parametrize("source", [
    'raise Unreadable(name, "the file is empty", "重新下载 download it again")',
    'raise Unreadable(name, "文件是空的 the file is empty", "重新下载")',
    'raise BadCollection(place, f"empty 空的 {name}", REMEDY)\nREMEDY = "删去 take it away"',
    'def f(self):\n    remedy = "take it away" if name else "删去 take it away"\n    raise self.fault(key, FOUND, remedy)',
    'def pair():\n    return "空的 empty", f"take {name} away"\nraise Unreadable(name, *pair())',
    "from ogi.readers.remedies import EXTRA\nraise Unreadable(name, EXTRA, EXTRA)",
    "from ogi.readers import remedies\nraise Unreadable(name, name, remedies.EXTRA)",
])  # fmt: skip
def test_a_text_in_one_language_is_found(source: str) -> None:
    """Given as it is, by name, by a function, by a choice or from another module, or with the English first."""
    assert [text for _, text in told(source) if not BOTH.search(text)]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SCRIPTS).as_posix())
def test_what_is_doubted_is_said_in_both_languages(path: Path) -> None:
    """Every doubt has its message from `in_both`, and both halves of each are in their own language."""
    assert not list(not_in_both(path.read_text("utf-8")))


def test_the_doubts_are_found() -> None:
    """The test above looks at sixty doubts and more, in the readers, the extraction and behind them."""
    found = [path for path in MODULES for _ in _doubts(ast.parse(path.read_text("utf-8")))]
    assert len(found) > 60
    folders = {path.relative_to(SCRIPTS / "ogi").parts[0] for path in found}
    assert folders >= {"readers", "extract", "settling.py", "corrections.py"}


@pytest.mark.parametrize("source", [
    'Issue("row-missing", "warning", f"{place}: no such row.")',
    'def f():\n    said = "缺一行。 a row is missing"\n    return Issue("row-missing", "warning", said)',
    'out.issue("row-missing", "warning", in_both("a row is missing。", "a row is missing"))',
    'Issue("row-missing", "warning", in_both("缺一行", "a row is missing"))',
    'Issue("row-missing", "warning", in_both(f"{label}缺一行 missing。", "a row is missing"))',
    'Issue("row-missing", "warning", in_both("缺一行。", f"缺一行 {label}"))',
    'def f():\n    zh = "缺一行"\n    zh += " of it"\n    Issue("row-missing", "warning", in_both(f"{zh}。", "missing"))',
    'Issue("row-missing", "warning", message)',
])  # fmt: skip
def test_a_doubt_in_one_language_is_found(source: str) -> None:
    """Not made by `in_both`, or one of its halves in the other language, also where it is put together in steps."""
    assert list(not_in_both(source))


def test_the_halves_are_told_apart_whatever_is_printed() -> None:
    """A full stop that the document prints before a blank does not end the Chinese half."""
    message = in_both("只写「没有。 收到 0 件」。", "it says «没有。 收到 0 件».")
    assert halves(message) == ("只写「没有。收到 0 件」。", "it says «没有。 收到 0 件».")
    assert halves("no Chinese in it.") == ("", "no Chinese in it.")
    at = "page=3;table=2;row=7;bbox=1,2.5,3,4"
    assert beside(in_both("缺一行。", f"{at}: as on page=4;bbox=1,2,3,4"), at) == ("缺一行。", "as on page=4")
    assert placed("缺一行。 missing", at) == "第 3 页第 2 个表第 7 行：缺一行。 missing"


def not_in_both(source: str) -> Iterator[str]:
    """What is wrong with the doubts of a module: a message from elsewhere, or a half in the wrong language."""
    tree = ast.parse(source)
    outside = _names(tree) | _imported(tree)
    for call, scope, function in _doubts(tree, outside):
        message = call.args[DOUBTS[_called(call)]]
        names = {one.arg for one in function.args.args} if function and function.name in DOUBTS else set()
        ways = _ways(message, scope)
        if not ways and getattr(message, "id", "") not in names or any(_called(way) != "in_both" for way in ways):
            yield f"line {call.lineno}: the message is not made by in_both"
    for call, scope, _ in _calls(tree, ("in_both",), outside):
        zh, en = ([text for text in _spoken(half, scope) if text.strip()] for half in call.args)
        if ENGLISH.search(CALLED_SO.sub("", " ".join(zh))) or not CHINESE.search("".join(zh)):
            yield f"line {call.lineno}: not in Chinese: {zh}"
        if CHINESE.search("".join(en)) or not ENGLISH.search("".join(en)):
            yield f"line {call.lineno}: not in English: {en}"
        if not isinstance(call.args[0], ast.Name) and not all(text.endswith(STOP) for text in _texts(call.args[0], scope)):
            yield f"line {call.lineno}: no full stop at the end of {zh}"


def _spoken(node: ast.expr, scope: Scope) -> set[str]:
    """Its texts, and those of the names in its braces."""
    inner = (part.value for part in ast.walk(node) if isinstance(part, ast.FormattedValue))
    return _texts(node, scope).union(*(_texts(one, scope) for one in inner if isinstance(one, ast.Name)))


def _doubts(tree: ast.AST, outside: Scope | None = None) -> Iterator[tuple[ast.Call, Scope, ast.FunctionDef | None]]:
    found = _calls(tree, DOUBTS, outside or {})
    return (one for one in found if len(one[0].args) > DOUBTS[_called(one[0])])


def _calls(
    tree: ast.AST, called: Collection[str], outside: Scope
) -> Iterator[tuple[ast.Call, Scope, ast.FunctionDef | None]]:
    """The calls of these names, each with what names stand for there and the innermost function around it."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    within = {
        id(inner): function for function in functions for inner in ast.walk(function)
    }  # the innermost comes last
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _called(call) in called:
            function = within.get(id(call))
            yield call, outside | (_names(function) if function else {}), function


def told(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every `found` and `remedy` that can be known from the source; what a value adds is left out."""
    tree = ast.parse(source)
    for call, scope, _ in _calls(tree, CALLS, _names(tree) | _imported(tree)):
        first = CALLS[_called(call)]
        for place, one in enumerate(call.args):
            parts = [one] if first <= place < first + 2 else []
            if isinstance(one, ast.Starred):
                parts = [
                    part
                    for way in _ways(one.value, scope)
                    if isinstance(way, ast.Tuple)
                    for part in way.elts
                ]
            yield from ((call.lineno, text) for part in parts for text in _texts(part, scope) if text)


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _names(tree: ast.AST) -> Scope:
    """What names stand for in a module or function: values given to them, and what functions give back."""
    found: Scope = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found[node.name] = [
                inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value
            ]
    for node in tree.body if isinstance(tree, ast.Module) else ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, []).append(node.value)
        for target in node.targets if isinstance(node, ast.Assign) else ():
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for one, value in pairs:
                if isinstance(one, ast.Name):
                    found.setdefault(one.id, []).append(value)
    return found


def _imported(tree: ast.AST) -> Scope:
    """The same of what is imported from another module of ogi; of a module that is imported, `module.name`."""
    found: Scope = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ogi"):
            found = _module(str(node.module)) | found
            for alias in node.names:
                inner = _module(f"{node.module}.{alias.name}")
                found |= {f"{alias.name}.{name}": values for name, values in inner.items()}
    return found


@cache
def _module(name: str) -> Scope:
    path = SCRIPTS / name.replace(".", "/")
    file = next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)
    return _names(ast.parse(file.read_text("utf-8"))) if file else {}


def _key(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _key(node.func)
    if isinstance(node, ast.Attribute):
        return f"{_key(node.value)}.{node.attr}"
    return getattr(node, "id", "")


def _ways(node: ast.expr, scope: Scope, deep: int = DEEPEST) -> list[ast.expr]:
    """Every expression that it can come to: a choice is both, a name what it stands for; nothing for what only a run knows."""
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Tuple) or _called(node) == "in_both":
        return [node]
    if isinstance(node, ast.IfExp):
        inner = [node.body, node.orelse]
    elif isinstance(node, ast.BoolOp | ast.Dict):
        inner = node.values
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        inner = [node.func.value, *node.args[1:]]
    else:
        inner = scope.get(_key(node), [])
    return [way for one in inner for way in _ways(one, scope, deep - 1)] if deep else []


def _texts(node: ast.expr, scope: Scope, deep: int = DEEPEST) -> set[str]:
    """Every text that it can be; of what stands in braces only a constant is known."""
    found: set[str] = set()
    for way in _ways(node, scope, deep):
        if isinstance(way, ast.Constant) and isinstance(way.value, str):
            found.add(way.value)
        elif isinstance(way, ast.JoinedStr | ast.BinOp):
            parts = way.values if isinstance(way, ast.JoinedStr) else [way.left, way.right]
            inner = [part.value if isinstance(part, ast.FormattedValue) else part for part in parts]
            known = [
                part
                for part in inner
                if isinstance(part, ast.Constant | ast.JoinedStr) or _key(part).isupper()
            ]
            found |= {
                "".join(one)
                for one in product(*(sorted(_texts(part, scope, deep - 1)) or [""] for part in known))
            }
    return found
