"""The board of assignments and handing everything over; and who may not."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import AssessmentDraft
from app.history.models import HistoryEntry
from app.interventions.models import Intervention
from app.mentoring.models import Assignment, Mentor
from app.mentoring.queries.board import board, village_page
from app.mentoring.services import assign_many, hand_over, take_back
from tests.factories.enterprises import VILLAGE

BANYUMAS = Scope(account_id=None, areas=("33.02",))
OTHER_VILLAGE = "33.02.04.2002"
BOARD = "/penugasan"


def based(mentor_id: UUID, lat: float, lng: float) -> None:
    with transaction():
        mentor = db.session.get_one(Mentor, mentor_id)
        mentor.base_lat, mentor.base_lng = lat, lng


def handed(mentor_id: UUID, targets: dict[str, UUID], *, is_leaving=True, scope=None):
    with transaction():
        return hand_over(
            scope=scope or everywhere(),
            mentor_id=mentor_id,
            targets=targets,
            last_on=local_today(),
            reason="Pindah tugas",
            is_leaving=is_leaving,
            by=None,
        )


def test_the_board_counts_villages_mentors_and_who_has_nobody(factories):
    ani = factories.mentor(name="Ani", capacity=10).account_id
    held, alone = factories.enterprise(), factories.enterprise()
    factories.enterprise(life_cycle="tutup")
    factories.assigned(ani, held)

    found = board(BANYUMAS, "")

    line = found.villages[0]
    assert (line.code, line.total, line.without_mentor) == (VILLAGE, 2, 1)
    assert [(share.name, share.count) for share in line.shares] == [("Ani", 1)]
    assert (found.total, found.without_mentor, found.free) == (2, 1, 9)
    assert alone is not None


def test_the_way_begins_at_the_mentors_own_point(factories):
    ani = factories.mentor(name="Ani").account_id
    row = factories.enterprise(lat=-7.5, lng=109.2)
    factories.assigned(ani, row)
    based(ani, -7.4, 109.2)

    shares = board(BANYUMAS, "").villages[0].shares

    assert shares[0].km == pytest.approx(11.1, abs=0.1)
    assert village_page(BANYUMAS, VILLAGE).enterprises[0].km == pytest.approx(11.1, abs=0.1)


def test_a_village_offers_the_nearest_mentor_first(factories):
    factories.enterprise(lat=-7.5, lng=109.2)
    far, near = factories.mentor(name="Jauh"), factories.mentor(name="Dekat")
    far_id, near_id = far.account_id, near.account_id
    based(far_id, -7.9, 109.2)
    based(near_id, -7.51, 109.2)

    names = [one.line.name for one in village_page(BANYUMAS, VILLAGE).candidates]

    assert names == ["Dekat", "Jauh"]


def test_the_board_shows_nothing_of_elsewhere(factories, as_role):
    factories.enterprise(name="Usaha Tetangga")
    factories.mentor(name="Ani Tetangga")
    stranger = as_role(Role.LABOUR_OFFICER, "52.03")

    page = stranger.get(BOARD)
    village, unknown = (stranger.get(f"{BOARD}/desa/{code}") for code in (VILLAGE, "33.99.01.2001"))

    assert page.status_code == 200
    assert "Tetangga" not in page.text
    assert village.status_code == unknown.status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.COOPERATIVE_OFFICER])
def test_only_officers_see_the_board(as_role, role):
    assert as_role(role).get(BOARD).status_code == 403


def test_a_whole_village_goes_into_the_preview_at_once(factories, officer_client):
    ani = factories.mentor(name="Ani").account_id
    names = [factories.enterprise().name for _ in range(3)]

    page = officer_client.get(
        "/penugasan/pratinjau", query_string={"desa": VILLAGE, "pendamping": str(ani)}
    )

    assert "Serahkan 3 usaha kepada Ani" in page.text
    assert all(name in page.text for name in names)


def test_one_action_passes_everything_on(factories, officer_client):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row = factories.enterprise()
    key = row.id
    factories.assigned(ani, row, from_on=local_today() - timedelta(days=40))
    factories.promise(row, ani, due_on=local_today() + timedelta(days=5))
    due_on = db.session.get_one(Enterprise, key).next_visit_due_on
    with transaction():
        db.session.add(
            AssessmentDraft(enterprise_id=key, account_id=ani, answers={}, updated_at=utc_now())
        )
    therapy = factories.intervention(
        enterprise=db.session.get_one(Enterprise, key), responsible_id=ani
    ).id

    answer = officer_client.post(
        f"/pendamping/{ani}/serah-terima",
        data={
            f"tujuan-{VILLAGE}": str(budi),
            "last_on": f"{local_today():%d/%m/%Y}",
            "reason": "Pindah tugas",
            "is_leaving": "ya",
        },
    )

    assert answer.status_code == 303
    found = db.session.get_one(Enterprise, key)
    assert (found.mentor_id, found.next_visit_due_on) == (budi, due_on)
    assert db.session.get(AssessmentDraft, (key, budi)) is not None
    assert db.session.get_one(Intervention, therapy).responsible_id == budi
    assert db.session.get_one(Mentor, ani).left_on == local_today()
    spans = db.session.scalars(select(Assignment).where(Assignment.enterprise_id == key)).all()
    assert {(one.mentor_id, one.until_on is None) for one in spans} == {(ani, False), (budi, True)}
    actions = set(db.session.scalars(select(HistoryEntry.action)))
    assert {"mentor.assigned", "mentor.left"} <= actions


def test_each_village_can_go_to_another_mentor(factories):
    ani, budi, cici = (factories.mentor().account_id for _ in range(3))
    factories.village_rows(OTHER_VILLAGE)
    here, there = factories.enterprise(), factories.enterprise(village_code=OTHER_VILLAGE)
    ids = here.id, there.id
    factories.assigned(ani, here, there)

    passed = handed(ani, {VILLAGE: budi, OTHER_VILLAGE: cici})

    assert passed.enterprises == 2
    assert [db.session.get_one(Enterprise, one).mentor_id for one in ids] == [budi, cici]


def test_who_has_left_is_given_no_more_until_taken_back(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row = factories.enterprise()
    key = row.id
    factories.assigned(ani, row)
    handed(ani, {VILLAGE: budi})

    with pytest.raises(WrongState), transaction():
        assign_many(
            scope=everywhere(), enterprise_ids=[key], mentor_id=ani, from_on=local_today(),
            reason="", by=None,
        )  # fmt: skip
    with transaction():
        take_back(scope=everywhere(), mentor_id=ani, by=None)
    factories.assigned(ani, db.session.get_one(Enterprise, key))

    assert db.session.get_one(Enterprise, key).mentor_id == ani


def test_a_village_without_a_target_stops_the_whole(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    factories.village_rows(OTHER_VILLAGE)
    here, there = factories.enterprise(), factories.enterprise(village_code=OTHER_VILLAGE)
    key = here.id
    factories.assigned(ani, here, there)

    with pytest.raises(InvalidInput):
        handed(ani, {VILLAGE: budi})

    assert db.session.get_one(Enterprise, key).mentor_id == ani


def test_a_mentor_with_enterprises_elsewhere_can_not_be_said_to_have_left(factories):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    factories.village_rows("52.03.01.2001")
    here, there = factories.enterprise(), factories.enterprise(village_code="52.03.01.2001")
    keys = here.id, there.id
    factories.assigned(ani, here, there)

    with pytest.raises(WrongState):
        handed(ani, {VILLAGE: budi}, scope=BANYUMAS)
    handed(ani, {VILLAGE: budi}, scope=BANYUMAS, is_leaving=False)

    assert [db.session.get_one(Enterprise, one).mentor_id for one in keys] == [budi, ani]


def test_the_second_of_two_hand_overs_finds_nothing_left(factories):
    ani, budi, cici = (factories.mentor().account_id for _ in range(3))
    row = factories.enterprise()
    key = row.id
    factories.assigned(ani, row)

    first = handed(ani, {VILLAGE: budi}, is_leaving=False)
    second = handed(ani, {VILLAGE: cici}, is_leaving=False)

    assert (first.enterprises, second.enterprises) == (1, 0)
    assert db.session.get_one(Enterprise, key).mentor_id == budi


def test_nobody_hands_over_to_themselves_or_to_somebody_of_elsewhere(factories):
    ani = factories.mentor().account_id
    stranger = factories.mentor(area="52.03", village_code="52.03.01.2001").account_id
    factories.assigned(ani, factories.enterprise())

    with pytest.raises(WrongState):
        handed(ani, {VILLAGE: ani})
    with pytest.raises(NotFound):
        handed(ani, {VILLAGE: stranger}, scope=BANYUMAS)


def test_an_officer_of_elsewhere_can_not_hand_over(factories, as_role):
    ani, budi = factories.mentor().account_id, factories.mentor().account_id
    row = factories.enterprise()
    key = row.id
    factories.assigned(ani, row)
    stranger = as_role(Role.LABOUR_OFFICER, "52.03")
    data = {f"tujuan-{VILLAGE}": str(budi), "last_on": f"{local_today():%d/%m/%Y}",
            "reason": "Pindah", "is_leaving": "tidak"}  # fmt: skip

    own, unknown = (
        stranger.post(f"/pendamping/{one}/serah-terima", data=data) for one in (ani, new_id())
    )

    assert own.status_code == unknown.status_code == 404
    assert db.session.get_one(Enterprise, key).mentor_id == ani


def test_the_new_target_is_kept_when_the_loads_are_counted_anew(factories, officer_client):
    ani, budi = factories.mentor().account_id, factories.mentor(name="Budi").account_id
    factories.assigned(ani, factories.enterprise())

    answer = officer_client.post(
        f"/pendamping/{ani}/serah-terima", data={"hitung": "ya", f"tujuan-{VILLAGE}": str(budi)}
    )
    page = officer_client.get(answer.location)

    assert answer.status_code == 303
    assert "Budi" in page.text
    assert page.status_code == 200


def test_the_map_of_the_board_has_the_villages_of_its_table(factories, officer_client):
    ani = factories.mentor(name="Ani").account_id
    held = factories.enterprise(lat=-7.5, lng=109.1)
    factories.assigned(ani, held)
    factories.enterprise(lat=-7.6, lng=109.2)
    factories.enterprise(village_code=OTHER_VILLAGE, lat=-7.7, lng=109.3)
    factories.enterprise(village_code="35.07.10.2003", lat=-8.1, lng=112.5)

    page = officer_client.get(f"{BOARD}?lihat=peta").text

    marks = dict(
        re.findall(r'<a href="#(baris-[^"]+)" class="pulih-map__mark" aria-label="([^"]+)"', page)
    )
    assert {row: said.partition(": ")[2] for row, said in marks.items()} == {
        f"baris-{VILLAGE.replace('.', '-')}": "2 usaha, 1 belum punya pendamping",
        f"baris-{OTHER_VILLAGE.replace('.', '-')}": "1 usaha, 1 belum punya pendamping",
    }
    assert all(f'<tr id="{row}"' in page for row in marks)
    assert "pulih-map" not in officer_client.get(BOARD).text
