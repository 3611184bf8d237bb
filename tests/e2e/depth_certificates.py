"""What permits of a fresh demo lack: one that is stuck, one that ends, a session of many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import in_area, may_use
from app.enterprises.rules.consents import BASE
from app.market.queries.batches import candidates
from app.market.services.batches import begin_many
from app.market.services.certificates import Given, add_paper, move, note_held, open_track
from tests.factories.files import photo_upload

_STUCK_SINCE, _LEFT = timedelta(days=60), timedelta(days=25)


def fill_the_permits(area_code: str, *, officer_id: UUID, mentor_id: UUID) -> None:
    """With the mentor and in the office's area: a mark that is stuck with a paper, a laik higiene
    that ends soon; and a session for which some were registered together."""
    for enterprise_id in dict.fromkeys(
        _of((Enterprise.mentor_id == mentor_id, in_area(area_code)))
    ):
        _stuck(enterprise_id, officer_id)
        _ending(enterprise_id, officer_id)
    for track in ("halal_sd", "spp_irt"):
        ids = [one.id for one in candidates(everywhere(), track, area_code)[:5]]
        db.session.rollback()
        with transaction():
            begin_many(
                batch_id=new_id(), track_code=track, enterprise_ids=ids, on=local_today(),
                note="Balai desa", by=officer_id, scope=everywhere(),
            )  # fmt: skip


def _of(conditions: Iterable[ColumnElement[bool]]) -> list[UUID]:
    statement = (
        select(Enterprise.id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(may_use(BASE), Enterprise.life_cycle == "aktif")
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(1)
    )
    found = [db.session.scalars(statement.where(one)).one() for one in conditions]
    db.session.rollback()
    return found


def _stuck(enterprise_id: UUID, by: UUID) -> None:
    since = local_today() - _STUCK_SINCE
    said = {"by": by, "scope": everywhere()}
    with transaction():
        key = open_track(
            step_id=new_id(), enterprise_id=enterprise_id, track_code="merek", on=since, **said
        ).id
        move(step_id=new_id(), certificate_id=key, to_state="penelusuran_pdki", on=since, **said)
        add_paper(
            document_id=new_id(), certificate_id=key, paper="contoh_merek",
            photo=photo_upload(), **said,
        )  # fmt: skip


def _ending(enterprise_id: UUID, by: UUID) -> None:
    ends = local_today() + _LEFT
    with transaction():
        note_held(
            step_id=new_id(),
            enterprise_id=enterprise_id,
            track_code="laik_higiene",
            state="terbit",
            on=local_today(),
            given=Given(issued_on=ends - timedelta(days=365), expires_on=ends),
            by=by,
            scope=everywhere(),
        )
