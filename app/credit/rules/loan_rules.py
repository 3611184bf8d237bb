"""Rules of lending that an office may set: what there is, the first values, what a value may be.

The first values come with the program (`bundled/aturan-pinjaman.yaml`) and have always counted;
later ones are rows (`credit.queries.loan_rules`). A value for a kind of lender goes before the one
for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import InvalidInput
from app.credit.rules.allocation import (
    ALL,
    ORDER_EXAMPLE,
    SETTLING_EXAMPLE,
    STEPS,
    checked_ahead,
    checked_order,
)
from app.credit.rules.collectability import CLASSES, EXAMPLE, checked_bounds
from app.credit.rules.lenders import LENDER_KINDS

FILE = Path(__file__).parents[1] / "bundled" / "aturan-pinjaman.yaml"
DAYS, ORDER, SETTLING = "hari_kolektibilitas", "urutan_bayar", "bunga_pelunasan"
# In the file and in addresses; in rows it is empty.
EVERYBODY = "umum"
FOR_ALL = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKind:
    """A rule: its name, what it changes, and how its value is typed."""

    code: str
    name: str
    note: str
    example: str
    check: Callable[[Sequence[object]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstValue:
    """What a rule always said for a kind of lender."""

    value: tuple[Any, ...]
    source: str
    doubt: str


RULES = {
    DAYS: RuleKind(
        code=DAYS,
        name="Kolektibilitas menurut hari tunggakan",
        note="Hari dihitung dari angsuran tertua yang belum lunas. Tiap angka adalah hari terakhir "
        "golongannya, dari Lancar sampai Diragukan; sesudahnya Macet.",
        example=EXAMPLE,
        check=checked_bounds,
    ),
    ORDER: RuleKind(
        code=ORDER,
        name="Urutan pembayaran",
        note="Apa yang lebih dulu dilunasi oleh uang yang masuk. Yang lebih dari tunggakan "
        "membayar angsuran berikutnya.",
        example=ORDER_EXAMPLE,
        check=checked_order,
    ),
    SETTLING: RuleKind(
        code=SETTLING,
        name="Bunga bila dilunasi lebih awal",
        note="Berapa angsuran berikutnya yang bunganya (atau marginnya) tetap dibayar bila "
        "pinjaman dilunasi sebelum waktunya. Sisanya dibebaskan.",
        example=SETTLING_EXAMPLE,
        check=checked_ahead,
    ),
}


@lru_cache(maxsize=1)
def first_values() -> Mapping[tuple[str, str], FirstValue]:
    """The first values by rule and kind of lender ("" for all), in the order of the file.

    Raises:
        ValueError: the file names an unknown rule or kind, or none for all.
        InvalidInput: a value of the file is none of its rule.
    """
    source: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
    found = {}
    for code, kinds in source.items():
        for kind, fields in kinds.items():
            if code not in RULES or kind not in (EVERYBODY, *LENDER_KINDS):
                raise ValueError(f"{code} for {kind} is unknown")
            RULES[code].check(fields["nilai"])
            found[(code, "" if kind == EVERYBODY else kind)] = FirstValue(
                value=tuple(fields["nilai"]),
                source=fields["sumber"],
                doubt=fields.get("belum_pasti", ""),
            )
    missing = [code for code in RULES if (code, FOR_ALL) not in found]
    if missing:
        raise ValueError(f"{missing} say nothing for all")
    return found


def kind_words(lender_kind: str) -> str:
    """For whom a value counts."""
    return LENDER_KINDS[lender_kind] if lender_kind else "Semua yang tidak disebut sendiri"


def in_words(code: str, value: Sequence[Any]) -> str:
    """A value as a page says it."""
    if code == DAYS:
        return _days_in_words(value)
    if code == ORDER:
        return ", lalu ".join(STEPS[one] for one in value).capitalize()
    if value[0] == ALL:
        return "Seluruh bunga sampai akhir"
    if value[0] == 0:
        return "Hanya yang sudah jatuh tempo"
    return f"Yang sudah jatuh tempo dan {value[0]} angsuran berikutnya"


def typed_value(code: str, text: str) -> list[Any]:
    """What somebody typed as the value of a rule.

    Raises:
        InvalidInput: it is none of that rule; field "value".
    """
    words = [word.strip().lower() for word in re.split(r"[,;]", text) if word.strip()]
    value: list[Any] = [int(word) if re.fullmatch(r"[0-9]{1,4}", word) else word for word in words]
    RULES[code].check(value)
    return value


def checked(code: str, value: Sequence[Any]) -> Any:
    """A value as it is reckoned with.

    Raises:
        InvalidInput: it is none of its rule.
    """
    return RULES[code].check(value)


def is_usable(code: str, value: Any) -> bool:
    """Whether a kept value may count."""
    try:
        RULES[code].check(value)
    except InvalidInput:
        return False
    return True


def _days_in_words(bounds: Sequence[int]) -> str:
    parts, first = [], 0
    for number, last in enumerate(bounds, 1):
        span = f"{last}" if first == last else f"{first} sampai {last}"
        parts.append(f"{CLASSES[number]} {span} hari")
        first = last + 1
    return f"{', '.join(parts)}, {CLASSES[5]} lebih dari {bounds[-1]} hari"
