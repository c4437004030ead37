"""Which size or colour is wanted in place of what came, and that it fits badly; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short
from nlp.quantities import PIECE

_SIZE = (
    r"(?:(?<![a-zA-Z])[2-9]?[xX]{0,3}[smlSML](?![a-zA-Z])码?|均码"
    r"|0\d号(?!色)|\d{1,3}号色"  # 02号, of make-up; 15号 is a date
    r"|(?<![\da-zA-Z])(?:[6-9][05]|100)[A-FHa-fh]{1,2}(?![\da-zA-Z])码?"  # 80B; 80g weighs
    r"|(?<!\d)\d{1,3}(?:\.5)?码|(?<!\d)(?:[2-4]\d(?:\.5)?|1[0-9]0)(?![\d码]|号色)"
    r"|[大小长短宽窄肥瘦](?:一?[两二]?[号码]|[一两]?点儿?|一?些|的))"
)
_COLOUR = (
    r"(?:(?![颜掉褪变了过])(?:(?!色)[\u4e00-\u9fff]){1,2}(?<![颜么掉褪变他它别同错])色(?!差)"
    r"|[黑白红蓝绿灰黄紫粉棕橙青]的)"
)
_VALUE = rf"(?P<value>(?:{_COLOUR}|{_SIZE})(?:的?[，,、 ]?(?:(?![的码儿]){_COLOUR}|{_SIZE}))*)"
_ENDS = rf"(?:的|{PIECE}|[{PARTICLES}])*(?=$|[\s，,。.；;!！?？~～]|[吗嘛]|就?可以|就?行|就?好|谢)"
# 想换大一码, 换双43码的; 不换XL and 换大点的箱子发 want no such thing.
_EXCHANGED_FOR = re.compile(
    rf"(?<![不别没甭])(?<!不[想要用能])(?<!别给我)(?<!没给我)(?<!为什么)(?<!怎么)(?:换|改)(?:成|为|我|一?{PIECE})*{_VALUE}{_ENDS}"
)
# 43码, 就要黑色的, 还是XL吧: nothing is said but which one. 还是大一号 finds it too big still.
_ONLY_VALUE = re.compile(
    rf"(?:我|那|就|要不?|想要|来|给我|算了|干脆|还是(?![大小长短宽窄肥瘦])|一?{PIECE}|[，, ])*"
    rf"{_VALUE}{_ENDS}"
    rf"(?:就?可以|就?行|就?好|谢谢|[{PARTICLES}，,。.!！~～\s])*"
)
# 改成L码了吗: asked whether it was done.
_IS_DONE = re.compile(r"了(?:吗|没|么)")
# Of the size that is named something is asked first: it is not taken yet.
_ASKED_FIRST = re.compile(r"有[没货吗]|没货|缺货|差价|多少|多久|几天|什么时候|运费|谁|怎么")
# Which one is left to the shop, or asked of it, or told by nothing: a person sees to it.
_LEFT_OPEN = re.compile(
    r"随便|随意|都可?[以行]|无所谓|(?:你们?|您)(?:帮我|给我)?(?:看着|定|推荐|决定|选)|看着办"
    r"|不(?:知道|清楚|确定|晓得)(?!为|怎么|什么时候|要不要|该不该|能不能|还)|合适的|[穿选买拿要换]多大"
    r"|(?:什么|哪个|多大|几)尺?[码号]"
    r"|(?:没有?|不分|哪有)(?:什么)?(?:尺码|尺寸|码数|规格|颜色)|(?:一样|同样|同款|原来)的?(?:款|就行|就好|吧)*$"
)
# Told by how it is to fit: 大一点的.
_BY_FIT = re.compile(r"[大小长短宽窄肥瘦](?:一|两)?(?:点|些|号|码)|最[大小]")

_WORN = (
    r"(?:衣服|衣|外套|卫衣|毛衣|大衣|风衣|棉衣|羽绒服|夹克|衬衫|衬衣|[tT]恤|短袖|背心|马甲|西装|校服|睡衣"
    r"|内衣|内裤|文胸|胸罩|泳衣|裤子?|牛仔裤|裙子?|连衣裙|旗袍|鞋子?|靴子?|拖鞋|凉鞋|袜子?|帽子?|手套"
    r"|戒指|手镯|尺码|码数|码子)"
)
_SLIGHTLY = (
    r"(?:我|他|她|孩子|穿|着|穿上|穿起来|上身|买|也|都|还是|好像|感觉|有点儿?|太|稍微?|略微?"
    r"|实在|真的|的|，|,| )*"
)
_MISFIT = re.compile(
    rf"(?:{_WORN}|穿(?:着|上|起来)?){_SLIGHTLY}[大小长短肥瘦紧松宽窄]"
    rf"(?!了[一两二三四五六七八九\d]?{PIECE})(?:了|一?[两二]?[号码点些]|[{PARTICLES}]|$|[，,。.!！~～\s])"
    rf"|穿不[进上下]|套不[进上]|买[大小](?:了(?!件|数)|一[号码])|{_WORN}{_SLIGHTLY}不合[适身脚]"
    r"|(?<![一-龥])(?:大|小|长|短)了?一?两?[号码](?=了|$|[，,。.!！~～\s])"
)
# 标M实际S, 尺寸做小, 偏码, 缩水, 一只大一只小, 发错: more is wrong than that it does not fit.
_OF_MAKE = re.compile(
    r"标|实际|做[大小]|偏|不[准符]|[码寸]不对|描述|详情|图片|页面|客服|推荐|尺码表|平时|正常|洗|缩|变[大小形]"
    r"|[左右一两另每][只边脚条]|[左右]脚|不一|不同|错|发成|发的|假|味|你们|拉|扣|掉|脱"
)


# 杆买短了, 尺寸拍错了: chosen so by who bought it, whatever it is; 没买错 is not that.
_CHOSEN_BADLY = re.compile(
    rf"(?<![没不])(?<!没有)(?<!不是我)(?<!不是)(?:买|拍|选|订|挑)(?:得|的)?(?:太|有点|稍微?|偏)?"
    rf"(?:(?:[小大长短窄宽薄厚高矮](?:了(?!件|数|[一两二三四五六七八九\d]+{PIECE})|一[号码])"
    r"|错了?(?:尺码|尺寸|大小|型号|规格|颜色|款式?|色号|了|$|[，,。\s])))"
)
_NOT_THEIRS = re.compile(
    r"你们?|客服|发[小大少错]|发错|发成|标|实际|页面|详情|描述|推荐|地址|电话|缩水|[吗么?？]|是不是"
)


def chosen_badly(text: str) -> bool:
    """Tell whether who bought it says to have chosen the wrong size or kind: 沙发套买小了."""
    return is_short(text) and bool(_CHOSEN_BADLY.search(text)) and not _NOT_THEIRS.search(text)


def exchanged_for(text: str) -> str | None:
    """Return the size or colour that goods are to be exchanged for: 想换大一码; or None."""
    found = None if _IS_DONE.search(text) else _EXCHANGED_FOR.search(text)
    return found.group("value") if found else None


def bare_size(text: str) -> str | None:
    """Return the size or colour that is all that is said: 43码, 就要黑色的; or None."""
    found = _ONLY_VALUE.fullmatch(text.strip()) if is_short(text) else None
    return found.group("value") if found else None


def asks_about_it(text: str) -> bool:
    """Tell whether something of the size is asked before it is taken: 换43码 有货吗."""
    return bool(_ASKED_FIRST.search(text))


def leaves_it_open(text: str) -> bool:
    """Tell whether who is asked for a size names none, and leaves it to the shop: 随便, 穿多大."""
    hesitates = "要不要" in text or "再说" in text
    open_ = is_short(text) and not hesitates and bool(_LEFT_OPEN.search(text))
    return open_ and not _ASKED_FIRST.search(text)


def told_by_fit(text: str) -> bool:
    """Tell whether who is asked for a size says how it is to fit instead: 大一点的."""
    return is_short(text) and bool(_BY_FIT.search(text)) and not _ASKED_FIRST.search(text)


def fits_badly(text: str) -> bool:
    """Tell whether what is worn is said not to fit, and nothing of how it was made or sent."""
    return is_short(text) and bool(_MISFIT.search(text)) and not _OF_MAKE.search(text)
