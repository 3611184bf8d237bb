"""What the map draws lies where it is, in units of the picture."""

from __future__ import annotations

import pytest

from app.core.distance import Place
from app.core.outlines import Box
from app.web.maps import CIRCLE, AreaMap, Look, Outlined, Spot, area_map, size_for

LOOK = Look(label="0%", tone="good", path=CIRCLE)
SQUARE = ((109.0, -7.0), (109.2, -7.0), (109.2, -7.2), (109.0, -7.2))


def spot(lat: float, lng: float, *, size: float = 1.1) -> Spot:
    """A point at a place."""
    return Spot(row=f"b{lat}", place=Place(lat=lat, lng=lng), text="x", look=LOOK, size=size)


def drawn(*spots: Spot, areas: tuple[Outlined, ...] = (), box: Box | None = None) -> AreaMap | None:
    """The map of these."""
    return area_map(
        map_id="peta",
        title="Peta",
        areas=areas,
        spots=spots,
        legend=[LOOK],
        sources=["b", "", "a", "a"],
        box=box,
    )


def test_nothing_with_a_place_gives_no_map():
    assert drawn() is None


def test_a_point_is_drawn_where_degrees_put_it():
    box = Box(west=109.0, south=-7.2, east=109.2, north=-7.0)

    made = drawn(spot(-7.1, 109.1), box=box)

    [mark] = made.marks
    assert made.west + mark.x / made.scale == pytest.approx(109.1, abs=0.001)
    assert made.north - mark.y / made.scale == pytest.approx(-7.1, abs=0.001)
    assert (mark.x, mark.y) == (
        pytest.approx(made.width / 2, abs=1),
        pytest.approx(made.height / 2, abs=1),
    )


def test_an_outline_is_a_point_and_steps_that_come_back():
    made = drawn(areas=(Outlined(name="Rawalo", rings=(SQUARE,), href="/peta"),))

    [shape] = made.shapes
    start, *steps = shape.path.removeprefix("m").removesuffix("z").split(" ")
    assert len(steps) == 7
    # East, south, west: the last step home is the "z".
    assert [int(steps[1]) > 0, int(steps[4]) > 0, int(steps[5]) < 0] == [True, True, True]
    assert start.isdigit()


def test_small_points_lie_on_large_ones_and_sources_are_told_once():
    made = drawn(spot(-7.1, 109.1), spot(-7.2, 109.1, size=2.2))

    assert [mark.spot.size for mark in made.marks] == [2.2, 1.1]
    assert made.sources == ["a", "b"]


def test_one_place_alone_is_shown_with_its_surroundings():
    made = drawn(spot(-7.1, 109.1))

    assert made.width / made.scale > 0.03


def test_more_is_larger():
    assert size_for(0) < size_for(6) < size_for(21) == size_for(900)
