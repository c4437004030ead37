"""Tags cut and clothes washed, as told of goods that are to go back without a reason."""

import pytest

from bot.conversation.words.things import intact


@pytest.mark.parametrize(
    "text",
    [
        "吊牌剪了 洗过一次", "洗过了", "吊牌剪了", "吊牌我已经摘掉了", "剪了吊牌",
        "标签撕了", "洗了一次", "水洗过", "不小心弄脏了", "吊牌没了", "手机激活了",
        "吊牌剪了 还能退吗", "吊牌不小心扯下来了",
    ],
)  # fmt: skip
def test_goods_are_told_to_be_spoilt(text: str) -> None:
    assert intact.tells_spoilt(text) is True


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("吊牌还在没洗过", False), ("吊牌没剪", False), ("没洗过", False), ("标签都在", False),
        ("没有激活过", False), ("穿过一次没洗", False), ("试穿过一次", None), ("拆开看了", None),
        ("如果吊牌剪了能退吗", None), ("吊牌剪了还能退吗", None), ("洗过还能换吗", None),
         ("剪了吊牌的话能退吗", None), ("洗过会掉色吗", None),
        ("吊牌可以剪吗", None), ("洗了一次就掉色", None), ("收到就没吊牌", None), ("怎么洗", None),
        ("收到的时候吊牌就剪了", None), ("洗了手才拆的", None), ("洗衣机不想要了", None),
        ("剪刀不想要了", None), ("拆了快递盒", None), ("不喜欢这个牌子", None), ("想退", None),
    ],
)  # fmt: skip
def test_goods_are_as_they_came_or_nothing_is_told(text: str, told: bool | None) -> None:
    assert intact.tells_spoilt(text) is told


def test_what_was_told_last_holds() -> None:
    assert intact.is_spoilt("衣服想退\n吊牌剪了\n还能退吗")
    assert not intact.is_spoilt("吊牌剪了\n看错了 吊牌还在")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("饭勺留着行不行", True),
        ("电饭煲不想要了 退货\n赠品没了要扣钱吗", True),
        ("送的饭勺不退可以吗", True),
        ("赠品我用了", True),
        ("饭勺找不到了", True),
        ("赠品没了要扣钱吗\n找到了 一起退", False),
        ("电饭煲留着", False),
        ("赠品一起退", False),
        ("赠品没收到", False),
        ("电饭煲坏了", False),
        ("不想要了 退货", False),
        ("饭勺还在", False),
        ("电饭煲和饭勺都退", False),
        ("电饭煲不想要了 没拆 赠品我留着", True),
        ("电饭煲退货，没拆封，赠品我留着", True),
        ("赠品想留下，电饭煲没拆过", True),
        ("电饭煲没拆赠品我留着", True),
        ("赠品我留着\n电饭煲没拆", True),
        ("赠品留着 电饭煲也退", True),
        ("赠品 我不退了", True),
        ("饭勺没拆 我留下了", True),
        ("电饭煲退货 赠品我已经用了", True),
        ("电饭煲没拆 赠品没用掉", False),
        ("赠品我留着\n算了 都退吧", False),
        ("赠品还留着 一起退", False),
        ("赠品没拆 一起退", False),
        ("赠品也没拆，电饭煲退货", False),
    ],
)
def test_the_gift_stays_while_its_goods_go_back(told: str, *, kept: bool) -> None:
    assert intact.keeps_gift(told, ["不锈钢饭勺"], ["智能电饭煲"]) is kept


def test_without_a_gift_none_is_kept() -> None:
    assert not intact.keeps_gift("赠品没了", [], ["智能电饭煲"])


@pytest.mark.parametrize(
    ("text", "unopened"),
    [
        ("面霜退货 赠品我已经用了", None), ("面霜没拆，赠品用了", True), ("已经用了赠品", None),
        ("赠品拆了面霜没拆", None), ("赠送的小样用过了", None), ("面霜用过了 赠品没拆", False),
        ("面霜和赠品都拆开了", False), ("赠品和面霜都用过了", False), ("面霜拆了", False),
        ("给我妈的礼物她拆开了不喜欢", False),
    ],
)  # fmt: skip
def test_what_was_done_with_a_gift_is_not_told_of_the_goods(
    text: str, unopened: bool | None
) -> None:
    assert intact.tells_unopened(text) is unopened


def test_a_gift_that_was_washed_spoils_no_goods() -> None:
    assert intact.tells_spoilt("衬衫想退 赠品洗过了") is None
    assert intact.tells_spoilt("衬衫和赠品都洗过了") is True


@pytest.mark.parametrize(
    ("told", "shards"),
    [
        ("都碎成渣了还要寄回吗", True), ("碗全碎了", False), ("稀碎", True), ("整个都碎了", True),
        ("那退我66行不行 碎片没法寄", True), ("碎了怎么寄啊", True),
        ("收到就碎了\n碎成一堆了", True),
        ("屏幕碎成渣了", False), ("碎了一个", False), ("没全碎", False), ("会不会全碎了", False),
        ("怎么寄回去", False), ("碎了 怎么办", False), ("盖子碎了", False),
    ],
)  # fmt: skip
def test_shards_are_told(told: str, shards: bool) -> None:
    assert intact.is_in_shards(told) is shards
