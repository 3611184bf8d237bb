"""The words of the steps of an application."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """What a step is called, what it means, and what is said when it was made."""

    title: str
    button: str
    meaning: str
    done: str
    kind: str = ""
    asks_reason: bool = True


STEPS = {
    "serahkan": StepWords(
        title="Ajukan ke lembaga",
        button="Ajukan",
        meaning="Lembaga akan memeriksa pengajuan ini. Sesudah ini isinya tidak dapat diubah.",
        done="Pengajuan diserahkan ke lembaga.",
        asks_reason=False,
    ),
    "kembalikan": StepWords(
        title="Kembalikan untuk diubah",
        button="Kembalikan",
        meaning="Pengajuan menjadi draf lagi. Tulis apa yang perlu diubah.",
        done="Pengajuan dikembalikan.",
        kind="secondary",
    ),
    "periksa": StepWords(
        title="Catat sudah diperiksa",
        button="Sudah diperiksa",
        meaning="Hasil empat syarat dan hambatan hari ini disimpan bersama pengajuan.",
        done="Pengajuan sudah diperiksa.",
    ),
    "komite": StepWords(
        title="Bawa ke komite",
        button="Bawa ke komite",
        meaning="Dua orang yang berbeda memutuskan. Syarat dihitung sekali lagi hari ini.",
        done="Pengajuan dibawa ke komite.",
    ),
    "setujui": StepWords(
        title="Setujui pinjaman",
        button="Setujui",
        meaning="Perlu persetujuan dua orang. Yang mengajukan dan yang memeriksa tidak boleh "
        "memutuskan berdua saja.",
        done="Persetujuan Anda dicatat.",
    ),
    "tolak": StepWords(
        title="Tolak pengajuan",
        button="Tolak pengajuan",
        meaning="Alasan ini dibaca pendamping dan disampaikan kepada pemilik usaha.",
        done="Pengajuan ditolak.",
        kind="warning",
    ),
    "batal": StepWords(
        title="Batalkan pengajuan",
        button="Batalkan pengajuan",
        meaning="Tulis mengapa pengajuan ini dibatalkan.",
        done="Pengajuan dibatalkan.",
        kind="warning",
    ),
    "cairkan": StepWords(
        title="Cairkan pinjaman",
        button="Cairkan",
        meaning="Perlu dua orang: orang pertama meminta, orang kedua memberikan uangnya.",
        done="Pencairan dicatat.",
        asks_reason=False,
    ),
}
