"""Taking owners in as members of a lender, and letting them go."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.credit.models import Lender, Loan, Member
from app.credit.queries.members import candidate
from app.credit.queries.members import member as member_within_reach
from app.credit.queries.reach import own_lender
from app.credit.rules.loan_states import OPEN
from app.credit.services.phone_cards import renew_of_member
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions(
    {
        "member.joined": "Anggota diterima",
        "member.left": "Anggota keluar",
        "member.rejoined": "Anggota diterima kembali",
    }
)
register_fields("member", {"lender": FieldWording(label="Lembaga")})
_FIRST_DAY = date(1950, 1, 1)


def join(
    *,
    scope: Scope,
    by: UUID,
    member_id: UUID | None = None,
    lender_id: UUID,
    owner_id: UUID,
    joined_on: date,
) -> Member:
    """Take an owner in; the same under the same id is one member. Who left comes back.

    Raises:
        NotFound: the lender is not the caller's, or the owner did not agree to be seen by it.
        WrongState: the lender is not at work (it is still being formed, or closed).
        InvalidInput: an impossible day.
        Conflict: they are a member already.
    """
    lender = own_lender(scope, lender_id, locked=True)
    owner = candidate(scope, lender_id, owner_id)
    known, key = kept_or_free(
        Member, member_id or new_id(), lender_id=lender_id, owner_id=owner.id, joined_on=joined_on
    )
    if known is not None and known.left_on is None:
        return known
    _check_open(lender)
    _check_day(joined_on)
    before = db.session.scalars(
        select(Member)
        .where(Member.lender_id == lender_id, Member.owner_id == owner.id)
        .with_for_update()
    ).one_or_none()
    if before is not None:
        return _back(before, lender, by)
    return _new(key, lender, owner.id, joined_on, by)


def leave(*, scope: Scope, by: UUID, member_id: UUID, version: int, left_on: date) -> Member:
    """Let a member go. What they saved can be taken out afterwards.

    Raises:
        NotFound: not seen by the caller.
        WrongState: a loan of theirs is not over.
        InvalidInput: an impossible day.
        Conflict: somebody changed the membership since.
    """
    row = member_within_reach(scope, member_id, locked=True)
    if row.version != version:
        raise Conflict("version_stale", message="Data ini baru saja diubah. Buka lagi halamannya.")
    if row.left_on is not None:
        return row
    _check_leaving(row, left_on)
    row.left_on = left_on
    row.version += 1
    _note(row, db.session.get_one(Lender, row.lender_id), "member.left", by)
    return row


def _new(key: UUID, lender: Lender, owner_id: UUID, joined_on: date, by: UUID) -> Member:
    made = Member(
        id=key,
        lender_id=lender.id,
        owner_id=owner_id,
        number=lender.next_member_number,
        joined_on=joined_on,
        recorded_by=by,
        recorded_at=utc_now(),
    )
    lender.next_member_number += 1
    db.session.add(made)
    db.session.flush()
    _note(made, lender, "member.joined", by)
    return made


def _back(row: Member, lender: Lender, by: UUID) -> Member:
    if row.left_on is None:
        raise Conflict("is_member", message="Orang ini sudah menjadi anggota.")
    row.left_on = None
    row.version += 1
    _note(row, lender, "member.rejoined", by)
    return row


def _check_open(lender: Lender) -> None:
    if lender.is_forming or lender.is_closed:
        word = "masih dibentuk" if lender.is_forming else "sudah tutup"
        raise WrongState(
            "lender_not_at_work", message=f"Lembaga ini {word}. Anggota tidak dapat diterima."
        )


def _check_day(joined_on: date) -> None:
    if joined_on > local_today():
        message = "Tanggal ini tidak boleh setelah hari ini."
        raise InvalidInput("joined_on_future", field="joined_on", message=message)
    if joined_on < _FIRST_DAY:
        raise InvalidInput("joined_on_old", field="joined_on", message="Tanggal ini tidak wajar.")


def _check_leaving(row: Member, left_on: date) -> None:
    if not row.joined_on <= left_on <= local_today():
        message = "Tanggal keluar tidak boleh setelah hari ini atau sebelum ia menjadi anggota."
        raise InvalidInput("left_on_unreal", field="left_on", message=message)
    owed = select(Loan.id).where(
        Loan.lender_id == row.lender_id, Loan.owner_id == row.owner_id, Loan.state.in_(OPEN)
    )
    if db.session.scalars(owed.limit(1)).one_or_none() is not None:
        raise WrongState(
            "loan_open", message="Pinjamannya belum lunas. Selesaikan dahulu, lalu catat keluarnya."
        )


def _note(row: Member, lender: Lender, action: str, by: UUID) -> None:
    record(
        subject_type="member",
        subject_id=row.id,
        area_code=lender.village_code,
        action=action,
        by=by,
        changes={"lender": [None, lender.name]},
    )
    renew_of_member(row)
