"""What a visit must say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from app.core.clock import local_date
from app.core.errors import InvalidInput
from app.mentoring.rules.words import BROKEN, KEPT, MET

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
    `device_at` is what the phone's clock showed when it was sent; it is no part of what was said.
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
    owner_confirmation: str | None = None
    device_at: datetime | None = None
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
            # Left out where nothing was said, so that reports of before keep theirs.
            *([self.owner_confirmation] if self.owner_confirmation else []),
        )
        return sha256(repr(said).encode()).hexdigest()


def check_visit(report: VisitReport, *, today: date, now: datetime) -> None:
    """Refuse a report that can't be true or says too little.

    Raises:
        InvalidInput: at the first field to mend; `values["also"]` holds the other refusals.
    """
    _refuse([*_wrong_days(report, today=today, now=now), *_wrong_content(report)])


def check_content(report: VisitReport) -> None:
    """Refuse a report that says too little, whatever its day.

    Raises:
        InvalidInput: at the first field to mend; `values["also"]` holds the other refusals.
    """
    _refuse([*_wrong_content(report)])


def _wrong_content(report: VisitReport) -> Iterator[InvalidInput]:
    yield from _missing_of_meeting(report) if report.was_met else _missing_of_trying(report)
    yield from _wrong_promises(report)


def _refuse(refusals: list[InvalidInput]) -> None:
    if refusals:
        refusals[0].values["also"] = refusals[1:]
        raise refusals[0]


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


def _wrong_days(report: VisitReport, *, today: date, now: datetime) -> Iterator[InvalidInput]:
    started_at, next_on = report.started_at, report.next_visit_on
    if report.visited_on > today or (started_at is not None and started_at > now):
        yield InvalidInput(
            "visited_on_future",
            field="visited_on",
            message="Waktu kunjungan tidak boleh setelah sekarang.",
        )
    elif report.visited_on < today - timedelta(days=MAX_AGE_DAYS):
        yield InvalidInput(
            "visited_on_too_old",
            field="visited_on",
            message="Tanggal ini sudah lebih dari setahun lalu. Periksa tahunnya.",
        )
    elif started_at is not None and report.visited_on not in days_of(started_at):
        yield InvalidInput(
            "started_on_another_day",
            field="visited_on",
            message="Jam dan tanggal kunjungan tidak cocok.",
        )
    if next_on is not None and next_on <= report.visited_on:
        yield InvalidInput(
            "next_visit_not_later",
            field="next_visit_on",
            message="Tanggal kunjungan berikutnya harus setelah kunjungan ini.",
        )


def days_of(instant: datetime) -> tuple[date, date]:
    """The day at the office and where it was told: after midnight in the east they differ."""
    return local_date(instant), instant.date()


def _missing_of_trying(report: VisitReport) -> Iterator[InvalidInput]:
    if not report.reason:
        yield InvalidInput(
            "reason_missing",
            field="reason",
            message="Isi alasan tidak bertemu, ditolak, atau diminta apa.",
        )


def _missing_of_meeting(report: VisitReport) -> Iterator[InvalidInput]:
    if not report.place_kind:
        yield InvalidInput("place_missing", field="place_kind", message="Pilih tempat bertemu.")
    if not report.met_with:
        yield InvalidInput("met_with_missing", field="met_with", message="Isi siapa yang ditemui.")
    if not report.findings:
        yield InvalidInput(
            "findings_missing", field="findings", message="Isi keadaan usaha yang ditemukan."
        )


def _wrong_promises(report: VisitReport) -> Iterator[InvalidInput]:
    if any(state not in (KEPT, BROKEN) for state in report.settled.values()):
        yield InvalidInput("promise_state_unknown", message="Pilih ditepati atau belum.")
    if len(report.promises) > MAX_NEW_PROMISES:
        yield InvalidInput(
            "promises_too_many", message=f"Paling banyak {MAX_NEW_PROMISES} janji baru."
        )
    last_day = report.visited_on + timedelta(days=MAX_PROMISE_DAYS)
    for promise in report.promises:
        if not report.visited_on <= promise.due_on <= last_day:
            yield InvalidInput(
                "promise_day_unreal",
                field=f"promise_due_{promise.slot}",
                message="Batas janji paling cepat hari kunjungan dan paling lama setahun.",
            )
