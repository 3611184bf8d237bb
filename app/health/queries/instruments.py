"""The versions of the instrument: the first comes with the program, later ones are rows."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.errors import NotFound
from app.db import db
from app.health.models import (
    DISCARDED,
    PUBLISHED,
    HealthAssessment,
    InstrumentTrial,
    InstrumentVersion,
)
from app.health.rules.instrument import Instrument
from app.health.rules.instrument_file import (
    FIRST_VERSION,
    first_instrument,
    first_text,
    instrument_of_text,
    with_halal_duty,
)
from app.market.queries.dated_rules import rule
from app.market.rules.dated_rules import HALAL_DUTY, DatedRule


def current_instrument() -> Instrument:
    """The version by which new assessments are made: the one published last."""
    return published_instruments()[0]


def published_instruments() -> tuple[Instrument, ...]:
    """Every published version, newest first, with the rules of today. Two statements; parsing is
    remembered."""
    rows = db.session.execute(
        select(InstrumentVersion.number, InstrumentVersion.content)
        .where(InstrumentVersion.state == PUBLISHED)
        .order_by(InstrumentVersion.number.desc())
    )
    found = (*(_parsed(row.content, row.number) for row in rows), first_instrument())
    halal = _halal_duty()
    return tuple(with_halal_duty(one, halal.value, halal.source) for one in found)


def as_of_today(instrument: Instrument) -> Instrument:
    """An instrument with the rules that decrees may move as they stand today. One statement."""
    halal = _halal_duty()
    return with_halal_duty(instrument, halal.value, halal.source)


def _halal_duty() -> DatedRule:
    return rule(HALAL_DUTY, on=local_today())


def instrument_of(assessment: HealthAssessment) -> Instrument:
    """The version by which an assessment was made."""
    return instrument_numbered(assessment.instrument_version)


def instrument_numbered(number: int) -> Instrument:
    """One published version; what it judged is told with the rules of then (`case_of_row`).

    Raises:
        LookupError: it was never published.
    """
    if number == FIRST_VERSION:
        return first_instrument()
    content = db.session.scalar(
        select(InstrumentVersion.content).where(InstrumentVersion.number == number)
    )
    if content is None:
        raise LookupError(f"version {number} of the instrument was never published")
    return _parsed(content, number)


def indicator_name(code: str) -> str:
    """The name of a question in the newest version that knows it."""
    for instrument in published_instruments():
        for indicator in instrument.indicators:
            if indicator.code == code:
                return indicator.name
    return code


def text_numbered(number: int) -> str:
    """The YAML text of a published version. Raises as `instrument_numbered`."""
    if number == FIRST_VERSION:
        return first_text()
    instrument_numbered(number)
    return db.session.scalars(
        select(InstrumentVersion.content).where(InstrumentVersion.number == number)
    ).one()


def instrument_version(version_id: UUID) -> InstrumentVersion:
    """A draft or a published later version.

    Raises:
        NotFound: there is none, or it was thrown away.
    """
    found = db.session.get(InstrumentVersion, version_id)
    if found is None or found.state == DISCARDED:
        raise NotFound("instrument_unknown", message="Versi instrumen ini tidak ditemukan.")
    return found


def later_versions() -> list[InstrumentVersion]:
    """Drafts first, newest first, then published versions from the newest on."""
    return list(
        db.session.scalars(
            select(InstrumentVersion)
            .where(InstrumentVersion.state != DISCARDED)
            .order_by(
                InstrumentVersion.number.is_not(None),
                InstrumentVersion.number.desc(),
                InstrumentVersion.created_at.desc(),
                InstrumentVersion.id,
            )
        )
    )


def next_number() -> int:
    """The number that the next published version gets."""
    newest = db.session.scalar(select(func.max(InstrumentVersion.number)))
    return (newest or FIRST_VERSION) + 1


def finished_trial(draft: InstrumentVersion) -> InstrumentTrial | None:
    """The newest finished trial of exactly what a draft says now."""
    return db.session.scalars(
        select(InstrumentTrial)
        .where(
            InstrumentTrial.version_id == draft.id,
            InstrumentTrial.content_hash == draft.content_hash,
            InstrumentTrial.finished_at.is_not(None),
        )
        .order_by(InstrumentTrial.finished_at.desc(), InstrumentTrial.id.desc())
        .limit(1)
    ).one_or_none()


@lru_cache(maxsize=32)
def _parsed(content: str, number: int) -> Instrument:
    return instrument_of_text(content, version=number)
