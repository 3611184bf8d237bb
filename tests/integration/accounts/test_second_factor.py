"""The code besides the password: who must have it, what opens without it, what opens once."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Account, LoginSession, RecoveryHash, SecondFactor
from app.accounts.services import second_factor, signing_in
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.web.access import access_of
from tests.integration.accounts.factors import EMAIL, code, set_up, sign_in, with_factor

pytestmark = pytest.mark.usefixtures("clock")

MUST = (Role.ADMIN, Role.LABOUR_OFFICER, Role.COOPERATIVE_OFFICER)
NEED_NOT = (Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR)


@pytest.mark.parametrize("role", MUST)
def test_staff_without_a_factor_reach_nothing_but_its_set_up(duty, app, client, factories, role):
    factories.account(role=role, email=EMAIL, area="33.02" if role != Role.ADMIN else "")
    sign_in(client)

    for rule in app.url_map.iter_rules():
        is_open = access_of(app.view_functions[rule.endpoint]).permission is None
        if rule.arguments or "GET" not in rule.methods or is_open:
            continue
        answer = client.get(rule.rule)
        if rule.endpoint in ("two_step.show", "accounts.confirm", "two_step.picture"):
            continue
        if rule.rule.startswith("/api/"):
            assert answer.status_code == 401, rule.rule
            continue
        assert answer.status_code == 303, rule.rule
        assert answer.location == "/saya/dua-langkah", rule.rule
    assert client.get("/").location == "/akun-saya"
    page = client.get("/saya/dua-langkah")
    assert page.status_code == 200
    assert 'href="/akun"' not in page.text


@pytest.mark.parametrize("role", NEED_NOT)
def test_others_are_offered_it_and_may_do_without(duty, client, factories, role):
    factories.account(role=role, email=EMAIL)
    sign_in(client)

    assert client.get("/akun-saya").status_code == 200
    assert "Anda boleh memasangnya" in client.get("/akun-saya").text


def test_setting_up_opens_the_door_and_gives_ten_recovery_codes_once(duty, client, factories):
    factories.account(role=Role.LABOUR_OFFICER, email=EMAIL)
    sign_in(client)

    secret, codes = set_up(client)

    assert len(codes) == len(set(codes)) == 10
    assert client.get("/usaha").status_code == 200
    assert secret not in client.get("/saya/dua-langkah").text
    assert codes[0] not in client.get("/saya/dua-langkah").text
    assert client.get("/saya/dua-langkah/gambar").status_code == 404


def test_the_picture_is_ours_and_holds_what_the_app_needs(client, factories):
    factories.account(role=Role.MENTOR, email=EMAIL)
    sign_in(client)
    client.post("/saya/dua-langkah/mulai")

    answer = client.get("/saya/dua-langkah/gambar")

    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.text
    assert "style=" not in answer.text


def test_a_wrong_first_code_sets_nothing_up(client, factories):
    factories.account(role=Role.MENTOR, email=EMAIL)
    sign_in(client)
    client.post("/saya/dua-langkah/mulai")

    assert client.post("/saya/dua-langkah/pasang", data={"code": "000000"}).status_code == 422
    assert db.session.scalar(sa.select(Account.second_factor_at)) is None


def test_secret_and_recovery_codes_are_not_readable_in_the_database(client, factories):
    factories.account(role=Role.MENTOR, email=EMAIL)
    sign_in(client)
    secret, codes = set_up(client)

    kept = db.session.scalars(sa.select(SecondFactor)).one()
    hashes = db.session.scalars(sa.select(RecoveryHash.code_hash)).all()

    assert secret.encode() not in kept.secret_sealed
    assert kept.next_sealed is None
    assert all(one.startswith("$argon2id$") for one in hashes)
    assert not any(part in str(hashes) for one in codes for part in one.split("-")[1:])


def test_the_password_alone_opens_only_the_question_for_the_code(client, factories, clock, app):
    with_factor(client, factories, clock)

    answer = sign_in(client, next="/usaha?urut=nama")

    assert answer.location == "/usaha?urut=nama"
    for path in ("/usaha", "/akun-saya", "/akun", "/", "/saya/dua-langkah", "/dasbor"):
        answer = client.get(path)
        assert answer.status_code == 303, path
        assert answer.location in ("/masuk/kode", "/akun-saya"), path
    for path in ("/saya/dua-langkah/lepas", "/saya/dua-langkah/mulai", "/usaha/cari"):
        assert client.post(path).location == "/masuk/kode"
    assert client.get("/usaha", headers={"Accept": "application/json"}).status_code == 401


def test_the_code_opens_with_a_new_token_and_leads_where_one_wanted(client, factories, clock):
    _, secret, _ = with_factor(client, factories, clock)
    sign_in(client, next="/usaha?urut=nama")
    with client.session_transaction() as cookie:
        half = cookie["token"]

    answer = client.post("/masuk/kode", data={"code": code(secret)})

    assert (answer.status_code, answer.location) == (303, "/usaha?urut=nama")
    assert client.get("/usaha").status_code == 200
    with client.session_transaction() as cookie:
        assert cookie["token"] != half
        cookie["token"] = half
    assert client.get("/usaha").location.startswith("/masuk?")


def test_a_session_without_its_code_ends_after_ten_minutes(client, factories, clock):
    with_factor(client, factories, clock)
    sign_in(client)

    clock.shift(timedelta(minutes=11))

    assert client.get("/masuk/kode").location.startswith("/masuk?")


def test_the_same_code_opens_once(client, factories, clock):
    _, secret, _ = with_factor(client, factories, clock)
    typed = code(secret)
    sign_in(client)
    assert client.post("/masuk/kode", data={"code": typed}).status_code == 303
    client.post("/keluar")

    sign_in(client)

    assert client.post("/masuk/kode", data={"code": typed}).status_code == 422
    assert client.get("/usaha").location == "/masuk/kode"


def test_the_code_of_the_set_up_does_not_open_a_log_in(client, factories):
    factories.account(role=Role.MENTOR, email=EMAIL)
    sign_in(client)
    secret, _ = set_up(client)
    client.post("/keluar")
    sign_in(client)

    assert client.post("/masuk/kode", data={"code": code(secret)}).status_code == 422


def test_an_older_code_does_not_open_after_a_newer_one(client, factories, clock):
    _, secret, _ = with_factor(client, factories, clock)
    older = code(secret, -1)
    sign_in(client)
    assert client.post("/masuk/kode", data={"code": code(secret)}).status_code == 303
    client.post("/keluar")
    sign_in(client)

    assert client.post("/masuk/kode", data={"code": older}).status_code == 422


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(client, factories, clock, steps, opens):
    _, secret, _ = with_factor(client, factories, clock)
    clock.shift(timedelta(minutes=5))
    sign_in(client)

    answer = client.post("/masuk/kode", data={"code": code(secret, steps)})

    assert (answer.status_code == 303) is opens


def test_of_two_workers_with_the_same_code_at_once_one_opens(app, client, factories, clock):
    person, secret, _ = with_factor(client, factories, clock)
    tokens, person_id = [half_session(person) for _ in range(4)], person.id
    typed, outcomes = code(secret), []
    barrier = threading.Barrier(len(tokens))

    def give(token):
        with app.app_context():
            barrier.wait()
            outcomes.append(
                second_factor.give_code(
                    account_id=person_id, token=token, typed=typed, address="203.0.113.9"
                )
            )

    together(give, tokens)

    assert [one.token is not None for one in outcomes].count(True) == 1


def test_of_two_workers_with_the_same_recovery_code_at_once_one_opens(
    app, client, factories, clock
):
    person, _, codes = with_factor(client, factories, clock)
    tokens, person_id = [half_session(person) for _ in range(4)], person.id
    outcomes = []

    def give(token):
        with app.app_context():
            outcomes.append(
                second_factor.give_code(
                    account_id=person_id, token=token, typed=codes[4], address="203.0.113.9"
                )
            )

    together(give, tokens)

    assert [one.token is not None for one in outcomes].count(True) == 1


def half_session(person):
    with transaction():
        account = db.session.get_one(Account, person.id)
        return signing_in.open_session(account, device="test")


def together(work, tokens):
    threads = [threading.Thread(target=work, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_recovery_code_opens_once_however_it_is_typed(client, factories, clock):
    _, _, codes = with_factor(client, factories, clock)
    sign_in(client)
    typed = codes[2].lower().replace("-", " ")
    assert client.post("/masuk/kode", data={"code": typed}).status_code == 303
    assert "belum dipakai: 9" in client.get("/saya/dua-langkah").text
    client.post("/keluar")

    sign_in(client)

    assert client.post("/masuk/kode", data={"code": codes[2]}).status_code == 422
    assert client.post("/masuk/kode", data={"code": codes[3]}).status_code == 303


def test_new_recovery_codes_make_the_old_ones_void(client, factories, clock):
    _, secret, codes = with_factor(client, factories, clock)
    sign_in(client)
    client.post("/masuk/kode", data={"code": code(secret)})
    fresh = re.findall(r"\d\d-\w{5}-\w{5}", client.post("/saya/dua-langkah/kode-cadangan").text)
    client.post("/keluar")
    sign_in(client)

    assert len(fresh) == 10
    assert client.post("/masuk/kode", data={"code": codes[0]}).status_code == 422
    assert client.post("/masuk/kode", data={"code": fresh[0]}).status_code == 303


def test_guessing_codes_is_slowed_down_for_this_account_alone(client, factories, clock, app):
    person, secret, _ = with_factor(client, factories, clock)
    sign_in(client)
    for _ in range(5):
        assert client.post("/masuk/kode", data={"code": "000000"}).status_code == 422

    answer = client.post("/masuk/kode", data={"code": code(secret)})

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    factories.account(role=Role.MENTOR, email="siti@contoh.test")
    assert sign_in(app.test_client(), "siti@contoh.test").status_code == 303
    assert db.session.query(LoginSession).filter_by(account_id=person.id).count() == 1


def test_a_day_of_guessing_leads_nowhere(client, factories, clock):
    with_factor(client, factories, clock)
    tried = 0
    for _ in range(12):
        clock.shift(timedelta(minutes=6))
        sign_in(client)
        for _ in range(5):
            tried += client.post("/masuk/kode", data={"code": "000000"}).status_code == 422

    assert tried == 30
