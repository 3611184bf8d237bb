"""What owners ask for, and the three days in which they are answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.core.clock import LOCAL_ZONE
from app.core.errors import InvalidInput, WrongState

COPY, CORRECTION, RESTRICTION, ERASURE = "salinan", "perbaikan", "pembatasan", "penghapusan"
OBJECTION, WITHDRAWAL = "keberatan", "penarikan"
KINDS = (COPY, CORRECTION, RESTRICTION, ERASURE, OBJECTION, WITHDRAWAL)
KIND_LABELS = {
    COPY: "Melihat dan menerima salinan data",
    CORRECTION: "Memperbaiki data",
    RESTRICTION: "Membatasi pemakaian data",
    ERASURE: "Menghapus data",
    OBJECTION: "Keberatan atas pemakaian data",
    WITHDRAWAL: "Menarik diri dari pendampingan",
}
OWN_PAGE = "halaman"
CAME_BY = ("langsung", "telepon", "surat", "pendamping", OWN_PAGE)
CAME_BY_LABELS = {
    "langsung": "Datang langsung",
    "telepon": "Telepon atau pesan",
    "surat": "Surat",
    "pendamping": "Lewat pendamping",
    OWN_PAGE: "Halaman pemilik",
}
WAITING, FULFILLED, REFUSED = "menunggu", "dipenuhi", "ditolak"
STATES = (WAITING, FULFILLED, REFUSED)
STATE_LABELS = {WAITING: "Menunggu", FULFILLED: "Dipenuhi", REFUSED: "Ditolak"}
# Three times twenty-four hours: UU 27/2022, articles 30 to 33, 40 and 41.
ANSWER_HOURS = 72
_SOON = timedelta(hours=24)
_TIME = re.compile(r"^(\d{1,2})[.:](\d{2})$")
_REASON_LEAST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How a request stands against its hours, in words and tone."""

    words: str
    tone: str
    is_overdue: bool


def due_at(received_at: datetime) -> datetime:
    """Until when a request is to be answered."""
    return received_at + timedelta(hours=ANSWER_HOURS)


def clock_of(due: datetime, *, now: datetime, answered_at: datetime | None = None) -> Clock:
    """How much is left, or by how much it is late; of one that was answered, how it went."""
    left = due - (answered_at or now)
    is_overdue = left < timedelta(0)
    if answered_at is not None:
        words = f"terlambat {_span(-left)}" if is_overdue else "dijawab tepat waktu"
        return Clock(words=words, tone="bad" if is_overdue else "good", is_overdue=is_overdue)
    if is_overdue:
        return Clock(words=f"terlambat {_span(-left)}", tone="bad", is_overdue=True)
    tone = "warn" if left <= _SOON else "info"
    return Clock(words=f"tersisa {_span(left)}", tone=tone, is_overdue=False)


def received(day: date, text: str | None, *, now: datetime) -> datetime:
    """The instant at which a request came in: a local day and "09.30"; now when no time is told.

    Raises:
        InvalidInput: no time of the day, or one to come.
    """
    local_now = now.astimezone(LOCAL_ZONE)
    at = clock_time(text, field="received_time")
    if at is None:
        told = now if day == local_now.date() else _at(day, time(0, 0))
    else:
        told = _at(day, at)
    if told > now:
        raise InvalidInput(
            "received_future",
            field="received_on",
            message="Waktu permintaan tidak boleh setelah sekarang.",
        )
    return told


def clock_time(text: str | None, *, field: str) -> time | None:
    """The time of a day, "09.30" or "9:30"; None when nothing was written.

    Raises:
        InvalidInput: no time of the day.
    """
    written = (text or "").strip()
    if not written:
        return None
    found = _TIME.match(written)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise InvalidInput("time_wrong", field=field, message="Tulis jamnya seperti 09.30.")
    return time(int(found[1]), int(found[2]))


def check_open(state: str) -> None:
    """Refuse to answer a request twice.

    Raises:
        WrongState: it was answered already.
    """
    if state != WAITING:
        raise WrongState("request_answered", message="Permintaan ini sudah dijawab.")


def check_sure(kind: str, *, is_sure: bool) -> None:
    """Refuse to erase for somebody who has not said that they know what it means.

    Raises:
        InvalidInput: field "is_sure".
    """
    if kind == ERASURE and not is_sure:
        raise InvalidInput(
            "not_sure",
            field="is_sure",
            message="Centang pernyataan ini untuk menghapus.",
        )


def check_reason(reason: str | None) -> str:
    """Why a request is refused.

    Raises:
        InvalidInput: field "answer": too short to be a reason.
    """
    told = (reason or "").strip()
    if len(told) < _REASON_LEAST:
        raise InvalidInput(
            "reason_short",
            field="answer",
            message=f"Tulis alasan menolak, paling sedikit {_REASON_LEAST} huruf.",
        )
    return told


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LOCAL_ZONE)


def _span(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    if hours >= 24:
        return f"{hours // 24} hari {hours % 24} jam"
    return f"{hours} jam" if hours else f"{minutes} menit"
