"""One cell → one value of the register, by the field of its column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.core.errors import InvalidInput
from app.core.identity import parse_nib, parse_nik, parse_phone
from app.core.local_dates import ParsedDay, parse_day
from app.core.money import format_rupiah
from app.core.rupiah import parse_rupiah
from app.core.whole_numbers import parse_whole_number
from app.enterprises.rules.kbli import kbli_doubts
from app.enterprises.rules.numbers import kept_npwp
from app.enterprises.rules.sheet.headers import Column
from app.enterprises.rules.sheet.kinds import kind_of
from app.enterprises.rules.sheet.places import read_coordinate, read_point, read_village_code
from app.enterprises.rules.sheet.problems import shown_value

Notes = tuple[tuple[str, str], ...]

LENGTHS = {
    "name": 160,
    "owner_name": 120,
    "product_line": 200,
    "business_kind": 200,
    "sector": 200,
    "address": 300,
    "hamlet": 60,
    "rt": 6,
    "rw": 6,
    "rt_rw": 12,
    "country": 60,
    "work_sector": 80,
    "village": 80,
    "district": 80,
    "regency": 80,
    "province": 80,
}
# Less than this of sales or capital hints at zeros left out; more at a scale applied twice.
_VERY_LITTLE = 1000
_VERY_MUCH = 10_000_000_000
_EMPTY = frozenset(
    {"", "-", "--", "---", "–", "—", "n/a", "na", "tidak ada", "belum ada", "belum", "kosong", "0"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")
# What UTF-8 looks like when it was once read as Windows-1252.
_GARBLED = re.compile(r"[ÃÂ][\u0080-\u00bf]|â€|ï»¿")
_EXPONENT = re.compile(r"^\s*\d(?:[.,]\d+)?e\+?\d+\s*$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_SEVERAL = re.compile(r"\d{6}[^/,;&]*(?:[/,;&]|\bdan\b|\batau\b)\s*\+?\d{6}")
_MAX_WORKERS = 9_999
_MAX_YEARS = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as it was read; `notes` are code and text, `rests_on_order` as for days."""

    value: Any
    notes: Notes = ()
    rests_on_order: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether there is a value and nothing to say of it."""
        return self.value is not None and not self.notes and not self.rests_on_order


EMPTY = Reading(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a reading rests on besides the cell: today, and how the workbook counts days."""

    today: date
    counts_from_1904: bool = False


def read_cell(column: Column, value: object, around: Around) -> Reading:
    """Read one cell of a recognised column.

    Raises:
        InvalidInput: it can't be taken as it is; the text says how to mend it.
    """
    return _READERS[column.field or ""](column, value, around)


def plain_text(value: object, *, longest: int = 300) -> str | None:
    """The text of a cell on one line, or None for an empty one.

    Raises:
        InvalidInput: `text_control`, `text_garbled` or `text_too_long`.
    """
    text = " ".join(shown_value(value).split()) if not isinstance(value, str) else value
    text = " ".join(text.split())
    if not text or text in ("-", "–", "—"):
        return None
    if _CONTROL.search(text):
        raise InvalidInput(
            "text_control", message="Ada tanda yang tidak terbaca. Ketik ulang isi sel ini."
        )
    if _GARBLED.search(text):
        raise InvalidInput(
            "text_garbled",
            message="Hurufnya rusak karena salah penyandian. Ketik ulang isi sel ini.",
        )
    if len(text) > longest:
        raise InvalidInput(
            "text_too_long", message=f"Teks ini terlalu panjang; paling banyak {longest} huruf."
        )
    return text


def _text(column: Column, value: object, _around: Around) -> Reading:
    if isinstance(value, (date, bool)):
        raise InvalidInput(
            "text_wanted",
            message="Isi sel ini tanggal atau BENAR/SALAH, padahal seharusnya teks.",
        )
    return Reading(plain_text(value, longest=LENGTHS[column.field or ""]))


def _name(column: Column, value: object, around: Around) -> Reading:
    reading = _text(column, value, around)
    if reading.value and not any(letter.isalpha() for letter in reading.value):
        raise InvalidInput("name_without_letters", message="Nama harus berisi huruf.")
    return reading


def _kind(column: Column, value: object, _around: Around) -> Reading:
    text = plain_text(value)
    return Reading(kind_of(column.field or "", text)) if text else EMPTY


def _identity_text(value: object) -> str | None:
    text = plain_text(value)
    return None if text is None or text.casefold() in _EMPTY else text.lstrip("'’`")


def _nik(_column: Column, value: object, around: Around) -> Reading:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if (is_number and value) or (isinstance(value, str) and _EXPONENT.match(value)):
        raise InvalidInput(
            "nik_as_number",
            message="NIK ini tersimpan sebagai angka. Excel hanya menyimpan 15 angka, jadi NIK "
            "16 angka bisa berubah. Format kolomnya sebagai Teks, lalu ketik ulang NIK dari KTP.",
        )
    text = _identity_text(value)
    if text is None:
        return EMPTY
    nik = parse_nik(text, today=around.today)
    return Reading(nik.value, tuple((doubt.code, doubt.message) for doubt in nik.warnings))


def _digits(value: object, *, length: int, label: str) -> tuple[str | None, Notes]:
    """The text of a number of fixed length; a zero in front that the cell lost is put back."""
    if isinstance(value, str) and _EXPONENT.match(value):
        raise InvalidInput(
            "number_shortened",
            message=f"{label} ini dipendekkan Excel. Format kolomnya sebagai Teks, lalu ketik "
            "ulang.",
        )
    text = _identity_text(value)
    if text is None or not isinstance(value, (int, float)) or len(text) != length - 1:
        return text, ()
    note = f"Nol di depan {label} hilang karena tersimpan sebagai angka; dibaca 0{text}."
    return "0" + text, (("leading_zero", note),)


def _nib(_column: Column, value: object, _around: Around) -> Reading:
    text, notes = _digits(value, length=13, label="NIB")
    return Reading(parse_nib(text), notes) if text else EMPTY


def _kbli(_column: Column, value: object, _around: Around) -> Reading:
    text, notes = _digits(value, length=5, label="KBLI")
    if text is None:
        return EMPTY
    code = re.match(r"^\D{0,6}(\d{5})(?!\d)", text)
    if code is None:
        raise InvalidInput("kbli_code_wrong_length", message="Kode KBLI harus 5 angka.")
    doubts = tuple(
        (doubt.code.rpartition("_")[0], doubt.message) for doubt in kbli_doubts(code.group(1))
    )
    return Reading(code.group(1), notes + doubts)


def _npwp(_column: Column, value: object, _around: Around) -> Reading:
    if isinstance(value, float) and value >= 10**15:
        raise InvalidInput(
            "npwp_as_number",
            message="NPWP ini tersimpan sebagai angka dan bisa berubah. Format kolomnya sebagai "
            "Teks, lalu ketik ulang.",
        )
    text, notes = _digits(value, length=15, label="NPWP")
    if text is None:
        return EMPTY
    kept, doubts = kept_npwp(text)
    return Reading(kept, notes + tuple((doubt.code, doubt.message) for doubt in doubts))


def _phone(_column: Column, value: object, _around: Around) -> Reading:
    if isinstance(value, str) and _EXPONENT.match(value):
        raise InvalidInput(
            "number_shortened",
            message="Nomor ini dipendekkan Excel. Format kolomnya sebagai Teks, lalu ketik ulang.",
        )
    text = _identity_text(value)
    if text is None:
        return EMPTY
    if _SEVERAL.search(text):
        raise InvalidInput(
            "phone_several", message="Ada lebih dari satu nomor. Tulis satu nomor HP saja."
        )
    phone = parse_phone(text)
    notes: Notes = tuple((doubt.code, doubt.message) for doubt in phone.warnings)
    if re.sub(r"\D", "", text).startswith("8"):
        notes += (("leading_zero", "Nol di depan nomor HP hilang; dibaca 0" + text.strip() + "."),)
    return Reading(phone.value, notes)


def _day(_column: Column, value: object, around: Around) -> Reading:
    return _of_day(parse_day(value, today=around.today, epoch1904=around.counts_from_1904))


def _of_day(parsed: ParsedDay) -> Reading:
    notes = tuple(("date_read_from_number", note) for note in parsed.notes)
    return Reading(parsed.day, notes, parsed.rests_on_order)


def _day_or_year(column: Column, value: object, around: Around) -> Reading:
    year = shown_value(value).strip()
    if not isinstance(value, (date, datetime)) and _YEAR.match(year):
        if int(year) > around.today.year:
            raise InvalidInput("date_future", message="Tahun ini belum tiba. Periksa tahunnya.")
        note = f"Hanya tahun; dicatat sebagai 1 Januari {year}."
        return Reading(date(int(year), 1, 1), (("date_year_only", note),))
    return _day(column, value, around)


def _birth_place_and_day(column: Column, value: object, around: Around) -> Reading:
    if isinstance(value, str):
        _place, mark, day = value.rpartition(",")
        if mark and any(letter.isdigit() for letter in day):
            return _day(column, day, around)
        found = re.search(r"\d.*$", value)
        return _day(column, found.group(0) if found else value, around)
    return _day(column, value, around)


def _rupiah(column: Column, value: object, _around: Around) -> Reading:
    unit = column.period or {"monthly_sales": "bulan", "yearly_sales": "tahun"}.get(
        column.field or ""
    )
    if column.scale and _is_bare_number(value):
        parsed = parse_rupiah(f"{shown_value(value).replace('.', ',')} {column.scale}", unit=unit)
        _doubt_scale(column, value, parsed.amount or 0)
        return Reading(parsed.amount, tuple(("rupiah_note", note) for note in parsed.notes))
    parsed = parse_rupiah(value, unit=unit)
    if parsed.unit and unit is None:
        # Capital has no period; one in the text means that the sum is something else.
        raise InvalidInput(
            "rupiah_unit", message=f"Jumlah ini per {parsed.unit}. Tulis jumlah seluruhnya."
        )
    notes = tuple(("rupiah_note", note) for note in parsed.notes)
    if parsed.is_estimate:
        notes += (("rupiah_estimate", "Jumlah ini perkiraan."),)
    if parsed.amount and 0 < parsed.amount < _VERY_LITTLE:
        said = f"Dicatat {format_rupiah(parsed.amount)}. Periksa apakah nolnya lengkap."
        notes += (("rupiah_small", said),)
    return Reading(parsed.amount, notes)


def _doubt_scale(column: Column, value: object, amount: int) -> None:
    """Ask where somebody wrote whole rupiah into a column that is headed in millions."""
    if amount < _VERY_MUCH:
        return
    whole = parse_rupiah(value).amount or 0
    raise InvalidInput(
        "rupiah_ambiguous",
        message=f"Kolom ini dalam {column.scale}, jadi “{shown_value(value)}” dapat berarti "
        f"{format_rupiah(amount)} atau {format_rupiah(whole)}. Tulis jumlahnya lengkap dengan Rp.",
        readings=(amount, whole),
    )


def _is_bare_number(value: object) -> bool:
    if isinstance(value, (int, float)):
        return True
    return isinstance(value, str) and bool(re.fullmatch(r"\s*\d+(?:[.,]\d{1,2})?\s*", value))


def _workers(_column: Column, value: object, _around: Around) -> Reading:
    return Reading(parse_whole_number(value, at_most=_MAX_WORKERS, units=("orang", "org")))


def _years(_column: Column, value: object, _around: Around) -> Reading:
    return Reading(parse_whole_number(value, at_most=_MAX_YEARS, units=("tahun", "thn", "th")))


def _coordinate(column: Column, value: object, _around: Around) -> Reading:
    return Reading(read_coordinate(value, field=column.field or ""))


def _point(_column: Column, value: object, _around: Around) -> Reading:
    return Reading(read_point(value))


def _village_code(_column: Column, value: object, _around: Around) -> Reading:
    return Reading(read_village_code(value))


_READERS: dict[str, Callable[[Column, object, Around], Reading]] = {
    **dict.fromkeys(LENGTHS, _text),
    "name": _name,
    "owner_name": _name,
    "nik": _nik,
    "nib": _nib,
    "npwp": _npwp,
    "kbli_code": _kbli,
    "phone": _phone,
    "sex": _kind,
    "category": _kind,
    "relation": _kind,
    "education": _kind,
    "life_cycle": _kind,
    "born_on": _day,
    "birth_place_and_day": _birth_place_and_day,
    "returned_on": _day_or_year,
    "started_on": _day_or_year,
    "years_abroad": _years,
    "capital": _rupiah,
    "monthly_sales": _rupiah,
    "yearly_sales": _rupiah,
    "lat": _coordinate,
    "lng": _coordinate,
    "point": _point,
    "village_code": _village_code,
    "workers_paid_male": _workers,
    "workers_paid_female": _workers,
    "workers_family_male": _workers,
    "workers_family_female": _workers,
    "workers_total": _workers,
}
# Columns that hold another value in nearly every row: remembering readings would not pay.
MOSTLY_UNIQUE = frozenset(["nik", "nib", "npwp", "phone", "name", "address", "point"])
