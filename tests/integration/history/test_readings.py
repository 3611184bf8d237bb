"""Who saw data of whom is noted, whichever page showed it, and can't be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.clock import utc_now
from app.core.permissions import Role
from app.db import db
from app.history.models import ReadEntry
from app.history.queries import exports_since, readings_by, readings_of
from app.history.rules import unpack

NIK = "3302145208850003"
REASON = {"reason": "mendaftarkan NIB di OSS"}


def seen_by(client):
    day = timedelta(days=1)
    return list(readings_by(client.account_id, since=utc_now() - day, until=utc_now() + day))


def test_opening_five_niks_leaves_five_entries_with_reason(officer_client, factories):
    owners = [factories.owner(nik=f"{NIK[:-1]}{number}") for number in range(1, 6)]
    for owner in owners:
        factories.enterprise(owner=owner)

    for owner in owners:
        assert officer_client.post(f"/pemilik/{owner.id}/nik", data=REASON).status_code == 200

    found = [one for one in seen_by(officer_client) if one.kind == "nik"]
    assert [one.subject_id for one in found] == [owner.id for owner in owners]
    assert {one.note for one in found} == {REASON["reason"]}
    assert {one.origin for one in found} == {"127.0.0.1"}


def test_a_nik_that_was_refused_leaves_no_entry(officer_client, factories):
    owner = factories.owner(nik=NIK)
    factories.enterprise(owner=owner)

    assert officer_client.post(f"/pemilik/{owner.id}/nik", data={"reason": "x"}).status_code == 422

    assert not [one for one in seen_by(officer_client) if one.kind == "nik"]


@pytest.mark.parametrize("page", ["/usaha/{e}", "/usaha/{e}/riwayat", "/usaha/{e}/kesehatan"])
def test_each_page_of_an_enterprise_is_noted_with_its_owner(officer_client, factories, page):
    enterprise = factories.enterprise()

    assert officer_client.get(page.format(e=enterprise.id)).status_code == 200

    entry = db.session.scalars(sa.select(ReadEntry)).one()
    assert (entry.kind, entry.subject_type, entry.subject_id) == (
        "page",
        "enterprise",
        enterprise.id,
    )
    assert enterprise.id in unpack(entry.enterprises)
    assert [one.account_id for one in readings_of([enterprise.id], since=entry.at)] == [
        officer_client.account_id
    ]


def test_a_list_is_noted_with_all_that_stood_on_it(officer_client, factories):
    here = {factories.enterprise(name=name).id for name in ("A", "B", "C")}
    factories.enterprise(name="Luar", village_code="35.07.10.2003")

    officer_client.get("/usaha")

    entry = db.session.scalars(sa.select(ReadEntry)).one()
    assert (entry.kind, entry.subject_id, entry.shown_count) == ("list", None, 3)
    assert set(unpack(entry.enterprises)) == here


def test_what_was_not_shown_is_not_noted(officer_client, client, factories):
    foreign = factories.enterprise(village_code="35.07.10.2003")

    assert officer_client.get(f"/usaha/{foreign.id}").status_code == 404
    assert client.get(f"/usaha/{foreign.id}").status_code == 303
    assert officer_client.get("/akun-saya").status_code == 200

    assert db.session.scalars(sa.select(ReadEntry)).all() == []


def test_a_search_for_a_nik_is_noted_found_or_not(officer_client, factories):
    owner = factories.owner(nik=NIK)
    factories.enterprise(owner=owner)

    officer_client.post("/usaha/cari", data={"cari": NIK})
    officer_client.post("/usaha/cari", data={"cari": "3302145208850019"})

    found = [one for one in seen_by(officer_client) if one.kind == "search"]
    assert [(one.owner_ids, one.shown_count) for one in found] == [((owner.id,), 1), ((), 0)]
    assert NIK not in str(found)


def test_a_file_is_noted_with_each_person_in_it(officer_client, factories):
    owners = [factories.enterprise(sector="C").owner_id for _ in range(3)]
    factories.enterprise(sector="D")

    answer = officer_client.post(
        "/usaha/unduh?sektor=C", data={"with_nik": "y", "reason": "pengajuan NIB bersama"}
    )

    assert answer.status_code == 303
    found = next(one for one in seen_by(officer_client) if one.kind == "export")
    assert set(found.owner_ids) == set(owners)
    assert found.facts == {"filter": {"sektor": "C"}, "with_nik": True}
    assert (found.shown_count, found.note) == (3, "pengajuan NIB bersama")
    assert exports_since(officer_client.account_id, found.at) == 1


def test_readings_of_others_and_other_times_are_left_out(officer_client, as_role, factories):
    enterprise = factories.enterprise()
    other = as_role(Role.LABOUR_OFFICER)
    other.get(f"/usaha/{enterprise.id}")
    before = utc_now()
    officer_client.get(f"/usaha/{enterprise.id}")
    after = utc_now()

    inside = list(readings_by(officer_client.account_id, since=before, until=after))

    assert len(inside) == 1
    assert list(readings_by(other.account_id, since=before, until=after)) == []
    assert list(readings_by(officer_client.account_id, since=after, until=after)) == []


def test_a_page_is_shown_while_another_writes_long_and_the_note_goes_to_the_log(
    app, officer_client, factories, caplog
):
    enterprise = factories.enterprise()
    on_sqlite = db.engine.dialect.name == "sqlite"
    # On PostgreSQL writers of other rows don't wait for each other: only a locked table does it.
    lock = "BEGIN IMMEDIATE" if on_sqlite else "LOCK TABLE read_entry IN EXCLUSIVE MODE"
    other = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with other.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute(lock)
        status = officer_client.get(f"/usaha/{enterprise.id}").status_code
        driver.rollback()
    other.dispose()
    noted = db.session.scalars(sa.select(ReadEntry)).all()

    assert status == 200
    assert noted == []
    assert any("read_not_noted" in record.getMessage() for record in caplog.records)
    assert str(enterprise.id) in caplog.text
