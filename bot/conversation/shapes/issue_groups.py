"""Issues that mean one thing to a customer, or that one fact settles: sets of labels only."""

from __future__ import annotations

from typing import Final

# What is wrong with the goods may be called by one name now, and by another later on.
STATES_OF_GOODS: Final = frozenset({"defect", "damaged", "spoiled", "mismatch"})
# A fault of the goods, whatever it is called; 描述不符 may be another word for a sum.
BROKEN: Final = STATES_OF_GOODS - {"mismatch"}
# What may be wrong with goods that were to go back without a reason.
FAULTS: Final = STATES_OF_GOODS | {"counterfeit", "wrong_item", "missing_item"}
# No fault at all: a mere wish, or a size or colour that was badly chosen.
FAULTLESS: Final = frozenset({"none", "spec"})
# What was entered wrong with the order, and may be put right in it.
ENTERED: Final = frozenset({"address", "spec"})
# What the wait for a parcel may be called.
DELAYS: Final = frozenset({"not_shipped", "slow", "no_tracking"})
# Complaints that a parcel is not there, whatever the carrier says of it.
WAITS: Final = DELAYS | {"not_received"}
# Complaints that are settled by the parcel's arrival.
AWAITS_PARCEL: Final = WAITS | {"courier"}
# Complaints of a parcel that has left: what was not sent cannot turn up.
OF_SENT_PARCEL: Final = AWAITS_PARCEL - {"not_shipped"}
# Complaints of how people were dealt with: no goods are spoken of.
OF_SERVICE: Final = frozenset({"no_response", "attitude", "process"})
# Complaints of how the house itself has answered, whatever it was that it answered.
OF_OUR_ANSWER: Final = frozenset({"refused", "no_response"})
# Sums that may be owed beside each other, each with a reason and a reckoning of its own.
SUMS_APART: Final = frozenset({"double_charge", "discount", "fee", "price_drop"})
