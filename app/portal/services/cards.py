"""Handing out the cards by which owners come in, taking them back, and coming in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import roles_of
from app.accounts.services import end_sessions, start_membership
from app.accounts.services.guests import try_as_guest
from app.accounts.services.signing_in import open_card_session
from app.core import settings
from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, Scope
from app.core.sealing import blind_index
from app.db import db
from app.db.turns import take_turn
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import owner as owner_in_reach
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.portal.models import OwnerCard
from app.portal.queries.cards import live_card
from app.portal.rules.cards import LIVES, new_code, plain_code

register_actions(
    {
        "owner_card.made": "Kartu masuk pemilik dibuat",
        "owner_card.revoked": "Kartu masuk pemilik dicabut",
    }
)
register_fields("owner_card", {"expires_on": FieldWording(label="Berlaku sampai")})
# Nobody's name: who the owner is stands in the register alone.
ACCOUNT_NAME = "Pemilik usaha"
# Wrong codes in a quarter of an hour: of one address, which on mobile networks many share, and of
# all together. Why so many: docs/decisions/owner-cards.md.
TRIES_OF_ADDRESS = 20
TRIES_OF_ALL = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCard:
    """A card that was just made. The code is known now and never again."""

    card_id: UUID
    code: str


def hand_out(*, owner_id: UUID, days: str, scope: Scope, by: UUID | None) -> MadeCard:
    """Make a card for an owner; the one before opens nothing any more, and its log-ins end.

    Raises:
        NotFound: the owner is unknown, or outside the scope.
        InvalidInput: no life that a card can have.
        WrongState: the owner's data were erased, or their account is switched off.
    """
    owner = owner_in_reach(scope, owner_id)
    if days not in LIVES:
        raise InvalidInput("life_unknown", field="days", message="Pilih masa berlakunya.")
    if owner.erased_on is not None:
        raise WrongState("owner_erased", message="Data pemilik ini sudah dihapus.")
    # Two mentors at the same moment: the later card is the one that opens.
    take_turn(f"owner card:{owner_id}")
    account = _account_of(owner, by)
    take_back_all(owner_id=owner_id, by=by)
    code = new_code()
    card = OwnerCard(
        id=new_id(),
        owner_id=owner_id,
        code_hash=kept_code(code),
        made_by=by,
        made_at=utc_now(),
        expires_on=local_today() + timedelta(days=int(days)),
        pin_tries=0,
    )
    db.session.add(card)
    db.session.flush()
    end_sessions(account_id=account.id)
    _note(card, "owner_card.made", by)
    return MadeCard(card_id=card.id, code=code)


def revoke(*, owner_id: UUID, card_id: UUID, scope: Scope, by: UUID | None) -> None:
    """Take a card back: its code leads nowhere, and the log-ins of its owner end.

    Raises:
        NotFound: the owner or the card is unknown, or outside the scope.
        WrongState: it was taken back already.
    """
    owner_in_reach(scope, owner_id)
    card = db.session.get(OwnerCard, card_id, with_for_update=True)
    if card is None or card.owner_id != owner_id:
        raise NotFound("card_unknown", message="Kartu ini tidak ditemukan.")
    if card.revoked_at is not None:
        raise WrongState("card_revoked", message="Kartu ini sudah dicabut.")
    take_back_all(owner_id=owner_id, by=by)


def take_back_all(*, owner_id: UUID, by: UUID | None) -> None:
    """End whatever card an owner holds, and every log-in of their account."""
    held = select(OwnerCard).where(OwnerCard.owner_id == owner_id, OwnerCard.revoked_at.is_(None))
    for card in db.session.scalars(held).all():
        card.revoked_at, card.revoked_by, card.code_hash = utc_now(), by, None
        _note(card, "owner_card.revoked", by)
    account_id = db.session.get_one(Owner, owner_id).account_id
    if account_id is not None:
        end_sessions(account_id=account_id)
    db.session.flush()


def enter(*, code: str, address: str, device: str) -> str | None:
    """The token of a log-in by card, None when the code opens nothing; opens its own transaction.

    Unknown, expired and revoked codes give the same answer, by the same one look.

    Raises:
        WrongState: too many tries; code "too_many_tries".
    """
    opened: list[str] = []

    def opens() -> bool:
        card = live_card(kept_code(plain_code(code)))
        if card is None:
            return False
        account_id = db.session.get_one(Owner, card.owner_id).account_id
        account = db.session.get_one(Account, account_id)
        opened.append(open_card_session(account, device=device, until=_end_of(card)))
        card.used_at = utc_now()
        return True

    try_as_guest(address=address, opens=opens, most=TRIES_OF_ADDRESS, most_of_all=TRIES_OF_ALL)
    return opened[0] if opened else None


def kept_code(code: str) -> str:
    """How a code is kept: by a key outside the database, since sixteen figures can be tried out."""
    return blind_index(f"owner card:{code}", settings.current().nik_index_key)


def _end_of(card: OwnerCard) -> datetime:
    """The end of the last day of a card."""
    last = datetime.combine(card.expires_on + timedelta(days=1), time(), LOCAL_ZONE)
    return last.astimezone(UTC)


def _account_of(owner: Owner, by: UUID | None) -> Account:
    """The owner's account; one that opens by card alone if there is none."""
    if owner.account_id is None:
        account = Account(
            id=new_id(),
            name=ACCOUNT_NAME,
            # No password has this hash.
            password_hash="",
            is_active=True,
            is_card_only=True,
            created_at=utc_now(),
        )
        db.session.add(account)
        db.session.flush()
        owner.account_id = account.id
    else:
        account = db.session.get_one(Account, owner.account_id)
    if not account.is_active:
        raise WrongState("account_off", message="Akun pemilik ini sudah dinonaktifkan.")
    if Role.ENTREPRENEUR not in roles_of(account.id):
        start_membership(
            account_id=account.id, role=Role.ENTREPRENEUR, area_code=_village_of(owner), by=by
        )
    return account


def _village_of(owner: Owner) -> str:
    villages = select(Enterprise.village_code).where(Enterprise.owner_id == owner.id)
    return db.session.scalars(villages.order_by(Enterprise.id).limit(1)).first() or WHOLE_COUNTRY


def _note(card: OwnerCard, action: str, by: UUID | None) -> None:
    record(
        subject_type="owner_card",
        subject_id=card.id,
        enterprise_id=None,
        action=action,
        by=by,
        changes={"expires_on": [None, card.expires_on.isoformat()]},
    )
