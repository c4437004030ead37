"""The texts that the bot can say: the key of each, and the facts that the program has for it.

A new text in `data/replies/shop.yaml` needs its line here; without one it is refused at load.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_LINES: Final = """
ai_label
ai_label_brief
greet
thank
thank_open
greet_decided
close
who
bitter
empty
unclear
unclear_what
unclear_again
unreadable
unreadable_again
unreadable_photo
unseen_beside
foreign
stale_button
photo_alone
photo_of_order
photo_and_issue
photo_came
photo_coming
send_photo
send_proof
send_picture
send_word
send_promise
take_your_time
left_queue
queued
queued_new
remedy_withdrawn option
reckoned_anew
all_at_once option
taken_back option
withdrawn
order_kept
found
in_vain promised
in_vain_open
afterwards progress
asked_beside
asked_decided
details_unknown
said_before said
feared_lost lost_after
feared_lost_traced lost_after
courier_noted
fee_wanted
no_hurry
in_case
may_refuse told
may_refuse_fault
way_on change person
noted
at_most
photo_added
photo_for_money
photo_for_missing
goods_given_up amount
goods_noted
which_one option
choose
refusal_stands
choose_noted
choose_upset
choose_waiting
not_offered told
left_over options
left_over_one options number
remark_noted
of_pieces article pieces
with_note note
no_reason_given
exchanged_for correction
done_note note
reply_lost place
colleague_left place
order_beside
nothing_on_record place
beside.freight_out amount
beside.freight_shop
beside.freight_customer why
beside.freight_both_ways why
beside.freight_back
beside.freight_mixed
beside.freight_none
beside.freight_redirect
beside.special
beside.special_number
beside.special_title
beside.paper
beside.mailbox
beside.sent_back
beside.not_sent_back
beside.sent_back_short
beside.not_sent_back_short
beside.when options
beside.why reasons
beside.sum options
beside.not_said options
beside.sum_why why options
beside.sum_pieces quantity
beside.in_vain
beside.in_vain_intercept
beside.in_vain_repair
beside.swap
beside.where
beside.where_paid method
beside.progress options
beside.told within
beside.by_day day
beside.parcel_seen seen
beside.told_done
beside.condition_taste
beside.condition_fault
beside.sent
beside.sent_or options
beside.hurry_one options
beside.hurry_many options
beside.term progress within
beside.term_approved progress within
beside.goods_too
beside.pickup_exchange
beside.pickup_other
beside.stock way
beside.stock_only
beside.where_left seen
beside.look way within
beside.not_signed reasons
beside.collect
beside.new_first
beside.told_then way within
beside.new_arrives within
beside.money_first
beside.late
beside.sound
beside.warranty
tail_noted
ask_matter
ask_matter_help
ask_what
ask_what_help
arrival.by_day by seen
arrival.by_day_again by
arrival.overdue by seen
arrival.overdue_again by
arrival.no_day seen
arrival.no_day_again
arrival.unsent ship_by
arrival.unsent_again ship_by
arrival.unsent_late ship_by
arrival.unsent_late_again
arrival.also_by by
return_sent_off hours
courier_phone.known at phone
courier_phone.unknown carrier tracking_no
courier_phone.unsent
in_parcels.one parcels
in_parcels.many count parcels
in_parcels.unsent
order_known
orders_known
ask_issue
ask_order_no acknowledge
ask_order_no_help
ask_order_no_noted
ask_order_pick acknowledge
order_taken order_no title
ask_goods acknowledge order_no title
order_unknown order_no
order_locked order_no
ask_tail acknowledge order_no
ask_tail_help order_no
tail_wrong order_no left
ask_photo acknowledge
ask_receipt acknowledge
photo_reminder
photo_reminder_asked
photo_reminder_freight
photo_reminder_sum
ask_item acknowledge
ask_item_again
ask_item_wished acknowledge
ask_item_again_wished
ask_quantity acknowledge
ask_quantity_again
ask_bad_share acknowledge
ask_correction acknowledge wanted
ask_wanted
ask_city correction
ask_right_value correction
correction_reminder answer wanted
correction_wanted.address
correction_wanted.spec
correction_wanted.invoice
correction_wanted.other
ask_amount acknowledge
confirm option within
confirm_again answer option
of_order order_no
of_article title
change_to correction
granted option
granted_approval option deadline
released option within
released_approval option deadline within
released_then within
remedy_done option done reference
remedy_failed option
remedy_uncertain option
remedy_multiple_done option reference
remedy_multiple_failed option
remedy_multiple_uncertain option
remedy_refused option reason
remedy_refused_again option reason
remedy_expired option
answer_by deadline
more_in_approval option answer_by
progress_none
progress.open what order_no
progress.offered
progress.awaiting_approval option answer_by
progress.executing option
progress.uncertain option
progress.failed option
progress.done option done reference
progress.with_person
progress.resolved
progress.rejected reason
progress.withdrawn
corrected correction
done.refund
done.return_refund
done.partial_refund
done.exchange
done.reship
done.repair
done.price_difference
done.compensation
done.goodwill
done.coupon
done.freight
done.expedite
done.trace
done.intercept
done.correct_order
done.cancel
done.invoice
option.refund amount
option.return_refund amount
option.partial_refund amount
option.exchange
option.reship
option.repair
option.price_difference amount
option.compensation amount
option.goodwill amount
option.coupon amount
option.freight amount
option.expedite
option.trace
option.intercept
option.correct_order
option.cancel
option.invoice
option.handover
option.explain
option.reject
exchange_many pieces
refund_rest amount
refund_part amount
rest before
rest_pending pending
rest_both before pending
freight.shop
freight.customer
freight.both_ways
freight.back
freight.none
offer acknowledge reasons responsibility options ask
offer_again options ask
offer_more options ask
offer_ask_one
offer_ask_many deadline
told acknowledge reasons
not_any_more option
understood
review_first hours opens closes within
told_button
handed_over.E1
handed_over.E2 within
handed_over.E3 within
handed_over.E4 within
handed_over.E5 within
handed_over.E6 within
handed_over.E7 within
handed_over.E8 place
handed_over.E9 place
handed_over.E10 within
handed_over.E11 within
handed_over.E12 within
handed_over.E13 place
handed_over.E14
by_moment moment
place_closed opens closes
place_first
place_nth ahead
missed.promise due within
missed.approval option within
missed.answer within
missed.undecided within
promised.approval option
promised.answer
promised.person.E2
promised.person.E3
promised.person.E4
promised.person.E5
promised.person.E6
promised.person.E7
promised.person.E10
promised.person.E11
promised.person.E12
with_bot_again
with_bot_left
left_by_agent
with_people_again
instead options
taken name
closed
acknowledge.defect
acknowledge.damaged
acknowledge.spoiled
acknowledge.mismatch
acknowledge.counterfeit
acknowledge.not_shipped
acknowledge.slow
acknowledge.no_tracking
acknowledge.not_received
acknowledge.courier
acknowledge.address
acknowledge.spec
acknowledge.wrong_item
acknowledge.missing_item
acknowledge.invoice
acknowledge.system
acknowledge.refund_delay
acknowledge.refused
acknowledge.no_response
acknowledge.attitude
acknowledge.process
acknowledge.overcharge
acknowledge.discount
acknowledge.price_drop
acknowledge.double_charge
acknowledge.fee
acknowledge.none
"""
FACTS_OF: Final[Mapping[str, frozenset[str]]] = {
    key: frozenset(names) for key, *names in map(str.split, _LINES.strip().splitlines())
}
