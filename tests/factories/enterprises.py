"""Owners and enterprises for tests; what a test cares about it states itself."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from app.core import settings
from app.core.clock import local_today, utc_now
from app.core.identity import mask_nik
from app.core.ids import new_id
from app.core.sealing import blind_index, seal
from app.core.text import search_text
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import insert_once
from app.enterprises.models import Enterprise, Owner
from app.places.models import Area

VILLAGE = "33.02.04.2005"
OTHER_VILLAGE = "35.07.10.2003"
_NUMBERS = count(1)
_LEVELS = {2: "provinsi", 5: "kabkota", 8: "kecamatan", 13: "desa"}
_NAMES = {
    "33": "Jawa Tengah",
    "33.02": "Kabupaten Banyumas",
    "33.02.04": "Rawalo",
    "33.02.04.2005": "Losari",
    "35": "Jawa Timur",
    "35.07": "Kabupaten Malang",
    "35.07.10": "Gondanglegi",
    "35.07.10.2003": "Putat Lor",
}


def village_rows(code: str = VILLAGE) -> str:
    """A village and the areas above it, if they are not there yet; gives the code."""
    rows = []
    for length, level in _LEVELS.items():
        if length > len(code):
            break
        part = code[:length]
        name = _NAMES.get(part, f"Wilayah {part}")
        rows.append(
            {
                "code": part,
                "name": name,
                "level": level,
                "kind": "kabupaten" if level == "kabkota" else level,
                "parent_code": part[: {2: 0, 5: 2, 8: 5, 13: 8}[length]] or None,
                "search_name": search_text(name),
                "search_path": search_text(name),
            }
        )
    with transaction():
        insert_once(Area.__table__, rows, key=["code"])
    return code


def nik(born_on: date = date(1985, 8, 12), *, is_woman: bool = True, area: str = "330214") -> str:
    """A possible NIK that no other call gave."""
    day = born_on.day + 40 * is_woman
    return f"{area}{day:02d}{born_on:%m%y}{next(_NUMBERS) % 9000 + 1000:04d}"


def owner(*, nik: str | None = None, name: str | None = None, **values: Any) -> Owner:
    """An owner; a NIK is sealed as the service seals it."""
    number = next(_NUMBERS)
    owner_id = values.pop("id", None) or new_id()
    name = name or f"Siti Rahayu {number}"
    phone = values.pop("phone", f"+62812{number:08d}")
    row = Owner(
        id=owner_id,
        name=name,
        search_name=search_text(name),
        sex=values.pop("sex", "P"),
        category=values.pop("category", "purna"),
        returned_on=values.pop("returned_on", date(2024, 3, 1)),
        confirmed_warnings=[],
        created_at=utc_now(),
        updated_at=utc_now(),
        **values,
    )
    row.keep_phone(phone)
    if nik is not None:
        keys = settings.current()
        row.nik_sealed = seal(nik, keys.nik_key, owner_id.bytes)
        row.nik_index = blind_index(nik, keys.nik_index_key)
        row.nik_masked = mask_nik(nik)
    return _saved(row)


def enterprise(
    *,
    owner: Owner | None = None,
    mentor: Any = None,
    name: str | None = None,
    village_code: str = VILLAGE,
    **values: Any,
) -> Enterprise:
    """An enterprise in a village (made if need be); `mentor` is an account, set on the row only."""
    village_rows(village_code)
    owner_row = owner or _new_owner()
    name = name or f"Keripik Tempe {next(_NUMBERS)}"
    row = Enterprise(
        id=values.pop("id", None) or new_id(),
        owner_id=owner_row.id,
        name=name,
        search_name=search_text(name),
        search_words=values.pop("search_words", None)
        or search_text(f"{name} {owner_row.name} {values.get('product_line') or ''}"),
        sector=values.pop("sector", "A"),
        village_code=village_code,
        life_cycle=values.pop("life_cycle", "aktif"),
        life_cycle_on=values.pop("life_cycle_on", local_today()),
        mentor_id=values.pop("mentor_id", None) or (mentor.id if mentor is not None else None),
        created_at=values.pop("created_at", None) or utc_now(),
        updated_at=utc_now(),
        season_months=values.pop("season_months", []),
        confirmed_warnings=[],
        **values,
    )
    return _saved(row)


def sick_enterprise(**values: Any) -> Enterprise:
    """An enterprise whose last assessment, today, said sakit."""
    return enterprise(
        **{
            "health_class": "sakit",
            "health_score": 312,
            "health_status": "final",
            "assessed_on": local_today(),
            "sick_since_on": local_today(),
            **values,
        }
    )


def _new_owner() -> Owner:
    return owner()


def _saved(row: Any) -> Any:
    key: UUID = row.id
    kind = type(row)
    with transaction():
        db.session.add(row)
    return db.session.get(kind, key)
