"""What an owner sees first, in which words, and what they may tick."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import LoginSession
from app.cashbook.models import CashEntry
from app.core.clock import local_today
from app.core.day_words import long_day
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.health.queries.instruments import current_instrument
from app.history.models import HistoryEntry
from app.mentoring.models import Promise
from app.portal.models import OwnerCard
from app.portal.rules import words
from app.portal.rules.cards import PIN_TRIES
from tests.integration.portal.conftest import DOOR

PIN = "271904"
# Nobody is scolded on these pages, and nothing on them is English.
SHAME = re.compile(
    r"\b(gagal|buruk|salah|jelek|malas|bodoh|melanggar|hukuman|dilarang)\b", re.IGNORECASE
)
MOST_WORDS = 12


def sentences_of(page: str) -> list[str]:
    """Each sentence that is read on a page, tags and hidden codes taken out."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<(script|svg|style)\b.*?</\1>", " ", main, flags=re.DOTALL)
    main = re.sub(r"</?(strong|span|a|em)\b[^>]*>", " ", main)
    parts = re.split(r"<[^>]+>", main)
    told = [one for part in parts for one in re.split(r"(?<=[.!?:])\s+", part.strip())]
    return [one for one in told if re.search(r"\w", one)]


def too_long(page: str) -> list[str]:
    return [one for one in sentences_of(page) if len(one.split()) > MOST_WORDS]


def choose_pin(client) -> None:
    assert client.post("/saya/pin/baru", data={"pin": PIN, "again": PIN}).status_code == 303


def test_the_class_its_way_and_its_reasons_in_short_words(owner, factories):
    spring = local_today().replace(day=1) - timedelta(days=200)
    factories.assessment(enterprise=owner.enterprise, health_class="sakit", assessed_on=spring)
    factories.assessment(enterprise=owner.enterprise, health_class="kurang_sehat")

    page = owner.client.get("/saya").text

    assert re.search(r"Usaha (Ibu|Bapak): kurang sehat", page)
    assert re.search(r"Naik dari <strong>sakit</strong> sejak \w+\.", page)
    assert 1 <= sum(one in page for one in words.REASONS.values()) <= words.MOST_REASONS
    assert too_long(page) == []
    assert not SHAME.search(page)


def test_an_enterprise_that_was_never_assessed_says_so_kindly(owner):
    page = owner.client.get("/saya").text

    assert "Usaha ini belum dinilai." in page
    assert too_long(page) == []


def test_every_reason_is_short_and_blames_nobody():
    told = [*words.REASONS.values(), *words.CAPS.values()]

    assert [one for one in told if len(one.split()) > MOST_WORDS or SHAME.search(one)] == []


def test_every_question_and_rule_of_the_instrument_has_its_words(app):
    instrument = current_instrument()

    assert {one.code for one in instrument.indicators} <= set(words.REASONS)
    assert set(instrument.knockouts) <= set(words.CAPS)


def due_in(enterprise, days):
    with transaction() as session:
        due = local_today() + timedelta(days=days)
        session.get_one(Enterprise, enterprise.id).next_visit_due_on = due
    return long_day(due)


def test_a_visit_is_late_when_its_day_is_over_and_the_way_to_help_is_there(owner, factories):
    factories.enterprise(owner=db.session.get(Owner, owner.id), name="Abon Sri")
    help_path = f"/saya/bantuan/pendamping?usaha={owner.enterprise.id}"

    today = due_in(owner.enterprise, 0)
    on_the_day = owner.client.get("/saya").text
    yesterday = due_in(owner.enterprise, -1)
    after = owner.client.get("/saya").text
    form = owner.client.get(help_path).text

    assert f"Paling lambat <strong>{today}</strong>" in on_the_day
    assert "Kunjungan terlambat" not in on_the_day
    assert help_path not in on_the_day
    assert f"Kunjungan terlambat, seharusnya {yesterday}." in after
    assert after.count("Kunjungan terlambat") == 1
    assert help_path in after
    assert too_long(after) == []
    assert not SHAME.search(after)
    # Of two enterprises it is the one that was asked from.
    assert re.search(rf'<input checked[^>]*value="{owner.enterprise.id}"', form)
    assert "Pendamping tidak datang" in form


def test_a_promise_is_ticked_and_the_mentor_reads_it_as_the_owners_word(
    owner, mentor, mentor_client, factories
):
    row = factories.promise(owner.enterprise, mentor.id, due_on=local_today() + timedelta(days=3))

    before = owner.client.get("/saya").text
    said = owner.client.post(f"/saya/janji/{row.id}", data={"selesai": "ya"})
    after = owner.client.get("/saya").text
    seen = mentor_client.get(f"/usaha/{owner.enterprise.id}/kunjungan").text

    assert "Urus NIB" in before
    assert long_day(row.due_on) in before
    assert said.location.endswith("/saya#janji")
    assert "Anda menandai selesai" in after
    assert "kata pemilik: selesai" in seen
    assert db.session.get_one(Promise, row.id).state == "terbuka"
    actions = db.session.scalars(select(HistoryEntry.action)).all()
    assert "promise.owner_done" in actions
    owner.client.post(f"/saya/janji/{row.id}", data={"selesai": "tidak"})
    assert "Anda menandai selesai" not in owner.client.get("/saya").text


def test_a_promise_of_somebody_else_is_unknown(owner, mentor, factories):
    other = factories.enterprise(mentor=mentor)
    row = factories.promise(other, mentor.id, due_on=local_today())

    answer = owner.client.post(f"/saya/janji/{row.id}", data={"selesai": "ya"})

    assert answer.status_code == 404
    assert db.session.get_one(Promise, row.id).owner_said_at is None


def test_permits_are_told_by_product_with_what_is_missing(owner, factories):
    factories.product(owner.enterprise, name="Keripik pisang")

    page = owner.client.get("/saya").text

    assert "Keripik pisang" in page
    assert "belum diurus" in page
    assert too_long(page) == []


def test_money_is_behind_the_number_and_only_for_a_while(owner):
    before = owner.client.get("/saya").text
    asked = owner.client.get("/saya/uang")
    choose_pin(owner.client)
    after = owner.client.get("/saya").text
    with transaction():
        for one in db.session.scalars(select(LoginSession).where(LoginSession.is_by_card)):
            one.pin_at = one.pin_at - timedelta(minutes=16)
    later = owner.client.get("/saya/catatan-bulanan")

    assert "Angka uang dijaga PIN Anda." in before
    assert asked.location == "/saya/pin?next=/saya/uang"
    assert "Bulan ini belum ada catatan." in after
    assert later.location == "/saya/pin?next=/saya/catatan-bulanan"
    right = owner.client.post("/saya/pin", data={"pin": PIN, "next": "/saya/catatan-bulanan"})
    assert right.location == "/saya/catatan-bulanan"
    assert owner.client.get("/saya/catatan-bulanan").status_code == 200


def test_what_is_sent_without_the_number_is_said_to_be_unsent_and_begun_anew(owner, factories):
    row = db.session.get(Enterprise, owner.enterprise.id)
    other = factories.enterprise(owner=db.session.get(Owner, row.owner_id), name="Warung Kedua")
    page = f"/saya/buku/catat/upah?usaha={other.id}"
    came_from = {"Referer": f"http://localhost{page}"}

    asked = owner.client.post(page, data={"amount": "45rb"}, headers=came_from)
    told = owner.client.get(asked.location).text
    owner.client.post("/saya/pin/baru", data={"pin": PIN, "again": PIN, "next": page})

    assert "Belum terkirim. Ulangi sekali lagi sesudah ini." in told
    assert f"usaha={other.id}" in told
    assert owner.client.get(page).status_code == 200
    assert db.session.scalars(select(CashEntry)).all() == []


@pytest.mark.parametrize(
    ("pin", "again", "words_of_it"),
    [
        ("123456", "123456", "mudah ditebak"),
        ("111222", "111222", "mudah ditebak"),
        ("2719", "2719", "enam angka"),
        ("abcdef", "abcdef", "enam angka"),
        ("271904", "271905", "belum sama"),
    ],
)
def test_a_number_that_is_weak_or_mistyped_is_not_kept(owner, pin, again, words_of_it):
    answer = owner.client.post("/saya/pin/baru", data={"pin": pin, "again": again})

    assert answer.status_code == 422
    assert words_of_it in answer.text
    assert db.session.scalars(select(OwnerCard.pin_hash)).one() is None


def test_a_number_is_chosen_once_and_another_needs_a_new_card(owner, hand_out):
    choose_pin(owner.client)
    again = owner.client.post("/saya/pin/baru", data={"pin": "380517", "again": "380517"})
    kept = db.session.scalars(select(OwnerCard.pin_hash)).one()

    fresh = hand_out(owner.id)
    client = owner.client.application.test_client()
    client.post(DOOR, data={"code": fresh})

    assert again.status_code == 409
    assert kept
    assert PIN not in kept
    assert "Buat PIN" in client.get("/saya/pin").text


def test_wrong_numbers_wait_and_at_last_only_a_new_card_helps(owner):
    choose_pin(owner.client)
    tried = [owner.client.post("/saya/pin", data={"pin": "999999"}).status_code for _ in range(6)]
    right = owner.client.post("/saya/pin", data={"pin": PIN}).status_code
    with transaction():
        db.session.scalars(select(OwnerCard)).one().pin_tries = PIN_TRIES

    locked = owner.client.post("/saya/pin", data={"pin": PIN})

    assert tried == [422] * 5 + [429]
    assert right == 429
    assert locked.status_code == 409
    assert "Minta kartu baru" in locked.text
    assert "PIN terkunci" in owner.client.get("/saya/pin").text


def test_a_password_is_asked_again_before_money_where_no_card_was_used(app, as_role, factories):
    account = factories.account(role=Role.ENTREPRENEUR)
    holder = factories.owner(account_id=account.id)
    factories.enterprise(owner=holder, name="Warung Tini")
    client = as_role(Role.ENTREPRENEUR, account=account)

    home = client.get("/")
    page = client.get("/saya").text

    assert home.location == "/saya"
    assert "Warung Tini" in page
    assert "Bulan ini belum ada catatan." in page


@pytest.mark.parametrize("path", [DOOR, "/saya/pin"])
def test_door_and_number_speak_in_short_sentences(owner, client, path):
    asked = client if path == DOOR else owner.client

    page = asked.get(path).text

    assert too_long(page) == []
    assert not SHAME.search(page)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ENTREPRENEUR])
def test_nobody_else_has_an_owners_page(as_role, role):
    client = as_role(role)

    assert client.get("/saya").status_code == 403
    assert client.get("/saya/pin").status_code == 403
