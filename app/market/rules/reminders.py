"""What a certificate asks for today, and the message that says it to its owner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from app.core.day_words import long_day

STUCK, EXPIRING, LAPSED, COMMITMENT, REVIEW = (
    "macet",
    "segera_habis",
    "habis",
    "komitmen",
    "pemeriksaan_ulang",
)
# How long before their day commitments stand in the lists.
COMMITMENT_DAYS = 30
# A reminder stands this long in a mentor's day; the last one until its day has come.
_SHOWN_DAYS = 7


def step_of(days_left: int, steps: Sequence[int]) -> int | None:
    """The reminder that is due: the least step that is not yet passed; None before the first.

    >>> step_of(90, (180, 90, 30, 7)), step_of(91, (180, 90, 30, 7)), step_of(200, (180, 90))
    (90, 180, None)
    """
    return min((step for step in steps if step >= days_left), default=None)


def is_for_today(days_left: int, steps: Sequence[int]) -> bool:
    """Whether it belongs into the day of a mentor: the week of each reminder, then every day.

    >>> [is_for_today(left, (180, 90, 30, 7)) for left in (180, 174, 173, 90, 25, 7, 0, -400)]
    [True, True, False, True, True, True, True, True]
    """
    step = step_of(days_left, steps)
    if step is None:
        return False
    return step == min(steps) or days_left > step - _SHOWN_DAYS


def reminder_words(kind: str, *, days: int, on: date) -> str:
    """Why a certificate stands in a list; `days` are left, or have passed since."""
    return {
        STUCK: f"Macet {days} hari",
        EXPIRING: f"Habis {days} hari lagi, {long_day(on)}" if days else "Habis hari ini",
        LAPSED: f"Habis sejak {long_day(on)}",
        COMMITMENT: (
            f"Komitmen paling lambat {long_day(on)}"
            if days >= 0
            else f"Komitmen terlambat {-days} hari"
        ),
        REVIEW: f"Pemeriksaan ulang {long_day(on)}",
    }[kind]


def message(*, owner: str, certificate: str, about: str, words: str, next_step: str) -> str:
    """What a mentor may send to an owner, ready to be changed."""
    what = f"{certificate} untuk {about}" if about else certificate
    parts = [f"Halo {owner}, tentang {what}: {words}."]
    if next_step:
        parts.append(next_step)
    parts.append("Bila perlu bantuan, kabari saya. Terima kasih.")
    return " ".join(parts)


def whatsapp_address(phone: str | None, text: str) -> str:
    """The address that opens WhatsApp with the text; a chat is chosen there without a phone."""
    number = re.sub(r"\D", "", phone or "")
    return f"https://wa.me/{number}?text={quote(text)}"
