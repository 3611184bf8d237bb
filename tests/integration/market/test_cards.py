"""Links for buyers: what they show, and that nobody gets in without one that lives."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select, update

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.rules.consents import PUBLICATION
from app.enterprises.services.consents import give_consent, withdraw_consent
from app.market.models import Certificate, ProductCard

CLOSED = "Kartu ini tidak bisa dibuka"


def agree(owner_id):
    with transaction():
        give_consent(
            scope=everywhere(),
            owner_id=owner_id,
            purpose_key=PUBLICATION,
            way="tanda_tangan",
            witness=None,
            given_on=local_today(),
            by=None,
        )


def code_of(client, row):
    made = client.post(f"/produk/{row.id}/kartu", data={"days": "30"})
    page = client.get(made.location).get_data(as_text=True)
    return re.search(r"/kartu#([\w-]+)", page)[1]


def test_a_buyer_with_the_link_sees_the_product_and_no_more(
    enterprise, factories, mentor_client, client
):
    row = factories.product(enterprise, description="Renyah <b>sekali</b>")
    agree(enterprise.owner_id)
    owner_name = enterprise.owner.name

    code = code_of(mentor_client, row)
    entered = client.post("/kartu", data={"code": code})
    shown = client.get(entered.location).get_data(as_text=True)
    again = mentor_client.get(f"/produk/{row.id}/kartu").get_data(as_text=True)

    assert entered.status_code == 303
    for word in ("Keripik tempe", "Rp 12.000", "Losari", "Renyah &lt;b&gt;sekali"):
        assert word in shown
    assert owner_name not in shown
    assert code not in again
    assert code not in str(db.session.execute(select(ProductCard)).all())


def test_a_buyer_reads_which_permit_it_is_and_that_its_end_is_counted(
    enterprise, factories, mentor_client, client
):
    row = factories.product(enterprise)
    agree(enterprise.owner_id)
    with transaction() as session:
        session.add(
            Certificate(
                id=new_id(),
                enterprise_id=enterprise.id,
                product_id=row.id,
                track="spp_irt",
                state="aktif",
                state_on=local_today(),
                number="2153302010072-31",
                expires_on=local_today() + timedelta(days=400),
                expires_is_estimate=True,
                opened_at=utc_now(),
                updated_at=utc_now(),
            )
        )

    client.post("/kartu", data={"code": code_of(mentor_client, row)})
    shown = client.get("/kartu/produk").get_data(as_text=True)

    assert "P-IRT 2153302010072-31" in shown
    assert "BPOM MD" not in shown
    assert "(perkiraan)" in shown


def test_without_consent_there_is_no_card_and_without_it_any_more_no_view(
    enterprise, factories, mentor_client, client
):
    row = factories.product(enterprise)
    refused = mentor_client.post(f"/produk/{row.id}/kartu", data={"days": "30"})
    agree(enterprise.owner_id)
    code = code_of(mentor_client, row)
    client.post("/kartu", data={"code": code})
    before = client.get("/kartu/produk").status_code
    with transaction():
        withdraw_consent(
            scope=everywhere(),
            owner_id=enterprise.owner_id,
            purpose_key=PUBLICATION,
            withdrawn_on=local_today(),
            reason=None,
            by=None,
        )

    assert refused.status_code == 409
    assert before == 200
    assert client.get("/kartu/produk").status_code == 404
    assert client.get("/kartu/produk/foto").status_code == 404
    assert client.post("/kartu", data={"code": code}).status_code == 404


def test_revoked_expired_guessed_and_given_up_answer_alike(
    enterprise, factories, mentor_client, client
):
    row = factories.product(enterprise)
    agree(enterprise.owner_id)
    codes = [code_of(mentor_client, row) for _ in range(2)]
    cards = db.session.scalars(select(ProductCard).order_by(ProductCard.made_at)).all()
    revoked = mentor_client.post(f"/produk/{row.id}/kartu/{cards[0].id}/cabut")
    with transaction() as session:
        session.execute(
            update(ProductCard)
            .where(ProductCard.id == cards[1].id)
            .values(expires_on=local_today() - timedelta(days=1))
        )

    answers = [client.post("/kartu", data={"code": code}) for code in (*codes, "tebakan", "0" * 64)]

    assert revoked.status_code == 303
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data() for answer in answers}) == 1
    assert CLOSED in answers[0].get_data(as_text=True)


def test_an_enterprise_that_ended_gets_no_card_and_opens_none(
    enterprise, factories, mentor_client, client
):
    row = factories.product(enterprise)
    agree(enterprise.owner_id)
    code = code_of(mentor_client, row)
    with transaction() as session:
        session.execute(
            update(Enterprise).where(Enterprise.id == enterprise.id).values(life_cycle="tutup")
        )

    made = mentor_client.post(f"/produk/{row.id}/kartu", data={"days": "30"})
    page = mentor_client.get(f"/produk/{row.id}/kartu").text

    assert made.status_code == 409
    assert "Usaha ini sudah tidak berjalan" in page
    assert "tidak bisa dibuka</" in page
    assert "Buat kartu" not in page
    assert client.post("/kartu", data={"code": code}).status_code == 404


def test_guessing_soon_has_to_wait_even_with_the_right_code(
    enterprise, factories, mentor_client, client
):
    row = factories.product(enterprise)
    agree(enterprise.owner_id)
    code = code_of(mentor_client, row)

    tries = [client.post("/kartu", data={"code": f"salah {n}"}).status_code for n in range(11)]

    assert tries == [404] * 10 + [429]
    assert client.post("/kartu", data={"code": code}).status_code == 429


def test_who_may_not_makes_and_takes_back_nothing(enterprise, factories, mentor_client, as_role):
    row = factories.product(enterprise)
    agree(enterprise.owner_id)
    code_of(mentor_client, row)
    card = db.session.scalars(select(ProductCard)).one()
    village = as_role(Role.VILLAGE_OFFICER, enterprise.village_code)
    elsewhere = as_role(Role.LABOUR_OFFICER, "35.07")

    for client, status in ((village, 403), (elsewhere, 404)):
        assert client.post(f"/produk/{row.id}/kartu", data={"days": "30"}).status_code == status
        path = f"/produk/{row.id}/kartu/{card.id}/cabut"
        assert client.post(path).status_code == status

    db.session.expire_all()
    assert db.session.scalars(select(ProductCard)).one().revoked_at is None
