"""Writing down lenders, and who works for them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import account_within, roles_of
from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.permissions import Role
from app.core.scope import Scope
from app.core.text import search_text
from app.credit.models import Lender, LenderOfficer
from app.credit.queries.reach import lender as lender_within_reach
from app.credit.rules.lenders import DUTIES, LENDER_KINDS, check_facts, kept_nib, kept_npwp
from app.credit.services.phone_cards import renew_of_lender, renew_of_officer
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.places.models import Area

register_actions(
    {
        "lender.noted": "Lembaga keuangan dicatat",
        "lender.changed": "Data lembaga keuangan diubah",
        "lender.appointed": "Orang lembaga keuangan ditunjuk",
        "lender.dismissed": "Orang lembaga keuangan berhenti",
    }
)
register_fields(
    "lender",
    {
        "name": FieldWording(label="Nama"),
        "kind": FieldWording(label="Jenis", say=LENDER_KINDS.__getitem__),
        "village_code": FieldWording(label="Desa"),
        "address": FieldWording(label="Alamat"),
        "legal_number": FieldWording(label="Nomor badan hukum"),
        "legal_on": FieldWording(label="Tanggal badan hukum"),
        "nib": FieldWording(label="NIB"),
        "npwp": FieldWording(label="NPWP"),
        "permit_number": FieldWording(label="Izin usaha simpan pinjam"),
        "founders": FieldWording(label="Pendiri"),
        "principal_saving": FieldWording(label="Simpanan pokok"),
        "duty_saving": FieldWording(label="Simpanan wajib sebulan"),
        "is_closed": FieldWording(label="Sudah tutup"),
        "duty": FieldWording(label="Tugas", say=DUTIES.__getitem__),
    },
)
# Who may be named as somebody who works for a lender: a mentor may collect for one.
_MAY_WORK = frozenset({Role.COOPERATIVE_OFFICER, Role.MENTOR})
_VILLAGE = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderFacts:
    """What is known of a lender."""

    kind: str
    name: str
    village_code: str
    address: str = ""
    legal_number: str | None = None
    legal_on: date | None = None
    nib: str | None = None
    npwp: str | None = None
    permit_number: str | None = None
    founders: int | None = None
    principal_saving: int = 0
    duty_saving: int = 0
    is_closed: bool = False


def create_lender(
    *, scope: Scope, by: UUID, lender_id: UUID, facts: LenderFacts, is_forming: bool = False
) -> Lender:
    """Write down a lender of an area; the same under the same id is written once.

    Raises:
        NotFound: its village lies outside the scope.
        InvalidInput: what is said of it can't be so.
    """
    facts = _checked(scope, facts, is_forming=is_forming)
    known, key = kept_or_free(
        Lender, lender_id, kind=facts.kind, name=facts.name, village_code=facts.village_code
    )
    if known is not None:
        return known
    made = Lender(
        id=key,
        search_name=search_text(facts.name),
        is_forming=is_forming,
        created_by=by,
        created_at=utc_now(),
        **asdict(facts),
    )
    db.session.add(made)
    db.session.flush()
    said = {"name": facts.name, "kind": facts.kind}
    _note(made, "lender.noted", by, {key: [None, value] for key, value in said.items()})
    return made


def change_lender(
    *, scope: Scope, by: UUID, lender_id: UUID, version: int, facts: LenderFacts
) -> Lender:
    """Write down what is known of a lender now.

    Raises:
        NotFound: unknown, or outside the scope (its village of before, or the new one).
        Conflict: somebody changed it since.
        InvalidInput: what is said of it can't be so.
    """
    row = lender_within_reach(scope, lender_id, locked=True)
    if row.version != version:
        raise Conflict(
            "version_stale", message="Data ini baru saja diubah orang lain. Buka lagi halamannya."
        )
    values = asdict(_checked(scope, facts, is_forming=row.is_forming))
    changes = {
        name: [_plain(getattr(row, name)), _plain(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.search_name = search_text(facts.name)
    row.version += 1
    if changes:
        _note(row, "lender.changed", by, changes)
    if "name" in changes:
        renew_of_lender(row.id)
    return row


def appoint(
    *,
    scope: Scope,
    by: UUID,
    officer_id: UUID,
    lender_id: UUID,
    account_id: UUID,
    duty: str,
    from_on: date,
) -> LenderOfficer:
    """Let an account work for a lender from a day on; the same under the same id counts once.

    Raises:
        NotFound: the lender or the account is unknown, or outside the scope.
        InvalidInput: nobody who may work for a lender, no known duty, or a day to come.
        Conflict: they work there already.
    """
    lender = lender_within_reach(scope, lender_id)
    account = account_within(scope, account_id)
    _check_officer(account_id, duty, from_on, by)
    known, key = kept_or_free(
        LenderOfficer, officer_id, lender_id=lender.id, account_id=account_id, duty=duty
    )
    if known is not None:
        return known
    made = LenderOfficer(
        id=key,
        lender_id=lender.id,
        account_id=account_id,
        duty=duty,
        from_on=from_on,
        set_by=by,
        set_at=utc_now(),
    )
    db.session.add(made)
    db.session.flush()
    _note(lender, "lender.appointed", by, {"duty": [None, duty]}, account.name)
    renew_of_officer(lender.id, account_id)
    return made


def dismiss(*, scope: Scope, by: UUID, lender_id: UUID, officer_id: UUID) -> LenderOfficer:
    """Let somebody stop working for a lender: from this moment they reach nothing of it.

    Raises:
        NotFound: unknown, or of a lender outside the scope.
    """
    lender = lender_within_reach(scope, lender_id)
    row = db.session.scalars(
        select(LenderOfficer)
        .where(LenderOfficer.id == officer_id, LenderOfficer.lender_id == lender.id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("officer_unknown", message="Orang ini tidak ditemukan.")
    if row.until_on is None:
        row.until_on = max(local_today(), row.from_on)
        _note(lender, "lender.dismissed", by, {"duty": [row.duty, None]})
        renew_of_officer(lender.id, row.account_id)
    return row


def _checked(scope: Scope, facts: LenderFacts, *, is_forming: bool) -> LenderFacts:
    if not scope.covers_area(facts.village_code):
        raise NotFound("area_unknown", message="Wilayah ini tidak ditemukan.")
    if len(facts.village_code) != _VILLAGE or db.session.get(Area, facts.village_code) is None:
        raise InvalidInput("village_unknown", field="village_code", message="Pilih desanya.")
    check_facts(
        kind=facts.kind,
        legal_on=facts.legal_on,
        savings=(facts.principal_saving, facts.duty_saving),
        is_forming=is_forming,
        on=local_today(),
    )
    return replace(facts, nib=kept_nib(facts.nib), npwp=kept_npwp(facts.npwp))


def _check_officer(account_id: UUID, duty: str, from_on: date, by: UUID) -> None:
    if account_id == by:
        raise InvalidInput(
            "appoints_self", field="account_id", message="Diri sendiri tidak dapat ditunjuk."
        )
    if not roles_of(account_id) & _MAY_WORK:
        raise InvalidInput(
            "officer_role",
            field="account_id",
            message="Pilih akun dengan peran petugas koperasi atau pendamping.",
        )
    if duty not in DUTIES:
        raise InvalidInput("duty_unknown", field="duty", message="Pilih tugasnya.")
    if from_on > local_today():
        raise InvalidInput(
            "from_on_future", field="from_on", message="Tanggal ini tidak boleh setelah hari ini."
        )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _note(
    lender: Lender, action: str, by: UUID, changes: dict[str, Any], note: str | None = None
) -> None:
    record(
        subject_type="lender",
        subject_id=lender.id,
        area_code=lender.village_code,
        action=action,
        by=by,
        changes=changes,
        note=note,
    )
