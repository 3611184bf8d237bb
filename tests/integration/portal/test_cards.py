"""Coming in by card: who gets in, how far, for how long, and who does not."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import Account, GuestTry, LoginSession, Membership
from app.accounts.services.guests import GUEST_WINDOW
from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.portal.models import OwnerCard
from app.portal.services import cards
from app.rights.services.erasing import erase
from tests.browserless import as_told
from tests.integration.portal.conftest import DOOR


def test_an_owner_comes_in_by_card_to_their_own_enterprise_alone(owner, factories):
    factories.enterprise(name="Milik Orang Lain")

    page = owner.client.get("/saya").text

    assert "Keripik Bu Sri" in page
    assert "Milik Orang Lain" not in page
    assert owner.code not in str(db.session.execute(select(OwnerCard.__table__)).all())


def test_the_code_may_be_typed_in_groups(enterprise, hand_out, client):
    code = hand_out(enterprise.owner_id)

    typed = f" {code[:4]} {code[4:8]}-{code[8:12]}.{code[12:]}"

    assert client.post(DOOR, data={"code": typed}).location == "/saya"


def test_a_card_makes_an_account_that_no_password_and_no_list_of_people_knows(
    owner, officer_client, enterprise
):
    account = db.session.scalars(select(Account).where(Account.is_card_only)).one()

    people = officer_client.get("/akun").text
    person = officer_client.get(f"/akun/{account.id}")
    by_password = owner.client.application.test_client().post(
        "/masuk", data={"name": account.name, "password": ""}
    )

    assert (account.email, account.phone, account.password_hash) == (None, None, "")
    assert account.name not in people
    assert person.status_code == 404
    assert by_password.status_code == 422


def test_a_password_account_keeps_its_password_and_gets_a_card_beside_it(
    factories, mentor, hand_out, client
):
    account = factories.account(role=Role.ENTREPRENEUR, area="33.02.04.2001")
    holder = factories.owner(account_id=account.id)
    factories.enterprise(owner=holder, mentor=mentor, name="Warung Tini")

    code = hand_out(holder.id)

    assert client.post(DOOR, data={"code": code}).location == "/saya"
    assert "Warung Tini" in client.get("/saya").text
    assert db.session.scalar(select(func.count()).where(Account.is_card_only)) == 0


def test_who_also_works_for_the_office_is_by_card_the_owner_alone(owner):
    card_account = db.session.scalars(select(Account.id).where(Account.is_card_only)).one()
    with transaction():
        for role in (Role.ADMIN, Role.LABOUR_OFFICER):
            db.session.add(
                Membership(
                    id=new_id(),
                    account_id=card_account,
                    role=role,
                    area_code="",
                    from_on=local_today(),
                )
            )

    answers = [owner.client.get(path).status_code for path in ("/akun", "/usaha", "/dasbor")]

    assert answers == [403, 403, 403]
    assert owner.client.get("/saya").status_code == 200


@pytest.mark.parametrize("path", ["/akun-saya", "/saya/sandi", "/saya/dua-langkah"])
def test_a_card_opens_no_page_that_belongs_to_passwords(owner, path):
    assert owner.client.get(path).status_code == 403


def test_way_out_leads_back_to_the_door_of_cards_and_ends_the_session(owner):
    answer = owner.client.post("/keluar")

    assert answer.location == DOOR
    assert owner.client.get("/saya").location == DOOR


def test_a_new_card_ends_the_former_and_every_log_in(owner, hand_out, client):
    fresh = hand_out(owner.id)

    assert fresh != owner.code
    assert owner.client.get("/saya").location == DOOR
    assert client.post(DOOR, data={"code": owner.code}).status_code == 404
    assert client.post(DOOR, data={"code": fresh}).location == "/saya"


def test_a_card_that_was_taken_back_ends_every_log_in(owner, mentor_client, client):
    card_id = db.session.scalars(select(OwnerCard.id)).one()

    answer = mentor_client.post(f"/pemilik/{owner.id}/kartu-masuk/{card_id}/cabut")

    assert answer.status_code == 303
    assert owner.client.get("/saya").location == DOOR
    assert client.post(DOOR, data={"code": owner.code}).status_code == 404


def test_a_log_in_lies_idle_shortly_and_ends_with_the_last_day_of_its_card(owner, client):
    with transaction():
        db.session.execute(update(OwnerCard).values(expires_on=local_today()))
    client.post(DOOR, data={"code": owner.code})

    newest = db.session.scalars(
        select(LoginSession).where(LoginSession.is_by_card).order_by(LoginSession.created_at.desc())
    ).first()

    assert newest.idle_minutes == 15
    assert newest.expires_at <= min(
        utc_now() + timedelta(hours=4),
        datetime.combine(local_today() + timedelta(days=1), time(), LOCAL_ZONE),
    )


def test_expired_revoked_guessed_and_ill_typed_codes_answer_alike(
    owner, mentor, mentor_client, factories, hand_out, client
):
    other = factories.enterprise(mentor=mentor)
    revoked, expired = owner.code, hand_out(other.owner_id)
    card = db.session.scalars(select(OwnerCard).where(OwnerCard.owner_id == owner.id)).one()
    mentor_client.post(f"/pemilik/{owner.id}/kartu-masuk/{card.id}/cabut")
    with transaction():
        db.session.execute(
            update(OwnerCard)
            .where(OwnerCard.owner_id == other.owner_id)
            .values(expires_on=local_today() - timedelta(days=1))
        )

    answers = [
        client.post(DOOR, data={"code": code})
        for code in (revoked, expired, "1234123412341234", "kata", "' OR 1=1")
    ]

    assert {one.status_code for one in answers} == {404}
    assert len({as_told(one) for one in answers}) == 1
    assert client.get("/saya").location == DOOR


def test_ten_thousand_guesses_of_one_address_lead_nowhere(owner, client):
    for number in range(cards.TRIES_OF_ADDRESS):
        assert client.post(DOOR, data={"code": f"{number:016d}"}).status_code == 404

    later = {client.post(DOOR, data={"code": f"{n:016d}"}).status_code for n in range(60)}
    right = client.post(DOOR, data={"code": owner.code})

    assert later == {429}
    assert right.status_code == 429
    assert "Retry-After" in right.headers
    # What is refused is not even written down: ten thousand cost what sixty cost.
    assert db.session.scalar(select(func.count()).select_from(GuestTry)) == cards.TRIES_OF_ADDRESS
    elsewhere = owner.client.application.test_client()
    at_home = elsewhere.post(
        DOOR, data={"code": owner.code}, environ_base={"REMOTE_ADDR": "10.9.8.7"}
    )
    assert at_home.location == "/saya"


def test_ten_thousand_guesses_from_many_addresses_are_stopped_for_all(owner, client):
    now = utc_now()
    with transaction():
        db.session.execute(
            GuestTry.__table__.insert(),
            [
                {"id": new_id(), "address_key": f"{number % 500:064d}", "at": now}
                for number in range(cards.TRIES_OF_ALL)
            ],
        )

    stopped = client.post(DOOR, data={"code": owner.code})
    with transaction():
        db.session.execute(update(GuestTry).values(at=now - GUEST_WINDOW - timedelta(minutes=1)))
    after = client.post(DOOR, data={"code": owner.code})

    assert stopped.status_code == 429
    assert after.location == "/saya"


def test_guesses_that_are_really_sent_open_nothing_from_one_address_or_many(
    owner, client, monkeypatch
):
    """The bound on all together is lowered: sending thousands takes minutes, and was done once."""
    monkeypatch.setattr(cards, "TRIES_OF_ALL", 100)
    sessions = db.session.scalar(select(func.count()).select_from(LoginSession))

    def sent(code, address):
        answer = client.post(DOOR, data={"code": code}, environ_base={"REMOTE_ADDR": address})
        return answer.status_code

    of_one = Counter(sent(f"{number:016d}", "10.0.0.1") for number in range(400))
    refused = sent(owner.code, "10.0.0.1")
    # Each address stays below its own bound.
    of_many = Counter(sent(f"{n:016d}", f"10.1.0.{n // 19}") for n in range(400, 600))
    shut = sent(owner.code, "10.2.0.1")

    assert of_one == {404: cards.TRIES_OF_ADDRESS, 429: 400 - cards.TRIES_OF_ADDRESS}
    assert of_many == {404: 100 - cards.TRIES_OF_ADDRESS, 429: 100 + cards.TRIES_OF_ADDRESS}
    assert (refused, shut) == (429, 429)
    assert db.session.scalar(select(func.count()).select_from(LoginSession)) == sessions
    assert client.get("/saya").location == DOOR
    assert owner.client.get("/saya").status_code == 200


def test_erasing_an_owner_ends_card_and_log_in_at_once(owner, client):
    before = owner.client.get("/saya").status_code

    with transaction():
        erase(owner_id=owner.id, by=None)

    assert before == 200
    assert owner.client.get("/saya").status_code != 200
    assert client.post(DOOR, data={"code": owner.code}).status_code == 404
    card = db.session.scalars(select(OwnerCard)).one()
    assert (card.code_hash, card.pin_hash) == (None, None)
    assert card.revoked_at is not None


def test_the_card_is_printed_while_its_code_is_known_and_by_its_maker_alone(
    enterprise, mentor_client, officer_client, hand_out
):
    hand_out(enterprise.owner_id)

    sheet = mentor_client.get(f"/pemilik/{enterprise.owner_id}/kartu-masuk/cetak")
    others = officer_client.get(f"/pemilik/{enterprise.owner_id}/kartu-masuk/cetak")

    assert sheet.data.startswith(b"%PDF")
    assert sheet.headers["Cache-Control"] == "private, no-store"
    assert others.status_code == 404


@pytest.mark.parametrize(
    ("role", "area", "status"),
    [
        (Role.LABOUR_OFFICER, "33.02", 200),
        (Role.LABOUR_OFFICER, "32.12", 404),
        (Role.MENTOR, "33.02", 404),
        (Role.VILLAGE_OFFICER, "33.02.04.2001", 403),
        (Role.COOPERATIVE_OFFICER, "33.02", 403),
        (Role.ENTREPRENEUR, "33.02", 403),
    ],
)
def test_who_may_hand_out_cards_and_to_whom(enterprise, as_role, role, area, status):
    client = as_role(role, area)

    shown = client.get(f"/pemilik/{enterprise.owner_id}/kartu-masuk")
    made = client.post(f"/pemilik/{enterprise.owner_id}/kartu-masuk", data={"days": "90"})

    assert shown.status_code == status
    assert made.status_code == (303 if status == 200 else status)
    cards_made = db.session.scalar(select(func.count()).select_from(OwnerCard))
    assert cards_made == (1 if status == 200 else 0)


def test_a_card_of_another_owner_is_not_taken_back_under_this_one(
    owner, mentor, mentor_client, factories
):
    other = factories.enterprise(mentor=mentor)
    card_id = db.session.scalars(select(OwnerCard.id)).one()

    answer = mentor_client.post(f"/pemilik/{other.owner_id}/kartu-masuk/{card_id}/cabut")

    assert answer.status_code == 404
    assert owner.client.get("/saya").status_code == 200
