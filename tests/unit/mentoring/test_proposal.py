"""What a proposal weighs and says, and which of its lines find room."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from app.mentoring.rules.proposal import (
    Balance,
    Offer,
    Pair,
    balance_of,
    balance_words,
    beyond_capacity,
    fits,
    guessed_km,
    needed_skills,
)

ANI, BUDI = uuid4(), uuid4()


def pair(mentor: UUID | None, km: float | None = 2.0, *, is_fitting: bool = True) -> Pair:
    return Pair(mentor_id=mentor, km=km, fits=is_fitting)


def test_who_is_sick_needs_somebody_who_knows_the_books():
    assert "pencatatan" in needed_skills("C", "sakit")
    assert "pencatatan" not in needed_skills("C", "sehat")


def test_one_skill_that_helps_is_enough_and_no_need_fits_everybody():
    assert fits(("produksi", "digital"), needed_skills("C", "sehat"))
    assert not fits(("digital",), needed_skills("C", "sehat"))
    assert fits((), needed_skills(None, None))


@pytest.mark.parametrize(
    ("other", "km"),
    [("33.02.04.2001", 1.0), ("33.02.04.2009", 6.0), ("33.02.11.2001", 20.0), ("52.03", 80.0)],
)
def test_an_unknown_way_is_guessed_by_how_near_the_codes_are(other, km):
    assert guessed_km("33.02.04.2001", other) == km


def test_the_balance_counts_loads_ways_skills_and_those_without():
    found = balance_of(
        [pair(ANI, 2.0), pair(ANI, 4.0), pair(BUDI, None, is_fitting=False), pair(None, None)],
        {ANI: 2, BUDI: 10},
    )

    assert found == Balance(
        enterprises=4,
        without_mentor=1,
        most=2,
        most_capacity=2,
        least=1,
        over_capacity=0,
        known_ways=2,
        average_km=3.0,
        fitting=2,
    )


def test_the_figures_are_said_in_words():
    words = balance_words(balance_of([pair(ANI, 2.5)], {ANI: 4}))

    assert words["Beban paling penuh"] == "1 usaha dari daya tampung 4"
    assert words["Rata-rata jarak"] == "2,5 km"
    assert words["Keahlian cocok"] == "1 dari 1 usaha"


def test_an_area_without_anything_is_said_too():
    words = balance_words(balance_of([], {}))

    assert words["Rata-rata jarak"] == "belum diketahui"


def offer(present: UUID | None, to: UUID) -> Offer:
    return Offer(line_id=uuid4(), present_id=present, to_mentor=to)


def test_two_full_mentors_can_exchange():
    lines = [offer(ANI, BUDI), offer(BUDI, ANI)]

    left_out = beyond_capacity(lines, loads={ANI: 5, BUDI: 5}, capacities={ANI: 5, BUDI: 5})

    assert left_out == set()


def test_half_of_an_exchange_finds_no_room():
    line = offer(ANI, BUDI)

    left_out = beyond_capacity([line], loads={ANI: 5, BUDI: 5}, capacities={ANI: 5, BUDI: 5})

    assert left_out == {line.line_id}


def test_the_last_lines_are_left_out_when_the_room_ends():
    lines = [offer(None, ANI) for _ in range(3)]

    left_out = beyond_capacity(lines, loads={ANI: 3}, capacities={ANI: 5})

    assert left_out == {lines[2].line_id}


def test_what_a_line_left_out_would_have_freed_is_not_counted_on():
    first, second = offer(ANI, BUDI), offer(None, ANI)

    left_out = beyond_capacity(
        [first, second], loads={ANI: 5, BUDI: 5}, capacities={ANI: 5, BUDI: 5}
    )

    assert left_out == {first.line_id, second.line_id}
