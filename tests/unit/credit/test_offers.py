"""Offers: those that come with the program, and what no offer may be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from app.core.errors import InvalidInput
from app.credit.rules.calculation import calculated, compared
from app.credit.rules.offers import LENDERS, checked, first_offers, outside
from app.credit.rules.schedules import FLAT, METHODS, MURABAHAH, WEEK, LoanTerms


def test_every_offer_names_its_source_and_what_is_unsure():
    assert set(first_offers()) >= {"kur_super_mikro", "kur_mikro", "umi", "mekaar", "koperasi"}
    for one in first_offers().values():
        assert all((one.source, one.doubt, one.conditions))
        assert one.lender in LENDERS
        assert one.method in METHODS


def test_a_flat_offer_never_stands_without_what_it_truly_costs():
    flat = [one for one in first_offers().values() if one.method == FLAT]

    assert flat
    for one in flat:
        assert one.true_rate > one.percent
        assert "efektif" in one.true_rate_words


def test_an_offer_says_what_does_not_fit_it():
    kur, mekaar = first_offers()["kur_mikro"], first_offers()["mekaar"]

    def terms(amount, count, every="bulan"):
        return LoanTerms(amount=amount, method=FLAT, count=count, every=every)

    assert outside(kur, terms(10_000_001, 60)) == ()
    assert "lebih dari Rp 10.000.000" in outside(kur, terms(10_000_000, 60))[0]
    assert "60 bulan" in outside(kur, terms(20_000_000, 61))[0]
    assert outside(mekaar, terms(5_000_000, 52, WEEK)) == ()
    assert "12 bulan" in outside(mekaar, terms(5_000_000, 53, WEEK))[0]
    ended = replace(kur, is_offered=False)
    assert outside(ended, terms(20_000_000, 60)) == ("KUR Mikro tidak ditawarkan lagi.",)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"least": 20_000_000}, "most"),
        ({"most": 10**11}, "most"),
        ({"method": MURABAHAH}, "percent"),
        ({"source": " "}, "source"),
    ],
)
def test_what_no_schedule_can_be_made_of_is_no_offer(changes, field):
    sound = first_offers()["kur_super_mikro"]

    with pytest.raises(InvalidInput) as refusal:
        checked(replace(sound, **changes))

    assert refusal.value.field == field


def test_two_loans_are_compared_by_what_they_truly_cost():
    flat = LoanTerms(amount=10_000_000, method=FLAT, count=12, yearly_rate=Fraction(12, 100))
    falling = replace(flat, method="efektif_menurun", yearly_rate=Fraction(18, 100))
    one, other = calculated(flat, "BPR"), calculated(falling, "Koperasi")

    assert compared(one, other) == (
        "Koperasi lebih murah: bunga efektif 18,00% setahun, BPR 21,46% setahun. "
        "Seluruh biaya Koperasi lebih kecil Rp 225.069."
    )
    assert "sebenarnya 21,46% setahun" in one.warning
    assert (other.warning, one.effective) == ("", Decimal("21.46"))
    assert "makin lama makin kecil" in other.payment_words
    assert "makin kecil" not in one.payment_words
    assert compared(one, one) == "Bunga efektif keduanya sama."
