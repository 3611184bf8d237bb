"""Whom a lender may know of: two words that must hold, whoever takes which of them back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.permissions import Permission, Role
from app.core.scope import everywhere
from app.credit.models import LenderConsent, Member
from app.credit.queries import readiness_parts
from app.credit.queries.consented import has_consented, is_consented
from app.credit.queries.lender_words import lender_words
from app.credit.queries.readiness_parts import ReadinessPart, parts_of, register_part
from app.credit.services.consents import give_lender_consent, withdraw_lender_consent
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.consents import consents_of
from app.enterprises.services import give_consent, withdraw_consent
from app.history.models import HistoryEntry
from app.quality.services import merging
from tests.factories.enterprises import OTHER_VILLAGE

TODAY = local_today()
GENERAL = "lembaga_keuangan"


@pytest.fixture
def mentor(factories):
    return factories.account(role=Role.MENTOR)


@pytest.fixture
def enterprise(factories, mentor):
    return factories.enterprise(mentor=mentor)


@pytest.fixture
def lender(factories):
    return factories.lender(name="Koperasi Mekar")


def give(mentor, owner_id, lender_id, **values):
    told = {"way": "lisan_saksi", "witness": "Pak RT", "given_on": TODAY, **values}
    scope = scope_of(mentor.id, Permission.LENDER_CONSENT)
    with transaction():
        give_lender_consent(
            scope=scope, by=mentor.id, owner_id=owner_id, lender_id=lender_id, **told
        )


def withdraw(mentor, owner_id, lender_id):
    with transaction():
        withdraw_lender_consent(
            scope=scope_of(mentor.id, Permission.LENDER_CONSENT),
            by=mentor.id,
            owner_id=owner_id,
            lender_id=lender_id,
        )


def speak(mentor, owner_id, *, given: bool, purpose_key: str = GENERAL):
    told = {"scope": everywhere(), "owner_id": owner_id, "purpose_key": purpose_key}
    with transaction():
        if given:
            give_consent(**told, way="layar", witness=None, given_on=TODAY, by=mentor.id)
        else:
            withdraw_consent(**told, withdrawn_on=TODAY, reason=None, by=mentor.id)


def test_a_word_for_one_lender_lets_that_one_see_and_no_other(
    factories, mentor, enterprise, lender
):
    other, owner_id = factories.lender(), enterprise.owner_id

    give(mentor, owner_id, lender.id)

    assert has_consented(owner_id, lender.id)
    assert not has_consented(owner_id, other.id)
    assert not has_consented(factories.owner().id, lender.id)
    assert [one.purpose for one in consents_of(owner_id)] == [GENERAL]
    row = db.session.scalars(select(LenderConsent)).one()
    assert (row.way, row.witness, row.recorded_by) == ("lisan_saksi", "Pak RT", mentor.id)


def test_the_condition_stands_beside_the_owners_of_the_query_around_it(
    factories, mentor, enterprise, lender
):
    silent = factories.enterprise()
    for owner_id in (enterprise.owner_id, silent.owner_id):
        factories.member(lender, owner_id, is_consented=False)
    give(mentor, enterprise.owner_id, lender.id)

    found = select(Owner.id).join(Member, Member.owner_id == Owner.id)
    seen = found.where(is_consented(Member.owner_id, Member.lender_id))
    assert db.session.scalars(seen).all() == [enterprise.owner_id]


@pytest.mark.parametrize("what", ["this lender", "lenders at large", "the register", "restricted"])
def test_whatever_is_taken_back_hides_at_once(mentor, enterprise, lender, what):
    owner_id = enterprise.owner_id
    give(mentor, owner_id, lender.id)

    if what == "this lender":
        withdraw(mentor, owner_id, lender.id)
    elif what == "restricted":
        with transaction():
            db.session.get_one(Owner, owner_id).restricted_on = TODAY
    else:
        key = GENERAL if what == "lenders at large" else "pendampingan"
        speak(mentor, owner_id, given=False, purpose_key=key)

    assert not has_consented(owner_id, lender.id)


def test_who_comes_back_to_lenders_at_large_is_asked_about_each_anew(mentor, enterprise, lender):
    owner_id = enterprise.owner_id
    give(mentor, owner_id, lender.id)
    speak(mentor, owner_id, given=False)
    speak(mentor, owner_id, given=True)
    assert not has_consented(owner_id, lender.id)

    give(mentor, owner_id, lender.id)
    assert has_consented(owner_id, lender.id)
    rows = db.session.scalars(select(LenderConsent).order_by(LenderConsent.recorded_at)).all()
    assert [row.withdrawn_at is None for row in rows] == [False, True]


def test_the_same_word_twice_is_refused_and_the_same_withdrawal_twice_is_not(
    mentor, enterprise, lender
):
    give(mentor, enterprise.owner_id, lender.id)
    with pytest.raises(Conflict):
        give(mentor, enterprise.owner_id, lender.id)

    withdraw(mentor, enterprise.owner_id, lender.id)
    withdraw(mentor, enterprise.owner_id, lender.id)
    told = db.session.scalars(select(HistoryEntry.action)).all()
    assert told.count("lender.withdrew") == told.count("lender.consented") == 1


def test_who_is_not_asked_by_the_caller_or_about_that_lender_is_not_found(
    factories, mentor, enterprise, lender
):
    foreign, far = factories.enterprise(), factories.lender(village_code=OTHER_VILLAGE)
    unborn = factories.lender(is_forming=True)

    for owner_id, lender_id in (
        (foreign.owner_id, lender.id),
        (uuid4(), lender.id),
        (enterprise.owner_id, far.id),
        (enterprise.owner_id, unborn.id),
        (enterprise.owner_id, uuid4()),
    ):
        with pytest.raises(NotFound):
            give(mentor, owner_id, lender_id)
    assert db.session.scalars(select(LenderConsent)).all() == []
    assert [one.lender.id for one in lender_words(enterprise.owner_id)] == [lender.id]


def test_what_could_not_be_proved_or_was_objected_to_is_refused(mentor, enterprise, lender):
    for values in ({"witness": ""}, {"way": None}, {"given_on": TODAY + timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            give(mentor, enterprise.owner_id, lender.id, **values)

    speak(mentor, enterprise.owner_id, given=False, purpose_key="pendampingan")
    with pytest.raises(WrongState):
        give(mentor, enterprise.owner_id, lender.id)


def test_of_two_owners_who_become_one_a_word_for_one_lender_stands(
    factories, mentor, enterprise, lender
):
    second = factories.enterprise(owner=factories.owner(), mentor=mentor)
    for one in (enterprise, second):
        give(mentor, one.owner_id, lender.id)
    kept, gone = (db.session.get_one(Enterprise, one.id) for one in (enterprise, second))

    with transaction():
        merging.merge(
            scope=everywhere(),
            kept_id=kept.id,
            gone_id=gone.id,
            versions=(kept.version, gone.version),
            picks={},
            owner_picks={},
            by=mentor.id,
        )

    rows = db.session.scalars(select(LenderConsent)).all()
    assert [row.owner_id for row in rows] == [kept.owner_id]
    assert has_consented(kept.owner_id, lender.id)


def test_two_features_can_not_tell_the_same_part(enterprise, monkeypatch):
    monkeypatch.setattr(readiness_parts, "_PARTS", {})

    def tells(enterprise_ids, *, on):
        return dict.fromkeys(enterprise_ids, ReadinessPart(heading="Uji", missing="Belum ada."))

    register_part(9_999, tells)
    register_part(9_999, tells)

    assert parts_of(enterprise.id, on=TODAY)[-1].missing == "Belum ada."
    with pytest.raises(ValueError, match="9999"):
        register_part(9_999, lambda *_, **__: {})
