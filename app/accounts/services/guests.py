"""Guests without an account who come with the code of a link: how often one may guess."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.accounts.models import GuestTry
from app.core.clock import utc_now
from app.core.errors import WrongState
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.db.turns import take_turn

# Tries with a code that opens nothing, by one address within the window, whatever they are for.
GUEST_WINDOW = timedelta(minutes=15)
GUEST_TRIES = 10


def try_as_guest(
    *,
    address: str,
    opens: Callable[[], bool],
    most: int = GUEST_TRIES,
    most_of_all: int | None = None,
) -> bool:
    """Whether a code opens what it is for; opens its own transaction, in which `opens` looks.

    `most` wrong tries of one address are taken, `most_of_all` of all addresses together.

    Raises:
        WrongState: too many tries; code "too_many_tries".
    """
    key = hashlib.sha256(f"guest:{address}".encode()).hexdigest()
    with transaction():
        # Counting and writing is one step: tries at the same moment wait for each other.
        take_turn(key)
        now = utc_now()
        tries = db.session.scalar(
            select(func.count())
            .select_from(GuestTry)
            .where(GuestTry.address_key == key, GuestTry.at > now - GUEST_WINDOW)
        )
        if (tries or 0) >= most or (most_of_all is not None and _all_tries(now) >= most_of_all):
            raise WrongState("too_many_tries", message="Terlalu banyak percobaan.")
        if opens():
            return True
        db.session.add(GuestTry(id=new_id(), address_key=key, at=now))
        db.session.execute(delete(GuestTry).where(GuestTry.at < now - GUEST_WINDOW))
    return False


def _all_tries(now: datetime) -> int:
    """The wrong tries of everybody within the window."""
    tries = select(func.count()).select_from(GuestTry).where(GuestTry.at > now - GUEST_WINDOW)
    return db.session.scalar(tries) or 0
