"""Budget, spent and what a plan adds up to."""

from __future__ import annotations

import pytest

from app.core.errors import InvalidInput
from app.interventions.rules import Sum, check_spent, check_year, totals_of


def one(state, budget, spent=None, source="dana_desa"):
    return Sum(state=state, funding_source=source, budget=budget, spent=spent)


def test_totals_count_what_is_promised_and_name_what_is_asked():
    money = totals_of(
        [
            one("usulan", 700_000),
            one("disetujui", 250_000),
            one("selesai", 500_000, 450_000, "csr"),
            one("selesai", 0, 0, "tanpa_biaya"),
            one("ditolak", 900_000),
            one("batal", 300_000),
        ]
    )

    assert (money.asked, money.count, money.budget, money.spent) == (700_000, 3, 750_000, 450_000)
    assert [(fund.source, fund.count, fund.budget, fund.spent) for fund in money.funds] == [
        ("tanpa_biaya", 1, 0, 0),
        ("dana_desa", 1, 250_000, 0),
        ("csr", 1, 500_000, 450_000),
    ]


@pytest.mark.parametrize(
    ("budget", "spent", "reason", "field"),
    [
        (500_000, None, None, "spent"),
        (500_000, -1, None, "spent"),
        (500_000, 10_000_000_001, "salah ketik", "spent"),
        (0, 50_000, "ongkos", "spent"),
        (500_000, 500_001, None, "spent_reason"),
        (500_000, 500_001, "", "spent_reason"),
    ],
)
def test_money_that_cannot_be_is_refused_at_its_field(budget, spent, reason, field):
    with pytest.raises(InvalidInput) as caught:
        check_spent(budget=budget, spent=spent, reason=reason)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("budget", "spent", "reason", "kept"),
    [(0, None, None, 0), (500_000, 0, None, 0), (500_000, 500_000, None, 500_000),
     (500_000, 575_000, "Harga naik", 575_000)],
)  # fmt: skip
def test_money_within_the_budget_or_with_a_reason_is_kept(budget, spent, reason, kept):
    assert check_spent(budget=budget, spent=spent, reason=reason) == kept


def test_year_that_nobody_said_is_the_year_of_the_due_day():
    assert check_year(None, otherwise=2027) == 2027
    assert check_year(2025, otherwise=2027) == 2025
    with pytest.raises(InvalidInput):
        check_year(26, otherwise=2027)
