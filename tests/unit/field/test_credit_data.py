"""What is read of sums that were taken in, and what is refused at which field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.core.errors import InvalidInput
from app.field.rules.credit_data import credit_said
from app.field.rules.operation import parse_operation
from app.field.rules.taken import Clock

KEY = "7b1f6f0e-6f0b-4b35-9d0f-0b1c6f5c3a16"
CLOCK = Clock(now=datetime(2026, 11, 20, 5, tzinfo=UTC), skew=0)
REPAID = {"loan_id": KEY, "amount": 575_000, "paid_on": "2026-11-20", "note": " Di rumah "}
SAVED = {"member_id": KEY, "kind": "wajib", "amount": 20_000, "happened_on": "2026-11-20"}


def read(kind, data):
    return credit_said(
        parse_operation(
            {
                "op_id": KEY,
                "n": 1,
                "type": kind,
                "schema_version": 6,
                "record_id": KEY,
                "enterprise_id": KEY,
                "occurred_at": "2026-11-20T10:00:00+07:00",
                "data": data,
            }
        ),
        CLOCK,
    )


def test_a_sum_is_read_for_its_loan_or_member_and_the_rest_is_kept():
    repaid, saved = read("loan.repay", {**REPAID, "colour": "red"}), read("saving.save", SAVED)

    day = date(2026, 11, 20)
    assert repaid.row == {
        "loan_id": UUID(KEY),
        "amount": 575_000,
        "paid_on": day,
        "note": "Di rumah",
    }
    assert repaid.rest == {"colour": "red"}
    assert saved.row == {
        "member_id": UUID(KEY),
        "kind": "wajib",
        "amount": 20_000,
        "happened_on": day,
        "note": "",
    }


def test_a_day_to_come_is_the_phones_clock():
    said = read("loan.repay", {**REPAID, "paid_on": "2026-11-25"})

    assert said.row["paid_on"] == date(2026, 11, 20)
    assert said.taken.labels == ["tanggal_dibetulkan"]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("loan.repay", {"loan_id": None}),
        ("loan.repay", {"amount": 0}),
        ("loan.repay", {"amount": True}),
        ("loan.repay", {"amount": 10**11}),
        ("loan.repay", {"paid_on": "kemarin"}),
        ("saving.save", {"kind": "emas"}),
        ("saving.save", {"member_id": "x"}),
        ("saving.save", {"note": "x" * 201}),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(kind, wrong):
    whole = REPAID if kind == "loan.repay" else SAVED

    with pytest.raises(InvalidInput) as refusal:
        read(kind, {**whole, **wrong})

    assert refusal.value.field == next(iter(wrong))
