"""Writes of owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core import settings
from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound
from app.core.identity import Doubt, Nik, mask_nik
from app.core.ids import new_id
from app.core.scope import Scope
from app.core.sealing import blind_index, seal, unseal
from app.core.text import search_text
from app.db import db
from app.enterprises.models import Owner
from app.enterprises.queries.duplicates import duplicates
from app.enterprises.queries.reach import owner as owner_within_reach
from app.enterprises.rules.consents import BASE, check_given
from app.enterprises.rules.facts import OwnerFacts, owner_problems, stated
from app.enterprises.rules.numbers import ask_about, kept_nik, kept_phone, nik_doubts
from app.enterprises.rules.personal import told
from app.enterprises.rules.words import search_words
from app.enterprises.services.changes import apply, claim
from app.enterprises.services.consents import add_consent
from app.enterprises.services.owner_notes import note_for_owner
from app.history.services import note_read

_ABOUT_CONSENT = ("consented_on", "consent_way", "consent_witness", "consent_purposes")
_REASON_LENGTH = range(10, 301)


def register_owner(
    *,
    scope: Scope,
    facts: OwnerFacts,
    village_code: str,
    confirmed: Sequence[str] = (),
    by: UUID | None,
    owner_id: UUID | None = None,
) -> Owner:
    """A new owner; `village_code` is that of their enterprise, `confirmed` the doubts looked at.

    Raises:
        InvalidInput: what can't be true, or "doubts_unconfirmed".
        Conflict: the NIK is taken (at the end of the transaction).
    """
    check_stated(facts)
    nik = kept_nik(facts.nik)
    doubts = owner_doubts(scope, facts, village_code=village_code)
    ask_about(doubts, confirmed=confirmed)
    owner = Owner(
        id=owner_id or new_id(),
        **stated(facts, without=("nik", "phone", "name", *_ABOUT_CONSENT)),
        name=facts.name.strip(),
        search_name=search_text(facts.name),
        confirmed_warnings=sorted({doubt.code for doubt in doubts}),
        created_at=utc_now(),
        updated_at=utc_now(),
    )
    owner.keep_phone(kept_phone(facts.phone)[0])
    if nik is not None:
        _seal_nik(owner, nik)
    db.session.add(owner)
    # Flushed so that the enterprise that follows finds its owner, and a NIK that is taken is
    # told at once.
    db.session.flush()
    _add_consents(owner, facts, by=by)
    note_for_owner(owner, "owner.created", by=by)
    return owner


def check_stated(facts: OwnerFacts) -> None:
    """Refuse what can't be true of an owner.

    Raises:
        InvalidInput: the first that is wrong, with its field.
    """
    for problem in owner_problems(facts, today=local_today()):
        raise problem
    if facts.consented_on is not None:
        check_given(
            way=facts.consent_way,
            witness=facts.consent_witness,
            given_on=facts.consented_on,
            today=local_today(),
        )


def owner_doubts(scope: Scope, facts: OwnerFacts, *, village_code: str) -> tuple[Doubt, ...]:
    """What must be looked at before a new owner is kept."""
    _, doubts = kept_phone(facts.phone)
    return (
        doubts
        + _doubts_about_nik(kept_nik(facts.nik), facts, village_code)
        + _doubts_about_holders(scope, facts.phone, except_owner=None)
    )


def update_owner(
    *,
    scope: Scope,
    owner_id: UUID,
    facts: OwnerFacts,
    version: int,
    confirmed: Sequence[str] = (),
    by: UUID | None,
) -> Owner:
    """Change what is stated of an owner; `version` is the one that the person saw.

    Raises:
        NotFound: unknown or outside the scope.
        InvalidInput: what can't be true, or "doubts_unconfirmed".
        Conflict: "version_stale", or the NIK is taken.
    """
    owner = owner_within_reach(scope, owner_id)
    check_stated(facts)
    nik = kept_nik(facts.nik)
    phone, phone_doubts = kept_phone(facts.phone)
    doubts = _doubts_about_nik(nik, facts, None)
    if phone != owner.phone:
        doubts += phone_doubts
        doubts += _doubts_about_holders(scope, facts.phone, except_owner=owner.id)
    ask_about(doubts, confirmed=confirmed)
    claim(owner, version)
    known = {"nik": owner.nik_index, "phone": owner.phone}
    changes = apply(owner, _columns(owner, facts, doubts=doubts))
    if phone != known["phone"]:
        owner.keep_phone(phone)
        changes |= told({"phone": [known["phone"], phone]})
    if nik is not None and _seal_nik(owner, nik):
        changes |= told({"nik": [known["nik"], owner.nik_index]})
    if "name" in changes:
        owner.search_name = search_text(owner.name)
        _find_by_new_name(owner)
    # Also when nothing is other than it was: whoever knows the row by its version must hear of it.
    note_for_owner(owner, "owner.updated", by=by, changes=changes)
    return owner


def open_nik(*, scope: Scope, owner_id: UUID, reason: str, by: UUID | None) -> str:
    """The whole NIK of an owner, for whoever may read it; who asked and why is recorded.

    Raises:
        NotFound: unknown, outside the scope, or no NIK is known.
        InvalidInput: the reason is missing or too short to be one.
    """
    owner = owner_within_reach(scope, owner_id)
    told = check_reason(reason)
    if owner.nik_sealed is None:
        raise NotFound("nik_unknown", message="NIK pemilik ini belum dicatat.")
    note_for_owner(owner, "owner.nik_opened", by=by, note=told)
    if by is not None:
        note_read(
            kind="nik",
            by=by,
            subject_type="owner",
            subject_id=owner.id,
            owners=[owner.id],
            note=told,
        )
    return unsealed_nik(owner.id, owner.nik_sealed)


def unsealed_nik(owner_id: UUID, sealed: bytes) -> str:
    """The NIK that lies sealed in the row of an owner."""
    keys = settings.current()
    return unseal(sealed, (keys.nik_key, *keys.nik_key_fallbacks), owner_id.bytes)


def check_reason(reason: str | None) -> str:
    """The reason for opening a NIK, without blanks around it.

    Raises:
        InvalidInput: field "reason": shorter than ten letters, or longer than 300.
    """
    told = (reason or "").strip()
    if len(told) not in _REASON_LENGTH:
        raise InvalidInput(
            "reason_short",
            field="reason",
            message="Tulis alasan membuka NIK, paling sedikit 10 huruf.",
        )
    return told


def _columns(owner: Owner, facts: OwnerFacts, *, doubts: tuple[Doubt, ...]) -> dict[str, Any]:
    codes = {*owner.confirmed_warnings, *(doubt.code for doubt in doubts)}
    return {
        **stated(facts, without=("nik", "phone", "name", *_ABOUT_CONSENT)),
        "name": facts.name.strip(),
        "confirmed_warnings": sorted(codes),
    }


def take_over_numbers(owner: Owner, other: Owner, *, nik: bool, phone: bool) -> None:
    """Let an owner have the NIK or the phone of another row of the same person. Flushes.

    Each is sealed for its row, so it is opened there and sealed again here.
    """
    taken = unsealed_nik(other.id, other.nik_sealed) if nik and other.nik_sealed else None
    if nik:
        # Unique: the row that goes lets its number go first.
        other.nik_sealed = other.nik_index = None
        db.session.flush()
        owner.nik_sealed = owner.nik_index = owner.nik_masked = None
    if taken is not None:
        keys = settings.current()
        owner.nik_sealed = seal(taken, keys.nik_key, owner.id.bytes)
        owner.nik_index = blind_index(taken, keys.nik_index_key)
        owner.nik_masked = mask_nik(taken)
    if phone:
        owner.keep_phone(other.phone)
    db.session.flush()


def _seal_nik(owner: Owner, nik: Nik) -> bool:
    """Keep a NIK sealed; gives whether it is another one than before."""
    keys = settings.current()
    index = blind_index(nik.value, keys.nik_index_key)
    if owner.nik_index == index:
        return False
    owner.nik_sealed = seal(nik.value, keys.nik_key, owner.id.bytes)
    owner.nik_index = index
    owner.nik_masked = mask_nik(nik.value)
    return True


def _doubts_about_nik(
    nik: Nik | None, facts: OwnerFacts, village_code: str | None
) -> tuple[Doubt, ...]:
    if nik is None:
        return ()
    return nik_doubts(nik, born_on=facts.born_on, sex=facts.sex, village_code=village_code)


def _doubts_about_holders(
    scope: Scope, phone: str | None, *, except_owner: UUID | None
) -> tuple[Doubt, ...]:
    found = duplicates(scope, phone=phone, except_owner=except_owner)
    return tuple(Doubt(code="phone_known", message=one.message) for one in found)


def _add_consents(owner: Owner, facts: OwnerFacts, *, by: UUID | None) -> None:
    if facts.consented_on is None:
        return
    for key in (BASE, *facts.consent_purposes):
        add_consent(
            owner,
            key,
            way=facts.consent_way,
            witness=facts.consent_witness,
            given_on=facts.consented_on,
            by=by,
            is_told=False,
        )


def _find_by_new_name(owner: Owner) -> None:
    for enterprise in owner.enterprises:
        enterprise.search_words = search_words(
            name=enterprise.name, owner_name=owner.name, product_line=enterprise.product_line
        )
