"""Reminders and the board: the same certificates in lists, in a mentor's day and on the desk."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.market.models import Certificate
from app.market.queries.certificate_board import Wanted, board, board_lines, line_count
from app.market.queries.due import certificate_lines
from app.market.services.certificates import Given, note_held, open_track
from app.market.services.dated_rules import set_rule

TODAY = local_today()


def days(count):
    return TODAY + timedelta(days=count)


@pytest.fixture
def by(factories):
    return factories.account().id


@pytest.fixture
def held(factories, by):
    """Notes a laik higiene that ends so many days ahead."""

    def note(ends_in, *, enterprise=None, track="laik_higiene", **said):
        enterprise_id = (enterprise or factories.enterprise(sector="B")).id
        given = {"issued_on": days(ends_in - 365), "expires_on": days(ends_in), **said}
        with transaction():
            return note_held(
                step_id=uuid4(),
                enterprise_id=enterprise_id,
                track_code=track,
                state="terbit",
                on=days(min(ends_in, 0) - 10),
                given=Given(**given),
                confirmed=("validity_differs", "halal_length"),
                by=by,
                scope=everywhere(by),
            ).id

    return note


@pytest.fixture
def begun(factories, by):
    """Begins a way so many days ago."""

    def begin(ago, *, enterprise=None, track="laik_higiene"):
        enterprise_id = (enterprise or factories.enterprise(sector="B")).id
        with transaction():
            return open_track(
                step_id=uuid4(), enterprise_id=enterprise_id, track_code=track,
                on=days(-ago), by=by, scope=everywhere(by),
            ).id  # fmt: skip

    return begin


def told(by, **asked):
    db.session.expire_all()
    lines = certificate_lines(everywhere(by), on=TODAY, **asked)
    return [(line.kind, line.days) for line in lines]


def test_what_is_stuck_comes_first_then_what_is_over_and_what_ends(held, begun, by):
    for ends_in in (-5, 0, 7, 90, 180, 181):
        held(ends_in)
    for ago in (14, 15, 100):
        begun(ago)

    lines = certificate_lines(everywhere(by), on=TODAY)

    assert [(line.kind, line.days) for line in lines] == [
        ("macet", 86), ("macet", 1), ("habis", 5),
        ("segera_habis", 0), ("segera_habis", 7), ("segera_habis", 90), ("segera_habis", 180),
    ]  # fmt: skip
    assert lines[0].words == "Macet 86 hari"
    assert lines[0].next_step
    seen = board(everywhere(by))
    assert seen.counts["macet"] == 2
    assert seen.counts == {
        stand: line_count(everywhere(by), Wanted(stand=stand)) for stand in seen.counts
    }
    assert sum(track.count for track in seen.tracks) == line_count(everywhere(by), Wanted())
    assert sum(one.stuck for one in seen.villages) == 2
    assert sum(one.expiring for one in seen.villages) == seen.counts["segera_habis"] == 4
    stuck, _ = board_lines(everywhere(by), Wanted(stand="macet"))
    assert [line.stuck_days for line in stuck] == [86, 1]


def test_reminders_stand_in_a_day_in_the_week_of_each_step(held, by):
    for ends_in in (180, 174, 173, 91, 90, 84, 83, 30, 7, 1):
        held(ends_in)

    shown = told(by, only_for_today=True)

    assert [left for _, left in shown] == [1, 7, 30, 84, 90, 174, 180]


def test_moving_the_reminder_days_or_the_surveillance_moves_the_lists_at_once(held, by):
    held(150)
    held(0, track="halal_sd", number="ID33110000123450925", issued_on=days(-1300), expires_on=None)
    before = [kind for kind, _ in told(by)]
    for code, value in (("pengingat_hari", "100, 10"), ("halal_surveilan_tahun", "3")):
        with transaction():
            set_rule(rule_id=uuid4(), code=code, value=value, valid_from=TODAY, source="uji", by=by)

    assert before == ["segera_habis", "pemeriksaan_ulang"]
    assert [kind for kind, _ in told(by)] == ["pemeriksaan_ulang"]


def test_who_withdrew_or_gave_up_is_not_hurried(held, begun, factories, by):
    withdrawn, closed = (factories.enterprise(sector="B") for _ in range(2))
    held(3, enterprise=withdrawn)
    begun(50, enterprise=closed)
    with transaction():
        row = db.session.get_one(Enterprise, withdrawn.id)
        db.session.get_one(Owner, row.owner_id).restricted_on = TODAY
        db.session.get_one(Enterprise, closed.id).life_cycle = "tutup"

    assert told(by) == []


def test_a_mentor_sees_it_today_with_a_message_ready_and_others_do_not(
    as_role, factories, held, begun
):
    mentor, other = as_role(Role.MENTOR), as_role(Role.MENTOR)
    enterprise = factories.enterprise(sector="B", name="Katering Sari")
    with transaction():
        db.session.get_one(Enterprise, enterprise.id).mentor_id = mentor.account_id
    key = held(5, enterprise=enterprise)

    page = mentor.get("/hari-ini").text

    assert f"/izin/{key}" in page
    assert "Habis 5 hari lagi" in page
    assert "https://wa.me/" in page
    assert "Laik%20higiene" in page
    assert "Katering Sari" not in other.get("/hari-ini").text
    assert mentor.get("/izin").status_code == 200


def test_the_office_finds_the_same_on_its_desk_board_and_lists(officer_client, as_role, begun):
    key = begun(60)
    state = db.session.get_one(Certificate, key).state
    elsewhere = as_role(Role.LABOUR_OFFICER, area="31.71")

    desk = officer_client.get("/daftar-kerja").text
    home = officer_client.get("/izin").text
    listed = officer_client.get(f"/izin/daftar?jalur=laik_higiene&langkah={state}").text
    stuck = officer_client.get("/izin/daftar?keadaan=macet&wilayah=33.02").text

    assert "Izin yang macet" in desk
    assert "Laik higiene: 1" in home
    assert f"/izin/{key}" in listed
    assert f"/izin/{key}" in stuck
    assert "macet 46" in stuck
    assert f"/izin/{key}" not in elsewhere.get("/izin/daftar").text
    assert "Belum ada izin" in elsewhere.get("/izin").text
    assert (
        officer_client.get("/izin/daftar?keadaan=x&jalur=y&langkah=z&wilayah='").status_code == 200
    )
