"""How the codes of the register are called on pages. One word per thing."""

from __future__ import annotations

from app.core.money import format_rupiah

CATEGORY_LABELS = {
    "calon": "Calon PMI",
    "aktif": "PMI aktif (masih di luar negeri)",
    "purna": "PMI purna",
    "keluarga": "Keluarga PMI",
}
RELATION_LABELS = {
    "suami_istri": "Suami atau istri PMI",
    "anak": "Anak PMI",
    "orang_tua": "Ayah atau ibu PMI",
}
SEX_LABELS = {"P": "Perempuan", "L": "Laki-laki"}
EDUCATION_LABELS = {
    "tidak_sekolah": "Tidak sekolah",
    "sd": "SD atau sederajat",
    "smp": "SMP atau sederajat",
    "sma": "SMA atau sederajat",
    "diploma": "Diploma",
    "sarjana": "Sarjana atau lebih",
}
SECTOR_LABELS = {
    "A": "Pangan kemasan",
    "B": "Pangan siap saji",
    "C": "Produk non-pangan",
    "D": "Jasa",
    "E": "Perdagangan",
    "F": "Tani, ternak, ikan",
}
SIZE_LABELS = {
    "mikro": "Mikro",
    "kecil": "Kecil",
    "menengah": "Menengah",
    "besar": "Besar",
}
LIFE_CYCLE_LABELS = {
    "terdaftar": "Terdaftar",
    "aktif": "Aktif",
    "tidak_aktif": "Tidak aktif sementara",
    "berangkat_lagi": "Pemilik berangkat lagi",
    "tutup": "Tutup",
    "menolak_didata": "Menolak didata",
}
HEALTH_LABELS = {"sakit": "Sakit", "kurang_sehat": "Kurang sehat", "sehat": "Sehat"}
HEALTH_STATUS_LABELS = {
    "final": "Final",
    "sementara": "Sementara",
    "belum_dapat_dinilai": "Belum dapat dinilai",
}
CONSENT_LABELS = {
    "tanda_tangan": "Tanda tangan di kertas",
    "rekaman": "Rekaman suara atau video",
    "lisan_saksi": "Lisan, dengan saksi",
    "layar": "Disetujui di layar",
}
FIELD_LABELS = {
    "account_id": "Akun pemilik",
    "address": "Alamat",
    "born_on": "Tanggal lahir",
    "capital": "Modal usaha",
    "category": "Hubungan dengan migrasi",
    "confirmed_warnings": "Peringatan yang sudah diperiksa",
    "consent_purposes": "Keperluan yang disetujui",
    "consent_version": "Versi naskah persetujuan",
    "consent_way": "Cara persetujuan",
    "consent_witness": "Nama saksi",
    "consented_on": "Tanggal persetujuan",
    "erased_on": "Dihapus tanggal",
    "objected_on": "Menarik diri tanggal",
    "restricted_on": "Dibatasi sejak",
    "country": "Negara kerja",
    "declared_non_halal": "Dinyatakan tidak halal",
    "education": "Pendidikan",
    "hamlet": "Dusun, RT/RW",
    "has_equipment": "Memakai alat produksi",
    "is_seasonal": "Usaha musiman",
    "is_ultra_micro": "Ultra mikro",
    "kbli_code": "Kode KBLI",
    "kbli_version": "Daftar KBLI",
    "lat": "Lintang",
    "life_cycle": "Keadaan usaha",
    "life_cycle_on": "Sejak tanggal",
    "life_cycle_reason": "Alasan",
    "lng": "Bujur",
    "name": "Nama",
    "nib": "NIB",
    "nik": "NIK",
    "npwp": "NPWP",
    "owner_id": "Pemilik",
    "phone": "Nomor HP",
    "photo_id": "Foto tempat usaha",
    "product_line": "Produk atau jasa",
    "relation": "Hubungan keluarga",
    "returned_on": "Tanggal pulang",
    "season_months": "Bulan musim jual",
    "sector": "Sektor",
    "sex": "Jenis kelamin",
    "size_class": "Skala usaha",
    "sold_outside_home": "Dijual di luar rumah",
    "started_on": "Mulai usaha",
    "village_code": "Desa",
    "work_sector": "Pekerjaan di luar negeri",
    "workers_family_female": "Keluarga yang membantu, perempuan",
    "workers_family_male": "Keluarga yang membantu, laki-laki",
    "workers_paid_female": "Pekerja dibayar, perempuan",
    "workers_paid_male": "Pekerja dibayar, laki-laki",
    "yearly_sales": "Penjualan setahun",
    "years_abroad": "Lama kerja di luar negeri (tahun)",
}
_MONEY = ("capital", "yearly_sales")
_WORDS = {
    "category": CATEGORY_LABELS,
    "relation": RELATION_LABELS,
    "sex": SEX_LABELS,
    "education": EDUCATION_LABELS,
    "sector": SECTOR_LABELS,
    "size_class": SIZE_LABELS,
    "life_cycle": LIFE_CYCLE_LABELS,
    "consent_way": CONSENT_LABELS,
}


def field_label(name: str) -> str:
    """What a column is called on pages; one that nobody worded is shown without underscores."""
    return FIELD_LABELS.get(name, name.replace("_", " ").capitalize())


def value_label(name: str, value: object) -> str:
    """A column's value in words, as a history shows it."""
    if value is None or value == "" or value == []:
        return "kosong"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if name in _MONEY and isinstance(value, int):
        return format_rupiah(value)
    words = _WORDS.get(name, {})
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return words.get(str(value), str(value))


def sector_label(code: str | None) -> str:
    """The sector in words; one not yet said says so."""
    return SECTOR_LABELS.get(code or "", "Belum ditentukan")


def choices(labels: dict[str, str]) -> list[tuple[str, str]]:
    """Code and label pairs for a field that lets one choose."""
    return list(labels.items())
