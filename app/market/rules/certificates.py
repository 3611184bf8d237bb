"""How a certificate stands on a day: what dates bring, how long it waits, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from app.core.errors import InvalidInput
from app.core.identity import Doubt
from app.core.months import add_months
from app.market.rules.facts import COMMITTED, IN_FORCE, LAPSED, NOT_BEGUN, UNDER_WAY
from app.market.rules.tracks import (
    BY_COMMITMENT,
    BY_EXPIRY,
    BY_EXPIRY_SOON,
    COMMITMENT,
    RECORD_FACTS,
    REVIEW,
    SOON,
    VALIDITY,
    State,
    Track,
    tracks,
)

Limits = Mapping[str, Any]
"""The values of dated rules that are in force, by the code of the rule."""

_MONTHS = 12
# So far may a paper's expiry lie from its issue and the usual validity without a question.
_SLACK = timedelta(days=31)


class Held(Protocol):
    """What is read of a stored certificate."""

    track: str
    state: str
    state_on: date
    issued_on: date | None
    expires_on: date | None
    committed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """The last day of a permit; an estimate is worked out and not read from the paper."""

    on: date
    is_estimate: bool


def rule_codes() -> tuple[str, ...]:
    """The dated rules that any track asks for."""
    return tuple(sorted({code for one in tracks().values() for code in one.rules.values()}))


def shown_state(one: Held, *, on: date, limits: Limits) -> State:
    """The state as of a day: the one it was moved to, or the one that a date has brought."""
    of = tracks()[one.track]
    stored = of.states[one.state]
    brought = _brought(of, stored, one, on, limits)
    return (of.automatic(brought) if brought else None) or stored


def _brought(of: Track, stored: State, one: Held, on: date, limits: Limits) -> str:
    if stored.is_renewal or stored.standing not in (IN_FORCE, COMMITTED):
        return ""
    if one.expires_on is not None and one.expires_on < on:
        return BY_EXPIRY
    if stored.standing == COMMITTED:
        due = commitments_due(one, limits=limits)
        return BY_COMMITMENT if due is not None and due < on else ""
    soon = limits.get(of.rules.get(SOON, ""))
    is_soon = soon is not None and one.expires_on is not None
    return BY_EXPIRY_SOON if is_soon and (one.expires_on - on).days <= soon else ""  # type: ignore[operator]


def commitments_due(one: Held, *, limits: Limits) -> date | None:
    """Until when open commitments must be met; None where there are none."""
    of = tracks()[one.track]
    months = limits.get(of.rules.get(COMMITMENT, ""))
    if months is None or one.committed_on is None or of.states[one.state].standing != COMMITTED:
        return None
    return add_months(one.committed_on, months)


def review_on(one: Held, *, limits: Limits) -> date | None:
    """When what has no expiry is looked at again (halal: surveillance); None without an issue."""
    of = tracks()[one.track]
    years = limits.get(of.rules.get(REVIEW, ""))
    if years is None or one.issued_on is None or of.states[one.state].standing != IN_FORCE:
        return None
    return add_months(one.issued_on, years * _MONTHS)


def standing_on(one: Held, *, on: date, limits: Limits) -> str:
    """How it stands as of a day: in force through its last day, lapsed from the next on."""
    standing = shown_state(one, on=on, limits=limits).standing
    is_over = one.expires_on is not None and one.expires_on < on
    return LAPSED if is_over and standing in (IN_FORCE, COMMITTED) else standing


def nib_state(stored: str | None, nib: str | None) -> str | None:
    """The state of the NIB: the number on the enterprise is the truth, the track tells the way.

    A number that came by the register's form or an import ends the way; a way that ended without
    the number has not ended.
    """
    if nib is None:
        is_held = stored is not None and tracks()["nib"].states[stored].standing == IN_FORCE
        return "akun_oss" if is_held else stored
    if stored is None or tracks()["nib"].states[stored].standing in (NOT_BEGUN, UNDER_WAY):
        return "terbit"
    return stored


def due_on(state: State, since: date) -> date | None:
    """Until when a state is usually left; None for one without a clock."""
    return None if state.days is None else since + timedelta(days=state.days)


def expiry(
    of: Track,
    *,
    issued_on: date | None,
    said: date | None,
    number_year: int | None,
    limits: Limits,
) -> Expiry | None:
    """The last day: as the paper says it, else worked out and marked so; None if unknown.

    With nothing but the year in a P-IRT number it is the first of January of that year.
    """
    if said is not None:
        return Expiry(on=said, is_estimate=False)
    years = limits.get(of.rules.get(VALIDITY, ""))
    if years is not None and issued_on is not None:
        return Expiry(on=add_months(issued_on, years * _MONTHS), is_estimate=True)
    if number_year is not None:
        return Expiry(on=date(number_year, 1, 1), is_estimate=True)
    return None


def check_days(
    of: Track,
    *,
    issued_on: date | None,
    expires_on: date | None,
    today: date,
    limits: Limits,
) -> tuple[Doubt, ...]:
    """What is unusual about the days of a paper.

    Raises:
        InvalidInput: issued after today, or over before it was issued.
    """
    if issued_on is not None and issued_on > today:
        raise InvalidInput(
            "issued_ahead",
            field="issued_on",
            message="Tanggal terbit tidak boleh setelah hari ini.",
        )
    if expires_on is None or issued_on is None:
        return ()
    if expires_on <= issued_on:
        raise InvalidInput(
            "expires_first",
            field="expires_on",
            message="Tanggal habis harus setelah tanggal terbit.",
        )
    years = limits.get(of.rules.get(VALIDITY, ""))
    if years is None or abs(expires_on - add_months(issued_on, years * _MONTHS)) <= _SLACK:
        return ()
    message = f"Masa berlaku {of.name} biasanya {years} tahun. Periksa tanggal di suratnya."
    return (Doubt(code="validity_differs", message=message),)


def check_day(day: date, *, since: date, today: date) -> None:
    """Refuse a day of a step that lies ahead, or before the step that went before.

    Raises:
        InvalidInput: field "on".
    """
    if day > today:
        raise InvalidInput(
            "step_ahead", field="on", message="Tanggal tidak boleh setelah hari ini."
        )
    if day < since:
        raise InvalidInput(
            "step_before",
            field="on",
            message="Tanggal tidak boleh sebelum langkah terakhir izin ini.",
        )


def check_given(state: State, given: Collection[str]) -> None:
    """Refuse a step without what it needs.

    Raises:
        InvalidInput: at the first field that is missing.
    """
    fields = {
        "nomor": ("number", "Isi nomor dari suratnya."),
        "terbit": ("issued_on", "Isi tanggal terbit dari suratnya."),
    }
    for need in sorted(state.needs - set(given)):
        field, message = fields[need]
        raise InvalidInput("certificate_needs", field=field, message=message)


def missing(
    of: Track,
    state: State,
    *,
    papers: Collection[str],
    record: Collection[str],
    has_number: bool,
    is_estimate: bool,
) -> tuple[str, ...]:
    """What a state still wants, in words: papers, what of the record is empty, number, date."""
    wanted = [of.papers[code] for code in state.papers if code not in papers]
    wanted += [RECORD_FACTS[code] for code in state.record if code not in record]
    if "nomor" in state.needs and not has_number:
        wanted.append("Nomor")
    if is_estimate and state.standing in (IN_FORCE, COMMITTED):
        wanted.append("Tanggal habis dari suratnya (sekarang perkiraan)")
    return tuple(wanted)
