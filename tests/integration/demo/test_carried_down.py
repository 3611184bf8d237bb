"""What an enterprise row carries is what its assessments, visits and therapies say."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
import time_machine

from app.accounts.models import Account
from app.accounts.queries import scope_of
from app.core.permissions import Permission, Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.demo.loading.cast import STORY_VILLAGE
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.enterprises.rules.life_cycle import RESTING
from app.enterprises.rules.size import is_ultra_micro, read_size, total_workers
from app.health.models import ClassSpan, HealthAssessment
from app.health.queries import assessments_in_order
from app.health.rules import Context, first_instrument
from app.health.rules.standing import class_spans, standing
from app.health.services import Findings, record_assessment
from app.history.models import HistoryEntry
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES, current_catalogue
from app.mentoring.models import Assignment, Promise, Visit
from app.mentoring.rules import MET, NewPromise, VisitReport
from app.mentoring.services import assign_many, record_visit
from tests.integration.demo.conftest import LAST_ON


@pytest.fixture
def world(load):
    return load()


def _enterprises() -> list[Enterprise]:
    return list(db.session.scalars(sa.select(Enterprise).order_by(Enterprise.id)))


def test_the_class_is_that_of_the_assessments(world):
    for enterprise in _enterprises():
        now = standing(assessments_in_order(enterprise.id))

        assert (
            enterprise.health_class,
            enterprise.health_score,
            enterprise.health_status,
            enterprise.assessed_on,
            enterprise.health_valid_until,
            enterprise.sick_since_on,
        ) == (
            now.health_class,
            now.health_score,
            now.health_status,
            now.assessed_on,
            now.health_valid_until,
            now.sick_since_on,
        )


def test_spans_are_those_of_the_assessments(world):
    for enterprise in _enterprises():
        kept = db.session.scalars(
            sa.select(ClassSpan)
            .where(ClassSpan.enterprise_id == enterprise.id)
            .order_by(ClassSpan.from_on)
        )
        made = class_spans(assessments_in_order(enterprise.id))

        assert [
            (one.from_on, one.until_on, one.health_class, one.status, one.assessment_id)
            for one in kept
        ] == [
            (one.from_on, one.until_on, one.health_class, one.status, one.assessment_id)
            for one in made
        ]


def test_the_mentor_is_that_of_the_open_assignment(world):
    open_ones = {
        row.enterprise_id: row.mentor_id
        for row in db.session.scalars(sa.select(Assignment).where(Assignment.until_on.is_(None)))
    }

    assert open_ones
    for enterprise in _enterprises():
        assert enterprise.mentor_id == open_ones.get(enterprise.id)


def test_assignments_of_an_enterprise_do_not_overlap(world):
    rows = db.session.scalars(
        sa.select(Assignment).order_by(Assignment.enterprise_id, Assignment.from_on)
    ).all()

    for before, after in pairwise(rows):
        if before.enterprise_id == after.enterprise_id:
            assert before.until_on < after.from_on


def test_a_plan_is_there_while_a_therapy_is_approved_or_running(world):
    active = set(
        db.session.scalars(
            sa.select(Intervention.enterprise_id).where(Intervention.state.in_(ACTIVE_STATES))
        )
    )

    assert active
    for enterprise in _enterprises():
        assert enterprise.has_plan == (enterprise.id in active)


def test_the_last_visit_is_the_last_one_that_met_somebody(world):
    last = dict(
        db.session.execute(
            sa.select(Visit.enterprise_id, sa.func.max(Visit.visited_on))
            .where(Visit.outcome == MET)
            .group_by(Visit.enterprise_id)
        ).all()
    )

    assert last
    for enterprise in _enterprises():
        assert enterprise.last_visit_on == last.get(enterprise.id)


def test_size_is_that_of_the_rules(world):
    for enterprise in _enterprises():
        size = read_size(
            capital=enterprise.capital,
            yearly_sales=enterprise.yearly_sales,
            started_on=enterprise.started_on,
            today=LAST_ON,
        ).size_class
        workers = total_workers(
            [
                enterprise.workers_paid_male,
                enterprise.workers_paid_female,
                enterprise.workers_family_male,
                enterprise.workers_family_female,
            ]
        )

        assert enterprise.size_class == size
        assert enterprise.is_ultra_micro == is_ultra_micro(size, workers)


def test_what_ended_is_not_visited_and_has_nobody(world):
    ended = [row for row in _enterprises() if row.life_cycle in RESTING]

    assert ended
    for enterprise in ended:
        assert enterprise.next_visit_due_on is None
        assert enterprise.mentor_id is None
        assert not enterprise.has_plan
        assert enterprise.life_cycle_reason


def test_therapies_close_with_a_result_and_within_the_limits(world):
    rows = db.session.scalars(sa.select(Intervention)).all()

    assert {row.state for row in rows} >= {"usulan", "disetujui", "berjalan", "selesai", "ditolak"}
    for row in rows:
        assert (row.result is not None) == (row.state == "selesai")
        assert row.closed_on is None or row.closed_on <= LAST_ON
        assert row.therapy_code in current_catalogue().therapies
        assert row.state != "ditolak" or row.decision_reason


def test_therapies_answer_what_their_assessment_failed(world):
    rows = db.session.execute(
        sa.select(Intervention, HealthAssessment).join(
            HealthAssessment, HealthAssessment.id == Intervention.assessment_id
        )
    ).all()
    places = {part.code: part.position for part in first_instrument().indicators}

    for row, assessment in rows:
        # The intensive one answers the class, an aid the owner's request.
        asked = row.therapy_code in ("T18", "T25")
        assert asked or row.indicators or row.knockouts, row.therapy_code
        assert row.therapy_code != "T25" or assessment.final_class == "sakit"
        for code in row.indicators:
            assert assessment.points[places[code]] <= 2


def test_promises_are_settled_in_a_later_visit(world):
    rows = db.session.scalars(sa.select(Promise)).all()
    days = dict(db.session.execute(sa.select(Visit.id, Visit.visited_on)).all())

    assert {row.state for row in rows} == {"terbuka", "ditepati", "tidak_ditepati"}
    for row in rows:
        if row.settled_in_visit_id is not None:
            assert days[row.settled_in_visit_id] > days[row.made_in_visit_id]


def test_every_timeline_begins_with_the_registration(world):
    for enterprise in _enterprises():
        first = db.session.scalars(
            sa.select(HistoryEntry.action)
            .where(HistoryEntry.enterprise_id == enterprise.id)
            .order_by(HistoryEntry.n)
            .limit(1)
        ).one()

        assert first == "enterprise.created"


def _all(_row, _who) -> bool:
    return True


def _of_banyumas(row, _who) -> bool:
    return row.village_code.startswith("33.02.")


def _assigned(row, who) -> bool:
    return row.mentor_id == who


def _of_losari(row, _who) -> bool:
    return row.village_code == STORY_VILLAGE


def _none(_row, _who) -> bool:
    return False


@pytest.mark.parametrize(
    ("login", "is_reached"),
    [
        ("admin", _all),
        ("disnaker", _of_banyumas),
        ("pendamping", _assigned),
        ("desa", _of_losari),
        ("usaha", _none),
        ("koperasi", _none),
    ],
)
def test_each_role_reaches_its_own(world, login, is_reached):
    account_id = db.session.scalars(
        sa.select(Account.id).where(Account.email == f"{login}@demo.test")
    ).one()

    scope = scope_of(account_id, Permission.ENTERPRISE_READ)
    found = set(db.session.scalars(sa.select(Enterprise.id).where(within(scope))))

    assert found == {row.id for row in _enterprises() if is_reached(row, account_id)}
    assert bool(found) == (is_reached is not _none)


def test_the_entrepreneur_owns_an_enterprise_that_still_trades(world):
    account_id = db.session.scalars(
        sa.select(Account.id).where(Account.email == "usaha@demo.test")
    ).one()

    owner = db.session.scalars(sa.select(Owner).where(Owner.account_id == account_id)).one()

    assert owner.enterprises[0].village_code == STORY_VILLAGE
    assert owner.enterprises[0].life_cycle not in ("tutup", "berangkat_lagi")


def test_people_doing_the_same_things_end_with_the_same_row(world, factories):
    """Live the lives of a few enterprises again through the services, day by day."""
    chosen = [
        row
        for row in _enterprises()
        if row.life_cycle == "aktif" and row.mentor_id and row.assessed_on and row.last_visit_on
    ][:6]

    assert len(chosen) == 6
    for original in chosen:
        lived = _live_again(original, factories)

        for column in (
            "mentor_id",
            "health_class",
            "health_score",
            "health_status",
            "assessed_on",
            "health_valid_until",
            "sick_since_on",
            "last_visit_on",
            "next_visit_due_on",
        ):
            assert getattr(lived, column) == getattr(original, column), column


def _live_again(original: Enterprise, factories) -> Enterprise:
    copy = factories.enterprise(
        village_code=original.village_code,
        sector=original.sector,
        life_cycle="aktif",
        started_on=original.started_on,
    )
    copy_id, original_id = copy.id, original.id
    events: list[tuple[date, int, object]] = [
        *((row.from_on, 0, row) for row in _rows(Assignment, original_id)),
        *((row.visited_on, 1, row) for row in _rows(Visit, original_id)),
        *((row.assessed_on, 2, row) for row in _rows(HealthAssessment, original_id)),
    ]
    steps = [
        (day, kind, _said(kind, row, copy_id))
        for day, kind, row in sorted(events, key=lambda event: event[:2])
    ]
    for day, kind, said in steps:
        evening = datetime.combine(day, time(16), tzinfo=UTC)
        with time_machine.travel(evening, tick=False), transaction():
            _do(kind, said, copy_id, day)
    return db.session.get(Enterprise, copy_id)


def _rows(model, enterprise_id):
    return db.session.scalars(sa.select(model).where(model.enterprise_id == enterprise_id)).all()


def _said(kind: int, row, copy_id):
    if kind == 0:
        return row.mentor_id
    if kind == 1:
        return row.mentor_id, VisitReport(
            id=_another_id(row.id),
            enterprise_id=copy_id,
            outcome=row.outcome,
            visited_on=row.visited_on,
            reason=row.reason,
            place_kind=row.place_kind,
            met_with=row.met_with,
            findings=row.findings,
            next_visit_on=row.next_visit_on,
            promises=(NewPromise(text="Janji", due_on=row.visited_on + timedelta(days=7)),)
            if row.outcome == MET
            else (),
        )
    codes = [part.code for part in first_instrument().indicators]
    return row.assessed_by, Findings(
        answers=dict(zip(codes, row.points, strict=True)),
        context=_context(row.context),
    )


def _context(facts) -> Context:
    known = {part.name: facts[part.name] for part in fields(Context)}
    return Context(**{**known, "started_on": date.fromisoformat(facts["started_on"])})


def _do(kind: int, said, copy_id, day: date) -> None:
    scope = everywhere()
    if kind == 0:
        assign_many(
            scope=scope, enterprise_ids=[copy_id], mentor_id=said, from_on=day, reason="", by=None
        )
    elif kind == 1:
        record_visit(scope=scope, report=said[1], by=said[0])
    else:
        record_assessment(
            enterprise=db.session.get(Enterprise, copy_id),
            findings=said[1],
            assessed_on=day,
            by=said[0],
        )


def _another_id(key):
    return type(key)(int=key.int ^ 1)


def test_roles_are_all_there(world):
    assert {login.role for login in world.logins} == {str(role) for role in Role}
