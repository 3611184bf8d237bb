"""Whether a row is new, changes what is known, or repeats it; and what must not be decided here.

What lies outside the officer's areas is never described: its existence alone is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.core.errors import InvalidInput
from app.core.text import search_text
from app.enterprises.rules.similar import NEAR, name_nearness

NEW, CHANGED, SAME = "new", "changed", "same"
# Below this the holder of a NIK and the name in the row are two people.
_SAME_PERSON = 80.0

OWNER_COLUMNS = (
    "sex",
    "born_on",
    "phone",
    "category",
    "relation",
    "country",
    "work_sector",
    "years_abroad",
    "returned_on",
    "education",
)
ENTERPRISE_COLUMNS = (
    "product_line",
    "kbli_code",
    "sector",
    "address",
    "hamlet",
    "village_code",
    "lat",
    "lng",
    "started_on",
    "workers_paid_male",
    "workers_paid_female",
    "workers_family_male",
    "workers_family_female",
    "capital",
    "yearly_sales",
    "nib",
    "npwp",
)
_ORDERS = {
    "nik": ("nik", "nib", "name"),
    "nib": ("nib", "nik", "name"),
    "name_village": ("name", "nik", "nib"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOwner:
    """An owner of the register; `is_reached`: through an enterprise in the officer's areas."""

    id: UUID
    nik_index: str | None
    search_name: str
    is_reached: bool
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEnterprise:
    """An enterprise of the register with its owner."""

    id: UUID
    owner: KnownOwner
    search_name: str
    is_reached: bool
    values: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Known:
    """What of the register may concern a slice of rows."""

    owners_by_nik: dict[str, KnownOwner] = field(default_factory=dict)
    by_nib: dict[str, KnownEnterprise] = field(default_factory=dict)
    by_owner: dict[UUID, list[KnownEnterprise]] = field(default_factory=dict)
    # In a village: by the enterprise's name, and by its owner's.
    by_name: dict[tuple[str, str], list[KnownEnterprise]] = field(default_factory=dict)
    by_owner_name: dict[tuple[str, str], list[KnownEnterprise]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a row; changes are column → new value."""

    action: str
    enterprise: KnownEnterprise | None = None
    owner: KnownOwner | None = None
    owner_changes: Mapping[str, Any] = field(default_factory=dict)
    enterprise_changes: Mapping[str, Any] = field(default_factory=dict)
    adds_nik: bool = False


_NEW = Decision(action=NEW)


def decide(
    values: Mapping[str, Any], nik_index: str | None, known: Known, *, match_key: str
) -> Decision:
    """Compare one row with what is known.

    Raises:
        InvalidInput: `needs_verification` (known elsewhere), or something a person must settle.
    """
    if _is_unheard_of(values, nik_index, known):
        return _NEW
    owner = known.owners_by_nik.get(nik_index or "")
    if owner is not None:
        _check_holder(owner, values)
    finders = {
        "nik": lambda: _by_nik(values, owner, known),
        "nib": lambda: _by_nib(values, nik_index, known),
        "name": lambda: _by_name(values, nik_index, known),
    }
    for key in _ORDERS[match_key]:
        enterprise = finders[key]()
        if enterprise is not None:
            _check_owner(enterprise, nik_index)
            return _compared(values, nik_index, enterprise)
    _refuse_near(values, nik_index, known, owner)
    if owner is None:
        return Decision(action=NEW)
    return Decision(action=NEW, owner=owner, owner_changes=_owner_changes(values, owner))


def _is_unheard_of(values: Mapping[str, Any], nik_index: str | None, known: Known) -> bool:
    """Whether nothing known could be this row: by NIK, NIB, name, or the owner's name."""
    if nik_index in known.owners_by_nik or values.get("nib") in known.by_nib:
        return False
    if not known.by_name:
        return True
    village = values["village_code"]
    return (village, search_text(values["name"])) not in known.by_name and (
        village,
        search_text(values["owner_name"]),
    ) not in known.by_owner_name


def _check_holder(owner: KnownOwner, values: Mapping[str, Any]) -> None:
    if not owner.is_reached:
        raise needs_verification("NIK")
    if name_nearness(search_text(values["owner_name"]), owner.search_name) < _SAME_PERSON:
        raise InvalidInput(
            "nik_of_another",
            field="nik",
            message="NIK ini sudah terdaftar atas nama lain. Periksa NIK dan nama pemilik.",
        )


def _check_owner(enterprise: KnownEnterprise, nik_index: str | None) -> None:
    known = enterprise.owner.nik_index
    if nik_index is not None and known is not None and known != nik_index:
        raise InvalidInput(
            "owner_differs",
            field="nik",
            message="Usaha ini sudah terdaftar atas pemilik dengan NIK lain. Periksa NIK-nya.",
        )


def _by_nik(
    values: Mapping[str, Any], owner: KnownOwner | None, known: Known
) -> KnownEnterprise | None:
    if owner is None:
        return None
    name = search_text(values["name"])
    same = [each for each in known.by_owner.get(owner.id, []) if each.search_name == name]
    return _the_one(same, values)


def _by_nib(
    values: Mapping[str, Any], nik_index: str | None, known: Known
) -> KnownEnterprise | None:
    found = known.by_nib.get(values.get("nib", ""))
    if found is None:
        return None
    if not found.is_reached:
        raise needs_verification("NIB")
    is_same_owner = nik_index is not None and found.owner.nik_index == nik_index
    nearness = name_nearness(search_text(values["owner_name"]), found.owner.search_name)
    if not is_same_owner and nearness < _SAME_PERSON:
        raise InvalidInput(
            "nib_of_another",
            field="nib",
            message="NIB ini sudah terdaftar atas pemilik lain. Periksa NIB dan nama pemilik.",
        )
    return found


def _by_name(
    values: Mapping[str, Any], nik_index: str | None, known: Known
) -> KnownEnterprise | None:
    owner_name = search_text(values["owner_name"])
    place = (values["village_code"], search_text(values["name"]))
    same = [
        each
        for each in known.by_name.get(place, [])
        if each.owner.search_name == owner_name
        and (nik_index is None or each.owner.nik_index in (None, nik_index))
    ]
    return _the_one(same, values)


def _the_one(same: Sequence[KnownEnterprise], values: Mapping[str, Any]) -> KnownEnterprise | None:
    if len(same) > 1:
        same = [
            each for each in same if each.values["village_code"] == values["village_code"]
        ] or same
    if len(same) > 1:
        raise InvalidInput(
            "several_match",
            field="name",
            message="Beberapa usaha terdaftar cocok dengan baris ini. Isi NIB-nya.",
        )
    if same and not same[0].is_reached:
        raise needs_verification("Usaha")
    return same[0] if same else None


def _refuse_near(
    values: Mapping[str, Any], nik_index: str | None, known: Known, owner: KnownOwner | None
) -> None:
    """Ask when the same person has an enterprise of nearly the same name in the village."""
    name = search_text(values["name"])
    if owner is not None:
        others = known.by_owner.get(owner.id, [])
    else:
        place = (values["village_code"], search_text(values["owner_name"]))
        others = [
            each
            for each in known.by_owner_name.get(place, [])
            if nik_index is None or each.owner.nik_index in (None, nik_index)
        ]
    for each in others:
        if each.is_reached and name_nearness(name, each.search_name) >= NEAR:
            raise InvalidInput(
                "name_near",
                field="name",
                message=f"Mirip dengan “{each.values['name']}” milik orang yang sama. Tulis nama "
                "yang sama bila itu usaha yang sama, atau nama yang jelas berbeda.",
            )


def _compared(
    values: Mapping[str, Any], nik_index: str | None, enterprise: KnownEnterprise
) -> Decision:
    owner = enterprise.owner
    changes = _changes(values, enterprise.values, ENTERPRISE_COLUMNS)
    if search_text(values["name"]) != enterprise.search_name:
        changes["name"] = values["name"]
    owner_changes = _owner_changes(values, owner)
    adds_nik = nik_index is not None and owner.nik_index is None
    is_changed = bool(changes or owner_changes or adds_nik)
    return Decision(
        action=CHANGED if is_changed else SAME,
        enterprise=enterprise,
        owner=owner,
        owner_changes=owner_changes,
        enterprise_changes=changes,
        adds_nik=adds_nik,
    )


def _owner_changes(values: Mapping[str, Any], owner: KnownOwner) -> dict[str, Any]:
    changes = _changes(values, owner.values, OWNER_COLUMNS)
    if search_text(values["owner_name"]) != owner.search_name:
        changes["name"] = values["owner_name"]
    return changes


def _changes(
    values: Mapping[str, Any], known: Mapping[str, Any], columns: Sequence[str]
) -> dict[str, Any]:
    # An empty cell says nothing: it never erases what is known.
    return {
        column: values[column]
        for column in columns
        if column in values and values[column] != known[column]
    }


def needs_verification(what: str) -> InvalidInput:
    """The refusal of what is known outside the officer's areas, without saying who or where."""
    return InvalidInput(
        "needs_verification",
        field={"NIK": "nik", "NIB": "nib"}.get(what, "name"),
        message=f"Perlu verifikasi: {what} ini sudah tercatat di sistem. Hubungi Disnaker provinsi "
        "atau admin.",
    )
