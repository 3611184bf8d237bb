"""Numbers that identify people, firms and permits: parsed, checked, masked.

A hard error (`InvalidInput`) is raised only for what can't exist. Everything else is a `Doubt`
that a person may confirm: numbers live longer than the rules by which they were given out.

Source of the shapes: docs/decisions and the guidance quoted beside each parser.
"""

from __future__ import annotations

from app.core.identity.doubt import Doubt
from app.core.identity.people import (
    FamilyCard,
    Nik,
    check_nik_against,
    mask_nik,
    parse_family_card,
    parse_nik,
)
from app.core.identity.permits import (
    DrugFoodPermit,
    HalalNumber,
    HouseholdFoodPermit,
    Trademark,
    check_pirt_against,
    parse_halal,
    parse_kbli,
    parse_md,
    parse_merek,
    parse_nib,
    parse_pirt,
)
from app.core.identity.phone import Phone, mask_phone, parse_phone, shown_phone
from app.core.identity.tax import TaxNumber, parse_nitku, parse_npwp

__all__ = [
    "Doubt",
    "DrugFoodPermit",
    "FamilyCard",
    "HalalNumber",
    "HouseholdFoodPermit",
    "Nik",
    "Phone",
    "TaxNumber",
    "Trademark",
    "check_nik_against",
    "check_pirt_against",
    "mask_nik",
    "mask_phone",
    "parse_family_card",
    "parse_halal",
    "parse_kbli",
    "parse_md",
    "parse_merek",
    "parse_nib",
    "parse_nik",
    "parse_nitku",
    "parse_npwp",
    "parse_phone",
    "parse_pirt",
    "shown_phone",
]
