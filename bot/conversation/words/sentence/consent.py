"""Whether all that is said at once is a yes, an express one, or only hurries; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.sentence.yes_no import says_no, says_yes

CLAUSES_AT_MOST = 12
_HURRIES = re.compile(
    r"(?:那|就|请|麻烦|你们?|您|给我|帮我|能不能|能|可以|倒是|都)*"
    r"(?:快[点些]儿?|快一点|尽快|赶[快紧]|抓紧|速度|搞快|(?:马上|立刻)(?=.))"
    rf"(?:的|[点些下]|一[点下]|给我|帮我|处理|办理?|弄|搞|提交|操作|安排|[{PARTICLES}])*(?:吗|不)?[?？]*"
)
_THANKS = re.compile(rf"(?:谢谢|多谢|感谢|辛苦|麻烦)(?:你们?|您|[{PARTICLES}])*")
# 好的麻烦快点, 行谢谢了: a yes with no stop behind it. 可以快点吗 asks, and 好麻烦 complains.
_YES_AT_ONCE = re.compile(
    r"(?:好[的吧嘞啊呀哒]+|好(?!麻烦)|行(?!不)[的吧啊]*|可以的|没问题|确[认定]|同意|就这样吧?|办吧|"
    r"嗯+[的呢啊]*|okk?)[了吧啊呀]*那?",
    re.IGNORECASE,
)
# 确定能快点吗 asks whether that is sure; 好的能快点吗 is a yes that hurries.
_SURE = re.compile(r"确[认定]|没问题")
_ASKED = re.compile(r"[吗不?？]+$")
_EXPRESS = re.compile(r"确认|确定|就这么办|就这样|同意|接受|办吧|就这个")
_TAKES_THIS = re.compile(
    r"(?:好的?|行|可以|嗯|那|就|我|要|选|按|用|办|[，,。\s])*(?:这个|它|这样|第一个)(?:方案|选项)?"
    rf"(?:来|办|处理|就行|就好|就可以|可以|好了|行|谢谢|[{PARTICLES}。.!！~～，,\s])*"
)
# 这样啊 has understood, 那这个呢 asks.
_ONLY_REMARKS = re.compile(
    r"(?:那|嗯|哦|[，,\s])*(?:这样|这个|它)(?:啊|哦|呢|呀|噢)+[。.!！~～?？\s]*"
)
# Around what holds a yes back: 那我还是先不办了吧, 先别弄行吗.
_BEFORE_NO = (
    r"(?:不好意思|抱歉|刚才?|好的?|嗯|哦|额|呃|诶|哎|那|就|我|你们?|您|还是|要不|麻烦|请|给我|帮我|"
    r"都|也|是)*"
)
_AFTER_NO = rf"(?:(?:行|可以|好)[吗不么]?|谢谢|[{PARTICLES}?？])*"
_DONE_TO_IT = (
    r"(?:给我|帮我|着?急|办理?|弄|退款?|退货|换货?|处理|操作|提交|申请|确[认定]|"
    r"动|搞|选|点|要|用|走)*"
)
_PUTS_OFF = (
    rf"(?:先|暂时|暂且|现在|今天|目前)+(?:就|都|我)*(?:别|甭|不(?!错|好用|会|知道)){_DONE_TO_IT}"
    r"|(?:先|暂时)(?:等|放|缓|搁|停)(?:等|着|一?[下放缓])*|(?<!先)(?:别|甭)(?:办|弄|动|提交|操作|处理|申请)"
    r"|等(?:一?[下会]儿?|会儿?|等看?|一等)|(?:稍|请)等(?:一?下|会儿?)?"
    r"|等我[^，,。]{1,12}|(?:缓|停)一?[下缓]"
    r"|(?:等|明天|明早|今晚|晚上|回头|过[几两一]天|晚点|改天|到时候?|下班|周[一二三四五六日末]|"
    r"[想问]|商量|考虑)[^，,。再]{0,10}再(?:说|弄|办|定|决定|确认|处理|看|告诉|联系|来)[^，,。]{0,4}"
    r"|(?:还)?没(?:有)?(?:想|考虑|决定|确定|定|同意|答应|确认|商量)(?:好|过|下来)*(?:要|呢)*"
    r"|先?(?:想|考虑|商量)(?:问|想|考虑|商量|一?下)+"
    r"|先?问(?:问|一?下)*(?:家[里人]*|老公|老婆|对象|爸妈|妈|爸)|先问(?:问|一?下)+"
    r"|后悔了?|不确[认定]|确[认定]不了|(?:晚点|等下|回头|明天)再?确认"
)
_MISTAKEN = (
    r"(?:不小心|手滑|手抖|手误|误)+(?:点|按|选|摁|碰|戳|触|打|回|选择)(?:错|到|了|快)(?:错|了|的|按钮|选项|方案|一个|那个)*"
    r"|(?:点|按|选|摁|碰|戳|触|打|回|选择)(?:到|了|快)*错(?:了|的|按钮|选项|方案|一个|那个)*"
    r"|误(?:点|触|按|选|操作)了?|(?:不小心)?手[滑抖误]了?"
    r"|不是(?:要|选|点|说|想要|想选)?(?:的)?(?:这个?|那个?)(?:方案|选项)?(?:的)?"
)
_WITHHOLDS = re.compile(rf"{_BEFORE_NO}(?:{_PUTS_OFF}|{_MISTAKEN}){_AFTER_NO}")
_COURTEOUS = re.compile(r"不(?:用|必)?(?:谢|客气)")
_FOR_ME = re.compile(r"(?:那|就|我|还是|可|真)+(?=不|别|算)")


def withholds(text: str) -> bool:
    """Tell whether a yes is put off, denied or was hit by mistake: 先别, 等我回家再说, 点错了."""
    return any(_holds_back(clause) for clause in _clauses(text))


def _holds_back(clause: str) -> bool:
    if _COURTEOUS.search(clause):
        return False
    return bool(_WITHHOLDS.fullmatch(clause)) or says_no(_FOR_ME.sub("", clause, count=1))


def only_hurries(text: str) -> bool:
    """Tell whether no more is said than that it should go fast: 赶紧的."""
    clauses = _clauses(text)
    return bool(clauses) and all(map(_HURRIES.fullmatch, clauses))


def consents(text: str) -> bool:
    """Tell whether each line said at once is a yes, or hurries, and one at least is a yes."""
    if says_yes(text):
        return True
    clauses = [_without_haste(clause) for clause in _clauses(text)]
    said = [c for c in clauses if not _HURRIES.fullmatch(c) and not _THANKS.fullmatch(c)]
    return bool(said) and all(map(says_yes, said))


def consents_expressly(text: str) -> bool:
    """Tell whether it is a yes that can only be one to what is to be confirmed: 确认."""
    return consents(text) and bool(_EXPRESS.search(text))


def takes_this(text: str) -> bool:
    """Tell whether it is a yes to the one thing that was just named: 好的, 选这个."""
    takes = is_short(text) and _TAKES_THIS.fullmatch(text.strip())
    return consents(text) or (bool(takes) and not _ONLY_REMARKS.fullmatch(text.strip()))


def _without_haste(clause: str) -> str:
    """Return the yes that a clause begins with, where it only hurries or thanks after that."""
    begins = _YES_AT_ONCE.match(clause)
    rest = clause[begins.end() :] if begins else ""
    only_more = _HURRIES.fullmatch(rest) or _THANKS.fullmatch(rest)
    if begins and _SURE.match(clause) and _ASKED.search(rest):
        return clause
    return clause[: -len(rest)] if rest and only_more else clause


def _clauses(text: str) -> list[str]:
    """Return what was said, clause by clause; nothing where it is too much to be an answer."""
    clauses = clauses_of(text)
    short = len(clauses) <= CLAUSES_AT_MOST and all(map(is_short, clauses))
    return clauses if short else []
