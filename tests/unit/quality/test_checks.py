"""Each rule fires on what it is for, and on nothing that is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.distance import Place
from app.core.identity import parse_nik
from app.health.rules.instrument_file import first_instrument
from app.quality.frames import around
from app.quality.rules.checks import RULES, doubts, restored
from app.quality.rules.facts import Around, Assessed, Facts, Happened
from app.quality.rules.outliers import LEAST_NEIGHBOURS

TODAY = date(2026, 11, 22)
ID = UUID(int=7)
HERE, FAR = Place(lat=-7.5, lng=109.2), Place(lat=-7.4, lng=109.2)
NOBODY = Around()


def assessed(context=None, evidence=None, **answers) -> Assessed:
    instrument = first_instrument()
    points = {"MNJ1": 4, "MNJ3": 3, "LGL1": 4, "PRD5": 4, **answers}
    codes = [indicator.code for indicator in instrument.indicators]
    return Assessed(
        id=ID,
        assessed_on=date(2026, 10, 1),
        instrument=instrument,
        sector="A",
        points=tuple(points.get(code, 3) for code in codes),
        evidence=tuple((evidence or {}).get(code, "pengakuan") for code in codes),
        context=context or {},
    )


# Nothing of it contradicts anything.
WELL = Facts(
    enterprise_id=ID,
    owner_id=ID,
    village_code="33.02.04.2005",
    today=TODAY,
    sector="A",
    started_on=date(2024, 1, 1),
    capital=5_000_000,
    yearly_sales=60_000_000,
    workers=(0, 1, 0, 1),
    size_class="mikro",
    is_ultra_micro=True,
    nib="1234567890123",
    life_cycle_on=date(2026, 1, 1),
    has_equipment=True,
    place=HERE,
    sex="P",
    born_on=date(1985, 8, 12),
    nik=parse_nik("3302145208850003", today=TODAY),
    category="purna",
    returned_on=date(2023, 3, 1),
    years_abroad=6,
    first_assessed_on=date(2025, 1, 1),
    assessment=assessed(),
    visit_with_place=Happened(id=ID, on=TODAY, place=HERE),
    tool=Happened(id=ID, name="Penutup kemasan", on=date(2026, 10, 9), days_used=20),
)
LATER = TODAY + timedelta(days=3)
DOUBTFUL = {
    "modal_omzet": {"capital": 2_000_000_000},
    "kelas_usaha": {"size_class": "kecil", "is_ultra_micro": False},
    "ultra_mikro": {"workers": (2, 2, 0, 1)},
    "pekerja_banyak": {"workers": (10, 10, 0, 0), "is_ultra_micro": False},
    "tutup_dikunjungi": {"life_cycle": "tutup", "visit_after_end": Happened(id=ID, on=TODAY),
                         "assessment": None},
    "tutup_terapi": {"life_cycle": "tutup", "open_therapy": Happened(id=ID, name="Buku kas"),
                     "assessment": None},
    "tutup_dinilai": {"life_cycle": "tutup"},
    "mulai_nanti": {"started_on": LATER, "first_assessed_on": None, "assessment": None},
    "mulai_kecil": {"started_on": date(1991, 1, 1)},
    "berangkat_kecil": {"years_abroad": 25},
    "pulang_nanti": {"returned_on": LATER},
    "masih_pergi": {"category": "aktif"},
    "umur_nik": {"born_on": date(1985, 8, 13)},
    "jenis_nik": {"sex": "L"},
    "hp_bersama": {"same_phone": 3, "phone_index": "x"},
    "bentuk_nib": {"nib": "12345"},
    "bentuk_npwp": {"npwp": "123456789012345"},
    "kunjungan_jauh": {"visit_with_place": Happened(id=ID, on=TODAY, place=FAR)},
    "alat_disangkal": {"has_equipment": False},
    "mulai_dinilai": {"first_assessed_on": date(2023, 1, 1)},
    "mulai_dijual": {"assessment": assessed({"days_since_last_sale": 1200}, PSR2=0)},
    "angka_jawaban": {"assessment": assessed({"arrears_days": 40}, MDL2=4)},
    "buku_bukti": {"assessment": assessed(evidence={"KEU1": "buku"}, MNJ1=0)},
    "buku_target": {"assessment": assessed(MNJ1=0, MNJ3=4)},
    "buku_hari": {"assessment": assessed({"book_coverage": 0.6}, MNJ1=0)},
    "tunggakan_pinjaman": {
        "assessment": assessed({"arrears_days": 40, "debt_service_ratio": 0}, MDL1=4, MDL2=1)
    },
    "nib_disangkal": {"assessment": assessed(LGL1=0)},
    "nib_belum_dicatat": {"nib": None, "assessment": assessed(evidence={"LGL1": "dilihat"})},
    "musim": {"assessment": assessed({"off_season": True})},
    "pakai_alat": {"assessment": assessed(PRD5=0)},
}  # fmt: skip


def found(facts: Facts, neighbours: Around = NOBODY) -> set[str]:
    return {doubt.rule.code for doubt in doubts(facts, neighbours)}


def test_what_is_well_is_not_doubted():
    assert found(WELL) == set()


@pytest.mark.parametrize("code", DOUBTFUL)
def test_a_contradiction_is_found_and_nothing_else(code):
    facts = replace(WELL, **DOUBTFUL[code])

    assert found(facts) == {code}


def test_every_rule_has_a_case_here_or_among_the_neighbours():
    beside = {"omzet_jauh", "modal_jauh", "pekerja_jauh", "omzet_orang_jauh", "titik_jauh"}

    assert set(RULES) == {*DOUBTFUL, *beside}


def village(count: int = LEAST_NEIGHBOURS) -> list[Facts]:
    """Neighbours who sell 40 to 78 million and live within a kilometre."""
    return [
        replace(
            WELL,
            enterprise_id=UUID(int=100 + number),
            yearly_sales=40_000_000 + number * 2_000_000,
            place=Place(lat=-7.5 + number / 5000, lng=109.2),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("odd", "codes"),
    [
        ({"yearly_sales": 900_000_000}, {"omzet_jauh", "omzet_orang_jauh"}),
        ({"yearly_sales": 60_000}, {"omzet_jauh", "omzet_orang_jauh"}),
        ({"capital": 900_000_000}, {"modal_jauh"}),
        ({"workers": (30, 20, 0, 0), "is_ultra_micro": False},
         {"pekerja_jauh", "pekerja_banyak", "omzet_orang_jauh"}),
        ({"place": Place(lat=-7.4, lng=109.2), "visit_with_place": None}, {"titik_jauh"}),
    ],
)  # fmt: skip
def test_who_is_far_from_the_neighbours_is_found_with_their_range(odd, codes):
    others = village()
    facts = replace(WELL, **odd)

    neighbours = around([*others, facts])

    assert found(facts, neighbours) == codes
    assert all(not found(one, neighbours) for one in others)


def test_the_range_that_is_shown_is_that_of_the_neighbours():
    facts = replace(WELL, yearly_sales=900_000_000)
    neighbours = around([*village(), facts])

    doubt = next(one for one in doubts(facts, neighbours) if one.rule.code == "omzet_jauh")

    usual = neighbours.usual["omzet", "A"]
    assert usual.count == LEAST_NEIGHBOURS + 1
    assert usual.low < 40_000_000 < usual.middle < 78_000_000 < usual.high < 900_000_000
    assert "21 usaha pangan kemasan" in doubt.sides[1].text


def test_few_neighbours_tell_nothing():
    facts = replace(WELL, yearly_sales=900_000_000)

    assert found(facts, around([*village(LEAST_NEIGHBOURS - 2), facts])) == set()


def test_the_fingerprint_follows_the_value_and_not_the_neighbours():
    def of(facts: Facts, count: int) -> str:
        neighbours = around([*village(count), facts])
        return next(d.fingerprint for d in doubts(facts, neighbours) if d.rule.code == "omzet_jauh")

    odd = replace(WELL, yearly_sales=900_000_000)

    assert of(odd, 20) == of(odd, 30)
    assert of(odd, 20) != of(replace(odd, yearly_sales=800_000_000), 20)


def test_a_doubt_that_a_person_confirmed_in_the_form_is_not_raised_again():
    facts = replace(WELL, sex="L", confirmed=frozenset({"nik_sex_differs"}))

    assert found(facts) == set()


def test_the_two_values_come_back_from_the_database_as_they_were():
    doubt = next(doubts(replace(WELL, nib="12345"), NOBODY))

    told = [(side.label, side.text, side.page, side.subject_id) for side in doubt.sides]
    back = [(s.label, s.text, s.page, s.subject_id) for s in restored(doubt.stored())]
    assert back == told
