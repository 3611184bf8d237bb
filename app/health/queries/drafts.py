"""An unfinished assessment, as the pages of the form show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.clock import local_today
from app.core.scope import Scope
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.shown import is_off_season
from app.health.models import AssessmentDraft
from app.health.queries.instruments import current_instrument
from app.health.queries.known import known_answers, told_facts_of
from app.health.queries.stored import draft
from app.health.rules import Case, points_in_order, score
from app.health.rules.contradicted import Contradicted, contradicted
from app.health.rules.instrument import Dimension, Instrument
from app.health.rules.questionnaire import (
    CORRECTION,
    START,
    Known,
    Progress,
    place_of,
    progress,
    questions,
    reading,
    step_after,
    step_before,
    unanswered,
)

# What the enterprise row already says stands in the form until it is changed there.
_FROM_ENTERPRISE = ("has_equipment", "declared_non_halal", "sold_outside_home")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """One page of the form. `draft` is what was kept so far, begun with the enterprise's facts.

    `dimension` is None where the page asks no question that applies.
    """

    enterprise_id: UUID
    enterprise_name: str
    sector: str | None
    sector_label: str
    is_start_known: bool
    is_begun: bool
    draft: dict[str, Any]
    step: str
    steps: tuple[Progress, ...]
    dimension: Dimension | None
    previous_step: str
    next_step: str
    answered: int
    total: int
    left: tuple[tuple[str, tuple[str, ...]], ...]
    # Which page of how many this is.
    place: int
    count: int
    # How firm the result would be if the draft were recorded now.
    outlook: str
    # What other parts of the system know about the questions, by indicator.
    known: dict[str, Known]
    # What the cash book says beside the questions, by field of the form.
    told: dict[str, Any]
    # Which answers so far say something else.
    contradicted: tuple[Contradicted, ...]


def draft_page(scope: Scope, enterprise_id: UUID, account_id: UUID, step: str) -> DraftPage:
    """A page of the form for an enterprise.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    kept = draft(scope, enterprise_id, account_id)
    answers = draft_answers(enterprise, kept)
    instrument, sector = current_instrument(), enterprise.sector
    steps = progress(instrument, sector, answers) if sector else ()
    known = known_answers(enterprise.id, on=local_today())
    return DraftPage(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        sector=sector,
        sector_label=instrument.sectors[sector] if sector else "",
        is_start_known=enterprise.started_on is not None,
        is_begun=kept is not None,
        draft=answers,
        step=step,
        steps=steps,
        dimension=_dimension(sector, answers, step),
        previous_step=step_before(steps, step),
        next_step=step_after(steps, step),
        answered=sum(one.answered for one in steps),
        total=sum(one.total for one in steps),
        left=unanswered(instrument, sector, answers) if sector else (),
        place=place_of(steps, step),
        count=len(steps) + 2,
        outlook=_outlook(sector, answers),
        known=known,
        told=told_facts_of([enterprise.id], on=local_today()).get(enterprise.id, {}),
        contradicted=contradicted_draft(instrument, sector, answers, known) if sector else (),
    )


def contradicted_draft(
    instrument: Instrument, sector: str, answers: dict[str, Any], known: dict[str, Known]
) -> tuple[Contradicted, ...]:
    """The answers of a draft that say something else than what is known."""
    asked = {
        one.code
        for dimension in instrument.dimensions
        for one in questions(instrument, dimension, sector, answers)
    }
    return contradicted(
        instrument,
        sector,
        reading(instrument, sector, answers, assessed_on=local_today()).answers,
        {code: one for code, one in known.items() if code in asked},
        {code: answers.get(code + CORRECTION) or "" for code in asked},
    )


def _outlook(sector: str | None, answers: dict[str, Any]) -> str:
    if sector is None:
        return ""
    instrument = current_instrument()
    said = reading(instrument, sector, answers, assessed_on=local_today())
    case = Case(
        sector=sector,
        assessed_on=said.assessed_on,
        points=points_in_order(instrument, said.answers),
        context=said.context,
    )
    return str(score(instrument, case).status)


def draft_answers(enterprise: Enterprise, kept: AssessmentDraft | None) -> dict[str, Any]:
    """What a draft says, on top of what the enterprise row says."""
    known: dict[str, Any] = {name: getattr(enterprise, name) for name in _FROM_ENTERPRISE}
    known["off_season"] = is_off_season(
        enterprise.is_seasonal, enterprise.season_months, local_today()
    )
    if enterprise.started_on is not None:
        known["started_on"] = enterprise.started_on.isoformat()
    return {**known, **(kept.answers if kept is not None else {})}


def _dimension(sector: str | None, answers: dict[str, Any], step: str) -> Dimension | None:
    if sector is None or step == START:
        return None
    instrument = current_instrument()
    for one in instrument.dimensions:
        if one.code.lower() == step and questions(instrument, one, sector, answers):
            return one
    return None
