"""On which days an enterprise is open, and whether its sales follow seasons."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from app.cashbook.models import BookHabit
from app.cashbook.rules.habits import WEEKDAYS, days_in_words
from app.core.errors import Conflict, InvalidInput
from app.core.scope import Scope
from app.db import db
from app.db.turns import take_turn
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

SUBJECT = "book_habit"
register_actions({"cash.habit_saved": "Hari buka usaha dicatat"})
register_fields(
    SUBJECT,
    {
        "open_weekdays": FieldWording(label="Hari buka", say=days_in_words),
        "is_seasonal": FieldWording(label="Musiman", say=lambda yes: "ya" if yes else "tidak"),
    },
)


def save_habit(
    *,
    scope: Scope,
    by: UUID,
    enterprise_id: UUID,
    open_weekdays: Collection[int],
    is_seasonal: bool,
    version: int | None = None,
) -> None:
    """Keep the habit of an enterprise; the same said again changes nothing.

    `version` is that of the page (0: there was none); None: whatever it is.

    Raises:
        NotFound: the enterprise is unknown or outside the scope.
        InvalidInput: no day at all, or one that no week has.
        WrongState: the owner withdrew. Conflict: somebody changed it since.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    days = _checked(open_weekdays)
    take_turn(f"book habit {enterprise_id}")
    row = db.session.get(BookHabit, enterprise_id)
    before = (None, None) if row is None else (row.open_weekdays, row.is_seasonal)
    if before == (days, is_seasonal):
        return
    _check_version(version, row)
    _keep(row or BookHabit(enterprise_id=enterprise_id, version=0), days, is_seasonal)
    record(
        subject_type=SUBJECT,
        subject_id=enterprise_id,
        enterprise_id=enterprise_id,
        area_code=enterprise.village_code,
        action="cash.habit_saved",
        by=by,
        changes={"open_weekdays": [before[0], days], "is_seasonal": [before[1], is_seasonal]},
    )


def _keep(row: BookHabit, days: list[int], is_seasonal: bool) -> None:
    row.open_weekdays, row.is_seasonal = days, is_seasonal
    row.version += 1
    db.session.add(row)
    db.session.flush()


def _checked(open_weekdays: Collection[int]) -> list[int]:
    days = sorted(set(open_weekdays))
    if not days or not set(days) <= set(range(len(WEEKDAYS))):
        raise InvalidInput("weekdays_missing", field="days", message="Pilih hari buka usaha.")
    return days


def _check_version(seen: int | None, row: BookHabit | None) -> None:
    if seen is not None and seen != (0 if row is None else row.version):
        raise Conflict(
            "habit_changed_meanwhile",
            message="Hari buka baru saja diubah orang lain. Muat ulang halamannya.",
        )
