"""SQLAlchemy tables, one noun a file (a trained classifier is an *artefact*, not a model)."""

from models.base import ORDER_NO_AT_MOST, metadata, order_key
from models.conversation import conversation, event
from models.customer import chat_session, customer, ownership_failure
from models.database import Database
from models.dispute import dispute
from models.example import example
from models.message import attachment, message
from models.order import book_entry, book_order
from models.policy import policy_text
from models.promise import promise
from models.remedy import day_ledger, order_command, order_ledger, remedy, shown_order
from models.staff import audit, staff, staff_session
from models.topic import agent_group, topic

__all__ = [
    "ORDER_NO_AT_MOST",
    "Database",
    "agent_group",
    "attachment",
    "audit",
    "book_entry",
    "book_order",
    "chat_session",
    "conversation",
    "customer",
    "day_ledger",
    "dispute",
    "event",
    "example",
    "message",
    "metadata",
    "order_command",
    "order_key",
    "order_ledger",
    "ownership_failure",
    "policy_text",
    "promise",
    "remedy",
    "shown_order",
    "staff",
    "staff_session",
    "topic",
]
