"""Whoever adds a report is told what is wrong and what to do in Chinese, with the English beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
MODULES = sorted((SCRIPTS / "ogi").rglob("*.py"))
# Where `found` stands among the arguments; `remedy` is behind it. `fault` and `error` make the error of a file's line.
CALLS = {"Unreadable": 1, "BadCollection": 1, "fault": 1, "error": 1, "Question": 1, "_Unfit": 0}
BOTH = re.compile(
    r"[\u3400-\u9fff](.*[^A-Za-z])?[A-Za-z]{2,}[^\u3400-\u9fff]*\Z", re.S
)  # no Chinese behind the English
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


def told(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every `found` and `remedy` that can be known from the source; what a value adds is left out."""
    tree = ast.parse(source)
    outside = _names(tree) | _imported(tree)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    within = {
        id(inner): function for function in functions for inner in ast.walk(function)
    }  # the innermost comes last
    for call in ast.walk(tree):
        name = _called(call)
        if isinstance(call, ast.Call) and name in CALLS:
            function = within.get(id(call))
            scope = outside | (_names(function) if function else {})
            first = CALLS[name]
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
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Tuple):
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
