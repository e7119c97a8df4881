"""What the style sheets inside a page say of how elements look, as far as it decides what is read.

Comes in: the root of a page. Goes out: elements with their declarations, their own `style` among them. Must not know: what
follows. Rules for print and for narrow screens do not count, nor do those of a moment (`:hover`) or of what is no element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from cssselect2.compiler import CompiledSelector
from lxml import etree
from tinycss2.ast import AtRule, Node, QualifiedRule

from ogi.errors import Unreadable
from ogi.readers.remedies import PRINT_PAGE

_ELSEWHERE = re.compile(r"print|speech|max-(?:device-)?width", re.I)
LOOKS = ("display", "visibility", "text-decoration", "text-decoration-line", "vertical-align")
_AROUND = ("media", "supports", "layer")  # rules that hold others

Declarations = tuple[tuple[str, str, bool], ...]  # property, value, whether important
Look = Mapping[str, str]  # property -> value, of those that are looked at


def looks(root: etree._Element, names: tuple[str, ...] = LOOKS) -> Iterator[tuple[etree._Element, Look]]:
    """Every element below of whose look anything is said, with what counts most of it; `names`: the properties asked for. Raises
    Unreadable where a sheet nests too deep to be followed."""
    try:
        matcher = _matcher(root, names)
    except RecursionError:
        found = (
            "网页的样式表嵌套太深，分不清哪些内容是隐藏的 "
            "a style sheet inside the page nests too deep, so that what is hidden is not known"
        )
        raise Unreadable("", found, PRINT_PAGE) from None
    if matcher is None:  # nothing on the page depends on its sheets
        own = ((element, declared(element, names)) for element in root.iterdescendants(etree.Element))
        yield from ((element, look) for element, look in own if look)
        return
    for wrapper in ElementWrapper.from_html_root(root).iter_subtree():
        matched = [(weight, order, said) for weight, order, of, said in matcher.match(wrapper) if of is None]
        matched.append(((99, 0, 0), 0, _declarations(wrapper.etree_element.get("style") or "", names)))
        said = [(important, *at, name, value) for *at, several in matched for name, value, important in several]
        if said:
            yield wrapper.etree_element, {name: value for *_, name, value in sorted(said)}


def declared(element: etree._Element, names: tuple[str, ...] = LOOKS) -> Look:
    """What the element's own `style` says."""
    style = element.get("style")
    return {name: value for name, value, _ in _declarations(style, names)} if style else {}


def hides(look: Look) -> bool:
    return look.get("display") == "none" or look.get("visibility") == "hidden"


def strikes(look: Look) -> bool:
    return any("line-through" in value for name, value in look.items() if name.startswith("text-decoration"))


def shifts(look: Look) -> str | None:
    """super or sub, where the text stands above or below its line."""
    return shift if (shift := look.get("vertical-align")) in ("super", "sub") else None


def _matcher(root: etree._Element, names: tuple[str, ...]) -> Matcher | None:
    """The rules of all sheets; None where none of them says what is asked for."""
    matcher, tells = Matcher(), False
    for sheet in root.iter("style"):
        for rule in () if _ELSEWHERE.search(sheet.get("media") or "") else _rules(sheet.text or ""):
            said = _declarations(tinycss2.serialize(rule.content), names)
            tells = tells or (bool(said) if names is not LOOKS else _tells({name: value for name, value, _ in said}))
            for selector in _selectors(rule) if said else ():
                matcher.add_selector(selector, said)
    return matcher if tells else None


def _rules(sheet: str | list[Node]) -> Iterator[QualifiedRule]:
    """The rules that hold on a wide screen."""
    for node in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.lower_at_keyword in _AROUND and node.content and _is_here(node):
            yield from _rules(node.content)


def _is_here(around: AtRule) -> bool:
    return not _ELSEWHERE.search(tinycss2.serialize(around.prelude))


def _selectors(rule: QualifiedRule) -> list[CompiledSelector]:
    try:
        return compile_selector_list(rule.prelude)
    except SelectorError:  # what a browser leaves out too
        return []


def _tells(look: Look) -> bool:
    return hides(look) or strikes(look) or shifts(look) is not None


@lru_cache(maxsize=1024)  # cells repeat them
def _declarations(text: str, names: tuple[str, ...]) -> Declarations:
    lowered = text.lower()
    if not any(name in lowered for name in names):
        return ()
    nodes = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    return tuple(
        (node.lower_name, tinycss2.serialize(node.value).strip().lower(), node.important)
        for node in nodes
        if node.type == "declaration" and node.lower_name in names
    )
