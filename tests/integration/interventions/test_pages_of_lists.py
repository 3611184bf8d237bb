"""Lists of therapy and of visits go on, page by page, without a gap and without an end too soon."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope, everywhere
from app.interventions import queries
from app.interventions.queries import lists
from app.mentoring.queries import visits
from app.web.paging import encode_cursor

MALANG = Scope(account_id=None, areas=("35.07",))


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    monkeypatch.setattr(visits, "SHOWN", 2)


def all_pages(ask, scope):
    """The ids of all lines, page by page."""
    found, cursor = [], None
    while True:
        listed = ask(scope, cursor=cursor)
        found += [getattr(line, "id", None) or line.enterprise_id for line in listed.lines]
        cursor = listed.next_cursor
        if cursor is None:
            assert len(found) == listed.total
            return found


@pytest.mark.parametrize("count", [1, 2, 5])
def test_proposals_and_due_therapies_go_on(factories, small_pages, count):
    several = [factories.enterprise() for _ in range(count)]
    proposed = [factories.intervention(enterprise=one, therapy_code="T01").id for one in several]
    running = [
        factories.intervention(
            enterprise=one, therapy_code="T02", state="berjalan", due_on=local_today()
        ).id
        for one in several
    ]

    assert sorted(all_pages(queries.waiting, everywhere())) == sorted(proposed)
    assert sorted(all_pages(queries.due, everywhere())) == sorted(running)
    assert all_pages(queries.waiting, MALANG) == all_pages(queries.due, MALANG) == []


def test_the_sickest_without_a_plan_stand_first_on_all_pages(factories, small_pages):
    made = [
        factories.enterprise(
            health_class=("sakit", "kurang_sehat")[number % 2],
            health_status="final",
            assessed_on=local_today() - timedelta(days=number // 3),
            health_valid_until=local_today(),
        )
        for number in range(7)
    ]

    found = all_pages(queries.unplanned, everywhere())

    classes = {one.id: one.health_class for one in made}
    assert sorted(found) == sorted(classes)
    assert [classes[key] for key in found] == ["sakit"] * 4 + ["kurang_sehat"] * 3


def test_visits_go_on(factories, small_pages):
    enterprise = factories.enterprise()
    mentor = factories.mentor()
    for days_ago in (5, 3, 3, 1, 8):
        visited_on = local_today() - timedelta(days=days_ago)
        factories.visit(enterprise, mentor.account_id, visited_on=visited_on)

    days, cursor = [], None
    while True:
        page = visits.visits_of(everywhere(), enterprise.id, today=local_today(), cursor=cursor)
        days += [(local_today() - line.visited_on).days for line in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert days == [1, 3, 3, 5, 8]
    assert visits.visits_of(MALANG, enterprise.id, today=local_today()).rows == []


def test_the_pages_are_linked(factories, small_pages, officer_client):
    for _ in range(3):
        factories.intervention(enterprise=factories.enterprise())

    first = officer_client.get("/terapi").text
    address = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    second = officer_client.get(address)

    assert "keputusan=" in address
    assert second.status_code == 200
    assert "Dari awal" in second.text


@pytest.mark.parametrize("keys", [("x", "y"), ("2026-01-01T00:00:00", "y"), ("\x00", "\x00")])
def test_a_cursor_that_nobody_gave_is_refused(app, keys):
    with pytest.raises(InvalidInput) as refusal:
        queries.waiting(everywhere(), cursor=encode_cursor(*keys))

    assert refusal.value.code == "cursor_unknown"
