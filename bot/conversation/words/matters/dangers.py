"""Grave flags that only the classifier saw, and words that do not bear them out; pure.

What the rules of `nlp` saw stands, whatever is said here: a real danger told in a few words has
one of theirs, or is told in words that are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation.words.sentence.manner import PARTICLES, is_short

_CALLS_NAMES = re.compile(
    r"(?:你们?|都|是|真|就是|一群|一帮|全|死|大|这群|这家店?|[，,。.!！~～ ])*"
    r"(?:骗子|骗人|骗钱|奸商|黑店|坑人|无良)(?:的|店|商家|公司)?[啊呀吧了！!。.~～ ]*"
)
_CHEAT = re.compile(r"骗|奸商|黑店|坑人|无良|诈")
# Somebody else than the shop, or what such people ask for.
_OF_FRAUD = re.compile(
    r"[他她码号卡贷押垫群链]|别人|有人|那人|对方|陌生|自称|冒|假|被骗|骗[了走光]|上当|中了|受骗|转|付款|"
    r"打钱|汇|充|兼职|电话|短信|微信|加我|联系我|身份|信息|老人|我[爸妈]|投|刷|防骗|诈骗|[碰遇][到上]|"
    r"骗我(?!们?买|钱)|下载|app|网址|点了|共享|会议|保障|花呗|支付宝|余额|银行|(?<!你们)(?<!你家)客服(?:是|骗)|"
    r"钱[^，,。]{0,3}没了|少了(?:\d{2,}|[^，,。]{0,4}[元块钱百千万])|"
    r"说[是给]|告诉|给了?骗子|骗子(?:也|都|又|就|怎么|现在)*(?:说|叫|知|可以|能|用|让|给|要|打|有|拿|连)",
    re.IGNORECASE,
)
_GOODS_SCRATCHED = re.compile(
    r"(?:面|壳|屏|身|板|盖|漆|镜|框|底|边|角|外观|表带|包装|[\u4e00-\u9fff]机)[\u4e00-\u9fff]{0,4}[划刮擦]伤"
)
_OF_A_BODY = re.compile(r"手(?!机|表|环)|脸|腿|脚|胳膊|指|皮肤|肉|血|孩|娃|宝宝|老人|[我他她]|医")
# 拆了 吃了一包, 就喝了一口: by the customer, and nothing is told of how they fared.
# 餐椅断了一把腿, 桌子的腿断了: goods stand on legs, too.
_ON_LEGS = r"(?:椅子?|凳子?|桌子?|沙发|床架?|柜子?|架子?|茶几|衣架|眼镜|支架)"
_GOODS_LEG = re.compile(
    rf"{_ON_LEGS}[^，,。]{{0,6}}(?:[断折裂松瘸歪]|掉(?!下))[^，,。]{{0,4}}[腿脚]"
    rf"|{_ON_LEGS}[^，,。]{{0,4}}[腿脚][^，,。]{{0,4}}[断折裂松瘸歪掉]"
)
# 我买的椅子, 我家的: of goods, and of nobody.
_MY_GOODS = re.compile(
    r"(?:我们?|[他她])(?:家里?|刚|昨天|今天|在你们?)*(?:买|的(?!腿|脚)|收到|拆|订|要求?退)"
)
_SOMEBODY_OR_FALL = re.compile(
    r"孩|娃|宝[宝贝]|女儿|儿子|闺女|[姐弟妹]|老人|[妈爸爷奶婆]|老[公婆]|[我他她]|(?<![商卖工])人|摔|跌|倒|砸|塌|[受碰划扎]伤|血|疼|痛"
    r"|肿|骨|医|疤|扎|磕|撞|绊|划破|淤青|晕|夹到|危险|吓|差点|坐"
)
_TRIED = re.compile(
    r"(?:我们?|自己|已经|就|只|才|刚|都|也|可|但|不过|是|先|因为|然后|反正|包装|盒子|袋子|盖子|的|[，,、。.!！~～\s])*"
    r"(?:(?:拆封?|开[封盖]?|打开|吃|喝|尝|试|品尝|泡|冲|煮|用|穿|戴|抹|洗|闻)"
    r"[了过掉完光着]*(?!了)"
    r"(?:就|有|大概|差不多|也就|不到|快|[一两二三四五六七八九十几半小\d]+[口个包袋瓶盒块罐杯碗颗次回天下勺根条枚只串点些]+(?:[儿多]|半(?![一两二三四五六七八九十几半小\d]))?)*"
    rf"(?:而已|[的{PARTICLES}，,、。.!！~～\s])*)+"
)
_CHILD = r"(?:孩子?|娃|儿子|女儿|闺女|孙[子女])"
# Without one of these a child is only spoken of: 给孩子买的, 用我儿子手机下的单.
_CHILD_ACTS = re.compile(
    rf"(?<![给用替帮])(?<![给用替帮]我){_CHILD}(?:(?!手机|[帮替给爸妈])[^，,。]){{0,8}}(?:下的?单|乱买|不小心)|"
    rf"{_CHILD}[^，,。]{{0,6}}[拿用][我他她][^，,。]{{0,4}}手机|拿[我他她][^，,。儿孩娃]{{0,4}}手机|"
    r"(?<!给)上学(?![用穿的要])|(?<![话说])不算数|"
    r"\d岁|[一二三四五六七八九十]岁|周岁|小学|初中|初[一二三]|幼儿园|[一二三四五六七八九]年级|高[一二]|"
    r"成年|[趁偷瞒玩充付拍按赏乱瞎误]|背着|同意|知情|不懂|家长|大人|自己|自作主张|(?<![一有])点|免密|"
    r"分期|证明|用掉|花掉|不敢说|"
    r"(?<![给帮送为])(?<!我)(?:小孩|孩子?|小朋友|小家伙|娃|男孩|女孩)[^他爸妈,，。]{0,8}买(?!的?给)"
)

# 三盒都退吧 不敢吃了: kept from it, and had by nobody.
_DARES_NOT = re.compile(
    r"^(?!.*(?:[吃喝用穿戴](?!了[，,。.!！~～\s啊呀]*$)[了完过]|疼|痛|吐|拉|晕|痒|肿|疹|过敏|烫|[炸冒着]|火|烟|电|难受|不舒服|中毒|住院))"
    r".*不敢(?:再|也|继续)*[吃喝用穿戴]"
)

# 孩子住院了: whether the goods did it, only what it is said of can tell.
_SICK = re.compile(
    r"(?:我们?|孩子|小孩|宝宝|娃|老人|家人|[妈爸]|老婆|老公|媳妇|奶奶|爷爷|他|她|人|一家人|大人|都|也|已经|现在|今天|昨天|昨晚|"
    r"正?在|还|又|直接|吃[完了]|喝[完了]|用[完了]|就|[，,\s])*"
    r"(?:住院|住进医院|进抢救室|发高?烧|昏迷|难受|不舒服|病倒?)(?:[了着呢啊呀]|好?几天|[一两二三四五六七八九十\d]+[天夜]|[，,。.!！~～\s])*"
)

# 不舒服 is said of shoes as well: harm only where somebody is named, or had it inside.
_UNWELL = re.compile(r"难受|不舒服")
_ILL = re.compile(r"住院|住进|抢救|发高?烧|昏迷|病")
_WHO_OR_HOW = re.compile(
    r"孩|宝宝|娃|老人|家人|[妈爸]|老婆|老公|媳妇|奶奶|爷爷|[他她]|[吃喝用][完了]"
)


# What is wrong with food itself; 吃坏了肚子 tells what it did, not what it was.
_GOODS_OFF = re.compile(
    r"霉|馊|臭|酸了|发酸|烂|腐|变质|变味|过期|保质期|生产日期|日期[^，,。]{0,4}过|虫|蛆|异味|怪味|异物|味道不对|不新鲜|"
    r"长毛|胀[包袋气]|鼓包|没熟|(?<![吃喝])坏(?!肚|人|账)"
)


def tells_of_bad_food(text: str) -> bool:
    """Tell whether the food itself is said to be off, and not only that it did harm."""
    return bool(_GOODS_OFF.search(text))


def only_calls_names(text: str) -> bool:
    """Tell whether the shop is called a cheat, and nothing is told."""
    return bool(_CALLS_NAMES.fullmatch(text.strip()))


def only_tried(text: str) -> bool:
    """Tell whether goods were opened or tasted, and no more: no harm, and no fault either."""
    return is_short(text) and bool(_TRIED.fullmatch(text.strip()))


def tells_of_sick(text: str) -> bool:
    """Tell whether no more is said than that somebody has fallen ill."""
    return is_short(text) and bool(_SICK.fullmatch(text.strip()))


def may_be_of_fit(text: str) -> bool:
    """Tell whether 不舒服 is all that is said, as of shoes that pinch."""
    unwell = _UNWELL.search(text) and not _ILL.search(text)
    return bool(unwell) and not _WHO_OR_HOW.search(text)


def _of_shop_alone(text: str) -> bool:
    """Tell whether the shop is what is called a cheat: 骗子吧你们."""
    named = is_short(text) and _CHEAT.search(text) and not _OF_FRAUD.search(text)
    return only_calls_names(text) or bool(named)


def _harms_nobody(text: str) -> bool:
    scratched = _GOODS_SCRATCHED.search(text) and not _OF_A_BODY.search(text)
    afraid = _DARES_NOT.search(text) and not _OF_A_BODY.search(text)
    return bool(scratched or afraid) or only_tried(text) or _of_goods_leg(text)


def _of_goods_leg(text: str) -> bool:
    """Tell whether a leg of furniture is broken, and nobody is spoken of, nor any fall."""
    somebody = _SOMEBODY_OR_FALL.search(_MY_GOODS.sub("", text))
    return bool(_GOODS_LEG.search(text)) and not somebody


# 我有照片, 拍了: what was asked for is there, and nobody got at anything.
_HAS_PHOTO = re.compile(
    r"(?:我|这边|这里|手机里?|都|也|是|当然|已经|刚|刚才|又|再|还|就|倒|可以|能|那|嗯|好的?|[，,\s])*"
    r"(?:(?:有|拍|发|传)[了过着]?(?:好?几|很多|一|两|三|\d)?[张个]?(?:照片|图片?|相片|视频|截图)?|(?:照片|图片?|视频|截图)(?:我|都|也|是)*(?:有|拍|发|传)[了过着]?)"
    rf"(?:[的{PARTICLES}。.!！~～\s])*"
)


def only_has_photo(text: str) -> bool:
    """Tell whether no more is said than that there is a picture to show: 我有照片的."""
    return is_short(text) and bool(_HAS_PHOTO.fullmatch(text.strip()))


_SPEAKS_AGAINST: dict[str, Callable[[str], bool]] = {
    "safety": _harms_nobody,
    "privacy": only_has_photo,
    "fraud": _of_shop_alone,
    "minor": lambda text: not _CHILD_ACTS.search(text),
}


def borne_out(flag: str, text: str) -> bool:
    """Tell whether a text may have a flag that the classifier gave it by itself."""
    speaks_against = _SPEAKS_AGAINST.get(flag)
    return speaks_against is None or not speaks_against(text)
