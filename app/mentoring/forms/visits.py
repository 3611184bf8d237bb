"""The report of a visit, as a phone shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.day_words import short_day
from app.core.ids import new_id
from app.mentoring.queries.visits import PromiseLine
from app.mentoring.rules import (
    BROKEN,
    KEPT,
    MAX_NEW_PROMISES,
    MEETING_PLACES,
    MET,
    OUTCOME_LABELS,
    OWNER_CONFIRMATIONS,
    NewPromise,
    VisitReport,
)
from app.trainings.queries import PendingPractice
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    NoteField,
    PhotoField,
    PointField,
    RadiosField,
    TextField,
    WholeNumberField,
)
from app.web.forms.typed import TypedField

_STILL_OPEN = "biarkan"
_OUTCOMES_OF_PROMISE = [
    (KEPT, "Ditepati"),
    (BROKEN, "Tidak ditepati"),
    (_STILL_OPEN, "Belum, biarkan terbuka"),
]


_NOT_SEEN = "belum_dilihat"
_OUTCOMES_OF_PRACTICE = [
    ("diterapkan", "Diterapkan"),
    ("tidak_diterapkan", "Tidak diterapkan"),
    (_NOT_SEEN, "Belum dilihat"),
]


class TimeField(TypedField):
    """A time of day, "09.30" or "09:30"; `data` is a naive local time or None.

    A browser's own clock box follows the browser's language, not the page's.
    """

    default_width = "govuk-input--width-10"

    def read(self, text: str) -> time:
        """The time that is meant."""
        hour, _, minute = text.replace(".", ":").partition(":")
        try:
            return time(int(hour), int(minute[:2] or 0))
        except ValueError as impossible:
            raise ValueError("Tulis jam, contoh: 09.30.") from impossible

    def shown(self, value: Any) -> str:
        """ "09.30"."""
        return f"{value:%H.%M}"


class VisitForm(BaseForm):
    """What happened there. The fields of promises are added by `promises_form`."""

    visit_id = HiddenField()
    # Filled by a script when the form is sent; without one nothing is concluded from it.
    device_at = HiddenField()
    outcome = RadiosField(
        "Hasil kunjungan",
        [InputRequired()],
        choices=list(OUTCOME_LABELS.items()),
        default=MET,
    )
    reason = TextField(
        "Alasan",
        [Length(max=300)],
        description="Isi kalau tidak bertemu, ditolak, atau diminta imbalan. Contoh: rumah "
        "kosong; pemilik tidak mau didata; minta uang bensin",
    )
    visited_on = DateField("Tanggal kunjungan", [InputRequired()])
    visited_time = TimeField("Jam mulai", [InputRequired()], description="Contoh: 09.30")
    minutes = WholeNumberField(
        "Lama kunjungan", min=1, max=600, suffix="menit", description="Contoh: 45"
    )
    place_kind = ChoiceField("Tempat bertemu", choices=list(MEETING_PLACES.items()))
    met_with = TextField(
        "Siapa yang ditemui",
        [Length(max=120)],
        description="Selain pemilik, tulis perannya, bukan namanya: suami pemilik, pekerja",
    )
    findings = NoteField(
        "Keadaan usaha",
        [Length(max=4000)],
        description="Apa yang dilihat dan dibicarakan",
    )
    point = PointField("Lokasi")
    photo = PhotoField("Foto")
    owner_confirmation = RadiosField(
        "Bukti dari pemilik",
        choices=[*OWNER_CONFIRMATIONS.items(), ("", "Tidak ada")],
        default="",
    )
    next_visit_on = DateField("Kunjungan berikutnya", may_be_future=True)

    @property
    def promise_pairs(self) -> list[tuple[Any, Any]]:
        """The fields of the new promises: (text, day)."""
        return [
            (self[f"promise_text_{slot}"], self[f"promise_due_{slot}"])
            for slot in range(MAX_NEW_PROMISES)
        ]

    @property
    def first_pairs(self) -> list[tuple[Any, Any]]:
        """Those that are always open."""
        return self.promise_pairs[:_SHOWN_PROMISES]

    @property
    def more_pairs(self) -> list[tuple[Any, Any]]:
        """Those that are folded away."""
        return self.promise_pairs[_SHOWN_PROMISES:]

    @property
    def has_more_promises(self) -> bool:
        """Whether something stands, or is wrong, in the folded lines."""
        return any(part.data or part.errors for pair in self.more_pairs for part in pair)

    @property
    def lost_photo(self) -> bool:
        """Whether a photo was chosen that the browser will not send again by itself."""
        return bool(self.photo.data)

    def fill_new(self) -> None:
        """Begin a report: now, under a number of its own."""
        self.visit_id.data = str(new_id())
        self.visited_on.show(local_today())
        self.visited_time.show(utc_now().astimezone(LOCAL_ZONE).time())

    def practices_seen(self) -> dict[UUID, str]:
        """What was seen of practices taught before, by session; nothing where nobody was met."""
        if self.outcome.data != MET:
            return {}
        asked: list[tuple[Any, PendingPractice]] = getattr(self, "practice_questions", [])
        return {
            practice.session_id: question.data
            for question, practice in asked
            if question.data != _NOT_SEEN
        }

    def report(self, enterprise_id: UUID, promises: Sequence[PromiseLine]) -> VisitReport:
        """What was reported, typed. Only for a form that was validated."""
        values = self.values()
        was_met = values["outcome"] == MET
        started = datetime.combine(values["visited_on"], values["visited_time"], LOCAL_ZONE)
        point = values["point"]
        return VisitReport(
            id=_id_of(values["visit_id"]),
            enterprise_id=enterprise_id,
            outcome=values["outcome"],
            reason=values["reason"] if not was_met else None,
            visited_on=values["visited_on"],
            started_at=started,
            duration_minutes=values["minutes"],
            place_kind=values["place_kind"] if was_met else None,
            lat=point.lat if point else None,
            lng=point.lng if point else None,
            met_with=values["met_with"] if was_met else None,
            findings=values["findings"],
            next_visit_on=values["next_visit_on"],
            owner_confirmation=values["owner_confirmation"] if was_met else None,
            device_at=_instant_of(values["device_at"]),
            settled={
                promise.id: values[_name(promise)]
                for promise in promises
                if values[_name(promise)] in (KEPT, BROKEN)
            },
            promises=tuple(
                NewPromise(text=text.data, due_on=due.data, slot=slot)
                for slot, (text, due) in enumerate(self.promise_pairs)
                if text.data and due.data
            ),
        )


_SHOWN_PROMISES = 2


def promises_form(
    promises: Sequence[PromiseLine], practices: Sequence[PendingPractice] = ()
) -> type[VisitForm]:
    """The form with one question for each promise of before, and lines for new ones.

    What was taught in `practices` and nobody looked at yet is asked too.
    """
    fields: dict[str, Any] = {
        _name(promise): RadiosField(
            promise.text,
            choices=_OUTCOMES_OF_PROMISE,
            default=_STILL_OPEN,
            description=_owner_said(promise),
        )
        for promise in promises
    }
    for practice in practices:
        fields[_practice_name(practice)] = RadiosField(
            practice.practice, choices=_OUTCOMES_OF_PRACTICE, default=_NOT_SEEN
        )
    fields["practice_questions"] = property(
        lambda form: [(form[_practice_name(one)], one) for one in practices]
    )
    for slot in range(MAX_NEW_PROMISES):
        fields[f"promise_text_{slot}"] = TextField(
            f"Janji {slot + 1}", [Length(max=200)], description=_EXAMPLES[slot % len(_EXAMPLES)]
        )
        fields[f"promise_due_{slot}"] = DateField(
            f"Batas janji {slot + 1}", [_needed_with(f"promise_text_{slot}")], may_be_future=True
        )
    fields["promise_questions"] = property(
        lambda form: [(form[_name(promise)], promise) for promise in promises]
    )
    return type("VisitFormWithPromises", (VisitForm,), fields)


_EXAMPLES = ("Contoh: mencatat penjualan setiap hari", "Contoh: mengurus NIB ke balai desa")


def _practice_name(practice: PendingPractice) -> str:
    return f"praktik_{practice.session_id.hex}"


def _owner_said(promise: PromiseLine) -> str:
    """The owner's word, which the visit looks at and which decides nothing."""
    day = promise.said_done_on
    return f"Kata pemilik: sudah selesai ({short_day(day)}). Lihat buktinya." if day else ""


def _name(promise: PromiseLine) -> str:
    return f"janji_{promise.id.hex}"


def _needed_with(other: str) -> Any:
    def check(form: Any, field: Any) -> None:
        if form[other].data and not field.data:
            raise ValidationError("Isi batas waktu janji ini.")
        if field.data and not form[other].data:
            raise ValidationError("Isi janjinya, atau kosongkan tanggalnya.")

    return check


def _id_of(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()


def _instant_of(text: str | None) -> datetime | None:
    """What the phone's clock said; None when it said nothing that is a time."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo is not None and 1990 <= found.year <= 2200 else None
