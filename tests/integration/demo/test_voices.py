"""Owners of a demo world come in by card, write to the office, and say who came."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from app.accounts.models import Account
from app.cashbook.models import CashEntry
from app.db import db
from app.demo.loading.logins import DEMO_DOMAIN
from app.enterprises.models import Enterprise, Owner
from app.history.models import HistoryEntry
from app.mentoring.models import Promise, Visit, VisitConfirmation
from app.mentoring.rules import MET, OPEN
from app.portal.models import OwnerCard, OwnerMessage
from tests.integration.demo.conftest import LAST_ON


def test_some_owners_have_cards_and_their_words_agree_with_what_happened(load):
    load(enterprises=400)

    cards = db.session.scalars(sa.select(OwnerCard)).all()
    owners = {one.id: one for one in db.session.scalars(sa.select(Owner))}
    messages = db.session.scalars(sa.select(OwnerMessage)).all()
    confirmed = db.session.execute(
        sa.select(VisitConfirmation, Visit, Enterprise)
        .join(Visit, Visit.id == VisitConfirmation.visit_id)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
    ).all()

    assert 10 < len(cards) < 100
    assert all(owners[card.owner_id].account_id is not None for card in cards)
    assert Counter(one.answered_at is not None for one in messages).keys() == {True, False}
    assert {one.has_come for one, _, _ in confirmed} == {True, False}
    for word, visit, enterprise in confirmed:
        assert visit.outcome == MET
        assert word.said_at.date() >= visit.visited_on
        assert word.recorded_by == owners[enterprise.owner_id].account_id
    # A "no" waits for the office, and nothing of it stands where the mentor reads.
    denied = {visit.id for word, visit, _ in confirmed if not word.has_come}
    assert {one.visit_id for one in messages if one.visit_id} == denied
    told = sa.select(HistoryEntry.enterprise_id).where(
        HistoryEntry.action.in_(["visit.denied", "owner_message.sent", "owner_message.answered"])
    )
    assert set(db.session.scalars(told)) == {None}
    ticked = db.session.scalars(sa.select(Promise).where(Promise.owner_said_at.is_not(None))).all()
    assert {one.state for one in ticked} == {OPEN}


def test_the_owner_who_is_shown_has_a_card_an_answer_and_a_question(load):
    load()

    row = db.session.scalars(
        sa.select(Owner)
        .join(Account, Account.id == Owner.account_id)
        .where(Account.email == f"usaha@{DEMO_DOMAIN}")
    ).one()
    card = db.session.scalars(sa.select(OwnerCard).where(OwnerCard.owner_id == row.id)).one()
    messages = db.session.scalars(
        sa.select(OwnerMessage)
        .where(OwnerMessage.owner_id == row.id)
        .order_by(OwnerMessage.sent_at)
    ).all()
    asked = db.session.scalars(
        sa.select(Visit.id)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .where(Enterprise.owner_id == row.id)
        .order_by(Visit.visited_on.desc())
    ).first()

    assert card.expires_on > LAST_ON
    assert [one.answered_at is not None for one in messages] == [True, False]
    assert db.session.get(VisitConfirmation, asked) is None


def test_no_book_of_a_demo_is_written_on_sundays_alone(load):
    load(enterprises=400)

    days: dict[object, set[int]] = {}
    for key, day in db.session.execute(sa.select(CashEntry.enterprise_id, CashEntry.happened_on)):
        days.setdefault((key, day.year, day.month), set()).add(day.weekday())

    assert [key for key, found in days.items() if found == {6}] == []
