"""Stop signs and the wish for a person, read by rules that the classifier cannot overrule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.gates import Gate, alternatives_of
from nlp.labels import FLAGS, SIGNS
from nlp.lexicon import read_table
from nlp.normalise import Normalised

# A phrase right after one of these did not happen; 没收到/没人 do not negate what follows them.
_DENIED: Final = re.compile(
    r"(?:没有?|不会?|未|无|并非|(?<!是)不是|别|不用|不要|不想|没有?出现|没有?发生|没想|不打算|不至于|又没|不算)"
    r"(?:再|去|被|给|给你|什么|任何|发现|吃|有|引起|要|造成|导致|是|过|你们|说|想|你|我)?$"
)
_ASKED_BEFORE: Final = re.compile(
    r"(?:会不会|是否会|会|能|容易|可能|担心会)(?:导致|引起|有|被|发生)?$"
)
_SUPPOSED: Final = re.compile(r"(?:如果|要是|万一|假如|假设|防止|避免|预防)[^,。!?;]{0,8}$")
_CALM_END: Final = re.compile(r"^[^,。!?]{0,6}(?:吗|么|嘛|呢|不\b|\?|怎么办|怎么处理)")
_HYPOTHETICAL: Final = frozenset(
    {"injury", "fire", "food_illness", "food_foreign_body", "food_expired"}
)

CALLED_WITHIN: Final = 12  # characters from the end
_BLOT: Final = "\u25a1"
INSULTS = 2
SHOUTS = 3
# 人工 快递没到: called first, the matter after a pause.
_CALLED: Final = re.compile(r"(?:人工|真人|活人)(?:客服|服务)?[\s,.!。、;:]")
_CALLED_LAST: Final = re.compile(r"[\s,.!。、;:?](?:人工|真人|活人)(?:客服|服务)?[\s,.!。~]*$")
# 你是机器人吗, 对面是真人还是机器: curious, and no more.
_WONDERS: Final = re.compile(
    r"^(?:你|您|请问|对面|这边|跟我聊天?的|和我说话的|到底|究竟|是不是|就是|也?是|我猜|个)*"
    r"(?:机器人?|真人|人工|ai|人类|活人|人)(?:客服)?(?:还是|[吗么呀吧嘛啊呢]|机器|真人|人工|ai|人|客服|在?回[复我]?的?|好奇)*$"
)
# 售前叫我找售后: sent from one to the other, and tired of it.
_SENT_ON: Final = re.compile(r"(?:叫|让|喊|说)我(?:们)?(?:再|又|去)*(?:找|联系|问|打给)")
_NO_PERSON: Final = re.compile(
    r"(?:不用|(?<!要)不要|(?<!还)(?<!为什么)不(?:麻烦|找|叫|联系|转)|没必要|^取消|不是[要想]|别|不需要|无需|(?<!想)不想|不必|用不着|甭|先不|暂时不)"
    r"(?:再|给我|帮我|跟|和|去|了|转接?|找|联系|叫|要|麻烦|换|你们?|用)*$"
)
# 转人工后客服说, 之前转人工说会退: told of what was, not asked for.
_REPORTED: Final = re.compile(
    r"^(?:客服)?(?:之?后|了?说(?:会|给|可以|等|让|没|是|今天|明天|要|不(?!跟|和)|好)|过(?!来)|那边|告诉|答应|问过|已经(?:帮|给|处理)|帮我改的)"
)
# 不转人工我就投诉: a threat, and no refusal.
_OR_ELSE: Final = re.compile(
    r"(?:客服|服务)?(?:我|老子)?(?:就|要|直接|马上)?(?:投诉|举报|打?12|差评|一星|曝)"
    r"|(?:客服|服务)?(?:我|老子)(?:就|要|直接|马上)(?:退|告|报)"
)
_PERSON: Final = re.compile(r"人工|真人|活人|客服|经理|主管|领导|(?<!机器)(?<!别)人")
_DEMANDING: Final = re.compile(
    r"^(?:不要|不想|别|不跟|不和|讨厌|受够|烦死|拒绝).*(?:机器|ai|智能|自动|模板|墨迹|磨|废话|啰嗦)"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rules saw: the flags of the taxonomy, and the finer signs that need a desk."""

    flags: tuple[str, ...]
    signs: tuple[str, ...]
    spares_person: bool = False  # one is named and declined, told of, or only wondered about

    @property
    def wants_human(self) -> bool:
        """Whether the customer asks for a person, in whatever words."""
        return "human" in self.signs


def read_signs(message: Normalised) -> Signs:
    """All stop signs of one message, in the order of the closed sets."""
    flags: set[str] = set()
    signs: set[str] = set()
    rules, gate = _sign_rules()
    opened = list(gate.open(message.grams))
    text = _without_harmless(message) if opened else message.text
    for at in opened:
        sign, flag, pattern = rules[at]
        if any(_holds(sign, text, match) for match in pattern.finditer(text)):
            flags.add(flag)
            signs.add(sign)
    if "abuse" in flags and _is_furious(message):
        signs.add("furious")
    wanted = wants_human(message)
    if wanted:
        signs.add("human")
    return Signs(
        tuple(flag for flag in FLAGS if flag in flags),
        tuple(sign for sign in SIGNS if sign in signs),
        spares_person=wanted is False,
    )


def _is_furious(message: Normalised) -> bool:
    """Two insults, or one shouted (policy §4.3, E7); the original still has its repeats."""
    shouted = sum(message.original.count(mark) for mark in "!！") >= SHOUTS
    rules, _ = _sign_rules()
    insults = sum(
        1 for _, flag, pattern in rules if flag == "abuse" for _ in pattern.finditer(message.text)
    )
    return shouted or insults >= INSULTS


def wants_human(message: Normalised) -> bool | None:
    """Whether a person is asked for; spaces, emoji and punctuation between do not hide it.

    False where one is named without being asked for, None where nothing speaks of any.
    """
    text = message.text
    if "人" in text and (_CALLED.match(text) or _CALLED_LAST.search(text[-CALLED_WITHIN:])):
        return True
    bare = message.bare
    rules, gate = _human_rules()
    sparing, sparing_gate = _sparing()
    spared = any(sparing[at].search(bare) for at in sparing_gate.open(message.bare_grams))
    found = False if spared else None
    for at in gate.open(message.bare_grams):
        for match in rules[at].finditer(bare):
            if not _declined(bare, match):
                return True
            found = False
    return found


def _declined(text: str, match: re.Match[str]) -> bool:
    """不用转人工 declines a person and 转人工后 tells of one, 不要机器人 does neither."""
    if _DEMANDING.match(match.group()):
        return False
    word = _PERSON.search(text, match.start(), match.end())
    start, end = word.span() if word else match.span()
    if _REPORTED.match(text[end : end + 6]):
        return True
    if _OR_ELSE.match(text[end : end + 8]):
        return False
    return _NO_PERSON.search(text, max(0, match.start() - 6), start) is not None


def _holds(sign: str, text: str, match: re.Match[str]) -> bool:
    """Whether the phrase is claimed, not denied, asked about or supposed."""
    before = text[max(0, match.start() - 10) : match.start()]
    if _DENIED.search(before):
        return False
    if sign not in _HYPOTHETICAL:
        return True
    if _SUPPOSED.search(before):
        return False
    return not (_ASKED_BEFORE.search(before) and _CALM_END.match(text[match.end() :]))


@cache
def _sign_rules() -> tuple[tuple[tuple[str, str, re.Pattern[str]], ...], Gate]:
    rows = read_table("signs.tsv", ("sign", "flag", "phrase"))
    parts = {row[0]: row[1] for row in read_table("parts.tsv", ("name", "words"))}
    rules = tuple(
        (sign, flag, re.compile(part))
        for sign, flag, phrase in rows
        for part in _parts(flag, _filled(phrase, parts))
    )
    return rules, Gate([pattern for _, _, pattern in rules])


def _without_harmless(message: Normalised) -> str:
    """The text with goods, remedies and idioms that only sound like a stop sign blotted out."""
    patterns, gate = _harmless()
    text = message.text
    for at in gate.open(message.grams):
        text = patterns[at].sub(lambda match: _BLOT * len(match.group()), text)
    return text


@cache
def _harmless() -> tuple[tuple[re.Pattern[str], ...], Gate]:
    patterns = tuple(
        re.compile(phrase) for _, phrase in read_table("harmless.tsv", ("kind", "phrase"))
    )
    return patterns, Gate(patterns)


@cache
def _of_goods() -> re.Pattern[str]:
    """人工皮革, 真人模特: what goods and work are called."""
    parts = {row[0]: row[1] for row in read_table("human.tsv", ("kind", "phrase"))}
    crafts, models = f"人工(?:{parts['craft']})", f"(?:真人|活人)(?:{parts['model']})"
    return re.compile("|".join((crafts, models, parts["goods"])))


@cache
def _sparing() -> tuple[tuple[re.Pattern[str], ...], Gate]:
    """What names a person and asks for none."""
    patterns = (_WONDERS, _SENT_ON, _of_goods())
    return patterns, Gate(patterns)


@cache
def _human_rules() -> tuple[tuple[re.Pattern[str], ...], Gate]:
    rows = read_table("human.tsv", ("kind", "phrase"))
    parts = {kind: phrase for kind, phrase in rows if kind != "person"}
    persons = [_filled(phrase, parts) for kind, phrase in rows if kind == "person"]
    rules = tuple(re.compile(part) for phrase in persons for part in alternatives_of(phrase))
    return rules, Gate(rules)


def _parts(flag: str, phrase: str) -> list[str]:
    """Insults are counted, so theirs stay one expression: no word may count twice."""
    return [phrase] if flag == "abuse" else alternatives_of(phrase)


def _filled(phrase: str, parts: dict[str, str]) -> str:
    for name, words in parts.items():
        phrase = phrase.replace("{" + name + "}", words)
    return phrase
