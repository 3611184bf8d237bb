from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.history.models import HistoryEntry
from app.interventions import queries, services
from app.interventions.models import Intervention

TODAY = local_today()


@pytest.fixture
def officer(factories):
    return factories.account(role="petugas_disnaker", area="33.02")


@pytest.fixture
def scope(officer):
    return Scope(account_id=officer.id, areas=("33.02",))


@pytest.fixture
def enterprise(factories):
    return factories.enterprise()


def details(officer, **values):
    return services.Details(
        **{"responsible_id": officer.id, "due_on": TODAY + timedelta(days=30), **values}
    )


def propose(enterprise, scope, by=None):
    with transaction():
        return [
            (row.id, row.therapy_code)
            for row in services.propose_from_assessment(
                enterprise_id=enterprise.id, scope=scope, by=by
            )
        ]


def approve(intervention_id, officer, scope, version=1, **values):
    checked = values.pop("gates_checked", False)
    own_process = values.pop("by_own_process", False)
    with transaction():
        services.approve(
            intervention_id=intervention_id,
            version=version,
            details=details(officer, **values),
            gates_checked=checked,
            by_own_process=own_process,
            scope=scope,
            by=officer.id,
        )


def close(intervention_id, officer, scope, *, version, result="berhasil", closed_on=TODAY):
    with transaction():
        services.close(
            intervention_id=intervention_id,
            version=version,
            result=result,
            result_note="Buku sudah penuh",
            closed_on=closed_on,
            scope=scope,
            by=officer.id,
        )


def row_of(intervention_id):
    return db.session.get(Intervention, intervention_id)


def has_plan(enterprise):
    return db.session.scalar(select(Enterprise.has_plan).where(Enterprise.id == enterprise.id))


def actions():
    return list(db.session.scalars(select(HistoryEntry.action).order_by(HistoryEntry.n)))


def test_sick_enterprise_gets_two_proposals_with_what_asked_for_them(factories, enterprise, scope):
    factories.assessment(
        enterprise=enterprise,
        found=factories.findings(1, MNJ1=0, facts={"arrears_days": 135}),
    )
    made = propose(enterprise, scope)

    assert [code for _, code in made] == ["T25", "T20"]
    restructuring = row_of(made[1][0])
    assert restructuring.state == "usulan"
    assert restructuring.knockouts == ["KO-3"]
    assert restructuring.indicators == ["MDL1", "MDL2"]
    assert restructuring.proposed_by is None
    assert actions()[-2:] == ["intervention.proposed"] * 2


def test_proposing_twice_adds_nothing_that_is_there(factories, enterprise, scope):
    factories.assessment(enterprise=enterprise, found=factories.findings(4, MNJ1=0))

    first = propose(enterprise, scope)
    second = propose(enterprise, scope)

    assert [code for _, code in first] == ["T01"]
    assert second == []


def test_without_an_assessment_nothing_is_proposed(enterprise, scope):
    assert propose(enterprise, scope) == []


def test_approved_therapy_is_a_plan_and_a_refused_one_is_not(factories, enterprise, officer, scope):
    factories.assessment(enterprise=enterprise, found=factories.findings(4, MNJ1=0, LGL1=0))
    made = {code: key for key, code in propose(enterprise, scope)}

    with transaction():
        services.refuse(
            intervention_id=made["T13"],
            version=1,
            reason="NIB sudah diurus sendiri",
            scope=scope,
            by=officer.id,
        )
    refused_only = has_plan(enterprise)
    approve(made["T01"], officer, scope)

    assert (refused_only, has_plan(enterprise)) == (False, True)
    assert row_of(made["T13"]).decision_reason == "NIB sudah diurus sendiri"
    assert actions()[-2:] == ["intervention.refused", "intervention.approved"]


def test_refused_therapy_comes_back_only_with_a_new_assessment(
    factories, enterprise, officer, scope
):
    yesterday = TODAY - timedelta(days=1)
    found = factories.findings(4, MNJ1=0)
    factories.assessment(enterprise=enterprise, found=found, assessed_on=yesterday)
    with transaction():
        services.refuse_need(
            enterprise_id=enterprise.id,
            therapy_code="T01",
            reason="Sudah ikut pelatihan buku kas",
            scope=scope,
            by=officer.id,
        )

    before = queries.plan(scope, enterprise.id)
    factories.assessment(enterprise=enterprise, found=found)
    after = queries.plan(scope, enterprise.id)

    assert [need.code for need in before.now] == []
    assert [need.code for need in after.now] == ["T01"]
    assert before.ended[0].decision_reason == "Sudah ikut pelatihan buku kas"


def test_limit_of_a_sick_enterprise_is_two(factories, enterprise, officer, scope):
    factories.assessment(enterprise=enterprise, health_class="sakit")
    for code in ("T25", "T01"):
        factories.intervention(enterprise=enterprise, therapy_code=code, state="berjalan")
    third = factories.intervention(enterprise=enterprise, therapy_code="T13")
    third_id = third.id

    with pytest.raises(Conflict) as caught:
        approve(third_id, officer, scope)

    assert caught.value.code == "interventions_full"
    assert row_of(third_id).state == "usulan"


def test_limit_of_others_is_three_and_closing_makes_room(factories, enterprise, officer, scope):
    factories.assessment(enterprise=enterprise, health_class="kurang_sehat")
    running = [
        factories.intervention(enterprise=enterprise, therapy_code=code, state="disetujui").id
        for code in ("T01", "T04", "T05")
    ]
    fourth = factories.intervention(enterprise=enterprise, therapy_code="T13").id
    with pytest.raises(Conflict):
        approve(fourth, officer, scope)

    close(running[0], officer, scope, version=1)
    approve(fourth, officer, scope)

    assert row_of(fourth).state == "disetujui"
    assert queries.plan(scope, enterprise.id).room == 0


def test_gate_of_the_diagnosis_stands_against_an_officer(factories, enterprise, officer, scope):
    factories.assessment(enterprise=enterprise, health_class="sakit")
    loan = factories.intervention(enterprise=enterprise, therapy_code="T22").id

    with pytest.raises(WrongState) as caught:
        approve(loan, officer, scope, gates_checked=True)

    assert "sakit" in caught.value.message


def test_equipment_is_not_approved_past_its_own_process(factories, enterprise, officer, scope):
    factories.assessment(enterprise=enterprise, health_class="kurang_sehat")
    tool = factories.intervention(enterprise=enterprise, therapy_code="T18").id

    with pytest.raises(WrongState) as caught:
        approve(tool, officer, scope, gates_checked=True)

    assert caught.value.code == "own_process"
    assert row_of(tool).state == "usulan"


def test_gate_that_people_judge_is_confirmed_and_kept(factories, enterprise, officer, scope):
    factories.assessment(enterprise=enterprise, health_class="kurang_sehat")
    tool = factories.intervention(enterprise=enterprise, therapy_code="T18").id
    money = {"cost": 2_500_000, "funding_source": "dana_desa", "by_own_process": True}

    with pytest.raises(InvalidInput):
        approve(tool, officer, scope, **money)
    approve(tool, officer, scope, gates_checked=True, **money)

    row = row_of(tool)
    assert row.gates_confirmed == ["analisis_kebutuhan"]
    assert (row.cost, row.funding_source) == (2_500_000, "dana_desa")


def test_same_therapy_is_not_twice_in_one_plan(factories, enterprise, officer, scope):
    factories.intervention(enterprise=enterprise, therapy_code="T01")

    with pytest.raises(Conflict) as caught, transaction():
        services.add(
            enterprise_id=enterprise.id,
            therapy_code="T01",
            details=details(officer),
            scope=scope,
            by=officer.id,
        )

    assert caught.value.code == "therapy_open"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"responsible_id": None}, "responsible_name"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2020, 1, 1)}, "due_on"),
        ({"cost": 100_000}, "funding_source"),
        ({"funding_source": "csr"}, "cost"),
    ],
)
def test_approval_needs_who_when_and_whence(factories, enterprise, officer, scope, values, field):
    row = factories.intervention(enterprise=enterprise)

    with pytest.raises(InvalidInput) as caught:
        approve(row.id, officer, scope, **values)

    assert caught.value.field == field


def test_foreign_plan_is_as_unknown_as_one_that_does_not_exist(factories, officer, scope):
    foreign = factories.enterprise(village_code="35.07.10.2003")
    row = factories.intervention(enterprise=foreign)
    foreign_id, row_id = foreign.id, row.id

    for call in (
        lambda: queries.plan(scope, foreign_id),
        lambda: queries.plan(scope, uuid4()),
        lambda: queries.item(scope, row_id),
        lambda: queries.item(scope, uuid4()),
        lambda: approve(row_id, officer, scope),
        lambda: propose(foreign, scope),
    ):
        with pytest.raises(NotFound):
            call()
    assert queries.waiting(scope).total == 0


def test_lists_show_what_waits_is_due_and_has_no_plan(factories, scope):
    planned = factories.sick_enterprise(name="Berencana")
    factories.intervention(enterprise=planned, state="berjalan", due_on=TODAY - timedelta(days=1))
    asked = factories.sick_enterprise(name="Diusulkan")
    factories.intervention(enterprise=asked)
    factories.sick_enterprise(name="Tanpa rencana")
    factories.sick_enterprise(name="Tutup", life_cycle="tutup")
    factories.sick_enterprise(name="Jauh", village_code="35.07.10.2003")

    waiting, due = queries.waiting(scope), queries.due(scope)
    unplanned = queries.unplanned(scope)

    assert [line.enterprise_name for line in waiting.lines] == ["Diusulkan"]
    assert [(line.enterprise_name, line.is_late) for line in due.lines] == [("Berencana", True)]
    assert [line.enterprise_name for line in unplanned.lines] == ["Tanpa rencana"]


def test_two_officers_at_the_same_moment_do_not_pass_the_limit(
    app, factories, enterprise, officer, scope
):
    factories.assessment(enterprise=enterprise, health_class="sakit")
    factories.intervention(enterprise=enterprise, therapy_code="T25", state="berjalan")
    waiting = [
        factories.intervention(enterprise=enterprise, therapy_code=code).id
        for code in ("T01", "T04")
    ]
    said = details(officer)
    officer_id = officer.id
    db.session.rollback()
    together = Barrier(len(waiting))

    def approve_one(intervention_id):
        with app.app_context():
            together.wait(timeout=20)
            try:
                with transaction():
                    services.approve(
                        intervention_id=intervention_id,
                        version=1,
                        details=said,
                        scope=scope,
                        by=officer_id,
                    )
            except Conflict as refusal:
                return refusal.code
            return "approved"

    with ThreadPoolExecutor(len(waiting)) as pool:
        outcomes = sorted(pool.map(approve_one, waiting))

    assert outcomes == ["approved", "interventions_full"]
    assert queries.plan(scope, enterprise.id).active_count == 2
