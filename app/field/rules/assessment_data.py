"""An assessment as a phone reports it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.enterprises.rules.labels import SECTOR_LABELS
from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed, objects, refused
from app.field.rules.taken import Clock, Taken, begun, real_day
from app.health.rules import Context, Findings
from app.health.rules.contradicted import Correction
from app.health.rules.instrument import Points

EVIDENCE = ("buku", "dilihat", "pengakuan")
_MOST_CODES = 200
_MOST_DAYS = 100_000
_CODE_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What the phone worked out and showed."""

    health_class: str | None
    tenths: int | None
    low: int | None
    high: int | None
    knockouts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSaid(Findings):
    """What was found, and beside it what the phone asked by and what it worked out."""

    assessed_on: date
    instrument_version: int | None
    sector: str | None
    computed: Computed | None
    corrections: dict[str, Correction]
    taken: Taken
    rest: dict[str, Any]


def assessment_said(operation: Operation, clock: Clock) -> AssessmentSaid:
    """Read an assessment.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    said_on = needed("assessed_on", fields.day("assessed_on"))
    answers = _answers(fields)
    if all(points is None for points in answers.values()):
        raise refused("answers", "answers_missing", "Belum ada jawaban dalam penilaian ini.")
    return AssessmentSaid(
        assessed_on=real_day("assessed_on", said_on, operation.occurred_at, clock, taken),
        instrument_version=fields.whole("instrument_version", 1, 30_000),
        sector=fields.choice("sector", SECTOR_LABELS),
        answers=answers,
        evidence=_evidence(fields),
        not_known=frozenset(_codes(fields, "not_known")),
        context=_context(Fields(fields.pairs("context", 40)), taken),
        main_problem=fields.text("main_problem", 500) or "",
        computed=_computed(fields),
        corrections=_corrections(fields),
        taken=taken,
        rest=fields.rest,
    )


def _answers(fields: Fields) -> dict[str, Points]:
    said = Fields(fields.pairs("answers", _MOST_CODES))
    return {code: said.whole(code, 0, 4) for code in said.rest}


def _evidence(fields: Fields) -> dict[str, str | None]:
    said = Fields(fields.pairs("evidence", _MOST_CODES))
    return {code: said.choice(code, EVIDENCE) for code in said.rest}


def _corrections(fields: Fields) -> dict[str, Correction]:
    """Why answers differ from what the phone knew; without a reason there is nothing to keep."""
    said = fields.pairs("corrections", _MOST_CODES)
    found = {}
    for (code, _), one in zip(said.items(), objects("corrections", said.values()), strict=True):
        points = needed("known_points", one.whole("known_points", 0, 4))
        source = one.text("source", 200) or ""
        reason = one.text("reason", 300)
        if reason and len(code) <= _CODE_LETTERS:
            found[code] = Correction(known_points=points, source=source, reason=reason)
    return found


def _codes(fields: Fields, name: str) -> list[str]:
    found = fields.items(name, _MOST_CODES)
    if not all(isinstance(code, str) for code in found):
        raise refused(name, "type_wrong", "Isian ini tidak dapat dibaca.")
    return found


def _context(fields: Fields, taken: Taken) -> Context:
    found = Context(
        has_equipment=fields.flag("has_equipment"),
        declared_non_halal=fields.flag("declared_non_halal"),
        sold_outside_home=fields.flag("sold_outside_home"),
        off_season=fields.flag("off_season"),
        days_since_last_sale=fields.whole("days_since_last_sale", 0, _MOST_DAYS),
        loss_months=fields.whole("loss_months", 0, 1200),
        book_coverage=fields.number("book_coverage"),
        arrears_days=fields.whole("arrears_days", 0, _MOST_DAYS),
        debt_service_ratio=fields.number("debt_service_ratio"),
        installments_without_surplus=fields.flag("installments_without_surplus"),
        quick_ratio=fields.number("quick_ratio"),
        incident_open=fields.flag("incident_open") if fields.says("incident_open") else None,
        started_on=fields.day("started_on"),
    )
    taken.dropped.update({f"context_{name}": value for name, value in fields.rest.items()})
    return found


def _computed(fields: Fields) -> Computed | None:
    said = fields.pairs("computed", 40)
    if not said:
        return None
    # Only compared with our own, so what can't be read is simply different.
    knockouts = said.get("knockouts")
    codes = knockouts if isinstance(knockouts, list) else []
    return Computed(
        health_class=_word(said.get("class")),
        tenths=_whole(said.get("tenths")),
        low=_whole(said.get("low")),
        high=_whole(said.get("high")),
        knockouts=frozenset(
            str(one.get("code") if isinstance(one, dict) else one) for one in codes
        ),
    )


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
