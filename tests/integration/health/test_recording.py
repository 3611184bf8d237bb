"""Assessments are stored once, and what is current follows from them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope, everywhere, nowhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health import queries, services
from app.health.models import AssessmentDraft, ClassSpan, HealthAssessment
from app.health.rules import first_instrument, score
from app.health.rules.record import case_of_row
from app.history.models import HistoryEntry

TODAY = local_today()


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def row_of(enterprise: Enterprise) -> Enterprise:
    found = db.session.get(Enterprise, enterprise.id, populate_existing=True)
    assert found is not None
    return found


def spans_of(enterprise: Enterprise) -> list[tuple[date, date, str]]:
    return [
        (span.from_on, span.until_on, span.health_class)
        for span in db.session.scalars(
            select(ClassSpan)
            .where(ClassSpan.enterprise_id == enterprise.id)
            .order_by(ClassSpan.from_on)
        )
    ]


def test_an_assessment_brings_the_enterprise_row_up_to_date(factories):
    enterprise = factories.enterprise(sector="A")
    mentor = factories.account()

    stored = factories.assessment(enterprise=enterprise, health_class="sakit", by=mentor)

    row = row_of(enterprise)
    assert (row.health_class, row.health_score, row.health_status) == ("sakit", 250, "final")
    assert (row.assessed_on, row.sick_since_on) == (TODAY, TODAY)
    assert row.health_valid_until == TODAY + timedelta(days=60)
    assert row.next_visit_due_on == TODAY + timedelta(days=7)
    assert stored.knockouts == ["KO-9"]
    assert stored.dimension_values["KEU"] == 250
    assert (stored.coverage, stored.evidence_strength) == (1000, "kuat")
    assert stored.assessed_by == mentor.id


def test_it_stands_in_the_history(factories):
    enterprise = factories.enterprise()

    stored = factories.assessment(enterprise=enterprise, health_class="sehat")

    entry = db.session.scalars(
        select(HistoryEntry).where(HistoryEntry.subject_id == stored.id)
    ).one()
    assert entry.action == "assessment.recorded"
    assert entry.enterprise_id == enterprise.id
    assert entry.changes["health_class"] == [None, "sehat"]


def test_a_better_assessment_ends_sickness(factories):
    enterprise = factories.enterprise()
    factories.assessment(enterprise=enterprise, health_class="sakit", assessed_on=days_ago(40))

    factories.assessment(enterprise=enterprise, health_class="kurang_sehat")

    row = row_of(enterprise)
    assert (row.health_class, row.sick_since_on) == ("kurang_sehat", None)
    assert row.next_visit_due_on == TODAY + timedelta(days=30)
    assert spans_of(enterprise) == [
        (days_ago(40), days_ago(1), "sakit"),
        (TODAY, TODAY + timedelta(days=90), "kurang_sehat"),
    ]


def test_sickness_counts_from_its_first_assessment(factories):
    enterprise = factories.enterprise()
    for days, health_class in ((200, "sakit"), (150, "sehat"), (90, "sakit"), (20, "sakit")):
        factories.assessment(
            enterprise=enterprise, health_class=health_class, assessed_on=days_ago(days)
        )

    assert row_of(enterprise).sick_since_on == days_ago(90)


def test_an_expired_class_leaves_a_gap(factories):
    enterprise = factories.enterprise()
    factories.assessment(enterprise=enterprise, health_class="sakit", assessed_on=days_ago(100))

    factories.assessment(enterprise=enterprise, health_class="sakit")

    assert spans_of(enterprise) == [
        (days_ago(100), days_ago(40), "sakit"),
        (TODAY, TODAY + timedelta(days=60), "sakit"),
    ]


def test_one_that_comes_late_changes_nothing_current(factories):
    enterprise = factories.enterprise()
    factories.assessment(enterprise=enterprise, health_class="sehat", assessed_on=days_ago(10))

    factories.assessment(enterprise=enterprise, health_class="sakit", assessed_on=days_ago(30))

    row = row_of(enterprise)
    assert (row.health_class, row.assessed_on) == ("sehat", days_ago(10))
    assert [line[2] for line in spans_of(enterprise)] == ["sakit", "sehat"]


def test_of_two_on_one_day_the_later_counts(factories):
    enterprise = factories.enterprise()
    factories.assessment(enterprise=enterprise, health_class="sakit")

    factories.assessment(enterprise=enterprise, health_class="sehat")

    assert row_of(enterprise).health_class == "sehat"
    assert [line[2] for line in spans_of(enterprise)] == ["sehat"]


def test_one_without_a_class_does_not_hide_the_class_before_it(factories):
    enterprise = factories.enterprise()
    factories.assessment(enterprise=enterprise, health_class="sakit", assessed_on=days_ago(10))
    empty = services.Findings(answers={"KEU1": 4}, context=factories.findings().context)

    stored = factories.assessment(enterprise=enterprise, found=empty)

    row = row_of(enterprise)
    assert stored.status == "belum_dapat_dinilai"
    assert (stored.final_class, stored.valid_until) == (None, None)
    assert (row.health_class, row.assessed_on) == ("sakit", days_ago(10))


def test_a_first_one_without_a_class_is_shown_as_such(factories):
    enterprise = factories.enterprise()
    empty = services.Findings(answers={"KEU1": 4}, context=factories.findings().context)

    factories.assessment(enterprise=enterprise, found=empty)

    row = row_of(enterprise)
    assert (row.health_class, row.health_score) == (None, None)
    assert (row.health_status, row.assessed_on) == ("belum_dapat_dinilai", TODAY)
    assert spans_of(enterprise) == []


def test_a_visit_that_was_agreed_on_earlier_stays(factories):
    enterprise = factories.enterprise(next_visit_due_on=TODAY + timedelta(days=3))

    factories.assessment(enterprise=enterprise, health_class="sehat")

    assert row_of(enterprise).next_visit_due_on == TODAY + timedelta(days=3)


def test_facts_that_last_are_remembered(factories):
    enterprise = factories.enterprise(started_on=None)
    found = factories.findings(
        facts={"has_equipment": True, "sold_outside_home": True, "started_on": date(2025, 1, 2)}
    )

    factories.assessment(enterprise=enterprise, found=found)

    row = row_of(enterprise)
    assert (row.has_equipment, row.sold_outside_home) == (True, True)
    assert row.started_on == date(2025, 1, 2)


def test_the_same_delivery_again_is_the_same_assessment(factories):
    enterprise = factories.enterprise()
    assessment_id = uuid4()

    for _ in range(2):
        with transaction():
            services.record_assessment(
                enterprise=row_of(enterprise),
                findings=factories.findings(facts={"debt_service_ratio": 0.35}),
                assessed_on=TODAY,
                by=None,
                assessment_id=assessment_id,
            )

    assert db.session.scalar(select(func.count()).select_from(HealthAssessment)) == 1
    assert db.session.scalar(select(func.count()).select_from(HistoryEntry)) == 1


def test_other_content_under_the_same_id_is_refused(factories):
    enterprise = factories.enterprise()
    stored = factories.assessment(enterprise=enterprise)

    with pytest.raises(Conflict, match="assessment_taken"), transaction():
        services.record_assessment(
            enterprise=row_of(enterprise),
            findings=factories.findings(1),
            assessed_on=TODAY,
            by=None,
            assessment_id=stored.id,
        )


def test_a_day_in_the_future_is_refused(factories):
    enterprise = factories.enterprise()

    with pytest.raises(InvalidInput, match="assessed_on_future"):
        factories.assessment(enterprise=enterprise, assessed_on=TODAY + timedelta(days=1))


def test_without_a_sector_nothing_can_be_judged(factories):
    enterprise = factories.enterprise(sector=None)

    with pytest.raises(WrongState, match="enterprise_without_sector"):
        factories.assessment(enterprise=enterprise)


def test_a_stored_assessment_can_be_judged_again_with_the_same_result(factories):
    enterprise = factories.enterprise(sector="A")
    found = factories.findings(
        facts={"quick_ratio": Decimal("0.4"), "started_on": date(2024, 2, 3)}, LGL3=0, KEU2=0
    )

    stored = factories.assessment(enterprise=enterprise, found=found)

    instrument, case = case_of_row(first_instrument(), stored)
    again = score(instrument, case)
    assert instrument is first_instrument()
    assert (again.tenths, [one.code for one in again.knockouts]) == (stored.score, ["KO-5", "KO-7"])
    assert stored.knockouts == ["KO-5", "KO-7"]
    assert case.context == found.context


def test_reading_keeps_to_the_scope(factories):
    enterprise = factories.enterprise()
    stored = factories.assessment(enterprise=enterprise)
    foreign = Scope(account_id=uuid4(), areas=("35",))

    assert queries.latest(everywhere(), enterprise.id).id == stored.id
    assert queries.latest(foreign, enterprise.id) is None
    assert queries.assessments_of(nowhere(), enterprise.id) == []


def test_a_draft_is_kept_once_and_thrown_away(factories):
    enterprise, mentor = factories.enterprise(), factories.account()
    for answers in ({"KEU1": "3"}, {"KEU1": "2"}):
        with transaction():
            services.save_draft(enterprise_id=enterprise.id, account_id=mentor.id, answers=answers)
    kept = queries.draft(everywhere(), enterprise.id, mentor.id)
    assert kept is not None
    assert kept.answers == {"KEU1": "2"}

    with transaction():
        services.discard_draft(enterprise_id=enterprise.id, account_id=mentor.id)

    assert db.session.scalar(select(func.count()).select_from(AssessmentDraft)) == 0


def test_of_two_who_finish_one_draft_the_second_is_told(factories):
    enterprise, mentor = factories.enterprise(sector="A"), factories.account()
    with transaction():
        services.save_draft(
            enterprise_id=enterprise.id, account_id=mentor.id, answers={"KEU1": "3"}
        )
    with transaction():
        services.finish_draft(scope=everywhere(), enterprise_id=enterprise.id, by=mentor.id)

    with pytest.raises(WrongState, match="draft_missing"), transaction():
        services.finish_draft(scope=everywhere(), enterprise_id=enterprise.id, by=mentor.id)
