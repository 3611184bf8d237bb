"""Answers that the office knows, as cards tell them to the phone's assessment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.clock import local_today
from app.field.rules.reading import day_text, decimal_text
from app.health.queries import known_answers_of, told_facts_of
from app.health.rules.known_bounds import MOVEMENTS_HOLD
from app.health.rules.known_words import without_sums


def known_parts(ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What is known today, and until when a phone may go by it; sums stay at the office."""
    return {
        key: [
            {
                "code": code,
                "points": one.points,
                "source": without_sums(one.source),
                "on": one.known_on.isoformat(),
                "evidence": one.evidence,
                "until": day_text(one.holds_until),
                "number": decimal_text(one.number),
            }
            for code, one in known.items()
        ]
        for key, known in known_answers_of(ids, on=local_today()).items()
    }


def book_parts(ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What the cash book and loans say beside the questions, as it would be typed, and until
    when."""
    today = local_today()
    return {
        key: {**_typed(told), "until": day_text(today + MOVEMENTS_HOLD)}
        for key, told in told_facts_of(ids, on=today).items()
    }


def _typed(told: dict[str, Any]) -> dict[str, Any]:
    typed = dict(told)
    if "loss_months" in told:
        typed["loss_months"] = str(told["loss_months"])
        typed["book_coverage"] = decimal_text(told["book_coverage"])
    return typed
