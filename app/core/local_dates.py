"""Reading days as people write them: day first, Indonesian month names, serial numbers of Excel.

The order is never swapped to make a value fit: a value that can only be month-first raises, and
the caller doubts the whole column.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite

from app.core.day_words import long_day
from app.core.errors import InvalidInput

EXAMPLE = "Tulis misalnya 17/08/2023 atau 17 Agustus 2023."
FIRST_YEAR = 1900
_EMPTY = frozenset({"", "-", "--", "–", "—", "n/a", "na", "0"})
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agt ags agu agst aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nop nopember",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\s*,?\s*")
_CLOCK = re.compile(r"[ t]+(?:pukul |jam )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?wib)?z?$")
_NUMERIC = re.compile(r"^(\d{1,2})\s*([/.\- ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_NAMED = re.compile(r"^(\d{1,2})[\s.\-/]*([a-z]+)[\s.,\-/]*(\d{4}|\d{2})$")
_COMPACT = re.compile(r"^(?:19|20)\d{6}$")
_MONTH_ONLY = re.compile(r"^(?:([a-z]+)[\s.,\-/]*(?:\d{4}|\d{2})|\d{1,2}[/\-]\d{4}|\d{4})$")
_FIRST_SERIAL, _LAST_SERIAL = 1, 73_050
# Excel counts a 29 February 1900 that never was; days after it are one too high.
_PHANTOM_SERIAL = 60
_START_1900 = date(1899, 12, 31)
_START_1904 = date(1904, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDay:
    """A day, or None for an empty cell.

    `rests_on_order`: read from digits alone, day first; worth nothing in a column in which
    another value can only be month-first.
    """

    day: date | None
    notes: tuple[str, ...] = ()
    rests_on_order: bool = False


def parse_day(value: object, *, today: date, epoch1904: bool = False) -> ParsedDay:
    """Read a day from a date, a text or Excel's serial number.

    Raises:
        InvalidInput: `date_month_first` (doubt the column), `date_incomplete`,
            `date_impossible`, `date_future`, `date_too_old`, `date_unreadable`.
    """
    parsed = _parsed(value, today, epoch1904)
    if parsed.day is None:
        return parsed
    if parsed.day > today:
        raise _refused("date_future", "Tanggal ini belum terjadi. Periksa tahunnya.")
    if parsed.day.year < FIRST_YEAR:
        raise _refused("date_too_old", f"Tahun {parsed.day.year} terlalu lama. Periksa tahunnya.")
    return parsed


def _parsed(value: object, today: date, epoch1904: bool) -> ParsedDay:
    if isinstance(value, datetime):
        return ParsedDay(day=value.date())
    if isinstance(value, date):
        return ParsedDay(day=value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, epoch1904)
    text = unicodedata.normalize("NFKC", str(value if value is not None else ""))
    text = _WEEKDAY.sub("", re.sub(r"\s+", " ", text).strip().casefold())
    text = _CLOCK.sub("", text)
    if text in _EMPTY or re.fullmatch(r"[0/.\- ]+", text):
        return ParsedDay(day=None)
    if re.fullmatch(r"\d{5}(?:[.,]0+)?", text):
        return _from_number(float(text.replace(",", ".")), epoch1904)
    return _from_text(text, today)


def _from_number(value: float, epoch1904: bool) -> ParsedDay:
    if not isfinite(value):
        raise _unreadable()
    whole = int(value)
    if whole == 0:
        return ParsedDay(day=None)
    if _COMPACT.match(str(whole)):
        return _compact(str(whole))
    if FIRST_YEAR <= whole <= FIRST_YEAR + 200:
        raise _incomplete()
    if whole == _PHANTOM_SERIAL and not epoch1904:
        raise _refused("date_impossible", "Angka 60 bukan tanggal yang ada (29 Februari 1900).")
    if not _FIRST_SERIAL <= whole <= _LAST_SERIAL:
        raise _unreadable()
    if epoch1904:
        day = _START_1904 + timedelta(days=whole)
    else:
        day = _START_1900 + timedelta(days=whole - (whole > _PHANTOM_SERIAL))
    return ParsedDay(day=day, notes=(f"Angka {whole} dibaca sebagai {long_day(day)}.",))


def _from_text(text: str, today: date) -> ParsedDay:
    if _COMPACT.match(text):
        return _compact(text)
    if match := _ISO.match(text):
        return ParsedDay(day=_day(int(match[1]), int(match[3]), int(match[4])))
    if match := _NUMERIC.match(text):
        return _day_first(int(match[1]), int(match[3]), _year(match[4], today))
    if (match := _NAMED.match(text)) and match[2] in _MONTHS:
        return ParsedDay(day=_day(_year(match[3], today), _MONTHS[match[2]], int(match[1])))
    match = _MONTH_ONLY.match(text)
    if match and (match[1] is None or match[1] in _MONTHS):
        raise _incomplete()
    raise _unreadable()


def _day_first(day: int, month: int, year: int) -> ParsedDay:
    if month > 12 and 1 <= day <= 12:
        raise InvalidInput(
            "date_month_first",
            message=f"Bulan {month}? Tanggal harus ditulis hari dulu, lalu bulan. {EXAMPLE}",
        )
    return ParsedDay(day=_day(year, month, day), rests_on_order=True)


def _compact(text: str) -> ParsedDay:
    day = _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    return ParsedDay(day=day, notes=(f"{text} dibaca sebagai {long_day(day)}.",))


def _year(text: str, today: date) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year <= today.year % 100 else 1900 + year


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _refused(
            "date_impossible", f"Tanggal {day}-{month}-{year} tidak ada di kalender."
        ) from None


def _incomplete() -> InvalidInput:
    return _refused("date_incomplete", f"Tanggal tidak lengkap. {EXAMPLE}")


def _unreadable() -> InvalidInput:
    return _refused("date_unreadable", f"Tanggal ini tidak terbaca. {EXAMPLE}")


def _refused(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, message=message)
