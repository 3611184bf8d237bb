"""What should stand on a pack, word for word, as far as the record knows it; the rest are gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.day_words import MONTHS
from app.market.rules.labels import (
    BATCH,
    EXPIRED,
    EXPIRY,
    HALAL,
    INGREDIENTS,
    MAKER,
    NAME,
    NET,
    NON_HALAL,
    ORIGIN,
    PERMIT,
    READABLE,
    STORING,
    LabelFacts,
    Need,
    needs,
    needs_label,
)
from app.market.rules.products import ANIMAL_FAT, IRRADIATED, MODIFIED, net_words

# Words of ingredients that the law wants to stand out (gluten, crustaceans, egg, fish, peanut,
# soy, milk, tree nuts), as they are written in kitchens.
_ALLERGENS = (
    *("terigu", "gandum", "gluten", "udang", "kepiting", "rajungan", "telur", "ikan", "teri"),
    *("kacang", "kedelai", "kedelei", "tempe", "tahu", "kecap", "susu", "keju", "mentega"),
    *("mete", "almond", "kenari", "wijen", "terasi", "oncom"),
)
_MONTHS_ENOUGH_AFTER = 90
_STORING = {"dingin": "Simpan dingin, 0–5 °C", "beku": "Simpan beku, −18 °C"}
_PERMIT_PREFIX = {"spp_irt": "P-IRT No.", "md": "BPOM RI"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """One element that is needed: its words; a gap says what the record does not know."""

    code: str
    label: str
    text: str
    gap: str

    @property
    def told(self) -> str:
        """What the record says of it, for who looks at a pack; nothing where it is done later."""
        return "" if self.code in (BATCH, READABLE) else self.text

    @property
    def is_gap(self) -> bool:
        """Whether the record does not know it."""
        return bool(self.gap)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWords:
    """The words of a label, element by element; `ingredients` with whether each may set off an
    allergy."""

    lines: tuple[LabelLine, ...]
    ingredients: tuple[tuple[str, bool], ...]

    @property
    def gaps(self) -> tuple[LabelLine, ...]:
        """What is needed and not known."""
        return tuple(line for line in self.lines if line.is_gap)

    def line(self, code: str) -> LabelLine | None:
        """One element; None where it is not needed."""
        return next((line for line in self.lines if line.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the record says, as far as words need it."""

    facts: LabelFacts
    name: str
    brand: str
    ingredients: Sequence[str]
    net: str
    maker: str
    address: str
    permit_number: str | None
    permit_track: str | None
    halal_number: str | None
    today: date


def words_of(
    facts: LabelFacts,
    *,
    name: str,
    brand: str,
    ingredients: Sequence[str],
    net_amount: int | None,
    net_unit: str | None,
    maker: str,
    address: str,
    permit_number: str | None,
    permit_track: str | None,
    halal_number: str | None,
    today: date,
) -> LabelWords:
    """The words for a product; a product that needs no label has none."""
    known = _Known(
        facts=facts,
        name=name,
        brand=brand,
        ingredients=ingredients,
        net=net_words(net_amount, net_unit),
        maker=maker,
        address=address,
        permit_number=permit_number,
        permit_track=permit_track,
        halal_number=halal_number,
        today=today,
    )
    if not needs_label(facts.kind):
        return LabelWords(lines=(), ingredients=())
    return LabelWords(
        lines=tuple(_line(need, known) for need in needs(facts) if need.is_needed),
        ingredients=tuple((one, may_set_off_allergy(one)) for one in ingredients),
    )


def may_set_off_allergy(ingredient: str) -> bool:
    """Whether an ingredient is one of those that must stand out.

    >>> may_set_off_allergy("Tepung terigu"), may_set_off_allergy("garam")
    (True, False)
    """
    words = ingredient.casefold().replace("(", " ").replace(")", " ").replace(",", " ").split()
    return any(word in _ALLERGENS for word in words)


def _line(need: Need, known: _Known) -> LabelLine:
    text, gap = _WORDS[need.element.code](known)
    return LabelLine(code=need.element.code, label=need.label, text=text, gap=gap)


def _name(known: _Known) -> tuple[str, str]:
    return (f"{known.name} “{known.brand}”" if known.brand else known.name), ""


def _ingredients(known: _Known) -> tuple[str, str]:
    if not known.ingredients:
        return "", "bahan belum dicatat di data produk"
    return f"Komposisi: {', '.join(known.ingredients)}.", ""


def _net(known: _Known) -> tuple[str, str]:
    if not known.net:
        return "", "isi bersih belum dicatat di data produk"
    return f"Isi bersih: {known.net}", ""


def _maker(known: _Known) -> tuple[str, str]:
    return f"Dibuat oleh: {known.maker}, {known.address}", ""


def _halal(known: _Known) -> tuple[str, str]:
    if not known.halal_number:
        return "", "nomor sertifikat halal belum dicatat di bagian Izin"
    return f"HALAL INDONESIA {known.halal_number}", ""


def _batch(_known: _Known) -> tuple[str, str]:
    return "Tanggal dan kode produksi: dicap saat membuat", ""


def _expiry(known: _Known) -> tuple[str, str]:
    days = known.facts.shelf_life_days
    if days is None:
        return "", "masa simpan belum dicatat di data produk"
    until = known.today + timedelta(days=days)
    month = f"{MONTHS[until.month - 1]} {until.year}"
    shown = month if days > _MONTHS_ENOUGH_AFTER else f"{until.day} {month}"
    return f"Baik digunakan sebelum: dicap saat membuat (dibuat hari ini: {shown})", ""


def _permit(known: _Known) -> tuple[str, str]:
    if known.facts.permit == EXPIRED:
        return "", "izin edar sudah habis masa berlakunya"
    if not known.permit_number:
        return "", "nomor izin edar belum terbit"
    number = known.permit_number
    prefix = _PERMIT_PREFIX.get(known.permit_track or "", "")
    plain = number.casefold().replace("-", "")
    return (number if plain.startswith(("pirt", "bpom")) else f"{prefix} {number}".strip()), ""


def _origin(known: _Known) -> tuple[str, str]:
    flags, told = known.facts.ingredient_flags, []
    if MODIFIED in flags:
        told.append("Mengandung bahan hasil rekayasa genetika")
    if IRRADIATED in flags:
        told.append("Mengandung bahan yang diiradiasi")
    if ANIMAL_FAT in flags:
        named = [one for one in known.ingredients if _names_an_animal(one)]
        if not named:
            return "", "tulis hewan asal lemak atau gelatinnya di daftar bahan"
        told.append(f"Asal bahan: {', '.join(named)}")
    return ". ".join(told), ""


def _names_an_animal(ingredient: str) -> bool:
    words = ingredient.casefold().split()
    return len(words) > 1 and any(word in ("lemak", "gelatin") for word in words)


def _non_halal(_known: _Known) -> tuple[str, str]:
    return "TIDAK HALAL", ""


def _storing(known: _Known) -> tuple[str, str]:
    return _STORING.get(known.facts.storage or "", _STORING["beku"]), ""


def _readable(_known: _Known) -> tuple[str, str]:
    return "Bahasa Indonesia, terbaca, tidak mudah lepas", ""


_WORDS = {
    NAME: _name,
    INGREDIENTS: _ingredients,
    NET: _net,
    MAKER: _maker,
    HALAL: _halal,
    BATCH: _batch,
    EXPIRY: _expiry,
    PERMIT: _permit,
    ORIGIN: _origin,
    NON_HALAL: _non_halal,
    STORING: _storing,
    READABLE: _readable,
}
