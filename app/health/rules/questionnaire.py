"""The form as pages: what is asked where, how far one is, and what the answers mean together.

A draft is a mapping of field names to plain JSON values: `KEU1` is "0" to "4", "belum" or
"tidak_tahu"; `KEU1_bukti` its evidence; `KEU2_angka` the raw number beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.health.rules.answers import NOT_ASKED, NOT_KNOWN
from app.health.rules.case import Context, Findings
from app.health.rules.evidence import CLAIMED, SEEN
from app.health.rules.instrument import (
    Code,
    Dimension,
    Indicator,
    Instrument,
    RawScale,
    sheet_for,
)
from app.health.rules.known_words import without_sums

Draft = Mapping[str, Any]

START = "awal"
REVIEW = "periksa"
EVIDENCE = "_bukti"
NUMBER = "_angka"
CORRECTION = "_alasan"
# These two are typed as percent, because nobody says "nought point three five".
PERCENT_FACTS = frozenset({"debt_service_ratio", "book_coverage"})
_INCIDENT = {"ya": True, "selesai": False, "tidak": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One page of the form: how many of its questions have an answer."""

    step: str
    label: str
    answered: int
    total: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to ask on this page."""
        return self.answered == self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What another part of the system knows about a question, from where, and of which day.

    `holds_until` is the last day on which the same may be said without looking again; None says
    that no day is known on which it ends. `number` is the raw number behind the points as it would
    be typed (percent for shares), where the question asks for one.
    """

    points: int
    known_on: date
    source: str
    evidence: str = SEEN
    holds_until: date | None = None
    number: Decimal | None = None

    @property
    def source_without_sums(self) -> str:
        """From where, for readers who may not read the cash book."""
        return without_sums(self.source)


def is_corrected(draft: Draft, code: Code, known_points: int) -> bool:
    """Whether the answer says something else than what is known."""
    given = _points(draft, code)
    return given is not None and given != known_points


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Findings):
    """What a draft says: answers and evidence by question, and the facts."""

    assessed_on: date


def questions(
    instrument: Instrument, dimension: Dimension, sector: str, draft: Draft
) -> tuple[Indicator, ...]:
    """The questions of one page that apply."""
    sheet = sheet_for(
        instrument,
        sector,
        bool(draft.get("has_equipment")),
        bool(draft.get("declared_non_halal")) and sector in ("A", "B"),
    )
    return tuple(one for one in dimension.indicators if one.position in sheet.positions)


def progress(instrument: Instrument, sector: str, draft: Draft) -> tuple[Progress, ...]:
    """Every page of questions that applies, in order."""
    pages = []
    for dimension in instrument.dimensions:
        asked = questions(instrument, dimension, sector, draft)
        if asked:
            answered = sum(1 for one in asked if _points(draft, one.code) is not None)
            pages.append(
                Progress(
                    step=dimension.code.lower(),
                    label=dimension.name,
                    answered=answered,
                    total=len(asked),
                )
            )
    return tuple(pages)


def unanswered(
    instrument: Instrument, sector: str, draft: Draft
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of the questions without an answer, by the page on which they stand."""
    left = []
    for dimension in instrument.dimensions:
        names = tuple(
            one.name
            for one in questions(instrument, dimension, sector, draft)
            if _points(draft, one.code) is None
        )
        if names:
            left.append((dimension.code.lower(), names))
    return tuple(left)


def step_after(steps: tuple[Progress, ...], step: str) -> str:
    """The page that follows one; the last is followed by the review."""
    names = [START, *(one.step for one in steps), REVIEW]
    return names[names.index(step) + 1] if step in names[:-1] else REVIEW


def step_before(steps: tuple[Progress, ...], step: str) -> str:
    """The page before one; before the first there is only itself."""
    names = [START, *(one.step for one in steps), REVIEW]
    return names[max(0, names.index(step) - 1)] if step in names else START


def place_of(steps: tuple[Progress, ...], step: str) -> int:
    """The number of a page, counted from 1; the review is the last."""
    names = [START, *(one.step for one in steps), REVIEW]
    return names.index(step) + 1 if step in names else 1


def points_for(scale: RawScale, value: Decimal | int) -> int:
    """The points that a raw number stands for."""
    for points, bound in scale.at_most:
        if value <= bound:
            return points
    for points, bound in scale.at_least:
        if value >= bound:
            return points
    return 0


def needs_number(instrument: Instrument, indicator: Indicator, points: int) -> bool:
    """Whether a knock-out may hang on the exact number behind these points."""
    limits, scale = instrument.limits, indicator.raw
    if scale is None:
        return False
    bounds: dict[str, Decimal] = {
        "days_since_last_sale": Decimal(limits.no_sale_days),
        "arrears_days": Decimal(limits.arrears_cap_days),
        "debt_service_ratio": limits.debt_service_cap,
        "quick_ratio": limits.quick_ratio,
    }
    bound = bounds[scale.name]
    if scale.at_least:
        return dict(scale.at_least).get(points, Decimal(0)) < bound
    return points not in dict(scale.at_most) or dict(scale.at_most)[points] > bound


def reading(instrument: Instrument, sector: str, draft: Draft, *, assessed_on: date) -> Reading:
    """What a draft says; questions that nobody answered are missing."""
    codes = [one.code for one in instrument.indicators]
    answers = {code: _points(draft, code) for code in codes}
    return Reading(
        assessed_on=assessed_on,
        answers=answers,
        context=_context(instrument, sector, draft),
        evidence={
            code: draft.get(code + EVIDENCE) or CLAIMED
            for code in codes
            if answers[code] is not None
        },
        not_known=frozenset(code for code in codes if draft.get(code) == NOT_KNOWN),
        main_problem=draft.get("main_problem") or "",
    )


def _points(draft: Draft, code: Code) -> int | None:
    given = draft.get(code)
    return None if given in (None, "", NOT_ASKED, NOT_KNOWN) else int(given)


def _context(instrument: Instrument, sector: str, draft: Draft) -> Context:
    started_on = draft.get("started_on")
    numbers = {
        one.raw.name: _number(draft, one.code + NUMBER, one.raw.name)
        for one in instrument.indicators
        if one.raw is not None
    }
    is_food = sector in ("A", "B")
    return Context(
        has_equipment=bool(draft.get("has_equipment")),
        declared_non_halal=is_food and bool(draft.get("declared_non_halal")),
        sold_outside_home=bool(draft.get("sold_outside_home")),
        off_season=bool(draft.get("off_season")),
        days_since_last_sale=_whole(numbers["days_since_last_sale"]),
        loss_months=_whole(_number(draft, "loss_months", "loss_months")),
        book_coverage=_number(draft, "book_coverage", "book_coverage"),
        arrears_days=_whole(numbers["arrears_days"]),
        debt_service_ratio=numbers["debt_service_ratio"],
        installments_without_surplus=bool(draft.get("installments_without_surplus")),
        quick_ratio=numbers["quick_ratio"],
        incident_open=_INCIDENT.get(draft.get("incident") or "") if is_food else None,
        started_on=date.fromisoformat(started_on) if started_on else None,
    )


def _number(draft: Draft, name: str, fact: str) -> Decimal | None:
    value = draft.get(name)
    if value in (None, ""):
        return None
    number = Decimal(str(value))
    return number / 100 if fact in PERCENT_FACTS else number


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
