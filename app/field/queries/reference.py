"""What a phone must know beside its enterprises: the instrument, words, villages, rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.rules import labels
from app.enterprises.rules.consents import purposes, texts_on
from app.field.queries.held import in_care
from app.field.rules.phone_rules import phone_rules
from app.field.rules.strict_json import fingerprint
from app.health.queries.instruments import published_instruments
from app.health.rules.instrument import Instrument
from app.health.rules.instrument_json import instrument_as_json
from app.interventions.rules import current_catalogue
from app.interventions.rules.states import RESULT_LABELS, STATE_LABELS
from app.market.queries.dated_rules import value as rule_value
from app.market.queries.due import REMINDERS
from app.market.rules.labels import ELEMENTS
from app.market.rules.tracks import tracks
from app.mentoring.models import Mentor
from app.mentoring.rules import (
    MEETING_PLACES,
    OUTCOME_LABELS,
    OWNER_CONFIRMATIONS,
    PROMISE_STATES,
)
from app.places.models import Area
from app.places.queries import path_labels
from app.trainings.rules import PRACTICES

_DISTRICT = 8
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "outcome": OUTCOME_LABELS,
    "place_kind": MEETING_PLACES,
    "owner_confirmation": OWNER_CONFIRMATIONS,
    "promise_state": PROMISE_STATES,
    "practice": PRACTICES,
    "therapy_state": STATE_LABELS,
    "therapy_result": RESULT_LABELS,
    "sector": labels.SECTOR_LABELS,
    "category": labels.CATEGORY_LABELS,
    "relation": labels.RELATION_LABELS,
    "sex": labels.SEX_LABELS,
    "education": labels.EDUCATION_LABELS,
    "life_cycle": labels.LIFE_CYCLE_LABELS,
    "health_class": labels.HEALTH_LABELS,
    "health_status": labels.HEALTH_STATUS_LABELS,
    "consent_way": labels.CONSENT_LABELS,
}


def reference(scope: Scope) -> dict[str, Any]:
    """All of it with its version, the hash of the rest: a phone fetches it when that differs."""
    newest, *older = published_instruments()
    said = {
        "instrument": _instrument(newest),
        # What still has a current assessment may have been judged by another version.
        "instruments_before": [_instrument(one) for one in older],
        "choices": {name: list(map(list, words.items())) for name, words in _CHOICES.items()},
        "therapies": _therapies(),
        "villages": _villages(scope),
        "account": _account(scope.account_id),
        "consents": _consents(),
        "rules": phone_rules(rule_value(REMINDERS, on=local_today())),
        "label_elements": _label_elements(),
        "tracks": _tracks(),
    }
    return {"version": fingerprint(said), **said}


@lru_cache(maxsize=16)
def _instrument(instrument: Instrument) -> dict[str, Any]:
    return instrument_as_json(instrument)


def _therapies() -> dict[str, dict[str, Any]]:
    return {
        code: {
            "title": one.name,
            "what": one.purpose,
            "when": one.duration,
            "measure": one.success_measure,
            "stage": one.stage,
        }
        for code, one in current_catalogue().therapies.items()
    }


def _tracks() -> dict[str, Any]:
    """Each kind of permit with its states: their names, what they need, may be told, ask next."""
    return {
        code: {
            "name": one.name,
            "states": {
                state.code: {
                    "name": state.name,
                    "next": state.next_step,
                    "needs": sorted(state.needs),
                    "may": sorted(state.takes),
                }
                for state in one.states.values()
            },
        }
        for code, one in tracks().items()
    }


def _label_elements() -> list[dict[str, str]]:
    return [{"code": one.code, "label": one.label, "look_for": one.look_for} for one in ELEMENTS]


def _villages(scope: Scope) -> list[dict[str, str]]:
    """The villages of the districts in which the mentor works. Three statements."""
    cared = select(Enterprise.village_code).where(in_care(scope)).distinct()
    codes = set(db.session.scalars(cared))
    home = select(Mentor.village_code).where(Mentor.account_id == scope.mentor_account_id)
    codes |= set(db.session.scalars(home))
    around = sorted({code[:_DISTRICT] for code in codes})
    rows = db.session.execute(
        select(Area.code, Area.name)
        .where(Area.parent_code.in_(around))
        .order_by(Area.search_name, Area.code)
    ).all()
    told = path_labels(row.code for row in rows)
    return [{"code": row.code, "name": row.name, "label": told[row.code]} for row in rows]


def _consents() -> dict[str, Any]:
    texts = texts_on(local_today())
    return {
        "version": texts.version,
        "purposes": [
            {"key": one.key, "label": one.label, "text": texts.texts[one.key]} for one in purposes()
        ],
    }


def _account(account_id: UUID | None) -> dict[str, str]:
    known = names([account_id])
    return {"id": str(account_id), "name": "".join(known.values())}
