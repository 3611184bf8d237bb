"""Writing a decree down, before anything moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotAllowed, WrongState
from app.core.ids import new_id
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.decrees.queries import decree, names_in_use
from app.history.rules import register_actions
from app.history.services import record
from app.places.models import AreaDecree, AreaDecreeLine
from app.places.rules.decrees import Line, expanded, parse_lines

register_actions(
    {
        "area_decree.drafted": "Keputusan wilayah dicatat",
        "area_decree.discarded": "Rancangan keputusan wilayah dihapus",
        "area_decree.applied": "Keputusan wilayah diterapkan",
        "enterprise.resettled": "Desa berubah karena keputusan",
    }
)


def draft_decree(
    *, number: str, decided_on: date, source: str, lines: str, by: UUID | None
) -> AreaDecree:
    """Keep a decree with all its lines, those that follow from wider areas among them.

    Raises:
        InvalidInput: the day lies ahead, or a line can't be (see `parse_lines`, `expanded`).
    """
    if decided_on > local_today():
        raise InvalidInput(
            "decree_ahead",
            field="decided_on",
            message="Tanggal keputusan tidak boleh setelah hari ini.",
        )
    whole = expanded(parse_lines(lines), names_in_use())
    row = AreaDecree(
        id=new_id(),
        number=number,
        decided_on=decided_on,
        source=source,
        made_by=by,
        made_at=utc_now(),
    )
    db.session.add(row)
    db.session.flush()
    _keep(whole, row.id)
    record(
        subject_type="area_decree",
        subject_id=row.id,
        action="area_decree.drafted",
        by=by,
        changes={"number": [None, number], "lines": [None, len(whole)]},
    )
    return row


def _keep(lines: Sequence[Line], decree_id: UUID) -> None:
    db.session.add_all(
        AreaDecreeLine(
            decree_id=decree_id,
            n=n,
            old_code=line.old,
            new_code=line.new,
            new_name=line.name,
            hamlets=list(line.hamlets),
            enterprises=list(line.enterprises),
        )
        for n, line in enumerate(lines)
    )


def discard_decree(*, decree_id: UUID, by: UUID | None) -> None:
    """Throw away a decree that was never applied.

    Raises:
        NotFound: there is none.
        WrongState: it was applied.
    """
    row = decree(decree_id)
    if row.applied_at is not None:
        raise WrongState("decree_applied", message="Keputusan ini sudah diterapkan.")
    record(
        subject_type="area_decree",
        subject_id=row.id,
        action="area_decree.discarded",
        by=by,
        changes={"number": [row.number, None]},
    )
    db.session.execute(delete(AreaDecreeLine).where(AreaDecreeLine.decree_id == row.id))
    db.session.delete(row)


def must_reach_country(scope: Scope) -> None:
    """Refuse whoever does not answer for the whole country: a decree may move anything.

    Raises:
        NotAllowed: see above.
    """
    if not scope.covers_area(WHOLE_COUNTRY):
        raise NotAllowed(
            "country_only", message="Keputusan wilayah hanya dicatat admin seluruh Indonesia."
        )
