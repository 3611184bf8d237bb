"""Handing everything over when a mentor leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """What went to other mentors."""

    enterprises: int
    promises: int
    drafts: int
    therapies: int

    @property
    def text(self) -> str:
        """In words, for the officer."""
        return (
            f"{self.enterprises} usaha diserahkan, bersama {self.promises} janji terbuka, "
            f"{self.drafts} penilaian yang belum selesai, dan {self.therapies} terapi."
        )


def check_last_day(last_on: date, *, today: date) -> None:
    """Refuse a last day that lies ahead: reach ends with the hand-over, not later."""
    if last_on > today:
        raise InvalidInput(
            "last_day_ahead",
            field="last_on",
            message="Hari terakhir tidak boleh setelah hari ini.",
        )


def check_targets(targets: Mapping[str, object], villages: set[str]) -> None:
    """Refuse a hand-over that leaves a village without its new mentor."""
    missing = sorted(villages - set(targets))
    if missing:
        raise InvalidInput(
            "target_missing",
            message=f"Pilih pendamping baru untuk setiap desa. Masih kurang {len(missing)} desa.",
        )
