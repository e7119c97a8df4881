"""What may forbid a statement: words around the number, its topic, way, time and whose it is.

Comes in: a sentence and where a pattern matched in it. Goes out: yes or no. Must not know: any report or
table; the words themselves stand in forms/statements.yml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Match, Pattern

from ogi.extract.prose.names import place_of
from ogi.extract.prose.patterns import Kind, context
from ogi.model import Section

AND_OFFICE = re.compile(r"(?<=政府)[及和、]\w{0,6}办公[室厅]$")  # 县政府及县政府办公室
APART = re.compile(r"\d[,，]?\s+\d")
ROUNDED = re.compile(r"\.\d+[万亿]")
NEXT = re.compile(r"、\d")
OF_WHICH = re.compile(r"[^。;]{0,24},其中(?:20\d\d年|本年|当年|今年)")
BOTH = re.compile("复议(?:和|及|、|与|或|或者|以及|/)$")
NONE_ABOUT = re.compile(r"(?:没有|无|未)[^,。;\d]{0,6}政府信息公开[^。;\d]{0,24}(?:复议|诉讼)[^。;\d]{0,8}")
OTHERS_TOO = re.compile(  # of all reviews some are about information, or none is
    r"其中[^。;\d]{0,14}信息公开[^。;,\d]{0,12}\d|(?:与|和)(?:政府)?信息公开(?:工作)?无关|(?:没有|均未|均不|未|无)涉及(?:到)?(?:政府)?信息公开"
)
# Before a denial: a condition, an aim, an exception, or one way or body of several.
NOT_DENIED = re.compile(
    "[如若凡]|是否|有无|除|力争|确保|避免|防止|杜绝|争取|努力|实现|做到|部分|多数|个别|基本|平台|邮箱|信箱|系统|窗口|馆|渠道|方式|网站|网络|网上|线上"
    "|各(?:镇|乡|村|单位|部门|科|县|区)|下属|二级|连续|第|申请人|当事人|逾期"
)
GOVERNMENTS = ("政府", "管委会", "管理委员会")
OF_GOVERNMENT = "政府信息"
BEFORE = re.compile("(?:年度?|代表|[来内期间底末日月中下后由经对向的和及与是为在以于了])$")  # what no name of a place ends in
BY = re.compile("完成|在|通过|利用|依托|经|从")
VERB = "公开|发布|推送|更新|上传|发送|刊发|编发|推出"
COUNTED = re.compile(rf"(?P<verb>{VERB})[^,。;]*?\d[^,。;0-9]{{0,3}}(?P<u>条|篇|件|期|次|个)")  # it has told its own number
ASIDE = re.compile(r"\([^()]*\)")
OF_THIS_YEAR = re.compile(r"其中(?:20\d\d年|本年|当年|今年)")
FURTHER = re.compile(
    r"[,、](?:(?!其中|包括|分别|含)[^。;])*?(?:通过|利用|在|依托)[^。;,]{0,30}(?:公开|发布|推送)[^。;,\d]{0,10}\d"
)
ALL_TOLD = re.compile("(?:总计|合计|共计|总共)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as matched: `text` without spaces, digits half-width; `places` leads back to the printed
    text."""

    text: str
    places: tuple[int, ...]
    section: Section
    before: tuple[str, ...]  # the sentences before it in the same section, the nearest first

    def printed(self, start: int, end: int) -> str:
        return self.section.text[self.places[start] : self.places[end - 1] + 1]

    def one_number(self, start: int, end: int) -> bool:
        """Whether the digits stand together as printed: 2 3 is no 23."""
        return APART.search(self.printed(start, end)) is None


def holds(kind: Kind, match: Match[str], sentence: Sentence, year: int | None, agency: str | None) -> bool:
    """Whether nothing around the number forbids the statement."""
    ctx, text = context(), sentence.text
    start, end = match.span("n")
    if not sentence.one_number(start, end) or (kind.sums and ROUNDED.search(match["n"])):
        return False
    clause = text[clause_start(text, match.start(), ",()") : match.end()]
    rest = text[match.end() :]
    if "累计" in clause and OF_WHICH.match(rest):
        return False  # of all years
    goes_on = match.end() > match.end("u") and NEXT.match(rest)  # 15件予以公开、2件…: another number, not a range
    if ctx.vague.search(text[:start]) or ctx.after.search(text[end:]) or (ctx.after.search(rest) and not goes_on):
        return False
    meant = kind.meant.search(match[0]) is not None
    if meant:
        clause = clause.replace("其中", "")
    others = clause.replace(agency, "") if agency else clause  # 财政 in 某市财政局 is a name
    if kind.unless.search(ctx.any_channel.sub("", others)) or ctx.denied.search(text[: match.start()]):
        return False
    if kind.channel == "none" and ctx.any_channel.search(clause) and FURTHER.match(rest):
        return False  # through some ways 100, through another 20: neither is all
    if kind.not_after.search(text[: match.start()]):
        return False
    if kind.whole and not meant and ("其中" in ASIDE.sub("", text[: match.end()]) or _summed_up(text[match.end() :])):
        return False
    return (
        _said_last(kind.topic, ctx.topics, match, sentence, False)
        and _said_last(kind.flow, ctx.flows, match, sentence, True)
        and _by_way(kind, match, clause, text[:start], agency)
        and about(kind, sentence, match.end())
        and timely(text, start, year, kind)
        and own(text, match.start(), agency)
    )


def denies(kind: Kind, match: Match[str], sentence: Sentence, year: int | None, agency: str | None) -> bool:
    """Whether the words say that this agency had none at all of the kind this year: not none of some sort, nor none so far."""
    text, start = sentence.text, match.start()
    rest = re.split("[,。;()]|、(?=[无未没])", text[match.end() :], maxsplit=1)[0]
    if kind.none_unless.search(match[0] + rest) or NOT_DENIED.search(text[clause_start(text, start, ",()") : start]):
        return False
    on_topic = _disclosure(kind, sentence) if kind.about else _said_last(kind.topic, context().topics, match, sentence, False)
    return on_topic and timely(text, start, year, kind, True) and own(text, start, agency)


def _said_last(
    what: str | None, known: Mapping[str, Pattern[str]], match: Match[str], sentence: Sentence, unsaid: bool
) -> bool:
    """Whether the sentence, or one shortly before it, spoke last of `what`; `unsaid` if none spoke of any that are known."""
    if what is None:
        return True
    for said in (sentence.text[: match.end()], *sentence.before):
        last = {t: max((m.end() for m in p.finditer(said)), default=-1) for t, p in known.items()}
        if max(last.values()) >= 0:
            return last[what] == max(last.values())
    return unsaid


def _by_way(kind: Kind, match: Match[str], clause: str, said: str, agency: str | None) -> bool:
    """Whether the information went the way that the kind is about; two ways at once are none."""
    if kind.channel is None:
        return True
    ctx = context()
    if kind.channel != "none" and ctx.any_channel.search(clause):
        return False
    clause, said = ctx.any_channel.sub("", clause), ctx.any_channel.sub("", said)
    site = ctx.site.search(clause)
    owner = BY.split(site[1])[-1] if site else ""
    if agency and len(owner) > 3 and not owner.endswith(GOVERNMENTS) and not _named(owner, agency):
        return False
    of_government = site and site[1].endswith(GOVERNMENTS) and "其中" not in site[1] and not BY.search(site[1])
    if of_government and agency and not ctx.area_bodies.search(agency):
        return False  # the government's site as the subject: what it published is not this agency's
    here = {c for c, p in ctx.channels.items() if p.search(clause)}
    if kind.channel == "none":
        return not here
    # The clause that named a way last: «微博、微信关注5万人,全年发布信息…» is of both, so of none.
    # A clause that told its number hands no way on to the next (发布55条,更新5条), unless it sums up or counts other pieces.
    if here:
        return here == {kind.channel}
    if ALL_TOLD.match(clause):
        return {c for c, p in ctx.channels.items() if p.search(said)} == {kind.channel}
    for earlier in reversed(said.split(",")):
        named = {c for c, p in ctx.channels.items() if p.search(earlier)}
        if named:
            told = COUNTED.search(earlier)
            other = told and (told["verb"] not in clause or told["u"] == match["u"]) and not OF_THIS_YEAR.search(clause)
            return named == {kind.channel} and not other
    return False


def about(kind: Kind, sentence: Sentence, end: int) -> bool:
    """Reviews and lawsuits count only where they are about the disclosure of information; not where the sentence goes on to say
    that none of them were."""
    none = NONE_ABOUT.search(sentence.text, end) if kind.code.startswith(("review", "lawsuit")) else None
    if none and ("复议" if kind.code.startswith("review") else "诉讼") in none[0]:
        return False
    said = "信息公开" in sentence.text[:end]
    if kind.code.startswith(("review", "lawsuit")) and not said and OTHERS_TOO.search(sentence.text, end):
        return False
    if kind.about and sentence.before and BOTH.search(sentence.before[0]) and re.match("(?:行政)?诉讼", sentence.text):
        return False  # a line that ends within «行政复议和行政诉讼共2件»
    return _disclosure(kind, sentence)


def _disclosure(kind: Kind, sentence: Sentence) -> bool:
    own_section = "requests" if kind.topic == "applications" else "reviews"
    if kind.about is None or sentence.section.section == own_section:
        return True
    return (
        re.search("信息公开|公开申请|依申请公开|申请公开|公开政府信息", "".join(sentence.before[:1]) + sentence.text)
        is not None
    )


def timely(text: str, start: int, year: int | None, kind: Kind, none: bool = False) -> bool:
    """Whether the number is of the report's year: the time said last before it must be this year, if any
    is. None up to the year's end is none of the year."""
    ctx = context()
    text = ctx.masked.sub(lambda m: "□" * len(m[0]), text)
    again = re.compile(rf"[当本全今]年|年内|新增|{year}年")  # 截至12月31日,全年收到…: of the year, not so far
    for span in [*ctx.as_of.finditer(text)]:
        this = "20" not in span[0] or str(year) in span[0]
        if kind.as_of or none or (this and again.search(text, span.end(), start)):
            text = text[: span.start()] + "□" * len(span[0]) + text[span.end() :]
    if none:  # none by now, in a report on a year that is over
        text = text.replace("目前", "□□")
    for span in ctx.compared.finditer(text):
        if span.start() <= start < span.end() and kind.code != "change_on_year":
            return False
    said = ctx.compared.sub(lambda m: "□" * len(m[0]), text)[:start]
    if ctx.up_to_now.search(said):
        return False
    times = [(m.end(), int(m[1]) == year if year else True) for m in re.finditer(r"(20\d\d)年", said)]
    times += [(m.end(), True) for m in ctx.now.finditer(said)] + [
        (m.end(), False) for m in ctx.past.finditer(said)
    ]
    return not times or max(times)[1]


def own(text: str, start: int, agency: str | None) -> bool:
    """Whether the subject nearest before is this agency, or no body is named at all."""
    ctx, said = context(), text[:start]
    if text.startswith(OF_GOVERNMENT, start - 2):  # 政府信息…: no body
        said = said[:-2]
    if agency and ctx.area.search(said) and not ctx.area_bodies.search(agency):
        return False
    named = ctx.body.search(said[-40:]) or ctx.first_body.search(said)
    if named is None or ctx.own.search(said):
        return True
    return agency is not None and _named(AND_OFFICE.sub("", named[1]), agency)


def _named(printed: str, agency: str) -> bool:
    """Whether what was printed ends in a name of the agency, shortened or not (今年市科技局), and no other place stands before it
    (上高县财政局 is not 宜春市财政局)."""
    if len(printed) < 3:  # 分局, 街道
        return printed in agency
    for at in range(len(printed) - 2):
        name = printed[at:]
        if _letters_of(name, agency):
            alone = at == 0 or BEFORE.search(printed[:at]) is not None
            return alone or name == agency or place_of(name) is not None
    return False


def _letters_of(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


def _summed_up(rest: str) -> bool:
    """Whether the sentence goes on to add this number to others (…3件、…5件,共8件)."""
    if "结转" in rest:
        return False
    return (
        re.match(r"(?:[,、和及与][^。;(]{0,20}\d+[^,。;]{0,3})?[,、]?(?:共计|合计|总计|共)\d", rest)
        is not None
    )


def clause_start(text: str, position: int, marks: str = ",:()、") -> int:
    return max((text.rfind(mark, 0, position) for mark in marks), default=-1) + 1
