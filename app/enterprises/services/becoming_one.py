"""What the register does when two enterprises become one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select

from app.db import db
from app.db.belongings import Pair, renewing, settling
from app.enterprises.models import Consent, Enterprise, Owner
from app.enterprises.queries.consents import open_consent
from app.enterprises.rules.consents import BASE
from app.enterprises.rules.words import search_words


@settling
def drop_twice_given(pair: Pair) -> None:
    """Of two consents to one purpose that hold, the kept owner's stays."""
    if pair.kept_owner_id == pair.gone_owner_id:
        return
    holds = Consent.withdrawn_on.is_(None)
    given = db.session.scalars(
        select(Consent.purpose).where(holds, Consent.owner_id == pair.kept_owner_id)
    ).all()
    db.session.execute(
        delete(Consent).where(
            holds, Consent.owner_id == pair.gone_owner_id, Consent.purpose.in_(given)
        )
    )


@settling
def keep_way_in(pair: Pair) -> None:
    """Where the owner who stays has no account, that of the other leads to their pages."""
    kept, gone = (
        db.session.get_one(Owner, key) for key in (pair.kept_owner_id, pair.gone_owner_id)
    )
    if kept.account_id is None:
        kept.account_id = gone.account_id
        db.session.flush()


@renewing
def know_consent(enterprise_id: UUID) -> None:
    """Let the owner's row say which consent to being in the register holds."""
    owner = db.session.get_one(Enterprise, enterprise_id).owner
    row = open_consent(owner.id, BASE)
    if row is not None and owner.objected_on is None:
        owner.consented_on, owner.consent_way = row.given_on, row.way
        owner.consent_version = row.text_version


@renewing
def know_words(enterprise_id: UUID) -> None:
    """Let the owner's enterprises be found by the owner's name."""
    owner = db.session.get_one(Enterprise, enterprise_id).owner
    for one in owner.enterprises:
        one.search_words = search_words(
            name=one.name, owner_name=owner.name, product_line=one.product_line
        )
