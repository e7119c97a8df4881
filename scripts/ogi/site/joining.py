"""Chinese lines joined: where a line of a page written by hand ends and goes on in Chinese, a browser would show a blank.

Comes in: HTML. Goes out: the same without these breaks. Must not know: what any page says.
"""

from __future__ import annotations

import re

_CHINESE = "[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_AROUND = "a|b|em|i|span|strong"
_BREAK = re.compile(rf"(?<={_CHINESE})((?:</(?:{_AROUND})>)*)\s*\n\s*((?:<(?:{_AROUND})\b[^<>]*>)*)(?={_CHINESE})")
_AS_WRITTEN = re.compile(r"(<(pre|code|script|style)\b.*?</\2>|<!--.*?-->)", re.S)


def joined(html: str) -> str:
    """Code and comments stay as they are written."""
    out, end = [], 0
    for kept in _AS_WRITTEN.finditer(html):
        out += [_BREAK.sub(r"\1\2", html[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join([*out, _BREAK.sub(r"\1\2", html[end:])])
