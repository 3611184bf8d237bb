import pytest

from app.core.clock import local_today
from app.dashboard.rules.maps import (
    BANDS,
    FIGURES,
    MOST_PLACES,
    band_of,
    level_for,
    map_line,
    summed,
)

TODAY = local_today()


@pytest.mark.parametrize(
    ("share", "band"),
    [(None, None), (0, 0), (0.01, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.51, 3), (1.0, 3)],
)
def test_each_share_lies_in_one_band(share, band):
    assert band_of(share) == band
    assert band is None or BANDS[band]


def test_few_villages_are_told_each_many_by_their_districts():
    few = ["33.02.04.2001", "33.02.04.2002"]
    many = [f"33.02.{number % 27:02d}.{2000 + number}" for number in range(MOST_PLACES + 1)]

    assert level_for(few, "33.02") == 13
    assert level_for(many, "33.02") == 8
    assert level_for([], "33.02.04.2001") == 13


def test_districts_have_the_sums_of_their_villages():
    rows = {
        "33.02.15.2003": {"sakit": 1},
        "33.02.04.2001": {"sakit": 2},
        "33.02.04.2002": {"sakit": 3},
    }

    assert summed(rows, 8) == {"33.02.04": {"sakit": 5}, "33.02.15": {"sakit": 1}}
    assert summed(rows, 0) == {"": {"sakit": 6}}


def test_a_share_is_told_only_where_there_is_a_whole():
    counts = dict.fromkeys(
        ("total", "sehat", "kurang_sehat", "sakit", "kedaluwarsa", "belum_dapat_dinilai",
         "belum_dinilai"), 0
    )  # fmt: skip
    line = map_line(
        FIGURES["sakit"], code="33.02", name="x", counts={**counts, "total": 4}, today=TODAY
    )
    other = map_line(
        FIGURES["sakit"],
        code="33.02",
        name="x",
        counts={**counts, "sakit": 1, "sehat": 3},
        today=TODAY,
    )

    assert (line.share, line.band, line.weight) == (None, None, 0)
    assert (other.share, other.band, other.weight) == (0.25, 1, 4)
