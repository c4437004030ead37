"""Which of the customer's orders, or of the order's articles, an answer means; pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.shapes.state import Button, Matter
from bot.conversation.words.sentence.manner import is_short
from bot.conversation.words.sentence.whole import counts_fewer, means_all, without_denied
from bot.conversation.words.things.articles import named_among, the_one, without_verb
from bot.conversation.words.things.goods import means_only_one
from bot.conversation.words.wishes.all_back import names_all_to_go


def which_meant(
    asked: str, text: str, choices: Sequence[Button], matter: Matter | None
) -> Button | None:
    """Return the order or article that is meant by a yes or by its name; None where unclear."""
    if asked == "order_no" and len(choices) == 1:
        return choices[0] if means_only_one(text) else None
    return _article_meant(text, choices, matter) if asked == "item" else None


def _article_meant(text: str, choices: Sequence[Button], matter: Matter | None) -> Button | None:
    articles, whole = choices[:-1], choices[-1]
    titles = [b.label for b in articles]
    if matter and matter.issue == "none" and names_all_to_go(text, matter.told, titles):
        return whole
    at = the_one(without_verb(without_denied(text)), titles) if is_short(text) else None
    if at is not None:
        return articles[at]
    # 杯子全碎了 names one of them: rather ask once more than pay for the others too.
    one_named = len(named_among(text, titles)) == 1
    all_meant = not one_named and means_all(text) and not counts_fewer(text, len(articles))
    return whole if all_meant else None
