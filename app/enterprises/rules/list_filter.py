"""What a list of enterprises is narrowed to: the same for page, export, and links to the list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.day_words import short_day
from app.enterprises.rules.labels import (
    HEALTH_LABELS,
    LIFE_CYCLE_LABELS,
    SECTOR_LABELS,
    SIZE_LABELS,
)
from app.places.rules import PROGRAM_LABELS

UNASSESSED = "belum_dinilai"
NOT_ASSESSABLE = "belum_dapat_dinilai"
EXPIRED = "kedaluwarsa"
# Of mentors: nobody, or somebody whose account was closed or who is no mentor any more.
NOBODY, ABSENT = "tanpa", "ditutup"
UNKNOWN_SECTOR = "tanpa"
ULTRA_MICRO, UNKNOWN_SIZE = "ultra_mikro", "tanpa"
YES = "ya"
# Groups of states: those that are visited and assessed, and those that have left.
SERVED = "didampingi"
STOPPED = "berhenti"
# After so many days a sick enterprise must have a plan.
LONG_SICK_DAYS = 14

MENTOR_CHOICES = {NOBODY: "Tanpa pendamping", ABSENT: "Pendampingnya sudah berhenti"}
HEALTH_CHOICES: dict[str, str] = {
    **HEALTH_LABELS,
    NOT_ASSESSABLE: "Belum dapat dinilai",
    UNASSESSED: "Belum dinilai",
    EXPIRED: "Penilaian kedaluwarsa",
}
LIFE_CYCLE_CHOICES: dict[str, str] = {
    SERVED: "Semua yang didampingi",
    **LIFE_CYCLE_LABELS,
    STOPPED: "Tutup, berangkat lagi, atau menolak",
}
SECTOR_CHOICES: dict[str, str] = {**SECTOR_LABELS, UNKNOWN_SECTOR: "Belum ditentukan"}
SIZE_CHOICES: dict[str, str] = {
    ULTRA_MICRO: "Ultra mikro",
    **SIZE_LABELS,
    UNKNOWN_SIZE: "Belum diketahui",
}
SORT_LABELS: dict[str, str] = {
    "nama": "Nama usaha",
    "skor": "Skor terendah",
    "kunjungan": "Paling lama tidak dikunjungi",
    "terbaru": "Terbaru didaftarkan",
}
_AREA = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_TEXT_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """All conditions hold together; an empty one holds always.

    `health` is a class, "belum_dinilai" (never assessed), "belum_dapat_dinilai" (too few answers)
    or "kedaluwarsa" (the last assessment is no longer valid, whatever its class); with
    `is_current` the assessment must still be valid. `life_cycle` is a state or a group of them.
    `mentor` is an account or "tanpa". `sick_days` asks for those that have been sakit for more
    than so many days. `size` is a size class, "ultra_mikro" or "tanpa"; `program` asks for villages
    that have that programme; `due_until` for those whose next visit is due until that day. Days are
    inclusive.
    """

    area: str = ""
    health: str = ""
    sector: str = ""
    mentor: UUID | str = ""
    life_cycle: str = ""
    size: str = ""
    program: str = ""
    text: str = ""
    is_current: bool = False
    is_overdue: bool = False
    is_without_plan: bool = False
    sick_days: int | None = None
    due_until: date | None = None
    created_from: date | None = None
    created_until: date | None = None

    @property
    def is_active(self) -> bool:
        """Whether anything is left out."""
        return self != ListFilter()

    def address(self) -> dict[str, str]:
        """The filter as the words of an address, for links to the list."""
        words = {
            "wilayah": self.area,
            "kelas": self.health,
            "sektor": self.sector,
            "pendamping": str(self.mentor),
            "keadaan": self.life_cycle,
            "skala": self.size,
            "program": self.program,
            "cari": self.text,
            "berlaku": YES if self.is_current else "",
            "terlambat": YES if self.is_overdue else "",
            "tanpa_rencana": YES if self.is_without_plan else "",
            "sakit_hari": "" if self.sick_days is None else str(self.sick_days),
            "kunjungan_sampai": self.due_until.isoformat() if self.due_until else "",
            "terdaftar_dari": self.created_from.isoformat() if self.created_from else "",
            "terdaftar_sampai": self.created_until.isoformat() if self.created_until else "",
        }
        return {name: word for name, word in words.items() if word}


def filter_from(words: Mapping[str, str]) -> ListFilter:
    """The filter of an address; a word that means nothing narrows nothing.

    What the list shows of its filter is this value, so a person sees what was understood.
    """
    return ListFilter(
        area=_area(words.get("wilayah", "")),
        health=_one_of(words.get("kelas", ""), HEALTH_CHOICES),
        sector=_one_of(words.get("sektor", ""), SECTOR_CHOICES),
        mentor=_mentor(words.get("pendamping", "")),
        life_cycle=_one_of(words.get("keadaan", ""), LIFE_CYCLE_CHOICES),
        size=_one_of(words.get("skala", ""), SIZE_CHOICES),
        program=_one_of(words.get("program", ""), PROGRAM_LABELS),
        text=words.get("cari", "").replace("\x00", "").strip()[:_TEXT_MAX],
        is_current=words.get("berlaku") == YES,
        is_overdue=words.get("terlambat") == YES,
        is_without_plan=words.get("tanpa_rencana") == YES,
        sick_days=_days(words.get("sakit_hari", "")),
        due_until=_day(words.get("kunjungan_sampai", "")),
        created_from=_day(words.get("terdaftar_dari", "")),
        created_until=_day(words.get("terdaftar_sampai", "")),
    )


def described(wanted: ListFilter, *, area_label: str, mentor_name: str) -> list[tuple[str, str]]:
    """The conditions in words, as (what, which)."""
    mentor = MENTOR_CHOICES.get(str(wanted.mentor), mentor_name)
    lines = [
        ("Wilayah", area_label if wanted.area else ""),
        ("Kesehatan", HEALTH_CHOICES.get(wanted.health, "")),
        ("Penilaian", "Masih berlaku" if wanted.is_current else ""),
        ("Sakit", _for_days(wanted.sick_days)),
        ("Sektor", SECTOR_CHOICES.get(wanted.sector, "")),
        ("Pendamping", mentor if wanted.mentor else ""),
        ("Keadaan usaha", LIFE_CYCLE_CHOICES.get(wanted.life_cycle, "")),
        ("Skala usaha", SIZE_CHOICES.get(wanted.size, "")),
        ("Program desa", PROGRAM_LABELS.get(wanted.program, "")),
        ("Kata yang dicari", _not_a_number(wanted.text)),
        ("Kunjungan", "Terlambat" if wanted.is_overdue else ""),
        ("Kunjungan jatuh tempo sampai", _shown(wanted.due_until)),
        ("Rencana terapi", "Belum ada" if wanted.is_without_plan else ""),
        ("Terdaftar dari", _shown(wanted.created_from)),
        ("Terdaftar sampai", _shown(wanted.created_until)),
    ]
    return [(what, which) for what, which in lines if which]


def _not_a_number(text: str) -> str:
    # A NIK that was searched for must not travel in files and histories.
    digits = re.sub(r"\D", "", text)
    return "(nomor)" if len(digits) >= 6 else text


def _shown(day: date | None) -> str:
    return short_day(day) if day else ""


def _for_days(days: int | None) -> str:
    return "" if days is None else f"Lebih dari {days} hari"


def _one_of(word: str, known: Mapping[str, str]) -> str:
    return word if word in known else ""


def _area(word: str) -> str:
    return word if _AREA.fullmatch(word) and word.isascii() else ""


def _mentor(word: str) -> UUID | str:
    if word in ("", *MENTOR_CHOICES):
        return word
    try:
        return UUID(word)
    except ValueError:
        return ""


def _days(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 4 else None


def _day(word: str) -> date | None:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    # Beyond these there is no register, and arithmetic with days may leave the calendar.
    return day if 1900 <= day.year <= 2200 else None
