"""Trainings by their pages: who came, what they took up, what mentors can do, who may not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.mentoring.models import Visit
from app.trainings.models import MentorTraining, TrainingAttendance, TrainingSession
from app.web.filters import tanggal
from tests.browserless import as_told
from tests.factories.files import photo_upload
from tests.pdf_text import pdf_text


def today():
    return tanggal(local_today())


def came(session_id):
    return set(
        db.session.scalars(
            select(TrainingAttendance.enterprise_id).where(
                TrainingAttendance.session_id == session_id
            )
        )
    )


def state_of(session_id, enterprise_id):
    return db.session.scalar(
        select(TrainingAttendance.practice_state).where(
            TrainingAttendance.session_id == session_id,
            TrainingAttendance.enterprise_id == enterprise_id,
        )
    )


def test_a_session_is_put_on_the_list(factories, officer_client):
    factories.village_rows()

    answer = officer_client.post(
        "/pelatihan/baru",
        data={
            "kind": "pelatihan",
            "topic": '<b>Harga</b> & "jual"',
            "practice": "Menulis biaya",
            "pillar": "2",
            "provider": "PLUT",
            "village": "33.02.04.2005",
            "held_on": today(),
            "cost": "1.500.000",
            "funding_source": "dana_desa",
        },
    )

    row = db.session.scalars(select(TrainingSession)).one()
    assert (answer.status_code, answer.location) == (303, f"/pelatihan/{row.id}")
    assert (row.cost, row.funding_source, row.until_on) == (1_500_000, "dana_desa", local_today())
    assert "<b>Harga" not in officer_client.get("/pelatihan").text


def test_a_list_is_ticked_and_mended(factories, officer, officer_client, enterprise):
    other = factories.enterprise()
    row = factories.training(officer)
    shown = [str(enterprise.id), str(other.id)]
    page = f"/pelatihan/{row.id}/hadir"

    first = officer_client.post(page, data={"shown": shown, "present": shown})
    second = officer_client.post(page, data={"shown": shown, "present": shown[:1]})

    assert (first.status_code, second.status_code) == (303, 303)
    assert came(row.id) == {enterprise.id}
    assert f'value="{enterprise.id}"' in officer_client.get(page).text


def test_who_is_not_shown_stays_on_the_list(factories, officer, officer_client, enterprise):
    elsewhere = factories.enterprise(village_code="33.02.05.2001")
    row = factories.training(officer, elsewhere)

    officer_client.post(
        f"/pelatihan/{row.id}/hadir",
        data={"shown": [str(enterprise.id)], "present": [str(enterprise.id)]},
    )

    assert came(row.id) == {enterprise.id, elsewhere.id}


def test_a_practice_that_was_looked_at_keeps_its_line(
    factories, officer, officer_client, mentor_client, enterprise
):
    row = factories.training(officer, enterprise)
    mentor_client.post(f"/pelatihan/{row.id}/praktik/{enterprise.id}", data={"state": "diterapkan"})

    officer_client.post(f"/pelatihan/{row.id}/hadir", data={"shown": [str(enterprise.id)]})

    assert state_of(row.id, enterprise.id) == "diterapkan"


def test_the_share_that_took_it_up_stands_at_the_session(
    factories, officer, officer_client, mentor_client, mentor
):
    rows = [factories.enterprise(mentor=mentor) for _ in range(4)]
    row = factories.training(officer, *rows)
    for one, state in zip(rows, ("diterapkan", "diterapkan", "tidak_diterapkan"), strict=False):
        mentor_client.post(f"/pelatihan/{row.id}/praktik/{one.id}", data={"state": state})

    shown = officer_client.get(f"/pelatihan/{row.id}").text

    assert "67%, 2 dari 3 yang sudah dilihat" in shown
    assert "Usaha yang hadir (4)" in shown


def test_the_next_visit_asks_whether_it_is_done(factories, officer, mentor_client, enterprise):
    row = factories.training(officer, enterprise)
    page = f"/kunjungan/baru/{enterprise.id}"
    shown = mentor_client.get(page).text

    answer = mentor_client.post(
        page,
        data={
            "visit_id": str(uuid4()),
            "outcome": "bertemu",
            "visited_on": today(),
            "visited_time": "00.01",
            "place_kind": "tempat_usaha",
            "met_with": "Bu Sari",
            "findings": "Biaya sudah ditulis",
            f"praktik_{row.id.hex}": "diterapkan",
        },
    )

    assert "Menulis biaya setiap produk" in shown
    assert answer.status_code == 303
    assert state_of(row.id, enterprise.id) == "diterapkan"
    assert "Menulis biaya setiap produk" not in mentor_client.get(page).text


def test_the_code_at_the_door_marks_ones_own_enterprises(
    factories, officer, mentor, mentor_client, enterprise
):
    foreign = factories.enterprise()
    row = factories.training(officer)
    page = f"/hadir/{row.code}"

    shown = mentor_client.get(page).text
    refused = mentor_client.post(page, data={"present": [str(foreign.id)]})
    kept = mentor_client.post(page, data={"present": [str(enterprise.id)], "with_me": "y"})

    assert "Keripik Sari" in shown
    assert foreign.name not in shown
    assert (refused.status_code, kept.status_code) == (422, 303)
    assert came(row.id) == {enterprise.id}
    assert db.session.scalars(select(MentorTraining.account_id)).all() == [mentor.id]


def test_the_code_opens_nothing_without_log_in(factories, officer, client):
    row = factories.training(officer)

    answer = client.get(f"/hadir/{row.code}")

    assert answer.status_code in (302, 303)
    assert "/masuk" in answer.location
    assert "Menghitung" not in answer.text


def test_a_code_of_another_day_is_like_an_unknown_one(factories, officer, mentor_client):
    row = factories.training(officer, held_on=local_today() - timedelta(days=2))

    old, unknown = mentor_client.get(f"/hadir/{row.code}"), mentor_client.get("/hadir/tidakada")

    assert (old.status_code, unknown.status_code) == (404, 404)
    assert as_told(old) == as_told(unknown)


def test_nobody_came_to_what_lies_ahead(factories, officer, officer_client, enterprise):
    row = factories.training(officer)
    with_future = officer_client.post(
        "/pelatihan/baru",
        data={
            "kind": "pertemuan",
            "topic": "Rapat",
            "pillar": "4",
            "provider": "Koperasi",
            "village": "33.02.04.2005",
            "held_on": tanggal(local_today() + timedelta(days=7)),
            "funding_source": "tanpa_biaya",
        },
    )

    answer = officer_client.post(
        f"{with_future.location}/hadir",
        data={"shown": [str(enterprise.id)], "present": [str(enterprise.id)]},
    )

    assert answer.status_code == 409
    assert row.id is not None


def test_coaching_stands_on_the_mentors_page(factories, officer, officer_client):
    person = factories.mentor(name="Rina Wati").account_id
    row = factories.training(officer, kind="bimtek", topic="Menilai kesehatan usaha", practice=None)

    answer = officer_client.post(
        f"/pelatihan/{row.id}/pendamping",
        data={f"hadir_{person.hex}": "y", f"hasil_{person.hex}": "lulus"},
    )

    shown = officer_client.get(f"/pendamping/{person}").text
    assert answer.status_code == 303
    assert "Menilai kesehatan usaha" in shown
    assert "Lulus" in shown


def test_a_mentor_of_another_area_is_not_marked(factories, officer, officer_client):
    other = factories.account(role=Role.MENTOR, area="35.07").id
    row = factories.training(officer, kind="bimtek")

    officer_client.post(f"/pelatihan/{row.id}/pendamping", data={f"hadir_{other.hex}": "y"})

    assert db.session.scalar(select(func.count()).select_from(MentorTraining)) == 0


def test_one_meeting_logs_a_visit_for_each(factories, officer, mentor, mentor_client, enterprise):
    other = factories.enterprise(mentor=mentor)
    row = factories.training(officer, enterprise, other)
    page = f"/kunjungan/kelompok?pelatihan={row.id}"
    shown = mentor_client.get(page).text
    data = {
        "meeting_id": str(uuid4()),
        "visited_on": today(),
        "visited_time": "00.01",
        "minutes": "90",
        "place_kind": "balai_desa",
        **{f"is_met_{one.id.hex}": "y" for one in (enterprise, other)},
        f"met_with_{enterprise.id.hex}": "Bu Sari",
        f"findings_{enterprise.id.hex}": "Produksi jalan",
        f"met_with_{other.id.hex}": "Pak Joko",
        f"findings_{other.id.hex}": "Baru mulai jualan",
    }

    first = mentor_client.post(page, data=data)
    again = mentor_client.post(page, data=data)

    visits = db.session.scalars(select(Visit).order_by(Visit.met_with)).all()
    assert shown.count("checked") >= 2
    assert (first.status_code, again.status_code) == (303, 303)
    assert [(one.met_with, one.findings, one.duration_minutes) for one in visits] == [
        ("Bu Sari", "Produksi jalan", 45),
        ("Pak Joko", "Baru mulai jualan", 45),
    ]
    db.session.expire_all()
    assert {one.last_visit_on for one in (enterprise, other)} == {local_today()}
    assert all(one.next_visit_due_on for one in (enterprise, other))


def test_a_line_that_says_too_little_stops_the_whole_meeting(
    factories, mentor, mentor_client, enterprise
):
    other = factories.enterprise(mentor=mentor)

    answer = mentor_client.post(
        "/kunjungan/kelompok",
        data={
            "meeting_id": str(uuid4()),
            "visited_on": today(),
            "visited_time": "00.01",
            "place_kind": "balai_desa",
            **{f"is_met_{one.id.hex}": "y" for one in (enterprise, other)},
            f"met_with_{enterprise.id.hex}": "Bu Sari",
            f"findings_{enterprise.id.hex}": "Produksi jalan",
            f"met_with_{other.id.hex}": "Pak Joko",
        },
    )

    assert answer.status_code == 422
    assert f'id="findings_{other.id.hex}-error"' in answer.text
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_a_meeting_of_nobody_is_none(mentor_client, enterprise):
    answer = mentor_client.post(
        "/kunjungan/kelompok",
        data={
            "meeting_id": str(uuid4()),
            "visited_on": today(),
            "visited_time": "00.01",
            "place_kind": "balai_desa",
        },
    )

    assert answer.status_code == 422
    assert "paling sedikit satu usaha" in answer.text


def test_the_list_to_sign_is_printed_with_its_code(factories, officer, officer_client, enterprise):
    row = factories.training(officer, enterprise, topic='Harga #1 $x$ "jual"')

    text = pdf_text(officer_client.get(f"/pelatihan/{row.id}/daftar-hadir.pdf").data)
    svg = officer_client.get(f"/pelatihan/{row.id}/kode.svg")

    assert 'Harga #1 $x$ "jual"' in text
    assert "Keripik Sari" in text
    assert "Tanda tangan" in text
    assert svg.mimetype == "image/svg+xml"
    assert b"<svg" in svg.data


def test_the_signed_list_is_kept_as_a_photo(factories, officer, officer_client, mentor_client):
    row = factories.training(officer)
    kept = officer_client.post(
        f"/pelatihan/{row.id}/berkas",
        data={"photo": (photo_upload(), "hadir.jpg")},
        content_type="multipart/form-data",
    )

    photo = officer_client.get(f"/pelatihan/{row.id}/foto")
    photo.close()

    assert kept.status_code == 303
    assert photo.mimetype == "image/jpeg"
    assert mentor_client.get(f"/pelatihan/{row.id}/foto").status_code == 403
