"""The therapies of one enterprise: proposed, decided, delivered, with their results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.core.clock import local_date
from app.demo.invention.sayings import RESULT_NOTES, TURNED_DOWN
from app.demo.loading.cast import Cast
from app.demo.loading.diagnosis import Rated
from app.demo.loading.register import Subject
from app.demo.loading.shelf import at_work, key_at
from app.demo.questionnaire import CODES
from app.demo.simulator import World
from app.demo.therapies import DEFAULTS, HYGIENE, INTENSIVE, OUTCOMES, RESERVE
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES, NO_COST, Therapy, current_catalogue
from app.interventions.rules.states import APPROVED, CANCELLED, DONE, PROPOSED, REFUSED, RUNNING

INTERVENTION = Intervention.__table__
FUNDING = ("apbd_kabupaten", "apbd_kabupaten", "dana_desa", "csr", "apbn", "swadaya")
PROGRAM = "Desmigratif"
OVERSPENT = ("Harga bahan naik", "Ongkos kirim tidak dihitung", "Peserta lebih banyak")
PARTNERS = ("BUMDes", "Pokja desa", "Puskesmas", "Politeknik", None, None, None, None)
COSTS = (150_000, 250_000, 350_000, 500_000, 750_000, 1_000_000, 1_500_000)
BY_MENTOR_SHARE, PROMPT_SHARE = 0.45, 0.75


@dataclass(frozen=True, slots=True)
class Course:
    """One simulated therapy of an enterprise."""

    quarter: int
    therapy: int
    is_approved: bool
    end_quarter: int
    outcome: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened to a therapy, for the history."""

    action: str
    at: datetime
    by: UUID
    changes: Mapping[str, Any]
    note: str | None


class Courses:
    """The simulated therapies, by enterprise."""

    def __init__(self, world: World) -> None:
        self._of: defaultdict[int, list[Course]] = defaultdict(list)
        for batch in world.therapies.batches:
            for row, therapy, approved, end, outcome in zip(
                batch.enterprise.tolist(),
                batch.therapy.tolist(),
                batch.is_approved.tolist(),
                batch.end_quarter.tolist(),
                batch.outcome.tolist(),
                strict=True,
            ):
                self._of[row].append(Course(batch.quarter, therapy, approved, end, outcome))

    def of(self, row: int) -> list[Course]:
        """The therapies of one enterprise, oldest first."""
        return self._of.get(row, [])


class Treatment:
    """Writes the therapies of one enterprise and says what happened when."""

    def __init__(
        self, world: World, subject: Subject, *, cast: Cast, mentor: UUID, chance: Random
    ) -> None:
        self.world, self.subject, self.chance = world, subject, chance
        self.mentor, self.officer = mentor, cast.officers[subject.village_code[:5]]
        self.latest_on = subject.ended_on or world.last_on
        self.steps: list[tuple[UUID, str, Step]] = []

    def row(self, course: Course, one: Rated, assessment: Mapping[str, Any]) -> dict[str, Any]:
        """The row of a therapy that this assessment asked for."""
        therapy = current_catalogue().therapies[f"T{course.therapy:02d}"]
        proposed_at = assessment["received_at"] + timedelta(minutes=1)
        proposed_by = self.mentor if self.chance.random() < BY_MENTOR_SHARE else None
        row = proposed_row(
            therapy,
            one,
            key=key_at(self.chance, proposed_at),
            enterprise_id=self.subject.enterprise_id,
            proposed_by=proposed_by,
            proposed_at=proposed_at,
        )
        row["indicators"] = _indicators(course.therapy, assessment)
        row["knockouts"] = _knockouts(therapy.code, assessment)
        self._step(row, "intervention.proposed", proposed_at, proposed_by or self.officer)
        self._decide(row, course, therapy)
        return row

    def _decide(self, row: dict[str, Any], course: Course, therapy: Therapy) -> None:
        proposed_on = local_date(row["proposed_at"])
        decided_on = proposed_on + timedelta(days=self._waiting_days())
        if decided_on > self.latest_on:
            if self.subject.ended_on is not None:
                self._cancel(row)
            return
        decided_at = at_work(self.chance, decided_on)
        row.update(decided_by=self.officer, decided_at=decided_at, version=2)
        if not course.is_approved:
            reason = self.chance.choice(TURNED_DOWN)
            row.update(state=REFUSED, decision_reason=reason)
            self._step(row, "intervention.refused", decided_at, self.officer, note=reason)
            return
        row.update(
            state=APPROVED,
            responsible_id=self.mentor,
            provider=self.chance.choice(therapy.providers),
            partner=self.chance.choice(PARTNERS),
            due_on=decided_on + timedelta(days=self._days(course)),
            budget_year=decided_on.year,
            **self._money(therapy),
        )
        self._step(row, "intervention.approved", decided_at, self.officer)
        self._deliver(row, course, decided_on)

    def _deliver(self, row: dict[str, Any], course: Course, decided_on: date) -> None:
        started_on = decided_on + timedelta(days=self.chance.randrange(0, 21))
        if started_on > self.latest_on:
            if self.subject.ended_on is not None:
                self._cancel(row)
            return
        row.update(state=RUNNING, started_on=started_on, version=3)
        self._step(row, "intervention.started", at_work(self.chance, started_on), self.mentor)
        first = date.fromordinal(self.world.first_day(course.end_quarter))
        closed_on = max(started_on, first + timedelta(days=self.chance.randrange(0, 3)))
        if course.end_quarter < self.world.quarters and closed_on <= self.latest_on:
            self._close(row, course, closed_on)
        elif self.subject.ended_on is not None:
            self._cancel(row)

    def _close(self, row: dict[str, Any], course: Course, closed_on: date) -> None:
        result = OUTCOMES[course.outcome]
        note = self.chance.choice(RESULT_NOTES[result])
        row.update(
            state=DONE,
            closed_on=closed_on,
            closed_by=self.mentor,
            result=result,
            result_note=note,
            version=4,
            **self._spent(row["cost"]),
        )
        self._step(
            row,
            "intervention.closed",
            at_work(self.chance, closed_on),
            self.mentor,
            changes={"result": [None, result]},
            note=note,
        )

    def _cancel(self, row: dict[str, Any]) -> None:
        """The enterprise ended before the therapy did."""
        day, reason = self.latest_on, "Usaha berakhir"
        row.update(
            state=CANCELLED,
            closed_on=day,
            closed_by=self.officer,
            decision_reason=reason,
            version=row["version"] + 1,
        )
        at = at_work(self.chance, day)
        self._step(row, "intervention.cancelled", at, self.officer, note=reason)

    def _waiting_days(self) -> int:
        """Most are decided within two weeks, some lie."""
        if self.chance.random() < PROMPT_SHARE:
            return self.chance.randrange(1, 15)
        return self.chance.randrange(15, 45)

    def _days(self, course: Course) -> int:
        return self.chance.randrange(28, 70) * (course.end_quarter - course.quarter)

    def _money(self, therapy: Therapy) -> dict[str, Any]:
        if not therapy.costs_money:
            return {}
        return {
            "cost": self.chance.choice(COSTS),
            "funding_source": self.chance.choice(FUNDING),
        }

    def _spent(self, budget: int) -> dict[str, Any]:
        """Most stay within the budget, one in ten goes over it."""
        share = self.chance.choice((80, 90, 95, 100, 100, 100, 100, 100, 100, 115))
        spent = budget * share // 100
        reason = self.chance.choice(OVERSPENT) if spent > budget else None
        return {"spent": spent, "spent_reason": reason}

    def _step(
        self,
        row: Mapping[str, Any],
        action: str,
        at: datetime,
        by: UUID,
        *,
        changes: Mapping[str, Any] | None = None,
        note: str | None = None,
    ) -> None:
        step = Step(action=action, at=at, by=by, changes=changes or {}, note=note)
        self.steps.append((row["id"], row["therapy_code"], step))


_PLACES = {code: place for place, code in enumerate(CODES)}
_LATER = (
    "decided_by",
    "decided_at",
    "decision_reason",
    "responsible_id",
    "responsible_name",
    "due_on",
    "partner",
    "spent",
    "spent_reason",
    "started_on",
    "closed_on",
    "closed_by",
    "result",
    "result_note",
)


def proposed_row(
    therapy: Therapy,
    one: Rated,
    *,
    key: UUID,
    enterprise_id: UUID,
    proposed_by: UUID | None,
    proposed_at: datetime,
) -> dict[str, Any]:
    """The row of a therapy that was proposed and not yet decided."""
    return {
        "id": key,
        "enterprise_id": enterprise_id,
        "assessment_id": one.id,
        "catalogue_version": current_catalogue().version,
        "therapy_code": therapy.code,
        "indicators": [],
        "knockouts": [],
        "state": PROPOSED,
        "proposed_by": proposed_by,
        "proposed_at": proposed_at,
        "success_measure": therapy.success_measure,
        "pillar": therapy.pillar,
        "provider": therapy.providers[0],
        "gates_confirmed": [],
        **dict.fromkeys(_LATER),
        "cost": 0,
        "funding_source": NO_COST,
        "program": PROGRAM,
        "budget_year": proposed_at.year,
        "version": 1,
    }


def is_active(row: Mapping[str, Any]) -> bool:
    """Whether a therapy is approved or running."""
    return row["state"] in ACTIVE_STATES


def _indicators(therapy: int, assessment: Mapping[str, Any]) -> list[str]:
    """The answers that asked for this therapy by its default."""
    if therapy == INTENSIVE:
        return []
    catalogue = current_catalogue()
    return [
        code
        for code, default in DEFAULTS.items()
        if _default(code, default, assessment) == therapy
        and _failed(assessment["points"][_PLACES[code]], catalogue.options[code][0].max_points)
    ]


def _default(code: str, default: int, assessment: Mapping[str, Any]) -> int:
    if code == "LGL2" and assessment["sector"] == "B":
        return HYGIENE
    return RESERVE if code == "MDL4" and assessment["final_class"] == "sakit" else default


def _failed(points: int | None, at_most: int) -> bool:
    return points is not None and points <= at_most


def _knockouts(therapy_code: str, assessment: Mapping[str, Any]) -> list[str]:
    wanted = current_catalogue().knockouts
    return [
        code
        for code in assessment["knockouts"]
        if code in wanted and wanted[code].therapy == therapy_code
    ]
