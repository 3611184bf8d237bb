"""Rules that a decree may move: what there is, its first value, what a new value may be.

The first values come with the program (`bundled/aturan-bertanggal.yaml`) and have always counted;
later ones are rows (`market.queries.dated_rules`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.core.day_words import long_day
from app.core.errors import InvalidInput
from app.core.local_dates import parse_day
from app.core.money import format_rupiah

FILE = Path(__file__).parents[1] / "bundled" / "aturan-bertanggal.yaml"

DAY, MONEY, COUNT, DAYS = "tanggal", "rupiah", "bilangan", "daftar_hari"
RULE_KINDS = (DAY, MONEY, COUNT, DAYS)
HALAL_DUTY = "halal_wajib_mulai"

Value = date | int | tuple[int, ...]

_MOST_RUPIAH = 10**15
_MOST_COUNT = 10_000
_MOST_DAYS = 12
_LAST_REMINDER = 9_999
# Spans are counted from days of today's papers: the calendar has to reach that far.
_MOST_OF_UNIT = {"tahun": 50, "bulan": 120, "hari": 3650}
# A decree may set a day long ahead; this only stops slips of the finger.
_LAST_DAY = date(2100, 12, 31)
_EXAMPLES = {
    DAY: "Tulis tanggal, contoh: 18 Oktober 2026.",
    MONEY: "Tulis rupiah bulat, contoh: 15.000.000.000.",
    COUNT: "Tulis angka bulat, contoh: 5.",
    DAYS: "Tulis jumlah hari dengan koma, contoh: 180, 90, 30, 7.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKind:
    """What a rule is about; `note` says what is unsure or what it changes."""

    code: str
    group: str
    name: str
    kind: str
    unit: str
    note: str
    first: Value
    first_source: str
    # The smallest amount or number that makes sense; a limit of zero lets nobody through.
    least: int

    @property
    def example(self) -> str:
        """How a value is typed."""
        return _EXAMPLES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRule:
    """A value in force, with its source; `valid_from` is empty for the one that always counted."""

    code: str
    value: Any
    source: str
    valid_from: date | None = None


@lru_cache(maxsize=1)
def rule_kinds() -> Mapping[str, RuleKind]:
    """Every rule by its code, in the order of the file.

    Raises:
        ValueError: the file names an unknown kind, or a value that is none of its kind.
    """
    source: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return {code: _kind(code, fields) for code, fields in source.items()}


def _kind(code: str, fields: Mapping[str, Any]) -> RuleKind:
    kind = fields["jenis"]
    if kind not in RULE_KINDS:
        raise ValueError(f"{code}: unknown kind {kind}")
    first = tuple(fields["nilai"]) if kind == DAYS else fields["nilai"]
    # Through the shape of a row and back, so that a wrong first value stops the program.
    value_of_row(kind, row_value(first))
    if (kind == DAY) != isinstance(first, date):
        raise ValueError(f"{code}: {first!r} is no value of a {kind}")
    least = fields.get("paling_kecil", 1 if kind == COUNT else 0)
    return RuleKind(
        code=code,
        group=fields["kelompok"],
        name=fields["nama"],
        kind=kind,
        unit=fields.get("satuan", ""),
        note=fields.get("catatan", ""),
        first=first,
        first_source=fields["sumber"],
        least=least,
    )


def first_rule(code: str) -> DatedRule:
    """The value that comes with the program; KeyError for an unknown code."""
    kind = rule_kinds()[code]
    return DatedRule(code=code, value=kind.first, source=kind.first_source)


def row_value(value: Value) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def value_of_row(kind: str, stored: Any) -> Value:
    """The value that JSON kept.

    Raises:
        ValueError: it is none of that kind.
    """
    if kind == DAY:
        return date.fromisoformat(stored)
    numbers = tuple(stored) if kind == DAYS else (stored,)
    if not all(isinstance(one, int) for one in numbers):
        raise ValueError(f"{stored!r} is no value of a {kind}")
    return numbers if kind == DAYS else numbers[0]


def in_words(kind: RuleKind, value: Any) -> str:
    """A value as a page says it."""
    if kind.kind == DAY:
        return long_day(value)
    if kind.kind == MONEY:
        return format_rupiah(value)
    if kind.kind == DAYS:
        return f"{', '.join(str(one) for one in value)} {kind.unit}"
    return f"{value:,} {kind.unit}".replace(",", ".").strip()


def typed_value(kind: RuleKind, text: str) -> Value:
    """What somebody typed as the value of a rule.

    Raises:
        InvalidInput: it is none of that kind, or beyond its bounds; field "value".
    """
    if kind.kind == DAY:
        return _typed_day(text)
    value = _typed_days(text) if kind.kind == DAYS else _typed_number(kind, text)
    beyond = _beyond(kind, value)
    if beyond:
        raise InvalidInput("rule_value", field="value", message=beyond)
    return value


def is_usable(kind: RuleKind, value: Value) -> bool:
    """Whether a value may count: one that was kept before its bounds were drawn may lie beyond."""
    return not _beyond(kind, value)


def _beyond(kind: RuleKind, value: Value) -> str:
    """Why a value lies beyond its bounds; empty when it does not."""
    if isinstance(value, date):
        return ""
    if isinstance(value, tuple):
        is_within = 0 < len(value) <= _MOST_DAYS and 0 < min(value) <= max(value) <= _LAST_REMINDER
        return "" if is_within else _EXAMPLES[DAYS]
    most = _MOST_RUPIAH if kind.kind == MONEY else _MOST_OF_UNIT.get(kind.unit, _MOST_COUNT)
    if value > most:
        return f"Angka paling besar {most:,}.".replace(",", ".")
    return f"Angka paling kecil {kind.least}." if value < kind.least else ""


def _typed_day(text: str) -> date:
    try:
        day = parse_day(text, today=_LAST_DAY).day
    except InvalidInput as refusal:
        raise _unreadable(DAY) from refusal
    if day is None:
        raise _unreadable(DAY)
    return day


def _typed_number(kind: RuleKind, text: str) -> int:
    digits = re.sub(r"(?i)^rp\.?\s*", "", text.strip())
    if re.fullmatch(r"\d{1,3}(\.\d{3})+|\d{1,15}", digits) is None:
        raise _unreadable(kind.kind)
    return int(digits.replace(".", ""))


def _typed_days(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(re.fullmatch(r"\d{1,4}", part) for part in parts):
        raise _unreadable(DAYS)
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _unreadable(kind: str) -> InvalidInput:
    return InvalidInput("rule_value", field="value", message=_EXAMPLES[kind])
