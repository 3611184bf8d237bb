"""NIK and family card number (nomor KK)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.clock import local_today
from app.core.day_words import long_day
from app.core.errors import InvalidInput
from app.core.identity.doubt import Doubt, plain_digits
from app.core.scope import is_within

_WOMAN_OFFSET = 40
_PROVINCES = range(11, 97)
_YOUNG_YEARS = 15
MASK = "•"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nik:
    """A possible NIK and what its digits say; `sex` is L or P.

    The area is where the number was given out, not where the person lives now.
    """

    value: str
    sex: str
    born_on: date
    province_code: str
    regency_code: str
    district_code: str
    warnings: tuple[Doubt, ...] = ()

    def __repr__(self) -> str:
        """Masked, because values end up in logs."""
        return f"Nik({mask_nik(self.value)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCard:
    """A possible family card number; `issued_on` is empty when its digits are no date."""

    value: str
    issued_on: date | None
    warnings: tuple[Doubt, ...] = ()


def parse_nik(text: str, *, today: date | None = None) -> Nik:
    """Read a NIK: PPKKCC, then DDMMYY (women: day + 40), then a serial number.

    The century is the 2000s unless that day lies after `today`, else the 1900s.

    Raises:
        InvalidInput: not 16 digits, no such province, no such day, or serial number 0000.
    """
    today = today or local_today()
    value = plain_digits(text, field="nik", label="NIK", lengths=(16,))
    if int(value[:2]) not in _PROVINCES:
        raise _impossible("nik_province", "Dua angka pertama NIK bukan kode provinsi.")
    day = int(value[6:8])
    is_woman = day > _WOMAN_OFFSET
    born_on = _day_of(day - _WOMAN_OFFSET * is_woman, value[8:10], value[10:12], today)
    if born_on is None:
        raise _impossible(
            "nik_date", "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada."
        )
    if value[12:] == "0000":
        raise _impossible("nik_serial", "Empat angka terakhir NIK tidak boleh 0000.")
    return Nik(
        value=value,
        sex="P" if is_woman else "L",
        born_on=born_on,
        province_code=value[:2],
        regency_code=f"{value[:2]}.{value[2:4]}",
        district_code=f"{value[:2]}.{value[2:4]}.{value[4:6]}",
        warnings=_doubts_about_age(born_on, today),
    )


def check_nik_against(
    nik: Nik,
    *,
    born_on: date | None = None,
    sex: str | None = None,
    area_code: str | None = None,
) -> tuple[Doubt, ...]:
    """Doubts from comparing a NIK with what was stated; never an error.

    A NIK stays when its holder moves or when other details are corrected.
    """
    doubts: list[Doubt] = []
    if born_on is not None and born_on != nik.born_on:
        doubts.append(
            Doubt(
                code="nik_birth_date_differs",
                message=f"Tanggal lahir di NIK adalah {long_day(nik.born_on)}.",
            )
        )
    if sex and sex != nik.sex:
        wording = "perempuan" if nik.sex == "P" else "laki-laki"
        doubts.append(Doubt(code="nik_sex_differs", message=f"NIK ini milik seorang {wording}."))
    if area_code and not is_within(area_code, nik.regency_code):
        doubts.append(
            Doubt(
                code="nik_area_differs",
                message="NIK ini diterbitkan di kabupaten/kota lain. Benar bila pemilik pernah "
                "pindah.",
            )
        )
    return tuple(doubts)


def mask_nik(value: str) -> str:
    """The NIK with its first six and last two digits visible.

    >>> mask_nik("3302145208850003")
    '330214••••••••03'
    """
    return value[:6] + MASK * (len(value) - 8) + value[-2:]


def parse_family_card(text: str, *, today: date | None = None) -> FamilyCard:
    """Read a family card number: PPKKCC, date of issue DDMMYY, serial number.

    Raises:
        InvalidInput: not 16 digits.
    """
    today = today or local_today()
    value = plain_digits(text, field="kk", label="Nomor KK", lengths=(16,))
    doubts: list[Doubt] = []
    if int(value[:2]) not in _PROVINCES:
        doubts.append(
            Doubt(code="kk_province", message="Dua angka pertama nomor KK bukan kode provinsi.")
        )
    issued_on = _day_of(int(value[6:8]), value[8:10], value[10:12], today)
    if issued_on is None:
        doubts.append(
            Doubt(
                code="kk_date",
                message="Tanggal terbit di dalam nomor KK tidak ada. Mungkin ini sebuah NIK.",
            )
        )
    return FamilyCard(value=value, issued_on=issued_on, warnings=tuple(doubts))


def _day_of(day: int, month: str, year: str, today: date) -> date | None:
    for century in (2000, 1900):
        try:
            found = date(century + int(year), int(month), day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None


def _doubts_about_age(born_on: date, today: date) -> tuple[Doubt, ...]:
    if (today - born_on).days >= _YOUNG_YEARS * 365:
        return ()
    return (
        Doubt(
            code="nik_very_young",
            message=f"Menurut NIK, pemilik lahir pada {long_day(born_on)}. Periksa kembali.",
        ),
    )


def _impossible(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, field="nik", message=message)
