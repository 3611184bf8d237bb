"""What is read at once is read as the long way reads it."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.headers import Column
from app.enterprises.rules.sheet.quick import quick_reader
from app.enterprises.rules.sheet.values import Around, read_cell

AROUND = Around(today=date(2026, 11, 22))
CELLS = {
    "name": ["Keripik Sari", " Sari", "Sari  Jaya", "-", "123", "S", "Sari\tJaya", "x" * 161,
             "Ã©clair", "Nur’aini", "=1+1 Sari", ""],
    "owner_name": ["Sri Rahayu, S.Pd", "x" * 121, "0", "Siti "],
    "address": ["Jl. Merdeka No. 5", "-", "x" * 301, "a", "Jl  Dua"],
    "nik": ["3302045908850001", "3302045908850000", "9902045908850001", "3302043208850001",
            "330204590885000", "3302045908200001", "'3302045908850001", "3302 0459 0885 0001",
            "０３０２０４５９０８８５０００１", "3302042902010001", "3302042902000001"],
    "nib": ["1234567890123", "123456789012", "0000000000000", "1234567890123 "],
    "phone": ["081234567890", "08123456", "080234567890", "+6281234567890", "0281684123",
              "081234567890123456", "0812-3456-7890"],
    "born_on": ["17/08/1985", "7/8/1985", "31/06/1985", "08/17/1985", "00/00/0000", "17/08/85",
                "22/11/2026", "23/11/2026", "31/12/1899", "01/01/1900", " 17/08/1985"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "cell"), [(field, cell) for field, cells in CELLS.items() for cell in cells]
)
def test_a_quick_value_is_the_slow_one_without_remarks(field, cell):
    reader = quick_reader(field, AROUND)
    quick = reader(cell) if reader else None

    try:
        slow = read_cell(Column(index=1, header="x", field=field), cell, AROUND)
    except InvalidInput:
        assert quick is None
        return
    assert quick is None or (quick == slow.value and not slow.notes)


@pytest.mark.parametrize(
    ("field", "cell"),
    [(field, cells[0]) for field, cells in CELLS.items()],
)
def test_what_lists_usually_hold_is_read_at_once(field, cell):
    reader = quick_reader(field, AROUND)

    assert reader is not None
    assert reader(cell) is not None
