"""Another number of pieces is wanted, or another kind."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.how_many import changes_number


@pytest.mark.parametrize(
    "text",
    [
        "拍成两瓶了 改一瓶",
        "不是改规格 就是2瓶改成1瓶",
        "多拍了一份 改成一份",
        "改成一件吧",
        "改成3瓶可以吗",
        "少拍了一瓶，帮我加上",
        "数量改一下",
        "改下数量",
        "数量拍错了",
        "拍错数量了",
        "改为两件，谢谢",
    ],
)
def test_another_number(text: str) -> None:
    assert changes_number(text, ["洗发水 500ml"])


@pytest.mark.parametrize(
    "text",
    [
        "改成两瓶装",
        "改成10片装的那款",
        "改一件黑色的",
        "改成L码",
        "改一个地址",
        "改一个",
        "拍错颜色了 改成黑色",
        "换一瓶新的",
        "尺码拍错了 换成大的",
        "改成20双",
        "改成20双的",
        "数量没错，颜色错了",
        "改成三件套",
        "两件都改成L码",
    ],
)
def test_no_other_number(text: str) -> None:
    assert not changes_number(text, ["袜子 10双"])
