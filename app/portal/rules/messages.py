"""What owners tell the office from their own page, and by when they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.clock import local_date
from app.core.errors import InvalidInput, WrongState

HELP, ABSENT = "minta_bantuan", "tidak_datang"
KIND_LABELS = {HELP: "Minta bantuan", ABSENT: "Pendamping tidak datang"}
# "Pendamping benar datang?" was answered with no.
DENIED = "kunjungan"
TOPIC_LABELS: dict[str, dict[str, str]] = {
    HELP: {
        "uang": "Uang atau modal",
        "bahan": "Bahan atau alat",
        "jualan": "Cara menjual",
        "izin": "Izin usaha",
        "catatan": "Mencatat uang",
        "lain": "Hal lain",
    },
    ABSENT: {
        "janji": "Sudah janji, tidak datang",
        "lama": "Sudah lama tidak datang",
        DENIED: "Dicatat datang, padahal tidak",
        "lain": "Hal lain",
    },
}
TOPICS = tuple(dict.fromkeys(topic for each in TOPIC_LABELS.values() for topic in each))
# A proposal of ours, as no rule names a day: sooner where somebody waits for a person.
ANSWER_DAYS = {HELP: 7, ABSENT: 3}
MOST_WORDS = 500
MOST_WAITING = 10
OBJECTION_REASONS = {
    "keliru": "Ada data yang keliru",
    "berubah": "Usaha saya sudah berubah",
    "alasan": "Saya belum paham alasannya",
    "lain": "Hal lain",
}
_ANSWER_LEAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How long a message waits and how that stands against the promised day, in words."""

    words: str
    due_words: str
    tone: str


def due_on(kind: str, sent_on: date) -> date:
    """The day by which a message is to be answered."""
    return sent_on + timedelta(days=ANSWER_DAYS[kind])


def age_of(sent_at: datetime, due: date, today: date) -> Age:
    """How long a message without an answer waits."""
    days, left = (today - local_date(sent_at)).days, (due - today).days
    words = "hari ini" if days < 1 else f"{days} hari lalu"
    if left < 0:
        return Age(words=words, due_words=f"terlambat {-left} hari", tone="bad")
    due_words = "jawab hari ini" if left == 0 else f"{left} hari lagi"
    return Age(words=words, due_words=due_words, tone="warn" if left <= 1 else "info")


def check_topic(kind: str, topic: str) -> None:
    """Refuse what is no topic of this kind of message.

    Raises:
        InvalidInput: field "topic".
    """
    if topic not in TOPIC_LABELS.get(kind, {}):
        raise InvalidInput("topic_unknown", field="topic", message="Pilih salah satu.")


def check_waiting(count: int) -> None:
    """Refuse one more message while so many wait.

    Raises:
        WrongState: the office has enough of this owner to answer.
    """
    if count >= MOST_WAITING:
        raise WrongState(
            "messages_waiting",
            message=f"Ada {count} pesan belum dijawab. Tunggu jawabannya dulu.",
        )


def check_answer(answer: str) -> str:
    """The words of an answer.

    Raises:
        InvalidInput: field "answer": too short to say anything.
    """
    told = answer.strip()
    if len(told) < _ANSWER_LEAST:
        raise InvalidInput("answer_short", field="answer", message="Tulis jawaban untuk pemilik.")
    return told


def check_follow_up(day: date | None, today: date) -> None:
    """Refuse a day for what follows that has gone by.

    Raises:
        InvalidInput: field "follow_up_on".
    """
    if day is not None and day < today:
        raise InvalidInput(
            "follow_up_past", field="follow_up_on", message="Tanggal ini sudah lewat."
        )
