"""Who is a mentor, where, with what skills and how much room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.accounts.models import Account
from app.accounts.queries import account_within, roles_of
from app.core.clock import utc_now
from app.core.distance import Place
from app.core.errors import InvalidInput
from app.core.permissions import Role
from app.core.scope import Scope
from app.db import db
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.mentoring.models import Mentor
from app.mentoring.queries.mentors import mentor_within
from app.mentoring.rules import SKILLS
from app.places.queries import area

REGISTERED = "mentor.registered"
CHANGED = "mentor.changed"
register_actions({REGISTERED: "Pendamping didaftarkan", CHANGED: "Data pendamping diubah"})
register_fields(
    "mentor",
    {
        "capacity": FieldWording(label="Daya tampung"),
        "skills": FieldWording(label="Keahlian"),
        "village_code": FieldWording(label="Desa"),
        "base_lat": FieldWording(label="Lintang titik berangkat"),
        "base_lng": FieldWording(label="Bujur titik berangkat"),
    },
)


def register_mentor(
    *,
    scope: Scope,
    account_id: UUID,
    village_code: str,
    skills: Sequence[str],
    capacity: int,
    base: Place | None = None,
    by: UUID | None,
) -> Mentor:
    """Make an account that has the role into a mentor who can be given enterprises.

    Raises:
        NotFound: the account lies outside the scope.
        InvalidInput: it has not the role, is a mentor already, or a value is impossible.
    """
    account = _future_mentor(scope, account_id)
    _check(village_code, skills, capacity)
    now = utc_now()
    mentor = Mentor(
        account_id=account_id,
        **_columns(village_code, skills, capacity, base),
        created_at=now,
        updated_at=now,
    )
    db.session.add(mentor)
    # Assignments of the same transaction refer to this row by its key alone.
    db.session.flush()
    record(
        subject_type="mentor",
        subject_id=account_id,
        action=REGISTERED,
        by=by,
        area_code=village_code,
        changes={"name": [None, account.name], "capacity": [None, capacity]},
    )
    return mentor


def save_mentor(
    *,
    scope: Scope,
    mentor_id: UUID,
    village_code: str,
    skills: Sequence[str],
    capacity: int,
    base: Place | None = None,
    by: UUID | None,
) -> Mentor:
    """Change what is known of a mentor; nothing is noted when nothing changes.

    Raises:
        NotFound: unknown, or outside the scope.
        InvalidInput: a value is impossible.
    """
    mentor = mentor_within(scope, mentor_id)
    _check(village_code, skills, capacity)
    new = _columns(village_code, skills, capacity, base)
    changes = {
        name: [getattr(mentor, name), value]
        for name, value in new.items()
        if getattr(mentor, name) != value
    }
    if not changes:
        return mentor
    for name, value in new.items():
        setattr(mentor, name, value)
    mentor.updated_at = utc_now()
    record(
        subject_type="mentor",
        subject_id=mentor_id,
        action=CHANGED,
        by=by,
        area_code=village_code,
        changes=changes,
    )
    return mentor


def _columns(
    village_code: str, skills: Sequence[str], capacity: int, base: Place | None
) -> dict[str, Any]:
    return {
        "village_code": village_code,
        "skills": list(skills),
        "capacity": capacity,
        "base_lat": base.lat if base else None,
        "base_lng": base.lng if base else None,
    }


def _future_mentor(scope: Scope, account_id: UUID) -> Account:
    account = account_within(scope, account_id)
    if Role.MENTOR not in roles_of(account_id):
        raise InvalidInput(
            "account_is_no_mentor",
            field="account_id",
            message="Akun ini belum berperan pendamping. Beri perannya dulu di halaman Akun.",
        )
    if db.session.get(Mentor, account_id) is not None:
        raise InvalidInput(
            "mentor_known", field="account_id", message="Pendamping ini sudah terdaftar."
        )
    return account


def _check(village_code: str, skills: Sequence[str], capacity: int) -> None:
    if area(village_code).level != "desa":
        raise InvalidInput("village_missing", field="village", message="Pilih desa pendamping.")
    if not 1 <= capacity <= 200:
        raise InvalidInput(
            "capacity_unreal", field="capacity", message="Isi daya tampung antara 1 dan 200 usaha."
        )
    if any(skill not in SKILLS for skill in skills):
        raise InvalidInput("skill_unknown", field="skills", message="Pilih keahlian dari daftar.")
