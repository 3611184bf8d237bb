"""What is said beside an operation that was taken, in words for people."""

from __future__ import annotations

from datetime import timedelta

# A clock that is off by more is shown; by more than a day, days it gave are looked at again.
CLOCK_SLACK = timedelta(minutes=5)
CLOCK_DAY = timedelta(days=1)
# Dates come from the phone, so who was in charge is asked around them.
ASSIGNED_SLACK = timedelta(days=3)

FORMER_MENTOR = "pindah_pendamping"
CLOCK_OFF = "jam_meleset"
DAY_MOVED = "tanggal_dibetulkan"
OLD_DAY = "tanggal_lama"
TIME_DROPPED = "jam_mulai_dilewati"
MINUTES_DROPPED = "lama_dilewati"
PLACE_DROPPED = "titik_dilewati"
NEXT_DROPPED = "tanggal_berikut_dilewati"
NEXT_TOO_LATE = "tanggal_berikut_terlalu_lama"
PROMISE_MOVED = "batas_janji_dibetulkan"
PROMISE_SETTLED = "janji_sudah_ditandai"
PRACTICE_LEFT = "praktik_dilewati"
SCORED_APART = "hitungan_berbeda"
OTHER_SECTOR = "sektor_berbeda"
OTHER_INSTRUMENT = "versi_pertanyaan_berbeda"
CHANGED_MEANWHILE = "berubah_sementara"
DOUBTS_LEFT = "perlu_dilihat"
SUCCESSOR = "usaha_digabung"
NIK_LEFT = "nik_dilewati"
LABELS = {
    FORMER_MENTOR: "dikirim pendamping sebelumnya",
    CLOCK_OFF: "jam ponsel meleset",
    DAY_MOVED: "tanggalnya setelah hari ini, dicatat pada hari yang sebenarnya",
    OLD_DAY: "tanggalnya lebih dari setahun lalu",
    TIME_DROPPED: "jam mulai tidak cocok dengan tanggalnya, tidak dicatat",
    MINUTES_DROPPED: "lama kunjungan tidak wajar, tidak dicatat",
    PLACE_DROPPED: "titik di peta tidak wajar, tidak dicatat",
    NEXT_DROPPED: "tanggal kunjungan berikutnya tidak setelah kunjungan ini, tidak dicatat",
    NEXT_TOO_LATE: "kunjungan berikutnya lebih lambat dari aturan kelasnya",
    PROMISE_MOVED: "batas janji dibetulkan",
    PROMISE_SETTLED: "ada janji yang sudah ditandai pada kunjungan lain",
    PRACTICE_LEFT: "ada hasil pelatihan yang tidak lagi dapat ditandai",
    SCORED_APART: "hitungan di ponsel berbeda dari hitungan di sini",
    OTHER_SECTOR: "sektor di ponsel berbeda dari data usaha",
    OTHER_INSTRUMENT: "dinilai dengan versi pertanyaan yang lain",
    CHANGED_MEANWHILE: "sudah diubah orang lain sejak ponsel ini mengambil data",
    DOUBTS_LEFT: "ada yang perlu dilihat lagi",
    NIK_LEFT: "NIK milik orang lain, tidak dicatat",
    SUCCESSOR: "dicatat pada usaha hasil penggabungan",
}
