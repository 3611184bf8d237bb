"""Requests of owners: the clock, the copy, restriction, erasure."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from app.accounts.models import Account
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises import queries as register
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.consents import BASE
from app.files.models import StoredFile
from app.files.queries import folder
from app.files.rules import photo_path
from app.health.models import HealthAssessment
from app.history.models import HistoryEntry
from app.mentoring.models import Visit
from app.rights.models import PersonRequest
from app.rights.rules.requests import KINDS
from tests.integration.rights.person import (
    CANARY,
    NIK,
    NUMBERS,
    everything_held,
    filled_person,
    unpacked,
)

FORM = {
    "kind": "salinan",
    "came_by": "langsung",
    "identity_check": "KTP diperlihatkan",
    "received_on": f"{local_today():%d/%m/%Y}",
}
SURE = {"is_sure": "y"}


def texts(response):
    return response.get_data(as_text=True)


def asked(client, owner_id, kind):
    """The request of a kind, taken down."""
    made = client.post(f"/pemilik/{owner_id}/permintaan", data={**FORM, "kind": kind})
    assert made.status_code == 303, texts(made)
    return made.location


@pytest.fixture
def owner(factories):
    made = factories.owner(name="Sri Rahayu")
    factories.enterprise(owner=made)
    return made


def test_a_request_stands_in_the_work_list_with_its_time(officer_client, owner):
    address = asked(officer_client, owner.id, "perbaikan")

    row = db.session.scalars(sa.select(PersonRequest)).one()
    page = texts(officer_client.get("/permintaan"))
    assert row.due_at - row.received_at == timedelta(hours=72)
    assert "Sri Rahayu" in page
    assert "tersisa 2 hari 23 jam" in page
    assert texts(officer_client.get(address)).count("Memperbaiki data")


def test_a_request_stands_on_the_desk_of_who_answers_it(officer_client, owner, as_role):
    asked(officer_client, owner.id, "salinan")

    desk, elsewhere = (
        client.get("/daftar-kerja").text
        for client in (officer_client, as_role(Role.LABOUR_OFFICER, area="53.06"))
    )

    counts = [
        re.search(r'href="/permintaan"><span[^>]*>(\d+)</span>', page) for page in (desk, elsewhere)
    ]
    assert [found and found[1] for found in counts] == ["1", "0"]


def test_what_is_late_comes_first_and_is_counted(officer_client, owner, factories):
    other = factories.owner(name="Budi")
    factories.enterprise(owner=other)
    asked(officer_client, owner.id, "salinan")
    asked(officer_client, other.id, "salinan")
    with transaction():
        late = db.session.scalars(
            sa.select(PersonRequest).where(PersonRequest.owner_id == other.id)
        ).one()
        late.due_at = utc_now() - timedelta(hours=3, minutes=5)

    page = texts(officer_client.get("/permintaan"))

    assert "1 terlambat" in page
    assert "terlambat 3 jam" in page
    assert page.index("Budi") < page.index("Sri Rahayu")


def test_an_answered_request_leaves_the_list_and_is_not_answered_again(officer_client, owner):
    address = asked(officer_client, owner.id, "perbaikan")

    done = officer_client.post(f"{address}/penuhi", data={"answer": "nama diperbaiki"})
    again = officer_client.post(f"{address}/tolak", data={"answer": "sudah tidak perlu lagi"})

    assert (done.status_code, again.status_code) == (303, 409)
    assert "Sri Rahayu" not in texts(officer_client.get("/permintaan"))
    assert "dijawab tepat waktu" in texts(officer_client.get("/permintaan?lihat=dijawab"))
    assert "nama diperbaiki" in texts(officer_client.get(address))


def test_refusing_needs_a_reason(officer_client, owner):
    address = asked(officer_client, owner.id, "penghapusan")

    short = officer_client.post(f"{address}/tolak", data={"answer": "tidak"})
    told = officer_client.post(
        f"{address}/tolak", data={"answer": "masih ada pemeriksaan keuangan negara"}
    )

    assert (short.status_code, told.status_code) == (422, 303)
    assert db.session.get(Owner, owner.id).erased_on is None


def test_a_mentor_takes_a_request_down_and_an_officer_answers(as_role, factories):
    mentor = factories.account(role=Role.MENTOR)
    row = factories.enterprise(mentor=mentor)
    client = as_role(Role.MENTOR, account=mentor)

    made = client.post(f"/pemilik/{row.owner_id}/permintaan", data=FORM)
    request = db.session.scalars(sa.select(PersonRequest)).one()

    assert (made.status_code, made.location) == (303, f"/pemilik/{row.owner_id}")
    assert client.get("/permintaan").status_code == 403
    assert client.post(f"/permintaan/{request.id}/penuhi").status_code == 403
    assert client.post(f"/pemilik/{row.owner_id}/salinan").status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_elsewhere_is_as_unknown_as_one_that_is_not_there(
    officer_client, as_role, owner, kind
):
    address = asked(officer_client, owner.id, kind)
    stranger = as_role(Role.LABOUR_OFFICER, "35")

    for path in ("", "/penuhi", "/tolak"):
        call = stranger.get if path == "" else stranger.post
        assert call(address + path).status_code == 404
    assert stranger.post(f"/pemilik/{owner.id}/salinan").status_code == 404
    assert stranger.post(f"/pemilik/{owner.id}/permintaan", data=FORM).status_code == 404
    assert "Sri Rahayu" not in texts(stranger.get("/permintaan"))
    assert db.session.scalars(sa.select(PersonRequest)).one().state == "menunggu"


def test_what_touches_all_data_needs_reach_over_all(officer_client, owner, factories):
    factories.enterprise(owner=owner, village_code="35.07.10.2003")

    for kind in ("pembatasan", "penghapusan"):
        address = asked(officer_client, owner.id, kind)
        answer = officer_client.post(f"{address}/penuhi", data=SURE)
        assert answer.status_code == 409
        assert "di luar wilayah Anda" in texts(answer)
    assert officer_client.post(f"/pemilik/{owner.id}/salinan").status_code == 409
    stored = db.session.get(Owner, owner.id)
    assert (stored.erased_on, stored.restricted_on) == (None, None)


def test_restricted_data_rest_until_that_is_lifted(officer_client, owner):
    address = asked(officer_client, owner.id, "pembatasan")
    officer_client.post(f"{address}/penuhi")
    while_restricted = register.is_allowed(owner.id, BASE)
    page = texts(officer_client.get(f"/pemilik/{owner.id}"))

    officer_client.post(f"/pemilik/{owner.id}/akhiri-pembatasan")

    assert not while_restricted
    assert "data dibatasi" in page
    assert register.is_allowed(owner.id, BASE)
    assert officer_client.post(f"/pemilik/{owner.id}/akhiri-pembatasan").status_code == 409


def test_the_copy_holds_all_that_is_known_and_is_noted(officer_client, factories):
    person = filled_person(factories)

    answer = officer_client.post(f"/pemilik/{person.owner_id}/salinan")

    files = unpacked(answer.data)
    told = files["data.json"].decode()
    for word in (NIK, "0812-9876-5432", "1985-08-12", "9120001234567"):
        assert word in told
    for word in ("Sri", "Warung", "keripik", "Jalan", "Dusun", "masalah", "Bu", "temuan", "janji",
                 "Pak", "pelatih", "saksi", "perawat", "Kedua", "alasan"):  # fmt: skip
        assert f"{word} {CANARY}" in told
    assert {"Pemilik", "Usaha", "Persetujuan", "Penilaian", "Kunjungan", "Janji", "Terapi"} <= set(
        json.loads(told)["data"]
    )
    book = openpyxl.load_workbook(BytesIO(files["data.xlsx"]))
    assert book["Pemilik"].max_row == 2
    assert files["foto/001.jpg"].startswith(b"\xff\xd8\xff")
    assert CANARY not in answer.headers["Content-Disposition"]
    assert "owner.copied" in db.session.scalars(sa.select(HistoryEntry.action)).all()


def test_after_erasure_nothing_tells_who_it_was(officer_client, factories):
    person = filled_person(factories)
    photo = folder() / next(path for path in _photo_paths())
    counts = _counts()
    address = asked(officer_client, person.owner_id, "penghapusan")
    assert CANARY in everything_held()
    assert photo.is_file()

    answer = officer_client.post(f"{address}/penuhi", data={**SURE, "answer": f"dihapus {CANARY}"})

    held = everything_held()
    assert answer.status_code == 303
    assert [word for word in (CANARY, *NUMBERS, "1985-08-12", "7.512345") if word in held] == []
    assert not photo.exists()
    assert _counts() == counts
    assert register.count(everywhere(), register.ListFilter(text=CANARY)) == 0
    assert not db.session.get(Account, person.account_id).is_active
    assert "Pemilik dihapus" in texts(officer_client.get(f"/pemilik/{person.owner_id}"))
    assert officer_client.get(f"/usaha/{person.enterprise_id}").status_code == 200
    assert officer_client.get(f"/usaha/{person.enterprise_id}/riwayat").status_code == 200
    assert officer_client.get(f"/usaha/{person.enterprise_id}/kesehatan").status_code == 200
    assert officer_client.get(f"/usaha/{person.enterprise_id}/kunjungan").status_code == 200


def test_reasons_that_officers_wrote_are_shown_no_more_once_somebody_is_forgotten(
    officer_client, factories
):
    owner = factories.owner(nik=NIK)
    row = factories.enterprise(owner=owner)
    officer_client.post(f"/pemilik/{owner.id}/nik", data={"reason": f"bertemu {CANARY}"})
    before = texts(officer_client.get(f"/usaha/{row.id}/riwayat"))
    address = asked(officer_client, owner.id, "penghapusan")
    officer_client.post(f"{address}/penuhi", data=SURE)

    after = texts(officer_client.get(f"/usaha/{row.id}/riwayat"))

    assert CANARY in before
    assert CANARY not in after
    assert "Data pemilik dihapus" in after


def test_what_a_merger_keeps_for_its_undoing_is_forgotten_too(officer_client, factories):
    owner = factories.owner()
    row = factories.enterprise(owner=owner, name=f"Tempe {CANARY}")
    by = factories.account(role=Role.LABOUR_OFFICER).id
    with transaction():
        db.session.execute(
            sa.insert(db.metadata.tables["enterprise_merger"]).values(
                id=new_id(),
                kept_id=row.id,
                gone_id=new_id(),
                kept_name=row.name,
                gone_name=CANARY,
                area_code=row.village_code,
                merged_by=by,
                merged_at=utc_now(),
                undo_until=utc_now(),
                before={"owner": [{"name": CANARY}]},
                kept_version=1,
            )
        )
    address = asked(officer_client, owner.id, "penghapusan")

    done = officer_client.post(f"{address}/penuhi", data=SURE)

    assert done.status_code == 303
    assert CANARY not in everything_held()


def test_erasure_leaves_everybody_else_as_they_were(officer_client, factories):
    person = filled_person(factories)
    other = factories.owner(name="Budi", nik="3302140101800001", phone="+6281211112222")
    row = factories.enterprise(owner=other, name="Jahit Budi", photo_id=_same_photo(factories))

    address = asked(officer_client, person.owner_id, "penghapusan")
    officer_client.post(f"{address}/penuhi", data=SURE)

    stays = db.session.get(Enterprise, row.id)
    assert (stays.name, stays.owner.name, stays.owner.phone) == (
        "Jahit Budi",
        "Budi",
        "+6281211112222",
    )
    shared = officer_client.get(f"/usaha/{row.id}/foto")
    shared.close()
    assert shared.status_code == 200


def test_who_was_erased_is_asked_for_nothing_more(officer_client, owner):
    address = asked(officer_client, owner.id, "penghapusan")
    unsure = officer_client.post(f"{address}/penuhi")
    stays = db.session.get(Owner, owner.id).erased_on
    officer_client.post(f"{address}/penuhi", data=SURE)

    again = officer_client.post(f"/pemilik/{owner.id}/permintaan", data=FORM)

    assert (unsure.status_code, stays) == (422, None)
    assert again.status_code == 409
    assert not register.is_allowed(owner.id, BASE)


def _counts():
    statement = sa.select(
        sa.select(sa.func.count()).select_from(Owner).scalar_subquery(),
        sa.select(sa.func.count()).select_from(Enterprise).scalar_subquery(),
        sa.select(sa.func.count()).select_from(HealthAssessment).scalar_subquery(),
        sa.select(sa.func.count()).select_from(Visit).scalar_subquery(),
        sa.select(sa.func.sum(HealthAssessment.score)).scalar_subquery(),
    )
    sexes = sa.select(Owner.sex, Owner.category, Owner.education, sa.func.count()).group_by(
        Owner.sex, Owner.category, Owner.education
    )
    return (
        tuple(db.session.execute(statement).one()),
        sorted(map(tuple, db.session.execute(sexes)), key=str),
    )


def _photo_paths():
    for sha256 in db.session.scalars(sa.select(StoredFile.sha256)):
        yield photo_path(sha256)


def _same_photo(factories):
    return factories.stored_photo().id
