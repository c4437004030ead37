"""What the database has to do with training: accepted examples, and the record of deeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import utc_now
from bot.desk import audit, examples
from bot.settings import DATA_DIR, Settings
from bot.wiring import open_database, unreachable
from nlp.corpus import Example
from nlp.normalise import normalise
from nlp.promotion import frozen_rows

T = TypeVar("T")


def read_accepted(settings: Settings) -> list[Example]:
    """Return the accepted examples, without those that stand in the frozen set."""
    found = _in_database(settings, examples.accepted) or []
    frozen = {normalise(row.text).text for row in frozen_rows(DATA_DIR)} if found else set()
    return [one for one in found if normalise(one.text).text not in frozen]


def do_on_record(
    settings: Settings, deed: str, artefact_id: str, do: Callable[[], object]
) -> None:
    """Do something to an artefact, and write it down; what cannot be written down is not done."""

    def work(connection: Connection) -> bool:
        audit.record(connection, None, deed, f"artefact:{artefact_id}", {}, utc_now())
        do()
        return True

    if _in_database(settings, work) is None:
        do()  # a shop without a database yet has no record to keep


def _in_database(settings: Settings, work: Callable[[Connection], T]) -> T | None:
    """Do the work in a transaction; None when the shop has no database yet."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return None
    database = open_database(settings)
    try:
        with database.engine.begin() as connection:
            return work(connection)
    except SQLAlchemyError as error:
        raise unreachable(database, error) from error
    finally:
        database.close()
