"""The same enterprise or person in several rows of one file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.core.text import search_text
from app.enterprises.rules.sheet.checked import CheckedRow

# What is said of the person; it must agree wherever the same NIK stands.
OWNER_FIELDS = (
    "owner_name",
    "nik",
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


def find_repeats(rows: Iterable[CheckedRow]) -> None:
    """Mark later rows that repeat an earlier one: equal ones are noted, others are refused.

    Only rows without faults count. Rows that are equal in all values get `repeat_of` in their
    values and are written once.
    """
    by_key: dict[tuple[Any, ...], CheckedRow] = {}
    owners: dict[str, CheckedRow] = {}
    for row in rows:
        if row.is_faulty:
            continue
        keys = _keys(row)
        earlier = next((by_key[key] for key in keys if key in by_key), None)
        if earlier is None:
            _check_owner(row, owners)
        elif earlier.values == row.values:
            row.values = {**row.values, "repeat_of": earlier.row}
            row.note(None, "row_repeated", "", f"Sama dengan baris {_place(earlier, row)}.")
        else:
            row.add(
                None,
                "row_repeated_otherwise",
                "",
                f"Usaha ini sudah ada di baris {_place(earlier, row)} dengan isi lain. Sisakan "
                "satu yang benar.",
            )
        if not row.is_faulty:
            for key in keys:
                by_key.setdefault(key, row)


def _keys(row: CheckedRow) -> list[tuple[Any, ...]]:
    """By what a row is the same as another, the surest first."""
    values = row.values
    name, owner = search_text(values["name"]), search_text(values["owner_name"])
    nib, nik = values.get("nib"), values.get("nik")
    keys: list[tuple[Any, ...]] = [("name", name, owner, values.get("village_code"), nik)]
    if nik is not None:
        keys.insert(0, ("nik", nik, name))
    if nib is not None:
        keys.insert(0, ("nib", nib))
    return keys


def _check_owner(row: CheckedRow, owners: dict[str, CheckedRow]) -> None:
    nik = row.values.get("nik")
    if nik is None:
        return
    first = owners.setdefault(nik, row)
    if first is row:
        return
    if search_text(first.values["owner_name"]) != search_text(row.values["owner_name"]):
        row.add(
            None,
            "nik_repeated",
            "",
            f"NIK ini juga ada di baris {_place(first, row)} dengan nama pemilik lain.",
        )
        return
    different = [
        name
        for name in OWNER_FIELDS
        if name != "owner_name"
        and name in first.values
        and name in row.values
        and first.values[name] != row.values[name]
    ]
    if different:
        row.add(
            None,
            "owner_repeated_otherwise",
            "",
            f"Pemilik ini juga ada di baris {_place(first, row)}, tetapi data dirinya berbeda. "
            "Samakan keduanya.",
        )


def _place(earlier: CheckedRow, row: CheckedRow) -> str:
    if earlier.sheet == row.sheet:
        return str(earlier.row)
    return f"{earlier.row} (lembar {earlier.sheet})"
