"""What an owner's values say together, which no single cell can say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.core.identity import parse_nik
from app.enterprises.rules.eligibility import RETURNED
from app.enterprises.rules.facts import FAMILY
from app.enterprises.rules.numbers import nik_doubts
from app.enterprises.rules.sheet.checked import CheckedRow
from app.enterprises.rules.sheet.headers import Column


def check_person(row: CheckedRow, columns: Mapping[str, Column]) -> None:
    """Compare NIK, sex, birth date, category and return date of one row."""
    _check_category(row, columns)
    values = row.values
    nik = values.get("nik")
    if nik is None or not ("born_on" in values or "sex" in values):
        return
    if nik_agrees(nik, values.get("born_on"), values.get("sex")):
        return
    for doubt in nik_doubts(
        parse_nik(nik),
        born_on=values.get("born_on"),
        sex=values.get("sex"),
        village_code=None,
    ):
        row.note(columns.get("nik"), doubt.code, "", doubt.message)


def nik_agrees(nik: str, born_on: date | None, sex: str | None) -> bool:
    """Whether the digits of a NIK fit the birth date and sex that stand beside it."""
    day = int(nik[6:8])
    is_woman = day > 40
    if sex is not None and (sex == "P") != is_woman:
        return False
    if born_on is None:
        return True
    return (
        day - 40 * is_woman == born_on.day
        and int(nik[8:10]) == born_on.month
        and int(nik[10:12]) == born_on.year % 100
    )


def _check_category(row: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = row.values
    column = columns.get("returned_on")
    if "returned_on" in values:
        category = values.setdefault("category", RETURNED)
        if "category" not in columns:
            return
        if category != RETURNED:
            row.add(
                column,
                "returned_on_unfit",
                values["returned_on"],
                "Tanggal pulang hanya untuk PMI purna. Kosongkan, atau betulkan kategorinya.",
            )
        if "born_on" in values and values["returned_on"] <= values["born_on"]:
            row.add(
                column,
                "returned_before_born",
                values["returned_on"],
                "Tanggal pulang sebelum tanggal lahir. Betulkan salah satu.",
            )
    if values.get("category") == FAMILY and "relation" not in values:
        row.note(
            columns.get("relation") or columns.get("category"),
            "relation_missing",
            "",
            "Hubungan keluarga dengan PMI belum diisi. Lengkapi di halaman pemilik.",
        )
