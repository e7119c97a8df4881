"""Radicals that some fonts give in place of the ideographs.

Comes in: text. Goes out: the same with each such shape replaced. Must not know: anything else.
Browsers print them into PDF, and what is converted from there has them too: text, pages, Word.
"""

from __future__ import annotations

import unicodedata

# Shapes that some fonts put in place of the ideograph itself: the block of Kangxi radicals has compatibility
# mappings, most of the supplement has none.
_SUPPLEMENT = dict(zip(
    "⺁⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙亻冂几刀刂卜㔾小小尢尢尢兀巳幺彑彐心扌攵旡月歺母民氵氺灬爫爫丬牛犭王疋罒示礻竹糹纟罓罒网罒网羊羊羊耂老聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠食饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟亀龟",
    strict=False,
))
FOLD = {ord(k): v for k, v in _SUPPLEMENT.items()}
FOLD |= {c: unicodedata.normalize("NFKC", chr(c)) for c in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAD9))
          if unicodedata.normalize("NFKC", chr(c)) != chr(c)}


_SURE = "\u2f8f"  # the 行 of 行政, which stands in every report
_LOOK = 50_000  # characters or bytes of a report in which it is looked for


def fold(text: str) -> str:
    """Radicals and compatibility shapes as the ideographs they stand for; nothing else changes."""
    return text.translate(FOLD)


def folded(report: str) -> str:
    """The text of a whole report, which a converter may have taken from such a page."""
    return report if report.find(_SURE, 0, _LOOK) < 0 else fold(report)


def folded_bytes(part: bytes) -> bytes:
    """The same of a part in UTF-8; bytes that are none stay."""
    if part.find(_SURE.encode(), 0, _LOOK) < 0:
        return part
    return fold(part.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
