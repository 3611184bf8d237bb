import gzip
import json

import pytest
from sqlalchemy import func, select

from app.db import db
from app.places import queries
from app.places.models import AreaOutline
from tests.factories.places import SMALL_COUNTRY


def square(west, south, side=0.2):
    corners = [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
    ]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def document(**areas):
    features = [
        {"type": "Feature", "properties": {"kode": code.replace("_", ".")}, "geometry": shape}
        for code, shape in areas.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def load(app, factories, tmp_path):
    """Run the command on a file of these bytes."""
    factories.country()

    def run(content, *, name="batas.geojson", source=()):
        file = tmp_path / name
        file.write_bytes(content)
        return app.test_cli_runner().invoke(args=["places", "load-outlines", str(file), *source])

    return run


def test_a_file_is_loaded_plain_or_packed_and_a_second_run_replaces(load):
    first = load(document(**{"33_02": square(109.0, -7.5)}))
    second = load(
        gzip.compress(document(**{"33_02": square(109.4, -7.5)})),
        name="batas.geojson.gz",
        source=["--source", "Bappeda 2026"],
    )

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "1 batas wilayah dimuat" in second.output
    [found] = queries.outlines(["33.02"])
    assert (found.name, found.source) == ("Kabupaten Banyumas", "Bappeda 2026")
    assert min(lng for lng, _ in found.rings[0]) == pytest.approx(109.4)
    centre = db.session.get_one(AreaOutline, "33.02")
    assert (centre.lat, centre.lng) == (pytest.approx(-7.4), pytest.approx(109.5))


def test_what_names_no_known_area_is_left_out_and_told(load):
    answer = load(document(**{"33_02": square(109.0, -7.5), "98_76": square(110.0, -7.5)}))

    assert answer.exit_code == 0
    assert "1 batas wilayah dimuat" in answer.output
    assert "1 dilewati, kode tidak dikenal: 98.76" in answer.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "bukan GeoJSON"),
        (b"[" * 200_000, "bukan GeoJSON"),
        (b"{}", "bukan GeoJSON"),
        (b"\x1f\x8bnothing", ".gz ini rusak"),
        (gzip.compress(document(**{"33_02": square(109.0, -7.5)}))[:-9], "terpotong"),
        (gzip.compress(b" " * 90_000_000), "terlalu besar"),
        (document(**{"98_76": square(109.0, -7.5)}), "Tidak ada wilayah yang dikenal"),
        (document(**{"33_02": square(300_000.0, 9_200_000.0)}), "dalam derajat"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_changes_nothing(load, content, words):
    before = db.session.scalar(select(func.count()).select_from(AreaOutline))
    db.session.rollback()

    answer = load(content)

    assert answer.exit_code == 1
    assert words in answer.output
    assert db.session.scalar(select(func.count()).select_from(AreaOutline)) == before


def test_provinces_come_with_the_places_and_give_way_to_those_of_an_office(load, factories):
    bundled = queries.outlines(["33", "53"])
    load(document(**{"33": square(109.0, -7.5, 2)}))

    factories.country(areas=SMALL_COUNTRY.replace("Cihonje", "Cihonje Baru"))

    assert {one.code: one.source for one in bundled} == {
        "33": "peta provinsi svg-maps (CC BY 4.0)",
        "53": "peta provinsi svg-maps (CC BY 4.0)",
    }
    assert queries.outlines(["33"])[0].source == "batas.geojson"
    assert queries.outlines(["53"])[0].source == "peta provinsi svg-maps (CC BY 4.0)"
