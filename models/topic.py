"""The agents' Telegram group: how far each conversation is shown there, and when it takes more.

A topic is a view of a conversation. Were all of it lost, it would be made again from the messages.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, text

from models.base import Id, Moment, metadata

topic = Table(
    "topic",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),  # Telegram's; null until it made the topic
    Column("shown_id", Integer, nullable=False),  # the last message that is in it
    Column("epoch", Integer, nullable=False),  # the last owner that it told of; -1: of none
    Column("lost_id", Integer, nullable=False),  # agents' replies lost up to here were told
    Column("heard_id", BigInteger, nullable=False),  # the last command that was obeyed
    Column("is_open", Boolean, nullable=False),  # people have the chat, as far as it tells
    Column("is_shut", Boolean, nullable=False),  # only admins of the group can write in it
    Column("due_at", Moment, nullable=False),  # not before: somebody is at it, or it failed
)
# A thread's own chat is looked for at each of the agents' messages.
Index("ix_topic_thread", topic.c.group_id, topic.c.thread_id, unique=True)
Index(
    "ix_topic_open",
    topic.c.conversation_id,
    sqlite_where=text("is_open"),
    postgresql_where=text("is_open"),
)

agent_group = Table(
    "agent_group",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("resting_until", Moment, nullable=False),  # Telegram bears no more before
)
