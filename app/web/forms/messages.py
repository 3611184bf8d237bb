"""The Indonesian of every refusal that WTForms and Flask-WTF can speak."""

from __future__ import annotations

REQUIRED = "Wajib diisi."
_OTHER = "Isian ini belum benar. Periksa lagi."

_TEXTS = {
    "This field is required.": REQUIRED,
    "This field cannot be edited.": "Isian ini tidak dapat diubah.",
    "This field is disabled and cannot have a value.": "Isian ini tidak dapat diisi.",
    "Not a valid choice.": "Pilih salah satu yang tersedia.",
    "Invalid Choice: could not coerce.": "Pilih salah satu yang tersedia.",
    "Invalid choice(s): one or more data inputs could not be coerced.": (
        "Pilih dari yang tersedia."
    ),
    "Not a valid date value.": "Tulis tanggal, contoh: 17 Agustus 2023.",
    "Not a valid datetime value.": "Tulis tanggal dan jam, contoh: 17 Agustus 2023 09.30.",
    "Not a valid time value.": "Tulis jam, contoh: 09.30.",
    "Not a valid week value.": "Pilih minggu yang benar.",
    "Not a valid integer value.": "Tulis angka bulat, contoh: 12.",
    "Not a valid decimal value.": "Tulis angka, pecahan dengan koma, contoh: 12,5.",
    "Not a valid float value.": "Tulis angka, pecahan dengan koma, contoh: 12,5.",
    "Number must be at least %(min)s.": "Angka paling kecil %(min)s.",
    "Number must be at most %(max)s.": "Angka paling besar %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Angka dari %(min)s sampai %(max)s.",
    "Date must be at least %(min)s.": "Tanggal paling awal %(min)s.",
    "Date must be at most %(max)s.": "Tanggal paling akhir %(max)s.",
    "Date must be between %(min)s and %(max)s.": "Tanggal dari %(min)s sampai %(max)s.",
    "Field must be equal to %(other_name)s.": "Kedua isian harus sama.",
    "Field must be at least %(min)d characters long.": "Paling sedikit %(min)d huruf.",
    "Field cannot be longer than %(max)d characters.": "Paling banyak %(max)d huruf.",
    "Field must be exactly %(max)d characters long.": "Harus tepat %(max)d huruf.",
    "Field must be between %(min)d and %(max)d characters long.": (
        "Panjangnya dari %(min)d sampai %(max)d huruf."
    ),
    "'%(value)s' is not a valid choice for this field.": "Pilih dari yang tersedia.",
    "'%(value)s' are not valid choices for this field.": "Pilih dari yang tersedia.",
    "Invalid email address.": "Tulis alamat e-mail lengkap, contoh: nama@contoh.id.",
    "Invalid URL.": "Tulis alamat web lengkap, contoh: https://contoh.id.",
    "Invalid value, must be one of: %(values)s.": "Pilih salah satu yang tersedia.",
    "Invalid value, can't be any of: %(values)s.": "Isi dengan nilai lain.",
    "File does not have an approved extension: {extensions}": (
        "Jenis berkas ini tidak diterima. Pakai: {extensions}."
    ),
    "File does not have an approved extension.": "Jenis berkas ini tidak diterima.",
    "Invalid CSRF Token.": "Halaman ini terlalu lama terbuka. Muat ulang, lalu kirim lagi.",
    "CSRF token missing.": "Halaman ini terlalu lama terbuka. Muat ulang, lalu kirim lagi.",
    "CSRF token expired.": "Halaman ini terlalu lama terbuka. Muat ulang, lalu kirim lagi.",
    "CSRF failed.": "Halaman ini terlalu lama terbuka. Muat ulang, lalu kirim lagi.",
}


class IndonesianTranslations:
    """What WTForms asks for its texts; an unknown one gives a general Indonesian sentence."""

    def gettext(self, text: str) -> str:
        """The Indonesian of one text."""
        return _TEXTS.get(text, _OTHER)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The Indonesian of a text with a number: there is one form only."""
        return _TEXTS.get(plural) or _TEXTS.get(singular, _OTHER)


INDONESIAN = IndonesianTranslations()


def inside_sentence(label: str) -> str:
    """A label as it stands within a sentence; abbreviations keep their capitals.

    >>> inside_sentence("Nama usaha"), inside_sentence("NIK pemilik")
    ('nama usaha', 'NIK pemilik')
    """
    is_word = len(label) > 1 and label[0].isupper() and not label[1].isupper()
    return label[0].lower() + label[1:] if is_word else label
