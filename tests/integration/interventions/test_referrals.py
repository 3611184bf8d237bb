import logging
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.rules.consents import OTHER_OFFICE
from app.enterprises.services import consents
from app.history.models import HistoryEntry
from app.interventions.models import Intervention, Referral
from app.interventions.services.referring import hashed_code
from app.web.filters import tanggal
from tests.integration.interventions.conftest import FORM, OWNER, PHONE

TODAY = local_today()


def enter(client, code):
    return client.post("/rujukan", data={"code": code})


def stored():
    db.session.rollback()
    return db.session.scalars(select(Referral)).one()


def actions():
    db.session.rollback()
    return list(db.session.scalars(select(HistoryEntry.action).order_by(HistoryEntry.n)))


def test_officer_gets_a_link_once_with_the_message_to_send(officer_client, item):
    answer = officer_client.post(f"/terapi/{item}/rujuk", data={**FORM, "version": "1"})
    first = officer_client.get(answer.location).text
    again = officer_client.get(answer.location).text

    code = re.search(r"/rujukan#([\w-]+)", first)[1]
    wa = re.search(r'href="(https://wa\.me/[^"]+)"', first)[1]
    assert len(code) >= 43
    assert wa.startswith("https://wa.me/6281234567890?text=")
    assert f"#{code}" in unquote(wa)
    assert "Dinkes Banyumas" in unquote(wa)
    assert OWNER not in first + unquote(wa)
    assert code not in again
    assert stored().token_sha256 == hashed_code(code)


def test_nothing_is_sent_without_the_owners_consent(officer_client, factories):
    enterprise = factories.enterprise(name="Jahit Bu Wati")
    item = factories.intervention(enterprise=enterprise, therapy_code="T14", state="berjalan").id

    form = officer_client.get(f"/terapi/{item}/rujuk").text
    answer = officer_client.post(f"/terapi/{item}/rujuk", data={**FORM, "version": "1"})

    assert "Catat persetujuan pemilik" in form
    assert answer.status_code == 409
    assert "Pemilik belum menyetujui" in answer.text
    assert "Dinkes Banyumas" in answer.text
    assert db.session.scalars(select(Referral)).all() == []


def test_link_closes_when_the_owner_withdraws(guest, sent, item):
    enter(guest, sent)
    guest.post("/rujukan/isi/terima", data={"terima-person": "dr. Ani"})
    enterprise = db.session.get(Enterprise, stored().enterprise_id)
    with transaction():
        consents.withdraw_consent(
            scope=everywhere(),
            owner_id=enterprise.owner_id,
            purpose_key=OTHER_OFFICE,
            reason=None,
            withdrawn_on=TODAY,
            by=stored().sent_by,
        )

    page = guest.get("/rujukan/isi")

    assert page.status_code == 404
    assert OWNER not in page.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("request", "", "Isi yang diminta"),
        ("office", "", "Pilih kantor tujuan"),
        ("phone", "abc", "angka"),
        ("answer_due_on", tanggal(TODAY + timedelta(days=200)), "90 hari"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(officer_client, item, field, value, words):
    answer = officer_client.post(
        f"/terapi/{item}/rujuk", data={**FORM, "version": "1", field: value}
    )

    assert answer.status_code == 422
    assert words in answer.text


def test_guest_sees_the_request_and_the_owner_only_after_accepting(guest, sent, officer_client):
    opened = enter(guest, sent)
    before = guest.get(opened.location).text
    accepted = guest.post("/rujukan/isi/terima", data={"terima-person": "dr. Ani, Dinkes"})
    after = guest.get(accepted.location).text

    assert opened.location == "/rujukan/isi"
    for words in ("penyuluhan keamanan pangan", "Keripik Bu Sri", "Dinkes Banyumas"):
        assert words in before
    assert OWNER not in before
    assert PHONE[3:] not in before.replace(" ", "")
    assert OWNER in after
    assert PHONE in after
    row = stored()
    assert (row.state, row.answered_by) == ("diterima", "dr. Ani, Dinkes")
    assert db.session.get(Intervention, row.intervention_id).provider == "Dinkes Banyumas"


def test_result_returns_to_the_plan_and_its_history(guest, sent, officer_client, item):
    enter(guest, sent)
    guest.post("/rujukan/isi/terima", data={"terima-person": "dr. Ani"})
    empty = guest.post("/rujukan/isi/hasil", data={"hasil-person": "dr. Ani"})
    told = guest.post(
        "/rujukan/isi/hasil",
        data={
            "hasil-person": "dr. Ani",
            "hasil-result": "berhasil",
            "hasil-result_note": "SPP-IRT terbit",
        },
    )

    after = guest.get("/rujukan/isi").text
    plan = officer_client.get(f"/terapi/{item}").text
    closing = officer_client.get(f"/terapi/{item}/selesai").text
    timeline = officer_client.get(f"/usaha/{stored().enterprise_id}/riwayat").text
    assert (empty.status_code, told.status_code) == (422, 303)
    assert OWNER not in after
    assert "SPP-IRT terbit" in plan
    assert "Dinkes Banyumas: SPP-IRT terbit" in closing
    assert "Hasil rujukan diterima" in timeline
    assert actions()[-3:] == ["referral.sent", "referral.accepted", "referral.finished"]


def test_decline_needs_a_reason_and_comes_back_to_the_officer(guest, sent, officer_client, item):
    enter(guest, sent)

    silent = guest.post("/rujukan/isi/tolak", data={"tolak-person": "dr. Ani"})
    told = guest.post(
        "/rujukan/isi/tolak",
        data={"tolak-person": "dr. Ani", "tolak-reason": "Kuota tahun ini habis"},
    )

    assert (silent.status_code, told.status_code) == (422, 303)
    assert "Kuota tahun ini habis" in officer_client.get(f"/terapi/{item}").text
    assert "Kuota tahun ini habis" not in officer_client.get("/terapi/rujukan").text
    answered = officer_client.get("/terapi/rujukan?keadaan=dijawab").text
    assert "Kuota tahun ini habis" in answered


def test_an_answer_is_given_once(guest, sent):
    enter(guest, sent)
    guest.post("/rujukan/isi/tolak", data={"tolak-person": "A", "tolak-reason": "Penuh"})

    again = guest.post("/rujukan/isi/terima", data={"terima-person": "B"})

    assert again.status_code == 409
    assert "sudah dijawab" in again.text
    assert stored().state == "ditolak"


def test_unknown_expired_and_revoked_codes_give_one_answer_that_tells_nothing(
    guest, sent, officer_client
):
    unknown = enter(guest, "x" * 43)
    with time_machine.travel(utc_now() + timedelta(days=91)):
        expired = enter(guest, sent)
    enter(guest, sent)
    officer_client.post(f"/terapi/rujukan/{stored().id}/cabut")
    revoked_inside = guest.get("/rujukan/isi")
    revoked = enter(guest, sent)

    pages = [unknown, expired, revoked, revoked_inside]
    assert {page.status_code for page in pages} == {404}
    bodies = {re.sub(r'name="csrf_token" value="[^"]*"', "", page.text) for page in pages}
    assert len(bodies) == 1
    for words in ("Keripik", "Dinkes", OWNER, "penyuluhan"):
        assert words not in unknown.text + expired.text + revoked.text


def test_guest_who_is_inside_loses_sight_when_the_link_expires(guest, sent):
    enter(guest, sent)
    with time_machine.travel(utc_now() + timedelta(days=91)):
        seen = guest.get("/rujukan/isi")
        answered = guest.post("/rujukan/isi/terima", data={"terima-person": "A"})

    assert (seen.status_code, answered.status_code) == (404, 404)
    assert stored().state == "menunggu"


def test_new_link_closes_the_one_before(guest, sent, officer_client):
    renewed = officer_client.post(f"/terapi/rujukan/{stored().id}/tautan")
    page = officer_client.get(renewed.location).text
    fresh = re.search(r"/rujukan#([\w-]+)", page)[1]

    assert enter(guest, sent).status_code == 404
    assert enter(guest, fresh).status_code == 303


def test_tries_are_counted_by_address(guest, sent):
    answers = [enter(guest, f"salah-{number}").status_code for number in range(10)]

    assert answers == [404] * 10
    assert enter(guest, sent).status_code == 429
    with time_machine.travel(utc_now() + timedelta(minutes=16)):
        assert enter(guest, sent).status_code == 303


def test_guest_sees_that_referral_and_nothing_else(guest, sent, item):
    enter(guest, sent)

    for path in (
        f"/terapi/{item}",
        "/usaha",
        "/terapi/rujukan",
        f"/usaha/{stored().enterprise_id}",
    ):
        assert guest.get(path).status_code == 303, path
        assert guest.get(path).location.startswith("/masuk")
    guest.post("/rujukan/tutup")
    assert guest.get("/rujukan/isi").status_code == 404


def test_code_is_in_no_log(guest, sent, caplog):
    with caplog.at_level(logging.DEBUG):
        enter(guest, sent)
        guest.get("/rujukan/isi")

    assert sent not in caplog.text
    assert hashed_code(sent) not in caplog.text


def test_clock_runs_until_the_answer_and_turns_red(officer_client, sent):
    now = officer_client.get("/terapi/rujukan").text
    with transaction():
        row = db.session.scalars(select(Referral)).one()
        row.sent_at -= timedelta(days=10)
        row.answer_due_on -= timedelta(days=10)

    late = officer_client.get("/terapi/rujukan").text
    index = officer_client.get("/terapi").text
    desk = officer_client.get("/daftar-kerja").text
    one = officer_client.get(f"/terapi/rujukan/{stored().id}").text

    assert "lewat waktu" not in now
    assert "lewat waktu" in late
    assert ">10<" in re.sub(r"\s", "", late)
    assert "1 lewat waktu" in index
    assert re.search(r"/terapi/rujukan\">.{0,80}>1<.{0,80}Rujukan belum selesai", desk, re.DOTALL)
    assert "sudah 10 hari" in one


def test_one_office_at_a_time_and_only_what_is_approved(officer_client, sent, item, factories):
    version = str(db.session.get(Intervention, item).version)
    second = officer_client.post(f"/terapi/{item}/rujuk", data={**FORM, "version": version})
    proposal = factories.intervention(enterprise=factories.enterprise(), therapy_code="T01").id
    early = officer_client.post(f"/terapi/{proposal}/rujuk", data={**FORM, "version": "1"})

    assert (second.status_code, early.status_code) == (409, 409)
    assert "sedang dirujuk" in second.text
    assert "disetujui atau berjalan" in early.text


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER])
def test_only_officers_refer(as_role, item, sent, role):
    client, referral_id = as_role(role), stored().id

    assert client.get(f"/terapi/{item}/rujuk").status_code == 403
    assert client.get("/terapi/rujukan").status_code == 403
    assert client.get(f"/terapi/rujukan/{referral_id}").status_code == 403
    assert client.post(f"/terapi/rujukan/{referral_id}/tautan").status_code == 403
    assert client.post(f"/terapi/rujukan/{referral_id}/cabut").status_code == 403


def test_referral_elsewhere_is_as_unknown_as_none(as_role, item, sent):
    other, referral_id = as_role(Role.LABOUR_OFFICER, "35.07"), stored().id

    assert "Keripik" not in other.get("/terapi/rujukan").text
    for path in (f"/terapi/rujukan/{referral_id}", f"/terapi/{item}/rujuk"):
        assert other.get(path).status_code == 404
    assert other.post(f"/terapi/rujukan/{referral_id}/tautan").status_code == 404
    assert other.post(f"/terapi/rujukan/{referral_id}/cabut").status_code == 404
    assert stored().state == "menunggu"


@pytest.mark.parametrize(("state", "words"), [("menunggu", ""), ("dicabut", "&keadaan=dijawab")])
def test_the_lists_of_referrals_go_on_to_their_end(
    factories, officer_client, monkeypatch, state, words
):
    monkeypatch.setattr("app.interventions.queries.referrals.PAGE_SIZE", 2)
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    for number in range(5):
        shop = factories.enterprise()
        row = factories.intervention(enterprise=shop, therapy_code="T14", state="berjalan")
        with transaction() as session:
            session.add(
                Referral(
                    intervention_id=row.id,
                    enterprise_id=row.enterprise_id,
                    office="dinkes",
                    office_name=f"Kantor {number}",
                    request="Mohon dibantu",
                    state=state,
                    owner_agreed_on=TODAY,
                    sent_by=officer,
                    sent_at=utc_now(),
                    answer_due_on=TODAY + timedelta(days=number % 2),
                    expires_at=utc_now() + timedelta(days=9),
                )
            )

    seen, following = [], f"/terapi/rujukan?{words}"
    while following:
        page = officer_client.get(following).text
        assert "<strong>5 rujukan</strong>" in page
        seen += re.findall(r">(Kantor \d)</a>", page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        following = found and found[1].replace("&amp;", "&")

    assert sorted(seen) == [f"Kantor {number}" for number in range(5)]
    assert officer_client.get(f"/terapi/rujukan?setelah=rusak{words}").status_code == 422
