"""Two become one with all that belongs to them, and two again as if nothing had been."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.core.clock import local_today, utc_now
from app.core.errors import NotFound, WrongState
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.enterprises.services.owners import unsealed_nik
from app.health.models import HealthAssessment
from app.interventions.models import Intervention
from app.mentoring.models import Visit
from app.portal.models import OwnerCard
from app.portal.queries.cards import is_card_lost
from app.portal.services.cards import hand_out
from app.quality.models import LikelyPair, Merger
from app.quality.services import merging, undoing
from app.quality.services.stored_rows import is_partial, rows_where, tables_of

TODAY = local_today()
WORK = (HealthAssessment, Visit, Intervention)
# Grow by nature: what happened, who asked, who is logged in.
GROWING = {
    "history_entry",
    "history_words",
    "history_counter",
    "enterprise_merger",
    # Says nothing of an enterprise that is here again.
    "enterprise_successor",
    "likely_pair",
    "login_session",
    "login_attempt",
    "job_run",
    "data_read",
}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that a merger may touch."""
    db.session.rollback()
    return {
        table.name: rows_where(table, table.primary_key.columns.values()[0].is_not(None))
        for table in db.metadata.sorted_tables
        if table.name not in GROWING
    }


@pytest.fixture
def officer(factories):
    return factories.account(role=Role.LABOUR_OFFICER)


@pytest.fixture
def two(factories, officer):
    """Two entries of one enterprise, both with work that was done for them."""
    mentors = [factories.mentor(), factories.mentor()]
    owners = [factories.owner(name="Siti Aminah"), factories.owner(name="Siti Aminah", nik=None)]
    rows = [
        factories.enterprise(owner=owner, name="Keripik Barokah", sector="A") for owner in owners
    ]
    for row, mentor in zip(rows, mentors, strict=True):
        account_id = getattr(mentor, "account_id", None) or mentor.id
        factories.assigned(account_id, row, from_on=TODAY - timedelta(days=60))
        fresh = db.session.get_one(Enterprise, row.id)
        factories.assessment(
            enterprise=fresh, health_class="sakit", assessed_on=TODAY - timedelta(days=40)
        )
        factories.visit(fresh, account_id, visited_on=TODAY - timedelta(days=20))
        factories.promise(fresh, account_id, due_on=TODAY + timedelta(days=3))
        factories.intervention(enterprise=fresh)
    db.session.rollback()
    return rows[0].id, rows[1].id


def merged(two, officer, **given: Any) -> Merger:
    kept, gone = (db.session.get_one(Enterprise, key) for key in two)
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


def undone(merger_id, officer, scope: Scope | None = None) -> None:
    with transaction():
        undoing.undo(scope=scope or everywhere(), merger_id=merger_id, by=officer.id)


def test_everything_of_the_other_moves_along(two, officer):
    counts = {table: len(db.session.scalars(select(table)).all()) for table in WORK}
    merged(two, officer)

    db.session.rollback()
    assert db.session.get(Enterprise, two[1]) is None
    kept = db.session.get_one(Enterprise, two[0])
    for table, count in counts.items():
        found = db.session.scalars(select(table).where(table.enterprise_id == two[0])).all()
        assert len(found) == count > 1, table
    assert kept.health_class == "sakit"
    assert db.session.scalars(select(Owner)).one().id == kept.owner_id
    open_ones = db.session.execute(
        select(db.metadata.tables["assignment"]).where(
            db.metadata.tables["assignment"].c.until_on.is_(None)
        )
    ).all()
    assert [row.enterprise_id for row in open_ones] == [two[0]]


def test_the_last_visit_is_the_last_meeting_of_both(factories, two, officer):
    gone = db.session.get_one(Enterprise, two[1])
    mentor_id = gone.mentor_id
    factories.visit(gone, mentor_id, visited_on=TODAY - timedelta(days=5))
    gone = db.session.get_one(Enterprise, two[1])
    factories.visit(
        gone, mentor_id, visited_on=TODAY, outcome="tidak_bisa_dikunjungi", reason="Tutup"
    )

    merged(two, officer)

    kept = db.session.get_one(Enterprise, two[0], populate_existing=True)
    assert kept.last_visit_on == TODAY - timedelta(days=5)


def test_undoing_restores_every_row(two, officer):
    before = everything()

    merger_id = merged(two, officer, picks={"name": "lepas", "mentor_id": "lepas"}).id
    assert everything() != before
    undone(merger_id, officer)

    after = everything()
    for name, rows in before.items():
        assert after[name] == rows, name


def card_for(key) -> str:
    with transaction():
        owner_id = db.session.get_one(Enterprise, key).owner_id
        return hand_out(owner_id=owner_id, days="90", scope=everywhere(), by=None).code


def opens(client, code: str) -> bool:
    client.post("/keluar")
    return client.post("/masuk/kartu", data={"code": code}).status_code == 303


def test_the_card_of_the_other_goes_on_opening_where_the_kept_owner_has_none(two, officer, client):
    code = card_for(two[1])
    before = everything()

    merger_id = merged(two, officer).id
    gets_in = opens(client, code)
    page = client.get("/saya").text
    with transaction():
        db.session.execute(update(OwnerCard).values(used_at=None))
    undone(merger_id, officer)

    assert gets_in
    assert "Keripik Barokah" in page
    assert everything() == before
    assert opens(client, code)


def test_of_two_cards_that_of_the_kept_owner_opens(two, officer, client):
    kept, gone = card_for(two[0]), card_for(two[1])

    assert is_card_lost(kept_id=two[0], gone_id=two[1])
    merged(two, officer)

    assert not opens(client, gone)
    assert opens(client, kept)


def test_the_chosen_values_are_kept(factories, two, officer):
    with transaction():
        gone = db.session.get_one(Enterprise, two[1])
        gone.nib, gone.yearly_sales = "1234567890123", 24_000_000

    merged(two, officer, picks={"nib": "lepas", "yearly_sales": "lepas"})

    kept = db.session.get_one(Enterprise, two[0], populate_existing=True)
    assert (kept.nib, kept.yearly_sales) == ("1234567890123", 24_000_000)


def test_sealed_numbers_are_sealed_anew_for_the_row_that_keeps_them(factories, officer):
    number = factories.nik()
    kept = factories.enterprise(owner=factories.owner(nik=None, name="Ani"))
    gone = factories.enterprise(owner=factories.owner(nik=number, name="Ani"))
    db.session.rollback()
    before = everything()

    merger_id = merged(
        (kept.id, gone.id), officer, owner_picks={"nik_masked": "lepas", "phone_index": "lepas"}
    ).id

    owner = db.session.scalars(select(Owner)).one()
    assert owner.nik_sealed is not None
    assert unsealed_nik(owner.id, owner.nik_sealed) == number
    undone(merger_id, officer)
    assert everything() == before


def test_what_was_changed_since_stays_when_it_is_undone(two, officer):
    merger_id = merged(two, officer).id
    with transaction():
        kept = db.session.get_one(Enterprise, two[0])
        kept.address, kept.version = "Jalan Baru 7", kept.version + 1

    undone(merger_id, officer)

    kept = db.session.get_one(Enterprise, two[0], populate_existing=True)
    assert kept.address == "Jalan Baru 7"
    assert db.session.get(Enterprise, two[1]) is not None


def test_a_merger_is_undone_once_and_for_thirty_days(two, officer):
    merger_id = merged(two, officer).id
    with transaction():
        db.session.get_one(Merger, merger_id).undo_until = utc_now() - timedelta(seconds=1)
    with pytest.raises(WrongState):
        undone(merger_id, officer)
    with transaction():
        db.session.get_one(Merger, merger_id).undo_until = utc_now() + timedelta(days=1)
    undone(merger_id, officer)

    with pytest.raises(WrongState):
        undone(merger_id, officer)


def test_one_that_somebody_changed_meanwhile_is_not_merged(two, officer):
    with pytest.raises(WrongState):
        merged(two, officer, versions=(1, 99))

    assert db.session.get(Enterprise, two[1]) is not None


def test_what_lies_outside_the_reach_is_not_merged_and_not_undone(two, officer):
    elsewhere = Scope(account_id=officer.id, areas=("53",))
    with pytest.raises(NotFound):
        merged(two, officer, scope=elsewhere)
    merger_id = merged(two, officer).id

    with pytest.raises(NotFound):
        undone(merger_id, officer, elsewhere)


def test_a_chain_of_mergers_is_undone_from_its_end(factories, two, officer):
    third = factories.enterprise(name="Keripik Barokah")
    db.session.rollback()
    before = everything()
    first = merged(two, officer).id
    second = merged((third.id, two[0]), officer).id

    with pytest.raises(WrongState):
        undone(first, officer)
    undone(second, officer)
    undone(first, officer)

    assert everything() == before


def test_every_partial_key_of_belongings_is_cared_for(app):
    partial = {
        index.name
        for target in ("enterprise", "owner")
        for table, column in tables_of(target)
        for index in table.indexes
        if index.unique and is_partial(index) and column.name in index.columns
    }

    # Each of them is settled by its feature (`services.becoming_one`), or can't clash.
    assert partial == {
        "uq_assignment_open_enterprise_id",
        "uq_consent_open_owner_id_purpose",
        "uq_diary_month_current",
        "uq_lender_consent_open",
        "uq_owner_card_current",
        "uq_intervention_open_enterprise_id",
    }


def test_a_pair_that_was_called_different_is_not_asked_about_again(two, officer):
    first, second = sorted(two)
    with transaction() as session:
        session.add(
            LikelyPair(
                first_id=first, second_id=second, points=50, reasons=["x"], found_at=utc_now()
            )
        )
    pair_id = db.session.scalars(select(LikelyPair.id)).one()

    with transaction():
        merging.say_different(scope=everywhere(), pair_id=pair_id, by=officer.id)

    assert db.session.get_one(LikelyPair, pair_id, populate_existing=True).state == "berbeda"
