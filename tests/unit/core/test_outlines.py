import math

import pytest

from app.core.errors import InvalidInput
from app.core.outlines import Box, box_of, middle_of, rings_of, simplified

SQUARE = [[109.0, -7.0], [109.2, -7.0], [109.2, -7.2], [109.0, -7.2], [109.0, -7.0]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def test_a_ring_is_read_without_its_last_point():
    assert rings_of(polygon(SQUARE)) == [
        ((109.0, -7.0), (109.2, -7.0), (109.2, -7.2), (109.0, -7.2))
    ]


def test_islands_and_holes_are_rings_too():
    islands = {"type": "MultiPolygon", "coordinates": [[SQUARE, SQUARE], [SQUARE]]}

    assert len(rings_of(islands)) == 3


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "outline_kind"),
        ({"type": "Point", "coordinates": [109, -7]}, "outline_kind"),
        ({"type": "Polygon"}, "outline_broken"),
        (polygon([[109.0, -7.0], [109.1, -7.0]]), "outline_broken"),
        (polygon([["x", -7.0], [109.1, -7.0], [109.1, -7.1]]), "outline_broken"),
        (polygon([[109.0], [109.1, -7.0], [109.1, -7.1]]), "outline_broken"),
        # Metres of a projection, and latitude written first.
        (polygon([[300000.0, 9200000.0], [300100.0, 9200000.0], [300100.0, 9200100.0]]),
         "outline_elsewhere"),
        (polygon([[lat, lng] for lng, lat in SQUARE]), "outline_elsewhere"),
        (polygon([[float("nan"), -7.0], [109.1, -7.0], [109.1, -7.1]]), "outline_elsewhere"),
    ],
)  # fmt: skip
def test_a_shape_that_is_none_is_refused_with_a_reason(geometry, code):
    with pytest.raises(InvalidInput) as refusal:
        rings_of(geometry)

    assert refusal.value.code == code
    assert refusal.value.message


def test_a_simple_outline_keeps_its_form_with_fewer_points():
    circle = tuple(
        (109 + 0.1 * math.cos(math.radians(turn)), -7 + 0.1 * math.sin(math.radians(turn)))
        for turn in range(360)
    )

    [made] = simplified([circle], step=0.001)

    assert 10 < len(made) < 60
    assert set(made) <= set(circle)
    assert box_of([made]).east == pytest.approx(109.1, abs=0.001)


def test_specks_are_left_out_but_never_the_whole_area():
    speck = ((109.5, -7.0), (109.5001, -7.0), (109.5001, -7.0001))
    large = tuple((lng, lat) for lng, lat in SQUARE[:4])

    assert simplified([speck, large], step=0.01) == [large]
    assert simplified([speck], step=0.01) == [speck]


def test_the_middle_is_that_of_the_largest_part():
    large = tuple((lng, lat) for lng, lat in SQUARE[:4])
    speck = ((112.0, -7.0), (112.0001, -7.0), (112.0001, -7.0001))

    middle = middle_of([speck, large])

    assert (middle.lat, middle.lng) == (pytest.approx(-7.1), pytest.approx(109.1))


def test_a_box_grows_by_a_share_or_at_least_by_so_much():
    box = Box(west=109.0, south=-7.0, east=110.0, north=-6.5)

    assert box.grown(0.1, least=0.01).west == pytest.approx(108.9)
    assert box.grown(0.0, least=0.5).north == pytest.approx(-6.0)
