"""Words of lists → codes of the register: sex, category, education, and the like."""

from __future__ import annotations

from app.core.errors import InvalidInput
from app.core.text import search_text

_WORDS: dict[str, dict[str, str]] = {
    "sex": {
        "L": "l; lk; laki; laki laki; pria; cowok; male; m",
        "P": "p; pr; perempuan; wanita; cewek; female; f",
    },
    "category": {
        "purna": "purna; pmi purna; purna pmi; purna tki; tki purna; eks pmi; eks tki; "
        "mantan pmi; mantan tki; purna pekerja migran; pmi purna penempatan; ex tki; ex pmi; "
        "purna migran; tkw purna; mantan tkw; purna tkw; eks tkw",
        "calon": "calon; calon pmi; cpmi; calon tki; ctki; calon pekerja migran",
        "aktif": "aktif; pmi aktif; tki aktif; masih bekerja; masih di luar negeri",
        "keluarga": "keluarga; keluarga pmi; keluarga tki; keluarga pekerja migran; "
        "anggota keluarga pmi; suami pmi; istri pmi; anak pmi; orang tua pmi",
    },
    "relation": {
        "suami_istri": "suami; istri; isteri; suami istri; suami pmi; istri pmi; pasangan",
        "anak": "anak; anak pmi; anak kandung",
        "orang_tua": "orang tua; orangtua; ayah; ibu; bapak; ayah ibu; orang tua pmi; ibu kandung",
    },
    "education": {
        "tidak_sekolah": "tidak sekolah; tidak tamat sd; belum sekolah; tidak tamat; tdk sekolah; "
        "tidak belum sekolah; tidak punya ijazah",
        "sd": "sd; mi; sekolah dasar; paket a; sr; sd sederajat; sd mi; tamat sd",
        "smp": "smp; mts; sltp; paket b; smp sederajat; smp mts; sltp sederajat; tamat smp",
        "sma": "sma; smk; ma; slta; stm; smea; smu; paket c; sma smk; slta sederajat; "
        "sma sederajat; sma ma smk; sma smk ma; tamat sma; smk sederajat",
        "diploma": "d1; d2; d3; d4; d i; d ii; d iii; d iv; diploma; diploma iii; diploma 3; "
        "d 3; d 1; d 2; d 4; akademi",
        "sarjana": "s1; s2; s3; s 1; s 2; s 3; sarjana; strata 1; strata i; magister; doktor; "
        "pascasarjana",
    },
    "life_cycle": {
        "terdaftar": "terdaftar; baru; baru terdaftar",
        "aktif": "aktif; ya; beroperasi; berjalan; masih berjalan; masih aktif; buka; jalan",
        "tidak_aktif": "tidak aktif; vakum; tidak; berhenti sementara; non aktif; nonaktif; "
        "tutup sementara; libur; tidak aktif sementara",
        "berangkat_lagi": "berangkat lagi; kembali ke luar negeri; pemilik berangkat lagi",
        "tutup": "tutup; bangkrut; sudah tutup; berhenti; gulung tikar; tutup permanen",
        "menolak_didata": "menolak didata; menolak",
    },
}
_EXAMPLES = {
    "sex": "L atau P",
    "category": "Purna, Calon, Aktif atau Keluarga",
    "relation": "Suami/istri, Anak atau Orang tua",
    "education": "SD, SMP, SMA, Diploma atau Sarjana",
    "life_cycle": "Aktif, Tidak aktif, Berangkat lagi atau Tutup",
}
_CODES: dict[str, dict[str, str]] = {
    field: {word.strip(): code for code, words in kinds.items() for word in words.split(";")}
    for field, kinds in _WORDS.items()
}
_SIBLINGS = frozenset(["kakak", "adik", "saudara", "kakak pmi", "adik pmi", "saudara kandung"])


def kind_of(field: str, text: str) -> str | None:
    """The code that a word stands for, or None for an empty one.

    >>> kind_of("sex", "Laki-laki"), kind_of("education", "SMA/SMK")
    ('L', 'sma')

    Raises:
        InvalidInput: `word_unknown`; or `relation_not_family` for brothers and sisters.
    """
    word = search_text(text)
    if not word:
        return None
    code = _CODES[field].get(word)
    if code is not None:
        return code
    if field == "relation" and word in _SIBLINGS:
        raise InvalidInput(
            "relation_not_family",
            message="Saudara tidak termasuk keluarga PMI; hanya suami/istri, anak, ayah atau ibu.",
        )
    raise InvalidInput(
        "word_unknown", message=f"“{text.strip()}” tidak dikenal. Tulis {_EXAMPLES[field]}."
    )


def is_kind(field: str, text: str) -> bool:
    """Whether a word stands for one of the codes of `field`."""
    return search_text(text) in _CODES[field]
