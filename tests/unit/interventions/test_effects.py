"""Groups, figures and curves on cohorts small enough to count by hand."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest

from app.interventions.frames.cohort import CLASS_MEASURE, MISSING, Cohort, Course
from app.interventions.frames.effects import comparisons
from app.interventions.frames.money import costs
from app.interventions.frames.recovery import Spell, curve, spells
from app.interventions.rules import current_catalogue

CODES = ("MNJ1", "LGL1", CLASS_MEASURE)
TODAY = 1000


def cohort(*lines, courses=(), had=None, gone=(), sizes=None):
    """Lines are (enterprise, day, MNJ1, LGL1, class), in the order of enterprise and day."""
    count = max(line[0] for line in lines) + 1
    found = [course(*one) if isinstance(one, tuple) else one for one in courses]
    known = {}
    for one in found:
        known.setdefault(one.therapy, {})[one.enterprise] = one.closed_day - 30
    return Cohort(
        codes=CODES,
        keys=tuple(UUID(int=number + 1) for number in range(count)),
        enterprise=np.array([line[0] for line in lines]),
        day=np.array([line[1] for line in lines]),
        until=np.array([line[1] + 90 for line in lines]),
        points=np.array([line[2:5] for line in lines], dtype=np.int8),
        sector=np.array(["A"] * len(lines), dtype=object),
        size=np.array(sizes or ["ultra_mikro"] * count, dtype=object),
        gone_day=np.array([dict(gone).get(number, 0) for number in range(count)]),
        courses=tuple(found),
        had={**known, **(had or {})},
        today=TODAY,
    )


def course(enterprise, before, closed_day, **values):
    return Course(
        **{
            "enterprise": enterprise,
            "before": before,
            "closed_day": closed_day,
            "therapy": "T01",
            "provider": "PLUT",
            "indicators": ("MNJ1",),
            "money": 0,
            "is_money_stated": True,
            **values,
        }
    )


def only(made, provider=""):
    return next(one for one in comparisons(made, current_catalogue()) if one.provider == provider)


def test_measure_before_and_after_is_that_of_the_asking_and_the_next_assessment():
    made = cohort(
        (0, 100, 1, 4, 0), (0, 150, 2, 4, 0), (0, 200, 3, 4, 1), (0, 300, 4, 4, 2),
        courses=[course(0, 0, 180)],
    )  # fmt: skip

    (case,) = only(made).treated.measured

    assert (case.before, case.after, case.first, case.last) == (1, 3, 0, 2)
    assert only(made).gap == 100


def test_others_have_the_same_finding_and_not_the_therapy_until_then():
    made = cohort(
        (0, 100, 1, 4, 0), (0, 190, 3, 4, 1),
        (1, 100, 2, 4, 1), (1, 190, 2, 4, 1),  # the same finding: compared
        (2, 100, 3, 4, 1), (2, 190, 4, 4, 1),  # no finding
        (3, 100, 1, 4, 1), (3, 190, 4, 4, 1),  # was given the therapy in between
        (4, 100, 0, 4, 1),                     # not assessed again
        (5, 100, 0, 4, 1),                     # closed
        (6, 400, 0, 4, 1), (6, 490, 4, 4, 1),  # at another time
        (7, 100, 1, 4, 1), (7, 190, 4, 4, 1),  # was given it only afterwards: compared
        courses=[course(0, 0, 150)], had={"T01": {0: 120, 3: 130, 7: 200}}, gone=[(5, 130)],
    )  # fmt: skip

    others = only(made).others

    assert [case.enterprise for case in others.measured] == [1, 7]
    assert [case.enterprise for case in others.waiting] == [4]
    assert [case.enterprise for case in others.gone] == [5]


def test_others_are_looked_at_after_the_same_time_as_the_treated():
    made = cohort(
        (0, 100, 1, 4, 0), (0, 190, 3, 4, 1),
        (1, 100, 1, 4, 0), (1, 130, 4, 4, 1), (1, 180, 2, 4, 1), (1, 210, 3, 4, 1),
        (2, 100, 1, 4, 0), (2, 281, 3, 4, 1),  # later than twice the time
        courses=[course(0, 0, 150)],
    )  # fmt: skip

    others = only(made).others

    assert [(case.enterprise, case.after) for case in others.measured] == [(1, 2)]
    assert [case.enterprise for case in others.waiting] == [2]


def test_enterprise_counts_once_however_often_it_was_treated():
    made = cohort(
        (0, 100, 1, 4, 0), (0, 190, 2, 4, 0), (0, 280, 4, 4, 1),
        courses=[course(0, 0, 150), course(0, 1, 250)],
    )  # fmt: skip

    assert [(case.before, case.after) for case in only(made).treated.measured] == [(1, 2)]


def test_shares_interval_and_warnings_of_hand_counted_groups():
    lines, courses = [], []
    for number in range(40):
        after = 3 if number < 20 else 1
        lines += [(number, 100, 1, 4, 0), (number, 190, after, 4, 0)]
        courses.append(course(number, 2 * number, 150, provider="PLUT" if number < 35 else "BLK"))
    for number in range(40, 140):
        after = 3 if number < 65 else 1
        lines += [(number, 100, 1, 4, 0), (number, 190, after, 4, 0)]
    made = cohort(*lines, courses=courses)

    everybody, small = only(made), only(made, "BLK")

    assert (everybody.treated.improved, len(everybody.treated.measured)) == (20, 40)
    assert (everybody.others.improved, len(everybody.others.measured)) == (25, 100)
    # By hand: Wilson gives (0.3520, 0.6480) and (0.1755, 0.3430); 0.25 less and plus the roots
    # of 0.1480² + 0.0930² and 0.1480² + 0.0745².
    assert everybody.interval == pytest.approx((0.0752, 0.4157), abs=5e-5)
    assert everybody.warnings == []
    assert everybody.verdict == "lebih_sering"
    assert (small.treated.improved, len(small.treated.measured)) == (0, 5)
    assert small.warnings == ["sedikit_terapi"]
    assert small.verdict == "belum_tahu"


def test_groups_that_begin_elsewhere_are_named():
    lines, courses = [], []
    for number in range(30):
        lines += [(number, 100, 0 if number % 2 else 1, 4, 0), (number, 190, 3, 4, 0)]
        courses.append(course(number, 2 * number, 150))
    for number in range(30, 60):
        lines += [(number, 100, 2 if number % 2 else 1, 4, 1), (number, 190, 3, 4, 1)]
    made = cohort(*lines, courses=courses, sizes=["ultra_mikro"] * 60)

    found = only(made)

    assert found.warnings == ["tidak_setara"]
    assert found.unlike["kelas"] > 0.25
    # Means 0.5 and 1.5, variances 30/29 of a quarter.
    assert found.unlike["awal"] == pytest.approx(1 / (0.25 * 30 / 29) ** 0.5)
    assert (found.unlike["sektor"], found.unlike["ukuran"]) == (0.0, 0.0)


def test_intensive_mentoring_is_measured_by_the_class():
    made = cohort(
        (0, 100, 1, 4, 0), (0, 190, 1, 4, 1), (1, 100, 1, 4, 0), (1, 190, 1, 4, 0),
        courses=[course(0, 0, 150, therapy="T25", indicators=())],
    )  # fmt: skip

    found = only(made)

    assert found.measure == CLASS_MEASURE
    assert (found.treated.improved, found.others.improved) == (1, 0)


def test_therapy_without_an_assessment_before_is_not_compared():
    made = cohort((0, 100, 1, 4, 0), (0, 190, 4, 4, 1), courses=[course(0, MISSING, 150)])

    assert list(comparisons(made, current_catalogue())) == []


def test_cost_is_divided_by_enterprises_that_moved_up():
    made = cohort(
        (0, 100, 1, 4, 0), (0, 190, 3, 4, 1),
        (1, 100, 1, 4, 0), (1, 190, 3, 4, 0),
        (2, 100, 1, 4, 1), (2, 190, 3, 4, 2),
        courses=[
            course(0, 0, 150, money=300_000),
            course(1, 2, 150, money=500_000, provider="BLK"),
            course(2, 4, 150, money=200_000, therapy="T13", is_money_stated=False),
        ],
    )  # fmt: skip

    found = {(one.therapy, one.provider): one for one in costs(made, current_catalogue())}

    whole = found["", ""]
    assert (whole.count, whole.money, whole.moved, whole.per_mover) == (3, 1_000_000, 2, 500_000)
    assert whole.unstated == 1
    assert found["T01", ""].per_mover == 800_000
    assert found["T01", "BLK"].per_mover is None


def test_sick_time_ends_with_the_first_better_assessment_and_else_is_censored():
    made = cohort(
        (0, 100, 1, 4, 1), (0, 200, 1, 4, 0), (0, 290, 1, 4, 0), (0, 380, 1, 4, 2),
        (1, 100, 1, 4, 0), (1, 190, 1, 4, MISSING),
        (2, 950, 1, 4, 0),
        (3, 100, 1, 4, 0),
        (4, 100, 1, 4, 2),
        gone=[(3, 130)],
    )  # fmt: skip

    found = list(spells(made))

    assert found == [
        Spell(enterprise=0, days=180, is_out=True, is_gone=False),
        Spell(enterprise=1, days=180, is_out=False, is_gone=False),
        Spell(enterprise=2, days=50, is_out=False, is_gone=False),
        Spell(enterprise=3, days=30, is_out=False, is_gone=True),
    ]


def spell(days, is_out, is_gone=False):
    return Spell(enterprise=0, days=days, is_out=is_out, is_gone=is_gone)


def test_curve_is_kaplan_and_meiers():
    # By hand: at 20 of 6 one is out, at 40 two of 5, at 50 one of 3 (one left at 45 before).
    found = [
        spell(20, True), spell(40, True), spell(40, True), spell(45, False), spell(50, True),
        spell(60, False),
    ]  # fmt: skip

    made = curve(found)

    shares = {point.day: point.share for point in made.points}
    assert shares == {
        0: 1.0,
        20: round(5 / 6, 4),
        40: 0.5,
        45: 0.5,
        50: 0.25,
        60: 0.25,
    }
    assert [(p.at_risk, p.out, p.left) for p in made.points if p.day == 40] == [(5, 2, 0)]
    assert made.median == 40
    # Log-log interval at 20 days: 1 - 1/6, Greenwood's variance 1/30 over ln(5/6) squared.
    at_20 = next(point for point in made.points if point.day == 20)
    assert (at_20.low, at_20.high) == pytest.approx((0.2731, 0.9747), abs=5e-4)


def test_gone_that_never_recover_keep_the_curve_up():
    found = [spell(20, True), spell(30, False, is_gone=True), spell(60, True), spell(80, False)]

    assert curve(found).points[-1].share == pytest.approx(0.75 * 0.5)
    assert curve(found, gone_never_recover=True).points[-1].share == pytest.approx(
        0.75 * 2 / 3, 1e-3
    )


def test_nobody_sick_has_no_curve():
    assert curve([]).points == ()


def test_never_half_recovered_has_no_median():
    assert curve([spell(20, True), *(spell(90, False) for _ in range(5))]).median is None
