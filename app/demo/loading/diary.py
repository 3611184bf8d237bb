"""The diary of five numbers a month, of owners who keep no book: with gaps, as people tell it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from app.cashbook.models import DiaryMonth
from app.cashbook.rules.entries import MENTOR
from app.core.months import add_months, first_of
from app.demo.loading.cash import margin_of, usual_sales
from app.demo.loading.desk import Desk
from app.demo.loading.goods import answer
from app.demo.loading.shelf import at_work, key_at

DIARY = DiaryMonth.__table__
DIARY_SHARE = 0.15
# Of the months since it began: how many nobody told, and how often one number is not remembered.
_GAP_SHARE, _FORGOTTEN_SHARE = 0.2, 0.15
# People remember round sums.
_ROUND = 50_000


def diary_of(desk: Desk) -> None:
    """Put down the diary of an enterprise, if somebody asks for it."""
    chance = desk.chance("diary")
    if not desk.found or chance.random() >= DIARY_SHARE:
        return
    this = first_of(desk.world.last_on)
    for back in range(chance.randrange(3, 15), 0, -1):
        if chance.random() >= _GAP_SHARE:
            month = add_months(this, -back)
            told_on = min(add_months(month, 1) + timedelta(days=6), desk.world.last_on)
            told_at = at_work(chance, max(told_on, desk.subject.registered_on))
            row = {
                "id": key_at(chance, told_at),
                "enterprise_id": desk.subject.enterprise_id,
                "month": month,
                **_numbers(desk, chance),
                "way": MENTOR,
                "corrects_id": None,
                "is_current": True,
                "recorded_by": desk.mentor,
                "recorded_at": told_at,
            }
            desk.shelf.add(DIARY, row)


def _numbers(desk: Desk, chance: Random) -> dict[str, Any]:
    sales = usual_sales(desk) * chance.uniform(0.85, 1.15)
    costs = sales * (1 - margin_of(desk)) * chance.uniform(0.95, 1.05)
    return {
        "sales": round(sales / _ROUND) * _ROUND,
        "costs": _or_forgotten(round(costs / _ROUND) * _ROUND, chance),
        "produced": _or_forgotten(chance.randrange(5, 80) * 10, chance),
        "workers": _or_forgotten(chance.choice((1, 1, 1, 2, 2, 3)), chance),
        "keeps_record": (answer(desk, "MNJ1") or 0) > 0,
    }


def _or_forgotten(value: int, chance: Random) -> int | None:
    return None if chance.random() < _FORGOTTEN_SHARE else value
