"""What a phone says of an owner and an enterprise: all of it, or single fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.enterprises.rules.consents import BASE, purposes
from app.enterprises.rules.facts import EnterpriseFacts, OwnerFacts
from app.enterprises.rules.kbli import VERSIONS
from app.enterprises.rules.labels import (
    CATEGORY_LABELS,
    CONSENT_LABELS,
    EDUCATION_LABELS,
    LIFE_CYCLE_LABELS,
    RELATION_LABELS,
    SECTOR_LABELS,
    SEX_LABELS,
)
from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed, refused

Read = Callable[[Fields, str], Any]
_MOST_RUPIAH = 10**13
_MOST_WORKERS = 9999


def _text(most: int) -> Read:
    return lambda fields, name: fields.text(name, most)


def _choice(known: Any) -> Read:
    return lambda fields, name: fields.choice(name, known)


def _whole(most: int) -> Read:
    return lambda fields, name: fields.whole(name, 0, most)


def _day(fields: Fields, name: str) -> Any:
    return fields.day(name)


def _flag(fields: Fields, name: str) -> Any:
    return fields.flag(name)


def _degrees(most: float) -> Read:
    def read(fields: Fields, name: str) -> float | None:
        found = fields.number(name)
        if found is not None and abs(found) > most:
            raise refused(name, "number_wrong", "Titik ini tidak ada di bumi.")
        return found

    return read


def _months(fields: Fields, name: str) -> tuple[int, ...]:
    found = fields.items(name, 12)
    if not all(type(month) is int and 1 <= month <= 12 for month in found):
        raise refused(name, "number_wrong", "Pilih bulan-bulannya.")
    return tuple(sorted(set(found)))


def _purposes(fields: Fields, name: str) -> tuple[str, ...]:
    known = {one.key for one in purposes()} - {BASE}
    found = fields.items(name, 20)
    if not all(isinstance(key, str) and key in known for key in found):
        raise refused(name, "choice_unknown", "Pilihan ini tidak dikenal.")
    return tuple(dict.fromkeys(found))


OWNER_FIELDS: dict[str, Read] = {
    "name": _text(120),
    "nik": _text(40),
    "phone": _text(30),
    "sex": _choice(SEX_LABELS),
    "born_on": _day,
    "category": _choice(CATEGORY_LABELS),
    "relation": _choice(RELATION_LABELS),
    "country": _text(60),
    "work_sector": _text(80),
    "years_abroad": _whole(60),
    "returned_on": _day,
    "education": _choice(EDUCATION_LABELS),
}
_CONSENT_FIELDS: dict[str, Read] = {
    "consented_on": _day,
    "consent_way": _choice(CONSENT_LABELS),
    "consent_witness": _text(120),
    "consent_purposes": _purposes,
}
ENTERPRISE_FIELDS: dict[str, Read] = {
    "name": _text(160),
    "village_code": _text(13),
    "product_line": _text(200),
    "sector": _choice(SECTOR_LABELS),
    "kbli_code": _text(10),
    "kbli_version": _choice(VERSIONS),
    "address": _text(300),
    "hamlet": _text(80),
    "lat": _degrees(90),
    "lng": _degrees(180),
    "started_on": _day,
    "workers_paid_male": _whole(_MOST_WORKERS),
    "workers_paid_female": _whole(_MOST_WORKERS),
    "workers_family_male": _whole(_MOST_WORKERS),
    "workers_family_female": _whole(_MOST_WORKERS),
    "capital": _whole(_MOST_RUPIAH),
    "yearly_sales": _whole(_MOST_RUPIAH),
    "nib": _text(40),
    "npwp": _text(40),
    "has_equipment": _flag,
    "declared_non_halal": _flag,
    "sold_outside_home": _flag,
    "is_seasonal": _flag,
    "season_months": _months,
}
LIFE_CYCLE = "life_cycle"
REASON = "life_cycle_reason"
_OWNER = "owner."
# Of these the one that stands here stays until somebody decides.
SENSITIVE = frozenset(
    {"owner.nik", "nib", "npwp", "capital", "yearly_sales", LIFE_CYCLE, "owner.category"}
)
EDIT_FIELDS: dict[str, Read] = {
    **ENTERPRISE_FIELDS,
    **{f"{_OWNER}{name}": read for name, read in OWNER_FIELDS.items()},
    LIFE_CYCLE: _choice(LIFE_CYCLE_LABELS),
    REASON: _text(300),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationSaid:
    """An owner and their enterprise; `confirmed` are doubts that the mentor looked at."""

    owner_id: UUID
    owner: OwnerFacts
    enterprise: EnterpriseFacts
    confirmed: tuple[str, ...]
    rest: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSaid:
    """Fields with their new value, and what the phone believed to stand there before."""

    changes: dict[str, Any]
    base: dict[str, Any]
    rest: dict[str, Any]


def registration_said(operation: Operation) -> RegistrationSaid:
    """Read a registration.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields = Fields(operation.data)
    owner, enterprise = (
        Fields(fields.pairs("owner", 60)),
        Fields(fields.pairs("enterprise", 60)),
    )
    owner_values = _read(owner, {**OWNER_FIELDS, **_CONSENT_FIELDS})
    values = _read(enterprise, ENTERPRISE_FIELDS)
    needed("owner.name", owner_values["name"])
    needed("name", values["name"])
    needed("village_code", values["village_code"])
    confirmed = fields.items("confirmed", 50)
    owner_id = needed("owner_id", fields.key("owner_id"))
    rest = {
        **fields.rest,
        **{f"{_OWNER}{name}": value for name, value in owner.rest.items()},
        **{f"enterprise.{name}": value for name, value in enterprise.rest.items()},
    }
    return RegistrationSaid(
        owner_id=owner_id,
        owner=OwnerFacts(**owner_values),
        enterprise=EnterpriseFacts(**values),
        confirmed=tuple(code for code in confirmed if isinstance(code, str)),
        rest=rest,
    )


def edit_said(operation: Operation) -> EditSaid:
    """Read changes of single fields.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields = Fields(operation.data)
    new, old = Fields(fields.pairs("changes", 60)), Fields(fields.pairs("base", 60))
    changes = {name: read(new, name) for name, read in EDIT_FIELDS.items() if new.has(name)}
    base = {name: read(old, name) for name, read in EDIT_FIELDS.items() if old.has(name)}
    for name in ("name", "village_code", "owner.name", LIFE_CYCLE):
        if name in changes:
            needed(name, changes[name])
    if not changes:
        raise refused("changes", "nothing_changed", "Tidak ada isian yang diubah.")
    rest = dict(fields.rest)
    if new.rest:
        rest["changes"] = new.rest
    return EditSaid(changes=changes, base=base, rest=rest)


def of_owner(field: str) -> str | None:
    """The column of the owner that a field of an edit names; None for one of the enterprise."""
    return field.removeprefix(_OWNER) if field.startswith(_OWNER) else None


def as_json(value: Any) -> Any:
    """A value of a field as it is kept for a decision."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def value_of(field: str, said: Any) -> Any:
    """A value that was kept, or typed by whoever decides, as the field has it.

    Raises:
        InvalidInput: it can't be meant so.
    """
    return EDIT_FIELDS[field](Fields({field: said}), field)


def _read(fields: Fields, known: dict[str, Read]) -> dict[str, Any]:
    return {name: read(fields, name) for name, read in known.items()}
