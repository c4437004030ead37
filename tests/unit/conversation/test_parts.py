"""A part that is missing is not the article that it belongs to."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.parts import lacks_part


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("扫地机的充电底座没发", "石头扫地机器人 G20"), ("少了个刷头", "电动牙刷 送旅行盒"),
        ("漏发充电器", "电动剃须刀"), ("没给我充电线", "蓝牙耳机"), ("盖子不见了", "保温杯 500ml"),
        ("送的手提袋没有", "茶叶礼盒"), ("里面没有遥控器啊", "风扇"),
        ("刷头没收到", "电动牙刷 送刷头"),
        ("东西到了，螺丝少了", "书桌"),
        ("少了一包螺丝", "书架"), ("漏发一小袋螺丝", "书架"), ("缺螺丝", "书架"),
        ("少了两颗螺丝", "书架"), ("没有给那包螺丝", "书架"), ("少了些零件", "书架"),
        ("缺了一盒配件", "书架"), ("少几个螺丝", "书架"),
    ],
)  # fmt: skip
def test_a_part_is_missing(text: str, title: str) -> None:
    assert lacks_part(text, [title])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("少了个充电器", "无线充电器 20W"), ("刷头少了一个", "电动牙刷刷头 4支装"),
        ("少了一件", "电动牙刷"),
        ("牙刷没给我发", "电动牙刷"), ("少了个带盖子的杯子", "保温杯"), ("盖子没有裂", "保温杯"),
        ("充电器没问题 少了一个耳机", "蓝牙耳机"), ("盖子没拧紧 少了一瓶", "牛奶"),
        ("手机支架没发", "手机支架"), ("少了两双鞋带来的麻烦", "运动鞋"), ("盖子坏了", "保温杯"),
        ("耳塞没收到", "隔音耳塞10对"), ("没给我腰带", "女士腰带1条"),
        ("少了个锅盖", "不锈钢锅盖26cm"), ("少了一盒螺丝", "螺丝 50颗"), ("少了一包", "书架"),
    ],
)  # fmt: skip
def test_the_article_itself_is_missing_or_nothing_is(text: str, title: str) -> None:
    assert not lacks_part(text, [title])
