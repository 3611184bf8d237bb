"""Signs that put the report of a visit forward for a look. A sign is a question, not a verdict:
it never blocks, weighs nothing in the mentor's figures, and is shown to the mentor as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.day_words import short_day
from app.mentoring.rules.words import ASKED_REWARD, HONEST_OUTCOMES, MET

AT_PREMISES = "tempat_usaha"
BY_PHONE = "telepon"

# Metres. A phone without a clear sky is often a hundred metres off.
NEAR, FAR = 300, 2000
# Minutes.
SHORT_MEETING, LONG_MEETING = 10, 240
# Seconds by which a phone's clock may differ, and from which it is off by a day and more.
CLOCK_SLACK, CLOCK_DAY = 600, 86_400
# Visits of one mentor that begin within an hour of this one, itself among them.
MANY_IN_AN_HOUR = 4
LATE_DAYS = 7
# No sign against the mentor: the officer explains to the owner that help costs nothing.
FOR_THE_OFFICER = 5
_SAME_PHOTO = "foto_sama"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFacts:
    """What is known when a report comes in. None means that it can't be told.

    Distance in metres from the premises, clock offset in seconds (the server's minus the phone's).
    `same_photo_on` is the day of an earlier visit whose photo looks the same, as ISO text.
    """

    outcome: str
    place_kind: str | None = None
    is_place_known: bool = False
    metres: int | None = None
    minutes: int | None = None
    clock_offset: int | None = None
    same_photo_on: str | None = None
    has_confirmation: bool = False
    within_hour: int = 1
    days_late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One sign: its code, its weight in the queue, and the number or day it speaks of."""

    code: str
    weight: int
    value: int | str | None = None

    @property
    def text(self) -> str:
        """The sign in words."""
        return _WORDS[self.code](self.value)

    def stored(self) -> list[Any]:
        """As it lies in the database."""
        return [self.code, self.weight, self.value]


def signals(facts: SignalFacts) -> tuple[Signal, ...]:
    """The signs of a report, the heaviest first; none for honest refusals."""
    if facts.outcome in HONEST_OUTCOMES:
        return ()
    return _in_order([*_of_any(facts), *(_of_meeting(facts) if facts.outcome == MET else ())])


def with_same_photo(found: Iterable[Signal], same_photo_on: str) -> tuple[Signal, ...]:
    """The signs of a report whose photo came later and looks like one of a day, as ISO text; a
    report that has this sign keeps its own."""
    known = tuple(found)
    if any(sign.code == _SAME_PHOTO for sign in known):
        return known
    return _in_order((*known, _same_photo(same_photo_on)))


def weight_in_queue(found: Iterable[Signal], *, outcome: str) -> int:
    """How far forward a report stands; one on which an officer has to act is never passed over."""
    return weight_of(found) + (FOR_THE_OFFICER if outcome == ASKED_REWARD else 0)


def weight_of(found: Iterable[Signal]) -> int:
    """How far forward the report stands in the queue."""
    return sum(sign.weight for sign in found)


def restored(stored: Iterable[Any]) -> tuple[Signal, ...]:
    """The signs as they were stored; a code of another time is left out."""
    return tuple(
        Signal(code=code, weight=weight, value=value)
        for code, weight, value in stored
        if code in _WORDS
    )


def _in_order(found: Iterable[Signal]) -> tuple[Signal, ...]:
    return tuple(sorted(found, key=lambda sign: (-sign.weight, sign.code)))


def _same_photo(on: str) -> Signal:
    return Signal(code=_SAME_PHOTO, weight=4, value=on)


def _of_any(facts: SignalFacts) -> list[Signal]:
    found = []
    if facts.same_photo_on is not None:
        found.append(_same_photo(facts.same_photo_on))
    offset = abs(facts.clock_offset or 0)
    if offset > CLOCK_SLACK:
        found.append(
            Signal(code="jam", weight=3 if offset >= CLOCK_DAY else 2, value=facts.clock_offset)
        )
    if facts.within_hour >= MANY_IN_AN_HOUR:
        found.append(Signal(code="beruntun", weight=3, value=facts.within_hour))
    if facts.days_late > LATE_DAYS:
        found.append(Signal(code="terlambat", weight=1, value=facts.days_late))
    return found


def _of_meeting(facts: SignalFacts) -> list[Signal]:
    found = []
    is_there = facts.place_kind == AT_PREMISES
    if is_there and facts.metres is not None and facts.metres > NEAR:
        weight = 4 if facts.metres > FAR else 2
        found.append(Signal(code="jauh", weight=weight, value=facts.metres))
    if is_there and facts.metres is None and facts.is_place_known:
        found.append(Signal(code="tanpa_lokasi", weight=1))
    if facts.minutes is not None and facts.minutes < SHORT_MEETING:
        found.append(Signal(code="singkat", weight=2, value=facts.minutes))
    if facts.minutes is not None and facts.minutes > LONG_MEETING:
        found.append(Signal(code="lama", weight=1, value=facts.minutes))
    if facts.place_kind != BY_PHONE and not facts.has_confirmation:
        found.append(Signal(code="tanpa_paraf", weight=1))
    return found


def _far(metres: Any) -> str:
    if metres < 1000:
        return f"Lokasi {metres} meter dari tempat usaha"
    return f"Lokasi {metres / 1000:.1f} km dari tempat usaha".replace(".", ",")


def _clock(seconds: Any) -> str:
    way = "terlambat" if seconds > 0 else "lebih cepat"
    minutes = abs(seconds) // 60
    if minutes < 120:
        return f"Jam ponsel {way} {minutes} menit"
    hours = minutes // 60
    return f"Jam ponsel {way} {hours} jam" if hours < 48 else f"Jam ponsel {way} {hours // 24} hari"


def _day(text: Any) -> str:
    return short_day(date.fromisoformat(str(text)))


_WORDS: dict[str, Callable[[Any], str]] = {
    _SAME_PHOTO: lambda value: f"Foto mirip dengan foto kunjungan {_day(value)}",
    "jam": _clock,
    "beruntun": lambda value: f"{value} kunjungan dalam satu jam",
    "terlambat": lambda value: f"Dicatat {value} hari setelah kunjungan",
    "jauh": _far,
    "tanpa_lokasi": lambda _: "Lokasi tidak diambil",
    "singkat": lambda value: f"Pertemuan hanya {value} menit",
    "lama": lambda value: f"Pertemuan {value // 60} jam lebih",
    "tanpa_paraf": lambda _: "Belum ada paraf atau balasan pemilik",
}
SIGNAL_CODES = tuple(_WORDS)
