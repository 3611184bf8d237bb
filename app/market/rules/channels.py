"""Words of sales channels: kinds, states, reasons of returns, ages of what is owed."""

from __future__ import annotations

from datetime import date, datetime

from app.core.errors import Conflict, InvalidInput
from app.market.rules.consignment import MERAH

CHANNEL_KINDS = {
    "pasar": "Pasar tradisional",
    "warung": "Warung",
    "toko_oleh_oleh": "Toko oleh-oleh",
    "koperasi_bumdes": "Koperasi atau BUMDes",
    "toko_modern": "Toko modern",
    "marketplace": "Marketplace",
    "pameran": "Pameran atau bazar",
    "pengadaan": "Pengadaan",
    "ekspor": "Ekspor",
}
PLANNED, RUNNING, CLOSED = "rencana", "berjalan", "tutup"
CHANNEL_STATES = {PLANNED: "Masih rencana", RUNNING: "Berjalan", CLOSED: "Sudah tutup"}
RETURN_REASONS = {
    "tidak_laku": "Tidak laku",
    "kedaluwarsa": "Kedaluwarsa",
    "rusak": "Rusak",
    "lain": "Lainnya",
}
# What such a channel usually asks for, and its usual terms (reference of the market, chapter 5).
KIND_HINTS = {
    "pasar": "Mudah dimasuki. Tunai, atau titip 1–7 hari dengan potongan 10–20%.",
    "warung": "Mudah dimasuki. Tunai, atau titip 1–7 hari dengan potongan 10–20%.",
    "toko_oleh_oleh": "Biasanya minta P-IRT, halal, dan kemasan tersegel. Potongan 20–25%, dibayar "
    "tiap minggu sampai tiap bulan, yang tidak laku dikembalikan.",
    "koperasi_bumdes": "Biasanya minta jadi anggota, P-IRT, dan halal. Potongan 5–15%, dibayar "
    "paling lama 14 hari. Rak pertama yang baik.",
    "toko_modern": "Biasanya minta NIB, NPWP, P-IRT atau MD, halal, kemasan baku, dan barcode. Ada "
    "biaya daftar, dibayar lebih dari sebulan, yang kembali sering tidak dibayar. Hanya untuk "
    "usaha sehat dengan uji hijau.",
    "marketplace": "Minta NIK atau NPWP, foto, dan stok yang teratur. Dibayar 2–7 hari sesudah "
    "barang diterima pembeli.",
    "pameran": "Bawa contoh dan brosur. Tunai, tetapi hitung biaya perjalanannya.",
    "pengadaan": "Minta NIB, NPWP, dan rekening. Dibayar 14–60 hari.",
    "ekspor": "Minta MD atau standar pembeli. Lewat pengumpul lebih dahulu.",
}
# Days since the goods were handed over, as the instrument parts them in PSR4.
AGES = {
    "0-7": (0, 7),
    "8-30": (8, 30),
    "31-45": (31, 45),
    "46-60": (46, 60),
    "61": (61, None),
}
AGE_LABELS = {
    "0-7": "0–7 hari",
    "8-30": "8–30 hari",
    "31-45": "31–45 hari",
    "46-60": "46–60 hari",
    "61": "lebih dari 60 hari",
}
# What a channel without a written term is expected to keep, days.
USUAL_TERM = 30
MAX_TERM = 365


def state_of(*, opened_on: date | None, closed_on: date | None) -> str:
    """Where a channel stands."""
    if closed_on is not None:
        return CLOSED
    return PLANNED if opened_on is None else RUNNING


def is_gated(*, kind: str, is_consignment: bool) -> bool:
    """Whether a channel is calculated (therapy T06) before it is entered."""
    return is_consignment or kind == "toko_modern"


def why_an_officer(
    *, kind: str, is_consignment: bool, verdict: str | None, health_class: str | None
) -> tuple[str, ...]:
    """Why entering a channel needs the written reason of an officer; nothing: it needs none."""
    found = []
    if verdict == MERAH:
        found.append("Uji kelayakan kanal ini merah.")
    if health_class == "sakit" and is_gated(kind=kind, is_consignment=is_consignment):
        found.append("Usaha ini sakit: titip jual baru sebaiknya ditunda.")
    return tuple(found)


def reasons_for_officer(
    *,
    kind: str,
    is_consignment: bool,
    opened_on: date | None,
    closed_on: date | None,
    verdict: str | None,
    verdict_at: datetime | None,
    allowed_at: datetime | None,
    health_class: str | None,
) -> tuple[str, ...]:
    """Why an officer must write a reason, unless one was written since the last calculation."""
    is_allowed = allowed_at is not None and (verdict_at is None or allowed_at >= verdict_at)
    if is_allowed or closed_on is not None:
        return ()
    return why_an_officer(
        kind=kind,
        is_consignment=is_consignment,
        verdict=verdict,
        # A channel that runs is not entered anew when the enterprise falls ill.
        health_class=health_class if opened_on is None else None,
    )


def age_of(days: int) -> str:
    """The bracket of an age in days; what lies ahead is fresh."""
    for code, (_, most) in AGES.items():
        if most is None or days <= most:
            return code
    raise ValueError(days)


def check_past(day: date, *, today: date, field: str) -> None:
    """Refuse a day that has not come.

    Raises:
        InvalidInput: it lies ahead.
    """
    if day > today:
        raise InvalidInput(
            "day_in_future", field=field, message="Tanggal tidak boleh setelah hari ini."
        )


def check_version(seen: int, now: int) -> None:
    """Refuse what was decided on a page that is out of date.

    Raises:
        Conflict: somebody changed it since.
    """
    if seen != now:
        raise Conflict(
            "channel_changed_meanwhile",
            message="Kanal ini baru saja diubah orang lain. Muat ulang halamannya.",
        )
