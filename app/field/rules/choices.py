"""What the forms of the app of mentors offer, in the words of the server's own forms."""

from __future__ import annotations

from typing import Any

from app.cashbook.rules.entries import CATEGORIES, DIRECTION_OF, DIRECTIONS, MAY_BE_OWED
from app.core.day_words import MONTHS
from app.credit.rules.savings import SAVING_KINDS
from app.enterprises.rules.consents import BASE, purposes
from app.enterprises.rules.labels import (
    CATEGORY_LABELS,
    CONSENT_LABELS,
    EDUCATION_LABELS,
    LIFE_CYCLE_LABELS,
    RELATION_LABELS,
    SECTOR_LABELS,
    SEX_LABELS,
)
from app.interventions.rules.states import RESULT_LABELS
from app.market.rules.channels import RETURN_REASONS
from app.mentoring.rules.words import BROKEN, KEPT, MEETING_PLACES, OUTCOME_LABELS

Choices = tuple[tuple[str, str], ...]

# A tap each, and together the report of a usual visit; more can be written below them.
QUICK_FINDINGS = (
    "Usaha berjalan seperti biasa.",
    "Penjualan naik.",
    "Penjualan turun.",
    "Buku kas terisi.",
    "Buku kas belum diisi.",
    "Bahan baku cukup.",
    "Kekurangan bahan baku.",
    "Sedang tidak produksi.",
)
QUICK_REASONS = (
    "Rumah kosong",
    "Pemilik sedang sakit",
    "Pemilik bepergian",
    "Jalan tidak dapat dilewati",
)
QUICK_PROMISES = (
    "Mencatat penjualan setiap hari",
    "Memisahkan uang usaha",
    "Melengkapi berkas izin",
)
MOVEMENTS: Choices = (
    ("delivery", "Barang dititipkan"),
    ("count", "Terjual"),
    ("payment", "Dibayar"),
    ("return", "Barang kembali"),
)


def form_choices() -> dict[str, Choices]:
    """Values and labels by field, for the templates of the shell."""
    return {
        "outcome": _pairs(OUTCOME_LABELS),
        "place_kind": _pairs(MEETING_PLACES),
        "promise": ((KEPT, "Ditepati"), (BROKEN, "Tidak ditepati"), ("", "Biarkan terbuka")),
        "practice": (
            ("diterapkan", "Diterapkan"),
            ("tidak_diterapkan", "Tidak diterapkan"),
            ("", "Belum dilihat"),
        ),
        "findings": _same(QUICK_FINDINGS),
        "reason": _same(QUICK_REASONS),
        "promise_text": _same(QUICK_PROMISES),
        "owner_confirmation": (
            ("paraf", "Paraf di buku kunjungan"),
            ("pesan", "Balasan pesan"),
            ("", "Tidak ada"),
        ),
        "result": _pairs(RESULT_LABELS),
        "movement": MOVEMENTS,
        "return_reason": _pairs(RETURN_REASONS),
        "sector": _pairs(SECTOR_LABELS),
        "sex": _pairs(SEX_LABELS),
        "category": _pairs(CATEGORY_LABELS),
        "relation": _pairs(RELATION_LABELS),
        "education": _pairs(EDUCATION_LABELS),
        "consent_way": (*_pairs(CONSENT_LABELS), ("", "Belum diminta")),
        "consent_purposes": tuple((one.key, one.label) for one in purposes() if one.key != BASE),
        "life_cycle": _pairs(LIFE_CYCLE_LABELS),
        "months": tuple((str(number), name) for number, name in enumerate(MONTHS, start=1)),
        "incident": (
            ("tidak", "Tidak ada"),
            ("selesai", "Ada, sudah dinyatakan selesai oleh Dinkes atau BPOM"),
            ("ya", "Ada, belum selesai"),
            ("belum", "Belum ditanya"),
        ),
        "yes_no": (("ya", "Ya"), ("tidak", "Tidak")),
        "told": (("ya", "Ya"), ("tidak", "Tidak"), ("", "Belum ditanya")),
    }


def book_choices() -> dict[str, Any]:
    """What may be written into a cash book, by the way of its money, and what may be owed."""
    groups = tuple(
        (words, tuple((code, CATEGORIES[code]) for code, way in DIRECTION_OF.items() if way == one))
        for one, words in DIRECTIONS.items()
    )
    return {"groups": groups, "owed": MAY_BE_OWED}


def saving_kinds() -> Choices:
    """What a member pays in for."""
    return _pairs(SAVING_KINDS)


def _pairs(labels: dict[str, str]) -> Choices:
    return tuple(labels.items())


def _same(texts: tuple[str, ...]) -> Choices:
    return tuple((text, text) for text in texts)
