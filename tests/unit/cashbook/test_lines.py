"""What a line of the cash book may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from app.cashbook.rules.lines import (
    LEAST,
    MOST,
    OLDEST,
    Said,
    check_said,
    check_settling,
    is_on_ledger,
)
from app.core.errors import InvalidInput

TODAY = date(2026, 11, 22)
SALE = Said(happened_on=TODAY, category="penjualan", amount=25_000)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"category": "gaji"}, "category_unknown"),
        ({"amount": 0}, "amount_missing"),
        ({"amount": LEAST - 1}, "amount_too_small"),
        ({"amount": MOST + 1}, "amount_too_large"),
        ({"happened_on": TODAY + timedelta(days=1)}, "day_in_future"),
        ({"happened_on": TODAY - OLDEST - timedelta(days=1)}, "day_too_old"),
        ({"category": "prive", "is_owed": True}, "never_owed"),
        ({"due_on": TODAY}, "due_not_owed"),
        ({"is_owed": True, "due_on": TODAY - timedelta(days=1)}, "due_before"),
        ({"is_owed": True, "settles_id": uuid4()}, "owed_or_settling"),
        ({"category": "bahan", "channel_id": uuid4()}, "channel_of_sales"),
        ({"note": "x" * 201}, "note_too_long"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_name(changed, code):
    with pytest.raises(InvalidInput) as refusal:
        check_said(replace(SALE, **changed), way="pendamping", today=TODAY)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": LEAST},
        {"amount": MOST},
        {"happened_on": TODAY - OLDEST},
        {"is_owed": True, "due_on": TODAY},
        {"category": "bahan", "is_owed": True},
    ],
)
def test_what_lies_just_within_is_taken(changed):
    check_said(replace(SALE, **changed), way="pemilik", today=TODAY)


def test_a_payment_fits_the_line_that_it_pays():
    check_settling(SALE, owed_on=TODAY, category="penjualan", left=25_000)

    for owed in (
        {"owed_on": TODAY, "category": "penjualan", "left": 24_999},
        {"owed_on": TODAY, "category": "bahan", "left": 25_000},
        {"owed_on": TODAY + timedelta(days=1), "category": "penjualan", "left": 25_000},
    ):
        with pytest.raises(InvalidInput):
            check_settling(SALE, **owed)


@pytest.mark.parametrize(
    ("is_consignment", "payment_days", "has_deliveries", "expected"),
    [
        (False, 0, False, False),
        (False, None, False, False),
        (True, 0, False, True),
        (False, 7, False, True),
        (False, 0, True, True),
    ],
)
def test_what_a_channel_pays_later_stands_in_its_own_ledger(
    is_consignment, payment_days, has_deliveries, expected
):
    found = is_on_ledger(
        is_consignment=is_consignment, payment_days=payment_days, has_deliveries=has_deliveries
    )

    assert found is expected
