"""The needs assessment: every gate, each with reason and proof."""

from __future__ import annotations

import pytest

from app.aid.rules.gates import GATE_CODES, GateAnswer, are_all_met, check_answers, unmet
from app.core.errors import InvalidInput

MET = GateAnswer(is_met=True, reason="Sudah dilihat", evidence="Catatan 3 November")


def answers(**changes: GateAnswer) -> dict[str, GateAnswer]:
    """All gates met, but for the changes."""
    return {**dict.fromkeys(GATE_CODES, MET), **changes}


def test_there_are_the_seven_gates_of_the_reference():
    assert len(GATE_CODES) == 7


def test_all_met_is_accepted():
    check_answers(answers())

    assert unmet(answers()) == ()
    assert are_all_met(GATE_CODES)


@pytest.mark.parametrize("code", GATE_CODES)
def test_a_gate_may_not_be_left_out(code):
    given = answers()
    del given[code]

    with pytest.raises(InvalidInput) as caught:
        check_answers(given)

    assert caught.value.field == f"{code}_is_met"
    assert [gate.code for gate in unmet(given)] == [code]
    assert not are_all_met(given)


@pytest.mark.parametrize(("part", "values"), [("reason", ("", "x")), ("evidence", ("x", ""))])
def test_a_met_gate_says_why_and_how_it_is_known(part, values):
    given = answers(tempat=GateAnswer(is_met=True, reason=values[0], evidence=values[1]))

    with pytest.raises(InvalidInput) as caught:
        check_answers(given)

    assert caught.value.field == f"tempat_{part}"


def test_an_unmet_gate_needs_a_reason_but_no_proof():
    given = answers(biaya=GateAnswer(is_met=False, reason="Servis jauh", evidence=""))

    check_answers(given)

    assert [gate.code for gate in unmet(given)] == ["biaya"]


def test_all_faults_are_told_at_once():
    with pytest.raises(InvalidInput) as caught:
        check_answers({})

    assert len(caught.value.values["also"]) == len(GATE_CODES) - 1
