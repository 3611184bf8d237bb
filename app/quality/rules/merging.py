"""What two records say differently, and which of it can be chosen."""

from __future__ import annotations

from datetime import timedelta

UNDO_DAYS = 30
UNDO_SPAN = timedelta(days=UNDO_DAYS)
KEPT, GONE = "tetap", "lepas"
# Columns of an enterprise among which a person chooses; all others follow from them or from rows
# that move along.
ENTERPRISE_CHOICES = {
    "name": "Nama usaha",
    "product_line": "Produk",
    "sector": "Sektor",
    "kbli_code": "KBLI",
    "village_code": "Desa",
    "address": "Alamat",
    "hamlet": "Dusun/RT/RW",
    "lat": "Titik lokasi",
    "photo_id": "Foto tempat usaha",
    "started_on": "Mulai usaha",
    "workers_paid_male": "Pekerja dibayar, laki-laki",
    "workers_paid_female": "Pekerja dibayar, perempuan",
    "workers_family_male": "Keluarga membantu, laki-laki",
    "workers_family_female": "Keluarga membantu, perempuan",
    "capital": "Modal",
    "yearly_sales": "Omzet setahun",
    "nib": "NIB",
    "npwp": "NPWP",
    "life_cycle": "Keadaan usaha",
    "mentor_id": "Pendamping",
}
OWNER_CHOICES = {
    "name": "Nama pemilik",
    "nik_masked": "NIK",
    "phone_index": "Nomor HP",
    "sex": "Jenis kelamin",
    "born_on": "Tanggal lahir",
    "category": "Kategori",
    "relation": "Hubungan keluarga",
    "country": "Negara",
    "work_sector": "Pekerjaan di luar negeri",
    "years_abroad": "Lama di luar negeri",
    "returned_on": "Tanggal pulang",
    "education": "Pendidikan",
}
# What comes along with a choice.
ALONG = {
    "name": ("search_name",),
    "kbli_code": ("kbli_version",),
    "lat": ("lng",),
    "life_cycle": ("life_cycle_reason", "life_cycle_on"),
}
