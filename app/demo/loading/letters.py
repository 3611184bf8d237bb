"""What goes to and fro between owners, other offices and the office: referrals, objections,
requests about one's own data; and the figures that offices typed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from app.demo.invention.letters import (
    ANSWERS,
    ASKED,
    CHECKED_BY,
    DECLINED_BECAUSE,
    FIGURES,
    GUESTS,
    OBJECTIONS,
    REQUEST_ANSWERS,
    Typed,
)
from app.demo.loading.cast import STORY_REGENCY, Cast
from app.demo.loading.chronicle import Chronicle
from app.demo.loading.desk import GUEST, Desk
from app.demo.loading.shelf import Shelf, at_work, key_at
from app.demo.simulator import World
from app.health.models import OBJECTION_OUTCOMES, OBJECTION_WAYS, Objection
from app.health.rules.disputes import ANSWER_DAYS, answer_due
from app.interventions.models import Referral
from app.interventions.rules import ACTIVE_STATES, current_catalogue
from app.interventions.rules.referrals import (
    ACCEPTED,
    ANSWER_WITHIN,
    DECLINED,
    FINISHED,
    LINK_LIFE,
    OFFICES,
    REVOKED,
    SENT,
)
from app.interventions.rules.states import DONE
from app.programme.models import TypedFigure
from app.rights.models import PersonRequest
from app.rights.rules.requests import (
    CAME_BY,
    COPY,
    CORRECTION,
    ERASURE,
    FULFILLED,
    REFUSED,
    WAITING,
    due_at,
)

REFERRAL, OBJECTION = Referral.__table__, Objection.__table__
REQUEST, TYPED = PersonRequest.__table__, TypedFigure.__table__
REFERRED_SHARE, OBJECTION_SHARE, REQUEST_SHARE, FIGURE_SHARE = 0.3, 0.06, 0.03, 0.5
_DECLINED_SHARE, _WAITING_SHARE = 0.2, 0.45
# Of requests: those that came in within the last days, still waiting.
_FRESH_SHARE, _REQUEST_DAYS = 0.4, 300


def letters_of(desk: Desk) -> None:
    """Everything of this kind that concerns one enterprise that still trades."""
    chance = desk.chance("letters")
    for therapy in desk.therapies:
        _refer(desk, therapy, chance)
    if desk.found and chance.random() < OBJECTION_SHARE:
        _object(desk, chance)
    if chance.random() < REQUEST_SHARE:
        _request(desk, chance)


def _refer(desk: Desk, therapy: dict[str, Any], chance: Random) -> None:
    """Send a therapy to another office, and tell what it answered since."""
    is_wanted = chance.random() < REFERRED_SHARE and desk.agreed_on is not None
    if not is_wanted or therapy["state"] not in (*ACTIVE_STATES, DONE):
        return
    sent_on = therapy["decided_at"].date() + timedelta(days=chance.randrange(1, 10))
    last_on = therapy["closed_on"] or desk.world.last_on
    if sent_on >= last_on:
        return
    sent_at, office = at_work(chance, sent_on), _office(therapy["provider"], chance)
    row = {
        "id": key_at(chance, sent_at),
        "intervention_id": therapy["id"],
        "enterprise_id": desk.subject.enterprise_id,
        "office": office,
        "office_name": OFFICES[office],
        "phone": None,
        "request": chance.choice(ASKED),
        "state": SENT,
        "owner_agreed_on": desk.agreed_on,
        "sent_by": desk.officer,
        "sent_at": sent_at,
        "answer_due_on": sent_on + ANSWER_WITHIN,
        # Nobody knows the code of an invented link: an office makes a new one.
        "token_sha256": None,
        "expires_at": sent_at + LINK_LIFE,
        **dict.fromkeys(_ANSWER),
    }
    _tell(desk, "sent", row, therapy, sent_at)
    _answered(desk, row, therapy, last_on, chance)
    desk.shelf.add(REFERRAL, row)


_ANSWER = (
    "answered_at",
    "answered_by",
    "decline_reason",
    "finished_at",
    "finished_by",
    "result",
    "result_note",
)


def _office(provider: str | None, chance: Random) -> str:
    """The office that the provider's name means, else one that often helps."""
    named = [key for key in OFFICES if key in (provider or "").lower()]
    return named[0] if named else chance.choice(("dinkes", "plut", "koperasi", "blk"))


def _answered(
    desk: Desk, row: dict[str, Any], therapy: dict[str, Any], last_on: date, chance: Random
) -> None:
    """The answer and the result of the other office, as far as they came."""
    draw, person = chance.random(), chance.choice(GUESTS)
    day = row["sent_at"].date() + timedelta(days=chance.randrange(1, 12))
    is_done = therapy["state"] == DONE
    if day >= last_on or (draw < _WAITING_SHARE and not is_done):
        if is_done:
            row["state"] = REVOKED
            _tell(desk, "revoked", row, therapy, at_work(chance, last_on), by=desk.officer)
        return
    row |= {"answered_at": at_work(chance, day), "answered_by": person}
    if draw > 1 - _DECLINED_SHARE:
        row |= {"state": DECLINED, "decline_reason": chance.choice(DECLINED_BECAUSE)}
        reason = row["decline_reason"]
        _tell(desk, "declined", row, therapy, row["answered_at"], by=GUEST, note=reason)
        return
    row["state"] = ACCEPTED
    therapy["provider"] = row["office_name"]
    _tell(desk, "accepted", row, therapy, row["answered_at"], by=GUEST)
    if is_done:
        at = at_work(chance, last_on)
        row |= {"state": FINISHED, "finished_at": at, "finished_by": person}
        row |= {"result": therapy["result"], "result_note": therapy["result_note"]}
        _tell(desk, "finished", row, therapy, at, by=GUEST, note=row["result_note"])


def _tell(
    desk: Desk,
    step: str,
    row: dict[str, Any],
    therapy: dict[str, Any],
    at: Any,
    *,
    by: Any = None,
    note: str | None = None,
) -> None:
    name = current_catalogue().therapies[therapy["therapy_code"]].name
    changes = {"therapy": [None, name], "office_name": [None, row["office_name"]]}
    if by is GUEST:
        changes["answered_by"] = [None, row["answered_by"]]
    if row["result"]:
        changes["result"] = [None, row["result"]]
    desk.note(f"referral.{step}", ("referral", row["id"]), at=at, by=by, changes=changes, note=note)


def _object(desk: Desk, chance: Random) -> None:
    """An owner who does not agree with the last assessment, and the answer."""
    one, assessment = desk.found[-1]
    received_on = one.assessed_on + timedelta(days=chance.randrange(1, 14))
    if received_on > desk.world.last_on or assessment["assessed_by"] == desk.officer:
        return
    recorded_at = at_work(chance, received_on)
    answered_on = received_on + timedelta(days=chance.randrange(2, ANSWER_DAYS + 4))
    outcome = chance.choice(OBJECTION_OUTCOMES) if answered_on <= desk.world.last_on else None
    row = {
        "id": key_at(chance, recorded_at),
        "enterprise_id": desk.subject.enterprise_id,
        "assessment_id": one.id,
        "received_on": received_on,
        "way": chance.choice(OBJECTION_WAYS[:3]),
        "words": chance.choice(OBJECTIONS),
        "due_on": answer_due(received_on),
        "recorded_by": desk.mentor,
        "recorded_at": recorded_at,
        "outcome": outcome,
        "answer": ANSWERS[outcome] if outcome else None,
        "answered_on": answered_on if outcome else None,
        "answered_by": desk.officer if outcome else None,
    }
    desk.shelf.add(OBJECTION, row)
    about = ("objection", row["id"])
    desk.note("objection.recorded", about, at=recorded_at, by=desk.mentor)
    if outcome:
        at = at_work(chance, answered_on)
        changes = {"outcome": [None, outcome]}
        desk.note("objection.answered", about, at=at, by=desk.officer, changes=changes)


def _request(desk: Desk, chance: Random) -> None:
    """An owner who asks about their own data; fresh ones wait, and one or the other is late."""
    kind = chance.choice((COPY, COPY, CORRECTION, ERASURE))
    is_fresh = chance.random() < _FRESH_SHARE
    days = chance.choice((1, 1, 2, 4)) if is_fresh else chance.randrange(8, _REQUEST_DAYS)
    day = desk.world.last_on - timedelta(days=days)
    if day <= desk.subject.registered_on:
        return
    received_at = at_work(chance, day)
    state = WAITING if is_fresh else (REFUSED if kind == ERASURE else FULFILLED)
    answered_at = at_work(chance, day + timedelta(days=chance.choice((1, 1, 2, 2, 4))))
    row = {
        "id": key_at(chance, received_at),
        "owner_id": desk.owner_id,
        "kind": kind,
        "came_by": chance.choice(CAME_BY),
        "identity_check": chance.choice(CHECKED_BY),
        "detail": None,
        "received_at": received_at,
        "due_at": due_at(received_at),
        "recorded_by": desk.officer,
        "state": state,
        "answer": None if is_fresh else REQUEST_ANSWERS[kind],
        "answered_by": None if is_fresh else desk.officer,
        "answered_at": None if is_fresh else answered_at,
    }
    desk.shelf.add(REQUEST, row)
    about, changes = ("person_request", row["id"]), {"kind": [None, kind]}
    desk.note("request.received", about, at=received_at, by=desk.officer, changes=changes)
    if not is_fresh:
        ended = "refused" if state == REFUSED else "fulfilled"
        desk.note(f"request.{ended}", about, at=answered_at, by=desk.officer, changes=changes)


def typed_figures(world: World, cast: Cast, shelf: Shelf, chronicle: Chronicle) -> None:
    """What some offices typed of what the system does not count; one figure was corrected."""
    for regency, officer in cast.officers.items():
        chance = Random(f"{world.seed}-typed-{regency}")
        for figure in FIGURES:
            is_story = regency == STORY_REGENCY
            if not is_story and chance.random() >= FIGURE_SHARE:
                continue
            row = _typed(world, figure, regency, officer, chance)
            _keep_typed(shelf, chronicle, row, None)
            if is_story and figure is FIGURES[0]:
                right = _typed(world, figure, regency, officer, chance)
                right |= {"corrects_id": row["id"], "counted_on": row["counted_on"]}
                right["note"] = "Angka pertama salah ketik"
                _keep_typed(shelf, chronicle, right, row)


def _typed(
    world: World, figure: Typed, regency: str, officer: Any, chance: Random
) -> dict[str, Any]:
    typed_at = at_work(chance, world.last_on - timedelta(days=chance.randrange(2, 20)))
    value = chance.randint(*figure.between)
    out_of = value + chance.randint(*figure.beyond) if figure.beyond else None
    return {
        "id": key_at(chance, typed_at),
        "area_code": regency,
        "item": figure.item,
        "value": value * 100,
        "out_of": None if out_of is None else out_of * 100,
        "unit": figure.unit,
        "counted_on": world.last_on - timedelta(days=chance.randrange(25, 60)),
        "source": figure.source,
        "note": "",
        "corrects_id": None,
        "typed_by": officer,
        "typed_at": typed_at,
    }


def _keep_typed(
    shelf: Shelf, chronicle: Chronicle, row: dict[str, Any], before: dict[str, Any] | None
) -> None:
    if before is not None:
        # A correction comes after what it corrects.
        chance = Random(f"right-{before['id']}")
        row["typed_at"] = before["typed_at"] + timedelta(hours=1)
        row["id"] = key_at(chance, row["typed_at"])
    shelf.add(TYPED, row)

    def said(figure: dict[str, Any] | None) -> str | None:
        return None if figure is None else f"{figure['value'] // 100} {figure['unit']}"

    changes: dict[str, Any] = {"value": [said(before), said(row)]}
    if before is None:
        for name in ("item", "counted_on", "source"):
            changes[name] = [None, str(row[name])]
    chronicle.note(
        "typed_figure.added" if before is None else "typed_figure.corrected",
        ("typed_figure", row["id"]),
        at=row["typed_at"],
        by=row["typed_by"],
        area_code=row["area_code"],
        changes=changes,
    )
