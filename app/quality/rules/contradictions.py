"""Contradictions of an enterprise: what it can't both be. Each rule gives the two values."""

from __future__ import annotations

from app.core.day_words import long_day
from app.core.distance import kilometres
from app.core.errors import InvalidInput
from app.core.identity import parse_nib, parse_npwp
from app.core.identity.people import MASK
from app.core.money import format_rupiah
from app.enterprises.rules.eligibility import years_after
from app.enterprises.rules.labels import LIFE_CYCLE_LABELS, SIZE_LABELS
from app.enterprises.rules.size import MICRO, ULTRA_MICRO_WORKERS, read_size, total_workers
from app.quality.rules.facts import (
    CONTRADICTION,
    ENTERPRISE,
    LIFE_CYCLE,
    THERAPY,
    TOOL,
    VISIT,
    Around,
    Facts,
    Rule,
    Seen,
    Side,
)
from app.quality.rules.sides import (
    CHECK_FIRST,
    day_of,
    kilometres_text,
    own,
    person,
    point_text,
)

CLOSED = "tutup"
# BPS: from here on an enterprise is middle-sized, whatever it sells.
MANY_WORKERS = 20
OWNING_AGE = 10
FAR_VISIT_KM = 2.0


def _sales_and_capital(facts: Facts, _: Around) -> Seen | None:
    read = read_size(
        capital=facts.capital,
        yearly_sales=facts.yearly_sales,
        started_on=facts.started_on,
        today=facts.today,
    )
    if not read.is_disputed or facts.capital is None or facts.yearly_sales is None:
        return None
    sizes = SIZE_LABELS[read.by_capital or ""], SIZE_LABELS[read.by_sales or ""]
    return (
        own(facts, "Modal", f"{format_rupiah(facts.capital)} (kelas {sizes[0].lower()})"),
        own(facts, "Omzet setahun", f"{format_rupiah(facts.yearly_sales)} ({sizes[1].lower()})"),
    )


def _size_class(facts: Facts, _: Around) -> Seen | None:
    read = read_size(
        capital=facts.capital,
        yearly_sales=facts.yearly_sales,
        started_on=facts.started_on,
        today=facts.today,
    )
    kept, found = facts.size_class, read.size_class
    if kept is None or found is None or kept == found or read.is_disputed:
        return None
    amount = facts.yearly_sales if read.decided_by == "penjualan" else facts.capital
    label = "Omzet setahun" if read.decided_by == "penjualan" else "Modal"
    return (
        own(facts, "Kelas usaha tercatat", SIZE_LABELS[kept]),
        own(facts, label, f"{format_rupiah(amount or 0)} (kelas {SIZE_LABELS[found].lower()})"),
    )


def _ultra_micro(facts: Facts, _: Around) -> Seen | None:
    workers = total_workers(facts.workers)
    if not facts.is_ultra_micro or workers is None or workers < ULTRA_MICRO_WORKERS:
        return None
    return (
        own(facts, "Tercatat", "Ultra mikro"),
        own(facts, "Yang bekerja", f"{workers} orang, termasuk pemilik dan keluarga"),
    )


def _many_workers(facts: Facts, _: Around) -> Seen | None:
    workers = total_workers(facts.workers)
    if facts.size_class != MICRO or workers is None or workers < MANY_WORKERS:
        return None
    return (
        own(facts, "Kelas usaha", SIZE_LABELS[MICRO]),
        own(facts, "Yang bekerja", f"{workers} orang, termasuk pemilik dan keluarga"),
    )


def _visit_after_end(facts: Facts, _: Around) -> Seen | None:
    visit = facts.visit_after_end
    if visit is None or visit.on is None:
        return None
    return (
        _ended(facts),
        Side(
            label="Kunjungan, bertemu pemilik",
            text=long_day(visit.on),
            page=VISIT,
            subject_id=visit.id,
        ),
    )


def _therapy_after_end(facts: Facts, _: Around) -> Seen | None:
    therapy = facts.open_therapy
    if facts.life_cycle != CLOSED or therapy is None:
        return None
    return (
        _ended(facts),
        Side(
            label="Terapi belum selesai",
            text=therapy.name,
            page=THERAPY,
            subject_id=therapy.id,
        ),
    )


def _ended(facts: Facts) -> Side:
    since = f" sejak {long_day(facts.life_cycle_on)}" if facts.life_cycle_on else ""
    words = LIFE_CYCLE_LABELS[facts.life_cycle]
    return own(facts, "Keadaan usaha", f"{words}{since}")


def _starts_later(facts: Facts, _: Around) -> Seen | None:
    if facts.started_on is None or facts.started_on <= facts.today:
        return None
    return (
        day_of(facts, "Mulai usaha", facts.started_on),
        Side(label="Hari diperiksa", text=long_day(facts.today), counts=False),
    )


def _starts_before_birth(facts: Facts, _: Around) -> Seen | None:
    if facts.started_on is None or facts.born_on is None:
        return None
    if facts.started_on >= years_after(facts.born_on, OWNING_AGE):
        return None
    return (
        day_of(facts, "Mulai usaha", facts.started_on),
        person(facts, "Tanggal lahir pemilik", long_day(facts.born_on)),
    )


def _nib_shape(facts: Facts, _: Around) -> Seen | None:
    return _shape(facts, "NIB", facts.nib)


def _npwp_shape(facts: Facts, _: Around) -> Seen | None:
    if facts.npwp is not None and MASK in facts.npwp:
        # A resident's number is their NIK, which lies sealed and was checked before.
        return None
    return _shape(facts, "NPWP", facts.npwp)


def _shape(facts: Facts, label: str, number: str | None) -> Seen | None:
    if number is None:
        return None
    try:
        parse_nib(number) if label == "NIB" else parse_npwp(number)
    except InvalidInput as refusal:
        return own(facts, label, number), Side(label="Seharusnya", text=refusal.message)
    return None


def _far_visit(facts: Facts, _: Around) -> Seen | None:
    visit = facts.visit_with_place
    if visit is None or visit.place is None or visit.on is None or facts.place is None:
        return None
    far = kilometres(facts.place, visit.place)
    if far <= FAR_VISIT_KM:
        return None
    return (
        own(facts, "Titik tempat usaha", point_text(facts.place.lat, facts.place.lng)),
        Side(
            label=f"Lokasi kunjungan {long_day(visit.on)}",
            text=f"{kilometres_text(far)} dari titik itu",
            page=VISIT,
            subject_id=visit.id,
        ),
    )


def _tool_denied(facts: Facts, _: Around) -> Seen | None:
    if facts.has_equipment or facts.tool is None:
        return None
    return (
        own(facts, "Alat produksi", "tidak memakai"),
        Side(
            label="Alat bantuan yang dipegang",
            text=facts.tool.name,
            page=TOOL,
            subject_id=facts.tool.id,
        ),
    )


ENTERPRISE_RULES = (
    Rule(
        code="modal_omzet",
        kind=CONTRADICTION,
        name="Modal dan omzet tidak sekelas",
        why="Menurut modal kelas usahanya lain daripada menurut omzet.",
        advice="Periksa banyaknya nol pada modal dan omzet setahun.",
        mend=ENTERPRISE,
        look=_sales_and_capital,
        weight=3,
    ),
    Rule(
        code="kelas_usaha",
        kind=CONTRADICTION,
        name="Kelas usaha tidak cocok dengan angkanya",
        why="Kelas yang tercatat tidak mengikuti modal atau omzet.",
        advice="Buka isian usaha, periksa modal dan omzet, lalu simpan: kelas dihitung lagi.",
        mend=ENTERPRISE,
        look=_size_class,
        weight=3,
    ),
    Rule(
        code="ultra_mikro",
        kind=CONTRADICTION,
        name="Ultra mikro, tetapi yang bekerja lima orang atau lebih",
        why="Usaha ultra mikro dikerjakan kurang dari lima orang, termasuk pemilik dan keluarga.",
        advice="Hitung lagi yang bekerja: laki-laki, perempuan, dibayar, dan keluarga.",
        mend=ENTERPRISE,
        look=_ultra_micro,
    ),
    Rule(
        code="pekerja_banyak",
        kind=CONTRADICTION,
        name="Usaha mikro dengan dua puluh pekerja atau lebih",
        why="Usaha dengan dua puluh orang atau lebih hampir tidak pernah beromzet sekecil mikro.",
        advice="Periksa jumlah pekerja laki-laki dan perempuan, lalu omzet setahun.",
        mend=ENTERPRISE,
        look=_many_workers,
    ),
    Rule(
        code="tutup_dikunjungi",
        kind=CONTRADICTION,
        name="Sudah tutup, tetapi dikunjungi setelahnya",
        why="Pendamping bertemu pemilik setelah usaha dinyatakan tutup.",
        advice="Bila usaha berjalan lagi, ubah keadaannya. Bila tidak, betulkan tanggal tutupnya.",
        mend=LIFE_CYCLE,
        look=_visit_after_end,
        weight=3,
    ),
    Rule(
        code="tutup_terapi",
        kind=CONTRADICTION,
        name="Sudah tutup, tetapi terapinya masih berjalan",
        why="Usaha yang tutup tidak lagi menjalani terapi, selain alih usaha atau penutupan.",
        advice="Tutup terapinya dengan hasil, atau ubah keadaan usaha bila masih berjalan.",
        mend=LIFE_CYCLE,
        look=_therapy_after_end,
        weight=3,
    ),
    Rule(
        code="mulai_nanti",
        kind=CONTRADICTION,
        name="Mulai usaha pada tanggal yang belum tiba",
        why="Usaha yang terdaftar tidak mungkin mulai setelah hari ini.",
        advice=CHECK_FIRST,
        mend=ENTERPRISE,
        look=_starts_later,
        weight=3,
    ),
    Rule(
        code="mulai_kecil",
        kind=CONTRADICTION,
        name="Usaha mulai saat pemilik masih anak-anak",
        why="Menurut tanggal lahir, pemilik belum sepuluh tahun ketika usaha mulai.",
        advice=CHECK_FIRST,
        mend=ENTERPRISE,
        look=_starts_before_birth,
    ),
    Rule(
        code="bentuk_nib",
        kind=CONTRADICTION,
        name="NIB tidak mungkin benar",
        why="Nomor ini bukan bentuk NIB.",
        advice="Salin NIB dari suratnya.",
        mend=ENTERPRISE,
        look=_nib_shape,
    ),
    Rule(
        code="bentuk_npwp",
        kind=CONTRADICTION,
        name="NPWP tidak mungkin benar",
        why="Nomor ini bukan bentuk NPWP.",
        advice="Salin NPWP dari kartunya.",
        mend=ENTERPRISE,
        look=_npwp_shape,
    ),
    Rule(
        code="kunjungan_jauh",
        kind=CONTRADICTION,
        name="Kunjungan di tempat usaha, tetapi lokasinya jauh",
        why="Kunjungan terakhir di tempat usaha dicatat lebih dari 2 km dari titik tempat usaha.",
        advice="Periksa titik tempat usaha di peta. Bila titiknya benar, lihat kunjungannya.",
        mend=ENTERPRISE,
        look=_far_visit,
    ),
    Rule(
        code="alat_disangkal",
        kind=CONTRADICTION,
        name="Tercatat tanpa alat, padahal memegang alat bantuan",
        why="Pertanyaan tentang alat tidak diajukan bila usaha tercatat tanpa alat produksi.",
        advice="Centang “Memakai alat produksi”, atau periksa siapa yang memegang alat bantuan.",
        mend=ENTERPRISE,
        look=_tool_denied,
    ),
)
