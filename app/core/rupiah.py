"""Reading amounts of rupiah as people write them in spreadsheets and forms.

Nothing with two readings is decided here: it raises with the readings, so that a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.core.errors import InvalidInput
from app.core.money import format_rupiah

EXAMPLE = "Tulis satu angka, misalnya 1.250.000 atau 2,5 juta."
# Far above any sum of this register, far below what a BIGINT holds.
MAX_AMOUNT = 10**15

_SCALES = {
    "ribu": 10**3,
    "rb": 10**3,
    "rbu": 10**3,
    "k": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "jta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "mliar": 10**9,
    "triliun": 10**12,
}
_UNITS = {
    "hari": "hari",
    "hr": "hari",
    "minggu": "minggu",
    "mgg": "minggu",
    "bulan": "bulan",
    "bln": "bulan",
    "tahun": "tahun",
    "thn": "tahun",
    "th": "tahun",
}
_EMPTY = frozenset({"", "-", "--", "---", "–", "—", "n/a", "na", "n.a.", "#n/a"})
_ZERO = frozenset({"nihil", "nol"})

_ESTIMATE = re.compile(
    r"^(?:±|\+/-|\+-|~|≈|kurang[ -]lebih|kira[ -]?kira|sekitar|sekira|krg lbh|k\.?l\.?|lk\.?)\s*"
)
_CURRENCY = re.compile(r"^(?:rp\.?|idr)\s*|\s*(?:rupiah|idr)$")
_TAIL = re.compile(r"[,.]\s*[-–—]{1,2}$")
_UNIT = re.compile(r"\s*(?:/|\bper\s*|\bse)\s*(hari|hr|minggu|mgg|bulan|bln|tahun|thn|th)\.?$")
_RANGE = re.compile(r"\d[\w.,]*\s*(?:[-–—]|s/d|s\.d\.?|sd|sampai|hingga)\s*(?:rp\.?\s*)?\d")
_PART = re.compile(r"^(\d[\d.,]*)\s*(ribu|rbu|rb|k|juta|jta|jt|miliar|milyar|mliar|triliun)(an)?")
_MILLION_OR_BILLION = re.compile(r"^(\d[\d.,]*)\s*(m|t|b)$")
_GROUPS = re.compile(r"^\d{1,3}(?:([. ,])\d{3})(?:\1\d{3})*$")
# The usual way of writing, read at once; everything else goes the long way.
_USUAL = re.compile(r"^(?:Rp\.? ?)?(\d{1,3}(?:\.\d{3}){2,4})(?:,-|,00)?$", re.ASCII)
_DECIMALS = re.compile(r"^(.*\d)([.,])(\d{1,2})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedRupiah:
    """An amount in whole rupiah, or None for an empty cell; empty is not zero.

    `is_estimate`: the writer said "about". `unit` is the period that the text itself names
    (hari, minggu, bulan, tahun). `notes` are Indonesian remarks on how it was read.
    """

    amount: int | None
    is_estimate: bool = False
    notes: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    amount: int
    is_estimate: bool = False
    notes: tuple[str, ...] = ()


def parse_rupiah(
    value: object, *, unit: str | None = None, allow_negative: bool = False
) -> ParsedRupiah:
    """Read an amount from text or a number; `unit` is the period which the column is about.

    >>> parse_rupiah("Rp 2,5 jt").amount, parse_rupiah("-").amount, parse_rupiah("nihil").amount
    (2500000, None, 0)

    Raises:
        InvalidInput: `rupiah_ambiguous` (values: readings) or `rupiah_unit` when a person must
            decide; `rupiah_unreadable`, `rupiah_range`, `rupiah_negative`, `rupiah_too_large`.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _checked(ParsedRupiah(amount=_from_number(value)), allow_negative)
    usual = _USUAL.match(value) if isinstance(value, str) else None
    if usual is not None:
        return ParsedRupiah(amount=int(usual.group(1).replace(".", "")))
    text = unicodedata.normalize("NFKC", str(value if value is not None else ""))
    notes = () if _digits(text) == _digits(str(value)) else ("Angka lebar dibaca sebagai biasa.",)
    text = re.sub(r"\s+", " ", text).strip().casefold()
    if text in _EMPTY:
        return ParsedRupiah(amount=None)
    if text in _ZERO:
        return ParsedRupiah(amount=0)
    text, found_unit = _without_unit(text, unit)
    text, is_negative = _without_sign(text)
    bare, is_estimate = _bare(text)
    if _RANGE.search(bare):
        raise _refused("rupiah_range", f"Ini rentang, bukan satu jumlah. {EXAMPLE}")
    reading = _read(bare, has_currency=text != bare)
    parsed = ParsedRupiah(
        amount=-reading.amount if is_negative else reading.amount,
        is_estimate=is_estimate or reading.is_estimate,
        notes=notes + reading.notes,
        unit=found_unit,
    )
    return _checked(parsed, allow_negative)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _from_number(value: float) -> int:
    if isinstance(value, int):
        return value
    if value != value or abs(value) > MAX_AMOUNT:
        raise _refused("rupiah_too_large", f"Jumlah ini terlalu besar. {EXAMPLE}")
    if value.is_integer():
        return int(value)
    if abs(value) < 1000:
        raise _two_readings(f"{value:g}".replace(".", ","), value * 10**6, value * 10**3)
    return int(Decimal(repr(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _checked(parsed: ParsedRupiah, allow_negative: bool) -> ParsedRupiah:
    amount = parsed.amount or 0
    if amount < 0 and not allow_negative:
        raise _refused("rupiah_negative", "Jumlah ini tidak boleh di bawah nol.")
    if abs(amount) > MAX_AMOUNT:
        raise _refused("rupiah_too_large", f"Jumlah ini terlalu besar. {EXAMPLE}")
    return parsed


def _without_unit(text: str, column_unit: str | None) -> tuple[str, str | None]:
    match = _UNIT.search(text)
    if match is None:
        return text, None
    found = _UNITS[match.group(1)]
    if column_unit is not None and found != column_unit:
        raise InvalidInput(
            "rupiah_unit",
            message=f"Jumlah ini per {found}, sedangkan kolomnya per {column_unit}. "
            f"Hitung dan tulis jumlah per {column_unit}.",
            unit=found,
        )
    return text[: match.start()].strip(), found


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    match = re.match(r"^(rp\.?\s*)?[-–−]\s*(?=(?:rp|\d))", text)
    if match:
        return (match.group(1) or "") + text[match.end() :], True
    return text, False


def _bare(text: str) -> tuple[str, bool]:
    """The amount without currency, ",-" and words for "about"; and whether there were any."""
    is_estimate = False
    while True:
        shorter = _CURRENCY.sub("", _TAIL.sub("", text)).strip()
        without = _ESTIMATE.sub("", shorter)
        is_estimate = is_estimate or without != shorter
        if without == text:
            return text, is_estimate
        text = without


def _read(text: str, *, has_currency: bool) -> _Reading:
    if re.fullmatch(r"[\d.,]*\de[+-]?\d+", text):
        raise _refused(
            "rupiah_unreadable", f"Angka dalam bentuk {text.upper()} tidak lengkap. {EXAMPLE}"
        )
    match = _MILLION_OR_BILLION.match(text)
    if match:
        number = _decimal(match.group(1))
        raise _two_readings(match.group(0).upper(), number * 10**9, number * 10**6)
    if _PART.match(text):
        return _read_scaled(text)
    return _read_plain(text, has_currency=has_currency)


def _read_scaled(text: str) -> _Reading:
    """Amounts with words of size: "2,5 jt", "1jt500", "1 juta 500 ribu"."""
    total, last_scale, parts = Decimal(0), 0, 0
    is_estimate = False
    rest = text
    while match := _PART.match(rest):
        scale = _SCALES[match.group(2)]
        if last_scale and scale >= last_scale:
            raise _unreadable()
        total += _decimal(match.group(1)) * scale
        is_estimate = is_estimate or bool(match.group(3))
        last_scale, parts = scale, parts + 1
        rest = rest[match.end() :].strip()
    if rest:
        total += _rest_after(rest, last_scale, text)
        parts += 1
    # Written in round thousands alone ("500 ribu", "500k") an amount is a round one.
    is_round = parts == 1 and last_scale == 10**3
    return _Reading(_whole(total), is_estimate or is_round)


def _rest_after(rest: str, scale: int, text: str) -> Decimal:
    if re.fullmatch(r"\d{3}", rest):
        return Decimal(rest) * (scale // 1000)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", rest):
        amount = Decimal(rest.replace(".", ""))
        if amount < scale:
            return amount
    if re.fullmatch(r"\d{1,2}", rest):
        raise InvalidInput(
            "rupiah_ambiguous", message=f"“{text}” dapat dibaca dua cara. {EXAMPLE}", readings=()
        )
    raise _unreadable()


def _decimal(digits: str) -> Decimal:
    """The number before a word of size, where one mark is a decimal one."""
    if re.fullmatch(r"\d+", digits):
        return Decimal(digits)
    if re.fullmatch(r"\d+[.,]\d{1,2}", digits):
        return Decimal(digits.replace(",", "."))
    match = re.fullmatch(r"(\d{1,3})[.,](\d{3})", digits)
    if match:
        raise InvalidInput(
            "rupiah_ambiguous",
            message=f"“{digits}” dapat berarti {match.group(1)},{match.group(2)} atau "
            f"{match.group(1)}{match.group(2)}. {EXAMPLE}",
            readings=(),
        )
    raise _unreadable()


def _read_plain(text: str, *, has_currency: bool) -> _Reading:
    if re.fullmatch(r"\d+", text):
        return _Reading(int(text))
    notes: tuple[str, ...] = ()
    groups, decimals = _decimals_apart(text)
    match = _GROUPS.match(groups)
    if match is None:
        if re.fullmatch(r"\d+", groups) and len(groups) >= 4:
            return _Reading(_whole(Decimal(f"{groups}.{decimals}")), notes=_rounded(decimals))
        raise _short_or_unreadable(text)
    mark, plain = match.group(1), re.sub(r"\D", "", groups)
    if not decimals and groups.count(mark) == 1 and not _is_clear(groups, mark, has_currency):
        raise _two_readings(text, Decimal(plain), Decimal(plain) * 1000)
    if mark == ",":
        notes = ("Koma dibaca sebagai pemisah ribuan.",)
    return _Reading(_whole(Decimal(f"{plain}.{decimals or 0}")), notes=notes + _rounded(decimals))


def _decimals_apart(text: str) -> tuple[str, str]:
    match = _DECIMALS.match(text)
    # "1.250.00" has the same mark twice and is no amount with decimals.
    if match is None or match.group(2) in match.group(1):
        return text, ""
    return match.group(1), match.group(3)


def _is_clear(groups: str, mark: str, has_currency: bool) -> bool:
    """Whether one group of three can only be thousands: "250.000", "Rp 25.000"."""
    if mark == " ":
        return True
    leading = len(groups.split(mark, maxsplit=1)[0])
    return mark == "." and (leading == 3 or (leading == 2 and has_currency))


def _short_or_unreadable(text: str) -> InvalidInput:
    if re.fullmatch(r"\d{1,3}[.,]\d{1,2}", text):
        number = _decimal(text)
        return _two_readings(text, number * 10**6, number * 10**3)
    return _unreadable()


def _rounded(decimals: str) -> tuple[str, ...]:
    return ("Dibulatkan ke rupiah penuh.",) if decimals.strip("0") else ()


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _two_readings(text: str, *readings: Decimal | float) -> InvalidInput:
    amounts = tuple(_whole(Decimal(reading)) for reading in readings)
    wording = " atau ".join(format_rupiah(amount) for amount in amounts)
    return InvalidInput(
        "rupiah_ambiguous",
        message=f"“{text}” dapat berarti {wording}. Tulis jumlahnya lengkap.",
        readings=amounts,
    )


def _unreadable() -> InvalidInput:
    return _refused("rupiah_unreadable", f"Jumlah uang ini tidak terbaca. {EXAMPLE}")


def _refused(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, message=message)
