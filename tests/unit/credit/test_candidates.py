"""What stands against putting an enterprise forward for KUR: each rule at its edge."""

from __future__ import annotations

from datetime import date

import pytest

from app.credit.rules.candidates import Asked, reasons

TODAY = date(2026, 11, 22)
FITTING = {
    "has_consented": True,
    "life_cycle": "aktif",
    "has_nik": True,
    "has_nib": True,
    "started_on": date(2026, 5, 22),
    "health_class": "kurang_sehat",
    "is_expired": False,
    "has_proof": True,
    "late_days": 30,
}


def test_nothing_stands_against_who_fulfils_each_rule_to_the_day():
    assert reasons(Asked(**FITTING), on=TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"has_consented": False}, "mengizinkan"),
        ({"life_cycle": "tutup"}, "tidak sedang aktif"),
        ({"has_nik": False}, "NIK"),
        ({"has_nib": False}, "NIB"),
        ({"started_on": date(2026, 5, 23)}, "belum berjalan 6 bulan"),
        ({"started_on": None}, "tanggal mulai"),
        ({"health_class": "sakit"}, "sedang sakit"),
        ({"health_class": None}, "penilaian kesehatan"),
        ({"is_expired": True}, "penilaian kesehatan"),
        ({"has_proof": None}, "belum punya buku kas"),
        ({"has_proof": False}, "separuh hari buka"),
        ({"late_days": 31}, "menunggak lebih dari 30 hari"),
    ],
)
def test_each_rule_alone_is_told_in_words(changed, word):
    (reason,) = reasons(Asked(**FITTING | changed), on=TODAY)

    assert word in reason


def test_all_that_is_lacking_is_told_at_once():
    lacking = Asked(**FITTING | {"has_consented": False, "has_nib": False, "late_days": 90})

    assert len(reasons(lacking, on=TODAY)) == 3
