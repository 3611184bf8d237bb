"""What a write changes, for the history; and the guard against writing over somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.core.clock import utc_now
from app.core.errors import Conflict
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.personal import told
from app.history.rules import register_actions

register_actions(
    {
        "enterprise.created": "Usaha didaftarkan",
        "enterprise.updated": "Data usaha diubah",
        "enterprise.life_cycle_changed": "Keadaan usaha diubah",
        "enterprise.photo_changed": "Foto tempat usaha diganti",
        "enterprise.exported": "Daftar usaha diunduh",
        "owner.created": "Pemilik didaftarkan",
        "owner.updated": "Data pemilik diubah",
        "owner.nik_opened": "NIK pemilik dibuka",
    }
)


def apply(row: Owner | Enterprise, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set columns of a row; gives what really changed, as the history keeps it."""
    changes = {}
    for column, new in values.items():
        old = getattr(row, column)
        if old != new:
            changes[column] = [plain(old), plain(new)]
            setattr(row, column, new)
    if changes:
        row.updated_at = utc_now()
    return told(changes)


def plain(value: Any) -> Any:
    """The value as the history keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def claim(row: Owner | Enterprise, version: int) -> None:
    """Take the row from the version that the person saw to the next one.

    Raises:
        Conflict: code "version_stale": somebody else saved in between.
    """
    kind = type(row)
    taken: Any = db.session.execute(
        update(kind).where(kind.id == row.id, kind.version == version).values(version=version + 1)
    )
    if taken.rowcount != 1:
        raise Conflict(
            "version_stale",
            message="Data ini baru saja diubah orang lain. Lihat perubahannya, lalu simpan lagi "
            "bila isian Anda tetap benar.",
        )
    db.session.refresh(row)
