import pytest

from app.core.errors import Conflict, InvalidInput, WrongState
from app.interventions.rules import (
    STATES,
    Diagnosis,
    PlanFacts,
    check_cost,
    check_gates,
    check_room,
    check_step,
    current_catalogue,
    effect_of,
    gates_of,
)

ALLOWED = {
    "approve": {"usulan"},
    "refuse": {"usulan"},
    "change": {"usulan", "disetujui", "berjalan"},
    "start": {"disetujui"},
    "close": {"disetujui", "berjalan"},
    "cancel": {"usulan", "disetujui", "berjalan"},
    "settle": {"selesai"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", ALLOWED)
def test_each_step_is_taken_only_from_its_states(step, state):
    if state in ALLOWED[step]:
        check_step(step, state)
        return

    with pytest.raises(WrongState) as caught:
        check_step(step, state)

    assert caught.value.message


def test_limit_is_said_with_the_way_out():
    check_room(active_count=1, limit=2, health_class="sakit")

    with pytest.raises(Conflict) as caught:
        check_room(active_count=2, limit=2, health_class="sakit")

    assert "paling banyak 2" in caught.value.message


@pytest.mark.parametrize(
    ("cost", "source", "kept"),
    [
        (None, None, (0, "tanpa_biaya")),
        (0, "tanpa_biaya", (0, "tanpa_biaya")),
        (250_000, "dana_desa", (250_000, "dana_desa")),
    ],
)
def test_cost_and_source_go_together(cost, source, kept):
    assert check_cost(cost=cost, funding_source=source) == kept


@pytest.mark.parametrize(
    ("cost", "source", "field"),
    [
        (250_000, None, "funding_source"),
        (250_000, "tanpa_biaya", "funding_source"),
        (None, "csr", "cost"),
        (0, "csr", "cost"),
        (-1, "csr", "cost"),
        (10**12, "csr", "cost"),
    ],
)
def test_cost_without_source_or_source_without_cost_is_refused(cost, source, field):
    with pytest.raises(InvalidInput) as caught:
        check_cost(cost=cost, funding_source=source)

    assert caught.value.field == field


def gates(code, **values):
    diagnosis = Diagnosis(**{"sector": "A", "health_class": "kurang_sehat", "points": {}, **values})
    return gates_of(current_catalogue(), code, diagnosis, PlanFacts())


def test_gate_that_only_people_can_judge_is_confirmed_by_the_officer():
    with pytest.raises(InvalidInput) as caught:
        check_gates(gates("T18"), is_checked=False)

    assert caught.value.field == "gates_checked"
    assert check_gates(gates("T18"), is_checked=True) == ("analisis_kebutuhan",)


def test_gate_of_the_diagnosis_is_not_opened_by_a_tick():
    with pytest.raises(WrongState):
        check_gates(gates("T18", health_class="sakit"), is_checked=True)
    with pytest.raises(WrongState):
        check_gates(gates("T17"), is_checked=True)


def test_effect_compares_the_same_indicators():
    lines = effect_of(["MNJ1", "KEU1", "PSR1"], {"MNJ1": 1, "KEU1": 2}, {"MNJ1": 4, "PSR1": 3})

    assert [(line.indicator, line.change) for line in lines] == [
        ("MNJ1", 3),
        ("KEU1", None),
        ("PSR1", None),
    ]
