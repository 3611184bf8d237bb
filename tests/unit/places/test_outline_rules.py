import gzip
import json

import pytest

from app.core.errors import InvalidInput
from app.places.rules import outline_code, read_outlines
from app.places.services import OUTLINES_FILE

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[109.0, -7.0], [109.2, -7.0], [109.2, -7.2], [109.0, -7.2]]],
}


def feature(**properties):
    return {"type": "Feature", "properties": properties, "geometry": SQUARE}


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"kode": "33.02"}, "33.02"),
        ({"KODE": "3302042001"}, "33.02.04.2001"),
        ({"code": 33}, "33"),
        # A village of the state's own maps names all areas above it as well.
        ({"KDPPUM": "33", "KDPKAB": "33.02", "KDCPUM": "33.02.04", "KDEPUM": "33.02.04.2001"},
         "33.02.04.2001"),
        ({"KDPPUM": "33", "KDPKAB": "33.02"}, "33.02"),
        ({"kode": "Banyumas"}, None),
        ({"nama": "Banyumas"}, None),
        (None, None),
    ],
)  # fmt: skip
def test_the_code_is_that_of_the_smallest_area_named(properties, code):
    assert outline_code(properties) == code


def test_several_shapes_of_one_area_are_one_outline():
    found, unnamed = read_outlines({"features": [feature(kode="33"), feature(kode="33"), {}]})

    assert {code: len(rings) for code, rings in found.items()} == {"33": 2}
    assert unnamed == ["bentuk ke-3"]


@pytest.mark.parametrize("document", [None, [], {}, {"features": []}, {"features": "x"}])
def test_what_is_no_collection_of_areas_is_refused(document):
    with pytest.raises(InvalidInput):
        read_outlines(document)


def test_a_broken_shape_is_told_by_its_place_in_the_file():
    broken = {"properties": {"kode": "33.02"}, "geometry": {"type": "Point"}}

    with pytest.raises(InvalidInput, match="outline_kind") as refusal:
        read_outlines({"features": [feature(kode="33"), broken]})

    assert refusal.value.message.startswith("Bentuk ke-2 (33.02): ")


def test_the_bundled_outlines_are_of_all_provinces():
    found, unnamed = read_outlines(json.loads(gzip.decompress(OUTLINES_FILE.read_bytes())))

    assert (len(found), unnamed) == (38, [])
    assert all(len(code) == 2 for code in found)
