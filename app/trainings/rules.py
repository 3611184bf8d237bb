"""The rules of trainings: kinds, days on which one signs in, practices, shares."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import InvalidInput, WrongState

TRAINING, MEETING, COACHING = "pelatihan", "pertemuan", "bimtek"
KINDS = {
    TRAINING: "Pelatihan usaha",
    MEETING: "Pertemuan kelompok",
    COACHING: "Bimtek pendamping",
}
PILLARS = {
    "1": "Informasi dan layanan migrasi",
    "2": "Usaha produktif",
    "3": "Pengasuhan dan rumah belajar",
    "4": "Koperasi dan lembaga keuangan",
}
UNSEEN, ADOPTED, NOT_ADOPTED = "belum_dilihat", "diterapkan", "tidak_diterapkan"
PRACTICES = {
    UNSEEN: "Belum dilihat",
    ADOPTED: "Diterapkan",
    NOT_ADOPTED: "Tidak diterapkan",
}
BY_LIST, BY_CODE = "daftar", "kode"
WAYS = {BY_LIST: "Daftar hadir", BY_CODE: "Kode di tempat"}
COMPETENCES = {
    "lulus": "Lulus",
    "ikut": "Ikut, belum lulus",
}
MAX_ATTENDANCE = 200
MAX_DAYS = 14
# Who forgot to sign in at the meeting does it on the way home, or the next morning.
_CODE_DAYS_AFTER = timedelta(days=1)
_CODE_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """How many came, how many were looked at later, how many do it; shares of those looked at."""

    came: int
    seen: int
    adopted: int

    @property
    def share(self) -> float | None:
        """The share that took the practice up, of those looked at; None before anybody was."""
        return self.adopted / self.seen if self.seen else None


def new_code() -> str:
    """A code for the door of one session, which nobody can guess."""
    return secrets.token_urlsafe(_CODE_BYTES)


def check_session(*, held_on: date, until_on: date, today: date) -> None:
    """Refuse days that can't be.

    Raises:
        InvalidInput: the end lies before the beginning or too far behind it, or too far ahead.
    """
    if not held_on <= until_on <= held_on + timedelta(days=MAX_DAYS):
        raise InvalidInput(
            "session_days_wrong",
            field="until_on",
            message=f"Hari terakhir paling cepat hari pertama, paling lama {MAX_DAYS} hari "
            "sesudahnya.",
        )
    if held_on > today + timedelta(days=365):
        raise InvalidInput(
            "session_too_far", field="held_on", message="Tanggal ini lebih dari setahun lagi."
        )


def check_begun(held_on: date, today: date) -> None:
    """Refuse attendance of what has not begun.

    Raises:
        WrongState: it lies ahead.
    """
    if today < held_on:
        raise WrongState("session_ahead", message="Daftar hadir diisi mulai hari pelaksanaan.")


def is_code_open(*, held_on: date, until_on: date, today: date) -> bool:
    """Whether the code at the door works today."""
    return held_on <= today <= until_on + _CODE_DAYS_AFTER


def check_practice(state: str, practice: str) -> None:
    """Refuse to judge what was never asked.

    Raises:
        WrongState: the session names no practice.
        InvalidInput: no such judgement.
    """
    if not practice:
        raise WrongState(
            "practice_missing", message="Pelatihan ini tidak menyebut praktik yang diterapkan."
        )
    if state not in (ADOPTED, NOT_ADOPTED):
        raise InvalidInput("practice_unknown", message="Pilih diterapkan atau tidak.")
