"""Loading a demo world: the same for a seed, once, never among real people."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.core import settings
from app.core.errors import Conflict, NotAllowed, WrongState
from app.core.permissions import Role
from app.db import db
from app.demo.loading import loader
from app.demo.loading.logins import DEMO_PASSWORD
from app.demo.loading.mark import present_mark
from app.demo.models import DemoTruth
from app.enterprises.models import Enterprise, Owner
from app.enterprises.services.owners import unsealed_nik
from app.history.models import HistoryEntry
from tests.integration.demo.conftest import LAST_ON, SIZE, put_villages, unseen


def _count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_world_has_as_many_enterprises_as_asked(load):
    loaded = load()

    assert _count(Enterprise) == _count(DemoTruth) == SIZE
    assert loaded.rows["enterprise"] == SIZE
    assert present_mark().is_complete


def test_the_same_world_twice_changes_nothing(load, digest):
    load()
    before = digest()

    again = load()

    assert again.was_there
    assert again.rows == {}
    assert digest() == before


def test_a_broken_run_goes_on_where_it_stopped_and_ends_as_if_it_had_not(
    load, digest, monkeypatch, prepared_app
):
    monkeypatch.setattr(loader, "SLICE", 25)
    load()
    whole = digest()
    prepared_app.empty()
    db.session.remove()
    put_villages()

    def break_off(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(progress=break_off)
    assert not present_mark().is_complete
    assert _count(Enterprise) == 25
    load()

    assert digest() == whole


def test_another_world_is_not_mixed_into_a_demo(load):
    load()

    with pytest.raises(Conflict) as refused:
        load(seed=6)

    assert refused.value.code == "demo_differs"


def test_real_people_are_left_alone(load, factories):
    factories.enterprise()

    with pytest.raises(Conflict) as refused:
        load()

    assert refused.value.code == "demo_among_real"
    assert present_mark() is None
    assert _count(Enterprise) == 1


def test_production_is_refused(load):
    settings.bind(replace(settings.current(), is_production=True))

    with pytest.raises(NotAllowed):
        load()

    assert present_mark() is None


def test_without_places_it_says_how_to_load_them(app):
    with pytest.raises(WrongState) as refused:
        loader.load_world(seed=1, enterprises=3, last_on=LAST_ON, progress=unseen)

    assert "flask places load" in refused.value.message


def test_invented_numbers_lie_sealed_like_real_ones(load):
    load()

    for owner in db.session.scalars(sa.select(Owner).order_by(Owner.id)):
        nik = unsealed_nik(owner.id, owner.nik_sealed)

        assert nik[:6] == owner.nik_masked[:6]
        assert int(nik[12:]) >= 9000
        assert owner.phone is None or owner.phone.startswith("+62810")


def test_history_is_numbered_in_the_order_of_time(load):
    load()

    rows = db.session.execute(
        sa.select(HistoryEntry.n, HistoryEntry.at).order_by(HistoryEntry.n)
    ).all()
    assert [row.n for row in rows] == list(range(1, len(rows) + 1))
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_nothing_happens_in_the_future(load):
    load()

    latest = db.session.scalar(sa.select(sa.func.max(HistoryEntry.at)))
    assert latest.date() <= LAST_ON


def test_the_command_prints_a_log_in_for_every_role(app, villages):
    answer = app.test_cli_runner().invoke(
        args=[
            "demo",
            "load",
            "--seed",
            "5",
            "--enterprises",
            "12",
            "--until",
            "2026-11-22",
            "--json",
        ]
    )

    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert {account["role"] for account in told["accounts"]} == {str(role) for role in Role}
    assert told["rows"]["enterprise"] == 12
    assert told["until"] == "2026-11-22"


def test_the_command_refuses_with_a_reason_and_no_traceback(app, villages, factories):
    factories.enterprise()

    answer = app.test_cli_runner().invoke(args=["demo", "load", "--enterprises", "5"])

    assert answer.exit_code == 1
    assert "basis data kosong" in answer.output


def test_every_demo_account_can_log_in(load, client):
    loaded = load()

    for login in loaded.logins:
        answer = client.post("/masuk", data={"name": login.email, "password": DEMO_PASSWORD})

        assert answer.status_code == 303, login
        assert client.get("/akun-saya").status_code == 200, login
        client.post("/keluar")


def test_accounts_are_told_again_later(app, load):
    load()

    answer = app.test_cli_runner().invoke(args=["demo", "accounts", "--json"])

    told = json.loads(answer.stdout)
    assert [account["role"] for account in told] == [str(role) for role in Role]


def test_without_demo_data_no_account_is_told(app):
    answer = app.test_cli_runner().invoke(args=["demo", "accounts"])

    assert answer.exit_code == 1
    assert "tidak berisi data contoh" in answer.output
