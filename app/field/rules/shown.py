"""What phones sent, in words for the people who decide about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from app.cashbook.rules.entries import CATEGORIES
from app.core.day_words import long_day
from app.core.errors import InvalidInput
from app.core.identity import mask_nik
from app.core.money import format_rupiah
from app.credit.rules.savings import SAVING_KINDS
from app.enterprises.rules.labels import field_label, value_label
from app.field.rules.cash_data import CASH_KINDS
from app.field.rules.certificate_data import CERTIFICATE_STEP
from app.field.rules.channel_data import MOVEMENT_DAYS
from app.field.rules.credit_data import CREDIT_KINDS
from app.field.rules.label_data import LABEL_CHECK
from app.field.rules.operation import CONFIRM
from app.health.rules.explain import CLASS_WORDS
from app.health.rules.instrument import HealthClass
from app.interventions.rules.states import RESULT_LABELS
from app.market.rules.channels import RETURN_REASONS
from app.market.rules.tracks import tracks
from app.mentoring.rules import MEETING_PLACES, OUTCOME_LABELS

# Why somebody must look, as a heading and with what to do.
REASONS: Mapping[str, tuple[str, str]] = {
    "field_conflict": (
        "Dua orang mengisi hal yang sama",
        "Bandingkan isinya, lalu pilih yang benar.",
    ),
    "former_mentor": (
        "Usaha sudah pindah pendamping",
        "Dikirim oleh pendamping lama. Kiriman sudah dicatat; lihat apakah tanggalnya masuk akal.",
    ),
    "never_assigned": (
        "Pengirim bukan pendamping usaha ini",
        "Terima hanya bila Anda tahu pengirim memang datang ke usaha ini.",
    ),
    "nik_taken": (
        "NIK sama dengan usaha lain",
        "Cari usaha dengan NIK itu. Terima hanya bila orangnya memang lain.",
    ),
    "parent_missing": (
        "Data yang mendahuluinya tidak datang",
        "Kiriman ini bagian dari data lain yang belum sampai lebih dari lima hari.",
    ),
    "id_reused": (
        "Nomor kiriman sama, isinya lain",
        (
            "Yang pertama tetap tercatat. Tanyakan kepada pengirim: terima bila ini kegiatan lain, "
            "tolak dengan alasan bila salah kirim."
        ),
    ),
    "account_closed": (
        "Akun pengirim sudah ditutup",
        "Diserahkan dari cadangan ponselnya. Terima bila kegiatannya memang terjadi.",
    ),
    "closed_before_approval": (
        "Terapi selesai sebelum disetujui",
        "Lihat rencananya, lalu terima bila memang sudah dilakukan.",
    ),
}
_OTHER = ("Perlu dilihat petugas", "Lihat isinya, lalu terima atau tolak.")
_SECONDS_TOLD = 300
_OWNER = "owner."
_WORDS: Mapping[str, Mapping[str, str]] = {
    "outcome": OUTCOME_LABELS,
    "place_kind": MEETING_PLACES,
    "result": RESULT_LABELS,
    "step": {"mulai": "Mulai", "selesai": "Selesai", "catatan": "Catatan"},
    "return_reason": RETURN_REASONS,
    "cash_category": CATEGORIES,
    "saving_kind": SAVING_KINDS,
    # A state of one name means the same in every track.
    "to_state": {
        code: state.name for track in tracks().values() for code, state in track.states.items()
    },
}
_LABELS: Mapping[str, str] = {
    "outcome": "Hasil kunjungan",
    "visited_on": "Tanggal kunjungan",
    "duration_minutes": "Lama (menit)",
    "place_kind": "Tempat bertemu",
    "met_with": "Bertemu dengan",
    "findings": "Temuan",
    "reason": "Alasan",
    "next_visit_on": "Kunjungan berikutnya",
    "assessed_on": "Tanggal penilaian",
    "main_problem": "Masalah utama",
    "step": "Langkah",
    "closed_on": "Tanggal selesai",
    "result": "Hasil",
    "result_note": "Catatan hasil",
    "spent": "Biaya terpakai",
}
_OF_MARKET: Mapping[str, str] = {
    "delivered_on": "Tanggal dititipkan",
    "counted_on": "Tanggal dihitung",
    "paid_on": "Tanggal dibayar",
    "returned_on": "Tanggal kembali",
    "checked_on": "Tanggal diperiksa",
    "to_state": "Menjadi",
    "on": "Tanggal langkah",
    "number": "Nomor",
    "issued_on": "Tanggal terbit",
    "expires_on": "Berlaku sampai",
    "has_brand": "Ada merek",
    "has_contact": "Ada kontak pemesanan",
    "pieces": "Jumlah",
    "value": "Nilai",
    "amount": "Dibayar",
    "return_reason": "Sebab kembali",
    "is_paid": "Tetap dibayar",
    "note": "Catatan",
}
_OF_BOOK: Mapping[str, str] = {
    "happened_on": "Tanggal",
    "counted_on": "Tanggal dihitung",
    "cash_category": "Untuk apa",
    "saving_kind": "Jenis simpanan",
    "cash_amount": "Jumlah uang",
    "is_owed": "Belum dibayar",
    "due_on": "Jatuh tempo",
    "month": "Bulan (tanggal satu)",
    "sales": "Penjualan sebulan",
    "costs": "Biaya sebulan",
    "produced": "Produksi sebulan",
    "workers": "Pekerja",
    "keeps_record": "Ada catatan",
    "note": "Catatan",
    "reason": "Alasan",
}
# A sum is told by the words of the cash book.
_OF_CREDIT = ("paid_on", "happened_on", "saving_kind", "cash_amount", "note")
_MONEY = frozenset({"value", "amount", "cash_amount", "sales", "costs"})


def reason_words(code: str) -> tuple[str, str]:
    """Why something waits, and what to do."""
    return REASONS.get(code, _OTHER)


def clock_words(skew_seconds: int) -> str:
    """How far the phone's clock was off; empty where it was near enough.

    >>> clock_words(12), clock_words(-7200)
    ('', 'Jam ponsel terlambat 2 jam')
    """
    if abs(skew_seconds) <= _SECONDS_TOLD:
        return ""
    span = timedelta(seconds=abs(skew_seconds))
    hours = span.seconds // 3600
    if span.days:
        told = f"{span.days} hari"
    else:
        told = f"{hours} jam" if hours else f"{span.seconds // 60} menit"
    return f"Jam ponsel {'lebih cepat' if skew_seconds > 0 else 'terlambat'} {told}"


def sent_label(name: str) -> str:
    """What a field of a phone is called; those of the owner say so."""
    if name.startswith(_OWNER):
        return f"{field_label(name.removeprefix(_OWNER))} (pemilik)"
    return _LABELS.get(name) or _OF_MARKET.get(name) or _OF_BOOK.get(name) or field_label(name)


def sent_value(name: str, value: Any) -> str:
    """A value of a phone in words; a NIK never whole."""
    column = name.removeprefix(_OWNER)
    if column == "nik" and isinstance(value, str):
        return masked(value)
    if column in _WORDS and isinstance(value, str):
        return _WORDS[column].get(value, value)
    if column in _MONEY and isinstance(value, int):
        return format_rupiah(value)
    if (column in ("on", "month") or column.endswith("_on")) and isinstance(value, str):
        return _day_in_words(value)
    return value_label(column, list(value) if isinstance(value, tuple) else value)


def _day_in_words(text: str) -> str:
    try:
        return long_day(date.fromisoformat(text))
    except ValueError:
        return text


def masked(nik: str) -> str:
    """A NIK by its first and last digits."""
    try:
        return mask_nik(nik)
    except (InvalidInput, ValueError, IndexError):
        return "(NIK tidak lengkap)"


def sent_lines(kind: str, data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What an operation says, line by line; what is empty or only for the machine is left out."""
    return tuple(
        (sent_label(name), sent_value(name, value))
        for name, value in _said(kind, data)
        if value not in (None, "", [], {}, False)
    )


def _said(kind: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if kind == "enterprise.register":
        yield from ((f"{_OWNER}{name}", value) for name, value in _plain(data.get("owner")))
        yield from _plain(data.get("enterprise"))
    elif kind == "enterprise.edit":
        yield from _plain(data.get("changes"))
    elif kind == "assessment.create":
        yield from ((name, data.get(name)) for name in ("assessed_on", "main_problem"))
        yield "health_class", _class_of(data.get("computed"))
    elif kind in MOVEMENT_DAYS or kind in (LABEL_CHECK, CERTIFICATE_STEP):
        told = {**data, "return_reason": data.get("reason")}
        yield from ((name, told.get(name)) for name in _OF_MARKET)
    elif kind == CONFIRM:
        # The number that was typed is shown to nobody.
        return
    elif kind in CASH_KINDS:
        told = {**data, "cash_category": data.get("category"), "cash_amount": data.get("amount")}
        yield from ((name, told.get(name)) for name in _OF_BOOK)
    elif kind in CREDIT_KINDS:
        told = {**data, "saving_kind": data.get("kind"), "cash_amount": data.get("amount")}
        yield from ((name, told.get(name)) for name in _OF_CREDIT)
    else:
        yield from ((name, data.get(name)) for name in _LABELS)


def _plain(part: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(part, Mapping):
        yield from ((str(name), value) for name, value in part.items())


def _class_of(computed: Any) -> str | None:
    found = computed.get("class") if isinstance(computed, Mapping) else None
    return CLASS_WORDS[HealthClass(found)] if found in set(HealthClass) else None
