"""What a visit must say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from app.core.clock import local_date
from app.core.errors import InvalidInput
from app.mentoring.rules.words import BROKEN, KEPT, MET, NOT_MET

MAX_NEW_PROMISES = 5
# Paper notes are typed in later; what is older than this is a slip of the year.
MAX_AGE_DAYS = 400
# A promise for longer than this is a plan, and belongs to therapy.
MAX_PROMISE_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPromise:
    """Something promised at a visit, until a day; `slot` is its line in the form, from 0."""

    text: str
    due_on: date
    slot: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReport:
    """One visit as it is reported; `settled` gives promises of before their end (kept or not).

    `started_at` is aware. `next_visit_on` is what was agreed; None leaves it to the protocol.
    """

    id: UUID
    enterprise_id: UUID
    outcome: str
    visited_on: date
    started_at: datetime | None = None
    reason: str | None = None
    duration_minutes: int | None = None
    place_kind: str | None = None
    lat: float | None = None
    lng: float | None = None
    met_with: str | None = None
    findings: str | None = None
    next_visit_on: date | None = None
    settled: dict[UUID, str] = field(default_factory=dict)
    promises: tuple[NewPromise, ...] = ()

    @property
    def was_met(self) -> bool:
        """Whether somebody was met."""
        return self.outcome == MET

    def fingerprint(self) -> str:
        """SHA-256 of everything reported, the photo apart."""
        said = (
            self.enterprise_id,
            self.outcome,
            self.visited_on,
            self.started_at.timestamp() if self.started_at else None,
            self.reason,
            self.duration_minutes,
            self.place_kind,
            self.lat,
            self.lng,
            self.met_with,
            self.findings,
            self.next_visit_on,
            sorted((str(key), state) for key, state in self.settled.items()),
            [(promise.text, promise.due_on) for promise in self.promises],
        )
        return sha256(repr(said).encode()).hexdigest()


def check_visit(report: VisitReport, *, today: date, now: datetime) -> None:
    """Refuse a report that can't be true or says too little.

    Raises:
        InvalidInput: at the field that is to be mended.
    """
    _check_day(report, today=today, now=now)
    if report.outcome == NOT_MET and not report.reason:
        raise InvalidInput(
            "reason_missing", field="reason", message="Isi alasan tidak bisa dikunjungi."
        )
    if report.outcome == MET:
        _check_meeting(report)
    if report.next_visit_on is not None and report.next_visit_on <= report.visited_on:
        raise InvalidInput(
            "next_visit_not_later",
            field="next_visit_on",
            message="Tanggal kunjungan berikutnya harus setelah kunjungan ini.",
        )
    _check_promises(report)


def check_agreed_day(agreed_on: date | None, latest_on: date | None) -> None:
    """Refuse a next visit that lies after the day by which the class asks for one."""
    if agreed_on is None or latest_on is None or agreed_on <= latest_on:
        return
    raise InvalidInput(
        "next_visit_too_late",
        field="next_visit_on",
        message=f"Menurut kelas kesehatannya, usaha ini dikunjungi lagi paling lambat "
        f"{latest_on.day}/{latest_on.month}/{latest_on.year}.",
        latest_on=latest_on,
    )


def _check_day(report: VisitReport, *, today: date, now: datetime) -> None:
    if report.visited_on > today or (report.started_at is not None and report.started_at > now):
        raise InvalidInput(
            "visited_on_future",
            field="visited_on",
            message="Waktu kunjungan tidak boleh setelah sekarang.",
        )
    if report.visited_on < today - timedelta(days=MAX_AGE_DAYS):
        raise InvalidInput(
            "visited_on_too_old",
            field="visited_on",
            message="Tanggal ini sudah lebih dari setahun lalu. Periksa tahunnya.",
        )
    if report.started_at is not None and local_date(report.started_at) != report.visited_on:
        raise InvalidInput(
            "started_on_another_day",
            field="visited_on",
            message="Jam dan tanggal kunjungan tidak cocok.",
        )


def _check_meeting(report: VisitReport) -> None:
    if not report.place_kind:
        raise InvalidInput("place_missing", field="place_kind", message="Pilih tempat bertemu.")
    if not report.met_with:
        raise InvalidInput("met_with_missing", field="met_with", message="Isi siapa yang ditemui.")
    if not report.findings:
        raise InvalidInput(
            "findings_missing", field="findings", message="Isi keadaan usaha yang ditemukan."
        )


def _check_promises(report: VisitReport) -> None:
    if any(state not in (KEPT, BROKEN) for state in report.settled.values()):
        raise InvalidInput("promise_state_unknown", message="Pilih ditepati atau belum.")
    if len(report.promises) > MAX_NEW_PROMISES:
        raise InvalidInput(
            "promises_too_many", message=f"Paling banyak {MAX_NEW_PROMISES} janji baru."
        )
    last_day = report.visited_on + timedelta(days=MAX_PROMISE_DAYS)
    for promise in report.promises:
        if not report.visited_on <= promise.due_on <= last_day:
            raise InvalidInput(
                "promise_day_unreal",
                field=f"promise_due_{promise.slot}",
                message="Batas janji paling cepat hari kunjungan dan paling lama setahun.",
            )
