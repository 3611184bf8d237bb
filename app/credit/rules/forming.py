"""How a cooperative is formed, step by step: what to do, which papers, and what comes next.

Source: reference of the domain, chapter 6.4; UU 25/1992, PP 7/2021 (at least nine founders).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from app.core.errors import InvalidInput
from app.credit.rules.lenders import FORMING_STEPS, FOUNDERS_NEEDED

INTEREST, MEETING, NAME = "minat", "rapat_pembentukan", "cek_nama_sabh"
LAWFUL, TAX, NIB, PERMIT = "pengesahan_ahu", "npwp_rekening", "nib", "izin_simpan_pinjam"
ACTIVE, YEARLY, EXAMINED = "aktif", "rat_tahunan", "pemeriksaan_kesehatan"
# Until the founders have met, more may join them.
BEFORE_MEETING = (INTEREST, "penyuluhan_dinas", MEETING)
# From here on the cooperative works: meetings and classes of health are noted by themselves.
BY_THEMSELVES = (YEARLY, EXAMINED)
_WORDS_OF_NAME = 3
# The yearly meeting is held within six months after the book year (UU 25/1992).
_MEETING_MONTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its name once reached, what to do to reach it, and its papers by code."""

    code: str
    name: str
    to_do: str
    papers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How far a cooperative came. `position` is the newest step that was noted ("": none)."""

    position: str
    name: str
    founders: int | None
    last_meeting: int | None
    has_grade: bool
    is_forming: bool
    on: date


STEPS = {
    one.code: one
    for one in (
        Step(
            code=INTEREST,
            name="Warga berminat",
            to_do=f"Kumpulkan paling sedikit {FOUNDERS_NEEDED} warga yang bersedia menjadi "
            "pendiri, dan catat berapa orang.",
        ),
        Step(
            code="penyuluhan_dinas",
            name="Penyuluhan dari dinas",
            to_do="Minta penyuluhan perkoperasian kepada dinas koperasi, untuk semua pendiri.",
            papers={"surat_permohonan": "Surat permohonan", "daftar_hadir": "Daftar hadir"},
        ),
        Step(
            code=MEETING,
            name="Rapat pembentukan",
            to_do="Adakan rapat pembentukan: anggaran dasar, pengurus dan pengawas, wilayah, jenis "
            "usaha, modal awal, alamat, dan nama paling sedikit tiga kata.",
            papers={
                "berita_acara": "Berita acara rapat",
                "daftar_hadir": "Daftar hadir",
                "anggaran_dasar": "Rancangan anggaran dasar",
                "susunan_pengurus": "Susunan pengurus dan pengawas",
            },
        ),
        Step(
            code=NAME,
            name="Nama disetujui",
            to_do="Periksa dan pesan nama koperasi di laman SABH Kementerian Hukum.",
            papers={"bukti_nama": "Bukti pesan nama"},
        ),
        Step(
            code="akta_notaris",
            name="Akta notaris",
            to_do="Buat akta pendirian di notaris pembuat akta koperasi.",
            papers={
                "kuasa_pendiri": "Surat kuasa para pendiri",
                "ktp_pengurus": "KTP dan KK pengurus",
                "bukti_modal": "Bukti setor modal",
                "rencana_usaha": "Rencana usaha",
                "akta": "Akta pendirian",
            },
        ),
        Step(
            code=LAWFUL,
            name="Badan hukum disahkan",
            to_do="Ajukan pengesahan badan hukum lewat notaris; catat nomor dan tanggalnya.",
            papers={"sk_ahu": "Surat keputusan pengesahan"},
        ),
        Step(
            code=TAX,
            name="NPWP dan rekening",
            to_do="Urus NPWP koperasi dan buka rekening bank atas namanya.",
            papers={"npwp": "Kartu NPWP", "rekening": "Buku rekening"},
        ),
        Step(
            code=NIB,
            name="NIB terbit",
            to_do="Urus NIB koperasi di OSS.",
            papers={"nib": "NIB"},
        ),
        Step(
            code=PERMIT,
            name="Izin simpan pinjam",
            to_do="Urus izin usaha simpan pinjam di OSS. Lewati bila koperasi tidak meminjamkan "
            "uang.",
            papers={"izin": "Izin usaha simpan pinjam"},
        ),
        Step(
            code=ACTIVE,
            name="Koperasi bekerja",
            to_do="Mulai bekerja: terima anggota, simpanan pokok dan wajib, lalu catat harinya.",
            papers={"buku_anggota": "Buku daftar anggota"},
        ),
        Step(
            code=YEARLY,
            name="Rapat anggota tahunan",
            to_do="Adakan rapat anggota tahunan dan catat hasilnya.",
        ),
        Step(
            code=EXAMINED,
            name="Kesehatan koperasi diperiksa",
            to_do="Minta dinas koperasi memeriksa kesehatan koperasi, lalu catat hasilnya.",
        ),
    )
}


def next_steps(position: str) -> tuple[Step, ...]:
    """The steps to which one may go on; the permit to lend may be left out."""
    place = FORMING_STEPS.index(position) + 1 if position else 0
    found = [code for code in FORMING_STEPS[place : place + 1] if code not in BY_THEMSELVES]
    if PERMIT in found:
        found.append(ACTIVE)
    return tuple(STEPS[code] for code in found)


def earlier_steps(position: str) -> tuple[Step, ...]:
    """The steps to which one may go back, when something was refused or must be done anew."""
    place = FORMING_STEPS.index(position) if position else 0
    return tuple(STEPS[code] for code in FORMING_STEPS[:place])


def what_next(stand: Stand) -> str:
    """What a cooperative has to do next; "" for nothing."""
    if stand.is_forming:
        if stand.position == INTEREST and (stand.founders or 0) < FOUNDERS_NEEDED:
            return lacking_founders(stand.founders)
        steps = next_steps(stand.position)
        return steps[0].to_do if steps else ""
    wanted = stand.on.year - 1
    if stand.last_meeting is None or stand.last_meeting < wanted:
        late = stand.on.month > _MEETING_MONTH
        word = f"sudah lewat dari 30 Juni {stand.on.year}" if late else "paling lambat 30 Juni"
        return f"Adakan rapat anggota tahunan untuk tahun buku {wanted} ({word}), dan catat."
    return "" if stand.has_grade else STEPS[EXAMINED].to_do


def lacking_founders(founders: int | None) -> str:
    """How many founders are still lacking, in words."""
    have = founders or 0
    return (
        f"Pendirinya baru {have} orang; perlu {FOUNDERS_NEEDED - have} orang lagi untuk dapat "
        "membentuk koperasi."
    )


def check_step(
    to: str, *, position: str, papers: Collection[str], founders: int | None, name: str, note: str
) -> None:
    """Refuse a step that can't be taken yet.

    Raises:
        InvalidInput: at the field: not the next one, papers or founders are lacking, too short a
            name, or back without a reason.
    """
    if to in {one.code for one in earlier_steps(position)}:
        if not note:
            message = "Tulis mengapa kembali ke langkah ini."
            raise InvalidInput("reason_missing", field="note", message=message)
        return
    if to not in {one.code for one in next_steps(position)}:
        raise InvalidInput("step_unknown", field="step", message="Pilih langkahnya.")
    lacking = [words for code, words in STEPS[to].papers.items() if code not in papers]
    if lacking:
        message = f"Suratnya belum lengkap: {', '.join(lacking)}."
        raise InvalidInput("papers_lacking", field="papers", message=message)
    if to != INTEREST and (founders or 0) < FOUNDERS_NEEDED:
        raise InvalidInput("founders_lacking", field="founders", message=lacking_founders(founders))
    if to in (MEETING, NAME) and len(name.split()) < _WORDS_OF_NAME:
        message = f"Nama koperasi paling sedikit {_WORDS_OF_NAME} kata. Ubah dahulu namanya."
        raise InvalidInput("name_short", message=message)


def known_papers(codes: Iterable[str]) -> list[str]:
    """The words of papers that were seen, without those that nobody knows any more."""
    words = {code: name for step in STEPS.values() for code, name in step.papers.items()}
    return [words[code] for code in codes if code in words]
