from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
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


def approve(intervention_id, officer, scope, version=1, **values):
    checked = values.pop("gates_checked", False)
    with transaction():
        services.approve(
            intervention_id=intervention_id,
            version=version,
            details=details(officer, **values),
            gates_checked=checked,
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


def test_therapy_ends_only_with_a_result(factories, enterprise, officer, scope):
    row_id = factories.intervention(enterprise=enterprise, state="berjalan").id

    for result in (None, "", "hebat"):
        with pytest.raises(InvalidInput):
            close(row_id, officer, scope, version=1, result=result)
    close(row_id, officer, scope, version=1, result="sebagian")

    row = row_of(row_id)
    assert (row.state, row.result, row.closed_on) == ("selesai", "sebagian", TODAY)
    assert has_plan(enterprise) is False


def test_end_is_not_in_the_future_nor_before_the_approval(factories, enterprise, officer, scope):
    row_id = factories.intervention(enterprise=enterprise).id
    approve(row_id, officer, scope)

    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(InvalidInput) as caught:
            close(row_id, officer, scope, version=2, closed_on=day)
        assert caught.value.field == "closed_on"


def test_second_decision_on_the_same_version_is_a_conflict(factories, enterprise, officer, scope):
    row_id = factories.intervention(enterprise=enterprise).id
    approve(row_id, officer, scope)

    with pytest.raises(Conflict) as caught:
        approve(row_id, officer, scope)

    assert caught.value.code == "intervention_changed"


def test_refused_therapy_is_not_approved_later(factories, enterprise, officer, scope):
    row_id = factories.intervention(enterprise=enterprise, state="ditolak").id

    with pytest.raises(WrongState):
        approve(row_id, officer, scope)


def test_cancelled_therapy_leaves_the_plan_with_its_reason(factories, enterprise, officer, scope):
    row_id = factories.intervention(enterprise=enterprise, state="disetujui").id

    with transaction():
        services.cancel(
            intervention_id=row_id, version=1, reason="Pemilik pindah", scope=scope, by=officer.id
        )

    assert (row_of(row_id).state, has_plan(enterprise)) == ("batal", False)


def test_next_assessment_shows_the_effect_on_the_same_indicators(
    factories, enterprise, officer, scope
):
    start, later = TODAY - timedelta(days=60), TODAY - timedelta(days=5)
    first = factories.assessment(
        enterprise=enterprise, found=factories.findings(3, MNJ1=1), assessed_on=start
    )
    row_id = factories.intervention(
        enterprise=enterprise,
        assessment=first,
        indicators=["MNJ1"],
        state="selesai",
        result="belum_terukur",
        closed_on=TODAY - timedelta(days=20),
    ).id
    unmeasured = queries.item(scope, row_id)
    factories.assessment(
        enterprise=enterprise, found=factories.findings(3, MNJ1=4), assessed_on=later
    )

    measured = queries.item(scope, row_id)
    with transaction():
        services.settle_result(
            intervention_id=row_id,
            version=1,
            result="berhasil",
            result_note=None,
            scope=scope,
            by=officer.id,
        )

    assert unmeasured.effect == ()
    assert [(line.before, line.after, line.change) for line in measured.effect] == [(1, 4, 3)]
    assert measured.measured_on == later
    assert row_of(row_id).result == "berhasil"


def test_settled_result_stays(factories, enterprise, officer, scope):
    row_id = factories.intervention(
        enterprise=enterprise, state="selesai", result="tidak", closed_on=TODAY
    ).id

    with pytest.raises(WrongState), transaction():
        services.settle_result(
            intervention_id=row_id,
            version=1,
            result="berhasil",
            result_note=None,
            scope=scope,
            by=officer.id,
        )


def test_failed_declaration_leads_to_the_regular_halal_way(factories, enterprise, scope):
    factories.assessment(
        enterprise=enterprise, found=factories.findings(4, LGL3=0), assessed_on=TODAY
    )
    before = [need.code for need in queries.plan(scope, enterprise.id).now]
    factories.intervention(
        enterprise=enterprise,
        therapy_code="T15",
        state="selesai",
        result="tidak",
        closed_on=TODAY,
    )

    after = [need.code for need in queries.plan(scope, enterprise.id).now]

    assert (before, after) == (["T15"], ["T16"])


def test_orderly_closing_opens_at_the_second_sick_assessment(factories, enterprise, scope):
    for days in (90, 1):
        factories.assessment(
            enterprise=enterprise,
            health_class="sakit",
            assessed_on=TODAY - timedelta(days=days),
        )

    assert queries.needs_of(db.session.get(Enterprise, enterprise.id)).facts.sick_in_a_row == 2
