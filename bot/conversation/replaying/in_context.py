"""What words mean after what was said last, where by themselves they mean something else; pure."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import State
from bot.conversation.words import dangers, named
from nlp.labels import TYPE_OF

# Questions about which order is meant, and whose it is.
ORDER_QUESTIONS = frozenset({"order_no", "phone_tail"})

_VAGUE = frozenset({"complain", "inform", "deny", "other"})


def in_context(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Return what was heard as it is meant after what was asked and answered last."""
    return _of_harm(state, _of_number(state, spoke))


def _of_number(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 手机号我得问问她 as no leak of data where the number was asked for.

    A real leak is told in words that the rules know, or that speak of somebody else's doing.
    """
    asked, heard = state.question, spoke.heard
    if asked is None or asked.what not in ORDER_QUESTIONS or not named.lacks_number(spoke.plain):
        return spoke
    signs = tuple(sign for sign in heard.signs if sign not in heard.seeming)
    status = asked.matter is None and not heard.issues and heard.intent in _VAGUE
    intent = "order_status" if status else heard.intent  # what was asked still is
    return replace(spoke, heard=replace(heard, signs=signs, seeming=(), intent=intent))


def _of_harm(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 孩子住院了 as harm done by the goods complained of, and not by a late parcel."""
    matter = state.current
    if matter is None or spoke.heard.signs or not dangers.tells_of_sick(spoke.plain):
        return spoke
    if not any(TYPE_OF[issue] == "quality" for issue in matter.issues):
        return spoke
    signs = ("injury",)
    return replace(spoke, heard=replace(spoke.heard, signs=signs, seeming=signs))
