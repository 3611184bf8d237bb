"""What follows from a visit that found a refusal instead of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.health.rules.protocol import NOT_VISITED, visit_interval_days
from app.mentoring.rules.words import ASKED_REWARD, REFUSED

# Who says no is left in peace for a season; nobody insists.
REST_AFTER_REFUSAL = 90
# Time for an officer to have a word before somebody goes there again.
REST_AFTER_REWARD_ASKED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What should be done after such a visit, in words, and the state it suggests, if any."""

    text: str
    life_cycle: str | None = None


NEXT_STEPS = {
    REFUSED: NextStep(
        text="Pemilik tidak mau didata. Hormati dulu keputusannya, jangan didesak. Kalau sudah "
        "pasti, ubah keadaan usaha menjadi “Menolak didata” supaya tidak didatangi lagi.",
        life_cycle=REFUSED,
    ),
    ASKED_REWARD: NextStep(
        text="Jangan memberi atau menjanjikan apa pun. Petugas Disnaker akan menjelaskan kepada "
        "pemilik bahwa pendampingan ini gratis, dan tidak ada bayaran untuk didata.",
    ),
}


# What the same visit asks of the officer.
OFFICER_STEPS = {
    ASKED_REWARD: "Jelaskan kepada pemilik bahwa pendampingan ini gratis dan tidak ada bayaran "
    "untuk didata.",
    REFUSED: "Kalau sudah pasti, ubah keadaan usaha menjadi “Menolak didata”.",
}


def due_after_refusal(
    outcome: str, *, life_cycle: str, health_class: str | None, visited_on: date
) -> date | None:
    """The day by which somebody goes there again after such an outcome; None when nobody does."""
    if life_cycle in NOT_VISITED:
        return None
    if outcome == REFUSED:
        return visited_on + timedelta(days=REST_AFTER_REFUSAL)
    days = max(REST_AFTER_REWARD_ASKED, visit_interval_days(health_class))
    return visited_on + timedelta(days=days)
