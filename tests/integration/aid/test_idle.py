"""Tools that stand idle: found once, told once, moved on to where they are needed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.aid import jobs, queries, services
from app.aid.models import AidCase, Handover, Tool, ToolHolding
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.health.models import KnownAnswer
from app.interventions.models import Intervention
from app.jobs import enqueue, run_pending
from tests.factories.aid import aid_paper

START = date(2026, 1, 5)


def idle_therapies(enterprise):
    return db.session.scalars(
        select(Intervention)
        .where(Intervention.enterprise_id == enterprise.id, Intervention.therapy_code == "T19")
        .order_by(Intervention.proposed_at, Intervention.id)
    ).all()


def at(days):
    return time_machine.travel(START + timedelta(days=days), tick=True)


@pytest.fixture
def tool(factories, enterprise, mentor, officer):
    with at(0):
        factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
        return factories.tool_of(enterprise)


def test_sixty_days_are_not_yet_idle(factories, enterprise, mentor, tool):
    with at(60):
        factories.tool_check(tool, mentor, days_used=0)

    assert idle_therapies(enterprise) == []


def test_a_check_after_more_than_sixty_days_opens_the_therapy(factories, enterprise, mentor, tool):
    with at(61):
        factories.tool_check(tool, mentor, days_used=0)

    opened = idle_therapies(enterprise)
    assert [(one.state, one.proposed_by) for one in opened] == [("usulan", None)]
    assert opened[0].indicators == ["PRD5"]
    assert opened[0].responsible_id == mentor.id


def test_it_is_opened_once_however_often_it_is_seen(factories, enterprise, mentor, officer, tool):
    with at(61):
        factories.tool_check(tool, mentor, days_used=0)
    with at(75):
        factories.tool_check(tool, mentor, days_used=1)
        enqueue_and_run()
        enqueue_and_run()

    assert len(idle_therapies(enterprise)) == 1


def test_a_refused_therapy_does_not_come_back_for_the_same_stretch(
    factories, enterprise, mentor, officer, tool
):
    with at(61):
        factories.tool_check(tool, mentor, days_used=0)
    with transaction():
        row = idle_therapies(enterprise)[0]
        row.state, row.decision_reason = "ditolak", "Musim hujan"
    with at(80):
        enqueue_and_run()

    assert len(idle_therapies(enterprise)) == 1


def test_a_new_idle_stretch_is_told_again(factories, enterprise, mentor, tool):
    with at(61):
        factories.tool_check(tool, mentor, days_used=0)
    with transaction():
        row = idle_therapies(enterprise)[0]
        row.state, row.result, row.closed_on = "selesai", "berhasil", START + timedelta(days=90)
    with at(100):
        factories.tool_check(tool, mentor, days_used=15)
        assert db.session.get_one(Tool, tool.id).idle_since_on is None
    with at(165):
        factories.tool_check(tool, mentor, days_used=0)

    assert len(idle_therapies(enterprise)) == 2


def test_the_daily_job_finds_what_nobody_went_to_see_again(factories, enterprise, mentor, tool):
    with at(30):
        factories.tool_check(tool, mentor, days_used=0)
        enqueue_and_run()
        assert idle_therapies(enterprise) == []
    with at(61):
        enqueue_and_run()

    assert len(idle_therapies(enterprise)) == 1


def test_without_any_check_nobody_is_accused(factories, enterprise, tool):
    with at(200):
        enqueue_and_run()

    assert idle_therapies(enterprise) == []


def test_a_tool_in_use_is_left_alone(factories, enterprise, mentor, tool):
    with at(61):
        factories.tool_check(tool, mentor, days_used=4)
        enqueue_and_run()

    assert idle_therapies(enterprise) == []
    assert queries.idle_count(everywhere()) == 0


def test_the_number_of_idle_tools_is_its_list(factories, enterprise, mentor, officer, tool):
    with at(61):
        factories.tool_check(tool, mentor, days_used=0)
        for scope, count in (
            (Scope(account_id=officer.id, areas=("33.02",)), 1),
            (Scope(account_id=mentor.id, mentor_account_id=mentor.id), 1),
            (Scope(account_id=officer.id, areas=("35.07",)), 0),
        ):
            listed = queries.tools(scope, queries.ToolFilter(use="menganggur"), cursor=None).rows
            assert queries.idle_count(scope) == len(listed) == count


def enqueue_and_run():
    with transaction():
        enqueue(jobs.IDLE, key=f"idle:{local_today()}", payload={}, by=None)
    run_pending()


def target_case(factories, mentor, officer, state="disetujui"):
    target = factories.enterprise(mentor=mentor, name="Kue Bu Tuti")
    factories.assessment(enterprise=target, health_class="kurang_sehat")
    return target, factories.aid_case(target, asked_by=mentor, decided_by=officer, state=state)


def move(tool, case, officer, **values):
    known = {
        "version": db.session.get_one(Tool, tool.id).version,
        "case_version": db.session.get_one(AidCase, case.id).version,
        "reason": "Menganggur sejak diserahkan",
    }
    tool_id, case_id, by = tool.id, case.id, officer.id
    with transaction():
        services.move_to_case(
            tool_id=tool_id,
            case_id=case_id,
            paper=aid_paper(),
            scope=everywhere(),
            by=by,
            **{**known, **values},
        )


def test_an_idle_tool_moves_to_an_approved_request(factories, enterprise, mentor, officer, tool):
    with at(61):
        factories.tool_check(tool, mentor, days_used=0)
        target, case = target_case(factories, mentor, officer)
        move(tool, case, officer)

    moved = db.session.get_one(Tool, tool.id)
    left = db.session.scalars(select(AidCase).where(AidCase.enterprise_id == enterprise.id)).one()
    holdings = db.session.execute(
        select(ToolHolding.enterprise_id, ToolHolding.until_on.is_(None)).order_by(
            ToolHolding.from_on, ToolHolding.id
        )
    ).all()
    assert moved.holder_id == target.id
    assert (moved.idle_since_on, moved.days_used) == (None, None)
    assert (left.state, db.session.get_one(AidCase, case.id).state) == ("realokasi", "diserahkan")
    assert [tuple(one) for one in holdings] == [(enterprise.id, False), (target.id, True)]
    assert [one.state for one in idle_therapies(enterprise)] == ["batal"]
    assert db.session.get(KnownAnswer, (enterprise.id, "PRD5")) is None
    assert db.session.scalar(select(func.count()).select_from(Tool)) == 1


def test_a_tool_moves_to_nobody_whose_need_was_not_approved(
    factories, enterprise, mentor, officer, tool
):
    with at(61):
        _, case = target_case(factories, mentor, officer, state="verifikasi_lapangan")
        with pytest.raises(WrongState):
            move(tool, case, officer)

    assert db.session.get_one(Tool, tool.id).holder_id == enterprise.id


def test_a_move_says_why(factories, mentor, officer, tool):
    with at(61):
        _, case = target_case(factories, mentor, officer)
        with pytest.raises(InvalidInput):
            move(tool, case, officer, reason="")


def test_a_tool_seen_on_an_old_page_is_not_moved(factories, mentor, officer, tool):
    with at(61):
        _, case = target_case(factories, mentor, officer)
        with pytest.raises(Conflict):
            move(tool, case, officer, version=99)


def test_a_tool_goes_back_into_the_store(factories, enterprise, mentor, officer, tool):
    with at(61), transaction():
        services.return_to_store(
            tool_id=tool.id,
            version=tool.version,
            reason="Usaha pindah",
            paper=aid_paper(place="Gudang Disnaker"),
            scope=everywhere(),
            by=officer.id,
        )

    stored = db.session.get_one(Tool, tool.id)
    assert (stored.holder_id, stored.area_code, stored.place) == (None, "33.02", "Gudang Disnaker")
    kinds = db.session.scalars(select(Handover.kind).order_by(Handover.number)).all()
    assert kinds == ["penyerahan", "pengembalian"]
    with pytest.raises(WrongState):
        factories.tool_check(tool, mentor, days_used=3)


def test_an_aid_goes_on_while_another_of_its_tools_is_held(
    factories, enterprise, mentor, officer, tool
):
    factories.old_tool(enterprise, officer)
    with at(61), transaction():
        services.return_to_store(
            tool_id=tool.id,
            version=tool.version,
            reason="Terlalu besar",
            paper=aid_paper(),
            scope=everywhere(),
            by=officer.id,
        )

    left = db.session.scalars(select(AidCase)).one()
    assert left.state == "dipakai"
