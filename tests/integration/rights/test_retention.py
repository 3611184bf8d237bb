"""Nothing is kept longer than the rules allow."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.rights import services
from app.rights.models import PersonRequest
from tests.integration.rights.person import CANARY, everything_held, filled_person

SIX_YEARS = timedelta(days=6 * 366)


def later(days: timedelta = SIX_YEARS) -> date:
    return local_today() + days


def end_all(owner_id) -> None:
    with transaction():
        for row in db.session.scalars(sa.select(Enterprise).where(Enterprise.owner_id == owner_id)):
            row.life_cycle = "tutup"


def test_who_ended_five_years_ago_is_forgotten_once(app, factories):
    person = filled_person(factories)
    end_all(person.owner_id)

    with transaction():
        early = services.keep_no_longer(today=later(timedelta(days=4 * 365)))
    with transaction():
        first = services.keep_no_longer(today=later())
    held = everything_held()
    with transaction():
        second = services.keep_no_longer(today=later())

    assert (early.owners, first.owners, second.owners) == (0, 1, 0)
    assert CANARY not in held
    assert everything_held() == held
    assert db.session.get(Owner, person.owner_id).erased_on == local_today()


def test_whose_enterprise_goes_on_is_kept(app, factories):
    filled_person(factories)

    with transaction():
        kept = services.keep_no_longer(today=later())

    assert kept.owners == 0
    assert CANARY in everything_held()


def test_nobody_is_forgotten_while_a_request_waits(app, factories):
    person = filled_person(factories)
    end_all(person.owner_id)
    by = person.mentor.id
    with transaction():
        made = services.record_request(
            scope=everywhere(),
            owner_id=person.owner_id,
            kind="salinan",
            came_by="surat",
            identity_check="KTP",
            detail=None,
            received_at=utc_now(),
            by=by,
        )
        request_id = made.id

    with transaction():
        waiting = services.keep_no_longer(today=later()).owners
    with transaction():
        services.refuse(
            scope=everywhere(), request_id=request_id, answer="orangnya tidak datang", by=by
        )
    with transaction():
        answered = services.keep_no_longer(today=later()).owners

    assert (waiting, answered) == (0, 1)


def test_words_of_old_requests_go_and_their_days_stay(app, factories):
    owner = factories.owner()
    factories.enterprise(owner=owner)
    by = factories.account(role="pendamping").id
    answered_at = utc_now()
    with transaction():
        db.session.add(
            PersonRequest(
                id=new_id(),
                owner_id=owner.id,
                kind="salinan",
                came_by="surat",
                identity_check="KTP atas nama Sri",
                detail="minta lewat anaknya",
                received_at=answered_at,
                due_at=answered_at,
                recorded_by=by,
                state="ditolak",
                answer="bukan orangnya",
                answered_by=by,
                answered_at=answered_at,
            )
        )

    with transaction():
        first = services.keep_no_longer(today=later(timedelta(days=3 * 366))).requests
    with transaction():
        second = services.keep_no_longer(today=later(timedelta(days=3 * 366))).requests

    row = db.session.scalars(sa.select(PersonRequest)).one()
    assert (first, second) == (1, 0)
    assert (row.detail, row.answer, row.identity_check) == (None, None, "(dihapus)")
    assert row.answered_at == answered_at


def test_the_command_tells_what_was_forgotten(app, factories):
    person = filled_person(factories)
    end_all(person.owner_id)

    told = app.test_cli_runner().invoke(args=["rights", "retention", "--on", f"{later():%Y-%m-%d}"])

    assert told.exit_code == 0, told.output
    assert told.output.startswith("Dilupakan: 1 pemilik")
    assert CANARY not in everything_held()


def test_the_command_lists_what_waits(app, factories):
    owner = factories.owner()
    factories.enterprise(owner=owner)
    by = factories.account(role="pendamping").id
    with transaction():
        services.record_request(
            scope=everywhere(),
            owner_id=owner.id,
            kind="penghapusan",
            came_by="surat",
            identity_check="KTP",
            detail=None,
            received_at=utc_now() - timedelta(hours=80),
            by=by,
        )

    told = app.test_cli_runner().invoke(args=["rights", "requests"])

    assert "penghapusan" in told.output
    assert "terlambat 8 jam" in told.output
