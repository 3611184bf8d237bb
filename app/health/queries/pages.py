"""What the pages of a diagnosis show, ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.shown import is_expired
from app.health.models import AnswerCorrection, HealthAssessment
from app.health.queries.disputes import (
    ObjectionView,
    SettledView,
    objections_of,
    settled_of_assessments,
)
from app.health.queries.instruments import current_instrument, instrument_of
from app.health.queries.known import known_answers
from app.health.queries.stored import (
    assessment,
    assessments_in_order,
    assessments_of,
    corrections_of,
    draft,
)
from app.health.rules import score, way_up
from app.health.rules.answers import ANSWERED, NOT_APPLICABLE, NOT_KNOWN
from app.health.rules.case import Case
from app.health.rules.contradicted import Contradicted, contradicted
from app.health.rules.explain import (
    CLASS_WORDS,
    Cap,
    Pull,
    Question,
    StepWords,
    blocks_in_words,
    caps,
    pulls,
    range_words,
    steps_in_words,
    to_ask,
    unchecked_rules,
)
from app.health.rules.instrument import Instrument
from app.health.rules.known_words import without_sums
from app.health.rules.record import case_of_row

NOT_COMPLETE = "belum lengkap"


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionLine:
    """One dimension of a result; without a value `note` says why."""

    code: str
    name: str
    tenths: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One question as it was answered."""

    code: str
    name: str
    answer: str
    evidence: str
    # For readers who may not read the cash book.
    evidence_without_sums: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One assessment with its reasons, as they were when it was made."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    assessed_on: date
    assessed_by: str | None
    final_class: str | None
    score_class: str | None
    score_class_words: str
    status: str
    tenths: int | None
    low: int
    high: int
    coverage: float
    range_words: str
    valid_until: date | None
    is_expired: bool
    evidence_strength: str
    main_problem: str
    instrument_title: str
    dimensions: tuple[DimensionLine, ...]
    answers: tuple[AnswerLine, ...]
    pulls: tuple[Pull, ...]
    caps: tuple[Cap, ...]
    target_words: str
    steps: tuple[StepWords, ...]
    blocks: tuple[str, ...]
    to_ask: tuple[Question, ...]
    unchecked: tuple[str, ...]
    # Only of the newest: what the data say otherwise today.
    contradicted: tuple[Contradicted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAssessment:
    """One line of the list of assessments."""

    id: UUID
    assessed_on: date
    final_class: str | None
    status: str
    tenths: int | None
    assessed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Values over time, oldest first: the total, and each dimension, in tenths."""

    days: tuple[date, ...]
    totals: tuple[int | None, ...]
    dimensions: tuple[tuple[str, tuple[int | None, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseHealth:
    """The health page of one enterprise; `current` is what counts, `newest` what was done last."""

    enterprise: Enterprise
    current: Result | None
    newest_without_class: Result | None
    past: tuple[PastAssessment, ...]
    trend: Trend
    draft_answered: int | None
    # Beside the current class: what people settled on or propose, and what the owner said.
    settled: tuple[SettledView, ...]
    objections: tuple[ObjectionView, ...]


def enterprise_health(
    scope: Scope, enterprise_id: UUID, account_id: UUID, *, is_office: bool
) -> EnterpriseHealth:
    """The health page of an enterprise; `account_id` may have left a draft.

    Only the office sees what the owner wrote past the mentor.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    found = enterprise_within(scope, enterprise_id)
    stored = assessments_of(scope, enterprise_id)
    names = _names({one.assessed_by for one in stored})
    rated = [one for one in stored if one.final_class is not None]
    newest = stored[-1] if stored else None
    unfinished = draft(scope, enterprise_id, account_id)
    return EnterpriseHealth(
        enterprise=found,
        current=_with_contradictions(rated[-1], _result(rated[-1], found.name, names))
        if rated
        else None,
        newest_without_class=_result(newest, found.name, names)
        if newest is not None and newest.final_class is None
        else None,
        past=tuple(_past(one, names) for one in reversed(stored)),
        trend=_trend(rated),
        draft_answered=None if unfinished is None else _answered(unfinished.answers),
        settled=tuple(settled_of_assessments(scope, [one.id for one in rated[-1:]], by=account_id)),
        objections=tuple(
            objections_of(scope, enterprise_id, by=account_id, with_own_page=is_office)
        ),
    )


def _past(one: HealthAssessment, names: dict[UUID | None, str]) -> PastAssessment:
    return PastAssessment(
        id=one.id,
        assessed_on=one.assessed_on,
        final_class=one.final_class,
        status=one.status,
        tenths=one.score,
        assessed_by=names.get(one.assessed_by),
    )


def result(scope: Scope, assessment_id: UUID) -> Result:
    """One assessment with its reasons.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    stored = assessment(scope, assessment_id)
    enterprise = enterprise_within(scope, stored.enterprise_id)
    told = _result(stored, enterprise.name, _names({stored.assessed_by}))
    newest = assessments_in_order(enterprise.id)[-1]
    return _with_contradictions(stored, told) if newest.id == stored.id else told


def _with_contradictions(stored: HealthAssessment, told: Result) -> Result:
    """The result with what the data say otherwise today."""
    instrument = instrument_of(stored)
    answers = {
        one.code: stored.points[one.position]
        for one in instrument.indicators
        if stored.answer_states[one.position] == ANSWERED
    }
    known = known_answers(stored.enterprise_id, on=local_today())
    reasons = {code: one.reason for code, one in corrections_of(stored.id).items()}
    found = contradicted(instrument, stored.sector, answers, known, reasons)
    return replace(told, contradicted=found)


def _names(account_ids: set[UUID | None]) -> dict[UUID | None, str]:
    known = [account_id for account_id in account_ids if account_id is not None]
    if not known:
        return {}
    rows = db.session.execute(
        select(Account.id, Account.name).where(Account.id.in_(known)).order_by(Account.id)
    )
    return {row.id: row.name for row in rows}


def _answered(answers: dict[str, str]) -> int:
    return sum(
        1
        for indicator in current_instrument().indicators
        if str(answers.get(indicator.code, "")).isdigit()
    )


def _trend(rated: list[HealthAssessment]) -> Trend:
    return Trend(
        days=tuple(one.assessed_on for one in rated),
        totals=tuple(one.score for one in rated),
        dimensions=tuple(
            (part.name, tuple(one.dimension_values.get(part.code) for one in rated))
            for part in current_instrument().dimensions
        ),
    )


def _result(stored: HealthAssessment, name: str, names: dict[UUID | None, str]) -> Result:
    instrument, case = case_of_row(instrument_of(stored), stored)
    judged = score(instrument, case)
    way = way_up(instrument, case, judged)
    return Result(
        id=stored.id,
        enterprise_id=stored.enterprise_id,
        enterprise_name=name,
        assessed_on=stored.assessed_on,
        assessed_by=names.get(stored.assessed_by),
        final_class=stored.final_class,
        score_class=stored.score_class,
        score_class_words=CLASS_WORDS[judged.score_class] if judged.score_class else "",
        status=stored.status,
        tenths=stored.score,
        low=stored.low,
        high=stored.high,
        coverage=stored.coverage / 1000,
        range_words=range_words(judged),
        valid_until=stored.valid_until,
        is_expired=is_expired(stored.valid_until, local_today()),
        evidence_strength=stored.evidence_strength,
        main_problem=stored.main_problem,
        instrument_title=f"{instrument.title} (IKU-DM) versi {instrument.version}",
        dimensions=_dimension_lines(instrument, case, stored),
        answers=_answer_lines(instrument, stored),
        pulls=pulls(instrument, case, judged),
        caps=caps(instrument, case, judged),
        target_words=CLASS_WORDS[way.target] if way.target else "",
        steps=steps_in_words(instrument, case, way.steps),
        blocks=blocks_in_words(instrument, way),
        to_ask=to_ask(instrument, case, judged),
        unchecked=unchecked_rules(instrument, case),
    )


def _dimension_lines(
    instrument: Instrument, case: Case, stored: HealthAssessment
) -> tuple[DimensionLine, ...]:
    applicable = {part.code for part in case.sheet(instrument).dimensions}
    return tuple(
        DimensionLine(
            code=part.code,
            name=part.name,
            tenths=stored.dimension_values.get(part.code),
            note=NOT_COMPLETE if part.code in applicable else "tidak berlaku",
        )
        for part in instrument.dimensions
    )


def _based_on(evidence: str, corrected: AnswerCorrection | None, *, with_sums: bool) -> str:
    if corrected is None:
        return evidence
    source = corrected.source if with_sums else without_sums(corrected.source)
    return f"{evidence}. Catatan: {source}; diubah: {corrected.reason}"


def _answer_lines(instrument: Instrument, stored: HealthAssessment) -> tuple[AnswerLine, ...]:
    corrections = corrections_of(stored.id)
    lines = []
    for indicator in instrument.indicators:
        state = stored.answer_states[indicator.position]
        if state == NOT_APPLICABLE:
            continue
        answer = "Pemilik tidak tahu" if state == NOT_KNOWN else "Belum ditanya"
        evidence = ""
        if state == ANSWERED:
            points = stored.points[indicator.position]
            answer = indicator.options_for(stored.sector).get(points, f"{points} poin")
            evidence = instrument.evidence_kinds.get(stored.evidence[indicator.position] or "", "")
        corrected = corrections.get(indicator.code)
        lines.append(
            AnswerLine(
                code=indicator.code,
                name=indicator.name,
                answer=answer,
                evidence=_based_on(evidence, corrected, with_sums=True),
                evidence_without_sums=_based_on(evidence, corrected, with_sums=False),
            )
        )
    return tuple(lines)
