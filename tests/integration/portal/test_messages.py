"""What owners write reaches the office, and never their mentor."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import Objection
from app.history.models import HistoryEntry
from app.portal.models import OwnerMessage
from tests.integration.field.phones import Phone

SECRET = "zqrahasia"
SAID = {"topic": "uang", "words": f"Modal habis {SECRET}"}


@pytest.fixture
def own(as_role, factories) -> SimpleNamespace:
    """An owner with an account and an assessed enterprise in the care of a mentor."""
    account = factories.account(role=Role.ENTREPRENEUR)
    mentor = factories.account(role=Role.MENTOR)
    owner = factories.owner(name="Sri Rahayu", account_id=account.id)
    row = factories.enterprise(owner=owner, mentor=mentor, sector="D", name="Keripik Sri")
    factories.assessment(enterprise=row, health_class="sakit")
    return SimpleNamespace(
        client=as_role(Role.ENTREPRENEUR, account=account),
        mentor=as_role(Role.MENTOR, account=mentor),
        mentor_id=mentor.id,
        enterprise_id=row.id,
        owner_id=owner.id,
    )


@pytest.fixture
def as_phone(app, factories):
    """All that the phone of an account gets: `as_phone(account_id)`."""

    def pulled(account_id):
        row, token = factories.device(account_id)
        client = app.test_client()
        client.set_cookie("pulih_ponsel", token)
        return Phone(client, row.id, account_id).get("/api/v1/sync/pull").get_data(as_text=True)

    return pulled


def sent(own, name="minta", **said):
    form = {**SAID, "enterprise_id": str(own.enterprise_id), **said}
    return own.client.post(f"/saya/bantuan/{name}", data=form)


def only(table):
    return db.session.scalars(select(table).execution_options(populate_existing=True)).one()


def test_a_message_waits_in_the_inbox_and_the_owner_sees_the_answer_as_new(own, officer_client):
    assert sent(own).status_code == 303
    row = only(OwnerMessage)
    desk = officer_client.get("/daftar-kerja").text
    inbox = officer_client.get("/pesan-pemilik").text
    assert "Pesan pemilik belum dijawab" in desk
    assert "7 hari lagi" in inbox
    assert SECRET in inbox
    assert row.due_on == local_today() + timedelta(days=7)

    answered = officer_client.post(
        f"/pesan-pemilik/{row.id}",
        data={
            "answer": "Bu Ani datang.",
            "follow_up_on": f"{local_today() + timedelta(days=2):%d/%m/%Y}",
        },
    )

    page = own.client.get("/saya/bantuan").text
    assert answered.status_code == 303
    assert "Bu Ani datang." in page
    assert "1 jawaban baru" in page
    assert "Semua pesan sudah dijawab" in officer_client.get("/pesan-pemilik").text
    own.client.post("/saya/bantuan/dibaca")
    assert "jawaban baru" not in own.client.get("/saya/bantuan").text
    assert "dibaca pemilik" in officer_client.get("/pesan-pemilik?lihat=dijawab").text


def test_what_is_late_stands_first_and_is_counted(own, officer_client, factories):
    sent(own)
    with transaction():
        late = only(OwnerMessage)
        late.due_on, late.sent_at = local_today() - timedelta(days=2), utc_now() - timedelta(days=9)
    sent(own, "pendamping", topic="lama", words="baru")

    page = officer_client.get("/pesan-pemilik").text

    assert "1 terlambat" in page
    assert "9 hari lalu" in page
    assert page.index("terlambat 2 hari") < page.index("Sudah lama tidak datang")


def test_the_same_message_sent_twice_is_one(own):
    number = str(new_id())

    sent(own, number=number)
    sent(own, number=number)

    assert only(OwnerMessage).words == SAID["words"]


def test_no_more_than_ten_wait(own):
    for _ in range(10):
        assert sent(own).status_code == 303

    refused = sent(own)

    assert refused.status_code == 409
    assert "Tunggu jawabannya dulu" in refused.text


def test_a_message_is_answered_once_and_in_words(own, officer_client):
    sent(own)
    page = f"/pesan-pemilik/{only(OwnerMessage).id}"

    codes = [
        officer_client.post(page, data={"answer": said, "follow_up_on": day}).status_code
        for said, day in (
            ("", ""),
            ("ya", ""),
            ("Kami datang.", "01/01/2020"),
            ("Kami datang.", ""),
        )
    ]

    assert codes == [422, 422, 422, 303]
    assert officer_client.post(page, data={"answer": "Lagi."}).status_code == 409


def test_an_objection_goes_where_all_objections_go_and_comes_back_answered(own, officer_client):
    made = sent(own, "keberatan", topic="keliru", words=SECRET)

    objection = only(Objection)
    assert made.status_code == 303
    assert (objection.way, objection.words) == ("halaman", f"Ada data yang keliru: {SECRET}")
    assert SECRET in officer_client.get("/keberatan").text
    assert SECRET in officer_client.get(f"/usaha/{own.enterprise_id}/kesehatan").text
    answer = {"outcome": "diterima", "answer": "Kami nilai lagi."}
    officer_client.post(f"/keberatan/{objection.id}", data=answer)

    page = own.client.get("/saya/bantuan").text

    assert "Kami nilai lagi." in page
    assert "1 jawaban baru" in page


def test_who_was_not_assessed_has_nothing_to_object_to(as_role, factories):
    account = factories.account(role=Role.ENTREPRENEUR)
    row = factories.enterprise(owner=factories.owner(account_id=account.id))
    client = as_role(Role.ENTREPRENEUR, account=account)

    form = {"enterprise_id": str(row.id), "topic": "lain"}
    refused = client.post("/saya/bantuan/keberatan", data=form)

    assert refused.status_code == 409
    assert "belum dinilai" in refused.text


def test_the_mentor_sees_nothing_of_it_anywhere(own, officer_client, as_phone):
    sent(own)
    sent(own, "pendamping", topic="janji", words=f"Pendamping {SECRET}")
    sent(own, "keberatan", topic="keliru", words=SECRET)
    for message in db.session.scalars(select(OwnerMessage.id)).all():
        officer_client.post(f"/pesan-pemilik/{message}", data={"answer": f"Jawab {SECRET}"})
    answer = {"outcome": "ditolak", "answer": f"Sudah benar {SECRET}"}
    officer_client.post(f"/keberatan/{only(Objection).id}", data=answer)
    key = own.enterprise_id
    pages = (
        "/hari-ini",
        "/usaha",
        f"/usaha/{key}",
        f"/usaha/{key}/riwayat",
        f"/usaha/{key}/kesehatan",
        f"/usaha/{key}/kunjungan",
        f"/pemilik/{own.owner_id}",
        f"/pemilik/{own.owner_id}/permintaan",
    )

    seen = {page: own.mentor.get(page) for page in pages}
    phone = as_phone(own.mentor_id)

    assert {page: answer.status_code for page, answer in seen.items()} == dict.fromkeys(pages, 200)
    for answer in seen.values():
        assert SECRET not in answer.text
        assert "Pesan pemilik" not in answer.text
        assert "Keberatan pemilik" not in answer.text
        assert "Keberatan atas penilaian" not in answer.text
    assert "Keripik Sri" in phone
    assert SECRET not in phone
    assert own.mentor.get("/pesan-pemilik").status_code == 403
    assert own.mentor.get("/keberatan").status_code == 403


def test_the_history_holds_that_there_was_a_message_and_no_word_of_it(own, officer_client):
    sent(own)
    sent(own, "keberatan", topic="keliru", words=SECRET)

    rows = db.session.scalars(select(HistoryEntry)).all()

    told = [row for row in rows if row.subject_type in ("owner_message", "objection")]
    assert [row.enterprise_id for row in told] == [None, None]
    assert SECRET not in "".join(f"{row.changes} {row.note}" for row in rows)
    assert "Pesan pemilik diterima" in officer_client.get("/jejak").text


def test_an_officer_who_has_the_enterprise_in_care_does_not_read_it(own, as_role, factories):
    both = factories.account(role=Role.LABOUR_OFFICER)
    with transaction():
        db.session.get(Enterprise, own.enterprise_id).mentor_id = both.id
    sent(own)
    client = as_role(Role.LABOUR_OFFICER, account=both)

    assert "Semua pesan sudah dijawab" in client.get("/pesan-pemilik").text
    page = f"/pesan-pemilik/{only(OwnerMessage).id}"
    assert client.get(page).status_code == 404
    assert client.post(page, data={"answer": "Sudah saya urus."}).status_code == 404


def test_who_may_not_read_or_answer(own, as_role):
    sent(own)
    page = f"/pesan-pemilik/{only(OwnerMessage).id}"
    far = as_role(Role.LABOUR_OFFICER, "35")
    others = [as_role(role) for role in (Role.VILLAGE_OFFICER, Role.COOPERATIVE_OFFICER)]

    assert far.get(page).status_code == far.get(f"/pesan-pemilik/{new_id()}").status_code == 404
    assert far.post(page, data={"answer": "Tidak boleh."}).status_code == 404
    assert [one.get(page).status_code for one in (*others, own.mentor, own.client)] == [403] * 4
    assert only(OwnerMessage).answer is None


def test_owners_write_about_their_own_enterprises_alone(own, as_role, factories):
    other = factories.account(role=Role.ENTREPRENEUR)
    factories.enterprise(owner=factories.owner(account_id=other.id))
    client = as_role(Role.ENTREPRENEUR, account=other)

    form = {**SAID, "enterprise_id": str(own.enterprise_id)}
    refused = client.post("/saya/bantuan/minta", data=form)

    sent(own)
    assert refused.status_code == 422
    assert SECRET not in client.get("/saya/bantuan").text
    assert only(OwnerMessage).owner_id == own.owner_id


@pytest.mark.parametrize(
    ("role", "is_there"),
    [
        (Role.LABOUR_OFFICER, True),
        (Role.ADMIN, True),
        (Role.MENTOR, False),
        (Role.VILLAGE_OFFICER, False),
    ],
)
def test_messages_of_owners_stand_in_the_menu_of_who_reads_them(as_role, role, is_there):
    page = as_role(role).get("/usaha").text

    menu = page[page.index("<header") : page.index("<main")]
    assert ('href="/pesan-pemilik"' in menu) is is_there
