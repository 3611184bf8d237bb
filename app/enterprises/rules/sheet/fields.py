"""The facts that a column of an office's list may hold, and how offices call them.

Names of fields are those of the register's columns (`docs/import.md` lists them all). Words
follow real lists; "nomor", "tanggal" and the like stand for all their short forms.
"""

from __future__ import annotations

_WORKERS = (
    "tenaga kerja",
    "karyawan",
    "pekerja",
    "pegawai",
    "jumlah tenaga kerja",
    "jumlah karyawan",
    "jumlah pekerja",
    "total tenaga kerja",
    "jumlah pegawai",
)
_MEN = ("laki laki", "laki", "pria", "l")
_WOMEN = ("perempuan", "wanita", "p")


def _by_sex(words: tuple[str, ...]) -> str:
    return "; ".join(f"{base} {sex}" for base in _WORKERS for sex in words)


# In each row the best names come first: where two columns have the same meaning, the earlier
# name wins and the other column is set aside.
FIELD_NAMES: dict[str, str] = {
    "name": "nama usaha; nama umkm; nama ukm; nama ikm; nama usaha umkm; nama perusahaan; "
    "nama badan usaha; nama toko; nama unit usaha; nama irtp; nama usaha merek; "
    "nama tempat usaha; nama industri; nama usaha mikro",
    "owner_name": "nama pemilik; nama pemilik usaha; pemilik nama; pemilik nama lengkap; "
    "pemilik; pemilik usaha; nama pengusaha; nama pelaku usaha; pelaku usaha; "
    "nama pemilik umkm; nama penanggung jawab; nama pmi; "
    "nama pmi purna; nama purna pmi; nama eks pmi; nama tki; nama pengelola; nama wirausaha; "
    "nama pimpinan; pengusaha; nama lengkap; nama sesuai ktp; nama lengkap sesuai ktp; "
    "nama peserta; nama anggota; nama pemilik usaha sesuai ktp",
    "nik": "nik; nomor nik; nik pemilik; nomor induk kependudukan; nomor ktp; ktp; nik ktp; "
    "nomor ktp nik; nomor nik ktp; nik pemilik usaha; nomor induk kependudukan nik",
    "sex": "jenis kelamin; jk; kelamin; l p; jenis kelamin l p; jk l p; gender; sex",
    "born_on": "tanggal lahir; tanggal lahir pemilik",
    "birth_place_and_day": "tempat tanggal lahir; ttl; tempat dan tanggal lahir; "
    "tempat tgl lahir; tempat lahir tanggal lahir",
    "phone": "nomor hp; nomor hp wa; nomor wa; hp; wa; nomor telepon; telepon; handphone; "
    "nomor handphone; nomor telepon hp; nomor hp telepon; telepon hp; hp telepon; whatsapp; "
    "nomor whatsapp; nomor telepon wa; nomor hp aktif; ponsel; nomor ponsel; telepon usaha; "
    "nomor telepon irtp; nomor telepon pemilik; nomor hp pemilik; nomor kontak; kontak; cp; "
    "kontak person; nomor seluler",
    "category": "kategori pmi; status pmi; jenis pmi; status tki; kategori pemilik; "
    "status kepmian; status pekerja migran; kategori peserta; status pmi purna",
    "relation": "hubungan keluarga; hubungan dengan pmi; hubungan; hubungan dengan tki",
    "country": "negara; negara tujuan; negara penempatan; negara kerja; negara tempat bekerja; "
    "negara bekerja; eks negara; negara asal penempatan; pernah bekerja di",
    "work_sector": "pekerjaan di luar negeri; sektor pekerjaan; sektor kerja; jabatan; "
    "jenis pekerjaan; bidang pekerjaan; pekerjaan di negara tujuan; jabatan di luar negeri",
    "years_abroad": "lama bekerja; lama di luar negeri; lama bekerja di luar negeri; "
    "lama kerja; lama kerja di luar negeri; masa kerja; masa kerja di luar negeri",
    "returned_on": "tanggal pulang; tanggal kepulangan; tanggal kembali; tahun pulang; "
    "tahun kepulangan; tanggal tiba; kepulangan; tanggal pulang ke indonesia; pulang tahun",
    "education": "pendidikan; pendidikan terakhir; tingkat pendidikan; jenjang pendidikan; ijazah",
    "product_line": "produk; nama produk; produk unggulan; produk usaha; jenis produk; komoditas; "
    "produk utama; produk desa; produk jasa; produk yang dihasilkan; jenis produksi; "
    "hasil produksi; jenis dagangan; produk layanan",
    "business_kind": "jenis usaha; jenis umkm; jenis usaha umkm; jenis kegiatan usaha; "
    "kegiatan usaha; macam usaha; jenis bidang usaha; uraian usaha",
    "sector": "sektor; sektor usaha; bidang usaha; kategori usaha; kelompok usaha; "
    "kode sektor; kelompok bidang usaha; subsektor; sub sektor",
    "kbli_code": "kbli; kode kbli; nomor kbli; kbli 2020; kbli 2025; kode kbli 2020",
    "address": "alamat usaha; alamat tempat usaha; alamat umkm; lokasi usaha; alamat irtp; "
    "alamat toko; alamat produksi; alamat perusahaan; alamat lengkap usaha; tempat usaha; "
    "alamat lengkap; alamat; lokasi",
    "hamlet": "dusun; dukuh; lingkungan; kampung; nama dusun; dusun lingkungan; alamat dusun; "
    "dusun rt rw",
    "rt": "rt; nomor rt; alamat rt",
    "rw": "rw; nomor rw; alamat rw",
    "rt_rw": "rt rw; alamat rt rw",
    "village": "desa; desa kelurahan; kelurahan; nama desa; kelurahan desa; desa usaha; "
    "alamat desa; nama desa kelurahan; nama kelurahan; alamat kelurahan; alamat desa kelurahan",
    "district": "kecamatan; nama kecamatan; alamat kecamatan; kecamatan usaha",
    "regency": "kabupaten; kabupaten kota; kota; kota kabupaten; nama kabupaten; "
    "alamat kabupaten; nama kabupaten kota",
    "province": "provinsi; propinsi; nama provinsi",
    "village_code": "kode desa; kode wilayah; kode kelurahan; kode desa kelurahan; "
    "kode kemendagri; kode wilayah kemendagri; id desa; kode desa kemendagri",
    "lat": "lat; latitude; lintang; garis lintang; titik lintang",
    "lng": "lng; long; lon; longitude; bujur; garis bujur; titik bujur",
    "point": "koordinat; titik koordinat; koordinat usaha; lat long; lat lng; latlong; gps; "
    "titik gps; titik lokasi; lintang bujur; koordinat gps; lokasi gps",
    "started_on": "tanggal mulai usaha; mulai usaha; tanggal berdiri; tanggal mulai; "
    "tahun mulai usaha; tahun berdiri; tahun mulai; tanggal berdiri usaha; berdiri tahun; "
    "tahun berdiri usaha; berdiri sejak; usaha sejak; sejak tahun; tahun usaha; tanggal usaha",
    "workers_paid_male": _by_sex(_MEN) + "; pekerja dibayar laki laki; tenaga kerja dibayar l",
    "workers_paid_female": _by_sex(_WOMEN) + "; pekerja dibayar perempuan; tenaga kerja dibayar p",
    "workers_family_male": "tenaga kerja keluarga laki laki; tenaga kerja keluarga l; "
    "pekerja keluarga laki laki; pekerja keluarga l; keluarga yang membantu laki laki",
    "workers_family_female": "tenaga kerja keluarga perempuan; tenaga kerja keluarga p; "
    "pekerja keluarga perempuan; pekerja keluarga p; keluarga yang membantu perempuan",
    "workers_total": "; ".join(_WORKERS) + "; jumlah naker; serapan tenaga kerja",
    "capital": "modal; modal usaha; modal awal; jumlah modal; modal investasi; investasi; "
    "nilai investasi; total modal; permodalan; besar modal; nilai modal; modal kerja",
    "sales": "omset; omzet; omset usaha; omzet usaha; penjualan; hasil penjualan; pendapatan; "
    "pendapatan usaha; nilai penjualan; pendapatan kotor; jumlah omset; jumlah omzet; "
    "peredaran usaha; nilai omset; nilai omzet; total penjualan; total omset; total omzet",
    "nib": "nib; nomor nib; nomor induk berusaha; nib nomor induk berusaha; "
    "nomor induk berusaha nib",
    "npwp": "npwp; nomor npwp; nomor pokok wajib pajak; npwp usaha; npwp pemilik",
    "life_cycle": "keadaan usaha; status usaha; kondisi usaha; keaktifan; status keaktifan; "
    "status aktif; aktif tidak; usaha aktif; usaha masih aktif",
}

# Columns that lists often have and that hold none of our facts. They are known by name so that
# none of them is ever taken for a similar one of ours.
NOT_OURS = (
    "nomor; nomor urut; urut; keterangan; catatan; tanggal input; tanggal pendataan; "
    "tanggal kunjungan; timestamp; waktu; duplikat nib; merek; merek dagang; nama dagang; "
    "nama merek; komposisi; komposisi utama; berat bersih; masa simpan; nomor pirt; pirt; "
    "tanggal pirt; tanggal pemberian pirt; halal; nomor halal; sertifikat halal; "
    "nomor sertifikat halal; bpom; nomor md; izin; izin usaha; nomor izin; umur; usia; agama; "
    "status perkawinan; aset; assets; nilai aset; total aset; modal sendiri; modal pinjaman; "
    "modal luar; total biaya; biaya; laba; keuntungan; laba bersih; omset tahun lalu; "
    "omzet tahun lalu; pendapatan tahun lalu; penjualan tahun lalu; klasifikasi; "
    "klasifikasi usaha; skala usaha; skala; jumlah umkm; jumlah; jumlah produksi; "
    "kapasitas produksi; produksi; harga; harga jual; pemasaran; wilayah pemasaran; lama usaha; "
    "kode kabupaten kota; kode kecamatan; kode provinsi; kode bps; kode pos; tahun; bulan; "
    "tanggal; nomor kk; kk; nomor kartu keluarga; alamat rumah; alamat pemilik; alamat ktp; "
    "alamat domisili; email; alamat email; website; instagram; facebook; media sosial; "
    "nama ibu; nama ibu kandung; nama ayah; nama suami; nama istri; nama pasangan; nama anak; "
    "nama pendamping; nama petugas; nama bank; nama kelompok; nama koperasi; nama produsen; "
    "tempat lahir; tipe binaan; status binaan; bentuk usaha; bentuk badan usaha; badan usaha; "
    "status kepemilikan; nomor rekening; tanda tangan; ttd; foto; bantuan; jenis bantuan; "
    "pelatihan; permasalahan; kendala; nomor paspor; paspor; pptkis; p3mi; tanggal berangkat; "
    "tahun berangkat; jumlah anak; nomor sku; sku; nomor siup; siup; tdp; nomor tdp; iumk"
)

# What one says of a column in a list to choose from, in the order of the page.
FIELD_LABELS: dict[str, str] = {
    "name": "Nama usaha",
    "owner_name": "Nama pemilik",
    "nik": "NIK",
    "sex": "Jenis kelamin",
    "born_on": "Tanggal lahir",
    "birth_place_and_day": "Tempat dan tanggal lahir",
    "phone": "Nomor HP",
    "category": "Kategori PMI",
    "relation": "Hubungan keluarga dengan PMI",
    "country": "Negara kerja",
    "work_sector": "Pekerjaan di luar negeri",
    "years_abroad": "Lama kerja di luar negeri (tahun)",
    "returned_on": "Tanggal pulang",
    "education": "Pendidikan",
    "product_line": "Produk atau jasa",
    "business_kind": "Jenis usaha",
    "sector": "Sektor usaha",
    "kbli_code": "Kode KBLI",
    "address": "Alamat usaha",
    "hamlet": "Dusun",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "village": "Desa atau kelurahan",
    "district": "Kecamatan",
    "regency": "Kabupaten atau kota",
    "province": "Provinsi",
    "village_code": "Kode desa (Kemendagri)",
    "lat": "Lintang",
    "lng": "Bujur",
    "point": "Titik koordinat (lintang, bujur)",
    "started_on": "Mulai usaha",
    "workers_paid_male": "Pekerja laki-laki",
    "workers_paid_female": "Pekerja perempuan",
    "workers_family_male": "Keluarga yang membantu, laki-laki",
    "workers_family_female": "Keluarga yang membantu, perempuan",
    "workers_total": "Jumlah pekerja",
    "capital": "Modal usaha",
    "monthly_sales": "Penjualan per bulan",
    "yearly_sales": "Penjualan per tahun",
    "sales": "Penjualan (belum jelas per bulan atau per tahun)",
    "nib": "NIB",
    "npwp": "NPWP",
    "life_cycle": "Keadaan usaha",
}

# Headers that mean one thing or another; the values of the column decide, and a person confirms.
TWO_MEANINGS: dict[str, tuple[str, ...]] = {
    "kategori": ("category", "sector"),
    "status": ("category", "life_cycle"),
    "jenis": ("category", "business_kind"),
    "nama": ("owner_name",),
    "usaha": ("business_kind",),
    "bidang": ("sector",),
}

# A name of both cells of a two-line header that is enough by itself.
MONEY_FIELDS = frozenset({"capital", "sales", "monthly_sales", "yearly_sales"})
