"""Giving enterprises to mentors: history, reach, due dates, and who may."""

from __future__ import annotations

import contextlib
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.history.models import HistoryEntry
from app.interventions.models import Intervention
from app.mentoring.models import Assignment
from app.mentoring.services import assign_many, end_assignment

BANYUMAS = Scope(account_id=None, areas=("33.02",))


def give(mentor_id, *ids, scope=None, from_on: date | None = None, reason: str = "") -> int:
    with transaction():
        return assign_many(
            scope=scope or everywhere(),
            enterprise_ids=ids,
            mentor_id=mentor_id,
            from_on=from_on or local_today(),
            reason=reason,
            by=None,
        )


def spans(enterprise_id) -> list[tuple[date, date | None]]:
    rows = db.session.scalars(
        select(Assignment)
        .where(Assignment.enterprise_id == enterprise_id)
        .order_by(Assignment.from_on)
    )
    return [(row.from_on, row.until_on) for row in rows]


def test_an_enterprise_carries_its_mentor_and_a_due_date(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id

    moved = give(ani, row)

    found = db.session.get_one(Enterprise, row)
    assert moved == 1
    assert found.mentor_id == ani
    assert found.next_visit_due_on == local_today() + timedelta(days=30)


def test_many_are_given_at_once_and_those_that_are_there_stay(factories):
    ani = factories.mentor().account_id
    rows = [factories.enterprise().id for _ in range(3)]
    give(ani, rows[0])

    moved = give(ani, *rows)

    assert moved == 2
    assert len(spans(rows[0])) == 1


def test_changing_hands_closes_the_span_of_before_the_day_before(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row, today = factories.enterprise().id, local_today()
    give(ani, row, from_on=today - timedelta(days=40))

    give(budi, row, from_on=today)

    assert spans(row) == [
        (today - timedelta(days=40), today - timedelta(days=1)),
        (today, None),
    ]
    assert db.session.get_one(Enterprise, row).mentor_id == budi


def test_two_changes_on_one_day_leave_one_open(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row = factories.enterprise().id
    give(ani, row)

    give(budi, row)

    assert [until for _, until in spans(row)].count(None) == 1


def test_two_officers_at_the_same_moment_leave_one_mentor(app, factories):
    mentors = [factories.mentor().account_id, factories.mentor().account_id]
    row = factories.enterprise().id
    start = threading.Barrier(2)

    def give_at_once(mentor_id) -> None:
        with app.app_context():
            start.wait()
            with contextlib.suppress(Conflict):
                give(mentor_id, row)

    threads = [threading.Thread(target=give_at_once, args=(one,)) for one in mentors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # What was read before lies in the past.
    db.session.rollback()
    still_open = db.session.scalars(
        select(Assignment).where(Assignment.enterprise_id == row, Assignment.until_on.is_(None))
    ).one()
    assert db.session.get_one(Enterprise, row).mentor_id == still_open.mentor_id


def test_therapies_and_begun_assessments_go_along_with_the_enterprise(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row = factories.enterprise().id
    give(ani, row)
    shop = db.session.get_one(Enterprise, row)
    own = factories.intervention(
        enterprise=shop, therapy_code="T01", state="berjalan", responsible_id=ani
    ).id
    done = factories.intervention(
        enterprise=shop,
        therapy_code="T02",
        state="selesai",
        responsible_id=ani,
        result="berhasil",
        closed_on=local_today(),
    ).id

    give(budi, row)

    answers_for = {key: db.session.get_one(Intervention, key).responsible_id for key in (own, done)}
    assert answers_for == {own: budi, done: ani}


def test_the_change_stands_in_the_history_with_both_names(factories):
    ani = factories.mentor(name="Ani").account_id
    budi = factories.mentor(name="Budi").account_id
    row = factories.enterprise().id
    give(ani, row)

    give(budi, row, reason="Pindah dusun")

    entry = db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.n.desc())).first()
    assert entry.action == "mentor.assigned"
    assert entry.changes == {"mentor": ["Ani", "Budi"]}
    assert entry.note == "Pindah dusun"


def test_the_end_takes_the_mentor_from_the_row(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    give(ani, row)

    with transaction():
        end_assignment(
            scope=everywhere(), enterprise_id=row, until_on=local_today(), reason="Cuti", by=None
        )

    assert db.session.get_one(Enterprise, row).mentor_id is None
    assert spans(row) == [(local_today(), local_today())]


def test_what_nobody_has_can_not_be_ended(factories):
    row = factories.enterprise().id

    with pytest.raises(WrongState), transaction():
        end_assignment(
            scope=everywhere(), enterprise_id=row, until_on=local_today(), reason="x", by=None
        )


def test_one_foreign_enterprise_among_many_changes_nothing(factories):
    ani = factories.mentor().account_id
    own, foreign = factories.enterprise().id, factories.enterprise(village_code="35.07.10.2003").id

    with pytest.raises(NotFound):
        give(ani, own, foreign, scope=BANYUMAS)

    assert db.session.get_one(Enterprise, own).mentor_id is None


def test_a_mentor_of_elsewhere_is_not_found(factories):
    foreign = factories.mentor(area="35.07", village_code="35.07.10.2003").account_id
    row = factories.enterprise().id

    with pytest.raises(NotFound):
        give(foreign, row, scope=BANYUMAS)


def test_a_closed_account_gets_nothing(factories):
    gone = factories.mentor(is_active=False).account_id
    row = factories.enterprise().id

    with pytest.raises(WrongState):
        give(gone, row)


def test_who_is_mentor_no_longer_gets_nothing(factories):
    gone = factories.mentor(until_on=date(2025, 1, 1)).account_id
    row = factories.enterprise().id

    with pytest.raises(WrongState):
        give(gone, row)


def test_tomorrow_is_no_day_to_begin(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id

    with pytest.raises(InvalidInput):
        give(ani, row, from_on=local_today() + timedelta(days=1))


def test_an_officer_ticks_enterprises_sees_the_load_and_confirms(factories, officer_client):
    ani = factories.mentor(name="Ani Lestari", capacity=1).account_id
    rows = [factories.enterprise(name=f"Keripik {n}").id for n in range(2)]

    listed = officer_client.get(f"/pendamping/{ani}/serahkan")
    preview = officer_client.get(
        "/penugasan/pratinjau", query_string={"pendamping": ani, "usaha": rows}
    )
    answer = officer_client.post(
        "/penugasan",
        data={"pendamping": ani, "usaha": rows, "from_on": "22/11/2025", "reason": "Baru"},
    )

    assert "Keripik 0" in listed.text
    assert "Keripik 1" in listed.text
    assert "lebih dari daya tampung" in preview.text
    assert answer.status_code == 303
    assert db.session.get_one(Enterprise, rows[1]).mentor_id == ani


def test_a_wrong_day_comes_back_with_what_was_typed(factories, officer_client):
    ani, row = factories.mentor().account_id, factories.enterprise().id

    answer = officer_client.post(
        "/penugasan",
        data={"pendamping": ani, "usaha": row, "from_on": "kapan-kapan", "reason": "Dusun baru"},
    )

    assert answer.status_code == 422
    assert "kapan-kapan" in answer.text
    assert "Dusun baru" in answer.text


def test_nothing_ticked_is_told(factories, officer_client):
    ani = factories.mentor().account_id

    answer = officer_client.get("/penugasan/pratinjau", query_string={"pendamping": ani})

    assert answer.status_code == 422
    assert "Pilih paling sedikit satu usaha" in answer.text


def test_a_mentor_is_chosen_for_one_enterprise(factories, officer_client):
    factories.mentor(name="Ani Lestari")
    row = factories.enterprise(name="Gula Semut").id

    page = officer_client.get("/penugasan/baru", query_string={"usaha": row})

    assert "Gula Semut" in page.text
    assert "Ani Lestari" in page.text


def test_an_officer_ends_the_care_of_an_enterprise(factories, officer_client):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    give(ani, row)
    path = f"/usaha/{row}/akhiri-pendampingan"

    asked = officer_client.get(path)
    without_reason = officer_client.post(path, data={"until_on": "22/11/2025"})
    today = local_today()
    answer = officer_client.post(
        path, data={"until_on": f"{today:%d/%m/%Y}", "reason": "Pindah tugas"}
    )

    assert asked.status_code == 200
    assert without_reason.status_code == 422
    assert answer.status_code == 303
    assert db.session.get_one(Enterprise, row).mentor_id is None


def test_an_officer_registers_and_changes_a_mentor(factories, officer_client):
    factories.village_rows()
    person = factories.account(role=Role.MENTOR, name="Ani Lestari").id
    form = {"account_id": person, "village": "33.02.04.2005", "skills": "kemasan", "capacity": "20"}

    offered = officer_client.get("/pendamping/baru")
    made = officer_client.post("/pendamping/baru", data=form)
    again = officer_client.post("/pendamping/baru", data=form)
    changed = officer_client.post(f"/pendamping/{person}/ubah", data={**form, "capacity": "30"})
    page = officer_client.get(f"/pendamping/{person}")

    assert "Ani Lestari" in offered.text
    assert made.status_code == changed.status_code == 303
    assert again.status_code == 422
    assert "0 dari 30 usaha" in page.text
    assert "Kemasan dan label" in page.text


def test_an_account_without_the_role_is_not_registered(factories, officer_client):
    factories.village_rows()
    person = factories.account(role=Role.VILLAGE_OFFICER, area="33.02.04.2005").id

    answer = officer_client.post(
        "/pendamping/baru",
        data={"account_id": person, "village": "33.02.04.2005", "capacity": "20"},
    )

    assert answer.status_code == 422


def test_an_officer_of_another_regency_finds_neither_mentor_nor_enterprise(factories, as_role):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    client = as_role(Role.LABOUR_OFFICER, "35.07")

    assert str(ani) not in client.get("/pendamping").text
    for path in (
        f"/pendamping/{ani}",
        f"/pendamping/{ani}/ubah",
        f"/pendamping/{ani}/serahkan",
        f"/penugasan/baru?usaha={row}",
        f"/penugasan/pratinjau?pendamping={ani}&usaha={row}",
        f"/usaha/{row}/akhiri-pendampingan",
        f"/pendamping/{new_id()}",
    ):
        assert client.get(path).status_code == 404, path
    form = {"pendamping": ani, "usaha": row, "from_on": "22/11/2025"}
    assert client.post("/penugasan", data=form).status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_nobody_but_officers_assigns(factories, as_role, role):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    client = as_role(role, "33.02.04.2005" if role is Role.VILLAGE_OFFICER else "33.02")

    for path in ("/pendamping", f"/pendamping/{ani}", "/pendamping/baru", "/penugasan/baru"):
        assert client.get(path).status_code == 403, path
    form = {"pendamping": ani, "usaha": row, "from_on": "22/11/2025"}
    assert client.post("/penugasan", data=form).status_code == 403
    assert db.session.get_one(Enterprise, row).mentor_id is None


def test_what_a_mentor_registered_has_its_history_when_it_is_handed_over(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row = factories.enterprise().id
    with transaction():
        db.session.get_one(Enterprise, row).mentor_id = ani

    give(budi, row)

    found = db.session.execute(
        select(Assignment.mentor_id, Assignment.until_on)
        .where(Assignment.enterprise_id == row)
        .order_by(Assignment.until_on.is_(None))
    ).all()
    assert [mentor for mentor, _ in found] == [ani, budi]
    assert found[0].until_on is not None
    assert found[1].until_on is None


def test_care_of_what_a_mentor_registered_can_be_ended(factories):
    ani, row = factories.mentor().account_id, factories.enterprise().id
    with transaction():
        db.session.get_one(Enterprise, row).mentor_id = ani

    with transaction():
        end_assignment(
            scope=everywhere(), enterprise_id=row, until_on=local_today(), reason="", by=None
        )

    assert db.session.get_one(Enterprise, row).mentor_id is None
    assert [until for _, until in spans(row)] == [local_today()]
