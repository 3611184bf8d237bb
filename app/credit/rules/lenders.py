"""What lenders are, how one is formed, and the four classes of a cooperative's health.

Sources: reference of the domain, chapter 6.4; Permenkop UKM 9/2020 (classes of health).
"""

from __future__ import annotations

from datetime import date

from app.core.errors import InvalidInput
from app.core.identity import parse_nib, parse_npwp

KOPERASI, BMT, BPR, BUMDES, KDMP, BANK = "koperasi", "bmt", "bpr", "bumdes", "kdmp", "bank"
LENDER_KINDS = {
    KOPERASI: "Koperasi",
    BMT: "BMT",
    BPR: "BPR",
    BUMDES: "BUMDes",
    KDMP: "Koperasi Desa/Kelurahan Merah Putih",
    BANK: "Bank",
}
# Those that belong to their members: with savings, an annual meeting and a class of health.
COOPERATIVES = (KOPERASI, BMT, KDMP)

HEALTH_GRADES = {
    "sehat": "Sehat",
    "cukup_sehat": "Cukup sehat",
    "dalam_pengawasan": "Dalam pengawasan",
    "dalam_pengawasan_khusus": "Dalam pengawasan khusus",
}

CLERK, BOARD = "petugas", "pengurus"
DUTIES = {CLERK: "Petugas", BOARD: "Pengurus atau komite"}

FOUNDERS_NEEDED = 9
FORMING_STEPS = (
    "minat",
    "penyuluhan_dinas",
    "rapat_pembentukan",
    "cek_nama_sabh",
    "akta_notaris",
    "pengesahan_ahu",
    "npwp_rekening",
    "nib",
    "izin_simpan_pinjam",
    "aktif",
    "rat_tahunan",
    "pemeriksaan_kesehatan",
)

# More than this a month, or on joining, is a slip of the finger.
MOST_SAVING = 100_000_000


def kept_nib(text: str | None) -> str | None:
    """The NIB of a lender as it is kept.

    Raises:
        InvalidInput: not 13 digits.
    """
    return parse_nib(text) if text else None


def kept_npwp(text: str | None) -> str | None:
    """The NPWP of a lender as it is kept.

    Raises:
        InvalidInput: no NPWP, or that of a person, which is their NIK.
    """
    if not text:
        return None
    number = parse_npwp(text)
    if number.is_nik:
        raise InvalidInput(
            "npwp_of_person",
            field="npwp",
            message="Ini NIK seseorang. Isi NPWP lembaganya, atau kosongkan.",
        )
    return number.value


def check_facts(
    *, kind: str, legal_on: date | None, savings: tuple[int, ...], is_forming: bool, on: date
) -> None:
    """Refuse what can't be so of a lender.

    Raises:
        InvalidInput: at the field.
    """
    if kind not in LENDER_KINDS:
        raise InvalidInput("kind_unknown", field="kind", message="Pilih jenis lembaganya.")
    if is_forming and kind not in COOPERATIVES:
        raise InvalidInput(
            "forms_no_other", field="kind", message="Yang dibentuk di sini hanya koperasi."
        )
    if legal_on is not None and legal_on > on:
        raise InvalidInput(
            "legal_on_future", field="legal_on", message="Tanggal ini tidak boleh setelah hari ini."
        )
    if not all(0 <= one <= MOST_SAVING for one in savings):
        raise InvalidInput(
            "saving_unreal", field="principal_saving", message="Simpanan ini tidak wajar. Periksa."
        )
