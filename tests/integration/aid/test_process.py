"""The gated process: each step in its order, by the right person, with its papers, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import func, select

from app.aid import services
from app.aid.models import AidCase, AidStep, Handover, Tool, ToolHolding
from app.aid.rules.gates import GateAnswer
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, PulihError, WrongState
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import KnownAnswer
from app.history.models import HistoryEntry
from app.interventions.models import Intervention
from tests.factories.aid import GATES_MET, aid_paper, aid_report


def case_row(row):
    return db.session.get_one(AidCase, row.id)


def therapy(row):
    return db.session.get_one(Intervention, case_row(row).intervention_id)


def test_a_request_stands_in_the_plan_as_a_proposal(factories, enterprise, mentor):
    row = factories.aid_request(enterprise, mentor)

    assert row.state == "usul"
    assert (therapy(row).therapy_code, therapy(row).state) == ("T18", "usulan")
    assert therapy(row).cost == 2_500_000


def test_an_enterprise_has_one_open_request(factories, enterprise, mentor):
    factories.aid_request(enterprise, mentor)

    with pytest.raises(Conflict):
        factories.aid_request(enterprise, mentor)


def test_a_proposal_of_the_plan_becomes_a_request(factories, enterprise, mentor):
    proposed = factories.intervention(enterprise=enterprise, therapy_code="T18").id

    row = factories.aid_request(enterprise, mentor)

    assert row.intervention_id == proposed


def test_an_unmet_gate_keeps_the_aid_where_it_is(factories, enterprise, mentor, officer):
    row = factories.aid_request(enterprise, mentor)
    answers = {**GATES_MET, "biaya": GateAnswer(is_met=False, reason="Servis jauh", evidence="")}

    with transaction():
        services.assess_need(
            case_id=row.id, version=1, answers=answers, scope=everywhere(), by=mentor.id
        )

    assert case_row(row).state == "usul"
    with pytest.raises(WrongState), transaction():
        services.verify(case_id=row.id, report=aid_report(2), scope=everywhere(), by=officer.id)


def test_gates_are_assessed_again_until_the_field_check(factories, enterprise, mentor, officer):
    row = factories.aid_case(
        enterprise, asked_by=mentor, decided_by=officer, state="analisis_kebutuhan"
    )
    answers = {**GATES_MET, "tempat": GateAnswer(is_met=False, reason="450 VA", evidence="")}

    with transaction():
        services.assess_need(
            case_id=row.id,
            version=row.version,
            answers=answers,
            scope=everywhere(),
            by=mentor.id,
        )

    assert case_row(row).state == "usul"


def test_who_asked_does_not_approve(factories, enterprise, officer):
    row = factories.aid_case(
        enterprise, asked_by=officer, decided_by=officer, state="verifikasi_lapangan"
    )

    with pytest.raises(NotAllowed), transaction():
        services.approve(
            case_id=row.id,
            report=aid_report(row.version),
            due_on=local_today(),
            scope=everywhere(),
            by=officer.id,
        )

    assert case_row(row).state == "verifikasi_lapangan"
    assert therapy(row).state == "usulan"


def test_a_sick_enterprise_gets_no_equipment(factories, mentor, officer):
    sick = factories.enterprise(mentor=mentor)
    factories.assessment(enterprise=sick, health_class="sakit")
    row = factories.aid_case(sick, asked_by=mentor, decided_by=officer, state="verifikasi_lapangan")

    with pytest.raises(WrongState) as caught, transaction():
        services.approve(
            case_id=row.id,
            report=aid_report(row.version),
            due_on=local_today(),
            scope=everywhere(),
            by=officer.id,
        )

    assert "sakit" in caught.value.message


def test_an_approval_approves_the_therapy(factories, enterprise, mentor, officer):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")

    assert (therapy(row).state, therapy(row).decided_by) == ("disetujui", officer.id)
    assert therapy(row).gates_confirmed == ["analisis_kebutuhan"]
    assert db.session.get_one(Enterprise, enterprise.id).has_plan


def test_a_refusal_refuses_the_proposal(factories, enterprise, mentor, officer):
    row = factories.aid_request(enterprise, mentor)

    with transaction():
        services.refuse(
            case_id=row.id,
            report=aid_report(1, note="Sudah ada alat bersama"),
            scope=everywhere(),
            by=officer.id,
        )

    assert case_row(row).state == "ditolak"
    assert (therapy(row).state, therapy(row).decision_reason) == (
        "ditolak",
        "Sudah ada alat bersama",
    )


def test_a_cancelled_aid_makes_room_for_another_request(factories, enterprise, mentor, officer):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")

    with transaction():
        services.cancel(
            case_id=row.id,
            report=aid_report(row.version, note="Dana dipotong"),
            scope=everywhere(),
            by=officer.id,
        )

    assert (case_row(row).state, therapy(row).state) == ("batal", "batal")
    assert factories.aid_request(enterprise, mentor).state == "usul"


def test_a_handover_makes_paper_register_and_plan_agree(factories, enterprise, mentor, officer):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="diserahkan")

    tool = factories.tool_of(enterprise)
    paper = db.session.scalars(select(Handover)).one()
    holding = db.session.scalars(select(ToolHolding)).one()
    assert paper.document == f"BAST/001/33.02/{local_today().year}"
    assert (tool.value, tool.funding_source, tool.serial_number) == (
        2_400_000,
        "dana_desa",
        "SN-001",
    )
    assert (tool.area_code, tool.photo_id) == (enterprise.village_code, paper.photo_id)
    assert (holding.enterprise_id, holding.case_id, holding.until_on) == (
        enterprise.id,
        row.id,
        None,
    )
    assert therapy(row).state == "berjalan"
    assert db.session.get_one(Enterprise, enterprise.id).has_equipment


@pytest.mark.parametrize("missing", ["giver_name", "receiver_name", "photo"])
def test_a_paper_without_party_or_photo_is_none(factories, enterprise, mentor, officer, missing):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")

    with pytest.raises(InvalidInput) as caught, transaction():
        services.hand_over(
            case_id=row.id,
            version=row.version,
            tools=[services.HandedTool(name="Alat", serial_number="", value=1)],
            funded_year=2026,
            paper=aid_paper(**{missing: None if missing == "photo" else ""}),
            scope=everywhere(),
            by=officer.id,
        )

    assert caught.value.field == missing
    assert case_row(row).state == "disetujui"
    assert db.session.scalar(select(func.count()).select_from(Tool)) == 0


def test_papers_are_numbered_by_regency_and_year(factories, mentor, officer):
    for _ in range(2):
        row = factories.enterprise(mentor=mentor)
        factories.assessment(enterprise=row, health_class="sehat")
        factories.aid_case(row, asked_by=mentor, decided_by=officer, state="diserahkan")
    other = factories.enterprise(village_code="35.07.10.2003")
    factories.assessment(enterprise=other, health_class="sehat")
    factories.aid_case(other, asked_by=mentor, decided_by=officer, state="diserahkan")

    numbers = db.session.execute(
        select(Handover.area_code, Handover.number).order_by(Handover.area_code, Handover.number)
    ).all()

    assert [tuple(one) for one in numbers] == [("33.02", 1), ("33.02", 2), ("35.07", 1)]


def test_every_step_says_who_when_and_why(factories, enterprise, mentor, officer):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)

    steps = db.session.scalars(
        select(AidStep).where(AidStep.case_id == row.id).order_by(AidStep.acted_at, AidStep.id)
    ).all()
    history = db.session.scalars(
        select(HistoryEntry.action)
        .where(HistoryEntry.subject_type == "aid")
        .order_by(HistoryEntry.n)
    ).all()

    names = ["request", "assess", "verify", "approve", "hand_over", "install", "use"]
    assert [step.step for step in steps] == names
    assert [step.acted_by for step in steps] == [
        mentor.id,
        mentor.id,
        officer.id,
        officer.id,
        officer.id,
        mentor.id,
        mentor.id,
    ]
    assert steps[4].document.startswith("BAST/")
    assert history == [f"aid.{name}" for name in names]


def test_a_step_out_of_order_changes_nothing(factories, enterprise, mentor, officer):
    row = factories.aid_request(enterprise, mentor)

    with pytest.raises(WrongState), transaction():
        services.use(case_id=row.id, report=aid_report(1), scope=everywhere(), by=mentor.id)

    assert case_row(row).version == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_a_step_lies_neither_before_the_last_nor_in_the_future(
    factories, enterprise, mentor, officer, days
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="diserahkan")
    report = aid_report(row.version, happened_on=local_today() + timedelta(days=days))

    with pytest.raises(InvalidInput), transaction():
        services.install(
            case_id=row.id, report=report, operator="pemilik", scope=everywhere(), by=mentor.id
        )


def test_an_aid_outside_ones_reach_is_unknown(factories, enterprise, mentor, officer):
    row = factories.aid_request(enterprise, mentor)

    with pytest.raises(NotFound), transaction():
        services.verify(
            case_id=row.id,
            report=aid_report(1),
            scope=Scope(account_id=officer.id, areas=("35.07",)),
            by=officer.id,
        )


def test_two_officers_who_approve_at_once_approve_once(app, factories, enterprise, mentor):
    officers = [factories.account(role="petugas_disnaker") for _ in range(2)]
    row = factories.aid_case(
        enterprise, asked_by=mentor, decided_by=officers[0], state="verifikasi_lapangan"
    )
    key, version, ids = row.id, row.version, [one.id for one in officers]
    db.session.rollback()
    start = Barrier(2)

    def approve(by):
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    services.approve(
                        case_id=key,
                        report=aid_report(version),
                        due_on=local_today(),
                        scope=everywhere(),
                        by=by,
                    )
            except PulihError as refusal:
                return refusal.code
            return "approved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(approve, ids))

    assert outcomes == ["aid_changed", "approved"]
    assert (
        db.session.scalar(
            select(func.count()).select_from(AidStep).where(AidStep.step == "approve")
        )
        == 1
    )


def test_the_whole_way_ends_with_what_day_90_showed(factories, enterprise, mentor, officer):
    with time_machine.travel(date(2026, 1, 5), tick=True):
        row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
        tool = factories.tool_of(enterprise)
    for day, used, state in (
        (30, 6, "evaluasi_30"),
        (90, 12, "evaluasi_90"),
        (180, 2, "evaluasi_180"),
    ):
        with time_machine.travel(date(2026, 1, 5) + timedelta(days=day), tick=True):
            factories.tool_check(tool, mentor, days_used=used)
            assert case_row(row).state == state

    with time_machine.travel(date(2026, 7, 10), tick=True), transaction():
        services.finish(
            case_id=row.id,
            report=aid_report(case_row(row).version),
            scope=everywhere(),
            by=officer.id,
        )

    assert case_row(row).state == "selesai"
    assert (therapy(row).state, therapy(row).result) == ("selesai", "berhasil")
    assert therapy(row).spent == 2_400_000


def test_a_check_answers_the_question_about_use(factories, enterprise, mentor, officer):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)

    factories.tool_check(factories.tool_of(enterprise), mentor, days_used=10)

    known = db.session.get_one(KnownAnswer, (enterprise.id, "PRD5"))
    assert (known.points, known.known_on) == (3, local_today())
    assert "10 hari" in known.source


def test_the_least_used_tool_answers_for_all(factories, enterprise, mentor, officer):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    good = factories.tool_of(enterprise)
    idle = factories.old_tool(enterprise, officer)

    factories.tool_check(good, mentor, days_used=20)
    factories.tool_check(idle, mentor, days_used=2)

    assert db.session.get_one(KnownAnswer, (enterprise.id, "PRD5")).points == 1


def test_day_30_asks_for_photo_and_operator(factories, enterprise, mentor, officer):
    with time_machine.travel(date(2026, 1, 5), tick=True):
        factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
        tool = factories.tool_of(enterprise)

    with time_machine.travel(date(2026, 2, 4), tick=True), pytest.raises(InvalidInput) as caught:
        factories.tool_check(tool, mentor, days_used=5, photo=None, operator="")

    assert caught.value.field == "operator"
    assert [one.field for one in caught.value.values["also"]] == ["photo"]


def test_a_tool_is_checked_once_a_day(factories, enterprise, mentor, officer):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    tool = factories.tool_of(enterprise)
    factories.tool_check(tool, mentor, days_used=5)

    with pytest.raises(Conflict):
        factories.tool_check(tool, mentor, days_used=6)
