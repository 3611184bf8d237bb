"""Cells as nearly all lists write them, read at once.

Each reader gives exactly what `values.read_cell` gives, or None for whatever is not plainly
written; then the long way decides. They are for columns that hold another value in nearly every
row, where remembering what was read does not pay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from app.core.errors import InvalidInput
from app.core.identity import parse_nik
from app.core.local_dates import FIRST_YEAR
from app.enterprises.rules.sheet.values import LENGTHS, Around

QuickReader = Callable[[str], str | date | None]

_LINE = re.compile(r"[!-~]+(?: [!-~]+)*")
_NAME = re.compile(r"[!-~]*[A-Za-z][!-~]*(?: [!-~]+)*")
_NIK = re.compile(r"[0-9]{16}")
_NIB = re.compile(r"[0-9]{13}")
_MOBILE = re.compile(r"08[1-9][0-9]{6,11}")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def quick_reader(field: str, around: Around) -> QuickReader | None:
    """The quick reader of a field, or None when it has none."""
    if field in ("name", "owner_name"):
        return _named(LENGTHS[field])
    if field == "address":
        return _line(LENGTHS[field])
    if field == "nik":
        return _nik(around.today)
    if field == "nib":
        return lambda cell: cell if _NIB.fullmatch(cell) else None
    if field == "phone":
        return _phone
    if field == "born_on":
        return _day(around.today)
    return None


def _named(longest: int) -> QuickReader:
    return lambda cell: cell if len(cell) <= longest and _NAME.fullmatch(cell) else None


def _line(longest: int) -> QuickReader:
    return lambda cell: cell if 1 < len(cell) <= longest and _LINE.fullmatch(cell) else None


def _nik(today: date) -> QuickReader:
    # Whether the six digits of the birth date are a day about which nothing need be said.
    is_plain: dict[str, bool] = {}

    def read(cell: str) -> str | None:
        if not _NIK.fullmatch(cell) or not "11" <= cell[:2] < "97" or cell.endswith("0000"):
            return None
        day = cell[6:12]
        plain = is_plain.get(day)
        if plain is None:
            plain = is_plain[day] = _is_plain(cell, today)
        return cell if plain else None

    return read


def _is_plain(nik: str, today: date) -> bool:
    try:
        return not parse_nik(nik, today=today).warnings
    except InvalidInput:
        return False


def _phone(cell: str) -> str | None:
    return f"+62{cell[1:]}" if _MOBILE.fullmatch(cell) else None


def _day(today: date) -> QuickReader:
    def read(cell: str) -> date | None:
        match = _DAY.fullmatch(cell)
        if match is None:
            return None
        day, month, year = match.groups()
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            return None
        return found if found.year >= FIRST_YEAR and found <= today else None

    return read
