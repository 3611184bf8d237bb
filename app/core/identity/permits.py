"""Numbers of business licences, permits, certificates and marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.identity.doubt import Doubt, plain_digits

_PIRT = re.compile(
    r"^(?:P-?IRT)?\s*(?:NO\.?)?\s*[:.]?\s*([1-8])[ .-]?(\d{2})[ .-]?(\d{4})[ .-]?(\d{2})[ .-]?"
    r"(\d{4})\s*[-–]?\s*(\d{2})$",
    re.IGNORECASE | re.ASCII,
)
_HALAL = re.compile(r"^ID\d{10,20}$", re.ASCII)
_HALAL_DIGITS = 17
_OLD_MUI = re.compile(r"^\d{14}$", re.ASCII)
_MD = re.compile(r"^(?:BPOM\s*RI\s*)?(?:MD)?\s*(\d{12}|\d{15})$", re.IGNORECASE | re.ASCII)
_MARK = re.compile(r"^(?:IDM\d{9}|(?:DID|JID|MID)(\d{4})\d{6})$", re.ASCII)
_PIRT_YEARS = 5
_MD_RISK_BASED_DIGITS = 15
PIRT_PACK_TYPES: dict[str, str] = {
    "1": "gelas",
    "2": "plastik",
    "3": "karton/kertas",
    "4": "kaleng",
    "5": "aluminium foil",
    "6": "lain-lain",
    "7": "komposit",
    "8": "ganda",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFoodPermit:
    """A P-IRT number and what its digits say. One number covers one type of food."""

    value: str
    pack_type: str
    food_type: str
    regency_code: str
    product_serial: str
    producer_serial: str
    expires_year: int
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HalalNumber:
    """A number of a halal certificate; its shape proves nothing about its validity."""

    value: str
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugFoodPermit:
    """A BPOM MD number: 12 digits (old) or 15 (risk-based)."""

    value: str
    is_risk_based: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trademark:
    """A mark: registered (`IDM…`) or applied for, with the year of the application."""

    value: str
    is_registered: bool
    applied_year: int | None = None
    warnings: tuple[Doubt, ...] = ()


def parse_nib(text: str) -> str:
    """Read a NIB: 13 digits without a public check digit."""
    return plain_digits(text, field="nib", label="NIB", lengths=(13,))


def parse_kbli(text: str) -> str:
    """Read the shape of a KBLI code: five digits, leading zeros kept."""
    return plain_digits(text, field="kbli_code", label="Kode KBLI", lengths=(5,))


def parse_pirt(text: str, *, today: date | None = None) -> HouseholdFoodPermit:
    """Read a P-IRT number: pack type, food type, regency, product, producer, year of expiry.

    Raises:
        InvalidInput: it doesn't have that shape.
    """
    match = _PIRT.match(_tidy(text))
    if match is None:
        raise InvalidInput(
            "pirt_shape",
            field="pirt",
            message="Nomor P-IRT terdiri dari 15 angka, misalnya P-IRT 2063306010072-29; angka "
            "pertama 1 sampai 8.",
        )
    pack, food, area, product, producer, year = match.groups()
    expires_year = 2000 + int(year)
    today = today or local_today()
    doubts: tuple[Doubt, ...] = ()
    if expires_year < today.year:
        doubts = (
            Doubt(
                code="pirt_expired",
                message=f"Menurut nomornya, izin ini berakhir pada tahun {expires_year}.",
            ),
        )
    return HouseholdFoodPermit(
        value=f"{pack}{food}{area}{product}{producer}-{year}",
        pack_type=pack,
        food_type=food,
        regency_code=f"{area[:2]}.{area[2:]}",
        product_serial=product,
        producer_serial=producer,
        expires_year=expires_year,
        warnings=doubts,
    )


def check_pirt_against(
    permit: HouseholdFoodPermit,
    *,
    issued_on: date | None = None,
    pack_type: str | None = None,
    food_type: str | None = None,
) -> tuple[Doubt, ...]:
    """Doubts from comparing a P-IRT number with the certificate and the product."""
    comparisons: Iterable[tuple[bool, str, str]] = (
        (
            issued_on is not None and issued_on.year + _PIRT_YEARS != permit.expires_year,
            "pirt_year_differs",
            f"Menurut nomornya, izin berakhir {permit.expires_year}; tidak cocok dengan terbitnya.",
        ),
        (
            bool(food_type) and food_type != permit.food_type,
            "pirt_food_differs",
            "Jenis pangan di nomor berbeda dari produk ini. Satu nomor untuk satu jenis pangan.",
        ),
        (
            bool(pack_type) and pack_type != permit.pack_type,
            "pirt_pack_differs",
            f"Kemasan di nomor adalah {PIRT_PACK_TYPES[permit.pack_type]}.",
        ),
    )
    return tuple(Doubt(code=code, message=text) for differs, code, text in comparisons if differs)


def parse_halal(text: str) -> HalalNumber:
    """Read the number of a halal certificate: ID and (as a rule 17) digits.

    Raises:
        InvalidInput: a number of the MUI, a KH number (a ruling, no certificate), another shape.
    """
    value = re.sub(r"[\s.\-–]", "", _tidy(text)).upper().removeprefix("NO")
    if _HALAL.match(value):
        unusual = len(value) != len("ID") + _HALAL_DIGITS
        doubt = Doubt(
            code="halal_length", message="Nomor sertifikat halal biasanya ID dan 17 angka."
        )
        return HalalNumber(value=value, warnings=(doubt,) if unusual else ())
    message = "Nomor sertifikat halal diawali ID lalu 17 angka."
    if value.startswith("KH"):
        message = "Nomor KH adalah ketetapan halal. Isi nomor sertifikat, yang diawali ID."
    elif _OLD_MUI.match(value):
        message = "Nomor lama dari MUI tidak berlaku lagi. Isi nomor sertifikat yang diawali ID."
    raise InvalidInput("halal_shape", field="halal", message=message)


def parse_md(text: str) -> DrugFoodPermit:
    """Read a BPOM MD number, with or without the letters before it.

    Raises:
        InvalidInput: not 12 or 15 digits.
    """
    match = _MD.match(_tidy(text))
    if match is None:
        raise InvalidInput(
            "md_shape", field="md", message="Nomor BPOM MD terdiri dari 12 atau 15 angka."
        )
    digits = match.group(1)
    return DrugFoodPermit(value=f"MD {digits}", is_risk_based=len(digits) == _MD_RISK_BASED_DIGITS)


def parse_merek(text: str, *, today: date | None = None) -> Trademark:
    """Read the number of a registered mark or of an application, which carries its year.

    Raises:
        InvalidInput: neither shape.
    """
    value = re.sub(r"[\s.\-–]", "", _tidy(text)).upper()
    match = _MARK.match(value)
    if match is None:
        raise InvalidInput(
            "merek_shape",
            field="merek",
            message="Nomor merek terdaftar diawali IDM lalu 9 angka; nomor permohonan diawali "
            "DID, JID atau MID lalu 10 angka.",
        )
    if match.group(1) is None:
        return Trademark(value=value, is_registered=True)
    year = int(match.group(1))
    doubts: tuple[Doubt, ...] = ()
    if not 1990 <= year <= (today or local_today()).year:
        doubts = (
            Doubt(code="merek_year", message=f"Tahun permohonan {year} tidak biasa. Periksa."),
        )
    return Trademark(value=value, is_registered=False, applied_year=year, warnings=doubts)


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
