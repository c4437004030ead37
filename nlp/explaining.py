"""Which words may be shown as reasons of a judgement."""

from __future__ import annotations

from typing import Final

from nlp.patterns import DIGITS
from nlp.segment import Token

# They bind words or colour them, whatever it is about. 不, 没 and 还 are none: 没收到, 还不发货.
_EMPTY_WORDS: Final = (
    "的 了 地 得 着 过 吗 呢 吧 啊 呀 嘛 么 哦 噢 喔 哈 啦 咯 哎 唉 嗯 诶 呗 哇 "
    "我 你 您 他 她 它 我们 你们 他们 咱 咱们 这 那 这个 那个 这样 那样 这里 那里 个 "
    "是 在 有 和 跟 与 或 及 把 被 让 对 对于 就 就是 都 也 又 而 而且 并 并且 但 但是 不过 "
    "因为 所以 如果 然后 一 一个 一下 请 请问 你好 您好 麻烦 谢谢 亲 订单 订单号 单号 编号 "
    "号码 手机 手机号 尾号 电话 说 里 上"
)
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())


def is_telling(token: Token) -> bool:
    """Tell whether the word says something of the matter: no number, particle or mark."""
    if token.kind != "word" or not DIGITS.isdisjoint(token.text):
        return False
    return token.text not in _EMPTY and any(letter.isalpha() for letter in token.text)
