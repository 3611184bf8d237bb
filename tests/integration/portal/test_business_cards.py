"""The card of an enterprise: who makes it, who sees it, and that it ends with the consent."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import update

from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db.transaction import transaction
from app.enterprises.rules.consents import PUBLICATION
from app.enterprises.services.consents import give_consent, withdraw_consent
from app.portal.models import BusinessCard
from tests.browserless import as_told


def agree(owner_id) -> None:
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


def code_of(client, address: str) -> str:
    made = client.post(address, data={"days": "30"})
    found = re.search(r"/kartu-usaha#([\w-]+)", client.get(made.location).text)
    assert found is not None
    return found[1]


def test_the_owner_makes_a_card_and_anybody_with_the_link_sees_products_and_no_more(
    owner, factories, client
):
    factories.product(owner.enterprise, name="Keripik pisang")
    agree(owner.id)

    code = code_of(owner.client, "/saya/kartu-usaha")
    entered = client.post("/kartu-usaha", data={"code": code})
    shown = client.get(entered.location).text

    assert "Keripik pisang" in shown
    assert "Losari" in shown
    assert owner.enterprise.owner.name not in shown
    assert code not in owner.client.get("/saya/kartu-usaha").text


def test_without_consent_none_is_made_and_a_withdrawal_hides_it_at_once(
    enterprise, mentor_client, client
):
    address = f"/usaha/{enterprise.id}/kartu-usaha"
    refused = mentor_client.post(address, data={"days": "30"})
    agree(enterprise.owner_id)
    code = code_of(mentor_client, address)
    client.post("/kartu-usaha", data={"code": code})
    before = client.get("/kartu-usaha/isi").status_code
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
    assert client.get("/kartu-usaha/isi").status_code == 404
    assert client.post("/kartu-usaha", data={"code": code}).status_code == 404


def test_revoked_expired_and_guessed_links_answer_alike(enterprise, mentor_client, client):
    address = f"/usaha/{enterprise.id}/kartu-usaha"
    agree(enterprise.owner_id)
    revoked = code_of(mentor_client, address)
    href = re.search(rf"{address}/[\w-]+/cabut", mentor_client.get(address).text)
    assert href is not None
    mentor_client.post(href[0])
    expired = code_of(mentor_client, address)
    with transaction() as session:
        session.execute(update(BusinessCard).values(expires_on=local_today() - timedelta(days=1)))

    answers = [
        client.post("/kartu-usaha", data={"code": one}) for one in (revoked, expired, "tebakan")
    ]

    assert {one.status_code for one in answers} == {404}
    assert len({as_told(one) for one in answers}) == 1


def test_owners_and_mentors_reach_their_own_cards_alone(owner, factories, as_role):
    other = factories.enterprise(name="Lain")

    assert owner.client.get(f"/saya/kartu-usaha?usaha={other.id}").status_code == 404
    assert owner.client.get(f"/usaha/{owner.enterprise.id}/kartu-usaha").status_code == 403
    stranger = as_role(Role.MENTOR)
    assert stranger.get(f"/usaha/{owner.enterprise.id}/kartu-usaha").status_code == 404
    assert as_role(Role.VILLAGE_OFFICER).get("/saya/kartu-usaha").status_code == 403
