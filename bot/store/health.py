"""Whether a database is sound, and written by a meshfit of this age."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.errors import BadInput, MeshfitError, NotKept, Unanswered
from bot.store.engine import Address, Database, Store, named, reason, store_at, trouble
from bot.store.schema import migrate, migrations


def faults(address: Address) -> list[str]:
    """What is wrong with the database, each a line that names it; none if it is sound."""
    try:
        with closing(store_at(address)) as store, store.reading() as db:
            faults = [*db.damage(), *_strange(db)]
    except trouble() as error:
        faults = [f"cannot be read as a database: {reason(error, address)}"]
    return [f"{named(address)}: {each}" for each in faults]


def opened(address: Address) -> Store:
    """A store on the database, in today's schema.

    Raises `BadInput` when it is somebody else's, a newer meshfit's, or cannot be read and written;
    what is somebody else's is not touched. Raises `Unanswered` where a server does not answer.
    """
    try:
        store = store_at(address)
        with store.looking() as db:
            strange = _strange(db) if db else []
        if strange:
            raise BadInput(f"{named(address)} {strange[0]}.")
        migrate(store)
        with store.writing() as db:
            db.touch()
    except trouble() as error:
        raise _useless(address, error) from None
    return store


def _useless(address: Address, error: Exception) -> MeshfitError:
    why = reason(error, address)
    if isinstance(error, NotKept) and not isinstance(address, Path):
        return Unanswered(
            f"{named(address)} gives no connection ({why}): start me again once the server is "
            "there and knows the user, password and database that MESHFIT_DB names."
        )
    return BadInput(
        f"{named(address)} cannot be read and written as a database ({why}): give the bot the "
        "right to, make room, or set MESHFIT_DB to another database."
    )


def schema_steps(address: Address) -> tuple[int, int]:
    """How many steps of the schema a database has taken, and how many the next start takes."""
    with closing(store_at(address)) as store, store.reading() as db:
        return len(migrations.applied(db)), len(migrations.pending(db))


def _strange(db: Database) -> list[str]:
    """A database that is somebody else's, or that a newer meshfit has written."""
    taken = set(migrations.applied(db))
    if not taken and db.strange():
        return ["holds tables that are not meshfit's: set MESHFIT_DB to another database"]
    newer = taken - set(migrations.known)
    return ["was written by a newer meshfit: install that version"] if newer else []
