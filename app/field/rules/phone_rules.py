"""The numbers and lists by which a phone judges as the server does, as plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.enterprises.rules.similar import GENERIC_WORDS, NEAR
from app.health.rules.protocol import (
    FIRST_VISIT_WHEN_SICK,
    INTERVAL_UNASSESSED,
    INTERVALS,
    NOT_VISITED,
)
from app.mentoring.rules.outcomes import (
    NEXT_STEPS,
    REST_AFTER_REFUSAL,
    REST_AFTER_REWARD_ASKED,
)
from app.mentoring.rules.visits import MAX_AGE_DAYS, MAX_NEW_PROMISES, MAX_PROMISE_DAYS
from app.mentoring.rules.words import ASKED_REWARD, REFUSED


def phone_rules(reminders: Sequence[int]) -> dict[str, Any]:
    """What `reference.rules` holds: read by protocol.js, visit_checks.js, similar.js, permits.js.

    `reminders` are the days before its end on which a permit is told of.
    """
    return {
        "reminders": list(reminders),
        "protocol": {
            "first_visit_when_sick": FIRST_VISIT_WHEN_SICK,
            "intervals": dict(INTERVALS),
            "interval_unassessed": INTERVAL_UNASSESSED,
            "not_visited": sorted(NOT_VISITED),
            "rest": {REFUSED: REST_AFTER_REFUSAL, ASKED_REWARD: REST_AFTER_REWARD_ASKED},
        },
        "visit": {
            "max_age_days": MAX_AGE_DAYS,
            "max_promises": MAX_NEW_PROMISES,
            "max_promise_days": MAX_PROMISE_DAYS,
            "next_steps": {outcome: step.text for outcome, step in NEXT_STEPS.items()},
        },
        "similar": {"near": NEAR, "generic": sorted(GENERIC_WORDS)},
    }
