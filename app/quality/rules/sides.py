"""How the two values of a doubt are made and written."""

from __future__ import annotations

from datetime import date

from app.core.day_words import long_day
from app.quality.rules.facts import ENTERPRISE, OWNER, Facts, Side

CHECK_FIRST = "Tanyakan kepada pemilik mana yang benar, lalu betulkan."


def own(facts: Facts, label: str, text: str) -> Side:
    """A value that stands in the row of the enterprise."""
    return Side(label=label, text=text, page=ENTERPRISE, subject_id=facts.enterprise_id)


def person(facts: Facts, label: str, text: str) -> Side:
    """A value that stands in the row of the owner."""
    return Side(label=label, text=text, page=OWNER, subject_id=facts.owner_id)


def day_of(facts: Facts, label: str, day: date) -> Side:
    """A day that stands in the row of the enterprise."""
    return own(facts, label, long_day(day))


def point_text(lat: float, lng: float) -> str:
    """A point as it stands on a page."""
    return f"{lat:.5f}, {lng:.5f}"


def kilometres_text(far: float) -> str:
    """A way in kilometres, "8,4 km"."""
    return f"{far:.1f} km".replace(".", ",")


def today_of(facts: Facts) -> Side:
    """The day on which it was looked at; it goes on by itself."""
    return Side(label="Hari diperiksa", text=long_day(facts.today), counts=False)
