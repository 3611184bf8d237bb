"""What follows from the market's facts, at and beside every bound of the instrument."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from app.core.ids import new_id
from app.health.rules.instrument_file import first_instrument, instrument_of_text
from app.health.rules.instrument_file import first_text as text_of_version_1
from app.health.rules.market_answers import answers_from_market
from app.health.rules.questionnaire import Known
from app.market.rules.facts import (
    BrandAndContact,
    CertificateFact,
    ChannelFacts,
    LabelShare,
    MarketFacts,
    ProductFacts,
)

TODAY = date(2026, 11, 22)


def answer(code: str, facts: MarketFacts, sector: str = "A") -> Known | None:
    return answers_from_market(first_instrument(), sector, facts).get(code)


def points(code: str, facts: MarketFacts, sector: str = "A") -> int | None:
    found = answer(code, facts, sector)
    return None if found is None else found.points


def labelled(present: int, applicable: int, checked_on: date = TODAY) -> MarketFacts:
    share = LabelShare(present=present, applicable=applicable, checked_on=checked_on)
    return MarketFacts(on=TODAY, products=ProductFacts(label_share=share))


def certified(*certificates: CertificateFact, **facts: object) -> MarketFacts:
    return MarketFacts(on=TODAY, certificates=certificates, **facts)  # type: ignore[arg-type]


def certificate(track: str, standing: str, **facts: object) -> CertificateFact:
    blank = CertificateFact(
        track=track,
        product_id=None,
        state=standing,
        standing=standing,
        expires_on=None,
        number=None,
    )
    return replace(blank, **facts)  # type: ignore[arg-type]


def sold(**facts: object) -> MarketFacts:
    blank = ChannelFacts(
        active_channels_30d=3, largest_share=None, days_to_payment=None, return_rate=None
    )
    return MarketFacts(on=TODAY, channels=replace(blank, **facts))  # type: ignore[arg-type]


def test_nothing_is_answered_where_nothing_was_written_down() -> None:
    found = [answers_from_market(first_instrument(), s, MarketFacts(on=TODAY)) for s in "ABCDEF"]

    assert found == [{}] * 6
    assert answers_from_market(first_instrument(), None, certified(nib="1" * 13)) == {}


@pytest.mark.parametrize(
    ("present", "applicable", "expected"),
    [
        (0, 10, 0),
        (299, 1000, 0),
        (3, 10, 1),
        (499, 1000, 1),
        (5, 10, 2),
        (749, 1000, 2),
        (3, 4, 3),
        (999, 1000, 3),
        (10, 10, 4),
    ],
)
def test_the_share_of_the_label_decides_its_points(
    present: int, applicable: int, expected: int
) -> None:
    assert points("KMS2", labelled(present, applicable)) == expected


def test_a_label_check_counts_for_half_a_year_and_says_so() -> None:
    old, stale = TODAY - timedelta(days=180), TODAY - timedelta(days=181)

    found = answer("KMS2", labelled(8, 10, old))

    assert found is not None
    assert (found.evidence, found.holds_until, found.known_on) == ("dilihat", TODAY, old)
    assert found.source == "Pemeriksaan label: 8 dari 10 unsur wajib ada"
    assert points("KMS2", labelled(8, 10, stale)) is None
    assert points("KMS2", labelled(0, 0)) is None


def test_only_sectors_with_a_pack_are_answered_about_it() -> None:
    found = {sector: points("KMS2", labelled(1, 1), sector) for sector in "ABCDEF"}

    assert found == {"A": 4, "B": None, "C": 4, "D": None, "E": None, "F": None}


@pytest.mark.parametrize(
    ("has_brand", "has_contact", "expected"),
    [(False, False, 0), (True, False, 2), (True, True, 4), (False, True, None)],
)
def test_brand_and_contact_on_the_pack(
    has_brand: bool, has_contact: bool, expected: int | None
) -> None:
    pack = BrandAndContact(has_brand=has_brand, has_contact=has_contact, checked_on=TODAY)

    found = MarketFacts(on=TODAY, products=ProductFacts(brand_and_contact=pack))

    assert points("KMS3", found) == expected


@pytest.mark.parametrize(
    ("standing", "state", "nib", "expected"),
    [
        ("belum", "belum", None, 0),
        ("proses", "akun_oss", None, 0),
        ("aktif", "terbit", None, 4),
        ("aktif", "perubahan_data", "1234567890123", 2),
        ("habis", "dicabut", "1234567890123", 0),
        ("proses", "akun_oss", "1234567890123", 4),
    ],
)
def test_the_business_number(standing: str, state: str, nib: str | None, expected: int) -> None:
    facts = certified(certificate("nib", standing, state=state), nib=nib)

    assert points("LGL1", facts, "D") == expected


def test_a_number_on_the_record_alone_is_only_the_owners_word() -> None:
    found = answer("LGL1", certified(nib="1234567890123"))

    assert found is not None
    assert (found.points, found.evidence) == (4, "pengakuan")


@pytest.mark.parametrize(
    ("standing", "days_left", "expected"),
    [
        ("belum", None, 0),
        ("proses", None, 1),
        ("komitmen", None, 2),
        ("aktif", None, 4),
        ("aktif", 91, 4),
        ("aktif", 90, 3),
        ("aktif", 1, 3),
        ("aktif", 0, 3),
        ("aktif", -1, 0),
        ("komitmen", -1, 0),
        ("habis", -1, 0),
    ],
)
def test_the_permit_of_packed_food(standing: str, days_left: int | None, expected: int) -> None:
    expires_on = None if days_left is None else TODAY + timedelta(days=days_left)

    facts = certified(certificate("spp_irt", standing, expires_on=expires_on))

    assert points("LGL2", facts) == expected
    assert points("LGL2", facts, "B") is None


def test_a_permit_that_ended_yesterday_is_told_with_its_day() -> None:
    found = answer("LGL2", certified(certificate("md", "aktif", expires_on=date(2026, 11, 21))))

    assert found is not None
    assert found.source == "Izin edar BPOM MD habis 21 November 2026"
    assert (found.points, found.evidence) == (0, "buku")


@pytest.mark.parametrize(("days_left", "holds"), [(91, 0), (200, 109), (90, 90), (5, 5)])
def test_a_permit_says_until_when_its_answer_holds(days_left: int, holds: int) -> None:
    permit = certificate("spp_irt", "aktif", expires_on=TODAY + timedelta(days=days_left))

    found = answer("LGL2", certified(permit))

    assert found is not None
    assert found.holds_until == TODAY + timedelta(days=holds)


def test_served_food_needs_the_certificate_of_hygiene() -> None:
    facts = certified(certificate("laik_higiene", "aktif"), certificate("spp_irt", "belum"))

    assert (points("LGL2", facts, "B"), points("LGL2", facts, "A")) == (4, 0)


def test_the_permit_of_the_main_product_goes_before_those_of_others() -> None:
    main, other = new_id(), new_id()
    permits = (
        certificate("spp_irt", "proses", product_id=main),
        certificate("spp_irt", "aktif", product_id=other),
    )
    with_main = MarketFacts(
        on=TODAY, products=ProductFacts(main_product_id=main), certificates=permits
    )

    assert points("LGL2", with_main) == 1
    assert points("LGL2", certified(*permits)) == 4


@pytest.mark.parametrize(
    ("standing", "state", "expected"),
    [
        ("belum", "belum", 0),
        ("proses", "diajukan", 1),
        ("ketetapan", "sidang_komite_fatwa", 3),
        ("aktif", "terbit", 4),
        ("aktif", "pembaruan", 3),
        ("habis", "dicabut", 0),
    ],
)
@pytest.mark.parametrize("track", ["halal_sd", "halal_reguler"])
def test_the_halal_certificate(track: str, standing: str, state: str, expected: int) -> None:
    facts = certified(certificate(track, standing, state=state))

    assert points("LGL3", facts) == points("LGL3", facts, "B") == expected
    assert points("LGL3", facts, "C") is None


def test_of_two_ways_to_halal_the_further_one_counts() -> None:
    facts = certified(certificate("halal_sd", "belum"), certificate("halal_reguler", "proses"))

    assert points("LGL3", facts) == 1


@pytest.mark.parametrize(
    ("npwp", "state", "standing", "expected"),
    [
        (None, "terdaftar", "aktif", None),
        ("1" * 16, "penelusuran_pdki", "proses", 2),
        ("1" * 16, "diajukan", "proses", 4),
        ("1" * 16, "terdaftar", "aktif", 4),
        ("1" * 16, "ditolak", "habis", 2),
        ("1" * 16, "terdaftar", "habis", 2),
    ],
)
def test_tax_number_and_mark(
    npwp: str | None, state: str, standing: str, expected: int | None
) -> None:
    facts = certified(certificate("merek", standing, state=state), npwp=npwp)

    assert points("LGL4", facts) == expected


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [
        (0, None, 0),
        (1, None, None),
        (1, Fraction(1), 1),
        (5, Fraction(801, 1000), 1),
        (5, Fraction(80, 100), 2),
        (5, Fraction(601, 1000), 2),
        (5, Fraction(60, 100), 3),
        (5, Fraction(401, 1000), 3),
        (3, Fraction(40, 100), 4),
        (2, Fraction(40, 100), 3),
    ],
)
def test_channels_and_the_share_of_the_largest(
    count: int, share: Fraction | None, expected: int | None
) -> None:
    facts = sold(active_channels_30d=count, largest_share=share)

    assert points("PSR3", facts) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 4), (7, 4), (8, 3), (30, 3), (31, 2), (45, 2), (46, 1), (60, 1), (61, 0)],
)
def test_days_until_the_money_comes(days: int, expected: int) -> None:
    assert points("PSR4", sold(days_to_payment=days)) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Fraction(0), 4),
        (Fraction(2, 100), 4),
        (Fraction(201, 10_000), 3),
        (Fraction(5, 100), 3),
        (Fraction(501, 10_000), 2),
        (Fraction(10, 100), 2),
        (Fraction(1001, 10_000), 1),
        (Fraction(20, 100), 1),
        (Fraction(2001, 10_000), 0),
        (Fraction(2), 0),
    ],
)
def test_goods_that_come_back_unpaid(rate: Fraction, expected: int) -> None:
    assert points("PRD4", sold(return_rate=rate)) == expected


def test_a_percentage_is_never_told_as_the_bound_it_exceeds() -> None:
    found = answer("PRD4", sold(return_rate=Fraction(201, 10_000)))

    assert found is not None
    assert "2,1%" in found.source


@pytest.mark.parametrize(
    ("counted_on", "expected"),
    [
        (None, None),
        (TODAY, 4),
        (date(2026, 5, 22), 4),
        (date(2026, 5, 21), 3),
        (date(2020, 1, 1), 3),
        (TODAY + timedelta(days=1), None),
    ],
)
def test_the_cost_per_piece_that_is_written_down(
    counted_on: date | None, expected: int | None
) -> None:
    facts = MarketFacts(on=TODAY, products=ProductFacts(unit_cost_on=counted_on))

    assert points("MNJ2", facts) == expected


def test_a_later_version_with_other_options_is_not_answered_beforehand() -> None:
    wording = "          1: 30% sampai di bawah 50%\n"
    assert wording in text_of_version_1()
    changed = instrument_of_text(
        text_of_version_1().replace(wording, "          1: 30% sampai di bawah 60%\n"), version=2
    )

    found = answers_from_market(changed, "A", replace(labelled(4, 10), nib="1" * 13))

    assert set(found) == {"LGL1"}


def test_every_answer_is_an_option_of_its_question() -> None:
    instrument = first_instrument()
    facts = [labelled(n, 20) for n in range(21)] + [
        sold(active_channels_30d=3, largest_share=Fraction(n, 20), days_to_payment=4 * n)
        for n in range(21)
    ]

    found = [
        (code, known.points)
        for one in facts
        for code, known in answers_from_market(instrument, "A", one).items()
    ]

    assert found
    assert all(given in instrument.indicator(code).options for code, given in found)
