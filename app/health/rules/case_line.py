"""One case as a line of JSON, and its result: the exchange format of `flask health score`.

Strict on purpose: a misspelt key or a number in quotation marks must not change a diagnosis in
silence. Facts of the context that are absent are unknown (yes/no facts: no).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.errors import InvalidInput
from app.health.rules.case import Case, Context, points_in_order
from app.health.rules.instrument import Instrument, Points
from app.health.rules.next_class import Step
from app.health.rules.scoring import BEST_POINTS, Score

_KEYS = frozenset({"id", "sector", "assessed_on", "answers", "context"})
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCase:
    """A case with the name under which its result goes back."""

    id: str | int
    case: Case


def read_case_line(instrument: Instrument, line: bytes) -> NamedCase:
    """The case of one line.

    Raises:
        InvalidInput: `case_line_invalid`, with the reason as message and the key as field.
    """
    fields = _object(_parsed(line), "baris")
    _only(fields, _KEYS, "baris")
    for key in sorted(_KEYS - {"context"}):
        if key not in fields:
            raise _refusal(key, "tidak ada")
    sector = fields["sector"]
    if not isinstance(sector, str) or sector not in instrument.sectors:
        raise _refusal("sector", f"harus salah satu dari {', '.join(instrument.sectors)}")
    return NamedCase(
        id=_id(fields["id"]),
        case=Case(
            sector=sector,
            assessed_on=_day("assessed_on", fields["assessed_on"]),
            points=_points(instrument, _object(fields["answers"], "answers")),
            context=_context(_object(fields.get("context", {}), "context")),
        ),
    )


def result_of(
    instrument: Instrument, case_id: str | int, result: Score, steps: tuple[Step, ...]
) -> dict[str, Any]:
    """The result as it is printed: scores with one decimal, coverage with three."""
    values = result.values
    return {
        "id": case_id,
        "dimensions": {
            part.code: _decimal(values.get(part.code)) for part in instrument.dimensions
        },
        "score": _decimal(result.tenths),
        "coverage": result.coverage_thousandths / 1000,
        "low": _decimal(result.low_tenths),
        "high": _decimal(result.high_tenths),
        "score_class": result.score_class,
        "final_class": result.final_class,
        "low_class": result.low_class,
        "high_class": result.high_class,
        "status": result.status,
        "knockouts": [knockout.code for knockout in result.knockouts],
        "valid_days": result.valid_days,
        "next_class_steps": [
            {"indicator": step.indicator, "from": step.from_points, "to": step.to_points}
            for step in steps
        ],
    }


def _decimal(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / 10


def _refusal(field: str, reason: str) -> InvalidInput:
    return InvalidInput("case_line_invalid", field=field, message=f"{field}: {reason}")


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(
            line.decode("utf-8-sig"),
            object_pairs_hook=_pairs,
            parse_float=Decimal,
            parse_constant=_constant,
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        # Undecodable bytes and numbers beyond measure are ValueError and ArithmeticError too.
        raise _refusal("baris", "bukan JSON yang benar") from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _refusal("baris", "nama yang sama ditulis dua kali")
    return fields


def _constant(name: str) -> Any:
    raise _refusal("baris", f"{name} bukan angka")


def _object(value: Any, field: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _refusal(field, "harus berupa objek JSON")
    return value


def _only(fields: Mapping[str, Any], known: frozenset[str], field: str) -> None:
    for key in fields:
        if key not in known:
            raise _refusal(field, f"nama {key!a} tidak dikenal")


def _id(value: Any) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _refusal("id", "harus berupa teks atau bilangan bulat")
    return value


def _day(field: str, value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _refusal(field, "harus berupa tanggal TTTT-BB-HH")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise _refusal(field, "tanggal itu tidak ada") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _refusal(field, f"tahun harus {_FIRST_YEAR} sampai {_LAST_YEAR}")
    return day


def _points(instrument: Instrument, answers: Mapping[str, Any]) -> tuple[Points, ...]:
    _only(answers, frozenset(one.code for one in instrument.indicators), "answers")
    for code, points in answers.items():
        if points is not None and not _is_whole(points, BEST_POINTS):
            raise _refusal(code, f"harus bilangan bulat 0 sampai {BEST_POINTS}, atau null")
    return points_in_order(instrument, answers)


def _context(facts: Mapping[str, Any]) -> Context:
    _only(facts, frozenset(_FACTS), "context")
    return Context(**{name: _FACTS[name](name, value) for name, value in facts.items()})


def _is_whole(value: Any, most: int | None = None) -> bool:
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return value >= 0 and (most is None or value <= most)


def _yes_or_no(field: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refusal(field, "harus true atau false")
    return value


def _yes_no_unknown(field: str, value: Any) -> bool | None:
    return None if value is None else _yes_or_no(field, value)


def _days(field: str, value: Any) -> int | None:
    if value is not None and not _is_whole(value):
        raise _refusal(field, "harus bilangan bulat 0 atau lebih, atau null")
    return None if value is None else int(value)


def _months(field: str, value: Any) -> int | None:
    if value is not None and not _is_whole(value, 3):
        raise _refusal(field, "harus bilangan bulat 0 sampai 3, atau null")
    return None if value is None else int(value)


def _ratio(field: str, value: Any) -> int | Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        raise _refusal(field, "harus bilangan 0 atau lebih, atau null")
    return value


def _share(field: str, value: Any) -> int | Decimal | None:
    share = _ratio(field, value)
    if share is not None and share > 1:
        raise _refusal(field, "harus bilangan 0 sampai 1, atau null")
    return share


def _day_or_unknown(field: str, value: Any) -> date | None:
    return None if value is None else _day(field, value)


_FACTS: dict[str, Callable[[str, Any], Any]] = {
    "has_equipment": _yes_or_no,
    "declared_non_halal": _yes_or_no,
    "sold_outside_home": _yes_or_no,
    "off_season": _yes_or_no,
    "days_since_last_sale": _days,
    "loss_months": _months,
    "book_coverage": _share,
    "arrears_days": _days,
    "debt_service_ratio": _ratio,
    "installments_without_surplus": _yes_or_no,
    "quick_ratio": _ratio,
    "incident_open": _yes_no_unknown,
    "started_on": _day_or_unknown,
}
