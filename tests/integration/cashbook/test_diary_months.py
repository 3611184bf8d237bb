"""The diary as its service keeps it: each word stays, one of each month stands."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.cashbook.models import DiaryMonth
from app.cashbook.queries.diaries import diary_page, month_page
from app.cashbook.rules.diaries import FiveNumbers, months_back
from app.cashbook.rules.entries import MENTOR, OWNER
from app.cashbook.services.diaries import record_month
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.belongings import Pair, settle
from app.db.transaction import transaction
from app.history.models import HistoryEntry


@pytest.fixture
def tell(enterprise, mentor):
    enterprise_id, by = enterprise.id, mentor.id

    def told(month, *, scope=None, way=MENTOR, of=None, corrects=None, key=None, **numbers):
        said = dict.fromkeys(("sales", "costs", "produced", "workers", "keeps_record")) | numbers
        with transaction():
            return record_month(
                scope=scope or everywhere(),
                by=by,
                way=way,
                diary_id=key,
                enterprise_id=of or enterprise_id,
                month=month,
                corrects_id=corrects,
                **said,
            ).id

    return told


def test_a_month_is_told_anew_by_naming_what_stands(enterprise, tell):
    newest, before, _ = months_back(local_today(), 3)
    first = tell(newest, sales=5_000_000, costs=3_000_000)
    second = tell(newest, sales=4_500_000, costs=3_000_000, workers=2, corrects=first, way=OWNER)
    page = diary_page(everywhere(), enterprise.id)
    month = month_page(everywhere(), enterprise.id, newest)

    assert page.lines[0].id == second
    assert page.lines[0].told == FiveNumbers(sales=4_500_000, costs=3_000_000, workers=2)
    # What was not told is a gap and no zero.
    assert (page.lines[1].month, page.lines[1].told, page.told_count) == (before, None, 1)
    assert [(word.told.sales, word.is_current) for word in month.words] == [
        (4_500_000, True),
        (5_000_000, False),
    ]
    actions = db.session.scalars(
        select(HistoryEntry.action).where(HistoryEntry.action.like("diary%"))
    )
    assert sorted(actions) == ["diary.corrected", "diary.recorded"]


def test_a_month_told_by_mistake_is_emptied_and_told_again(enterprise, tell):
    newest = months_back(local_today(), 1)[0]
    emptied = tell(newest, corrects=tell(newest, sales=1_000_000))
    page = diary_page(everywhere(), enterprise.id)

    assert (page.told_count, page.next_line.month) == (0, newest)

    tell(newest, sales=0, corrects=emptied)

    assert diary_page(everywhere(), enterprise.id).lines[0].told.sales == 0


def test_what_is_sent_twice_is_kept_once_and_other_content_is_refused(enterprise, tell):
    newest, key = months_back(local_today(), 1)[0], new_id()
    tell(newest, sales=5000, key=key)

    assert tell(newest, sales=5000, key=key) == key
    with pytest.raises(Conflict, match="diary_sent_otherwise"):
        tell(newest, sales=6000, key=key)
    # Who did not see what stands does not replace it.
    with pytest.raises(Conflict) as refused:
        tell(newest, sales=6000)
    assert refused.value.code == "month_told_meanwhile"
    assert db.session.scalars(select(DiaryMonth.sales)).all() == [5000]


def test_nobody_tells_of_what_is_not_theirs(factories, enterprise, tell):
    newest, before, _ = months_back(local_today(), 3)
    stranger = factories.account(role=Role.MENTOR)
    other = factories.enterprise().id
    first = tell(newest, sales=5000)

    with pytest.raises(NotFound):
        tell(newest, sales=6000, scope=Scope(account_id=stranger.id, mentor_account_id=stranger.id))
    with pytest.raises(NotFound):
        tell(newest, sales=6000, of=other, corrects=first)
    with pytest.raises(NotFound):
        tell(before, sales=6000, corrects=first)
    with pytest.raises(InvalidInput):
        tell(local_today().replace(day=1), sales=6000)


def test_nothing_is_told_of_an_owner_who_withdrew(factories, enterprise, tell):
    with transaction():
        enterprise.owner.objected_on = local_today()

    with pytest.raises(WrongState):
        tell(months_back(local_today(), 1)[0], sales=6000)


def test_when_two_become_one_the_kept_word_of_a_month_stands(factories, enterprise, tell):
    newest, before, _ = months_back(local_today(), 3)
    gone = factories.enterprise()
    tell(newest, sales=5000)
    tell(newest, sales=9000, of=gone.id)
    tell(before, sales=8000, of=gone.id)

    with transaction():
        settle(
            Pair(
                kept_id=enterprise.id,
                gone_id=gone.id,
                kept_owner_id=enterprise.owner_id,
                gone_owner_id=gone.owner_id,
            )
        )

    rows = db.session.execute(
        select(DiaryMonth.sales).where(DiaryMonth.is_current).order_by(DiaryMonth.sales)
    ).scalars()
    assert list(rows) == [5000, 8000]
