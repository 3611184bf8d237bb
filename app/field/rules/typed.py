"""What somebody types in the office for a field of a phone, as the phone would have sent it."""

from __future__ import annotations

from typing import Any

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.local_dates import parse_day
from app.core.rupiah import parse_rupiah
from app.core.text import search_text
from app.enterprises.rules import labels

_DAYS = frozenset({"started_on", "born_on", "returned_on"})
_MONEY = frozenset({"capital", "yearly_sales"})
_COUNTS = frozenset(
    {
        "years_abroad",
        "workers_paid_male",
        "workers_paid_female",
        "workers_family_male",
        "workers_family_female",
    }
)
_FLAGS = frozenset({"has_equipment", "declared_non_halal", "sold_outside_home", "is_seasonal"})
_DEGREES = frozenset({"lat", "lng"})
_CHOICES = {
    "sector": labels.SECTOR_LABELS,
    "sex": labels.SEX_LABELS,
    "category": labels.CATEGORY_LABELS,
    "relation": labels.RELATION_LABELS,
    "education": labels.EDUCATION_LABELS,
    "life_cycle": labels.LIFE_CYCLE_LABELS,
}


def typed_value(field: str, text: str) -> Any:
    """The value of a typed text; money and days as people write them, choices by their words.

    Raises:
        InvalidInput: field "value": it can't be meant so.
    """
    name = field.rpartition(".")[2]
    try:
        return _read(name, text.strip())
    except InvalidInput as refusal:
        raise InvalidInput(refusal.code, field="value", message=refusal.message) from refusal
    except ValueError as wrong:
        raise InvalidInput(
            "value_wrong", field="value", message="Isian ini tidak dapat dibaca. Periksa lagi."
        ) from wrong


def _read(name: str, text: str) -> Any:
    if name in _DAYS:
        return _day(text)
    if name in _MONEY:
        return _amount(text)
    if name in _COUNTS:
        return int(text)
    if name in _DEGREES:
        return float(text.replace(",", "."))
    if name in _FLAGS:
        return _chosen({"true": "ya", "false": "tidak"}, text) == "true"
    if name == "season_months":
        return [int(part) for part in text.replace(",", " ").split()]
    return _chosen(_CHOICES[name], text) if name in _CHOICES else text


def _day(text: str) -> str:
    found = parse_day(text, today=local_today()).day
    if found is None:
        raise ValueError(text)
    return found.isoformat()


def _amount(text: str) -> int:
    found = parse_rupiah(text).amount
    if found is None:
        raise ValueError(text)
    return found


def _chosen(words: dict[str, str], text: str) -> str:
    for code, word in words.items():
        if search_text(text) in (search_text(word), search_text(code)):
            return code
    raise InvalidInput("choice_unknown", message=f"Tulis salah satu: {', '.join(words.values())}.")
