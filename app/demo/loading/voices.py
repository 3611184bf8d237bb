"""Owners who come in by card: the card, what they say of visits and promises, their messages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Table

from app.accounts.models import Account, Membership
from app.core.permissions import Role
from app.demo.invention.voices import MESSAGES
from app.demo.loading.care import PROMISE, VISIT
from app.demo.loading.desk import Desk
from app.demo.loading.office import CHECK
from app.demo.loading.shelf import at_work, key_at
from app.mentoring.models import VisitConfirmation
from app.mentoring.rules import MET, OPEN, TO_CHECK
from app.mentoring.rules.confirming import ASKED_FOR, DENIED_WEIGHT, ON_PAGE
from app.portal.models import OwnerCard, OwnerMessage
from app.portal.rules.messages import ABSENT, DENIED, due_on
from app.portal.services.cards import ACCOUNT_NAME

ACCOUNT, MEMBERSHIP = Account.__table__, Membership.__table__
CARD, MESSAGE = OwnerCard.__table__, OwnerMessage.__table__
CONFIRMATION = VisitConfirmation.__table__
# Of the owners whose enterprise still trades: who has a card; of these, who writes.
CARD_SHARE, WRITING_SHARE = 0.12, 0.4
_CONFIRMED_SHARE, _DENIED_SHARE, _TICKED_SHARE = 0.7, 0.05, 0.5
_CARD_DAYS, _CARD_LIFE = 60, timedelta(days=365)
# Messages older than this have their answer.
_ANSWERED_AFTER = 5
Note = Callable[..., None]


def voices_of(desk: Desk, owner_row: dict[str, Any] | None, *, note: Note) -> None:
    """Give some owners a card and put down what they said since; the one with an account always.

    `owner_row` is not written yet; None: another enterprise of the same owner was told before.
    `note` writes into the history without the enterprise, whose timeline the mentor reads.
    """
    chance = desk.chance("voices")
    if owner_row is None:
        return
    has_account = owner_row["account_id"] is not None
    if has_account or chance.random() < CARD_SHARE:
        _Voice(desk, owner_row, chance, note).speak(is_shown=has_account)


class _Voice:
    """Writes what one owner does on their own page."""

    def __init__(self, desk: Desk, owner_row: dict[str, Any], chance: Random, note: Note) -> None:
        self.desk, self.chance, self.note = desk, chance, note
        self.owner_id: UUID = owner_row["id"]
        self.last_on = desk.world.last_on
        self.since = max(
            self.last_on - timedelta(days=chance.randrange(20, _CARD_DAYS)),
            desk.subject.registered_on,
        )
        made_at = at_work(chance, self.since)
        if owner_row["account_id"] is None:
            owner_row["account_id"] = self._account(made_at)
        self.account_id: UUID = owner_row["account_id"]
        self._card(made_at)

    def speak(self, *, is_shown: bool) -> None:
        """What they said of visits and promises, and what they wrote.

        `is_shown`: of the one who is shown to guests, the newest visit is still to be asked about,
        one message has its answer and one waits.
        """
        visits = [row for row in self._own(VISIT) if self._is_asked(row)]
        for visit in visits[1:] if is_shown else visits:
            self._of_visit(visit, may_deny=not is_shown)
        for promise in self._own(PROMISE):
            if promise["state"] == OPEN and self.chance.random() < _TICKED_SHARE:
                promise["owner_said_at"] = self._said_at(self.since)
        if is_shown:
            self._write(MESSAGES[0], self.last_on - timedelta(days=12))
            self._write(MESSAGES[1], self.last_on - timedelta(days=2))
        elif self.chance.random() < WRITING_SHARE:
            ago = self.chance.randrange(1, 18)
            self._write(self.chance.choice(MESSAGES), self.last_on - timedelta(days=ago))

    def _account(self, made_at: datetime) -> UUID:
        key = key_at(self.chance, made_at)
        account = {
            "id": key,
            "name": ACCOUNT_NAME,
            "email": None,
            "phone": None,
            "password_hash": "",
            "is_active": True,
            "is_card_only": True,
            "must_change_password": False,
            "created_at": made_at,
        }
        membership = {
            "id": key_at(self.chance, made_at),
            "account_id": key,
            "role": str(Role.ENTREPRENEUR),
            "area_code": self.desk.subject.village_code,
            "from_on": self.since,
            "until_on": None,
        }
        self.desk.shelf.add(ACCOUNT, account)
        self.desk.shelf.add(MEMBERSHIP, membership)
        return key

    def _card(self, made_at: datetime) -> None:
        key, expires_on = key_at(self.chance, made_at), self.since + _CARD_LIFE
        card = {
            "id": key,
            "owner_id": self.owner_id,
            # Of no code that anybody could type: `flask demo card` makes one that opens.
            "code_hash": hashlib.sha256(key.bytes).hexdigest(),
            "made_by": self.desk.mentor,
            "made_at": made_at,
            "expires_on": expires_on,
            "used_at": self._said_at(self.since),
            "revoked_by": None,
            "revoked_at": None,
            "pin_hash": None,
            "pin_tries": 0,
        }
        self.desk.shelf.add(CARD, card)
        changes = {"expires_on": [None, expires_on.isoformat()]}
        self._note("owner_card.made", ("owner_card", key), made_at, self.desk.mentor, changes)

    def _own(self, table: Table) -> Iterator[dict[str, Any]]:
        """What was put down for this enterprise, the last first."""
        for row in reversed(self.desk.shelf.rows(table)):
            if row["enterprise_id"] != self.desk.subject.enterprise_id:
                return
            yield row

    def _is_asked(self, visit: Mapping[str, Any]) -> bool:
        day: date = visit["visited_on"]
        return visit["outcome"] == MET and day > self.last_on - ASKED_FOR

    def _of_visit(self, visit: Mapping[str, Any], *, may_deny: bool) -> None:
        draw = self.chance.random()
        if draw > _CONFIRMED_SHARE:
            return
        has_come = not (may_deny and draw < _DENIED_SHARE)
        said_at = self._said_at(max(self.since, visit["visited_on"]))
        row = {
            "visit_id": visit["id"],
            "has_come": has_come,
            "way": ON_PAGE,
            "said_at": said_at,
            "recorded_by": self.account_id,
        }
        self.desk.shelf.add(CONFIRMATION, row)
        about = ("visit", visit["id"])
        if has_come:
            self.desk.note("visit.confirmed", about, at=said_at, by=self.account_id)
            return
        self._note("visit.denied", about, said_at, self.account_id)
        self._move_in_queue(visit["id"])
        self._message(
            uuid5(visit["id"], ABSENT), ABSENT, DENIED, sent_at=said_at, visit_id=visit["id"]
        )

    def _move_in_queue(self, visit_id: UUID) -> None:
        for check in reversed(self.desk.shelf.rows(CHECK)):
            if check["visit_id"] == visit_id:
                if check["state"] in TO_CHECK:
                    check["weight"] += DENIED_WEIGHT
                return

    def _write(self, message: tuple[str, str, str, str], day: date) -> None:
        kind, topic, words, answer = message
        sent_at = self._said_at(max(day, self.since))
        row = self._message(key_at(self.chance, sent_at), kind, topic, words, sent_at=sent_at)
        answered_on = day + timedelta(days=2)
        if (self.last_on - day).days < _ANSWERED_AFTER or answered_on <= self.since:
            return
        at = max(at_work(self.chance, answered_on), sent_at + timedelta(hours=1))
        row |= {"answer": answer, "answered_by": self.desk.officer, "answered_at": at}
        about = ("owner_message", row["id"])
        self._note("owner_message.answered", about, at, self.desk.officer)

    def _message(
        self,
        key: UUID,
        kind: str,
        topic: str,
        words: str = "",
        *,
        sent_at: datetime,
        visit_id: UUID | None = None,
    ) -> dict[str, Any]:
        row: dict[str, Any] = {
            "id": key,
            "owner_id": self.owner_id,
            "enterprise_id": self.desk.subject.enterprise_id,
            "visit_id": visit_id,
            "kind": kind,
            "topic": topic,
            "words": words,
            "sent_by": self.account_id,
            "sent_at": sent_at,
            "due_on": due_on(kind, sent_at.date()),
            "answer": None,
            "follow_up_on": None,
            "answered_by": None,
            "answered_at": None,
            "read_at": None,
        }
        self.desk.shelf.add(MESSAGE, row)
        changes = {"kind": [None, kind]}
        about = ("owner_message", key)
        self._note("owner_message.sent", about, sent_at, self.account_id, changes)
        return row

    def _said_at(self, day: date) -> datetime:
        """An instant of a day, or of the day after: never after the last day of the world."""
        later = min(day + timedelta(days=self.chance.randrange(2)), self.last_on)
        return at_work(self.chance, later)

    def _note(
        self,
        action: str,
        about: tuple[str, UUID],
        at: datetime,
        by: UUID,
        changes: dict[str, Any] | None = None,
    ) -> None:
        area = self.desk.subject.village_code
        self.note(action, about, at=at, by=by, area_code=area, changes=changes)
