from dataclasses import replace

import pytest

from app.health.rules import first_instrument
from app.interventions.rules import (
    Diagnosis,
    PlanFacts,
    current_catalogue,
    gates_of,
    propose,
)

CATALOGUE = current_catalogue()
CODES = [indicator.code for indicator in first_instrument().indicators]
FINE = Diagnosis(
    sector="A",
    health_class="kurang_sehat",
    points=dict.fromkeys(CODES, 4),
    debt_service_ratio=0.2,
)


def diagnosis(**points):
    """A kurang sehat maker of packed food with full points but for these."""
    return replace(FINE, points={**FINE.points, **points})


def in_order(line):
    """Points as the domain reference prints them; a dash is a question that doesn't apply."""
    points = [None if word == "-" else int(word) for word in line.split()]
    return dict(zip(CODES, points, strict=True))


def advice(case, **facts):
    return propose(CATALOGUE, case, PlanFacts(**facts))


def codes(proposals):
    return [proposal.code for proposal in proposals]


def asked(case, **facts):
    """All open therapies, in order."""
    given = advice(case, **facts)
    return codes(given.now) + codes(given.later)


def test_nothing_is_proposed_where_nothing_fails():
    given = advice(FINE)

    assert given.now == given.later == given.closed == given.reminders == ()


@pytest.mark.parametrize(
    ("indicator", "points", "therapy"),
    [
        ("KEU1", 2, "T04"),
        ("KEU2", 0, "T05"),
        ("KEU3", 1, "T03"),
        ("KEU4", 2, "T02"),
        ("PSR1", 0, "T07"),
        ("PSR2", 1, "T07"),
        ("PSR3", 2, "T07"),
        ("PSR4", 2, "T05"),
        ("PRD1", 0, "T09"),
        ("PRD2", 1, "T09"),
        ("PRD3", 2, "T10"),
        ("PRD4", 0, "T09"),
        ("PRD5", 1, "T19"),
        ("KMS1", 2, "T11"),
        ("KMS2", 2, "T12"),
        ("KMS3", 0, "T12"),
        ("LGL1", 0, "T13"),
        ("LGL2", 0, "T14"),
        ("LGL3", 1, "T15"),
        ("MNJ1", 2, "T01"),
        ("MNJ2", 0, "T04"),
        ("MNJ3", 2, "T29"),
        ("MNJ4", 0, "T08"),
        ("MDL1", 2, "T20"),
        ("MDL2", 0, "T20"),
        ("MDL3", 1, "T21"),
        ("MDL4", 0, "T06"),
        ("SDM1", 0, "T29"),
        ("SDM2", 0, "T24"),
        ("SDM3", 2, "T23"),
        ("SDM4", 0, "T24"),
    ],
)
def test_failing_indicator_asks_for_its_default_therapy(indicator, points, therapy):
    given = advice(diagnosis(**{indicator: points}))

    assert codes(given.now) == [therapy]
    cause = given.now[0].causes[0]
    assert (cause.kind, cause.code, cause.points) == ("indikator", indicator, points)


def test_three_points_do_not_fail_and_missing_answers_ask_for_nothing():
    assert asked(diagnosis(KEU1=3, MDL1=None)) == []


def test_idle_tools_and_usurers_need_one_point_or_less():
    assert asked(diagnosis(PRD5=2)) == []
    assert asked(diagnosis(MDL3=2)) == []


def test_order_is_bleeding_numbers_legality_market():
    case = diagnosis(PSR3=1, LGL1=0, MNJ2=0, MDL2=1, KEU3=0)

    given = advice(case)

    assert codes(given.now) == ["T20", "T03", "T04"]
    assert codes(given.later) == ["T13", "T07"]


def test_food_incident_comes_before_everything_but_the_company_of_a_mentor():
    case = replace(diagnosis(MDL2=0, PRD3=2), health_class="sakit", knockouts=("KO-6",))

    given = advice(case)

    assert codes(given.now) == ["T25", "T10"]
    assert [cause.code for cause in given.now[1].causes] == ["KO-6", "PRD3"]


def test_sick_enterprise_gets_intensive_company_and_one_cash_therapy():
    case = replace(diagnosis(KEU1=0, MNJ1=0, LGL1=0), health_class="sakit")

    given = advice(case)

    assert codes(given.now) == ["T25", "T01"]
    assert codes(given.later) == ["T04", "T13"]


def test_sick_enterprise_gets_no_loan_equipment_or_consignment():
    case = replace(diagnosis(MDL4=0, PRD2=0, PSR4=0), health_class="sakit")

    given = advice(case)

    assert not {"T22", "T18", "T06"} & set(codes(given.now) + codes(given.later))
    closed = {proposal.code: proposal.closed_reasons for proposal in given.closed}
    assert set(closed) == {"T06"}
    assert "sakit" in closed["T06"][0]
    assert "T23" in codes(given.later)


@pytest.mark.parametrize("knockout", ["KO-2", "KO-3", "KO-4"])
def test_working_capital_is_closed_in_debt_trouble(knockout):
    gates = gates_for("T22", replace(FINE, knockouts=(knockout,)))

    assert gates["tanpa_masalah_utang"] is False


def gates_for(code, case, **facts):
    return {gate.name: gate.is_open for gate in gates_of(CATALOGUE, code, case, PlanFacts(**facts))}


@pytest.mark.parametrize(("points", "is_open"), [(4, True), (3, True), (2, False), (None, False)])
def test_working_capital_needs_a_book(points, is_open):
    assert gates_for("T22", diagnosis(MNJ1=points))["tercatat"] is is_open


@pytest.mark.parametrize(
    ("ratio", "is_open"), [(0.35, True), (0.36, False), (None, False), (0.0, True)]
)
def test_debt_moves_to_a_cooperative_only_when_instalments_stay_light(ratio, is_open):
    case = replace(diagnosis(MDL3=0), debt_service_ratio=ratio)

    given = advice(case)

    assert codes(given.now) == (["T21"] if is_open else [])
    assert codes(given.closed) == ([] if is_open else ["T21"])


def test_trademark_waits_for_health_and_the_tax_number_is_a_reminder():
    weak = advice(diagnosis(LGL4=0))
    healthy = advice(replace(diagnosis(LGL4=0), health_class="sehat"))
    registered = advice(replace(diagnosis(LGL4=2), health_class="sehat"))

    assert (codes(weak.now), codes(weak.closed)) == ([], ["T17"])
    assert "NPWP" in weak.reminders[0]
    assert codes(healthy.now) == codes(registered.now) == ["T17"]
    assert registered.reminders == ()


def test_halal_is_declared_by_the_owner_unless_that_is_impossible():
    case = diagnosis(LGL3=0)

    assert asked(case) == ["T15"]
    assert asked(case, halal_self_declare=False) == ["T16"]


def test_ready_made_food_needs_hygiene_and_not_a_household_permit():
    given = advice(replace(diagnosis(LGL2=0), sector="B"))

    assert codes(given.now) == ["T10"]
    assert "laik higiene" in given.reminders[0]


def test_records_are_asked_for_when_there_are_none_or_money_cannot_be_assessed():
    assert asked(replace(FINE, knockouts=("KO-8",))) == ["T01"]
    assert asked(replace(FINE, unassessed=frozenset({"KEU", "KMS"}))) == ["T01"]


@pytest.mark.parametrize("knockout", ["KO-3", "KO-4"])
def test_arrears_and_heavy_instalments_ask_for_restructuring(knockout):
    given = advice(replace(diagnosis(MDL1=0), knockouts=(knockout,)))

    assert codes(given.now) == ["T20"]
    assert [cause.code for cause in given.now[0].causes] == [knockout, "MDL1"]


def test_orderly_closing_needs_two_sick_assessments():
    sick = replace(FINE, health_class="sakit")

    assert gates_for("T27", sick, sick_in_a_row=1) == {"sakit_dua_kali": False}
    assert gates_for("T27", sick, sick_in_a_row=2) == {"sakit_dua_kali": True}


def test_cooperative_needs_nine_owners():
    assert gates_for("T28", FINE, willing_owner_count=8) == {"cukup_pemilik": False}
    assert gates_for("T28", FINE, willing_owner_count=9) == {"cukup_pemilik": True}


def test_what_is_in_the_plan_is_not_proposed_again_and_takes_room():
    case = diagnosis(MDL2=0, KEU3=0, MNJ2=0, LGL1=0)

    given = advice(case, open_codes=frozenset({"T20", "T03"}), active_count=2)

    assert (given.room, codes(given.now), codes(given.later)) == (1, ["T04"], ["T13"])


def test_no_room_is_left_when_the_limit_is_reached():
    given = advice(diagnosis(LGL1=0), active_count=3)

    assert (given.room, given.now, codes(given.later)) == (0, (), ["T13"])


@pytest.mark.parametrize(
    ("case", "now"),
    [
        # Example 2 of the domain reference, Jahit Bu Wati: thin margin, no cost reckoning.
        (
            Diagnosis(
                sector="D",
                health_class="kurang_sehat",
                points=in_order(
                    "2 2 1 2  3 4 2 4  2 3 3 3 2  - - -  2 - - 2  2 2 0 1  3 3 4 2  3 0 1 4"
                ),
                knockouts=("KO-9",),
                debt_service_ratio=0.24,
            ),
            ["T05", "T03", "T02"],
        ),
        # Example 3, Abon Pak Darto: only the halal certificate is missing.
        (
            replace(
                FINE,
                points={**FINE.points, "LGL3": 0, "LGL4": 2, "SDM2": 2},
                knockouts=("KO-5",),
            ),
            ["T15", "T24"],
        ),
    ],
)
def test_worked_examples_get_sensible_plans(case, now):
    assert codes(advice(case).now) == now
