"""What is taught in villages, and what those who came should do at home."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a session with the practice that is asked for and its pillar."""

    title: str
    practice: str
    pillar: str


TRAININGS = (
    Topic("Menghitung harga jual", "Menulis biaya setiap produk", "2"),
    Topic("Buku kas sederhana", "Mencatat uang masuk dan keluar setiap hari", "2"),
    Topic("Kemasan dan label", "Memakai label dengan nama, berat, dan tanggal", "2"),
    Topic("Foto produk dengan telepon", "Mengirim foto produk ke pembeli setiap minggu", "2"),
    Topic("Kebersihan dapur usaha", "Memakai daftar bersih sebelum mulai kerja", "2"),
    Topic("Tabungan dan cicilan", "Menyisihkan uang cicilan setiap minggu", "4"),
)
MEETINGS = (
    Topic("Belanja bahan bersama", "Memesan bahan lewat kelompok", "4"),
    Topic("Arisan modal kelompok", "Membayar simpanan setiap bulan", "4"),
    Topic("Berbagi pengalaman berjualan", "", "2"),
    Topic("Pengasuhan anak saat orang tua sibuk", "", "3"),
)
COACHINGS = (
    Topic("Membaca arus kas usaha kecil", "", "2"),
    Topic("Menilai kesehatan usaha", "", "2"),
    Topic("Perlindungan data pemilik usaha", "", "1"),
)
PROVIDERS = ("PLUT", "BLK", "Disnaker", "Politeknik", "Dinas Koperasi")
PLACES = ("Balai desa", "Rumah ketua kelompok", "Gedung PKK", "Aula kecamatan")
