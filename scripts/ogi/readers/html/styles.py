"""What the style sheets inside a page say of how elements look, as far as it decides what is read.

Comes in: the root of a page. Goes out: an element's declarations, its own `style` among them. Must not know: what follows.
Rules for print and for narrow screens do not count, nor do those whose selectors are more than elements, classes and ids, one
inside another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_BRACE = re.compile(r"([^{}]*)([{}])")
_ELSEWHERE = re.compile(r"print|speech|max-(?:device-)?width", re.I)
_PROPERTIES = "display|visibility|text-decoration(?:-line)?|vertical-align"
_DECLARED = re.compile(rf"(?:^|(?<=[;\s]))({_PROPERTIES})\s*:\s*([^;!]+)(!\s*important)?", re.I)
_COMPOUND = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+)*", re.I)
_NAMES = re.compile(r"[.#]?[\w-]+")

Declarations = tuple[tuple[str, str, bool], ...]  # property, value, whether important


class _Rule(NamedTuple):
    """`path`: compounds and «>», left to right; `weight`: ids, classes and elements in it."""

    path: tuple[str, ...]
    weight: tuple[int, int, int]
    order: int
    declared: Declarations


class Styles:
    """The rules of a page by the last name that their elements must have."""

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        for sheet in root.iter("style"):
            if not _ELSEWHERE.search(sheet.get("media") or ""):
                self._add(_COMMENT.sub(" ", sheet.text or ""))
        rules = (rule for several in self._rules.values() for rule in several)
        if not any(_tells({name: value for name, value, _ in rule.declared}) for rule in rules):
            self._rules = {}  # nothing on the page depends on them

    def _add(self, text: str) -> None:
        order = sum(map(len, self._rules.values()))
        for selectors, body in _rules(text):
            declared = _declarations(body)
            for selector in selectors.split(",") if declared else ():
                path = tuple(selector.replace(">", " > ").split())
                names = [name for part in path for name in _NAMES.findall(part)]
                if not names or not all(part == ">" or _COMPOUND.fullmatch(part) for part in path):
                    continue
                ids, classes = (sum(name[0] == mark for name in names) for mark in "#.")
                weight = (ids, classes, len(names) - ids - classes)
                order += 1
                last = (_NAMES.findall(path[-1]) or ["*"])[-1]
                self._rules.setdefault(last, []).append(_Rule(path, weight, order, declared))

    def of(self, element: etree._Element) -> Mapping[str, str]:
        """Property -> value, of those that are looked at: what counts most of what is said of the element."""
        own = element.get("style")
        if not own and not self._rules:
            return {}
        found = [(rule.weight, rule.order, rule.declared) for rule in self._matching(element)]
        if own:
            found.append(((99, 0, 0), 0, _declarations(own)))
        said = [(important, *at, name, value) for *at, declared in found for name, value, important in declared]
        return {name: value for *_, name, value in sorted(said)}

    def _matching(self, element: etree._Element) -> Iterator[_Rule]:
        classes = (element.get("class") or "").split()
        for name in (element.tag, "*", f"#{element.get('id')}", *(f".{word}" for word in dict.fromkeys(classes))):
            for rule in self._rules.get(name, ()):
                if _fits(element, rule.path):
                    yield rule


def declared(element: etree._Element) -> Mapping[str, str]:
    """Property -> value, of the element's own `style` alone."""
    return {name: value for name, value, _ in _declarations(element.get("style") or "")}


def hides(look: Mapping[str, str]) -> bool:
    return look.get("display") == "none" or look.get("visibility") == "hidden"


def strikes(look: Mapping[str, str]) -> bool:
    return any("line-through" in value for name, value in look.items() if name.startswith("text-decoration"))


def shifts(look: Mapping[str, str]) -> str | None:
    """super or sub, where the text stands above or below its line."""
    return shift if (shift := look.get("vertical-align")) in ("super", "sub") else None


def _tells(look: Mapping[str, str]) -> bool:
    return hides(look) or strikes(look) or shifts(look) is not None


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of every rule that holds on a wide screen."""
    open_: list[str] = []
    for match in _BRACE.finditer(text):
        if match[2] == "{":
            open_.append(match[1].rpartition(";")[2].strip())
        elif open_:
            selectors = open_.pop()
            if not selectors.startswith("@") and all(map(_is_here, open_)):
                yield selectors, match[1]


def _is_here(around: str) -> bool:
    return around.startswith(("@media", "@supports", "@layer")) and not _ELSEWHERE.search(around)


def _declarations(body: str) -> Declarations:
    return tuple((m[1].lower(), m[2].strip().lower(), bool(m[3])) for m in _DECLARED.finditer(body))


def _fits(element: etree._Element, path: Sequence[str]) -> bool:
    """Whether the last compound is the element's, and those before it are of elements around it."""
    if not _is(element, path[-1]):
        return False
    if len(path) == 1:
        return True
    if path[-2] == ">":
        outer = element.getparent()
        return outer is not None and len(path) > 2 and _fits(outer, path[:-2])
    return any(_fits(outer, path[:-1]) for outer in element.iterancestors())


def _is(element: etree._Element, compound: str) -> bool:
    classes = (element.get("class") or "").split()
    return all(
        name[1:] in classes
        if name[0] == "."
        else name[1:] == element.get("id")
        if name[0] == "#"
        else name.lower() == element.tag
        for name in _NAMES.findall(compound)
    )
