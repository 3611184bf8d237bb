"""The number of the owner's own choice: setting it once on each card, and giving it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from app.accounts.services.passwords import hash_password, matches
from app.accounts.services.signing_in import note_pin
from app.accounts.services.throttling import mark_succeeded, reserve
from app.core.errors import InvalidInput, WrongState
from app.db import db
from app.db.transaction import transaction
from app.portal.models import OwnerCard
from app.portal.queries.cards import card_in_hand
from app.portal.rules.cards import PIN_FIGURES, PIN_TRIES, is_weak_pin


@dataclass(frozen=True, slots=True, kw_only=True)
class PinTry:
    """How a try went: right, or how long to wait, or nothing helps but a new card."""

    is_right: bool = False
    wait: timedelta | None = None
    is_locked: bool = False


def set_pin(*, account_id: UUID, token: str, pin: str, again: str) -> None:
    """Choose the number of a card that has none yet; opens its own transaction.

    Raises:
        InvalidInput: not six figures, one that everybody tries, or not the same twice.
        WrongState: there is no card, or it has its number.
    """
    if len(pin) != PIN_FIGURES or not (pin.isascii() and pin.isdigit()):
        raise InvalidInput("pin_shape", field="pin", message="Tulis enam angka.")
    if is_weak_pin(pin):
        raise InvalidInput("pin_weak", field="pin", message="Angka ini mudah ditebak. Pilih lain.")
    if pin != again:
        raise InvalidInput("pin_differs", field="again", message="Angka ini belum sama.")
    card = card_in_hand(account_id)
    if card is None:
        raise WrongState("card_missing", message="Kartu ini tidak berlaku lagi.")
    # The hash takes a tenth of a second: outside any write transaction.
    kept, card_id = hash_password(_salted(card, pin)), card.id
    with transaction():
        done = db.session.execute(
            update(OwnerCard)
            .where(OwnerCard.id == card_id, OwnerCard.pin_hash.is_(None))
            .values(pin_hash=kept, pin_tries=0)
        )
        if getattr(done, "rowcount", 0) != 1:
            raise WrongState("pin_there", message="PIN kartu ini sudah ada.")
        note_pin(token=token)


def give_pin(*, account_id: UUID, token: str, pin: str, address: str) -> PinTry:
    """Try the number of the card; opens its own transactions.

    Every try is counted before it is judged, so a hundred at once don't get past the bound.
    """
    card = card_in_hand(account_id)
    if card is None or card.pin_hash is None or card.pin_tries >= PIN_TRIES:
        return PinTry(is_locked=True)
    card_id, kept, salted = card.id, card.pin_hash, _salted(card, pin)
    attempt_id, wait = reserve("pin", str(card_id), address=address)
    if wait is not None:
        return PinTry(wait=wait)
    if not _count(card_id):
        return PinTry(is_locked=True)
    if not matches(kept, salted):
        return PinTry()
    with transaction():
        mark_succeeded(attempt_id)
        db.session.execute(update(OwnerCard).where(OwnerCard.id == card_id).values(pin_tries=0))
        note_pin(token=token)
    return PinTry(is_right=True)


def _count(card_id: UUID) -> bool:
    """Count a try; False when there were too many."""
    with transaction():
        done = db.session.execute(
            update(OwnerCard)
            .where(OwnerCard.id == card_id, OwnerCard.pin_tries < PIN_TRIES)
            .values(pin_tries=OwnerCard.pin_tries + 1)
        )
    return getattr(done, "rowcount", 0) == 1


def _salted(card: OwnerCard, pin: str) -> str:
    """What is hashed: bound to the card, so that a copied row opens no other."""
    return f"{card.id}:{pin}"


def pin_fits(*, account_id: UUID, pin: str) -> bool:
    """Try the number of an owner's card on somebody else's phone, within the caller's transaction.

    Every try counts, so the caller must not undo it; phones use up half of the tries at most, and
    the owner's own page stays open.

    Raises:
        WrongState: there is no card with a number, or phones have used up theirs.
    """
    card = card_in_hand(account_id)
    if card is None or card.pin_hash is None:
        raise WrongState("pin_missing", message="Kartu pemilik belum punya PIN.")
    done = db.session.execute(
        update(OwnerCard)
        .where(OwnerCard.id == card.id, OwnerCard.pin_tries < PIN_TRIES // 2)
        .values(pin_tries=OwnerCard.pin_tries + 1)
    )
    if getattr(done, "rowcount", 0) != 1:
        raise WrongState("pin_locked", message="PIN pemilik terlalu sering salah.")
    if not matches(card.pin_hash, _salted(card, pin)):
        return False
    db.session.execute(update(OwnerCard).where(OwnerCard.id == card.id).values(pin_tries=0))
    return True
