"""What `nlp` understood, as events keep it; pure."""

from __future__ import annotations

import re

from bot.conversation.events import Heard
from nlp.understanding import Understanding

# Below this the likeliest issue is only a guess, and the customer is asked.
ASSERTED_AT = 0.35
# An issue beside the first one may turn the verdict, so it must be likelier than not.
BESIDE_AT = 0.5
WORTH_ASKING = 0.2
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# Japanese kana, Korean, Cyrillic, Arabic, Thai: Japanese has characters that look Chinese.
_OTHER_SCRIPT = re.compile(r"[\u3041-\u30fa\uac00-\ud7a3\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
FOREIGN_SIGNS = 4
_LETTERS = re.compile(r"[^\W\d_]")
FOREIGN_LETTERS = 12  # a line of letters, not a model number or an abbreviation


def to_heard(understood: Understanding) -> Heard:
    """Return the event's view of an understanding."""
    slots = understood.slots
    # The classifier has only ever read Chinese: what it makes of other languages is noise.
    foreign = is_foreign(understood.text)
    claimed = understood.primary != "none" and not foreign
    sure = understood.confident or understood.probability >= ASSERTED_AT
    beside = (s.issue for s in understood.issues if s.probability >= BESIDE_AT)
    issues = (understood.primary, *(i for i in beside if i != understood.primary))
    return Heard(
        issues=issues if claimed and sure else (),
        confident=understood.confident,
        intent=understood.intent,
        flags=understood.flags,
        signs=understood.signs,
        order_nos=slots.order_nos,
        phone_tail=slots.phone_tail,
        amount_fen=slots.amount_fen,
        quantity=slots.quantity,
        bad_share=slots.bad_share,
        demand=slots.demand,
        guess=None if foreign or (claimed and sure) else _guess(understood),
        foreign=foreign,
        artefact=understood.artefact,
    )


def _guess(understood: Understanding) -> str | None:
    """Return the issue worth asking about: claimed without certainty, or behind a complaint."""
    if understood.primary != "none":
        return understood.primary
    likely = [a.issue for a in understood.alternatives if a.probability >= WORTH_ASKING]
    return likely[0] if likely and understood.intent == "complain" else None


def is_foreign(text: str) -> bool:
    """Tell whether a text is a sentence with no Chinese in it, or one in another script."""
    if len(_OTHER_SCRIPT.findall(text)) >= FOREIGN_SIGNS:
        return True
    return not _CHINESE.search(text) and len(_LETTERS.findall(text)) >= FOREIGN_LETTERS
