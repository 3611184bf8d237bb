"""What happened between a merger and its undoing stays; what somebody took back stays taken."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Consent, Enterprise, Owner
from app.enterprises.services import consents
from app.interventions.models import Intervention
from app.mentoring.models import Assignment, Visit
from app.quality.jobs import forget_old_mergers
from app.quality.models import Merger
from app.quality.services import merging, undoing
from app.quality.services.stored_rows import rows_where

TODAY = local_today()


@pytest.fixture
def officer(factories):
    return factories.account(role=Role.LABOUR_OFFICER)


@pytest.fixture
def two(factories):
    """Two entries of one enterprise; the one that will go has a therapy and a visit."""
    owners = [factories.owner(name="Siti Aminah", nik=None) for _ in range(2)]
    kept, gone = (factories.enterprise(owner=one, name="Keripik Barokah") for one in owners)
    mentor = factories.mentor()
    factories.assigned(mentor.account_id, kept, gone, from_on=TODAY - timedelta(days=60))
    factories.visit(gone, mentor.account_id, visited_on=TODAY - timedelta(days=20))
    factories.intervention(enterprise=gone, therapy_code="T03", state="disetujui")
    ids = (kept.id, gone.id, kept.owner_id, gone.owner_id)
    db.session.rollback()
    return ids


def merged(two, officer, **given) -> Merger:
    kept, gone = (db.session.get_one(Enterprise, key) for key in two[:2])
    versions = (kept.version, gone.version)
    with transaction():
        return merging.merge(
            **{
                "scope": everywhere(),
                "kept_id": two[0],
                "gone_id": two[1],
                "versions": versions,
                "picks": {},
                "owner_picks": {},
                "by": officer.id,
                **given,
            }
        )


def undone(merger: Merger, officer) -> None:
    with transaction():
        undoing.undo(scope=everywhere(), merger_id=merger.id, by=officer.id)
    db.session.expire_all()


def test_a_therapy_that_went_on_since_returns_as_far_as_it_came(two, officer):
    merger = merged(two, officer)
    with transaction():
        row = db.session.scalars(select(Intervention)).one()
        row.state, row.closed_on, row.result = "selesai", TODAY, "berhasil"

    undone(merger, officer)

    row = db.session.scalars(select(Intervention)).one()
    assert (row.enterprise_id, row.state, row.result) == (
        two[1],
        "selesai",
        "berhasil",
    )


def test_what_was_taken_away_since_does_not_come_back(two, officer):
    merger = merged(two, officer)
    with transaction() as session:
        session.delete(session.scalars(select(Intervention)).one())

    undone(merger, officer)

    assert db.session.scalars(select(Intervention)).all() == []
    assert db.session.scalars(select(Visit)).one().enterprise_id == two[1]


def test_a_withdrawal_since_holds_for_the_one_who_comes_back(two, officer):
    with transaction():
        consents.give_consent(
            scope=everywhere(),
            owner_id=two[3],
            purpose_key="lembaga_keuangan",
            way="tanda_tangan",
            witness=None,
            given_on=TODAY - timedelta(days=5),
            by=officer.id,
        )
    merger = merged(two, officer)
    with transaction():
        consents.withdraw_consent(
            scope=everywhere(),
            owner_id=two[2],
            purpose_key="lembaga_keuangan",
            withdrawn_on=TODAY,
            reason=None,
            by=officer.id,
        )

    undone(merger, officer)

    row = db.session.scalars(select(Consent).where(Consent.purpose == "lembaga_keuangan")).one()
    assert (row.owner_id, row.withdrawn_on) == (two[3], TODAY)


def test_what_was_changed_of_the_owner_since_stays(two, officer):
    merger = merged(two, officer)
    with transaction():
        owner = db.session.get_one(Owner, two[2])
        owner.keep_phone("+6281234567890")
        owner.country, owner.version = "Taiwan", owner.version + 1

    undone(merger, officer)

    owner = db.session.get_one(Owner, two[2])
    assert (owner.phone, owner.country) == ("+6281234567890", "Taiwan")
    assert db.session.get_one(Owner, two[3]).country != "Taiwan"


def open_care() -> dict[UUID, UUID]:
    is_open = Assignment.until_on.is_(None)
    found = db.session.execute(
        select(Assignment.enterprise_id, Assignment.mentor_id).where(is_open)
    )
    return {row[0]: row[1] for row in found}


@pytest.mark.parametrize("chosen", ["tetap", "lepas"])
def test_a_new_mentor_since_stays(factories, two, officer, chosen):
    other = factories.mentor()
    with transaction() as session:
        care = session.scalars(select(Assignment).where(Assignment.enterprise_id == two[1])).one()
        care.mentor_id = session.get_one(Enterprise, two[1]).mentor_id = other.account_id
    merger = merged(two, officer, picks={"mentor_id": chosen})
    newer = factories.mentor()
    factories.assigned(newer.account_id, db.session.get_one(Enterprise, two[0]))

    undone(merger, officer)

    # Of the other's mentor the care was ended since, if it was that one who stayed.
    told = {two[0]: newer.account_id, two[1]: None if chosen == "lepas" else other.account_id}
    assert {key: db.session.get_one(Enterprise, key).mentor_id for key in told} == told
    assert open_care() == {key: mentor_id for key, mentor_id in told.items() if mentor_id}


def test_another_enterprise_of_the_owner_keeps_what_was_changed_since(factories, two, officer):
    other = factories.enterprise(owner=db.session.get_one(Owner, two[3]), name="Jahit Melati").id
    merger = merged(two, officer)
    with transaction():
        row = db.session.get_one(Enterprise, other)
        row.address, row.life_cycle, row.version = "Jalan Baru 7", "tutup", row.version + 1

    undone(merger, officer)

    row = db.session.get_one(Enterprise, other)
    assert (row.owner_id, row.address, row.life_cycle) == (two[3], "Jalan Baru 7", "tutup")


@pytest.mark.parametrize("which", ["restricted_on", "objected_on"])
def test_who_asked_to_be_let_alone_is_let_alone_after_a_merger(two, officer, which):
    with transaction():
        setattr(db.session.get_one(Owner, two[3]), which, TODAY - timedelta(days=3))
    merger = merged(two, officer)

    db.session.expire_all()
    assert getattr(db.session.get_one(Owner, two[2]), which) == TODAY - timedelta(days=3)

    undone(merger, officer)
    assert getattr(db.session.get_one(Owner, two[2]), which) is None
    assert getattr(db.session.get_one(Owner, two[3]), which) == TODAY - timedelta(days=3)


def test_nothing_else_changes_when_something_was_changed_since(two, officer):
    def rows() -> dict[str, list[dict[str, object]]]:
        db.session.rollback()
        return {
            table.name: rows_where(table, table.primary_key.columns.values()[0].is_not(None))
            for table in (model.__table__ for model in (Owner, Enterprise, Visit, Assignment))
        }

    before = rows()
    merger = merged(two, officer)
    with transaction():
        db.session.scalars(select(Intervention)).one().success_measure = "Buku kas diisi sebulan"

    undone(merger, officer)

    assert rows() == before


def test_old_rows_are_forgotten_when_a_merger_cannot_be_undone_any_more(factories, two, officer):
    merger_id = merged(two, officer).id
    other = factories.enterprise(name="Keripik Barokah").id
    kept_one = merged((two[0], other), officer).id
    with transaction() as session:
        session.get_one(Merger, merger_id).undo_until = utc_now() - timedelta(seconds=1)

    forget_old_mergers()

    db.session.expire_all()
    over, young = (db.session.get_one(Merger, key) for key in (merger_id, kept_one))
    assert (over.before, over.after) == ({}, None)
    assert young.before
    assert young.after
