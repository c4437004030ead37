"""The texts of every policy that was ever in service, named by their content."""

from sqlalchemy import Column, Date, String, Table

from models.base import Json, Moment, metadata

policy_text = Table(
    "policy_text",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the files
    Column("version", String(64), nullable=False),
    Column("platform", String(64), nullable=False),  # "" for the shop's own orders
    Column("valid_from", Date, nullable=False),
    Column("files", Json, nullable=False),  # name → text, whole
    Column("kept_at", Moment, nullable=False),
)
