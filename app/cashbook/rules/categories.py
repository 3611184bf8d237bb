"""Reading what money was for, from a letter, the begin of a word, or a sentence."""

from __future__ import annotations

from app.cashbook.rules.entries import (
    CAPITAL,
    CATEGORIES,
    DRAWING,
    EQUIPMENT,
    FREIGHT,
    INTEREST,
    MATERIALS,
    PRINCIPAL,
    RENT_POWER,
    SALES,
    WAGES,
)
from app.core.errors import InvalidInput
from app.core.text import search_text

# One letter each, as they stand above the lines of a paper month.
LETTERS = {
    "p": SALES,
    "b": MATERIALS,
    "u": WAGES,
    "s": RENT_POWER,
    "o": FREIGHT,
    "r": DRAWING,
    "c": PRINCIPAL,
    "n": INTEREST,
    "m": CAPITAL,
    "a": EQUIPMENT,
}
LETTER_OF = {code: letter for letter, code in LETTERS.items()}
_WORDS = {
    SALES: ("penjualan", "jual", "jualan", "terjual", "laku", "omzet", "omset", "pesanan"),
    MATERIALS: ("bahan", "beli bahan", "bahan baku", "belanja", "kulakan", "kemasan"),
    WAGES: ("upah", "gaji", "honor", "tukang"),
    RENT_POWER: ("sewa", "listrik", "sewa listrik", "air", "pulsa", "internet", "token", "gas"),
    FREIGHT: ("ongkir", "ongkos kirim", "kirim", "bensin", "transport", "angkut"),
    DRAWING: (
        "rumah",
        "prive",
        "diambil untuk rumah",
        "diambil",
        "keperluan rumah",
        "dapur",
        "sekolah",
    ),
    PRINCIPAL: ("cicilan", "cicilan pokok", "angsuran", "pokok", "bayar utang"),
    INTEREST: ("bunga", "bunga pinjaman", "jasa pinjaman"),
    CAPITAL: ("modal", "modal masuk", "tambahan modal", "pinjaman masuk"),
    EQUIPMENT: ("alat", "beli alat", "peralatan", "mesin"),
}


def category_of(text: str) -> str:
    """The category that a short text names: "p", "bah", "Beli bahan".

    >>> category_of("p"), category_of("bun"), category_of("Sewa & listrik")
    ('penjualan', 'bunga', 'sewa_listrik')

    Raises:
        InvalidInput: none, or more than one; field "category".
    """
    typed = search_text(text.replace("_", " "))
    if not typed:
        raise InvalidInput("category_missing", field="category", message="Isi jenisnya.")
    if typed in LETTERS:
        return LETTERS[typed]
    exact = {code for code, words in _WORDS.items() if typed in words}
    found = exact or {
        code for code, words in _WORDS.items() if any(word.startswith(typed) for word in words)
    }
    if len(found) == 1:
        return found.pop()
    if not found:
        raise InvalidInput(
            "category_unread",
            field="category",
            message=f"Jenis “{text.strip()[:40]}” tidak dikenal.",
        )
    named = " atau ".join(label for code, label in CATEGORIES.items() if code in found)
    raise InvalidInput(
        "category_two",
        field="category",
        message=f"“{text.strip()[:40]}” dapat berarti {named}. Tulis lebih panjang.",
    )


def category_in(sentence: str) -> str | None:
    """The only category of which a sentence has a word; None where there is none or two."""
    words = search_text(sentence).split()
    found = {code for code, known in _WORDS.items() if any(word in words for word in known)}
    return found.pop() if len(found) == 1 else None
