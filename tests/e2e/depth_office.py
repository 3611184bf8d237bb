"""Work of an office that waits for somebody: tools on their way, a dispute, a request, a draft."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.accounts.models import Account
from app.aid.models import AidCase, Tool
from app.aid.rules.steps import (
    APPROVED,
    ASSESSED,
    HANDED_OVER,
    IN_USE,
    INSTALLED,
    REQUESTED,
    VERIFIED,
)
from app.core.clock import local_today, utc_now
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.queries.reach import in_area
from app.health.services import disputes, instruments
from app.jobs import run_pending
from app.portal.rules.messages import HELP
from app.portal.services.messages import send_message
from app.quality.rules.matching import Pair
from app.quality.services.finding import keep_pairs
from app.rights.services import record_request
from app.trainings.services import keep_paper
from tests.factories.accounts import account
from tests.factories.aid import aid_case, old_tool, tool_check, tool_of
from tests.factories.enterprises import enterprise
from tests.factories.files import photo_upload
from tests.factories.health import assessment
from tests.factories.mentoring import assigned
from tests.factories.trainings import training

# An aid stops at each of these once, so that every step is the next one somewhere.
STOPS = (REQUESTED, ASSESSED, VERIFIED, APPROVED, HANDED_OVER, INSTALLED, IN_USE)
OLD_DAYS = 185


def fill_the_office(area_code: str, *, officer_id: UUID, mentor_id: UUID) -> None:
    """Lay work of every kind on the desks of an area."""
    officer = db.session.get_one(Account, officer_id)
    other = account(name="Rekan di kantor", email="rekan@contoh.test")
    made = _enterprises(area_code, mentor_id)
    owner_id, first_id, second_id = made[0].owner_id, made[0].id, made[1].id
    _tools(made, other, officer)
    _trainings(made, officer)
    _disputes(made[0], other)
    _request(owner_id, officer_id)
    _message(owner_id, officer_id)
    _pair(first_id, second_id)
    _draft(officer_id)


def _enterprises(area_code: str, mentor_id: UUID) -> list[Enterprise]:
    """New enterprises of the mentor who is surveyed, one for each aid."""
    village = db.session.scalars(
        select(Enterprise.village_code).where(in_area(area_code)).order_by(Enterprise.id).limit(1)
    ).one()
    made = [
        enterprise(name=f"Keripik Bu Sri {number}", village_code=village)
        for number in range(len(STOPS) + 1)
    ]
    assigned(mentor_id, *made)
    return made


def _tools(made: list[Enterprise], asker: Account, officer: Account) -> None:
    """Aids at every stop, one that only lacks its last word, and a tool in the store."""
    for number, (one, state) in enumerate(zip(made, (*STOPS, IN_USE), strict=True)):
        aid_case(one, asked_by=asker, decided_by=officer, state=state, serial_number=f"SN-{number}")
    last = made[-1].id
    long_ago = local_today() - timedelta(days=OLD_DAYS)
    with transaction():
        db.session.execute(
            update(AidCase)
            .where(AidCase.enterprise_id == last)
            .values(handed_over_on=long_ago, last_step_on=long_ago)
        )
        db.session.execute(update(Tool).where(Tool.holder_id == last).values(held_from=long_ago))
    tool_check(tool_of(made[-1]), asker, days_used=12)
    old_tool(None, officer, photo=photo_upload())


def _trainings(made: list[Enterprise], officer: Account) -> None:
    """A training with its signed list, and one for mentors."""
    village_code = made[0].village_code
    session_id = training(officer, *made[:3], village_code=village_code).id
    with transaction():
        keep_paper(session_id=session_id, photo=photo_upload(), scope=everywhere(), by=officer.id)
    training(officer, kind="bimtek", topic="Membaca arus kas", village_code=village_code)


def _disputes(disputed: Enterprise, other: Account) -> None:
    """An objection that waits for its answer, and a class that waits for a second person."""
    other_id = other.id
    judged_id = assessment(enterprise=disputed, by=other).id
    with transaction():
        disputes.record_objection(
            scope=everywhere(),
            assessment_id=judged_id,
            received_on=local_today(),
            way="lisan",
            words="Buku kas saya sudah lengkap.",
            by=None,
        )
        disputes.propose_class(
            scope=everywhere(),
            assessment_id=judged_id,
            health_class="sehat",
            reason="Buku kas baru ditemukan.",
            by=other_id,
        )


def _request(owner_id: UUID, officer_id: UUID) -> None:
    with transaction():
        record_request(
            scope=everywhere(),
            owner_id=owner_id,
            kind="salinan",
            came_by="langsung",
            identity_check="KTP ditunjukkan",
            detail=None,
            received_at=utc_now(),
            by=officer_id,
        )


def _message(owner_id: UUID, sender_id: UUID) -> None:
    enterprise_id = db.session.scalars(
        select(Enterprise.id).where(Enterprise.owner_id == owner_id).limit(1)
    ).one()
    with transaction():
        send_message(
            scope=everywhere(),
            by=sender_id,
            enterprise_id=enterprise_id,
            kind=HELP,
            topic="izin",
            words="Belum tahu caranya mengurus izin.",
        )


def _pair(first_id: UUID, second_id: UUID) -> None:
    first_id, second_id = sorted((first_id, second_id))
    with transaction():
        keep_pairs(
            [Pair(first_id=first_id, second_id=second_id, points=91, reasons=("nama mirip",))]
        )


def _draft(by: UUID) -> None:
    """A draft of the instrument with what it would change, and an agreement that it is tried."""
    with transaction():
        version_id = instruments.new_draft(note="Bobot baru", by=by).id
    with transaction():
        instruments.ask_trial(version_id=version_id, by=by)
    run_pending()
