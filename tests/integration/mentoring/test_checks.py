"""Looking at reports: signs, the queue, accepting, giving back, answering; and who may not."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_date, local_today, utc_now
from app.core.errors import NotAllowed, NotFound, WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.history.models import HistoryEntry
from app.mentoring.models import Visit, VisitCheck
from app.mentoring.services import accept_visits, answer_visit, record_visit, return_visit

QUEUE = "/pemeriksaan-kunjungan"


def photo(*, quality: int = 90, shade: int = 0) -> io.BytesIO:
    image = Image.new("RGB", (640, 480), (200, 200, 190))
    draw = ImageDraw.Draw(image)
    for place in range(8):
        draw.rectangle((place * 80, place * 40, place * 80 + 60, 470), fill=(20 * place, 90, shade))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    stream.seek(0)
    return stream


def other_photo() -> io.BytesIO:
    image = Image.new("RGB", (640, 480), "white")
    ImageDraw.Draw(image).ellipse((300, 20, 620, 460), fill="black")
    stream = io.BytesIO()
    image.save(stream, "JPEG")
    stream.seek(0)
    return stream


def recorded(factories, row: UUID, by: UUID, stream=None, **values) -> UUID:
    report = factories.visit_report(row, **values)
    with transaction():
        record_visit(scope=everywhere(), report=report, by=by, photo=stream)
    return report.id


def as_mentor(factories, client) -> UUID:
    return factories.mentor(person=db.session.get_one(Account, client.account_id)).account_id


def signs(visit_id: UUID) -> list[str]:
    return [code for code, _, _ in db.session.get_one(VisitCheck, visit_id).signals]


def test_a_visit_far_from_the_premises_carries_the_sign(factories):
    ani = factories.mentor().account_id
    row = factories.enterprise(lat=-7.42, lng=109.23).id

    visit_id = recorded(factories, row, ani, lat=-7.45, lng=109.23, owner_confirmation="paraf")

    check = db.session.get_one(VisitCheck, visit_id)
    assert check.state == "menunggu"
    assert [code for code, _, _ in check.signals] == ["jauh"]
    assert check.weight == 4


def test_the_same_picture_again_is_noticed_even_when_saved_anew(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    recorded(factories, row, ani, photo(), visited_on=local_today() - timedelta(days=30))

    again = recorded(factories, row, ani, photo(quality=60))
    another = recorded(factories, row, ani, other_photo())

    assert "foto_sama" in signs(again)
    assert "foto_sama" not in signs(another)


def test_the_same_picture_of_another_mentor_is_noticed(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row = factories.enterprise().id
    recorded(factories, row, ani, photo())

    assert "foto_sama" in signs(recorded(factories, row, budi, photo()))


def test_a_phone_whose_clock_is_off_is_noticed(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id

    off = recorded(factories, row, ani, device_at=utc_now() - timedelta(hours=3))
    right = recorded(factories, row, ani, device_at=utc_now())

    assert "jam" in signs(off)
    assert "jam" not in signs(right)


def test_the_fourth_visit_within_an_hour_is_noticed(factories):
    ani = factories.mentor().account_id
    rows = [factories.enterprise().id for _ in range(4)]
    begun = utc_now() - timedelta(hours=2)

    ids = [
        recorded(factories, row, ani, started_at=begun + timedelta(minutes=10 * place),
                 visited_on=local_date(begun))
        for place, row in enumerate(rows)
    ]  # fmt: skip

    assert [("beruntun" in signs(one)) for one in ids] == [False, False, False, True]


def test_a_refusal_is_recorded_without_signs_and_gives_time(factories):
    ani = factories.mentor().account_id
    row = factories.enterprise()
    factories.assigned(ani, row)

    visit_id = recorded(
        factories,
        row.id,
        ani,
        outcome="menolak_didata",
        reason="Tidak mau dicatat",
        place_kind=None,
        met_with=None,
        findings=None,
    )

    assert signs(visit_id) == []
    found = db.session.get_one(Enterprise, row.id)
    assert found.next_visit_due_on == local_today() + timedelta(days=90)
    assert found.last_visit_on is None


def test_the_queue_shows_the_heaviest_first_and_one_click_accepts(factories, officer_client):
    ani = factories.mentor(name="Ani Rahayu").account_id
    plain = factories.enterprise(name="Warung Tenang").id
    odd = factories.enterprise(name="Warung Jauh", lat=-7.42, lng=109.23).id
    recorded(factories, plain, ani, owner_confirmation="paraf", duration_minutes=30)
    far = recorded(factories, odd, ani, lat=-7.6, lng=109.23)

    page = officer_client.get(QUEUE).text
    answer = officer_client.post(f"{QUEUE}/{far}/terima")

    assert page.index("Warung Jauh") < page.index("Warung Tenang")
    assert "km dari tempat usaha" in page
    assert answer.status_code == 303
    assert db.session.get_one(VisitCheck, far).state == "diterima"
    assert "Warung Jauh" not in officer_client.get(QUEUE).text


def test_all_without_a_sign_are_accepted_at_once_and_no_other(factories, officer_client):
    ani = factories.mentor().account_id
    row = factories.enterprise(lat=-7.42, lng=109.23).id
    here = {"lat": -7.42, "lng": 109.23, "owner_confirmation": "paraf"}
    plain = [recorded(factories, row, ani, **here) for _ in range(2)]
    odd = recorded(factories, row, ani)

    officer_client.post(f"{QUEUE}/terima-tanpa-tanda")

    states = {one: db.session.get_one(VisitCheck, one).state for one in (*plain, odd)}
    assert states == {plain[0]: "diterima", plain[1]: "diterima", odd: "menunggu"}


def test_the_mentor_sees_the_note_today_answers_and_the_officer_reads_it(
    factories, officer_client, mentor_client
):
    ani = as_mentor(factories, mentor_client)
    row = factories.enterprise(name="Keripik Sari")
    factories.assigned(ani, row)
    visit_id = recorded(factories, row.id, ani)

    officer_client.post(f"{QUEUE}/{visit_id}/kembalikan", data={"note": "Bertemu di mana?"})
    today = mentor_client.get("/hari-ini").text
    answer = mentor_client.post(f"/kunjungan/{visit_id}/jawab", data={"answer": "Di pasar pagi."})

    assert "Bertemu di mana?" in today
    assert answer.status_code == 303
    assert "Di pasar pagi." in officer_client.get(QUEUE).text
    assert "Bertemu di mana?" not in mentor_client.get("/hari-ini").text


def test_the_mentor_sees_the_signs_of_their_own_visit(factories, mentor_client):
    ani = as_mentor(factories, mentor_client)
    row = factories.enterprise()
    factories.assigned(ani, row)
    visit_id = recorded(factories, row.id, ani, duration_minutes=3)

    page = mentor_client.get(f"/kunjungan/{visit_id}").text

    assert "Pertemuan hanya 3 menit" in page
    assert "Terima" not in page


def test_a_village_officer_sees_the_visit_but_not_how_it_was_looked_at(factories, as_role):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    visit_id = recorded(factories, row, ani, duration_minutes=3)
    village = as_role(Role.VILLAGE_OFFICER, db.session.get_one(Enterprise, row).village_code)

    page = village.get(f"/kunjungan/{visit_id}")

    assert page.status_code == 200
    assert "Pertemuan hanya 3 menit" not in page.text
    assert village.get(QUEUE).status_code == 403


def test_a_return_without_a_note_is_refused(factories, officer_client):
    visit_id = recorded(factories, factories.enterprise().id, factories.mentor().account_id)

    answer = officer_client.post(f"{QUEUE}/{visit_id}/kembalikan", data={"note": " "})

    assert answer.status_code == 422
    assert db.session.get_one(VisitCheck, visit_id).state == "menunggu"


def test_an_officer_of_elsewhere_gets_the_answer_of_an_unknown_visit(factories, as_role):
    visit_id = recorded(factories, factories.enterprise().id, factories.mentor().account_id)
    stranger = as_role(Role.LABOUR_OFFICER, "52.03")

    for address in ("terima", "kembalikan"):
        own = stranger.post(f"{QUEUE}/{visit_id}/{address}", data={"note": "Halo"})
        unknown = stranger.post(f"{QUEUE}/{new_id()}/{address}", data={"note": "Halo"})
        assert own.status_code == unknown.status_code == 404
    assert db.session.get_one(VisitCheck, visit_id).state == "menunggu"
    assert "menunggu" in stranger.get(QUEUE).text


def test_nobody_accepts_their_own_visit(factories):
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    visit_id = recorded(factories, factories.enterprise().id, officer)

    with pytest.raises(NotAllowed), transaction():
        accept_visits(scope=everywhere(), visit_ids=[visit_id], by=officer)


def test_a_mentor_answers_only_for_themselves_and_only_what_was_asked(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    visit_id = recorded(factories, factories.enterprise().id, ani)

    with pytest.raises(WrongState), transaction():
        answer_visit(visit_id=visit_id, answer="Sudah", by=ani)
    with transaction():
        return_visit(scope=everywhere(), visit_id=visit_id, note="Di mana?", by=officer)
    with pytest.raises(NotFound), transaction():
        answer_visit(visit_id=visit_id, answer="Sudah", by=budi)


def test_what_was_accepted_can_not_be_returned(factories):
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    visit_id = recorded(factories, factories.enterprise().id, factories.mentor().account_id)
    with transaction():
        accept_visits(scope=everywhere(), visit_ids=[visit_id], by=officer)

    with pytest.raises(WrongState), transaction():
        return_visit(scope=everywhere(), visit_id=visit_id, note="Di mana?", by=officer)


def test_the_check_stands_in_the_history_but_not_in_the_timeline(factories):
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    visit_id = recorded(factories, factories.enterprise().id, factories.mentor().account_id)

    with transaction():
        return_visit(scope=everywhere(), visit_id=visit_id, note="Di mana?", by=officer)

    entry = db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.n.desc())).first()
    assert (entry.action, entry.enterprise_id) == ("visit.returned", None)


def test_who_lost_the_enterprise_answers_without_seeing_its_name(factories, mentor_client):
    ani, budi = as_mentor(factories, mentor_client), factories.mentor().account_id
    row = factories.enterprise(name="Usaha Rahasia")
    factories.assigned(ani, row, from_on=local_today() - timedelta(days=5))
    visit_id = recorded(factories, row.id, ani)
    factories.assigned(budi, db.session.get_one(Enterprise, row.id))
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    with transaction():
        return_visit(
            scope=Scope(account_id=officer, areas=("33.02",)),
            visit_id=visit_id,
            note="Di mana?",
            by=officer,
        )

    pages = [mentor_client.get(path).text for path in ("/hari-ini", f"/kunjungan/{visit_id}/jawab")]

    assert all("Di mana?" in page for page in pages)
    assert not any("Usaha Rahasia" in page for page in pages)
    assert db.session.get_one(Visit, visit_id).mentor_id == ani


def test_who_asked_for_a_reward_is_seen_by_an_officer_and_not_waved_through(factories, as_role):
    mentor_client, officer = as_role(Role.MENTOR), as_role(Role.LABOUR_OFFICER)
    mentor_id = as_mentor(factories, mentor_client)
    names = ("Keripik Bu Sri", "Abon Pak Darto", "Kue Bu Tuti")
    calm, asked, said_no = (factories.enterprise(name=name).id for name in names)
    for key, outcome in ((calm, "bertemu"), (asked, "minta_imbalan"), (said_no, "menolak_didata")):
        said = {"owner_confirmation": "paraf"} if outcome == "bertemu" else {"reason": "Bensin"}
        recorded(factories, key, mentor_id, outcome=outcome, **said)

    before = officer.get(QUEUE).text
    officer.post(f"{QUEUE}/terima-tanpa-tanda")
    after = officer.get(QUEUE).text

    assert before.index("Abon Pak Darto") < before.index("Keripik Bu Sri")
    assert "Minta imbalan" in before
    assert "Jelaskan kepada pemilik" in before
    assert "Menolak didata" in before
    assert "Abon Pak Darto" in after
    assert "Keripik Bu Sri" not in after
