"""Lines of decrees, who must reach what after them, and what an old code means today."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.places.rules.decrees import (
    Line,
    Step,
    current_of,
    expanded,
    granted,
    heirs_in,
    main_heirs,
    parse_lines,
    vanished,
)

A, B, C, NEW = "33.02.04.2001", "33.02.04.2002", "33.02.15.2003", "33.02.04.2009"
AREAS = {
    "33": "Jawa Tengah",
    "33.02": "Kabupaten Banyumas",
    "33.02.04": "Rawalo",
    "33.02.15": "Gumelar",
    A: "Losari",
    B: "Banjarparakan",
    C: "Gumelar",
}
SPLIT = f"{A}; {A}\n{A}; {NEW}; Losari Wetan; dusun: Karang, Dukuh Wetan"
REGENCY = (
    ";33.77;Kabupaten Banyumas Timur\n;33.78;Kabupaten Banyumas Barat\n"
    "33.02.04; 33.77.01\n33.02.15; 33.78.01"
)


def lines(text):
    """The whole lines of a text."""
    return expanded(parse_lines(text), AREAS)


def test_a_part_goes_its_way_and_the_rest_stays():
    found = lines(SPLIT)

    assert found[1].hamlets == ("karang", "dukuh wetan")
    assert main_heirs(found) == {A: A}
    assert vanished(found) == set()


def test_villages_follow_their_district_to_its_new_code_with_their_names():
    found = {(line.old, line.new, line.name) for line in lines(REGENCY)}

    assert (A, "33.77.01.2001", "Losari") in found
    assert (C, "33.78.01.2003", "Gumelar") in found
    assert vanished(lines(REGENCY)) == {"33.02.04", "33.02.15", A, B, C}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lines_missing"),
        ("Losari; 33.02", "line_code"),
        (f"{A}; 33.02", "line_level"),
        (f";{NEW}; Baru", "line_name"),
        (f"{A}; {NEW}; Baru; RT 1", "line_part"),
        ("33.02.04; 33.02.05; Baru; dusun: Karang", "line_part"),
        (f"33.02.04.2077; {NEW}; Baru", "area_unknown"),
        (f"{A}; 33.99.01.2001; Baru", "parent_missing"),
        (f"{A}; {NEW}; Baru; dusun: Karang", "rest_missing"),
        (f"{A}; {A}\n{A}; {NEW}; Baru", "rest_missing"),
    ],
)
def test_a_line_that_can_not_be_is_refused(text, code):
    with pytest.raises(InvalidInput) as refusal:
        lines(text)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("area", "gained"),
    [(A, [NEW]), ("33.02", []), ("33.02.04", []), (B, []), (C, [])],
)
def test_only_who_reached_the_split_village_gains_the_new_one(area, gained):
    in_use = {A, B, C, NEW}

    assert granted(area, lines(SPLIT), in_use) == gained


@pytest.mark.parametrize(
    ("area", "gained"),
    [
        ("33.02", ["33.77", "33.78"]),
        ("33.02.04", ["33.77.01"]),
        (A, ["33.77.01.2001"]),
        ("35.07", []),
    ],
)
def test_who_reached_a_regency_reaches_what_came_of_it_and_no_more(area, gained):
    found = lines(REGENCY)
    in_use = {line.new for line in found if len(line.new) == 13}

    assert granted(area, found, in_use) == gained


def test_a_wider_area_is_not_granted_where_it_holds_villages_of_others():
    found = lines("33.02.15; 33.03.09; Gumelar\n;33.03;Kabupaten Purbalingga")

    in_use = {A, B, "33.03.09.2003", "33.03.01.2001"}

    assert granted("33.02.15", found, in_use) == ["33.03.09"]


def test_an_old_code_means_what_it_meant_on_its_day():
    first, second = date(2025, 1, 10), date(2026, 3, 1)
    steps = [
        Step(old=A, new=B, on=first),
        Step(old=B, new=B, on=second),
        Step(old=B, new=NEW, on=second, hamlets=("karang",), is_part=True),
        # The code was given to another village later.
        Step(old=C, new=A, on=second),
    ]

    assert current_of(A, steps, on=date(2024, 5, 1)) == B
    assert current_of(A, steps, on=date(2024, 5, 1), hamlet="Karang") == NEW
    assert current_of(A, steps) == A
    assert current_of(C, steps) == A
    assert current_of(B, steps) == B
    assert heirs_in(C, steps) == [A]
    assert heirs_in(A, steps) == []


def test_a_line_knows_whether_it_takes_a_part():
    assert Line(old=A, new=B, hamlets=("karang",)).is_part
    assert not Line(old=A, new=B).is_part
