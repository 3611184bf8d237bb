"""Every assessment and therapy of an area as arrays that comparisons run over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from app.core.clock import local_date, local_today
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries.reach import in_area
from app.enterprises.rules.life_cycle import RESTING
from app.health.models import HealthAssessment
from app.health.queries.instruments import current_instrument, instrument_numbered
from app.health.rules.answers import NOT_APPLICABLE
from app.interventions.models import Intervention
from app.interventions.rules.states import APPROVED, DONE, RUNNING

RANKS = {"sakit": 0, "kurang_sehat": 1, "sehat": 2}
MISSING = -1
NEVER = 0
# The class itself, where a therapy was given for the class and not for an answer.
CLASS_MEASURE = "KELAS"

Ints: TypeAlias = npt.NDArray[np.int64]
Points: TypeAlias = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One therapy that ended. `before` is the place of its assessment, MISSING without one."""

    enterprise: int
    therapy: str
    provider: str
    before: int
    closed_day: int
    indicators: tuple[str, ...]
    money: int
    is_money_stated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Assessments by enterprise and day; days are ordinals, ranks and points MISSING if unknown.

    `codes` names the columns of `points`; the last one is the class. `until` is the last day on
    which an assessment counts. `size` is "ultra_mikro", a size class or "". `gone_day` is the day
    on which an enterprise closed or its owner left, else NEVER. `had` tells of each therapy who had
    it, running ones too, and since which day.
    """

    codes: tuple[str, ...]
    keys: tuple[UUID, ...]
    enterprise: Ints
    day: Ints
    until: Ints
    points: Points
    sector: npt.NDArray[Any]
    size: npt.NDArray[Any]
    gone_day: Ints
    courses: tuple[Course, ...]
    had: Mapping[str, Mapping[int, int]]
    today: int

    @property
    def rank(self) -> Points:
        """The class of each assessment."""
        return self.points[:, -1]

    def column(self, code: str) -> int:
        """The place of a measure."""
        return self.codes.index(code)


def load_cohort(area_code: str) -> Cohort:
    """The cohort of an area, as it stands now."""
    enterprises = _enterprises(area_code)
    place = {row.id: number for number, row in enumerate(enterprises)}
    codes = (*(one.code for one in current_instrument().indicators), CLASS_MEASURE)
    assessed = list(_assessments(area_code))
    order = {row.id: number for number, row in enumerate(assessed)}
    courses, had = _courses(area_code, place, order)
    return Cohort(
        codes=codes,
        keys=tuple(row.id for row in enterprises),
        enterprise=np.array([place[row.enterprise_id] for row in assessed], dtype=np.int64),
        day=np.array([row.assessed_on.toordinal() for row in assessed], dtype=np.int64),
        until=np.array(
            [(row.valid_until or row.assessed_on).toordinal() for row in assessed], dtype=np.int64
        ),
        points=_points(assessed, codes),
        sector=np.array([row.sector for row in assessed], dtype=object),
        size=np.array([_size(row) for row in enterprises], dtype=object),
        gone_day=np.array([_gone_day(row) for row in enterprises], dtype=np.int64),
        courses=courses,
        had=had,
        today=local_today().toordinal(),
    )


def _enterprises(area_code: str) -> Sequence[Any]:
    return db.session.execute(
        select(
            Enterprise.id,
            Enterprise.size_class,
            Enterprise.is_ultra_micro,
            Enterprise.life_cycle,
            Enterprise.life_cycle_on,
        )
        .where(in_area(area_code))
        .order_by(Enterprise.id)
    ).all()


def _assessments(area_code: str) -> Any:
    columns = (
        HealthAssessment.id,
        HealthAssessment.enterprise_id,
        HealthAssessment.assessed_on,
        HealthAssessment.valid_until,
        HealthAssessment.sector,
        HealthAssessment.instrument,
        HealthAssessment.instrument_version,
        HealthAssessment.points,
        HealthAssessment.answer_states,
        HealthAssessment.final_class,
    )
    return db.session.execute(
        select(*columns)
        .join(Enterprise, Enterprise.id == HealthAssessment.enterprise_id)
        .where(in_area(area_code))
        .order_by(
            HealthAssessment.enterprise_id,
            HealthAssessment.assessed_on,
            HealthAssessment.received_at,
            HealthAssessment.id,
        )
    )


def _points(assessed: Sequence[Any], codes: tuple[str, ...]) -> Points:
    """The points of all assessments; what a version did not ask stays missing."""
    column = {code: number for number, code in enumerate(codes)}
    layouts: dict[int, list[int]] = {}
    points = np.full((len(assessed), len(codes)), MISSING, dtype=np.int8)
    for line, row in zip(points, assessed, strict=True):
        version = row.instrument_version
        if version not in layouts:
            asked = instrument_numbered(version).indicators
            layouts[version] = [column.get(one.code, MISSING) for one in asked]
        known = zip(layouts[version], row.points, row.answer_states, strict=True)
        for place, given, state in known:
            if place != MISSING and given is not None and state != NOT_APPLICABLE:
                line[place] = given
        line[-1] = RANKS.get(row.final_class or "", MISSING)
    return points


def _courses(
    area_code: str, place: Mapping[UUID, int], order: Mapping[UUID, int]
) -> tuple[tuple[Course, ...], Mapping[str, Mapping[int, int]]]:
    rows = db.session.scalars(
        select(Intervention)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(in_area(area_code), Intervention.state.in_((APPROVED, RUNNING, DONE)))
        .order_by(Intervention.closed_on, Intervention.id)
    ).all()
    had: defaultdict[str, dict[int, int]] = defaultdict(dict)
    courses = []
    for row in rows:
        enterprise, since = place[row.enterprise_id], _since(row)
        known = had[row.therapy_code].get(enterprise, since)
        had[row.therapy_code][enterprise] = min(known, since)
        if row.state == DONE and row.closed_on is not None:
            courses.append(_course(row, row.closed_on.toordinal(), place, order))
    return tuple(courses), had


def _since(row: Intervention) -> int:
    """The day from which an enterprise has a therapy: that of the approval."""
    day = row.proposed_at if row.decided_at is None else row.decided_at
    return local_date(day).toordinal()


def _course(
    row: Intervention, closed_day: int, place: Mapping[UUID, int], order: Mapping[UUID, int]
) -> Course:
    before = MISSING if row.assessment_id is None else order.get(row.assessment_id, MISSING)
    return Course(
        enterprise=place[row.enterprise_id],
        therapy=row.therapy_code,
        provider=" ".join((row.provider or "").split()),
        before=before,
        closed_day=closed_day,
        indicators=tuple(row.indicators),
        money=row.cost if row.spent is None else row.spent,
        is_money_stated=row.spent is not None,
    )


def _size(row: Any) -> str:
    return "ultra_mikro" if row.is_ultra_micro else row.size_class or ""


def _gone_day(row: Any) -> int:
    return row.life_cycle_on.toordinal() if row.life_cycle in RESTING else NEVER
