"""Small figures as inline SVG, made when the site is built.

Comes in: labels and numbers as text. Goes out: SVG that follows the page's colours. Must not know: the
package.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup, escape

from ogi.site.text import number

WIDTH, STEP, TOP, HEIGHT = 46, 12, 18, 90


def bars(points: Sequence[tuple[str, str]], title: str) -> Markup:
    """One bar a label, a dash where there is no number. Nothing for fewer than two numbers."""
    known = [Decimal(value) for _, value in points if value]
    if len(known) < 2:
        return Markup("")
    most = max(max(known), Decimal(1))
    out = [
        f'<figure class="bars"><svg role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {len(points) * (WIDTH + STEP)} {TOP + HEIGHT + 20}" '
        f'width="{len(points) * (WIDTH + STEP)}">'
        f"<title>{escape(title)}</title>"
    ]
    for index, (label, value) in enumerate(points):
        left = index * (WIDTH + STEP)
        middle = left + WIDTH // 2
        if value:
            tall = int(Decimal(value) * HEIGHT / most)
            top = TOP + HEIGHT - max(tall, 1)
            out.append(f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{max(tall, 1)}"/>')
            out.append(f'<text x="{middle}" y="{top - 5}">{number(value)}</text>')
        else:
            out.append(f'<text class="none" x="{middle}" y="{TOP + HEIGHT - 5}">—</text>')
        out.append(f'<text class="axis" x="{middle}" y="{TOP + HEIGHT + 16}">{escape(label)}</text>')
    out.append(f"</svg><figcaption>{escape(title)}</figcaption></figure>")
    return Markup("".join(out))
