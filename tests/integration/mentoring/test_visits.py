"""Recording visits: promises, due dates, photos, repeats, and who may."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.files.models import StoredFile
from app.history.models import HistoryEntry
from app.mentoring.models import Promise, Visit
from app.mentoring.rules import BROKEN, KEPT, NewPromise
from app.mentoring.services import record_visit


def store(report, by, scope=None) -> Visit:
    with transaction():
        record_visit(scope=scope or everywhere(), report=report, by=by)
    return db.session.get_one(Visit, report.id)


def in_care(factories, client_account_id, **values: Any):
    """An enterprise in the care of the account of a mentor's client."""
    person = db.session.get_one(Account, client_account_id)
    mentor_id = factories.mentor(person=person).account_id
    row = factories.enterprise(**values)
    key = row.id
    factories.assigned(mentor_id, row)
    return key


def form(**values: Any) -> dict[str, Any]:
    return {
        "visit_id": str(new_id()),
        "outcome": "bertemu",
        "visited_on": f"{local_today():%d/%m/%Y}",
        "visited_time": "00:01",
        "place_kind": "rumah",
        "met_with": "Bu Sari",
        "findings": "Penjualan naik, buku kas dipakai.",
        **values,
    }


def test_a_visit_moves_the_dates_on_the_row(factories):
    ani = factories.mentor().account_id
    row = factories.enterprise(health_class="kurang_sehat", assessed_on=local_today()).id

    store(factories.visit_report(row), ani)

    found = db.session.get_one(Enterprise, row)
    assert found.last_visit_on == local_today()
    assert found.next_visit_due_on == local_today() + timedelta(days=30)


def test_an_earlier_day_that_was_agreed_becomes_the_due_date(factories):
    ani, row = factories.mentor().account_id, factories.enterprise(health_class="sehat").id
    agreed = local_today() + timedelta(days=5)

    store(factories.visit_report(row, next_visit_on=agreed), ani)

    assert db.session.get_one(Enterprise, row).next_visit_due_on == agreed


def test_a_later_day_than_the_class_asks_for_is_refused(factories):
    ani, row = factories.mentor().account_id, factories.sick_enterprise().id

    with pytest.raises(InvalidInput) as caught:
        store(factories.visit_report(row, next_visit_on=local_today() + timedelta(days=60)), ani)

    assert caught.value.field == "next_visit_on"


def test_one_that_could_not_be_made_is_tried_again_and_counts_as_no_visit(factories):
    ani, row = factories.mentor().account_id, factories.enterprise(health_class="sehat").id
    report = factories.visit_report(
        row, outcome="tidak_bisa_dikunjungi", reason="Rumah kosong", place_kind=None
    )

    visit = store(report, ani)

    found = db.session.get_one(Enterprise, row)
    assert visit.reason == "Rumah kosong"
    assert found.last_visit_on is None
    assert found.next_visit_due_on == local_today() + timedelta(days=7)


def test_a_visit_typed_in_late_changes_no_date(factories):
    ani, row = factories.mentor().account_id, factories.enterprise(health_class="sehat").id
    store(factories.visit_report(row), ani)
    due_on = db.session.get_one(Enterprise, row).next_visit_due_on

    store(factories.visit_report(row, visited_on=local_today() - timedelta(days=9)), ani)

    found = db.session.get_one(Enterprise, row)
    assert (found.last_visit_on, found.next_visit_due_on) == (local_today(), due_on)


def test_promises_are_settled_where_they_were_looked_at(factories):
    ani, row = factories.mentor().account_id, factories.enterprise()
    key = row.id
    kept = factories.promise(row, ani, due_on=local_today(), text="Urus NIB").id
    broken = factories.promise(row, ani, due_on=local_today(), text="Catat kas").id
    left = factories.promise(row, ani, due_on=local_today(), text="Foto produk").id
    report = factories.visit_report(key, settled={kept: KEPT, broken: BROKEN})

    visit = store(report, ani)

    states = {
        row.id: (row.state, row.settled_in_visit_id) for row in db.session.scalars(select(Promise))
    }
    assert states[kept] == ("ditepati", visit.id)
    assert states[broken] == ("tidak_ditepati", visit.id)
    assert states[left] == ("terbuka", None)


def test_a_promise_of_another_enterprise_can_not_be_settled_here(factories):
    ani = factories.mentor().account_id
    foreign = factories.promise(factories.enterprise(), ani, due_on=local_today()).id
    row = factories.enterprise().id

    with pytest.raises(InvalidInput):
        store(factories.visit_report(row, settled={foreign: KEPT}), ani)

    assert db.session.get_one(Promise, foreign).state == "terbuka"


def test_the_same_visit_twice_is_stored_once(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    promised = (NewPromise(text="Urus NIB", due_on=local_today() + timedelta(days=9)),)
    report = factories.visit_report(row, promises=promised)

    store(report, ani)
    store(report, ani)

    assert db.session.scalar(select(func.count()).select_from(Visit)) == 1
    assert db.session.scalar(select(func.count()).select_from(Promise)) == 1
    recorded = select(func.count()).where(HistoryEntry.action == "visit.recorded")
    assert db.session.scalar(recorded) == 1


def test_another_visit_under_the_same_number_is_refused(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    first = factories.visit_report(row)
    store(first, ani)

    with pytest.raises(Conflict):
        store(factories.visit_report(row, id=first.id, findings="Lain sama sekali"), ani)


def test_a_visit_outside_the_scope_is_not_stored(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id

    with pytest.raises(NotFound):
        store(factories.visit_report(row), ani, scope=Scope(account_id=None, areas=("35.07",)))

    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_a_mentor_records_a_visit_with_photo_place_and_promises(factories, as_role):
    client = as_role(Role.MENTOR)
    row = in_care(factories, client.account_id, name="Keripik Bu Sari")
    due = local_today() + timedelta(days=7)

    page = client.get(f"/kunjungan/baru/{row}")
    answer = client.post(
        f"/kunjungan/baru/{row}",
        data=form(
            promise_text_0="Mengurus NIB",
            promise_due_0=f"{due:%d/%m/%Y}",
            point="-7.421300, 109.234500",
            photo=(factories.photo_upload(), "foto.jpg"),
        ),
    )
    shown = client.get(f"/usaha/{row}/kunjungan")

    visit = db.session.scalars(select(Visit)).one()
    visit_id, place = visit.id, (visit.lat, visit.lng)
    assert page.status_code == 200
    assert answer.status_code == 303
    assert place == (-7.4213, 109.2345)
    assert "Mengurus NIB" in shown.text
    assert client.get(f"/kunjungan/{visit_id}").status_code == 200
    with client.get(f"/kunjungan/{visit_id}/foto") as photo:
        assert photo.mimetype == "image/jpeg"
        assert photo.headers["Cache-Control"] == "private, no-store"


def test_the_form_asks_about_the_promises_of_last_time(factories, as_role):
    client = as_role(Role.MENTOR)
    row = in_care(factories, client.account_id)
    promise = factories.promise(
        db.session.get_one(Enterprise, row), client.account_id, due_on=local_today()
    ).id

    page = client.get(f"/kunjungan/baru/{row}")
    client.post(f"/kunjungan/baru/{row}", data=form(**{f"janji_{promise.hex}": "ditepati"}))

    assert "Urus NIB" in page.text
    assert db.session.get_one(Promise, promise).state == "ditepati"


def test_a_form_with_errors_keeps_its_values_and_asks_for_the_photo_again(factories, as_role):
    client = as_role(Role.MENTOR)
    row = in_care(factories, client.account_id)

    answer = client.post(
        f"/kunjungan/baru/{row}",
        data=form(
            met_with="",
            findings="Atap bocor",
            promise_text_3="Perbaiki atap",
            promise_due_3="besok lusa sekali",
            photo=(factories.photo_upload(), "foto.jpg"),
        ),
    )

    assert answer.status_code == 422
    assert "Atap bocor" in answer.text
    assert "Perbaiki atap" in answer.text
    assert "Pilih lagi fotonya" in answer.text
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_a_file_that_is_no_photo_is_told_at_the_field_and_nothing_is_stored(factories, as_role):
    client = as_role(Role.MENTOR)
    row = in_care(factories, client.account_id)

    answer = client.post(
        f"/kunjungan/baru/{row}",
        data=form(photo=(io.BytesIO(b"<svg onload=alert(1)>"), "foto.jpg")),
    )

    assert answer.status_code == 422
    assert "tidak dapat dibaca sebagai foto" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_one_that_could_not_be_made_needs_only_its_reason(factories, as_role):
    client = as_role(Role.MENTOR)
    row = in_care(factories, client.account_id)
    tried = form(outcome="tidak_bisa_dikunjungi", place_kind="", met_with="", findings="")

    without = client.post(f"/kunjungan/baru/{row}", data=tried)
    answer = client.post(f"/kunjungan/baru/{row}", data={**tried, "reason": "Banjir"})

    assert without.status_code == 422
    assert "Isi alasan" in without.text
    assert answer.status_code == 303
    assert "Banjir" in client.get(f"/usaha/{row}/kunjungan").text


def test_sending_the_form_twice_stores_one_visit(factories, as_role):
    client = as_role(Role.MENTOR)
    row = in_care(factories, client.account_id)
    sent = form()

    answers = [client.post(f"/kunjungan/baru/{row}", data=dict(sent)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 1


def test_a_mentor_does_not_find_the_enterprise_of_another(factories, as_role):
    ani = factories.mentor().account_id
    row = factories.enterprise()
    key = row.id
    factories.assigned(ani, row)
    visit = factories.visit(db.session.get_one(Enterprise, key), ani).id
    client = as_role(Role.MENTOR)

    for path in (
        f"/usaha/{key}/kunjungan",
        f"/kunjungan/baru/{key}",
        f"/kunjungan/{visit}",
        f"/kunjungan/{visit}/foto",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/kunjungan/baru/{key}", data=form()).status_code == 404


def test_after_the_care_has_ended_the_mentor_finds_it_no_more(factories, as_role):
    client = as_role(Role.MENTOR)
    row = in_care(factories, client.account_id)
    other = factories.mentor().account_id
    before = client.get(f"/usaha/{row}/kunjungan").status_code

    factories.assigned(other, db.session.get_one(Enterprise, row))

    assert before == 200
    assert client.get(f"/usaha/{row}/kunjungan").status_code == 404


def test_an_officer_of_another_regency_finds_no_visit(factories, as_role):
    ani, row = factories.mentor().account_id, factories.enterprise()
    key = row.id
    visit = factories.visit(row, ani).id
    client = as_role(Role.LABOUR_OFFICER, "35.07")

    assert client.get(f"/usaha/{key}/kunjungan").status_code == 404
    assert client.get(f"/kunjungan/{visit}").status_code == 404


def test_a_village_officer_reads_visits_and_writes_none(factories, as_role):
    ani, row = factories.mentor().account_id, factories.enterprise()
    key = row.id
    factories.visit(row, ani)
    client = as_role(Role.VILLAGE_OFFICER, "33.02.04.2005")

    page = client.get(f"/usaha/{key}/kunjungan")

    assert page.status_code == 200
    assert "Catat kunjungan" not in page.text
    assert client.get(f"/kunjungan/baru/{key}").status_code == 403
    assert client.post(f"/kunjungan/baru/{key}", data=form()).status_code == 403


def test_the_form_says_where_it_is_once_and_that_a_class_has_expired(factories, as_role):
    client = as_role(Role.MENTOR)
    key = in_care(
        factories,
        client.account_id,
        hamlet="Dusun Krajan",
        address="Jalan Desa 3, Dusun Krajan",
        health_class="sehat",
        assessed_on=local_today() - timedelta(days=400),
        health_valid_until=local_today() - timedelta(days=1),
    )

    page = client.get(f"/kunjungan/baru/{key}").text

    assert page.count("Dusun Krajan") == 1
    assert "Sehat, kedaluwarsa" in page
