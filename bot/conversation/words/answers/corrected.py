"""A new value told beside an offer that would write it down: which remedy that means; pure."""

from __future__ import annotations

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import Matter
from bot.conversation.words.answers.corrections import named_correction
from bot.conversation.words.answers.invoices import form_asked
from bot.conversation.words.answers.of_the_offer import asks_of_fee

# Remedies that put right what the customer names, so that naming it is wanting it.
CORRECTING = ("correct_order", "invoice")


def correcting(matter: Matter) -> tuple[str, ...]:
    """Return the remedies that bring what is named: a parcel on its way is sent elsewhere."""
    return (*CORRECTING, "intercept") if "address" in matter.issues else CORRECTING


def kinds_told(matter: Matter | None, spoke: CustomerSpoke) -> tuple[str, ...]:
    """Return the remedies that are wanted by who names a new value, empty where none is named."""
    return correcting(matter) if matter and named_correction(matter, spoke) else ()


def corrected_option(matter: Matter | None, spoke: CustomerSpoke) -> str | None:
    """Return what waits for a yes, where its value is put right instead: 不对 是602; or None."""
    picked = matter.offered(matter.picked) if matter and matter.stage == "confirming" else None
    if matter is None or picked is None or picked["kind"] not in correcting(matter):
        return None
    value = named_correction(matter, spoke)
    return str(picked["id"]) if value not in {None, matter.correction} else None


def only_asks_of_terms(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether it is but asked what a remedy costs or brings: 改派要加钱不, 要纸质的.

    Who asks so has not agreed: the answer may change their mind.
    """
    text = spoke.plain
    if asks_of_fee(text, matter.offer):
        return True
    return form_asked(matter, text) is not None and named_correction(matter, spoke) is None
