"""Invented people and numbers: possible in shape, impossible to be somebody's."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from app.core.identity import check_nik_against, parse_kbli, parse_nib, parse_nik, parse_phone
from app.demo.invention.dwellings import draw_hamlets, draw_points
from app.demo.invention.migration import COUNTRIES, draw_countries
from app.demo.invention.names import STOCKS, called, draw_names
from app.demo.invention.numbers import NikMaker, nib_number, phone_number
from app.demo.invention.products import PRODUCTS, products_for
from app.demo.villages import DEMO_VILLAGES

BUNDLED = Path(__file__).parents[3] / "app" / "places" / "bundled"
TODAY = date(2026, 11, 22)
LOSARI = "33.02.04.2001"


def test_an_invented_nik_says_what_its_owner_is():
    value = NikMaker().make(LOSARI, date(1985, 8, 12), is_woman=True)

    read = parse_nik(value, today=TODAY)

    assert read.district_code == "33.02.04"
    assert not read.warnings
    assert not check_nik_against(
        read, born_on=date(1985, 8, 12), sex="P", area_code="33.02.04.2001"
    )


def test_no_nik_is_given_twice():
    maker = NikMaker()

    given = [maker.make(LOSARI, date(1985, 8, 12), is_woman=False) for _ in range(1000)]

    assert len(set(given)) == 1000
    with pytest.raises(ValueError, match="serial"):
        maker.make(LOSARI, date(1985, 8, 12), is_woman=False)


def test_invented_serial_numbers_are_out_of_reach_of_real_ones():
    value = NikMaker().make(LOSARI, date(1990, 1, 1), is_woman=False)

    assert int(value[12:]) >= 9000


def test_invented_phones_are_mobile_numbers_of_no_operator():
    read = parse_phone(phone_number(17))

    assert read.is_mobile
    assert read.value.startswith("+62810")
    assert not read.warnings


def test_invented_nib_has_the_shape_of_one():
    assert parse_nib(nib_number(42)).startswith("99")


def test_no_phone_and_no_nib_is_given_twice():
    assert len({phone_number(number) for number in range(20_000)}) == 20_000
    assert len({nib_number(number) for number in range(20_000)}) == 20_000


def test_every_sector_of_every_village_has_products():
    for village in DEMO_VILLAGES:
        for sector in PRODUCTS:
            products = products_for(sector, village.code, is_non_halal=False)

            assert len(products) >= 5, (village.name, sector)
            for product in products:
                assert parse_kbli(product.kbli) == product.kbli


def test_batik_is_not_made_in_flores():
    lines = {product.line for product in products_for("C", "53.06.04.2005", is_non_halal=False)}

    assert "Tenun ikat" in lines
    assert not any("Batik" in line for line in lines)


def test_names_follow_region_and_sex():
    codes = ["33.02.04.2001", "53.06.04.2005"]

    names = draw_names(np.random.default_rng(1), codes, np.array([True, False]))

    assert names[0].split()[0] in STOCKS["33"].women
    assert names[1].split()[0] in STOCKS["53"].men


def test_people_are_called_as_the_village_calls_them():
    assert called("Sri Wahyuni", LOSARI, is_woman=True) == "Bu Sri"
    assert called("Siti Rahayu", LOSARI, is_woman=True) == "Bu Rahayu"
    assert called("Asep Hidayat", "32.12.16.2004", is_woman=False) == "Mang Asep"


def test_countries_come_in_the_published_shares():
    size = 20_000
    women = np.random.default_rng(2).random(size) < 0.7

    counts = Counter(draw_countries(np.random.default_rng(3), ["35.07.11.2008"] * size, women))

    total = sum(count for count, _ in COUNTRIES.values())
    # The share of women among our owners is higher than among all migrants, hence the width.
    assert counts["Malaysia"] / size == pytest.approx(COUNTRIES["Malaysia"][0] / total, abs=0.06)
    assert counts["Taiwan"] / size == pytest.approx(COUNTRIES["Taiwan"][0] / total, abs=0.06)


def test_enterprises_stand_near_their_village():
    village = np.array([0, 7, 7])

    lat, lng = draw_points(np.random.default_rng(4), village)
    hamlets, addresses = draw_hamlets(np.random.default_rng(4), village)

    known = ~np.isnan(lat)
    centre = np.array([DEMO_VILLAGES[index].lat for index in village])
    assert (np.abs(lat[known] - centre[known]) < 0.04).all()
    assert np.isnan(lat).tolist() == np.isnan(lng).tolist()
    assert all(hamlet in address for hamlet, address in zip(hamlets, addresses, strict=True))


def test_demo_villages_are_those_of_the_register():
    codes = [village.code for village in DEMO_VILLAGES]

    bundled = yaml.safe_load((BUNDLED / "desmigratif.yaml").read_text("utf-8"))
    assert len(set(codes)) == 41
    assert set(codes) == {village["code"] for village in bundled["villages"]}
    assert {"33.02.04.2001", "33.02.15.2003"} <= set(codes)
    assert sum(v.weight for v in DEMO_VILLAGES if v.regency_code == "33.02") > 0.25 * sum(
        v.weight for v in DEMO_VILLAGES
    )
