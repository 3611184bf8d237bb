"""What must stand on a pack: elements L1 to L12, which of them a product needs, and what is met.

Source: PerBPOM 31/2018 with 20/2021; which product needs which is read from its facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import InvalidInput
from app.market.rules.products import (
    ANIMAL_FAT,
    DRINK,
    DRY_FOOD,
    FROZEN_FOOD,
    IRRADIATED,
    MODIFIED,
    NON_FOOD,
)

# Findings: on the pack, not on it, not needed, and a halal sign that nobody allowed yet.
PRESENT, MISSING, NOT_NEEDED, FORBIDDEN_SIGN = "ada", "tidak", "tidak_perlu", "dilarang"
FINDINGS: dict[str, str] = {
    PRESENT: "Ada",
    MISSING: "Belum ada",
    NOT_NEEDED: "Tidak perlu",
    FORBIDDEN_SIGN: "Harus dilepas",
}
NAME, INGREDIENTS, NET, MAKER, HALAL, BATCH = "L1", "L2", "L3", "L4", "L5", "L6"
EXPIRY, PERMIT, ORIGIN, NON_HALAL, STORING, READABLE = "L7", "L8", "L9", "L10", "L11", "L12"
_PACKED_FOOD = frozenset({DRY_FOOD, FROZEN_FOOD, DRINK})
# A product that keeps no longer gets no P-IRT number; its kitchen gets the hygiene certificate.
_SHORT_LIFE_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that a pack tells: its words, what to look for, what to do where it is missing."""

    code: str
    label: str
    look_for: str
    advice: str


ELEMENTS: tuple[Element, ...] = (
    Element(
        code=NAME,
        label="Nama produk",
        look_for="Jenis produk dan mereknya, tidak menyesatkan",
        advice="Tulis nama jenis produk paling besar, merek di dekatnya. Namanya sama dengan di "
        "izin.",
    ),
    Element(
        code=INGREDIENTS,
        label="Daftar bahan",
        look_for="Judul “Komposisi” atau “Daftar bahan”, dari yang paling banyak",
        advice="Tulis semua bahan dari yang paling banyak. Bahan tambahan ditulis golongan dan "
        "namanya; bahan pemicu alergi ditebalkan.",
    ),
    Element(
        code=NET,
        label="Isi bersih",
        look_for="Angka dengan satuan, contoh: 100 g",
        advice="Timbang isi tanpa kemasan, lalu tulis beratnya di bagian depan.",
    ),
    Element(
        code=MAKER,
        label="Nama dan alamat pembuat",
        look_for="Nama usaha dan alamat yang sama dengan NIB",
        advice="Tulis nama usaha, desa, kecamatan, dan kabupaten, sama seperti di NIB.",
    ),
    Element(
        code=HALAL,
        label="Keterangan halal",
        look_for="Label Halal Indonesia dengan nomor sertifikat",
        advice="Sertifikat sudah terbit: pasang Label Halal Indonesia dan nomornya.",
    ),
    Element(
        code=BATCH,
        label="Tanggal dan kode produksi",
        look_for="Tanggal atau kode yang bisa dicari di catatan produksi",
        advice="Cap tanggal produksi atau kode seperti 221126-1 di tiap kemasan, dan catat di buku "
        "produksi.",
    ),
    Element(
        code=EXPIRY,
        label="Keterangan kedaluwarsa",
        look_for="“Baik digunakan sebelum” dengan tanggal, bulan, dan tahun",
        advice="Hitung dari hari produksi ditambah masa simpan, lalu cap di tiap kemasan. Tahan "
        "lebih dari 3 bulan boleh bulan dan tahun saja.",
    ),
    Element(
        code=PERMIT,
        label="Nomor izin edar",
        look_for="Nomor P-IRT atau BPOM RI MD yang masih berlaku",
        advice="Urus izinnya dulu, lihat bagian Izin. Sesudah nomor terbit, tulis nomor itu.",
    ),
    Element(
        code=ORIGIN,
        label="Asal bahan tertentu",
        look_for="Asal lemak atau gelatin, rekayasa genetika, atau iradiasi",
        advice="Tulis asalnya di dekat bahan itu, contoh: gelatin sapi.",
    ),
    Element(
        code=NON_HALAL,
        label="Keterangan tidak halal",
        look_for="Tulisan “TIDAK HALAL” yang mudah dilihat",
        advice="Tulis “TIDAK HALAL” di bagian depan kemasan.",
    ),
    Element(
        code=STORING,
        label="Cara simpan",
        look_for="Suhu atau tempat menyimpan",
        advice="Tulis cara menyimpannya, contoh: simpan beku pada −18 °C.",
    ),
    Element(
        code=READABLE,
        label="Bahasa dan keterbacaan",
        look_for="Bahasa Indonesia, terbaca, tidak mudah lepas, tanpa janji menyembuhkan",
        advice="Pakai bahasa Indonesia dan huruf yang terbaca, tinta yang tidak luntur, dan hapus "
        "janji kesehatan.",
    ),
)
ELEMENTS_BY_CODE = {one.code: one for one in ELEMENTS}
# What the law asks of a thing that is not eaten.
_OF_THINGS = frozenset({NAME, INGREDIENTS, NET, MAKER, READABLE})
_THINGS_WORDS = {INGREDIENTS: "Bahan", NET: "Ukuran atau isi"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFacts:
    """What of a product decides about its label.

    `permit` and `halal` say how these certificates stand: "" (none), "berlaku" or "habis".
    """

    kind: str
    ingredient_count: int
    ingredient_flags: frozenset[str] = frozenset()
    declared_non_halal: bool = False
    storage: str | None = None
    shelf_life_days: int | None = None
    permit: str = ""
    halal: str = ""


NO_CERTIFICATE, VALID, EXPIRED = "", "berlaku", "habis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Whether a product needs an element, and why."""

    element: Element
    label: str
    is_needed: bool
    reason: str


def needs_label(kind: str) -> bool:
    """Whether products of a kind are packed before a buyer is there, and so need a label."""
    return kind in _PACKED_FOOD or kind == NON_FOOD


def needs(facts: LabelFacts) -> tuple[Need, ...]:
    """Each element in its order, with whether this product needs it and why."""
    return tuple(
        Need(
            element=one,
            label=_THINGS_WORDS.get(one.code, one.label) if facts.kind == NON_FOOD else one.label,
            is_needed=not reason,
            reason=reason,
        )
        for one in ELEMENTS
        for reason in (_why_not(one.code, facts),)
    )


def _why_not(code: str, facts: LabelFacts) -> str:
    """Why an element is not needed; empty where it is."""
    if not needs_label(facts.kind):
        return "produk ini tidak dikemas sebelum ada pembeli"
    if facts.kind == NON_FOOD:
        return "" if code in _OF_THINGS else "hanya untuk makanan dan minuman"
    return _EXEMPT.get(code, lambda _: "")(facts)


def _ingredients(facts: LabelFacts) -> str:
    # What was not written down yet is taken for several: most food is made of more than one.
    return "bahannya hanya satu" if facts.ingredient_count == 1 else ""


def _halal(facts: LabelFacts) -> str:
    if facts.declared_non_halal:
        return "produk dinyatakan tidak halal"
    return (
        "" if facts.halal == VALID else "sertifikat halal belum terbit, jadi belum boleh dipasang"
    )


def _permit(facts: LabelFacts) -> str:
    is_short = facts.shelf_life_days is not None and facts.shelf_life_days <= _SHORT_LIFE_DAYS
    if is_short and facts.permit == NO_CERTIFICATE:
        return "tahan paling lama 7 hari, izinnya laik higiene dapur"
    return ""


def _origin(facts: LabelFacts) -> str:
    if facts.ingredient_flags & {ANIMAL_FAT, MODIFIED, IRRADIATED}:
        return ""
    return "tidak ada lemak atau gelatin hewan, rekayasa genetika, atau iradiasi"


def _non_halal(facts: LabelFacts) -> str:
    return "" if facts.declared_non_halal else "produk tidak dinyatakan tidak halal"


def _storing(facts: LabelFacts) -> str:
    if facts.storage in ("dingin", "beku") or facts.kind == FROZEN_FOOD:
        return ""
    return "cukup disimpan di suhu ruang"


_EXEMPT = {
    INGREDIENTS: _ingredients,
    HALAL: _halal,
    PERMIT: _permit,
    ORIGIN: _origin,
    NON_HALAL: _non_halal,
    STORING: _storing,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a check found: each element's finding, and how many of those that apply are met."""

    elements: dict[str, str]
    present: int
    applicable: int


def judged(said: Mapping[str, str], facts: LabelFacts) -> Result:
    """What a check comes to for a product with these facts.

    An element that is not needed counts nowhere, whatever was said of it; a halal sign before the
    certificate counts as a fault, and a permit that ran out is no permit.

    Raises:
        InvalidInput: an element that is needed has no answer, or the product needs no label.
    """
    if not needs_label(facts.kind):
        raise InvalidInput(
            "label_not_needed", message="Produk ini tidak perlu label, jadi tidak diperiksa."
        )
    elements = {one.element.code: _finding(one, said, facts) for one in needs(facts)}
    applicable = [one for one in elements.values() if one != NOT_NEEDED]
    return Result(elements=elements, present=applicable.count(PRESENT), applicable=len(applicable))


def _finding(need: Need, said: Mapping[str, str], facts: LabelFacts) -> str:
    code = need.element.code
    answer = said.get(code)
    if not need.is_needed:
        is_sign = code == HALAL and answer in (PRESENT, FORBIDDEN_SIGN)
        return FORBIDDEN_SIGN if is_sign and facts.kind in _PACKED_FOOD else NOT_NEEDED
    if code == PERMIT and facts.permit == EXPIRED:
        return MISSING
    if answer not in (PRESENT, MISSING):
        raise InvalidInput(
            "label_element_missing", field=code, message=f"Pilih ada atau belum: {need.label}."
        )
    return answer
