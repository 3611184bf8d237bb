"""What the office of a demo world did: tools, aid, trainings; and people who can have been so."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from app.aid.models import AidCase, AidStep, GateFinding, Tool, ToolCheck, ToolHolding
from app.aid.rules.steps import HELD, VERIFIED
from app.aid.rules.use import Use, idle_since
from app.core.clock import local_date
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.health.models import HealthAssessment, Objection
from app.interventions.models import Intervention, Referral
from app.interventions.rules import ACTIVE_STATES
from app.interventions.rules.referrals import OPEN_REFERRALS
from app.market.models import Receivable, SalesChannel
from app.market.queries.ledger import accounts_of
from app.programme.models import TypedFigure
from app.programme.rules import ITEMS
from app.rights.models import PersonRequest
from app.trainings.models import MentorTraining, TrainingAttendance, TrainingSession
from tests.integration.demo.conftest import LAST_ON

YEAR = 365.25


def test_nobody_left_as_a_child_and_no_enterprise_is_older_than_its_founder_grown_up(load):
    load(enterprises=400)

    for owner in db.session.scalars(sa.select(Owner).where(Owner.years_abroad.is_not(None))):
        back_on = owner.returned_on or owner.consented_on
        assert (back_on - owner.born_on).days / YEAR - owner.years_abroad >= 18
    founders = sa.select(Enterprise.started_on, Owner.born_on).join(
        Owner, Owner.id == Enterprise.owner_id
    )
    for started_on, born_on in db.session.execute(founders):
        assert (started_on - born_on).days / YEAR >= 17


def test_the_office_of_a_demo_has_aid_tools_and_trainings(load):
    load(enterprises=400)

    states = set(db.session.scalars(sa.select(AidCase.state)))
    assert len(states) >= 6
    tools = db.session.scalars(sa.select(Tool)).all()
    assert {tool.holder_id is None for tool in tools} == {True, False}
    long_idle = LAST_ON - timedelta(days=60)
    assert any(tool.idle_since_on and tool.idle_since_on < long_idle for tool in tools)
    assert {30, 90, 180} <= set(db.session.scalars(sa.select(ToolCheck.check_day)))
    assert set(db.session.scalars(sa.select(TrainingSession.kind))) == {
        "pelatihan",
        "pertemuan",
        "bimtek",
    }
    assert set(db.session.scalars(sa.select(TrainingAttendance.practice_state))) == {
        "belum_dilihat",
        "diterapkan",
        "tidak_diterapkan",
    }
    assert set(db.session.scalars(sa.select(MentorTraining.competence))) == {"lulus", "ikut"}


def test_a_tool_says_of_its_use_what_its_checks_say(load):
    load(enterprises=400)

    for tool in db.session.scalars(sa.select(Tool).where(Tool.holder_id.is_not(None))):
        checks = db.session.scalars(
            sa.select(ToolCheck).where(ToolCheck.tool_id == tool.id).order_by(ToolCheck.checked_on)
        ).all()
        uses = [Use(checked_on=one.checked_on, days_used=one.days_used) for one in checks]
        assert tool.idle_since_on == idle_since(uses, held_from=tool.held_from)
        assert tool.days_used == (checks[-1].days_used if checks else None)
        assert all(tool.held_from < one.checked_on <= LAST_ON for one in checks)
        holdings = db.session.scalars(
            sa.select(ToolHolding).where(ToolHolding.tool_id == tool.id)
        ).all()
        assert [one.enterprise_id for one in holdings] == [tool.holder_id]


def test_every_aid_went_the_way_that_the_rules_allow(load):
    load(enterprises=400)

    for case in db.session.scalars(sa.select(AidCase)):
        steps = db.session.scalars(
            sa.select(AidStep)
            .where(AidStep.case_id == case.id)
            .order_by(AidStep.happened_on, AidStep.acted_at)
        ).all()
        therapy = db.session.get_one(Intervention, case.intervention_id)
        gates = db.session.scalar(sa.select(sa.func.count()).where(GateFinding.case_id == case.id))
        assert steps[-1].happened_on == case.last_step_on <= LAST_ON
        assert case.approved_by != case.requested_by
        assert (therapy.state == "berjalan") == (case.state in HELD)
        assert (therapy.state == "usulan") == (
            case.state in ("usul", "analisis_kebutuhan", VERIFIED)
        )
        assert gates == (7 if any(step.step == "assess" for step in steps) else 0)


def test_owners_and_other_offices_write_to_the_office_and_are_answered(load):
    load(enterprises=400)

    referrals = db.session.scalars(sa.select(Referral)).all()
    assert {"menunggu", "diterima", "ditolak", "selesai"} <= {one.state for one in referrals}
    for one in referrals:
        therapy = db.session.get_one(Intervention, one.intervention_id)
        assert therapy.enterprise_id == one.enterprise_id
        assert one.owner_agreed_on <= local_date(one.sent_at)
        assert (therapy.state in ACTIVE_STATES) or one.state not in OPEN_REFERRALS
        # No invented link may be opened by who reads this code.
        assert one.token_sha256 is None
    objections = db.session.scalars(sa.select(Objection)).all()
    assert {one.outcome is None for one in objections} == {True, False}
    for one in objections:
        disputed = db.session.get_one(HealthAssessment, one.assessment_id)
        assert disputed.assessed_on <= one.received_on <= LAST_ON
        assert disputed.assessed_by != one.answered_by
    requests = db.session.scalars(sa.select(PersonRequest)).all()
    assert {"menunggu", "dipenuhi"} <= {one.state for one in requests}
    assert all(one.answered_at is None or one.answered_at > one.received_at for one in requests)


def test_an_office_typed_figures_with_their_source_and_corrected_one(load):
    load()

    figures = db.session.scalars(sa.select(TypedFigure)).all()
    assert all(ITEMS[one.item].asks_office and one.source for one in figures)
    assert all(one.counted_on <= LAST_ON for one in figures)
    (right,) = [one for one in figures if one.corrects_id]
    wrong = next(one for one in figures if one.id == right.corrects_id)
    assert (right.area_code, right.item) == (wrong.area_code, wrong.item)
    assert right.typed_at > wrong.typed_at


def test_what_channels_owe_in_a_demo_is_what_their_ledgers_say(load):
    load(enterprises=400)

    channels = db.session.scalars(sa.select(SalesChannel)).all()
    accounts = accounts_of([one.id for one in channels], on=LAST_ON)
    carried = {one.delivery_id: one for one in db.session.scalars(sa.select(Receivable))}
    owed = {part.delivery_id: part.amount for account in accounts.values() for part in account.open}

    assert len(channels) > 10
    assert {one.id: one.tied_up for one in channels} == {
        key: account.tied_up for key, account in accounts.items()
    }
    assert {key: one.amount for key, one in carried.items()} == owed
    # Some pay late, most don't.
    late = [one for one in carried.values() if one.due_on < LAST_ON]
    assert 0 < len(late) < len(channels)
